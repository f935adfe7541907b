"""What the operators' policies allow: what every run needs, and how a step says what it needs besides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from orgtools.policies.documents import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE: Final = Role.source_operator
DESTINATION: Final = Role.destination_operator
MEMBER: Final = Role.member_accept

ACCOUNTS: Final = "arn:*:organizations::${management_account}:account/${organization}/*"
UNITS: Final = (
    "arn:*:organizations::${management_account}:ou/${organization}/*",
    "arn:*:organizations::${management_account}:root/${organization}/*",
)
TREE: Final = (ACCOUNTS, *UNITS)
INVITATIONS: Final = "arn:*:organizations::${management_account}:handshake/${organization}/invite/*"
BASELINES: Final = "arn:*:controltower:*:${management_account}:enabledbaseline/*"
MEMBER_ROLE: Final = "arn:*:iam::*:role/${member_role}"
"""Resources, with the parameters that `orgtools.policies.document` names."""

CONTROL_TOWER: Final = (
    "controltower:GetBaselineOperation",
    "controltower:GetLandingZone",
    "controltower:ListBaselines",
    "controltower:ListEnabledBaselines",
    "controltower:ListLandingZones",
    "servicecatalog:DescribeProduct",
    "servicecatalog:DescribeRecord",
    "servicecatalog:SearchProducts",
    "servicecatalog:SearchProvisionedProducts",
)
"""What a look at a landing zone takes."""

READING: Final = ("Describe", "Get", "List", "Lookup", "Search")
"""How the names of actions begin that change nothing."""
_SERVICE_LINKED_ROLE: Final = "iam:CreateServiceLinkedRole"
_OF_ORGANIZATIONS: Final = {"StringEquals": {"iam:AWSServiceName": "organizations.amazonaws.com"}}


@dataclass(frozen=True, slots=True)
class Permission:
    """What a role must be allowed.

    Attributes:
        role: whose policy allows it.
        actions: IAM actions.
        on: resources; ``*`` for reading, and where AWS knows no resource type.
    """

    role: Role
    actions: tuple[str, ...]
    on: tuple[str, ...]


def may(role: Role, *actions: str, on: str | tuple[str, ...] = "*") -> Permission:
    """A permission, on one resource or several."""
    return Permission(role, actions, (on,) if isinstance(on, str) else on)


_OPENING: Final = (
    "organizations:DescribeAccount",
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListHandshakesForOrganization",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListParents",
    "organizations:ListRoots",
)
RUN: Final = {
    "open-and-review": (
        may(SOURCE, *_OPENING, "organizations:ListDelegatedAdministrators", "cloudtrail:LookupEvents"),
        may(DESTINATION, *_OPENING, "servicequotas:ListServiceQuotas", "cloudtrail:LookupEvents"),
    ),
    "enter-members": tuple(may(role, "sts:AssumeRole", on=MEMBER_ROLE) for role in (SOURCE, DESTINATION)),
    "see-what-is-kept": (may(MEMBER, "account:GetAlternateContact", on="arn:*:account::*:account"),),
}
"""What every run needs, whatever its steps need besides."""


def written(role: Role, needed: Iterable[tuple[str, Iterable[Permission]]]) -> str:
    """The policy of a role as JSON text.

    Args:
        role: whose.
        needed: names, such as those of steps, and what each needs. Each statement is called by who needs it.
    """
    statements: dict[tuple[tuple[str, ...], bool], tuple[list[str], set[str]]] = {}
    for name, permissions in needed:
        for one in permissions:
            for action in one.actions if one.role is role else ():
                looks = one.on == ("*",) and action.partition(":")[2].startswith(READING)
                names, actions = statements.setdefault((one.on, looks), ([], set()))
                actions.add(action)
                if name not in names:
                    names.append(name)
    written: dict[str, dict[str, Any]] = {}
    for (on, looks), (names, actions) in sorted(statements.items(), key=lambda one: not one[0][1]):
        called = "Look" if looks else "".join(part.capitalize() for name in names for part in name.split("-"))
        sid = next(sid for number in count(1) if (sid := f"{called}{number if number > 1 else ''}") not in written)
        resource = on[0] if len(on) == 1 else list(on)
        written[sid] = {"Sid": sid, "Effect": "Allow", "Action": sorted(actions), "Resource": resource}
        if _SERVICE_LINKED_ROLE in actions:
            written[sid]["Condition"] = _OF_ORGANIZATIONS
    return json.dumps({"Version": "2012-10-17", "Statement": [*written.values()]}, indent=2) + "\n"
