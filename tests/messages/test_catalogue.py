"""The catalogue and the code know the same messages, with the same facts."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from orgtools.messages import KINDS, FactKind
from orgtools.messages.facts import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT: Final = Path(__file__).parents[2] / "orgtools"
_INNER: Final = (FactKind.CLAUSE, FactKind.SENTENCE)


class _Variables(Visitor):
    """The facts that a pattern shows, and those of the messages that it refers to."""

    def __init__(self) -> None:
        self.facts = set[str]()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 (the library looks for it)
        self.facts.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 (likewise)
        held = _catalogue()[node.id.name]
        parts = {attribute.id.name: attribute for attribute in held.attributes}
        self.visit(parts[node.attribute.name] if node.attribute else held.value)


@cache
def _catalogue(language: str = "en") -> dict[str, fluent.Message]:
    found = dict[str, fluent.Message]()
    for file in sorted((_ROOT / "messages" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{file.name}: {entry.content}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{file.name}: {entry.id.name} is there twice"
                found[entry.id.name] = entry
    return found


def _uses(code: str) -> set[str]:
    """The facts that a message shows, in what happened and in what to do."""
    seen = _Variables()
    seen.visit(_catalogue()[code])
    return seen.facts


def _said() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where the code says which message, and with which facts; None where it passes them on."""
    for file in sorted(_ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message":
                where = f"{file.relative_to(_ROOT)}:{node.lineno}"
                facts = {keyword.arg for keyword in node.keywords}
                for code in _codes(node.args[0]):
                    yield where, code, None if None in facts else {str(name) for name in facts}


def _codes(argument: ast.expr) -> list[str]:
    """The codes that an argument can be: a literal, or one of two."""
    if isinstance(argument, ast.IfExp):
        return [*_codes(argument.body), *_codes(argument.orelse)]
    return [str(argument.value)] if isinstance(argument, ast.Constant) else []


def _wrong(where: str, code: str, facts: set[str] | None) -> Iterator[str]:
    if code not in _catalogue():
        yield f"{where} says {code}, which no file of orgtools/messages/en has"
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
