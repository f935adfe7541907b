"""What the chain of hashes shows, and what it does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from orgtools.ledger import Event, Kind, Ledger
from orgtools.ledger.events import broken_links
from orgtools.messages import Message

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def events(tmp_path: Path) -> list[Event]:
    """Five events of an untouched ledger."""
    with Ledger(tmp_path / "ledger.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as ledger:
        for number in range(1, 6):
            ledger.append(Kind.OUTCOME, step="invite", account_id=f"{number:012d}", words=f"word {number}")
        return list(ledger.events())


def test_an_untouched_chain_holds(events: list[Event]) -> None:
    """Nothing is reported, and an empty ledger is untouched, too."""
    assert broken_links(events) == []
    assert broken_links([]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"data": {"words": "another word"}},
        {"at": datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=1)},
        {"kind": Kind.CONFIRMED},
        {"step": "accept"},
        {"account_id": "999999999999"},
    ],
)
def test_an_edited_event_is_named(events: list[Event], change: dict[str, Any]) -> None:
    """Every field is under the hash."""
    events[2] = replace(events[2], **change)
    found = broken_links(events)
    assert found == [Message("ledger-event-altered", event=3, kind=events[2].kind)]


def test_a_deleted_event_is_named(events: list[Event]) -> None:
    """A gap in the numbers."""
    del events[2]
    assert broken_links(events) == [Message("ledger-event-missing", event=3, number=4)]


def test_a_deleted_event_is_found_although_the_rest_is_renumbered(events: list[Event]) -> None:
    """The numbers are under the hashes, and so are the predecessors."""
    del events[2]
    events[2:] = [replace(event, number=event.number - 1) for event in events[2:]]
    assert Message("ledger-event-unlinked", event=3) in broken_links(events)


def test_swapped_events_are_named(events: list[Event]) -> None:
    """Order is part of what happened."""
    events[1], events[2] = events[2], events[1]
    assert broken_links(events)[0] == Message("ledger-event-missing", event=2, number=3)


def test_an_event_whose_hash_was_made_anew_breaks_the_next(events: list[Event], tmp_path: Path) -> None:
    """Who edits one event and hashes it again must do so with every event after it."""
    with Ledger(tmp_path / "other.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as other:
        for number in (1, 2):
            other.append(Kind.OUTCOME, step="invite", account_id=f"{number:012d}", words=f"word {number}")
        events[2] = other.append(Kind.OUTCOME, step="invite", account_id=events[2].account_id, words="forged")
    assert broken_links(events) == [Message("ledger-event-unlinked", event=4)]


def test_whoever_makes_one_hash_anew_cannot_mend_the_next_by_naming_it(events: list[Event], tmp_path: Path) -> None:
    """What an event names as its predecessor is under its own hash."""
    with Ledger(tmp_path / "other.sqlite", lambda: datetime(2026, 3, 1, tzinfo=UTC)) as other:
        for number in (1, 2):
            other.append(Kind.OUTCOME, step="invite", account_id=f"{number:012d}", words=f"word {number}")
        events[2] = other.append(Kind.OUTCOME, step="invite", account_id=events[2].account_id, words="forged")
    events[3] = replace(events[3], previous=events[2].hash)
    (altered,) = broken_links(events)
    assert altered == Message("ledger-event-altered", event=4, kind=events[3].kind)


def test_a_cut_tail_is_not_seen_by_the_chain(events: list[Event]) -> None:
    """The chain alone cannot know how long it was; the seal's count and the manifest's head are for that."""
    assert broken_links(events[:3]) == []
