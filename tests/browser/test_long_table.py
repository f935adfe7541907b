"""Tables of more rows than a page should hold, in a real JupyterLab: read only, and to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import nbformat
import pytest
from nbformat import v4

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = pytest.mark.timeout(300)

_MADE: Final = """
import pandas as pd
from orgtools import ui
from orgtools.ui.picker import selectable
ids = [f"{300000000000 + number}" for number in range(250)]
words = ["a <b>word</b>" if number % 2 else "& another" for number in range(250)]
table = pd.DataFrame({"account": ids, "because": words})
"""
_SHOWN: Final = "ui.show(table)"
_CHOSEN: Final = """
widget = selectable(table)
widget.add_class("choice")
widget
"""
_VALUE: Final = "print(len(widget.selected_rows), min(widget.selected_rows))"


@pytest.fixture
def lab(tmp_path: Path, start: Start) -> Lab:
    """A notebook of four cells, three of them run."""
    folder = tmp_path / "long"
    folder.mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [v4.new_code_cell(source) for source in (_MADE, _SHOWN, _CHOSEN, _VALUE)]
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / "long.ipynb")
    lab = start(folder)
    lab.open("long.ipynb")
    lab.run(0, 2)
    lab.wait_until_done()
    return lab


def test_a_long_table_is_read_in_pieces_and_what_its_filter_finds_can_be_chosen(lab: Lab) -> None:
    """Shown piece by piece, searched and sorted; "select all shown" takes all that is found, on every page."""
    shown = lab.cell(1)
    rows = shown.locator("tbody tr")
    shown.get_by_text("Rows shown: 100 of 250.").wait_for()
    assert rows.count() == 100
    assert rows.nth(1).inner_text().split("\t") == ["300000000001", "a <b>word</b>"]
    shown.get_by_role("button", name="Show all").click()
    shown.get_by_text("Rows shown: 250 of 250.").wait_for()
    shown.get_by_role("searchbox").fill("& 300000000240")
    shown.get_by_text("Rows shown: 1 of 1, filtered from 250.").wait_for()
    assert rows.first.inner_text().startswith("300000000240")
    shown.get_by_role("searchbox").fill("")
    for _ in range(2):
        shown.locator("th").get_by_role("button", name="account").click()
    assert rows.first.inner_text().startswith("300000000249")

    choice = lab.widget("choice")
    choice.get_by_role("searchbox").fill("another")
    choice.get_by_role("button", name="Select all shown").click()
    choice.get_by_text("125 rows selected").wait_for()
    lab.run(3)
    lab.wait_until_done()
    assert lab.cell_outputs()[3].strip() == "125 0"
