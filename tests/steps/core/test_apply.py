"""The engine against the rehearsal: a whole wave, and everything that may come between two calls."""

from __future__ import annotations

import queue
import re
import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import orgtools
from orgtools import steps
from orgtools.aws.calls.error_table import remedy
from orgtools.aws.calls.rate_limits import shared_file
from orgtools.aws.read.member import Member
from orgtools.ledger import Kind
from orgtools.messages import Message, free, next_step
from orgtools.rehearsal.limits.faults import Fault
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY, Blocked, Call, Do, Done, Status, Wait
from orgtools.steps.core import perform
from tests import rehearsed
from tests.rehearsed import COURTED, DELEGATED, PLAIN, STANDALONE, SUSPENDED, YOUNG, confirmed, do
from tests.said import says, tells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rehearsed import Run

ONE = PLAIN[:1]
MOVERS = (*PLAIN, STANDALONE, COURTED)
WAY = (INVITE, LEAVE, ACCEPT, PLACE)
INVITED = "InviteAccountToOrganization"
UNPLANNED = Message("accounts-not-planned", accounts=[rehearsed.OUTSIDE], count=1)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch, run: Run) -> list[float]:
    """Every pause of the engine moves the rehearsal's clock by a second instead of lasting; nothing else moves it."""
    made: list[float] = []
    run.rehearsal.set_speed(rehearsed.STILL)

    def sleep(seconds: float) -> None:
        made.append(seconds)
        run.rehearsal.advance(timedelta(seconds=1))

    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", sleep)
    return made


@pytest.fixture(autouse=True)
def clean_ledger(run: Run) -> Iterator[None]:
    """After every test: the chain holds, and every call that left was intended before."""
    yield
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []
        intended = Counter(event.data["operation"] for event in ledger.events(Kind.INTENDED))
    assert Counter(call.operation for call in run.changing() if call.code != "ConnectionCut") <= intended


def _outcomes(result: steps.Result) -> dict[str, Status]:
    return {outcome.account_id: outcome.status for outcome in result.outcomes}


def _events(migration: orgtools.Migration, *kinds: Kind) -> list[tuple[str, str, str]]:
    return [(event.kind.value, event.step, event.account_id) for event in migration.ledger.events(*kinds)]


def _operations(run: Run) -> list[str]:
    return [call.operation for call in run.changing()]


# The whole way.


def test_a_wave_moves_end_to_end_and_nothing_else_does(run: Run) -> None:
    """Invite, leave, accept, place, verify: each planned account arrives once, and nobody else is touched."""
    before = run.rehearsal.world()
    migration = run.assessed()
    for step in WAY:
        do(migration, step)
    after = run.rehearsal.world()
    where = {account_id: after["accounts"][account_id] for account_id in MOVERS}
    assert {found["organization"] for found in where.values()} == {rehearsed.DESTINATION}
    assert [where[account_id]["unit"] for account_id in MOVERS] == [
        "Workloads/Prod",
        "Workloads/Test",
        "Platform/Shared",
        "Workloads/Prod",
        "Workloads/Prod",
    ]
    assert where[PLAIN[0]]["tags"] == {"team": "shop", "owner": "jane@example.com"}
    untouched = before["accounts"].keys() - set(MOVERS)
    assert {name: after["accounts"][name] for name in untouched} == {
        name: before["accounts"][name] for name in untouched
    }
    assert {call.account for call in run.changing() if call.account} == set(MOVERS)
    assert after["handshakes"][rehearsed.FOREIGN_INVITATION]["state"] == "OPEN"
    assert after["handshakes"][rehearsed.OUTSIDE_INVITATION]["state"] == "OPEN"
    verified = steps.preview(migration, VERIFY, MOVERS)
    assert {type(decision) for decision in verified.decisions} == {Done}
    assert steps.bystanders(migration.plan, migration.baseline(), verified.snapshot) == []


def test_each_account_takes_one_call_for_each_step(run: Run) -> None:
    """One invitation, one acceptance, one move; the stand-alone one is removed in between; no tag was missing."""
    migration = run.assessed()
    for step in WAY:
        do(migration, step)
    assert Counter(_operations(run)) == {
        INVITED: 5,
        "RemoveAccountFromOrganization": 1,
        "AcceptHandshake": 5,
        "MoveAccount": 5,
    }
    entered = Counter(
        call.account for call in run.rehearsal.calls() if call.operation == "AssumeRole" and call.status == 200
    )
    assert set(entered.values()) == {1}


def test_every_call_is_made_with_the_right_credentials(run: Run) -> None:
    """The destination invites and places, the source removes, the member accepts."""
    migration = run.assessed()
    for step in WAY:
        do(migration, step)
    callers = {(call.operation, call.caller_account) for call in run.changing()}
    assert callers == {
        (INVITED, rehearsed.DESTINATION_MANAGEMENT),
        ("RemoveAccountFromOrganization", rehearsed.SOURCE_MANAGEMENT),
        ("MoveAccount", rehearsed.DESTINATION_MANAGEMENT),
        *(("AcceptHandshake", account_id) for account_id in MOVERS),
    }


def test_the_ledger_tells_the_whole_story(run: Run) -> None:
    """Approved, intended, outcome, confirmed: with request id, caller, handshake and who approved."""
    migration = run.assessed()
    (outcome,) = do(migration, INVITE, ONE).outcomes
    told = list(migration.ledger.events(step="invite"))
    assert [event.kind for event in told] == [Kind.APPROVED, Kind.INTENDED, Kind.OUTCOME, Kind.CONFIRMED]
    approved, intended, returned, _ = told
    (call,) = run.changing()
    assert approved.data["typed"] == "invite 1"
    assert approved.data["by"]
    assert approved.data["accounts"] == list(ONE)
    assert intended.data["approval"] == approved.data["digest"]
    assert intended.data["caller"] == call.caller_arn
    assert intended.data["parameters"]["Target"] == {"Id": ONE[0], "Type": "ACCOUNT"}
    assert returned.data["request_id"] == call.request_id == outcome.request_id
    assert returned.data["handshake_id"] == outcome.handshake_id
    assert run.handshakes(ONE[0]) == {outcome.handshake_id: "OPEN"}
    do(migration, ACCEPT, ONE)
    (entered,) = migration.ledger.events(Kind.INTENDED, step="accept")
    assert entered.data["caller"] == f"arn:aws:iam::{ONE[0]}:role/OrganizationAccountAccessRole"


def test_running_again_makes_no_changing_call(run: Run) -> None:
    """Not in the same notebook, and not after a restart of everything."""
    migration = run.assessed()
    for step in WAY:
        do(migration, step)
    made = len(run.changing())
    for again in (migration, run.assessed()):
        for step in (*WAY, VERIFY):
            assert steps.preview(again, step).to_do == ()
            do(again, step)
    assert len(run.changing()) == made


def test_a_new_kernel_goes_on_where_the_last_one_stopped(run: Run) -> None:
    """AWS and the ledger are all that is remembered."""
    do(run.assessed(), INVITE, PLAIN)
    confirmed(do(run.open(), ACCEPT, PLAIN))
    assert confirmed(do(run.open(), PLACE, PLAIN)) == set(PLAIN)


@pytest.mark.parametrize(
    ("account_id", "kind", "why", "facts"),
    [
        (DELEGATED, Blocked, "delegated-administrator", {}),
        (YOUNG, Wait, "account-too-young", {}),
        (SUSPENDED, Blocked, "account-not-active", {"state": "SUSPENDED"}),
    ],
)
def test_what_may_not_go_is_left_alone_with_the_remedy(
    run: Run, account_id: str, kind: type, why: str, facts: dict[str, str]
) -> None:
    """At every step of the way."""
    migration = run.assessed()
    (decision,) = steps.preview(migration, INVITE, [account_id]).decisions
    assert isinstance(decision, kind)
    assert says(decision.why, why, **facts)
    assert next_step(decision.why)
    for step in WAY:
        do(migration, step, wave=2)
    assert account_id not in {call.account for call in run.changing()}
    assert run.account(account_id)["organization"] == rehearsed.SOURCE


def test_a_young_account_goes_when_it_is_old_enough(run: Run) -> None:
    """The wait has a time, and a later run goes on from it."""
    migration = run.assessed()
    (held,) = steps.preview(migration, INVITE, [YOUNG]).decisions
    assert isinstance(held, Wait)
    assert held.until is not None
    run.rehearsal.advance(held.until - run.rehearsal.now() + timedelta(seconds=2))
    for step in WAY:
        do(run.open(), step, (YOUNG,))
    assert run.account(YOUNG)["unit"] == "Workloads/Test"


def test_the_stand_alone_path_is_walked_in_order(run: Run) -> None:
    """Invited first; not accepted before it has left; and left only with an invitation that waits."""
    migration = run.assessed()
    for too_early in (LEAVE, ACCEPT):
        assert steps.preview(migration, too_early, [STANDALONE]).to_do == ()
    confirmed(do(migration, INVITE, (STANDALONE,)))
    assert steps.preview(migration, ACCEPT, [STANDALONE]).to_do == ()
    confirmed(do(migration, LEAVE, (STANDALONE,)))
    assert run.account(STANDALONE)["organization"] is None
    confirmed(do(run.open(), ACCEPT, (STANDALONE,)))
    assert run.account(STANDALONE)["organization"] == rehearsed.DESTINATION


# Consent.


def test_without_an_approval_nothing_changes(run: Run) -> None:
    """A dry run is the default."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE)
    result = steps.apply(migration, shown, None)
    assert result.is_dry_run
    assert result.summary().code == "result-dry-run"
    assert run.changing() == []
    assert _events(migration, Kind.APPROVED, Kind.INTENDED) == []


def test_the_approval_of_something_else_is_refused(run: Run) -> None:
    """Of another wave, or of another step."""
    migration = run.assessed()
    shown, other = steps.preview(migration, INVITE, wave=1), steps.preview(migration, INVITE, wave=2)
    approval = steps.approve(other, other.phrase)
    for otherwise in (shown, steps.preview(migration, ACCEPT, wave=2)):
        with pytest.raises(orgtools.ApprovalError) as refusal:
            steps.apply(migration, otherwise, approval)
        assert refusal.value.message.code == "approval-of-another-preview"
    assert run.changing() == []


def test_a_changed_plan_is_refused_with_what_changed(run: Run) -> None:
    """After the approval, before the calls; and again approving goes on with the new plan."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, PLAIN)
    approval = steps.approve(shown, shown.phrase)
    run.accounts(rehearsed.ACCOUNTS.replace(f"{PLAIN[1]},Workloads/Test", f"{PLAIN[1]},Platform/Shared"))
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.apply(migration, shown, approval)
    (change,) = refusal.value.changes
    assert f"account {PLAIN[1]} to /Workloads/Test" in str(change)
    assert f"is now account {PLAIN[1]} to /Platform/Shared" in str(change)
    assert run.changing() == []
    confirmed(do(migration, INVITE, PLAIN))


def test_somebody_who_moved_an_account_is_noticed(run: Run) -> None:
    """Between the preview and the calls."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    do(migration, ACCEPT, ONE)
    shown = steps.preview(migration, PLACE, ONE)
    approval = steps.approve(shown, shown.phrase)
    run.rehearsal.intervene("move", account=ONE[0], unit="Research/Prod")
    made = len(run.changing())
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.apply(migration, shown, approval)
    (change,) = refusal.value.changes
    assert (change.code, change.facts["place"]) == ("preview-differs", ONE[0])
    assert says(change.facts["before"], "place-call-move", parent="/", unit="/Workloads/Prod")
    assert says(change.facts["after"], "place-call-move", parent="/Research/Prod", unit="/Workloads/Prod")
    assert len(run.changing()) == made
    assert run.account(ONE[0])["unit"] == "Research/Prod"


def test_somebody_who_cancelled_an_invitation_is_noticed(run: Run) -> None:
    """Nothing is accepted any more, and the operator learns why."""
    migration = run.assessed()
    do(migration, INVITE, PLAIN)
    shown = steps.preview(migration, ACCEPT, PLAIN)
    (handshake,) = run.handshakes(PLAIN[0])
    run.rehearsal.intervene("cancel", handshake=handshake)
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert says(refusal.value.changes, "invitation-ended", handshake=handshake, state="CANCELED")
    assert "AcceptHandshake" not in _operations(run)


def test_consent_to_an_invitation_is_no_consent_to_a_second_one(run: Run) -> None:
    """Somebody took it back: the same approval does not send it again."""
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, ONE)
    steps.apply(migration, shown, None)
    shown = steps.preview(migration, INVITE, ONE)
    approval = steps.approve_digest(shown, shown.digest)
    confirmed(steps.apply(migration, shown, approval))
    (handshake,) = run.handshakes(ONE[0])
    run.rehearsal.intervene("cancel", handshake=handshake)
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.apply(migration, shown, approval)
    assert says(refusal.value.changes, "invitation-ended", handshake=handshake, state="CANCELED")
    assert _operations(run) == [INVITED]


def test_an_account_that_the_plan_does_not_name_cannot_be_asked_for(run: Run) -> None:
    """At no step, and not by entering it either."""
    migration = run.assessed()
    for step in (*WAY, VERIFY):
        with pytest.raises(orgtools.InputError) as refusal:
            steps.preview(migration, step, [rehearsed.OUTSIDE])
        assert refusal.value.message == UNPLANNED
    with pytest.raises(orgtools.InputError) as refusal:
        migration.member(rehearsed.OUTSIDE)
    assert refusal.value.message == UNPLANNED
    with pytest.raises(orgtools.InputError) as refusal:
        steps.preview(migration, INVITE, wave=7)
    assert says(refusal.value.message, "plan-wave-unknown", wave=7)


def test_a_call_for_an_account_that_the_plan_does_not_name_is_not_made(run: Run) -> None:
    """Whatever has decided it and approved it: who calls looks at the plan."""
    migration = run.open()
    target = {"Target": {"Id": rehearsed.OUTSIDE, "Type": "ACCOUNT"}}
    stray = Do(rehearsed.OUTSIDE, free("is not invited yet"), (Call(INVITED, "destination", target, free("invite")),))
    with pytest.raises(orgtools.InputError) as refusal:
        perform.Performer(migration, INVITE, "digest").perform([stray], {})
    assert refusal.value.message == UNPLANNED
    assert run.changing() == []
    assert _events(migration, Kind.INTENDED) == []


def test_a_unit_that_was_renamed_meanwhile_is_noticed(run: Run) -> None:
    """The tree is looked at anew at every preview, not remembered."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    do(migration, ACCEPT, ONE)
    steps.preview(migration, PLACE, ONE)
    client = migration.destination.access.client("organizations")
    units = run.rehearsal.world()["organizations"][rehearsed.DESTINATION]["units"]
    prod = next(unit for unit, path in units.items() if path == "Workloads/Prod")
    client.update_organizational_unit(OrganizationalUnitId=prod, Name="Old")  # type: ignore[attr-defined]
    with pytest.raises(orgtools.InputError) as refusal:
        steps.preview(migration, PLACE, ONE)
    assert tells(refusal.value.message, "/Workloads/Prod")
    migration.ledger.append(
        Kind.INTENDED, operation="UpdateOrganizationalUnit"
    )  # for clean_ledger: the test's own call


# Invitations.


def test_our_own_pending_invitation_is_adopted(run: Run) -> None:
    """Somebody of the destination sent it by hand: no second one."""
    sent = run.rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=ONE[0])
    migration = run.assessed()
    (decision,) = steps.preview(migration, INVITE, ONE).decisions
    assert isinstance(decision, Done)
    assert decision.handshake_id == sent["handshake"]
    confirmed(do(migration, ACCEPT, ONE))
    assert INVITED not in _operations(run)


def test_an_expired_invitation_is_sent_again(run: Run) -> None:
    """After 15 days, by AWS's clock; with an approval of its own."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    run.rehearsal.advance(timedelta(days=15, seconds=5))
    assert steps.preview(migration, ACCEPT, ONE).to_do == ()
    (decision,) = steps.preview(migration, INVITE, ONE).to_do
    assert decision.why.facts["state"] == "EXPIRED"
    confirmed(do(migration, INVITE, ONE))
    assert sorted(run.handshakes(ONE[0]).values()) == ["EXPIRED", "OPEN"]
    confirmed(do(migration, ACCEPT, ONE))


def test_a_foreign_invitation_is_never_accepted(run: Run) -> None:
    """The account has one from a third organization and one from us: only ours is answered."""
    migration = run.assessed()
    assert steps.preview(migration, ACCEPT, [COURTED]).to_do == ()
    do(migration, INVITE, (COURTED,))
    confirmed(do(migration, ACCEPT, (COURTED,)))
    (ours,) = run.handshakes(COURTED)
    assert [call.handshake for call in run.changing() if call.operation == "AcceptHandshake"] == [ours]
    assert run.handshakes(COURTED, rehearsed.THIRD) == {rehearsed.FOREIGN_INVITATION: "OPEN"}


@pytest.mark.parametrize("taken_out", [True, False], ids=["by the run", "by hand"])
def test_a_stand_alone_account_is_not_taken_from_a_third_organization(run: Run, *, taken_out: bool) -> None:
    """Its invitation of ours still waits, but somebody let it join another one; neither side's lists show that."""
    migration = run.assessed()
    do(migration, INVITE, (STANDALONE,))
    if taken_out:
        do(migration, LEAVE, (STANDALONE,))
    run.rehearsal.intervene("join", account=STANDALONE, organization=rehearsed.THIRD)
    if taken_out:
        (outcome,) = do(migration, ACCEPT, (STANDALONE,)).outcomes
        assert outcome.status is Status.REFUSED
        assert says(outcome.why, "accept-in-third-organization", organization=rehearsed.THIRD)
        assert outcome.next_step
    else:
        (decision,) = steps.preview(migration, ACCEPT, (STANDALONE,)).decisions
        assert isinstance(decision, Blocked)
    assert "AcceptHandshake" not in _operations(run)
    assert run.account(STANDALONE)["organization"] == rehearsed.THIRD


def test_a_handshake_that_the_member_sees_as_foreign_is_not_accepted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the destination's list said: the last look is the member's, and it stops the call."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    real = Member.received_handshakes

    def forged(member: Any) -> tuple[orgtools.Handshake, ...]:
        return tuple(replace(one, arn=one.arn.replace("222222222222", "555555555555")) for one in real(member))

    monkeypatch.setattr(Member, "received_handshakes", forged)
    (outcome,) = do(migration, ACCEPT, ONE).outcomes
    assert outcome.status is Status.REFUSED
    assert says(outcome.why, "accept-foreign-handshake", organization=rehearsed.DESTINATION)
    assert outcome.next_step
    assert "AcceptHandshake" not in _operations(run)
    assert _events(migration, Kind.INTENDED)[1:] == [], "what is not called is not intended"


def test_the_window_of_24_hours_is_kept(run: Run) -> None:
    """The rest waits until the oldest attempt is a day old, then goes."""
    for account_id in PLAIN:
        for _ in range(6):
            sent = run.rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=account_id)
            run.rehearsal.intervene("cancel", handshake=sent["handshake"])
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[quotas]\naccounts = 20\n")
    migration = run.assessed()
    shown = steps.preview(migration, INVITE, PLAIN)
    assert [type(decision).__name__ for decision in shown.decisions] == ["Do", "Do", "Wait"]
    confirmed(do(migration, INVITE, PLAIN))
    (held,) = steps.preview(migration, INVITE, PLAIN[2:]).decisions
    assert isinstance(held, Wait)
    assert held.until is not None
    run.rehearsal.advance(timedelta(hours=24, seconds=5))
    confirmed(do(migration, INVITE, PLAIN))
    assert _operations(run) == [INVITED] * 3


# Answers that do not come, or come late.


@pytest.mark.parametrize("step", WAY, ids=lambda step: step.name)
def test_a_lost_answer_is_settled_by_looking(run: Run, pauses: list[float], step: steps.Step) -> None:
    """The call took effect: it is not made again, and the ledger says how that became known."""
    migration = _until(run, step)
    (decision,) = steps.preview(migration, step, (STANDALONE,)).to_do
    operation = decision.calls[-1].operation
    run.rehearsal.script(Fault(operation, "lost", calls=[1]))
    confirmed(do(migration, step, (STANDALONE,)))
    assert Counter(_operations(run))[operation] == 1
    (settled,) = migration.ledger.events(Kind.SETTLED)
    assert settled.data["took_effect"] is True
    assert migration.ledger.unsettled(step.name) == {}
    assert _events(migration, Kind.CONFIRMED)[-1] == ("confirmed", step.name, STANDALONE)


@pytest.mark.parametrize("step", WAY, ids=lambda step: step.name)
@pytest.mark.parametrize("kind", ["cut", "throttle", "server_error", "concurrent_modification"])
def test_a_call_that_did_not_take_effect_is_repeated_once(
    run: Run, pauses: list[float], step: steps.Step, kind: Any
) -> None:
    """After a pause, and after reading AWS; for the ledger both tries are intentions."""
    migration = _until(run, step)
    (decision,) = steps.preview(migration, step, (STANDALONE,)).to_do
    operation = decision.calls[-1].operation
    run.rehearsal.script(Fault(operation, kind, calls=[1]))
    confirmed(do(migration, step, (STANDALONE,)))
    assert Counter(_operations(run))[operation] == 2
    assert len(pauses) == 1
    assert len(list(migration.ledger.events(Kind.INTENDED, step=step.name))) == 2
    assert migration.ledger.unsettled(step.name) == {}


@pytest.mark.parametrize("step", WAY, ids=lambda step: step.name)
@pytest.mark.parametrize("lost", [False, True], ids=["answered", "answer lost"])
def test_an_effect_that_aws_shows_late_is_waited_for(
    run: Run, pauses: list[float], step: steps.Step, *, lost: bool
) -> None:
    """Reads lag by three seconds. What AWS answered is not asked again; a lost answer takes effect once."""
    migration = _until(run, step)
    (decision,) = steps.preview(migration, step, (STANDALONE,)).to_do
    operation = decision.calls[-1].operation
    run.rehearsal.switch(lag_seconds=3.0)
    if lost:
        run.rehearsal.script(Fault(operation, "lost", calls=[1]))
    confirmed(do(migration, step, (STANDALONE,)))
    assert pauses, "it came late"
    done = [call for call in run.changing() if call.operation == operation]
    assert len([call for call in done if call.status == 200]) == 1
    if not lost:
        assert len(done) == 1


def test_not_shown_yet_is_not_noted_as_not_done(run: Run, pauses: list[float]) -> None:
    """The answer was lost and reads lag: the ledger waits for what AWS shows, instead of guessing."""
    migration = run.assessed()
    run.rehearsal.switch(lag_seconds=0.9)
    run.rehearsal.script(Fault(INVITED, "lost", calls=[1]))
    confirmed(do(migration, INVITE, ONE))
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [True]
    assert _operations(run) == [INVITED]


def test_an_effect_that_never_shows_is_unconfirmed(run: Run, pauses: list[float]) -> None:
    """The rounds are used up: the operator is told to look again, and nothing was called twice."""
    migration = run.assessed()
    run.rehearsal.switch(lag_seconds=3600.0)
    (outcome,) = do(migration, INVITE, ONE).outcomes
    assert outcome.status is Status.UNCONFIRMED
    assert outcome.why.code == "unconfirmed"
    assert _operations(run) == [INVITED]
    assert len(pauses) == migration.settings.engine.rounds - 1


def test_a_busy_aws_is_given_up_after_some_rounds(run: Run, pauses: list[float]) -> None:
    """With growing pauses; nothing is lost, and a later run goes on."""
    migration = run.assessed()
    run.rehearsal.script(Fault(INVITED, "throttle", probability=1.0))
    (outcome,) = do(migration, INVITE, ONE).outcomes
    assert outcome.status is Status.REFUSED
    assert outcome.why.code == "refused-again"
    assert len(run.changing()) == migration.settings.engine.rounds
    assert pauses[-1] > pauses[0]
    run.rehearsal.script()
    confirmed(do(migration, INVITE, ONE))


def test_a_busy_member_is_asked_again(run: Run, pauses: list[float]) -> None:
    """The last look before accepting found nobody at home: that is no refusal of the operator's."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    run.rehearsal.script(Fault("ListHandshakesForAccount", "throttle", calls=range(1, 9)))
    confirmed(do(migration, ACCEPT, ONE))
    assert Counter(_operations(run))["AcceptHandshake"] == 1


def _until(run: Run, step: steps.Step) -> orgtools.Migration:
    """Everything before a step is done for the account that takes every step."""
    migration = run.assessed()
    for earlier in WAY[: WAY.index(step)]:
        confirmed(do(migration, earlier, (STANDALONE,)))
    return migration


# Death in between.


@pytest.mark.parametrize("took_effect", [True, False], ids=["took effect", "did not"])
@pytest.mark.parametrize("others", [True, False], ids=["others to do", "nothing else to do"])
def test_an_invitation_without_an_outcome_is_settled_by_looking(run: Run, *, took_effect: bool, others: bool) -> None:
    """A process died between intention and outcome; whether the call left or not, one invitation waits in the end."""
    migration = run.assessed()
    _die_before_the_outcome(migration, "invite", INVITED, "destination")
    if took_effect:
        run.rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=ONE[0])
    again = run.open()
    do(again, INVITE, PLAIN if others else ONE)
    (settled,) = again.ledger.events(Kind.SETTLED)
    assert (settled.account_id, settled.data["took_effect"]) == (ONE[0], took_effect)
    assert again.ledger.unsettled("invite") == {}
    assert list(run.handshakes(ONE[0]).values()) == ["OPEN"]
    assert [call.account for call in run.changing()].count(ONE[0]) == (0 if took_effect else 1)


@pytest.mark.parametrize("took_effect", [True, False], ids=["took effect", "did not"])
@pytest.mark.parametrize("step", [LEAVE, ACCEPT, PLACE], ids=lambda step: step.name)
def test_any_call_without_an_outcome_is_settled_by_looking(run: Run, step: steps.Step, *, took_effect: bool) -> None:
    """For each step: never repeated unseen, never taken for done unseen."""
    migration = _until(run, step)
    (decision,) = steps.preview(migration, step, (STANDALONE,)).to_do
    _die_before_the_outcome(migration, step.name, decision.calls[-1].operation, decision.calls[-1].by, STANDALONE)
    (handshake,) = run.handshakes(STANDALONE)
    if took_effect and step is LEAVE:
        run.rehearsal.intervene("remove", account=STANDALONE)
    elif took_effect and step is ACCEPT:
        run.rehearsal.intervene("accept", handshake=handshake)
    elif took_effect:
        run.rehearsal.intervene("move", account=STANDALONE, unit="Workloads/Prod")
    again = run.open()
    made = len(run.changing())
    do(again, step, (STANDALONE,))
    assert len(run.changing()) - made == (0 if took_effect else 1)
    (settled,) = again.ledger.events(Kind.SETTLED)
    assert settled.data["took_effect"] is took_effect
    for later in WAY[WAY.index(step) + 1 :]:
        confirmed(do(again, later, (STANDALONE,)))
    assert run.account(STANDALONE)["unit"] == "Workloads/Prod"


def test_an_intention_is_settled_where_nothing_can_be_done_any_more(run: Run) -> None:
    """The account is blocked meanwhile, and others are to do: what AWS shows is noted all the same."""
    migration = run.assessed()
    _die_before_the_outcome(migration, "invite", INVITED, "destination")
    run.rehearsal.intervene("delegate", account=ONE[0], service="guardduty.amazonaws.com")
    again = run.open()
    do(again, INVITE, PLAIN)
    (settled,) = again.ledger.events(Kind.SETTLED)
    assert settled.data["took_effect"] is False
    assert "delegated administrator" in str(Message.from_json(settled.data["observed"]))
    assert again.ledger.unsettled("invite") == {}


@pytest.mark.parametrize("others", [True, False], ids=["others to do", "nothing else to do"])
def test_a_call_that_nobody_looked_after_is_confirmed_later(run: Run, *, others: bool) -> None:
    """A process died between an outcome and the look at its effect: whoever comes next looks, and notes it once."""
    migration = run.assessed()
    told = {"step": "invite", "account_id": ONE[0], "operation": INVITED, "by": "destination"}
    migration.ledger.append(Kind.INTENDED, **told)
    migration.ledger.append(Kind.OUTCOME, **told, answered=True)
    migration.close()
    run.rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=ONE[0])
    again = run.open()
    for _ in range(2):
        do(again, INVITE, PLAIN if others else ONE)
    assert sorted(event.account_id for event in again.ledger.events(Kind.CONFIRMED)) == list(PLAIN if others else ONE)
    assert again.ledger.unconfirmed("invite") == frozenset()


def test_what_aws_does_not_show_is_not_confirmed(run: Run) -> None:
    """AWS took the call before the process died, and shows nothing of it: that stays open."""
    migration = run.assessed()
    told = {"step": "invite", "account_id": ONE[0], "operation": INVITED, "by": "destination"}
    migration.ledger.append(Kind.INTENDED, **told)
    migration.ledger.append(Kind.OUTCOME, **told, answered=True)
    steps.apply(migration, steps.preview(migration, INVITE, ONE), None)
    assert list(migration.ledger.events(Kind.CONFIRMED)) == []
    assert migration.ledger.unconfirmed("invite") == {ONE[0]}


def _die_before_the_outcome(
    migration: orgtools.Migration, step: str, operation: str, by: str, account_id: str = ONE[0]
) -> None:
    migration.ledger.append(Kind.INTENDED, step=step, account_id=account_id, operation=operation, by=by)
    migration.close()


def test_what_aws_refuses_until_later_waits_until_then(run: Run) -> None:
    """With the time and AWS's reason; a later run waits on, and goes on when the time has come."""
    migration = run.assessed()
    too_often = "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED"
    confirmed(do(migration, INVITE, ONE))
    run.rehearsal.script(
        Fault("AcceptHandshake", "refuse", calls=[1], code="HandshakeConstraintViolationException", reason=too_often)
    )
    assert _outcomes(do(migration, ACCEPT, ONE)) == {ONE[0]: Status.REFUSED}
    later = run.open()
    (held,) = steps.preview(later, ACCEPT, ONE).decisions
    assert isinstance(held, Wait)
    assert held.until is not None
    assert timedelta(hours=23) < held.until - later.clock.now() <= timedelta(hours=24)
    assert too_often in str(held.why)
    run.rehearsal.advance(timedelta(hours=25))
    assert confirmed(do(run.open(), ACCEPT, ONE)) == set(ONE)


# Stopping.


def test_many_refusals_of_one_kind_stop_the_step(run: Run) -> None:
    """The message says what they have in common; who was not asked is told so."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nbreaker = 2\nworkers = 1\n")
    migration = run.assessed()
    run.rehearsal.script(
        Fault(INVITED, "refuse", probability=1.0, code="ConstraintViolationException", reason="PAST_DUE_INVOICE")
    )
    result = do(migration, INVITE)
    assert len(run.changing()) == 2
    assert result.stopped is not None
    assert says(result.stopped, "stopped-by-refusals", count=2, reason="PAST_DUE_INVOICE")
    assert str(remedy("PAST_DUE_INVOICE")) in next_step(result.stopped)
    assert Counter(_outcomes(result).values()) == {Status.REFUSED: 2, Status.NOT_STARTED: 3}
    (stopped,) = migration.ledger.events(Kind.STOPPED)
    assert Message.from_json(stopped.data["why"]) == result.stopped
    run.rehearsal.script()
    assert len(confirmed(do(migration, INVITE))) == 5


def test_different_refusals_do_not_stop_the_step(run: Run) -> None:
    """They have nothing in common."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nbreaker = 2\nworkers = 1\n")
    migration = run.assessed()
    run.rehearsal.script(
        Fault(INVITED, "refuse", calls=[1], code="ConstraintViolationException", reason="PAST_DUE_INVOICE"),
        Fault(INVITED, "refuse", calls=[2], code="AccessDeniedException"),
    )
    result = do(migration, INVITE)
    assert not result.stopped
    assert Counter(_outcomes(result).values()) == {Status.REFUSED: 2, Status.CONFIRMED: 3}


def test_a_call_that_returned_before_the_step_stopped_is_not_told_as_unstarted(run: Run) -> None:
    """AWS took it and shows it late: unconfirmed, whatever stopped the others."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nbreaker = 1\nworkers = 1\n")
    migration = run.assessed()
    run.rehearsal.switch(lag_seconds=3600.0)
    run.rehearsal.script(Fault(INVITED, "refuse", calls=[2], code="AccessDeniedException"))
    result = do(migration, INVITE, PLAIN)
    assert list(_outcomes(result).values()) == [Status.UNCONFIRMED, Status.REFUSED, Status.NOT_STARTED]


def test_an_interrupted_cell_leaves_a_clean_ledger(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in flight ends and is noted, even if the button is pressed twice; nothing new begins."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nworkers = 1\n")
    migration = run.assessed()
    second_began, resume = threading.Event(), threading.Event()

    def precheck(_: orgtools.Migration, account_id: str, __: steps.Call) -> None:
        if account_id == PLAIN[1]:
            second_began.set()
            assert resume.wait(30)

    presses = iter([True, True])

    class Pressed(queue.SimpleQueue[Any]):
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            assert second_began.wait(30)
            if next(presses, False):
                raise KeyboardInterrupt
            resume.set()
            return super().get(block, timeout)

    monkeypatch.setattr(perform, "SimpleQueue", Pressed)
    slow = replace(INVITE, precheck=precheck)
    shown = steps.preview(migration, slow, PLAIN)
    with pytest.raises(KeyboardInterrupt):
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert [call.account for call in run.changing()] == list(PLAIN[:2])
    assert _events(migration, Kind.INTENDED, Kind.OUTCOME, Kind.CONFIRMED, Kind.STOPPED) == [
        ("intended", "invite", PLAIN[0]),
        ("outcome", "invite", PLAIN[0]),
        ("stopped", "invite", ""),
        ("intended", "invite", PLAIN[1]),
        ("outcome", "invite", PLAIN[1]),
        ("confirmed", "invite", PLAIN[0]),
        ("confirmed", "invite", PLAIN[1]),
    ]
    assert migration.ledger.unsettled("invite") == {}
    monkeypatch.setattr(perform, "SimpleQueue", queue.SimpleQueue)
    assert confirmed(do(migration, INVITE, PLAIN)) == {PLAIN[2]}


def test_a_ledger_that_cannot_be_written_stops_everything(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An intention that is not on disk is not carried out."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nworkers = 1\n")
    migration = run.assessed()
    real = migration.ledger.append
    written, full = iter(range(100)), free("no space left")

    def append(kind: Kind, **given: Any) -> orgtools.Event:
        if kind is Kind.INTENDED and next(written) == 1:
            raise orgtools.LedgerError(full)
        return real(kind, **given)

    monkeypatch.setattr(migration.ledger, "append", append)
    with pytest.raises(orgtools.LedgerError) as refusal:
        do(migration, INVITE)
    assert refusal.value.message == full
    assert len(run.changing()) == 1


def test_two_notebooks_do_not_perform_one_step_at_once(run: Run) -> None:
    """The second is refused in a sentence; after the first it may."""
    first, second = run.assessed(), run.open()
    shown = steps.preview(second, INVITE)
    approval = steps.approve(shown, shown.phrase)
    with (
        first.exclusive("invite"),
        pytest.raises(orgtools.OrgtoolsError) as refusal,
    ):
        steps.apply(second, shown, approval)
    assert refusal.value.message == Message("step-is-performed", step="invite")
    assert run.changing() == []
    confirmed(steps.apply(second, shown, approval))


def test_two_notebooks_may_perform_different_steps_at_once(run: Run) -> None:
    """One accepts a wave while the other invites the next."""
    first, second = run.assessed(), run.open()
    with first.exclusive("accept"):
        assert len(confirmed(do(second, INVITE))) == 5


# Refusals.


def test_a_denied_acceptance_is_the_operators(run: Run) -> None:
    """Once tried, not repeated; the others go on."""
    run.rehearsal.intervene(
        "attach",
        organization=rehearsed.SOURCE,
        target=PLAIN[0],
        content={
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Deny", "Action": "organizations:AcceptHandshake", "Resource": "*"}],
        },
    )
    migration = run.assessed()
    do(migration, INVITE, PLAIN)
    result = do(migration, ACCEPT, PLAIN)
    assert list(_outcomes(result).values()) == [Status.REFUSED, Status.CONFIRMED, Status.CONFIRMED]
    assert "AccessDeniedException" in str(result.outcomes[0].why)
    assert "service control policy" in result.outcomes[0].next_step
    assert [call.account or call.caller_account for call in run.changing()].count(PLAIN[0]) == 2
    assert run.account(PLAIN[0])["organization"] == rehearsed.SOURCE


def test_an_account_that_cannot_be_entered_any_more_is_the_operators(run: Run) -> None:
    """Somebody took the trust away after the assessment: nothing is intended, the remedy is said."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    run.rehearsal.intervene("trust", account=ONE[0], role="OrganizationAccountAccessRole", trusts=[])
    again = run.open()
    (outcome,) = do(again, ACCEPT, ONE).outcomes
    assert outcome.status is Status.REFUSED
    assert f"Account {ONE[0]} cannot be entered" in str(outcome.why)
    assert "trust account 111111111111" in outcome.next_step
    assert _events(again, Kind.INTENDED)[1:] == []


def test_a_race_that_somebody_else_won_is_confirmed(run: Run, pauses: list[float]) -> None:
    """AWS says duplicate because another one invited a moment before: that one is adopted."""
    migration = run.assessed()

    def precheck(_: orgtools.Migration, account_id: str, __: steps.Call) -> None:
        run.rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=account_id)

    racing = replace(INVITE, precheck=precheck)
    shown = steps.preview(migration, racing, ONE)
    (outcome,) = steps.apply(migration, shown, steps.approve(shown, shown.phrase)).outcomes
    assert outcome.status is Status.CONFIRMED
    (handshake,) = run.handshakes(ONE[0])
    assert outcome.handshake_id == handshake
    assert [call.code for call in run.changing()] == ["DuplicateHandshakeException"]


def test_an_account_that_was_moved_during_the_step_is_reported(run: Run, pauses: list[float]) -> None:
    """What would have to be done now was not approved: it is said, not done."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    do(migration, ACCEPT, ONE)

    def precheck(_: orgtools.Migration, account_id: str, __: steps.Call) -> None:
        run.rehearsal.intervene("move", account=account_id, unit="Research/Prod")

    racing = replace(PLACE, precheck=precheck)
    shown = steps.preview(migration, racing, ONE)
    (outcome,) = steps.apply(migration, shown, steps.approve(shown, shown.phrase)).outcomes
    assert outcome.status is Status.CHANGED
    assert "is in /Research/Prod" in str(outcome.why)
    assert run.account(ONE[0])["unit"] == "Research/Prod"


def test_the_plan_may_be_edited_while_a_step_runs(run: Run) -> None:
    """The step does what was approved; the next preview reads the new plan."""
    migration = run.assessed()

    def precheck(_: orgtools.Migration, __: str, ___: steps.Call) -> None:
        run.accounts("account_id,ou\n")

    editing = replace(INVITE, precheck=precheck)
    shown = steps.preview(migration, editing, ONE)
    confirmed(steps.apply(migration, shown, steps.approve(shown, shown.phrase)))
    assert steps.preview(migration, INVITE).accounts == ()


def test_what_happens_is_told_as_it_happens(run: Run, pauses: list[float]) -> None:
    """For whoever watches: each answer when it comes, each pause, each outcome once; all from the calling thread."""
    migration = run.assessed()
    run.rehearsal.switch(lag_seconds=0.5)
    run.rehearsal.script(Fault(INVITED, "refuse", calls=[1], code="AccessDeniedException"))
    shown = steps.preview(migration, INVITE, PLAIN)
    told: list[steps.Notice] = []

    def watch(notice: steps.Notice) -> None:
        assert threading.current_thread() is threading.main_thread()
        told.append(notice)

    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=watch)
    answers = [notice for notice in told if isinstance(notice, steps.Answered)]
    assert {notice.account_id for notice in answers} == set(PLAIN)
    (refused,) = [notice for notice in answers if notice.refused]
    assert refused.refused is not None
    assert str(refused.refused).startswith("AccessDeniedException")
    assert next_step(refused.refused)
    assert [notice.seconds for notice in told if isinstance(notice, steps.Pausing)] == pauses != []
    outcomes = [notice for notice in told if isinstance(notice, steps.Outcome)]
    assert sorted(outcomes, key=lambda outcome: outcome.account_id) == list(result.outcomes)
    assert isinstance(told[0], steps.Answered), "before anything is observed"


def test_an_observer_that_fails_stops_the_step(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing goes on unseen; what was called is in the ledger, and the next run goes on."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + "[engine]\nworkers = 1\n")
    migration = run.assessed()
    shown = steps.preview(migration, INVITE)
    halt = threading.Event()

    def precheck(_: orgtools.Migration, account_id: str, __: steps.Call) -> None:
        assert account_id == shown.to_do[0].account_id or halt.wait(30), "the step goes on although nobody looks"

    def watch(_: steps.Notice) -> None:
        raise ZeroDivisionError

    slow = replace(shown, step=replace(INVITE, precheck=precheck))
    monkeypatch.setattr(perform, "threading", SimpleNamespace(Event=lambda: halt, Lock=threading.Lock))
    with pytest.raises(ZeroDivisionError):
        steps.apply(migration, slow, steps.approve(slow, slow.phrase), watch=watch)
    monkeypatch.setattr(perform, "threading", threading)
    assert len(run.changing()) < len(shown.to_do)
    do(migration, INVITE)
    assert len(run.changing()) == len(shown.to_do)


# Secrets.


def test_no_credential_and_no_address_is_written(run: Run) -> None:
    """In no file that orgtools writes, also where AWS's own words held one."""
    migration = run.assessed()
    for step in (*WAY, VERIFY):
        do(migration, step)
    migration.ledger.append(Kind.STOPPED, step="test", why=free("asked Jane.Doe@example.com").as_json())
    written = [path for path in run.folder.rglob("*") if path.is_file() and path.suffix not in (".csv", ".toml")]
    assert "ledger.sqlite" in {path.name for path in written}
    for path in (*written, shared_file()):
        held = path.read_bytes()
        assert not re.search(rb"AKIA|ASIA|made-up|SecretAccessKey|SessionToken", held), path.name
        assert not re.search(rb"[A-Za-z0-9]@example\.com", held), path.name
