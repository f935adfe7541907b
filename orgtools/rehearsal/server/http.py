"""A small HTTP/1.1 server on loopback. Werkzeug's closes every connection; SDKs keep theirs open."""

import json
import time
import traceback
from collections.abc import Callable
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.server.folder import ADMIN
from orgtools.rehearsal.server.wire import HttpAnswer, HttpRequest

LOOPBACK = "127.0.0.1"
LONGEST = 64 * 1024 * 1024
"""Bytes of a request."""
Serve = Callable[[HttpRequest], HttpAnswer]


class Server(ThreadingHTTPServer):
    """Serves AWS requests by one function and the rehearsal's own routes by another."""

    daemon_threads = True
    request_queue_size = 128
    held: object = None
    """What is to live as long as the server."""

    def __init__(self, port: int, clock: VirtualClock, aws: Serve, admin: Serve, patience: float = 60.0) -> None:
        super().__init__((LOOPBACK, port), Handler)
        self.patience = patience
        """Seconds until a connection that says nothing, or half of something, is closed."""
        self.hosts = {f"{name}:{self.server_address[1]}" for name in (LOOPBACK, "localhost")}
        self.clock = clock
        self.aws = aws
        self.admin = admin

    @property
    def address(self) -> str:
        """The URL of this server."""
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no event."""
        del request, client_address


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    # Without this, headers and body in two packets wait for each other's acknowledgement.
    disable_nagle_algorithm = True
    server: Server

    def setup(self) -> None:
        """Nobody may keep a thread by saying nothing."""
        super().setup()
        self.connection.settimeout(self.server.patience)

    def _serve(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        refused = self._foreign(headers)
        if refused:
            self.close_connection = True  # with what of the request has not been read
            self._write(
                HttpAnswer(403, json.dumps({"message": refused}).encode(), {"Content-Type": "application/json"})
            )
            return
        request = HttpRequest(self.command, self.path, headers, self._body(headers))
        serve = self.server.admin if self.path.startswith(ADMIN) else self.server.aws
        try:
            answer = serve(request)
        except Exception:  # noqa: BLE001 -- a connection must not die with one request
            traceback.print_exc()
            answer = HttpAnswer(400, json.dumps({"message": "The rehearsal failed; see its log."}).encode())
        if answer.delay:
            time.sleep(answer.delay)
        if answer.hang_up:
            self.close_connection = True
        else:
            self._write(answer)

    def _foreign(self, headers: dict[str, str]) -> str:
        """Why a request comes from where none should: a page in a browser, or a name that was bound to this address.

        Programs send neither Origin nor Sec-Fetch-Site, and name the address that they were given.
        """
        if headers.get("host", "").lower() not in self.server.hosts:
            return "The rehearsal answers to its own address only."
        if "origin" in headers or headers.get("sec-fetch-site", "none") != "none":
            return "The rehearsal answers no web pages."
        return ""

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = _serve  # noqa: N815 -- the names http.server calls

    def _body(self, headers: dict[str, str]) -> bytes:
        if headers.get("transfer-encoding", "").lower() != "chunked":
            length = int(headers.get("content-length") or 0)
            if not 0 <= length <= LONGEST:
                raise ConnectionError("Nobody sends so much, or less than nothing.")
            body = self.rfile.read(length)
            if len(body) < length:
                raise ConnectionError("The client died while it sent a request: nobody may act on half of one.")
            return body
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _write(self, answer: HttpAnswer) -> None:
        now = format_datetime(self.server.clock.now(), usegmt=True)
        lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}", f"Date: {now}"]
        lines += [f"{name}: {value}" for name, value in answer.headers.items()]
        lines.append(f"Content-Length: {len(answer.body)}")
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.wfile.write(head if self.command == "HEAD" else head + answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- http.server's own name
        """Calls have a log of their own."""
