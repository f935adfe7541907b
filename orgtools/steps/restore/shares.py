"""Shares: an arrived account accepts the invitations to resource shares that its owners have sent it anew.

A share of AWS RAM that came through the source ends with the membership; its owner shares again, and the account
accepts. Only invitations of owners that shared with it before the move, as its export tells, or that migration.toml
names are accepted; a stranger's never is. See
https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.aws.read.restorable import Lack, Regain
from orgtools.messages import Message
from orgtools.policies.permissions import MEMBER, may
from orgtools.steps.core.step import Step
from orgtools.steps.restore import contacts_and_assignments
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.assess.exporting.files import Export
    from orgtools.aws.read.restorable import ShareInvitation
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and what arrived accounts have received and are invited to, in each region."""
    asked = migration.settings.restore.shares
    return contacts_and_assignments.observe(migration, accounts, lambda *known: _look(migration, *known), asked=asked)


def _look(migration: Migration, account_id: str, export: Export | None) -> Regain:
    settings = migration.settings
    named, before = frozenset(settings.restore.share_owners), export.shares if export else {}
    if export is None and not named:
        return contacts_and_assignments.NOT_EXPORTED
    unread = [region for region, held in before.items() if held is None]
    if unread and not named:
        return Regain(against=_unread(unread))
    had = {
        region: [(share.owner, share.name) for share in held or () if share.direction == "received"]
        for region, held in before.items()
    }
    owners = named.union(owner for shares in had.values() for owner, _ in shares)
    by, inside = account_access.inside(migration, account_id)
    held, lacking, waiting, strangers = 0, list[Lack](), list[Message](), set[str]()
    for region in dict.fromkeys((*before, *settings.assess.regions)) or ("",):
        pending = inside.share_invitations(region)
        ours = [one for one in pending if _is_of(one, owners)]
        strangers |= {one.sender for one in pending} - {one.sender for one in ours}
        received = inside.received_shares(region)
        held += len(received.intersection(had.get(region, ())))
        lacking += [_acceptance(one, by, region) for one in ours]
        gone = set(had.get(region, ())) - received - {(one.sender, one.name) for one in ours}
        waiting += [_missing(owner, name, region) for owner, name in sorted(gone)]
    return Regain(
        held,
        tuple(lacking),
        tuple(waiting),
        origin=contacts_and_assignments.origin(export) if export else Message("regain-shared-by-named"),
        remark=Message("regain-shares-left-alone", accounts=sorted(strangers)) if strangers else None,
    )


def _unread(regions: list[str]) -> Message:
    """Which regions' shares were not exported; an empty one is the region of the credentials."""
    if not all(regions):
        return Message("regain-shares-not-exported")
    return Message("regain-shares-not-exported-in", regions=regions)


def _is_of(invitation: ShareInvitation, owners: frozenset[str]) -> bool:
    """Whether one of these accounts sent it, for a share of its own."""
    owner = invitation.share_arn.split(":")[4]
    return invitation.sender in owners and invitation.sender == owner


def _acceptance(invitation: ShareInvitation, by: account_access.Inside, region: str) -> Lack:
    facts = {"name": invitation.name, "account": invitation.sender}
    words = Message("regain-share-in", **facts, region=region) if region else Message("regain-share", **facts)
    parameters = {"resourceShareInvitationArn": invitation.arn}
    return Lack("ram", "AcceptResourceShareInvitation", parameters, words, by, region)


def _missing(owner: str, name: str, region: str) -> Message:
    if region:
        return Message("regain-share-gone-in", account=owner, name=name, region=region)
    return Message("regain-share-gone", account=owner, name=name)


SHARES: Final = Step(
    name="shares",
    notebook="83_restore",
    decide=contacts_and_assignments.decide,
    observe=observe,
    needs=(
        may(MEMBER, "ram:GetResourceShareInvitations", "ram:GetResourceShares"),
        may(MEMBER, "ram:AcceptResourceShareInvitation", on="arn:*:ram:*:*:resource-share-invitation/*"),
    ),
    asked=lambda settings: settings.restore.shares,
)
"""The step; see the module."""
