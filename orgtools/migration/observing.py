"""One look at both organizations, with what the run's ledger adds: the snapshot that decisions rest on.

It asks what a decision needs, by the way that takes less time at AWS's published rates.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING, Final

from orgtools.aws.partial import PartialMapping, found
from orgtools.aws.read.look import WHOLE, Look
from orgtools.budget import UNCOUNTED, Budget
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.replica import is_below, names_of, path_of, replica
from orgtools.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.aws.model import Side
    from orgtools.migration.entering import Entered
    from orgtools.migration.memory import Memory

_A_PAGE: Final = 20
"""So many accounts AWS lists with a call.
https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html"""
_BY_FAR: Final = 100
"""Room for more than so many accounts, and a tenth of the quota, is room by far."""


def observe(
    run: Entered,
    memory: Memory,
    *,
    about: frozenset[str] | None = None,
    all_units: bool = False,
    listing: bool = False,
    asking: Iterable[str] = (),
    invitations: bool = True,
) -> Snapshot:
    """Read of both organizations what is asked, and what the ledger knows.

    Args:
        run: both organizations, and the ways into the accounts.
        memory: what the ledger knows.
        about: ids of accounts, see `Migration.observe`.
        all_units: whether the whole trees are read.
        listing: whether the accounts are listed, also where asking about each takes less time.
        asking: planned accounts that are asked themselves where they are, see `Migration.observe`.
        invitations: whether the destination's are listed, see `Migration.observe`.

    Raises:
        RefusedError: one side's tree, accounts or handshakes cannot be read.
    """
    looks = {
        side: _look(run, about, size=memory.size(side), side=side, known_paths=memory.known_paths(side))
        for side in ("source", "destination")
    }
    looks = {
        side: replace(look, listing=look.listing or listing, all_units=all_units, invitations=invitations)
        for side, look in looks.items()
    }
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(run.source.observe, inviting=False, look=looks["source"])
        destination = run.destination.observe(inviting=True, look=looks["destination"])
        source = reading.result()
    unseen: frozenset[str] = frozenset()
    budget: Budget | None = UNCOUNTED
    if invitations:
        destination = destination.addressed((*found(source.accounts).values(), *found(destination.accounts).values()))
        destination, unseen = _seen_by_members(run, memory, destination)
        budget = _budget(run, memory, destination, about)
    if budget is None or (isinstance(destination.accounts, PartialMapping) and not unseen.isdisjoint(about or ())):
        return observe(run, memory, about=about, all_units=all_units, listing=True, asking=asking)
    history, planned = memory.history(), frozenset(run.plan.by_id)
    # Where both organizations were seen, one that neither holds may be anybody's, or stand-alone: it is asked.
    strays = (planned if about is None else planned & about) - history.left if source.seen else frozenset[str]()
    nowhere = {one for one in strays.union(asking) if one not in source.accounts and one not in destination.accounts}
    return Snapshot(
        source=source,
        destination=destination,
        taken_at=max(source.taken_at, destination.taken_at),
        budget=budget,
        settings=run.settings,
        planned=planned,
        replica=replica(run.plan, source, destination, run.settings.place.replicate_below),
        assessed=memory.assessed(),
        history=history,
        invited_somehow=unseen,
        told=run.whereabouts(nowhere),
        unknown=source.unknown + destination.unknown,
        about=about,
    )


def _look(
    run: Entered, about: frozenset[str] | None, *, size: int | None, side: str, known_paths: Mapping[str, str]
) -> Look:
    """What one side is asked: about accounts one by one, where listing all would take longer at the published rates."""
    if about is None:
        return replace(WHOLE, expected=size)
    listing = size is None or run.seconds("ListAccounts", ceil(size / _A_PAGE)) <= run.seconds(
        "DescribeAccount", len(about)
    )
    below = run.settings.place.replicate_below
    planned = {account.ou for account in run.plan.accounts if account.account_id in about}
    if side == "source":  # what is below the unit of [place] stands, or is to stand, as it does here
        planned = {
            path_of(names_of(path)[len(names_of(below)) :]) for path in planned if below and is_below(path, below)
        }
    elif below:
        planned.add(below)
    return Look(about, listing, frozenset(planned), known_paths, expected=size)


def _budget(run: Entered, memory: Memory, destination: Side, about: frozenset[str] | None) -> Budget | None:
    """How much room the destination has; None where that must be counted, because there may not be enough.

    Who is invited waits for room. Where there is room by far, it need not be known to the last account.
    """
    quota = run.settings.quotas.accounts
    if not isinstance(destination.accounts, PartialMapping):
        return Budget.of(destination, quota)
    budget = Budget.of(destination, quota, members=memory.size("destination"))
    return budget if _has_room_by_far(budget, len(about or ())) else None


def _has_room_by_far(budget: Budget, accounts: int) -> bool:
    """Whether so many more may come, also if others have come since the run began; so it is without a quota."""
    if budget.room is None or budget.account_quota is None:
        return True
    return budget.room - accounts > max(_BY_FAR, budget.account_quota // 10)


def _seen_by_members(run: Entered, memory: Memory, destination: Side) -> tuple[Side, frozenset[str]]:
    """The destination with the invitations by e-mail that are to accounts of which AWS said: invited already.

    An address that is in no list any more, or not yet, tells nothing; the account itself sees the handshake's id.
    """
    if not destination.unmatched:
        return destination, frozenset()
    names, unseen = dict[str, str](), set[str]()
    for account_id in memory.invited_already():
        if account_id not in run.plan.by_id:
            continue
        try:
            names |= {seen.id: account_id for seen in run.member(account_id).received_handshakes()}
        except (CredentialsError, RefusedError):
            unseen.add(account_id)
    named = tuple(
        replace(sent, account_id=names[sent.id]) if sent in destination.unmatched and sent.id in names else sent
        for sent in destination.handshakes
    )
    return replace(destination, handshakes=named), frozenset(unseen)
