"""The script of notebooks and the record, piece by piece, in a page that holds nothing but what it works on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect, sync_playwright

from orgtools import html
from orgtools.html.tables import MANY
from orgtools.ui.times import countdown
from tests.browser.lab import CHROMIUM_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

_ROWS: Final = MANY + 50
_ODD: Final = '</script><b>loud</b> "it\'s" & \u4eac\n<tr>'
"""What may stand in a cell, and nothing of it is markup."""
_NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
_PATIENCE: Final = 30_000


@pytest.fixture(scope="module")
def browser_page(chromium: Path) -> Iterator[Page]:
    """An empty page, offline."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser.new_context(offline=True).new_page()
        browser.close()


@pytest.fixture
def page(browser_page: Page) -> Iterator[Page]:
    """The same; no error of the script is left unseen."""
    errors = list[str]()

    def note(error: object) -> None:
        errors.append(str(error))

    browser_page.on("pageerror", note)
    yield browser_page
    browser_page.remove_listener("pageerror", note)
    assert errors == []


def _table(look: str = "") -> html.Markup:
    columns = [html.Column("number", html.ColumnKind.NUMBER), html.Column("words", html.ColumnKind.PROSE)]
    rows = [(str(number), (f"row {number}", _ODD)) for number in range(_ROWS)]
    return html.draw(html.Table(columns, rows, look=look, anchors=[f"anchor-{number}" for number in range(_ROWS)]))


def test_a_cell_is_text_whatever_stands_in_it(page: Page) -> None:
    """Also where the script draws its row: nothing ends the rows that are held, and nothing becomes an element."""
    page.set_content(html.output(_table(), live=True))
    expect(page.locator("tbody tr")).to_have_count(100, timeout=_PATIENCE)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("tbody tr")).to_have_count(_ROWS, timeout=_PATIENCE)
    assert page.locator("tbody b").count() == 0
    assert page.locator("#anchor-240 td div").inner_text() == " ".join(_ODD.split())


def test_columns_sort_by_number_and_back(page: Page) -> None:
    """9 before 10, over all rows and not over those that are shown; the head says in which order."""
    page.set_content(html.output(_table(), live=True))
    head = page.locator("th").first
    for order, first in (("ascending", "0"), ("descending", str(_ROWS - 1))):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", order)
        expect(page.locator("tbody tr td").first).to_have_text(first)
    page.locator("th").nth(1).get_by_role("button").click()
    expect(page.locator("tbody tr td").first).to_have_text("0")
    assert head.get_attribute("aria-sort") is None


def test_every_word_that_is_looked_for_must_be_in_the_row(page: Page) -> None:
    """In any column and any letters, also signs that HTML writes otherwise; a line says how many rows fit."""
    page.set_content(html.output(_table(), live=True))
    for words, count in (('ROW "it\'s" 249', 1), ("row 24", 13), ("no such", 0), ("", 100)):
        page.get_by_role("searchbox").fill(words)
        expect(page.locator("tbody tr")).to_have_count(count, timeout=_PATIENCE)
    expect(page.locator(".more")).to_contain_text(f"100 of {_ROWS}")
    page.get_by_role("searchbox").fill("row 24")
    expect(page.locator(".found")).to_have_text(f"Rows shown: 13 of 13, filtered from {_ROWS}.")


def test_a_second_copy_of_the_script_changes_nothing(page: Page) -> None:
    """A notebook holds one for each output that needs it; no name is left behind for its own scripts."""
    page.set_content(html.output(_table(), live=True) + html.output(_table("second"), live=True))
    expect(page.get_by_role("searchbox")).to_have_count(2)
    page.get_by_role("searchbox").nth(1).fill("row 249")
    expect(page.locator(".second tbody tr")).to_have_count(1, timeout=_PATIENCE)
    expect(page.locator(".orgtools-table").first.locator("tbody tr")).to_have_count(100)
    assert page.locator("th button").count() == 4
    assert page.evaluate("Object.keys(window).filter((name) => name.startsWith('orgtools'))") == []


def test_a_cell_of_the_matrix_searches_the_findings(page: Page) -> None:
    """Where the findings are so many that they are shown piece by piece."""
    link = html.piece("leading", "", "row 249", "blocked")
    page.set_content(
        html.output(html.Markup(f'<div class="orgtools-assessed">{link}{_table("findings")}</div>'), live=True)
    )
    page.get_by_role("link", name="blocked").click()
    expect(page.get_by_role("searchbox")).to_have_value("row 249")
    expect(page.locator("tbody tr")).to_have_count(1, timeout=_PATIENCE)


@pytest.mark.parametrize(
    ("left", "passed", "words"),
    [
        (timedelta(hours=2), timedelta(), "02:00:00"),
        (timedelta(hours=2), timedelta(minutes=30, seconds=1), "01:29:59"),
        (timedelta(days=3, hours=1), timedelta(), "3 d 01:00:00"),
        (timedelta(minutes=1), timedelta(minutes=2), "now"),
    ],
)
def test_a_countdown_counts_from_when_it_was_shown(page: Page, left: timedelta, passed: timedelta, words: str) -> None:
    """By the page's own clock, of which only the difference counts."""
    page.clock.set_fixed_time(_NOW + passed)
    page.set_content(html.output(countdown(_NOW + left, now=_NOW, shown_at=_NOW), live=True))
    expect(page.locator(".orgtools-countdown")).to_contain_text(words)
