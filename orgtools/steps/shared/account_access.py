"""Who can enter each account: what preparing and revoking decide by, and what leaving and accepting wait for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from orgtools.aws.read import trust_policy
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.messages import Message
from orgtools.snapshot import NOT_LOOKED, NotLooked
from orgtools.steps.core.decisions import Blocked, Wait

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.aws.model import Entry
    from orgtools.aws.read.member import Member
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Call

Inside = Literal["member", "member-through-destination"]
"""By whom an arrived account is entered."""
UPDATE: Final = "UpdateAssumeRolePolicy"
"""The one call of both steps. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html"""
_RESERVED: Final = ":assumed-role/AWSReservedSSO_"
"""Of the role behind a permission set. https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html"""


@dataclass(frozen=True, slots=True)
class Entries:
    """How accounts can be entered just now: what steps look up that let somebody in or out.

    Attributes:
        by_account: by account id; accounts that are missing were not tried, see `entry_of`.
        sessions: accounts that a profile enters with a session of Identity Center.
    """

    by_account: Mapping[str, Entry]
    sessions: frozenset[str] | NotLooked = NOT_LOOKED


def entry_of(account_id: str, snapshot: Snapshot) -> Entry | NotLooked:
    """How an account can be entered, where a step tried."""
    entries = snapshot.looked(Entries)
    return entries if isinstance(entries, NotLooked) else entries.by_account.get(account_id, NOT_LOOKED)


def by_a_session(account_id: str, snapshot: Snapshot) -> bool:
    """Whether an account is known to be entered with a session of Identity Center, which ends with its membership.

    Where nobody tried, what migration.toml says is all that is known: the step itself tries before it calls.
    """
    entries = snapshot.looked(Entries)
    sessions = entries if isinstance(entries, NotLooked) else entries.sessions
    tried = not isinstance(sessions, NotLooked) and account_id in sessions
    return tried or snapshot.settings.access.of(account_id) == "identity-center"


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and how accounts can be entered for whom that decides: see `unprepared`."""
    about = [account.account_id for account in accounts]
    snapshot = migration.observe(about, asking=() if migration.source.seen else about)
    if snapshot.settings.handover.prepare:
        return look(migration, accounts, snapshot)
    here = [account.account_id for account in accounts if account.account_id not in snapshot.destination.accounts]
    sessions = frozenset(one for one in here if _is_a_session(migration, one))
    snapshot = snapshot.with_extra(Entries({}, sessions))
    signed_in = [account for account in accounts if by_a_session(account.account_id, snapshot)]
    return snapshot.with_extra(Entries(_tried(migration, signed_in, snapshot), sessions))


def _is_a_session(migration: Migration, account_id: str) -> bool:
    """Whether a profile enters an account with a permission set: its role's name begins as AWS reserves it.

    One that cannot be entered is none: what enters it says so, before the account is called.
    """
    try:
        return _RESERVED in migration.member(account_id).role_arn
    except (CredentialsError, RefusedError):
        return False


def look(
    migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot, *, asked: bool = False
) -> Snapshot:
    """Add how each account can be entered; nobody looks where neither ``[handover]`` nor ``asked`` asks for it."""
    if not (asked or snapshot.settings.handover.prepare):
        return snapshot.without_looking(Entries)
    return snapshot.with_extra(Entries(_tried(migration, accounts, snapshot)))


def _tried(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Mapping[str, Entry]:
    """Both sides assume the role in each account anew, and its trust policy is read: three calls for each."""

    def is_known(account_id: str) -> bool:
        source, destination = snapshot.source, snapshot.destination
        held = account_id in source.accounts or account_id in destination.accounts
        return held or not source.seen or snapshot.is_alone(account_id)

    those = [account.account_id for account in accounts if is_known(account.account_id)]
    with ThreadPoolExecutor(migration.settings.engine.workers, thread_name_prefix="entries") as pool:
        return dict(zip(those, pool.map(migration.entry, those), strict=True))


def unprepared(account_id: str, snapshot: Snapshot) -> Wait | Blocked | None:
    """What leaving and accepting wait for: that a side can enter the account when it has gone.

    The destination, if migration.toml asks for the hand-over; either, where a person's session of the source's Identity
    Center is the way in, because AWS ends that with the membership.
    """
    entry = entry_of(account_id, snapshot)
    if snapshot.settings.handover.prepare:
        if isinstance(entry, NotLooked):
            return Wait(account_id, Message("prepare-not-looked"))
        return None if entry.destination else Wait(account_id, Message("prepare-first"))
    if isinstance(entry, NotLooked):  # where a session is the way in, leaving and accepting try before they call
        return None
    if not by_a_session(account_id, snapshot) or entry.source or entry.destination:
        return None
    who = "either" if snapshot.source.seen else "destination"
    if entry.unknown:
        return Blocked(account_id, Message("session-only-unchecked", role=entry.role, whom=who, then=entry.unknown))
    return Blocked(account_id, Message("session-only", role=entry.role, whom=who))


def inside(migration: Migration, account_id: str) -> tuple[Inside, Member]:
    """An account that has arrived, entered by the destination; where it gets in nowhere, as the account accepted.

    A person's session of the source's Identity Center, or the source's trust, may have ended with the move.

    Raises:
        CredentialsError: AWS does not answer whether the destination can enter.
        InputError: the account is not in the plan.
    """
    through = migration.member(account_id, "destination")
    return ("member-through-destination", through) if through.can_enter() else ("member", migration.member(account_id))


def unchanged(migration: Migration, account_id: str, call: Call, through: Literal["source", "destination"]) -> None:
    """A last look at a trust policy: IAM replaces it whole, so nobody may have edited it since it was read.

    Raises:
        RefusedError: it is not what the call would replace, or it cannot be read.
    """
    if not trust_policy.same(migration.member(account_id, through).trust(), call.former):
        raise RefusedError(Message("trust-changed", account=account_id), code="TrustChanged", account_id=account_id)
