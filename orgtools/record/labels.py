"""Labels of the page: headings of columns, and what stands for a state, a status and a side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools.messages import Message
from orgtools.record.markup import mark

if TYPE_CHECKING:
    from orgtools.findings import Status
    from orgtools.record.markup import Markup


def columns(*names: str) -> list[Message]:
    """The headings of columns."""
    return [Message(f"record-column-{name}") for name in names]


def state_mark(state: str) -> Markup:
    """Where an account is on its way, as a badge."""
    return mark(state, Message(f"record-state-{state}"))


def status_mark(status: Status) -> Markup:
    """How a finding stands, as a badge."""
    return mark(status.value, Message(f"record-status-{status}"))
