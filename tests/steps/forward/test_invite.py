"""Invite: who is invited, who waits and until when, who is blocked and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools.assess import CATALOGUE
from orgtools.budget import Budget
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free
from orgtools.settings import InvitationSettings
from orgtools.steps import INVITE, Blocked, Do, Done, Wait
from tests import values
from tests.said import says, tells

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot

_BOTH = values.snapshot(values.source(values.member(), values.member(values.OTHER)), values.destination())


def _seen(**changes: object) -> Snapshot:
    return values.snapshot(values.source(values.member()), values.destination(**changes))


def test_a_member_of_the_source_is_invited_by_its_id() -> None:
    """One call of the destination, with the account's id and nothing else."""
    decision = INVITE.decide(values.planned(), _BOTH)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("InviteAccountToOrganization", "destination")
    assert call.parameters == {"Target": {"Id": values.ACCOUNT, "Type": "ACCOUNT"}}
    assert decision.why == Message("not-invited")


def test_notes_and_tags_go_with_the_invitation() -> None:
    """AWS attaches the tags when the account joins; an address in a tag is not shown."""
    row = values.planned(tags=(("owner", "jane@example.com"),))
    decision = INVITE.decide(row, values.changed(_BOTH, invitation=InvitationSettings(notes="Wave 1")))
    assert isinstance(decision, Do)
    assert decision.calls[0].parameters["Notes"] == "Wave 1"
    assert decision.calls[0].parameters["Tags"] == [{"Key": "owner", "Value": "jane@example.com"}]
    assert "j***@example.com" in str(decision.calls[0].words)
    assert "jane@" not in str(decision.calls[0].words)


def test_an_arrived_account_is_done() -> None:
    """Whatever else is the matter with it."""
    snapshot = values.snapshot(values.source(), values.destination(values.member(state="SUSPENDED")), findings={})
    assert isinstance(INVITE.decide(values.planned(), snapshot), Done)


def test_our_pending_invitation_is_adopted() -> None:
    """Whoever sent it for us; its id is handed on."""
    decision = INVITE.decide(values.planned(), _seen(handshakes=(values.invitation(),)))
    assert isinstance(decision, Done)
    assert decision.handshake_id == "h-0000000001"
    assert tells(decision.why, values.invitation().expires_at)


@pytest.mark.parametrize("state", ["EXPIRED", "CANCELED", "DECLINED", "ACCEPTED"])
def test_an_invitation_that_is_over_is_sent_anew(state: str) -> None:
    """And the person who approves sees that there was one."""
    decision = INVITE.decide(values.planned(), _seen(handshakes=(values.invitation(state=state),)))
    assert isinstance(decision, Do)
    assert decision.why == Message("invitation-ended", handshake="h-0000000001", state=state)


def test_somebody_elses_invitation_is_none_of_ours() -> None:
    """It is neither adopted nor in the way."""
    decision = INVITE.decide(values.planned(), _seen(handshakes=(values.invitation(by=values.STRANGER),)))
    assert isinstance(decision, Do)


def test_nobody_is_invited_unassessed() -> None:
    """Not looking is not fine."""
    decision = INVITE.decide(values.planned(), values.changed(_BOTH, findings={}))
    assert isinstance(decision, Blocked)
    assert (decision.why.code, decision.next_step[:15]) == ("not-assessed", "Open 10_assess.")


def test_what_could_not_be_looked_at_is_said_to_whoever_approves() -> None:
    """Unknown does not block an invitation, which can be taken back; but it is never shown as fine."""
    unknown = (Finding(values.ACCOUNT, "E11", Verdict.UNKNOWN, free("could not look")),)
    decision = INVITE.decide(values.planned(), values.changed(_BOTH, findings={values.ACCOUNT: unknown}))
    assert isinstance(decision, Do)
    assert says(decision.why, "invite-unchecked", checks=("E11",))


def test_a_young_account_waits_until_it_is_old_enough() -> None:
    """Four days after its creation, to the second."""
    born = values.NOW - timedelta(days=2)
    snapshot = values.snapshot(values.source(values.member(joined_at=born)), values.destination())
    decision = INVITE.decide(values.planned(), snapshot)
    assert isinstance(decision, Wait)
    assert decision.until == born + timedelta(days=4)
    assert says(decision.why, "obstacle", check="E2")


def test_several_obstacles_are_all_named() -> None:
    """With all remedies; the account waits only if each of them clears by itself."""
    young = values.member(joined_at=values.NOW, state="SUSPENDED")
    decision = INVITE.decide(values.planned(), values.snapshot(values.source(young), values.destination()))
    assert isinstance(decision, Blocked)
    assert says(decision.why, "obstacle", check="E1")
    assert says(decision.why, "obstacle", check="E2")
    for check in ("E1", "E2"):
        assert CATALOGUE[check].remedy in decision.next_step


def test_a_recorded_obstacle_blocks_too() -> None:
    """What only the member can see was found by the assessment."""
    against = (Finding(values.ACCOUNT, "E15", Verdict.BLOCK, free("cannot be entered", "Create the role.")),)
    decision = INVITE.decide(values.planned(), values.changed(_BOTH, findings={values.ACCOUNT: against}))
    assert isinstance(decision, Blocked)
    assert says(decision.why, "obstacle", check="E15", why=against[0].evidence)
    assert decision.next_step == "Create the role."


def test_a_delegated_administrator_is_blocked_with_the_remedy() -> None:
    """Deregistering is the operator's."""
    side = values.source(values.member(), delegated_administrators=frozenset({values.ACCOUNT}))
    decision = INVITE.decide(values.planned(), values.snapshot(side, values.destination()))
    assert isinstance(decision, Blocked)
    assert "DeregisterDelegatedAdministrator" in decision.next_step


def test_an_account_of_neither_side_is_not_invited() -> None:
    """Unless this run took it out of the source itself."""
    snapshot = values.snapshot(values.source(), values.destination())
    assert isinstance(INVITE.decide(values.planned(), snapshot), Blocked)
    gone = values.changed(snapshot, left=frozenset({values.ACCOUNT}))
    assert isinstance(INVITE.decide(values.planned(path="standalone"), gone), Do)


@pytest.mark.parametrize("side", ["source", "destination"])
def test_a_management_account_is_never_invited(side: str) -> None:
    """Even if it got into the plan after the run was opened."""
    identity = {"source": values.SOURCE, "destination": values.DESTINATION}[side]
    decision = INVITE.decide(values.planned(identity.management_account_id), _BOTH)
    assert not isinstance(decision, Do)


def _limited(quota: int | None, attempts: int, wanted: int, frees_at: datetime | None = None) -> list[str]:
    accounts = [values.member(f"30000000000{number}") for number in range(wanted)]
    side = values.destination(account_quota=quota)
    budget = Budget(1, 0, quota, attempts, frees_at)
    fine = {account.id: values.FINE for account in accounts}
    snapshot = values.snapshot(values.source(*accounts), side, budget=budget, findings=fine)
    decisions = [INVITE.decide(values.planned(account.id), snapshot) for account in accounts]
    limited = INVITE.apply_limits(decisions, snapshot)
    assert [decision.account_id for decision in limited] == [account.id for account in accounts]
    return [type(decision).__name__ for decision in limited]


def test_the_account_quota_is_kept() -> None:
    """The first of the plan go; the others are blocked, because a person must raise it."""
    assert _limited(quota=3, attempts=0, wanted=4) == ["Do", "Do", "Blocked", "Blocked"]


def test_the_window_of_24_hours_is_kept() -> None:
    """The others wait: it clears by itself."""
    assert _limited(quota=100, attempts=98, wanted=4) == ["Do", "Do", "Wait", "Wait"]


def test_an_unknown_quota_holds_nobody_back() -> None:
    """AWS will refuse what does not fit; the window is known all the same."""
    assert _limited(quota=None, attempts=18, wanted=4) == ["Do", "Do", "Wait", "Wait"]


def test_who_waits_for_the_window_is_told_until_when() -> None:
    """When the oldest attempt is 24 hours old; and only calls are limited."""
    frees = values.NOW + timedelta(hours=5)
    snapshot = replace(_BOTH, budget=Budget(1, 0, 100, 100, frees))
    done = Done(values.OTHER, free("is there"))
    do = INVITE.decide(values.planned(), snapshot)
    held, kept = INVITE.apply_limits([do, done], snapshot)
    assert isinstance(held, Wait)
    assert held.until == frees
    assert kept is done


def test_a_full_quota_names_its_figures() -> None:
    """So that the operator knows what to ask for."""
    snapshot = replace(_BOTH, budget=Budget(8, 2, 10, 0, None))
    (held,) = INVITE.apply_limits([INVITE.decide(values.planned(), snapshot)], snapshot)
    assert isinstance(held, Blocked)
    assert says(held.why, "invite-quota-full", quota=10, members=8, pending=2)
    assert "Service Quotas" in held.next_step
