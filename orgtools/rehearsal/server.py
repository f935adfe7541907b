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

from orgtools.rehearsal import folder as run_folder
from orgtools.rehearsal.admin import Admin
from orgtools.rehearsal.clock import Clock
from orgtools.rehearsal.errors import RehearsalError
from orgtools.rehearsal.gateway import Gateway
from orgtools.rehearsal.http import Server
from orgtools.rehearsal.scenario import ScenarioError

LAST_PORT = 65_535


def open_server(folder: Path, scenario: str, port: int, speed: float) -> Server:
    """A listening server for the scenario, with the run folder written. Raises `RehearsalError`."""
    try:
        clock = Clock(speed)
    except ValueError as error:
        raise RehearsalError(str(error)) from None
    if not 0 <= port <= LAST_PORT:
        raise RehearsalError(f"There is no port {port}: name one from 1 to {LAST_PORT}, or 0 to take a free one.")
    try:
        loaded = run_folder.load(scenario)
    except ScenarioError as error:
        raise RehearsalError(str(error)) from None
    with ExitStack() as undo:
        held = run_folder.hold(folder)
        undo.callback(held.release)
        token = secrets.token_urlsafe(32)
        try:
            gateway = Gateway(loaded, clock)
        except ScenarioError as error:
            raise RehearsalError(str(error)) from None
        try:
            server = Server(port, clock, gateway.answer, Admin(gateway, token))
        except OSError as error:
            raise RehearsalError(
                f"Port {port} on 127.0.0.1 cannot be used ({os.strerror(error.errno or 0)}). "
                "Choose another port, or none to take a free one."
            ) from None
        undo.callback(server.server_close)
        try:
            run_folder.write(folder, scenario, loaded, address=server.address, token=token, speed=speed)
        except OSError as error:
            raise RehearsalError(f"The run folder {folder} cannot be written: {error.strerror}.") from None
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
        f"The rehearsal {document.get('scenario')!r} answers at {server.address} until you press Ctrl-C.",
        f"export AWS_CONFIG_FILE={folder.resolve() / run_folder.CONFIG}",
        f"export AWS_PROFILE={profile}",
        *(f'export {name}="${{{name}:+${name},}}127.0.0.1,localhost"' for name in ("NO_PROXY", "no_proxy")),
    ]
    run(server, folder, announcement)


def serve_for_parent(folder: Path, scenario: str, port: int, speed: float) -> None:
    """Runs a rehearsal for the process that started this one: one JSON line, then silence."""
    server = open_server(folder, scenario, port, speed)
    run(server, folder, [json.dumps({"address": server.address})], watch_stdin=True)
