"""The rehearsal, and what runs on it: every notebook in order, or JupyterLab to step through by hand."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import orgtools
from orgtools.cli.common import Folder, need, sentences
from orgtools.cli.helping import Command, Commands
from orgtools.cli.side_by_side import rehearse_side_by_side, stoppable
from orgtools.cli.widths import GAP, cells, padded
from orgtools.exceptions import InputError
from orgtools.messages import Message, render
from orgtools.private import private_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgtools.rehearsal import Rehearsal

app = typer.Typer()
rehearsal_app = typer.Typer(cls=Commands, help="help-rehearsal", no_args_is_help=True)
app.add_typer(rehearsal_app, name="rehearsal")

NewFolder = Annotated[Path | None, typer.Option("--folder", help="help-new-folder")]
Scenario = Annotated[str, typer.Option(help="help-scenario")]
Some = Annotated[str, typer.Option("--scenario", help="help-rehearse-scenario")]
Speed = Annotated[float, typer.Option(min=0.01, help="help-speed")]
Port = Annotated[int, typer.Option(help="help-port")]

_ALL = "all"
_FOLDER = Path("runs") / "rehearsal-{now:%Y%m%d-%H%M%S}"
_LEFT = ("ledger.sqlite", "notebooks")
"""What an earlier rehearsal leaves in its folder."""
_WORKSPACES = ".jupyterlab"
"""Where JupyterLab keeps which tabs are open: in the run folder, so that no other run's tabs come back."""
_JUPYTERLAB = (
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.answer_yes=True",  # Ctrl-C ends it, as it ends the rehearsal
    "--LabApp.default_url=/lab/tree/00_start.ipynb",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
"""No question about news, and no other machine is asked."""


@rehearsal_app.command("start", cls=Command, help="help-rehearsal-start")
def rehearsal_start(
    folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0
) -> None:
    """Serve the rehearsed organizations on loopback until interrupted."""
    with sentences():
        from orgtools.rehearsal import serve

        _check_brought(scenario)
        serve(_new(folder), scenario, port, speed)


@rehearsal_app.command("advance", cls=Command, help="help-rehearsal-advance")
def rehearsal_advance(by: Annotated[str, typer.Argument(help="help-advance-by")], folder: Folder = None) -> None:
    """Move a running rehearsal's clock forward."""
    from orgtools.migration import run_folder
    from orgtools.rehearsal import Rehearsal

    with sentences():
        now = Rehearsal.attach(run_folder(folder or "")).advance(_span(by))
    typer.echo(Message("cli-rehearsal-now", at=now))


@app.command(cls=Command, help="help-rehearse")
def rehearse(
    folder: NewFolder = None,
    scenario: Some = "two-waves",
    port: Port = 0,
    speed: Speed = 20.0,
    *,
    one_of_many: Annotated[bool, typer.Option("--one-of-many", hidden=True)] = False,
) -> None:
    """Start the rehearsal, run every notebook in order against it, stop it, and print what happened.

    One scenario: two waves, with all that stands in their way; --scenario all runs the other shipped ones as well.
    Exit code 0: each ended as it says that it ends.
    """
    with sentences():
        need("moto", "jupyterlab")
        if scenario == _ALL and port:
            raise InputError(Message("cli-port-of-one"))
        if scenario != _ALL:
            from orgtools.rehearsal import check

            check(scenario, also=(_ALL,))
    from orgtools.kernels import warm
    from orgtools.rehearsal import shipped

    with stoppable():
        if scenario == _ALL:
            begun = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
            as_expected = rehearse_side_by_side(shipped(), begun, speed)
        else:
            with warm():  # kernels get ready while the rehearsal starts
                as_expected = not _rehearse(folder, scenario, port, speed)
    if not one_of_many:
        typer.echo(Message("cli-next-lab", given=_next_command()))
    if not as_expected:
        raise typer.Exit(1)


def _rehearse(folder: Path | None, scenario: str, port: int, speed: float) -> list[Message]:
    """One scenario; returns what did not end as it should."""
    with _rehearsing(folder, scenario, port, speed) as (rehearsal, chosen):
        from orgtools import runbook, steps
        from orgtools.cli import table

        typer.echo(f"{Message('cli-rehearsing', name=scenario)}\n")
        runbook.run(chosen, say=_say, begin=_begin, rest=lambda until: _until(rehearsal, until))
        with orgtools.open(chosen) as migration:
            verified, invited = (steps.preview(migration, step) for step in (steps.VERIFY, steps.INVITE))
        typer.echo("")
        for line in table.table(verified, invited):
            typer.echo(line)
        for number, note in enumerate(table.notes(verified, invited)):
            typer.echo(note if number else f"\n{Message('cli-notes')}\n{note}")
        changing = sum(call.changing for call in rehearsal.calls())
        typer.echo(f"\n{table.total(verified, invited, changing)}")
        for sentence in rehearsal.governed():
            typer.echo(table.lines(sentence))
        unexpected = rehearsal.unexpected(scenario)
        for sentence in unexpected:
            typer.echo(table.lines(Message("cli-unexpected", name=scenario, why=sentence)), err=True)
        executed = chosen / runbook.EXECUTED
        labels = [
            (str(Message("cli-label-reasons")), executed / f"{steps.VERIFY.notebook}.ipynb"),
            (str(Message("cli-label-record")), chosen / "record" / "record.html"),
            (str(Message("cli-label-notebooks")), executed),
        ]
        width = max(cells(label) for label, _ in labels)
        for label, path in labels:
            typer.echo(f"{padded(label, width)}{GAP}{path}")
        typer.echo("")
    return unexpected


def _begin(line: str) -> None:
    """On a screen, show at once which notebook runs."""
    if sys.stdout.isatty():
        typer.echo(f"{line} ...", nl=False)


def _say(line: str) -> None:
    typer.echo(f"\r\033[K{line}" if sys.stdout.isatty() else line)


def _next_command() -> str:
    from orgtools import runbook

    clone = runbook.NOTEBOOKS.parent
    return "make lab" if (clone / "Makefile").is_file() and Path.cwd() == clone else "orgtools lab"


def _until(rehearsal: Rehearsal, until: datetime) -> None:
    """Move the rehearsal's clock to a time that AWS names: nobody waits for a day."""
    left = until - rehearsal.now()
    typer.echo(f"{GAP}{Message('cli-clock-set', until=until)}")
    if left > timedelta():
        rehearsal.advance(left)


@app.command(cls=Command, help="help-lab")
def lab(folder: NewFolder = None, scenario: Scenario = "two-waves", port: Port = 0, speed: Speed = 1.0) -> None:
    """Start the rehearsal and open JupyterLab on it, to step through by hand."""
    with _rehearsing(folder, scenario, port, speed) as (_, chosen):
        from orgtools import runbook
        from orgtools.messages import LANGUAGES
        from orgtools.record.bundle.notebooks import shipped

        desk = chosen / runbook.EXECUTED
        shutil.copytree(shipped(), desk, ignore=shutil.ignore_patterns(*LANGUAGES))
        command = [sys.executable, "-m", "jupyterlab", *_JUPYTERLAB, *(["--allow-root"] if _is_root() else [])]
        command += [f"--ServerApp.root_dir={desk}", f"--LabApp.workspaces_dir={private_folder(chosen / _WORKSPACES)}"]
        with subprocess.Popen(command) as jupyter:  # noqa: S603 (our own command line)
            # Whoever ends this process ends JupyterLab as well; then the rehearsal is stopped.
            signal.signal(signal.SIGTERM, lambda *_: jupyter.terminate())
            try:
                jupyter.wait()
            except KeyboardInterrupt:
                jupyter.terminate()  # a terminal's Ctrl-C has reached it, a signal to this process alone has not
                typer.echo(Message("cli-stopped"))


def _check_brought(scenario: str) -> None:
    """Whether the files that a scenario brings can be meant, before they are copied into a run folder.

    Raises:
        InputError: they cannot; what is wrong with each is told at once.
    """
    from orgtools.plan import Plan
    from orgtools.reading import all_of
    from orgtools.rehearsal import brought
    from orgtools.settings import Settings

    readers: dict[str, Callable[[Path], object]] = {"migration.toml": Settings.read, "accounts.csv": Plan.read}
    all_of(*(partial(readers[path.name], path) for path in brought(scenario)))


def _new(folder: Path | None) -> Path:
    """A folder in which nothing was rehearsed: the organizations of an earlier rehearsal are gone.

    Raises:
        InputError: it holds a ledger or notebooks already, or a rehearsal runs there.
    """
    chosen = folder or Path(str(_FOLDER).format(now=datetime.now().astimezone()))
    running = _running(chosen)
    if running:
        raise InputError(Message("cli-rehearsal-runs-there", path=str(chosen), address=running))
    for left in _LEFT:
        if (chosen / left).exists():
            raise InputError(Message("cli-rehearsed-there", path=str(chosen), names=left))
    return chosen


def _running(folder: Path) -> str:
    """The address of the rehearsal that answers in a folder, or nothing."""
    from orgtools.rehearsal import Rehearsal, RehearsalError

    try:
        return Rehearsal.attach(folder).address
    except RehearsalError:
        return ""


@contextmanager
def _rehearsing(folder: Path | None, scenario: str, port: int, speed: float) -> Iterator[tuple[Rehearsal, Path]]:
    """A running rehearsal and its run folder; this process and those it starts find both in their environment."""
    from orgtools.migration import RUN_VARIABLE
    from orgtools.rehearsal import Rehearsal

    with sentences():
        need("moto", "jupyterlab")
        _check_brought(scenario)
        chosen = _new(folder)
        with Rehearsal.start(chosen, scenario=scenario, port=port, speed=speed) as rehearsal:
            os.environ.update(rehearsal.environment() | {RUN_VARIABLE: str(chosen.resolve())})
            typer.echo(_answering(rehearsal))
            typer.echo(Message("cli-run-folder", path=str(chosen)))
            yield rehearsal, chosen


def _answering(rehearsal: Rehearsal) -> Message:
    """How many organizations there are, where, and whose credentials nobody here has."""
    found = rehearsal.world()["organizations"]
    theirs = [name for name, organization in found.items() if not organization["profile"]]
    if theirs:
        return Message(
            "cli-rehearsal-answers-in-part", count=len(found), address=rehearsal.address, organizations=theirs
        )
    return Message("cli-rehearsal-answers", count=len(found), address=rehearsal.address)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _span(text: str) -> timedelta:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    if len(text) < 2 or text[-1] not in units or not text[:-1].replace(".", "", 1).isdigit():  # noqa: PLR2004 (a number and a unit)
        raise typer.BadParameter(render(Message("cli-no-span", given=text)))
    return timedelta(**{units[text[-1]]: float(text[:-1])})
