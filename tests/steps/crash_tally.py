"""What comes of crash matrices, and the program that makes them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.steps import crash_wave

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def run(waves: Iterable[str], workers: int) -> list[Tally]:
    """Kill a step everywhere and resume it; count what was lost.

    Args:
        waves: names of `crash_wave.waves`.
        workers: how many calls run side by side. With 1, the process that resumes is killed, too, while it settles;
            with more, a sample of the points is tried, with other calls in flight.

    Raises:
        CalledProcessError: the matrix itself failed; its words are on standard error.
    """
    command = [sys.executable, "-W", "error", "-m", "tests.steps.crash_matrix", str(workers), *waves]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=True)
    return [Tally(**{**held, "losses": tuple(held["losses"])}) for held in json.loads(done.stdout)]


def check(waves: Iterable[str], workers: int) -> None:
    """The matrices of some waves lose nothing, and tried enough; what they tried is printed.

    With calls side by side there is no order, and so no place that must be tried.
    """
    for tally in run(waves, workers):
        print(tally)  # noqa: T201 -- how much was tried is for people to see: pytest -s
        calls = sum(map(len, crash_wave.waves()[tally.wave].once.values()))
        assert tally.points >= (4 * calls if workers == 1 else 1), tally
        assert tally.losses == ()
