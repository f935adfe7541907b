"""Handshakes as a table of the terminal, and as a file for spreadsheets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from orgtools.cli.widths import aligned
from orgtools.messages import Message, things
from orgtools.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
    **dict.fromkeys(("account", "state", "inviter", "organization"), _UNKNOWN),
}
"""What stands in a column for programs, and the message for people."""


def listed(rows: Sequence[Mapping[str, Any]]) -> str:
    """Handshakes under the names of their columns; times to the minute, UTC."""
    from orgtools.aws.masking import mask_name

    head = [str(Message(_HEADINGS[name])) for name in rows[0]]
    lines = [[mask_name(things(_cells(name, row))) for name in row] for row in rows]
    return "\n".join(aligned([head, *lines]))


def exported(row: Mapping[str, Any]) -> list[str]:
    """A handshake as a line of CSV: codes as they are, messages and lengths of time in words, times in ISO 8601."""
    from orgtools.aws.masking import mask_name

    return [harmless(mask_name(", ".join(map(str, _told(name, row))))) for name in row]


def _cells(column: str, row: Mapping[str, Any]) -> Iterator[str]:
    """What a cell says to people: one thing, none, or several."""
    words = _WORDS.get(column, {})
    for one in _told(column, row):
        if isinstance(one, datetime):
            yield f"{one:%Y-%m-%d %H:%M}"
        else:
            yield str(Message(words[one]) if isinstance(one, str) and one in words else one)


def _told(column: str, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a row holds in a column: one thing, none, or several."""
    from orgtools.invitations import age, rest

    told = age(row) if column == "age" else rest(row) if column == "expires in" else row[column]
    return told if isinstance(told, tuple) else () if told is None else (told,)
