"""Accept: exactly our invitation, and in the order that the account's path asks for."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.steps import ACCEPT, Blocked, Call, Do, Done, Wait
from tests import values

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake

_INVITED = values.snapshot(values.source(values.member()), values.destination(handshakes=(values.invitation(),)))


def test_the_member_accepts_our_pending_invitation() -> None:
    """By its id, with the role in the account."""
    decision = ACCEPT.decide(values.planned(), _INVITED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by, call.parameters) == ("AcceptHandshake", "member", {"HandshakeId": "h-0000000001"})


def test_an_arrived_account_is_done() -> None:
    """Even with an invitation that still seems to wait: reads lag."""
    arrived = values.destination(values.member(), handshakes=(values.invitation(),))
    assert isinstance(ACCEPT.decide(values.planned(), replace(_INVITED, destination=arrived)), Done)


@pytest.mark.parametrize(
    "handshakes",
    [(), (values.invitation(state="CANCELED"),), (values.invitation(by=values.STRANGER),)],
    ids=["none", "cancelled", "foreign"],
)
def test_without_an_invitation_of_ours_nothing_is_accepted(handshakes: tuple[Any, ...]) -> None:
    """A foreign one least of all."""
    snapshot = replace(_INVITED, destination=values.destination(handshakes=handshakes))
    decision = ACCEPT.decide(values.planned(), snapshot)
    assert isinstance(decision, Wait)
    assert decision.why.code == "accept-invite-first"


def test_the_stand_alone_path_leaves_first() -> None:
    """And accepts once it has left."""
    row = values.planned(path="standalone")
    assert isinstance(ACCEPT.decide(row, _INVITED), Wait)
    taken_out = values.changed(_INVITED, source=values.source(), left=frozenset({values.ACCOUNT}))
    assert isinstance(ACCEPT.decide(row, taken_out), Do)


@pytest.mark.parametrize("path", ["direct", "standalone"])
def test_an_account_that_somebody_moved_does_not_accept(path: Any) -> None:
    """It is not where the plan found it, and the run did not take it out: a person looks first."""
    gone = replace(_INVITED, source=values.source())
    assert isinstance(ACCEPT.decide(values.planned(path=path), gone), Blocked)
    taken_out = values.changed(gone, left=frozenset({values.ACCOUNT}))
    assert isinstance(ACCEPT.decide(values.planned(path=path), taken_out), Do)


def _guard(*received: object) -> None:
    migration: Any = SimpleNamespace(
        member=lambda who: SimpleNamespace(account_id=who, called=who, received_handshakes=lambda: received),
        destination=SimpleNamespace(identity=values.DESTINATION),
        plan=SimpleNamespace(by_id={values.ACCOUNT: values.planned()}),
        source=SimpleNamespace(seen=True),
        latest_of=lambda _: _INVITED,
    )
    ACCEPT.precheck(
        migration, values.ACCOUNT, Call("AcceptHandshake", "member", {"HandshakeId": "h-0000000001"}, free(""))
    )


def test_the_last_look_lets_our_invitation_pass() -> None:
    """As the member sees it, among others."""
    _guard(values.invitation(by=values.STRANGER, id="h-00stranger"), values.invitation())


@pytest.mark.parametrize(
    "seen",
    [
        values.invitation(by=values.STRANGER),
        values.invitation(by=replace(values.DESTINATION, management_account_id="555555555555")),
        values.invitation(by=replace(values.DESTINATION, organization_id="o-stranger001")),
        values.invitation(by=replace(values.DESTINATION, partition="aws-cn")),
        values.invitation(action="TRANSFER_RESPONSIBILITY"),
    ],
    ids=["nothing of ours", "another management account", "another organization", "another partition", "no invitation"],
)
def test_the_last_look_stops_a_foreign_handshake(seen: Handshake) -> None:
    """The same id, another inviter, or half of ours: nothing is accepted, and the operator is told not to."""
    with pytest.raises(RefusedError) as refusal:
        _guard(seen)
    assert refusal.value.code == "ForeignHandshake"
    assert refusal.value.handshake_id == "h-0000000001"
    assert refusal.value.message.code == "accept-foreign-handshake"
    assert refusal.value.next_step is not None


def test_an_invitation_that_the_member_does_not_see_yet_is_waited_for() -> None:
    """AWS shows it a little later; nothing is called meanwhile."""
    with pytest.raises(RefusedError) as refusal:
        _guard(values.invitation(id="h-0000other1"))
    assert refusal.value.code == "HandshakeNotFoundException"
