"""Verify: every planned account is where it should be, and nothing else moved. Changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.findings import Finding, Status
from orgtools.messages import free
from orgtools.steps.accept import ACCEPT
from orgtools.steps.decisions import Blocked, Decision, Do, Done, Wait
from orgtools.steps.invite import INVITE
from orgtools.steps.place import PLACE
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.plan import Plan, PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Done where placing would find nothing to do; otherwise which step is missing."""
    placed = PLACE.decide(account, snapshot)
    if isinstance(placed, Do):
        missing = " and ".join(str(call.words) for call in placed.calls)
        return Blocked(account.account_id, free(f"{placed.why}; missing: {missing}", "Open 60_place."))
    if isinstance(placed, Wait) and account.account_id in snapshot.destination.accounts:
        return Blocked(account.account_id, free(placed.why, "Open 60_place."))
    if isinstance(placed, Wait):
        where = "in the source" if account.account_id in snapshot.source.accounts else snapshot.outside
        held = INVITE.decide(account, snapshot)
        if isinstance(held, Wait):
            return Wait(account.account_id, free(f"is {where}: {held.why}"), held.until)
        if isinstance(held, Blocked):
            return Blocked(account.account_id, free(f"is {where}: {held.why}", held.next_step))
        accepted = ACCEPT.decide(account, snapshot) if isinstance(held, Done) else held
        if isinstance(accepted, Wait) and accepted.effective:
            return Wait(account.account_id, free(f"is {where}: {accepted.why}"), accepted.until)
        notebook = "50_accept" if isinstance(held, Done) else "30_invite"
        return Blocked(account.account_id, free(f"is {where}, {held.why}", f"Open {notebook}."))
    return placed


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
        words = f"was {_where(before, snapshot)} when the run began, is {_where(after, snapshot)} now"
        remedy = "This run did not do it: find out who did, in CloudTrail of both management accounts."
        found.append(Finding(account_id, "bystander", Status.WARN, free(words, remedy)))
    return found


def _where(place: tuple[str, str | None] | None, snapshot: Snapshot) -> str:
    return f"in the {place[0]}, {place[1]}" if place else snapshot.outside


_NOT_SEEN: Final = Finding(
    "",
    "bystander",
    Status.UNKNOWN,
    free("whether anything moved in the source was not looked at: it is not ours", "Ask whoever owns the source."),
)


VERIFY: Final = Step(
    name="verify",
    notebook="80_verify",
    decide=decide,
    observe=PLACE.observe,
)
"""The step; see the module."""
