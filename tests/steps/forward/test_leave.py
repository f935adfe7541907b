"""Leave: only where the plan asks for it, and never into the void."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner

from orgtools import ui
from orgtools.cli import app
from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message, free
from orgtools.record.model.run_data import gather
from orgtools.record.render import summary
from orgtools.rehearsal import Fault
from orgtools.settings import AccessSettings, IdentityCenterSettings, LeaveSettings
from orgtools.steps import ACCEPT, INVITE, LEAVE, Blocked, Do, Done, Wait, stand_alone
from orgtools.steps.forward import leave
from orgtools.ui import showing
from tests import rehearsed, values
from tests.rehearsed import confirmed, do
from tests.said import says

if TYPE_CHECKING:
    import orgtools
    from orgtools.steps import Call
    from tests.rehearsed import Run

WITHOUT_RESOURCE: Final = ("LeaveOrganization",)
_STANDALONE: Final = (rehearsed.STANDALONE,)
_ALONE = values.planned(path="standalone")
_INVITED = values.snapshot(values.source(values.member()), values.destination(handshakes=(values.invitation(),)))


def test_the_source_removes_an_invited_account() -> None:
    """One call of the source's management account, in words that say what the gap means."""
    decision = LEAVE.decide(_ALONE, _INVITED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("RemoveAccountFromOrganization", "source")
    assert call.parameters == {"AccountId": values.ACCOUNT}
    assert call.words.code == "leave-call-remove"


def test_a_direct_move_leaves_nothing() -> None:
    """Off unless accounts.csv says stand-alone for the account."""
    assert isinstance(LEAVE.decide(values.planned(), _INVITED), Done)


def test_who_left_or_arrived_is_done() -> None:
    """By this run; somebody else's removal is not taken for ours."""
    gone = values.snapshot(values.source(), values.destination())
    assert isinstance(LEAVE.decide(_ALONE, values.changed(gone, left=frozenset({values.ACCOUNT}))), Done)
    assert isinstance(LEAVE.decide(_ALONE, gone), Blocked)
    arrived = values.snapshot(values.source(), values.destination(values.member()))
    assert isinstance(LEAVE.decide(_ALONE, arrived), Done)


def test_nobody_leaves_without_an_invitation_that_waits() -> None:
    """So that the gap stays short; somebody else's invitation does not count."""
    for handshakes in ((), (values.invitation(state="EXPIRED"),), (values.invitation(by=values.STRANGER),)):
        snapshot = values.snapshot(values.source(values.member()), values.destination(handshakes=handshakes))
        assert isinstance(LEAVE.decide(_ALONE, snapshot), Wait)


def test_nobody_leaves_unassessed() -> None:
    """An invitation that was adopted says nothing about whether the account can be entered."""
    decision = LEAVE.decide(_ALONE, values.changed(_INVITED, findings={}))
    assert isinstance(decision, Blocked)
    assert "10_assess" in decision.next_step


@pytest.mark.parametrize("status", [Verdict.BLOCK, Verdict.UNKNOWN])
def test_nobody_leaves_whom_we_may_not_be_able_to_enter(status: Verdict) -> None:
    """A stand-alone account that nobody can enter is out of reach: could not look is as bad as no."""
    found = (Finding(values.ACCOUNT, "E15", status, free("the role", "Create it.")),)
    decision = LEAVE.decide(_ALONE, values.changed(_INVITED, findings={values.ACCOUNT: found}))
    assert isinstance(decision, Blocked)
    assert says(decision.why, "obstacle", check="E15")
    assert decision.next_step == "Create it."


def test_a_delegated_administrator_does_not_leave() -> None:
    """The checks that need no call are made anew."""
    side = values.source(values.member(), delegated_administrators=frozenset({values.ACCOUNT}))
    decision = LEAVE.decide(_ALONE, replace(_INVITED, source=side))
    assert isinstance(decision, Blocked)


def test_the_member_leaves_where_migration_toml_says_so() -> None:
    """For all, or for some accounts only; either way by one call."""
    for leaving in (LeaveSettings(by="member"), LeaveSettings(otherwise=(values.ACCOUNT,))):
        decision = LEAVE.decide(_ALONE, values.changed(_INVITED, leave=leaving))
        assert isinstance(decision, Do)
        (call,) = decision.calls
        assert (call.operation, call.by, call.parameters) == ("LeaveOrganization", "member", {})
        assert call.words.code == "leave-call"
    same = LEAVE.decide(_ALONE, values.changed(_INVITED, leave=LeaveSettings(by="member", otherwise=(values.ACCOUNT,))))
    assert isinstance(same, Do)
    assert same.calls[0].by == "source"


def test_nobody_leaves_who_is_entered_with_a_session_that_ends_then() -> None:
    """Identity Center's assignments are the source's."""
    person = IdentityCenterSettings(profile="people", permission_set="Accept")
    access = AccessSettings(accounts={values.ACCOUNT: "identity-center"}, identity_center=person)
    decision = LEAVE.decide(_ALONE, values.changed(_INVITED, access=access))
    assert isinstance(decision, Blocked)
    assert decision.why.code == "leave-session-ends"


# Against the rehearsal.


@pytest.mark.parametrize("by", ["source", "member"])
def test_a_failure_in_the_middle_is_shown_first_until_it_is_settled(
    run: Run, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    """Out of the source, and AWS refuses to let it in: every board begins with that, and with what to do."""
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[leave]\nby = "{by}"\n')
    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    migration = run.assessed()
    for step in (INVITE, LEAVE):
        confirmed(do(migration, step, _STANDALONE))
    operation = "LeaveOrganization" if by == "member" else "RemoveAccountFromOrganization"
    assert [call.operation for call in run.changing()] == ["InviteAccountToOrganization", operation]
    assert run.account(rehearsed.STANDALONE)["organization"] is None
    run.rehearsal.script(
        Fault("AcceptHandshake", "refuse", calls=[1], code="ConstraintViolationException", reason="PAST_DUE_INVOICE")
    )
    do(migration, ACCEPT, _STANDALONE)

    ui.board(migration)
    assert f"Account {rehearsed.STANDALONE} is standalone" in pieces[0]
    assert "PAST_DUE_INVOICE" in pieces[0]
    assert "Pay your organization" in pieces[0]
    assert "open 87_way_back" in pieces[0]
    told = CliRunner().invoke(app, ["status", "--folder", str(run.folder)])
    assert told.exit_code == 1
    assert told.stdout.startswith(f"{rehearsed.STANDALONE}  is standalone")
    picture = gather(migration)
    assert next(summary.sentences(picture)).code == "record-summary-between"
    assert rehearsed.STANDALONE in summary.unfinished(picture)[0][2]

    confirmed(do(migration, ACCEPT, _STANDALONE))
    pieces.clear()
    ui.board(migration)
    assert "is standalone" not in "".join(pieces)
    assert CliRunner().invoke(app, ["status", "--folder", str(run.folder)]).exit_code == 0


def test_who_waits_stand_alone_for_an_invitation_is_told_so() -> None:
    """It was declined; an account that neither organization has is not said to be stand-alone before it says so."""
    gone = values.snapshot(values.source(), values.destination(handshakes=(values.invitation(state="DECLINED"),)))
    (found,) = stand_alone([_ALONE], values.changed(gone, left=frozenset({values.ACCOUNT})), ())
    assert says(found.evidence, "accept-invite-first")
    assert "30_invite" in found.remedy
    assert "87_way_back" in found.remedy
    assert stand_alone([_ALONE], gone, ()) == ()
    (found,) = stand_alone([_ALONE], replace(gone, told={values.ACCOUNT: None}), ())
    assert found.evidence.facts["why"] == Message("alone-as-it-reports")
    assert "87_way_back" not in found.remedy


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_of_leaving_is_settled_by_looking(run: Run, kind: Any) -> None:
    """The account that left is not asked to leave again, and can still be entered: it accepts."""
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[leave]\nby = "member"\n')
    migration = run.assessed()
    confirmed(do(migration, INVITE, _STANDALONE))
    run.rehearsal.script(Fault("LeaveOrganization", kind, calls=[1]))
    confirmed(do(migration, LEAVE, _STANDALONE))
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]
    made = [call.code for call in run.changing() if call.operation == "LeaveOrganization"]
    assert made == ([None] if kind == "lost" else ["ConnectionCut", None])
    confirmed(do(migration, ACCEPT, _STANDALONE))


def test_who_has_arrived_meanwhile_does_not_leave_the_destination(run: Run) -> None:
    """A member leaves whichever organization it is in: it is asked which one that is, just before."""
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[leave]\nby = "member"\n')
    migration = run.assessed()
    confirmed(do(migration, INVITE, _STANDALONE))

    def meanwhile(holder: orgtools.Migration, account_id: str, call: Call) -> None:
        run.rehearsal.intervene("join", account=account_id, organization=rehearsed.DESTINATION)
        leave.precheck(holder, account_id, call)

    do(migration, replace(LEAVE, precheck=meanwhile), _STANDALONE)
    assert run.account(rehearsed.STANDALONE)["organization"] == rehearsed.DESTINATION
    assert "LeaveOrganization" not in [call.operation for call in run.changing()]
    (event,) = migration.ledger.events(Kind.OUTCOME, step=LEAVE.name)
    assert (event.data["called"], event.data["refused"]) == (False, "NotThere")
