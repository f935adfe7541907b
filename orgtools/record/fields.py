"""What a redacted ledger shows of an event: the fields on this list, each in its way, and no others."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import HIDDEN, mask_json
from orgtools.ledger.events import GENESIS, canonical, digest
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.ledger import Event
    from orgtools.record.levels import Redactor


class Way(Enum):
    """How a field is shown."""

    TEXT = auto()
    """Sentence, id, word or number: what `Redactor.text` leaves of it."""
    WORD = auto()
    """One of orgtools' or AWS's own words: ids by the level, but a name that somebody gave does not touch it."""
    HOLDER = auto()
    """An object or a list of objects, whose own fields are looked up here."""
    PERSON = auto()
    """Who did something: a pseudonym, unless it names one of the two organizations or the member."""
    MESSAGE = auto()
    """What is so, as a code and facts: each fact by its kind."""
    TAG = auto()
    """Key or value of a tag: a pseudonym."""
    PLACES = auto()
    """Account ids; where they are keys, each with its organization and path."""
    PLAIN = auto()
    """From neither AWS nor a person: as it is."""


_TEXTS: Final = (
    *("account_id", "answered", "approval", "at", "called", "caller", "count", "digest", "events"),
    *("handshake_id", "intention", "machine_time", "next_step", "organization", "plan"),
    *("asked", "left", "request_id", "shown_at", "summary", "took_effect", "typed", "until", "why"),
    *("AccountId", "DestinationParentId", "HandshakeId", "Id", "Name", "Parent", "ResourceId", "SourceParentId"),
)
_WORDS: Final = ("answer", "check", "kind", "kind_of_refusal", "level", "operation", "refused", "status", "Type")
FIELDS: Final[Mapping[str, Way]] = (
    dict.fromkeys(_TEXTS, Way.TEXT)
    | dict.fromkeys(_WORDS, Way.WORD)
    | {
        "accounts": Way.PLACES,
        "by": Way.PERSON,
        "checks": Way.PLAIN,
        "destination": Way.HOLDER,
        "findings": Way.HOLDER,
        "parameters": Way.HOLDER,
        "source": Way.HOLDER,
        "unknown": Way.HOLDER,
        "versions": Way.PLAIN,
        "evidence": Way.MESSAGE,
        "observed": Way.MESSAGE,
        "words": Way.MESSAGE,
        "Key": Way.TAG,
        "Tags": Way.HOLDER,
        "Target": Way.HOLDER,
        "Value": Way.TAG,
    }
)
"""The list. What is not on it, such as notes and AWS's own words, is not shown."""

_SIDES: Final = frozenset({"source", "destination", "member"})


def redacted_events(events: Sequence[Event], redactor: Redactor) -> tuple[Event, ...]:
    """The events as a level shows them, in a chain of their own where that changes any.

    Untouched events keep the hashes of the run's own ledger.
    """
    shown = [
        replace(
            event,
            account_id=redactor.text(event.account_id),
            data=mask_json(event.data) if redactor.shows_names else _holder(event.data, redactor),
        )
        for event in events
    ]
    changed = any(
        (event.account_id, event.data) != (before.account_id, before.data)
        for event, before in zip(shown, events, strict=True)
    )
    return chained(shown) if changed else tuple(events)


def chained(events: Iterable[Event], previous: str = GENESIS) -> tuple[Event, ...]:
    """The events in a new chain, after an event with the hash ``previous``."""
    linked = []
    for event in events:
        held = (event.number, event.at.isoformat(), event.kind.value, event.step, event.account_id)
        value = digest(*held, canonical(event.data), previous)
        linked.append(replace(event, previous=previous, hash=value))
        previous = value
    return tuple(linked)


def _holder(held: Any, redactor: Redactor) -> Any:
    if isinstance(held, dict):
        return {redactor.words(name): _field(FIELDS.get(name), value, redactor) for name, value in held.items()}
    if isinstance(held, list):
        return [_holder(item, redactor) for item in held]
    return HIDDEN


def _field(way: Way | None, value: Any, redactor: Redactor) -> Any:
    match way:
        case Way.HOLDER:
            return _holder(value, redactor)
        case Way.PLACES if isinstance(value, dict):
            return {redactor.text(account_id): _place(place, redactor) for account_id, place in value.items()}
        case Way.PLACES if isinstance(value, list):
            return [_text(account_id, redactor) for account_id in value]
        case Way.MESSAGE if isinstance(value, dict):
            return redactor.message(Message.from_json(value)).as_json()
        case Way.PERSON if isinstance(value, str):
            return value if value in _SIDES else redactor.name("person", value)
        case Way.TAG if isinstance(value, str):
            return redactor.name("tag", value)
        case Way.WORD if isinstance(value, str):
            return redactor.words(value)
        case Way.PLAIN:
            return mask_json(value)
        case Way.TEXT:
            return _text(value, redactor)
    return HIDDEN


def _place(place: Any, redactor: Redactor) -> Any:
    if isinstance(place, list):
        return [redactor.path(part) if isinstance(part, str) else HIDDEN for part in place]
    return HIDDEN


def _text(value: Any, redactor: Redactor) -> Any:
    if isinstance(value, str):
        return redactor.text(value)
    return value if value is None or isinstance(value, bool | int | float) else HIDDEN
