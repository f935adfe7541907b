"""Policies of the organizations above an account, on both sides: E14, E14.rcp, E16.rcp, D5, D6."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, no_unit, reading
from orgtools.assess.policies.evaluate import PolicyRequest, Says, verdict
from orgtools.findings import Finding, Verdict
from orgtools.ledger.events import canonical
from orgtools.messages import Message
from orgtools.replica import landing
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import Where
    from orgtools.aws.model import Side
    from orgtools.aws.read.read_only import Eyes
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


def _read(desk: CheckContext, side: Where) -> dict[str, list[dict[str, str]]]:
    """Every attached policy of the types that are enabled, by the id of its target: as few calls as there are."""
    key = ("policies", side)
    if key not in desk.once:
        desk.once[key] = _attached(desk.eyes[side])
    held: dict[str, list[dict[str, str]]] = desk.once[key]
    return held


def _attached(eyes: Eyes) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for root in eyes.pages("organizations", "ListRoots", "Roots"):
        for kind in root["PolicyTypes"]:
            if kind["Status"] != "ENABLED":
                continue
            for summary in eyes.pages("organizations", "ListPolicies", "Policies", Filter=kind["Type"]):
                full = summary["AwsManaged"] and summary["Name"] in _FULL
                answer: Any = None if full else eyes.ask("organizations", "DescribePolicy", PolicyId=summary["Id"])
                policy = {
                    "id": summary["Id"],
                    "name": summary["Name"],
                    "type": summary["Type"],
                    "content": _ALLOW_ALL if full else answer["Policy"]["Content"],
                }
                for target in eyes.pages("organizations", "ListTargetsForPolicy", "Targets", PolicyId=summary["Id"]):
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


def _before(desk: CheckContext, account: PlannedAccount) -> list[list[Attached]]:
    source = desk.snapshot.source
    return _levels(source, source.accounts[account.account_id].parent_id, account.account_id, _read(desk, "source"))


def _after(desk: CheckContext, account: PlannedAccount) -> list[list[Attached]]:
    destination = desk.snapshot.destination
    unit = landing(account.ou, destination, desk.snapshot.coming)
    return _levels(destination, unit.id, account.account_id, _read(desk, "destination"))


@reading(
    "E14",
    subject="policies",
    where=("source",),
    actions=_ACTIONS,
    page=GUIDE + "orgs_manage_policies_scps.html",
    severity=Verdict.BLOCK,
)
def scps_let_it_accept(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A Deny of AcceptHandshake stops the move for certain; one of LeaveOrganization probably."""
    for account in desk.accounts:
        yield _accepting(desk, account, reports.on(account.account_id))


def _accepting(desk: CheckContext, account: PlannedAccount, report: Report) -> Finding:
    if account.path == "standalone":
        return report.info(Message("scps-end-before"))
    levels = [[held for held in level if held.type == _SCP] for level in _before(desk, account)]
    if not any(levels):
        return report.ok(Message("scps-none"))
    accept = _against(desk, account, levels, "organizations:AcceptHandshake")
    leave = _against(desk, account, levels, "organizations:LeaveOrganization")
    certain = [why for says, why in accept if says is Says.DENIES]
    if certain:
        return report.block(Message("accepting-denied", whys=certain))
    if accept:
        return report.warn(Message("accepting-denied", whys=[why for _, why in accept]))
    if leave:
        return report.warn(Message("leaving-denied", whys=[why for _, why in leave]))
    return report.ok(Message("scps-allow"))


def _against(
    desk: CheckContext, account: PlannedAccount, levels: list[list[Attached]], action: str
) -> list[tuple[Says, Message]]:
    """Who denies an action, or may, from the account up to the root: the verdict and what is said of it."""
    brief = desk.brief
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


@reading(
    "E14.rcp",
    subject="policies",
    where=("source",),
    actions=_ACTIONS,
    page=_RCPS,
    severity=Verdict.BLOCK,
)
def destination_is_let_in(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Resource control policies take part in AssumeRole: the hand-over is proven while the account is in the source."""
    for account in desk.accounts:
        report = reports.on(account.account_id)
        denied, open_ = _keeping_out(desk, account, _before(desk, account), "destination", "source")
        if denied and _by_the_destination(desk, account):
            yield report.block(Message("destination-kept-out", whys=denied))
        elif denied or open_:
            yield report.warn(Message("destination-kept-out", whys=[*denied, *open_]))
        else:
            yield report.ok(Message("destination-let-in"))


@reading(
    "E16.rcp",
    subject="policies",
    where=("destination",),
    actions=_ACTIONS,
    page=_RCPS,
    severity=Verdict.BLOCK,
)
def somebody_is_let_in(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """An RCP of the destination keeps the source out; without a proven hand-over nobody could enter then."""
    for account in desk.accounts:
        report = reports.on(account.account_id)
        try:
            levels = _after(desk, account)
        except UnmeantError as error:
            yield report.unknown(no_unit(error))
            continue
        own, _ = _keeping_out(desk, account, levels, "destination", "destination")
        if not desk.snapshot.source.seen:
            if own:
                yield report.block(Message("everybody-kept-out", whys=own))
            else:
                yield report.ok(Message("destination-let-in-after"))
            continue
        denied, open_ = _keeping_out(desk, account, levels, "source", "destination")
        if own or (denied and not _by_the_destination(desk, account)):
            yield report.block(Message("everybody-kept-out", whys=[*own, *denied]))
        elif denied:
            yield report.info(Message("source-kept-out", whys=denied))
        elif open_:
            yield report.warn(Message("source-perhaps-kept-out", whys=open_))
        else:
            yield report.ok(Message("source-let-in-after"))


def _by_the_destination(desk: CheckContext, account: PlannedAccount) -> bool:
    """Whether the destination enters the account before it moves: to prove the hand-over, or to accept."""
    snapshot = desk.snapshot
    return snapshot.settings.handover.prepare or snapshot.settings.access.by_the_destination(account.account_id)


def _keeping_out(
    desk: CheckContext, account: PlannedAccount, levels: list[list[Attached]], who: Where, where: Where
) -> tuple[list[Message], list[Message]]:
    """What denies a side's caller the role while the account is in an organization, and what may."""
    sides = {"source": desk.brief.source, "destination": desk.brief.destination}
    caller, owner = sides[who], sides[where]
    role = f"arn:{owner.partition}:iam::{account.account_id}:role/{desk.brief.access_role}"
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


@reading(
    "D5",
    subject="policies",
    where=("source", "destination"),
    actions=_ACTIONS,
    page=GUIDE + "orgs_manage_policies_authorization_policies.html",
    severity=Verdict.WARN,
)
def permissions_side_by_side(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """By content: the same text on both sides goes on, whatever its name."""
    yield from _compared(desk, reports, permissions=True)


@reading(
    "D6",
    subject="policies",
    where=("source", "destination"),
    actions=_ACTIONS,
    page=GUIDE + "orgs_manage_policies_management.html",
    severity=Verdict.WARN,
)
def management_side_by_side(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Every other type of policy that is enabled on either side."""
    yield from _compared(desk, reports, permissions=False)


def _compared(desk: CheckContext, reports: Reports, *, permissions: bool) -> Iterator[Finding]:
    for account in desk.accounts:
        report = reports.on(account.account_id)
        try:
            yield _side_by_side(desk, account, report, permissions=permissions)
        except UnmeantError as error:
            yield report.unknown(no_unit(error))


def _side_by_side(desk: CheckContext, account: PlannedAccount, report: Report, *, permissions: bool) -> Finding:
    def those(levels: list[list[Attached]]) -> dict[tuple[str, str], Attached]:
        return {
            (held.type, canonical(json.loads(held.content))): held
            for level in levels
            for held in level
            if (held.type in _PERMISSIONS) is permissions and not held.is_full_access
        }

    before, after = those(_before(desk, account)), those(_after(desk, account))
    stops = [str(held) for key, held in before.items() if key not in after]
    starts = [str(held) for key, held in after.items() if key not in before]
    if not stops and not starts:
        return report.ok(Message("policies-same", count=len(before)))
    text = "\n".join([*(f"- {name}" for name in stops), *(f"+ {name}" for name in starts)])
    changes = Message("policies-change", missing=len(stops), more=len(starts), count=len(before) - len(stops))
    return report.warn(changes, text=text)
