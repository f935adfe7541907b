"""Un-enroll: the source's Control Tower lets each account go, one at a time, before it is invited.

By moving it to the root where the landing zone enrolls by itself, else by terminating its provisioned product, or,
where the account has ConfigBaseline, by moving it to the root and disabling that; the
account itself stays open. What an account's governance leaves behind, a tainted product, is cleaned up after. Without a
landing zone there is nothing to do. See
https://docs.aws.amazon.com/controltower/latest/userguide/unmanage-account.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from orgtools.assess import standing
from orgtools.aws.partial import with_one, without_one
from orgtools.aws.read.control_tower import CONFIG
from orgtools.aws.read.member import Member
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.findings import Verdict, obstacles
from orgtools.messages import Message
from orgtools.policies import EXECUTION_ROLE, PUT_BACK, Role, grant
from orgtools.policies.permissions import BASELINES, CONTROL_TOWER, SOURCE, TREE, may
from orgtools.snapshot import NOT_LOOKED, NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait, all_of
from orgtools.steps.core.step import Step
from orgtools.steps.shared import control_tower

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.aws.read.control_tower import ControlTower, EnabledBaseline, EnrolmentProgress, Product
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_OF_ENROLMENT: Final = ("E14", "E14.rcp", "E15", "E16", "E17", "D10")
"""Checks that find something because the account is enrolled: its roles, its policies, its Config recorder."""


@dataclass(frozen=True, slots=True)
class Unenrolling:
    """The source's Control Tower, and what only this step looks up of accounts.

    Attributes:
        tower: what the source has of Control Tower.
        progress: how far this run's operations have come, by account id.
        unknown: why that could not be looked up, by account id.
        shut: why nobody could enter an account that was let go, by account id. On the board nobody tries: then an
            account that may go is told as one to let go, and the step itself says whether it can.
    """

    tower: ControlTower
    progress: Mapping[str, EnrolmentProgress]
    unknown: Mapping[str, Message]
    shut: Mapping[str, Message] | NotLooked = NOT_LOOKED


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, what `look` adds, and which accounts nobody could enter if they were let go."""
    snapshot = look(migration, accounts, migration.observe(account.account_id for account in accounts))
    seen = snapshot.looked(Unenrolling)
    if isinstance(seen, NotLooked) or seen.tower.zone is None:
        return snapshot
    return snapshot.with_extra(replace(seen, shut=_shut(migration, accounts, snapshot)))


def _shut(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> dict[str, Message]:
    """Up to the first account that may go: one is let go at a time, and none that may not holds up those behind it."""
    decisions = [decide(account, snapshot) for account in accounts]
    found: dict[str, Message] = {}
    for decision in () if _busy(decisions, snapshot) else decisions:
        if not isinstance(decision, Do):
            continue
        stranded = _stranded_or_unseen(migration, decision.account_id, decision.calls[0])
        if stranded is None:
            break
        found[decision.account_id] = stranded
    return found


def _stranded_or_unseen(migration: Migration, account_id: str, call: Call) -> Message | None:
    try:
        return _stranded(migration, account_id, call)
    except (CredentialsError, RefusedError) as error:
        return Message("unenroll-way-in-unseen", then=error.message)


def look(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the source's Control Tower, and how far what was begun has come."""
    snapshot, tower = control_tower.read(migration, snapshot, "source")
    if isinstance(tower, NotLooked):
        return snapshot.without_looking(Unenrolling)
    if tower.zone is None:
        return snapshot.with_extra(Unenrolling(tower, {}, {}))
    try:
        begun = control_tower.begun(migration, "unenroll", "source", tower, accounts)
    except RefusedError as error:
        blind = {account.account_id: error.message for account in accounts}
        return snapshot.with_extra(Unenrolling(tower, {}, blind))
    return snapshot.with_extra(Unenrolling(tower, begun, {}))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Nothing where Control Tower does not govern the account and nothing is left over; otherwise one call."""
    account_id, seen = account.account_id, snapshot.looked(Unenrolling)
    held = snapshot.source.accounts.get(account_id)
    if not snapshot.source.seen and account_id not in snapshot.destination.accounts:
        return Wait(account_id, Message("unenroll-source-not-seen"), unseen=True)
    if held is None:
        return Done(account_id, Message("unenroll-not-in-source"))
    if isinstance(seen, NotLooked):
        granted = grant("controltower:ListLandingZones", "caller-in-source", Role.source_operator)
        return Blocked(account_id, Message("unenroll-landing-zone-unseen", then=granted))
    tower = seen.tower
    if tower.zone is None:
        return Done(account_id, Message("unenroll-no-landing-zone"))
    enabled, product = tower.enabled.get(account_id), tower.products.get(account_id)
    under_way = _under_way(account_id, seen) if enabled or product else None
    if under_way:
        return under_way
    if account_id in seen.unknown and (enabled or product):
        return Blocked(account_id, Message("unenroll-progress-unseen", then=seen.unknown[account_id]))
    decision: Decision | None = None
    if enabled:
        decision = (
            _moved_out(account_id, tower, snapshot)
            or _against(account, snapshot)
            or _is_shut(account_id, seen)
            or _way(account_id, enabled, product, seen, snapshot)
        )
    elif product:
        why = all_of([Message("unenroll-product-left", state=product.status), *_failed(account_id, seen)])
        decision = _terminate(account_id, why, product, tower, left_over=True)
    if decision is None:
        return Done(account_id, Message("unenroll-not-governed"))
    return control_tower.told_news(decision, seen.progress.get(account_id))


def _is_shut(account_id: str, seen: Unenrolling) -> Blocked | None:
    if isinstance(seen.shut, NotLooked) or account_id not in seen.shut:
        return None
    return Blocked(account_id, seen.shut[account_id])


def _under_way(account_id: str, seen: Unenrolling) -> Wait | None:
    tower, told = seen.tower, seen.progress.get(account_id)
    enabled, product = tower.enabled.get(account_id), tower.products.get(account_id)
    if told and told.status == "IN_PROGRESS":
        what = Message("tower-operation-running", operation_id=told.id)
    elif product and product.status == "UNDER_CHANGE":
        what = Message("tower-product-changing", product=product.id)
    elif enabled and enabled.status == "UNDER_CHANGE":
        what = control_tower.under_change(enabled)
    else:
        return None
    return Wait(account_id, Message("tower-busy", why=what), effective=True)


def _moved_out(account_id: str, tower: ControlTower, snapshot: Snapshot) -> Wait | None:
    """It lies where Control Tower governs nothing, and that enrolls and un-enrolls by itself: it will see."""
    if not (tower.zone and tower.zone.auto_enroll) or snapshot.source.accounts[account_id].parent_id in tower.enabled:
        return None
    why = Message("unenroll-by-itself", unit=snapshot.source.path_of(account_id), version=tower.zone.version)
    return Wait(account_id, why, effective=True)


def _against(account: PlannedAccount, snapshot: Snapshot) -> Blocked | None:
    """Who could not move would lose its guard rails for nothing; who could not be entered afterwards is kept."""
    account_id = account.account_id
    if account_id not in snapshot.assessed.findings:
        return Blocked(account_id, Message("not-assessed"))
    blocking = [finding for finding in standing(account, snapshot) if finding.status is Verdict.BLOCK]
    found = [finding for finding in blocking if finding.check not in _OF_ENROLMENT]
    if found:
        return Blocked(account_id, Message("unenroll-for-nothing", why=obstacles(found)))
    if snapshot.settings.access.role.rsplit("/", 1)[-1] == EXECUTION_ROLE:
        return Blocked(account_id, Message("unenroll-execution-role"))
    return None


def _way(
    account_id: str, enabled: EnabledBaseline, product: Product | None, seen: Unenrolling, snapshot: Snapshot
) -> Decision:
    tower, failed = seen.tower, _failed(account_id, seen)
    version = tower.zone.version if tower.zone else ""
    if tower.zone and tower.zone.auto_enroll:
        why = all_of([Message("unenroll-governed-automatically", version=version), *failed])
        move = _to_root(account_id, snapshot, Message("unenroll-then-by-itself"))
        return Do(account_id, why, (move,))
    if enabled.name == CONFIG:
        return _disable(account_id, enabled, tower, snapshot, failed)
    if product is None:
        return Blocked(account_id, Message("unenroll-no-way", version=version))
    return _terminate(account_id, all_of([Message("unenroll-governed"), *failed]), product, tower, left_over=False)


def _to_root(account_id: str, snapshot: Snapshot, then: Message) -> Call:
    parent = snapshot.source.accounts[account_id].parent_id
    parameters = {"AccountId": account_id, "SourceParentId": parent, "DestinationParentId": snapshot.source.root.id}
    move = Message("unenroll-call-move", parent=snapshot.source.path_of(account_id))
    return Call("MoveAccount", "source", parameters, all_of([move, then]))


def _disable(
    account_id: str, enabled: EnabledBaseline, tower: ControlTower, snapshot: Snapshot, failed: tuple[Message, ...]
) -> Do:
    """Out of the unit that hands the baseline down, then disabled on the account itself; the unit keeps its own.

    https://docs.aws.amazon.com/controltower/latest/userguide/types-of-baselines.html
    """
    parameters = {"enabledBaselineIdentifier": enabled.arn}
    words = Message("unenroll-call-disable", baseline=enabled.name)
    call = Call("DisableBaseline", "source", parameters, words, "controltower", region=tower.region)
    at_root = snapshot.source.accounts[account_id].parent_id == snapshot.source.root.id
    then = Message("unenroll-then-disabled", baseline=enabled.name)
    first = () if at_root else (_to_root(account_id, snapshot, then),)
    why = all_of([Message("unenroll-governed-by-baseline", baseline=enabled.name), *failed])
    return Do(account_id, why, (*first, call))


def _failed(account_id: str, seen: Unenrolling) -> tuple[Message, ...]:
    told = seen.progress.get(account_id)
    return (Message("tower-last-try-failed", words=told.words),) if told and told.status == "FAILED" else ()


def _terminate(account_id: str, why: Message, product: Product, tower: ControlTower, *, left_over: bool) -> Do:
    parameters = {
        "ProvisionedProductId": product.id,
        "TerminateToken": f"unenroll-{product.record or product.id}",
        **({"IgnoreErrors": True} if left_over else {}),
    }
    words = Message("unenroll-call-terminate-left-over" if left_over else "unenroll-call-terminate", product=product.id)
    call = Call("TerminateProvisionedProduct", "source", parameters, words, "servicecatalog", region=tower.region)
    return Do(account_id, why, (call,))


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """One account at a time, also counting what somebody else has begun."""
    busy, limited = _busy(decisions, snapshot), list[Decision]()
    before = Message("unenroll-busy", account=busy) if busy else None
    for decision in decisions:
        if isinstance(decision, Do) and before:
            limited.append(Wait(decision.account_id, before))
            continue
        if isinstance(decision, Do):
            before = Message("unenroll-another-first", account=decision.account_id)
        limited.append(decision)
    return limited


def _busy(decisions: Sequence[Decision], snapshot: Snapshot) -> str:
    """The account that AWS is at work on, or empty."""
    seen = snapshot.looked(Unenrolling)
    ours = (decision.account_id for decision in decisions if isinstance(decision, Wait) and decision.effective)
    enabled = {} if isinstance(seen, NotLooked) else seen.tower.enabled  # without a look nobody is let go
    others = (target for target, held in enabled.items() if held.status == "UNDER_CHANGE")
    return next(chain(ours, others), "")


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """A last look: the account can be entered without Control Tower's own role, which AWS takes away.

    Raises:
        RefusedError: nobody could enter it afterwards, or that cannot be looked at.
        CredentialsError: AWS does not answer whether a role can be assumed.
    """
    stranded = _stranded(migration, account_id, call)
    if stranded:
        raise RefusedError(
            Message("unenroll-refused", account=account_id, why=stranded),
            code="NobodyCouldEnter",
            account_id=account_id,
        )


def _stranded(migration: Migration, account_id: str, call: Call) -> Message | None:
    """Why nobody could enter an account after a call; None where somebody could.

    AWS puts OrganizationAccountAccessRole in the place of its own role; one that is there already may stay as it is.

    Raises:
        RefusedError: it cannot be looked at.
        CredentialsError: AWS does not answer whether a role can be assumed.
    """
    if call.parameters.get("IgnoreErrors"):
        return None  # what is left over is cleaned up, and the account stays as it is
    entered = migration.member(account_id, "source")
    if entered.can_enter() or migration.member(account_id).can_enter():
        return None
    role, inside = migration.settings.access.role, Member(migration.source.access, account_id, EXECUTION_ROLE)
    if role == PUT_BACK and inside.can_enter() and not inside.has_role(role):
        return None
    management = migration.source.identity.management_account_id
    if role != PUT_BACK:
        return Message("unenroll-role-shut", arn=entered.role_arn, role=role, management_account=management)
    return Message(
        "unenroll-put-back-role-shut",
        arn=entered.role_arn,
        role=role,
        management_account=management,
        then=grant("sts:AssumeRole", "caller-in-source", Role.source_operator, on=EXECUTION_ROLE),
    )


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """Control Tower does not govern the account, and finds nothing any more because it did.

    Where it lets go by itself, it leaves a product, which is cleaned up then.
    """
    seen, account_id = snapshot.looked(Unenrolling), account.account_id
    if isinstance(seen, NotLooked):
        return snapshot
    enabled = without_one(seen.tower.enabled, account_id)
    products, product = without_one(seen.tower.products, account_id), seen.tower.products.get(account_id)
    if product and account_id in seen.tower.enabled and not _lets_go_of(product, decide(account, snapshot)):
        products = with_one(products, account_id, replace(product, status="TAINTED"))
    assessed = snapshot.assessed
    left = tuple(one for one in assessed.findings.get(account_id, ()) if one.check not in _OF_ENROLMENT)
    snapshot = replace(snapshot, assessed=replace(assessed, findings={**assessed.findings, account_id: left}))
    return snapshot.with_extra(replace(seen, tower=replace(seen.tower, enabled=enabled, products=products)))


def _lets_go_of(product: Product, decision: Decision) -> bool:
    """Whether a product goes with its account's enrolment: its termination is what un-enrolls."""
    calls = decision.calls if isinstance(decision, Do) else ()
    return product.status == "UNDER_CHANGE" or any(call.operation == "TerminateProvisionedProduct" for call in calls)


UNENROLL: Final = Step(
    name="unenroll",
    notebook="25_unenroll",
    decide=decide,
    observe=observe,
    apply_limits=apply_limits,
    imagine=imagine,
    queues=lambda snapshot: control_tower.governs(snapshot.looked(Unenrolling)),
    renews=_OF_ENROLMENT,
    precheck=precheck,
    needs=(
        may(SOURCE, *CONTROL_TOWER, "servicecatalog:TerminateProvisionedProduct"),
        may(SOURCE, "organizations:MoveAccount", on=TREE),
        may(SOURCE, "controltower:DisableBaseline", on=BASELINES),
        may(SOURCE, "sts:AssumeRole", on="arn:*:iam::*:role/${execution_role}"),
    ),
    needs_source=True,
    applies=lambda snapshot: control_tower.governs(snapshot.looked(Unenrolling)) or bool(snapshot.history.unenrolled),
)
"""The step; see the module."""
