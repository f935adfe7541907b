"""What moved between two records of one run: accounts, events, findings."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import AlteredError, RecordError
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message, told
from orgtools.record.bundle.files import FINDINGS, OUTCOMES
from orgtools.record.bundle.read import MALFORMED, cause, read_events, read_manifest, read_table
from orgtools.record.bundle.verify import verify
from orgtools.record.model.account_status import State
from orgtools.record.model.event_messages import tell
from orgtools.record.redact.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from orgtools.ledger import Event

COLUMNS: Final = ("account", "what", "before", "after")
"""The columns of `Comparison.table`."""


class Compared(StrEnum):
    """What may differ about an account; ``record-what-...`` of the catalogue has the labels."""

    PLAN = "plan"
    """Whether it is in the plan."""
    STATE = "state"
    NOW = "now"
    """Where AWS shows it."""
    PLANNED = "planned"
    """Its planned unit."""
    WAVE = "wave"
    FINDING = "finding"
    """What a check found; also about no account but the organizations."""


_FOLLOWED: Final = (Compared.STATE, Compared.NOW, Compared.PLANNED, Compared.WAVE)
_UNITS: Final = (Compared.NOW, Compared.PLANNED)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One thing that differs; ``before`` is None for what came, ``after`` for what went."""

    account_id: str
    what: Compared
    before: Message | None
    after: Message | None
    check: str = ""

    @property
    def label(self) -> Message:
        """What differs."""
        if self.what is Compared.FINDING:
            return Message("record-what-finding", check=self.check)
        return Message(f"record-what-{self.what}")

    def message(self) -> Message:
        """What differs, and how."""
        held = {"change": self.label, "before": self.before, "after": self.after}
        facts = {name: fact for name, fact in held.items() if fact is not None}
        how = "came" if self.before is None else "went" if self.after is None else "differs"
        if self.account_id:
            return Message(f"record-changed-{how}", account=self.account_id, **facts)
        return Message(f"record-organizations-{how}", **facts)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved between two records.

    Attributes:
        earlier: when the one was written, UTC.
        later: when the other was.
        accounts: what differs about accounts, in the order of the plan.
        events: what the later ledger holds beyond the earlier one.
        findings: findings that came, went, or say something else.
        remarks: what a reader must know before believing the rest.
        untouched: whether both records are as they were written, and the later continues the earlier.
    """

    earlier: datetime
    later: datetime
    accounts: tuple[RecordChange, ...]
    events: tuple[Event, ...]
    findings: tuple[RecordChange, ...]
    remarks: tuple[Message, ...]
    untouched: bool = True

    def messages(self) -> list[Message]:
        """All of it: remarks, a summary, then a message for each change and each event."""
        return [
            *self.remarks,
            self._summary(),
            *(change.message() for change in self.accounts),
            *(change.message() for change in self.findings),
            *map(_event, self.events),
        ]

    def sentences(self) -> list[str]:
        """The same in words."""
        return list(map(told, self.messages()))

    def _summary(self) -> Message:
        span = {"since": self.earlier, "until": self.later}
        moved, findings = len({change.account_id for change in self.accounts}), len(self.findings)
        if not self.events:
            return Message("record-compared", count=moved, total=findings, **span)
        kinds = Counter(event.kind.value for event in self.events)
        whys = [Message("record-compared-kind", kind=kind, count=count) for kind, count in kinds.most_common()]
        return Message("record-compared-events", count=moved, total=findings, more=len(self.events), whys=whys, **span)

    def table(self) -> pd.DataFrame:
        """What changed about accounts and findings, in words; columns: account (id), what, before, after."""
        import pandas as pd  # noqa: PLC0415 (sentences, which the command line prints, need none)

        both = Message("record-both-organizations")
        rows = [
            tuple(map(str, (change.account_id or both, change.label, change.before or "", change.after or "")))
            for change in (*self.accounts, *self.findings)
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def compare(one: Path, other: Path) -> Comparison:
    """What moved between two records; which is the earlier one, they say themselves.

    Where names are pseudonyms in one of them, units are not compared: every record has pseudonyms of its own.

    Args:
        one: the folder of a record.
        other: the folder of another record of the same run.

    Raises:
        RecordError: there is no record in a folder, it cannot be read, or its account ids are pseudonyms.
    """
    first, second = sorted((_Read(one), _Read(other)), key=lambda read: (read.at, len(read.events)))
    named = {first.level, second.level} == {Level.INTERNAL}
    followed = [what for what in _FOLLOWED if named or what not in _UNITS]
    added, break_ = _added(first, second)
    return Comparison(
        earlier=first.at,
        later=second.at,
        accounts=tuple(_accounts(first.outcomes, second.outcomes, followed)),
        events=added,
        findings=tuple(_findings(first.findings, second.findings, texts=named)),
        remarks=(
            *first.remarks,
            *second.remarks,
            *break_,
            *(() if named else (Message("record-compared-pseudonyms"),)),
        ),
        untouched=not (first.remarks or second.remarks or break_),
    )


class _Read:
    """A record as it lies in its folder."""

    def __init__(self, folder: Path) -> None:
        self.problems = verify(folder)
        try:
            manifest = read_manifest(folder)
            self.level = Level(manifest["level"])
            self.at = datetime.fromisoformat(manifest["written_at"])
            self.events = read_events(folder)
            for event in self.events:
                told(tell(event))  # nobody who compares meets an event that cannot be told
            self.outcomes = {row["account_id"]: _outcome(row) for row in read_table(folder / OUTCOMES)}
            self.findings = {
                (row["account_id"], row["check"]): (Verdict(row["status"]), _message(row["evidence"]))
                for row in read_table(folder / FINDINGS)
            }
        except MALFORMED as error:
            if isinstance(error, RecordError):
                raise
            raise AlteredError(Message("record-unreadable", path=str(folder), why=cause(error))) from error
        if self.level is Level.PUBLIC:
            kind = AlteredError if self.problems else RecordError
            raise kind(Message("record-pseudonyms", path=str(folder)))
        self.remarks = (
            (Message("record-compared-altered", path=str(folder), count=len(self.problems)),) if self.problems else ()
        )


def _outcome(row: Mapping[str, str]) -> dict[Compared, Message | None]:
    """What is followed of an account, as outcomes.csv has it; None where it has nothing."""
    planned, wave = row["planned"], row["wave"]
    return {
        Compared.STATE: Message(f"record-state-{State(row['state'])}"),
        Compared.NOW: _message(row["now"]),
        Compared.PLANNED: Message("record-unit", unit=planned) if planned else None,
        Compared.WAVE: Message("record-wave-number", wave=wave) if wave else None,
    }


def _message(cell: str) -> Message:
    message = Message.from_json(json.loads(cell))
    told(message)  # the same of what a table holds
    return message


def _event(event: Event) -> Message:
    if event.account_id:
        return Message(
            "record-event-of-account", event=event.number, at=event.at, account=event.account_id, then=tell(event)
        )
    return Message("record-event", event=event.number, at=event.at, then=tell(event))


def _added(first: _Read, second: _Read) -> tuple[tuple[Event, ...], tuple[Message, ...]]:
    """What the later ledger holds beyond the earlier one, and a remark where it does not continue it."""
    count = len(first.events)
    # A redacted ledger has hashes of its own, in every record others; and so has the seal that ends it.
    hashes = {first.level, second.level} == {Level.INTERNAL}
    for before, after in zip(first.events, second.events, strict=False):
        same = (before.number, before.at, before.kind, before.step) == (after.number, after.at, after.kind, after.step)
        if not same or (hashes and before.kind is not Kind.SEALED and before.hash != after.hash):
            return tuple(second.events[before.number - 1 :]), (
                Message("record-compared-other-run", event=before.number),
            )
    if count > len(second.events):
        return (), (Message("record-compared-cut"),)
    return tuple(second.events[count:]), ()


def _accounts(
    earlier: Mapping[str, Mapping[Compared, Message | None]],
    later: Mapping[str, Mapping[Compared, Message | None]],
    followed: Sequence[Compared],
) -> Iterator[RecordChange]:
    for account_id in dict.fromkeys((*later, *earlier)):
        old, new = earlier.get(account_id), later.get(account_id)
        if old is None or new is None:
            before, after = (held[Compared.STATE] if held else None for held in (old, new))
            yield RecordChange(account_id, Compared.PLAN, before, after)
            continue
        for what in followed:
            if old[what] != new[what]:
                yield RecordChange(account_id, what, old[what], new[what])


def _findings(
    before: Mapping[tuple[str, str], tuple[Verdict, Message]],
    after: Mapping[tuple[str, str], tuple[Verdict, Message]],
    *,
    texts: bool,
) -> Iterator[RecordChange]:
    for key in dict.fromkeys((*before, *after)):
        old, new = (_finding(found.get(key), texts=texts) for found in (before, after))
        if old != new:
            account_id, check = key
            yield RecordChange(account_id, Compared.FINDING, old, new, check)


def _finding(found: tuple[Verdict, Message] | None, *, texts: bool) -> Message | None:
    if found is None:
        return None
    status, evidence = found
    label = Message(f"status-{status}")
    return Message("record-finding", change=label, why=evidence) if texts else label
