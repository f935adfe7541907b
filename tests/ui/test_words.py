"""What notebooks show is in the catalogue: states, subjects and headings, and no sentence in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import findings, steps
from orgtools.assess import CATALOGUE
from orgtools.messages import LANGUAGES, heading, known, slug
from orgtools.messages.rendering import _entries
from orgtools.ui import words
from orgtools.ui.words import SIGNS, WRAPPED, Calling, Mark, Passing, some, word

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import Enum

_ROOT: Final = Path(__file__).parents[2] / "orgtools"
ELSEWHERE: Final = ("messages", "rehearsal")
"""Rooms without this rule: the kinds of facts are listed in one, the other imitates AWS, in AWS's own words."""
_SENTENCE: Final = re.compile(r"(?<![\w.<#'\"=-])[A-Za-z]?[a-z]+[,:;]? [a-z]+(?![\w=('\":{<-])")
"""Two words beside each other, the second in small letters."""
_CODE: Final = re.compile(r"<style>.*?</style>|<script>.*?</script>|<[^<>]*>", re.DOTALL)
"""What is no text of a page."""
_STYLES: Final = re.compile(r"[\w-]+:[^;]+(;[\w-]+:[^;]+)*;?")
"""The value of a style attribute."""
EXCEPTIONS: Final = frozenset(
    {
        # Values of CSS and of a chart.
        *("row wrap", "upper center"),
        # What programs read or AWS writes: states, names of services and quotas, and what is looked for in answers.
        *(
            "not started",
            "stopped on the way",
            "somebody else",
            "number of accounts",
            "not enabled",
            "may deny",
            "ecr registry ",
        ),
        *("identity center", "permission set", ":permission set ", "control tower", "field limit"),
        *("not authorized to perform: ([\\w-]+:\\w+)", "IPython parent .* is not a writable location"),
        # Errors of whoever writes a check or an import, which no operator can cause.
        *(
            "a check inside a member account is not told of all accounts",
            " may say ",
            " at the worst",
            "no check asks ",
        ),
        *(" reads from AWS itself", " reads nothing from AWS itself", "this thread looks into another account already"),
        *(" may change something, and looking changes nothing", " is not among the actions that the check declares"),
        *("No module named ", " has no attribute "),
        *("nobody looked: that is neither none nor some", "nobody looked up ", ", and nobody said so"),
        *(
            "only some were asked about, and this is a question about all",
            "nobody asked about ",
            *("nobody read what is below ", "nobody asked for ", "nobody counted "),
        ),
        # Commands.
        *("make lab", "orgtools lab"),
    }
)
"""Texts that look like sentences and are none for operators."""
_SQL: Final = re.compile(r"\s*(SELECT|INSERT|CREATE|UPDATE|DELETE)\b")
_SHOWN: Final = frozenset({"description", "placeholder", "tooltip"})
"""What a widget shows beside its value."""


def _constants(file: Path) -> Iterator[tuple[int, str]]:
    """Every text of a file that is neither a docstring nor the help of a command, with its line."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    said |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "help"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def _reads_as_a_sentence(text: str) -> bool:
    if text in EXCEPTIONS or known(heading(text).code) or _STYLES.fullmatch(text) or _SQL.match(text):
        return False
    return _SENTENCE.search(_CODE.sub(" ", text)) is not None


def _files(room: str = "") -> list[Path]:
    found = sorted((_ROOT / room).rglob("*.py"))
    return [path for path in found if path.relative_to(_ROOT).parts[0] not in ELSEWHERE]


def test_no_text_of_the_code_reads_as_a_sentence() -> None:
    """Sentences are in the catalogue, where somebody can mend and translate them."""
    found = [
        f"{file.relative_to(_ROOT)}:{line}: {text!r}"
        for file in _files()
        for line, text in _constants(file)
        if _reads_as_a_sentence(text)
    ]
    assert found == []


def test_no_widget_has_a_label_of_its_own() -> None:
    """One word is no sentence, and is read all the same."""
    found = [
        f"{file.relative_to(_ROOT)}:{node.lineno}: {keyword.arg}"
        for file in _files("ui")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in _SHOWN and isinstance(keyword.value, ast.Constant | ast.JoinedStr)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Nothing to approve.", True),
        ("accounts chosen", True),
        ("<b>What to do first</b>", True),
        ("<div class='orgtools-table long'>", False),
        ("font-family:monospace;letter-spacing:.15em;", False),
        ("orgtools-assessed", False),
        ("where it stands", False),
    ],
)
def test_what_reads_as_a_sentence(text: str, reads: bool) -> None:
    """Words beside each other; neither marks of a page nor columns that programs read."""
    assert _reads_as_a_sentence(text) is reads


def _columns() -> Iterator[str]:
    """The columns of the tables that notebooks show."""
    for file in _files("ui"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign | ast.keyword) and isinstance(node.value, ast.List):
                name = node.arg if isinstance(node, ast.keyword) else ast.unparse(node.targets[0])
                if name == "columns":
                    yield from (str(one.value) for one in node.value.elts if isinstance(one, ast.Constant))


def test_every_column_of_a_notebooks_table_has_a_heading() -> None:
    """Its name is for programs."""
    columns = {*_columns(), *WRAPPED, *(step.subject for step in (*steps.ALL, steps.REPLICATE))}
    assert {"account", "what AWS shows"} <= columns
    assert [column for column in columns if not known(heading(column.removesuffix(" (UTC)")).code)] == []


@pytest.mark.parametrize(("column", "shown"), [("wave", "wave"), ("is", "now"), ("wave 2", "wave 2"), ("at_", "at_")])
def test_a_column_of_somebodys_own_table_is_shown_as_it_is(column: str, shown: str) -> None:
    """It is none of ours, whatever it begins with."""
    assert words.heading(column) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_every_subject_and_every_heading_of_the_catalogue_is_used(language: str) -> None:
    """Their codes are put together; and no other code begins like them."""
    states: list[Enum] = [*Mark, *Calling, *Passing, *steps.Status, *findings.Verdict]
    assert set(SIGNS) == set(states)
    codes = {word(state).code for state in SIGNS}
    codes |= {f"subject-{slug(check.subject)}" for check in CATALOGUE.values()}
    texts = {text for file in _files() for _, text in _constants(file)}
    codes |= {heading(text).code for text in texts} & _entries(language).keys()
    beginnings = ("mark-", "calling-", "passing-", "outcome-", "status-", "subject-", "heading-")
    assert codes == {code for code in _entries(language) if code.startswith(beginnings)}


def test_every_kind_of_state_has_signs_that_need_no_colour() -> None:
    """No two states of a kind share one."""
    for kind in (Mark, Calling, Passing, steps.Status, findings.Verdict):
        signs = [SIGNS[state] for state in kind]
        assert len(set(signs)) == len(signs)
        assert {len(sign) for sign in signs} == {1}


@pytest.mark.parametrize(
    ("count", "words"), [(0, ""), (1, "a0"), (3, "a0, a1, a2"), (4, "a0, a1, a2 and 1 more"), (1003, "1,000 more")]
)
def test_of_many_names_the_first_are_named(count: int, words: str) -> None:
    """The rest is counted."""
    assert some([f"a{number}" for number in range(count)], 3).endswith(words)
