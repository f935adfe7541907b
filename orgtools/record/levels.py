"""How much a record shows: to everybody, to a partner, inside the house. What is not on a list is not shown."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import HIDDEN, mask_secrets
from orgtools.messages import KINDS, FactKind, Message
from orgtools.record import vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.messages import Fact


class Level(StrEnum):
    """Who a record is for."""

    PUBLIC = "public"
    """Everything that identifies is a pseudonym."""
    PARTNER = "partner"
    """Ids of accounts, organizations, handshakes and requests as they are; names, tags and callers are pseudonyms."""
    INTERNAL = "internal"
    """Ids and names as they are."""


WORDS: Final[Mapping[Level, str]] = {
    Level.PUBLIC: "Ids, names, tags, callers and digests are pseudonyms; notes and AWS's own words are left out.",
    Level.PARTNER: (
        "Names, tags, callers and digests are pseudonyms; notes and AWS's own words are left out. Ids of accounts, "
        "organizations, handshakes and requests are as they are."
    ),
    Level.INTERNAL: "Ids and names are as they are; e-mail addresses and what looks like a credential are masked.",
}
"""What a reader may expect of each level; credentials and e-mail addresses are in none."""

_CHUNK: Final = r"(?<!\d)(?!\d{12}(?!\d))(?!(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d))\d+(?!\d)"
"""Digits between what is no digit: no account id as AWS writes it, and no date."""
_SHAPES: Final = re.compile(
    r"(?P<caller>arn:[\w-]*:[^\s\"'<>,;()]*)"
    rf"|(?P<email>[^\s,;:<>()\"']*{re.escape(HIDDEN)}@[\w.-]+)"
    r"|(?P<time>(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)"
    r"(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?(?![^\w\s]?\d))"
    r"|(?P<request>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
    r"|(?P<digest>\b[0-9a-f]{32,64}\b)"
    r"|(?P<organization>\bo-[a-z0-9]{10,32}\b)"
    r"|(?P<handshake>\bh-[0-9a-z]{8,32}\b)"
    r"|(?P<unit>\b(?:ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}|r-[0-9a-z]{4,32})\b)"
    r"|(?P<account>(?<!\d)[0-9]{12}(?!\d))"
    r"|(?P<network>(?<![\w:])(?=[\w:.]*:[\w:.]*:)[0-9a-fA-F:]{2,39}(?:\.\d{1,3}){0,3}(?![\w:]))"
    rf"|(?P<number>\+?(?:{_CHUNK}(?:[^\w]|_){{1,4}})+{_CHUNK})"
    rf"|(?P<word>{vocabulary.WORD})"
)
_CLOCK: Final = re.compile(r"[0-2]?\d:[0-5]\d:[0-5]\d")
_ADDRESS: Final = re.compile(r"\d{1,3}(?:(?:[^\w\s]|_| [^\w\s] |\[\.\])\d{1,3}){3,}")
_IDS: Final = frozenset({"request", "organization", "handshake", "unit", "account"})
_LONGEST_NUMBER: Final = 6
"""More digits than these, together or in groups, may be a telephone number or an account's id."""
_SHORTEST_NAME: Final = 2
_LENGTH: Final = 10


class Redactor:
    """Shows what a level shows; one for each record, so that one thing has one pseudonym in all of its files.

    A pseudonym is an HMAC under a random key that is kept nowhere: trying out all account ids does not lead back.
    """

    def __init__(self, level: Level, names: Mapping[str, str]) -> None:
        """Redact for one record.

        Args:
            level: who it is for.
            names: what people named, and what kind of thing it is: ``{"Workloads": "unit", "jane": "person"}``.
        """
        self.level = level
        self._key = secrets.token_bytes(32)
        self._names = {
            masked: kind for name, kind in names.items() if len(masked := mask_secrets(name)) > _SHORTEST_NAME
        }
        lengths: dict[str, set[int]] = {}
        for name in self._names:
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @property
    def shows_names(self) -> bool:
        """Whether names stay as they are."""
        return self.level is Level.INTERNAL

    def name(self, kind: str, value: str) -> str:
        """Something that people named: as it is, or its pseudonym."""
        value = mask_secrets(value)
        return value if self.shows_names or not value else self._pseudonym(self._names.get(value, kind), value)

    def path(self, value: str) -> str:
        """The path of an organizational unit, name by name; an id in its place is treated as an id."""
        if self.shows_names or not value.startswith("/"):
            return self.text(value)
        return "/".join(self.name("unit", part) for part in value.split("/"))

    def message(self, message: Message) -> Message:
        """A message whose facts are shown by their kind."""
        return Message(message.code, **{name: self._fact(fact, KINDS[name]) for name, fact in message.facts.items()})

    def _fact(self, fact: Fact, kind: FactKind) -> Fact:
        if isinstance(fact, Message):
            return self.message(fact)
        if isinstance(fact, tuple):
            return tuple(self._fact(one, kind) for one in fact)
        if not isinstance(fact, str):
            return fact
        match kind:
            case FactKind.NAME:
                return self.name("name", fact)
            case FactKind.UNIT:
                return self.path(fact)
            case FactKind.TERM:
                return self.words(fact)
            case _:
                return self.text(fact)

    def text(self, value: str) -> str:
        """A sentence of orgtools: ids and names by the level, then only words that orgtools itself says."""
        value = mask_secrets(value)
        if self.shows_names:
            return value
        shown, rest = list[str](), 0
        for match in _SHAPES.finditer(value):
            if match.lastgroup != "word":
                shown += (self._named(value[rest : match.start()]), self._shape(match))
                rest = match.end()
        return "".join((*shown, self._named(value[rest:])))

    def _named(self, text: str) -> str:
        """A text without ids: names become pseudonyms, and of the words between them the known ones stay."""
        shown, rest = list[str](), 0
        for start, name in self._found(text):
            shown += (self.words(text[rest:start]), self._pseudonym(self._names[name], name))
            rest = start + len(name)
        return "".join((*shown, self.words(text[rest:])))

    def words(self, value: str) -> str:
        """One of orgtools' or AWS's own words, which happens to be a name elsewhere: ids by the level, known words."""
        value = mask_secrets(value)
        return value if self.shows_names else _SHAPES.sub(self._shape, value)

    def _shape(self, match: re.Match[str]) -> str:
        kind, found = str(match.lastgroup), match[0]
        if kind == "network":
            return found if _CLOCK.fullmatch(found) else HIDDEN
        if kind == "number":
            shown = sum(map(str.isdecimal, found)) <= _LONGEST_NUMBER and not _ADDRESS.search(found)
            return found if shown else HIDDEN
        if kind == "word":
            number = found.isdecimal() and len(found) <= _LONGEST_NUMBER
            return found if number or vocabulary.known(found) else HIDDEN
        if kind == "time" or (kind in _IDS and self.level is Level.PARTNER):
            return found
        return self._pseudonym(kind, found)

    def _found(self, text: str) -> list[tuple[int, str]]:
        """Where names stand in a text as whole words, the longest first where several begin."""
        found, position = list[tuple[int, str]](), 0
        while position < len(text):
            if position == 0 or not (text[position - 1].isalnum() and text[position].isalnum()):
                for length in self._lengths.get(text[position], ()):
                    name, after = text[position : position + length], text[position + length : position + length + 1]
                    if name in self._names and not (after.isalnum() and name[-1].isalnum()):
                        found.append((position, name))
                        position += length - 1
                        break
            position += 1
        return found

    def _pseudonym(self, kind: str, value: str) -> str:
        code = hmac.new(self._key, f"{kind}\n{value}".encode(), hashlib.sha256).digest()
        return f"{kind}-{base64.b32encode(code).decode().lower()[:_LENGTH]}"
