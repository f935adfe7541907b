"""One notebook of orgtools, executed in a real kernel, as the runbook does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgtools import runbook
from orgtools.kernels.executing import execute

if TYPE_CHECKING:
    from pathlib import Path

    from nbformat import NotebookNode


def shown_by(name: str, folder: Path, **parameters: Any) -> str:
    """Execute a notebook; returns what its cells showed, as text."""
    return shown_in(execute(runbook.NOTEBOOKS / f"{name}.ipynb", folder / f"{name}.ipynb", parameters))


def shown_in(executed: NotebookNode) -> str:
    """What the cells of an executed notebook showed, as text."""
    return str([output for cell in executed.cells for output in cell.get("outputs", ())])
