"""The plan editor: choose accounts of the source, a unit and a wave, and write accounts.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from orgtools.aws.masking import mask_name
from orgtools.html import text
from orgtools.messages import Message
from orgtools.ui.picker import masked, selectable
from orgtools.ui.words import told, words

if TYPE_CHECKING:
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot

WRAP: Final = {"flex_flow": "row wrap"}
"""Controls side by side, on a second line where a small screen has no room."""
_OWN: Final = "own"
"""Instead of one unit for all: the unit of the replicated tree that is an account's own in the source."""
_WHOLE: Final = {"width": "auto", "flex": "0 0 auto"}
"""A button as wide as its words."""


class PlanEditor:
    """A table of the source's accounts, and the plan that accounts.csv holds.

    It writes the same file that a person would write by hand; the file is the plan, the widget is not.
    """

    def __init__(self, migration: Migration) -> None:
        """Read both organizations and show the source's member accounts."""
        self._migration = migration
        snapshot = migration.observe()
        self._source = snapshot.source
        # Of a source that is not ours, only the plan itself says which accounts there are.
        there = snapshot.source.accounts.keys() if snapshot.source.seen else migration.plan.by_id.keys()
        self._ids = sorted(there - {snapshot.source.identity.management_account_id})
        self._table = selectable(self._rows()).add_class("orgtools-source")
        self._below = migration.settings.place.replicate_below if snapshot.replica else ""
        self._ou = widgets.Dropdown(
            options=self._units(snapshot), description=words(Message("ui-unit-field")), layout={"width": "26em"}
        ).add_class("orgtools-ou")
        self._wave = widgets.BoundedIntText(
            value=1, min=1, max=9999, description=words(Message("ui-wave-field")), layout={"width": "12em"}
        ).add_class("orgtools-plan-wave")
        self._standalone = widgets.Checkbox(
            value=False, description=words(Message("ui-plan-stand-alone")), indent=False
        )
        add = widgets.Button(description=words(Message("ui-plan-add")), button_style="primary", layout=_WHOLE)
        add.add_class("orgtools-add").on_click(lambda _: self.assign())
        remove = widgets.Button(description=words(Message("ui-plan-remove")), layout=_WHOLE)
        remove.add_class("orgtools-remove").on_click(lambda _: self.remove())
        self._line = widgets.HTML().add_class("orgtools-said")
        controls = widgets.HBox([self._ou, self._wave, self._standalone, add, remove], layout=WRAP)
        display(widgets.VBox([self._table, controls, self._line]))  # type: ignore[no-untyped-call]

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of the accounts that are selected now."""
        return tuple(self._ids[row] for row in sorted(self._table.selected_rows))

    def assign(self) -> None:
        """Write the selected accounts into accounts.csv, with the unit and wave that are set."""
        plan, own = self._migration.read_plan(), self._ou.value == _OWN
        by_unit: dict[str, list[str]] = {}
        for account_id in self.value:
            by_unit.setdefault(self._own_unit(account_id) if own else self._ou.value, []).append(account_id)
        for unit, ids in by_unit.items():
            plan = plan.assign(ids, ou=unit, wave=self._wave.value, standalone=self._standalone.value)
        count, wave = len(self.value), self._wave.value
        if own:
            self._write(plan, Message("ui-plan-added-own", count=count, unit=self._below, wave=wave))
        else:
            self._write(plan, Message("ui-plan-added", count=count, unit=self._ou.value, wave=wave))

    def _own_unit(self, account_id: str) -> str:
        return f"{self._below.rstrip('/')}{self._source.path_of(account_id)}".rstrip("/") or "/"

    def _units(self, snapshot: Snapshot) -> list[tuple[str, str]]:
        """Units by path, those too that are still to be created; and where migration.toml says so, each its own."""
        there = {unit.path for unit in snapshot.destination.units.values()}
        own = [(words(Message("ui-unit-own", unit=self._below)), _OWN)] if self._below else []
        return own + [
            (mask_name(path if path in there else words(Message("ui-unit-to-come", unit=path))), path)
            for path in sorted(there | snapshot.coming)
        ]

    def remove(self) -> None:
        """Take the selected accounts out of accounts.csv."""
        removed = Message("ui-plan-removed", count=len(self.value))
        self._write(self._migration.read_plan().without(self.value), removed)

    def _write(self, plan: Plan, done: Message) -> None:
        plan.write(self._migration.folder / "accounts.csv")
        self._migration.plan = plan
        self._table.df = masked(self._rows())
        self._line.value = text(told(Message("ui-plan-written", then=done, count=len(plan.accounts))))

    def _rows(self) -> pd.DataFrame:
        planned = self._migration.plan.by_id
        rows = []
        for account_id in self._ids:
            account, plan = self._source.accounts.get(account_id), planned.get(account_id)
            name, state = (account.name, account.state) if account else ("", Message("ui-unknown"))
            where = self._source.path_of(account_id) or Message("ui-not-looked-at")
            rows.append((account_id, name, state, where, plan.ou if plan else "", plan.wave if plan else ""))
        return pd.DataFrame(rows, columns=["account", "name", "state", "in the source", "planned to", "wave"])
