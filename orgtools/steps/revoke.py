"""Revoke: the role in each account ceases to trust the source, once the account has arrived.

Entered through the destination, so that whoever takes the source's trust away has just proven to get in without it.
It is done only when the source has been refused. Off unless ``[handover]`` asks for it. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.aws import trust
from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.policies import Role, grant
from orgtools.steps import entries
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step
from orgtools.steps.verify import VERIFY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.aws.model import Entry
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """What verifying looks at, and how each account can be entered."""
    return entries.look(migration, accounts, VERIFY.observe(migration, accounts))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Take the source out of the role's trust policy where the account is verified and the destination gets in."""
    account_id = account.account_id
    if not snapshot.handover.revoke:
        return Done(account_id, free("migration.toml does not ask for it"))
    if account_id not in snapshot.destination.accounts:
        return Wait(account_id, free("is not in the destination yet: 50_accept comes first"))
    verified = VERIFY.decide(account, snapshot)
    if not isinstance(verified, Done):
        return Wait(
            account_id, free(f"{verified.why}: the source keeps its access until 80_verify finds the account right")
        )
    entry = snapshot.entries.get(account_id)
    if entry is None or entry.destination is None:
        return Blocked(
            account_id, free("could not look who can enter it", entry.unknown if entry else "Preview again.")
        )
    if not entry.destination:
        return Blocked(
            account_id,
            free(
                f"the destination cannot assume {entry.role}: the source keeps its access",
                "Open 38_prepare_access. If the role trusts the destination already: "
                f"{grant('sts:AssumeRole', 'caller-in-destination', Role.destination_operator)}",
            ),
        )
    if entry.trust is None:
        return Blocked(account_id, free(f"could not read the trust policy of {entry.role}", entry.unknown))
    return _edit(account_id, entry, entry.trust, snapshot)


def _edit(account_id: str, entry: Entry, held: str, snapshot: Snapshot) -> Decision:
    parting, staying = (side.identity.management_account_id for side in (snapshot.source, snapshot.destination))
    wanted = trust.without(held, parting)
    if wanted == held:
        return _proven(account_id, entry, held, parting)
    if not (trust.names(wanted, staying) or trust.lets_anybody_in(wanted)):
        return Blocked(
            account_id,
            free(
                f"without account {parting} nobody would be left in the trust policy of {entry.role}",
                f"Let the role trust account {staying} by name, then preview again.",
            ),
        )
    words = f"take account {parting} out of the trust policy of {entry.role}; whoever else it names stays"
    parameters = {"RoleName": entry.role, "PolicyDocument": wanted}
    call = Call(entries.UPDATE, "member-through-destination", parameters, free(words), "iam", held)
    return Do(account_id, free(f"has arrived, and the destination can assume {entry.role}"), (call,))


def _proven(account_id: str, entry: Entry, held: str, parting: str) -> Decision:
    """The trust policy does not name the source: done only where AWS refuses it, too."""
    if entry.source is False:
        return Done(account_id, free(f"only the destination can assume {entry.role}; the source is refused"))
    if entry.source is None:
        return Blocked(account_id, free("could not look whether the source can still enter it", entry.unknown))
    if trust.lets_anybody_in(held):
        return Blocked(
            account_id,
            free(
                f"the trust policy of {entry.role} lets the source in by a statement for everybody (*)",
                "Narrow that statement in the account; orgtools edits only statements that name the source.",
            ),
        )
    return Blocked(
        account_id,
        free(
            f"the trust policy of {entry.role} does not name account {parting} any more, which can still assume it",
            "Preview again in some minutes: IAM may show a change late.",
        ),
        effective=True,
    )


def guard(migration: Migration, account_id: str, call: Call) -> None:
    """A last look: the destination gets in, finds itself in the account of its own organization, and no edit is lost.

    Raises:
        RefusedError: one of the three is not so, or cannot be looked at.
        CredentialsError: AWS does not answer whether the destination can enter.
    """
    inside, home = migration.member(account_id, "destination"), migration.destination.identity.organization_id
    if not inside.can_enter():
        raise RefusedError(
            f"Account {account_id}: the destination cannot assume {inside.role_arn}; the source keeps its access.",
            code="DestinationCannotEnter",
            account_id=account_id,
            next_step="Open 38_prepare_access.",
        )
    if inside.organization_id() != home:
        raise RefusedError(
            f"Account {account_id} says that it is not in {home}; the source keeps its access.",
            code="NotArrived",
            account_id=account_id,
            next_step="Preview again: AWS may show a change late.",
        )
    entries.unchanged(migration, account_id, call, "destination")


REVOKE: Final = Step(
    name="revoke",
    notebook="85_revoke_access",
    decide=decide,
    observe=observe,
    guard=guard,
)
"""The step; see the module."""
