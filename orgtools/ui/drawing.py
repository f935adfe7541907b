"""The record's charts in a notebook: how far the accounts are, how much room there is, both trees."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from IPython.display import HTML, display

if TYPE_CHECKING:
    from datetime import datetime

    from orgtools.budget import Budget
    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.record.outcomes import AccountOutcome
    from orgtools.record.picture import Unit

# A card of its own: what is drawn for light paper is read in every theme, and by every program that shows notebooks.
_CARD: Final = """<style>
.orgtools-charts {
  --paper: #fff; --quiet: #46505e; --chart-ink: #fff; --chart-1: #8a94a3; --chart-2: #b07a1e; --chart-3: #a0522d;
  --chart-4: #3a78b8; --chart-5: #2a7a4f;
  background: #fff; color: #1c2430; padding: .6em 1em; max-width: 62em; border-radius: 4px;
}
.orgtools-charts figure {margin: 0 0 1em;}
.orgtools-charts svg {width: 100%; height: auto; font-family: sans-serif;}
</style>"""


@dataclass(frozen=True)
class _Seen:
    """What charts are drawn of, seen with one look at both organizations."""

    plan: Plan
    taken_at: datetime
    units: tuple[Unit, ...]
    budget: Budget
    events: tuple[Event, ...]
    outcomes: tuple[AccountOutcome, ...]


def charts(migration: Migration) -> None:
    """Draw states over time, quota and invitation budget, and both trees before and after.

    Reads both organizations once; whether tags are set is not looked at. In words beside each drawing.
    """
    # matplotlib takes half a second to import, and most notebooks draw nothing.
    from orgtools.record import charts as drawn  # noqa: PLC0415
    from orgtools.record.outcomes import outcomes  # noqa: PLC0415
    from orgtools.record.picture import units  # noqa: PLC0415

    plan = migration.plan = migration.read_plan()
    snapshot, baseline = migration.observe(), migration.baseline()
    events = tuple(migration.ledger.events())
    accounts = tuple(replace(account, tags=()) for account in plan.accounts)
    seen = _Seen(
        plan=plan,
        taken_at=snapshot.taken_at,
        units=tuple(units(snapshot, baseline)),
        budget=snapshot.budget,
        events=events,
        outcomes=tuple(outcomes(accounts, snapshot, baseline, events)),
    )
    figures = "".join((drawn.states_over_time(seen), drawn.budget(seen), drawn.trees(seen)))
    display(HTML(f"{_CARD}<div class='orgtools-charts'>{figures}</div>"))  # type: ignore[no-untyped-call]
