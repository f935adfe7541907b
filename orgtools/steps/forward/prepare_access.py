"""Prepare: a role in each account comes to trust the destination as well, before the account moves.

The role is the one of ``[access]``; it is entered through the source, and its trust policy gets one more statement. It
is done only when the destination has assumed the role. Off unless ``[handover]`` asks for it. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.aws.read import trust_policy
from orgtools.messages import Message
from orgtools.policies import Role, grant
from orgtools.policies.permissions import MEMBER, MEMBER_ROLE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from orgtools.aws.model import Entry
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Add the destination to the role's trust policy, once the account is invited or has moved already."""
    account_id, destination = account.account_id, snapshot.destination
    if not snapshot.settings.handover.prepare:
        return Done(account_id, Message("handover-not-asked"))
    entry = account_access.entry_of(account_id, snapshot)
    if isinstance(entry, NotLooked):
        if isinstance(snapshot.looked(account_access.Entries), NotLooked):
            return Wait(account_id, Message("prepare-not-looked"))
        return Blocked(account_id, Message("prepare-account-elsewhere"))
    if entry.destination:
        return Done(account_id, Message("prepare-done", role=entry.role))
    held = destination.accounts.get(account_id) or snapshot.source.accounts.get(account_id)
    if held and held.state != "ACTIVE":
        return Blocked(account_id, Message("account-not-active", state=held.state))
    if entry.source is None or entry.destination is None:
        return Blocked(account_id, Message("role-unchecked", role=entry.role, then=entry.unknown))
    if not entry.source:
        return _without_a_way_in(account_id, entry, snapshot)
    moving = account_id in destination.accounts or account_id in snapshot.history.left
    if not moving and destination.pending_invitation_to(account_id) is None:
        return Wait(account_id, Message("prepare-invite-first"))
    if entry.trust is None:
        return Blocked(account_id, Message("trust-unread", role=entry.role, then=entry.unknown))
    return _edit(account_id, entry, entry.trust, snapshot)


def _edit(account_id: str, entry: Entry, held: str, snapshot: Snapshot) -> Decision:
    newcomer = snapshot.destination.identity
    wanted = trust_policy.trusting(held, newcomer.management_account_id, newcomer.partition)
    if wanted == held:
        trusted = Message(
            "prepare-trusted-and-shut",
            role=entry.role,
            management_account=newcomer.management_account_id,
            then=grant("sts:AssumeRole", "caller-in-destination", Role.destination_operator, on=entry.role_arn),
        )
        return Blocked(account_id, trusted, effective=True)
    words = Message("prepare-call", role=entry.role, management_account=newcomer.management_account_id)
    parameters = {"RoleName": entry.role, "PolicyDocument": wanted}
    call = Call(account_access.UPDATE, "member-through-source", parameters, words, "iam", held)
    return Do(account_id, Message("prepare-source-only", role=entry.role), (call,))


def _without_a_way_in(account_id: str, entry: Entry, snapshot: Snapshot) -> Blocked:
    """An invited account has no such role by itself: say exactly which one somebody in the account makes."""
    sides = (snapshot.source.identity, snapshot.destination.identity)
    statements = [trust_policy.statement_for(side.management_account_id, side.partition) for side in sides]
    policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
    granted = grant("sts:AssumeRole", "caller-in-source", Role.source_operator)
    nobody = Message("prepare-no-way-in", arn=entry.role_arn, role=entry.role, policy=policy, then=granted)
    return Blocked(account_id, nobody)


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """Nobody has edited the trust policy meanwhile.

    Raises:
        RefusedError: somebody has, or it cannot be read.
    """
    account_access.unchanged(migration, account_id, call, "source")


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """The destination can enter the account."""
    entries = snapshot.looked(account_access.Entries)
    if isinstance(entries, NotLooked) or account.account_id not in entries.by_account:
        return snapshot
    entry = replace(entries.by_account[account.account_id], destination=True)
    return snapshot.with_extra(replace(entries, by_account={**entries.by_account, account.account_id: entry}))


PREPARE: Final = Step(
    name="prepare",
    notebook="38_prepare_access",
    decide=decide,
    observe=account_access.observe,
    precheck=precheck,
    imagine=imagine,
    needs=(may(MEMBER, "iam:GetRole", "iam:UpdateAssumeRolePolicy", on=MEMBER_ROLE),),
    needs_source=True,
    asked=lambda settings: settings.handover.prepare,
)
"""The step; see the module."""
