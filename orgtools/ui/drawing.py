"""The record's charts in a notebook: how far the accounts are, how much room there is, both trees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from orgtools import html
from orgtools.record.model.account_status import outcomes
from orgtools.record.model.run_data import units
from orgtools.record.render import charts as drawn

if TYPE_CHECKING:
    from orgtools.migration import Migration


def charts(migration: Migration) -> None:
    """Draw states over time, quota and invitation budget, and both trees before and after.

    Reads both organizations once; whether tags are set is not looked at. In words beside each drawing.
    """
    plan = migration.plan = migration.read_plan()
    snapshot, baseline = migration.observe(), migration.baseline()
    events = tuple(migration.ledger.events())
    accounts = tuple(replace(account, tags=()) for account in plan.accounts)
    found = outcomes(accounts, snapshot, baseline, events)
    figures = [
        drawn.states_over_time(plan, events, found, snapshot.taken_at),
        drawn.budget(snapshot.budget),
        drawn.trees(tuple(units(snapshot, baseline))),
    ]
    display(HTML(html.output(html.render("charts", charts=figures), live=False)))  # type: ignore[no-untyped-call]
