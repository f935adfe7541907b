"""The command line: rehearse, run a step without a notebook, audit, record. Thin: it parses, calls, prints."""

import io
import sys

import typer

from orgtools.cli import auditing, inviting, rehearsing, running

__all__ = ["app"]

app = typer.Typer(
    help="Move AWS accounts from one AWS Organization to another: show, ask, do exactly that, prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for part in (rehearsing, running, inviting, auditing):
    app.add_typer(part.app)


@app.callback()
def _in_utf8() -> None:
    """Whatever the machine's encoding is, names of accounts are printed whole: files and pipes hold UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
