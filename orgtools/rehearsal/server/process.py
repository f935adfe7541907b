"""The server process: starting, saying where it is, and stopping with whoever started it."""

import json
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from orgtools.messages import Message
from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.errors import RehearsalError, ToldError
from orgtools.rehearsal.server import folder as run_folder
from orgtools.rehearsal.server.admin import Admin
from orgtools.rehearsal.server.gateway import Gateway
from orgtools.rehearsal.server.http import Server

LAST_PORT = 65_535


def open_server(folder: Path, scenario: str, port: int, speed: float) -> Server:
    """A listening server for the scenario, with the run folder written. Raises `RehearsalError`."""
    try:
        clock = VirtualClock(speed)
    except ToldError as error:
        raise RehearsalError(error.message) from None
    if not 0 <= port <= LAST_PORT:
        raise RehearsalError(Message("rehearsal-port-unknown", given=str(port), number=LAST_PORT))
    try:
        loaded = run_folder.load(scenario)
    except ToldError as error:
        raise RehearsalError(error.message) from None
    with ExitStack() as undo:
        held = run_folder.hold(folder)
        undo.callback(held.release)
        token = secrets.token_urlsafe(32)
        try:
            gateway = Gateway(loaded, clock)
        except ToldError as error:
            raise RehearsalError(error.message) from None
        try:
            server = Server(port, clock, gateway.answer, Admin(gateway, token))
        except OSError as error:
            message = Message("rehearsal-port-refused", number=port, words=os.strerror(error.errno or 0))
            raise RehearsalError(message) from None
        undo.callback(server.server_close)
        try:
            run_folder.write(folder, scenario, loaded, address=server.address, token=token, speed=speed)
        except OSError as error:
            message = Message("rehearsal-folder-not-written", path=str(folder), words=error.strerror)
            raise RehearsalError(message) from None
        server.held = held
        undo.pop_all()
    return server


def run(server: Server, folder: Path, announcement: list[str], *, watch_stdin: bool = False) -> None:
    """Announces itself and serves until interrupted, terminated or, if asked to watch, standard input ends."""

    def stop(*_: object) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if watch_stdin:
        # The pipe's other end closes with the parent, even when the parent is killed.
        threading.Thread(target=_wait_for_end, args=(stop,), daemon=True).start()
    sys.stdout.write("\n".join(announcement) + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()
        (folder / run_folder.ADDRESS).unlink(missing_ok=True)


def _wait_for_end(stop: Callable[[], None]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    stop()


def serve(folder: Path, scenario: str = "two-waves", port: int = 0, speed: float = 1.0) -> None:
    """Runs a rehearsal in the foreground until it is interrupted. Raises `RehearsalError`.

    Prints the address and the lines that make the `aws` command line and other programs use it.
    """
    server = open_server(folder, scenario, port, speed)
    document = run_folder.read_address(folder) or {}
    profiles = list(document.get("profiles", {}))
    profile = "rehearsal-destination" if "rehearsal-destination" in profiles else profiles[-1]
    announcement = [
        str(Message("rehearsal-answers", name=document.get("scenario"), address=server.address)),
        f"export AWS_CONFIG_FILE={folder.resolve() / run_folder.CONFIG}",
        f"export AWS_PROFILE={profile}",
        *(f'export {name}="${{{name}:+${name},}}127.0.0.1,localhost"' for name in ("NO_PROXY", "no_proxy")),
    ]
    run(server, folder, announcement)


def serve_for_parent(folder: Path, scenario: str, port: int, speed: float) -> None:
    """Runs a rehearsal for the process that started this one: one JSON line, its address or why it has none."""
    try:
        server = open_server(folder, scenario, port, speed)
    except RehearsalError as error:
        sys.stdout.write(json.dumps({"refused": error.message.as_json()}) + "\n")
        return
    run(server, folder, [json.dumps({"address": server.address})], watch_stdin=True)
