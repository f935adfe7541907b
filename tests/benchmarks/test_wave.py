"""A wave in one go beside the same wave step by step, under AWS's published rates."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, steps
from orgtools.aws.calls.rate_limits import PER_ACCOUNT
from tests.benchmarks.waves import say, throttled
from tests.rehearsed import DECIDING, confirmed

if TYPE_CHECKING:
    import orgtools
    from tests.benchmarks.waves import Waves

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3600)]

ACCOUNTS: Final = int(os.environ.get("ORGTOOLS_WAVE", "1000"))
SPEED: Final = 5.0
BOUND: Final = 1.10
SHARE: Final = 0.01
STEPS: Final = (steps.INVITE, steps.ACCEPT, steps.PLACE)


def test_a_wave_in_one_go_takes_what_the_slowest_rate_demands(waves: Waves) -> None:
    """From the approval to the last confirmation, all looks included; hardly a call is throttled, none is told."""
    move = PER_ACCOUNT["MoveAccount"]
    floor = (ACCOUNTS - move.burst) / move.per_second
    by_step = _taken(waves, STEPS)
    in_one_go = _taken(waves, (steps.WAVE,))
    say(
        f"wave of {ACCOUNTS:,}: in one go {in_one_go / floor:.2f} x the floor of MoveAccount ({floor:.0f} s; "
        f"bound {BOUND}), step by step {by_step / floor:.2f} x"
    )
    assert in_one_go <= BOUND * floor


def _taken(waves: Waves, those: tuple[steps.Step, ...]) -> float:
    """AWS's seconds from approvals to confirmations."""
    waves.new_world(ACCOUNTS, speed=SPEED)
    migration = waves.open(waves.new_run(ACCOUNTS, speed=SPEED))
    assess.assess(migration, checks=DECIDING)
    before = len(waves.rehearsal.calls())
    taken = sum(_apply(migration, step) for step in those)
    calls = waves.rehearsal.calls(since=before)
    share = throttled(calls) / len(calls)
    names = " ".join(step.name for step in those)
    say(f"  {names}: {len(calls):,} calls, {share:.2%} throttled, {taken:.0f} s of AWS's")
    assert share < SHARE
    return taken


def _apply(migration: orgtools.Migration, step: steps.Step) -> float:
    shown = steps.preview(migration, step)
    approval = steps.approve(shown, shown.phrase)
    start = time.monotonic()
    result = steps.apply(migration, shown, approval)
    taken = (time.monotonic() - start) * SPEED
    assert len(confirmed(result)) == ACCOUNTS, result.summary()
    assert not [one for one in result.outcomes if "TooManyRequests" in str(one.why) + one.next_step]
    return taken
