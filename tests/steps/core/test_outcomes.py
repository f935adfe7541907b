"""What came of a step, in a sentence."""

from __future__ import annotations

import pytest

from orgtools.messages import Message, free
from orgtools.plan import Plan
from orgtools.steps import INVITE, Outcome, Preview, Result, Status
from tests import values

_SHOWN = Preview(INVITE, (), (), values.snapshot(values.source(), values.destination()), Plan())


def test_a_dry_run_says_that_nothing_was_changed() -> None:
    """And what would have been."""
    result = Result(_SHOWN, None, ())
    assert result.is_dry_run
    shown = Message("summary", whys=[Message("do-invite", count=0)])
    assert result.summary() == Message("result-dry-run", step="invite", why=shown)


def test_outcomes_are_counted_by_kind() -> None:
    """Good ones first; why the step stopped is said."""
    outcomes = tuple(
        Outcome(str(number), status, free(""))
        for number, status in enumerate([Status.REFUSED, Status.CONFIRMED, Status.CONFIRMED, Status.NOT_STARTED])
    )
    stopped = Message("stopped-by-refusals", count=5, reason="X", why=free("X: no", "Ask AWS."))
    result = Result(_SHOWN, _SHOWN, outcomes, stopped=stopped)
    assert not result.is_dry_run
    counted = [
        Message("result-confirmed", count=2),
        Message("result-refused", count=1),
        Message("result-not-started", count=1),
    ]
    assert result.summary() == Message("result-stopped", step="invite", whys=counted, why=stopped)
    assert "X: no" not in str(result.summary())
    assert "Ask AWS." in str(result.summary())
    nothing = Result(_SHOWN, _SHOWN, ()).summary()
    assert nothing == Message("result", step="invite", whys=[Message("result-nothing")])


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_words(status: Status) -> None:
    """Their codes are made of its name."""
    told = str(Result(_SHOWN, _SHOWN, (Outcome("1", status, free("")),)).summary())
    assert f"invite: 1 {status.value}" in told
