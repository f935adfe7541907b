"""The wave editor: proposes waves, shows them with the room that each needs, and writes them when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
from IPython.display import display

from orgtools.exceptions import InputError
from orgtools.html import piece
from orgtools.messages import Message
from orgtools.ui import tables
from orgtools.ui.picker import wave_options
from orgtools.ui.plan_editor import WRAP
from orgtools.ui.words import told, words
from orgtools.waves import Proposal, propose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.migration import Migration

_WAYS: Final = {
    "size": Message("ui-waves-by-size"),
    "ou": Message("ui-waves-by-unit"),
    "quota": Message("ui-waves-by-quota"),
}


class WaveEditor:
    """Waves by size, unit or quota: shown first, written to accounts.csv only by a second click.

    Waves that somebody made are replaced only where that is ticked; accounts that are invited or have arrived keep
    theirs. What was written can be changed by hand, in the table above or in the file.

    Attributes:
        proposal: what was shown last, or None.
    """

    proposal: Proposal | None = None

    def __init__(self, migration: Migration) -> None:
        """Show the controls; the room is that of the newest observation, no call is made."""
        self._migration = migration
        ways = [(words(said), way) for way, said in _WAYS.items()]
        waves = wave_options(Message("ui-accounts-all"), migration.plan.waves)
        self._way = widgets.Dropdown(
            options=ways, description=words(Message("ui-waves-propose")), layout={"width": "30em"}
        ).add_class("orgtools-way")
        self._size = widgets.BoundedIntText(
            value=50, min=1, max=9999, description=words(Message("ui-waves-size")), layout={"width": "11em"}
        ).add_class("orgtools-size")
        self._wave = widgets.Dropdown(
            options=waves, value=0, description=words(Message("ui-waves-divide")), layout={"width": "18em"}
        ).add_class("orgtools-divide")
        self._replace = widgets.Checkbox(
            value=False, description=words(Message("ui-waves-replace")), indent=False
        ).add_class("orgtools-replace")
        show = widgets.Button(description=words(Message("ui-waves-show")), layout={"width": "auto"})
        show.add_class("orgtools-propose").on_click(lambda _: self.show())
        self._write = widgets.Button(
            description=words(Message("ui-waves-write")),
            button_style="primary",
            disabled=True,
            layout={"width": "auto"},
        ).add_class("orgtools-write")
        self._said = widgets.HTML().add_class("orgtools-proposed")
        self._write.on_click(lambda _: self.write())
        for control in (self._way, self._size, self._wave):  # what is written is what was shown
            control.observe(lambda _: self._forget(), "value")
        chosen = widgets.HBox([self._way, self._size, self._wave, show], layout=WRAP)
        display(widgets.VBox([chosen, self._said, widgets.HBox([self._replace, self._write])]))  # type: ignore[no-untyped-call]

    def show(self) -> None:
        """Propose for accounts.csv as it is now, and show it; nothing is written."""
        try:
            plan = self._migration.plan = self._migration.read_plan()
            snapshot = self._migration.seen  # of every account of the plan as it is now
            destination = snapshot.destination
            keep = {
                account_id
                for account_id in plan.by_id
                if account_id in destination.accounts or destination.pending_invitation_to(account_id)
            }
            self.proposal = propose(
                plan,
                self._way.value,
                size=self._size.value,
                budget=snapshot.budget,
                wave=self._wave.value or None,
                keep=keep,
            )
        except InputError as error:
            self._forget(error.message)
            return
        said = "".join(piece("line", told(one)) for one in _said_of(self.proposal))
        self._said.value = f"{said}{tables.html(tables.proposal(self.proposal, snapshot))}"
        self._write.disabled = not self.proposal.changed

    def write(self) -> None:
        """Write what was shown, unless accounts.csv has changed since or waves would be replaced unasked."""
        proposal = self.proposal
        if proposal is None or self._migration.read_plan().digest != proposal.before.digest:
            self._forget(Message("ui-waves-outdated"))
        elif proposal.replaced and not self._replace.value:
            choice = str(self._replace.description)
            refused = told(Message("ui-waves-not-replaced", waves=list(proposal.replaced), choice=choice))
            self._said.value = f"{piece('bold', refused)}{self._said.value}"
        else:
            proposal.plan.write(self._migration.folder / "accounts.csv")
            self._migration.plan = proposal.plan
            self._forget(Message("ui-waves-written", count=len(proposal.plan.waves)))

    def _forget(self, said: Message | None = None) -> None:
        self.proposal = None
        self._write.disabled = True
        self._said.value = piece("bold", told(said)) if said else ""


def _said_of(proposal: Proposal) -> Iterator[Message]:
    """What to know of a proposal before it is written."""
    yield Message("ui-waves-proposed", count=len(proposal.changed))
    if proposal.replaced:
        yield Message("ui-waves-replaced", waves=list(proposal.replaced))
    if proposal.kept:
        yield Message("ui-waves-kept", count=len(proposal.kept))
    if proposal.split:
        yield Message("ui-waves-split", units=list(proposal.split))
    yield from proposal.remarks
