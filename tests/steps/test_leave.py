"""Leave: only where the plan asks for it, and never into the void."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgtools.findings import Finding, Status
from orgtools.steps import LEAVE, Blocked, Do, Done, Wait
from tests import values

_ALONE = values.planned(path="standalone")
_INVITED = values.snapshot(values.source(values.member()), values.destination(handshakes=(values.invitation(),)))


def test_the_source_removes_an_invited_account() -> None:
    """One call of the source's management account, in words that say what the gap means."""
    decision = LEAVE.decide(_ALONE, _INVITED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("RemoveAccountFromOrganization", "source")
    assert call.parameters == {"AccountId": values.ACCOUNT}
    assert "stand-alone until it accepts" in call.words


def test_a_direct_move_leaves_nothing() -> None:
    """Off unless accounts.csv says stand-alone for the account."""
    assert isinstance(LEAVE.decide(values.planned(), _INVITED), Done)


def test_who_left_or_arrived_is_done() -> None:
    """By this run; somebody else's removal is not taken for ours."""
    gone = values.snapshot(values.source(), values.destination())
    assert isinstance(LEAVE.decide(_ALONE, replace(gone, left=frozenset({values.ACCOUNT}))), Done)
    assert isinstance(LEAVE.decide(_ALONE, gone), Blocked)
    arrived = values.snapshot(values.source(), values.destination(values.member()))
    assert isinstance(LEAVE.decide(_ALONE, arrived), Done)


def test_nobody_leaves_without_an_invitation_that_waits() -> None:
    """So that the gap stays short; somebody else's invitation does not count."""
    for handshakes in ((), (values.invitation(state="EXPIRED"),), (values.invitation(by=values.STRANGER),)):
        snapshot = values.snapshot(values.source(values.member()), values.destination(handshakes=handshakes))
        assert isinstance(LEAVE.decide(_ALONE, snapshot), Wait)


def test_nobody_leaves_unassessed() -> None:
    """An invitation that was adopted says nothing about whether the account can be entered."""
    decision = LEAVE.decide(_ALONE, replace(_INVITED, assessment={}))
    assert isinstance(decision, Blocked)
    assert "10_assess" in decision.next_step


@pytest.mark.parametrize("status", [Status.BLOCK, Status.UNKNOWN])
def test_nobody_leaves_whom_we_may_not_be_able_to_enter(status: Status) -> None:
    """A stand-alone account that nobody can enter is out of reach: could not look is as bad as no."""
    found = (Finding(values.ACCOUNT, "E15", status, "the role", "Create it."),)
    decision = LEAVE.decide(_ALONE, replace(_INVITED, assessment={values.ACCOUNT: found}))
    assert isinstance(decision, Blocked)
    assert (decision.why, decision.next_step) == ("the role (E15)", "Create it.")


def test_a_delegated_administrator_does_not_leave() -> None:
    """The checks that need no call are made anew."""
    side = values.source(values.member(), delegated_administrators=frozenset({values.ACCOUNT}))
    decision = LEAVE.decide(_ALONE, replace(_INVITED, source=side))
    assert isinstance(decision, Blocked)
