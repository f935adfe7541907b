"""Waves to measure: a world, a run folder, and the figures of what was done in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import orgtools
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.scenario import plain_wave
from orgtools.rehearsal.scenario.plain_wave import accounts_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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


def large(planned: int, accounts: int, units: int) -> dict[str, Any]:
    """Two large organizations alike: units in groups of ten, three levels deep, and the accounts spread over them.

    Args:
        planned: how many accounts of the source are to be moved.
        accounts: how many each side has.
        units: how many organizational units each side has.
    """
    document = plain_wave.document(planned)
    teams = [f"Group-{number // 100}/Area-{number // 10 % 10}/Team-{number}" for number in range(units - 3)]
    for side, own in zip(document["organizations"], ("4", "5"), strict=True):
        side["account_quota"] = 2 * accounts
        here = [*side["units"], *_with_parents(teams)]
        side["units"] = here[: max(units, len(side["units"]))]
        rest = range(accounts - len(side.get("accounts", [])) - 1)
        side.setdefault("accounts", []).extend(
            {
                "id": f"{own}{number:011d}",
                "name": f"resident-{number}",
                "email": f"resident-{own}-{number}@example.com",
                "unit": side["units"][number % len(side["units"])],
            }
            for number in rest
        )
    for number, account in enumerate(document["organizations"][0]["accounts"][:planned]):
        held = document["organizations"][0]["units"]
        account["unit"] = held[number * 7 % len(held)]
    return document


def _with_parents(paths: Iterable[str]) -> list[str]:
    """Units, each after those above it."""
    parts = (path.split("/") for path in paths)
    return list(dict.fromkeys("/".join(names[:depth]) for names in parts for depth in range(1, len(names) + 1)))


def throttled(calls: Sequence[LoggedCall]) -> int:
    """How many calls the server answered with TooManyRequestsException."""
    return sum(call.code == "TooManyRequestsException" for call in calls)


def say(line: str) -> None:
    """Print one figure; a benchmark is run to be read."""
    print(f"\n  {line}", end="", flush=True)  # noqa: T201 (see above)
