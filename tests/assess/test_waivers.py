"""Accepted risks: who, why, until when; and what nobody can accept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools import InputError, assess
from orgtools.findings import Finding, Verdict, Waiver
from orgtools.ledger import Kind
from orgtools.messages import free
from orgtools.record.model.event_messages import tell
from orgtools.steps import INVITE, LEAVE, Blocked, Do
from tests import values
from tests.rehearsed import OUTSIDE, PLAIN
from tests.said import says

if TYPE_CHECKING:
    from tests.rehearsed import Run

_BAD = Finding(values.ACCOUNT, "D7.sqs", Verdict.BLOCK, free("a queue names the source", "Name both."))
_HOME = values.snapshot(values.source(values.member()), values.destination(), findings={values.ACCOUNT: (_BAD,)})


def _until(days: int) -> Waiver:
    return Waiver(values.NOW + timedelta(days=days), "jane", "It is deleted next week")


def test_a_waiver_lets_an_account_go_until_its_end() -> None:
    """The finding stays, and says who may read it that it was accepted; afterwards it blocks again."""
    assert isinstance(INVITE.decide(values.planned(), _HOME), Blocked)
    key = (values.ACCOUNT, "D7.sqs")
    accepted = values.changed(_HOME, waivers={key: _until(1)})
    assert isinstance(INVITE.decide(values.planned(), accepted), Do)
    (found,) = (f for f in assess.standing(values.planned(), accepted) if f.check == "D7.sqs")
    assert found.status is Verdict.WARN
    assert says(found.evidence, "waived", person="jane", until=_until(1).until)
    assert isinstance(INVITE.decide(values.planned(), values.changed(_HOME, waivers={key: _until(0)})), Blocked)


def test_what_aws_refuses_is_not_waved_through() -> None:
    """Not even by a waiver that stands in the ledger."""
    bad = replace(_BAD, check="E15")
    forced = values.changed(
        _HOME,
        findings={values.ACCOUNT: (bad,)},
        waivers={(values.ACCOUNT, "E15"): _until(1)},
    )
    assert isinstance(INVITE.decide(values.planned(), forced), Blocked)


def test_a_waiver_is_in_the_ledger_with_name_reason_and_end(run: Run) -> None:
    """And every notebook that comes later knows it."""
    migration = run.open()
    until = migration.clock.now() + timedelta(days=3)
    event = assess.waive(migration, PLAIN[0], "D7.sqs", reason="The queue is deleted next week", until=until, by="Jane")
    by = event.data["by"]
    assert by.startswith("Jane (")
    assert tell(event).facts["words"] == "The queue is deleted next week"
    waiver = Waiver(until, by, "The queue is deleted next week")
    assert run.open().observe().assessed.waivers == {(PLAIN[0], "D7.sqs"): waiver}


def test_a_waiver_without_reason_end_or_sense_is_refused(run: Run) -> None:
    """And nothing is noted."""
    migration = run.open()
    later, past = (migration.clock.now() + timedelta(days=days) for days in (1, -1))
    for account_id, check, reason, until in (
        (OUTSIDE, "D7.sqs", "why", later),
        (PLAIN[0], "E1", "why", later),
        (PLAIN[0], "E99", "why", later),
        (PLAIN[0], "D7.sqs", " ", later),
        (PLAIN[0], "D7.sqs", "why", past),
        (PLAIN[0], "D7.sqs", "why", later.replace(tzinfo=None)),
    ):
        with pytest.raises(InputError):
            assess.waive(migration, account_id, check, reason=reason, until=until)
    assert list(migration.ledger.events(Kind.WAIVED)) == []


@pytest.mark.parametrize(
    ("check", "decision"), [("D7.sqs", Do), ("E11", Do), ("E4", Blocked), ("E15", Blocked), ("E99", Blocked)]
)
def test_only_what_decides_whether_we_get_out_and_in_again_keeps_an_account_from_leaving(
    check: str, decision: type
) -> None:
    """Could not look at a queue is no reason to stay; could not look whether AWS lets it go or we can enter it is."""
    unknown = (Finding(values.ACCOUNT, check, Verdict.UNKNOWN, free("closed", "Grant it.")),)
    invited = values.destination(handshakes=(values.invitation(),))
    snapshot = values.snapshot(values.source(values.member()), invited, findings={values.ACCOUNT: unknown})
    assert isinstance(LEAVE.decide(values.planned(path="standalone"), snapshot), decision)
