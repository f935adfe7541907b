"""The review of handshakes: a table that an auditor reads at a glance, and the choice of which to cancel or repeat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, display

from orgtools import steps
from orgtools.exceptions import InputError
from orgtools.invitations.listing import FOREIGN
from orgtools.ui import tables
from orgtools.ui.picker import selectable
from orgtools.ui.showing import say
from orgtools.ui.times import moment
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from typing import Any

    from orgtools.audit import Review
    from orgtools.migration import Migration

ACTIONS: Final = {"cancel": steps.CANCEL, "invite": steps.INVITE}
"""What can be done from the table, by the step's name."""

# Six columns stand beside each other at 1280 pixels; the common least width would push the last ones out.
_STYLE: Final = """<style>
.orgtools-handshakes .orgtools-table td.prose {min-width: 7em;}
.orgtools-handshakes .orgtools-table th {white-space: normal;}
</style>"""
_LABELS: Final = (("cancel what is pending", "cancel"), ("invite again what is closed", "invite"))
_SHOWN: Final = ["account", "name", "state", "expires in", "wave", "sent (UTC)", "handshake"]


def show_handshakes(table: pd.DataFrame) -> None:
    """Show handshakes with what an auditor asks first; every column of the table itself is in the CSV of the audit.

    Args:
        table: rows of `orgtools.invitations.table`. Times are in words and in this machine's zone, with the UTC
            beside them.
    """
    if table.empty:
        say("None.")
        return
    rows = [
        (
            f"{row['account']} {row['name']}".rstrip(),
            _stands(row),
            _who(row),
            f"{row['age']} ago, {moment(row['sent (UTC)'])}",
            "; ".join(filter(None, (f"wave {row['wave']}" if row["wave"] else "not planned", row["run"]))),
            f"{row['handshake']} {row['seen by']}",
        )
        for row in table.to_dict("records")
    ]
    columns = ["account and name", "state and expiry", "invited by", "sent", "planned and run", "handshake, seen by"]
    narrow = tables.html(pd.DataFrame(rows, columns=columns))
    display(HTML(f"{_STYLE}<div class='orgtools-handshakes'>{narrow}</div>"))  # type: ignore[no-untyped-call]


def _stands(row: Mapping[Hashable, Any]) -> str:
    """The state, when a pending one expires, and the action where it is no invitation."""
    state = str(row["state"]).lower()
    if row["expires in"]:
        state += f", expires in {row['expires in']}, {moment(row['expires (UTC)'])}"
    return state if row["action"] == "INVITE" else f"{row['action']}: {state}"


def _who(row: Mapping[Hashable, Any]) -> str:
    """The sender and its caller, the ARN without the account that the sender already names."""
    caller = str(row["caller"])
    words = caller.split(":", 5)[-1] if caller.startswith("arn:") else caller
    if row["invited by"] == FOREIGN:
        return (
            f"not ours: {row['organization'] or 'an unnamed organization'} of {row['inviter'] or 'an unnamed account'}"
        )
    return f"{row['invited by']}, {words or 'caller unknown'}"


class InvitationPicker:
    """Chooses invitations of ours from the table; none is chosen until somebody does.

    Attributes:
        step: what would be done: `orgtools.steps.CANCEL` or `INVITE`.
        value: the ids of the accounts of the chosen invitations, in the order of the table, each once.
    """

    def __init__(
        self, migration: Migration, review: Review, *, action: str = "cancel", accounts: Iterable[str] = ()
    ) -> None:
        """Show the invitations that the destination sent to planned accounts.

        Args:
            migration: the run.
            review: what was seen.
            action: "cancel" or "invite".
            accounts: ids whose invitations are chosen from the beginning, for runs without a person.

        Raises:
            InputError: the action is another, or an account is not in the plan.
        """
        if action not in ACTIONS:
            raise InputError(f"There is no action {action!r} here.", next_step=f"Name one of {', '.join(ACTIONS)}.")
        self._named = tuple(account.account_id for account in migration.plan.select(accounts))
        sent = review.invitations
        ours = sent[(sent["invited by"] == "destination") & (sent["planned"] == "yes")][_SHOWN].copy()
        self._ids = [str(account_id) for account_id in ours["account"]]
        ours["sent (UTC)"] = [moment(at) for at in ours["sent (UTC)"]]
        ours = ours.rename(columns={"sent (UTC)": "sent"})
        chosen = [row for row, account_id in enumerate(self._ids) if account_id in self._named]
        self._table = selectable(ours, chosen)
        self._action = widgets.Dropdown(options=_LABELS, value=action, description="Then")
        self._line = widgets.HTML()
        self._table.add_class("orgtools-invitations")
        self._action.add_class("orgtools-action")
        self._line.add_class("orgtools-chosen")
        self._table.observe(lambda _: self._tell(), "selected_rows")
        self._action.observe(lambda _: self._tell(), "value")
        self._tell()
        display(widgets.VBox([self._table, self._action, self._line]))  # type: ignore[no-untyped-call]

    @property
    def step(self) -> steps.Step:
        """What would be done with the chosen ones."""
        return ACTIONS[self._action.value]

    @property
    def value(self) -> tuple[str, ...]:
        """The ids of the chosen accounts; with `accounts` given, also those that have no invitation."""
        rows = [self._ids[row] for row in sorted(self._table.selected_rows)]
        unlisted = [account_id for account_id in self._named if account_id not in self._ids]
        return tuple(dict.fromkeys([*rows, *unlisted]))

    def _tell(self) -> None:
        chosen = self.value
        listed = f": {', '.join(chosen)}" if chosen else "; nothing will be done"
        self._line.value = f"<b>{self.step.name}: {many(len(chosen), 'account')} chosen</b>{listed}"
