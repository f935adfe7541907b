"""Replicate: the destination creates the units of the source's tree that it lacks, below the unit of ``[place]``.

It is about organizational units, not accounts. Parents come before children, one call for each unit; nothing is
deleted, renamed or moved, and what is there already stays as it is. Neither policies nor tags of the source's units
are copied. See https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.exceptions import InputError, RefusedError
from orgtools.messages import free
from orgtools.replica import DEEPEST, MOST, names_of, path_of
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done
from orgtools.steps.step import Step, of_the_plan
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.migration import Migration
    from orgtools.replica import PlannedUnit
    from orgtools.snapshot import Snapshot
    from orgtools.steps.step import Subject


def choose(migration: Migration, paths: Iterable[str] | None, wave: int | None) -> tuple[PlannedUnit, ...]:
    """The units of the source's tree: those with some paths, those that a wave needs, or all.

    Raises:
        InputError: the destination lacks the unit below which the tree is to stand, a path is not of the tree, or there
            is no such wave.
    """
    below = migration.settings.place.replicate_below
    migration.source.forget_units()
    snapshot = migration.observe()
    if below and snapshot.destination.unit_at(names_of(below)) is None:
        raise InputError(
            f"migration.toml, [place] replicate_below: the destination has no organizational unit {below}.",
            next_step="Create it in the destination, or name another there; nothing was done.",
        )
    if paths is not None:
        wanted = set(paths)
        for path in sorted(wanted):
            named(migration, path)
        return tuple(unit for unit in snapshot.replica if unit.path in wanted)
    if wave is None:
        return snapshot.replica
    inside = [names_of(account.ou) for account in of_the_plan(migration, None, wave)]
    needed = {names[:depth] for names in inside for depth in range(len(names) + 1)}
    return tuple(unit for unit in snapshot.replica if unit.names in needed)


def named(migration: Migration, path: str) -> None:
    """Nothing is created but what the source's tree has.

    Raises:
        InputError: it is no unit of the tree, as it was last seen.
    """
    if path not in migration.seen.coming:
        below = migration.settings.place.replicate_below
        raise InputError(
            f"{path} is no organizational unit of the source's tree below {below or 'a unit of the destination'}.",
            next_step="Set [place] replicate_below in migration.toml, or preview again.",
        )


def observe(migration: Migration, units: Sequence[Subject]) -> Snapshot:  # noqa: ARG001 (the common signature)
    """Both organizations, the destination's tree as it is now."""
    migration.destination.forget_units()
    return migration.observe()


def decide(unit: PlannedUnit, snapshot: Snapshot) -> Decision:
    """Create the unit where it is not there yet, once the unit above it is."""
    path, destination = unit.path, snapshot.destination
    there = destination.unit_at(unit.names)
    if there is not None:
        return Done(path, free(f"is there: {there.id}"))
    why = f"is not there; {_needed(unit)}"
    slashed = next((name for name in unit.names if "/" in name), None)
    if slashed is not None:
        return Blocked(
            path,
            free(
                f"{why}; the name {slashed!r} holds a slash, so that a path would not tell it",
                "Create it in the console and write its id into accounts.csv, or rename it in the source first.",
            ),
        )
    if len(unit.names) > DEEPEST:
        return Blocked(
            path,
            free(
                f"{why}; it would lie {len(unit.names)} levels below the root, and AWS allows {DEEPEST}",
                "Set [place] replicate_below in migration.toml to a unit nearer to the root.",
            ),
        )
    name, above = unit.names[-1], unit.names[:-1]
    after = path_of(above) if destination.unit_at(above) is None else ""
    words = f"create {name} in {path_of(above)}" + (", which is created before it" if after else "")
    parameters = {"Name": name, "Parent": path_of(above)}
    return Do(path, free(why), (Call("CreateOrganizationalUnit", "destination", parameters, free(words)),), after)


def _needed(unit: PlannedUnit) -> str:
    if not unit.needed_by:
        return "no planned account needs it"
    needed_by = f"{many(unit.needed_by, 'planned account')} {verb(unit.needed_by, 'need')}"
    return f"{needed_by} it, from wave {unit.wave} on"


def ration(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """Hold back, from the end, what would be more units than AWS allows in an organization."""
    room = MOST - (len(snapshot.destination.units) - 1)  # the root is none
    rationed: list[Decision] = []
    for decision in decisions:
        if not isinstance(decision, Do):
            rationed.append(decision)
        elif room <= 0:
            why = f"{decision.why}; the destination would have more than {MOST:,} organizational units"
            remedy = "Delete units that nobody needs, there or in the source, and preview again."
            rationed.append(Blocked(decision.account_id, free(why, remedy)))
        else:
            room -= 1
            rationed.append(decision)
    return rationed


def fill(migration: Migration, path: str, call: Call) -> dict[str, Any]:
    """The call as AWS wants it: with the id of the unit above, which may have been created just before.

    Raises:
        RefusedError: that one is not there.
    """
    parent = migration.seen.destination.unit_at(names_of(call.parameters["Parent"]))
    if parent is None:
        raise RefusedError(
            f"The organizational unit {path} was not created: {call.parameters['Parent']} above it is not there.",
            code="ParentIsMissing",
            next_step=f"See what came of {call.parameters['Parent']}, then preview again.",
        )
    return {"ParentId": parent.id, "Name": call.parameters["Name"]}


REPLICATE: Final = Step(
    name="replicate",
    notebook="60_place",
    decide=decide,
    subject="organizational unit",
    choose=choose,
    named=named,
    observe=observe,
    ration=ration,
    fill=fill,
)
"""The step; see the module. `orgtools.steps.ALL` does not hold it: it is about no account."""
