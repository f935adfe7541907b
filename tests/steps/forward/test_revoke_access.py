"""Revoke: the source is let out only of an account that has arrived and that the destination can enter."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, Final

import pytest

from orgtools.aws.model import Entry
from orgtools.aws.read import trust_policy
from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.settings import HandoverSettings
from orgtools.steps import REVOKE, Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.shared.account_access import Entries
from tests import values
from tests.said import says

ROLE_ARN: Final = f"arn:aws:iam::{values.ACCOUNT}:role/Access"


def _policy(*accounts: str, anybody: bool = False) -> str:
    statements = [trust_policy.statement_for(account_id, "aws") for account_id in accounts]
    everybody = [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}] if anybody else []
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements, *everybody]})


BOTH: Final = _policy("111111111111", "222222222222")
DESTINATION_ONLY: Final = _policy("222222222222")


def _decide(
    *,
    by_source: bool | None = True,
    by_destination: bool | None = True,
    policy: str | None = BOTH,
    unit: str = values.PROD,
    looked: bool = True,
    **changes: Any,
) -> Decision:
    entry = Entry(ROLE_ARN, by_source, by_destination, policy, free("Sign in again."))
    given: dict[str, Any] = {
        "source": values.source(),
        "destination": values.destination(values.member(parent_id=unit)),
        "handover": HandoverSettings(prepare=True, revoke=True),
    }
    seen = values.snapshot(**(given | changes)).with_extra(Entries({values.ACCOUNT: entry} if looked else {}))
    return REVOKE.decide(values.planned(), seen)


def test_the_source_is_taken_out_through_the_destination() -> None:
    """Who takes the source's access away gets in without it."""
    decision = _decide()
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.service, call.operation, call.by) == ("iam", "UpdateAssumeRolePolicy", "member-through-destination")
    assert call.parameters == {"RoleName": "Access", "PolicyDocument": DESTINATION_ONLY}
    assert call.former == BOTH


def test_it_is_done_when_the_source_is_refused() -> None:
    """And its name is gone from the trust policy."""
    assert isinstance(_decide(by_source=False, policy=DESTINATION_ONLY), Done)


def test_a_source_that_is_refused_but_still_named_is_taken_out() -> None:
    """A condition, or an SCP of its own, may keep it out only for now."""
    assert isinstance(_decide(by_source=False), Do)


def test_a_source_that_is_not_named_any_more_but_not_refused_yet_is_waited_for() -> None:
    """The call has taken effect; its proof is missing, and nothing is called again."""
    decision = _decide(policy=DESTINATION_ONLY)
    assert isinstance(decision, Blocked)
    assert decision.effective
    assert decision.why.code == "revoke-source-still-enters"


def test_nothing_is_done_that_nobody_asked_for() -> None:
    """Preparing alone takes nothing away."""
    assert isinstance(_decide(handover=HandoverSettings(prepare=True)), Done)


@pytest.mark.parametrize(
    "changes",
    [
        {"source": values.source(values.member()), "destination": values.destination()},
        {"unit": "r-dst1"},
        {"destination": values.destination()},
    ],
    ids=["in the source", "not in its unit", "nowhere"],
)
def test_the_source_keeps_its_access_until_the_account_has_arrived(changes: dict[str, Any]) -> None:
    """In the destination, and where the plan wants it."""
    assert isinstance(_decide(**changes), Wait)


def test_the_source_keeps_its_access_where_the_destination_has_none() -> None:
    """Whatever the trust policy says: nobody could get in any more."""
    decision = _decide(by_destination=False)
    assert isinstance(decision, Blocked)
    assert decision.why.code == "revoke-destination-shut"
    assert says(decision.why, "grant", action="sts:AssumeRole", whom="caller-in-destination")
    assert "38_prepare_access" in decision.next_step


@pytest.mark.parametrize(
    "changes",
    [{"by_destination": None}, {"policy": None}, {"by_source": None, "policy": DESTINATION_ONLY}, {"looked": False}],
    ids=["destination", "trust policy", "source", "nothing"],
)
def test_what_could_not_be_looked_at_is_not_guessed(changes: dict[str, Any]) -> None:
    """Neither for taking away nor for done."""
    decision = _decide(**changes)
    assert isinstance(decision, Blocked)
    assert not decision.effective
    assert decision.why.code in {"role-unchecked", "trust-unread", "revoke-source-unchecked", "revoke-unseen"}
    assert decision.next_step


def test_a_trust_policy_that_would_let_nobody_in_is_not_written() -> None:
    """The destination got in, yet it is not named: a person looks first."""
    decision = _decide(policy=_policy("111111111111"))
    assert isinstance(decision, Blocked)
    assert decision.why.code == "revoke-nobody-left"


def test_a_statement_for_everybody_is_a_persons_to_narrow() -> None:
    """The source comes in by it without being named."""
    assert isinstance(_decide(policy=_policy("111111111111", anybody=True)), Do)
    decision = _decide(policy=_policy("222222222222", anybody=True))
    assert isinstance(decision, Blocked)
    assert not decision.effective
    assert decision.why.code == "revoke-trusts-everybody"
    assert decision.next_step


def _guard(**changes: Any) -> None:
    """The last look, at a member that is as the changes say."""
    given = {"can_enter": True, "organization_id": values.DESTINATION.organization_id, "trust": BOTH} | changes
    member = SimpleNamespace(role_arn=ROLE_ARN, **{name: (lambda held=held: held) for name, held in given.items()})
    migration: Any = SimpleNamespace(
        member=lambda _, through: member if through == "destination" else None,
        destination=SimpleNamespace(identity=values.DESTINATION),
    )
    call = Call("UpdateAssumeRolePolicy", "member-through-destination", {}, free(""), "iam", BOTH)
    REVOKE.precheck(migration, values.ACCOUNT, call)


def test_the_last_look_lets_an_arrived_account_pass() -> None:
    """Entered through the destination, in its organization, with the trust policy that was read."""
    _guard()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"can_enter": False}, "DestinationCannotEnter"),
        ({"organization_id": values.SOURCE.organization_id}, "NotArrived"),
        ({"organization_id": None}, "NotArrived"),
        ({"trust": DESTINATION_ONLY}, "TrustChanged"),
    ],
)
def test_the_last_look_stops_the_call(changes: dict[str, Any], code: str) -> None:
    """Whatever was decided a moment ago."""
    with pytest.raises(RefusedError) as refusal:
        _guard(**changes)
    assert refusal.value.code == code
    assert refusal.value.account_id == values.ACCOUNT
    assert refusal.value.next_step


def test_a_decision_without_a_look_is_never_to_do() -> None:
    """Whoever decides with a snapshot that lacks the entries takes nothing away."""
    asked = values.snapshot(values.source(), values.destination(values.member(parent_id=values.PROD)))
    asked = values.changed(asked, handover=HandoverSettings(prepare=True, revoke=True))
    assert isinstance(REVOKE.decide(values.planned(), asked), Blocked)
