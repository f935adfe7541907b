"""Whatever happens, in whatever order: what must hold, holds. Random schedules of faults, deaths and other people.

Each schedule ends with a quiet pass: AWS works, reads show the truth, and the operator goes the whole way, or all the
way back, once more. A schedule that fails is printed as short as it can be, as Python: it belongs into `examples.py`,
and stays there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.steps.course import DIRECT, IN_ONE_GO, THEIRS
from tests.steps.examples import EXAMPLES
from tests.steps.rebuilt import REBUILT
from tests.steps.stages import Stage, play
from tests.steps.whole_way import WHOLE, WHOLE_IN_ONE_GO
from tests.tiers import seed_of

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal
    from tests.steps.schedules import Schedule

COURSES: Final = {
    "direct": DIRECT,
    "whole": WHOLE,
    "rebuilt": REBUILT,
    "theirs": THEIRS,
    "in one go": IN_ONE_GO,
    "whole in one go": WHOLE_IN_ONE_GO,
}
"""The four steps that move an account, also where the source is not ours, and in one go; the whole way and back; a tree
built anew."""
FEW: Final = {"direct": 8, "whole": 3, "rebuilt": 2, "theirs": 4, "in one go": 4}
"""So many of the same ones in every run of `make test`."""
SHARDS: Final = {"direct": 20, "whole": 3, "rebuilt": 3, "theirs": 6, "in one go": 8, "whole in one go": 3}
IN_EACH: Final = {"direct": 26, "whole": 8, "rebuilt": 8, "theirs": 20, "in one go": 20, "whole in one go": 8}
"""So many others in every run of `make exhaustive`."""

pytestmark = [pytest.mark.tally, pytest.mark.timeout(1800)]  # a schedule that fails is made as short as it can be first


@pytest.fixture
def stage(tmp_path: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, course: str) -> Stage:
    """Where the schedules of a course are played."""
    return Stage(tmp_path, rehearsal, monkeypatch, COURSES[course])


@pytest.mark.parametrize("course", FEW)
def test_what_must_hold_holds(stage: Stage, course: str) -> None:
    """No call without an intention, nothing touched that is not ours, nothing called done that is not, nothing lost.

    On the whole way each account can be entered at every moment by its own organization, too; units come by approved
    calls only, and nobody is assigned who was not.
    """
    tally = play(stage, COURSES[course], seed=0, times=FEW[course])
    assert tally["moves"], "schedules in which nothing happens prove nothing"
    assert tally["arrived"] + tally["came home"]


@pytest.mark.parametrize(
    ("course", "schedule"), [(course, schedule) for course, held in EXAMPLES.items() for schedule in held]
)
def test_what_once_failed_holds(stage: Stage, schedule: Schedule) -> None:
    """Schedules that were found by chance, or thought of, and stay."""
    stage.play(schedule)


@pytest.mark.exhaustive
@pytest.mark.parametrize(("course", "shard"), [(course, n) for course, many in SHARDS.items() for n in range(many)])
def test_what_must_hold_holds_in_every_schedule(
    stage: Stage, course: str, shard: int, pytestconfig: pytest.Config
) -> None:
    """The same, of schedules that nobody has tried yet."""
    tally = play(stage, COURSES[course], seed=1 + shard + 1000 * seed_of(pytestconfig), times=IN_EACH[course])
    assert tally["moves"], "schedules in which nothing happens prove nothing"
