"""Templates and tables of notebooks and record: what is shown is masked and escaped, and every row is there."""

from __future__ import annotations

import ast
import re
import zlib
from base64 import b64decode
from pathlib import Path
from typing import Final

import pytest
from jinja2 import UndefinedError

from orgtools import html
from orgtools.html.tables import FIRST, MANY
from tests import planted

_ROOM: Final = Path(html.__file__).parent
_COLUMNS: Final = [
    html.Column("account"),
    html.Column("why", html.ColumnKind.PROSE),
    html.Column("n", html.ColumnKind.NUMBER),
]


def _table(count: int) -> html.Table:
    return html.Table(_COLUMNS, [(f"3{n:011}", ("first line", "<i>second</i>"), n) for n in range(count)], name="some")


@pytest.mark.parametrize("one", planted.SECRETS, ids=lambda one: ascii(one.text[:30]))
def test_no_template_shows_a_secret(one: planted.Planted) -> None:
    """As a text, as a line of a cell, as a heading, or as an attribute."""
    table = html.Table([html.Column(one.text)], [((one.text, one.text),)], anchors=[one.text])
    shown = [html.text(one.text), html.whole(one.text), html.draw(table), html.piece("digest", "1", one.text)]
    assert [thing for thing in shown if one.sought in thing] == []


def test_no_text_becomes_markup() -> None:
    """Wherever it stands; only what a template made does."""
    loud = "\"'><b>loud</b>"
    table = html.Table([html.Column(loud)], [(loud,), ((loud, loud),)], name=loud, anchors=[loud, loud])
    shown = html.draw(table) + html.piece("state", loud, loud) + html.whole(loud)
    assert "<b>" not in shown
    assert not re.search(r"=\"[^\"]*\"'", shown)
    assert "<i>" in html.draw(html.Table([html.Column("x")], [(html.piece("nothing", "said"),)]))


def test_what_a_template_lacks_is_an_error() -> None:
    """And not an empty place in a page."""
    with pytest.raises(UndefinedError):
        html.render("written", headline="done")


def test_a_cell_has_the_class_of_its_column_and_a_div_for_each_further_line() -> None:
    """Columns of ids have none, so that thousands of rows stay small; nor have closing tags."""
    (row,) = _table(1).lines()
    assert (
        row
        == '<tr><td>300000000000<td class="prose">first line<div>&lt;i&gt;second&lt;/i&gt;</div><td class="number">0'
    )


@pytest.mark.parametrize("packed", [False, True])
def test_every_row_of_a_long_table_is_held(packed: bool) -> None:
    """As text with the first hundred in place, or packed with none; a table that is not long holds nothing apart."""
    short, long = (html.draw(_table(count), packed=packed) for count in (MANY, MANY + 1))
    assert "<script" not in short
    assert short.count("<tr>") == MANY + 1
    (held,) = re.findall(r'<script type="text/plain" data-rows="some">(.*?)</script>', long, re.DOTALL)
    rows = zlib.decompress(b64decode(held)).decode() if packed else held
    assert rows.split("\n") == _table(MANY + 1).lines()
    assert long.partition("<script")[0].count("<tr><td>") == (0 if packed else FIRST)


def test_ids_and_times_are_whole() -> None:
    """No line ends within one; a longer word is none."""
    assert html.whole("at 2026-03-01 12:00 UTC h-0123456789 <") == (
        "at <span>2026-03-01 12:00 UTC</span> <span>h-0123456789</span> &lt;"
    )
    assert html.whole("1234567890123") == "1234567890123"


def test_no_template_trusts_what_it_is_given() -> None:
    """`safe` and an end of autoescape would let a name become markup."""
    for template in _ROOM.glob("templates/*.j2"):
        assert not re.search(r"\|\s*safe|autoescape|onclick", template.read_text(encoding="utf-8")), template.name


def test_no_markup_stands_in_python() -> None:
    """Neither of notebooks nor of the record; what reads a page looks for some."""
    files = [path for room in ("html", "record", "ui") for path in (_ROOM.parent / room).rglob("*.py")]
    found = [
        f"{path.name}:{node.lineno}: {node.value!r}"
        for path in files
        if path.name not in {"read.py", "verify.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search(r"</?[a-z]+[ >]", node.value)
    ]
    assert found == []


def test_a_notebook_gets_no_rule_for_a_whole_page() -> None:
    """Its own page is not the record's to lay out."""
    sheet = re.sub(r"/\*.*?\*/", "", html.style(), flags=re.DOTALL)
    rules = re.findall(r"([^{}]+)\{", sheet)
    selectors = [one.strip() for rule in rules for one in re.sub(r"\([^)]*\)", "", rule).split(",")]
    assert [one for one in selectors if not one.startswith(".orgtools-")] == []
    assert html.style(record=True).startswith(html.style())
