"""The command line: rehearse, run a step without a notebook, audit, record. Thin: it parses, calls, prints."""

import io
import sys
from itertools import pairwise
from typing import Any

import typer

from orgtools.cli import auditing, inviting, rehearsing, running
from orgtools.cli.common import sentences
from orgtools.cli.helping import Commands
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.reading import check_language

__all__ = ["app"]

_MAY_BE_EMPTY = "--notes"


class _Commands(Commands):
    """What is typed after ``orgtools``."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """As Typer does; an empty text, as of a shell's unset variable, does not stand for what is so without it."""
        with sentences():
            for before, given in pairwise(["", *args]):
                option = before if given == "" else given.removesuffix("=")
                if given == "" or (given.startswith("--") and given.endswith("=") and "=" not in option):
                    if not option.startswith("-"):
                        raise InputError(Message("cli-argument-empty"))
                    if option != _MAY_BE_EMPTY:
                        raise InputError(Message("argument-empty", key=option))
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Commands,
    help="help-orgtools",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for part in (rehearsing, running, inviting, auditing):
    app.add_typer(part.app)


@app.callback()
def _begin() -> None:
    """Whatever the machine's encoding is, names of accounts are printed whole: files and pipes hold UTF-8.

    And the language that ORGTOOLS_LANGUAGE asks for is one of ours.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with sentences():
        check_language()
