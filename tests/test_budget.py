"""Quota arithmetic: places, invitations of 24 hours, and wave after wave."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orgtools.budget import Budget, WaveRoom, rooms
from orgtools.plan import Plan
from tests import values

_HOUR = timedelta(hours=1)


def test_members_and_pending_invitations_take_places() -> None:
    """Whoever sent the invitation, to an id or to an address; answered ones take none."""
    sent = (
        values.invitation(),
        values.invitation(None, id="h-00000email", target="a***@example.com"),  # type: ignore[arg-type]
        values.invitation(state="DECLINED"),
        values.invitation(action="ENABLE_ALL_FEATURES"),
    )
    budget = Budget.of(values.destination(values.member(values.OTHER), handshakes=sent, account_quota=10))
    assert (budget.members, budget.pending, budget.room) == (2, 2, 6)


def test_a_full_organization_has_no_room_rather_than_less_than_none() -> None:
    """Closed accounts may have taken it above its quota."""
    assert Budget.of(values.destination(values.member(), account_quota=1)).room == 0


def test_an_unknown_quota_is_unknown_room() -> None:
    """Never taken for enough; the window of 24 hours still has AWS's least."""
    budget = Budget.of(values.destination(account_quota=None))
    assert (budget.account_quota, budget.room, budget.attempts_left) == (None, None, 20)


def test_migration_toml_has_the_last_word_on_the_quota() -> None:
    """Where Service Quotas cannot be asked, or tells the default only."""
    assert Budget.of(values.destination(account_quota=None), 50).room == 49
    assert Budget.of(values.destination(account_quota=10), 50).room == 49


@pytest.mark.parametrize(
    ("state", "hours", "counts"),
    [
        ("OPEN", 23, True),
        ("CANCELED", 23, True),
        ("DECLINED", 23, True),
        ("EXPIRED", 23, True),
        ("ACCEPTED", 23, False),
        ("OPEN", 24, False),
    ],
)
def test_attempts_of_24_hours_count_unless_accepted(state: str, hours: int, *, counts: bool) -> None:
    """Cancelling gives the place back, not the attempt."""
    requested_at = values.NOW - hours * _HOUR
    sent = values.invitation(state=state, requested_at=requested_at)
    budget = Budget.of(values.destination(handshakes=(sent,)))
    assert budget.attempts == counts
    assert budget.frees_at == (requested_at + 24 * _HOUR if counts else None)


def test_the_oldest_attempt_frees_up_first() -> None:
    """That is when the next invitation may leave."""
    sent = tuple(values.invitation(requested_at=values.NOW - hours * _HOUR) for hours in (3, 20, 7))
    assert Budget.of(values.destination(handshakes=sent)).frees_at == values.NOW + 4 * _HOUR


@pytest.mark.parametrize(("quota", "allowed"), [(None, 20), (5, 20), (20, 20), (21, 21), (5000, 5000)])
def test_the_window_is_the_larger_of_20_and_the_quota(quota: int | None, allowed: int) -> None:
    """As AWS publishes it."""
    assert Budget(0, 0, quota, 0, None).attempts_left == allowed
    assert Budget(0, 0, quota, allowed + 1, None).attempts_left == 0


def test_each_wave_is_counted_after_those_before_it() -> None:
    """Members and invited accounts need no new invitation; what does not fit is negative."""
    plan = Plan(tuple(values.planned(f"30000000000{number}", wave=1 + number // 4) for number in range(1, 8)))
    side = values.destination(
        values.member("300000000001"),
        handshakes=(values.invitation("300000000002", requested_at=values.NOW - 48 * _HOUR),),
        account_quota=5,
    )
    budget = Budget.of(side)
    assert list(rooms(plan, side, budget)) == [
        WaveRoom(wave=1, accounts=3, to_invite=1, places_left=1, invitations_left=19),
        WaveRoom(wave=2, accounts=4, to_invite=4, places_left=-3, invitations_left=15),
    ]


def test_unknown_places_stay_unknown_wave_after_wave() -> None:
    """Subtracting from what nobody knows gives nothing that anybody knows."""
    plan = Plan((values.planned(),))
    side = values.destination(account_quota=None)
    assert [room.places_left for room in rooms(plan, side, Budget.of(side))] == [None]
