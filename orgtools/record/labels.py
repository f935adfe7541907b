"""Labels of the page: headings of columns, and states and statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.messages import Message
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
    "findings": ("account", "status", "check", "seen", "remedy"),
    "waivers": ("account", "check", "reason", "by", "at", "until"),
    "answers": ("account", "check", "question", "answer", "by", "at"),
    "handshakes": (
        *("account", "state", "age", "expires", "planned", "sent-by", "seen-by", "sent", "action", "handshake"),
    ),
    "bystanders": ("account", "seen", "remedy"),
    "openings": ("opened", "by", "callers", "versions", "plan"),
}
"""The columns of each table of the page, by the table's id."""


def columns(table: str) -> list[Message]:
    """The headings of a table."""
    return [Message(f"record-column-{name}") for name in COLUMNS[table]]


def state_mark(state: str) -> Markup:
    """Where an account is on its way, as a badge."""
    return mark(state, Message(f"record-state-{state}"))


def status_mark(status: Status) -> Markup:
    """The status of a finding, as a badge."""
    return mark(status.value, Message(f"record-status-{status}"))
