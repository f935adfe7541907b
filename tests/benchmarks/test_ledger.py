"""The ledger: how long an event takes to be on disk, and how long a long one takes to open and verify."""

from __future__ import annotations

import statistics
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools.ledger import Kind, Ledger
from tests.benchmarks.waves import say

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(300)]

APPENDS: Final = 1_000
EVENTS: Final = 100_000
SECONDS: Final = 5.0
TOLD: Final[dict[str, Any]] = {
    "operation": "InviteAccountToOrganization",
    "by": "destination",
    "caller": "arn:aws:iam::222222222222:user/operator",
    "parameters": {"Target": {"Id": "300000000001", "Type": "ACCOUNT"}, "Notes": "Moving to the new organization."},
    "words": "invite into o-destinatn01",
    "approval": "0" * 64,
}
"""What a step says before a call."""


def _now() -> datetime:
    return datetime.now(UTC)


def test_an_event_is_on_disk_in_a_moment(tmp_path: Path) -> None:
    """The median of many; printed, not bounded: it is the disk's time more than ours."""
    taken = []
    with Ledger(tmp_path / "ledger.sqlite", _now) as ledger:
        for _ in range(APPENDS):
            start = time.perf_counter()
            ledger.append(Kind.INTENDED, step="invite", account_id="300000000001", **TOLD)
            taken.append(time.perf_counter() - start)
        assert ledger.verify() == []
    say(f"ledger: a durable append takes {statistics.median(taken) * 1000:.2f} ms (median of {APPENDS})")


def test_a_long_ledger_opens_and_verifies_in_seconds(tmp_path: Path) -> None:
    """100,000 events, some thousand accounts over years: opened, read and verified link by link."""
    path = tmp_path / "ledger.sqlite"
    with Ledger(path, _now) as ledger:
        for first in range(0, EVENTS, 1_000):
            told = {f"{300000000000 + number:012d}": TOLD for number in range(first, first + 1_000)}
            ledger.append_each(Kind.INTENDED, step="invite", data=told)
    best = SECONDS
    for _ in range(3):
        start = time.perf_counter()
        with Ledger(path, _now) as ledger:
            assert ledger.verify() == []
        best = min(best, time.perf_counter() - start)
    say(f"ledger: {EVENTS:,} events are opened and verified in {best:.2f} s (best of 3; bound {SECONDS:.0f} s)")
    assert best < SECONDS
