"""Questions that no API answers: silence is unknown, a person's word counts, and the ledger keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from typer.testing import CliRunner

from orgtools import InputError, assess, steps
from orgtools.cli import app
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.record.model.event_messages import tell
from tests.rehearsed import PLAIN, STANDALONE

if TYPE_CHECKING:
    from orgtools.findings import Finding
    from tests.rehearsed import Run

_ASKED: Final = ("E13", "E6.seller", "B3.pricing", "D14.export", "E16.root", "B4")


def _found(run: Run) -> dict[tuple[str, str], Finding]:
    """What the questions' checks find, as a notebook that was just opened sees it."""
    found = assess.assess(run.open(), [PLAIN[0], STANDALONE], checks=_ASKED)
    return {(f.account_id, f.check): f for f in found.findings if f.check in _ASKED}


def test_nobodys_answer_is_unknown_and_says_how_to_give_one(run: Run) -> None:
    """Of the stand-alone path only, where it is about the account."""
    found = _found(run)
    unknown = {key for key, finding in found.items() if finding.status is Verdict.UNKNOWN}
    assert unknown == {
        ("", "E13"),
        ("", "E6.seller"),
        ("", "B3.pricing"),
        ("", "D14.export"),
        ("", "E16.root"),
        (STANDALONE, "B4"),
    }
    assert found[PLAIN[0], "B4"].status is Verdict.OK
    assert "answer B4 yes|no --account ID" in found[STANDALONE, "B4"].remedy


@pytest.mark.parametrize(
    ("check", "said", "status"),
    [
        (check, said, status)
        for check, question in assess.QUESTIONS.items()
        for said, status in question.answers.items()
    ],
)
def test_an_answer_counts_for_every_notebook_that_comes_later(run: Run, check: str, said: str, status: Verdict) -> None:
    """It comes from the ledger, with name and time; the newest word counts."""
    account_id = STANDALONE if check == "B4" else ""
    migration = run.open()
    assess.answer(migration, check, next(iter(assess.QUESTIONS[check].answers)), account_id=account_id)
    event = assess.answer(migration, check, said, account_id=account_id, by="Jane")
    finding = _found(run)[account_id, check]
    assert finding.status is status
    by = event.data["by"]
    assert by.startswith("Jane (")
    meaning = assess.QUESTIONS[check].meaning(said)
    assert finding.evidence == Message("question-answered", why=meaning, person=by, at=event.at)
    assert tell(event) == Message("record-event-answered", person=by, check=check, choice=said)


def test_an_account_that_cannot_pay_is_not_invited(run: Run) -> None:
    """Without another assessment: the answer counts from the next preview on, and a better one lets it go."""
    migration = run.assessed()
    for said, kind in (("no", steps.Blocked), ("yes", steps.Do)):
        assess.answer(migration, "B4", said, account_id=STANDALONE)
        (decision,) = steps.preview(run.open(), steps.INVITE, [STANDALONE]).decisions
        assert isinstance(decision, kind)


def test_what_is_no_answer_is_refused(run: Run) -> None:
    """And nothing is noted."""
    migration = run.open()
    for check, said, account_id in (
        ("E1", "yes", ""),
        ("E13", "perhaps", ""),
        ("E13", "yes", PLAIN[0]),
        ("B4", "yes", ""),
        ("B4", "yes", PLAIN[0]),
        ("B4", "yes", "300000000099"),
    ):
        with pytest.raises(InputError):
            assess.answer(migration, check, said, account_id=account_id)
    assert list(migration.ledger.events(Kind.ANSWERED)) == []


def test_the_command_line_asks_and_answers(run: Run) -> None:
    """Without an answer it lists what is asked, and what was said."""
    folder = str(run.folder)
    said = CliRunner().invoke(app, ["answer", "B4", "yes", "--account", STANDALONE, "--by", "Jane", "--folder", folder])
    assert said.exit_code == 0, said.output
    listed = CliRunner().invoke(app, ["answer", "--folder", folder])
    migration = run.open()
    answered = migration.ledger.last(Kind.ANSWERED)
    assert answered is not None
    assert answered.data["by"].startswith("Jane")
    told = Message("answer-told", choice="yes", person=answered.data["by"], at=answered.at)
    assert f"B4  {STANDALONE}  {told}" in listed.output
    missing = Message("answer-missing", choices="yes|no")
    assert f"E13  {Message('both-organizations')}  {missing}" in listed.output
    wrong = CliRunner().invoke(app, ["answer", "E13", "--folder", folder])
    assert wrong.exit_code == 2
    assert "yes|no" in wrong.output
