"""Whatever happens, in whatever order: what must hold, holds. Random schedules of the four steps, the second half.

Each schedule ends with a quiet pass: AWS works, reads show the truth, and the operator goes the whole way once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.steps.course import DIRECT
from tests.steps.stages import Stage, play

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal

SHARDS: Final = range(10, 20)
IN_EACH: Final = 26


@pytest.mark.tally
@pytest.mark.timeout(900)  # a schedule that fails is made as short as it can be first
@pytest.mark.parametrize("shard", SHARDS)
def test_what_must_hold_holds_in_every_schedule(
    tmp_path: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, shard: int
) -> None:
    """No call without an intention, nothing touched that is not ours, nothing called done that is not, nothing lost."""
    tally = play(Stage(tmp_path, rehearsal, monkeypatch, DIRECT), DIRECT, shard, IN_EACH)
    assert tally["invite confirmed"], "schedules in which nothing happens prove nothing"
