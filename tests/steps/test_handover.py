"""The hand-over against the rehearsal: access is never lost, whatever fails or dies in between."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.exceptions import ClientError

import orgtools
from orgtools import policies, steps
from orgtools.aws import changing_call
from orgtools.aws.read import trust_policy
from orgtools.ledger import Kind
from orgtools.rehearsal import Fault
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, PREPARE, RESTORE, REVOKE, VERIFY, Blocked, Done, Status
from orgtools.steps.core import perform
from tests import rehearsed
from tests.rehearsed import DESTINATION_MANAGEMENT, PLAIN, SOURCE_MANAGEMENT, STANDALONE, confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.rehearsed import Run

ONE: Final = PLAIN[:1]
ROLE: Final = "OrganizationAccountAccessRole"
HANDOVER: Final = "[handover]\nprepare = true\nrevoke = true\n"
WAY: Final = (INVITE, PREPARE, LEAVE, ACCEPT, PLACE, REVOKE)
UPDATED: Final = "UpdateAssumeRolePolicy"
UNTRUSTED: Final = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}


class _Killed(BaseException):
    """The process dies."""


class Watch:
    """Looks after every changing call whether somebody can still enter the account, and can kill the process there.

    Attributes:
        kill_at: the number of the changing call at which the process dies, or 0.
        before: whether it dies before that call or after it.
        made: how many changing calls were made.
        ours: whether only the run moves the account: then the source loses its access only where it has arrived.
    """

    def __init__(self, run: Run) -> None:
        """Look with sessions of its own, whose calls are nobody's steps."""
        self.kill_at = self.made = 0
        self.ours = True
        self.before = False
        self._run = run
        self._clients: dict[str, Any] = {
            name: boto3.Session(profile_name=name).client("sts") for name in ("source", "destination")
        }

    def enters(self, side: str, account_id: str) -> bool:
        """Whether AWS lets a side in just now."""
        try:
            arn = f"arn:aws:iam::{account_id}:role/{ROLE}"
            self._clients[side].assume_role(RoleArn=arn, RoleSessionName="watch")
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied":
                raise
            return False
        return True

    def look(self, account_id: str) -> None:
        """The promise: somebody can enter; and the source can, until the account is where it should be."""
        source, destination = self.enters("source", account_id), self.enters("destination", account_id)
        assert source or destination, f"nobody can enter {account_id}"
        found = self._run.account(account_id)
        if not source and self.ours:
            assert (found["organization"], found["unit"]) == (rehearsed.DESTINATION, "Workloads/Prod")

    def call(self, make: Any, *given: Any) -> Any:
        """Make a call of a step, and look before and after it."""
        self.made += 1
        dying = self.made == self.kill_at
        if dying and self.before:
            raise _Killed
        answer = make(*given)
        for account_id in (*ONE, STANDALONE):
            self.look(account_id)
        if dying:
            raise _Killed
        return answer


@pytest.fixture
def watch(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """A run that hands over, watched at each changing call and once more at the end; pauses do not last."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER)
    made = Watch(run)
    monkeypatch.setattr(perform, "make", lambda *given: made.call(changing_call.call, *given))
    monkeypatch.setattr("orgtools.steps.core.pauses.sleep", lambda _: None)
    yield made
    made.look(ONE[0])
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []


def _statements(run: Run, account_id: str = ONE[0]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run.account(account_id)["roles"][ROLE]["Statement"]
    return found


def _updates(run: Run) -> list[Any]:
    return [call for call in run.changing() if call.operation == UPDATED]


def _until(run: Run, step: steps.Step, accounts: tuple[str, ...] = ONE) -> orgtools.Migration:
    migration = run.assessed()
    for earlier in WAY[: WAY.index(step)]:
        do(migration, earlier, accounts)
    return migration


def _all_the_way(run: Run) -> None:
    migration = run.assessed()
    for step in WAY:
        do(migration, step, (STANDALONE,))


# The whole way.


def test_accounts_are_handed_over_and_everything_else_in_the_trust_policy_stays(run: Run, watch: Watch) -> None:
    """Direct and stand-alone: in the end the destination can enter and the source cannot."""
    document = {
        "Version": "2012-10-17",
        "Statement": [trust_policy.statement_for(SOURCE_MANAGEMENT, "aws"), UNTRUSTED],
    }
    run.rehearsal.intervene("trust", account=ONE[0], role=ROLE, document=document)
    migration = run.assessed()
    accounts = (*ONE, STANDALONE)
    for step in WAY:
        do(migration, step, accounts)
    assert _statements(run) == [UNTRUSTED, trust_policy.statement_for(DESTINATION_MANAGEMENT, "aws")]
    assert _statements(run, STANDALONE) == [trust_policy.statement_for(DESTINATION_MANAGEMENT, "aws")]
    for account_id in accounts:
        assert (watch.enters("source", account_id), watch.enters("destination", account_id)) == (False, True)
        assert run.account(account_id)["organization"] == rehearsed.DESTINATION
    assert Counter((call.caller_account, call.code) for call in _updates(run)) == {
        (account_id, None): 2 for account_id in accounts
    }


def test_running_again_needs_nothing_of_the_source_in_the_account_and_changes_nothing(run: Run, watch: Watch) -> None:
    """Assessing, every step and verifying, in a new kernel; also with the source's operator unable to enter."""
    _until(run, REVOKE)
    confirmed(do(run.open(), REVOKE, ONE))
    made = len(run.changing())
    again = run.assessed()
    for step in (*WAY, VERIFY):
        (decision,) = steps.preview(again, step, ONE).decisions
        assert isinstance(decision, Done), (step.name, decision)
    assert {f.status for f in again.assessment()[ONE[0]] if f.check == "E15"} == {orgtools.Verdict.OK}
    assert len(run.changing()) == made


def test_only_what_will_move_is_let_open(run: Run, watch: Watch) -> None:
    """Whoever is blocked at the invitation keeps the trust that it had."""
    before = run.rehearsal.world()["accounts"]
    migration = run.assessed()
    do(migration, INVITE)
    confirmed(do(migration, PREPARE))
    after = run.rehearsal.world()["accounts"]
    opened = {account_id for account_id in after if after[account_id]["roles"] != before[account_id]["roles"]}
    assert opened == {*PLAIN, STANDALONE, rehearsed.COURTED}


def test_without_being_asked_nothing_is_looked_at_or_changed(run: Run) -> None:
    """No [handover] in migration.toml: not one call more than before."""
    migration = run.assessed()
    do(migration, INVITE, ONE)
    made = len(run.rehearsal.calls())
    for step in (PREPARE, REVOKE):
        assert steps.preview(migration, step, ONE).to_do == ()
    confirmed(do(migration, ACCEPT, ONE))
    calls = run.rehearsal.calls(since=made)
    assert not [call for call in calls if call.service == "iam"]
    assert rehearsed.DESTINATION_MANAGEMENT not in {c.caller_account for c in calls if c.operation == "AssumeRole"}


@pytest.mark.parametrize("role", ["AWSControlTowerExecution", "custom/Way-In"])
def test_any_role_can_be_handed_over(run: Run, watch: Watch, role: str) -> None:
    """Control Tower's, or one of one's own with a path."""
    tables = rehearsed.scenario()
    account = tables["organizations"][0]["accounts"][0]
    name = role.rpartition("/")[2]
    account["roles"] = [{"name": name, "trusts": [SOURCE_MANAGEMENT]}, {"name": ROLE, "trusts": [SOURCE_MANAGEMENT]}]
    run.rehearsal.reset(tables)
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER + f'[access]\nrole = "{role}"\n')
    migration = run.assessed()
    for step in WAY:
        do(migration, step, ONE)
    roles = run.account(ONE[0])["roles"]
    assert roles[name]["Statement"] == [trust_policy.statement_for(DESTINATION_MANAGEMENT, "aws")]
    assert roles[ROLE]["Statement"] == [
        {
            "Effect": "Allow",
            "Principal": {"AWS": [trust_policy.root_arn(SOURCE_MANAGEMENT, "aws")]},
            "Action": "sts:AssumeRole",
        }
    ]


def test_the_former_text_is_in_the_ledger_for_the_way_back(run: Run, watch: Watch) -> None:
    """Before each change, with who made it; what was written is there as well."""
    first = json.dumps(run.account(ONE[0])["roles"][ROLE])
    migration = _until(run, REVOKE)
    second = json.dumps(run.account(ONE[0])["roles"][ROLE])
    do(migration, REVOKE, ONE)
    prepared, revoked = [event.data for event in migration.ledger.events(Kind.INTENDED) if "former" in event.data]
    assert json.loads(prepared["former"]) == json.loads(first)
    assert json.loads(prepared["parameters"]["PolicyDocument"]) == json.loads(revoked["former"]) == json.loads(second)
    assert (prepared["by"], revoked["by"]) == ("member-through-source", "member-through-destination")


# The order.


def test_an_account_is_not_accepted_before_the_destination_can_enter(run: Run, watch: Watch) -> None:
    """The source takes its invitation first; then the destination is let in; then it may go."""
    migration = _until(run, PREPARE)
    assert steps.preview(migration, ACCEPT, ONE).to_do == ()
    confirmed(do(migration, PREPARE, ONE))
    assert confirmed(do(migration, ACCEPT, ONE)) == set(ONE)


def test_the_source_keeps_its_access_until_the_account_is_in_its_unit(run: Run, watch: Watch) -> None:
    """Accepted is not arrived."""
    migration = _until(run, PLACE)
    assert steps.preview(migration, REVOKE, ONE).to_do == ()
    confirmed(do(migration, PLACE, ONE))
    assert len(steps.preview(migration, REVOKE, ONE).to_do) == 1


def test_the_source_keeps_its_access_where_the_destination_lost_its_own(run: Run) -> None:
    """Somebody took it away between the preview and the call: the step would not do any more what was approved."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER)
    migration = _until(run, REVOKE)
    shown = steps.preview(migration, REVOKE, ONE)
    run.rehearsal.intervene("trust", account=ONE[0], role=ROLE, trusts=[SOURCE_MANAGEMENT])
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert says(refusal.value.changes, "revoke-destination-shut")
    assert len(_updates(run)) == 1


@pytest.mark.parametrize(
    ("trusts", "code"),
    [
        ([SOURCE_MANAGEMENT], "revoke-cannot-enter"),
        ([SOURCE_MANAGEMENT, DESTINATION_MANAGEMENT, "555555555555"], "trust-changed"),
    ],
    ids=["lost its access", "somebody edited"],
)
def test_the_last_look_stops_what_changed_after_the_decision(
    run: Run, watch: Watch, monkeypatch: pytest.MonkeyPatch, trusts: list[str], code: str
) -> None:
    """In the moment before the call: the source's trust stays, and an edit of somebody else is not overwritten."""
    migration = _until(run, REVOKE)
    real = perform.Performer._call

    def late(performer: Any, account_id: str, call: Any) -> Any:
        run.rehearsal.intervene("trust", account=account_id, role=ROLE, trusts=trusts)
        return real(performer, account_id, call)

    monkeypatch.setattr(perform.Performer, "_call", late)
    (outcome,) = do(migration, REVOKE, ONE).outcomes
    assert outcome.status is Status.REFUSED
    assert says(outcome.why, code, account=ONE[0])
    assert len(_updates(run)) == 1
    assert trust_policy.names(json.dumps(run.account(ONE[0])["roles"][ROLE]), trusts[-1])


# Answers that do not come, and death in between.


@pytest.mark.parametrize("step", [PREPARE, REVOKE], ids=lambda step: step.name)
@pytest.mark.parametrize("kind", ["lost", "cut", "throttle", "server_error", "concurrent_modification"])
def test_a_doubtful_answer_is_settled_by_looking(run: Run, watch: Watch, step: steps.Step, kind: Any) -> None:
    """What took effect is not done again; what did not is done once more."""
    migration = _until(run, step)
    before = len(_updates(run))
    run.rehearsal.script(Fault(UPDATED, kind, calls=[1]))
    confirmed(do(migration, step, ONE))
    assert len(_updates(run)) - before == (1 if kind == "lost" else 2)
    assert migration.ledger.unsettled(step.name) == {}
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == (
        {"lost": [True], "cut": [False]}.get(kind, [])
    )


@pytest.mark.parametrize(("number", "before"), [(number, bool(number % 2)) for number in range(1, len(WAY) + 1)])
def test_whenever_the_process_dies_the_next_one_ends_what_it_began(
    run: Run, watch: Watch, number: int, *, before: bool
) -> None:
    """In turn before or after each call of the longest way; at no moment was there nobody who could enter."""
    watch.kill_at, watch.before = number, before
    with pytest.raises(_Killed):
        _all_the_way(run)
    again = run.open()
    for step in WAY:
        do(again, step, (STANDALONE,))
    assert watch.made == len(WAY) + before
    assert (watch.enters("source", STANDALONE), watch.enters("destination", STANDALONE)) == (False, True)
    assert all(again.ledger.unsettled(step.name) == {} for step in WAY)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.exhaustive) for seed in (1, 2))])
def test_in_any_weather_somebody_can_enter_and_in_the_end_only_the_destination(
    run: Run, watch: Watch, seed: int
) -> None:
    """Many a changing call is lost, cut or refused as busy, in three orders."""
    operations = ("InviteAccountToOrganization", "RemoveAccountFromOrganization", "AcceptHandshake", "MoveAccount")
    migration = run.assessed()
    run.rehearsal.script(
        *(
            Fault(operation, kind, probability=0.2)
            for operation in (*operations, UPDATED)
            for kind in ("lost", "cut", "throttle")
        ),
        seed=seed,
    )
    accounts = (*PLAIN, STANDALONE)
    for step in WAY:
        do(migration, step, accounts)
    run.rehearsal.script()
    for step in WAY:
        do(migration, step, accounts)
    for account_id in accounts:
        assert (watch.enters("source", account_id), watch.enters("destination", account_id)) == (False, True)


# Refusals.


def _least(*, without: str = "") -> dict[str, Any]:
    """The policy of the role in the member as `orgtools policies` prints it, all of it or without an action."""
    role = policies.Role.member_accept
    policy: dict[str, Any] = json.loads(
        policies.render(role, organization=rehearsed.DESTINATION, management_account=DESTINATION_MANAGEMENT)
    )
    for statement in policy["Statement"]:
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        statement["Action"] = [action for action in actions if action != without] or ["none:None"]
    return policy


@pytest.mark.parametrize("action", ["", "iam:GetRole", "iam:UpdateAssumeRolePolicy"])
def test_the_printed_policy_is_enough_and_not_too_much(run: Run, watch: Watch, action: str) -> None:
    """Without an action the step that needs it says which one to grant."""
    tables = rehearsed.scenario()
    account = tables["organizations"][0]["accounts"][0]
    account["roles"] = [{"name": ROLE, "trusts": [SOURCE_MANAGEMENT], "policy": _least(without=action)}]
    run.rehearsal.reset(tables)
    migration = _until(run, PREPARE)
    (decision,) = steps.preview(migration, PREPARE, ONE).decisions
    if action == "iam:GetRole":
        assert isinstance(decision, Blocked)
        assert "Grant iam:GetRole to the role" in decision.next_step
    elif action:
        (outcome,) = do(migration, PREPARE, ONE).outcomes
        assert outcome.status is Status.REFUSED
        assert f"not authorized to perform: {action} on resource: arn:aws:iam::{ONE[0]}:role/{ROLE}" in str(outcome.why)
    else:
        for step in WAY[1:]:
            do(migration, step, ONE)
        assert (watch.enters("source", ONE[0]), watch.enters("destination", ONE[0])) == (False, True)


def test_an_invited_account_without_a_role_is_told_what_to_make(run: Run) -> None:
    """The instruction, followed to the letter, is enough."""
    tables = rehearsed.scenario()
    account = tables["organizations"][0]["accounts"][0]
    account |= {"joined": "INVITED", "roles": []}
    run.rehearsal.reset(tables)
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER)
    (decision,) = steps.preview(run.assessed(), PREPARE, ONE).decisions
    assert isinstance(decision, Blocked)
    text = decision.next_step
    document = json.loads(text[text.index("{") : text.rindex("}") + 1])
    account["roles"] = [{"name": ROLE, "trust": document}]
    run.rehearsal.reset(tables)
    again = run.assessed()
    for step in WAY:
        do(again, step, ONE)
    assert _statements(run) == [trust_policy.statement_for(DESTINATION_MANAGEMENT, "aws")]


# The way back.


def test_an_account_goes_back_whole(run: Run, watch: Watch) -> None:
    """Arrived and handed over; then the source let in, the account home again, and its trust policy what it was."""
    run.rehearsal.switch(membership_change_hours=0.0)
    first = run.account(ONE[0])["roles"][ROLE]
    migration = _until(run, REVOKE)
    confirmed(do(migration, REVOKE, ONE))
    confirmed(do(migration, RESTORE, ONE))
    assert (watch.enters("source", ONE[0]), watch.enters("destination", ONE[0])) == (True, True)
    assert steps.preview(migration, RESTORE, ONE).to_do == ()
    sent = run.rehearsal.intervene("invite", organization=rehearsed.SOURCE, account=ONE[0])
    run.rehearsal.intervene("accept", handshake=sent["handshake"])
    run.rehearsal.intervene("move", account=ONE[0], unit="Legacy")
    confirmed(do(migration, RESTORE, ONE))
    assert run.account(ONE[0])["roles"][ROLE] == first
    (decision,) = steps.preview(run.open(), RESTORE, ONE).decisions
    assert decision.why.code == "restore-done"
    (way,) = steps.ways_back(migration, ONE)
    assert str(way.stands).startswith("in the source, /Legacy")


BACK: Final = ("restore-trust", "invite-back", "accept-back", "restore-trust", "place-back")


def _back(migration: orgtools.Migration, account_id: str = ONE[0]) -> list[str]:
    """Go back as far as it goes; returns the steps that did something."""
    taken = []
    while (shown := steps.next_back(migration, (account_id,))).to_do:
        taken.append(shown.step.name)
        confirmed(steps.apply(migration, shown, steps.approve(shown, shown.phrase)))
    assert all(isinstance(decision, Done) for decision in shown.decisions), shown.decisions
    return taken


def _is_home_as_it_was(run: Run, first: dict[str, Any], account_id: str = ONE[0]) -> None:
    found = run.account(account_id)
    assert (found["organization"], found["unit"]) == (rehearsed.SOURCE, "Legacy")
    assert found["roles"][ROLE] == first


def test_an_account_is_taken_back_whole(run: Run, watch: Watch) -> None:
    """Handed over and arrived; then home again by steps of the run, in one ledger, with its trust policy as it was.

    AWS refuses the change of membership for a day: the way back says until when, and goes on then.
    """
    first = run.account(ONE[0])["roles"][ROLE]
    migration = _until(run, REVOKE)
    confirmed(do(migration, REVOKE, ONE))
    watch.ours = False
    (decision,) = steps.preview(migration, steps.INVITE_BACK, ONE).decisions
    assert isinstance(decision, Blocked)
    assert "87_way_back" in decision.next_step
    confirmed(do(migration, RESTORE, ONE))
    confirmed(do(migration, steps.INVITE_BACK, ONE))
    assert [outcome.status for outcome in do(migration, steps.ACCEPT_BACK, ONE).outcomes] == [Status.REFUSED]
    shown = steps.next_back(migration, ONE)
    (waiting,) = shown.decisions
    assert (shown.step, shown.to_do) == (steps.ACCEPT_BACK, ())
    assert isinstance(waiting, steps.Wait)
    assert "ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED" in str(waiting.why)
    assert waiting.until is not None
    run.rehearsal.advance(waiting.until - run.rehearsal.now() + timedelta(seconds=2))
    assert _back(run.open()) == ["accept-back", "restore-trust", "place-back"]
    _is_home_as_it_was(run, first)


def test_a_stand_alone_account_is_taken_back_by_the_source(run: Run, watch: Watch) -> None:
    """Out of the source, and the destination's invitation was declined meanwhile."""
    first = run.account(STANDALONE)["roles"][ROLE]
    migration = _until(run, ACCEPT, (STANDALONE,))
    assert run.account(STANDALONE)["organization"] is None
    (sent,) = run.handshakes(STANDALONE)
    run.rehearsal.intervene("decline", handshake=sent)
    assert _back(migration, STANDALONE) == ["invite-back", "accept-back", "restore-trust", "place-back"]
    _is_home_as_it_was(run, first, STANDALONE)


@pytest.mark.parametrize(("number", "before"), [(1, False), (2, True), (3, False), (5, False)])
def test_whenever_the_process_dies_on_the_way_back_the_next_one_goes_on(
    run: Run, watch: Watch, number: int, *, before: bool
) -> None:
    """In turn before or after its call; at no moment was there nobody who could enter, and nothing is done twice."""
    run.rehearsal.switch(membership_change_hours=0.0)
    first = run.account(ONE[0])["roles"][ROLE]
    migration = _until(run, REVOKE)
    do(migration, REVOKE, ONE)
    so_far, watch.ours = watch.made, False
    watch.kill_at, watch.before = so_far + number, before
    with pytest.raises(_Killed):
        _back(migration)
    again = run.open()
    for step in steps.BACK:
        steps.apply(again, steps.preview(again, step, ONE), None)
    _back(again)
    _is_home_as_it_was(run, first)
    assert watch.made - so_far == len(BACK) + before
    assert all(again.ledger.unsettled(step.name) == {} for step in steps.BACK)


def test_in_bad_weather_an_account_comes_home_all_the_same(run: Run, watch: Watch) -> None:
    """The first answer of every call back is lost: it is looked up, and nothing is done twice."""
    run.rehearsal.switch(membership_change_hours=0.0)
    first = run.account(ONE[0])["roles"][ROLE]
    migration = _until(run, REVOKE)
    do(migration, REVOKE, ONE)
    watch.ours = False
    operations = (UPDATED, "InviteAccountToOrganization", "AcceptHandshake", "MoveAccount")
    run.rehearsal.script(*(Fault(operation, "lost", calls=[1]) for operation in operations))
    assert tuple(_back(migration)) == BACK
    _is_home_as_it_was(run, first)


@pytest.mark.parametrize(("number", "kind"), [(0, "lost"), (1, "lost"), (2, "lost"), (1, "cut"), (2, "cut")])
def test_an_account_that_came_home_by_another_way_is_restored_by_two_edits(
    run: Run, watch: Watch, number: int, kind: Any
) -> None:
    """Whichever answer is doubtful, each edit is made once, and the ledger says of each whether it took effect."""
    first = run.account(ONE[0])["roles"][ROLE]
    migration = _until(run, REVOKE)
    confirmed(do(migration, REVOKE, ONE))
    run.rehearsal.intervene("join", account=ONE[0], organization=rehearsed.SOURCE, unit="Legacy")
    watch.ours = False
    if number:
        run.rehearsal.script(Fault(UPDATED, kind, calls=[number]))
    confirmed(do(migration, RESTORE, ONE))
    assert run.account(ONE[0])["roles"][ROLE] == first
    assert len([call for call in _updates(run)[2:] if call.code is None]) == 2
    settled = [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)]
    assert settled == ([kind == "lost"] if number else [])


@pytest.mark.parametrize("kind", ["lost", "cut"])
def test_a_doubtful_answer_of_restoring_is_settled_by_looking(run: Run, watch: Watch, kind: Any) -> None:
    """As with the other two."""
    migration = _until(run, REVOKE)
    confirmed(do(migration, REVOKE, ONE))
    run.rehearsal.script(Fault(UPDATED, kind, calls=[1]))
    confirmed(do(migration, RESTORE, ONE))
    assert [event.data["took_effect"] for event in migration.ledger.events(Kind.SETTLED)] == [kind == "lost"]
    assert watch.enters("source", ONE[0])


@pytest.mark.parametrize("wave", [False, True], ids=["step by step", "in one go"])
def test_who_was_removed_by_others_before_access_was_prepared_goes_on(run: Run, *, wave: bool) -> None:
    """It is in no organization, and says so itself: it is prepared and accepts; no step sends to another in turn."""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}{HANDOVER}")
    migration = run.assessed()
    confirmed(do(migration, INVITE, (STANDALONE,)))
    run.rehearsal.intervene("remove", account=STANDALONE)
    for step in (steps.WAVE,) if wave else (PREPARE, ACCEPT, PLACE):
        assert confirmed(do(migration, step, (STANDALONE,))) == {STANDALONE}
    assert run.account(STANDALONE)["organization"] == rehearsed.DESTINATION
