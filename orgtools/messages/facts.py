"""Which kind of fact each name stands for: one name means one kind of thing, in every message."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class FactKind(StrEnum):
    """What a fact is: how it is written for people, and who may see it."""

    ACCOUNT = "account"
    """An account's id, 12 digits."""
    ORGANIZATION = "organization"
    """An organization's id, ``o-...``."""
    HANDSHAKE = "handshake"
    """A handshake's id, ``h-...``."""
    REQUEST = "request"
    """AWS's id of a call or of an operation that it has begun."""
    UNIT = "unit"
    """The path of an organizational unit, made of names; or its id."""
    ARN = "arn"
    """An ARN: of a caller, a role, a resource."""
    DIGEST = "digest"
    """A SHA-256, or its beginning."""
    NAME = "name"
    """What people named: an account, a person, a tag, a policy, a role, a file of theirs."""
    TIME = "time"
    """A moment, aware UTC."""
    SPAN = "span"
    """A length of time."""
    COUNT = "count"
    """How many there are; a sentence may depend on it."""
    NUMBER = "number"
    """A number that counts nothing: of a wave, a row, an event."""
    TERM = "term"
    """A fixed word of AWS or orgtools: an operation, a state, a check's id, a region, a key, a notebook."""
    WORDS = "words"
    """Free text: AWS's own words, or a person's."""
    CLAUSE = "clause"
    """Another message, inside a sentence; several are joined by semicolons."""
    SENTENCE = "sentence"
    """Another message, as a sentence of its own; several stand one after the other."""


_NAMES: Final[Mapping[FactKind, str]] = {
    FactKind.ACCOUNT: "account accounts management_account",
    FactKind.ORGANIZATION: "organization organizations",
    FactKind.HANDSHAKE: "handshake handshakes",
    FactKind.REQUEST: "request event_id operation_id share",
    FactKind.UNIT: "unit units parent place",
    FactKind.ARN: "arn arns caller callers principal product resource",
    FactKind.DIGEST: "digest",
    FactKind.NAME: "address former name names person role roles tag tags policy policies policy_id path group "
    "permission_set profile host",
    FactKind.TIME: "at until created since",
    FactKind.SPAN: "age span",
    FactKind.COUNT: "count total began files more quota members pending limit missing authorizations channels packs "
    "recorders rules unplanned",
    FactKind.NUMBER: "wave waves row rows event number version size line http",
    FactKind.TERM: "operation operations action actions service services region regions state states onward back "
    "check checks console step steps notebook key keys setting reason side column columns kind baseline template "
    "choice choices level partition partitions sellers settings severities variable whom",
    FactKind.WORDS: "words next given",
    FactKind.CLAUSE: "why whys finding findings change changes before after sender",
    FactKind.SENTENCE: "then",
}

KINDS: Final[Mapping[str, FactKind]] = {name: kind for kind, names in _NAMES.items() for name in names.split()}
"""The kind of every fact, by its name."""

CHECKS: Final = frozenset({"check", "checks"})
"""Facts that are ids of checks: where the sentence does not say what they are about, it shows ``$check_name``."""
