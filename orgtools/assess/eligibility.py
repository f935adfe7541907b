"""Whether AWS lets an account go at all: E1, E2, E4, E5, E7. Read from the bulk lists; E4 asks the account itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, Desk, Report, Reports, Scene, check, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.findings import Finding

_PAGE: Final = GUIDE + "orgs_account_migration.html"
_REST: Final = timedelta(days=4)
_STAND_ALONE: Final = "AWSOrganizationsNotInUseException"


@check(
    "E1",
    title="The account is active",
    subject="eligibility",
    where=("source",),
    actions=("organizations:ListAccounts",),
    remedy="Reopen the account through AWS Support, or take it out of accounts.csv.",
    page=_PAGE,
)
def active(scene: Scene, report: Report) -> Finding:
    """``State`` must be ACTIVE; ``Status`` was retired."""
    account = scene.snapshot.source.accounts.get(scene.account.account_id)
    if account is None:
        return report.info("is not a member of the source")
    if account.state == "ACTIVE":
        return report.ok("State is ACTIVE")
    return report.block(f"its State is {account.state}; only an ACTIVE account can move")


@check(
    "E2",
    title="Created at least 4 days ago",
    subject="eligibility",
    where=("source",),
    actions=("organizations:ListAccounts",),
    remedy="Wait until then: an account created in an organization may move 4 days after its creation.",
    page=_PAGE,
)
def old_enough(scene: Scene, report: Report) -> Finding:
    """Only accounts created in the organization; for those, JoinedTimestamp is their birth. Invited ones are exempt."""
    account = scene.snapshot.source.accounts.get(scene.account.account_id)
    if account is None:
        return report.info("is not a member of the source")
    if account.joined_method == "INVITED":
        return report.ok("it was invited into the source, not created there")
    ready = account.joined_at + _REST
    born = f"it was created {account.joined_at:%Y-%m-%d %H:%M} UTC"
    if ready <= scene.snapshot.taken_at:
        return report.ok(born)
    return report.block(f"{born}, less than 4 days ago; it may move from {ready:%Y-%m-%d %H:%M} UTC", ready.isoformat())


@reading(
    "E4",
    title="Not a management account",
    subject="eligibility",
    where=("member",),
    actions=("organizations:DescribeOrganization",),
    remedy="Take it out of accounts.csv: a management account moves only when its organization is deleted.",
    page=_PAGE,
)
def not_management(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """A management account cannot leave its organization; those of the two sides no plan may name to begin with."""
    account_id = desk.accounts[0].account_id
    told = desk.eyes["member"].ask("organizations", "DescribeOrganization", absent=(_STAND_ALONE,))
    organization, report = told["Organization"] if told else {}, reports.on(account_id)
    if organization.get("MasterAccountId") == account_id:
        yield report.block(f"it is the management account of {organization['Id']}")
    else:
        yield report.ok(f"it is a member of {organization['Id']}" if organization else "it is stand-alone")


@check(
    "E5",
    title="In the source, or already in the destination",
    subject="eligibility",
    where=("source", "destination"),
    actions=("organizations:ListAccounts",),
    remedy="Find out which organization it is in; take it out of accounts.csv unless it comes back to the source.",
    page=_PAGE,
)
def in_the_source(scene: Scene, report: Report) -> Finding:
    """An account in a third organization is not ours to move."""
    account_id = scene.account.account_id
    if account_id in scene.snapshot.destination.accounts:
        return report.info("it is already a member of the destination")
    if account_id in scene.snapshot.source.accounts:
        return report.ok("it is a member of the source")
    if account_id in scene.snapshot.left:
        return report.info("this run took it out of its organization: it is stand-alone until it accepts")
    return report.block("it is neither in the source nor in the destination")


@check(
    "E7",
    title="Not a delegated administrator",
    subject="eligibility",
    where=("source",),
    actions=("organizations:ListDelegatedAdministrators",),
    remedy="Deregister it for every service (DeregisterDelegatedAdministrator, in the source), then assess again.",
    page=_PAGE,
)
def not_delegated(scene: Scene, report: Report) -> Finding:
    """A delegated administrator of any service cannot be removed or transferred."""
    delegated = scene.snapshot.source.delegated_administrators
    if delegated is None:
        why = next((text for text in scene.snapshot.unknown if "ListDelegatedAdministrators" in text), "could not look")
        return report.unknown(why, "Grant organizations:ListDelegatedAdministrators in the source, then assess again.")
    if scene.account.account_id in delegated:
        return report.block("it is a delegated administrator in the source")
    return report.ok("it is no delegated administrator")
