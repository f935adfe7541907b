"""What moved between two records of one run: accounts, events, findings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import AlteredError, RecordError
from orgtools.ledger import Kind
from orgtools.record.checking import one_line, verify
from orgtools.record.files import FINDINGS, LEDGER, OUTCOMES
from orgtools.record.levels import Level
from orgtools.record.reading import MALFORMED, read_events, read_manifest, read_table
from orgtools.record.telling import tell
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from orgtools.ledger import Event

COLUMNS: Final = ("account", "what", "before", "after")
"""The columns of `Comparison.table`."""

_FOLLOWED: Final = {"state": "state", "now": "where it is", "planned": "planned unit", "wave": "wave"}
_READ: Final = tuple(_FOLLOWED)
_UNITS: Final = ("now", "planned")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; ``before`` is empty for what came, ``after`` for what went."""

    account_id: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved between two records.

    Attributes:
        earlier: when the one was written, UTC.
        later: when the other was.
        accounts: what differs about accounts, in the order of the plan.
        events: what the later ledger holds beyond the earlier one.
        findings: findings that came, went, or say something else.
        remarks: what a reader must know before believing the rest; one sentence each.
        untouched: whether both records are as they were written, and the later continues the earlier.
    """

    earlier: datetime
    later: datetime
    accounts: tuple[Change, ...]
    events: tuple[Event, ...]
    findings: tuple[Change, ...]
    remarks: tuple[str, ...]
    untouched: bool = True

    def sentences(self) -> list[str]:
        """All of it in words: remarks, a summary, then one sentence for each change and each event."""
        moved = len({change.account_id for change in self.accounts})
        return [
            *self.remarks,
            (
                f"From {self.earlier:%Y-%m-%d %H:%M} UTC to {self.later:%Y-%m-%d %H:%M} UTC: {many(moved, 'account')} "
                f"changed, {many(len(self.events), 'event')} came to the ledger"
                f"{_kinds(self.events)}, {many(len(self.findings), 'finding')} changed."
            ),
            *(f"Account {change.account_id}: {_words(change)}." for change in self.accounts),
            *(f"{_whose(change)}: {_words(change)}." for change in self.findings),
            *(
                f"Event {event.number}, {event.at:%Y-%m-%d %H:%M:%S} UTC"
                f"{f', account {event.account_id}' if event.account_id else ''}: {tell(event)}"
                for event in self.events
            ),
        ]

    def table(self) -> pd.DataFrame:
        """What changed about accounts and findings; columns: account (id), what, before, after."""
        import pandas as pd  # noqa: PLC0415 (sentences, which the command line prints, need none)

        rows = [
            (change.account_id or "organizations", change.what, change.before, change.after)
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
    followed = [name for name in _FOLLOWED if named or name not in _UNITS]
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
            *(() if named else ("Names are pseudonyms: units and the words of findings were not compared.",)),
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
            self.told = {event.number: tell(event) for event in self.events}
            self.outcomes = {
                row["account_id"]: {name: row[name] for name in _READ} for row in read_table(folder / OUTCOMES)
            }
            self.findings = {
                (row["account_id"], row["check"]): {name: row[name] for name in ("status", "evidence")}
                for row in read_table(folder / FINDINGS)
            }
        except MALFORMED as error:
            if isinstance(error, RecordError):
                raise
            raise AlteredError(
                f"The record in {folder} cannot be read: {one_line(error)}.",
                next_step=f"Run orgtools verify-record {folder}.",
            ) from error
        if self.level is Level.PUBLIC:
            kind = AlteredError if self.problems else RecordError
            raise kind(
                f"The account ids in {folder} are pseudonyms, and every record has its own.",
                next_step="Compare internal records, or partner ones.",
            )
        self.remarks = (
            (f"{folder} is not as it was written: {many(len(self.problems), 'problem')}; see orgtools verify-record.",)
            if self.problems
            else ()
        )


def _added(first: _Read, second: _Read) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """What the later ledger holds beyond the earlier one, and a remark where it does not continue it."""
    count = len(first.events)
    # A redacted ledger has hashes of its own, in every record others; and so has the seal that ends it.
    hashes = {first.level, second.level} == {Level.INTERNAL}
    for before, after in zip(first.events, second.events, strict=False):
        same = (before.number, before.at, before.kind, before.step) == (after.number, after.at, after.kind, after.step)
        if not same or (hashes and before.kind is not Kind.SEALED and before.hash != after.hash):
            return tuple(second.events[before.number - 1 :]), (
                f"The two ledgers part at event {before.number}: they are not of the same run.",
            )
    if count > len(second.events):
        return (), (f"The later {LEDGER} has fewer events than the earlier one: something was cut.",)
    return tuple(second.events[count:]), ()


def _accounts(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]], followed: Sequence[str]
) -> Iterator[Change]:
    for account_id in dict.fromkeys((*after, *before)):
        old, new = before.get(account_id), after.get(account_id)
        if old is None or new is None:
            yield Change(account_id, "in the plan", old["state"] if old else "", new["state"] if new else "")
            continue
        for name in followed:
            if old[name] != new[name]:
                yield Change(account_id, _FOLLOWED[name], old[name], new[name])


def _findings(
    before: Mapping[tuple[str, str], Mapping[str, str]],
    after: Mapping[tuple[str, str], Mapping[str, str]],
    *,
    texts: bool,
) -> Iterator[Change]:
    for key in dict.fromkeys((*before, *after)):
        old, new = (_finding(found.get(key), texts=texts) for found in (before, after))
        if old != new:
            yield Change(key[0], f"finding {key[1]}", old, new)


def _finding(row: Mapping[str, str] | None, *, texts: bool) -> str:
    if row is None:
        return ""
    return f"{row['status']}: {row['evidence']}" if texts else row["status"]


def _kinds(events: Iterable[Event]) -> str:
    counts = Counter(event.kind.value for event in events)
    return f" ({', '.join(f'{count} {kind}' for kind, count in counts.most_common())})" if counts else ""


def _whose(change: Change) -> str:
    return f"Account {change.account_id}" if change.account_id else "The organizations"


def _words(change: Change) -> str:
    if not change.before:
        return f"{change.what} came: {change.after}"
    if not change.after:
        return f"{change.what} went: was {change.before}"
    return f"{change.what} was {change.before}, is {change.after}"
