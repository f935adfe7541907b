"""Leave: an account goes out of the source, on the stand-alone path only.

The source's management account removes it, or the account itself leaves: ``[leave]`` in migration.toml says which.
Where the source is not ours, the account itself does, or its owner by hand. One that is in no organization already has
nothing to leave.
Off unless accounts.csv says ``standalone`` for the account. In between it belongs to no organization, so it is taken
out only when its invitation waits. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html and
https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.assess import CATALOGUE, standing
from orgtools.aws.model import Identity
from orgtools.aws.partial import without_one
from orgtools.exceptions import RefusedError
from orgtools.findings import Verdict, obstacles
from orgtools.messages import Message
from orgtools.policies.permissions import ACCOUNTS, SOURCE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.shared import account_access, losses

if TYPE_CHECKING:
    from orgtools.aws.read.member import Member
    from orgtools.findings import Finding
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Remove from the source where the plan asks for it and an invitation of the destination waits."""
    account_id = account.account_id
    if account_id in snapshot.destination.accounts:
        return Done(account_id, Message("is-member"))
    if account.path != "standalone":
        return Done(account_id, Message("leave-not-needed"))
    if snapshot.is_alone(account_id):
        return Done(account_id, Message("leave-done"))
    if snapshot.source.seen and account_id not in snapshot.source.accounts:
        return Blocked(account_id, Message("leave-not-in-source"))
    if not snapshot.source.seen and isinstance(snapshot.whereabouts(account_id), NotLooked):
        return _out_of_sight(account_id, snapshot)
    if account_id not in snapshot.assessed.findings:
        return Blocked(account_id, Message("not-assessed"))
    against = [finding for finding in standing(account, snapshot) if _stands_against(finding, snapshot)]
    if against:
        return Blocked(account_id, obstacles(against))
    if snapshot.destination.pending_invitation_to(account_id) is None:
        return Wait(account_id, Message("leave-invite-first"))
    unready = _signed_in(account_id, snapshot) or account_access.unprepared(account_id, snapshot)
    unready = unready or losses.unkept(account_id, snapshot)
    if unready:
        return unready
    return Do(account_id, Message("leave-planned"), (_call(account_id, snapshot),))


def _signed_in(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """A session of the source's Identity Center is no way in any more once the account is out."""
    if not account_access.by_a_session(account_id, snapshot):
        return None
    side = "either" if snapshot.source.seen else "destination"
    return Blocked(account_id, Message("leave-session-ends", whom=side))


def _out_of_sight(account_id: str, snapshot: Snapshot) -> Decision:
    """The source is not ours, and the account does not say where it is: its owner takes it out, or nobody."""
    if snapshot.settings.access.by_its_owner(account_id):
        return Wait(account_id, Message("leave-by-owner"))
    return Blocked(account_id, Message("leave-organization-unknown"))


def _call(account_id: str, snapshot: Snapshot) -> Call:
    organization_id = snapshot.source.identity.organization_id
    told = snapshot.whereabouts(account_id)
    if isinstance(told, Identity):
        # Of an organization that is not ours, what is consented to is leaving exactly that one.
        where = told.organization_id
        return Call("LeaveOrganization", "member", {}, Message("leave-call", organization=where), former=where)
    if snapshot.settings.leave.of(account_id) == "member":
        return Call("LeaveOrganization", "member", {}, Message("leave-call", organization=organization_id))
    words = Message("leave-call-remove", organization=organization_id)
    return Call("RemoveAccountFromOrganization", "source", {"AccountId": account_id}, words)


def _stands_against(finding: Finding, snapshot: Snapshot) -> bool:
    """What blocks; and what nobody could see of whether AWS lets the account go and whether we can enter it.

    What only a source could tell that is not ours AWS itself says when the account is to leave: it stays if not. Else
    unknown is as bad as blocked: a stand-alone account that nobody can enter is out of reach. What else could
    not be looked at (a queue's policy, say) is no worse for a stand-alone account than for one that moves directly.
    """
    if finding.status is Verdict.UNKNOWN:
        check = CATALOGUE.get(finding.check)
        if check is not None and check.needs_source and not snapshot.source.seen:
            return False
        return check is None or check.subject in ("access", "eligibility")
    return finding.status is Verdict.BLOCK


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """An account that leaves by itself is still in the source: the source can remove nobody else's, but it can.

    Raises:
        RefusedError: it is not; it stays where it is.
    """
    if call.operation == "LeaveOrganization":
        still_in(migration.member(account_id), call.former or migration.source.identity.organization_id)


def still_in(inside: Member, organization_id: str) -> None:
    """Ask the member where it is: LeaveOrganization takes an account out of whatever organization that is.

    Raises:
        RefusedError: it is not in that organization, or cannot be asked.
    """
    if inside.organization_id() != organization_id:
        raise RefusedError(
            Message("leave-not-there", account=inside.account_id, organization=organization_id),
            code="NotThere",
            account_id=inside.account_id,
        )


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """The account is in no organization."""
    account_id, source = account.account_id, snapshot.source
    return replace(
        snapshot,
        source=replace(source, accounts=without_one(source.accounts, account_id)),
        history=replace(snapshot.history, left=snapshot.history.left | {account_id}),
        told={**snapshot.told, account_id: None},
    )


LEAVE: Final = Step(
    name="leave",
    notebook="40_leave",
    decide=decide,
    observe=account_access.observe,
    precheck=precheck,
    imagine=imagine,
    needs=(may(SOURCE, "organizations:RemoveAccountFromOrganization", on=ACCOUNTS),),
)
"""The step; see the module."""
