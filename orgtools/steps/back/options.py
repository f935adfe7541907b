"""The way back of each account from where it stands: what can be undone, how, and what cannot. Changes nothing.

See https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgtools.messages import Message
from orgtools.policies import Role, grant
from orgtools.snapshot import NotLooked
from orgtools.steps.shared import control_tower

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class WayBack:
    """One account's way back.

    Attributes:
        account_id: 12 digits.
        stands: where it is, a clause.
        undo: what can be undone and how, a sentence each; or that nothing can.
        lost: what cannot be undone and why, a sentence each; empty where that is nothing.
    """

    account_id: str
    stands: Message
    undo: tuple[Message, ...]
    lost: tuple[Message, ...] = ()


def ways_back(migration: Migration, accounts: Iterable[str] | None = None) -> tuple[WayBack, ...]:
    """How these accounts, by id, or all of the plan get back.

    Reads both organizations once, and the destination's Control Tower.

    Raises:
        InputError: an account is not in the plan.
        RefusedError: one of the organizations cannot be read.
    """
    chosen = migration.plan.accounts if accounts is None else migration.plan.select(accounts)
    snapshot = control_tower.look(migration, migration.observe())
    baseline = migration.baseline()
    return tuple(way_back(account, snapshot, baseline) for account in chosen)


def way_back(account: PlannedAccount, snapshot: Snapshot, baseline: Mapping[str, tuple[str, str]]) -> WayBack:
    """How one account gets back to where it was when the run began; a pure function.

    Args:
        account: the planned account.
        snapshot: both organizations, and the destination's Control Tower where it could be looked at.
        baseline: where every account was when the run began, from `Migration.baseline`.
    """
    account_id = account.account_id
    side, former = baseline.get(account_id, ("", ""))
    if account_id in snapshot.destination.accounts:
        unit = snapshot.destination.path_of(account_id)
        stands = Message("stands-in-destination", unit=unit)
        if side == "destination":
            return WayBack(account_id, stands, (_moved(former, unit, snapshot),))
        lost = (*_governed(account_id, snapshot), *_gone())
        return WayBack(account_id, stands, _return(account, former, snapshot), lost)
    if account_id in snapshot.source.accounts:
        return _at_home(account_id, snapshot)
    if account_id in snapshot.history.left:
        undo = (*_return(account, former, snapshot), _onward(account_id, snapshot))
        return WayBack(account_id, Message("stands-alone"), undo, _gone())
    if not snapshot.source.seen:
        outside = Message("stands-alone-as-it-says" if snapshot.is_alone(account_id) else "stands-not-in-destination")
        return _uninvited(account_id, outside, snapshot)
    invited = snapshot.is_alone(account_id) or bool(snapshot.destination.invitations_to(account_id))
    if invited and snapshot.may_come(account_id):
        return _uninvited(account_id, Message("stands-alone"), snapshot)
    return WayBack(account_id, Message("stands-in-neither"), (Message("back-unknown-mover"),))


def _gone() -> tuple[Message, ...]:
    return Message("back-gone"), Message("back-rate", reason="ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED")


def _moved(former: str, unit: str | None, snapshot: Snapshot) -> Message:
    """It was in the destination all along."""
    if unit == former:
        return Message("back-unmoved")
    management = snapshot.destination.identity.management_account_id
    return Message("back-moved", management_account=management, place=former)


def _onward(account_id: str, snapshot: Snapshot) -> Message:
    """How it goes on instead."""
    pending = snapshot.destination.pending_invitation_to(account_id)
    if account_id in snapshot.history.returning:
        return Message("back-or-on-again", handshake=pending.id) if pending else Message("back-or-invite-again")
    return Message("back-or-on", handshake=pending.id) if pending else Message("back-or-invite")


def _governed(account_id: str, snapshot: Snapshot) -> tuple[Message, ...]:
    """What the destination's Control Tower leaves in an account that goes while it is enrolled."""
    tower = control_tower.of_destination(snapshot)
    if isinstance(tower, NotLooked):
        asked = grant("controltower:ListLandingZones", "caller-in-destination", Role.destination_operator)
        return Message("back-tower-unseen"), asked, Message("look-again")
    if account_id not in tower.enabled:
        return ()
    by_itself = bool(tower.zone and tower.zone.auto_enroll)
    return (Message("back-enrolled-auto" if by_itself else "back-enrolled"),)


def _return(account: PlannedAccount, former: str, snapshot: Snapshot) -> tuple[Message, ...]:
    joined = snapshot.destination.identity.management_account_id
    if not snapshot.source.seen:
        return Message("back-by-its-source"), Message("back-was-alone-perhaps", management_account=joined)
    if not former:
        return (Message("back-was-alone", management_account=joined),)
    account_id, management = account.account_id, snapshot.source.identity.management_account_id
    steps = [Message("back-choose", account=account_id), Message("back-by-source", management_account=management)]
    if account.path == "standalone" and account_id in snapshot.destination.accounts:
        steps.append(_leaving(account_id, snapshot))
    steps.append(Message("back-joins", place=former))
    return (*steps, Message("back-reenroll")) if account_id in snapshot.history.unenrolled else tuple(steps)


def _leaving(account_id: str, snapshot: Snapshot) -> Message:
    """The plan says that it cannot be transferred directly."""
    if snapshot.settings.leave.of(account_id) == "member":
        return Message("back-leaves")
    return Message("back-removed", management_account=snapshot.destination.identity.management_account_id)


def _at_home(account_id: str, snapshot: Snapshot) -> WayBack:
    stands = Message("stands-in-source", unit=snapshot.source.path_of(account_id))
    back = _uninvited(account_id, stands, snapshot)
    if account_id not in snapshot.history.unenrolled:
        return back
    undo = tuple(one for one in back.undo if one.code != "back-uninvited")
    return WayBack(
        account_id,
        Message("stands-unenrolled", why=back.stands),
        (*undo, Message("back-reenroll")),
        (*back.lost, Message("back-drift")),
    )


def _uninvited(account_id: str, stands: Message, snapshot: Snapshot) -> WayBack:
    """One that has not come: at the most its invitation is taken back."""
    sent = snapshot.destination.invitations_to(account_id)
    if not sent:
        return WayBack(account_id, stands, (Message("back-uninvited"),))
    newest = next((one for one in sent if one.is_pending), sent[0])
    if newest.state and not newest.is_pending:
        undo = Message("back-invitation-over", handshake=newest.id, state=newest.state)
        return WayBack(account_id, Message("stands-invited-before", why=stands), (undo,))
    management = snapshot.destination.identity.management_account_id
    facts = {"management_account": management, "handshake": newest.id}
    undo = (
        Message("back-cancel-until", **facts, until=newest.expires_at)
        if newest.expires_at
        else Message("back-cancel", **facts)
    )
    undone = (undo, Message("back-untrust")) if snapshot.source.seen else (undo,)
    invited = Message("stands-invited", why=stands, handshake=newest.id)
    return WayBack(account_id, invited, undone, (Message("back-invitation-sent"),))
