"""The notebooks, the README and docs/ of another language are those in English: the same code, other prose."""

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
_DOCS: Final = _ROOT / "docs"
_PAGES: Final = {page.name: (page, _DOCS / "ja" / page.name) for page in sorted(_DOCS.glob("*.md"))} | {
    "README.md": (_ROOT / "README.md", _ROOT / "README.ja.md")
}
"""Pages in English, each with the same in Japanese."""
_EACH: Final = pytest.mark.parametrize("name", _PAGES)
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


def _texts(name: str) -> tuple[str, str]:
    english, japanese = _PAGES[name]
    return english.read_text(encoding="utf-8"), japanese.read_text(encoding="utf-8")


def test_there_are_the_same_pages() -> None:
    """What is written by hand is there in Japanese; the pages of docs/reference come from the code, in English."""
    assert sorted(path.name for path in (_DOCS / "ja").iterdir()) == sorted(_PAGES.keys() - {"README.md"})


@_EACH
def test_a_page_has_the_same_code(name: str) -> None:
    """Comments are prose."""
    english, japanese = _texts(name)
    assert _code(japanese) == _code(english)


def test_the_pages_have_code() -> None:
    """So that the test before this one compares some."""
    assert sum(len(lines) for name in _PAGES for lines in _code(_texts(name)[0])) > 120


def _links(text: str) -> list[str]:
    """Where the links lead, without parts of a page, READMEs, and what leads from one language into the other."""
    found = [
        link.partition("#")[0] for link in _LINK.findall(text) if not link.startswith("#") and "README" not in link
    ]
    return sorted(re.sub(r"^\.\./|(?<=^docs/)ja/", "", link) for link in found)


@_EACH
def test_a_page_has_the_same_parts_pictures_and_links(name: str) -> None:
    """A part that is changed in one language has to be changed in the other; so has the code inside a sentence."""
    english, japanese = _texts(name)
    for held in (
        lambda text: [line.split()[0] for line in _FENCED.sub("", text).splitlines() if line.startswith("#")],
        _links,
        lambda text: set(re.findall(r"`([^`\n]+)`", _FENCED.sub("", text))),
    ):
        assert held(japanese) == held(english)


@_EACH
def test_the_tables_of_a_page_have_the_same_figures(name: str) -> None:
    """Row by row; a small number that is a word in English may be a figure in Japanese."""
    for english, japanese in zip(*map(_figures, _texts(name)), strict=True):
        assert english <= japanese
        assert set(japanese - english) <= {"1", "2", "3", "4", "10"}


def test_the_pages_have_tables() -> None:
    """So that the test before this one compares some."""
    assert sum(len(_figures(_texts(name)[0])) for name in _PAGES) > 60


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_a_readme_leads_to_the_other_language(name: str) -> None:
    """Once."""
    text = (_ROOT / name).read_text(encoding="utf-8")
    others = [link for link in _LINK.findall(text) if re.fullmatch(r"README(\.ja)?\.md", link)]
    assert len(others) == 1
    assert others != [name]


@_EACH
def test_a_page_in_japanese_is_in_japanese(name: str) -> None:
    """Every paragraph, item and heading but names and pictures."""
    prose = _INDENTED.sub("", _FENCED.sub("", _texts(name)[1]))
    blocks = [line for line in prose.splitlines() if len(line) > 20 and not re.match(r"\|[-|]+$", line)]
    assert [line for line in blocks if not _JAPANESE.search(line)] == []
