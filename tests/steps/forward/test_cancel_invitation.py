"""Cancel: the destination takes back its own pending invitations, of accounts that somebody named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from orgtools import policies, steps
from orgtools.exceptions import ApprovalError, InputError
from orgtools.ledger import Kind
from orgtools.rehearsal import Fault, Rehearsal
from tests import rehearsed, values
from tests.rehearsed import Run, confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake

_FIRST, _SECOND = rehearsed.PLAIN[:2]


def _decide(*sent: Handshake, member: bool = False) -> steps.Decision:
    destination = values.destination(*([values.member()] if member else []), handshakes=sent)
    return steps.CANCEL.decide(values.planned(), values.snapshot(values.source(), destination))


def test_a_pending_invitation_of_ours_is_to_cancel() -> None:
    """By the destination, by its id, and nothing else."""
    decision = _decide(values.invitation())
    assert isinstance(decision, steps.Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("CancelHandshake", "destination")
    assert call.parameters == {"HandshakeId": "h-0000000001"}


def test_every_pending_one_of_an_account_is_cancelled() -> None:
    """AWS shows two where one was sent twice."""
    decision = _decide(values.invitation(), values.invitation(id="h-0000000002"))
    assert isinstance(decision, steps.Do)
    assert {call.parameters["HandshakeId"] for call in decision.calls} == {"h-0000000001", "h-0000000002"}


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(values.invitation(by=values.STRANGER), id="foreign"),
        pytest.param(values.invitation(values.OTHER), id="another-account"),
        pytest.param(values.invitation(action="TRANSFER_RESPONSIBILITY"), id="another-action"),
        pytest.param(values.invitation(state="DECLINED"), id="closed"),
    ],
)
def test_nothing_else_is_ever_cancelled(sent: Handshake) -> None:
    """Whatever else the list holds."""
    assert isinstance(_decide(sent), steps.Done)


def test_what_was_accepted_cannot_be_taken_back() -> None:
    """It is said, with what can be done."""
    decision = _decide(values.invitation(state="ACCEPTED"), member=True)
    assert isinstance(decision, steps.Blocked)
    assert says(decision.why, "cancel-accepted")


def test_it_is_no_step_of_the_way() -> None:
    """Nothing that runs every step in order cancels anything."""
    assert steps.CANCEL not in steps.ALL


def test_the_named_account_is_cancelled_and_no_other(run: Run) -> None:
    """Confirmed by looking; intention and outcome are in the ledger; then it can be invited again."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST, _SECOND)))
    assert confirmed(do(migration, steps.CANCEL, (_FIRST,))) == {_FIRST}
    assert list(run.handshakes(_FIRST).values()) == ["CANCELED"]
    assert list(run.handshakes(_SECOND).values()) == ["OPEN"]
    assert run.handshakes(rehearsed.OUTSIDE) == {rehearsed.OUTSIDE_INVITATION: "OPEN"}
    kinds = [event.kind for event in migration.ledger.events(step="cancel")]
    assert kinds == [Kind.APPROVED, Kind.INTENDED, Kind.OUTCOME, Kind.CONFIRMED]

    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    assert sorted(run.handshakes(_FIRST).values()) == ["CANCELED", "OPEN"]


def test_an_account_outside_the_plan_is_refused(run: Run) -> None:
    """Although its invitation is our own."""
    with pytest.raises(InputError, match=rehearsed.OUTSIDE):
        steps.preview(run.open(), steps.CANCEL, [rehearsed.OUTSIDE])
    assert run.changing() == []


def test_an_account_that_accepts_meanwhile_is_not_cancelled(run: Run, rehearsal: Rehearsal) -> None:
    """The approval was of another state: refused, with what changed."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    shown = steps.preview(migration, steps.CANCEL, [_FIRST])
    (handshake,) = run.handshakes(_FIRST)
    rehearsal.intervene("accept", handshake=handshake)
    with pytest.raises(ApprovalError) as refused:
        steps.apply(migration, shown, steps.approve(shown, "cancel 1"))
    assert says(refused.value.changes, "cancel-accepted")
    assert not [call for call in run.changing() if call.operation == "CancelHandshake"]


def test_a_lost_answer_is_settled_by_looking(run: Run, rehearsal: Rehearsal) -> None:
    """One call, and the account is confirmed."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    rehearsal.script(Fault(operation="CancelHandshake", kind="lost", calls=(1,)))
    confirmed(do(migration, steps.CANCEL, (_FIRST,)))
    assert len([call for call in run.changing() if call.operation == "CancelHandshake"]) == 1
    assert migration.ledger.unsettled("cancel") == {}


def test_an_intention_to_cancel_did_not_take_effect_where_the_account_accepted(run: Run, rehearsal: Rehearsal) -> None:
    """The process died before the call, and the account joined: the ledger does not claim a cancellation."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    (handshake,) = run.handshakes(_FIRST)
    migration.ledger.append(
        Kind.INTENDED, step="cancel", account_id=_FIRST, operation="CancelHandshake", by="destination"
    )
    rehearsal.intervene("accept", handshake=handshake)
    steps.apply(migration, steps.preview(migration, steps.CANCEL, [_FIRST]), None)
    settled = migration.ledger.last(Kind.SETTLED, step="cancel")
    assert settled is not None
    assert settled.data["took_effect"] is False


def test_the_policies_that_are_shipped_let_operators_invite_and_cancel(run: Run, rehearsal: Rehearsal) -> None:
    """Each side's operator has its own policy and nothing else."""
    scenario = rehearsed.scenario()
    roles = (policies.Role.source_operator, policies.Role.destination_operator)
    for organization, role in zip(scenario["organizations"], roles, strict=False):
        management = organization["management"]
        account = {"id": management, "name": "management", "email": f"{management}@example.com", "joined": "INVITED"}
        organization["accounts"].append(account | {"operator_policy": json.loads(policies.render(role))})
    rehearsal.reset(scenario)
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    assert confirmed(do(migration, steps.CANCEL, (_FIRST,))) == {_FIRST}
