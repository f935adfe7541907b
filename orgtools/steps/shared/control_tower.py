"""Control Tower, as the steps look at it: added to a snapshot, and what follows for moving an account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from orgtools.aws.read import control_tower
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.policies import EXECUTION_ROLE
from orgtools.snapshot import NOT_LOOKED, NotLooked
from orgtools.steps.core.decisions import Blocked, Do, Wait
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Literal

    from orgtools.aws.read.control_tower import ControlTower, EnabledBaseline, EnrolmentProgress
    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Decision

ROOT: Final = "r-"
_CLOCKS_DIFFER: Final = timedelta(seconds=2)
"""AWS's answers tell the time in whole seconds, and so do its operations."""
_RECORDS: Final = ("ProvisionProduct", "TerminateProvisionedProduct")


@dataclass(frozen=True, slots=True)
class DestinationControlTower:
    """What the destination has of Control Tower: what a move into a unit makes of an account."""

    tower: ControlTower


def look(migration: Migration, snapshot: Snapshot) -> Snapshot:
    """Add what the destination has of Control Tower: its landing zone, and what is enabled on units and accounts."""
    snapshot, tower = read(migration, snapshot, "destination", deep=False)
    if isinstance(tower, NotLooked):
        return snapshot.without_looking(DestinationControlTower)
    return with_busy_accounts(migration, snapshot, tower).with_extra(DestinationControlTower(tower))


def with_busy_accounts(migration: Migration, snapshot: Snapshot, tower: ControlTower) -> Snapshot:
    """Add those accounts that the destination's Control Tower is at work on, whoever's they are: limits count them.

    Raises:
        RefusedError: AWS refuses to describe one of them.
    """
    busy = [target for target, held in tower.enabled.items() if held.status == "UNDER_CHANGE" and target.isdecimal()]
    return replace(snapshot, destination=migration.destination.with_accounts(snapshot.destination, busy))


def read(
    migration: Migration, snapshot: Snapshot, side: Literal["source", "destination"], *, deep: bool = True
) -> tuple[Snapshot, ControlTower | NotLooked]:
    """What a side has of Control Tower: one call where there is no landing zone.

    Where AWS refuses, why is added to what the snapshot could not look up.
    """
    settings = migration.settings.control_tower
    organization = migration.source if side == "source" else migration.destination
    region = settings.source_region if side == "source" else settings.destination_region
    try:
        return snapshot, control_tower.read(organization.access, region, deep=deep)
    except RefusedError as error:
        told = snapshot.unknown  # of a source that is not ours it is told already
        told = told if error.message in told else (*told, error.message)
        return replace(snapshot, unknown=told), NOT_LOOKED


def of_destination(snapshot: Snapshot) -> ControlTower | NotLooked:
    """What the destination has of Control Tower."""
    seen = snapshot.looked(DestinationControlTower)
    return seen if isinstance(seen, NotLooked) else seen.tower


class _OfASide(Protocol):
    """What a step looks up of Control Tower on one side."""

    @property
    def tower(self) -> ControlTower:
        """What there is."""


def governs(seen: _OfASide | NotLooked) -> bool:
    """Whether a landing zone is known; that one could not be looked for is told above the board."""
    return not isinstance(seen, NotLooked) and seen.tower.zone is not None


def begun(
    migration: Migration,
    step: str,
    side: Literal["source", "destination"],
    tower: ControlTower,
    accounts: Iterable[PlannedAccount],
) -> dict[str, EnrolmentProgress]:
    """How far the operations have come that this run has begun: their ids are in the ledger, whoever wrote them.

    Where the answer to a call was lost, AWS is asked for the last operation on what the call was for: it is that of the
    call if it is not older.

    Raises:
        RefusedError: AWS refuses to tell.
    """
    wanted = {account.account_id for account in accounts}
    newest: dict[str, Event] = {}
    unheard: dict[str, Event] = {}
    for event in migration.ledger.events(Kind.INTENDED, Kind.OUTCOME, step=step):
        if event.account_id not in wanted:
            continue
        if event.kind is Kind.INTENDED:
            unheard[event.account_id] = event
        elif event.data.get("answered", True):
            unheard.pop(event.account_id, None)
        if event.data.get("operation_id"):
            newest[event.account_id] = event
    access = (migration.source if side == "source" else migration.destination).access

    def ask(operation_id: str, event: Event) -> EnrolmentProgress | None:
        record = event.data["operation"] in _RECORDS
        return control_tower.progress(access, tower.region, operation_id, record=record)

    found = {account_id: ask(event.data["operation_id"], event) for account_id, event in newest.items()}
    for account_id, intention in unheard.items():
        operation_id = _last(intention, tower)
        told = ask(operation_id, intention) if operation_id else None
        if told and told.started and told.started >= intention.at - _CLOCKS_DIFFER:
            found[account_id] = replace(told, unheard=True)
    return {account_id: told for account_id, told in found.items() if told}


def _last(intention: Event, tower: ControlTower) -> str:
    """The id of the last operation, or record, on what a call was for; empty where AWS shows none."""
    if intention.data["operation"] in _RECORDS:
        product = tower.products.get(intention.account_id)
        return product.record if product else ""
    parameters = intention.data["parameters"]
    held = next((one for one in tower.enabled.values() if one.arn == parameters.get("enabledBaselineIdentifier")), None)
    held = held or tower.enabled.get(parameters.get("targetIdentifier", "").rpartition("/")[2])
    return held.operation if held else ""


def told_news(decision: Decision, told: EnrolmentProgress | None) -> Decision:
    """A decision that also says that AWS began what a call was for, whose answer was lost, and failed."""
    if told is None or not told.unheard or told.status != "FAILED" or not isinstance(decision, (Do, Blocked)):
        return decision
    return replace(
        decision,
        why=Message("tower-begun-and-failed", why=decision.why, operation_id=told.id),
        effective=True,
    )


def enterable(
    migration: Migration, account_id: str, tower: ControlTower, *, factory: bool
) -> tuple[tuple[Message, ...], Message | None]:
    """What keeps an account from being enrolled: its own AWS Config, and with ``factory`` a role that is missing.

    https://docs.aws.amazon.com/controltower/latest/userguide/existing-config-resources.html

    Returns:
        The obstacles, and why the account could not be looked into, or None: never both.
    """
    try:
        _, member = account_access.inside(migration, account_id)
        allowed = account_id in migration.settings.control_tower.config_allowed
        found = list(member.config_resources(tower.zone.regions if tower.zone and not allowed else ()))
        if factory and not member.has_role(EXECUTION_ROLE):
            found.append(Message("role-is-missing", role=EXECUTION_ROLE))
    except (CredentialsError, RefusedError) as error:
        return (), error.message
    return tuple(found), None


def after_the_move(unit_id: str, snapshot: Snapshot) -> tuple[Message, ...]:
    """What Control Tower makes of an account that comes into a unit; empty where it has no say there."""
    tower = of_destination(snapshot)
    if isinstance(tower, NotLooked) or unit_id not in tower.enabled:  # that AWS refused it is told in ``unknown``
        return ()
    return (Message("tower-enrolls-then" if tower.enrolls_by_itself(unit_id) else "tower-drifts-then"),)


def under_change(held: EnabledBaseline) -> Message:
    """Which operation AWS is at work with."""
    if held.operation:
        return Message("tower-operation-running", operation_id=held.operation)
    return Message("tower-baseline-changing", arn=held.arn)


def one_move_at_a_time(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """Where Control Tower enrolls by itself, one account is moved into a unit, and the next when it is enrolled.

    https://docs.aws.amazon.com/controltower/latest/userguide/account-auto-enrollment.html
    """
    tower = of_destination(snapshot)
    if isinstance(tower, NotLooked):  # nobody can tell whether it enrolls by itself
        return decisions
    at_work = (target for target, held in tower.enabled.items() if held.status == "UNDER_CHANGE" and target.isdecimal())
    accounts = snapshot.destination.accounts
    busy = {held.parent_id for target in at_work if (held := accounts.get(target))}
    limited: list[Decision] = []
    for decision in decisions:
        target = _target(decision)
        if target is None or not tower.enrolls_by_itself(target):
            limited.append(decision)
        elif target in busy:
            limited.append(Wait(decision.account_id, Message("place-one-at-a-time")))
        else:
            busy.add(target)
            limited.append(decision)
    return limited


def enrolls_anywhere_by_itself(snapshot: Snapshot) -> bool:
    """Whether there are units into which one account is moved at a time."""
    tower = of_destination(snapshot)
    return not isinstance(tower, NotLooked) and bool(tower.zone and tower.zone.auto_enroll)


def another_is_enrolled_first(do: Do, snapshot: Snapshot, ahead: Sequence[PlannedAccount]) -> bool:
    """Whether one of some accounts has come into the same unit, which enrolls by itself, and is not enrolled yet."""
    tower, target = of_destination(snapshot), _target(do)
    if isinstance(tower, NotLooked) or target is None or not tower.enrolls_by_itself(target):
        return False
    return any(resolve(account.ou, snapshot.destination).id == target for account in ahead)


def _target(decision: Decision) -> str | None:
    calls = decision.calls if isinstance(decision, Do) else ()
    return next((call.parameters["DestinationParentId"] for call in calls if call.operation == "MoveAccount"), None)
