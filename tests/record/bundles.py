"""Reading a record as whoever is given one would, the packed tables of its page included."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from typing import TYPE_CHECKING, Final

from orgtools.ledger import Event, Kind
from orgtools.record.bundle.contents import complete, contents, vouched
from orgtools.record.bundle.write import _notebooks
from orgtools.record.redact.conceal import conceal
from orgtools.record.redact.fields import chained
from orgtools.record.redact.levels import Level, Redactor
from tests.record.long_run import picture

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.record.model.run_data import Picture

_PACKED: Final = re.compile(r"(<script type=\"text/plain\"[^>]*>)([A-Za-z0-9+/=]+)</script>")


def text_of(path: Path) -> str:
    """A file's text; what the page packs is unpacked."""
    return unpacked(path.read_text(encoding="utf-8"))


def unpacked(text: str) -> str:
    """A text; what the page packs in it is unpacked."""
    return _PACKED.sub(lambda packed: zlib.decompress(b64decode(packed[2])).decode(), text)


def files_of(told: Picture, redactor: Redactor, notebooks: Path | None = None) -> dict[str, str]:
    """All files of a record, by name."""
    shown = conceal(told, redactor)
    files = contents(shown, redactor.level) | _notebooks(notebooks, redactor)
    number, count = len(shown.events) + 1, len(shown.events)
    vouching = vouched(shown, redactor.level, files)
    seal = Event(number, shown.taken_at, Kind.SEALED, "", "", {"events": count, **vouching}, "", "")
    return complete(shown, redactor.level, files, chained([seal], shown.head)[0])[0]


def write_small(folder: Path, *, level: Level = Level.INTERNAL, told: Picture | None = None) -> Path:
    """A whole record of a made-up run, three accounts unless told otherwise, in a folder of its own."""
    folder.mkdir()
    for name, content in files_of(told or picture(3), Redactor(level)).items():
        (folder / name).write_text(content, encoding="utf-8", newline="")
    return folder
