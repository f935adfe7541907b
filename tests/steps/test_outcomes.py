"""What came of a step, in a sentence."""

from __future__ import annotations

from orgtools.messages import free
from orgtools.plan import Plan
from orgtools.steps import INVITE, Outcome, Preview, Result, Status
from tests import values

_SHOWN = Preview(INVITE, (), (), values.snapshot(values.source(), values.destination()), Plan())


def test_a_dry_run_says_that_nothing_was_changed() -> None:
    """And what would have been."""
    result = Result(_SHOWN, None, ())
    assert result.is_dry_run
    assert result.summary() == "Dry run of invite: nothing was changed. There is nothing to invite."


def test_outcomes_are_counted_by_kind() -> None:
    """Good ones first; why the step stopped is said."""
    outcomes = tuple(
        Outcome(str(number), status, free(""))
        for number, status in enumerate([Status.REFUSED, Status.CONFIRMED, Status.CONFIRMED, Status.NOT_STARTED])
    )
    result = Result(_SHOWN, _SHOWN, outcomes, stopped="5 accounts were refused with X.")
    assert not result.is_dry_run
    assert result.summary() == (
        "invite: 2 confirmed, 1 refused, 1 not started. Stopped: 5 accounts were refused with X."
    )
    assert Result(_SHOWN, _SHOWN, ()).summary() == "invite: nothing to do."
