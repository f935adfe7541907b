"""A message: a code and its facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self, TypeAlias

from orgtools.messages.facts import KINDS, FactKind

Fact: TypeAlias = "str | int | bool | datetime | timedelta | Message | tuple[Fact, ...] | None"
"""What a message may carry; of a list each item is a fact of the list's kind."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """What happened or is so, as a code and typed facts; the catalogue has its words.

    Two messages are equal when their codes and facts are, whatever the catalogue says.

    Attributes:
        code: its name in the catalogue, such as ``invite-pending``.
        facts: what the sentence is about, by name; `KINDS` says of what kind each name is.
    """

    code: str
    facts: Mapping[str, Any] = field(hash=False)

    def __init__(self, code: str, /, **facts: Fact | list[Any]) -> None:
        """A message; lists become tuples.

        Raises:
            TypeError: a fact's name has no kind.
        """
        strange = [name for name in facts if name not in KINDS]
        if strange:
            message = f"{code}: no kind of fact is named {', '.join(sorted(strange))}; see orgtools/messages/facts.py"
            raise TypeError(message)
        object.__setattr__(self, "code", code)
        object.__setattr__(
            self, "facts", {name: tuple(fact) if isinstance(fact, list) else fact for name, fact in facts.items()}
        )

    def __str__(self) -> str:
        """What happened, in the language of this process."""
        from orgtools.messages.rendering import render  # noqa: PLC0415 (the two need each other)

        return render(self)

    def as_json(self) -> dict[str, Any]:
        """As the ledger and the record hold it."""
        return {"code": self.code, "facts": {name: as_json(fact) for name, fact in self.facts.items()}}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        """The message that `as_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no message.
        """
        return cls(held["code"], **{name: _from_json(fact, KINDS[name]) for name, fact in held["facts"].items()})


FREE: Final = "free"
"""The code of a message that brings its own words: they are the sentence."""


def free(words: object, then: object = "") -> Message:
    """A sentence of a caller that is in no catalogue, with what to do then beside it."""
    if isinstance(words, Message) and not then:
        return words
    return Message(FREE, words=str(words), next=str(then))


def slug(name: str) -> str:
    """A name that is for programs, of a column or a subject, as the code of the message that is for people ends."""
    return re.sub(r"\W+", "-", name.lower()).strip("-")


def heading(column: str) -> Message:
    """What a column is called for people; `known` tells whether the catalogue has that."""
    return Message(f"heading-{slug(column)}")


def as_json(fact: Fact) -> Any:
    """A fact as the ledger, the record and other files of JSON hold it; a length of time is in seconds."""
    if isinstance(fact, Message):
        return fact.as_json()
    if isinstance(fact, datetime):
        return fact.isoformat()
    if isinstance(fact, timedelta):
        return fact.total_seconds()
    return [as_json(item) for item in fact] if isinstance(fact, tuple) else fact


def _from_json(held: Any, kind: FactKind) -> Fact:
    if isinstance(held, Mapping):
        return Message.from_json(held)
    if isinstance(held, list):
        return tuple(_from_json(item, kind) for item in held)
    if kind is FactKind.TIME and held is not None:
        return datetime.fromisoformat(held)
    if kind is FactKind.SPAN and held is not None:
        return timedelta(seconds=held)
    return held  # type: ignore[no-any-return] # what JSON holds beside lists and objects is a fact as it is
