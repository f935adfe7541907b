"""What every command has in common: the run folder, how an error is said, how decisions are printed."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orgtools import steps
from orgtools.exceptions import OrgtoolsError
from orgtools.migration import RUN_VARIABLE
from orgtools.rehearsal import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Preview

Folder = Annotated[Path | None, typer.Option("--folder", help=f"The run folder; default: {RUN_VARIABLE}, else here.")]


@contextmanager
def sentences() -> Iterator[None]:
    """What orgtools raises on purpose is a sentence on stderr and exit code 2, not a traceback."""
    try:
        yield
    except (OrgtoolsError, RehearsalError) as error:
        typer.echo(f"orgtools: {error}", err=True)
        raise typer.Exit(2) from error


def print_decisions(preview: Preview) -> None:
    """A line for each account: what would be done, or why nothing is."""
    for decision in preview.decisions:
        kind = type(decision).__name__
        next_step = decision.next_step if isinstance(decision, steps.Blocked) else ""
        typer.echo(f"{decision.account_id}  {kind:8}  {decision.why}. {next_step}".rstrip())
