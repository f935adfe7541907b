"""The state board: every planned account and every step, rebuilt from AWS and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from orgtools import steps
from orgtools.assess import held, standings
from orgtools.messages import Message, things
from orgtools.ui.showing import note, say, show, tell_held, tell_unknown
from orgtools.ui.tables import mark
from orgtools.ui.words import SIGNS, Mark, label

if TYPE_CHECKING:
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def board(migration: Migration) -> None:
    """Show all accounts x steps that apply as AWS shows them now, and name the next notebook to open.

    Reads both organizations once; kernel variables and earlier outputs play no part.
    """
    plan = migration.plan = migration.read_plan()
    snapshot = steps.overview(migration, plan.accounts)
    changing = (step for step in steps.ALL if step.changes)  # verifying asks the same as placing
    on_board = steps.applying(changing, snapshot)
    if all(account.path == "direct" for account in plan.accounts):
        on_board = tuple(step for step in on_board if step is not steps.LEAVE)
    decided = {
        step.name: {account.account_id: step.decide(account, snapshot) for account in plan.accounts}
        for step in on_board
    }
    arrived = sum(isinstance(seen, steps.Done) for seen in decided["place"].values())
    for finding in steps.stand_alone(plan.accounts, snapshot, migration.ledger.events()):
        say(Message("ui-account", account=finding.account_id, why=finding.evidence))
    in_place = Message("ui-board", name=migration.settings.name, count=arrived, total=len(plan.accounts))
    say(in_place, small=_next(decided, snapshot))
    tell_unknown(snapshot)
    tell_held(held(standings(plan, snapshot), snapshot))
    rows = [
        (
            f"{account.account_id} {account.ou}",
            account.wave,
            *(_mark(step, account, decided[step.name][account.account_id]) for step in on_board),
            _remark([decided[step.name][account.account_id] for step in on_board]),
        )
        for account in plan.accounts
    ]
    show(pd.DataFrame(rows, columns=["account and unit", "wave", *(step.name for step in on_board), "where it stands"]))
    note(things(map(label, Mark)))


def _mark(step: steps.Step, account: PlannedAccount, decision: steps.Decision) -> str:
    """The decision as a sign, so that every step has room; a direct transfer has nothing to leave."""
    none = step is steps.LEAVE and account.path == "direct"
    return SIGNS[Mark.NONE if none else mark(decision)]


def _remark(decided: list[steps.Decision]) -> Message:
    """Why the account is not further: the first step that is not done; or where it has arrived."""
    return next((decision.why for decision in decided if not isinstance(decision, steps.Done)), decided[-1].why)


def _next(decided: dict[str, dict[str, steps.Decision]], snapshot: Snapshot) -> Message:
    """The next notebook: the first step that has something to do now, else one in which AWS is at work."""
    unassessed = any(decision.why.code == "not-assessed" for decision in decided["invite"].values())
    if unassessed:
        return Message("ui-next-assess")
    on_board = [step for step in steps.ALL if step.name in decided]
    for step in on_board:
        waiting = sum(_is_due(step, decision, snapshot) for decision in decided[step.name].values())
        if waiting:
            return Message("ui-next-due", notebook=step.notebook, count=waiting)
    for step in on_board:
        working = sum(isinstance(seen, steps.Wait) and seen.effective for seen in decided[step.name].values())
        if working:
            return Message("ui-next-wait", notebook=step.notebook, count=working)
    return Message("ui-next-verify")


def _is_due(step: steps.Step, decision: steps.Decision, snapshot: Snapshot) -> bool:
    """Whether its notebook has something to do; that of placing also creates units, for which arrived accounts wait."""
    lacks_its_unit = step is steps.PLACE and isinstance(decision, steps.Wait)
    return isinstance(decision, steps.Do) or (lacks_its_unit and decision.account_id in snapshot.destination.accounts)
