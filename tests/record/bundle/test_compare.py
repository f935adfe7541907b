"""Two records of one run: what moved between them, in sentences and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from orgtools import record
from orgtools.cli import app
from orgtools.exceptions import RecordError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free
from orgtools.record import Level
from orgtools.record.bundle.compare import Compared
from tests.record.bundles import write_small
from tests.record.long_run import begun, picture
from tests.said import says

if TYPE_CHECKING:
    from pathlib import Path

MOVED = "300000000001"
HELD = "300000000000"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The record of a run that has only begun; a warning stands about the account that will not move."""
    warning = Finding(HELD, "E7", Verdict.WARN, free("It administers.", "Deregister it."))
    return write_small(tmp_path / "before", told=replace(begun(3), findings=(warning,)))


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """The record of the same run at its end; two of three accounts are in place, and another thing is known."""
    found = Finding(MOVED, "E15", Verdict.OK, free("the role can be assumed"))
    return write_small(tmp_path / "after", told=replace(picture(3), findings=(found,)))


def test_it_tells_what_moved_and_where(before: Path, after: Path) -> None:
    """State and place of each account that moved, nothing about one that did not; in whichever order they are named."""
    compared = record.compare(after, before)
    changes = {(change.account_id, change.what): (change.before, change.after) for change in compared.accounts}
    assert changes[MOVED, Compared.STATE] == (Message("record-state-open"), Message("record-state-in-place"))
    assert changes[MOVED, Compared.NOW] == (
        Message("place", side="source", unit="/"),
        Message("place", side="destination", unit="/Workloads/Test"),
    )
    assert HELD not in {account_id for account_id, _ in changes}
    was, now = Message("record-state-open"), Message("record-state-in-place")
    label = Message("record-what-state")
    assert says(compared.messages(), "record-changed-differs", account=MOVED, change=label, before=was, after=now)


def test_it_tells_the_events_that_came(before: Path, after: Path) -> None:
    """All that the later ledger holds beyond the earlier one, each in words."""
    compared = record.compare(before, after)
    told = picture(3).events[3:]
    assert [event.hash for event in compared.events[: len(told)]] == [event.hash for event in told]
    summary = compared.messages()[0]
    assert (summary.code, summary.facts["more"]) == ("record-compared-events", len(compared.events))
    assert Message("record-compared-kind", kind="outcome", count=6) in summary.facts["whys"]
    assert compared.remarks == ()


def test_it_tells_which_findings_came_and_went(before: Path, after: Path) -> None:
    """Both, with what they said."""
    told = record.compare(before, after).messages()
    warned = Message("record-finding", change=Message("status-warn"), why=free("It administers.", "Deregister it."))
    label = Message("record-what-finding", check="E7")
    assert says(told, "record-changed-went", account=HELD, change=label, before=warned)
    fine = Message("record-finding", change=Message("status-ok"), why=free("the role can be assumed"))
    label = Message("record-what-finding", check="E15")
    assert says(told, "record-changed-came", account=MOVED, change=label, after=fine)


def test_the_table_has_a_row_for_each_change(before: Path, after: Path) -> None:
    """For a notebook."""
    compared = record.compare(before, after)
    table = compared.table()
    assert list(table.columns) == ["account", "what", "before", "after"]
    assert len(table) == len(compared.accounts) + len(compared.findings)
    words = map(str, (Message("record-what-state"), Message("record-state-open"), Message("record-state-in-place")))
    assert [MOVED, *words] in table.to_numpy().tolist()


def test_partner_records_are_compared_without_units(tmp_path: Path) -> None:
    """Their units have other pseudonyms in each: that would look like a move of every account."""
    one = write_small(tmp_path / "one", level=Level.PARTNER)
    other = write_small(tmp_path / "other", level=Level.PARTNER)
    compared = record.compare(one, other)
    assert (compared.accounts, compared.findings, compared.events) == ((), (), ())
    assert compared.remarks == (Message("record-compared-pseudonyms"),)


def test_public_records_cannot_be_compared(tmp_path: Path, after: Path) -> None:
    """No account can be found again in another record."""
    public = write_small(tmp_path / "public", level=Level.PUBLIC)
    with pytest.raises(RecordError, match="pseudonyms"):
        record.compare(public, after)


def test_records_of_two_runs_are_told_apart(before: Path, tmp_path: Path) -> None:
    """Another beginning, another run."""
    other = write_small(tmp_path / "other", told=picture(4))
    (opened, *_) = picture(3).events
    assert opened.data != picture(4).events[0].data
    assert Message("record-compared-other-run", event=1) in record.compare(before, other).remarks


def test_an_altered_record_is_said_to_be_altered(before: Path, after: Path) -> None:
    """What is compared then is not what was recorded."""
    (after / "plan.csv").write_text("account_id,ou\n", encoding="utf-8")
    assert [remark.code for remark in record.compare(before, after).remarks] == ["record-compared-altered"]


def test_the_command_line_prints_the_sentences(before: Path, after: Path) -> None:
    """And refuses in a sentence where there is no record."""
    printed = CliRunner().invoke(app, ["compare-records", str(before), str(after)])
    assert printed.exit_code == 0
    assert printed.stdout.splitlines() == record.compare(before, after).sentences()
    missing = CliRunner().invoke(app, ["compare-records", str(before), str(before / "nothing")])
    refused = Message("record-missing", path=str(before / "nothing"))
    assert (missing.exit_code, str(refused) in missing.stderr) == (2, True)
