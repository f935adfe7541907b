"""The IAM actions that assessing and exporting need, on each side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CATALOGUE

if TYPE_CHECKING:
    from orgtools.assess.catalogue import Where

_BOTH: Final = ("DescribeOrganization", "ListAccounts", "ListOrganizationalUnitsForParent", "ListParents", "ListRoots")
OBSERVING: Final[dict[Where, tuple[str, ...]]] = {
    "source": (
        *(f"organizations:{name}" for name in (*_BOTH, "ListDelegatedAdministrators")),
        "account:ListRegions",
    ),
    "destination": (
        "account:ListRegions",
        *(f"organizations:{name}" for name in (*_BOTH, "ListHandshakesForOrganization")),
        "controltower:ListLandingZones",
        "servicequotas:ListServiceQuotas",
    ),
    "member": (),
}
"""What an assessment reads of both organizations before any check begins."""

EXPORTING: Final[dict[Where, tuple[str, ...]]] = {
    "source": (
        "account:ListRegions",
        "ce:ListCostAllocationTags",
        "identitystore:DescribeGroup",
        "identitystore:DescribeUser",
        "organizations:ListAWSServiceAccessForOrganization",
        "organizations:ListDelegatedServicesForAccount",
        "organizations:ListTagsForResource",
        "sso:DescribePermissionSet",
        "sso:ListAccountAssignments",
        "sso:ListInstances",
        "sso:ListPermissionSetsProvisionedToAccount",
    ),
    "member": (
        "account:GetAlternateContact",
        "account:GetContactInformation",
        "account:ListRegions",
        "ram:GetResourceShareAssociations",
        "ram:GetResourceShares",
        "ram:ListResources",
    ),
    "destination": (),
}
"""What exporting reads on each side, beside what an assessment observes."""


def actions(side: Where) -> tuple[str, ...]:
    """The IAM actions that assessing and exporting need on a side, sorted; entering the members apart."""
    needed = {*OBSERVING[side], *EXPORTING[side]}
    for known in CATALOGUE.values():
        if side in known.where and known.id != "E15":
            needed.update(known.actions)
    return tuple(sorted(needed))
