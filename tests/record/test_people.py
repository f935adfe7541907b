"""What people said beside approving: accepted risks and answers, on the page with name, reason and end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from orgtools import assess, record
from orgtools.record.bundle.read import page_rows
from tests.rehearsed import PLAIN

if TYPE_CHECKING:
    from tests.rehearsed import Run


def test_accepted_risks_and_answers_are_on_the_page(run: Run) -> None:
    """The newest word about each; a record for everybody names nobody and gives no reason."""
    migration = run.open()
    until = migration.clock.now() + timedelta(days=3)
    for reason in ("Not yet", "Deleted soon"):
        assess.waive(migration, PLAIN[0], "D7.sqs", reason=reason, until=until, by="Jane Doe")
    assess.answer(migration, "E13", "yes", by="Jane Doe")
    page = record.write(migration).page.read_text(encoding="utf-8")
    ((account_id, check, reason, by, _, end),) = page_rows(page, "waivers")
    assert (account_id, check.split("\n")[0], reason) == (PLAIN[0], "D7.sqs", "Deleted soon")
    assert by.startswith("Jane Doe (")
    assert end == until.isoformat(timespec="seconds")
    ((whom, _, question, answer, by, _),) = page_rows(page, "answers")
    assert (whom, answer) == ("organizations", "yes")
    assert "e-mail address" in question
    assert by.startswith("Jane Doe (")
    public = record.write(migration, level=record.Level.PUBLIC).page.read_text(encoding="utf-8")
    assert len(page_rows(public, "waivers")) == len(page_rows(public, "answers")) == 1
    assert "Jane" not in public
    assert "Deleted soon" not in public
