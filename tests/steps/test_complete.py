"""Each place that a step has to be in: a failure names what was forgotten. CONTRIBUTING.md has them in order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import runbook, steps
from orgtools.cli.running import StepName
from tests.steps.crash_wave import WAVES

if TYPE_CHECKING:
    from orgtools.steps import Step

_ROOT: Final = Path(__file__).parents[2]
_ALONE: Final = (steps.CANCEL, steps.REPLICATE, steps.RESTORE)
"""Those that are on no list, because somebody asks for each by name."""
_COMMANDS: Final = (*steps.ALL, *steps.REGAINING, *_ALONE)
_EVERY: Final = tuple({step.name: step for step in (*_COMMANDS, *steps.BACK)}.values())
_NOT_KILLED: Final = (steps.VERIFY, steps.CANCEL)
"""The first changes nothing. What the second decides depends on when an invitation expires, which each world of the
matrix has differently."""
_each = pytest.mark.parametrize("step", _EVERY, ids=lambda step: step.name)


def test_every_step_is_a_public_name() -> None:
    """`steps.INVITE`, so that notebooks and scripts can name it."""
    public = {getattr(steps, name).name for name in steps.__all__ if isinstance(getattr(steps, name), steps.Step)}
    assert {step.name for step in _EVERY} <= public


def test_every_step_has_its_command() -> None:
    """`orgtools run STEP`; those of the way back alone are taken by `orgtools rollback`."""
    assert {step.name for step in _COMMANDS} == set(StepName)


@_each
def test_every_step_has_its_notebook_in_both_languages(step: Step) -> None:
    """By the name that the step has."""
    for folder in ("notebooks", "notebooks/ja"):
        assert (_ROOT / folder / f"{step.notebook}.ipynb").is_file(), folder


def test_every_step_of_the_way_has_its_turn_in_the_runbook() -> None:
    """In the order of the way; verifying and revoking come after the waves."""
    turns = [step.notebook for step in steps.ALL if step not in (steps.VERIFY, steps.REVOKE)]
    assert [notebook for notebook in runbook._PER_WAVE if notebook != runbook._REVIEW] == turns


@_each
def test_every_notebook_of_a_step_is_in_the_operators_guide(step: Step) -> None:
    """In both languages."""
    for page in ("docs/operator.md", "docs/ja/operator.md"):
        assert f"`{step.notebook}`" in (_ROOT / page).read_text(encoding="utf-8"), page


@pytest.mark.parametrize("step", [step for step in _EVERY if step not in _NOT_KILLED], ids=lambda step: step.name)
def test_every_step_that_changes_something_is_killed_somewhere(step: Step) -> None:
    """By a wave of the crash matrix that ends with it."""
    assert step in {wave.step for wave in WAVES.values()}
