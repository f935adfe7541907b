"""Labels of the page: headings of columns, and states and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.messages import Message, capital
from orgtools.record.markup import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgtools.findings import Status
    from orgtools.record.markup import Markup


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
SHARED: Final = frozenset(
    {
        "account",
        "action",
        "age",
        "answer",
        "check",
        "expires-in",
        "handshake",
        "organization",
        "planned",
        "question",
        "reason",
        "remedy",
        "seen-by",
        "sent-utc",
        "state",
        "status",
        "until",
        "wave",
        "what-was-seen",
    }
)
"""Columns that tables elsewhere have, too, under the same heading."""


def columns(table: str) -> list[str]:
    """The headings of a table, each with a capital letter."""
    return [
        capital(Message(f"heading-{name}") if name in SHARED else Message(f"record-column-{name}"))
        for name in COLUMNS[table]
    ]


def state_mark(state: str) -> Markup:
    """Where an account is on its way, as a badge."""
    return mark(state, Message(f"record-state-{state}"))


def status_mark(status: Status) -> Markup:
    """The status of a finding, as a badge."""
    return mark(status.value, Message(f"status-{status}"))
