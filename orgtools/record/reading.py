"""Reading a record back: its manifest, its ledger, its tables, and the tables of its page."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from base64 import b64decode
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from orgtools.exceptions import RecordError
from orgtools.ledger import Event
from orgtools.record.files import LEDGER, MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

_TAG: Final = re.compile(r"<[^>]+>")


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest.

    Raises:
        RecordError: there is no record in the folder.
        ValueError, KeyError, TypeError: it cannot be read as a manifest.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RecordError(f"{folder} holds no record: {MANIFEST} is missing.", next_step="Name its folder.") from error
    return {
        **manifest,
        "files": dict(manifest["files"]),
        "events": int(manifest["events"]),
        "head": str(manifest["head"]),
    }


def read_events(folder: Path) -> list[Event]:
    """The ledger's events.

    Raises:
        OSError, ValueError, KeyError, TypeError: it cannot be read.
    """
    lines = (folder / LEDGER).read_text(encoding="utf-8").split("\n")
    return [Event.from_json(json.loads(line)) for line in lines if line]


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of one of the CSV files, by column.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def page_rows(page: str, name: str) -> list[list[str]]:
    """The cells of a table of the page as plain text, row by row; lines of one cell are parted by a line break.

    Raises:
        ValueError: the page has no such table, or its packed rows cannot be unpacked.
    """
    packed = re.search(rf'<script type="text/plain" data-rows="{name}">([^<]*)</script>', page)
    if packed:
        try:
            body = zlib.decompress(b64decode(packed[1], validate=True)).decode()
        except zlib.error as error:
            raise ValueError(str(error)) from error
    else:
        plain = re.search(rf'<table id="{name}">.*?<tbody>\n(.*?)\n</tbody>', page, re.DOTALL)
        if plain is None:
            message = f"it has no table {name}"
            raise ValueError(message)
        body = plain[1]
    return [[_plain(cell) for cell in row.split("<td>")[1:]] for row in body.split("\n<tr>")]


def _plain(cell: str) -> str:
    return unescape(_TAG.sub("", cell.replace("<div>", "\n")))
