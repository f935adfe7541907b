"""The site is built from docs/ without a warning, as `make docs` builds it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.usefixtures("programs")

_ROOT: Final = Path(__file__).parents[2]


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """What `make docs` runs, in another folder."""
    command = [sys.executable, "-m", "zensical", "build", "--strict"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages and what makes a site of them."""
    copied = tmp_path_factory.mktemp("site")
    shutil.copytree(_ROOT / "docs", copied / "docs")
    shutil.copy(_ROOT / "zensical.toml", copied)
    return copied


def test_the_site_is_built_without_a_warning(folder: Path) -> None:
    """Each page is a page of it, whose scripts, styles and pictures come along."""
    built = build(folder)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = {page.relative_to(folder / "docs").with_suffix(".html") for page in (folder / "docs").rglob("*.md")}
    assert {page.relative_to(folder / "site") for page in (folder / "site").rglob("*.html")} - {
        Path("404.html")
    } == pages
    for page in pages:
        text = (folder / "site" / page).read_text(encoding="utf-8")
        assert not re.findall(r"<(?:script|img)[^>]* src=\"?https?:|<link[^>]* rel=\"?stylesheet[^>]*https?:", text), (
            page
        )


@pytest.mark.parametrize(("link", "ends"), [("index.md", 0), ("nowhere.md", 1), ("index.md#nowhere", 1)])
def test_a_broken_link_ends_the_build(tmp_path: Path, link: str, ends: int) -> None:
    """With a status that CI sees."""
    (tmp_path / "zensical.toml").write_text('[project]\nsite_name = "one page"\n', encoding="utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# One\n\n[link]({link})\n", encoding="utf-8")
    assert build(tmp_path).returncode == ends
