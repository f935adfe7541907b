"""The state board: every planned account and every step, rebuilt from AWS and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from orgtools import steps
from orgtools.assess import held, standings
from orgtools.ui import tables
from orgtools.ui.showing import say, show, tell_held

if TYPE_CHECKING:
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.settings import HandoverSettings

_MOVE = (steps.INVITE, steps.LEAVE, steps.ACCEPT, steps.PLACE)


def board(migration: Migration) -> None:
    """Show all accounts x steps as AWS shows them now, and name the next notebook to open.

    Reads both organizations once; kernel variables and earlier outputs play no part.
    """
    plan = migration.plan = migration.read_plan()
    on_board = _on_board(migration.settings.handover)
    snapshot = steps.REVOKE.observe(migration, plan.accounts)
    decided = {
        step.name: {account.account_id: step.decide(account, snapshot) for account in plan.accounts}
        for step in on_board
    }
    arrived = sum(isinstance(decision, steps.Done) for decision in decided["place"].values())
    for finding in steps.stand_alone(plan.accounts, snapshot, migration.ledger.events()):
        say(f"Account {finding.account_id} {finding.evidence}.", small=finding.remedy)
    say(f"{migration.settings.name}: {arrived} of {len(plan.accounts)} accounts are in place.", small=_next(decided))
    tell_held(held(standings(plan, snapshot), snapshot))
    rows = [
        (
            account.account_id,
            account.wave,
            account.ou,
            *(_mark(step, account, decided[step.name][account.account_id]) for step in on_board),
            _remark([decided[step.name][account.account_id] for step in on_board]),
        )
        for account in plan.accounts
    ]
    show(pd.DataFrame(rows, columns=["account", "wave", "to", *(step.name for step in on_board), "where it stands"]))


def _on_board(handover: HandoverSettings) -> tuple[steps.Step, ...]:
    """The steps that have a column, in order: those of the move, and those of the hand-over that are asked for."""
    asked = (*_MOVE, *((steps.PREPARE,) if handover.prepare else ()), *((steps.REVOKE,) if handover.revoke else ()))
    return tuple(step for step in steps.ALL if step in asked)


def _mark(step: steps.Step, account: PlannedAccount, decision: steps.Decision) -> str:
    """The decision in one word; a direct transfer has nothing to leave."""
    return "-" if step is steps.LEAVE and account.path == "direct" else tables.MARKS[type(decision)]


def _remark(decided: list[steps.Decision]) -> str:
    """Why the account is not further: the first step that is not done; or where it has arrived."""
    return next((decision.why for decision in decided if not isinstance(decision, steps.Done)), decided[-1].why)


def _next(decided: dict[str, dict[str, steps.Decision]]) -> str:
    """The next notebook: the first step that has something to do now."""
    unassessed = any("not assessed" in decision.why for decision in decided["invite"].values())
    if unassessed:
        return "Next: open 10_assess; some accounts were not assessed yet."
    for step in (step for step in steps.ALL if step.name in decided):
        waiting = sum(isinstance(decision, steps.Do) for decision in decided[step.name].values())
        if waiting:
            return f"Next: open {step.notebook}; {waiting} accounts wait there."
    return "Next: open 80_verify, then 90_record."
