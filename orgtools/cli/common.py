"""What every command has in common: the run folder, how an error is said, how decisions are printed.

A command imports what it works with when it runs: `orgtools --help` loads none of it.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from importlib.metadata import requires
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orgtools.cli.widths import GAP, cells, cut, padded
from orgtools.exceptions import OrgtoolsError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Preview

Folder = Annotated[Path | None, typer.Option("--folder", help="help-folder")]


COUNTED: Final = {"Done": "cli-counted-done", "Do": "cli-counted-do", "Wait": "cli-counted-wait", "Blocked": "blocked"}
"""How many accounts a step says something of, by the kind of its decision."""
_LONGEST: Final = 24
"""Cells of an account's name."""


def say(text: object, *, err: bool = False) -> None:
    """Print for people: without addresses and credentials, and without what a terminal obeys."""
    from orgtools.aws.masking import mask_secrets

    typer.echo(mask_secrets(str(text)), err=err)


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
        # Installed from the folder that holds orgtools: it is on no index by itself.
        wanted = ",".join(dict.fromkeys(extras))
        absent = Message("not-installed", names=list(modules), count=len(modules), keys=wanted)
        say(f"orgtools: {OrgtoolsError(absent)}", err=True)
        raise typer.Exit(2) from error


def need(*modules: str) -> None:
    """Raise as an import would, before anything has begun, where another process is the one that imports."""
    absent = [module for module in modules if find_spec(module) is None]
    if absent:
        raise ModuleNotFoundError(f"No module named {absent[0]!r}", *absent, name=absent[0])


def _extra_of(module: str) -> str:
    """The extra of orgtools that brings a module, the one that brings little else; empty where none does."""
    by_extra = (re.match(r"([\w-]+).*; extra == ['\"]([\w-]+)", line) for line in requires("orgtools") or ())
    return next((found[2] for found in by_extra if found and found[1] == module.lower() and found[2] != "all"), "")


def print_decisions(preview: Preview, done: str = "mark-done") -> None:
    """A line for each account: what would be done, or why nothing is; of a whole way a line below it for each call.

    Args:
        preview: what was decided.
        done: the message that stands for an account that needs nothing.
    """
    from orgtools import steps
    from orgtools.aws.masking import mask_name

    kinds = {steps.Do: "mark-do", steps.Done: done, steps.Wait: "mark-wait", steps.Blocked: "mark-blocked"}
    words = {kind: str(Message(code)) for kind, code in kinds.items()}
    width = max(map(cells, words.values()))
    names = {account_id: cut(mask_name(name), _LONGEST) for account_id, name in preview.snapshot.names.items()}
    widest = max((cells(names.get(decision.account_id, "")) for decision in preview.decisions), default=0)
    for decision in preview.decisions:
        code = "cli-because-then" if isinstance(decision, steps.Blocked) else "cli-because"
        line = [
            decision.account_id,
            padded(words[type(decision)], width),
            str(Message(code, why=decision.why)),
        ]
        if widest:
            line.insert(1, padded(names.get(decision.account_id, ""), widest))
        say(GAP.join(line))
        for call in decision.calls if isinstance(decision, steps.Do) else ():
            if call.step:  # of several steps the whole way is approved, so that it is shown
                say(f"{GAP}{GAP}{Message('call-of-step', step=call.step, change=call.words)}")
