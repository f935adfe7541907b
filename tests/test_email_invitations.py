"""Invitations by e-mail address, and handshakes of which AWS leaves something out: matched or unknown, no crash."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools import assess, steps
from orgtools.audit import review
from orgtools.aws.masking import fingerprint
from orgtools.aws.read.organization import handshake_of
from orgtools.budget import Budget
from orgtools.findings import Verdict
from orgtools.invitations import findings, listed
from orgtools.plan import Plan
from orgtools.steps import ACCEPT, CANCEL, INVITE, Blocked, Do, Done, Wait
from tests import rehearsed, values
from tests.rehearsed import PLAIN

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake
    from orgtools.steps.core.decisions import Decision
    from tests.rehearsed import Run

ADDRESS: Final = "AWS+shop@example.com"
ANSWER: Final[dict[str, Any]] = {
    "Id": "h-0000000001",
    "Arn": values.invitation().arn,
    "Action": "INVITE",
    "State": "OPEN",
    "Parties": [{"Id": values.ACCOUNT, "Type": "ACCOUNT"}, {"Id": "o-destinatn01", "Type": "ORGANIZATION"}],
    "RequestedTimestamp": values.NOW - timedelta(days=3),
    "ExpirationTimestamp": values.NOW,
}
INVITED: Final = PLAIN[1:2]
PARTIES: Final = [{"Id": ADDRESS, "Type": "EMAIL"}, {"Id": "o-destinatn01", "Type": "ORGANIZATION"}]


def _decided(*sent: Handshake, **changes: Any) -> dict[str, Decision]:
    held = values.member(address=fingerprint(ADDRESS.lower()))
    source = values.source(held)
    side = values.destination(handshakes=sent).addressed(source.accounts.values())
    snapshot = values.snapshot(source, side, **changes)
    return {step.name: step.decide(values.planned(), snapshot) for step in (INVITE, ACCEPT, CANCEL)}


def test_an_invitation_by_the_address_of_a_planned_account_is_adopted() -> None:
    """By the whole address, whatever its case; invite, accept and cancel agree. The address itself is kept nowhere."""
    sent = handshake_of(ANSWER | {"Parties": PARTIES})
    assert (sent.account_id, sent.target) == (None, "A***@example.com")
    assert ADDRESS.lower() not in repr(sent).lower()
    found = _decided(sent)
    assert isinstance(found["invite"], Done)
    assert found["invite"].handshake_id == sent.id
    for name in ("accept", "cancel"):
        decision = found[name]
        assert isinstance(decision, Do)
        assert [call.parameters for call in decision.calls] == [{"HandshakeId": sent.id}]


def test_an_invitation_to_another_address_is_nobodys() -> None:
    """Also where its first letter and its domain are the same; and an address of two accounts is no proof."""
    other = handshake_of(ANSWER | {"Parties": [{"Id": "aws@example.com", "Type": "EMAIL"}]})
    assert isinstance(_decided(other)["invite"], Do)
    both = [values.member(account_id, address=fingerprint(ADDRESS)) for account_id in (values.ACCOUNT, values.OTHER)]
    sent = handshake_of(ANSWER | {"Parties": PARTIES})
    assert values.destination(handshakes=(sent,)).addressed(both).handshakes[0].account_id is None


def test_an_account_that_is_invited_by_an_unknown_address_is_blocked_with_the_handshake() -> None:
    """AWS said that it is invited, and the account cannot be asked: what to cancel, and where."""
    sent = handshake_of(ANSWER | {"Parties": [{"Id": "former@example.com", "Type": "EMAIL"}]})
    decision = _decided(sent, invited_somehow=frozenset({values.ACCOUNT}))["invite"]
    assert isinstance(decision, Blocked)
    assert "h-0000000001 to f***@example.com" in str(decision.why)
    assert "Cancel h-0000000001" in decision.next_step


@pytest.mark.parametrize("left_out", ["ExpirationTimestamp", "RequestedTimestamp", "Parties", "State"])
def test_what_aws_leaves_out_of_a_handshake_is_unknown(left_out: str) -> None:
    """AWS's model requires none of these: table, review, budget and steps go on, and say what is missing."""
    sent = handshake_of({name: value for name, value in ANSWER.items() if name != left_out})
    assert sent.missing == (left_out,)
    side = values.destination(handshakes=(sent, values.invitation(values.OTHER, id="h-0000000002")))
    plan = Plan((values.planned(), values.planned(values.OTHER)))
    assert len(listed(plan, side)) == 2
    (said,) = [finding for finding in findings(plan, side) if finding.check == "H10"]
    assert (said.status, left_out in str(said.evidence)) == (Verdict.UNKNOWN, True)
    budget = Budget.of(side)
    assert budget.pending == 2, "it may be pending"
    assert budget.attempts == (1 if left_out == "RequestedTimestamp" else 0), "it may have been sent today"
    found = _decided(sent)
    if left_out == "State":
        assert isinstance(found["invite"], Blocked)
        assert isinstance(found["accept"], Blocked)
    elif left_out == "Parties":
        assert isinstance(found["accept"], Wait)
    else:
        assert isinstance(found["invite"], Done)
        assert isinstance(found["accept"], Do)


@pytest.mark.parametrize("turned", [False, True], ids=["inviter first", "inviter last"])
def test_the_inviter_is_never_taken_for_the_target(turned: bool) -> None:
    """Two accounts are parties: the one that the ARN names sent it. Two others: nobody knows which."""
    parties = [{"Id": name, "Type": "ACCOUNT"} for name in (values.DESTINATION.management_account_id, values.ACCOUNT)]
    assert handshake_of(ANSWER | {"Parties": parties[::-1] if turned else parties}).account_id == values.ACCOUNT
    strangers = [{"Id": name, "Type": "ACCOUNT"} for name in (values.OTHER, values.ACCOUNT)]
    assert handshake_of(ANSWER | {"Parties": strangers}).account_id is None


@pytest.fixture
def by_email(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Somebody invited a planned account in the console, by its address."""
    tables = rehearsed.scenario()
    tables["invitations"].append(
        {"id": "h-byemail00001", "organization": rehearsed.DESTINATION, "account": PLAIN[1], "by_email": True}
    )
    rehearsed.rehearse(monkeypatch, tables)
    run.settings(rehearsed.PROFILES + rehearsed.FAST)
    return run


def test_invite_accept_cancel_and_audit_agree_about_it(by_email: Run) -> None:
    """Nothing is sent again, the member accepts it, and no review calls it unplanned."""
    migration = by_email.open()
    assess.assess(migration, INVITED, checks=rehearsed.DECIDING)
    shown = {step.name: steps.preview(migration, step, INVITED) for step in (INVITE, ACCEPT, CANCEL)}
    assert [len(shown[name].to_do) for name in ("invite", "accept", "cancel")] == [0, 1, 1]
    said = review(migration).findings
    assert not [
        finding for finding in said if finding.check == "H1" and finding.evidence.facts["handshake"] == "h-byemail00001"
    ]
    result = rehearsed.do(migration, ACCEPT, INVITED)
    assert [outcome.status for outcome in result.outcomes] == [steps.Status.CONFIRMED]


def test_where_the_address_is_unknown_one_try_finds_it_by_the_handshake_that_the_member_sees(
    by_email: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ListAccounts may leave addresses out: AWS answers once that it is invited, and then the account itself tells."""
    monkeypatch.setattr("orgtools.aws.read.organization.fingerprint", lambda _address: "")
    migration = by_email.open()
    assess.assess(migration, INVITED, checks=rehearsed.DECIDING)
    result = rehearsed.do(migration, INVITE, INVITED)
    assert [outcome.status for outcome in result.outcomes] == [steps.Status.CONFIRMED]
    assert [call.operation for call in by_email.changing()] == ["InviteAccountToOrganization"]
    assert len(steps.preview(migration, ACCEPT, INVITED).to_do) == 1
