"""Whatever happens on the whole way or on the way back: what must hold, holds; above all, nobody is locked out.

Likewise on the way into a tree that is built anew, out of a Control Tower that works by itself. Each schedule ends with
a quiet pass: AWS works, reads show the truth, and the operator goes the whole way, or all the way back, once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.steps.rebuilt import REBUILT
from tests.steps.stages import Stage, play
from tests.steps.whole_way import WHOLE

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal

SHARDS: Final = range(2)
IN_EACH: Final = 12


@pytest.mark.tally
@pytest.mark.timeout(1800)  # a schedule that fails is made as short as it can be first
@pytest.mark.parametrize("shard", SHARDS)
def test_what_must_hold_holds_on_the_whole_way_and_back(
    tmp_path: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, shard: int
) -> None:
    """As in the schedules of four steps; and each account can be entered at every moment by its own organization."""
    tally = play(Stage(tmp_path, rehearsal, monkeypatch, WHOLE), WHOLE, shard, IN_EACH)
    assert tally["came home"]
    assert tally["arrived"], "schedules in which nobody arrives prove nothing"


@pytest.mark.tally
@pytest.mark.timeout(1800)  # as above
def test_what_must_hold_holds_where_units_and_assignments_are_built_anew(
    tmp_path: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units come by approved calls only and are not made twice; nobody is assigned who was not, or by nobody's call."""
    tally = play(Stage(tmp_path, rehearsal, monkeypatch, REBUILT), REBUILT, 0, IN_EACH)
    assert tally["arrived"], "schedules in which nobody arrives prove nothing"
