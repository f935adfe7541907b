"""Two short forms below an assessment: questions that no API answers, and risks that somebody accepts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from orgtools.assess import CATALOGUE, QUESTIONS, answer, asked, waivable, waive
from orgtools.exceptions import InputError, OrgtoolsError
from orgtools.findings import Status
from orgtools.ui import tables
from orgtools.ui.assessing import BOTH
from orgtools.ui.escaping import escape

if TYPE_CHECKING:
    from orgtools.migration import Migration

_WIDE: Final = {"width": "60em", "max_width": "100%"}
_MONTH: Final = timedelta(days=30)
_LABELS: Final = {"description_width": "7em"}


class _Form(ABC):
    """A table of what was said so far, some fields, a button and a line that says what came of it."""

    nothing = ""
    """What is said where nobody has said anything."""

    def __init__(self, migration: Migration, name: str, label: str, *fields: widgets.Widget) -> None:
        self._migration = migration
        self._said = widgets.HTML()
        self._line = widgets.HTML()
        self._by = widgets.Text(description="Your name", style=_LABELS, layout={"width": "24em"})
        self._button = widgets.Button(description=label, button_style="primary", layout={"width": "auto"})
        for widget, suffix in (
            (self._said, "said"),
            (self._by, "by"),
            (self._button, "note"),
            (self._line, "line"),
        ):
            widget.add_class(f"orgtools-{name}-{suffix}")
        self._button.on_click(lambda _: self._pressed())
        self._tell()
        controls = widgets.HBox([self._by, self._button], layout={"flex_flow": "row wrap"})
        display(widgets.VBox([self._said, *fields, controls, self._line]))  # type: ignore[no-untyped-call]

    @abstractmethod
    def note(self) -> str:
        """Note what the fields say in the ledger, and say so in a sentence."""

    @abstractmethod
    def said(self) -> pd.DataFrame:
        """What the ledger holds."""

    def _pressed(self) -> None:
        """An error in a callback would go to the log, where nobody looks: it is said here."""
        try:
            words = self.note()
        except OrgtoolsError as error:
            words = f"Nothing was noted. {error}"
        self._line.value = f"<b>{escape(words)}</b>"
        self._tell()

    def _tell(self) -> None:
        said = self.said()
        self._said.value = tables.html(said) if len(said) else f"<i>{self.nothing}</i>"


class Questions(_Form):
    """What no API answers: shows the answers of the ledger, and takes new ones. The newest counts."""

    nothing = "Nothing is asked."

    def __init__(self, migration: Migration) -> None:
        """Show what the plan asks; the ledger is read, no call is made."""
        options = [
            (f"{question.check}: {question.text} ({about or BOTH})", (question.check, about))
            for question, about in asked(migration.plan)
        ]
        self._question = widgets.Dropdown(options=options, description="Question", style=_LABELS, layout=_WIDE)
        self._answer = widgets.Dropdown(description="Answer", style=_LABELS, layout=_WIDE)
        self._question.add_class("orgtools-question")
        self._answer.add_class("orgtools-answer")
        self._question.observe(lambda change: self._offer(change["new"]), "value")
        self._offer(self._question.value)
        super().__init__(migration, "questions", "Note the answer", self._question, self._answer)

    def _offer(self, chosen: tuple[str, str]) -> None:
        """The answers of that question; none is chosen until somebody does."""
        question = QUESTIONS[chosen[0]]
        self._answer.options = [
            ("choose", ""),
            *((f"{said}: {question.meaning(said)}", said) for said in question.answers),
        ]
        self._answer.value = ""

    def note(self) -> str:
        """Note the chosen answer."""
        check, about = self._question.value
        if not self._answer.value:
            raise InputError("No answer is chosen.")
        event = answer(self._migration, check, self._answer.value, account_id=about, by=self._by.value)
        said = f"{event.data['answer']}, says {event.data['by']}"
        return f"Noted: {check} for {about or BOTH}: {said}. It counts from now on."

    def said(self) -> pd.DataFrame:
        """Columns: check, asked about, question, answer, by, at (UTC)."""
        given = self._migration.answers()
        rows: list[tuple[Any, ...]] = []
        for question, about in asked(self._migration.plan):
            told = given.get((about, question.check))
            last = (told.answer, told.by, f"{told.at:%Y-%m-%d %H:%M}") if told else ("? not answered", "", "")
            rows.append((question.check, about or BOTH, question.text, *last))
        return pd.DataFrame(rows, columns=["check", "asked about", "question", "answer", "by", "at (UTC)"])


class Waivers(_Form):
    """Accepted risks: shows those of the ledger, and takes new ones for what blocks an account and may be accepted."""

    nothing = "No risk has been accepted."

    def __init__(self, migration: Migration) -> None:
        """Offer what the newest assessment found; the ledger is read, no call is made."""
        assessed = migration.assessment()
        options: list[tuple[str, tuple[str, str] | None]] = [
            (f"{account.account_id}: {name} {CATALOGUE[name].title}", (account.account_id, name))
            for account in migration.plan.accounts
            for name in dict.fromkeys(
                found.check
                for found in assessed.get(account.account_id, ())
                if found.status is Status.BLOCK and waivable(found.check)
            )
        ]
        self._risk = widgets.Dropdown(
            options=options or [("nothing that blocks may be accepted", None)],
            description="Risk",
            style=_LABELS,
            layout=_WIDE,
        )
        self._reason = widgets.Text(description="Reason", style=_LABELS, layout=_WIDE)
        self._until = widgets.DatePicker(
            description="Until (UTC)", value=(migration.clock.now() + _MONTH).date(), style=_LABELS
        )
        self._risk.add_class("orgtools-risk")
        self._reason.add_class("orgtools-reason")
        self._until.add_class("orgtools-until")
        super().__init__(migration, "waivers", "Accept the risk", self._risk, self._reason, self._until)

    def note(self) -> str:
        """Note the waiver, until the end of the day that is set."""
        if self._risk.value is None:
            raise InputError("Nothing that blocks an account may be accepted.", next_step="Do what the remedies say.")
        account_id, check = self._risk.value
        end = self._until.value
        if not isinstance(end, date):
            raise InputError("A waiver needs an end.", next_step="Set the date until which the risk is accepted.")
        until = datetime.combine(end, time(23, 59, 59), UTC)
        event = waive(self._migration, account_id, check, reason=self._reason.value, until=until, by=self._by.value)
        return f"Noted: {event.data['by']} accepts {check} for account {account_id} until {until:%Y-%m-%d %H:%M} UTC."

    def said(self) -> pd.DataFrame:
        """Columns: account, check, reason, accepted by, until (UTC), holds."""
        now = self._migration.clock.now()
        rows = [
            (
                account_id,
                f"{check} {CATALOGUE[check].title}" if check in CATALOGUE else check,
                waiver.reason,
                waiver.by,
                f"{waiver.until:%Y-%m-%d %H:%M}",
                "yes" if waiver.until > now else "no, it has ended",
            )
            for (account_id, check), waiver in self._migration.waivers().items()
        ]
        return pd.DataFrame(rows, columns=["account", "check", "reason", "accepted by", "until (UTC)", "holds"])
