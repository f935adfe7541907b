"""What to do when: every message of the English catalogue that has a next step."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from tests.docs.markdown import cell, page, table

CATALOGUE: Final = Path(__file__).parents[2] / "orgtools" / "messages" / "en"
Entry: TypeAlias = fluent.Message | fluent.Term
_NEXT: Final = "next"
_AWS: Final = "aws-"
_INTRODUCTION: Final = """\
Every refusal, every reason for *blocked* and every error that has a next step, as orgtools writes it. Find the
sentence that you see, or the code that `ledger.sqlite`, `findings.csv` and `outcomes.csv` show. Words in *italics*
are the facts of your case, such as an account id; `A / B` means one or the other. For findings of an assessment see
[the checks](checks.md)."""
_OF_AWS: Final = """\
If AWS refuses a call, orgtools shows AWS's error code and message, and this next step. Where AWS gives a reason, the
reason decides."""


@cache
def _entries() -> tuple[tuple[str, Entry], ...]:
    """Each entry with the name of its file."""
    found: list[tuple[str, Entry]] = []
    for file in sorted(CATALOGUE.glob("*.ftl")):
        body = FluentParser().parse(file.read_text(encoding="utf-8")).body
        found += [(file.stem, entry) for entry in body if isinstance(entry, fluent.Message | fluent.Term)]
    return tuple(found)


class Catalogue:
    """The messages, and how a reader sees them before any fact is known."""

    def __init__(self) -> None:
        self._known: dict[str, Entry] = {entry.id.name: entry for _, entry in _entries()}

    def said(self, pattern: fluent.Pattern | None) -> str:
        """A pattern in Markdown: facts in italics, other messages in their place, choices beside each other."""
        elements = pattern.elements if pattern else ()
        return "".join(
            _text(element.value) if isinstance(element, fluent.TextElement) else self._expression(element.expression)
            for element in elements
        )

    def value(self, code: str) -> str:
        """What a message says."""
        return self.said(self._known[code].value)

    def attribute(self, code: str, name: str) -> str:
        """What a message says beside that."""
        return self.said(next(one.value for one in self._known[code].attributes if one.id.name == name))

    def passes_on(self, code: str) -> bool:
        """Whether a message's next step is that of another one that it holds."""
        step = self.next_step(self._known[code])
        return step is not None and not _is_words(self.said(step))

    def next_step(self, entry: Entry) -> fluent.Pattern | None:
        """Its next step, if it has one."""
        return next((one.value for one in entry.attributes if one.id.name == _NEXT), None)

    def _expression(self, expression: fluent.InlineExpression | fluent.SelectExpression | fluent.Placeable) -> str:
        if isinstance(expression, fluent.SelectExpression):
            ways = [self.said(variant.value).strip() for variant in expression.variants]
            if {variant.key.name for variant in expression.variants if isinstance(variant.key, fluent.Identifier)} <= {
                "one",
                "other",
            }:
                return ways[-1]
            return " / ".join(way or "(nothing)" for way in ways)
        if isinstance(expression, fluent.VariableReference):
            return f"*{expression.id.name.replace('_', ' ')}*"
        if isinstance(expression, fluent.MessageReference | fluent.TermReference):
            held = self._known[expression.id.name]
            attribute = expression.attribute.name if expression.attribute else ""
            parts = {one.id.name: one.value for one in held.attributes}
            return self.said(parts[attribute] if attribute else held.value)
        if isinstance(expression, fluent.StringLiteral):
            return _text(expression.value)
        assert isinstance(expression, fluent.FunctionReference), expression
        return self._expression(expression.arguments.positional[0])


def _text(text: str) -> str:
    """Plain text as Markdown shows it: nothing in it is a mark."""
    return re.sub(r"([*\[\]`]|(?<!\w)_|_(?!\w))", r"\\\1", text)


def _is_words(text: str) -> bool:
    """Whether something is left where the facts are taken away: else the next step is another message's."""
    return bool(re.search(r"\w", re.sub(r"\*[^*]+\*", "", text)))


_HEADINGS: Final = {
    "aws": "Access and answers of AWS",
    "assess": "Assessing",
    "back": "The way back and restoring",
    "checks": "Assessing",
    "cli": "Commands",
    "engine": "Approving and performing",
    "handshakes": "Handshakes and the audit",
    "input": "Files and settings",
    "policies": "Policies",
    "record": "Records",
    "record-checking": "Checking a record",
    "rehearsal": "The rehearsal",
    "steps": "What a step decides",
    "ui": "Notebooks",
}
"""What each file of the catalogue is about, for operators; a file without one of these has its name."""


@cache
def codes() -> tuple[str, ...]:
    """The codes that the page has to have: of each message with a next step in words, but those of checks."""
    catalogue = Catalogue()
    return tuple(
        entry.id.name
        for _, entry in _entries()
        if entry.id.name.startswith(_AWS)
        or ((step := catalogue.next_step(entry)) and _is_words(catalogue.said(step)) and not _is_check(entry))
    )


def _is_check(entry: Entry) -> bool:
    return entry.id.name.startswith("check-")


def write() -> str:
    """The page."""
    catalogue = Catalogue()
    wanted = set(codes())
    groups: dict[str, list[tuple[str, str, str]]] = {}
    of_aws: list[tuple[str, str]] = []
    for file, entry in _entries():
        code = entry.id.name
        if code not in wanted:
            continue
        if code.startswith(_AWS):
            of_aws.append((f"`{code.removeprefix(_AWS)}`", cell(catalogue.said(entry.value))))
            continue
        row = (cell(catalogue.said(entry.value)), cell(catalogue.said(catalogue.next_step(entry))), f"`{code}`")
        groups.setdefault(_HEADINGS.get(file, file), []).append(row)
    parts = [
        f"## {name}\n\n{table(('what orgtools shows', 'what to do', 'code'), rows)}" for name, rows in groups.items()
    ]
    errors = f"## Error codes and reasons of AWS\n\n{_OF_AWS}\n\n{table(('code of AWS', 'what to do'), sorted(of_aws))}"
    return page("What to do when", "orgtools/messages/en", _INTRODUCTION, errors, *parts)
