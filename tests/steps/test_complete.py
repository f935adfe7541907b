"""Each place that a step has to be in: a failure names what was forgotten. CONTRIBUTING.md has them in order."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import steps
from orgtools.cli.running import step_names
from orgtools.messages import LANGUAGES
from orgtools.messages.rendering import _entries
from tests.docs import notebooks_page
from tests.steps.crash_wave import waves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Step

_ROOT: Final = Path(steps.__file__).parent
_NOT_KILLED: Final = (steps.CANCEL,)
"""What it decides depends on when an invitation expires, which each world of the matrix has differently."""
_FOLDERS: Final = notebooks_page.NOTEBOOKS.values()


def _written() -> Iterator[tuple[str, Step]]:
    """Every step that a module of `orgtools.steps` has, by the name that it has there."""
    for room in ("forward", "restore", "back"):
        for found in iter_modules([str(_ROOT / room)]):
            module = import_module(f"orgtools.steps.{room}.{found.name}")
            yield from ((name, held) for name, held in vars(module).items() if isinstance(held, steps.Step))


_each = pytest.mark.parametrize("step", steps.EVERY, ids=lambda step: step.name)


@pytest.mark.parametrize(
    ("name", "step"), [pytest.param(name, step, id=name) for name, step in sorted(dict(_written()).items())]
)
def test_every_step_is_a_public_name_and_on_a_list(name: str, step: Step) -> None:
    """`steps.INVITE`, so that notebooks and scripts can name it; what is on no list, nobody finds."""
    assert name in steps.__all__
    assert step in steps.EVERY


def test_no_step_is_listed_twice() -> None:
    """A name is that of one step."""
    assert len({step.name for step in steps.EVERY}) == len(steps.EVERY)


def test_every_step_has_its_command() -> None:
    """`orgtools run STEP`; those of the way back alone are taken by `orgtools rollback`."""
    assert {step.name for step in steps.EVERY} - set(step_names()) <= {step.name for step in steps.BACK}


@_each
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_its_words(step: Step, language: str) -> None:
    """How many are to do, how many need nothing, and how many are done."""
    wanted = {f"do-{step.name}", f"done-{step.name}", *([f"did-{step.name}"] if step.changes else ())}
    assert wanted - _entries(language).keys() == set()


@_each
@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda path: path.name)
def test_every_step_has_its_notebook_with_a_row_for_the_guides(step: Step, folder: Path) -> None:
    """By the name that the step has. A way back is no row of the guide through a wave."""
    what, changes, *turn = notebooks_page.glance(folder / f"{step.notebook}.ipynb")
    assert what
    assert changes
    assert all(turn) is (step not in steps.BACK or step is steps.CANCEL)


@pytest.mark.parametrize("step", steps.REGAINING, ids=lambda step: step.name)
@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda path: path.name)
def test_a_notebook_of_several_steps_names_each(step: Step, folder: Path) -> None:
    """So that whoever opens it can choose."""
    assert f'\\"{step.name}\\"' in (folder / f"{step.notebook}.ipynb").read_text(encoding="utf-8")


@_each
def test_every_step_that_changes_something_says_what_it_must_be_allowed(step: Step) -> None:
    """Else nobody's policy lets it, see `tests/policies/test_whole_way.py`. A wave needs what its parts do."""
    assert bool(step.needs or step.parts) is step.changes


@pytest.mark.parametrize(
    "step", [step for step in steps.EVERY if step.changes and step not in _NOT_KILLED], ids=lambda step: step.name
)
def test_every_step_that_changes_something_is_killed_somewhere(step: Step) -> None:
    """By a wave of the crash matrix that ends with it: ``WAVES`` of its own test, see `tests.steps.own`."""
    assert step in {wave.step for wave in waves().values()}
