"""Reading a record back: its manifest, its ledger, its tables, and the tables of its page. It may be a forger's.

So each part is read within limits, from regular files only, and must be exactly what orgtools writes.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import stat
import zlib
from base64 import b64decode
from enum import StrEnum
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import mask_name
from orgtools.exceptions import OrgtoolsError, RecordError
from orgtools.ledger import Event
from orgtools.ledger.events import canonical
from orgtools.messages import Message
from orgtools.record.bundle.files import FIXED, FORMAT, LEDGER, MANIFEST

if TYPE_CHECKING:
    from pathlib import Path


class MalformedError(ValueError):
    """A part of a record is not what orgtools writes; the message says in what."""

    def __init__(self, message: Message) -> None:
        """Keep the message."""
        super().__init__(message)
        self.message = message


class Found(StrEnum):
    """What lies under a path of a record."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


LARGEST: Final = 256 << 20
"""Bytes of one file, and of the rows that a page packs; a run of 10,000 accounts has a tenth of it."""
MOST: Final = 10_000
"""Files and folders in a record."""
MALFORMED: Final = (
    *(OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, RecursionError),
    *(csv.Error, zlib.error, OrgtoolsError),
)
"""What reading something that is not what orgtools wrote may raise."""
_LONGEST: Final = 200
_TAG: Final = re.compile(r"<[^<>]+>")
_CELL: Final = re.compile(r"<td(?: class=\"[a-z]+\")?>")
_NAME: Final = re.compile(r"(?:notebooks/)?[^/\\\x00-\x1f]{1,200}")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_FIELDS: Final = (*FIXED, "written_at", "events", "head", "original_head", "files")


def cause(error: BaseException) -> Message:
    """Why a file that may be a forger's cannot be read; what the system says of it is one line, masked, not long."""
    match error:
        case MalformedError():
            return error.message
        case OrgtoolsError():
            return Message("record-malformed", words=one_line(str(error)))
        case OSError():
            return Message("record-malformed", words=one_line(error.strerror or type(error).__name__))
        case RecursionError():
            return Message("record-malformed-deep")
        case UnicodeDecodeError():
            return Message("record-malformed-text")
        case json.JSONDecodeError():
            return Message("record-malformed-json", line=error.lineno)
    return Message("record-malformed-content")


def one_line(text: str) -> str:
    """A text of a record as a sentence may hold it: masked, and not long."""
    said = mask_name(text)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}\u2026"


def listing(folder: Path) -> dict[str, Found]:
    """What lies in a record, by path. No link is followed.

    Raises:
        OSError, ValueError: it cannot be listed, or there is too much of it.
    """
    found: dict[str, Found] = {}
    places = [""]
    while places:
        place = places.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                name = f"{place}/{entry.name}" if place else entry.name
                found[name] = _kind(entry.stat(follow_symlinks=False).st_mode)
                if found[name] is Found.FOLDER:
                    places.append(name)
                if len(found) > MOST:
                    raise MalformedError(Message("record-malformed-many", limit=MOST))
    return found


def _kind(mode: int) -> Found:
    if stat.S_ISREG(mode):
        return Found.FILE
    if stat.S_ISDIR(mode):
        return Found.FOLDER
    return Found.LINK if stat.S_ISLNK(mode) else Found.OTHER


def read_bytes(path: Path) -> bytes:
    """A regular file's content; no link is followed, nothing is waited for.

    Raises:
        OSError, ValueError: it is none, cannot be read, or is larger than `LARGEST`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if stat.S_ISLNK(path.lstat().st_mode):
        raise MalformedError(Message("record-malformed-link"))
    with os.fdopen(os.open(path, flags), "rb") as file:
        held = os.fstat(file.fileno())
        if not stat.S_ISREG(held.st_mode):
            raise MalformedError(Message("record-malformed-kind"))
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise MalformedError(Message("record-malformed-size", limit=LARGEST))
    return content


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest, exactly as orgtools writes one: every field, no other, none twice.

    Raises:
        RecordError: there is no record in the folder.
        ValueError, RecursionError: it cannot be read as a manifest.
    """
    try:
        text = read_bytes(folder / MANIFEST).decode()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RecordError(Message("record-missing", path=str(folder))) from error
    manifest = json.loads(text)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise MalformedError(Message("record-malformed-format", number=FORMAT))
    well_formed = (
        tuple(manifest) == _FIELDS
        and all(isinstance(manifest[name], str) for name in (*FIXED[1:], "written_at"))
        and type(manifest["events"]) is int
        and all(_is_hash(manifest[name]) for name in ("head", "original_head"))
        and isinstance(manifest["files"], dict)
        and list(manifest["files"]) == sorted(manifest["files"])
        and all(_NAME.fullmatch(name) and _is_entry(entry) for name, entry in manifest["files"].items())
    )
    if not well_formed or json.dumps(manifest, indent=2, ensure_ascii=False) + "\n" != text:
        raise MalformedError(Message("record-malformed-manifest"))
    return manifest


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(_HASH.fullmatch(value))


def _is_entry(entry: object) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"sha256", "bytes"}
        and _is_hash(entry["sha256"])
        and type(entry["bytes"]) is int
    )


def read_events(folder: Path) -> list[Event]:
    """The ledger's events; each line must be the canonical form of its event.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    *lines, rest = read_bytes(folder / LEDGER).decode().split("\n")
    if rest:
        raise MalformedError(Message("record-malformed-end"))
    events = []
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is None:
            raise MalformedError(Message("record-malformed-event", line=number))
        events.append(event)
    return events


def _event(line: str) -> Event | None:
    """The event in a line; None where it is not one, or not in its canonical form."""
    try:
        event = Event.from_json(json.loads(line))
        return event if _is_typed(event) and canonical(event.as_json()) == line else None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _is_typed(event: Event) -> bool:
    texts = (event.step, event.account_id, event.previous, event.hash)
    return type(event.number) is int and isinstance(event.data, dict) and all(isinstance(text, str) for text in texts)


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of one of the CSV files, by column.

    Raises:
        OSError, ValueError, csv.Error: it cannot be read.
    """
    rows = list(csv.DictReader(io.StringIO(read_bytes(path).decode(), newline="")))
    if any(None in row or None in row.values() for row in rows):
        raise MalformedError(Message("record-malformed-rows", path=path.name))
    return rows


def page_rows(page: str, name: str) -> list[list[str]]:
    """The cells of a table of the page as plain text, row by row; lines of one cell are parted by a line break.

    Raises:
        ValueError: the page has no such table, or its packed rows cannot be unpacked.
    """
    packed = re.search(rf'<script type="text/plain" data-rows="{name}">([^<]*)</script>', page)
    body = _unpacked(packed[1]) if packed else _between(page, f'<table id="{name}">', "<tbody>\n", "\n</tbody>")
    if body is None:
        raise MalformedError(Message("record-malformed-no-table", given=name))
    return [[_plain(cell) for cell in _CELL.split(row)[1:]] for row in body.split("\n<tr>")]


def _unpacked(packed: str) -> str:
    inflating = zlib.decompressobj()
    try:
        body = inflating.decompress(b64decode(packed, validate=True), LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not inflating.eof or inflating.unused_data:
        raise MalformedError(Message("record-malformed-packed", limit=LARGEST))
    return body.decode()


def _between(text: str, *marks: str) -> str | None:
    """What stands between the last two of some marks that follow each other; None where one is missing."""
    start = position = 0
    for mark in marks:
        start, position = position, text.find(mark, position)
        if position < 0:
            return None
        position += len(mark)
    return text[start : position - len(marks[-1])]


def _plain(cell: str) -> str:
    return unescape(_TAG.sub("", cell.replace("<div>", "\n")))
