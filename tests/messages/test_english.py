"""The English that operators read: no words of a list, no long sentences, and no check's code alone.

A failure says which word to write instead. Code in backticks and blocks of code are not English, and are left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT: Final = Path(__file__).parents[2]
_LONGEST: Final = 28
"""Words in a sentence of a notebook or of the catalogue; most have fewer than 20."""

_INSTEAD: Final = {
    # What is false, or hides who does what.
    r"call(s|ed|ing)? nothing|nothing (is|was) called": "changes nothing, or makes no call",
    r"out of the plan": "on hold, or not in the plan",
    r"\b(is|are|was|were|be|been) (not )?told\b": "name who shows it: orgtools shows, the message says",
    r"\bis said\b|\bit says so\b": "the preview shows",
    r"\bnoted\b": "recorded",
    r"\b(is|are|was|were|not|of|cancel) ours\b": "the destination's, or without access to the source",
    r"\bso that\b[^.;:]{0,80}\bmay\b": "so, with an active verb",
    # Words that are read twice.
    r"\blook(s|ed|ing)? on\b": "wait for AWS, or poll",
    r"\bagain and again\b": "polls",
    r"\blook(s|ed|ing)? whether\b": "checks whether",
    r"\b(could|can|cannot) (not )?(be )?look(ed)?( at)?\b(?! up)": "could not be read, or could not be checked",
    r"\b(not|never) looked (at|into)\b|\blooks? again\b": "not read, not checked, or checks again",
    r"\bsees? whether\b": "checks whether",
    r"\bwhat is so\b": "current state",
    r"\b(is|was) read from AWS\b": "comes from AWS",
    r"\bdo what (its|AWS's) words say\b": "follow its error message",
    r"\bwould not tell\b": "cannot identify",
    r"\bgets? in\b": "can enter",
    r"\bhand(s|ed|ing)? on\b": "share",
    r"\b(stands?|stood|standing)\b(?! alone)": "is",
    r"\bunder way\b": "in progress",
    r"\b(is|are|was|were) at work\b": "AWS is working on, or is in progress",
    r"\bany ?more\b": "no longer",
    r"\bno more(?=[.,;:]|$)": "no longer, or nothing else",
    r"\bwithout need of\b": "not needed",
    r"\b(taken|takes?) for\b": "counts as",
    r"\bnone of an? \w+'s\b": "not part of",
    r"\blets? ((the|an|one|side|it|them|source|destination|account) )*(in|out)\b": "give access, or remove access",
    r"\blet(s|ting)? (an? |the |no |each |it )?(\w+ )?go\b": "move, or remove",
    r"\bmay go\b": "can be moved",
    r"\b(in the way|stands? against)\b": "blocks",
    r"\b(took|tak(e|es|en|ing)) (\w+ ){0,3}out\b": "remove",
    r"\btak(es?|en|ing) (\w+ )?invitations? back\b|\binvitations? (is|are) taken back\b": "cancel",
    r"\bput(s|ting)? (\w+ )?right\b": "fix",
    r"\bcomes? to (govern|trust)\b": "starts to",
    r"\bin the end\b": "finally",
    r"\bfor nothing\b": "say what is lost",
    r"\bguard rails?\b": "controls, or policies",
    r"\banew\b": "again",
    r"\bby itself\b|\bby themselves\b": "automatically",
    r"\b(remarkable|odd)\b": "unexpected",
    r"\b(homeward|at home|home again|goes home|way home)\b": "back in the source",
    r"\b(lest|whence|thereof|wherefore|inasmuch|shall|upon)\b": "a plain word",
    r"\b(is|are|was|were) to be\b": "must be, or what the operator does",
    r"\ba pilot tells\b|\bcontradicts itself\b": "AWS's documentation is contradictory; test one pilot account",
    r"\b(knows|known) for what it is\b|\bis what it is\b": "say what it is",
    r"\bwhoever owns?\b": "the owner of",
    # AWS's spelling.
    r"\bcancell(ed|ing|s)\b": "canceled, canceling",
    r"\benrolment\b": "enrollment",
    r"\bstand-alone\b": "standalone",
    r"\b(colour|behaviour|licence|organisation|authoris|recognis|summaris)\w*": "American spelling, as AWS",
}
"""What is not written, as a regular expression, and what is better."""
_ALONE: Final = re.compile(r"(?<![(\w./-])(?<!answer )[BDEH]\d{1,2}(?:\.[a-z][\w-]*+)?+\b(?! \(|: |\)|\.)")
"""The code of a check without what it is about; where somebody answers a question, its code is what is typed."""
_CODE: Final = re.compile(r"```.*?```|^(?: {4}[^\n]*\n)+|`[^`]+`", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(r"\]\([^)]*\)|<!--.*?-->|https?://\S+", re.DOTALL)


def _plain(text: str) -> str:
    """Markdown without its code and addresses; each piece of code counts as a word."""
    return _LINK.sub("]", _CODE.sub("CODE", text))


def _words(pattern: fluent.Pattern) -> Iterator[str]:
    """The ways in which a message is written, each fact a word: once with each variant of a selector."""
    ways = [""]
    for element in pattern.elements:
        if isinstance(element, fluent.TextElement):
            parts = [element.value]
        elif isinstance(element.expression, fluent.SelectExpression):
            parts = [part for variant in element.expression.variants for part in _words(variant.value)]
        else:
            parts = ["FACT"]
        several = max(len(ways), len(parts))
        ways = [ways[min(at, len(ways) - 1)] + parts[min(at, len(parts) - 1)] for at in range(several)]
    yield from (re.sub(r"^ *aws .*$", "CODE", way, flags=re.MULTILINE) for way in ways)


def _messages() -> Iterator[tuple[str, str]]:
    for file in sorted((_ROOT / "orgtools" / "messages" / "en").glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message | fluent.Term):
                where = f"{file.name}: {entry.id.name}"
                patterns = {where: entry.value} | {f"{where}.{one.id.name}": one.value for one in entry.attributes}
                yield from ((name, way) for name, pattern in patterns.items() if pattern for way in _words(pattern))


def _cells() -> Iterator[tuple[str, str]]:
    for file in sorted((_ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"{file.name}, cell {cell['id']}", _plain("".join(cell["source"]))


def _pages() -> Iterator[tuple[str, str]]:
    docs = _ROOT / "docs"
    # Engineers read what docstrings say, and Japanese has words of its own.
    apart = (docs / "reference" / "api", docs / "ja")
    pages = [file for file in sorted(docs.rglob("*.md")) if not any(file.is_relative_to(one) for one in apart)]
    for file in (_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", _ROOT / "SECURITY.md", *pages):
        yield file.name, _plain(file.read_text(encoding="utf-8"))
    changes = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = changes.partition("## Unreleased")[2].partition("\n## ")[0]
    yield "CHANGELOG.md, not released", _plain(unreleased)


def _blocks(text: str) -> Iterator[str]:
    """Paragraphs, items of a list and cells of a table, each on one line."""
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*] |\d+\. |\|))|(?<=\w)\s*\|", text):
        yield " ".join(block.split())


def _sentences(text: str) -> Iterator[str]:
    for block in _blocks(text):
        yield from re.split(r"(?<=[.!?:;])[*_)\"]*\s+", block)


def _context(text: str, found: re.Match[str]) -> str:
    return f"...{text[max(0, found.start() - 40) : found.end() + 40]}..."


_SOURCES: Final = {"the catalogue": _messages, "the notebooks": _cells, "the pages": _pages}


@pytest.mark.parametrize("source", _SOURCES)
def test_no_word_of_the_list_is_written(source: str) -> None:
    """What an operator would read twice has a better word, beside it in the list."""
    wrong = []
    for where, text in _SOURCES[source]():
        line = " ".join(text.split())
        for words, better in _INSTEAD.items():
            wrong += [
                f"{where}: {_context(line, found)} write: {better}" for found in re.finditer(words, line, re.IGNORECASE)
            ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("source", ["the catalogue", "the notebooks"])
def test_no_sentence_is_long(source: str) -> None:
    """Whoever reads at night reads it once."""
    long = [
        f"{where}: {len(sentence.split())} words: {sentence}"
        for where, text in _SOURCES[source]()
        for sentence in _sentences(text)
        if len(sentence.split()) > _LONGEST
    ]
    assert not long, "\n" + "\n".join(long)


@pytest.mark.parametrize("source", _SOURCES)
def test_no_code_of_a_check_is_alone(source: str) -> None:
    """E7 says nothing; "E7 (delegated administrator)" does."""
    alone = [
        f"{where}: {_context(line, found)}"
        for where, text in _SOURCES[source]()
        for line in [" ".join(text.split())]
        for found in _ALONE.finditer(line)
    ]
    assert not alone, "\n" + "\n".join(alone)
