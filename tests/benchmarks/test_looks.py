"""What the looks of a wave of 20 cost in organizations of 50 to 50,000 accounts, counted at the server."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, steps
from orgtools.aws.calls.rate_limits import PER_ACCOUNT, PER_ORGANIZATION
from orgtools.rehearsal.scenario.plain_wave import DESTINATION, SOURCE
from tests.benchmarks.waves import large, say
from tests.rehearsed import DECIDING, confirmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.rehearsal import LoggedCall
    from tests.benchmarks.waves import Waves

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

WAVE: Final = 20
SIZES: Final = ((50, 3), (2_000, 200), (10_000, 300), (50_000, 1_000))
"""Accounts and organizational units on each side."""
STEPS: Final = (steps.INVITE, steps.ACCEPT, steps.PLACE)
BOUND: Final = 1.25


def test_a_step_costs_what_the_wave_costs(waves: Waves) -> None:
    """Open, board, preview and apply of three notebooks: their floor hardly grows with the organizations."""
    floors = []
    for accounts, units in SIZES:
        waves.rehearsal.reset(large(WAVE, accounts, units))
        floor, calls = _three_notebooks(waves)
        floors.append(floor)
        say(
            f"looks, {WAVE} of {accounts:,} accounts, {units:,} units a side: {calls} calls, floor {floor:.1f} s, "
            f"{floor / floors[0]:.2f} x (bound {BOUND})"
        )
    assert max(floors) <= BOUND * floors[0]


def _three_notebooks(waves: Waves) -> tuple[float, int]:
    """The floor of the published rates in seconds, and the calls, of three notebooks after the run has begun."""
    folder = waves.new_run(WAVE)
    assess.assess(waves.open(folder), checks=DECIDING)
    floor, count = 0.0, 0
    for step in STEPS:
        before = len(waves.rehearsal.calls())
        migration = waves.open(folder)
        steps.overview(migration, migration.plan.accounts)  # what the board shows
        shown = steps.preview(migration, step)
        result = steps.apply(migration, shown, steps.approve(shown, shown.phrase))
        assert len(confirmed(result)) == WAVE
        calls = waves.rehearsal.calls(since=before)
        floor, count = floor + _floor(calls), count + len(calls)
    return floor, count


def _floor(calls: Iterable[LoggedCall]) -> float:
    """Seconds that the published rates demand for some calls: those of the slowest bucket."""
    mine, shared = Counter[tuple[str | None, str]](), Counter[tuple[str | None, str]]()
    for call in calls:
        mine[call.caller_account, call.operation] += 1
        shared[_organization(call), call.operation] += 1
    return max(
        (count - rate.burst) / rate.per_second
        for counted, rates in ((mine, PER_ACCOUNT), (shared, PER_ORGANIZATION))
        for (_, operation), count in counted.items()
        if (rate := rates.get(operation))
    )


def _organization(call: LoggedCall) -> str | None:
    """Whose bucket: a member is the source's until it has accepted."""
    return call.caller_account if call.caller_account in {SOURCE, DESTINATION} else SOURCE
