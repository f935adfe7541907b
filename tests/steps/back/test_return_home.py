"""The steps back to the source: who is invited, who accepts what, and where an account is put."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from typer.testing import CliRunner

from orgtools import steps, ui
from orgtools.aws.calls.error_table import remedy
from orgtools.aws.model import Entry
from orgtools.cli import app
from orgtools.ledger import Kind
from orgtools.messages import Message, next_step
from orgtools.record.model.run_data import gather
from orgtools.record.render import summary
from orgtools.rehearsal import Fault
from orgtools.settings import LeaveSettings
from orgtools.steps import (
    ACCEPT,
    ACCEPT_BACK,
    INVITE,
    INVITE_BACK,
    LEAVE,
    LEAVE_BACK,
    PLACE_BACK,
    Blocked,
    Decision,
    Do,
    Done,
    Status,
    Step,
    Wait,
    stand_alone,
    ways_back,
)
from orgtools.steps.back.common import Former
from orgtools.steps.shared.account_access import Entries
from orgtools.ui import showing
from tests import rehearsed, values
from tests.rehearsed import confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Callable

    import orgtools
    from tests.rehearsed import Run

_ROLE: Final = f"arn:aws:iam::{values.ACCOUNT}:role/Access"
_FORMER: Final = {values.ACCOUNT: ("source", "/Legacy")}
_INVITED: Final = values.source(handshakes=(values.invitation(by=values.SOURCE),))
_ARRIVED: Final = values.destination(values.member())
_LEFT: Final = frozenset({values.ACCOUNT})
_STANDALONE: Final = (rehearsed.STANDALONE,)
_REMOVED: Final = "RemoveAccountFromOrganization"


def _decide(
    step: Step, source: Any, destination: Any = None, *, enters: bool = True, path: Any = "direct", **changes: Any
) -> Decision:
    entries = changes.pop("entries", {values.ACCOUNT: Entry(_ROLE, enters, True, "{}")})
    former = Former(changes.pop("former", _FORMER))
    seen = values.snapshot(source, destination or values.destination(), **changes)
    return step.decide(values.planned(path=path), values.changed(seen, Entries(entries), former))


def _leave(source: Any = _INVITED, destination: Any = _ARRIVED, **changes: Any) -> Decision:
    return _decide(LEAVE_BACK, source, destination, **{"path": "standalone", **changes})


def test_the_source_invites_and_the_member_accepts_through_it() -> None:
    """Whoever moved it there: the source's own invitation, accepted by its own way in."""
    invited = _decide(INVITE_BACK, values.source(), _ARRIVED)
    assert isinstance(invited, Do)
    assert [(call.operation, call.by) for call in invited.calls] == [("InviteAccountToOrganization", "source")]
    assert invited.calls[0].parameters == {"Target": {"Id": values.ACCOUNT, "Type": "ACCOUNT"}}
    joined = _decide(ACCEPT_BACK, _INVITED, _ARRIVED)
    assert isinstance(joined, Do)
    assert [(call.operation, call.by) for call in joined.calls] == [("AcceptHandshake", "member-through-source")]


def test_a_pending_invitation_is_adopted_and_a_closed_one_is_sent_anew() -> None:
    """Also one that another process had sent; nobody else's counts."""
    assert isinstance(_decide(INVITE_BACK, _INVITED, _ARRIVED), Done)
    for closed in (values.invitation(by=values.SOURCE, state="EXPIRED"), values.invitation(by=values.STRANGER)):
        source = values.source(handshakes=(closed,))
        assert isinstance(_decide(INVITE_BACK, source, _ARRIVED), Do)
        assert isinstance(_decide(ACCEPT_BACK, source, _ARRIVED), Wait)


def test_a_stand_alone_account_of_this_run_comes_back_and_nobody_else() -> None:
    """In neither organization: only where this run took it out; and only who was the source's."""
    left = frozenset({values.ACCOUNT})
    assert isinstance(_decide(INVITE_BACK, values.source(), left=left), Do)
    strange: tuple[dict[str, Any], ...] = ({}, {"left": left, "former": {}})
    for changes in strange:
        assert isinstance(_decide(INVITE_BACK, values.source(), **changes), Blocked)
        assert isinstance(_decide(ACCEPT_BACK, _INVITED, **changes), Blocked)


def test_without_a_way_in_nobody_is_invited_and_nobody_accepts() -> None:
    """Restoring comes first: at home the source must be able to enter."""
    blocked = _decide(INVITE_BACK, values.source(), _ARRIVED, enters=False)
    assert isinstance(blocked, Blocked)
    assert "87_way_back" in blocked.next_step
    assert isinstance(_decide(ACCEPT_BACK, _INVITED, _ARRIVED, enters=False), Wait)


@pytest.mark.parametrize("step", [INVITE_BACK, LEAVE_BACK, ACCEPT_BACK])
def test_who_is_home_is_done(step: Step) -> None:
    """Whoever brought it back."""
    assert isinstance(_decide(step, values.source(values.member()), path="standalone"), Done)


def test_the_destination_removes_or_the_member_leaves_as_migration_toml_says() -> None:
    """One call either way, in words that say what the gap means; a member leaves through the source."""
    removed = _leave()
    assert isinstance(removed, Do)
    (call,) = removed.calls
    assert (call.operation, call.by, call.parameters) == (_REMOVED, "destination", {"AccountId": values.ACCOUNT})
    assert call.words == Message("back-remove", organization="o-destinatn01")
    for leaving in (LeaveSettings(by="member"), LeaveSettings(otherwise=(values.ACCOUNT,))):
        left = _leave(leave=leaving)
        assert isinstance(left, Do)
        assert [(c.operation, c.by, c.parameters) for c in left.calls] == [
            ("LeaveOrganization", "member-through-source", {})
        ]
        assert left.calls[0].words == Message("back-leave", organization="o-destinatn01")


def test_only_the_stand_alone_path_leaves_and_only_it_is_waited_for() -> None:
    """Who can be transferred directly accepts as a member; who cannot, only when it is out."""
    assert isinstance(_leave(path="direct"), Done)
    assert isinstance(_decide(ACCEPT_BACK, _INVITED, _ARRIVED), Do)
    waits = _decide(ACCEPT_BACK, _INVITED, _ARRIVED, path="standalone")
    assert isinstance(waits, Wait)
    assert waits.why.code == "back-not-left"
    assert isinstance(_leave(_INVITED, values.destination(), left=_LEFT), Done)
    assert isinstance(_decide(ACCEPT_BACK, _INVITED, path="standalone", left=_LEFT), Do)


def test_nobody_leaves_without_the_sources_invitation() -> None:
    """So that the gap stays short; neither a closed one nor anybody else's counts."""
    for sent in ((), (values.invitation(by=values.SOURCE, state="EXPIRED"),), (values.invitation(by=values.STRANGER),)):
        assert isinstance(_leave(values.source(handshakes=sent)), Wait)


@pytest.mark.parametrize("changes", [{"enters": False}, {"entries": {}}], ids=["refused", "nobody looked"])
def test_nobody_leaves_whom_the_source_cannot_enter(changes: dict[str, Any]) -> None:
    """In no organization it would be out of the source's reach; what to do is said."""
    decision = _leave(**changes)
    assert isinstance(decision, Blocked)
    assert "87_way_back" in decision.next_step


def test_nobody_leaves_who_was_not_the_sources_or_is_nowhere() -> None:
    """The destination's own accounts stay; who has gone elsewhere is looked for."""
    for decision in (_leave(former={}), _leave(former={values.ACCOUNT: ("destination", "/")})):
        assert isinstance(decision, Blocked)
        assert says(decision.why, "back-no-way")
    assert isinstance(_leave(_INVITED, values.destination()), Blocked)


def test_nobody_leaves_so_soon_that_aws_may_not_let_it_in() -> None:
    """A refusal to change the organization again would leave it stand-alone for a day; a member can wait."""
    joined = values.NOW - timedelta(hours=23)
    waits = _leave(destination=values.destination(values.member(joined_at=joined)))
    assert isinstance(waits, Wait)
    assert waits.until == joined + timedelta(hours=24, seconds=1)


def test_an_account_is_moved_to_where_it_was() -> None:
    """From the root that it came back to; a unit that is gone is named."""
    decision = _decide(PLACE_BACK, values.source(values.member()))
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("MoveAccount", "source")
    assert call.parameters["DestinationParentId"] == values.unit("/Legacy").id
    there = values.source(values.member(parent_id=values.unit("/Legacy").id))
    assert isinstance(_decide(PLACE_BACK, there), Done)
    assert isinstance(_decide(PLACE_BACK, values.source(), _ARRIVED), Wait)
    assert isinstance(_decide(PLACE_BACK, values.source(values.member()), former={}), Done)
    gone = _decide(PLACE_BACK, values.source(values.member()), former={values.ACCOUNT: ("source", "/Gone")})
    assert isinstance(gone, Blocked)
    assert "/Gone" in gone.next_step


# Against the rehearsal.


def _arrived(run: Run, by: str = "source") -> orgtools.Migration:
    """An account that cannot be transferred directly has come to the destination two days ago, and is invited back."""
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[leave]\nby = "{by}"\n')
    migration = run.assessed()
    for step in (INVITE, LEAVE, ACCEPT):
        confirmed(do(migration, step, _STANDALONE))
    run.rehearsal.advance(timedelta(days=2))
    confirmed(do(migration, INVITE_BACK, _STANDALONE))
    return migration


def _trusting(run: Run, *accounts: str) -> None:
    run.rehearsal.intervene(
        "trust", account=rehearsed.STANDALONE, role="OrganizationAccountAccessRole", trusts=list(accounts)
    )


@pytest.mark.parametrize(("by", "operation"), [("source", _REMOVED), ("member", "LeaveOrganization")])
def test_an_account_that_cannot_be_transferred_comes_home_over_a_gap(run: Run, by: str, operation: str) -> None:
    """AWS refuses the direct transfer back; out of the destination, into the source, where it was."""
    migration = _arrived(run, by)
    before = len(run.changing())
    taken = []
    while (shown := steps.next_back(migration, _STANDALONE)).to_do:
        taken.append(shown.step.name)
        confirmed(steps.apply(migration, shown, steps.approve(shown, shown.phrase)))
    assert taken == ["leave-back", "accept-back", "place-back"]
    assert [call.operation for call in run.changing()[before:]] == [operation, "AcceptHandshake", "MoveAccount"]
    found = run.account(rehearsed.STANDALONE)
    assert (found["organization"], found["unit"]) == (rehearsed.SOURCE, "Legacy")
    assert stand_alone(migration.plan.accounts, migration.observe(), migration.ledger.events()) == ()


def test_the_rest_after_a_change_of_organization_is_spent_in_the_destination(run: Run) -> None:
    """The way back says until when; nobody is stand-alone while AWS lets nobody in."""
    migration = run.assessed()
    for step in (INVITE, LEAVE, ACCEPT, INVITE_BACK):
        confirmed(do(migration, step, _STANDALONE))
    shown = steps.next_back(migration, _STANDALONE)
    (waiting,) = shown.decisions
    assert (shown.step, shown.to_do) == (LEAVE_BACK, ())
    assert isinstance(waiting, Wait)
    assert waiting.until is not None
    run.rehearsal.advance(waiting.until - run.rehearsal.now() + timedelta(seconds=2))
    for step in (LEAVE_BACK, ACCEPT_BACK):
        assert confirmed(do(migration, step, _STANDALONE)) == {rehearsed.STANDALONE}


def test_a_failure_in_the_gap_is_shown_first_and_leads_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of the destination, and AWS refuses to let it in: every board begins with that, and with the way back."""
    migration = _arrived(run)
    confirmed(do(migration, LEAVE_BACK, _STANDALONE))
    run.rehearsal.script(
        Fault("AcceptHandshake", "refuse", calls=[1], code="ConstraintViolationException", reason="PAST_DUE_INVOICE")
    )
    do(migration, ACCEPT_BACK, _STANDALONE)

    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    ui.board(migration)
    told = CliRunner().invoke(app, ["status", "--folder", str(run.folder)])
    assert told.exit_code == 1
    for text in (html.unescape(pieces[0]), told.stdout):
        assert str(Message("alone-out-of", side="destination")) in text
        assert "PAST_DUE_INVOICE" in text
        assert str(remedy("PAST_DUE_INVOICE")) in text
        assert str(Message("alone-going-back", notebook="30_invite")) in text
    picture = gather(migration)
    assert next(summary.sentences(picture)).code == "record-summary-between"
    (_, why, whom), *_ = summary.unfinished(picture)
    assert (next_step(why).partition(":")[0], whom) == ("Open 87_way_back", _STANDALONE)
    (way,) = ways_back(migration, _STANDALONE)
    assert way.stands.code == "stands-alone"
    assert {"back-or-invite-again", "back-joins"} <= {told.code for told in way.undo}
    assert not {"back-removed", "back-leaves"} & {told.code for told in way.undo}

    confirmed(do(migration, ACCEPT_BACK, _STANDALONE))
    pieces.clear()
    ui.board(migration)
    assert "is standalone" not in "".join(pieces)
    assert CliRunner().invoke(app, ["status", "--folder", str(run.folder)]).exit_code == 0


def test_a_direct_transfer_back_that_aws_refuses_becomes_the_stand_alone_path(run: Run) -> None:
    """Somebody else had brought it; the plan is corrected, and what AWS answered before it left is past."""
    run.accounts(rehearsed.ACCOUNTS.replace("standalone", "direct"))
    migration = run.assessed()
    run.rehearsal.intervene("join", account=rehearsed.STANDALONE, organization=rehearsed.DESTINATION)
    run.rehearsal.advance(timedelta(days=2))
    confirmed(do(migration, INVITE_BACK, _STANDALONE))
    (outcome,) = do(migration, ACCEPT_BACK, _STANDALONE).outcomes
    assert outcome.status is Status.REFUSED
    assert "ALREADY_IN_AN_ORGANIZATION" in str(outcome.why)
    assert says(outcome.why, "aws-ALREADY_IN_AN_ORGANIZATION")
    assert "accounts.csv" in outcome.next_step
    run.accounts(rehearsed.ACCOUNTS)
    confirmed(do(migration, LEAVE_BACK, _STANDALONE))
    (alone,) = stand_alone(migration.plan.accounts, migration.observe(), migration.ledger.events())
    assert says(alone.evidence, "alone-out-of", side="destination")
    assert not says(alone.evidence, "alone-refused")
    assert confirmed(do(migration, ACCEPT_BACK, _STANDALONE)) == {rehearsed.STANDALONE}


def test_a_stand_alone_account_on_its_way_back_may_go_on_after_all(run: Run) -> None:
    """The destination invites it again, and it accepts."""
    migration = _arrived(run)
    for step in (LEAVE_BACK, INVITE, ACCEPT):
        assert confirmed(do(migration, step, _STANDALONE)) == {rehearsed.STANDALONE}
    assert run.account(rehearsed.STANDALONE)["organization"] == rehearsed.DESTINATION
    assert stand_alone(migration.plan.accounts, migration.observe(), migration.ledger.events()) == ()


@pytest.mark.parametrize("kind", ["lost", "cut"])
@pytest.mark.parametrize(("by", "operation"), [("source", _REMOVED), ("member", "LeaveOrganization")])
def test_a_doubtful_answer_of_leaving_is_settled_by_looking(run: Run, kind: Any, by: str, operation: str) -> None:
    """The account that left is not taken out again, and comes home."""
    migration = _arrived(run, by)
    before = len(run.changing())
    run.rehearsal.script(Fault(operation, kind, calls=[1]))
    confirmed(do(migration, LEAVE_BACK, _STANDALONE))
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]
    made = [call.code for call in run.changing()[before:]]
    assert made == ([None] if kind == "lost" else ["ConnectionCut", None])
    confirmed(do(migration, ACCEPT_BACK, _STANDALONE))


def _meanwhile(migration: orgtools.Migration, happens: Callable[[], object]) -> steps.Outcome:
    """Leave, when something happens after the step has looked and before it calls."""

    def precheck(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
        happens()
        LEAVE_BACK.precheck(holder, account_id, call)

    (outcome,) = do(migration, replace(LEAVE_BACK, precheck=precheck), _STANDALONE).outcomes
    return outcome


def test_who_cannot_be_entered_any_more_just_before_the_call_stays(run: Run) -> None:
    """The source proves to get in immediately before: what was so when it looked may have ended."""
    migration = _arrived(run)
    outcome = _meanwhile(migration, lambda: _trusting(run, rehearsed.DESTINATION_MANAGEMENT))
    assert outcome.status is Status.REFUSED
    assert says(outcome.why, "back-stays-in-destination")
    assert "87_way_back" in outcome.next_step
    assert run.account(rehearsed.STANDALONE)["organization"] == rehearsed.DESTINATION


def test_who_has_come_home_meanwhile_does_not_leave_the_source(run: Run) -> None:
    """A member leaves whichever organization it is in: it is asked which one that is."""
    migration = _arrived(run, "member")
    before = len(run.changing())
    home = {"account": rehearsed.STANDALONE, "organization": rehearsed.SOURCE, "unit": "Legacy"}
    _meanwhile(migration, lambda: run.rehearsal.intervene("join", **home))
    assert run.account(rehearsed.STANDALONE)["organization"] == rehearsed.SOURCE
    assert run.changing()[before:] == []
    (event,) = migration.ledger.events(Kind.OUTCOME, step=LEAVE_BACK.name)
    assert (event.data["called"], event.data["refused"]) == (False, "NotThere")


@pytest.mark.parametrize(
    ("trait", "reason"),
    [
        ("payment_method", "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
        ("phone_verified", "ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION"),
        ("agreement_accepted", "ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA"),
    ],
)
def test_what_aws_asks_of_a_stand_alone_account_is_told_with_what_to_do(run: Run, trait: str, reason: str) -> None:
    """It stays a member of the destination, and can still be entered."""
    tables = rehearsed.scenario()
    (account,) = (one for one in tables["organizations"][0]["accounts"] if one["id"] == rehearsed.STANDALONE)
    account |= {"direct_transfer": True, trait: False}
    run.rehearsal.reset(tables)
    run.accounts(rehearsed.ACCOUNTS.replace("standalone", "direct"))
    migration = run.assessed()
    for step in (INVITE, ACCEPT):
        confirmed(do(migration, step, _STANDALONE))
    run.rehearsal.advance(timedelta(days=2))
    run.accounts(rehearsed.ACCOUNTS)
    confirmed(do(migration, INVITE_BACK, _STANDALONE))
    (outcome,) = do(migration, LEAVE_BACK, _STANDALONE).outcomes
    assert outcome.status is Status.REFUSED
    assert reason in str(outcome.why)
    assert str(remedy(reason)) in outcome.next_step
    assert run.account(rehearsed.STANDALONE)["organization"] == rehearsed.DESTINATION


def test_a_delegated_administrator_of_the_destination_does_not_leave_it(run: Run) -> None:
    """AWS refuses; where to deregister it is said."""
    migration = _arrived(run)
    run.rehearsal.intervene("delegate", account=rehearsed.STANDALONE, service="guardduty.amazonaws.com")
    (outcome,) = do(migration, LEAVE_BACK, _STANDALONE).outcomes
    assert "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG" in str(outcome.why)
    assert str(remedy("CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG")) in outcome.next_step
