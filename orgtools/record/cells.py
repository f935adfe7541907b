"""Which cells the page shows of an account and of an event: what writes the page and what verifies it agree here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.ledger.events import GENESIS
from orgtools.messages import next_step
from orgtools.record.telling import short, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.ledger import Event
    from orgtools.record.outcomes import AccountOutcome


def head_of(events: Sequence[Event]) -> str:
    """The hash of the last event that the page tells."""
    return events[-1].hash if events else GENESIS


def outcome_cells(outcome: AccountOutcome) -> list[tuple[str, ...]]:
    """The cells of an account's row, each with its lines, as plain text."""
    return [
        (outcome.account_id, outcome.name),
        (outcome.wave,),
        (outcome.state,),
        (str(outcome.why), next_step(outcome.why)),
        (outcome.planned, outcome.path),
        (str(outcome.at_start),),
        (str(outcome.now), outcome.arrival),
        (outcome.handshake_id, outcome.request_id),
    ]


def event_cells(event: Event) -> list[str]:
    """The cells of an event's row, as plain text; the first six say which event it is, the last says it in words."""
    return [
        str(event.number),
        f"{event.at:%Y-%m-%d %H:%M:%S}",
        event.step,
        event.kind.value,
        event.account_id,
        short(event.hash),
        tell(event),
    ]
