"""Whether AWS lets an account go at all: E1, E2, E4, E5, E7. Read from the bulk lists; E4 asks the account itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, Desk, Report, Reports, Scene, check, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.findings import Finding

_PAGE: Final = GUIDE + "orgs_account_migration.html"
_DELEGATED: Final = "organizations:ListDelegatedAdministrators"
_REST: Final = timedelta(days=4)
_STAND_ALONE: Final = "AWSOrganizationsNotInUseException"
_ENTER: Final = "Name a way into it under [access] in migration.toml, then assess again; or ask its owner."


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
    "E2.member",
    title="Created at least 4 days ago, as the account itself says",
    subject="eligibility",
    where=("member",),
    actions=("account:GetAccountInformation",),
    remedy="Wait until then: an account created in an organization may move 4 days after its creation.",
    page="https://docs.aws.amazon.com/accounts/latest/reference/API_GetAccountInformation.html",
    answers=("E2",),
)
def old_enough_by_itself(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """An account does not see whether it was created in its organization or invited: a young one may be held for it."""
    account_id = desk.accounts[0].account_id
    told = desk.eyes["member"].ask("account", "GetAccountInformation")
    held, report = told["AccountCreatedDate"], reports.on(account_id)
    created = held if isinstance(held, datetime) else datetime.fromisoformat(held)
    ready, born = created.astimezone(UTC) + _REST, f"it was created {created.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if ready <= desk.brief.taken_at:
        yield report.ok(born)
    elif desk.brief.alone:
        yield report.ok(f"{born}, and is in no organization")
    else:
        yield report.block(
            f"{born}, less than 4 days ago; it may move from {ready:%Y-%m-%d %H:%M} UTC", ready.isoformat()
        )


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
    title="In the source, stand-alone, or already in the destination",
    subject="eligibility",
    where=("source", "destination", "member"),
    actions=("organizations:DescribeOrganization", "organizations:ListAccounts"),
    remedy="Find out which organization it is in; take it out of accounts.csv unless it comes back to the source.",
    page=_PAGE,
)
def in_the_source(scene: Scene, report: Report) -> Finding:
    """An account in a third organization is not ours to move; where the source is not ours, only it can say."""
    account_id, snapshot = scene.account.account_id, scene.snapshot
    if account_id in snapshot.destination.accounts:
        return report.info("it is already a member of the destination")
    if account_id in snapshot.source.accounts:
        return report.ok("it is a member of the source")
    if account_id in snapshot.left:
        return report.info("this run took it out of its organization: it is stand-alone until it accepts")
    if snapshot.is_alone(account_id):
        return report.info("it says that it is in no organization: nothing to leave")
    told = snapshot.told.get(account_id)
    if told is None and snapshot.may_come(account_id):
        owner = snapshot.access.by_its_owner(account_id)
        why = "nobody of this run enters it" if owner else "it could not be asked"
        return report.unknown(f"where it is only itself can say, and {why}", "Ask its owner." if owner else _ENTER)
    if told is None:
        return report.block("it is neither in the source nor in the destination, and does not say where it is")
    where = f"it says that it is a member of {told.organization_id}"
    if snapshot.source.seen:
        return report.block(f"{where}, which is neither source nor destination")
    return report.ok(f"{where}, an organization that is not ours")


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
        why = next((one for one in scene.snapshot.unknown if one.facts.get("action") == _DELEGATED), "could not look")
        return report.unknown(why, "Grant organizations:ListDelegatedAdministrators in the source, then assess again.")
    if scene.account.account_id in delegated:
        return report.block("it is a delegated administrator in the source")
    return report.ok("it is no delegated administrator")
