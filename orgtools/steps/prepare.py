"""Prepare: a role in each account comes to trust the destination as well, before the account moves.

The role is the one of ``[access]``; it is entered through the source, and its trust policy gets one more statement. It
is done only when the destination has assumed the role. Off unless ``[handover]`` asks for it. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from orgtools.aws import trust
from orgtools.messages import free
from orgtools.policies import Role, grant
from orgtools.steps import entries
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from orgtools.aws.model import Entry
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Add the destination to the role's trust policy, once the account is invited or has moved already."""
    account_id, destination = account.account_id, snapshot.destination
    if not snapshot.handover.prepare:
        return Done(account_id, free("migration.toml does not ask for it"))
    entry = snapshot.entries.get(account_id)
    if entry is None:
        return Wait(account_id, free("is neither in the source nor in the destination: 30_invite says what to do"))
    if entry.destination:
        return Done(account_id, free(f"the destination can assume {entry.role}"))
    held = destination.accounts.get(account_id) or snapshot.source.accounts.get(account_id)
    if held and held.state != "ACTIVE":
        return Wait(account_id, free(f"its State is {held.state}: 30_invite says what to do"))
    if entry.source is None or entry.destination is None:
        return Blocked(account_id, free(f"could not look who can assume {entry.role}", entry.unknown))
    if not entry.source:
        return _without_a_way_in(account_id, entry, snapshot)
    moving = account_id in destination.accounts or account_id in snapshot.left
    if not moving and destination.pending_invitation_to(account_id) is None:
        return Wait(account_id, free("is not invited: 30_invite comes first"))
    if entry.trust is None:
        return Blocked(account_id, free(f"could not read the trust policy of {entry.role}", entry.unknown))
    return _edit(account_id, entry, entry.trust, snapshot)


def _edit(account_id: str, entry: Entry, held: str, snapshot: Snapshot) -> Decision:
    newcomer = snapshot.destination.identity
    wanted = trust.trusting(held, newcomer.management_account_id, newcomer.partition)
    if wanted == held:
        return Blocked(
            account_id,
            free(
                f"{entry.role} trusts account {newcomer.management_account_id}, which cannot assume it yet",
                "Preview again in some minutes: IAM may show a change late. If it stays so, look for a Deny in the trust "
                "policy, and for a resource control policy of the organization that denies sts:AssumeRole to others "
                "(E14.rcp in 10_assess). "
                + str(grant("sts:AssumeRole", "caller-in-destination", Role.destination_operator, on=entry.role_arn)),
            ),
            effective=True,
        )
    words = f"let account {newcomer.management_account_id} assume {entry.role} too; its other statements stay"
    parameters = {"RoleName": entry.role, "PolicyDocument": wanted}
    call = Call(entries.UPDATE, "member-through-source", parameters, free(words), "iam", held)
    return Do(account_id, free(f"only the source can assume {entry.role}"), (call,))


def _without_a_way_in(account_id: str, entry: Entry, snapshot: Snapshot) -> Blocked:
    """An invited account has no such role by itself: say exactly which one somebody in the account makes."""
    sides = (snapshot.source.identity, snapshot.destination.identity)
    statements = [trust.statement_for(side.management_account_id, side.partition) for side in sides]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    return Blocked(
        account_id,
        free(
            f"neither side can assume {entry.role_arn}: it does not exist, or it trusts neither",
            f"Sign in to the account and create the role {entry.role}, or edit it, with the trust policy {policy} and the "
            "permissions that orgtools policies member-accept prints. A resource control policy may deny "
            "sts:AssumeRole, too (E14.rcp in 10_assess). If it trusts the source already: "
            f"{grant('sts:AssumeRole', 'caller-in-source', Role.source_operator)} Then preview again.",
        ),
    )


def guard(migration: Migration, account_id: str, call: Call) -> None:
    """Nobody has edited the trust policy meanwhile.

    Raises:
        RefusedError: somebody has, or it cannot be read.
    """
    entries.unchanged(migration, account_id, call, "source")


PREPARE: Final = Step(
    name="prepare",
    notebook="38_prepare_access",
    decide=decide,
    observe=entries.observe,
    guard=guard,
)
"""The step; see the module."""
