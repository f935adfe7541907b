"""How much a record shows: to everybody, to a partner, inside the house. What has no kind is not shown."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import HIDDEN, mask_secrets
from orgtools.messages import KINDS, FactKind, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.messages import Fact


class Level(StrEnum):
    """Who a record is for; credentials and e-mail addresses are in none."""

    PUBLIC = "public"
    """Everything that identifies is a pseudonym."""
    PARTNER = "partner"
    """Ids of accounts, organizations, handshakes and requests as they are; names, tags and callers are pseudonyms."""
    INTERNAL = "internal"
    """Ids and names as they are."""


class Showing(Enum):
    """What a level does with a fact."""

    AS_IS = auto()
    PSEUDONYM = auto()
    HIDDEN = auto()


SHOWN: Final[Mapping[FactKind, tuple[Showing, Showing]]] = {
    FactKind.ACCOUNT: (Showing.PSEUDONYM, Showing.AS_IS),
    FactKind.ORGANIZATION: (Showing.PSEUDONYM, Showing.AS_IS),
    FactKind.HANDSHAKE: (Showing.PSEUDONYM, Showing.AS_IS),
    FactKind.REQUEST: (Showing.PSEUDONYM, Showing.AS_IS),
    FactKind.UNIT: (Showing.PSEUDONYM, Showing.AS_IS),
    FactKind.ARN: (Showing.PSEUDONYM, Showing.PSEUDONYM),
    FactKind.DIGEST: (Showing.PSEUDONYM, Showing.PSEUDONYM),
    FactKind.NAME: (Showing.PSEUDONYM, Showing.PSEUDONYM),
    FactKind.TIME: (Showing.AS_IS, Showing.AS_IS),
    FactKind.SPAN: (Showing.AS_IS, Showing.AS_IS),
    FactKind.COUNT: (Showing.AS_IS, Showing.AS_IS),
    FactKind.NUMBER: (Showing.AS_IS, Showing.AS_IS),
    FactKind.TERM: (Showing.AS_IS, Showing.AS_IS),
    FactKind.WORDS: (Showing.HIDDEN, Showing.HIDDEN),
}
"""What everybody and a partner see of each kind of fact; of a message inside a message, its own facts."""

_FORMS: Final[Mapping[FactKind, re.Pattern[str]]] = {
    FactKind.ACCOUNT: re.compile(r"[0-9]{12}"),
    FactKind.ORGANIZATION: re.compile(r"o-[a-z0-9]{10,32}"),
    FactKind.HANDSHAKE: re.compile(r"h-[0-9a-z]{8,32}"),
    FactKind.REQUEST: re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    FactKind.UNIT: re.compile(r"ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32}"),
    FactKind.TIME: re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z|[+-]\d\d:\d\d)?)?"),
    FactKind.NUMBER: re.compile(r"\d{1,6}"),
    FactKind.TERM: re.compile(r"(?!(?:\D*\d){7})[\w .:,;|/*'()\[\]-]{0,100}", re.ASCII),
}
"""How a fact of a kind is written; what is written otherwise is something else, and is not shown as it is."""
_LABELS: Final[Mapping[FactKind, str]] = {FactKind.ARN: "caller"}
"""What the pseudonym of a kind begins with, if not with the kind's name."""
_ONE: Final[Mapping[str, str]] = {"names": "name", "roles": "role", "tags": "tag", "policies": "policy"}
"""Of the names of facts that are lists of names: what one of them is called, alone and in a list."""
_LENGTH: Final = 10


class Redactor:
    """Shows what a level shows; one for each record, so that one thing has one pseudonym in all of its files.

    A pseudonym is an HMAC under a random key that is kept nowhere: trying out all account ids does not lead back.
    """

    def __init__(self, level: Level) -> None:
        """Redact for one record."""
        self.level = level
        self._key = secrets.token_bytes(32)

    @property
    def shows_names(self) -> bool:
        """Whether names stay as they are."""
        return self.level is Level.INTERNAL

    def message(self, message: Message) -> Message:
        """A message whose facts are shown by their kind."""
        return Message(
            message.code, **{name: self.fact(fact, KINDS[name], name) for name, fact in message.facts.items()}
        )

    def fact(self, fact: Fact, kind: FactKind, name: str = "") -> Fact:
        """A fact as the level shows it.

        Args:
            fact: the fact; of a list each item is shown.
            kind: what it is; `SHOWN` says what follows.
            name: what the pseudonym of something that people named begins with.
        """
        if isinstance(fact, Message):
            return self.message(fact)
        if isinstance(fact, tuple):
            return tuple(self.fact(one, kind, name) for one in fact)
        return self.text(fact, kind, name) if isinstance(fact, str) else fact

    def text(self, value: str, kind: FactKind, name: str = "") -> str:
        """The same of a fact that is a text."""
        value = mask_secrets(value)
        if self.shows_names or not value:
            return value
        if kind in (FactKind.UNIT, FactKind.ACCOUNT) and value.startswith("/"):
            return "/".join(self._pseudonym("unit", part) for part in value.split("/"))
        everybody, partner = SHOWN.get(kind, (Showing.HIDDEN, Showing.HIDDEN))
        showing = everybody if self.level is Level.PUBLIC else partner
        if showing is Showing.AS_IS:
            form = _FORMS.get(kind)
            return value if form and form.fullmatch(value) else HIDDEN if kind in _OURS else self._named(kind, value)
        if showing is Showing.PSEUDONYM:
            return self._named(kind, value, _ONE.get(name, name) if kind is FactKind.NAME else "")
        return HIDDEN

    def _named(self, kind: FactKind, value: str, name: str = "") -> str:
        return self._pseudonym(name or _LABELS.get(kind, kind.value), value)

    def _pseudonym(self, label: str, value: str) -> str:
        if not value:
            return ""
        code = hmac.new(self._key, f"{label}\n{value}".encode(), hashlib.sha256).digest()
        return f"{label}-{base64.b32encode(code).decode().lower()[:_LENGTH]}"


_OURS: Final = (FactKind.TIME, FactKind.NUMBER, FactKind.TERM)
"""Kinds that identify nobody; what does not look like one of them is something else, and is hidden."""
