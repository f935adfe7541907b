"""What nobody looked at is a value of its own: it never reads as none, and a slip of whoever observed is an error."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from orgtools.aws.model import Entry
from orgtools.settings import HandoverSettings
from orgtools.snapshot import NOT_LOOKED, NotLooked
from orgtools.steps import ACCEPT, ENROLL, LEAVE_BACK, PLACE, REVOKE, UNENROLL, Blocked, Step, Wait
from orgtools.steps.shared.account_access import Entries, entry_of
from tests import values

_SEEN = values.snapshot(values.source(values.member()), values.destination(handshakes=(values.invitation(),)))
_ENTRY = Entry(f"arn:aws:iam::{values.ACCOUNT}:role/Access", source=True, destination=True)


@pytest.mark.parametrize(
    "read",
    [
        bool,
        len,
        list,
        dict,
        lambda it: it or {},
        lambda it: "key" in it,
        lambda it: it["key"],
        lambda it: it.get("key"),
    ],
    ids=["truth", "length", "items", "mapping", "or", "in", "item", "get"],
)
def test_not_looked_never_reads_as_none(read: Any) -> None:
    """Whoever takes it for an empty answer is told at once."""
    for unseen in (NOT_LOOKED, pickle.loads(pickle.dumps(NOT_LOOKED))):  # noqa: S301 (our own; workers get it so)
        with pytest.raises((TypeError, AttributeError)):
            read(unseen)
        assert isinstance(unseen, NotLooked)
        nothing: tuple[object, ...] = (None, False, 0, "", (), frozenset())
        assert unseen not in nothing


def test_what_nobody_looked_up_and_nobody_declined_is_a_slip() -> None:
    """An account of which nobody asked, in a look that was made, is not looked at, too."""
    forgotten = values.changed(_SEEN, extras={})
    with pytest.raises(LookupError, match="Entries"):
        forgotten.looked(Entries)
    declined = forgotten.without_looking(Entries)
    assert isinstance(declined.looked(Entries), NotLooked)
    with pytest.raises(LookupError, match="Entries"):
        declined.required(Entries)
    looked = declined.with_extra(Entries({values.OTHER: _ENTRY}))
    assert looked.required(Entries).by_account == {values.OTHER: _ENTRY}
    assert isinstance(entry_of(values.ACCOUNT, looked), NotLooked)
    assert looked.without_looking(Entries) == looked, "what was looked up stays"


_ARRIVED = values.snapshot(
    values.source(handshakes=(values.invitation(by=values.SOURCE),)),
    values.destination(values.member(parent_id=values.PROD)),
)


@pytest.mark.parametrize(
    ("step", "seen"),
    [(ACCEPT, _SEEN), (UNENROLL, _SEEN), (PLACE, _ARRIVED), (ENROLL, _ARRIVED), (LEAVE_BACK, _ARRIVED)],
    ids=lambda given: given.name if isinstance(given, Step) else "",
)
def test_no_step_decides_with_what_it_needs_and_nobody_looked_up(step: Step, seen: Any) -> None:
    """Not even that there is nothing to do."""
    forgotten = values.changed(seen, extras={})
    with pytest.raises(LookupError):
        step.decide(values.planned(path="standalone" if step is LEAVE_BACK else "direct"), forgotten)


def test_who_decides_without_having_looked_lets_nobody_go_and_takes_nothing_away() -> None:
    """A record, or the board, enters nobody: it says so."""
    asked = HandoverSettings(prepare=True, revoke=True)
    waits = ACCEPT.decide(values.planned(), values.changed(_SEEN, handover=asked))
    assert isinstance(waits, Wait)
    assert waits.why.code == "prepare-not-looked"
    assert isinstance(REVOKE.decide(values.planned(), values.changed(_ARRIVED, handover=asked)), Blocked)


def test_an_account_that_was_not_asked_where_it_is_is_not_in_no_organization() -> None:
    """None is an answer: in none."""
    gone = values.snapshot(values.source(), values.destination())
    assert isinstance(gone.whereabouts(values.ACCOUNT), NotLooked)
    assert not gone.is_alone(values.ACCOUNT)
    alone = values.changed(gone, told={values.ACCOUNT: None})
    assert alone.whereabouts(values.ACCOUNT) is None
    assert alone.is_alone(values.ACCOUNT)
