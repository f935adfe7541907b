"""The auditor's review, against the rehearsal: who may read what, and what is never silence."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools import policies, steps
from orgtools.audit import Review, review
from orgtools.findings import Verdict
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from tests import rehearsed
from tests.rehearsed import confirmed, do

if TYPE_CHECKING:
    from orgtools.findings import Finding
    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

_FIRST: Final = rehearsed.PLAIN[0]
_OPERATOR: Final = f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:user/operator"


def _of(found: Review, check: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.check == check]


def _rows(found: Review) -> dict[str, dict[Any, Any]]:
    return {row["handshake"]: row for row in found.handshakes.to_dict("records")}


def test_one_table_tells_who_invited_whom_by_which_caller_and_in_which_run(run: Run) -> None:
    """The run's own invitation, one that was sent by hand, and a stranger's that only the member sees."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    (ours,) = run.handshakes(_FIRST)
    found = review(migration)
    rows = _rows(found)
    assert set(rows) == {ours, rehearsed.FOREIGN_INVITATION, rehearsed.OUTSIDE_INVITATION}

    assert rows[ours]["caller"] == _OPERATOR
    assert rows[ours]["seen by"] == ("destination", "member")
    assert (rows[ours]["invited by"], rows[ours]["planned"], rows[ours]["wave"]) == ("destination", "yes", "1")
    outcome = next(event for event in migration.ledger.events() if event.data.get("handshake_id") == ours)
    assert rows[ours]["run"] == (Message("handshake-done", step="invite", event=outcome.number),)

    by_hand = rows[rehearsed.OUTSIDE_INVITATION]
    assert by_hand["caller"] == f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:user/somebody"
    assert (by_hand["run"], by_hand["seen by"], by_hand["planned"]) == ((), ("destination",), "no")
    assert (by_hand["age"].days, by_hand["expires in"].days) == (5, 9)

    foreign = rows[rehearsed.FOREIGN_INVITATION]
    assert (foreign["invited by"], foreign["seen by"], foreign["caller"]) == ("somebody else", ("member",), "")
    assert (foreign["inviter"], foreign["organization"]) == ("555555555555", rehearsed.THIRD)
    assert {finding.check for finding in found.remarkable} == {"H1", "H5", "H10"}


def test_a_review_changes_nothing(run: Run) -> None:
    """Not one changing call at the server, and not one event in the ledger."""
    migration = run.open()
    before = len(list(migration.ledger.events()))
    review(migration)
    assert run.changing() == []
    assert len(list(migration.ledger.events())) == before


def test_an_invitation_of_the_source_is_in_the_table_and_remarkable(run: Run, rehearsal: Rehearsal) -> None:
    """The organization that accounts leave should invite nobody."""
    sent = rehearsal.intervene("invite", organization=rehearsed.SOURCE, account=rehearsed.RESIDENT)["handshake"]
    found = review(run.open())
    row = _rows(found)[sent]
    assert (row["invited by"], row["seen by"]) == ("source", ("source",))
    assert row["caller"] == f"arn:aws:iam::{rehearsed.SOURCE_MANAGEMENT}:user/somebody"
    (finding,) = _of(found, "H7")
    assert finding.evidence.facts["handshake"] == sent


def test_this_runs_own_way_back_is_not_remarkable(run: Run, rehearsal: Rehearsal) -> None:
    """The source invites, and the account is at home again; what somebody else does there still is."""
    rehearsal.switch(membership_change_hours=0.0)
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE, steps.INVITE_BACK):
        confirmed(do(migration, step, (_FIRST,)))
    assert _of(review(migration), "H7") == []
    confirmed(do(migration, steps.ACCEPT_BACK, (_FIRST,)))
    assert _of(review(migration), "H6") == []

    rehearsal.intervene("remove", account=_FIRST)
    (finding,) = _of(review(migration), "H6")
    assert (finding.account_id, finding.status) == (_FIRST, Verdict.BLOCK)


def test_an_invitation_whose_answer_was_lost_is_still_told_by_the_run(run: Run, rehearsal: Rehearsal) -> None:
    """The intention was settled by looking: the ledger knows the handshake that was found."""
    migration = run.assessed()
    rehearsal.script(Fault(operation="InviteAccountToOrganization", kind="lost", calls=(1,)))
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    (ours,) = run.handshakes(_FIRST)
    (done,) = _rows(review(migration))[ours]["run"]
    assert (done.code, done.facts["step"]) == ("handshake-done", "invite")


def test_a_move_of_this_run_is_explained_and_one_by_hand_is_not(run: Run, rehearsal: Rehearsal) -> None:
    """Joined and left, on both sides, from CloudTrail against the ledger."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        confirmed(do(migration, step, (_FIRST,)))
    assert _of(review(migration), "H8") == []

    rehearsal.intervene("join", account=rehearsed.OUTSIDE, organization=rehearsed.DESTINATION)
    rehearsal.intervene("remove", account=_FIRST)
    told = _of(review(migration), "H8")
    assert [finding.account_id for finding in told] == [rehearsed.OUTSIDE, rehearsed.OUTSIDE, _FIRST]
    facts = [(finding.evidence.code, finding.evidence.facts) for finding in told]
    assert sorted((code, held["side"], held["kind"]) for code, held in facts) == [
        ("membership-joined", "destination", "INVITED"),
        ("membership-left", "destination", "REMOVED"),
        ("membership-left", "source", "LEFT"),
    ]


def test_the_stand_alone_path_is_explained(run: Run) -> None:
    """Taken out of the source by this run, and accepted afterwards."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.LEAVE, steps.ACCEPT, steps.PLACE):
        confirmed(do(migration, step, (rehearsed.STANDALONE,)))
    assert _of(review(migration), "H8") == []


def test_what_was_there_before_the_run_began_is_not_told(run: Run, rehearsal: Rehearsal) -> None:
    """The run's baseline is where it begins."""
    rehearsal.intervene("join", account=rehearsed.OUTSIDE, organization=rehearsed.DESTINATION)
    rehearsal.advance(timedelta(hours=1))
    assert _of(review(run.open()), "H8") == []


def test_accepted_and_not_placed_is_remarkable(run: Run) -> None:
    """It lies in the root; the plan names a unit."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT):
        confirmed(do(migration, step, (_FIRST,)))
    (finding,) = _of(review(migration), "H6")
    assert (finding.account_id, finding.status) == (_FIRST, Verdict.WARN)
    assert finding.evidence == Message("account-misplaced", place="/", unit="/Workloads/Prod")


def test_how_soon_is_soon_can_be_said(run: Run, rehearsal: Rehearsal) -> None:
    """Three days unless told otherwise."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    rehearsal.advance(timedelta(days=10))
    assert _of(review(migration), "H3") == []
    (finding,) = _of(review(migration, within=timedelta(days=6)), "H3")
    assert finding.account_id == _FIRST


def test_pending_invitations_that_use_up_the_quota_are_remarkable(run: Run, rehearsal: Rehearsal) -> None:
    """Two members and one invitation that is not in the plan fill a quota of three."""
    rehearsal.intervene("quota", organization=rehearsed.DESTINATION, accounts=3)
    (finding,) = _of(review(run.open()), "H9")
    facts = finding.evidence.facts
    assert (finding.evidence.code, facts["quota"], facts["members"], facts["pending"], facts["unplanned"]) == (
        "account-quota-used-up",
        *(3, 2, 1, 1),
    )


def _audited(rehearsal: Rehearsal, run: Run, *without: str) -> None:
    """The run is opened by a role in each management account that has the auditor's policy and nothing else."""
    policy = json.loads(policies.render(policies.Role.auditor))
    (statement,) = policy["Statement"]
    statement["Action"] = [action for action in statement["Action"] if action not in without]
    scenario = rehearsed.scenario()
    for organization in scenario["organizations"][:2]:
        management = organization["management"]
        role = {"name": "Auditor", "trusts": [management], "policy": policy}
        account = {"id": management, "name": "management", "email": f"{management}@example.com", "joined": "INVITED"}
        organization["accounts"].append(account | {"roles": [role]})
    rehearsal.reset(scenario)
    sides = "".join(
        f'[{name}]\nprofile = "{name}"\nrole_arn = "arn:aws:iam::{management}:role/Auditor"\n'
        for name, management in (
            ("source", rehearsed.SOURCE_MANAGEMENT),
            ("destination", rehearsed.DESTINATION_MANAGEMENT),
        )
    )
    run.settings(sides + rehearsed.FAST)


def test_the_auditors_policy_alone_is_enough_for_both_sides(run: Run, rehearsal: Rehearsal) -> None:
    """Handshakes and callers are told; only what members see is unknown, and said to be, once, with what to grant."""
    _audited(rehearsal, run)
    found = review(run.open())
    row = _rows(found)[rehearsed.OUTSIDE_INVITATION]
    assert row["caller"] == f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:user/somebody"
    (unknown,) = _of(found, "H10")
    assert unknown.status is Verdict.UNKNOWN
    facts = unknown.evidence.facts
    assert (unknown.evidence.code, facts["count"], facts["more"], facts["limit"]) == (
        "review-members-given-up",
        *(8, 5, 5),
    )
    assert "sts:AssumeRole" in str(unknown.evidence)
    assert "OrganizationAccountAccessRole" in unknown.remedy
    assert len([call for call in rehearsal.calls() if call.operation == "AssumeRole" and call.code]) == 5


def test_members_can_be_left_out_and_that_is_said(run: Run, rehearsal: Rehearsal) -> None:
    """Then nobody is entered, and with nothing else remarkable a scheduler is content."""
    _audited(rehearsal, run)
    rehearsal.intervene("cancel", handshake=rehearsed.OUTSIDE_INVITATION)
    found = review(run.open(), members=False)
    (note,) = found.findings
    assert (note.check, note.status) == ("H10", Verdict.INFO)
    assert note.evidence == Message("review-members-skipped")
    assert found.remarkable == ()
    assert [call for call in rehearsal.calls() if call.operation == "AssumeRole" and call.code] == []


@pytest.mark.parametrize(
    ("denied", "code"),
    [
        ("cloudtrail:LookupEvents", "review-trail-unread"),
        ("servicequotas:ListServiceQuotas", "review-unread"),
        ("organizations:ListDelegatedAdministrators", "review-unread"),
    ],
)
def test_what_may_not_be_read_is_a_finding_that_names_the_permission(
    denied: str, code: str, run: Run, rehearsal: Rehearsal
) -> None:
    """Each permission of the policy, taken away alone; the audit runs all the same."""
    _audited(rehearsal, run, denied)
    found = review(run.open(), members=False)
    told = [finding for finding in _of(found, "H10") if finding.status is Verdict.UNKNOWN]
    assert told
    for finding in told:
        assert finding.evidence.code == code
        assert denied in finding.remedy
    assert set(told) <= set(found.remarkable)
    callers = {row["caller"] for row in _rows(found).values() if row["invited by"] == "destination"}
    assert (callers == {Message("caller-unread")}) is (denied == "cloudtrail:LookupEvents")


def test_a_source_that_hides_its_handshakes_is_unknown(run: Run, rehearsal: Rehearsal) -> None:
    """The destination's are told all the same."""
    rehearsal.script(
        Fault(operation="ListHandshakesForOrganization", kind="refuse", calls=(3,), code="AccessDeniedException")
    )
    found = review(run.open(), members=False)  # opening and looking read the destination's, then the source's
    (unknown,) = [finding for finding in _of(found, "H10") if finding.status is Verdict.UNKNOWN]
    assert unknown.evidence.code == "review-source-unread"
    assert "organizations:ListHandshakesForOrganization" in unknown.remedy
    assert rehearsed.OUTSIDE_INVITATION in _rows(found)


def test_a_member_that_cannot_be_entered_is_unknown_with_its_state(run: Run) -> None:
    """The suspended account: one finding, for that account."""
    (unknown,) = _of(review(run.open()), "H10")
    assert (unknown.account_id, unknown.status) == (rehearsed.SUSPENDED, Verdict.UNKNOWN)
    assert (unknown.evidence.code, unknown.evidence.facts["state"]) == ("review-member-unread-state", "SUSPENDED")


def test_the_worst_stands_first_and_json_says_the_same(run: Run, rehearsal: Rehearsal) -> None:
    """What a program reads is what a person sees."""
    foreign = rehearsed.FOREIGN_INVITATION
    migration = run.open()
    rehearsal.intervene("accept", handshake=foreign)
    found = review(migration)
    assert (found.findings[0].check, found.findings[0].status) == ("H5", Verdict.BLOCK)
    held = found.as_json()
    assert json.loads(json.dumps(held)) == held
    assert [row["handshake"] for row in held["handshakes"]] == list(found.invitations["handshake"])
    assert held["findings"] == [finding.as_json() for finding in found.findings]
    assert "@" not in json.dumps(held)


def test_other_actions_stand_apart_and_nothing_is_said_against_them(run: Run) -> None:
    """In no list of invitations, no finding and no budget; the source's, the destination's and what members see."""
    for organization in (rehearsed.DESTINATION, rehearsed.SOURCE):
        run.rehearsal.intervene(
            "invite", organization=organization, account=rehearsed.SOURCE_MANAGEMENT, kind="TRANSFER_RESPONSIBILITY"
        )
    run.rehearsal.intervene("invite", organization=rehearsed.THIRD, account=_FIRST, kind="ENABLE_ALL_FEATURES")
    migration = run.open()
    found = review(migration)
    assert sorted(found.others["action"]) == ["ENABLE_ALL_FEATURES", *["TRANSFER_RESPONSIBILITY"] * 2]
    assert sorted(found.others["invited by"]) == ["destination", "somebody else", "source"]
    assert set(found.invitations["action"]) == {"INVITE"}
    others = set(found.others["handshake"])
    assert not others & set(found.invitations["handshake"])
    assert not [finding for finding in found.findings if finding.evidence.facts.get("handshake") in others]
    assert [row["action"] for row in found.as_json()["other_handshakes"]] == list(found.others["action"])
    assert str(found.summary()).startswith("2 invitations are pending, 0 closed")
    assert (migration.seen.budget.pending, migration.seen.budget.attempts) == (1, 0)


def test_no_step_acts_on_a_handshake_that_is_no_invitation(run: Run) -> None:
    """Every step there and back leaves them as they are, and what waits for an invitation does not take one for it."""
    theirs = [
        run.rehearsal.intervene("invite", organization=organization, account=_FIRST, kind=action)["handshake"]
        for organization in (rehearsed.DESTINATION, rehearsed.SOURCE)
        for action in ("TRANSFER_RESPONSIBILITY", "ENABLE_ALL_FEATURES")
    ]
    migration = run.assessed()
    assert isinstance(steps.preview(migration, steps.CANCEL, (_FIRST,)).decisions[0], steps.Done)
    assert isinstance(steps.preview(migration, steps.ACCEPT, (_FIRST,)).decisions[0], steps.Wait)
    for step in (steps.INVITE, steps.CANCEL, *steps.ALL):
        do(migration, step, (_FIRST,))
    assert run.account(_FIRST)["organization"] == rehearsed.DESTINATION
    run.rehearsal.advance(timedelta(days=2))  # AWS lets no account go back at once
    for step in steps.BACK:
        do(migration, step, (_FIRST,))
    assert run.account(_FIRST)["organization"] == rehearsed.SOURCE
    assert not {call.handshake for call in run.changing()} & set(theirs)
    states = {**run.handshakes(_FIRST), **run.handshakes(_FIRST, rehearsed.SOURCE)}
    assert [states[handshake_id] for handshake_id in theirs] == ["OPEN"] * 4
