"""Whether the destination has room: E8 and E9."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, Report, SnapshotContext, check
from orgtools.budget import to_invite
from orgtools.messages import Message

if TYPE_CHECKING:
    from orgtools.findings import Finding

_PAGE: Final = GUIDE + "orgs_reference_limits.html"
_of_destination = partial(check, subject="quotas", where=("destination",), page=_PAGE, concerns="organization")


@_of_destination(
    "E8",
    actions=(
        "servicequotas:ListServiceQuotas",
        "organizations:ListAccounts",
        "organizations:ListHandshakesForOrganization",
    ),
)
def account_quota(context: SnapshotContext, report: Report) -> Finding:
    """Members, pending invitations and this plan against the quota; a pending invitation takes a place."""
    budget, more = context.snapshot.budget, to_invite(context.wave, context.snapshot.destination)
    if budget.account_quota is None:
        unread = context.snapshot.destination.unknown  # the quota is all that the destination may hide from a look
        why = Message("account-quota-unread-why", why=unread[0]) if unread else Message("account-quota-unread")
        return report.unknown(why)
    needed = budget.members + budget.pending + more
    fits = needed <= budget.account_quota
    figures = Message(
        "account-quota" if fits else "account-quota-exceeded",
        members=budget.members,
        pending=budget.pending,
        more=more,
        total=needed,
        quota=budget.account_quota,
    )
    return report.ok(figures) if fits else report.block(figures)


@_of_destination("E9", actions=("organizations:ListHandshakesForOrganization",))
def invitations_left(context: SnapshotContext, report: Report) -> Finding:
    """Attempts of the last 24 hours that were not accepted, against the larger of 20 and the account quota."""
    budget, more = context.snapshot.budget, to_invite(context.wave, context.snapshot.destination)
    figures = {"count": budget.attempts, "limit": budget.attempts_left, "more": more}
    if more <= budget.attempts_left:
        return report.ok(Message("invitations-left", **figures))
    if budget.frees_at is None:
        return report.block(Message("invitations-short", **figures))
    later = Message("invitations-short-until", **figures, until=budget.frees_at)
    return report.block(later, budget.frees_at.isoformat())
