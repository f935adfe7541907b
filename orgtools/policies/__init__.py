"""Least-privilege IAM policies, one for each role that a run needs, and CloudFormation templates that deploy them.

What a role may do is said once: in the JSON document of its name beside this file, or, for the readiness checks, by
what the checks declare. The templates are made of that; `cloudformation/` holds them as `make policies` wrote them.
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
from orgtools.policies.templates import template

__all__ = [
    "EXECUTION_ROLE",
    "PUT_BACK",
    "Role",
    "Whom",
    "accepting",
    "document",
    "grant",
    "looking",
    "render",
    "template",
]
