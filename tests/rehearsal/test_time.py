"""The virtual clock, reads that lag, and pages that are empty although more follows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.world.lagging import Lagging, OrderedKeys
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SHOP = "012345678901"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


def test_the_date_header_follows_the_virtual_clock(rehearsal: Rehearsal, client: Make) -> None:
    """A client that takes the time from AWS's answers sees the virtual time."""
    rehearsal.advance(timedelta(days=100))
    before = rehearsal.now().replace(microsecond=0)
    answer = client().describe_organization()["ResponseMetadata"]
    seen = parsedate_to_datetime(answer["HTTPHeaders"]["date"])
    assert before <= seen <= rehearsal.now()
    assert answer["RequestId"]


def test_the_clock_only_goes_forward(rehearsal: Rehearsal) -> None:
    """Turning it back is refused with a sentence."""
    with pytest.raises(RehearsalError, match="forward"):
        rehearsal.advance(timedelta(days=-1))


def test_a_fast_clock_runs_ahead(rehearsal: Rehearsal) -> None:
    """At a million times the speed, any real moment is more than a virtual minute."""
    rehearsal.set_speed(1_000_000)
    before = rehearsal.now()
    assert rehearsal.now() - before > timedelta(minutes=1)


def test_reset_returns_to_real_time(rehearsal: Rehearsal) -> None:
    """A new world begins now."""
    start = rehearsal.now()
    rehearsal.advance(timedelta(days=1000))
    rehearsal.reset()
    assert rehearsal.now() - start < timedelta(days=1)


def test_reads_lag_behind_changes(rehearsal: Rehearsal, client: Make, invite: Make, member: Make) -> None:
    """Until the lag is over an account is still seen in the source, although it has moved."""
    handshake = invite(SHOP)
    inside = member(SHOP)
    rehearsal.switch(lag_seconds=3600)
    inside.accept_handshake(HandshakeId=handshake)
    assert rehearsal.world()["accounts"][SHOP]["organization"] == "o-exampledst1"
    assert client(SOURCE).describe_account(AccountId=SHOP)["Account"]["Id"] == SHOP
    assert refused(client().describe_account, AccountId=SHOP)[0] == "AccountNotFoundException"
    assert client().describe_handshake(HandshakeId=handshake)["Handshake"]["State"] == "OPEN"
    assert inside.describe_organization()["Organization"]["Id"] == "o-examplesrc1"
    rehearsal.advance(timedelta(hours=1, seconds=1))
    assert client().describe_account(AccountId=SHOP)["Account"]["Id"] == SHOP
    assert client().describe_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"
    assert inside.describe_organization()["Organization"]["Id"] == "o-exampledst1"


def test_changes_decide_on_the_truth_and_not_on_what_is_seen(
    rehearsal: Rehearsal, client: Make, invite: Make, member: Make
) -> None:
    """A new invitation cannot be found yet, but a second one is a duplicate; what was answered stays answered."""
    rehearsal.switch(lag_seconds=3600)
    handshake, inside = invite(SHOP), member(SHOP)
    target = {"Type": "ACCOUNT", "Id": SHOP}
    assert refused(client().invite_account_to_organization, Target=target)[0] == "DuplicateHandshakeException"
    for method in (client().describe_handshake, inside.accept_handshake):
        assert refused(method, HandshakeId=handshake) == ("HandshakeNotFoundException", None)
    rehearsal.advance(timedelta(hours=2))
    inside.accept_handshake(HandshakeId=handshake)
    assert inside.describe_handshake(HandshakeId=handshake)["Handshake"]["State"] == "OPEN"
    again = refused(inside.accept_handshake, HandshakeId=handshake)
    assert again == ("HandshakeAlreadyInStateException", None)


def test_an_account_cannot_be_moved_before_it_is_seen(
    rehearsal: Rehearsal, client: Make, invite: Make, member: Make
) -> None:
    """After an accept: poll, then move."""
    handshake, inside = invite(SHOP), member(SHOP)
    rehearsal.switch(lag_seconds=3600)
    inside.accept_handshake(HandshakeId=handshake)
    move = {"AccountId": SHOP, "SourceParentId": "r-dst1", "DestinationParentId": _any_unit(rehearsal)}
    assert refused(client().move_account, **move) == ("AccountNotFoundException", None)
    rehearsal.advance(timedelta(hours=2))
    client().move_account(**move)


def _any_unit(rehearsal: Rehearsal) -> str:
    return str(next(iter(rehearsal.world()["organizations"]["o-exampledst1"]["units"])))


def test_pages_may_be_empty_while_more_follows(rehearsal: Rehearsal, client: Make) -> None:
    """A client that stops at an empty page misses everything; one that goes on until null sees all."""
    rehearsal.switch(empty_pages=1.0)
    organizations = client(SOURCE)
    first = organizations.list_accounts()
    assert first["Accounts"] == []
    assert first["NextToken"]
    pages = organizations.get_paginator("list_accounts").paginate()
    assert sum(len(page["Accounts"]) for page in pages) == 22


def test_what_became_true_later_is_never_seen_earlier() -> None:
    """Lowering the lag does not let a new change overtake one that is still on its way."""
    values: Lagging[int] = Lagging(lambda _key, _old, _new: None)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    values.put("a", 1, start, timedelta(seconds=10))
    values.put("a", 2, start, timedelta(0))
    assert values.truth["a"] == 2
    values.settle(start + timedelta(seconds=9))
    assert "a" not in values.seen
    values.settle(start + timedelta(seconds=10))
    assert values.seen["a"] == 2


def test_a_shelf_keeps_its_order_whatever_comes_and_goes() -> None:
    """Pages go by place, so that what leaves moves nothing."""
    held = OrderedKeys()
    for place in (3, 1, 2, 2):
        held.add(place, str(place))
    held.remove(1)
    held.remove(7)
    assert list(held) == ["2", "3"]
    assert list(held.after(2)) == [(3, "3")]
    assert len(held) == 2
