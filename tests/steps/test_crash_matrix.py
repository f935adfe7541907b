"""A step may be killed anywhere: whoever resumes it loses nothing and does nothing twice."""

from __future__ import annotations

import pytest

from tests.steps import crash_matrix, crash_wave

WAY = list(crash_matrix.WAY)


@pytest.mark.tally
@pytest.mark.timeout(1800)  # some hundred processes, one after the other
@pytest.mark.parametrize("step", WAY)
def test_a_step_killed_at_any_boundary_is_resumed_without_loss(step: str) -> None:
    """At every ledger and call boundary, and again while the next process settles: each account ends as it should."""
    tally = crash_matrix.run(step, workers=1)
    print(tally)  # noqa: T201 -- how much was tried is for people to see: pytest -s
    assert tally.points >= 4 * len(crash_wave.STANDALONE)
    assert tally.losses == ()


@pytest.mark.tally
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("step", WAY)
def test_a_step_killed_with_calls_in_flight_is_resumed_without_loss(step: str) -> None:
    """Eight calls side by side: up to seven others end anywhere, and the server may still take what they had sent."""
    tally = crash_matrix.run(step, workers=8)
    print(tally)  # noqa: T201 -- likewise
    assert tally.points > 0
    assert tally.losses == ()
