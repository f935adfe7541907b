"""Enroll: AWS Control Tower in the destination comes to govern each account that is in its unit.

Which of four ways it takes follows from the landing zone, and is said: by itself after the move, by registering the
unit again, by registering it, or, where migration.toml asks for it, through Account Factory. Enrolled is what AWS lists
as enabled on the account, in sync. Without a landing zone there is nothing to do. See
https://docs.aws.amazon.com/controltower/latest/userguide/enroll-account.html
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.partial import PartialMapping
from orgtools.aws.read.control_tower import AT_ONCE
from orgtools.exceptions import RefusedError
from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.policies import EXECUTION_ROLE, Role, grant
from orgtools.policies.permissions import BASELINES, CONTROL_TOWER, DESTINATION, MEMBER, may
from orgtools.snapshot import NOT_LOOKED, NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait, all_of
from orgtools.steps.core.step import Step
from orgtools.steps.forward import account_factory
from orgtools.steps.forward.account_factory import complete_parameters, is_asked
from orgtools.steps.shared import control_tower
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.aws.model import OrganizationalUnit
    from orgtools.aws.read.control_tower import ControlTower, EnrolmentProgress, LandingZone
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Enrolling:
    """The destination's Control Tower, and what only this step looks up of accounts. A record looks up only the first.

    Attributes:
        tower: what the destination has of Control Tower.
        progress: how far this run's operations have come, by account id.
        obstacles: what keeps accounts from being enrolled, by account id.
        unknown: what could not be looked at in an account, by account id.
        in_units: ids of the accounts directly in a unit, by its id: where a look was not about all accounts.
    """

    tower: ControlTower
    progress: Mapping[str, EnrolmentProgress] | NotLooked = NOT_LOOKED
    obstacles: Mapping[str, tuple[Message, ...]] | NotLooked = NOT_LOOKED
    unknown: Mapping[str, Message] = field(default_factory=dict)
    in_units: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def begun(self, account_id: str) -> EnrolmentProgress | None:
        """How far this run's operation has come; in a record nobody asks, and it says what AWS lists."""
        return None if isinstance(self.progress, NotLooked) else self.progress.get(account_id)

    def against(self, account_id: str) -> tuple[Message, ...]:
        """What keeps an account from being enrolled; in a record nobody enters it, and the step itself says it."""
        return () if isinstance(self.obstacles, NotLooked) else self.obstacles.get(account_id, ())


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and what `look` adds."""
    return look(migration, accounts, migration.observe((account.account_id for account in accounts), invitations=False))


def look(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the destination's Control Tower, how far what was begun has come, and what is in the way."""
    snapshot = with_control_tower(migration, snapshot)
    seen = snapshot.looked(Enrolling)
    if isinstance(seen, NotLooked) or seen.tower.zone is None:
        return snapshot
    tower = seen.tower
    snapshot = control_tower.with_busy_accounts(migration, snapshot, tower)
    seen = replace(seen, in_units=_in_units(migration, accounts, tower, snapshot))
    try:
        begun = control_tower.begun(migration, "enroll", "destination", tower, accounts)
    except RefusedError as error:
        blind = {account.account_id: error.message for account in accounts}
        return snapshot.with_extra(replace(seen, progress={}, obstacles={}, unknown=blind))
    seen = replace(seen, progress=begun)
    snapshot = snapshot.with_extra(seen)
    looked = {
        account.account_id: control_tower.enterable(
            migration, account.account_id, tower, factory=is_asked(account, snapshot)
        )
        for account in accounts
        if isinstance(decide(account, snapshot), Do)
    }
    obstacles = {account_id: found for account_id, (found, _) in looked.items() if found}
    unknown = {account_id: unseen for account_id, (_, unseen) in looked.items() if unseen}
    return snapshot.with_extra(replace(seen, obstacles=obstacles, unknown=unknown))


def _in_units(
    migration: Migration, accounts: Sequence[PlannedAccount], tower: ControlTower, snapshot: Snapshot
) -> dict[str, frozenset[str]]:
    """Who is in the units that accounts have come into and are not enrolled in; nothing where all were listed.

    Raises:
        RefusedError: AWS refuses to list who is in a unit.
    """
    members = snapshot.destination.accounts
    if not isinstance(members, PartialMapping):
        return {}
    arrived = [held for account in accounts if (held := members.get(account.account_id))]
    wanting = [held for held in arrived if not (held.id in tower.enabled and tower.enabled[held.id].is_right)]
    return {unit_id: migration.destination.held_by(unit_id) for unit_id in {held.parent_id for held in wanting}}


def with_control_tower(migration: Migration, snapshot: Snapshot) -> Snapshot:
    """Add the destination's Control Tower alone: no account is entered, and no operation asked for."""
    snapshot, tower = control_tower.read(migration, snapshot, "destination")
    if isinstance(tower, NotLooked):
        return snapshot.without_looking(Enrolling)
    return snapshot.with_extra(Enrolling(tower))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Nothing where it is enrolled or under way; otherwise the one call that enrolls it, and why that one."""
    account_id, seen = account.account_id, snapshot.looked(Enrolling)
    if isinstance(seen, NotLooked):
        granted = grant("controltower:ListLandingZones", "caller-in-destination", Role.destination_operator)
        return Blocked(account_id, Message("enroll-landing-zone-unseen", then=granted))
    tower = seen.tower
    if tower.zone is None:
        return Done(account_id, Message("enroll-no-landing-zone"))
    arrived = snapshot.destination.accounts.get(account_id)
    if arrived is None:
        return Wait(account_id, Message("arrive-first"))
    try:
        unit = resolve(account.ou, snapshot.destination)
    except UnmeantError as error:
        if account.ou in snapshot.coming:
            return Wait(account_id, Message("unit-create-first", unit=account.ou))
        return Blocked(account_id, Message("unit-unusable", why=error.message))
    if arrived.parent_id != unit.id:
        return Wait(account_id, Message("enroll-place-first", unit=unit.path))
    if unit.parent_id is None:
        return Done(account_id, Message("enroll-stays-in-root"))
    held = tower.enabled.get(account_id)
    if held and held.is_right:
        return Done(account_id, Message("enroll-done", arn=held.arn))
    at_work = _under_way(account_id, unit, seen)
    return at_work or control_tower.told_news(_way(account, unit, seen, tower.zone, snapshot), seen.begun(account_id))


def _under_way(account_id: str, unit: OrganizationalUnit, seen: Enrolling) -> Wait | None:
    tower, told = seen.tower, seen.begun(account_id)
    product = tower.products.get(account_id)
    if told and told.status == "IN_PROGRESS":
        running = Message("tower-operation-running", operation_id=told.id)
        return Wait(account_id, Message("tower-busy", why=running), effective=True)
    held, around = tower.enabled.get(account_id), tower.enabled.get(unit.id)
    if held and held.status == "UNDER_CHANGE":
        return Wait(account_id, Message("tower-busy", why=control_tower.under_change(held)), effective=True)
    if around and around.status == "UNDER_CHANGE":
        why = Message("tower-busy-unit", unit=unit.path, why=control_tower.under_change(around))
        return Wait(account_id, why, effective=True)
    if product and product.status == "UNDER_CHANGE":
        changing = Message("tower-product-changing", product=product.id)
        return Wait(account_id, Message("tower-busy", why=changing), effective=True)
    return None


def _way(
    account: PlannedAccount, unit: OrganizationalUnit, seen: Enrolling, zone: LandingZone, snapshot: Snapshot
) -> Decision:
    account_id, tower = account.account_id, seen.tower
    if zone.status != "ACTIVE":
        return Blocked(account_id, Message("enroll-landing-zone-state", version=zone.version, state=zone.status))
    failed = _failed(account_id, seen)
    if account_id in seen.unknown:
        return Blocked(account_id, Message("enroll-unseen", then=seen.unknown[account_id]))
    if seen.against(account_id):
        refused = Message(
            "enroll-obstacles",
            findings=[*seen.against(account_id)],
            management_account=snapshot.destination.identity.management_account_id,
        )
        return Blocked(account_id, all_of([refused, *failed]))
    if is_asked(account, snapshot) and account_id in snapshot.settings.control_tower.config_allowed:
        return Blocked(account_id, Message("enroll-config-allowed-in-factory"))
    if is_asked(account, snapshot):
        told = seen.begun(account_id)
        return account_factory.decide(account_id, unit, tower, snapshot, told=told, failed=failed)
    return _by_unit(account_id, unit, seen, failed, snapshot)


def _failed(account_id: str, seen: Enrolling) -> tuple[Message, ...]:
    """What AWS said of the last try, if that failed."""
    told, tower = seen.begun(account_id), seen.tower
    held, product = tower.enabled.get(account_id), tower.products.get(account_id)
    if told and told.status == "FAILED" and told.words:
        return (Message("tower-last-try-failed", words=told.words),)
    if product and product.status in ("TAINTED", "ERROR"):
        if product.words:
            return (Message("tower-last-try-failed", words=product.words),)
        return (Message("tower-last-try-left-product", state=product.status),)
    return (Message("tower-last-try-left-failed"),) if held and held.status == "FAILED" else ()


def _by_unit(
    account_id: str, unit: OrganizationalUnit, seen: Enrolling, failed: tuple[Message, ...], snapshot: Snapshot
) -> Decision:
    """One call for the whole unit, which holds other accounts, too: every one of them is named."""
    tower = seen.tower
    registered, version = tower.enabled.get(unit.id), tower.zone.version if tower.zone else ""
    allowed = account_id in snapshot.settings.control_tower.config_allowed
    if registered and tower.enrolls_by_itself(unit.id) and not registered.drifted and not failed and not allowed:
        return Wait(account_id, Message("enroll-by-itself", unit=unit.path, version=version), effective=True)
    held = _touched(account_id, unit, seen, snapshot)
    strangers = [one for one in held if one not in snapshot.planned and one not in snapshot.settings.control_tower.also]
    if strangers:
        return Blocked(account_id, Message("enroll-unit-holds-others", unit=unit.path, accounts=strangers))
    if registered:
        whys = [Message("enroll-unit-drifted" if registered.drifted else "enroll-unit-registered", unit=unit.path)]
        if not tower.enrolls_by_itself(unit.id):
            whys.append(Message("enroll-not-by-itself", version=version))
        whys += [Message("enroll-registering-again", accounts=held), *failed]
        parameters: dict[str, Any] = {"enabledBaselineIdentifier": registered.arn}
        words = Message("enroll-call-register-again", unit=unit.path, accounts=held)
        return Do(account_id, all_of(whys), (_call(tower, "ResetEnabledBaseline", parameters, words, held),))
    parent = snapshot.destination.units.get(unit.parent_id or "")
    if parent and parent.parent_id is not None and parent.id not in tower.enabled:
        return Blocked(account_id, Message("enroll-parent-not-registered", unit=unit.path, parent=parent.path))
    home = snapshot.destination.identity
    target = f"arn:{home.partition}:organizations::{home.management_account_id}:ou/{home.organization_id}/{unit.id}"
    parameters = {
        "baselineIdentifier": tower.baseline,
        "baselineVersion": tower.version,
        "targetIdentifier": target,
    }
    if tower.center:
        parameters["parameters"] = [{"key": "IdentityCenterEnabledBaselineArn", "value": tower.center}]
    why = all_of([Message("enroll-registering", unit=unit.path, accounts=held), *failed])
    words = Message("enroll-call-register", unit=unit.path, accounts=held)
    return Do(account_id, why, (_call(tower, "EnableBaseline", parameters, words, held),))


def _touched(account_id: str, unit: OrganizationalUnit, seen: Enrolling, snapshot: Snapshot) -> list[str]:
    """Who is in the unit, and the account itself, also where it is still to come there."""
    destination = snapshot.destination
    held = seen.in_units.get(unit.id)
    if held is None:
        held = frozenset(one.id for one in destination.accounts.values() if one.parent_id == unit.id)
    return sorted((held | {account_id}) - {destination.identity.management_account_id})


def _call(
    tower: ControlTower, operation: str, parameters: dict[str, Any], words: Message, touches: Sequence[str]
) -> Call:
    return Call(
        operation, "destination", parameters, words, "controltower", region=tower.region, touches=tuple(touches)
    )


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """One call for a unit, whoever is in it; five operations at once."""
    seen = snapshot.looked(Enrolling)
    if isinstance(seen, NotLooked):  # without a look none is to do
        return decisions
    tower = seen.tower
    at_work = [target for target, held in tower.enabled.items() if held.status == "UNDER_CHANGE"]
    shown = {tower.enabled[target].operation for target in at_work}
    # What this run has begun, and AWS does not list as under change yet.
    begun = {told.id for told in _progress(seen).values() if told.status == "IN_PROGRESS"} - shown
    under_way = sum(_counts(target, tower, snapshot) for target in at_work) + len(begun)
    asked: dict[str, str] = {}
    limited: list[Decision] = []
    for decision in decisions:
        if not isinstance(decision, Do):
            limited.append(decision)
            continue
        called = str((decision.calls[0].operation, decision.calls[0].parameters))
        if called in asked:
            why = all_of([decision.why, Message("enroll-same-call", account=asked[called])])
            limited.append(Wait(decision.account_id, why))
        elif under_way >= AT_ONCE:
            limited.append(Wait(decision.account_id, Message("enroll-too-many-at-once", quota=AT_ONCE)))
        else:
            under_way += 1
            asked[called] = decision.account_id
            limited.append(decision)
    return limited


def _progress(seen: Enrolling) -> Mapping[str, EnrolmentProgress]:
    return {} if isinstance(seen.progress, NotLooked) else seen.progress


def _counts(target: str, tower: ControlTower, snapshot: Snapshot) -> bool:
    """Whether what is under change is an operation of its own: accounts of a unit under change come with it."""
    account = snapshot.destination.accounts.get(target) if target.isdecimal() else None
    unit = tower.enabled.get(account.parent_id) if account else None
    return unit is None or unit.status != "UNDER_CHANGE"


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """A last look at the unit: nobody has come into it who was not named.

    Raises:
        RefusedError: somebody has, or the unit cannot be looked at.
    """
    if call.service != "controltower":
        return
    unit_id = resolve(migration.plan.by_id[account_id].ou, migration.latest_of(account_id).destination).id
    named = {*migration.plan.by_id, *migration.settings.control_tower.also}
    strangers = migration.destination.held_by(unit_id) - named - {migration.destination.identity.management_account_id}
    if strangers:
        raise RefusedError(
            Message("enroll-unit-changed", account=account_id, accounts=sorted(strangers)),
            code="UnitChanged",
            account_id=account_id,
        )


ENROLL: Final = Step(
    name="enroll",
    notebook="70_enroll",
    decide=decide,
    observe=observe,
    apply_limits=apply_limits,
    by_units=True,
    queues=lambda snapshot: control_tower.governs(snapshot.looked(Enrolling)),
    precheck=precheck,
    complete_parameters=complete_parameters,
    needs=(
        may(DESTINATION, *CONTROL_TOWER, "organizations:DescribeAccount", "organizations:ListAccountsForParent"),
        may(DESTINATION, "controltower:EnableBaseline", "servicecatalog:TerminateProvisionedProduct"),
        may(DESTINATION, "controltower:ResetEnabledBaseline", on=BASELINES),
        may(DESTINATION, "servicecatalog:ProvisionProduct", on="arn:*:catalog:*:${management_account}:product/*"),
        may(MEMBER, "config:DescribeAggregationAuthorizations", "config:DescribeConfigurationRecorders"),
        may(MEMBER, "config:DescribeDeliveryChannels"),
        may(MEMBER, "iam:GetRole", on=f"arn:*:iam::*:role/{EXECUTION_ROLE}"),
    ),
    applies=lambda snapshot: control_tower.governs(snapshot.looked(Enrolling)),
)
"""The step; see the module."""
