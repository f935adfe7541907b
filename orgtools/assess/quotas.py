"""Whether the destination has room: E8 and E9."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, Report, Scene, check

if TYPE_CHECKING:
    from orgtools.findings import Finding

_PAGE: Final = GUIDE + "orgs_reference_limits.html"
_NO_QUOTA: Final = "account-quota-not-listed"
_LISTS_QUOTAS: Final = "servicequotas:ListServiceQuotas"


def _to_invite(scene: Scene) -> int:
    destination = scene.snapshot.destination
    return sum(
        account.account_id not in destination.accounts and destination.pending_invitation_to(account.account_id) is None
        for account in scene.wave
    )


@check(
    "E8",
    title="Room in the destination's account quota",
    subject="quotas",
    where=("destination",),
    actions=(
        "servicequotas:ListServiceQuotas",
        "organizations:ListAccounts",
        "organizations:ListHandshakesForOrganization",
    ),
    remedy="Ask for a higher quota in Service Quotas (Organizations), or cancel pending invitations that nobody needs.",
    page=_PAGE,
    concerns="organization",
)
def account_quota(scene: Scene, report: Report) -> Finding:
    """Members, pending invitations and this plan against the quota; a pending invitation takes a place."""
    budget, more = scene.snapshot.budget, _to_invite(scene)
    if budget.account_quota is None:
        why = next(
            (
                one
                for one in scene.snapshot.unknown
                if one.code == _NO_QUOTA or one.facts.get("action") == _LISTS_QUOTAS
            ),
            "the account quota could not be looked up",
        )
        return report.unknown(
            why, "Grant servicequotas:ListServiceQuotas in the destination, or set [quotas] accounts in migration.toml."
        )
    needed = budget.members + budget.pending + more
    figures = (
        f"members {budget.members} + pending invitations {budget.pending} + to invite {more} = {needed}, "
        f"quota {budget.account_quota}"
    )
    return report.ok(figures) if needed <= budget.account_quota else report.block(figures)


@check(
    "E9",
    title="Invitations left in 24 hours",
    subject="quotas",
    where=("destination",),
    actions=("organizations:ListHandshakesForOrganization",),
    remedy="Send the rest when the window has moved on; orgtools holds them back by itself.",
    page=_PAGE,
    concerns="organization",
)
def invitations_left(scene: Scene, report: Report) -> Finding:
    """Attempts of the last 24 hours that were not accepted, against the larger of 20 and the account quota."""
    budget, more = scene.snapshot.budget, _to_invite(scene)
    figures = f"{budget.attempts} sent in 24 hours and not accepted, {budget.attempts_left} left, {more} to invite"
    if more <= budget.attempts_left:
        return report.ok(figures)
    until = budget.frees_at.isoformat() if budget.frees_at else None
    freed = f"; the next frees up {budget.frees_at:%Y-%m-%d %H:%M} UTC" if budget.frees_at else ""
    return report.block(figures + freed, until)
