"""Tables in an output of a notebook; long ones say how many of their rows are shown, and are searched and sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools import html
from orgtools.html.tables import FIRST
from orgtools.messages import Message, language
from orgtools.ui.words import words

if TYPE_CHECKING:
    from orgtools.html import Markup, Table


def drawn(table: Table) -> Markup:
    """The HTML of a table without style sheet and script; every row is there, nothing is left out."""
    total = len(table.rows)
    # The page counts for itself; it puts its numbers in the place of these names.
    texts = html.Texts(
        language=language(),
        shown=words(Message("ui-rows", count="COUNT", total="TOTAL")),
        found=words(Message("ui-rows-found", count="COUNT", total="TOTAL", more="ALL")),
        more=words(Message("ui-rows-more", count="COUNT")),
        all=words(Message("ui-rows-all")),
    )
    field = words(Message("ui-filter")), words(Message("ui-filter-hint"))
    without = words(Message("ui-rows-without-scripts", count=min(FIRST, total), total=total))
    return html.draw(table, texts=texts, field=field, without=without)


def output(*parts: Markup, live: bool) -> str:
    """An output that stands for itself.

    Args:
        parts: what it shows.
        live: whether there is something for the script in it.
    """
    script = html.script() if live else ""
    return str(html.render("notebook", style=html.style(), parts=parts, script=script))
