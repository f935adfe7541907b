"""Tables of notebooks and record: one way to draw them, so that all of them look, sort and search alike."""

from __future__ import annotations

import zlib
from base64 import b64encode
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from orgtools.html.rendering import piece, render
from orgtools.messages import Message, language

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY: Final = 200
"""A longer table is shown piece by piece: a browser needs many seconds to lay out thousands of rows."""
FIRST: Final = 100
"""Rows of such a table that are there at once, also where scripts do not run."""


class ColumnKind(StrEnum):
    """What a column holds; the style sheet knows it."""

    SHORT = ""
    """Ids, states, names: they stay on one line."""
    PROSE = "prose"
    """Sentences and lists, which wrap."""
    NUMBER = "number"
    """Figures, one below the other."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and what it holds."""

    heading: object
    kind: ColumnKind = ColumnKind.SHORT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under typed columns.

    Attributes:
        columns: its columns.
        rows: their cells: a text, a message, HTML that a template made, or a tuple of those, one a line. The first
            line sorts.
        name: its id in the page, or empty.
        look: a class that gives it widths of its own, or empty.
        wide: whether it takes all the width that there is.
        anchors: an id for each row, or none at all.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[object]]
    name: str = ""
    look: str = ""
    wide: bool = False
    anchors: Sequence[str] = ()

    def lines(self) -> list[Markup]:
        """The HTML of each row. Closing tags that HTML lets one leave out are left out: a third of a long table."""
        starts = [piece("start", column.kind) for column in self.columns]
        anchors = self.anchors or [""] * len(self.rows)
        return [
            piece("row", anchor, list(zip(starts, map(_cell, row), strict=True)))
            for anchor, row in zip(anchors, self.rows, strict=True)
        ]


def draw(table: Table, *, packed: bool = False) -> Markup:
    """The HTML of a table; the page that it stands in has the style sheet, and for a long table the script.

    Args:
        table: what it holds.
        packed: for the record, whose page searches all tables at once, and holds `texts`: the rows of a long table are
            packed (zlib, Base64), and none of them is there without script.
    """
    lines = table.lines()
    long = len(lines) > MANY
    body = Markup("\n").join(lines)
    held = Markup(b64encode(zlib.compress(body.encode(), 9)).decode()) if long and packed else body  # noqa: S704 (ours)
    without = Message("rows-without-scripts", count=FIRST, total=len(lines))
    return render(
        "table",
        table=table,
        long=long,
        first=Markup("\n").join(lines[: 0 if packed else FIRST]) if long else body,
        held=held,
        texts=texts() if long and not packed else None,
        without=Message("rows-packed", count=len(lines)) if packed else without,
    )


def texts() -> dict[str, str]:
    """What the script says of a long table; it puts numbers in the places of ``COUNT``, ``TOTAL`` and ``ALL``."""
    said = {
        "shown": Message("rows-shown", count="COUNT", total="TOTAL"),
        "found": Message("rows-found", count="COUNT", total="TOTAL", more="ALL"),
        "more": Message("rows-more", count="COUNT"),
        "all": Message("rows-all"),
    }
    return {"language": language(), **{name: str(message) for name, message in said.items()}}


def _cell(cell: object) -> object:
    return piece("lines", [line for line in cell if line]) if isinstance(cell, tuple) else cell
