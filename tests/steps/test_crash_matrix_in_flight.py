"""A step may be killed while eight calls are in flight: whoever resumes it loses nothing and does nothing twice."""

from __future__ import annotations

import pytest

from tests.steps import crash_tally, crash_wave


@pytest.mark.tally
@pytest.mark.timeout(1800)  # some dozen processes, one after the other
@pytest.mark.parametrize("wave", list(crash_wave.WAY))
def test_a_step_killed_with_calls_in_flight_is_resumed_without_loss(wave: str) -> None:
    """Eight calls side by side: up to seven others end anywhere, and the server may still take what they had sent."""
    crash_tally.check([wave], workers=8)
