"""What is remarkable about handshakes: pure rules over what both sides and the members show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.findings import Finding, Verdict
from orgtools.invitations.listing import FOREIGN, Evidence, Sighting, sightings
from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgtools.aws.model import Handshake, Side
    from orgtools.budget import Budget
    from orgtools.plan import Plan, PlannedAccount

SOON: Final = timedelta(days=3)
"""An invitation that expires within this time is remarkable."""


def findings(
    plan: Plan,
    destination: Side,
    evidence: Evidence | None = None,
    *,
    within: timedelta = SOON,
    budget: Budget | None = None,
) -> list[Finding]:
    """What is remarkable about invitations; handshakes of other actions are none of a migration's business.

    Args:
        plan: says which accounts are planned, and where they go.
        destination: with the handshakes that it sent.
        evidence: what else is known; without it only the destination's own handshakes are looked at.
        within: how soon an invitation must expire to be remarkable.
        budget: the destination's room; None leaves that rule out.

    Returns:
        H1 pending and not in the plan; H2 several pending for an account; H3 expires soon; H4 closed and not sent
        again; H5 from an organization that is not ours; H6 accepted, but the account is not where it should be;
        H7 pending, from the source; H10 AWS leaves out what has to be known of it; H9 the budget is used up while
        invitations are pending. In this order. What this run does to take an account back is neither H6 nor H7.
    """
    evidence = evidence or Evidence()
    seen = [s for s in sightings(destination, evidence) if s.handshake.action == "INVITE"]
    return [
        *_unplanned(plan, seen),
        *_several(seen),
        *_soon(plan, destination, within),
        *_not_again(plan, destination),
        *_foreign(destination, seen),
        *_misplaced(plan, destination, evidence),
        *_backwards(seen, evidence),
        *_incomplete(seen),
        *(_used_up(plan, destination, budget) if budget else ()),
    ]


def _unplanned(plan: Plan, seen: Sequence[Sighting]) -> Iterator[Finding]:
    for sighting in seen:
        sent = sighting.handshake
        if sighting.sender == "destination" and sent.is_pending and sent.account_id not in plan.by_id:
            unplanned = _sent(sent, "invitation-unplanned", "invitation-unplanned-address")
            yield Finding(sent.account_id or "", "H1", Verdict.WARN, unplanned)


def _sent(sent: Handshake, code: str, code_with_address: str) -> Message:
    """Of an account, or of somebody whose address is all that is known."""
    if sent.account_id or not sent.target:
        return Message(code, handshake=sent.id)
    return Message(code_with_address, handshake=sent.id, name=sent.target)


def _several(seen: Sequence[Sighting]) -> Iterator[Finding]:
    pending: dict[str, list[Sighting]] = {}
    for sighting in seen:
        if sighting.handshake.is_pending and sighting.handshake.account_id:
            pending.setdefault(sighting.handshake.account_id, []).append(sighting)
    for account_id, several in pending.items():
        if len(several) > 1:
            whys = [
                Message("invitation-from", handshake=sighting.handshake.id, sender=_sender(sighting))
                for sighting in several
            ]
            yield Finding(account_id, "H2", Verdict.WARN, Message("invitations-several", whys=whys))


def _soon(plan: Plan, destination: Side, within: timedelta) -> Iterator[Finding]:
    for account in _still_to_come(plan, destination):
        pending = destination.pending_invitation_to(account.account_id)
        expires = pending.expires_at if pending else None
        if pending and expires and expires - destination.taken_at < within:
            left = expires - destination.taken_at
            soon = Message("invitation-expires-soon", handshake=pending.id, span=left, until=expires)
            yield Finding(account.account_id, "H3", Verdict.WARN, soon)


def _not_again(plan: Plan, destination: Side) -> Iterator[Finding]:
    for account in _still_to_come(plan, destination):
        sent_to = destination.invitations_to(account.account_id)
        if (
            sent_to
            and sent_to[0].state != "ACCEPTED"
            and not any(sent.is_pending or not sent.state for sent in sent_to)
        ):
            ended = Message("invitation-ended-unreplaced", handshake=sent_to[0].id, state=sent_to[0].state)
            yield Finding(account.account_id, "H4", Verdict.WARN, ended)


def _foreign(destination: Side, seen: Sequence[Sighting]) -> Iterator[Finding]:
    """Pending: somebody in the account could accept it. Accepted: somebody did."""
    for sighting in seen:
        sent = sighting.handshake
        if sighting.sender != FOREIGN or not (sent.is_pending or sent.state == "ACCEPTED"):
            continue
        if sent.is_pending:
            pending = Message("invitation-stranger-pending", handshake=sent.id, sender=_sender(sighting))
            yield Finding(sent.account_id or "", "H5", Verdict.WARN, pending)
        elif sent.account_id not in destination.accounts:
            accepted = Message("invitation-stranger-accepted", handshake=sent.id, sender=_sender(sighting))
            yield Finding(sent.account_id or "", "H5", Verdict.BLOCK, accepted)


def _misplaced(plan: Plan, destination: Side, evidence: Evidence) -> Iterator[Finding]:
    for account in plan.accounts:
        account_id = account.account_id
        sent_to = destination.invitations_to(account_id)
        if not sent_to or sent_to[0].state != "ACCEPTED":
            continue
        if account_id not in destination.accounts:
            if _taken_back(sent_to[0], evidence):
                continue
            yield Finding(account_id, "H6", Verdict.BLOCK, _elsewhere(sent_to[0], evidence.source))
            continue
        try:
            target = resolve(account.ou, destination)
        except UnmeantError as error:
            yield Finding(account_id, "H6", Verdict.WARN, Message("account-unit-unclear", why=error.message))
            continue
        if destination.accounts[account_id].parent_id != target.id:
            misplaced = Message("account-misplaced", place=destination.path_of(account_id), unit=target.path)
            yield Finding(account_id, "H6", Verdict.WARN, misplaced)


def _elsewhere(accepted: Handshake, source: Side | None) -> Message:
    """Where an account is that accepted and has not arrived."""
    if source is None:
        return Message("invitation-accepted-not-arrived", handshake=accepted.id)
    at_home = accepted.account_id in source.accounts
    return Message("invitation-accepted-in-source" if at_home else "invitation-accepted-nowhere", handshake=accepted.id)


def _taken_back(accepted: Handshake, evidence: Evidence) -> bool:
    """Whether this run has let the source invite the account again, and it is at home, or that invitation waits."""
    source, account_id = evidence.source, accepted.account_id
    if source is None or account_id is None:
        return False
    later = (sent for sent in source.invitations_to(account_id) if sent.sent_order > accepted.sent_order)
    return any(sent.id in evidence.runs and (sent.is_pending or account_id in source.accounts) for sent in later)


def _backwards(seen: Sequence[Sighting], evidence: Evidence) -> Iterator[Finding]:
    for sighting in seen:
        sent = sighting.handshake
        if sighting.sender == "source" and sent.is_pending and sent.id not in evidence.runs:
            backwards = _sent(sent, "invitation-of-source", "invitation-of-source-address")
            yield Finding(sent.account_id or "", "H7", Verdict.WARN, backwards)


def _incomplete(seen: Sequence[Sighting]) -> Iterator[Finding]:
    for sighting in seen:
        sent = sighting.handshake
        if sent.missing:
            incomplete = Message("handshake-incomplete", handshake=sent.id, keys=list(sent.missing))
            yield Finding(sent.account_id or "", "H10", Verdict.UNKNOWN, incomplete)


def _used_up(plan: Plan, destination: Side, budget: Budget) -> Iterator[Finding]:
    """Only where that keeps a planned account from being invited."""
    waiting = sum(
        destination.pending_invitation_to(account.account_id) is None for account in _still_to_come(plan, destination)
    )
    pending = [sent for sent in destination.handshakes if sent.action == "INVITE" and sent.is_pending]
    if not waiting or not pending:
        return
    if budget.room == 0:
        full = Message(
            "account-quota-used-up",
            quota=budget.account_quota,
            members=budget.members,
            pending=len(pending),
            unplanned=sum(sent.account_id not in plan.by_id for sent in pending),
            count=waiting,
        )
        yield Finding("", "H9", Verdict.WARN, full)
    elif budget.attempts_left == 0 and budget.frees_at:
        used_up = Message("invitations-used-up", count=waiting, until=budget.frees_at)
        yield Finding("", "H9", Verdict.WARN, used_up, until=budget.frees_at.isoformat())


def _still_to_come(plan: Plan, destination: Side) -> Iterator[PlannedAccount]:
    return (account for account in plan.accounts if account.account_id not in destination.accounts)


def _sender(sighting: Sighting) -> Message:
    """The organization that sent it, as part of a sentence."""
    organization = sighting.handshake.organization_id
    return Message("sender", organization=organization) if organization else Message("sender-unknown")
