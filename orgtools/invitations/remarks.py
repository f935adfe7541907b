"""What is remarkable about handshakes: pure rules over what both sides and the members show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.findings import Finding, Status
from orgtools.invitations.listing import FOREIGN, Evidence, Sighting, sightings, span
from orgtools.messages import free
from orgtools.plan import resolve
from orgtools.wording import many, verb

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
            evidence = (
                f"{sent.id} to {sent.target} is pending and not in the plan; it takes a place of the account quota"
            )
            yield Finding(
                sent.account_id or "", "H1", Status.WARN, free(evidence, "Ask who sent it. orgtools leaves it alone.")
            )


def _several(seen: Sequence[Sighting]) -> Iterator[Finding]:
    pending: dict[str, list[Sighting]] = {}
    for sighting in seen:
        if sighting.handshake.is_pending and sighting.handshake.account_id:
            pending.setdefault(sighting.handshake.account_id, []).append(sighting)
    for account_id, several in pending.items():
        if len(several) > 1:
            ids = ", ".join(f"{sighting.handshake.id} from {_organization(sighting)}" for sighting in several)
            remedy = "Make sure that only the right one can be accepted: cancel ours that nobody needs, decline others."
            yield Finding(account_id, "H2", Status.WARN, free(f"several invitations are pending: {ids}", remedy))


def _soon(plan: Plan, destination: Side, within: timedelta) -> Iterator[Finding]:
    for account in _still_to_come(plan, destination):
        pending = destination.pending_invitation_to(account.account_id)
        expires = pending.expires_at if pending else None
        if pending and expires and expires - destination.taken_at < within:
            left = span(expires - destination.taken_at)
            evidence = f"{pending.id} expires in {left}, at {expires:%Y-%m-%d %H:%M} UTC"
            yield Finding(account.account_id, "H3", Status.WARN, free(evidence, "Open 50_accept before it does."))


def _not_again(plan: Plan, destination: Side) -> Iterator[Finding]:
    for account in _still_to_come(plan, destination):
        sent_to = destination.invitations_to(account.account_id)
        if (
            sent_to
            and sent_to[0].state != "ACCEPTED"
            and not any(sent.is_pending or not sent.state for sent in sent_to)
        ):
            ended = "has expired" if sent_to[0].state == "EXPIRED" else f"was {sent_to[0].state.lower()}"
            evidence = f"{sent_to[0].id} {ended} and no other is pending"
            yield Finding(account.account_id, "H4", Status.WARN, free(evidence, "Open 30_invite: it invites again."))


def _foreign(destination: Side, seen: Sequence[Sighting]) -> Iterator[Finding]:
    """Pending: somebody in the account could accept it. Accepted: somebody did."""
    for sighting in seen:
        sent = sighting.handshake
        if sighting.sender != FOREIGN or not (sent.is_pending or sent.state == "ACCEPTED"):
            continue
        if sent.is_pending:
            evidence = f"{sent.id} from {_organization(sighting)} is pending: that organization is not ours"
            remedy = "Find out who sent it. Decline it in the account if nobody knows; orgtools never accepts it."
            yield Finding(sent.account_id or "", "H5", Status.WARN, free(evidence, remedy))
        elif sent.account_id not in destination.accounts:
            evidence = f"{sent.id} from {_organization(sighting)} was accepted: that organization is not ours"
            yield Finding(
                sent.account_id or "", "H5", Status.BLOCK, free(evidence, "Find out where the account is, and why.")
            )


def _misplaced(plan: Plan, destination: Side, evidence: Evidence) -> Iterator[Finding]:
    for account in plan.accounts:
        account_id = account.account_id
        sent_to = destination.invitations_to(account_id)
        if not sent_to or sent_to[0].state != "ACCEPTED":
            continue
        if account_id not in destination.accounts:
            if _taken_back(sent_to[0], evidence):
                continue
            where = "in neither organization"
            if evidence.source is None:
                where = "not in the destination"
            elif account_id in evidence.source.accounts:
                where = "in the source"
            words = f"{sent_to[0].id} was accepted, but the account is {where}"
            remedy = (
                "Look again in some minutes; then find out who moved it, in CloudTrail of both management accounts."
            )
            yield Finding(account_id, "H6", Status.BLOCK, free(words, remedy))
            continue
        try:
            target = resolve(account.ou, destination.units.values())
        except ValueError as error:
            yield Finding(
                account_id, "H6", Status.WARN, free(str(error), "Correct accounts.csv, or let 60_place create it.")
            )
            continue
        if destination.accounts[account_id].parent_id != target.id:
            words = f"has joined and is in {destination.path_of(account_id)}; the plan says {target.path}"
            yield Finding(account_id, "H6", Status.WARN, free(words, "Open 60_place."))


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
            words = f"{sent.id} to {sent.target} is pending: the source still invites"
            remedy = "Ask who sent it. The source may cancel it; orgtools leaves it alone."
            yield Finding(sent.account_id or "", "H7", Status.WARN, free(words, remedy))


def _incomplete(seen: Sequence[Sighting]) -> Iterator[Finding]:
    for sighting in seen:
        sent = sighting.handshake
        if sent.missing:
            words = f"AWS does not give {', '.join(sent.missing)} of {sent.id}: what they would say is unknown"
            remedy = f"Look at it in the Organizations console, or by aws organizations describe-handshake: {sent.id}."
            yield Finding(sent.account_id or "", "H10", Status.UNKNOWN, free(words, remedy))


def _used_up(plan: Plan, destination: Side, budget: Budget) -> Iterator[Finding]:
    """Only where that keeps a planned account from being invited."""
    waiting = sum(
        destination.pending_invitation_to(account.account_id) is None for account in _still_to_come(plan, destination)
    )
    pending = [sent for sent in destination.handshakes if sent.action == "INVITE" and sent.is_pending]
    if not waiting or not pending:
        return
    outside = sum(sent.account_id not in plan.by_id for sent in pending)
    unplanned = f", {outside} of them not in the plan" if outside else ""
    uninvited = f"{many(waiting, 'planned account')} still {verb(waiting, 'wait')} for an invitation"
    if budget.room == 0:
        words = (
            f"the account quota of {budget.account_quota} is used up: {many(budget.members, 'member')} and "
            f"{many(len(pending), 'pending invitation')}{unplanned}; {uninvited}"
        )
        remedy = "Cancel invitations that nobody needs, or ask Service Quotas (Organizations) for a higher quota."
        yield Finding("", "H9", Status.WARN, free(words, remedy))
    elif budget.attempts_left == 0 and budget.frees_at:
        words = (
            f"the invitations of 24 hours are used up; {uninvited}. The next one may be sent at "
            f"{budget.frees_at:%Y-%m-%d %H:%M} UTC"
        )
        yield Finding("", "H9", Status.WARN, free(words, "Run 30_invite then."), until=budget.frees_at.isoformat())


def _still_to_come(plan: Plan, destination: Side) -> Iterator[PlannedAccount]:
    return (account for account in plan.accounts if account.account_id not in destination.accounts)


def _organization(sighting: Sighting) -> str:
    return sighting.handshake.organization_id or "an organization that its ARN does not name"
