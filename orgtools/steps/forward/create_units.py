"""Replicate: the destination creates the units of the source's tree that it lacks, below the unit of ``[place]``.

It is about organizational units, not accounts. Parents come before children, one call for each unit; nothing is
deleted, renamed or moved, and what is there already stays as it is. Neither policies nor tags of the source's units
are copied. See https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.exceptions import InputError, RefusedError
from orgtools.messages import Message
from orgtools.policies.permissions import DESTINATION, UNITS, may
from orgtools.replica import DEEPEST, MOST, names_of, path_of
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, all_of
from orgtools.steps.core.step import Step, of_the_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.migration import Migration
    from orgtools.replica import PlannedUnit
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.step import Subject


def select(migration: Migration, paths: Iterable[str] | None, wave: int | None) -> tuple[PlannedUnit, ...]:
    """The units of the source's tree: those with some paths, those that a wave needs, or all.

    Raises:
        InputError: the destination lacks the unit below which the tree is to stand, a path is not of the tree, or there
            is no such wave.
    """
    below = migration.settings.place.replicate_below
    migration.source.forget_units()
    snapshot = migration.observe(migration.plan.by_id, all_units=True)
    if below and snapshot.destination.unit_at(names_of(below)) is None:
        raise InputError(Message("replicate-below-missing", unit=below))
    if paths is not None:
        wanted = set(paths)
        for path in sorted(wanted):
            ensure_planned(migration, path)
        return tuple(unit for unit in snapshot.replica if unit.path in wanted)
    if wave is None:
        return snapshot.replica
    inside = [names_of(account.ou) for account in of_the_plan(migration, None, wave)]
    needed = {names[:depth] for names in inside for depth in range(len(names) + 1)}
    return tuple(unit for unit in snapshot.replica if unit.names in needed)


def ensure_planned(migration: Migration, path: str) -> None:
    """Nothing is created but what the source's tree has.

    Raises:
        InputError: it is no unit of the tree, as it was last seen.
    """
    if path not in migration.latest.coming:
        below = migration.settings.place.replicate_below
        raise InputError(
            Message("replicate-unit-unknown", unit=path, parent=below)
            if below
            else Message("replicate-not-asked", unit=path)
        )


def observe(migration: Migration, units: Sequence[Subject]) -> Snapshot:  # noqa: ARG001 (the common signature)
    """Both organizations, the destination's tree as it is now."""
    migration.destination.forget_units()
    return migration.observe(migration.plan.by_id, all_units=True)


def decide(unit: PlannedUnit, snapshot: Snapshot) -> Decision:
    """Create the unit where it is not there yet, once the unit above it is."""
    path, destination = unit.path, snapshot.destination
    there = destination.unit_at(unit.names)
    if there is not None:
        return Done(path, Message("replicate-exists", unit=there.id))
    why = [Message("replicate-missing"), _needed(unit)]
    slashed = next((name for name in unit.names if "/" in name), None)
    if slashed is not None:
        return Blocked(path, all_of([*why, Message("replicate-slash", name=slashed)]))
    if len(unit.names) > DEEPEST:
        return Blocked(path, all_of([*why, Message("replicate-too-deep", count=len(unit.names), quota=DEEPEST)]))
    name, above = unit.names[-1], unit.names[:-1]
    after = path_of(above) if destination.unit_at(above) is None else ""
    words = Message("replicate-call-after-parent" if after else "replicate-call", name=name, parent=path_of(above))
    parameters = {"Name": name, "Parent": path_of(above)}
    return Do(path, all_of(why), (Call("CreateOrganizationalUnit", "destination", parameters, words),), after)


def _needed(unit: PlannedUnit) -> Message:
    if not unit.needed_by:
        return Message("replicate-not-needed")
    return Message("replicate-needed", count=unit.needed_by, wave=unit.wave)


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """Hold back, from the end, what would be more units than AWS allows in an organization."""
    room = MOST - (len(snapshot.destination.units) - 1)  # the root is none
    limited: list[Decision] = []
    for decision in decisions:
        if not isinstance(decision, Do):
            limited.append(decision)
        elif room <= 0:
            why = all_of([decision.why, Message("replicate-quota-full", quota=MOST)])
            limited.append(Blocked(decision.account_id, why))
        else:
            room -= 1
            limited.append(decision)
    return limited


def complete_parameters(migration: Migration, path: str, call: Call) -> dict[str, Any]:
    """The call as AWS wants it: with the id of the unit above, which may have been created just before.

    Raises:
        RefusedError: that one is not there.
    """
    parent = migration.latest.destination.unit_at(names_of(call.parameters["Parent"]))
    if parent is None:
        raise RefusedError(
            Message("replicate-parent-missing", unit=path, parent=call.parameters["Parent"]), code="ParentIsMissing"
        )
    return {"ParentId": parent.id, "Name": call.parameters["Name"]}


REPLICATE: Final = Step(
    name="replicate",
    notebook="60_place",
    decide=decide,
    subject="organizational unit",
    select=select,
    ensure_planned=ensure_planned,
    observe=observe,
    apply_limits=apply_limits,
    complete_parameters=complete_parameters,
    needs=(may(DESTINATION, "organizations:CreateOrganizationalUnit", on=UNITS),),
    needs_source=True,
)
"""The step; see the module. `orgtools.steps.ALL` does not hold it: it is about no account."""
