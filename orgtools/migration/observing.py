"""One look at both organizations, with what the run's ledger adds: the snapshot that decisions rest on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from orgtools.budget import Budget
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.replica import replica
from orgtools.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.aws.model import Side
    from orgtools.migration.entering import Entered
    from orgtools.migration.memory import Memory


def observe(run: Entered, memory: Memory, asking: Iterable[str]) -> Snapshot:
    """Read both organizations in bulk, and what the ledger knows.

    Args:
        run: both organizations, and the ways into the accounts.
        memory: what the ledger knows.
        asking: planned accounts that are asked themselves where they are, see `Migration.observe`.

    Raises:
        RefusedError: one side's tree, accounts or handshakes cannot be listed.
    """
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(run.source.observe, inviting=False)
        destination = run.destination.observe(inviting=True)
        source = reading.result()
    destination = destination.addressed((*source.accounts.values(), *destination.accounts.values()))
    destination, unseen = _seen_by_members(run, memory, destination)
    history, planned = memory.history(), frozenset(run.plan.by_id)
    # Where both organizations were seen, one that neither holds may be anybody's, or stand-alone: it is asked.
    strays = planned - history.left if source.seen else frozenset[str]()
    return Snapshot(
        source=source,
        destination=destination,
        taken_at=max(source.taken_at, destination.taken_at),
        budget=Budget.of(destination, run.settings.quotas.accounts),
        settings=run.settings,
        planned=planned,
        replica=replica(run.plan, source, destination, run.settings.place.replicate_below),
        assessed=memory.assessed(),
        history=history,
        invited_somehow=unseen,
        told=run.whereabouts(strays.union(asking) - source.accounts.keys() - destination.accounts.keys()),
        unknown=source.unknown + destination.unknown,
    )


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
