"""Homeward: the source invites an account back, the account accepts, and the source puts it where it was.

The steps of the way with the two organizations exchanged, under names of their own: one ledger tells both directions.
None is part of the way through. An account is invited back only while the source can enter it, so that it can be
entered at home, whatever happens on the way; one that cannot be transferred directly leaves the destination first
only then, too. See https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.aws.remedies import RESTS
from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.plan import resolve
from orgtools.policies import Role, grant
from orgtools.steps import accept, entries
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.leave import still_in
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.aws.member import Member
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_NOTEBOOK: Final = "87_way_back"
_REST: Final = RESTS["ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED"]
"""How long an account stays in the destination before it leaves: where AWS refused to let it join again so soon, it
would be in no organization for as long."""


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, what the source has sent, where the accounts were, and how each can be entered."""
    snapshot = entries.look(migration, accounts, migration.observe(), asked=migration.source.seen)
    if not snapshot.source.seen:
        return snapshot
    source = replace(snapshot.source, handshakes=tuple(migration.source.sent_handshakes()))
    source = source.addressed((*source.accounts.values(), *snapshot.destination.accounts.values()))
    return replace(snapshot, source=source, former=migration.baseline())


def _ours(decide: Callable[[PlannedAccount, Snapshot], Decision]) -> Callable[[PlannedAccount, Snapshot], Decision]:
    """A decision where the source is ours: only it takes accounts back."""

    def decided(account: PlannedAccount, snapshot: Snapshot) -> Decision:
        return decide(account, snapshot) if snapshot.source.seen else Blocked(account.account_id, free(*THEIRS))

    return decided


THEIRS: Final = (
    "only the organization that it came from can take it back, and that is not ours",
    "Ask whoever owns it to invite the account; its owner, or its own role, accepts that invitation.",
)
"""Why an account has no way back with this run, and what to do."""


def invite(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Invite into the source an account that this run moved out of it, once the source can enter it."""
    account_id, source = account.account_id, snapshot.source
    pending = source.pending_invitation_to(account_id)
    if account_id in source.accounts:
        return Done(account_id, free("is a member of the source"))
    if pending:
        why = f"invitation {pending.id} of the source is pending, {pending.expiry}"
        return Done(account_id, free(why), handshake_id=pending.id)
    strange = _strange(account_id, snapshot)
    if strange:
        return strange
    shut = _shut(account_id, snapshot)
    if shut:
        return shut
    identity = source.identity
    parameters = {"Target": {"Id": account_id, "Type": "ACCOUNT"}}
    words = f"invite back into {identity.organization_id}"
    call = Call("InviteAccountToOrganization", "source", parameters, free(words))
    return Do(account_id, free(_stands(account_id, snapshot)), (call,))


def leave(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Take an account of the stand-alone path out of the destination, where the source's invitation waits for it."""
    account_id, held = account.account_id, snapshot.destination.accounts.get(account.account_id)
    if account_id in snapshot.source.accounts:
        return Done(account_id, free("is a member of the source"))
    if held is None and account_id in snapshot.left:
        return Done(
            account_id, free("is stand-alone, in no organization: accepting the source's invitation comes next")
        )
    if account.path != "standalone":
        return Done(account_id, free("goes back directly: nothing to leave"))
    if held is None:
        return _elsewhere(account_id)
    pending = snapshot.source.pending_invitation_to(account_id)
    if pending is None:
        return Wait(
            account_id, free("the source has not invited it back: that comes first, so that the gap stays short")
        )
    against = _strange(account_id, snapshot) or _shut(account_id, snapshot)
    if against:
        return against
    rested = held.joined_at.replace(microsecond=0) + _REST + timedelta(seconds=1)  # AWS's clock is read to the second
    if snapshot.taken_at < rested:
        why = (
            f"joined the destination at {held.joined_at:%Y-%m-%d %H:%M} UTC: AWS may refuse another change of "
            "organization so soon, and it would be stand-alone for as long"
        )
        return Wait(account_id, free(why), rested)
    return Do(
        account_id, free(f"{_stands(account_id, snapshot)}; {pending.id} waits"), (_leaving(account_id, snapshot),)
    )


def _leaving(account_id: str, snapshot: Snapshot) -> Call:
    organization_id = snapshot.destination.identity.organization_id
    gap = "it is stand-alone until it accepts the source's invitation"
    if snapshot.leaving.of(account_id) == "member":
        return Call("LeaveOrganization", "member-through-source", {}, free(f"leave {organization_id}; {gap}"))
    words = f"remove from {organization_id}; {gap}"
    return Call("RemoveAccountFromOrganization", "destination", {"AccountId": account_id}, free(words))


def join(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Accept the pending invitation of exactly the source, through the source."""
    account_id, source = account.account_id, snapshot.source
    if account_id in source.accounts:
        return Done(account_id, free("is a member of the source"))
    pending = source.pending_invitation_to(account_id)
    if pending is None:
        return Wait(account_id, free("the source has not invited it back"))
    strange = _strange(account_id, snapshot)
    if strange:
        return strange
    entry = snapshot.entries.get(account_id)
    if entry is None or not entry.source:
        return Wait(account_id, free("the source cannot enter it yet: restore comes first"))
    if account.path == "standalone" and account_id in snapshot.destination.accounts:
        return Wait(
            account_id, free("its path is stand-alone, and it is still in the destination: leaving that comes first")
        )
    words = f"accept {pending.id} and join {source.identity.organization_id} again"
    call = Call("AcceptHandshake", "member-through-source", {"HandshakeId": pending.id}, free(words))
    return Do(account_id, free(f"invitation {pending.id} of the source is pending"), (call,))


def move(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Move an account that came back into the unit that held it when the run began."""
    account_id, source = account.account_id, snapshot.source
    home = source.accounts.get(account_id)
    if home is None:
        return Wait(account_id, free("is not in the source"))
    side, path = snapshot.former.get(account_id, ("", ""))
    if side != "source":
        return Done(account_id, free("was not in the source when the run began"))
    try:
        unit = resolve(path, source.units.values())
    except ValueError as error:
        return Blocked(account_id, free(str(error), f"Create {path} in the source, then preview again."))
    if home.parent_id == unit.id:
        return Done(account_id, free(f"is in {path}, as it was"))
    parameters = {"AccountId": account_id, "SourceParentId": home.parent_id, "DestinationParentId": unit.id}
    words = f"move from {source.path_of(account_id)} back to {path}"
    return Do(
        account_id, free(_stands(account_id, snapshot)), (Call("MoveAccount", "source", parameters, free(words)),)
    )


def _strange(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """Only accounts that were the source's come back, from where this run has brought them."""
    if snapshot.former.get(account_id, ("", ""))[0] != "source":
        return Blocked(account_id, free("was not in the source when the run began", "It has no way back to it."))
    if account_id in snapshot.destination.accounts or account_id in snapshot.left:
        return None
    return _elsewhere(account_id)


def _elsewhere(account_id: str) -> Blocked:
    return Blocked(account_id, free("is in neither organization", "Find out who moved it: this run did not."))


def _shut(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """Nobody goes back whom the source cannot enter there."""
    entry = snapshot.entries.get(account_id)
    if entry is not None and entry.source:
        return None
    return Blocked(
        account_id,
        free(
            f"the source cannot assume {entry.role if entry else 'the role'}",
            (entry.unknown if entry else "")
            or "Restore its access first, in 87_way_back. If the role trusts the source already: "
            f"{grant('sts:AssumeRole', 'caller-in-source', Role.source_operator)} Then preview again.",
        ),
    )


def _stands(account_id: str, snapshot: Snapshot) -> str:
    for name, side in (("source", snapshot.source), ("destination", snapshot.destination)):
        if account_id in side.accounts:
            return f"is in the {name}, {side.path_of(account_id)}"
    return "is stand-alone, in no organization"


def _last_look_before_inviting(migration: Migration, account_id: str, call: Call) -> None:  # noqa: ARG001
    """The source has just got in.

    Raises:
        RefusedError: it cannot; the account is not invited.
    """
    _entered(migration, account_id, "it is not invited back")


def _last_look_before_leaving(migration: Migration, account_id: str, call: Call) -> None:  # noqa: ARG001
    """The source has just got in, and the account is where it is to leave: it would leave any other, too.

    Raises:
        RefusedError: one of the two is not so; the account stays.
    """
    still_in(
        _entered(migration, account_id, "it stays in the destination"), migration.destination.identity.organization_id
    )


def _entered(migration: Migration, account_id: str, otherwise: str) -> Member:
    inside = migration.member(account_id, "source")
    if not inside.can_enter():
        raise RefusedError(
            f"Account {account_id}: the source cannot assume {inside.role_arn}; {otherwise}.",
            code="CannotEnter",
            account_id=account_id,
            next_step="Restore its access first, in 87_way_back.",
        )
    return inside


def _last_look_before_joining(migration: Migration, account_id: str, call: Call) -> None:
    """The invitation, as the member sees it, is the source's, and the account is in no organization but ours.

    Raises:
        RefusedError: one of the two is not so, or the member does not see the invitation yet.
    """
    inside, handshake_id = migration.member(account_id, "source"), call.parameters["HandshakeId"]
    accept.received(inside, handshake_id, migration.source.identity)
    accept.not_in_a_third(migration, inside, handshake_id)


INVITE_BACK: Final = Step(
    name="invite-back",
    notebook=_NOTEBOOK,
    verb="invite back",
    done="not needed",
    decide=_ours(invite),
    observe=observe,
    guard=_last_look_before_inviting,
)
"""The source invites; see the module."""

LEAVE_BACK: Final = Step(
    name="leave-back",
    notebook=_NOTEBOOK,
    verb="take out",
    done="not needed",
    decide=_ours(leave),
    observe=observe,
    guard=_last_look_before_leaving,
)
"""The destination removes it, or it leaves by itself, on the stand-alone path only; see the module."""

ACCEPT_BACK: Final = Step(
    name="accept-back",
    notebook=_NOTEBOOK,
    verb="accept back",
    done="in the source",
    decide=_ours(join),
    observe=observe,
    guard=_last_look_before_joining,
)
"""The account accepts; see the module."""

PLACE_BACK: Final = Step(
    name="place-back",
    notebook=_NOTEBOOK,
    verb="place back",
    done="where it was",
    decide=_ours(move),
    observe=observe,
)
"""The source moves it into its former unit; see the module."""
