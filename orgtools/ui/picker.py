"""The picker: which of the planned accounts a step looks at."""

from __future__ import annotations

from functools import cache
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import display
from itables.widget import ITable

from orgtools.assess import held, standings
from orgtools.aws.masking import mask_name
from orgtools.findings import worst
from orgtools.html import piece
from orgtools.messages import Message
from orgtools.steps import INVITE, LEAVE
from orgtools.ui import choices
from orgtools.ui.words import Writer, heading, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.findings import Finding
    from orgtools.html import Markup
    from orgtools.migration import Migration
    from orgtools.steps import Step

_FOLDED_ABOVE: Final = 40
_HOLDING: Final = (INVITE, LEAVE)
"""The steps that readiness decides about; the later ones finish what has begun."""
_PAGE: Final = 50
"""Rows that stand in the page at once: a browser needs many seconds to lay out thousands."""
_SORTS: Final = ("orderable", "orderableReverse", "orderableRemove")
"""What DataTables calls the ways of sorting that it tells screen readers of."""
_WRAPPED: Final = frozenset({"in the source", "is in", "name", "planned to", "tags", "to"})
"""Columns of names and paths, which go on in a second line: the table is not wider than a small screen."""


def _buttons() -> list[dict[str, Any]]:
    """What selects many rows at once; "all" are those that the filter shows, not what it hides."""
    every, none = words(Message("ui-select-all")), words(Message("ui-select-none"))
    return [
        {"extend": "selectAll", "selectorModifier": {"search": "applied"}, "text": every},
        {"extend": "selectNone", "text": none},
    ]


def _texts() -> dict[str, Any]:
    """What DataTables says itself; it puts its numbers in the place of the names with underscores."""
    return {
        "search": words(Message("ui-filter")),
        "searchPlaceholder": words(Message("ui-filter-hint")),
        "info": words(Message("ui-rows-page", row="_START_", rows="_END_", total="_TOTAL_")),
        "infoEmpty": words(Message("ui-rows-none")),
        "infoFiltered": words(Message("ui-rows-filtered", more="_MAX_")),
        "emptyTable": words(Message("ui-rows-none")),
        "zeroRecords": words(Message("ui-rows-none-found")),
        "aria": dict.fromkeys(_SORTS, words(Message("ui-rows-sort"))),
        "select": {
            "rows": {
                "_": words(Message("ui-rows-selected", count="%d")),
                "0": "",
                "1": words(Message("ui-rows-selected", count=1)),
            }
        },
    }


def masked(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a widget, whose state is in a file: in words, with headings, each text masked."""
    write, mask = Writer(), cache(mask_name)  # most columns say the same in many rows
    columns = {
        heading(str(name)): [held if isinstance(held, Real) else mask(write(held)) for held in table[name]]
        for name in table
    }
    return pd.DataFrame(columns, dtype=object)


def selectable(table: pd.DataFrame, selected: Iterable[int] = ()) -> ITable:
    """A table whose rows can be selected and filtered; its ``selected_rows`` are positions in the table."""
    return ITable(
        masked(table),
        select={"style": "multi"},  # a click adds or takes away; it never drops the others
        selected_rows=list(selected),
        buttons=_buttons(),
        layout={"topStart": "buttons", "topEnd": "search"} | ({} if len(table) > _PAGE else {"bottomEnd": None}),
        showIndex=False,
        maxBytes=0,
        language=_texts(),
        scrollY="22em",
        scrollCollapse=True,
        pageLength=_PAGE,
        classes=["display", "compact"],
        style="table-layout:auto;width:100%;font-size:92%;overflow-wrap:anywhere",
        columnDefs=[
            {"className": "dt-left dt-head-nowrap", "targets": "_all"},
            {"className": "dt-nowrap", "targets": [n for n, name in enumerate(table) if name not in _WRAPPED]},
        ],
    )


def wave_options(everything: Message, waves: Iterable[int]) -> list[tuple[str, int]]:
    """What a choice of waves offers: all of them, as 0, or one."""
    return [(words(everything), 0), *((words(Message("ui-wave", wave=number)), number) for number in waves)]


class Picker:
    """Accounts of the plan, chosen by wave and by row; the filter searches every column.

    A parameter of the notebook wins over the widget: with ``accounts`` or ``wave`` given, that is the choice, and the
    notebook runs without a person. Otherwise it is what was chosen here last, which the run folder keeps, and at first
    the whole plan.

    Attributes:
        value: the ids of the chosen accounts, in the order of the plan.
    """

    def __init__(
        self,
        migration: Migration,
        step: Step,
        *,
        wave: int | None = None,
        accounts: Iterable[str] = (),
        unnamed: bool = True,
    ) -> None:
        """Show the plan's accounts as the last observation knows them; no call is made.

        Args:
            migration: the run.
            step: the step that the accounts are chosen for; each has a choice of its own.
            wave: a wave's number: that is the choice.
            accounts: account ids: those are the choice.
            unnamed: whether all are chosen where nobody has chosen yet; otherwise none is.

        Raises:
            InputError: an account is not in the plan.
        """
        self._folder, self._name = migration.folder, step.name
        plan = migration.plan
        stand = standings(plan, migration.seen)
        self._held = held(stand, migration.seen).keys() if step in _HOLDING else frozenset()
        self._back = self._held
        self._ids = [account.account_id for account in plan.accounts]
        self._waves = [account.wave for account in plan.accounts]
        self._table = selectable(_rows(migration, stand), self._first(migration, wave, accounts, unnamed=unnamed))
        self._wave = widgets.Dropdown(
            options=wave_options(Message("ui-waves-all"), plan.waves),
            value=wave if wave in plan.waves else 0,
            description=words(Message("ui-wave-field")),
        ).add_class("orgtools-wave")
        self._line = widgets.HTML().add_class("orgtools-chosen")
        self._table.add_class("orgtools-accounts")
        self._wave.observe(lambda change: self._choose_wave(change["new"]), "value")
        self._table.observe(lambda _: self._changed(), "selected_rows")
        self._tell()
        display(widgets.VBox([self._wave, self._table, self._line]))  # type: ignore[no-untyped-call]

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of the chosen accounts, in the order of the plan."""
        return tuple(self._ids[row] for row in sorted(self._table.selected_rows))

    def _first(self, migration: Migration, wave: int | None, accounts: Iterable[str], *, unnamed: bool) -> list[int]:
        named = {account.account_id for account in migration.plan.select(accounts)}
        kept = None if named or wave else choices.load(self._folder, self._name)
        if kept is not None:
            self._back = self._held & set(kept)
            named = set(kept) - self._held
        elif not named:
            if wave:
                return [row for row, number in enumerate(self._waves) if number == wave]
            return self._rows_of(None) if unnamed else []
        return [row for row, account_id in enumerate(self._ids) if account_id in named]

    def _rows_of(self, wave: int | None) -> list[int]:
        """All of a wave but those that are blocked; a wave that a parameter names is taken whole, to show why."""
        chosen = [row for row, number in enumerate(self._waves) if not wave or wave == number]
        return [row for row in chosen if self._ids[row] not in self._held]

    def _choose_wave(self, wave: int | None) -> None:
        self._table.selected_rows = self._rows_of(wave)

    def _changed(self) -> None:
        # Those that are out for now are kept as chosen, so that they come back when they are cleared.
        choices.save(self._folder, self._name, [*self.value, *sorted(self._back - set(self.value))])
        self._tell()

    def _tell(self) -> None:
        chosen = self.value
        line = listed(words(Message("ui-chosen", count=len(chosen))), chosen, bold=True)
        held = self._held - set(chosen)
        out = [account_id for account_id in self._ids if account_id in held]
        if out:
            line += listed(words(Message("ui-left-out", count=len(out))), out)
        self._line.value = line


def listed(said: str, accounts: Sequence[str], *, bold: bool = False) -> Markup:
    """HTML with the accounts that it is about; many are folded away."""
    return piece("chosen", said, bold, ", ".join(accounts), len(accounts) > _FOLDED_ABOVE)


def _rows(migration: Migration, stand: Mapping[str, tuple[Finding, ...]]) -> pd.DataFrame:
    """One row for each planned account, in the order of the plan: what people look for when they choose."""
    seen = migration.seen
    nowhere = Message("place-neither" if seen.source.seen else "place-not-the-destination")
    rows = []
    for planned in migration.plan.accounts:
        account_id = planned.account_id
        account, where = None, nowhere
        for name, side in (("source", seen.source), ("destination", seen.destination)):
            if account_id in side.accounts:
                account = side.accounts[account_id]
                where = Message("place", side=name, unit=side.path_of(account_id))
        rows.append(
            (
                account_id,
                account.name if account else "",
                account.state if account else "",
                where,
                planned.ou,
                planned.wave,
                planned.path,
                worst(stand[account_id]) if account_id in seen.assessed.findings else Message("ui-not-assessed"),
                "; ".join(f"{key}={value}" for key, value in planned.tags),
            )
        )
    columns = ["account", "name", "state", "is in", "to", "wave", "path", "readiness", "tags"]
    return pd.DataFrame(rows, columns=columns)
