"""Scripted faults: which calls fail, how, and that the same script fails the same calls."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ConnectionClosedError

from orgtools.messages import Message
from orgtools.rehearsal import Fault, Rehearsal, RehearsalError
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.limits.faults import Script
from tests.rehearsal.refusing import refused
from tests.said import says

Make = Callable[..., Any]
SHOP = "012345678901"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("throttle", "TooManyRequestsException"),
        ("server_error", "ServiceException"),
        ("concurrent_modification", "ConcurrentModificationException"),
    ],
)
def test_a_fault_answers_its_error_on_the_nth_call(kind: Any, code: str, rehearsal: Rehearsal, client: Make) -> None:
    """The second call fails, the others succeed."""
    rehearsal.script(Fault("DescribeHandshake", kind, calls=[2]))
    describe = client().describe_handshake
    describe(HandshakeId="h-outsideplan01")
    assert refused(describe, HandshakeId="h-outsideplan01")[0] == code
    describe(HandshakeId="h-outsideplan01")
    assert [call.fault for call in rehearsal.calls()] == [None, kind, None]


def test_any_modelled_error_can_be_scripted(rehearsal: Rehearsal, client: Make) -> None:
    """For what the rules never answer by themselves."""
    fault = Fault(
        "InviteAccountToOrganization",
        "refuse",
        calls=[1],
        code="ConstraintViolationException",
        reason="MASTER_ACCOUNT_MISSING_CONTACT_INFO",
    )
    rehearsal.script(fault)
    refusal = refused(client().invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": SHOP})
    assert refusal == ("ConstraintViolationException", "MASTER_ACCOUNT_MISSING_CONTACT_INFO")


@pytest.mark.parametrize(("kind", "sent"), [("cut", False), ("lost", True)])
def test_a_connection_ends_before_or_after_the_effect(
    kind: Any, sent: bool, rehearsal: Rehearsal, client: Make
) -> None:
    """To the caller both look the same; only reading tells whether the invitation exists."""
    rehearsal.script(Fault("InviteAccountToOrganization", kind, calls=[1]))
    with pytest.raises(ConnectionClosedError):
        client().invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": SHOP})
    invited = {handshake["account"] for handshake in rehearsal.world()["handshakes"].values()}
    assert (SHOP in invited) is sent


def test_botocores_own_retry_turns_a_lost_answer_into_a_duplicate(rehearsal: Rehearsal, client: Make) -> None:
    """No operation takes a client token: the error alone says nothing about the first try."""
    rehearsal.script(Fault("InviteAccountToOrganization", "lost", calls=[1]))
    retrying = client(DESTINATION, config=Config(retries={"total_max_attempts": 2, "mode": "standard"}))
    refusal = refused(retrying.invite_account_to_organization, Target={"Type": "ACCOUNT", "Id": SHOP})
    retrying.close()
    assert refusal[0] == "DuplicateHandshakeException"
    assert [call.fault for call in rehearsal.calls()] == ["lost", None]


def test_a_slow_answer_takes_virtual_time(rehearsal: Rehearsal, client: Make) -> None:
    """An hour at high speed is soon over, and by the clock it has passed."""
    rehearsal.set_speed(100_000)
    rehearsal.script(Fault("ListRoots", "slow", calls=[1], seconds=3600))
    before = rehearsal.now()
    client().list_roots()
    assert rehearsal.now() - before >= timedelta(hours=1)


def test_a_fault_ends_after_its_times_and_a_new_script_replaces_the_old(rehearsal: Rehearsal, client: Make) -> None:
    """Without faults, everything succeeds again; so does a reset world."""
    rehearsal.script(Fault("*", "throttle", probability=1.0, times=2))
    for _ in range(2):
        assert refused(client().list_roots)[0] == "TooManyRequestsException"
    client().list_roots()
    rehearsal.script(Fault("*", "throttle", probability=1.0))
    rehearsal.reset()
    client().list_roots()


def test_the_same_seed_fails_the_same_calls() -> None:
    """Another seed fails others."""

    def fails(seed: int) -> list[bool]:
        script = Script([Fault("ListRoots", "throttle", probability=0.3)], seed)
        return [script.next("ListRoots") is not None for _ in range(200)]

    assert fails(1) == fails(1)
    assert fails(1) != fails(2)
    assert 30 < sum(fails(1)) < 90


def test_one_rule_does_not_shift_anothers_luck() -> None:
    """Adding a rule that never fires first leaves the later one as it was."""
    throttles = Fault("ListRoots", "throttle", probability=0.3)
    alone = Script([Fault("ListAccounts", "cut", probability=0.5), throttles])
    both = Script([Fault("ListRoots", "cut", calls=[999]), throttles])
    assert [alone.next("ListRoots") for _ in range(50)] == [both.next("ListRoots") for _ in range(50)]


def test_a_fault_that_makes_no_sense_is_refused(rehearsal: Rehearsal) -> None:
    """With a sentence, before anything runs."""
    nonsense: Any = "explode"
    with pytest.raises(WrongError, match="throttle") as refusal:
        Fault("ListRoots", nonsense, calls=[1])
    assert says(refusal.value.message, "rehearsal-fault-unknown", given="explode")
    with pytest.raises(WrongError) as refusal:
        Fault("ListRoots", "throttle")
    assert refusal.value.message == Message("rehearsal-fault-of-nothing", operation="ListRoots")
    with pytest.raises(WrongError) as refusal:
        Fault("ListRoots", "refuse", calls=[1])
    assert refusal.value.message == Message("rehearsal-fault-without-code", operation="ListRoots")
    with pytest.raises(RehearsalError, match="lag_seconds"):
        rehearsal.switch(lag_seconds=-1)
