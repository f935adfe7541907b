"""Notebooks in git hold what a person wrote, and nothing that a run left."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import nbformat
import pytest

from tests.notebooks.nbval_rehearsal import ALONE

FOLDER: Final = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS: Final = sorted(FOLDER.glob("**/*.ipynb"))
MOST_BYTES: Final = 40_000
MOST_LINES: Final = 8

EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
ACCOUNT_ID: Final = re.compile(r"(?<!\d)\d{12}(?!\d)")


def slips(text: str) -> list[str]:
    """What is wrong with the notebook ``text``, each a sentence; nothing if it is clean."""
    notebook: Any = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    found = []
    if len(text.encode()) > MOST_BYTES:
        found.append(f"it has more than {MOST_BYTES} bytes")
    if extra := set(notebook.metadata) - {"kernelspec", "language_info"}:
        found.append(f"its metadata hold {sorted(extra)}")
    if notebook.cells[0].cell_type != "markdown":
        found.append("it does not begin with prose")
    for number, cell in enumerate(notebook.cells):
        found += [f"cell {number} {slip}" for slip in _cell_slips(cell)]
    metadata = str([notebook.metadata, *(cell.metadata for cell in notebook.cells)])
    if ACCOUNT_ID.search(metadata) or EMAIL.search(metadata):
        found.append("its metadata hold an account id or an e-mail address")
    return found


def _cell_slips(cell: Any) -> list[str]:
    found = []
    if extra := set(cell.metadata) - {"tags"}:
        found.append(f"has metadata {sorted(extra)}")
    if not cell.source.strip():
        found.append("is empty")
    if cell.get("attachments"):
        found.append("has attachments")
    if cell.cell_type == "code":
        if cell.outputs:
            found.append("has outputs")
        if cell.execution_count is not None:
            found.append("has an execution count")
        if len(cell.source.strip().splitlines()) > MOST_LINES:
            found.append(f"has more than {MOST_LINES} lines")
    return found


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_a_notebook_is_clean(notebook: Path) -> None:
    """No outputs, no counts, no state of widgets, no metadata of tools; prose first, short cells."""
    text = notebook.read_text(encoding="utf-8")
    assert slips(text) == []
    nbformat.validate(nbformat.reads(text, as_version=nbformat.NO_CONVERT))


def test_notebooks_are_found() -> None:
    """The tests above look at the notebooks that an operator opens."""
    assert NOTEBOOKS


CODE: Final[dict[str, Any]] = {
    "cell_type": "code",
    "id": "c",
    "metadata": {},
    "source": "1",
    "outputs": [],
    "execution_count": None,
}
PROSE: Final[dict[str, Any]] = {"cell_type": "markdown", "id": "p", "metadata": {}, "source": "# Why"}
OUTPUT: Final = {"output_type": "stream", "name": "stdout", "text": "1"}


def _notebook(*cells: dict[str, Any], **metadata: Any) -> str:
    return nbformat.v4.writes_json(  # type: ignore[no-any-return]
        nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)})
    )


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        pytest.param(_notebook(PROSE, {**CODE, "outputs": [OUTPUT]}), "cell 1 has outputs", id="outputs"),
        pytest.param(_notebook(PROSE, {**CODE, "execution_count": 1}), "cell 1 has an execution count", id="count"),
        pytest.param(_notebook(PROSE, widgets={}), "its metadata hold ['widgets']", id="widgets"),
        pytest.param(
            _notebook(PROSE, {**CODE, "metadata": {"papermill": {}}}),
            "cell 1 has metadata ['papermill']",
            id="papermill",
        ),
        pytest.param(
            _notebook(PROSE, kernelspec={"name": "111122223333"}),
            "its metadata hold an account id or an e-mail address",
            id="account",
        ),
        pytest.param(
            _notebook({**PROSE, "metadata": {"tags": ["a@example.com"]}}),
            "its metadata hold an account id or an e-mail address",
            id="email",
        ),
        pytest.param(_notebook(CODE), "it does not begin with prose", id="code-first"),
        pytest.param(_notebook(PROSE, {**CODE, "source": "1\n" * 9}), "cell 1 has more than 8 lines", id="long-cell"),
        pytest.param(_notebook({**PROSE, "source": "x" * 40_000}), "it has more than 40000 bytes", id="big"),
    ],
)
def test_a_slip_is_found(text: str, slip: str) -> None:
    """Each thing that has no place in git is seen and named."""
    assert slip in slips(text)


def test_nbval_runs_each_notebook_with_and_without_a_source(request: pytest.FixtureRequest) -> None:
    """The same cells, by another name; without nbval nothing is collected."""
    with pytest.MonkeyPatch.context() as patch:
        for lax in (False, True):
            patch.setattr(request.config.option, "nbval_lax", lax)
            collect = request.session.gethookproxy(FOLDER).pytest_collect_file
            found = {each: collect(file_path=each, parent=request.session) for each in NOTEBOOKS}
            assert [len(twice) for twice in found.values()] == [2 if lax else 0] * len(NOTEBOOKS)
    for path, twice in found.items():
        where = path.relative_to(FOLDER.parent).as_posix()
        assert {each.nodeid for each in twice} == {where, f"{where}[{ALONE}]"}
        first, second = ([cell.cell.source for cell in each.collect()] for each in twice)
        assert first == second
