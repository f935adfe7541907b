"""Policies of the organizations above an account, on both sides: E14, E14.rcp, E16.rcp, D5, D6."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, no_unit, reading
from orgtools.assess.policies.evaluate import PolicyRequest, Says, verdict
from orgtools.aws.calls.answers import document
from orgtools.findings import Finding, Verdict
from orgtools.ledger.events import canonical
from orgtools.messages import Message
from orgtools.replica import landing
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import Where
    from orgtools.aws.model import Side
    from orgtools.aws.read.read_only import ReadOnlyReader
    from orgtools.plan import PlannedAccount

_SCP: Final = "SERVICE_CONTROL_POLICY"
_RCP: Final = "RESOURCE_CONTROL_POLICY"
_PERMISSIONS: Final = (_SCP, _RCP)
_RCPS: Final = GUIDE + "orgs_manage_policies_rcps.html"
_FULL: Final = ("FullAWSAccess", "RCPFullAWSAccess")
_ALLOW_ALL: Final = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
_ACTIONS: Final = (
    "organizations:DescribePolicy",
    "organizations:ListPolicies",
    "organizations:ListRoots",
    "organizations:ListTargetsForPolicy",
)
_of_policies = partial(reading, subject="policies", actions=_ACTIONS)


@dataclass(frozen=True)
class Attached:
    """A policy, and the place in an organization where it is attached: the path of a unit, or the account's id."""

    id: str
    name: str
    type: str
    content: str
    place: str

    @property
    def is_full_access(self) -> bool:
        """Whether it is one of AWS's own that allow everything."""
        return self.name in _FULL

    @property
    def words(self) -> Message:
        """As people name it."""
        return Message("policy-attached", policy=self.name, kind=self.type, policy_id=self.id, place=self.place)

    def __str__(self) -> str:
        """As a line of a list."""
        return f"{self.name} ({self.type} {self.id}, {self.place})"


def _read(context: CheckContext, side: Where) -> dict[str, list[dict[str, str]]]:
    """Every attached policy of the types that are enabled, by the id of its target: as few calls as there are."""
    reader = context.readers[side]
    return reader.once("attached-policies", read=lambda: _attached(reader))


def _attached(reader: ReadOnlyReader) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for root in reader.pages("organizations", "ListRoots", "Roots"):
        for kind in root["PolicyTypes"]:
            if kind["Status"] != "ENABLED":
                continue
            for summary in reader.pages("organizations", "ListPolicies", "Policies", Filter=kind["Type"]):
                full = summary["AwsManaged"] and summary["Name"] in _FULL
                answer: Any = None if full else reader.ask("organizations", "DescribePolicy", PolicyId=summary["Id"])
                policy = {
                    "id": summary["Id"],
                    "name": summary["Name"],
                    "type": summary["Type"],
                    "content": _ALLOW_ALL if full else answer["Policy"]["Content"],
                }
                for target in reader.pages("organizations", "ListTargetsForPolicy", "Targets", PolicyId=summary["Id"]):
                    found.setdefault(target["TargetId"], []).append(policy)
    return found


def _levels(
    side: Side, unit_id: str, account_id: str, policies: dict[str, list[dict[str, str]]]
) -> list[list[Attached]]:
    """The policies at the account, and at each unit above it up to the root."""
    targets = [(account_id, account_id)]
    above: str | None = unit_id
    while above is not None:
        unit = side.units[above]
        targets.append((unit.id, unit.path))
        above = unit.parent_id
    return [[Attached(**policy, place=place) for policy in policies.get(target, ())] for target, place in targets]


def _before(context: CheckContext, account: PlannedAccount) -> list[list[Attached]]:
    source = context.snapshot.source
    return _levels(source, source.accounts[account.account_id].parent_id, account.account_id, _read(context, "source"))


def _after(context: CheckContext, account: PlannedAccount) -> list[list[Attached]]:
    destination = context.snapshot.destination
    unit = landing(account.ou, destination, context.snapshot.coming)
    return _levels(destination, unit.id, account.account_id, _read(context, "destination"))


@_of_policies("E14", where=("source",), page=GUIDE + "orgs_manage_policies_scps.html")
def scps_let_it_accept(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A Deny of AcceptHandshake stops the move for certain; one of LeaveOrganization probably."""
    for account in context.accounts:
        yield _accepting(context, account, reports.on(account.account_id))


def _accepting(context: CheckContext, account: PlannedAccount, report: Report) -> Finding:
    if account.path == "standalone":
        return report.info(Message("scps-end-before"))
    levels = [[held for held in level if held.type == _SCP] for level in _before(context, account)]
    if not any(levels):
        return report.ok(Message("scps-none"))
    accept = _against(context, account, levels, "organizations:AcceptHandshake")
    leave = _against(context, account, levels, "organizations:LeaveOrganization")
    certain = [why for says, why in accept if says is Says.DENIES]
    if certain:
        return report.block(Message("accepting-denied", whys=certain))
    if accept:
        return report.warn(Message("accepting-denied", whys=[why for _, why in accept]))
    if leave:
        return report.warn(Message("leaving-denied", whys=[why for _, why in leave]))
    return report.ok(Message("scps-allow"))


def _against(
    context: CheckContext, account: PlannedAccount, levels: list[list[Attached]], action: str
) -> list[tuple[Says, Message]]:
    """Who denies an action, or may, from the account up to the root: the verdict and what is said of it."""
    brief = context.brief
    principal = f"arn:{brief.source.partition}:iam::{account.account_id}:role/{brief.access_role}"
    request = PolicyRequest(action, invitation_arn(brief.destination), (
        ("aws:principalarn", principal),
        ("aws:principalaccount", account.account_id),
        ("aws:principalorgid", brief.source.organization_id),
    ))  # fmt: skip
    found: list[tuple[Says, Message]] = []
    for level in levels:
        for held in level:
            says = verdict([held.content], request)
            if says is Says.DENIES:
                found.append((says, Message("action-denied", action=action, why=held.words)))
            elif says is Says.MAY_DENY:
                found.append((says, Message("action-perhaps-denied", action=action, why=held.words)))
        if level and all(verdict([held.content], request) is Says.NOTHING for held in level):
            found.append((Says.DENIES, Message("action-not-allowed", action=action, place=level[0].place)))
    return found


@_of_policies("E14.rcp", where=("source",), page=_RCPS)
def destination_is_let_in(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Resource control policies take part in AssumeRole: the hand-over is proven while the account is in the source."""
    for account in context.accounts:
        report = reports.on(account.account_id)
        denied, open_ = _keeping_out(context, account, _before(context, account), "destination", "source")
        if denied and _by_the_destination(context, account):
            yield report.block(Message("destination-kept-out", whys=denied))
        elif denied or open_:
            yield report.warn(Message("destination-kept-out", whys=[*denied, *open_]))
        else:
            yield report.ok(Message("destination-let-in"))


@_of_policies("E16.rcp", where=("destination",), page=_RCPS)
def somebody_is_let_in(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """An RCP of the destination keeps the source out; without a proven hand-over nobody could enter then."""
    for account in context.accounts:
        report = reports.on(account.account_id)
        try:
            levels = _after(context, account)
        except UnmeantError as error:
            yield report.unknown(no_unit(error))
            continue
        own, _ = _keeping_out(context, account, levels, "destination", "destination")
        if not context.snapshot.source.seen:
            if own:
                yield report.block(Message("everybody-kept-out", whys=own))
            else:
                yield report.ok(Message("destination-let-in-after"))
            continue
        denied, open_ = _keeping_out(context, account, levels, "source", "destination")
        if own or (denied and not _by_the_destination(context, account)):
            yield report.block(Message("everybody-kept-out", whys=[*own, *denied]))
        elif denied:
            yield report.info(Message("source-kept-out", whys=denied))
        elif open_:
            yield report.warn(Message("source-perhaps-kept-out", whys=open_))
        else:
            yield report.ok(Message("source-let-in-after"))


def _by_the_destination(context: CheckContext, account: PlannedAccount) -> bool:
    """Whether the destination enters the account before it moves: to prove the hand-over, or to accept."""
    snapshot = context.snapshot
    return snapshot.settings.handover.prepare or snapshot.settings.access.by_the_destination(account.account_id)


def _keeping_out(
    context: CheckContext, account: PlannedAccount, levels: list[list[Attached]], who: Where, where: Where
) -> tuple[list[Message], list[Message]]:
    """What denies a side's caller the role while the account is in an organization, and what may."""
    sides = {"source": context.brief.source, "destination": context.brief.destination}
    caller, owner = sides[who], sides[where]
    role = f"arn:{owner.partition}:iam::{account.account_id}:role/{context.brief.access_role}"
    request = PolicyRequest("sts:AssumeRole", role, (
        ("aws:principalarn", principal_of(caller.caller_arn)),
        ("aws:principalaccount", caller.management_account_id),
        ("aws:principalorgid", caller.organization_id),
        ("aws:principalisawsservice", "false"),
        ("aws:resourceorgid", owner.organization_id),
        ("aws:resourceaccount", account.account_id),
    ))  # fmt: skip
    denied, open_ = list[Message](), list[Message]()
    for held in (one for level in levels for one in level if one.type == _RCP):
        says = verdict([held.content], request)
        if says is Says.DENIES:
            denied.append(Message("entering-denied", why=held.words, side=who))
        elif says is Says.MAY_DENY:
            open_.append(Message("entering-perhaps-denied", why=held.words, side=who))
    return denied, open_


def principal_of(caller_arn: str) -> str:
    """What policies see of a caller: of a role's session the role."""
    head, mark, session = caller_arn.partition(":assumed-role/")
    return f"{head.replace(':sts:', ':iam:')}:role/{session.split('/')[0]}" if mark else caller_arn


def invitation_arn(destination: Any) -> str:
    """An ARN as an invitation of the destination has it."""
    return (
        f"arn:{destination.partition}:organizations::{destination.management_account_id}:handshake/"
        f"{destination.organization_id}/invite/h-00000000"
    )


@_of_policies(
    "D5",
    where=("source", "destination"),
    page=GUIDE + "orgs_manage_policies_authorization_policies.html",
    severity=Verdict.WARN,
)
def permissions_side_by_side(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """By content: the same text on both sides goes on, whatever its name."""
    yield from _compared(context, reports, permissions=True)


@_of_policies(
    "D6", where=("source", "destination"), page=GUIDE + "orgs_manage_policies_management.html", severity=Verdict.WARN
)
def management_side_by_side(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Every other type of policy that is enabled on either side."""
    yield from _compared(context, reports, permissions=False)


def _compared(context: CheckContext, reports: Reports, *, permissions: bool) -> Iterator[Finding]:
    for account in context.accounts:
        report = reports.on(account.account_id)
        try:
            yield _side_by_side(context, account, report, permissions=permissions)
        except UnmeantError as error:
            yield report.unknown(no_unit(error))


def _side_by_side(context: CheckContext, account: PlannedAccount, report: Report, *, permissions: bool) -> Finding:
    def those(levels: list[list[Attached]]) -> dict[tuple[str, str], Attached]:
        return {
            (held.type, canonical(document(held.content, "Content", "Policy"))): held
            for level in levels
            for held in level
            if (held.type in _PERMISSIONS) is permissions and not held.is_full_access
        }

    before, after = those(_before(context, account)), those(_after(context, account))
    stops = [str(held) for key, held in before.items() if key not in after]
    starts = [str(held) for key, held in after.items() if key not in before]
    if not stops and not starts:
        return report.ok(Message("policies-same", count=len(before)))
    text = "\n".join([*(f"- {name}" for name in stops), *(f"+ {name}" for name in starts)])
    changes = Message("policies-change", missing=len(stops), more=len(starts), count=len(before) - len(stops))
    return report.warn(changes, text=text)
