"""Ledger events: frozen, canonical, chained by hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GENESIS: Final = "0" * 64
"""What the first event of a ledger names as its predecessor."""


class Kind(StrEnum):
    """What an event tells."""

    OPENED = "opened"
    """A notebook or command opened the run: both sides, callers, versions."""
    BASELINE = "baseline"
    """Where every account was when the run began."""
    ASSESSED = "assessed"
    """Readiness findings of one assessment."""
    WAIVED = "waived"
    """A person accepts the risk of a check's findings for an account, until a time."""
    ANSWERED = "answered"
    """A person answered a question that no API answers."""
    EXPORTED = "exported"
    """What accounts lose or may need again was written into the run folder; the ledger holds nothing of it."""
    ASKED = "asked"
    """What an account's owner does to accept an invitation was written down, to be sent."""
    PREVIEWED = "previewed"
    """A dry run showed exactly these changes; its digest approves them in this run, for some hours."""
    APPROVED = "approved"
    """A person approved exactly these changes."""
    INTENDED = "intended"
    """The next call, on disk before it is made."""
    OUTCOME = "outcome"
    """What the call returned, or how it failed."""
    SETTLED = "settled"
    """An intention without an outcome, settled by looking at AWS."""
    CONFIRMED = "confirmed"
    """AWS, observed again, shows that an account is where the step wants it."""
    STOPPED = "stopped"
    """A step ended before its end: interrupted, or by its circuit breaker."""
    SEALED = "sealed"
    """A record was written; carries the count of events before it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger.

    Attributes:
        number: 1, 2, 3, ... without a gap.
        at: when it was written, AWS's clock, UTC.
        kind: what it tells.
        step: the step it belongs to, or empty.
        account_id: the account it concerns, or the path of the organizational unit, or empty.
        data: everything else; JSON values only, no credentials, e-mail addresses masked.
        previous: the hash of the event before.
        hash: SHA-256 over all of the above.
    """

    number: int
    at: datetime
    kind: Kind
    step: str
    account_id: str
    data: Mapping[str, Any]
    previous: str
    hash: str

    @property
    def took_effect(self) -> bool:
        """Whether it says that a call did what it was to do: AWS took it, or showed it when looked at."""
        if self.kind is Kind.SETTLED:
            return bool(self.data.get("took_effect"))
        return self.kind is Kind.OUTCOME and bool(self.data.get("answered")) and not self.data.get("refused")

    def as_json(self) -> dict[str, Any]:
        """The event as one JSON object, as the record holds it."""
        held = {name: getattr(self, name) for name in self.__slots__}
        return held | {"at": self.at.isoformat(), "kind": self.kind.value}

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Event:
        """The event that `as_json` wrote.

        Raises:
            KeyError, TypeError, ValueError: a field is missing, malformed, or none of an event's.
        """
        return cls(**{**held, "at": datetime.fromisoformat(held["at"]), "kind": Kind(held["kind"])})


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value gives the same text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(*parts: object) -> str:
    """The hash of an event over its parts as they are stored: number, at, kind, step, account_id, data, previous."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


class Row(NamedTuple):
    """An event as the file holds it: texts, with data in its canonical form. What its hash is over comes first."""

    number: int
    at: str
    kind: str
    step: str
    account_id: str
    data: str
    previous: str
    hash: str

    @classmethod
    def of(cls, event: Event) -> Row:
        """The row that holds an event."""
        return cls(
            event.number,
            event.at.isoformat(),
            event.kind.value,
            event.step,
            event.account_id,
            canonical(event.data),
            event.previous,
            event.hash,
        )

    def event(self) -> Event:
        """The event that it holds.

        Raises:
            ValueError: the file does not hold an event.
        """
        number, at, kind, step, account_id, data, previous, value = self
        moment = datetime.fromisoformat(at)
        return Event(number, moment, Kind(kind), step, account_id, json.loads(data), previous, value)


def broken_links(events: Iterable[Event]) -> list[Message]:
    """What is wrong with a chain of events: one message for each break, none for an untouched ledger.

    Finds edits, deletions, insertions and swaps. A cut tail looks like a shorter ledger: only the count in a
    sealing event or a record's manifest shows it.
    """
    return broken_rows(map(Row.of, events))


def broken_rows(rows: Iterable[Row]) -> list[Message]:
    """The same of events as the file holds them: a file is verified as it is, not as it is read."""
    found = []
    previous, expected = GENESIS, 1
    for row in rows:
        if row.number != expected:
            found.append(Message("ledger-event-missing", event=expected, number=row.number))
        elif row.previous != previous:
            found.append(Message("ledger-event-unlinked", event=row.number))
        if digest(*row[:-1]) != row.hash:
            found.append(Message("ledger-event-altered", event=row.number, kind=row.kind))
        previous, expected = row.hash, row.number + 1
    return found
