"""Whether AWS lets an account go at all: E1, E2, E4, E5, E7. Read from the bulk lists; E4 asks the account itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, SnapshotContext, check, reading
from orgtools.aws.model import Identity
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgtools.findings import Finding

_PAGE: Final = GUIDE + "orgs_account_migration.html"
_REST: Final = timedelta(days=4)
_STAND_ALONE: Final = "AWSOrganizationsNotInUseException"
_of_source = partial(check, subject="eligibility", where=("source",), page=_PAGE)


@_of_source("E1", actions=("organizations:ListAccounts",))
def active(context: SnapshotContext, report: Report) -> Finding:
    """``State`` must be ACTIVE; ``Status`` was retired."""
    account = context.snapshot.source.accounts.get(context.account.account_id)
    if account is None:
        return report.info(Message("account-not-in-source"))
    if account.state == "ACTIVE":
        return report.ok(Message("account-active"))
    return report.block(Message("account-not-active", state=account.state))


@_of_source("E2", actions=("organizations:ListAccounts",))
def old_enough(context: SnapshotContext, report: Report) -> Finding:
    """Only accounts created in the organization; for those, JoinedTimestamp is their birth. Invited ones are exempt."""
    account = context.snapshot.source.accounts.get(context.account.account_id)
    if account is None:
        return report.info(Message("account-not-in-source"))
    if account.joined_method == "INVITED":
        return report.ok(Message("account-invited-before"))
    ready = account.joined_at + _REST
    if ready <= context.snapshot.taken_at:
        return report.ok(Message("account-created", created=account.joined_at))
    return report.block(Message("account-too-young", created=account.joined_at, until=ready), ready.isoformat())


@reading(
    "E2.member",
    subject="eligibility",
    where=("member",),
    actions=("account:GetAccountInformation",),
    page="https://docs.aws.amazon.com/accounts/latest/reference/API_GetAccountInformation.html",
    answers=("E2",),
)
def old_enough_by_itself(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """An account does not see whether it was created in its organization or invited: a young one may be held for it."""
    account_id = context.accounts[0].account_id
    told = context.readers["member"].ask("account", "GetAccountInformation")
    held, report = told["AccountCreatedDate"], reports.on(account_id)
    created = held if isinstance(held, datetime) else datetime.fromisoformat(held)
    ready = created.astimezone(UTC) + _REST
    if ready <= context.brief.taken_at:
        yield report.ok(Message("account-created", created=created))
    elif context.brief.alone:
        yield report.ok(Message("account-created-alone", created=created))
    else:
        yield report.block(Message("account-too-young", created=created, until=ready), ready.isoformat())


@reading(
    "E4",
    subject="eligibility",
    where=("member",),
    actions=("organizations:DescribeOrganization",),
    page=_PAGE,
)
def not_management(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A management account cannot leave its organization; those of the two sides no plan may name to begin with."""
    account_id = context.accounts[0].account_id
    told = context.readers["member"].ask("organizations", "DescribeOrganization", absent=(_STAND_ALONE,))
    report = reports.on(account_id)
    if told is None:
        yield report.ok(Message("account-stand-alone"))
        return
    organization = told["Organization"]
    if organization["MasterAccountId"] == account_id:
        yield report.block(Message("account-manages", organization=organization["Id"]))
    else:
        yield report.ok(Message("account-member-of", organization=organization["Id"]))


@check(
    "E5",
    subject="eligibility",
    where=("source", "destination", "member"),
    actions=("organizations:DescribeOrganization", "organizations:ListAccounts"),
    page=_PAGE,
)
def in_the_source(context: SnapshotContext, report: Report) -> Finding:
    """An account in a third organization is not ours to move; where the source is not ours, only it can say."""
    account_id, snapshot = context.account.account_id, context.snapshot
    if account_id in snapshot.destination.accounts:
        return report.info(Message("account-in-destination"))
    if account_id in snapshot.source.accounts:
        return report.ok(Message("account-in-source"))
    if account_id in snapshot.history.left:
        return report.info(Message("account-left"))
    if snapshot.is_alone(account_id):
        return report.info(Message("account-alone"))
    told = snapshot.whereabouts(account_id)
    if isinstance(told, Identity) and snapshot.source.seen:
        return report.block(Message("account-elsewhere", organization=told.organization_id))
    if isinstance(told, Identity):
        return report.ok(Message("account-reports-member-of", organization=told.organization_id))
    if not snapshot.may_come(account_id):
        return report.block(Message("account-nowhere"))
    owner = snapshot.settings.access.by_its_owner(account_id)
    return report.unknown(Message("account-its-owners" if owner else "account-not-asked"))


@_of_source("E7", actions=("organizations:ListDelegatedAdministrators",))
def not_delegated(context: SnapshotContext, report: Report) -> Finding:
    """A delegated administrator of any service cannot be removed or transferred."""
    delegated = context.snapshot.source.delegated_administrators
    if delegated is None:
        return report.unknown(_unread(context.snapshot.source.unknown))
    if context.account.account_id in delegated:
        return report.block(Message("delegated-administrator"))
    return report.ok(Message("delegated-administrator-of-nothing"))


def _unread(refusals: Sequence[Message]) -> Message:
    """The delegated administrators are all that the source may hide from an observation."""
    if refusals:
        return Message("delegated-administrators-unread-why", why=refusals[0])
    return Message("delegated-administrators-unread")
