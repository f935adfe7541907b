"""The rehearsal, and what runs on it: every notebook in order, or JupyterLab to step through by hand."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import orgtools
from orgtools.cli.common import Folder, need, print_decisions, sentences
from orgtools.exceptions import InputError
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.rehearsal import Rehearsal

app = typer.Typer()
rehearsal_app = typer.Typer(help="Two simulated organizations on this machine.", no_args_is_help=True)
app.add_typer(rehearsal_app, name="rehearsal")

NewFolder = Annotated[Path | None, typer.Option("--folder", help="A new run folder; default: runs/rehearsal-<now>.")]
Scenario = Annotated[str, typer.Option(help="A shipped scenario, wave:N, or a path to a scenario file.")]
Some = Annotated[str | None, typer.Option("--scenario", help="One scenario; default: every shipped one.")]
Speed = Annotated[float, typer.Option(min=0.01, help="How fast the rehearsal's clock runs.")]
Port = Annotated[int, typer.Option(help="0 takes a free one.")]

_FOLDER = Path("runs") / "rehearsal-{now:%Y%m%d-%H%M%S}"


@rehearsal_app.command("start")
def rehearsal_start(
    folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0
) -> None:
    """Serve two rehearsed organizations on loopback until interrupted."""
    with sentences():
        from orgtools.rehearsal import serve

        serve(_new(folder), scenario, port, speed)


@rehearsal_app.command("advance")
def rehearsal_advance(
    by: Annotated[str, typer.Argument(help="How far: 90s, 30m, 6h, 15d.")], folder: Folder = None
) -> None:
    """Move a running rehearsal's clock forward."""
    from orgtools.migration import run_folder
    from orgtools.rehearsal import Rehearsal

    with sentences():
        now = Rehearsal.attach(run_folder(folder or "")).advance(_span(by))
    typer.echo(f"It is now {now:%Y-%m-%d %H:%M:%S} UTC in the rehearsal.")


@app.command()
def rehearse(folder: NewFolder = None, scenario: Some = None, port: Port = 0, speed: Speed = 20.0) -> None:
    """Start the rehearsal, run every notebook in order against it, stop it, and print what happened.

    Every shipped scenario, one after another, unless one is named. Exit code 0: each ended as it says that it ends.
    """
    from orgtools.rehearsal import shipped

    if scenario:
        unexpected = _rehearse(folder, scenario, port, speed)
    else:
        begun = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
        unexpected = [sentence for name in shipped() for sentence in _rehearse(begun / name, name, port, speed)]
    if unexpected:
        raise typer.Exit(1)


def _rehearse(folder: Path | None, scenario: str, port: int, speed: float) -> list[str]:
    """One scenario; returns what did not end as it should."""
    with _rehearsing(folder, scenario, port, speed) as (rehearsal, chosen):
        from orgtools import runbook, steps

        typer.echo(f"Scenario {scenario}.")
        runbook.run(chosen, say=typer.echo, rest=lambda until: _until(rehearsal, until))
        with orgtools.open(chosen) as migration:
            verified = steps.preview(migration, steps.VERIFY)
        typer.echo("")
        print_decisions(verified)
        changing = sum(call.changing for call in rehearsal.calls())
        typer.echo(f"\n{verified.summary()}; {many(changing, 'changing call')} {verb(changing, 'were')} made.")
        typer.echo("".join(f"{sentence}\n" for sentence in rehearsal.governed()), nl=False)
        unexpected = rehearsal.unexpected(scenario)
        for sentence in unexpected:
            typer.echo(f"Not as {scenario} should end: {sentence}.", err=True)
        typer.echo(f"Executed notebooks: {chosen / runbook.EXECUTED}\nRecord: {chosen / 'record' / 'record.html'}\n")
    return unexpected


def _until(rehearsal: Rehearsal, until: datetime) -> None:
    """Move the rehearsal's clock to a time that AWS names: nobody waits for a day."""
    left = until - rehearsal.now()
    typer.echo(f"  until {until:%Y-%m-%d %H:%M} UTC there is nothing to do: the rehearsal's clock moves on.")
    if left > timedelta():
        rehearsal.advance(left)


@app.command()
def lab(folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0) -> None:
    """Start the rehearsal and open JupyterLab on it, to step through by hand."""
    with _rehearsing(folder, scenario, port, speed) as (_, chosen):
        from orgtools import runbook

        desk = chosen / runbook.EXECUTED
        shutil.copytree(runbook.NOTEBOOKS, desk)
        command = [sys.executable, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={desk}"]
        command += ["--LabApp.default_url=/lab/tree/00_start.ipynb", *(["--allow-root"] if _is_root() else [])]
        with subprocess.Popen(command) as jupyter:  # noqa: S603 (our own command line)
            # Whoever ends this process ends JupyterLab as well; then the rehearsal is stopped.
            signal.signal(signal.SIGTERM, lambda *_: jupyter.terminate())
            try:
                jupyter.wait()
            except KeyboardInterrupt:
                typer.echo("Stopped.")


def _new(folder: Path | None) -> Path:
    """A folder without a ledger: the organizations of an earlier rehearsal are gone, its ledger would tell of nothing.

    Raises:
        InputError: there is one already.
    """
    chosen = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
    if (chosen / "ledger.sqlite").exists():
        raise InputError(
            f"{chosen} holds the ledger of an earlier rehearsal, whose organizations are gone.",
            next_step="Name another folder, or none.",
        )
    return chosen


@contextmanager
def _rehearsing(folder: Path | None, scenario: str, port: int, speed: float) -> Iterator[tuple[Rehearsal, Path]]:
    """A running rehearsal and its run folder; this process and those it starts find both in their environment."""
    from orgtools.migration import RUN_VARIABLE
    from orgtools.rehearsal import Rehearsal

    with sentences():
        need("moto", "jupyterlab")
        chosen = _new(folder)
        with Rehearsal.start(chosen, scenario=scenario, port=port, speed=speed) as rehearsal:
            os.environ.update(rehearsal.environment() | {RUN_VARIABLE: str(chosen.resolve())})
            typer.echo(f"Two rehearsed organizations at {rehearsal.address}; run folder {chosen}.")
            yield rehearsal, chosen


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _span(text: str) -> timedelta:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    if len(text) < 2 or text[-1] not in units or not text[:-1].replace(".", "", 1).isdigit():  # noqa: PLR2004 (a number and a unit)
        raise typer.BadParameter(f"{text!r} is no length of time: write 90s, 30m, 6h or 15d.")
    return timedelta(**{units[text[-1]]: float(text[:-1])})
