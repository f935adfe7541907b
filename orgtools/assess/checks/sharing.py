"""Resource shares of AWS RAM, in both directions: D3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import Brief, CheckContext, Report, Reports, reading
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.findings import Finding

_RAM: Final = "https://docs.aws.amazon.com/ram/latest/userguide/"


@reading(
    "D3",
    subject="sharing",
    where=("member",),
    actions=("ram:GetResourceShareAssociations", "ram:GetResourceShares", "ram:ListResources"),
    silent=True,
    page=_RAM + "working-with-sharing-update.html",
    regional=True,
)
def shares_go_on(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """What the account loses and what others lose.

    AWS RAM takes an account that leaves its organization out of every share that reached it through the organization,
    unless the share retains it. Whether a resource is in use cannot be seen: a share that this account receives and
    that ends is a block; one of its own, which ends for others, is a warning.
    """
    reader, report = context.readers["member"], reports.on(context.accounts[0].account_id)
    received = _by_arn(reader.pages("ram", "GetResourceShares", "resourceShares", resourceOwner="OTHER-ACCOUNTS"))
    arns = {"resourceOwner": "OTHER-ACCOUNTS"}
    resources: dict[str, list[str]] = {}
    if received:
        for resource in reader.pages("ram", "ListResources", "resources", **arns):
            resources.setdefault(resource["resourceShareArn"], []).append(resource["arn"])
    for arn, share in received.items():
        yield _received(share, resources.get(arn, []), report)
    own = _by_arn(reader.pages("ram", "GetResourceShares", "resourceShares", resourceOwner="SELF"))
    principals: dict[str, list[str]] = {}
    if own:
        asked = {"associationType": "PRINCIPAL", "resourceShareArns": list(own)}
        for associated in reader.pages("ram", "GetResourceShareAssociations", "resourceShareAssociations", **asked):
            if associated["status"] == "ASSOCIATED":
                principals.setdefault(associated["resourceShareArn"], []).append(associated["associatedEntity"])
    for arn, share in own.items():
        yield _owned(share, principals.get(arn, []), context.brief, report)


def _by_arn(shares: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {share["resourceShareArn"]: share for share in shares if share["status"] == "ACTIVE"}


def _retains(share: dict[str, Any]) -> bool:
    """Whether it says so: shares made before there was that setting have no such member, and do not."""
    return bool(share.get("resourceShareConfiguration", {}).get("retainSharingOnAccountLeaveOrganization"))


def _received(share: dict[str, Any], resources: list[str], report: Report) -> Finding:
    seen = {"resource": share["resourceShareArn"], "text": "\n".join(sorted(resources))}
    owner, name, count = share["owningAccountId"], share.get("name", ""), len(resources)
    if _retains(share):
        return report.info(Message("share-received-retained", account=owner, name=name, count=count), **seen)
    if share.get("allowExternalPrincipals"):
        return report.warn(Message("share-received-external", account=owner, name=name, count=count), **seen)
    return report.block(Message("share-received-internal", account=owner, name=name, count=count), **seen)


def _owned(share: dict[str, Any], principals: list[str], brief: Brief, report: Report) -> Finding:
    through = [name for name in principals if ":organizations:" in name and brief.names_source(name)]
    seen = {"resource": share["resourceShareArn"], "text": "\n".join(sorted(principals))}
    name = share.get("name", "")
    if _retains(share):
        return report.info(Message("share-owned-retained", name=name), **seen)
    if through:
        return report.warn(Message("share-owned-organization", name=name, count=len(through)), **seen)
    if principals and not share.get("allowExternalPrincipals"):
        return report.warn(Message("share-owned-internal", name=name, count=len(principals)), **seen)
    return report.info(Message("share-owned-external", name=name, count=len(principals)), **seen)
