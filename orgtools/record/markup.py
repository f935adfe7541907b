"""HTML for the record: every text is masked and escaped here, and nowhere else."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_secrets
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

PACKED_ABOVE: Final = 300
"""A longer table is held packed and shown piece by piece: the page is small, and there at once."""


class Markup(str):
    """HTML that is ready; any other text is escaped."""

    __slots__ = ()


Cell = str | Message | Sequence[str | Message]
"""One text, or several lines; the first sorts."""


def text(value: object) -> Markup:
    """A value as text, a message as its sentence: masked, escaped; markup stays as it is."""
    return value if isinstance(value, Markup) else Markup(escape(mask_secrets(str(value)), quote=True))


def element(tag: str, *inside: object, **attributes: str) -> Markup:
    """An element; ``class_`` loses its _, and in ``data_state`` it is a hyphen."""
    named = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items() if value
    )
    return Markup(f"<{tag}{named}>{''.join(map(text, inside))}</{tag}>")


def mark(state: str, label: Message) -> Markup:
    """A state as a badge with its label; the style sheet knows the state and adds its sign."""
    return element("b", label, class_="state", data_state=state)


def code(value: object) -> Markup:
    """An id or a hash."""
    return element("code", value)


def table(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, empty: Message) -> Markup:
    """A table that sorts and searches offline; without rows, a sentence.

    The rows of a long one are packed (zlib, Base64) and unpacked by the page's own script.

    Args:
        name: the id of the table in the page.
        columns: its header.
        rows: their cells.
        empty: what it means that there is no row.
    """
    # Closing tags that HTML lets one leave out are left out: a third of a long table.
    lines = ["<tr>" + "".join(f"<td>{_cell(cell)}" for cell in row) for row in rows]
    if not lines:
        return element("p", empty, class_="none")
    body, packed = "\n".join(lines), ""
    if len(lines) > PACKED_ABOVE:
        held = b64encode(zlib.compress(body.encode(), 9)).decode()
        without = element("noscript", Message("record-rows-packed", count=len(lines)))
        packed = f'{without}<script type="text/plain" data-rows="{name}">{held}</script>'
        body = ""
    head = "".join(f'<th scope="col">{text(column)}' for column in columns)
    start = f'<div class="wide"><table id="{name}"><thead><tr>{head}</thead>'
    return Markup(f"{start}\n<tbody>\n{body}\n</tbody></table></div>{packed}")


def _cell(cell: Cell) -> str:
    if isinstance(cell, str | Message):
        return text(cell)
    first, *rest = (text(line) for line in cell)
    return first + "".join(f"<div>{line}</div>" for line in rest if line)
