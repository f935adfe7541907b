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
from orgtools.findings import Verdict
from orgtools.html import piece
from orgtools.messages import Message
from orgtools.ui import tables
from orgtools.ui.words import told, whom, words

if TYPE_CHECKING:
    from orgtools.migration import Migration

_WIDE: Final = {"width": "60em", "max_width": "100%"}
_MONTH: Final = timedelta(days=30)
_LABELS: Final = {"description_width": "7em"}


class _Form(ABC):
    """A table of what was said so far, some fields, a button and a line that says what came of it."""

    nothing: Message
    """What is said where nobody has said anything."""
    action: Message
    """What the button does."""

    def __init__(self, migration: Migration, name: str, *fields: widgets.Widget) -> None:
        self._migration = migration
        self._said = widgets.HTML().add_class(f"orgtools-{name}-said")
        self._line = widgets.HTML().add_class(f"orgtools-{name}-line")
        self._by = widgets.Text(description=words(Message("ui-your-name")), style=_LABELS, layout={"width": "24em"})
        self._button = widgets.Button(description=words(self.action), button_style="primary", layout={"width": "auto"})
        self._button.on_click(lambda _: self._pressed())
        self._tell()
        named = [self._by.add_class(f"orgtools-{name}-by"), self._button.add_class(f"orgtools-{name}-note")]
        controls = widgets.HBox(named, layout={"flex_flow": "row wrap"})
        display(widgets.VBox([self._said, *fields, controls, self._line]))  # type: ignore[no-untyped-call]

    @abstractmethod
    def note(self) -> Message:
        """Note what the fields say in the ledger, and say so."""

    @abstractmethod
    def said(self) -> pd.DataFrame:
        """What the ledger holds."""

    def _pressed(self) -> None:
        """An error in a callback would go to the log, where nobody looks: it is said here."""
        try:
            noted = self.note()
        except OrgtoolsError as error:
            noted = Message("ui-nothing-recorded", then=error.message)
        self._line.value = piece("bold", told(noted))
        self._tell()

    def _tell(self) -> None:
        said = self.said()
        self._said.value = tables.html(said) if len(said) else piece("nothing", words(self.nothing))


class Questions(_Form):
    """What no API answers: shows the answers of the ledger, and takes new ones. The newest counts."""

    nothing = Message("ui-questions-none")
    action = Message("ui-questions-record")

    def __init__(self, migration: Migration) -> None:
        """Show what the plan asks; the ledger is read, no call is made."""
        options = [
            (
                words(Message("ui-question", check=question.check, why=question.words, whom=whom(about))),
                (question.check, about),
            )
            for question, about in asked(migration.plan)
        ]
        self._question = widgets.Dropdown(
            options=options, description=words(Message("heading-question")), style=_LABELS, layout=_WIDE
        ).add_class("orgtools-question")
        self._answer = widgets.Dropdown(
            description=words(Message("heading-answer")), style=_LABELS, layout=_WIDE
        ).add_class("orgtools-answer")
        self._question.observe(lambda change: self._offer(change["new"]), "value")
        self._offer(self._question.value)
        super().__init__(migration, "questions", self._question, self._answer)

    def _offer(self, chosen: tuple[str, str]) -> None:
        """The answers of that question; none is chosen until somebody does."""
        question = QUESTIONS[chosen[0]]
        self._answer.options = [
            (words(Message("ui-choose")), ""),
            *(
                (words(Message("ui-answer", choice=said, why=question.meaning(said))), said)
                for said in question.answers
            ),
        ]
        self._answer.value = ""

    def note(self) -> Message:
        """Note the chosen answer in the ledger; returns what was noted.

        Raises:
            InputError: no answer is chosen, or it is none to that question.
        """
        check, about = self._question.value
        if not self._answer.value:
            raise InputError(Message("ui-answer-not-chosen"))
        event = answer(self._migration, check, self._answer.value, account_id=about, by=self._by.value)
        said, by = event.data["answer"], event.data["by"]
        return Message("ui-answer-recorded", check=check, whom=whom(about), choice=said, person=by)

    def said(self) -> pd.DataFrame:
        """One row for each question that the plan asks.

        Columns: check (id), asked about (account or organizations), question, answer, by, at (UTC; None if unanswered).
        """
        given = self._migration.answers()
        rows: list[tuple[Any, ...]] = []
        for question, about in asked(self._migration.plan):
            last = given.get((about, question.check))
            cells = (last.answer, last.by, last.at) if last else (Message("ui-answer-missing"), "", None)
            rows.append((question.check, whom(about), question.words, *cells))
        return pd.DataFrame(rows, columns=["check", "asked about", "question", "answer", "by", "at"], dtype=object)


class Waivers(_Form):
    """Accepted risks: shows those of the ledger, and takes new ones for what blocks an account and may be accepted."""

    nothing = Message("ui-waivers-none")
    action = Message("ui-waivers-record")

    def __init__(self, migration: Migration) -> None:
        """Offer what the newest assessment found; the ledger is read, no call is made."""
        assessed = migration.assessment()
        options: list[tuple[str, tuple[str, str] | None]] = [
            (
                words(Message("ui-waiver", account=account.account_id, check=name)),
                (account.account_id, name),
            )
            for account in migration.plan.accounts
            for name in dict.fromkeys(
                found.check
                for found in assessed.get(account.account_id, ())
                if found.status is Verdict.BLOCK and waivable(found.check)
            )
        ]
        self._risk = widgets.Dropdown(
            options=options or [(words(Message("ui-waiver-impossible")), None)],
            description=words(Message("ui-risk")),
            style=_LABELS,
            layout=_WIDE,
        ).add_class("orgtools-risk")
        self._reason = widgets.Text(
            description=words(Message("heading-reason")), style=_LABELS, layout=_WIDE
        ).add_class("orgtools-reason")
        self._until = widgets.DatePicker(
            description=words(Message("ui-until-utc")), value=(migration.clock.now() + _MONTH).date(), style=_LABELS
        ).add_class("orgtools-until")
        super().__init__(migration, "waivers", self._risk, self._reason, self._until)

    def note(self) -> Message:
        """Note the waiver in the ledger, until 23:59:59 UTC of the day that is set; returns what was noted.

        Raises:
            InputError: nothing can be accepted, there is no reason, or the end is missing or past.
        """
        if self._risk.value is None:
            raise InputError(Message("ui-waiver-impossible"))
        account_id, check = self._risk.value
        end = self._until.value
        if not isinstance(end, date):
            raise InputError(Message("waiver-without-end"))
        until = datetime.combine(end, time(23, 59, 59), UTC)
        event = waive(self._migration, account_id, check, reason=self._reason.value, until=until, by=self._by.value)
        by = event.data["by"]
        return Message("ui-waiver-recorded", person=by, check=check, account=account_id, until=until)

    def said(self) -> pd.DataFrame:
        """One row for each waiver of the ledger.

        Columns: account (id), check (id and title), reason, accepted by, until (UTC), holds (whether it still does).
        """
        now = self._migration.clock.now()
        rows = [
            (
                account_id,
                f"{check} {CATALOGUE[check].title}" if check in CATALOGUE else check,
                waiver.reason,
                waiver.by,
                waiver.until,
                Message("ui-waiver-holds" if waiver.until > now else "ui-waiver-ended"),
            )
            for (account_id, check), waiver in self._migration.waivers().items()
        ]
        return pd.DataFrame(rows, columns=["account", "check", "reason", "accepted by", "until", "holds"])
