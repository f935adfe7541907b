"""A step may be killed anywhere: whoever resumes it loses nothing and does nothing twice. The way of many accounts."""

from __future__ import annotations

import pytest

from tests.steps import crash_tally, crash_wave


@pytest.mark.tally
@pytest.mark.timeout(1800)  # some hundred processes, one after the other
@pytest.mark.parametrize("wave", list(crash_wave.WAY))
def test_a_step_killed_at_any_boundary_is_resumed_without_loss(wave: str) -> None:
    """At every ledger and call boundary, and again while the next process settles: each account ends as it should."""
    crash_tally.check([wave], workers=1)
