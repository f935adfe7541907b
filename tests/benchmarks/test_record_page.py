"""How large the page of a record is with 5,000 accounts, and how soon it can be read and searched in Chromium."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright

from orgtools.record.redact.levels import Level
from orgtools.record.render.page import render
from tests.browser.chromium import find_chromium
from tests.browser.lab import CHROMIUM_FLAGS
from tests.record.long_run import picture

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.benchmark

ACCOUNTS: Final = 5000
MOST_BYTES: Final = 8_000_000
MOST_SECONDS: Final = 2.0


def test_the_page_of_5000_accounts_is_small_and_soon_readable(tmp_path: Path) -> None:
    """Below 8 MB; within 2 s every table shows its first rows; a search answers within half a second."""
    began = time.perf_counter()
    gathered = picture(ACCOUNTS)
    made = time.perf_counter()
    page = tmp_path / "record.html"
    page.write_text(render(gathered, Level.INTERNAL), encoding="utf-8")
    written = time.perf_counter()
    size = page.stat().st_size
    chromium = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        shown = browser.new_page(viewport={"width": 1280, "height": 900})
        opened = time.perf_counter()
        shown.goto(page.as_uri(), wait_until="commit")
        shown.locator("html[data-ready=yes] #timeline tbody tr").first.wait_for()
        readable = time.perf_counter() - opened
        searching = time.perf_counter()
        shown.get_by_role("searchbox").fill("300000004321")
        shown.locator("#accounts .found").get_by_text(f"1 of {ACCOUNTS:,} rows").wait_for()
        found = time.perf_counter() - searching
        browser.close()
    print(  # noqa: T201 (figures are what a benchmark is for)
        f"\nrecord page, {ACCOUNTS:,} accounts, {len(gathered.events):,} events: {size / 1e6:.2f} MB, written in "
        f"{written - made:.2f} s (gathered in {made - began:.2f} s), readable in Chromium after {readable:.2f} s, "
        f"search answers after {found:.2f} s"
    )
    assert size < MOST_BYTES
    assert readable < MOST_SECONDS
