"""The record's page opened from a folder, the network off: rows, search, order, charts, stories, and no request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect, sync_playwright

from orgtools.record.redact.levels import Level
from orgtools.record.render.page import render
from tests.browser.lab import CHROMIUM_FLAGS
from tests.record.long_run import picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page


ACCOUNTS: Final = 400
"""More than a table shows at once, so that its rows are packed."""
PATIENCE: Final = 30_000
"""Milliseconds that a busy machine may take."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the page of a run of 400 accounts lies."""
    page: Path = tmp_path_factory.mktemp("record") / "record.html"
    page.write_text(render(picture(ACCOUNTS), Level.INTERNAL), encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def page(chromium: Path, address: str) -> Iterator[Page]:
    """The page in Chromium, offline; it may have asked for nothing but itself, and said nothing on the console."""
    asked, said = list[str](), list[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
        context.on("request", lambda request: asked.append(request.url))
        shown = context.new_page()
        shown.on("console", lambda message: said.append(message.text))
        shown.on("pageerror", lambda error: said.append(str(error)))
        shown.goto(address)
        shown.locator("html[data-ready=yes]").wait_for(state="attached")
        yield shown
        browser.close()
    assert [url for url in asked if url != address and not url.startswith("data:")] == []
    assert said == []


def test_rows_are_there_and_more_can_be_shown(page: Page) -> None:
    """The first hundred of a long table, and all of them when asked for."""
    rows = page.locator("#outcomes > tbody > tr")
    expect(rows).to_have_count(100, timeout=PATIENCE)
    page.locator("#accounts").get_by_role("button", name="Show all").click()
    expect(rows).to_have_count(ACCOUNTS, timeout=PATIENCE)
    expect(page.locator("#consents > tbody > tr")).to_have_count(3, timeout=PATIENCE)


def test_a_search_filters_every_table(page: Page) -> None:
    """An account id leaves its row and its events, also those that were not shown before; nothing typed, all again."""
    account = "300000000333"
    page.get_by_role("searchbox").fill(account)
    expect(page.locator("#accounts .found")).to_have_text(
        f"Rows shown: 1 of 1, filtered from {ACCOUNTS}.", timeout=PATIENCE
    )
    expect(page.locator("#outcomes > tbody > tr")).to_have_count(1, timeout=PATIENCE)
    expect(page.locator("#timeline > tbody > tr")).to_have_count(9, timeout=PATIENCE)
    for row in page.locator("#timeline > tbody > tr").all():
        expect(row).to_contain_text(account, timeout=PATIENCE)
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#outcomes > tbody > tr")).to_have_count(100, timeout=PATIENCE)


def test_a_click_on_a_column_sorts_all_rows(page: Page) -> None:
    """Also those that are not shown: the last account comes to the top."""
    first = page.locator("#outcomes > tbody > tr").first
    expect(first).to_contain_text("300000000000", timeout=PATIENCE)
    head = page.locator("#outcomes").get_by_role("button", name="Account", exact=True)
    head.click()
    head.click()
    expect(first).to_contain_text(f"{300000000000 + ACCOUNTS - 1}", timeout=PATIENCE)


def test_the_charts_are_there(page: Page) -> None:
    """Drawn, with a name for who cannot see them, and both trees as a table."""
    for name in ("States over time", "Quota and invitation budget", "Units before and after"):
        chart = page.get_by_role("img", name=name)
        expect(chart).to_be_visible()
        assert chart.locator("path, rect").count() > 0
    expect(page.locator("#units > tbody > tr")).to_have_count(3, timeout=PATIENCE)


def test_an_account_tells_its_story_with_request_ids(page: Page) -> None:
    """A click on its id shows every event of it below its row; another one hides them."""
    account = page.locator("#outcomes").get_by_role("button", name="300000000001", exact=True)
    account.click()
    story = page.locator("#outcomes tr.told")
    expect(story.locator("tr").filter(has_text="succeeded")).to_have_count(3, timeout=PATIENCE)
    expect(story).to_contain_text("request ", timeout=PATIENCE)
    account.click()
    expect(story).to_have_count(0, timeout=PATIENCE)
