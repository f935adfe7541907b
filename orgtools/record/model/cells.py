"""Which cells of the page say which event a row shows: what writes the page and what verifies it agree here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.ledger.events import GENESIS
from orgtools.record.model.event_messages import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.ledger import Event


def head_of(events: Sequence[Event]) -> str:
    """The hash of the last event that the page tells."""
    return events[-1].hash if events else GENESIS


def event_cells(event: Event) -> list[str]:
    """The first cells of an event's row, as plain text: the same in every language.

    What follows them says in words what the event holds. Its hash is over all of that.
    """
    return [
        str(event.number),
        f"{event.at:%Y-%m-%d %H:%M:%S}",
        event.step,
        event.kind.value,
        event.account_id,
        short(event.hash),
    ]
