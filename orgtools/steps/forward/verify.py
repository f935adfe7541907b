"""Verify: every planned account is where it should be, and nothing else moved. Changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.steps.core.decisions import Blocked, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.forward import place
from orgtools.steps.forward.accept import ACCEPT
from orgtools.steps.forward.invite import INVITE
from orgtools.steps.forward.place import PLACE
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import Plan, PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Done where placing would find nothing to do; otherwise which step it waits for, or what blocks that."""
    placed = PLACE.decide(account, snapshot)
    if isinstance(placed, Do):
        missing = [call.words for call in placed.calls]
        return Wait(account.account_id, Message("verify-unplaced", why=placed.why, changes=missing))
    if isinstance(placed, Wait) and account.account_id in snapshot.destination.accounts:
        return Wait(account.account_id, Message("verify-place-next", why=placed.why))
    return _not_arrived(account, snapshot) if isinstance(placed, Wait) else placed


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """All of both organizations, because nothing else may have moved, and what placing adds; nobody is entered."""
    return place.look(migration, accounts, migration.observe()).without_looking(account_access.Entries)


def _not_arrived(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Which step is missing before the account is in the destination."""
    account_id, held = account.account_id, INVITE.decide(account, snapshot)
    if isinstance(held, Wait):
        return Wait(account_id, _away(account_id, snapshot, held.why), held.until)
    if isinstance(held, Blocked):
        return Blocked(account_id, _away(account_id, snapshot, held.why))
    accepted = ACCEPT.decide(account, snapshot) if isinstance(held, Done) else held
    if isinstance(accepted, Wait) and accepted.effective:
        return Wait(account_id, _away(account_id, snapshot, accepted.why), accepted.until)
    away = _away(account_id, snapshot, held.why)
    return Wait(account_id, Message("verify-accept-next" if isinstance(held, Done) else "verify-invite-next", why=away))


def _away(account_id: str, snapshot: Snapshot, why: Message) -> Message:
    """Where an account is that is not in the destination, and why."""
    if account_id in snapshot.source.accounts:
        return Message("verify-in-source", why=why)
    return Message("verify-in-neither" if snapshot.source.seen else "verify-not-in-destination", why=why)


def bystanders(plan: Plan, baseline: Mapping[str, tuple[str, str]], snapshot: Snapshot) -> list[Finding]:
    """What moved although the plan does not name it, since the run began.

    Args:
        plan: the plan; its accounts are left out here.
        baseline: where every account was when the run began, from `Migration.baseline`.
        snapshot: where every account is now.

    Returns:
        One warning for each account that joined, left or moved; empty if nothing else moved. Where the source is not
        ours, what moved there is unknown.
    """
    now = {
        account_id: (name, side.path_of(account_id))
        for name, side in (("source", snapshot.source), ("destination", snapshot.destination))
        for account_id in side.accounts
    }
    found = [] if snapshot.source.seen else [_NOT_SEEN]
    for account_id in sorted((baseline.keys() | now.keys()) - plan.by_id.keys()):
        before, after = baseline.get(account_id), now.get(account_id)
        if before == after:
            continue
        moved = Message("bystander-moved", before=_where(before, snapshot), after=_where(after, snapshot))
        found.append(Finding(account_id, "bystander", Verdict.WARN, moved))
    return found


def _where(place: tuple[str, str | None] | None, snapshot: Snapshot) -> Message:
    if place:
        return Message("bystander-in-source" if place[0] == "source" else "bystander-in-destination", unit=place[1])
    return Message("bystander-in-neither" if snapshot.source.seen else "bystander-not-in-destination")


_NOT_SEEN: Final = Finding(
    "",
    "bystander",
    Verdict.UNKNOWN,
    Message("bystanders-not-seen"),
)


VERIFY: Final = Step(
    name="verify",
    notebook="80_verify",
    decide=decide,
    observe=observe,
    changes=False,
)
"""The step; see the module."""
