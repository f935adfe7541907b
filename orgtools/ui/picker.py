"""The picker: which of the planned accounts a step looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import display
from itables.widget import ITable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.migration import Migration

_ALL: Final = ("all waves", 0)
# "Select all" takes what the filter shows, not what it hides.
_BUTTONS: Final[list[dict[str, Any]]] = [
    {"extend": "selectAll", "selectorModifier": {"search": "applied"}, "text": "Select all shown"},
    {"extend": "selectNone", "text": "Select none"},
]


def selectable(table: pd.DataFrame, selected: Iterable[int] = ()) -> ITable:
    """A table whose rows can be selected and filtered; its ``selected_rows`` are positions in the table."""
    return ITable(
        table,
        select={"style": "multi"},  # a click adds or takes away; it never drops the others
        selected_rows=list(selected),
        buttons=_BUTTONS,
        layout={"topStart": "buttons", "topEnd": "search"},
        showIndex=False,
        maxBytes=0,
        scrollY="22em",
        paging=False,
        style="table-layout:auto;width:100%",
        columnDefs=[{"className": "dt-left", "targets": "_all"}],
    )


class Picker:
    """Accounts of the plan, chosen by wave and by row.

    A parameter of the notebook wins over the widget: with ``accounts`` or ``wave`` given, that is the choice, and the
    notebook runs without a person.

    Attributes:
        value: the ids of the chosen accounts, in the order of the plan.
    """

    def __init__(self, migration: Migration, *, wave: int | None = None, accounts: Iterable[str] = ()) -> None:
        """Show the plan's accounts; the wave, or the accounts, that the parameters name are chosen.

        Raises:
            InputError: an account is not in the plan.
        """
        plan = migration.plan
        self._ids = [account.account_id for account in plan.accounts]
        self._waves = [account.wave for account in plan.accounts]
        named = {account.account_id for account in plan.select(accounts)}
        table = pd.DataFrame(
            [(account.account_id, account.ou, account.wave, account.path) for account in plan.accounts],
            columns=["account", "to", "wave", "path"],
        )
        chosen = self._rows_of(wave) if not named else [row for row, name in enumerate(self._ids) if name in named]
        self._table = selectable(table, chosen)
        self._wave = widgets.Dropdown(
            options=[_ALL, *((f"wave {number}", number) for number in plan.waves)],
            value=wave if wave in plan.waves else 0,
            description="Wave",
        )
        self._line = widgets.HTML()
        self._wave.add_class("orgtools-wave")
        self._table.add_class("orgtools-accounts")
        self._line.add_class("orgtools-chosen")
        self._wave.observe(lambda change: self._choose_wave(change["new"]), "value")
        self._table.observe(lambda _: self._tell(), "selected_rows")
        self._tell()
        display(widgets.VBox([self._wave, self._table, self._line]))  # type: ignore[no-untyped-call]

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of the chosen accounts, in the order of the plan."""
        return tuple(self._ids[row] for row in sorted(self._table.selected_rows))

    def _rows_of(self, wave: int | None) -> list[int]:
        return [row for row, number in enumerate(self._waves) if not wave or wave == number]

    def _choose_wave(self, wave: int | None) -> None:
        self._table.selected_rows = self._rows_of(wave)

    def _tell(self) -> None:
        chosen = self.value
        self._line.value = f"<b>{len(chosen)} accounts chosen</b>" + (f": {', '.join(chosen)}" if chosen else "")
