"""The ledger's file: SQLite, append-only, safe for several notebooks at once."""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from filelock import FileLock

from orgtools.aws.masking import mask_json
from orgtools.exceptions import InputError, LedgerError
from orgtools.ledger.events import GENESIS, Event, Kind, Row, broken_rows, canonical, digest
from orgtools.messages import Message
from orgtools.private import private_file
from orgtools.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

FORMAT: Final = 2
"""The number of the ledger's format, SQLite's ``user_version``: since 2, events hold messages instead of sentences."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    step TEXT NOT NULL,
    account_id TEXT NOT NULL,
    data TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_replace BEFORE INSERT ON event
    WHEN NEW.number <= (SELECT MAX(number) FROM event)
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
"""
_PATIENCE: Final = 60.0
_SELECT: Final = "SELECT number, at, kind, step, account_id, data, previous, hash FROM event"


class _Line(NamedTuple):
    """What an event will say, before it has a place in the chain; data in its canonical form."""

    kind: str
    step: str
    account_id: str
    data: str


class Ledger:
    """The events of one run.

    An event is on disk (fsync) when `append` returns. Threads and processes may append at the same time; SQLite's
    write lock puts them in one order, and the chain follows it. Events of several threads may share one commit.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        """Open or create the file.

        Args:
            path: the SQLite file.
            now: AWS's clock, aware UTC.

        Raises:
            LedgerError: the file is not a ledger or one of another format, cannot be written, or somebody has edited
                it.
        """
        self.path = path
        self._now = now
        self._lock = threading.Lock()
        self._commits = Together(self._write)
        try:
            # SQLite does not wait its turn for the change to WAL: two notebooks that open a new run would collide.
            with FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE):
                self._database = sqlite3.connect(
                    private_file(path), timeout=_PATIENCE, isolation_level=None, check_same_thread=False
                )
                self._database.execute("PRAGMA journal_mode = WAL")
                self._database.execute("PRAGMA synchronous = FULL")
                self._database.executescript(_SCHEMA)
                found = self._format()
        except (sqlite3.Error, OSError, InputError) as error:
            raise LedgerError(_unopened(path, error)) from error
        if found != FORMAT:
            self.close()
            raise LedgerError(Message("ledger-of-another-format", path=str(path), number=found, version=FORMAT))
        problems = self.verify()
        if problems:
            self.close()
            more = [Message("and-more", more=len(problems) - 1)] if problems[1:] else []
            raise LedgerError(Message("ledger-edited", path=str(path), findings=[problems[0], *more]))

    def _format(self) -> int:
        """The format of the file's events; a ledger without any takes this one."""
        if self._end() == (0, GENESIS):
            self._database.execute(f"PRAGMA user_version = {FORMAT}")
        return int(self._database.execute("PRAGMA user_version").fetchone()[0])

    def append(self, kind: Kind, *, step: str = "", account_id: str = "", **data: object) -> Event:
        """Write one event and wait until it is on disk.

        E-mail addresses and credentials in ``data`` are masked before the event is hashed.

        Raises:
            LedgerError: the disk refuses; nothing may be changed at AWS then.
        """
        return self._commits.ask([_line(kind, step, account_id, data)])[0]

    def append_each(self, kind: Kind, *, step: str, data: Mapping[str, Mapping[str, object]]) -> tuple[Event, ...]:
        """Write one event for each account in one commit: all of them are on disk when it returns, or none.

        Args:
            kind: what the events tell.
            step: the step they belong to.
            data: what `append` takes as ``data``, by account id.

        Raises:
            LedgerError: the disk refuses.
        """
        return self._commits.ask([_line(kind, step, account_id, told) for account_id, told in data.items()])

    def seal(self, events: int, **data: object) -> Event | None:
        """Close the ledger for a record: a `SEALED` event that carries the count of events before it.

        Args:
            events: how many events the record tells.
            data: what else the seal vouches for; masked like any other event's.

        Returns:
            The event; None, and nothing written, where another event has come in between.

        Raises:
            LedgerError: the disk refuses.
        """
        with self._transaction():
            count, previous = self._end()
            if count != events:
                return None
            return self._insert(count + 1, previous, _line(Kind.SEALED, "", "", {"events": events, **data}))

    def _write(self, asked: Sequence[Sequence[_Line]]) -> list[tuple[Event, ...]]:
        """Events for all who ask at the same time, in one transaction."""
        written = []
        with self._transaction():
            count, previous = self._end()
            for lines in asked:
                events = []
                for line in lines:
                    event = self._insert(count + 1, previous, line)
                    count, previous = event.number, event.hash
                    events.append(event)
                written.append(tuple(events))
        return written

    def _end(self) -> tuple[int, str]:
        """Number and hash of the last event."""
        last = self._database.execute("SELECT number, hash FROM event ORDER BY number DESC LIMIT 1").fetchone()
        return last or (0, GENESIS)

    def _insert(self, number: int, previous: str, line: _Line) -> Event:
        held = (number, self._now().isoformat(), *line, previous)
        row = Row(*held, digest(*held))
        self._database.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return row.event()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Alone with the file until what was written is on disk, or nothing was written."""
        with self._lock:
            try:
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self._database.execute("COMMIT")
                except BaseException:
                    # SQLite may have rolled back already: a full disk does that.
                    if self._database.in_transaction:
                        self._database.execute("ROLLBACK")
                    raise
            except sqlite3.Error as error:
                raise LedgerError(Message("ledger-not-written", path=str(self.path), words=str(error))) from error

    def events(
        self, *kinds: Kind, step: str | None = None, account_id: str | None = None, after: int = 0
    ) -> Iterator[Event]:
        """Events in order, all or those of some kinds, one step, one account, after one that is known by its number.

        Raises:
            LedgerError: a line cannot be read.
        """
        conditions, arguments = ["number > ?"], list[str | int]([after])
        if kinds:
            conditions.append(f"kind IN ({', '.join('?' * len(kinds))})")
            arguments.extend(kind.value for kind in kinds)
        for column, value in (("step", step), ("account_id", account_id)):
            if value is not None:
                conditions.append(f"{column} = ?")
                arguments.append(value)
        query = f"{_SELECT} WHERE {' AND '.join(conditions)} ORDER BY number"
        for row in self._rows(query, arguments):
            try:
                yield Row._make(row).event()
            except ValueError as error:
                raise LedgerError(
                    Message("ledger-event-unreadable", path=str(self.path), event=row[0], words=str(error))
                ) from error

    def _rows(self, query: str, arguments: Sequence[str | int] = ()) -> list[Any]:
        with self._reading():
            return self._database.execute(query, arguments).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise LedgerError(Message("ledger-not-read", path=str(self.path), words=str(error))) from error

    @property
    def run(self) -> str:
        """What tells this run from every other one: the hash of its first event; empty before that is written."""
        first = self._rows("SELECT hash FROM event WHERE number = 1")
        return str(first[0][0]) if first else ""

    def last(self, kind: Kind, *, step: str | None = None) -> Event | None:
        """The newest event of a kind, or None."""
        return next(iter(deque(self.events(kind, step=step), maxlen=1)), None)

    def unsettled(self, step: str) -> Mapping[str, Event]:
        """Intentions of a step that have no outcome and were not settled, by account id.

        A process died, or an answer was lost, between the two: AWS has to be looked at.
        """
        open_intentions: dict[str, Event] = {}
        for event in self.events(Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED, step=step):
            if event.kind is Kind.INTENDED:
                open_intentions[event.account_id] = event
            elif event.kind is Kind.SETTLED or event.data.get("answered", True):
                open_intentions.pop(event.account_id, None)
        return open_intentions

    def unconfirmed(self, step: str) -> frozenset[str]:
        """Accounts for which a call of a step took effect, and which nothing since then tells to be where they should.

        A process died, or stopped looking, before AWS showed it.
        """
        waiting: set[str] = set()
        for event in self.events(Kind.OUTCOME, Kind.SETTLED, Kind.CONFIRMED, step=step):
            if event.took_effect:
                waiting.add(event.account_id)
            elif event.kind is not Kind.OUTCOME:
                waiting.discard(event.account_id)
        return frozenset(waiting)

    def verify(self) -> list[Message]:
        """What is wrong with the chain: one message for each break, none for an untouched ledger."""
        with self._reading():
            # Row by row: a long run's ledger is not held in memory twice.
            return broken_rows(map(Row._make, self._database.execute(f"{_SELECT} ORDER BY number")))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        """Use as a context manager closes the file at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()


def _unopened(path: Path, error: sqlite3.Error | OSError | InputError) -> Message:
    if isinstance(error, InputError):
        return Message("ledger-not-entered", path=str(path), then=error.message)
    return Message("ledger-not-opened", path=str(path), words=str(error))


def _line(kind: Kind, step: str, account_id: str, data: Mapping[str, object]) -> _Line:
    return _Line(kind.value, step, account_id, canonical(mask_json(data)))
