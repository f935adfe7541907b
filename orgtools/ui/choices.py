"""What was chosen in the pickers of a run, kept in the run folder: it survives the kernel, and the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.private import write_private

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FILE: Final = "choices.json"


def load(folder: Path, name: str) -> tuple[str, ...] | None:
    """The account ids that were chosen under a name, or None where nobody has chosen yet.

    Raises:
        InputError: the file is not what `save` wrote.
    """
    try:
        held = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        chosen = held.get(name)
        return None if chosen is None else tuple(map(str, chosen))
    except FileNotFoundError:
        return None
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(Message("ui-choices-unreadable", path=str(folder / _FILE), words=str(error))) from error


def save(folder: Path, name: str, account_ids: Iterable[str]) -> None:
    """Remember a choice; those under other names stay."""
    path = folder / _FILE
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        held = {}
    fresh = path.with_suffix(".new")
    write_private(fresh, (json.dumps(held | {name: list(account_ids)}, indent=1) + "\n").encode())
    fresh.replace(path)
