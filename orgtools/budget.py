"""Whether the destination has room: account quota, and invitations in 24 hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NoReturn, cast

from orgtools.aws.partial import NotAskedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.aws.model import Side
    from orgtools.plan import Plan, PlannedAccount

_DAY: Final = timedelta(hours=24)
_ATTEMPTS: Final = 20


class _Uncounted:
    """In the place of a budget where nobody counted."""

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAskedError(f"nobody counted {name}")


@dataclass(frozen=True, slots=True)
class Budget:
    """How much room the destination has; counts are accounts, times are UTC.

    A pending invitation takes a place of the account quota until it is answered, cancelled or expires
    (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html). Invitation attempts in 24
    hours: the larger of 20 and the account quota; accepted ones do not count, cancelled and declined ones do.

    Attributes:
        members: accounts in the destination, the management account and closed ones included. Where they were not
            listed, because there is room by far: those of when the run began, and those that it has brought since.
        pending: its invitations that wait for an answer, also those that are not ours.
        account_quota: None where it could not be looked up.
        attempts: its invitations of the last 24 hours that were not accepted.
        frees_at: when the oldest of those is 24 hours old; None where there are none.
    """

    members: int
    pending: int
    account_quota: int | None
    attempts: int
    frees_at: datetime | None

    @property
    def room(self) -> int | None:
        """How many more accounts may be invited under the account quota; None where the quota is unknown."""
        return None if self.account_quota is None else max(0, self.account_quota - self.members - self.pending)

    @property
    def attempts_left(self) -> int:
        """How many more invitations may be sent now, of those allowed in 24 hours."""
        return max(0, self.attempts_daily - self.attempts)

    @property
    def attempts_daily(self) -> int:
        """How many invitations AWS allows in 24 hours."""
        return max(_ATTEMPTS, self.account_quota or 0)

    @classmethod
    def of(cls, destination: Side, account_quota: int | None = None, members: int | None = None) -> Budget:
        """The budget of an observed organization.

        Args:
            destination: the side that invites.
            account_quota: what migration.toml says, where Service Quotas cannot be asked.
            members: how many accounts it has, as far as that is known; None: all were listed.
        """
        invitations = [handshake for handshake in destination.handshakes if handshake.action == "INVITE"]
        recent = [
            sent
            for sent in invitations
            if sent.state != "ACCEPTED"
            and (sent.requested_at is None or destination.taken_at - sent.requested_at < _DAY)  # unknown counts
        ]
        times = [sent.requested_at for sent in recent if sent.requested_at]
        return cls(
            members=len(destination.accounts) if members is None else members,
            pending=sum(sent.is_pending or not sent.state for sent in invitations),
            account_quota=account_quota if account_quota is not None else destination.account_quota,
            attempts=len(recent),
            frees_at=min(times) + _DAY if times else None,
        )


UNCOUNTED: Final = cast("Budget", _Uncounted())
"""What a look knows of the budget that is not about invitations: whoever reads it is told so."""


@dataclass(frozen=True, slots=True)
class WaveRoom:
    """Quota arithmetic of one wave, counted after all waves before it.

    Attributes:
        wave: its number.
        accounts: how many accounts it has.
        to_invite: those that are neither members of the destination nor invited.
        places_left: account quota that is left after this wave; negative where it does not fit; None if unknown.
        invitations_left: invitations of the 24-hour window that are left after this wave; negative where it must wait.
    """

    wave: int
    accounts: int
    to_invite: int
    places_left: int | None
    invitations_left: int


def rooms(plan: Plan, destination: Side, budget: Budget) -> Iterator[WaveRoom]:
    """The quota arithmetic of each wave in turn."""
    room, left = budget.room, budget.attempts_left
    for number in plan.waves:
        accounts = plan.wave(number)
        invitations = to_invite(accounts, destination)
        room = None if room is None else room - invitations
        left -= invitations
        yield WaveRoom(number, len(accounts), invitations, room, left)


def to_invite(accounts: Iterable[PlannedAccount], destination: Side) -> int:
    """How many of some accounts are neither members of the destination nor invited."""
    return sum(
        account.account_id not in destination.accounts and destination.pending_invitation_to(account.account_id) is None
        for account in accounts
    )
