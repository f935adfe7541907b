"""Fixtures of the browser tests: `start` opens a folder of notebooks in JupyterLab."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.browser.chromium import find_chromium
from tests.browser.lab import Lab, start_lab

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Start(Protocol):
    """What `start` gives a test."""

    def __call__(self, folder: Path, env: Mapping[str, str] | None = None) -> Lab:
        """Open the notebooks of ``folder`` in JupyterLab; the page closes with the test."""


@pytest.fixture(scope="session")
def chromium(local_servers: None) -> Path:
    """The browser. Where there is none the test fails, saying how to get one: it is never skipped."""
    return find_chromium()


@pytest.fixture
def start(chromium: Path, tmp_path: Path) -> Iterator[Start]:
    """Open a folder of notebooks; when the test ends, nothing may have been asked of another machine."""
    labs: list[Lab] = []
    with ExitStack() as stack:

        def start(folder: Path, env: Mapping[str, str] | None = None) -> Lab:
            scratch = tmp_path / f"lab-{len(labs)}"
            scratch.mkdir()
            labs.append(stack.enter_context(start_lab(folder, chromium=chromium, scratch=scratch, env=env)))
            return labs[-1]

        yield start
        for number, lab in enumerate(labs):
            lab.screenshot(tmp_path / f"last-seen-{number}.png")
    assert [url for lab in labs for url in lab.outside_requests()] == []
