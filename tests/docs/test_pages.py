"""The pages that are written from the code are what the code says now, and leave nothing out."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

import pytest

from orgtools.assess import CATALOGUE
from tests.docs import api_page, map_page, messages_page, settings_page
from tests.docs.pages import DOCS, generated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CODE: Final = DOCS.parent / "orgtools"
_ENDS_BLOCKED: Final = {"Blocked", "RefusedError"}
_ENDS_REFUSED: Final = {
    "InputError",
    "CredentialsError",
    "OrganizationError",
    "ApprovalError",
    "LedgerError",
    "RecordError",
}
"""What is also raised with a part of a sentence, without a full stop: another message says it, with its next step."""


@pytest.fixture(scope="module")
def pages() -> dict[Path, str]:
    """Every page, written now."""
    return generated()


def test_every_page_is_fresh(pages: dict[Path, str]) -> None:
    """Whoever changes a setting, a check, a message, an import or a docstring runs `make pages`."""
    stale = [path.name for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run make pages"
    reference = DOCS / "reference"
    written = {path for path in pages if path.is_relative_to(reference)}
    assert set(reference.rglob("*.md")) == written, "a page that nothing writes"


@pytest.mark.parametrize("name", settings_page.tables())
def test_every_setting_has_its_meaning(name: str) -> None:
    """In the docstring of its table, under Attributes."""
    model = settings_page.tables()[name]
    inner = {table.removeprefix(f"{name}.") if name else table for table in settings_page.tables()}
    assert {key for key in model.model_fields if key not in inner} <= settings_page.described(model).keys()


def test_every_check_is_in_the_catalogue_of_checks(pages: dict[Path, str]) -> None:
    """Once, as a heading."""
    headings = re.findall(r"^### (\S+) \(", pages[DOCS / "reference" / "checks.md"], re.MULTILINE)
    assert sorted(headings) == sorted(CATALOGUE)


def test_every_code_with_a_next_step_is_in_what_to_do_when(pages: dict[Path, str]) -> None:
    """Once, with its words."""
    page = pages[DOCS / "reference" / "what-to-do.md"]
    assert len(messages_page.codes()) > 400
    for code in messages_page.codes():
        assert page.count(f"| `{code.removeprefix('aws-')}` |") == 1, code


def _refusals(raised: set[str]) -> Iterator[tuple[str, str]]:
    """Where the code blocks an account or refuses with a message of its own, and the message's code."""
    for file in sorted(_CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in raised):
                continue
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                if isinstance(given, ast.Call) and ast.unparse(given.func) == "Message":
                    code = given.args[0]
                    if isinstance(code, ast.Constant):
                        yield f"{file.name}:{node.lineno}", str(code.value)


def test_every_refusal_and_every_reason_for_blocked_is_in_what_to_do_when() -> None:
    """A message that passes on the next step of another one has no row; the other one has."""
    rows = set(messages_page.codes())
    catalogue = messages_page.Catalogue()
    found = list(_refusals(_ENDS_BLOCKED))
    assert len(found) > 30
    found += [(where, code) for where, code in _refusals(_ENDS_REFUSED) if catalogue.value(code).endswith(".")]
    silent = [(where, code) for where, code in found if code not in rows and not catalogue.passes_on(code)]
    assert silent == [], "write the .next of each in orgtools/messages/en and ja"


def test_every_public_name_is_in_the_reference(pages: dict[Path, str]) -> None:
    """With words of its own: a name without a docstring says nothing."""
    for package in api_page.PACKAGES:
        page = pages[DOCS / "reference" / "api" / f"{package}.md"]
        entries = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
        assert [entry.split()[0].rpartition(".")[2] for entry in entries] == api_page.public(package)
        silent = [
            entry.split()[0] for entry in entries if not re.sub(r"```.*?```", "", entry, flags=re.DOTALL).split()[1:]
        ]
        assert silent == []


def test_a_method_says_what_it_raises_and_which_columns_it_has(pages: dict[Path, str]) -> None:
    """All of its docstring, not only the first paragraph."""
    page = pages[DOCS / "reference" / "api" / "orgtools.ui.md"]
    _, _, said = page.partition("### ui.Questions")[2].partition("`note() -> Message`: ")
    assert "\n    - Raises `InputError`: " in said.partition("\n- ")[0]
    assert "Columns: check (id), " in said.partition("`said() -> pd.DataFrame`: ")[2].partition("\n")[0]


def test_an_arrow_that_follows_from_others_is_not_drawn() -> None:
    """And one in a circle stays, so that a circle is seen."""
    assert map_page.needed({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == [("a", "b"), ("b", "c")]
    assert map_page.needed({"a": {"b"}, "b": {"a"}}) == [("a", "b"), ("b", "a")]
