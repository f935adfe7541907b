"""The catalogue and the code know the same messages, with the same facts, in every language."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from orgtools.messages import KINDS, LANGUAGES, FactKind
from orgtools.messages.facts import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT: Final = Path(__file__).parents[2] / "orgtools"
_INNER: Final = (FactKind.CLAUSE, FactKind.SENTENCE)
_ENGLISH, *_OTHERS = LANGUAGES
_PLURALS: Final = {"one", "other"}
_KANA_OR_KANJI: Final = r"[\u3040-\u30ff\u4e00-\u9fff]"
_JAPANESE: Final = re.compile(_KANA_OR_KANJI)
_BADLY_SPACED: Final = re.compile(rf"[、。「] | [、。」]|{_KANA_OR_KANJI}[A-Za-z0-9]|[A-Za-z0-9]{_KANA_OR_KANJI}")
_SAME: Final = {"settings-unplanned", "subject-control-tower", "subject-stacksets", "tags-cell-wrong"}
"""Messages whose words are meant to be the same in every language, beside names of AWS's (``.name``)."""


class _References(Visitor):
    """The messages and terms that an entry refers to, and of which attribute."""

    def __init__(self) -> None:
        self.parts = set[str]()

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 (the library looks for it)
        self.parts.add(f"{node.id.name}.{node.attribute.name}" if node.attribute else node.id.name)

    def visit_TermReference(self, node: fluent.TermReference) -> None:  # noqa: N802 (likewise)
        self.parts.add(f"-{node.id.name}")

    @property
    def codes(self) -> set[str]:
        return {part.partition(".")[0] for part in self.parts}


class _Variables(Visitor):
    """The facts that a pattern shows, or depends on, and those of the messages that it refers to.

    Attributes:
        facts: all of them.
        shown: those without which something would not be said: English needs a count for a plural alone.
        choices: for which values of a fact the pattern says something else; plurals and numbers are none.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.facts = set[str]()
        self.shown = set[str]()
        self.choices = set[tuple[str, str]]()

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802 (the library looks for it)
        keys = {variant.key.name for variant in node.variants if isinstance(variant.key, fluent.Identifier)}
        assert isinstance(node.selector, fluent.VariableReference)
        chooses = node.selector.id.name
        self.facts.add(chooses)
        if not keys <= _PLURALS or len(keys) < len(node.variants):
            self.shown.add(chooses)
        if not keys <= _PLURALS:
            self.choices |= {(chooses, key) for key in keys}
        for variant in node.variants:
            self.visit(variant.value)

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 (likewise)
        self.facts.add(node.id.name)
        self.shown.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 (likewise)
        held = _catalogue(self.language)[node.id.name]
        parts = {attribute.id.name: attribute for attribute in held.attributes}
        self.visit(parts[node.attribute.name] if node.attribute else held.value)


@cache
def _entries(language: str) -> dict[str, fluent.Message | fluent.Term]:
    """Messages by their code, and terms by their name with its ``-``."""
    found = dict[str, fluent.Message | fluent.Term]()
    for file in sorted((_ROOT / "messages" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message | fluent.Term):
                name = f"-{entry.id.name}" if isinstance(entry, fluent.Term) else entry.id.name
                assert name not in found, f"{file.name}: {name} is there twice"
                found[name] = entry
    return found


def _catalogue(language: str = _ENGLISH) -> dict[str, fluent.Message]:
    return {code: entry for code, entry in _entries(language).items() if isinstance(entry, fluent.Message)}


def _parts(language: str) -> dict[str, fluent.Pattern]:
    """What each message, attribute and term of a language says."""
    found = dict[str, fluent.Pattern]()
    for code, entry in _entries(language).items():
        if entry.value is not None:
            found[code] = entry.value
        found |= {f"{code}.{attribute.id.name}": attribute.value for attribute in entry.attributes}
    return found


def _variables(node: fluent.BaseNode, language: str = _ENGLISH) -> _Variables:
    seen = _Variables(language)
    seen.visit(node)
    return seen


def _uses(code: str) -> set[str]:
    """The facts that a message shows, in what happened and in what to do."""
    return _variables(_catalogue()[code]).facts


def _said() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where the code says which message, and with which facts; None where it passes them on."""
    for file in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                where = f"{file.relative_to(_ROOT)}:{node.lineno}"
                facts = {keyword.arg for keyword in node.keywords}
                for code in _codes(node.args[0]):
                    yield where, code, None if None in facts else {str(name) for name in facts}
    for template, code in _said_by_templates():
        if not code.endswith("-"):
            yield template, code, set()


def _said_by_templates() -> Iterator[tuple[str, str]]:
    """Where a template says which message without facts; a code that it puts together ends with ``-``."""
    for file in sorted(_ROOT.rglob("*.j2")):
        for code in re.findall(r'\bmessage\("([^"]+)"', file.read_text(encoding="utf-8")):
            yield file.name, code


def _written() -> tuple[set[str], tuple[str, ...]]:
    """Every text that stands in the code, and how the codes begin that it and the templates put together."""
    codes = {code for _, code in _said_by_templates()}
    texts, beginnings = codes, {code for code in codes if code.endswith("-")}
    for file in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
    return texts, tuple(beginning for beginning in beginnings if re.fullmatch(r"[a-z]+(-[a-z]+)*-", beginning))


def _codes(argument: ast.expr) -> list[str]:
    """The codes that an argument can be: a literal, or one of two."""
    if isinstance(argument, ast.IfExp):
        return [*_codes(argument.body), *_codes(argument.orelse)]
    return [str(argument.value)] if isinstance(argument, ast.Constant) else []


def _wrong(where: str, code: str, facts: set[str] | None) -> Iterator[str]:
    if code not in _catalogue():
        yield f"{where} says {code}, which no file of orgtools/messages/en has"
    elif facts and facts - KINDS.keys():
        yield f"{where}: orgtools/messages/facts.py lacks the kind of {sorted(facts - KINDS.keys())}"
    elif facts is not None:
        used = _uses(code)
        inner = {f"{name}_next" for name in facts if KINDS[name] in _INNER}
        given = facts | inner | {f"{name}_name" for name in facts & CHECKS}
        if used - given:
            yield f"{where}: {code} shows {sorted(used - given)}, which is not given"
        unused = {name for name in facts if not {name, f"{name}_next", f"{name}_name"} & used}
        if unused:
            yield f"{where}: {code} does not show {sorted(unused)}"


def test_every_message_that_is_said_is_in_the_catalogue_with_exactly_its_facts() -> None:
    """A missing sentence, a fact that no sentence shows and a sentence without its fact are all found."""
    assert [wrong for said in _said() for wrong in _wrong(*said)] == []


def test_every_message_of_the_catalogue_is_said() -> None:
    """By a literal, by a code that is put together from a table, or by another message that refers to it."""
    texts, beginnings = _written()
    references = _References()
    for entry in _catalogue().values():
        references.visit(entry)
    said = texts | references.codes
    assert [code for code in _catalogue() if code not in said and not code.startswith(beginnings)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_message_refers_to_is_in_its_language(language: str) -> None:
    """Another message, its attribute, or a term."""
    references = _References()
    for entry in _entries(language).values():
        references.visit(entry)
    assert sorted(references.parts - _parts(language).keys()) == []


@pytest.mark.parametrize("language", _OTHERS)
def test_a_language_says_all_that_english_says(language: str) -> None:
    """The same messages with the same attributes; what it says beside them its own messages refer to."""
    english, other = _parts(_ENGLISH).keys(), _parts(language).keys()
    references = _References()
    for entry in _entries(language).values():
        references.visit(entry)
    assert sorted(code for code in english - other if not code.startswith("-")) == []
    assert sorted(other - english - references.parts) == []


@pytest.mark.parametrize("language", _OTHERS)
def test_a_language_says_each_message_with_the_same_facts(language: str) -> None:
    """None is left out and none is asked for that is not given; each state is said that English says."""
    wrong, other = [], _parts(language)
    for part, english in _parts(_ENGLISH).items():
        if part not in other or part.startswith("-"):
            continue
        theirs, ours = _variables(english), _variables(other[part], language)
        if not theirs.shown <= ours.facts <= theirs.facts:
            wrong.append(f"{part}: {sorted(theirs.shown)} <= {sorted(ours.facts)} <= {sorted(theirs.facts)}")
        if not theirs.choices <= ours.choices:
            wrong.append(f"{part} does not say {sorted(theirs.choices - ours.choices)}")
    assert wrong == []


def _texts(node: fluent.BaseNode) -> str:
    """The words of a pattern without what it shows."""
    found = list[str]()

    class _Texts(Visitor):
        def visit_TextElement(self, node: fluent.TextElement) -> None:  # noqa: N802 (the library looks for it)
            found.append(node.value)

    _Texts().visit(node)
    return " ".join(found)


def test_every_japanese_message_is_japanese() -> None:
    """What has no Japanese character is a name of AWS's, the same in every language, or was forgotten."""
    english = _parts(_ENGLISH)
    left = [
        part
        for part, pattern in _parts("ja").items()
        if re.search("[A-Za-z]", _texts(pattern)) and not _JAPANESE.search(_texts(pattern)) and part not in _SAME
        if not (part.endswith(".name") and part in english and _texts(pattern) == _texts(english[part]))
    ]
    assert left == []


def _closed(pattern: fluent.Pattern) -> bool:
    """Whether a pattern itself ends with a full stop."""
    last = pattern.elements[-1]
    if isinstance(last, fluent.Placeable) and isinstance(last.expression, fluent.SelectExpression):
        return _closed(last.expression.variants[-1].value)
    return isinstance(last, fluent.TextElement) and last.value.rstrip().endswith((".", "。"))


def test_a_japanese_sentence_ends_where_the_english_one_does() -> None:
    """A clause goes into a sentence, and a sentence is one: neither may have a full stop too many or too few."""
    english, japanese = _parts(_ENGLISH), _parts("ja")
    both = [part for part in japanese if part in english]
    assert [part for part in both if _closed(english[part]) != _closed(japanese[part])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_has_a_mark_that_only_markdown_renders(language: str) -> None:
    """A terminal and a notebook show sentences as they are; a command stands between quotation marks."""
    assert [part for part, pattern in _parts(language).items() if re.search(r"`|\*\*|\]\(", _texts(pattern))] == []


def test_japanese_is_spaced_as_aws_writes_it() -> None:
    """A space between Japanese and Latin, none between sentences or beside Japanese punctuation."""
    assert [part for part, pattern in _parts("ja").items() if _BADLY_SPACED.search(_without_facts(pattern))] == []


def _without_facts(pattern: fluent.Pattern) -> str:
    """A pattern's own words, with a mark for each thing that it shows."""
    return "".join(one.value if isinstance(one, fluent.TextElement) else "\0" for one in pattern.elements)
