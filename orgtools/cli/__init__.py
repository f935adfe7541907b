"""The command line: rehearse, run a step without a notebook, audit, record. Thin: it parses, calls, prints."""

import typer

from orgtools.cli import auditing, rehearsing, running

__all__ = ["app"]

app = typer.Typer(
    help="Move AWS accounts from one AWS Organization to another: show, ask, do exactly that, prove it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for part in (rehearsing, running, auditing):
    app.add_typer(part.app)
