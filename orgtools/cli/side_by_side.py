"""Several rehearsals at once, each a process of its own, and how all that was started ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

import typer

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _StoppedError(KeyboardInterrupt):
    """Somebody ends the rehearsal; the argument is the number of the signal."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C or SIGTERM ends all that was started, once; then a sentence, and the exit code that shells expect."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _: object) -> None:
        for each in before:  # a second one would end the tidying up
            signal.signal(each, signal.SIG_IGN)
        raise _StoppedError(number)

    for each in before:
        signal.signal(each, stop)
    try:
        yield
    except _StoppedError as stopped:
        typer.echo(f"\n{Message('cli-rehearsal-stopped')}", err=True)
        raise typer.Exit(128 + int(stopped.args[0])) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def rehearse_side_by_side(scenarios: list[str], begun: Path, speed: float) -> bool:
    """Rehearse scenarios as processes of their own, one for each core; what they print is printed in order.

    Args:
        scenarios: their names.
        begun: the folder that gets a run folder for each.
        speed: how many times faster than real time their clocks run.

    Returns:
        Whether each ended as it should.
    """
    said: dict[str, SimpleQueue[str | None]] = {name: SimpleQueue() for name in scenarios}
    running: list[subprocess.Popen[str]] = []
    stopped = threading.Event()

    def one(name: str) -> int:
        command = [sys.executable, "-P", "-m", "orgtools", "rehearse", "--one-of-many", "--scenario", name]
        command += ["--folder", str(begun / name), "--speed", str(speed)]
        # In a session of its own: Ctrl-C reaches only this process, which ends it, below.
        with subprocess.Popen(  # noqa: S603 (our own command line)
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        ) as process:
            running.append(process)
            if stopped.is_set():
                process.terminate()
            for line in process.stdout or ():
                said[name].put(line)
            said[name].put(None)
        return process.returncode

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ended = [pool.submit(one, name) for name in scenarios]
        try:
            for lines in said.values():
                while (line := lines.get()) is not None:
                    typer.echo(line, nl=False)
        except BaseException:
            stopped.set()
            pool.shutdown(wait=False, cancel_futures=True)
            for process in running:
                process.terminate()
            raise
    return not any(one.result() for one in ended)
