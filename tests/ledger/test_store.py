"""The ledger's file: on disk when it says so, in one order, append-only."""

from __future__ import annotations

import json
import multiprocessing
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from orgtools.exceptions import LedgerError
from orgtools.ledger import Event, Kind, Ledger
from orgtools.ledger.store import FORMAT
from orgtools.messages import Message
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ACCOUNT = "011111111101"


def _now() -> datetime:
    return NOW


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger(tmp_path / "ledger.sqlite", _now) as opened:
        yield opened


def test_what_was_appended_is_read_back(ledger: Ledger) -> None:
    """Order, time, step, account and data come back as they went in."""
    first = ledger.append(Kind.OPENED, by="jo")
    second = ledger.append(Kind.INTENDED, step="invite", account_id=ACCOUNT, parameters={"Target": ["a", 1, None]})
    assert list(ledger.events()) == [first, second]
    assert (second.number, second.at, second.step, second.account_id) == (2, NOW, "invite", ACCOUNT)
    assert second.data == {"parameters": {"Target": ["a", 1, None]}}


def test_an_event_carries_the_hash_of_the_one_before(ledger: Ledger) -> None:
    """The chain is what makes edits visible."""
    first, second = ledger.append(Kind.OPENED), ledger.append(Kind.BASELINE)
    assert first.previous == "0" * 64
    assert second.previous == first.hash
    assert ledger.verify() == []


def test_an_event_is_on_disk_when_append_returns(programs: None, tmp_path: Path) -> None:
    """A process that is killed right after leaves the event behind."""
    path = tmp_path / "ledger.sqlite"
    program = (
        "import os, signal, sys; from datetime import UTC, datetime; from pathlib import Path\n"
        "from orgtools.ledger import Kind, Ledger\n"
        "ledger = Ledger(Path(sys.argv[1]), lambda: datetime(2026, 3, 1, tzinfo=UTC))\n"
        "ledger.append(Kind.INTENDED, step='invite')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    with Ledger(path, _now) as left:
        assert [event.kind for event in left.events()] == [Kind.INTENDED]


def test_every_append_waits_for_the_disk(ledger: Ledger) -> None:
    """SQLite is told to sync at each commit; without it a power cut could lose an intention whose call was made."""
    assert ledger._database.execute("PRAGMA synchronous").fetchone() == (2,)


def test_several_events_are_written_together(ledger: Ledger) -> None:
    """One commit, in the order given, each in its place in the chain."""
    first = ledger.append(Kind.OPENED)
    told = {ACCOUNT: {"observed": "is there"}, "011111111102": {"observed": "jane@example.com is there"}}
    written = ledger.append_each(Kind.CONFIRMED, step="invite", data=told)
    assert list(ledger.events()) == [first, *written]
    assert [event.account_id for event in written] == list(told)
    assert written[1].data == {"observed": "j***@example.com is there"}
    assert ledger.append_each(Kind.CONFIRMED, step="invite", data={}) == ()
    assert ledger.verify() == []


def test_threads_share_commits_and_keep_one_unbroken_chain(ledger: Ledger) -> None:
    """Eight threads side by side: every event is there once, and what `append` returned is what lies in the file."""
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda number: ledger.append(Kind.OUTCOME, step="invite", number=number), range(200)))
    assert ledger.verify() == []
    assert sorted(written, key=lambda event: event.number) == list(ledger.events())
    assert [event.data["number"] for event in written] == list(range(200))


def test_events_after_a_known_one(ledger: Ledger) -> None:
    """What was read before need not be read again."""
    known, *later = [ledger.append(Kind.ASSESSED, number=number) for number in range(3)]
    assert list(ledger.events(Kind.ASSESSED, after=known.number)) == later
    assert list(ledger.events(after=later[-1].number)) == []


def _append_many(path: Path, start: multiprocessing.synchronize.Barrier, name: str) -> None:
    start.wait()
    with Ledger(path, _now) as ledger:
        for number in range(25):
            ledger.append(Kind.OUTCOME, step=name, number=number)


def test_several_processes_at_once_keep_one_unbroken_chain(programs: None, tmp_path: Path) -> None:
    """Several notebooks open the same new run and write at the same time: nothing is lost, nothing forks."""
    path, context = tmp_path / "ledger.sqlite", multiprocessing.get_context("spawn")
    start = context.Barrier(4)
    writers = [context.Process(target=_append_many, args=(path, start, f"step{n}")) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    with Ledger(path, _now) as ledger:
        assert ledger.verify() == []
        assert [event.number for event in ledger.events()] == list(range(1, 101))
        for name in range(4):
            assert [event.data["number"] for event in ledger.events(step=f"step{name}")] == list(range(25))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET data = '{}'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT number, at, kind, step, account_id, '{}', previous, hash FROM event",
        "INSERT INTO event VALUES (0, '', '', '', '', '', '', '')",
    ],
)
def test_the_file_refuses_to_be_changed(ledger: Ledger, statement: str) -> None:
    """Whoever opens it with SQLite and means well cannot update, delete, replace or slip in a line."""
    ledger.append(Kind.OPENED)
    with sqlite3.connect(ledger.path) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    other.close()
    assert ledger.verify() == []


def test_what_was_changed_past_the_triggers_is_found(ledger: Ledger) -> None:
    """Who takes the triggers away can edit the file; the chain shows it."""
    for kind in (Kind.OPENED, Kind.BASELINE, Kind.ASSESSED):
        ledger.append(kind, by="jo")
    with sqlite3.connect(ledger.path) as other:
        other.execute("DROP TRIGGER no_update")
        other.execute('UPDATE event SET data = \'{"by":"al"}\' WHERE number = 2')
    other.close()
    assert ledger.verify() == [Message("ledger-event-altered", event=2, kind="baseline")]
    with pytest.raises(LedgerError) as refused:
        Ledger(ledger.path, lambda: NOW)
    altered = Message("ledger-event-altered", event=2, kind="baseline")
    assert refused.value.message == Message("ledger-edited", path=str(ledger.path), findings=[altered])


def test_addresses_are_masked_before_the_event_is_hashed(ledger: Ledger) -> None:
    """No full e-mail address is in the file, wherever it stood; the chain holds over what is in the file."""
    tags = [{"jo.doe@example.com": "x"}, ("jo.doe@example.com",)]
    event = ledger.append(Kind.OUTCOME, note="ask jo.doe@example.com", tags=tags)
    assert event.data == {"note": "ask j***@example.com", "tags": [{"j***@example.com": "x"}, ["j***@example.com"]]}
    assert b"jo.doe" not in b"".join(path.read_bytes() for path in ledger.path.parent.iterdir())
    assert ledger.verify() == []


def test_masking_leaves_escapes_whole(ledger: Ledger) -> None:
    """An address right behind a control character, which goes: masking JSON text would cut its escape in two."""
    ledger.append(Kind.OUTCOME, message="line\njo@example.com \u0007jo@example.com")
    assert [event.data["message"] for event in ledger.events()] == ["line\nj***@example.com j***@example.com"]
    assert ledger.verify() == []


def test_a_file_that_is_no_ledger_gives_a_sentence(tmp_path: Path) -> None:
    """The error names the file and what to do."""
    path = tmp_path / "ledger.sqlite"
    path.write_text("this is no database, whatever its name says\n" * 100)
    with pytest.raises(LedgerError) as refused:
        Ledger(path, _now)
    assert says(refused.value.message, "ledger-not-opened", path=str(path))
    assert refused.value.next_step


@pytest.mark.parametrize("number", [0, FORMAT - 1, FORMAT + 1])
def test_a_ledger_of_another_format_is_refused(tmp_path: Path, number: int) -> None:
    """Its events may say what this orgtools does not understand; it stays as it is."""
    path = tmp_path / "ledger.sqlite"
    with Ledger(path, _now) as ledger:
        ledger.append(Kind.OPENED)
        ledger._database.execute(f"PRAGMA user_version = {number}")
    with pytest.raises(LedgerError) as refused:
        Ledger(path, _now)
    assert refused.value.message == Message("ledger-of-another-format", path=str(path), number=number, version=FORMAT)
    assert refused.value.next_step
    with sqlite3.connect(path) as file:
        assert file.execute("PRAGMA user_version").fetchone() == (number,)
    file.close()


def test_a_ledger_without_events_takes_the_present_format(tmp_path: Path) -> None:
    """Whatever number it has: nothing in it needs to be understood."""
    path = tmp_path / "ledger.sqlite"
    with Ledger(path, _now) as ledger:
        ledger._database.execute("PRAGMA user_version = 0")
    with Ledger(path, _now) as ledger:
        ledger.append(Kind.OPENED)
    with Ledger(path, _now) as ledger:
        assert ledger._database.execute("PRAGMA user_version").fetchone() == (FORMAT,)


def test_a_line_that_cannot_be_read_is_named(ledger: Ledger) -> None:
    """A damaged line is an error with its number, never an event that is silently left out."""
    ledger.append(Kind.OPENED)
    ledger._database.execute("INSERT INTO event VALUES (2, 'yesterday', 'opened', '', '', '{}', '', '')")
    with pytest.raises(LedgerError) as refused:
        list(ledger.events())
    assert says(refused.value.message, "ledger-event-unreadable", path=str(ledger.path), event=2)


def test_a_file_that_cannot_be_written_says_that_nothing_was_changed(ledger: Ledger) -> None:
    """The engine writes before it calls, so a refused write means that no call was made."""
    ledger._database.execute("PRAGMA query_only = ON")
    with pytest.raises(LedgerError) as refused:
        ledger.append(Kind.INTENDED)
    assert says(refused.value.message, "ledger-not-written", path=str(ledger.path))
    assert refused.value.next_step
    ledger._database.execute("PRAGMA query_only = OFF")
    assert ledger.append(Kind.OPENED).number == 1


def test_events_are_found_by_kind_step_and_account(ledger: Ledger) -> None:
    """Each filter narrows; none means all."""
    for step in ("invite", "accept"):
        for account_id in ("1", "2"):
            ledger.append(Kind.INTENDED, step=step, account_id=account_id)
            ledger.append(Kind.OUTCOME, step=step, account_id=account_id)
    assert len(list(ledger.events())) == 8
    assert len(list(ledger.events(Kind.OUTCOME))) == 4
    assert len(list(ledger.events(Kind.OUTCOME, Kind.INTENDED, step="invite"))) == 4
    assert [e.number for e in ledger.events(Kind.OUTCOME, step="accept", account_id="2")] == [8]
    newest = ledger.last(Kind.OUTCOME, step="invite")
    assert newest is not None
    assert newest.number == 4
    assert ledger.last(Kind.STOPPED) is None


def test_a_seal_counts_the_events_before_it(ledger: Ledger) -> None:
    """The count is what later shows a cut tail."""
    ledger.append(Kind.OPENED)
    sealed = ledger.seal(1, plan="abc")
    assert sealed is not None
    assert (sealed.kind, sealed.number, sealed.data) == (Kind.SEALED, 2, {"events": 1, "plan": "abc"})


def test_a_seal_is_not_written_over_another_event(ledger: Ledger) -> None:
    """Where another notebook wrote in between, the seal would vouch for a picture that lacks its event."""
    ledger.append(Kind.OPENED)
    ledger.append(Kind.ASSESSED)
    assert ledger.seal(1) is None
    assert [event.kind for event in ledger.events()] == [Kind.OPENED, Kind.ASSESSED]


def test_an_event_survives_json(ledger: Ledger) -> None:
    """What the record writes is what verifying reads."""
    event = ledger.append(Kind.OUTCOME, step="place", account_id=ACCOUNT, request_id="r-1")
    assert Event.from_json(json.loads(json.dumps(event.as_json()))) == event
