"""A step may be killed anywhere: whoever resumes it loses nothing and does nothing twice.

`make test` takes a wave with one account of each kind; `make exhaustive` takes long ones, where alike ones follow.
"""

from __future__ import annotations

import pytest

from tests.steps import crash_tally, crash_wave

pytestmark = [
    pytest.mark.usefixtures("local_servers"),
    pytest.mark.tally,
    pytest.mark.timeout(1800),  # some hundred processes, one after the other
]


@pytest.mark.parametrize("wave", crash_wave.first_ones())
def test_a_step_killed_at_any_boundary_is_resumed_without_loss(wave: str) -> None:
    """At every ledger and call boundary, and again while the next process settles: each account ends as it should."""
    crash_tally.check(wave, workers=1)


@pytest.mark.exhaustive
@pytest.mark.parametrize("wave", sorted(crash_wave.waves().keys() - set(crash_wave.first_ones())))
def test_a_step_taken_otherwise_killed_at_any_boundary_is_resumed_without_loss(wave: str) -> None:
    """The same, where a step has done half of a long wave, is taken another way, or the source is somebody else's."""
    crash_tally.check(wave, workers=1)


@pytest.mark.parametrize(
    "wave", ["accept", "wave", *(pytest.param(wave, marks=pytest.mark.exhaustive) for wave in crash_wave.long_ones())]
)
def test_a_step_killed_with_calls_in_flight_is_resumed_without_loss(wave: str) -> None:
    """Eight calls side by side: up to seven others end anywhere, and the server may still take what they had sent."""
    crash_tally.check(wave, workers=8)
