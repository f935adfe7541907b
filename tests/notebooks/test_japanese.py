"""A whole run in Japanese: no English sentence but AWS's own words."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

import nbformat
import pytest

from orgtools import runbook
from orgtools.rehearsal import Rehearsal
from tests.notebooks.english import ENGLISH

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.exhaustive, pytest.mark.timeout(900)]  # a second pass of all notebooks

_BARE: Final = re.compile(r"\b[a-z]+(?:-[a-z]+)+ [a-z_]+=")
"""A code and a fact: what stands where the catalogue says nothing."""
_SILENT: Final = re.compile(r"(?s)<(style|script|svg)\b.*?</\1>")


def _read(output: nbformat.NotebookNode) -> str:
    """What a person reads of an output: its page, or its text where it has none."""
    if output.output_type == "stream":
        return str(output.text)
    data = output.get("data", {})
    if "application/vnd.jupyter.widget-view+json" in data:
        return ""
    page = data.get("text/html")
    text = page if page is not None else data.get("text/plain", "")
    return html.unescape(re.sub(r"<[^>]+>", "\n", _SILENT.sub("", str(text))))


def test_no_english_sentence_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks, what the command prints, the pages and the record; facts in the data files stay as they are."""
    folder, said = tmp_path / "run", list[str]()
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")
    with Rehearsal.start(folder, speed=20) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)
        runbook.run(folder, say=said.append)
    texts = {"printed": "\n".join(said), "record": _page((folder / "record" / "record.html").read_text("utf-8"))}
    for path in (folder / runbook.EXECUTED).glob("*.ipynb"):
        executed = nbformat.read(path, as_version=4)
        texts[path.stem] = "\n".join(_read(output) for cell in executed.cells for output in cell.get("outputs", ()))
    for form in (ENGLISH, _BARE):
        assert sorted({(name, found[0]) for name, text in texts.items() for found in form.finditer(text)}) == []


def _page(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "\n", _SILENT.sub("", page)))
