"""Tables of hundreds and thousands of rows: the first stand in the page, all can be searched, sorted and shown."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final

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
    # "</script>" inside a cell's text would end the script that holds it.
    held = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    script = files("orgtools.ui").joinpath("long_table.js").read_text(encoding="utf-8")
    said = f"{_FIRST} of {len(rows):,} rows are shown; the others where scripts run: trust this notebook."
    return (
        f"{_STYLE}<div class='orgtools-long'>"
        "<label hidden>Filter <input type='search' placeholder='words in any column'></label>"
        f"<div class='orgtools-scroll'><table><thead>{head}</thead>"
        f"<tbody>{''.join(rows[:_FIRST])}</tbody></table></div>"
        f"<p class='orgtools-rows' aria-live='polite'>{said}</p>"
        f"<script type='application/json'>{held}</script><script>{script}</script></div>"
    )
