"""A step may be killed anywhere: handing over, Control Tower, what accounts get back, and the whole way back."""

from __future__ import annotations

import pytest

from tests.steps import crash_tally, crash_wave


@pytest.mark.tally
@pytest.mark.timeout(1800)  # some hundred processes, one after the other
@pytest.mark.parametrize("waves", [crash_wave.ROUND, crash_wave.AROUND], ids=["round", "around"])
def test_a_step_killed_at_any_boundary_is_resumed_without_loss(waves: dict[str, crash_wave.Wave]) -> None:
    """At every ledger and call boundary, and again while the next process settles: each account ends as it should."""
    crash_tally.check(waves, workers=1)
