"""A page of another origin, and a name that was bound to the rehearsal's address, in a real browser."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from pathlib import Path

# Each way by which a page may try, with the best that it can know: the port, the routes and a signature's form.
ATTACK = """async (target) => {
  const told = [];
  const body = JSON.stringify({speed: 1000});
  for (const [path, method] of [["state", "GET"], ["world", "GET"], ["speed", "POST"], ["reset", "POST"]]) {
    for (const mode of ["cors", "no-cors", "same-origin"]) {
      for (const type of ["text/plain", "application/json"]) {
        const wanted = {method, mode, headers: {"Content-Type": type}};
        if (method === "POST") wanted.body = body;
        try {
          const answer = await fetch(`${target}/_rehearsal/${path}`, wanted);
          if (answer.ok) told.push(await answer.text());
        } catch (error) { if (error.name !== "TypeError") throw error; }
      }
    }
  }
  return told;
}"""


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """An empty page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's own name
        """Nobody reads it."""


def test_a_page_of_another_origin_can_neither_read_nor_change_a_rehearsal(chromium: Path, tmp_path: Path) -> None:
    """Neither from its own origin nor under a name that it has bound to 127.0.0.1."""
    pages = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=pages.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        with Rehearsal.start(tmp_path / "run") as rehearsal, sync_playwright() as playwright:
            port = rehearsal.address.rpartition(":")[2]
            browser = playwright.chromium.launch(
                executable_path=chromium,
                args=["--host-resolver-rules=MAP rebound.example 127.0.0.1", "--no-proxy-server", "--no-sandbox"],
            )
            page = browser.new_page()
            page.goto(f"http://127.0.0.1:{pages.server_address[1]}/")
            assert page.evaluate(ATTACK, rehearsal.address) == []
            rebound = f"http://rebound.example:{port}"
            answer = page.goto(f"{rebound}/_rehearsal/state")
            assert answer is not None
            assert answer.status == 403
            assert page.evaluate(ATTACK, rebound) == []
            browser.close()
            assert rehearsal.calls() == []
            assert rehearsal._ask("GET", "state")["speed"] == 1.0
    finally:
        pages.shutdown()
        thread.join()
        pages.server_close()
