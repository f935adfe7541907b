"""Stand-alone accounts of the plan: in no organization, and so first on every board until that is settled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.back.return_home import ACCEPT_BACK, LEAVE_BACK
from orgtools.steps.core.decisions import Blocked, Do, Wait
from orgtools.steps.forward.accept import ACCEPT
from orgtools.steps.forward.invite import INVITE
from orgtools.steps.forward.leave import LEAVE
from orgtools.steps.shared.account_access import Entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def stand_alone(accounts: Iterable[PlannedAccount], snapshot: Snapshot, events: Iterable[Event]) -> tuple[Finding, ...]:
    """Who is in no organization: this run took it out, or the account says so itself; and what to do now.

    Args:
        accounts: of the plan.
        snapshot: both organizations.
        events: the ledger's; what AWS said last to an account that it did not let in is told from it.

    Returns:
        A blocking finding for each such account; none where every account is settled.
    """
    alone = [account for account in accounts if snapshot.is_alone(account.account_id)]
    snapshot = snapshot.without_looking(Entries)  # unless whoever observed tried how accounts are entered
    if not alone:
        return ()
    answers: dict[str, Event] = {}
    for event in events:
        if event.kind is Kind.INTENDED and event.step in (LEAVE.name, LEAVE_BACK.name):
            answers.pop(event.account_id, None)  # what it was told before it left
        elif event.kind is Kind.OUTCOME and event.step in (ACCEPT.name, ACCEPT_BACK.name):
            answers[event.account_id] = event
    return tuple(_finding(account, snapshot, answers.get(account.account_id)) for account in alone)


def find_stand_alone(migration: Migration, snapshot: Snapshot) -> tuple[Finding, ...]:
    """The same of all accounts of the plan.

    Where nobody sees the source, the accounts outside the destination are asked where they are, as far as this run
    enters them.
    """
    if not snapshot.source.seen:
        outside = snapshot.planned - snapshot.destination.accounts.keys()
        asked = migration.whereabouts(one for one in sorted(outside) if not snapshot.settings.access.by_its_owner(one))
        snapshot = replace(snapshot, told={**snapshot.told, **asked})
    return stand_alone(migration.plan.accounts, snapshot, migration.ledger.events())


def going_back(account_id: str, snapshot: Snapshot) -> Message:
    """What to do with a stand-alone account that is on its way back to the source; and how it would go on instead."""
    waits = snapshot.destination.pending_invitation_to(account_id)
    onward = (ACCEPT if waits else INVITE).notebook
    return Message("alone-going-back", notebook=onward)


def _finding(account: PlannedAccount, snapshot: Snapshot, answer: Event | None) -> Finding:
    refused = answer.data.get("refused") if answer else None
    returning = account.account_id in snapshot.history.returning
    if account.account_id not in snapshot.history.left:
        left = Message("alone-as-it-reports")
    elif snapshot.source.seen or returning:
        left = Message("alone-out-of", side="destination" if returning else "source")
    else:
        left = Message("alone-out-of-theirs")
    there = going_back(account.account_id, snapshot) if returning else _onward(account, snapshot)
    evidence = Message("alone", why=left, then=there)
    if answer is not None and refused:
        why = Message.from_json(answer.data["why"])
        evidence = Message("alone-refused", why=left, reason=refused, finding=why, then=there)
    return Finding(account.account_id, "stand-alone", Verdict.BLOCK, evidence)


def _onward(account: PlannedAccount, snapshot: Snapshot) -> Message:
    decision = ACCEPT.decide(account, snapshot)
    match decision:
        case Do():
            onward = Message("alone-accepts", why=decision.why)
        case Wait():
            onward = Message("alone-waits", why=decision.why)
        case Blocked():
            onward = Message("alone-blocked", why=decision.why)
        case _:
            onward = Message("alone-unclear")
    if account.account_id not in snapshot.history.left:
        return onward
    return Message("alone-or-back" if snapshot.source.seen else "alone-or-ask", then=onward)
