"""The steps back to the source: who is invited, who accepts what, and where an account is put."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from orgtools.aws.model import Entry
from orgtools.steps import ACCEPT_BACK, INVITE_BACK, PLACE_BACK, Blocked, Decision, Do, Done, Step, Wait
from tests import values

_ROLE: Final = f"arn:aws:iam::{values.ACCOUNT}:role/Access"
_FORMER: Final = {values.ACCOUNT: ("source", "/Legacy")}
_INVITED: Final = values.source(handshakes=(values.invitation(by=values.SOURCE),))
_ARRIVED: Final = values.destination(values.member())


def _decide(step: Step, source: Any, destination: Any = None, *, enters: bool = True, **changes: Any) -> Decision:
    entry = Entry(_ROLE, enters, True, "{}", "")
    given = {"entries": {values.ACCOUNT: entry}, "former": _FORMER, **changes}
    seen = values.snapshot(source, destination or values.destination())
    return step.decide(values.planned(), replace(seen, **given))


def test_the_source_invites_and_the_member_accepts_through_it() -> None:
    """Whoever moved it there: the source's own invitation, accepted by its own way in."""
    invited = _decide(INVITE_BACK, values.source(), _ARRIVED)
    assert isinstance(invited, Do)
    assert [(call.operation, call.by) for call in invited.calls] == [("InviteAccountToOrganization", "source")]
    assert invited.calls[0].parameters == {"Target": {"Id": values.ACCOUNT, "Type": "ACCOUNT"}}
    joined = _decide(ACCEPT_BACK, _INVITED, _ARRIVED)
    assert isinstance(joined, Do)
    assert [(call.operation, call.by) for call in joined.calls] == [("AcceptHandshake", "member-through-source")]


def test_a_pending_invitation_is_adopted_and_a_closed_one_is_sent_anew() -> None:
    """Also one that another process had sent; nobody else's counts."""
    assert isinstance(_decide(INVITE_BACK, _INVITED, _ARRIVED), Done)
    for closed in (values.invitation(by=values.SOURCE, state="EXPIRED"), values.invitation(by=values.STRANGER)):
        source = values.source(handshakes=(closed,))
        assert isinstance(_decide(INVITE_BACK, source, _ARRIVED), Do)
        assert isinstance(_decide(ACCEPT_BACK, source, _ARRIVED), Wait)


def test_a_stand_alone_account_of_this_run_comes_back_and_nobody_else() -> None:
    """In neither organization: only where this run took it out; and only who was the source's."""
    left = frozenset({values.ACCOUNT})
    assert isinstance(_decide(INVITE_BACK, values.source(), left=left), Do)
    strange: tuple[dict[str, Any], ...] = ({}, {"left": left, "former": {}})
    for changes in strange:
        assert isinstance(_decide(INVITE_BACK, values.source(), **changes), Blocked)
        assert isinstance(_decide(ACCEPT_BACK, _INVITED, **changes), Blocked)


def test_without_a_way_in_nobody_is_invited_and_nobody_accepts() -> None:
    """Restoring comes first: at home the source must be able to enter."""
    blocked = _decide(INVITE_BACK, values.source(), _ARRIVED, enters=False)
    assert isinstance(blocked, Blocked)
    assert "87_way_back" in blocked.next_step
    assert isinstance(_decide(ACCEPT_BACK, _INVITED, _ARRIVED, enters=False), Wait)


@pytest.mark.parametrize("step", [INVITE_BACK, ACCEPT_BACK])
def test_who_is_home_is_done(step: Step) -> None:
    """Whoever brought it back."""
    assert isinstance(_decide(step, values.source(values.member())), Done)


def test_an_account_is_moved_to_where_it_was() -> None:
    """From the root that it came back to; a unit that is gone is named."""
    decision = _decide(PLACE_BACK, values.source(values.member()))
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("MoveAccount", "source")
    assert call.parameters["DestinationParentId"] == values.unit("/Legacy").id
    there = values.source(values.member(parent_id=values.unit("/Legacy").id))
    assert isinstance(_decide(PLACE_BACK, there), Done)
    assert isinstance(_decide(PLACE_BACK, values.source(), _ARRIVED), Wait)
    assert isinstance(_decide(PLACE_BACK, values.source(values.member()), former={}), Done)
    gone = _decide(PLACE_BACK, values.source(values.member()), former={values.ACCOUNT: ("source", "/Gone")})
    assert isinstance(gone, Blocked)
    assert "/Gone" in gone.next_step
