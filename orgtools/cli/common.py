"""What every command has in common: the run folder, how an error is said, how decisions are printed.

A command imports what it works with when it runs: `orgtools --help` loads none of it.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from orgtools.exceptions import OrgtoolsError
from orgtools.wording import verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgtools.steps import Preview

Folder = Annotated[Path | None, typer.Option("--folder", help="The run folder; default: ORGTOOLS_RUN, else here.")]


def say(text: str, *, err: bool = False) -> None:
    """Print for people: without addresses and credentials, and without what a terminal obeys."""
    from orgtools.aws.masking import mask_secrets

    typer.echo(mask_secrets(text), err=err)


@contextmanager
def sentences() -> Iterator[None]:
    """What orgtools raises on purpose is a sentence on stderr and exit code 2, not a traceback.

    So is a library that is not installed because it comes with an extra.
    """
    from orgtools.rehearsal import RehearsalError

    try:
        yield
    except (OrgtoolsError, RehearsalError) as error:
        say(f"orgtools: {error}", err=True)
        raise typer.Exit(2) from error
    except ModuleNotFoundError as error:
        modules = error.args[1:] or ((error.name or "").partition(".")[0],)
        extras = [_extra_of(module) for module in modules]
        if not all(extras) or any(map(find_spec, modules)):
            raise
        say(f"orgtools: {missing(modules, extras)}", err=True)
        raise typer.Exit(2) from error


def missing(modules: Sequence[str], extras: Sequence[str]) -> str:
    """What is not installed, and how it is: from the folder that holds orgtools, as it is on no index by itself."""
    named = " and ".join(modules)
    wanted = ",".join(dict.fromkeys(extras))
    return (
        f'{named} {verb(len(modules), "are")} not installed here. In the clone of orgtools: pip install ".[{wanted}]"'
    )


def need(*modules: str) -> None:
    """Raise as an import would, before anything has begun, where another process is the one that imports."""
    absent = [module for module in modules if find_spec(module) is None]
    if absent:
        raise ModuleNotFoundError(f"No module named {absent[0]!r}", *absent, name=absent[0])


def _extra_of(module: str) -> str:
    """The extra of orgtools that brings a module, the one that brings little else; empty where none does."""
    by_extra = (re.match(r"([\w-]+).*; extra == ['\"]([\w-]+)", line) for line in requires("orgtools") or ())
    return next((found[2] for found in by_extra if found and found[1] == module.lower() and found[2] != "all"), "")


def print_decisions(preview: Preview) -> None:
    """A line for each account: what would be done, or why nothing is."""
    from orgtools import steps

    for decision in preview.decisions:
        kind = type(decision).__name__
        next_step = decision.next_step if isinstance(decision, steps.Blocked) else ""
        say(f"{decision.account_id}  {kind:8}  {decision.why}. {next_step}".rstrip())


def aligned(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows under the names of their columns, each column as wide as its widest cell."""
    from orgtools.aws.masking import mask_name

    lines = [list(rows[0]), *([mask_name(str(cell)) for cell in row.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)
