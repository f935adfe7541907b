"""What an account would lose for good is exported before it goes, or somebody says no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from orgtools import assess
from orgtools.assess.exporting.files import Gap
from orgtools.findings import Answer, Finding, Verdict
from orgtools.messages import Message, free
from orgtools.steps import ACCEPT, LEAVE, Blocked, Do
from tests import values
from tests.rehearsed import PLAIN
from tests.said import says

if TYPE_CHECKING:
    from orgtools.steps import Step
    from orgtools.steps.core.decisions import Decision
    from tests.rehearsed import Run

LOSES: tuple[Finding, ...] = (*values.FINE, Finding(values.ACCOUNT, "D14", Verdict.WARN, free("2 of 2 tags are lost")))


def _decided(step: Step, **changes: Any) -> Decision:
    side = values.destination(handshakes=(values.invitation(),))
    found = {"findings": {values.ACCOUNT: LOSES}} | changes
    account = values.planned(path="standalone" if step is LEAVE else "direct")
    return step.decide(account, values.snapshot(values.source(values.member()), side, **found))


@pytest.mark.parametrize("step", [ACCEPT, LEAVE], ids=["accept", "leave"])
def test_nothing_goes_that_would_lose_something_unexported(step: Step) -> None:
    """It says what would be lost, and both ways out; exported, or answered with no, it goes."""
    decision = _decided(step)
    assert isinstance(decision, Blocked)
    assert says(decision.why, "obstacle", check="D14")
    assert "10_assess" in decision.next_step
    assert "answer D14.export no" in decision.next_step
    assert isinstance(_decided(step, exported=frozenset({values.ACCOUNT})), Do)
    answers = {("", "D14.export"): Answer("no", "Jane", values.NOW)}
    assert isinstance(_decided(step, answers=answers), Do)
    yes = {("", "D14.export"): Answer("yes", "Jane", values.NOW)}
    assert isinstance(_decided(step, answers=yes), Blocked)


@pytest.mark.parametrize(
    ("found", "goes"),
    [
        (Finding(values.ACCOUNT, "D14", Verdict.OK, free("it has none")), True),
        (Finding(values.ACCOUNT, "D14", Verdict.UNKNOWN, free("could not look")), False),
        (Finding(values.ACCOUNT, "D4", Verdict.WARN, free("3 assignments end")), False),
        (Finding(values.ACCOUNT, "D9", Verdict.WARN, free("a trail ends")), True),
    ],
)
def test_only_what_is_lost_for_good_is_asked_for(found: Finding, *, goes: bool) -> None:
    """Tags and assignments; what could not be looked at may be there."""
    assert isinstance(_decided(ACCEPT, findings={values.ACCOUNT: (found,)}), Do) is goes


def test_what_nobody_looked_at_is_not_fine() -> None:
    """An invitation that somebody sent by hand may be accepted without an assessment: not without an export."""
    assert isinstance(_decided(ACCEPT, findings={}), Blocked)


@pytest.mark.parametrize(
    ("kind", "kept"),
    [("tags", False), ("assignments", False), ("contact", True), ("alternate_contacts", True), ("shares", True)],
)
def test_an_export_lets_it_go_and_one_with_a_gap_does_not(
    kind: str, run: Run, monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    """The ledger tells: what could not be read was not kept. Contacts and shares are not the organization's to lose."""
    migration = run.open()
    assess.export(migration, PLAIN[:2])
    assert migration.observe().history.exported == set(PLAIN[:2])
    monkeypatch.setattr(
        "orgtools.assess.exporting.read._ManagementAccount.look",
        lambda _management, _account_id, part: part.gaps.append(Gap(kind, Message("refused"))),
    )
    assess.export(migration, PLAIN[:1])
    assert migration.observe().history.exported == (set(PLAIN[:2]) if kept else {PLAIN[1]})
