"""The review of handshakes: a table that an auditor reads at a glance, and the choice of which to cancel or repeat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import HTML, display

from orgtools import steps
from orgtools.exceptions import InputError
from orgtools.html import piece
from orgtools.invitations.listing import FOREIGN, is_pending, rest
from orgtools.messages import Message
from orgtools.ui import tables
from orgtools.ui.picker import listed, selectable
from orgtools.ui.showing import say
from orgtools.ui.words import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping
    from typing import Any

    from orgtools.audit import Review
    from orgtools.migration import Migration

ACTIONS: Final = {"cancel": steps.CANCEL, "invite": steps.INVITE}
"""What can be done from the table, by the step's name."""

_LABELS: Final = {"cancel": Message("ui-invitations-cancel"), "invite": Message("ui-invitations-invite")}
_SHOWN: Final = ["account", "name", "state", "expires in", "wave", "sent (UTC)", "handshake"]


def show_handshakes(table: pd.DataFrame) -> None:
    """Show handshakes with what an auditor asks first; every column of the table itself is in the CSV of the audit.

    Args:
        table: rows of `orgtools.invitations.table`. Times are shown in words and in this machine's zone, with the UTC
            beside them.
    """
    if table.empty:
        say(Message("ui-handshakes-none"))
        return
    rows = [
        (
            f"{row['account']} {row['name']}".rstrip(),
            _stands(row),
            _who(row),
            _sent(row),
            _planned(row),
            _seen(row),
        )
        for row in table.to_dict("records")
    ]
    columns = ["account and name", "state and expiry", "invited by", "sent", "planned and run", "handshake, seen by"]
    display(HTML(tables.html(pd.DataFrame(rows, columns=columns), "handshakes")))  # type: ignore[no-untyped-call]


def _stands(row: Mapping[Hashable, Any]) -> Message:
    """The state, when a pending one expires, and the action where it is no invitation."""
    state, expires = str(row["state"]).lower(), row["expires (UTC)"]
    stands = Message("ui-handshake-state", state=state)
    if is_pending(row) and pd.isna(expires):
        stands = Message("ui-handshake-pending", state=state)
    elif is_pending(row):
        left = max(row["expires in"], timedelta(0))
        stands = Message("ui-handshake-pending-until", state=state, span=left, until=expires)
    return stands if row["action"] == "INVITE" else Message("ui-handshake-of", action=row["action"], why=stands)


def _who(row: Mapping[Hashable, Any]) -> Message:
    """The sender and its caller, the ARN without the account that the sender already names."""
    if row["invited by"] == FOREIGN:
        organization = row["organization"] or Message("ui-organization-unnamed")
        return Message(
            "ui-invited-by-stranger",
            organization=organization,
            account=row["inviter"] or Message("ui-account-unnamed"),
        )
    caller = row["caller"] or Message("ui-caller-unknown")
    named = caller if isinstance(caller, Message) else caller.split(":", 5)[-1]
    return Message("ui-invited-by", side=row["invited by"], caller=named)


def _sent(row: Mapping[Hashable, Any]) -> Message:
    sent, age = row["sent (UTC)"], row["age"]
    return Message("ui-unknown") if pd.isna(sent) else Message("ui-sent", age=max(age, timedelta(0)), at=sent)


def _planned(row: Mapping[Hashable, Any]) -> tuple[Message | str, ...]:
    """The wave, and what this run did with the handshake."""
    planned = Message("ui-wave", wave=row["wave"]) if row["wave"] else Message("ui-not-planned")
    return planned, *row["run"]


def _seen(row: Mapping[Hashable, Any]) -> tuple[Message | str, ...]:
    """The handshake, and who shows it: either organization, or the member account."""
    return row["handshake"], *(Message("ui-side", side=side) for side in row["seen by"])


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
            raise InputError(Message("ui-action-unknown", action=action, actions=list(ACTIONS)))
        self._named = tuple(account.account_id for account in migration.plan.select(accounts))
        sent = review.invitations
        ours = sent[(sent["invited by"] == "destination") & (sent["planned"] == "yes")][_SHOWN].copy()
        ours["expires in"] = pd.Series(map(rest, ours.to_dict("records")), ours.index, dtype="object")
        self._ids = [str(account_id) for account_id in ours["account"]]
        chosen = [row for row, account_id in enumerate(self._ids) if account_id in self._named]
        self._table = selectable(ours, chosen).add_class("orgtools-invitations")
        labels = [(words(said), name) for name, said in _LABELS.items()]
        self._action = widgets.Dropdown(options=labels, value=action, description=words(Message("ui-then"))).add_class(
            "orgtools-action"
        )
        self._line = widgets.HTML().add_class("orgtools-chosen")
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
        if chosen:
            said = words(Message("ui-chosen-for", step=self.step.name, count=len(chosen)))
            self._line.value = listed(said, chosen, bold=True)
        else:
            self._line.value = piece("bold", words(Message("ui-chosen-none", step=self.step.name)))
