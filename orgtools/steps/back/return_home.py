"""Homeward: the source invites an account back, the account accepts, and the source puts it where it was.

The steps of the way with the two organizations exchanged, under names of their own: one ledger tells both directions.
None is part of the way through. An account is invited back only while the source can enter it, so that it can be
entered at home, whatever happens on the way; one that cannot be transferred directly leaves the destination first
only then, too. See https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.aws.calls.error_table import RESTS
from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.policies.permissions import ACCOUNTS, DESTINATION, MEMBER, SOURCE, TREE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.back import common
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.forward import accept
from orgtools.steps.forward.leave import still_in
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_NOTEBOOK: Final = "87_way_back"
_REST: Final = RESTS["ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED"]
"""How long an account stays in the destination before it leaves: where AWS refused to let it join again so soon, it
would be in no organization for as long."""


def invite(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Invite into the source an account that this run moved out of it, once the source can enter it."""
    account_id, source = account.account_id, snapshot.source
    pending = source.pending_invitation_to(account_id)
    if account_id in source.accounts:
        return Done(account_id, Message("back-member"))
    if pending:
        return Done(account_id, _pending(pending), handshake_id=pending.id)
    strange = common.strange(account_id, snapshot)
    if strange:
        return strange
    shut = common.shut(account_id, snapshot)
    if shut:
        return shut
    identity = source.identity
    parameters = {"Target": {"Id": account_id, "Type": "ACCOUNT"}}
    words = Message("back-invite", organization=identity.organization_id)
    call = Call("InviteAccountToOrganization", "source", parameters, words)
    return Do(account_id, common.stands(account_id, snapshot), (call,))


def _pending(sent: Handshake) -> Message:
    if sent.expires_at is None:
        return Message("back-invitation-pending", handshake=sent.id)
    return Message("back-invitation-pending-until", handshake=sent.id, until=sent.expires_at)


def leave(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Take an account of the stand-alone path out of the destination, where the source's invitation waits for it."""
    account_id, held = account.account_id, snapshot.destination.accounts.get(account.account_id)
    if account_id in snapshot.source.accounts:
        return Done(account_id, Message("back-member"))
    if held is None and account_id in snapshot.history.left:
        return Done(account_id, Message("back-left"))
    if account.path != "standalone":
        return Done(account_id, Message("back-directly"))
    if held is None:
        return common.elsewhere(account_id)
    pending = snapshot.source.pending_invitation_to(account_id)
    if pending is None:
        return Wait(account_id, Message("back-not-invited-before-leaving"))
    against = common.strange(account_id, snapshot) or common.shut(account_id, snapshot)
    if against:
        return against
    rested = held.joined_at.replace(microsecond=0) + _REST + timedelta(seconds=1)  # AWS's clock is read to the second
    if snapshot.taken_at < rested:
        return Wait(account_id, Message("back-joined-lately", at=held.joined_at), rested)
    why = Message("back-invitation-waits", why=common.stands(account_id, snapshot), handshake=pending.id)
    return Do(account_id, why, (_leaving(account_id, snapshot),))


def _leaving(account_id: str, snapshot: Snapshot) -> Call:
    organization_id = snapshot.destination.identity.organization_id
    if snapshot.settings.leave.of(account_id) == "member":
        words = Message("back-leave", organization=organization_id)
        return Call("LeaveOrganization", "member-through-source", {}, words)
    words = Message("back-remove", organization=organization_id)
    return Call("RemoveAccountFromOrganization", "destination", {"AccountId": account_id}, words)


def join(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Accept the pending invitation of exactly the source, through the source."""
    account_id, source = account.account_id, snapshot.source
    if account_id in source.accounts:
        return Done(account_id, Message("back-member"))
    pending = source.pending_invitation_to(account_id)
    if pending is None:
        return Wait(account_id, Message("back-not-invited-before-accepting"))
    strange = common.strange(account_id, snapshot)
    if strange:
        return strange
    entry = account_access.entry_of(account_id, snapshot)
    if isinstance(entry, NotLooked) or not entry.source:
        return Wait(account_id, Message("back-not-restored"))
    if account.path == "standalone" and account_id in snapshot.destination.accounts:
        return Wait(account_id, Message("back-not-left"))
    words = Message("back-accept", handshake=pending.id, organization=source.identity.organization_id)
    call = Call("AcceptHandshake", "member-through-source", {"HandshakeId": pending.id}, words)
    return Do(account_id, Message("back-invitation", handshake=pending.id), (call,))


def move(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Move an account that came back into the unit that held it when the run began."""
    account_id, source = account.account_id, snapshot.source
    home = source.accounts.get(account_id)
    if home is None:
        return Wait(account_id, Message("back-not-home"))
    side, path = snapshot.required(common.Former).of(account_id)
    if side != "source":
        return Done(account_id, Message("back-never-there"))
    try:
        unit = resolve(path, source)
    except ValueError:
        return Blocked(account_id, Message("back-unit-unclear", unit=path))
    if home.parent_id == unit.id:
        return Done(account_id, Message("back-in-place", unit=path))
    parameters = {"AccountId": account_id, "SourceParentId": home.parent_id, "DestinationParentId": unit.id}
    words = Message("back-move", unit=source.path_of(account_id), place=path)
    return Do(account_id, common.stands(account_id, snapshot), (Call("MoveAccount", "source", parameters, words),))


def _last_look_before_inviting(migration: Migration, account_id: str, call: Call) -> None:  # noqa: ARG001
    """The source has just got in.

    Raises:
        RefusedError: it cannot; the account is not invited.
    """
    common.entered(migration, account_id, Message("back-stays-uninvited"))


def _last_look_before_leaving(migration: Migration, account_id: str, call: Call) -> None:  # noqa: ARG001
    """The source has just got in, and the account is where it is to leave: it would leave any other, too.

    Raises:
        RefusedError: one of the two is not so; the account stays.
    """
    inside = common.entered(migration, account_id, Message("back-stays-in-destination"))
    still_in(inside, migration.destination.identity.organization_id)


def _last_look_before_joining(migration: Migration, account_id: str, call: Call) -> None:
    """The invitation, as the member sees it, is the source's, and the account is in no organization but ours.

    Raises:
        RefusedError: one of the two is not so, or the member does not see the invitation yet.
    """
    inside, handshake_id = migration.member(account_id, "source"), call.parameters["HandshakeId"]
    accept.received(inside, handshake_id, migration.source.identity)
    accept.not_in_a_third(migration, inside, handshake_id)


_OF_THE_SOURCE: Final = "arn:*:organizations::${source_management_account}:handshake/${source_organization}/invite/*"

INVITE_BACK: Final = Step(
    name="invite-back",
    notebook=_NOTEBOOK,
    decide=common.ours(invite),
    observe=common.observe,
    precheck=_last_look_before_inviting,
    needs=(may(SOURCE, "organizations:InviteAccountToOrganization", on=TREE),),
    needs_source=True,
    command=False,
)
"""The source invites; see the module."""

LEAVE_BACK: Final = Step(
    name="leave-back",
    notebook=_NOTEBOOK,
    decide=common.ours(leave),
    observe=common.observe,
    precheck=_last_look_before_leaving,
    needs=(may(DESTINATION, "organizations:RemoveAccountFromOrganization", on=ACCOUNTS),),
    needs_source=True,
    command=False,
)
"""The destination removes it, or it leaves by itself, on the stand-alone path only; see the module."""

ACCEPT_BACK: Final = Step(
    name="accept-back",
    notebook=_NOTEBOOK,
    decide=common.ours(join),
    observe=common.observe,
    precheck=_last_look_before_joining,
    needs=(
        may(MEMBER, "organizations:AcceptHandshake", on=_OF_THE_SOURCE),
        may(
            MEMBER,
            "organizations:DescribeOrganization",
            "organizations:ListHandshakesForAccount",
            "organizations:LeaveOrganization",
        ),
    ),
    needs_source=True,
    command=False,
)
"""The account accepts; see the module."""

PLACE_BACK: Final = Step(
    name="place-back",
    notebook=_NOTEBOOK,
    decide=common.ours(move),
    observe=common.observe,
    needs=(may(SOURCE, "organizations:MoveAccount", on=TREE),),
    needs_source=True,
    command=False,
)
"""The source moves it into its former unit; see the module."""
