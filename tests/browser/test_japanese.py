"""The first half of the way in Japanese, in a real JupyterLab: what an operator sees, widgets and gates included."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgtools.rehearsal import Rehearsal
from tests.notebooks.english import ENGLISH

if TYPE_CHECKING:
    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = [pytest.mark.timeout(600), pytest.mark.exhaustive]

NOTEBOOKS: Final = Path(__file__).parents[2] / "notebooks" / "ja"
WAY: Final = {
    "00_start.ipynb": "",
    "10_assess.ipynb": "",
    "20_plan.ipynb": "",
    "30_invite.ipynb": "invite 14",
    "35_review_handshakes.ipynb": "",
    "38_prepare_access.ipynb": "prepare 15",
    "50_accept.ipynb": "accept 14",
    "80_verify.ipynb": "",
    "87_way_back.ipynb": "",
    "90_record.ipynb": "",
}
"""Notebooks, and what their gates want to read."""
_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")


def _shown(lab: Lab) -> list[str]:
    """What is on the screen beneath the code."""
    outputs = lab.page.locator(".jp-Notebook:visible .jp-Cell-outputArea")
    return [outputs.nth(number).inner_text() for number in range(outputs.count())]


def test_an_operator_reads_no_english_sentence(start: Start, tmp_path: Path) -> None:
    """But AWS's own words; each notebook says something in Japanese, and asks in it."""
    with Rehearsal.start(tmp_path / "run", speed=20) as rehearsal:
        chosen = {"ORGTOOLS_RUN": str(rehearsal.folder.resolve()), "ORGTOOLS_LANGUAGE": "ja"}
        lab = start(NOTEBOOKS, env=rehearsal.environment() | chosen)
        lab.page.set_viewport_size({"width": 1280, "height": 8_000})  # a notebook draws only the cells that are in view
        english = list[tuple[str, str]]()
        for notebook, phrase in WAY.items():
            lab.open(notebook)
            lab.run_all()
            texts = list[str]()
            if phrase:
                assert phrase in lab.wait_for_gate()
                texts += _shown(lab)
                lab.answer(phrase)
            lab.wait_until_done()
            texts += _shown(lab)
            assert _JAPANESE.search("".join(texts)), notebook
            english += [(notebook, found[0]) for text in texts for found in ENGLISH.finditer(text)]
    assert english == []
