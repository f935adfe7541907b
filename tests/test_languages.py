"""The notebooks and the README of another language are those in English: the same code, other prose."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

_ROOT: Final = Path(__file__).parents[1]
_NOTEBOOKS: Final = _ROOT / "notebooks"
_JAPANESE: Final = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u4e00-\u9fff]")
"""Kana and kanji."""
_LINK: Final = re.compile(r"\]\(([^)]+)\)")
_TARGET: Final = re.compile(r"^(?!https://|#)[^#]+")
_ENGLISH: Final = sorted(_NOTEBOOKS.glob("*.ipynb"))
_README: Final = (_ROOT / "README.md").read_text(encoding="utf-8")
_READ_ME_IN_JAPANESE: Final = (_ROOT / "README.ja.md").read_text(encoding="utf-8")
_FENCED: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED: Final = re.compile(r"(?:^ {4}.*\n|^\n(?= {4}))+", re.MULTILINE)
_COMMENT: Final = re.compile(r"\s*#(?! (?:[\w.]+ = |\[)).*")
"""What a block of code says to people; a setting that is off is written as a comment, too, and is code."""


def _read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def _but_prose(notebook: dict[str, Any]) -> dict[str, Any]:
    """All of a notebook but the text of its Markdown cells."""
    cells = [{**cell, "source": None} if cell["cell_type"] == "markdown" else cell for cell in notebook["cells"]]
    return {**notebook, "cells": cells}


def test_there_are_the_same_notebooks() -> None:
    """By name, so that each is found where the language is chosen."""
    assert [path.name for path in sorted((_NOTEBOOKS / "ja").iterdir())] == [path.name for path in _ENGLISH]


@pytest.mark.parametrize("english", _ENGLISH, ids=lambda path: path.stem)
def test_a_notebook_is_the_english_one_in_japanese(english: Path) -> None:
    """Cells, ids, metadata and code are the same, without outputs; every Markdown cell is in Japanese."""
    japanese = _read(_NOTEBOOKS / "ja" / english.name)
    assert _but_prose(japanese) == _but_prose(_read(english))
    for cell in japanese["cells"]:
        if cell["cell_type"] == "markdown":
            assert _JAPANESE.search("".join(cell["source"])), cell["id"]
        else:
            assert cell["outputs"] == []


@pytest.mark.parametrize("path", sorted(_NOTEBOOKS.rglob("*.ipynb")), ids=lambda path: str(path.relative_to(_ROOT)))
def test_what_a_notebook_names_is_there(path: Path) -> None:
    """Other notebooks, by name, and files that it links to."""
    prose = "\n".join("".join(cell["source"]) for cell in _read(path)["cells"] if cell["cell_type"] == "markdown")
    for name in re.findall(r"(?<!\w)\d\d_[a-z_]+", prose):
        assert (path.parent / f"{name}.ipynb").is_file(), name
    for link in _LINK.findall(prose):
        if target := _TARGET.match(link):
            assert (path.parent / target[0]).exists(), link


def _code(text: str) -> list[list[str]]:
    """Every block of code of a README, without comments, and of the list of commands without what they do."""
    blocks = [found for _, found in _FENCED.findall(text)] + _INDENTED.findall(_FENCED.sub("", text))
    return [[line for line in map(_command, block.splitlines()) if line.strip()] for block in blocks if block.strip()]


def _command(line: str) -> str:
    if line.startswith("    orgtools "):
        return re.split(r"(?<=\S) {2,}", line, maxsplit=1)[0]
    return "" if line.startswith(" " * 30) else _COMMENT.sub("", line)


def _figures(text: str) -> list[Counter[str]]:
    """The figures of every row of a table."""
    return [Counter(re.findall(r"\d+(?:[.,]\d+)*", line)) for line in text.splitlines() if line.startswith("|")]


def test_the_readme_has_the_same_code() -> None:
    """Comments are prose."""
    code = _code(_READ_ME_IN_JAPANESE)
    assert code == _code(_README)
    assert sum(map(len, code)) > 100


def test_the_readme_has_the_same_parts_pictures_and_links() -> None:
    """A part that is changed in one language has to be changed in the other; so has the code inside a sentence."""
    for held in (
        lambda text: [line.split()[0] for line in _FENCED.sub("", text).splitlines() if line.startswith("#")],
        lambda text: sorted(link for link in _LINK.findall(text) if "#" not in link and "README" not in link),
        lambda text: set(re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))),
    ):
        assert held(_READ_ME_IN_JAPANESE) == held(_README)


def test_the_tables_of_the_readme_have_the_same_figures() -> None:
    """Row by row; a small number that is a word in English may be a figure in Japanese."""
    rows = list(zip(_figures(_README), _figures(_READ_ME_IN_JAPANESE), strict=True))
    assert len(rows) > 30
    for english, japanese in rows:
        assert english <= japanese
        assert set(japanese - english) <= {"1", "2", "3", "4"}


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_links_of_a_readme_lead_somewhere(name: str) -> None:
    """To files, to parts of itself, and to the README of the other language."""
    text = (_ROOT / name).read_text(encoding="utf-8")
    parts = {re.sub(r"[^\w-]", "", line.lstrip("# ").lower().replace(" ", "-")) for line in text.splitlines()}
    links = _LINK.findall(text)
    for link in links:
        if target := _TARGET.match(link):
            assert (_ROOT / target[0]).is_file(), link
        if link.startswith("#"):
            assert link[1:] in parts, link
    assert len([link for link in links if re.fullmatch(r"README(\.ja)?\.md", link) and link != name]) == 1


def test_the_readme_in_japanese_is_in_japanese() -> None:
    """Every paragraph, item and heading but names and pictures."""
    prose = _INDENTED.sub("", _FENCED.sub("", _READ_ME_IN_JAPANESE))
    blocks = [line for line in prose.splitlines() if len(line) > 20 and not re.match(r"\|[-|]+$", line)]
    assert [line for line in blocks if not _JAPANESE.search(line)] == []
