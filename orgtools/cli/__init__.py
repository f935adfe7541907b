"""The command line: rehearse, run a step without a notebook, audit, record. Thin: it parses, calls, prints."""

import io
import sys

import typer

from orgtools.cli import auditing, inviting, rehearsing, running
from orgtools.cli.common import sentences
from orgtools.reading import check_language

__all__ = ["app"]

app = typer.Typer(
    help="Move AWS accounts from one AWS Organization to another: show, ask, do exactly that, prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
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
