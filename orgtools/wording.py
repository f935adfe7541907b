"""Counts in sentences: words that agree with them."""

from __future__ import annotations

from typing import Final

_OF_ONE: Final = {"are": "is", "were": "was", "have": "has", "go": "goes"}
"""Verbs that take more than an s beside a single thing."""


def many(count: int, thing: str) -> str:
    """How many there are of a thing: ``no accounts``, ``1 account``, ``5,000 accounts``."""
    return f"{f'{count:,}' if count else 'no'} {noun(count, thing)}"


def noun(count: int, thing: str) -> str:
    """What stands behind a count that is written apart: ``0 of 1 account``, ``2 of 3 policies``."""
    if count == 1:
        return thing
    return f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"


def verb(count: int, plural: str) -> str:
    """What so many of a thing do: of ``wait`` it makes ``waits`` for one, of ``are`` ``is``."""
    return _OF_ONE.get(plural, f"{plural}s") if count == 1 else plural
