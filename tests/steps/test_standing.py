"""What stands against both organizations stands against each account, at every step that would begin something."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, steps
from orgtools.assess import held, standing, standings
from orgtools.exceptions import ApprovalError
from orgtools.findings import Answer, Finding, Verdict, Waiver
from orgtools.messages import free
from orgtools.plan import Plan
from orgtools.steps import INVITE, LEAVE, Blocked, Do, Wait
from tests import values
from tests.rehearsed import PLAIN, do
from tests.said import says

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot
    from tests.rehearsed import Run

_FINE = values.snapshot(values.source(values.member()), values.destination())
_YOUNG = values.member("222222222222", joined_at=values.NOW - timedelta(days=1))
_FOUND: Final = Finding("", "D8", Verdict.BLOCK, free("nobody goes anywhere", "Wait."))


def _said(check: str, answer: str) -> Snapshot:
    return values.changed(_FINE, answers={("", check): Answer(answer, "jo", values.NOW)})


def _destination(snapshot: Snapshot, **changes: object) -> Snapshot:
    return replace(snapshot, destination=replace(snapshot.destination, **changes))  # type: ignore[arg-type]


AGAINST_ALL: Final[dict[str, Snapshot]] = {
    "E3": _destination(_FINE, accounts={_YOUNG.id: _YOUNG}),
    "E13": _said("E13", "no"),
    "E6.seller": _said("E6.seller", "no"),
    "D8": values.changed(_FINE, findings={**_FINE.assessed.findings, "": (_FOUND,)}),
}
"""By check: what stands against all accounts, seen now, answered, or recorded by an assessment."""


@pytest.mark.parametrize("check", AGAINST_ALL)
def test_what_blocks_both_organizations_blocks_each_account(check: str) -> None:
    """It is not invited, it is not taken out of the source, and the board keeps it out of the plan for now."""
    seen = AGAINST_ALL[check]
    decision = INVITE.decide(values.planned(), seen)
    assert isinstance(decision, Blocked | Wait)
    assert says(decision.why, "obstacle", check=check)
    invited = _destination(seen, handshakes=(values.invitation(),))
    leaving = LEAVE.decide(values.planned(path="standalone"), invited)
    assert isinstance(leaving, Blocked)
    assert says(leaving.why, "obstacle", check=check)
    stand = standings(Plan((values.planned(),)), seen)
    assert {one.check for one in held(stand, seen)[values.ACCOUNT]} == {check}


def test_a_destination_that_is_too_young_is_waited_for() -> None:
    """It clears by itself, at a time that is known."""
    decision = INVITE.decide(values.planned(), AGAINST_ALL["E3"])
    assert isinstance(decision, Wait)
    assert decision.until == _YOUNG.joined_at + timedelta(days=7)


@pytest.mark.parametrize("status", [Verdict.UNKNOWN, Verdict.WARN, Verdict.INFO, Verdict.OK])
def test_what_is_no_block_of_both_holds_nobody_back(status: Verdict) -> None:
    """Neither an unanswered question nor a warning about the organizations is the account's."""
    recorded = tuple(Finding("", check, status, free("seen")) for check in ("D8", "E6.seller", "E13"))
    seen = values.changed(_FINE, findings={**_FINE.assessed.findings, "": recorded})
    assert standing(values.planned(), seen) == standing(values.planned(), _FINE)
    assert isinstance(INVITE.decide(values.planned(), seen), Do)


def test_limits_are_given_out_account_by_account() -> None:
    """That there is no room for all (E8), nor invitations for all today (E9), holds nobody back for whom there is."""
    recorded = tuple(Finding("", check, Verdict.BLOCK, free("not for all")) for check in ("E8", "E9"))
    seen = values.changed(_FINE, findings={**_FINE.assessed.findings, "": recorded})
    assert isinstance(INVITE.decide(values.planned(), seen), Do)


def test_what_is_seen_now_counts_more_than_what_was_recorded() -> None:
    """The question was answered anew since the assessment, and the destination has grown old enough."""
    recorded = tuple(Finding("", check, Verdict.BLOCK, free("then")) for check in ("E3", "E12", "E13", "E6.seller"))
    seen = values.changed(_said("E13", "yes"), findings={**_FINE.assessed.findings, "": recorded})
    assert isinstance(INVITE.decide(values.planned(), seen), Do)


@pytest.mark.parametrize(("check", "waived"), [("D8", True), ("E13", False)])
def test_what_may_be_waived_is_waived_for_an_account(check: str, *, waived: bool) -> None:
    """The others wait; what AWS itself refuses nobody can wave through."""
    waiver = Waiver(values.NOW + timedelta(days=1), "jo", "it is known")
    seen = values.changed(AGAINST_ALL[check], waivers={(values.ACCOUNT, check): waiver})
    assert isinstance(INVITE.decide(values.planned(), seen), Do) is waived
    seen = values.changed(
        _FINE,
        source=values.source(values.member(values.OTHER)),
        findings={values.OTHER: (), "": (_FOUND,)},
        waivers=seen.assessed.waivers,
    )
    assert isinstance(INVITE.decide(values.planned(values.OTHER), seen), Blocked)


def test_nobody_is_invited_where_somebody_said_that_the_sellers_differ(run: Run) -> None:
    """Also where the answer comes after the preview was shown."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, PLAIN)
    assert len(shown.to_do) == len(PLAIN)
    assess.answer(migration, "E6.seller", "no")
    assert do(migration, INVITE, PLAIN).outcomes == ()
    with pytest.raises(ApprovalError) as refusal:
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert says(refusal.value.changes, "answer-E6-seller-no")
    assert run.changing() == []
