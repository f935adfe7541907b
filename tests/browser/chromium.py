"""Finds a Chromium for the browser tests, or says how to get one.

``python -m tests.browser.chromium --install`` also lets playwright bring one, which ``make test`` does beforehand:
the tests themselves have no network.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_MAC: Final = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
_BRING: Final = (sys.executable, "-m", "playwright", "install", "chromium")
_PATIENCE_S: Final = 300


class NoChromiumError(RuntimeError):
    """There is no Chromium; the message says what to do."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The browser tests need Chromium: {why}. Install it ('apt-get install chromium' on Debian), or name one "
            "with CHROMIUM=/path/to/chromium, or let playwright bring one: '.venv/bin/playwright install chromium'."
        )


def find_chromium() -> Path:
    """The Chromium named by ``CHROMIUM``, else one of this machine, else one that playwright brought.

    Raises:
        NoChromiumError: there is none.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return Path(found)
        raise NoChromiumError(f"CHROMIUM names {named!r}, which is no program")
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    if _MAC.exists():
        return _MAC
    with sync_playwright() as playwright:
        brought = Path(playwright.chromium.executable_path)
    if brought.exists():
        return brought
    raise NoChromiumError(f"none of {', '.join(_NAMES)} is on the PATH, and playwright has brought none")


def bring_chromium() -> Path:
    """Like `find_chromium`; where there is none, playwright is asked to bring one.

    Raises:
        NoChromiumError: there is none, and none could be brought.
    """
    try:
        return find_chromium()
    except NoChromiumError:
        if os.environ.get("CHROMIUM"):
            raise
    try:
        subprocess.run(_BRING, check=True, timeout=_PATIENCE_S, capture_output=True, text=True)
    except (subprocess.SubprocessError, OSError) as failure:
        raise NoChromiumError("there is none on this machine, and playwright could not bring one") from failure
    return find_chromium()


if __name__ == "__main__":
    try:
        print(f"Browser tests will use {bring_chromium() if '--install' in sys.argv else find_chromium()}.")  # noqa: T201
    except NoChromiumError as missing:
        sys.exit(str(missing))
