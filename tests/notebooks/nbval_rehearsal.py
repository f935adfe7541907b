"""The rehearsals that notebooks find when nbval runs them: pytest's fixtures do not reach their cells.

nbval runs each notebook twice: with the credentials of both organizations, and of the destination alone.

A plugin and not part of a conftest.py, because the notebooks lie beside the tests and not below them.
"""

from __future__ import annotations

import functools
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from orgtools.kernels import warm
from orgtools.messages import LANGUAGES
from orgtools.messages.languages import VARIABLE
from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

BOTH: Final = "two-waves"
ALONE: Final = "only-destination"
"""The scenario in which nobody has the source's credentials."""

_until_the_end = ExitStack()


class WithoutSource(IPyNbFile):  # type: ignore[misc]  # nbval ships no types
    """A notebook that runs where migration.toml has no [source]."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Every notebook that nbval collects, once more."""
    if not parent.config.option.nbval_lax or file_path.suffix != ".ipynb":
        return None
    where = file_path.relative_to(parent.config.rootpath).as_posix()
    collected: pytest.Collector = WithoutSource.from_parent(
        parent, path=file_path, name=f"{file_path.name}[{ALONE}]", nodeid=f"{where}[{ALONE}]"
    )
    return collected


@functools.cache
def _for_notebooks(scenario: str) -> Mapping[str, str]:
    """A rehearsal of a scenario, one for each test process: the environment in which kernels find it."""
    folder = Path(_until_the_end.enter_context(TemporaryDirectory(prefix="orgtools-nbval-")))
    rehearsal = _until_the_end.enter_context(Rehearsal.start(folder, scenario=scenario, speed=20))
    kernels = _until_the_end.enter_context(warm())
    return rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)} | kernels


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """The environment of the kernels that nbval starts, and of nothing else."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    held = dict(_for_notebooks(ALONE if isinstance(item.parent, WithoutSource) else BOTH))
    if item.path.parent.name in LANGUAGES:
        held[VARIABLE] = item.path.parent.name
    with pytest.MonkeyPatch.context() as patch:
        for name, value in held.items():
            patch.setenv(name, value)
        return (yield)


def pytest_sessionfinish() -> None:
    """Stop those rehearsals."""
    _until_the_end.close()
