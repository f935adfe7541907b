"""Tables of hundreds and thousands of rows: the first stand in the page, all can be searched, sorted and shown."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from orgtools.messages import Message, language
from orgtools.ui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST: Final = 100
"""Rows that are there at once, also where scripts do not run."""

_STYLE: Final = """<style>
.orgtools-long .orgtools-scroll {max-height: 34em; overflow: auto;}
.orgtools-long th button {
  all: unset; cursor: pointer; font: inherit; font-weight: bold; text-decoration: underline dotted;
}
.orgtools-long th button:focus-visible {outline: 2px solid currentColor;}
.orgtools-long th[aria-sort=ascending] button::after {content: " \\25b2";}
.orgtools-long th[aria-sort=descending] button::after {content: " \\25bc";}
.orgtools-long input {
  font: inherit; color: inherit; background: transparent; border: 1px solid currentColor; padding: .1em .4em;
}
</style>"""


def long_table(head: str, rows: Sequence[str]) -> str:
    """The HTML of a long table; the page draws rows as they are wanted, because thousands take it many seconds.

    Args:
        head: the header's ``<tr>``.
        rows: a ``<tr>`` for each row, every cell closed.
    """
    script = files("orgtools.ui").joinpath("long_table.js").read_text(encoding="utf-8")
    first = words(Message("ui-rows-without-scripts", count=min(_FIRST, len(rows)), total=len(rows)))
    # The page counts for itself; it puts its numbers in the place of these names.
    texts = {
        "language": language(),
        "shown": words(Message("ui-rows", count="COUNT", total="TOTAL")),
        "found": words(Message("ui-rows-found", count="COUNT", total="TOTAL", more="ALL")),
        "more": words(Message("ui-rows-more", count="COUNT")),
        "all": words(Message("ui-rows-all")),
    }
    search, hint = words(Message("ui-filter")), words(Message("ui-filter-hint"))
    return (
        f"{_STYLE}<div class='orgtools-long'>"
        f"<label hidden>{escape(search)} <input type='search' placeholder='{escape(hint)}'></label>"
        f"<div class='orgtools-scroll'><table><thead>{head}</thead>"
        f"<tbody>{''.join(rows[:_FIRST])}</tbody></table></div>"
        f"<p class='orgtools-rows' aria-live='polite'>{escape(first)}</p>"
        f"<script type='application/json'>{_held({'rows': rows, 'texts': texts})}</script>"
        f"<script>{script}</script></div>"
    )


def _held(thing: object) -> str:
    """As JSON inside a script, which "</script>" inside a cell's text would end."""
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
