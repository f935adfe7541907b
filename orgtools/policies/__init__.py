"""Least-privilege IAM policies, one for each role that a run needs, and CloudFormation templates that deploy them.

What a role may do is said once: what operators may do, and the roles that they enter, by what the steps need; what
readiness checks may do, by what they declare; what the other roles may do, in the JSON document of their name. `make
policies` writes what follows from the former: documents beside this file, and the templates in `cloudformation/`.
"""

from orgtools.policies.documents import (
    EXECUTION_ROLE,
    PUT_BACK,
    Role,
    Whom,
    accepting,
    document,
    grant,
    looking,
    render,
)
from orgtools.policies.permissions import Permission
from orgtools.policies.templates import template

__all__ = [
    "EXECUTION_ROLE",
    "PUT_BACK",
    "Permission",
    "Role",
    "Whom",
    "accepting",
    "document",
    "grant",
    "looking",
    "render",
    "template",
]
