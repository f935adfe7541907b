"""Our own time beside boto3's: planning, pacing, deciding, the ledger and its disk."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, steps
from orgtools.rehearsal.scenario.plain_wave import account_id
from tests.benchmarks.bare import Bare
from tests.benchmarks.waves import say
from tests.rehearsed import DECIDING, confirmed, do

if TYPE_CHECKING:
    from tests.benchmarks.waves import Waves

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

ACCOUNTS: Final = 100
ROUNDS: Final = 5
BOUND: Final = 1.0


def test_a_wave_takes_little_longer_than_the_same_calls_by_boto3_alone(waves: Waves) -> None:
    """In turns on one server, without rates or latency; the median of the rounds' ratios."""
    ratios = []
    for _ in range(ROUNDS):
        ours, our_calls = _ours(waves)
        bare, bare_calls = _bare(waves)
        assert our_calls == bare_calls, "the same calls, counted at the server"
        ratios.append(ours / bare)
    ratio = statistics.median(ratios)
    say(
        f"own time: a wave of {ACCOUNTS} takes {ratio:.2f} x a bare boto3 loop of the same {our_calls.total()} calls "
        f"(median of {ROUNDS}, from {min(ratios):.2f} to {max(ratios):.2f}; bound {BOUND})"
    )
    assert ratio <= BOUND


def _ours(waves: Waves) -> tuple[float, Counter[str]]:
    """Seconds, and the calls by operation."""
    waves.new_world(ACCOUNTS)
    folder = waves.new_run(ACCOUNTS)
    start = time.perf_counter()
    migration = waves.open(folder)
    assess.assess(migration, checks=DECIDING)
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        assert len(confirmed(do(migration, step))) == ACCOUNTS
    taken = time.perf_counter() - start
    return taken, _operations(waves)


def _bare(waves: Waves) -> tuple[float, Counter[str]]:
    """The same of the loop."""
    waves.new_world(ACCOUNTS)
    accounts = [account_id(number) for number in range(1, ACCOUNTS + 1)]
    start = time.perf_counter()
    Bare(workers=8).move(accounts)
    taken = time.perf_counter() - start
    arrived = waves.rehearsal.world()["accounts"]
    assert {arrived[moved]["organization"] for moved in accounts} == {"o-destinatn01"}
    return taken, _operations(waves)


def _operations(waves: Waves) -> Counter[str]:
    return Counter(call.operation for call in waves.rehearsal.calls())
