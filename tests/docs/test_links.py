"""Every relative link and anchor of every page in Markdown leads somewhere, on GitHub and on the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

_ROOT: Final = Path(__file__).parents[2]
PAGES: Final = sorted([*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")])
_LINK: Final = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
_CODE: Final = re.compile(r"^```.*?^```$|^(?: {4}[^\n]*\n)+|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)
_FENCED: Final = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The headings of a page as GitHub makes anchors of them; of those that are alike, the later ones have a number."""
    found: set[str] = set()
    for heading in _HEADING.findall(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        name = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        number, anchor = 0, name
        while anchor in found:
            number += 1
            anchor = f"{name}-{number}"
        found.add(anchor)
    return found


def slips(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    wrong = []
    for link in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"https://", link):
            continue
        target, _, anchor = link.partition("#")
        file = (page.parent / target).resolve() if target else page
        outside = "docs" in page.parts and page.parent != _ROOT and not file.is_relative_to(_ROOT / "docs")
        if not file.is_file() or outside or (anchor and anchor not in anchors(file)):
            wrong.append(link)
    return wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(_ROOT)))
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    """Those of docs/ stay in docs/, because the site holds nothing else."""
    assert slips(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """A file that is missing, a part that is missing; code is none."""
    page = tmp_path / "page.md"
    page.write_text("# One\n\n[a](none.md) [b](#one) [c](#two) `[d](none.md)`\n", encoding="utf-8")
    assert slips(page) == ["none.md", "#two"]


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "docs/architecture.md"])
def test_every_file_and_every_test_that_a_page_names_is_there(name: str) -> None:
    """`orgtools/...` and `tests/...`, from the root, and `file::test` inside it."""
    quoted = re.findall(r"`((?:orgtools|tests|docs|notebooks)/[^`\s]*)`", (_ROOT / name).read_text(encoding="utf-8"))
    assert quoted
    for place in quoted:
        path, _, test = place.partition("::")
        found = list(_ROOT.glob(path)) if "*" in path else [_ROOT / path]
        assert found, place
        assert all(file.exists() for file in found), place
        if test:
            assert f"def {test}(" in found[0].read_text(encoding="utf-8"), place


def test_every_page_is_reached_from_the_first_one() -> None:
    """By links, or by the site's table of contents."""
    contents = (_ROOT / "zensical.toml").read_text(encoding="utf-8")
    docs = _ROOT / "docs"
    missing = [str(page.relative_to(docs)) for page in PAGES if page.is_relative_to(docs)]
    assert [page for page in missing if f'"{page}"' not in contents] == []
