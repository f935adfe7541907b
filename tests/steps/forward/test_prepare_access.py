"""Prepare: the destination is let in where an account will move, and what leaving and accepting make of it."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final

import pytest

from orgtools.aws.model import Entry
from orgtools.aws.read import trust_policy
from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.settings import HandoverSettings
from orgtools.snapshot import NOT_LOOKED
from orgtools.steps import ACCEPT, LEAVE, PREPARE, Blocked, Call, Do, Done, Wait
from orgtools.steps.core.decisions import digest
from orgtools.steps.shared.account_access import Entries
from tests import values
from tests.said import says

ROLE_ARN: Final = f"arn:aws:iam::{values.ACCOUNT}:role/path/Access"
STATEMENT: Final = trust_policy.statement_for("111111111111", "aws")
TRUST: Final = json.dumps({"Version": "2012-10-17", "Statement": [STATEMENT]})
BOTH: Final = trust_policy.trusting(TRUST, "222222222222", "aws")


def _seen(entry: Entry | None, **changes: Any) -> Any:
    """Both sides, our invitation pending, and how the account can be entered."""
    given: dict[str, Any] = {
        "source": values.source(values.member()),
        "destination": values.destination(handshakes=(values.invitation(),)),
        "handover": HandoverSettings(prepare=True),
    }
    entries = Entries({values.ACCOUNT: entry} if entry else {})
    return values.snapshot(**(given | changes)).with_extra(entries)


def _entry(*, source: bool | None = True, destination: bool | None = False, **more: Any) -> Entry:
    return Entry(ROLE_ARN, source, destination, **({"trust": TRUST} | more))


def test_the_destination_is_added_by_the_role_in_the_member_entered_through_the_source() -> None:
    """One call, whose former text is kept for the way back; the role's name is without its path, as IAM wants it."""
    decision = PREPARE.decide(values.planned(), _seen(_entry()))
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.service, call.operation, call.by) == ("iam", "UpdateAssumeRolePolicy", "member-through-source")
    assert call.parameters == {"RoleName": "Access", "PolicyDocument": BOTH}
    assert call.former == TRUST


@pytest.mark.parametrize("arrived", [False, True])
def test_it_is_done_when_the_destination_can_assume_the_role(*, arrived: bool) -> None:
    """Whatever the trust policy says: the proof is that AWS lets it in."""
    moved = {"source": values.source(), "destination": values.destination(values.member())} if arrived else {}
    assert isinstance(PREPARE.decide(values.planned(), _seen(_entry(destination=True), **moved)), Done)


def test_it_is_not_done_because_the_trust_policy_says_so() -> None:
    """The call has taken effect; its proof is missing, and nothing is called again."""
    decision = PREPARE.decide(values.planned(), _seen(_entry(trust=BOTH)))
    assert isinstance(decision, Blocked)
    assert decision.effective
    assert says(decision.why, "prepare-trusted-and-shut")
    assert says(decision.why, "grant-on", action="sts:AssumeRole", whom="caller-in-destination", role=ROLE_ARN)
    assert ROLE_ARN in decision.next_step


def test_nothing_is_done_that_nobody_asked_for() -> None:
    """Off unless migration.toml says otherwise; and then nothing waits for it either."""
    off = _seen(None, handover=HandoverSettings())
    assert isinstance(PREPARE.decide(values.planned(), off), Done)
    assert isinstance(ACCEPT.decide(values.planned(), off), Do)


def test_an_account_that_is_not_invited_keeps_its_trust() -> None:
    """Whoever stays in the source has nothing to hand over."""
    decision = PREPARE.decide(values.planned(), _seen(_entry(), destination=values.destination()))
    assert isinstance(decision, Wait)
    assert decision.why.code == "prepare-invite-first"


@pytest.mark.parametrize(
    "changes",
    [
        {"source": values.source(), "destination": values.destination(), "left": frozenset({values.ACCOUNT})},
        {"source": values.source(), "destination": values.destination(values.member())},
    ],
    ids=["standalone", "arrived"],
)
def test_an_account_that_moved_unprepared_is_prepared_late(changes: dict[str, Any]) -> None:
    """The source can still enter it: better late than never."""
    assert isinstance(PREPARE.decide(values.planned(), _seen(_entry(), **changes)), Do)


def test_an_account_without_a_way_in_gets_an_exact_instruction() -> None:
    """Also before it is invited: which role, with which trust policy, letting in both sides."""
    nobody = _entry(source=False, trust=None)
    decision = PREPARE.decide(values.planned(), _seen(nobody, destination=values.destination()))
    assert isinstance(decision, Blocked)
    assert says(decision.why, "prepare-no-way-in", arn=ROLE_ARN)
    text = decision.next_step
    policy = text[text.index("{") : text.rindex("}") + 1]
    assert decision.why.facts["role"] == "Access"
    assert trust_policy.names(policy, "111111111111")
    assert trust_policy.names(policy, "222222222222")


def test_a_suspended_account_is_not_told_to_make_a_role() -> None:
    """Nobody can enter it; what to do about that is said here, since no other step says so of an invited account."""
    closed = values.source(values.member(state="SUSPENDED"))
    decision = PREPARE.decide(values.planned(), _seen(_entry(source=False, trust=None), source=closed))
    assert isinstance(decision, Blocked)
    assert says(decision.why, "account-not-active", state="SUSPENDED")
    assert decision.next_step


@pytest.mark.parametrize(
    "entry",
    [
        _entry(source=None, trust=None, unknown="Sign in again."),
        _entry(destination=None, unknown="Sign in again."),
        _entry(trust=None, unknown="Sign in again."),
    ],
    ids=["source", "destination", "trust policy"],
)
def test_what_could_not_be_looked_at_is_not_guessed(entry: Entry) -> None:
    """Neither for yes nor for no."""
    decision = PREPARE.decide(values.planned(), _seen(entry))
    assert isinstance(decision, Blocked)
    assert not decision.effective
    assert decision.why.code in {"role-unchecked", "trust-unread"}
    assert decision.next_step == "Sign in again."


def test_an_account_that_is_nowhere_is_somebody_elses_business() -> None:
    """It is not entered; where nobody looked at any account, that is all that is known."""
    nowhere = _seen(None, source=values.source(), destination=values.destination())
    decision = PREPARE.decide(values.planned(), nowhere)
    assert isinstance(decision, Blocked)
    assert decision.next_step
    assert isinstance(PREPARE.decide(values.planned(), replace(nowhere, extras={Entries: NOT_LOOKED})), Wait)


@pytest.mark.parametrize("entry", [None, _entry(), _entry(destination=None)], ids=["not looked at", "not", "unknown"])
def test_leaving_and_accepting_wait_until_the_destination_can_enter(entry: Entry | None) -> None:
    """If migration.toml asks for it."""
    alone = values.planned(path="standalone")
    for step, row in ((ACCEPT, values.planned()), (LEAVE, alone)):
        waiting = step.decide(row, _seen(entry))
        assert isinstance(waiting, Wait)
        assert waiting.why.code == ("prepare-first" if entry else "prepare-not-looked")
        assert isinstance(step.decide(row, _seen(_entry(destination=True))), Do)


def test_another_trust_policy_needs_another_approval() -> None:
    """The approval is bound to what is replaced as well as to what replaces it."""
    decision = PREPARE.decide(values.planned(), _seen(_entry()))
    assert isinstance(decision, Do)
    (call,) = decision.calls
    edited = replace(decision, calls=(replace(call, former="{}"),))
    assert digest((), [decision]) != digest((), [edited])


@pytest.mark.parametrize("held", [TRUST, f" {TRUST}"], ids=["word for word", "spaced otherwise"])
def test_the_last_look_lets_an_untouched_trust_policy_pass(held: str) -> None:
    """Read through the source, which is the one that enters."""
    _guard(held)


def test_the_last_look_stops_where_somebody_has_edited_the_trust_policy() -> None:
    """The call would write over that edit."""
    with pytest.raises(RefusedError) as refusal:
        _guard(BOTH)
    assert refusal.value.code == "TrustChanged"
    assert refusal.value.account_id == values.ACCOUNT


def _guard(held: str) -> None:
    """The last look, at a member that has some trust policy by now."""
    member = SimpleNamespace(trust=lambda: held)
    migration: Any = SimpleNamespace(member=lambda _, through: member if through == "source" else None)
    PREPARE.precheck(
        migration, values.ACCOUNT, Call("UpdateAssumeRolePolicy", "member-through-source", {}, free(""), "iam", TRUST)
    )
