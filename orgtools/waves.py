"""Waves proposed by size, by organizational unit or by quota: another plan to look at, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, get_args

from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from orgtools.budget import Budget
    from orgtools.plan import PlannedAccount

By = Literal["size", "ou", "quota"]
_LAST: Final = 9999
"""The highest number that accounts.csv may hold."""
_ENDLESS: Final = 10**9


@dataclass(frozen=True)
class Proposal:
    """Waves as they could be.

    Attributes:
        before: the plan that was divided.
        plan: the same accounts with the proposed waves.
        kept: ids of accounts that keep their wave because they are invited or have arrived.
        split: units whose accounts do not fit into one wave, sorted.
        remarks: what to know about the quota.
    """

    before: Plan
    plan: Plan
    kept: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    remarks: tuple[Message, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of the accounts that get another wave, in the order of the plan."""
        held = self.before.by_id
        return tuple(a.account_id for a in self.plan.accounts if a.wave != held[a.account_id].wave)

    @property
    def replaced(self) -> tuple[int, ...]:
        """Waves that somebody made and that would lose accounts; a plan of one wave was not divided by anybody."""
        if len(self.before.waves) < 2:  # noqa: PLR2004 (see above)
            return ()
        return tuple(sorted({self.before.by_id[account_id].wave for account_id in self.changed}))


def propose(
    plan: Plan,
    by: By,
    *,
    size: int | None = None,
    budget: Budget | None = None,
    wave: int | None = None,
    keep: Collection[str] = (),
) -> Proposal:
    """Divide a plan, or one of its waves, into waves; the plan itself stays as it is.

    The accounts of one destination unit stay together where they fit into a wave, and the order of the plan decides
    everything else: the same plan gives the same waves.

    Args:
        plan: what is divided.
        by: "size" fills each wave up to ``size``; "ou" makes waves of one unit each, of ``size`` accounts at most where
            that is given; "quota" makes waves that the invitations of 24 hours suffice for, and of at most ``size``.
        size: how many accounts a wave may have.
        budget: the destination's room; for "quota".
        wave: a wave's number: only that one is divided. Its first part keeps the number, unless accounts of ``keep``
            do, and the others follow the plan's last wave. None divides all.
        keep: ids of accounts that are invited or have arrived: they keep their wave and need no invitation.

    Raises:
        InputError: there is no such way or wave, ``size`` or ``budget`` is missing, or there would be too many waves.
    """
    _check(plan, by, size, budget, wave)
    kept = [account for account in plan.accounts if account.account_id in keep]
    free = [a for a in plan.accounts if a.account_id not in keep and wave in (None, a.wave)]
    untouched = {a.account_id for a in plan.accounts} - {a.account_id for a in free}
    room = partial(_room, by=by, size=size, budget=budget)
    waves = list(_pack(free, room, mixed=by != "ou"))
    numbers = _numbers({plan.by_id[account_id].wave for account_id in untouched}, wave)
    placed = {a.account_id: number for number, members in zip(numbers, waves, strict=False) for a in members}
    if placed and max(placed.values()) > _LAST:
        raise InputError(Message("proposal-too-many-waves", number=_LAST))
    proposed = Plan(tuple(replace(a, wave=placed.get(a.account_id, a.wave)) for a in plan.accounts))
    parts = Counter(ou for members in waves for ou in {a.ou for a in members})
    return Proposal(
        before=plan,
        plan=proposed,
        kept=tuple(a.account_id for a in kept if wave in (None, a.wave)),
        split=tuple(sorted(ou for ou, times in parts.items() if times > 1)),
        remarks=tuple(_remarks(len(free), budget)) if by == "quota" and budget else (),
    )


def _check(plan: Plan, by: str, size: int | None, budget: Budget | None, wave: int | None) -> None:
    if by not in get_args(By):
        raise InputError(Message("proposal-way-unknown", given=by, keys=list(get_args(By))))
    if (size is None and by == "size") or (size is not None and size < 1):
        raise InputError(Message("proposal-without-size"))
    if budget is None and by == "quota":
        raise InputError(Message("proposal-without-budget"))
    if wave is not None and wave not in plan.waves:
        raise InputError(Message("proposal-wave-unknown", wave=wave, waves=list(plan.waves)))


def _room(place: int, *, by: By, size: int | None, budget: Budget | None) -> int:
    """How many accounts the wave in a place may have; the first by quota has what is left of today's invitations."""
    most = size or _ENDLESS
    if by != "quota" or budget is None:
        return most
    today, daily = budget.attempts_left, budget.attempts_daily
    return min(most, today if place == 0 and today else daily)


def _pack(
    accounts: Iterable[PlannedAccount], room: Callable[[int], int], *, mixed: bool
) -> Iterator[tuple[PlannedAccount, ...]]:
    """The accounts unit by unit: each into the first wave that holds it whole, else into waves of its own."""
    units: dict[str, list[PlannedAccount]] = {}
    for account in accounts:
        units.setdefault(account.ou, []).append(account)
    waves: list[list[PlannedAccount]] = []
    for members in units.values():
        open_ = (n for n, held in enumerate(waves) if mixed and len(held) + len(members) <= room(n))
        place = next(open_, None)
        if place is not None:
            waves[place] += members
            continue
        rest = members
        while rest:
            most = room(len(waves))
            waves.append(rest[:most])
            rest = rest[most:]
    return (tuple(held) for held in waves)


def _numbers(taken: set[int], wave: int | None) -> Iterator[int]:
    """The numbers of the proposed waves: those of others are not given twice."""
    if wave is not None and wave not in taken:
        yield wave
    yield from range(max({wave or 0, *taken}) + 1, _LAST + 2)


def _remarks(to_invite: int, budget: Budget) -> Iterator[Message]:
    if budget.account_quota is None:
        yield Message("proposal-quota-unread", limit=budget.attempts_daily)
    elif to_invite > (budget.room or 0):
        yield Message("proposal-quota-lacks", quota=budget.account_quota, missing=to_invite - (budget.room or 0))
    if to_invite and not budget.attempts_left and budget.frees_at:
        yield Message("proposal-invitations-used-up", until=budget.frees_at)
