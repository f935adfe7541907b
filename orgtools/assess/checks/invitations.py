"""Invitations that already wait for an account: E10 and E11."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, SnapshotContext, check, reading
from orgtools.aws.read.organization import handshake_of
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.aws.model import Handshake


@check(
    "E10",
    subject="invitations",
    where=("destination",),
    actions=("organizations:ListHandshakesForOrganization",),
    page=GUIDE + "orgs_manage_accounts_invites.html",
)
def ours(context: SnapshotContext, report: Report) -> Finding:
    """An invitation of ours that waits is adopted, not sent again."""
    pending = context.snapshot.destination.pending_invitation_to(context.account.account_id)
    if pending is None:
        return report.ok(Message("invitation-none"))
    if pending.expires_at is None:
        return report.info(Message("invitation-ours-undated", handshake=pending.id))
    return report.info(Message("invitation-ours", handshake=pending.id, until=pending.expires_at))


@reading(
    "E11",
    subject="invitations",
    where=("member",),
    actions=("organizations:ListHandshakesForAccount",),
    silent=True,
    page=GUIDE + "orgs_manage_accounts_invites.html",
    severity=Verdict.WARN,
)
def foreign(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """As the member sees it: only the member can."""
    identity = context.brief.destination
    received = context.readers["member"].pages("organizations", "ListHandshakesForAccount", "Handshakes")
    strangers = [
        sent
        for sent in map(handshake_of, received)
        if (sent.is_pending or not sent.state) and sent.action in ("INVITE", "") and not sent.is_invitation_of(identity)
    ]
    if strangers:
        whys = [_stranger(sent) for sent in strangers]
        yield reports.on(context.accounts[0].account_id).warn(Message("invitations-foreign", whys=whys))


def _stranger(sent: Handshake) -> Message:
    if not sent.organization_id:
        return Message("invitation-foreign-unnamed", handshake=sent.id, arn=sent.arn)
    return Message("invitation-foreign", handshake=sent.id, organization=sent.organization_id, account=sent.inviter)
