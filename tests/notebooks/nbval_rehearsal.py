"""The rehearsal that notebooks find when nbval runs them: pytest's fixtures do not reach their cells.

A plugin and not part of a conftest.py, because the notebooks lie beside the tests and not below them.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from nbval.plugin import IPyNbCell

from orgtools.kernels import warm
from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Generator

_until_the_end = ExitStack()
_for_notebooks: dict[str, str] = {}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """One rehearsal for each test process, in the environment of the kernels that nbval starts and of nothing else."""
    if not isinstance(item, IPyNbCell):
        return (yield)
    if not _for_notebooks:
        folder = Path(_until_the_end.enter_context(TemporaryDirectory(prefix="orgtools-nbval-")))
        rehearsal = _until_the_end.enter_context(Rehearsal.start(folder, speed=20))
        kernels = _until_the_end.enter_context(warm())
        _for_notebooks.update(rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)} | kernels)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _for_notebooks.items():
            patch.setenv(name, value)
        return (yield)


def pytest_sessionfinish() -> None:
    """Stop that rehearsal."""
    _until_the_end.close()
