"""The record of a run against the rehearsal: what it holds, and that tampering is found and named."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

import orgtools
from orgtools import record, steps
from orgtools.assess import assess
from orgtools.messages import Message
from orgtools.rehearsal import Rehearsal
from tests.rehearsed import COURTED, DECIDING, FOREIGN_INVITATION, OUTSIDE_INVITATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.rehearsed import Run


@pytest.fixture(scope="module")
def original(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A record of two accounts that moved; tests read it."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch, Rehearsal.start(folder, scenario="wave:2", speed=20) as rehearsal:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in rehearsal.environment().items():
            patch.setenv(name, value)
        with orgtools.open(folder) as migration:
            assess(migration, checks=DECIDING)
            for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
                preview = steps.preview(migration, step)
                steps.apply(migration, preview, steps.approve(preview, preview.phrase))
            yield record.write(migration).folder


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    """A copy to tamper with."""
    return shutil.copytree(original, tmp_path / "record")


def test_an_untouched_record_is_clean(original: Path) -> None:
    """Nothing to report."""
    assert record.verify(original) == []


def test_it_holds_the_page_the_ledger_the_plan_the_tables_and_the_manifest(original: Path) -> None:
    """All in one folder."""
    assert {path.name for path in original.iterdir()} == {
        "findings.csv",
        "handshakes.csv",
        "ledger.jsonl",
        "manifest.json",
        "outcomes.csv",
        "plan.csv",
        "record.html",
    }


def test_its_handshakes_are_those_of_both_sides_and_of_accounts_that_are_to_come(run: Run) -> None:
    """An invitation of somebody else is seen by the account alone."""
    folder = record.write(run.assessed()).folder
    with (folder / "handshakes.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["handshake"]: row for row in csv.DictReader(file)}
    assert rows[OUTSIDE_INVITATION]["seen by"] == "destination"
    foreign = rows[FOREIGN_INVITATION]
    assert (foreign["invited by"], foreign["seen by"], foreign["account"]) == ("somebody else", "member", COURTED)


def _edit_page(folder: Path) -> None:
    page = folder / "record.html"
    page.write_text(page.read_text().replace("in place", "on the moon", 1))


def _edit_event(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    ledger.write_text(ledger.read_text().replace('"typed":"invite 2"', '"typed":"invite 3"', 1))


def _cut_tail(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:-1]))


def _swap_events(folder: Path) -> None:
    ledger = folder / "ledger.jsonl"
    first, second, *rest = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join((second, first, *rest)))


def _edit_plan(folder: Path) -> None:
    plan = folder / "plan.csv"
    plan.write_text(plan.read_text().replace("direct", "standalone", 1))


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (_edit_page, Message("record-altered-file", path="record.html")),
        (_edit_event, Message("ledger-event-altered", event=4, kind="approved")),
        (_cut_tail, Message("record-altered-end")),
        (_swap_events, Message("ledger-event-missing", event=1, number=2)),
        (_edit_plan, Message("record-seal-plan")),
        (lambda folder: (folder / "outcomes.csv").unlink(), Message("record-altered-missing", path="outcomes.csv")),
        (lambda folder: (folder / "more.txt").write_text("x"), Message("record-altered-added", path="more.txt")),
    ],
)
def test_tampering_is_found_and_named(copy: Path, tamper: Callable[[Path], object], named: Message) -> None:
    """Each kind of change by its name."""
    tamper(copy)
    found = record.verify(copy)
    assert named in [problem.facts["why"] if problem.code == "record-altered-chain" else problem for problem in found]


def test_a_change_that_the_manifest_was_made_to_fit_is_still_found(copy: Path) -> None:
    """The ledger's seal vouches for the files, too."""
    _edit_page(copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    page = (copy / "record.html").read_bytes()
    manifest["files"]["record.html"] = {"sha256": hashlib.sha256(page).hexdigest(), "bytes": len(page)}
    (copy / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    assert record.verify(copy) == [Message("record-seal-file", path="record.html")]


def test_a_row_that_names_another_event_is_found(copy: Path) -> None:
    """By what says which event it is: number, time, step, kind, account, hash."""
    page = copy / "record.html"
    page.write_text(page.read_text().replace("<td>confirmed<td>", "<td>settled<td>", 1))
    assert "record-page-altered" in [problem.code for problem in record.verify(copy)]


def test_no_full_e_mail_address_and_no_outside_request(original: Path) -> None:
    """The rehearsal's addresses are all at example.com; the page loads nothing."""
    for path in original.iterdir():
        text = path.read_text()
        assert "operator@" not in text
        for piece in text.split("@example.com")[:-1]:
            assert piece.endswith("***")
    page = (original / "record.html").read_text()
    assert "src=" not in page
    assert "default-src 'none'" in page
