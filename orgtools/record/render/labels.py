"""Labels of the page: columns with their headings, and states and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.html import Column, ColumnKind, Markup, piece
from orgtools.messages import Message, capital, heading, known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.findings import Verdict

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "waves": ("wave", "planned", "in-place", "on-the-way", "not-moved"),
    "units": ("organization", "unit", "start", "now", "difference"),
    "outcomes": ("account", "wave", "state", "why", "planned-unit", "start", "now", "handshake-and-request"),
    "consents": ("time", "by", "step", "typed", "accounts", "shown", "digest"),
    "timeline": ("number", "time", "step", "event", "account", "hash", "why"),
    "findings": ("account", "status", "check", "what-was-seen", "remedy"),
    "waivers": ("account", "check", "reason", "by", "at", "until"),
    "answers": ("account", "check", "question", "answer", "by", "at"),
    "handshakes": (
        *("account", "state", "age", "expires-in", "planned", "sent-by", "seen-by", "sent-utc", "action", "handshake"),
    ),
    "bystanders": ("account", "what-was-seen", "remedy"),
    "openings": ("opened", "by", "callers", "versions", "plan"),
}
"""The columns of each table of the page, by the table's id."""
_PROSE: Final = frozenset(
    {
        *("answer", "by", "callers", "check", "digest", "expires", "handshake-and-request", "planned", "planned-unit"),
        *("question", "reason", "remedy", "seen", "seen-by", "sent", "sent-by", "shown", "typed", "versions", "why"),
    }
)
"""Columns that hold sentences and lists, which wrap."""
_FIGURES: Final = frozenset({"waves", "units"})
"""Tables of figures; they are in every column but those that name a row."""
_NAMES: Final = frozenset({"organization", "unit", "wave"})
_PLACES: Final = frozenset({"start", "now"})
"""Where an account was and is; in a table of figures, how many were and are there."""


def columns(table: str) -> list[Column]:
    """The columns of a table."""
    return [Column(_heading(name), _kind(table, name)) for name in COLUMNS[table]]


def _heading(column: str) -> str:
    """Its own, else the one that it has in tables elsewhere."""
    own = Message(f"record-column-{column}")
    return capital(own if known(own.code) else heading(column))


def _kind(table: str, column: str) -> ColumnKind:
    if table in _FIGURES:
        return ColumnKind.SHORT if column in _NAMES else ColumnKind.NUMBER
    return ColumnKind.PROSE if column in _PROSE | _PLACES else ColumnKind.SHORT


def state_mark(state: str) -> Markup:
    """Where an account is on its way, as a badge."""
    return piece("state", state, Message(f"record-state-{state}"))


def status_mark(status: Verdict) -> Markup:
    """The status of a finding, as a badge."""
    return piece("state", status.value, Message(f"status-{status}"))
