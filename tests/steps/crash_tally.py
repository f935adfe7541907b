"""What comes of crash matrices, and the program that makes them."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.steps import crash_wave

_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a matrix.

    Attributes:
        wave: the name of the wave, which is that of its step or begins with it.
        workers: how many calls ran side by side.
        points: how many points were tried; at each a process was killed.
        losses: a sentence for each thing that was lost, done twice, or told wrongly.
        seconds: processor time, without the server's.
    """

    wave: str
    workers: int
    points: int
    losses: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        """The line to print."""
        return (
            f"crash matrix: {self.points} points, {len(self.losses)} losses "
            f"({self.wave}, {self.workers} at a time, {self.seconds:.0f} s of processor time)"
        )


@cache
def _program() -> subprocess.Popen[str]:
    """The program that makes matrices; it loads all that it needs, and starts its server, once."""
    command = [sys.executable, "-W", "error", "-m", "tests.steps.crash_matrix"]
    started = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_end, started)
    return started


def _end(program: subprocess.Popen[str]) -> None:
    """It ends by itself where nobody asks any more, and its server with it."""
    program.communicate(timeout=60)


def run(wave: str, workers: int) -> Tally:
    """Kill a step everywhere and resume it; count what was lost.

    Args:
        wave: one of `crash_wave.waves`.
        workers: how many calls run side by side. With 1, the process that resumes is killed, too, while it settles;
            with more, a sample of the points is tried, with other calls in flight.

    Raises:
        RuntimeError: the matrix itself failed; its words are on standard error.
    """
    program = _program()
    assert program.stdin is not None
    assert program.stdout is not None
    print(json.dumps([wave, workers]), file=program.stdin, flush=True)
    answer = program.stdout.readline()
    if not answer:
        _program.cache_clear()
        raise RuntimeError(f"The matrix of {wave} ended with {program.wait()}.")
    held = json.loads(answer)
    return Tally(**{**held, "losses": tuple(held["losses"])})


def check(wave: str, workers: int) -> None:
    """The matrix of a wave loses nothing, and tried enough; what it tried is printed.

    With calls side by side there is no order, and so no place that must be tried.
    """
    tally = run(wave, workers)
    print(tally)  # noqa: T201 -- how much was tried is for people to see: pytest -s
    calls = sum(map(len, crash_wave.waves()[wave].once.values()))
    assert tally.points >= (4 * calls if workers == 1 else 1), tally
    assert tally.losses == ()
