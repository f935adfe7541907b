"""Handshakes as a table of the terminal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from orgtools.cli.widths import aligned
from orgtools.messages import Message, things

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEADINGS: Final = {
    "account": "cli-heading-account",
    "name": "cli-heading-name",
    "state": "cli-heading-state",
    "invited by": "cli-heading-invited-by",
    "caller": "cli-heading-caller",
    "age": "cli-heading-age",
    "expires in": "cli-heading-expires-in",
    "planned": "cli-heading-planned",
    "wave": "cli-heading-wave",
    "run": "cli-heading-run",
    "seen by": "cli-heading-seen-by",
    "inviter": "cli-heading-inviter",
    "organization": "cli-heading-organization",
    "sent (UTC)": "cli-heading-sent",
    "expires (UTC)": "cli-heading-expires",
    "action": "cli-heading-action",
    "handshake": "cli-heading-handshake",
}
"""By the names that the columns have for programs."""
_UNKNOWN: Final = {"unknown": "cli-unknown"}
_WORDS: Final = {
    "invited by": {
        "destination": "cli-side-destination",
        "source": "cli-side-source",
        "somebody else": "cli-side-other",
    },
    "planned": {"yes": "cli-yes", "no": "cli-no"},
    "seen by": {
        "destination": "cli-side-destination",
        "source": "cli-side-source",
        "member": "cli-side-member",
    },
    **dict.fromkeys(("account", "state", "age", "expires in", "inviter", "organization"), _UNKNOWN),
}
"""What stands in a column for programs, and the message for people."""


def listed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Handshakes under the names of their columns; times to the minute, UTC."""
    from orgtools.aws.masking import mask_name

    head = [str(Message(_HEADINGS[name])) for name in rows[0]]
    lines = [[mask_name(_cell(name, value)) for name, value in row.items()] for row in rows]
    return "\n".join(aligned([head, *lines]))


def _cell(column: str, value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    words = _WORDS.get(column, {})
    return things(str(Message(words[one])) if one in words else one for one in _things(value))


def _things(value: object) -> list[str]:
    """What a cell for programs holds: one thing, none, or several."""
    return [] if value is None else str(value).split(", ")
