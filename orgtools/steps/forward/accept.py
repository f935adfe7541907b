"""Accept: each account accepts its invitation, with a role in the account.

A direct transfer: the account is still a member of the source when it accepts. One that its owner accepts for by hand
is waited for: AWS shows it when it has arrived. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.aws.model import Account
from orgtools.aws.partial import found, with_one, without_one
from orgtools.exceptions import RefusedError
from orgtools.messages import Message
from orgtools.policies.permissions import INVITATIONS, MEMBER, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import UNSENT, Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.forward.invite import not_invited, stateless_invitation
from orgtools.steps.forward.place import Tags
from orgtools.steps.shared import account_access, losses

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake, Identity
    from orgtools.aws.read.member import Accepter, Member
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

FOREIGN: Final = "ForeignHandshake"
"""The code of what is refused because it is of another organization."""
ELSEWHERE: Final = "InAnotherOrganization"
"""The code of what is refused because the account says that it is in a third organization."""


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Accept the pending invitation of exactly our destination."""
    account_id, destination = account.account_id, snapshot.destination
    if account_id in destination.accounts:
        return Done(account_id, Message("is-member"))
    pending = destination.pending_invitation_to(account_id)
    stateless = destination.stateless_invitation_to(account_id)
    if pending is None and stateless:
        return stateless_invitation(account_id, stateless)
    if pending is None:
        return Wait(account_id, Message("accept-invite-first", why=not_invited(account_id, destination)))
    if snapshot.settings.access.by_its_owner(account_id):
        why = Message("accept-by-owner", handshake=pending.id, why=pending.expiry)
        return Wait(account_id, why, pending.expires_at, effective=True)
    if account.path == "standalone" and account_id in snapshot.source.accounts:
        return Wait(account_id, Message("accept-leave-first"))
    if account.path == "standalone" and not snapshot.source.seen and not snapshot.is_alone(account_id):
        return Wait(account_id, Message("accept-leave-first-unseen"))
    if not snapshot.may_come(account_id):
        return Blocked(account_id, Message("accept-account-elsewhere"))
    unready = account_access.unprepared(account_id, snapshot) or losses.unkept(account_id, snapshot)
    if unready:
        return unready
    words = Message("accept-call", handshake=pending.id, organization=destination.identity.organization_id)
    return Do(
        account_id,
        Message("accept-pending", handshake=pending.id),
        (Call("AcceptHandshake", "member", {"HandshakeId": pending.id}, words),),
    )


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """Find the invitation as the member sees it, and check inviter and organization in its ARN exactly.

    Outside the source the member is also asked where it is: neither side's lists would show a third organization.
    Where the source is not ours, whichever it is in is the one that it leaves.

    Raises:
        RefusedError: the member does not see it yet, it is not an invitation of our destination, or the account has
            joined another organization.
    """
    handshake_id = call.parameters["HandshakeId"]
    received(migration.member(account_id), handshake_id, migration.destination.identity)
    stray = migration.source.seen and account_id not in migration.latest_of(account_id).source.accounts
    if stray or migration.plan.by_id[account_id].path == "standalone":
        not_in_a_third(migration, migration.member(account_id), handshake_id)


def received(member: Accepter, handshake_id: str, inviter: Identity) -> Handshake:
    """Find an invitation as the member sees it, and check inviter and organization in its ARN exactly.

    Raises:
        RefusedError: the member does not see it yet, or it is not an invitation of that organization.
    """
    handshake = seen_by(member, handshake_id)
    if not handshake.is_invitation_of(inviter):
        raise RefusedError(
            Message(
                "accept-foreign-handshake",
                account=member.called,
                handshake=handshake_id,
                organization=inviter.organization_id,
                arn=handshake.arn,
            ),
            code=FOREIGN,
            account_id=member.account_id or None,
            handshake_id=handshake_id,
        )
    return handshake


def seen_by(member: Accepter, handshake_id: str) -> Handshake:
    """A handshake as the member sees it, whoever sent it.

    Raises:
        RefusedError: the member does not see it yet.
    """
    seen = {handshake.id: handshake for handshake in member.received_handshakes()}
    if handshake_id not in seen:
        raise RefusedError(
            Message("accept-invitation-not-seen", account=member.called, handshake=handshake_id),
            code="HandshakeNotFoundException",
            account_id=member.account_id or None,
            handshake_id=handshake_id,
        )
    return seen[handshake_id]


def not_in_a_third(migration: Migration, member: Member, handshake_id: str) -> None:
    """Ask the member where it is: neither side's lists would show a third organization.

    Raises:
        RefusedError: it has joined another organization, or cannot be asked.
    """
    account_id, organization_id = member.account_id, member.organization_id()
    ours = (side.identity.organization_id for side in (migration.source, migration.destination))
    if organization_id not in (None, *ours):
        raise RefusedError(
            Message("accept-in-third-organization", account=account_id, organization=organization_id),
            code=ELSEWHERE,
            account_id=account_id,
            handshake_id=handshake_id,
        )


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """The account has arrived in the destination's root, with the tags of an invitation of this run, sent or not."""
    account_id, source, destination = account.account_id, snapshot.source, snapshot.destination
    former, root = found(source.accounts).get(account_id), destination.root.id
    arrived = Account(
        id=account_id,
        arn="",
        name=former.name if former else "",
        email=former.email if former else "",
        state=former.state if former else "ACTIVE",
        joined_method="INVITED",
        joined_at=snapshot.taken_at,
        parent_id=root,
        units=(root,),
    )
    invitation = destination.pending_invitation_to(account_id)
    tags = snapshot.looked(Tags)
    if invitation and not isinstance(tags, NotLooked):
        brought = dict(account.tags) if invitation.id == UNSENT else tags.sent.get(account_id, {})
        snapshot = snapshot.with_extra(replace(tags, held={**tags.held, account_id: brought}))
    return replace(
        snapshot,
        source=replace(source, accounts=without_one(source.accounts, account_id)),
        destination=replace(destination, accounts=with_one(destination.accounts, account_id, arrived)),
    )


ACCEPT: Final = Step(
    name="accept",
    notebook="50_accept",
    decide=decide,
    observe=account_access.observe,
    precheck=precheck,
    imagine=imagine,
    needs=(
        may(MEMBER, "organizations:AcceptHandshake", on=INVITATIONS),
        may(MEMBER, "organizations:ListHandshakesForAccount", "organizations:LeaveOrganization"),
        may(
            MEMBER, "iam:CreateServiceLinkedRole", on="arn:*:iam::*:role/aws-service-role/organizations.amazonaws.com/*"
        ),
    ),
)
"""The step; see the module."""
