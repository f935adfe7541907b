"""Waves to measure: a world, a run folder, and the figures of what was done in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import orgtools
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.scenario.plain_wave import accounts_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from orgtools.rehearsal import LoggedCall

UNHURRIED: Final = 1e6
"""The endpoint's clock is said to be so fast that no rate is ever waited for; the server asks for none."""

SETTINGS: Final = """\
name = "benchmark"
[source]
profile = "rehearsal-source"
[destination]
profile = "rehearsal-destination"
[rates]
speed = {speed!r}
"""


class Waves:
    """One rehearsal, in which wave after wave is moved; each in a new world and a new run folder."""

    def __init__(self, folder: Path) -> None:
        """Start the server; nobody has configured boto3 yet."""
        self.rehearsal = Rehearsal.start(folder / "rehearsal", scenario="wave:1")
        self._folder = folder
        self._count = 0
        self._opened: list[orgtools.Migration] = []

    def environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let boto3 find the rehearsal's profiles."""
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            monkeypatch.delenv(name)
        for name, value in self.rehearsal.environment().items():
            monkeypatch.setenv(name, value)

    def new_world(self, accounts: int, *, speed: float | None = None) -> None:
        """A world in which that many accounts wait; with a speed, AWS's rates hold and its clock runs so fast."""
        self.rehearsal.set_speed(speed or 1.0)
        self.rehearsal.reset(f"wave:{accounts}")
        self.rehearsal.switch(rates=speed is not None)

    def new_run(self, accounts: int, *, speed: float | None = None) -> Path:
        """A run folder whose plan moves all of them."""
        self._count += 1
        folder = self._folder / f"run-{self._count}"
        folder.mkdir()
        (folder / "migration.toml").write_text(SETTINGS.format(speed=speed or UNHURRIED), encoding="utf-8")
        (folder / "accounts.csv").write_text(accounts_csv(accounts), encoding="utf-8")
        return folder

    def open(self, folder: Path) -> orgtools.Migration:
        """Open a run folder, as a kernel does; closed at the end."""
        self._opened.append(orgtools.open(folder))
        return self._opened[-1]

    def stop(self) -> None:
        """Close what was opened and end the server."""
        for migration in self._opened:
            migration.close()
        self.rehearsal.stop()


def throttled(calls: Sequence[LoggedCall]) -> int:
    """How many calls the server answered with TooManyRequestsException."""
    return sum(call.code == "TooManyRequestsException" for call in calls)


def say(line: str) -> None:
    """Print one figure; a benchmark is run to be read."""
    print(f"\n  {line}", end="", flush=True)  # noqa: T201 (see above)
