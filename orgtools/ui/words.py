"""Facts as a notebook shows them: messages and states in words, times in the zone of whoever reads.

Tables hold facts until they are shown; here they become text, and their columns headings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Final

import pandas as pd

from orgtools import findings, messages, steps
from orgtools.messages import Message, known, things
from orgtools.ui.times import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Mark(Enum):
    """What a step decided for an account."""

    DO = auto()
    DONE = auto()
    WAIT = auto()
    BLOCKED = auto()
    UNSEEN = auto()
    """It waits, and nobody of this run can see whether there is anything to wait for."""
    NONE = auto()
    """The step does not concern it."""


class Calling(Enum):
    """What has become of an account's calls, while a step runs."""

    NOT_YET = auto()
    CALLED = auto()
    REFUSED = auto()
    """So far: it may be called again."""


class Passing(Enum):
    """Where an account is on one step of its way, while a wave runs."""

    AHEAD = auto()
    HERE = auto()
    PASSED = auto()


State = Mark | Calling | Passing | steps.Status | findings.Verdict
"""What a cell says in a word."""

SIGNS: Final[dict[State, str]] = {
    Mark.DO: "▶",
    Mark.DONE: "✓",
    Mark.WAIT: "…",
    Mark.BLOCKED: "✗",
    Mark.UNSEEN: "?",
    Mark.NONE: "-",
    Calling.NOT_YET: "·",
    Calling.CALLED: "→",
    Calling.REFUSED: "!",
    Passing.AHEAD: "·",
    Passing.HERE: "→",
    Passing.PASSED: "✓",
    steps.Status.CONFIRMED: "✓",
    steps.Status.UNCONFIRMED: "?",
    steps.Status.REFUSED: "✗",
    steps.Status.CHANGED: "≠",
    steps.Status.STOPPED: "~",
    steps.Status.NOT_STARTED: "-",
    findings.Verdict.OK: "✓",
    findings.Verdict.INFO: "i",
    findings.Verdict.WARN: "!",
    findings.Verdict.UNKNOWN: "?",
    findings.Verdict.BLOCK: "✗",
}
"""A state as one character, which needs no colour."""

WRAPPED: Final = frozenset(
    {
        "account and name",
        "account and unit",
        "accounts",
        "because",
        "check",
        "evidence",
        "handshake, seen by",
        "in words",
        "invited by",
        "next step",
        "planned and run",
        "question",
        "reason",
        "remedy",
        "request id",
        "sent",
        "state and expiry",
        "tags",
        "units",
        "what AWS shows",
        "what can be undone",
        "what cannot",
        "what follows",
        "where it stands",
    }
)
"""Columns that hold sentences: these wrap, all others stay on one line."""


@dataclass(frozen=True, slots=True)
class Then:
    """A cell that says what to do about something."""

    why: Message

    def __str__(self) -> str:
        """The next step of the message."""
        return then(self.why)


@dataclass(frozen=True, slots=True)
class Lines:
    """A cell of several things, each on a line of its own."""

    messages: tuple[Message, ...]

    def __str__(self) -> str:
        """The lines."""
        return "\n".join(map(words, self.messages))


words: Final = partial(messages.render, moment=moment)
"""What happened, as it stands inside a line."""
then: Final = partial(messages.next_step, moment=moment)
"""What the operator does then; empty where there is nothing to do."""
sentence: Final = partial(messages.sentence, moment=moment)
"""What happened, as a whole sentence."""
told: Final = partial(messages.told, moment=moment)
"""What happened as a whole sentence, then what to do."""


def label(state: State) -> str:
    """A state in a word, with its sign before it."""
    return f"{SIGNS[state]} {words(word(state))}"


def word(state: State) -> Message:
    """A state in a word."""
    name = state.name.lower().replace("_", "-")
    match state:
        case Mark():
            return Message(f"mark-{name}")
        case Calling():
            return Message(f"calling-{name}")
        case Passing():
            return Message(f"passing-{name}")
        case steps.Status():
            return Message(f"outcome-{name}")
        case _:
            return Message(f"status-{name}")


def cell(value: object) -> str:
    """What a cell of a table holds, in words."""
    if isinstance(value, Message):
        return words(value)
    if isinstance(value, Mark | Calling | Passing | steps.Status | findings.Verdict):
        return label(value)
    if value is None or value is pd.NaT:
        return ""
    return moment(value) if isinstance(value, datetime) else str(value)


class Writer:
    """Puts the cells of one table into words; what many of its rows say, once."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._written: dict[object, str] = {}

    def __call__(self, value: object) -> str:
        """What a cell holds, in words; of a tuple each thing."""
        if isinstance(value, tuple):
            return things(map(self, value))
        key: object = value
        if isinstance(value, Message):
            # Messages inside have few different hashes: thousands of them would be compared one by one.
            if any(isinstance(fact, Message | tuple) for fact in value.facts.values()):
                return cell(value)
            key = (value.code, *value.facts.items())
        elif not isinstance(value, Enum):
            return cell(value)
        if key not in self._written:
            self._written[key] = cell(value)
        return self._written[key]


def heading(column: str) -> str:
    """The heading of a column, if the catalogue has one; times are shown with their zone: it need not say UTC."""
    said = messages.heading(column.removesuffix(" (UTC)"))
    return words(said) if known(said.code) else column


def whom(account_id: str) -> str | Message:
    """Whom a finding or a question is about: an account, or both organizations."""
    return account_id or Message("both-organizations")


def some(accounts: Sequence[str], most: int) -> str:
    """The first of several accounts, and how many more there are."""
    shown = ", ".join(accounts[:most])
    rest = len(accounts) - most
    return words(Message("ui-accounts-and-more", accounts=shown, more=rest)) if rest > 0 else shown


def counted(counts: Iterable[tuple[State, int]]) -> Message:
    """How many there are of each state."""
    return Message(
        "ui-counts", states=[Message("ui-count", count=count, state=label(state)) for state, count in counts]
    )
