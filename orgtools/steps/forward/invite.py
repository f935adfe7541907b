"""Invite: the destination's management account sends an invitation to each account.

Idempotent: an invitation of ours that is pending is adopted, one that is over is sent anew. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess import CATALOGUE, standing
from orgtools.aws.masking import mask_secrets
from orgtools.aws.model import Handshake
from orgtools.findings import Verdict, obstacles
from orgtools.messages import Message
from orgtools.policies.permissions import DESTINATION, TREE, may
from orgtools.steps.core.decisions import UNSENT, Blocked, Call, Decision, Do, Done, Wait, all_of
from orgtools.steps.core.step import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.aws.model import Side
    from orgtools.findings import Finding
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

OPERATION: Final = "InviteAccountToOrganization"
_DAY: Final = timedelta(hours=24)


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Invite unless the account has arrived, is invited, or something stands against it."""
    account_id, destination = account.account_id, snapshot.destination
    if account_id in destination.accounts:
        return Done(account_id, Message("is-member"))
    sent = sent_already(account_id, destination, somehow=account_id in snapshot.invited_somehow)
    if sent:
        return sent
    found = standing(account, snapshot)
    against = [finding for finding in found if finding.status is Verdict.BLOCK]
    if against:
        return _held(account_id, against)
    if account_id not in snapshot.assessed.findings:
        return Blocked(account_id, Message("not-assessed"))
    if not snapshot.may_come(account_id):
        return Blocked(account_id, Message("invite-account-elsewhere"))
    unknown = [finding.check for finding in found if finding.status is Verdict.UNKNOWN]
    whys = [not_invited(account_id, destination), *_unchecked(unknown, snapshot)]
    words = _words(destination.identity.organization_id, account.tags)
    return Do(
        account_id,
        all_of(whys),
        (Call(OPERATION, "destination", asked(account_id, snapshot.settings.invitation.notes, account.tags), words),),
    )


def _words(organization_id: str, tags: Iterable[tuple[str, str]]) -> Message:
    told = [mask_secrets(f"{key}={value}") for key, value in tags]
    if told:
        return Message("invite-call-with-tags", organization=organization_id, tags=told)
    return Message("invite-call", organization=organization_id)


def asked(account_id: str, notes: str, tags: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The parameters of the call that invites an account."""
    parameters: dict[str, Any] = {"Target": {"Id": account_id, "Type": "ACCOUNT"}}
    if notes:
        parameters["Notes"] = notes
    held = [{"Key": key, "Value": value} for key, value in tags]
    return {**parameters, "Tags": held} if held else parameters


def not_invited(account_id: str, side: Side) -> Message:
    """That no invitation of an organization is pending for an account, and what became of the last one."""
    earlier = side.invitations_to(account_id)
    if not earlier:
        return Message("not-invited")
    return Message("invitation-ended", handshake=earlier[0].id, state=earlier[0].state)


_NAMED: Final = 3
"""So many checks that could not look are named where there is room for a line."""


def _unchecked(unknown: Sequence[str], snapshot: Snapshot) -> list[Message]:
    """What nobody could look at, by name; what only a source could tell that is not ours is many, and is counted."""
    hidden = [
        name for name in unknown if not snapshot.source.seen and name in CATALOGUE and CATALOGUE[name].needs_source
    ]
    told = [name for name in unknown if name not in hidden]
    messages = [Message("invite-unchecked", checks=told)] if told else []
    if len(told) > _NAMED:
        messages = [Message("invite-unchecked-many", count=len(told))]
    return [*messages, Message("invite-unchecked-source", count=len(hidden))] if hidden else messages


def sent_already(account_id: str, destination: Side, *, somehow: bool) -> Done | Blocked | None:
    """What an invitation of exactly this organization means that was sent before; None where there is none.

    Args:
        account_id: the account.
        destination: the organization, with the handshakes that it sent.
        somehow: whether AWS says that the account is invited, by no invitation that names it.
    """
    pending = destination.pending_invitation_to(account_id)
    if pending:
        return Done(account_id, invite_pending(pending), handshake_id=pending.id)
    stateless = destination.stateless_invitation_to(account_id)
    if stateless:
        return stateless_invitation(account_id, stateless)
    if somehow:
        return _invited_otherwise(account_id, destination.unmatched)
    return None


def invite_pending(sent: Handshake) -> Message:
    """That an invitation is pending, and until when."""
    if sent.address:
        return Message("invitation-pending-by-email", handshake=sent.id, address=sent.target, why=sent.expiry)
    return Message("invitation-pending", handshake=sent.id, why=sent.expiry)


def stateless_invitation(account_id: str, sent: Handshake) -> Blocked:
    """What to do about an invitation of which AWS does not say whether it is pending."""
    return Blocked(account_id, Message("invitation-without-state", handshake=sent.id))


def _invited_otherwise(account_id: str, sent: Sequence[Handshake]) -> Blocked:
    """AWS says that it is invited, no invitation names it, and it cannot be asked which of those by e-mail it sees."""
    named = [
        Message("invitation-to", handshake=one.id, address=one.target)
        if one.target
        else Message("invitation-to-nobody", handshake=one.id)
        for one in sent
    ]
    ids = [one.id for one in sent]
    return Blocked(account_id, Message("invited-otherwise", findings=named, handshakes=ids), effective=True)


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """Hold back what the account quota or the 24-hour budget of invitations does not allow, from the end."""
    budget = snapshot.budget
    room, left = budget.room, budget.attempts_left
    limited: list[Decision] = []
    for decision in decisions:
        if not isinstance(decision, Do):
            limited.append(decision)
        elif room is not None and room <= 0:
            full = Message(
                "invite-quota-full", quota=budget.account_quota, members=budget.members, pending=budget.pending
            )
            limited.append(Blocked(decision.account_id, full))
        elif left <= 0:
            until = budget.frees_at or snapshot.taken_at + _DAY
            limited.append(Wait(decision.account_id, Message("invite-budget-used"), until))
        else:
            room, left = None if room is None else room - 1, left - 1
            limited.append(decision)
    return limited


def _held(account_id: str, against: Sequence[Finding]) -> Decision:
    """Wait where every obstacle clears by itself, otherwise blocked with all remedies."""
    why = obstacles(against)
    times = [datetime.fromisoformat(finding.until) for finding in against if finding.until]
    if len(times) == len(against):
        return Wait(account_id, why, max(times))
    return Blocked(account_id, why)


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """The invitation is pending."""
    destination, account_id = snapshot.destination, account.account_id
    home = destination.identity
    arn = (
        f"arn:{home.partition}:organizations::{home.management_account_id}"
        f":handshake/{home.organization_id}/invite/{UNSENT}"
    )
    sent = Handshake(UNSENT, arn, "INVITE", "OPEN", account_id, account_id, None, None)
    return replace(snapshot, destination=replace(destination, handshakes=(*destination.handshakes, sent)))


INVITE: Final = Step(
    name="invite",
    notebook="30_invite",
    decide=decide,
    apply_limits=apply_limits,
    imagine=imagine,
    reasoned=True,
    needs=(may(DESTINATION, "organizations:InviteAccountToOrganization", "organizations:TagResource", on=TREE),),
)
"""The step; see the module."""
