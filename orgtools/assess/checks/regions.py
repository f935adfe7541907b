"""Which regions the regional checks look into: all that are enabled in the account, unless migration.toml narrows: E19.

See https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CheckContext, Report, Reports, reading
from orgtools.aws.calls.answers import incomplete
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

REGIONS: Final = "E19"
"""The check that says where the regional ones look in an account."""
ABOVE: Final = "E19.management"
"""The same of what the management accounts' credentials read."""
LISTED: Final = ("account", "ListRegions", "Regions")
"""Service, operation and the member that holds the entries, as `ReadOnlyReader.pages` takes them."""
ENABLED: Final[dict[str, Any]] = {"RegionOptStatusContains": ["ENABLED", "ENABLED_BY_DEFAULT"]}
_ASSESSED: Final = "regions-assessed"
_PAGE: Final = "https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html"
_listing = partial(reading, subject="regions", actions=("account:ListRegions",), page=_PAGE, severity=Verdict.INFO)


def names(entries: Iterable[Any]) -> tuple[str, ...]:
    """The regions' names, sorted.

    Raises:
        RefusedError: there is none, although some regions are enabled in every account.
    """
    listed = tuple(sorted(held["RegionName"] for held in entries))
    if not listed:
        raise incomplete("Regions", "ListRegions")
    return listed


def found(account_id: str, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The regions of an account that E19 says are assessed; none where it could not look."""
    told = (one.evidence for one in findings if one.account_id == account_id and one.check == REGIONS)
    return tuple(name for evidence in told if evidence.code == _ASSESSED for name in evidence.facts["regions"])


@_listing(REGIONS, where=("member",))
def every_region(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A region that is enabled and left out is unknown, by name: nobody looked at what is there."""
    enabled = names(context.readers["member"].pages(*LISTED, **ENABLED))
    yield _told(enabled, context.brief.regions, reports.on(context.accounts[0].account_id))


@_listing(ABOVE, where=("source", "destination"), concerns="organization")
def every_region_above(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """StackSets, landing zones and Identity Center are regional, too."""
    enabled = {name for reader in context.readers.values() for name in names(reader.pages(*LISTED, **ENABLED))}
    yield _told(sorted(enabled), context.brief.regions, reports.on(""))


def _told(enabled: Sequence[str], narrowed: Sequence[str], report: Report) -> Finding:
    left = [name for name in enabled if name not in narrowed] if narrowed else []
    if left:
        return report.unknown(Message("regions-left-out", count=len(left), regions=left), text="\n".join(left))
    return report.ok(Message(_ASSESSED, regions=list(narrowed or enabled)), text="\n".join(enabled))
