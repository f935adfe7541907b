"""Resource shares of AWS RAM, in both directions: D3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import Brief, Desk, Report, Reports, reading
from orgtools.findings import Finding, Status
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RAM: Final = "https://docs.aws.amazon.com/ram/latest/userguide/"


@reading(
    "D3",
    subject="sharing",
    where=("member",),
    actions=("ram:GetResourceShareAssociations", "ram:GetResourceShares", "ram:ListResources"),
    silent=True,
    page=_RAM + "working-with-sharing-update.html",
    severity=Status.BLOCK,
    regional=True,
)
def shares_go_on(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """What the account loses and what others lose.

    AWS RAM takes an account that leaves its organization out of every share that reached it through the organization,
    unless the share retains it. Whether a resource is in use cannot be seen: a share that this account receives and
    that ends is a block; one of its own, which ends for others, is a warning.
    """
    account_id, eyes, report = desk.accounts[0].account_id, desk.eyes["member"], reports.on(desk.accounts[0].account_id)
    received = _by_arn(eyes.pages("ram", "GetResourceShares", "resourceShares", resourceOwner="OTHER-ACCOUNTS"))
    arns = {"resourceOwner": "OTHER-ACCOUNTS"}
    resources: dict[str, list[str]] = {}
    if received:
        for resource in eyes.pages("ram", "ListResources", "resources", **arns):
            resources.setdefault(resource["resourceShareArn"], []).append(resource["arn"])
    for arn, share in received.items():
        yield _received(share, resources.get(arn, []), account_id, report)
    own = _by_arn(eyes.pages("ram", "GetResourceShares", "resourceShares", resourceOwner="SELF"))
    principals: dict[str, list[str]] = {}
    if own:
        asked = {"associationType": "PRINCIPAL", "resourceShareArns": list(own)}
        for associated in eyes.pages("ram", "GetResourceShareAssociations", "resourceShareAssociations", **asked):
            if associated.get("status") == "ASSOCIATED":
                principals.setdefault(associated["resourceShareArn"], []).append(associated["associatedEntity"])
    for arn, share in own.items():
        yield _owned(share, principals.get(arn, []), desk.brief, report)


def _by_arn(shares: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {share["resourceShareArn"]: share for share in shares if share.get("status") == "ACTIVE"}


def _retains(share: dict[str, Any]) -> bool:
    return bool(share.get("resourceShareConfiguration", {}).get("retainSharingOnAccountLeaveOrganization"))


def _received(share: dict[str, Any], resources: list[str], account_id: str, report: Report) -> Finding:
    seen = {"resource": share["resourceShareArn"], "text": "\n".join(sorted(resources))}
    what = f"{share.get('name', '')} with it ({many(len(resources), 'resource')})"
    words = f"account {share['owningAccountId']} shares {what}: "
    if _retains(share):
        return report.info(words + "the share retains accounts that leave", **seen)
    if share.get("allowExternalPrincipals"):
        return report.warn(
            f"{words}it ends if it reaches {account_id} through the organization or a unit; "
            "shared with the account by its id, it asks for a new invitation",
            **seen,
        )
    return report.block(words + "it is for the source organization only and ends with the move", **seen)


def _owned(share: dict[str, Any], principals: list[str], brief: Brief, report: Report) -> Finding:
    through = [name for name in principals if ":organizations:" in name and brief.names_source(name)]
    seen = {"resource": share["resourceShareArn"], "text": "\n".join(sorted(principals))}
    words = f"it shares {share.get('name', '')} "
    if _retains(share):
        return report.info(words + "and retains who leaves", **seen)
    if through:
        lose = f"which {verb(len(through), 'lose')} it"
        return report.warn(f"{words}with {many(len(through), 'part')} of the source organization, {lose}", **seen)
    words += f"with {many(len(principals), 'principal')}"
    if principals and not share.get("allowExternalPrincipals"):
        return report.warn(f"{words}, none outside its organization: those of the source lose it", **seen)
    return report.info(f"{words} by name, also outside its organization", **seen)
