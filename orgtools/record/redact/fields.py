"""What a redacted ledger shows of an event: the fields on this list, each by its kind, and no others."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import HIDDEN, mask_json
from orgtools.ledger.events import GENESIS, Row, digest
from orgtools.messages import FactKind, Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.ledger import Event
    from orgtools.record.redact.levels import Redactor


class Shape(Enum):
    """What a field holds that is not one fact."""

    HOLDER = auto()
    """An object or a list of objects, whose own fields are looked up here."""
    MESSAGE = auto()
    """A message as JSON, or a list of them."""
    PLACES = auto()
    """Account ids; where they are keys, each with its organization and path."""
    PLAIN = auto()
    """From neither AWS nor a person: as it is."""


FIELDS: Final[Mapping[str, FactKind | Shape]] = {
    **dict.fromkeys(("account_id", "AccountId", "Id", "ResourceId"), FactKind.ACCOUNT),
    **dict.fromkeys(("handshake_id", "HandshakeId"), FactKind.HANDSHAKE),
    **dict.fromkeys(("organization",), FactKind.ORGANIZATION),
    **dict.fromkeys(("request_id", "operation_id"), FactKind.REQUEST),
    **dict.fromkeys(("DestinationParentId", "Parent", "ParentId", "SourceParentId"), FactKind.UNIT),
    **dict.fromkeys(("caller",), FactKind.ARN),
    **dict.fromkeys(("approval", "digest", "plan"), FactKind.DIGEST),
    **dict.fromkeys(("Key", "Name", "Value", "by"), FactKind.NAME),
    **dict.fromkeys(("at", "machine_time", "shown_at", "until"), FactKind.TIME),
    **dict.fromkeys(("count", "events", "intention", "left"), FactKind.COUNT),
    **dict.fromkeys(("answered", "called", "took_effect"), FactKind.NUMBER),
    **dict.fromkeys(
        ("answer", "asked", "check", "kind_of_refusal", "level", "operation", "refused", "status", "Type", "typed"),
        FactKind.TERM,
    ),
    **dict.fromkeys(("destination", "findings", "parameters", "source", "Tags", "Target"), Shape.HOLDER),
    **dict.fromkeys(("evidence", "next_step", "observed", "summary", "unknown", "why", "words"), Shape.MESSAGE),
    "accounts": Shape.PLACES,
    "checks": Shape.PLAIN,
    "versions": Shape.PLAIN,
}
"""The list. What is not on it, such as notes and AWS's own words, is not shown."""

_SIDES: Final = frozenset({"source", "destination", "member", "member-through-source", "member-through-destination"})
_KEY: Final = re.compile(r"[A-Za-z_]{1,40}")
"""How orgtools and AWS name a field; that it is there is told, what it holds only by the list."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LABELS: Final = {"by": "person", "Key": "tag", "Name": "name", "Value": "tag"}
"""What the pseudonym of something that people named begins with, by its field."""


def redacted_events(events: Sequence[Event], redactor: Redactor) -> tuple[Event, ...]:
    """The events as a level shows them, in a chain of their own where that changes any.

    Untouched events keep the hashes of the run's own ledger.
    """
    shown = [
        replace(
            event,
            account_id=redactor.text(event.account_id, FactKind.ACCOUNT),
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
        value = digest(*Row.of(event)[:-2], previous)
        linked.append(replace(event, previous=previous, hash=value))
        previous = value
    return tuple(linked)


def _holder(held: Any, redactor: Redactor) -> Any:
    if isinstance(held, dict):
        return {name: _field(name, value, redactor) for name, value in held.items() if _KEY.fullmatch(name)}
    if isinstance(held, list):
        return [_holder(item, redactor) for item in held]
    return HIDDEN


def _field(name: str, value: Any, redactor: Redactor) -> Any:
    match FIELDS.get(name):
        case Shape.HOLDER:
            return _holder(value, redactor)
        case Shape.MESSAGE:
            return _message(value, redactor)
        case Shape.PLACES if isinstance(value, dict):
            return {
                redactor.text(account_id, FactKind.ACCOUNT): _place(place, redactor)
                for account_id, place in value.items()
            }
        case Shape.PLACES if isinstance(value, list):
            return [_fact(account_id, FactKind.ACCOUNT, "", redactor) for account_id in value]
        case Shape.PLAIN:
            return mask_json(value)
        case FactKind.TERM if name == "typed" and isinstance(value, str) and _DIGEST.fullmatch(value):
            return redactor.text(value, FactKind.DIGEST)  # approved without a person at the keyboard
        case FactKind() as kind:
            return (
                value
                if isinstance(value, str) and value in _SIDES
                else _fact(value, kind, _LABELS.get(name, ""), redactor)
            )
        case _:
            return HIDDEN


def _message(held: Any, redactor: Redactor) -> Any:
    if isinstance(held, list):
        return [_message(one, redactor) for one in held]
    return redactor.message(Message.from_json(held)).as_json() if isinstance(held, dict) else HIDDEN


def _place(place: Any, redactor: Redactor) -> Any:
    if isinstance(place, list) and len(place) == 2:  # noqa: PLR2004 (the organization and the path in it)
        side, path = place
        return [side if side in _SIDES else HIDDEN, _fact(path, FactKind.UNIT, "", redactor)]
    return HIDDEN


def _fact(value: Any, kind: FactKind, label: str, redactor: Redactor) -> Any:
    if isinstance(value, str):
        return redactor.text(value, kind, label)
    return value if value is None or isinstance(value, bool | int | float) else HIDDEN
