"""How far the planned accounts of a run were at any time, as its ledger and AWS tell."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.record.model.account_status import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from orgtools.ledger import Event
    from orgtools.plan import Plan
    from orgtools.record.model.account_status import AccountOutcome


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


def history(
    plan: Plan, events: Sequence[Event], outcomes: Sequence[AccountOutcome], taken_at: datetime
) -> tuple[list[datetime], list[Counter[Stage]]]:
    """When anything changed, and how many planned accounts were at each stage from then on.

    Args:
        plan: which accounts count.
        events: the ledger.
        outcomes: where each account is when the record is written.
        taken_at: when that is, UTC.
    """
    stages = dict.fromkeys((account.account_id for account in plan.accounts), Stage.NOT_INVITED)
    began = next((event.data["accounts"] for event in events if event.kind is Kind.BASELINE), dict[str, Any]())
    stages |= {one: Stage.ARRIVED for one in stages if began.get(one, ("",))[0] == "destination"}
    counts = Counter(stages.values())
    found = {events[0].at if events else taken_at: counts.copy()}
    for at, account_id, stage in _changes(events, outcomes, taken_at):
        if stages.get(account_id, stage) != stage:
            counts[stages[account_id]] -= 1
            counts[stage] += 1
            stages[account_id] = stage
            found[at] = counts.copy()
    found[max([*found, taken_at])] = counts.copy()  # nothing has changed since
    every = max(1, len(found) // _MOST_POINTS)
    kept = [at for place, at in enumerate(found) if place % every == 0 or place == len(found) - 1]
    return kept, [found[at] for at in kept]


def _changes(
    events: Sequence[Event], outcomes: Sequence[AccountOutcome], taken_at: datetime
) -> Iterator[tuple[datetime, str, Stage]]:
    """Each time an account is known to have come to a stage; at the end, where AWS shows it."""
    for event in events:
        known = event.kind is Kind.CONFIRMED or (event.kind is Kind.SETTLED and event.took_effect)
        if known and event.step in _AFTER:
            yield event.at, event.account_id, _AFTER[event.step]
    for outcome in outcomes:
        yield taken_at, outcome.account_id, _NOW.get(State(outcome.state), Stage.NOT_INVITED)
