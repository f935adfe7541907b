"""The rig itself: what the other browser tests rely on, shown on a notebook of three cells."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import nbformat
import pytest
from nbformat import v4

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Start

pytestmark = [pytest.mark.exhaustive, pytest.mark.timeout(300)]  # the journeys of `make test` take the rig, too

_CHOOSE = """
import os
import ipywidgets
from IPython.display import display
box = ipywidgets.Checkbox(description="take it", indent=False).add_class("choice")
display(box)
"""
_GATE = "answer = input('Type yes: ')"
_RESULT = "print(f'{answer}: {box.value}, for {os.environ[\"WHO\"]}')"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one notebook: a checkbox, a gate, a result. Beside it, what a kernel of another test left open."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    os.mkfifo(folder / "kernel-ipc-1")
    cells = [
        v4.new_markdown_cell("# Tiny"),
        *map(v4.new_code_cell, (_CHOOSE, _GATE, _RESULT, "gate = input('Again? ')")),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / "tiny.ipynb")
    return folder


def test_a_person_ticks_answers_and_sees_the_result(folder: Path, start: Start) -> None:
    """What is ticked in the browser and typed at a gate reaches Python, and its answer is seen."""
    lab = start(folder, env={"WHO": "an operator"})
    lab.open("tiny.ipynb")
    lab.run(0, 1)
    lab.wait_until_done()
    lab.widget("choice").get_by_role("checkbox").check()
    lab.run(2)

    assert lab.wait_for_gate() == "Type yes: "
    assert lab.cell_outputs()[3] == ""
    lab.answer("yes")

    assert lab.wait_for_gate() == "Again? "
    assert lab.cell_outputs()[3].strip() == "yes: True, for an operator"
    lab.answer("no")
    lab.wait_until_done()
    assert lab.notebook()["cells"][3]["outputs"][0]["text"] == "yes: True, for an operator\n"
    assert lab.requests


def test_a_restarted_kernel_knows_nothing(folder: Path, start: Start) -> None:
    """After a restart the variables are gone, the page stays, and "Run All" starts from the first gate."""
    lab = start(folder, env={"WHO": "an operator"})
    lab.open("tiny.ipynb")
    lab.run_all()
    lab.wait_for_gate()

    lab.restart_kernel()
    lab.run_all()

    assert lab.wait_for_gate() == "Type yes: "
    lab.answer("once more")
    lab.wait_for_gate()
    assert lab.cell_outputs()[3].strip() == "once more: False, for an operator"
