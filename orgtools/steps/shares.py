"""Shares: an arrived account accepts the invitations to resource shares that its owners have sent it anew.

A share of AWS RAM that came through the source ends with the membership; its owner shares again, and the account
accepts. Only invitations of owners that shared with it before the move, as its export tells, or that migration.toml
names are accepted; a stranger's never is. See
https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.aws.regaining import Lack, Regain
from orgtools.steps import entries, regain
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.assess.exports import Export
    from orgtools.aws.regaining import ShareInvitation
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and what arrived accounts have received and are invited to, in each region."""
    asked = migration.settings.restore.shares
    return regain.observe(migration, accounts, lambda *known: _look(migration, *known), asked=asked)


def _look(migration: Migration, account_id: str, export: Export | None) -> Regain:
    settings = migration.settings
    named, before = frozenset(settings.restore.share_owners), export.shares if export else {}
    if export is None and not named:
        return regain.NOT_EXPORTED
    unread = [region or "the region of the credentials" for region, held in before.items() if held is None]
    if unread and not named:
        return Regain(
            against=f"its resource shares in {', '.join(unread)} could not be exported",
            next_step="Name in migration.toml whose invitations it accepts: [restore] share_owners = [...].",
        )
    had = {
        region: [(share.owner, share.name) for share in held or () if share.direction == "received"]
        for region, held in before.items()
    }
    owners = named.union(owner for shares in had.values() for owner, _ in shares)
    by, inside = entries.inside(migration, account_id)
    held, lacking, waiting, strangers = 0, list[Lack](), list[str](), set[str]()
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
        origin=regain.origin(export) if export else "as the owners that migration.toml names have invited it",
        remark=f"invitations of {', '.join(sorted(strangers))} are left alone" if strangers else "",
    )


def _is_of(invitation: ShareInvitation, owners: frozenset[str]) -> bool:
    """Whether one of these accounts sent it, for a share of its own."""
    owner = invitation.share_arn.split(":")[4]
    return invitation.sender in owners and invitation.sender == owner


def _acceptance(invitation: ShareInvitation, by: entries.Inside, region: str) -> Lack:
    words = f"accept the share {invitation.name} of {invitation.sender}{_where(region)}"
    parameters = {"resourceShareInvitationArn": invitation.arn}
    return Lack("ram", "AcceptResourceShareInvitation", parameters, words, by, region)


def _missing(owner: str, name: str, region: str) -> str:
    return f"{owner} must share {name} with it again{_where(region)}: the share is gone, and no invitation has come"


def _where(region: str) -> str:
    return f" in {region}" if region else ""


SHARES: Final = Step(
    name="shares",
    notebook="83_regain",
    verb="accept shares for",
    done="not needed",
    decide=regain.decide,
    observe=observe,
)
"""The step; see the module."""
