"""The wave editor: proposes waves, shows them with the room that each needs, and writes them when told to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ipywidgets as widgets
from IPython.display import display

from orgtools.exceptions import InputError
from orgtools.messages import next_step
from orgtools.ui import tables
from orgtools.ui.escaping import escape
from orgtools.ui.plan_editor import WRAP
from orgtools.ui.times import zoned
from orgtools.waves import Proposal, propose
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from orgtools.migration import Migration

_WAYS: Final = (
    ("by size, units together where they fit", "size"),
    ("by unit, one unit in a wave", "ou"),
    ("by quota, the invitations of 24 hours", "quota"),
)


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
        self._way = widgets.Dropdown(options=_WAYS, description="Propose", layout={"width": "26em"})
        self._size = widgets.BoundedIntText(value=50, min=1, max=9999, description="At most", layout={"width": "12em"})
        waves = migration.plan.waves
        divided = [("all accounts", 0), *((f"wave {number}", number) for number in waves)]
        self._wave = widgets.Dropdown(options=divided, value=0, description="Divide", layout={"width": "16em"})
        self._replace = widgets.Checkbox(value=False, description="replace waves that were made", indent=False)
        self._show = widgets.Button(description="Show", layout={"width": "auto"})
        self._write = widgets.Button(
            description="Write to accounts.csv", button_style="primary", disabled=True, layout={"width": "auto"}
        )
        self._said = widgets.HTML()
        for widget, name in (
            (self._way, "orgtools-way"),
            (self._size, "orgtools-size"),
            (self._wave, "orgtools-divide"),
            (self._replace, "orgtools-replace"),
            (self._show, "orgtools-propose"),
            (self._write, "orgtools-write"),
            (self._said, "orgtools-proposed"),
        ):
            widget.add_class(name)
        self._show.on_click(lambda _: self.show())
        self._write.on_click(lambda _: self.write())
        for control in (self._way, self._size, self._wave):  # what is written is what was shown
            control.observe(lambda _: self._forget(""), "value")
        chosen = widgets.HBox([self._way, self._size, self._wave, self._show], layout=WRAP)
        display(widgets.VBox([chosen, self._said, widgets.HBox([self._replace, self._write])]))  # type: ignore[no-untyped-call]

    def show(self) -> None:
        """Propose for accounts.csv as it is now, and show it; nothing is written."""
        snapshot = self._migration.seen
        destination = snapshot.destination
        try:
            plan = self._migration.read_plan()
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
            self._forget(str(error))
            return
        said = "".join(f"<div>{escape(zoned(sentence))}</div>" for sentence in self._sentences(self.proposal))
        self._said.value = f"{said}{tables.html(tables.proposal(self.proposal, snapshot))}"
        self._write.disabled = not self.proposal.changed

    def write(self) -> None:
        """Write what was shown, unless accounts.csv has changed since or waves would be replaced unasked."""
        proposal = self.proposal
        if proposal is None or self._migration.read_plan().digest != proposal.before.digest:
            self._forget("accounts.csv has changed since this was shown; nothing was written. Show it again.")
        elif proposal.replaced and not self._replace.value:
            waves = ", ".join(map(str, proposal.replaced))
            refused = (
                f"Nothing was written: accounts.csv has waves already, and {waves} would lose accounts. Tick "
                f"\u201c{self._replace.description}\u201d if you mean that, or divide one wave only."
            )
            self._said.value = f"<b>{refused}</b>{self._said.value}"
        else:
            proposal.plan.write(self._migration.folder / "accounts.csv")
            self._migration.plan = proposal.plan
            self._forget(f"accounts.csv now has {many(len(proposal.plan.waves), 'wave')}.")

    def _sentences(self, proposal: Proposal) -> list[str]:
        changed, kept = len(proposal.changed), len(proposal.kept)
        said = [f"{many(changed, 'account').capitalize()} would get another wave; nothing is written yet."]
        if proposal.replaced:
            said.append(f"Waves of accounts.csv that would lose accounts: {', '.join(map(str, proposal.replaced))}.")
        if kept:
            stays = f"{verb(kept, 'are')} invited or {verb(kept, 'have')} arrived, and {verb(kept, 'stay')} as planned"
            said.append(f"{many(kept, 'account')} {stays}.")
        if proposal.split:
            said.append(f"In several waves, because one cannot hold them: {', '.join(proposal.split)}.")
        return [*said, *(f"{remark} {next_step(remark)}".rstrip() for remark in proposal.remarks)]

    def _forget(self, said: str) -> None:
        self.proposal = None
        self._write.disabled = True
        self._said.value = f"<b>{escape(said)}</b>" if said else ""
