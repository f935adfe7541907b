"""Invitations that already wait for an account: E10 and E11."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.assess.catalogue import GUIDE, Report, Scene, check

if TYPE_CHECKING:
    from orgtools.findings import Finding


@check(
    "E10",
    title="A pending invitation from the destination",
    subject="invitations",
    where=("destination",),
    actions=("organizations:ListHandshakesForOrganization",),
    remedy="Nothing: 30_invite adopts it.",
    page=GUIDE + "orgs_manage_accounts_invites.html",
)
def ours(scene: Scene, report: Report) -> Finding:
    """An invitation of ours that waits is adopted, not sent again."""
    pending = scene.snapshot.destination.pending_invitation_to(scene.account.account_id)
    if pending is None:
        return report.ok("none is pending")
    return report.info(f"{pending.id} is pending, expires {pending.expires_at:%Y-%m-%d %H:%M} UTC")


@check(
    "E11",
    title="A pending invitation from somebody else",
    subject="invitations",
    where=("member",),
    actions=("organizations:ListHandshakesForAccount",),
    remedy="Ask who sent it; decline it in the account if nobody knows. orgtools never accepts or declines it.",
    page=GUIDE + "orgs_manage_accounts_invites.html",
)
def foreign(scene: Scene, report: Report) -> Finding:
    """As the member sees it: only the member can."""
    if scene.member is None:
        return report.unknown("the account could not be entered", "See E15.")
    identity = scene.snapshot.destination.identity
    strangers = [
        handshake
        for handshake in scene.member.received_handshakes()
        if handshake.is_pending and handshake.action == "INVITE" and not handshake.is_invitation_of(identity)
    ]
    if not strangers:
        return report.ok("none is pending")
    return report.warn(
        "; ".join(f"{sent.id} from {sent.organization_id or sent.arn} (account {sent.inviter})" for sent in strangers)
    )
