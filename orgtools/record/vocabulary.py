"""The words that orgtools itself says: in a redacted record a sentence may hold these, and no others."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from orgtools.wording import noun, verb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

WORD: Final = r"\w[\w\u2019']*"
"""A word as both the vocabulary and the texts are cut into."""

_NOT_OURS: Final = frozenset({"rehearsal"})
"""Rooms whose texts are made-up names."""
_SPANS: Final = ("second", "minute", "hour", "day", "week", "month", "year", "a", "an", "now")
"""What humanize says about lengths of time."""
_OTHERS: Final = (
    *("PENDING_ACTIVATION", "ACTIVE", "SUSPENDED", "PENDING_CLOSURE", "CLOSED", "CREATED", "INVITED"),
    *("REQUESTED", "OPEN", "ACCEPTED", "DECLINED", "CANCELED", "EXPIRED", "INVITE", "TRANSFER_RESPONSIBILITY"),
    *("ConnectionClosedError", "ConnectTimeoutError", "EndpointConnectionError", "ReadTimeoutError"),
)
"""AWS's states and actions, and how botocore calls an answer that does not come."""
_AGREEING: Final = {"many": noun, "noun": noun, "verb": verb}
"""What makes another form of a word in the source, by the name it is called by there."""


@cache
def vocabulary() -> frozenset[str]:
    """Every word in a text of orgtools' own source, docstrings left out: those hold examples."""
    words = {*_OTHERS, *(form for span in _SPANS for form in (span, f"{span}s"))}
    for module in _modules(files("orgtools")):
        for text in _texts(ast.parse(module.read_text(encoding="utf-8"))):
            words.update(re.findall(WORD, text))
    return frozenset(words)


def known(word: str) -> bool:
    """Whether orgtools says this word, perhaps without the capital of a sentence's beginning."""
    words = vocabulary()
    return word in words or word[:1].lower() + word[1:] in words


def _modules(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in _NOT_OURS:
                yield from _modules(entry)
        elif entry.name.endswith(".py"):
            yield entry


def _texts(module: ast.Module) -> Iterator[str]:
    prose = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _AGREEING:
            words = [str(word.value) for word in node.args[1:] if isinstance(word, ast.Constant)]
            yield from (_AGREEING[node.func.id](count, word) for word in words for count in (1, 2))
