"""Accounts that this run left stand-alone: in no organization, and so first on every board until that is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.findings import Finding, Status
from orgtools.ledger import Kind
from orgtools.steps.accept import ACCEPT
from orgtools.steps.decisions import Blocked, Do, Wait

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.ledger import Event
    from orgtools.migration import Snapshot
    from orgtools.plan import PlannedAccount


def stand_alone(accounts: Iterable[PlannedAccount], snapshot: Snapshot, events: Iterable[Event]) -> tuple[Finding, ...]:
    """Who is in no organization although this run is not done with it, and what to do now.

    Args:
        accounts: of the plan.
        snapshot: both organizations.
        events: the ledger's; what AWS said last to an account that it did not let in is told from it.

    Returns:
        A blocking finding for each such account; none where every account is settled.
    """
    alone = [
        account
        for account in accounts
        if account.account_id in snapshot.left
        and account.account_id not in snapshot.source.accounts
        and account.account_id not in snapshot.destination.accounts
    ]
    if not alone:
        return ()
    answers = {event.account_id: event for event in events if event.kind is Kind.OUTCOME and event.step == ACCEPT.name}
    return tuple(_finding(account, snapshot, answers.get(account.account_id)) for account in alone)


def _finding(account: PlannedAccount, snapshot: Snapshot, answer: Event | None) -> Finding:
    refused = answer.data.get("refused") if answer else None
    words = "is stand-alone: it has left the source and is in no organization"
    if answer is not None and refused:
        words += f"; its last try to accept failed with {refused}"
    decision = ACCEPT.decide(account, snapshot)
    first = str(answer.data.get("next_step", "")) if answer is not None and refused else ""
    match decision:
        case Do():
            onward = f"Open {ACCEPT.notebook}: its {decision.why}."
        case Wait():
            onward = f"Go on: {decision.why}."
        case Blocked():
            onward = decision.next_step
        case _:
            onward = "Look again: AWS shows two things at once."
    remedy = " ".join(filter(None, (first, onward, "Or let the source take it back: open 87_way_back.")))
    return Finding(account.account_id, "stand-alone", Status.BLOCK, words, remedy)
