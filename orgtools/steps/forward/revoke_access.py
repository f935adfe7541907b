"""Revoke: the role in each account ceases to trust the source, once the account has arrived.

Entered through the destination, so that whoever takes the source's trust away has just proven to get in without it.
It is done only when the source has been refused. Off unless ``[handover]`` asks for it. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.aws.read import trust_policy
from orgtools.exceptions import RefusedError
from orgtools.messages import Message
from orgtools.policies import Role, grant
from orgtools.policies.permissions import MEMBER, MEMBER_ROLE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.forward.place import PLACE
from orgtools.steps.forward.verify import VERIFY
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.aws.model import Entry
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """What placing looks at, and how each account can be entered."""
    return account_access.look(migration, accounts, PLACE.observe(migration, accounts))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Take the source out of the role's trust policy where the account is verified and the destination gets in."""
    account_id = account.account_id
    if not snapshot.settings.handover.revoke:
        return Done(account_id, Message("handover-not-asked"))
    if account_id not in snapshot.destination.accounts:
        return Wait(account_id, Message("arrive-first"))
    verified = VERIFY.decide(account, snapshot)
    if not isinstance(verified, Done):
        return Wait(account_id, Message("revoke-unverified", why=verified.why))
    entry = account_access.entry_of(account_id, snapshot)
    if isinstance(entry, NotLooked):
        return Blocked(account_id, Message("revoke-unseen"))
    if entry.destination is None:
        return Blocked(account_id, Message("role-unchecked", role=entry.role, then=entry.unknown))
    if not entry.destination:
        granted = grant("sts:AssumeRole", "caller-in-destination", Role.destination_operator)
        return Blocked(account_id, Message("revoke-destination-shut", role=entry.role, then=granted))
    if entry.trust is None:
        return Blocked(account_id, Message("trust-unread", role=entry.role, then=entry.unknown))
    return _edit(account_id, entry, entry.trust, snapshot)


def _edit(account_id: str, entry: Entry, held: str, snapshot: Snapshot) -> Decision:
    parting, staying = (side.identity.management_account_id for side in (snapshot.source, snapshot.destination))
    wanted = trust_policy.without(held, parting)
    if wanted == held:
        return _proven(account_id, entry, held, parting)
    if not (trust_policy.names(wanted, staying) or trust_policy.lets_anybody_in(wanted)):
        nobody = Message("revoke-nobody-left", role=entry.role, account=parting, management_account=staying)
        return Blocked(account_id, nobody)
    words = Message("revoke-call", role=entry.role, management_account=parting)
    parameters = {"RoleName": entry.role, "PolicyDocument": wanted}
    call = Call(account_access.UPDATE, "member-through-destination", parameters, words, "iam", held)
    return Do(account_id, Message("revoke-arrived", role=entry.role), (call,))


def _proven(account_id: str, entry: Entry, held: str, parting: str) -> Decision:
    """The trust policy does not name the source: done only where AWS refuses it, too."""
    if entry.source is False:
        return Done(account_id, Message("revoke-done", role=entry.role))
    if entry.source is None:
        return Blocked(account_id, Message("revoke-source-unchecked", role=entry.role, then=entry.unknown))
    if trust_policy.lets_anybody_in(held):
        return Blocked(account_id, Message("revoke-trusts-everybody", role=entry.role))
    still = Message("revoke-source-still-enters", role=entry.role, management_account=parting)
    return Blocked(account_id, still, effective=True)


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """A last look: the destination gets in, finds itself in the account of its own organization, and no edit is lost.

    Raises:
        RefusedError: one of the three is not so, or cannot be looked at.
        CredentialsError: AWS does not answer whether the destination can enter.
    """
    inside, home = migration.member(account_id, "destination"), migration.destination.identity.organization_id
    if not inside.can_enter():
        raise RefusedError(
            Message("revoke-cannot-enter", account=account_id, arn=inside.role_arn),
            code="DestinationCannotEnter",
            account_id=account_id,
        )
    if inside.organization_id() != home:
        raise RefusedError(
            Message("revoke-not-arrived", account=account_id, organization=home),
            code="NotArrived",
            account_id=account_id,
        )
    account_access.unchanged(migration, account_id, call, "destination")


REVOKE: Final = Step(
    name="revoke",
    notebook="85_revoke_access",
    decide=decide,
    observe=observe,
    precheck=precheck,
    needs=(
        may(MEMBER, "iam:GetRole", "iam:UpdateAssumeRolePolicy", on=MEMBER_ROLE),
        may(MEMBER, "organizations:DescribeOrganization"),
    ),
    needs_source=True,
    asked=lambda settings: settings.handover.revoke,
)
"""The step; see the module."""
