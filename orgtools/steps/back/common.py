"""What the steps back to the source share: what they look up, who comes back at all, and who can be entered there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgtools.exceptions import RefusedError
from orgtools.messages import Message
from orgtools.policies import Role, grant
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from orgtools.aws.read.member import Member
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Decision


@dataclass(frozen=True, slots=True)
class Former:
    """Where every account was when the run began: side and path, by account id, see `Migration.baseline`."""

    by_account: Mapping[str, tuple[str, str]]

    def of(self, account_id: str) -> tuple[str, str]:
        """Side and path; both empty for one that neither organization held."""
        return self.by_account.get(account_id, ("", ""))


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """All of both organizations, what the source has sent, where the accounts were, and how each can be entered."""
    snapshot = account_access.look(migration, accounts, migration.observe(), asked=migration.source.seen)
    if not snapshot.source.seen:
        return snapshot
    source = replace(snapshot.source, handshakes=tuple(migration.source.sent_handshakes()))
    source = source.addressed((*source.accounts.values(), *snapshot.destination.accounts.values()))
    return replace(snapshot, source=source).with_extra(Former(migration.baseline()))


def ours(decide: Callable[[PlannedAccount, Snapshot], Decision]) -> Callable[[PlannedAccount, Snapshot], Decision]:
    """A decision where the source is ours: only it takes accounts back."""

    def decided(account: PlannedAccount, snapshot: Snapshot) -> Decision:
        if snapshot.source.seen:
            return decide(account, snapshot)
        return Blocked(account.account_id, Message("back-not-ours"))

    return decided


def strange(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """Only accounts that were the source's come back, from where this run has brought them."""
    if snapshot.required(Former).of(account_id)[0] != "source":
        return Blocked(account_id, Message("back-no-way"))
    if account_id in snapshot.destination.accounts or account_id in snapshot.history.left:
        return None
    return elsewhere(account_id)


def elsewhere(account_id: str) -> Blocked:
    """It is where this run has not brought it."""
    return Blocked(account_id, Message("back-nowhere"))


def shut(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """Nobody goes back whom the source cannot enter there."""
    entry = account_access.entry_of(account_id, snapshot)
    role = snapshot.settings.access.role
    if not isinstance(entry, NotLooked):
        role = entry.role
        if entry.source:
            return None
        if entry.unknown:
            return Blocked(account_id, Message("back-entry-unknown", role=role, then=entry.unknown))
    missing = grant("sts:AssumeRole", "caller-in-source", Role.source_operator)
    return Blocked(account_id, Message("back-not-entered", role=role, then=[missing, Message("preview-again")]))


def stands(account_id: str, snapshot: Snapshot) -> Message:
    """Where an account is now."""
    if account_id in snapshot.source.accounts:
        return Message("back-in-source", unit=snapshot.source.path_of(account_id))
    if account_id in snapshot.destination.accounts:
        return Message("back-in-destination", unit=snapshot.destination.path_of(account_id))
    return Message("back-alone")


def entered(migration: Migration, account_id: str, otherwise: Message) -> Member:
    """An account that the source has just got into.

    Raises:
        RefusedError: it cannot.
    """
    inside = migration.member(account_id, "source")
    if not inside.can_enter():
        message = Message("back-cannot-enter", account=account_id, arn=inside.role_arn, then=otherwise)
        raise RefusedError(message, code="CannotEnter", account_id=account_id)
    return inside
