"""How far the planned accounts of a run were at any time, as its ledger and AWS tell."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.record.model.account_status import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from orgtools.budget import Budget
    from orgtools.ledger import Event
    from orgtools.plan import Plan
    from orgtools.record.model.account_status import AccountOutcome
    from orgtools.record.model.run_data import UnitRow


class Charted(Protocol):
    """What charts are drawn of: as much of a `Picture` as they look at."""

    @property
    def plan(self) -> Plan:
        """accounts.csv."""

    @property
    def taken_at(self) -> datetime:
        """When both sides were looked at, UTC."""

    @property
    def units(self) -> tuple[UnitRow, ...]:
        """Both trees, the source's first, by path."""

    @property
    def budget(self) -> Budget:
        """The destination's room."""

    @property
    def events(self) -> tuple[Event, ...]:
        """The ledger."""

    @property
    def outcomes(self) -> tuple[AccountOutcome, ...]:
        """Where each planned account is."""


class Stage(StrEnum):
    """The stages of an account's way; ``record-stage-...`` of the catalogue has the labels."""

    NOT_INVITED = "not-invited"
    INVITED = "invited"
    BETWEEN = "between"
    ARRIVED = "arrived"
    IN_PLACE = "in-place"

    @property
    def label(self) -> Message:
        """Its name in the chart."""
        return Message(f"record-stage-{self}")


_AFTER: Final = {
    "invite": Stage.INVITED,
    "leave": Stage.BETWEEN,
    "accept": Stage.ARRIVED,
    "place": Stage.IN_PLACE,
    "leave-back": Stage.BETWEEN,
    "accept-back": Stage.NOT_INVITED,
}
_NOW: Final = {
    State.IN_PLACE: Stage.IN_PLACE,
    State.ARRIVED: Stage.ARRIVED,
    State.BETWEEN: Stage.BETWEEN,
    State.INVITED: Stage.INVITED,
}
_MOST_POINTS: Final = 400


def history(picture: Charted) -> tuple[list[datetime], list[dict[Stage, int]]]:
    """When anything changed, and how many planned accounts were at each stage from then on."""
    planned = {account.account_id for account in picture.plan.accounts}
    began = dict.fromkeys((account.account_id for account in picture.plan.accounts), Stage.NOT_INVITED)
    for event in picture.events:
        if event.kind is Kind.BASELINE:
            for account_id, place in event.data["accounts"].items():
                if account_id in planned and place[0] == "destination":
                    began[account_id] = Stage.ARRIVED
            break
    counts = dict.fromkeys(Stage, 0)
    for stage in began.values():
        counts[stage] += 1
    first = picture.events[0].at if picture.events else picture.taken_at
    times, found = [first], [dict(counts)]
    for at, account_id, stage in _changes(picture, planned):
        if began[account_id] == stage:
            continue
        counts[began[account_id]] -= 1
        counts[stage] += 1
        began[account_id] = stage
        if at == times[-1]:
            found[-1] = dict(counts)
        else:
            times.append(at)
            found.append(dict(counts))
    if picture.taken_at > times[-1]:  # nothing has changed since
        times.append(picture.taken_at)
        found.append(dict(counts))
    every = max(1, len(times) // _MOST_POINTS)
    keep = [place for place in range(len(times)) if place % every == 0 or place == len(times) - 1]
    return [times[place] for place in keep], [found[place] for place in keep]


def _changes(picture: Charted, planned: set[str]) -> Iterator[tuple[datetime, str, Stage]]:
    """Each time an account is known to have come to a stage; at the end, where AWS shows it."""
    for event in picture.events:
        known = event.kind is Kind.CONFIRMED or (event.kind is Kind.SETTLED and event.took_effect)
        if known and event.account_id in planned and event.step in _AFTER:
            yield event.at, event.account_id, _AFTER[event.step]
    for outcome in picture.outcomes:
        if outcome.account_id in planned:
            yield picture.taken_at, outcome.account_id, _NOW.get(State(outcome.state), Stage.NOT_INVITED)
