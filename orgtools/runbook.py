"""The notebooks as a runbook: their order, and running them without a person.

Each notebook is executed with papermill. A step's notebook is given the digest of what a dry run, made just before,
would do: whoever starts this approves what that dry run shows, unseen. That is right for a rehearsal and for nothing
else.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import papermill
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

import orgtools
from orgtools import steps
from orgtools.exceptions import OrgtoolsError
from orgtools.migration import RUN_VARIABLE
from orgtools.private import private_file, private_folder
from orgtools.record.notebooks import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from orgtools.migration import Migration

NOTEBOOKS: Final = SHIPPED
"""The folder of the notebooks: beside the package in a clone, inside it where it was installed."""

EXECUTED: Final = "notebooks"
"""The folder for executed notebooks, in the run folder."""

_BEFORE: Final = ("00_start", "10_assess", "20_plan")
_LONGEST_WAY_BACK: Final = 2 * len(steps.BACK)
_PER_WAVE: Final = (
    "25_unenroll",
    "30_invite",
    "35_review_handshakes",
    "38_prepare_access",
    "40_leave",
    "50_accept",
    "60_place",
    "70_enroll",
)


def run(folder: Path, *, say: Callable[[str], None], rest: Callable[[datetime], None] | None = None) -> None:
    """Run every notebook in order, the steps wave by wave; executed notebooks go into the run folder.

    Where accepting leaves an account stand-alone it is tried once more, and accounts that ``[way_back]`` names are
    taken back at the end.

    Args:
        folder: the run folder.
        say: told one line for each notebook.
        rest: waits until a time of AWS's clock, where AWS refuses the way back until then; None ends there.

    Raises:
        OrgtoolsError: a notebook failed; the executed notebook holds the cell that did.
    """
    os.environ[RUN_VARIABLE] = str(folder.resolve())
    folder.mkdir(parents=True, exist_ok=True)
    executed = private_folder(folder / EXECUTED)
    # Kernels are spoken to through sockets in a folder of their own, which no other user and no network can reach.
    done: Counter[str] = Counter()
    with TemporaryDirectory(prefix="orgtools-") as sockets, orgtools.open(folder) as migration:
        local = Config({"KernelManager": {"transport": "ipc", "ip": str(Path(sockets, "kernel"))}})
        for name, parameters, words in _runs(migration, rest):
            wave, part = parameters.get("wave"), parameters.pop("part", "")
            stem = ".".join(filter(None, (name, parameters.get("what"), f"wave-{wave}{part}" if wave else "")))
            done[stem] += 1
            output = executed / (f"{stem}.{done[stem]}.ipynb" if done[stem] > 1 else f"{stem}.ipynb")
            output.unlink(missing_ok=True)
            private_file(output)
            try:
                papermill.execute_notebook(
                    NOTEBOOKS / f"{name}.ipynb",
                    output,
                    parameters=parameters,
                    cwd=NOTEBOOKS,
                    progress_bar=False,
                    kernel_name="python3",
                    config=local,
                )
            except PapermillExecutionError as error:
                raise OrgtoolsError(
                    f"{name} failed: {error.ename}: {error.evalue}.", next_step=f"Look at the cell in {output}."
                ) from error
            say(f"  {output.stem:28} {words}".rstrip())


def _runs(migration: Migration, rest: Callable[[datetime], None] | None) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each notebook in order, with its parameters and what it will do; decided when its turn comes."""
    by_notebook = {step.notebook: step for step in steps.ALL}
    handover = migration.settings.handover
    for name in _BEFORE:
        yield name, {}, ""
    for wave in migration.plan.waves:
        for name in _PER_WAVE:
            step = by_notebook.get(name)
            if step is None:
                yield name, {}, ""
            elif step is steps.UNENROLL:
                yield from _until_settled(migration, wave, step)
            elif step is steps.ENROLL:
                yield _run_of(migration, step, wave)
                yield from _until_settled(migration, wave, steps.PLACE, step, again=True)
            elif step is not steps.PREPARE or handover.prepare:
                yield from _once(migration, wave, step)
    yield steps.VERIFY.notebook, {}, ""
    yield from _regaining(migration)
    for wave in migration.plan.waves if handover.revoke else ():
        yield _run_of(migration, steps.REVOKE, wave)
    yield from _back(migration, rest)
    yield "90_record", {}, ""


def _once(migration: Migration, wave: int, step: steps.Step) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A step that does all at once; units that it lacks are created before, who stands alone tries again after."""
    missing = steps.preview(migration, steps.REPLICATE) if step is steps.PLACE else None
    if missing and missing.to_do:
        yield step.notebook, {"wave": wave, "approve_units": missing.digest, "part": ".units"}, missing.summary()
    yield _run_of(migration, step, wave)
    if step is steps.ACCEPT and _somebody_stands_alone(migration, wave):
        yield _run_of(migration, step, wave)


def _regaining(migration: Migration) -> Iterator[tuple[str, dict[str, Any], str]]:
    """What arrived accounts get back, where migration.toml asks for it."""
    for step in steps.REGAINING:
        for wave in migration.plan.waves if getattr(migration.settings.restore, step.name.replace("-", "_")) else ():
            name, parameters, words = _run_of(migration, step, wave)
            yield name, {"what": step.name, **parameters}, words


def _until_settled(
    migration: Migration, wave: int, *those: steps.Step, again: bool = False
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Steps that do only a part at a time, one account or one unit, until they find nothing more to do.

    Args:
        migration: the run.
        wave: the number of a wave.
        those: the steps, in order.
        again: whether they have run once already.
    """
    number, before = 1 if again else 0, ""
    while True:
        shown = [steps.preview(migration, step, wave=wave) for step in those]
        now = str([preview.decisions for preview in shown])
        if number and (now == before or not any(preview.to_do for preview in shown)):
            return
        number, before = number + 1, now
        for step in those:
            name, parameters, words = _run_of(migration, step, wave)
            yield name, parameters | ({"part": f".part-{number}"} if number > 1 else {}), words


def _somebody_stands_alone(migration: Migration, wave: int) -> bool:
    shown = steps.preview(migration, steps.ACCEPT, wave=wave)
    return bool(shown.to_do and steps.stand_alone(migration.plan.wave(wave), shown.snapshot, migration.ledger.events()))


def _back(migration: Migration, rest: Callable[[datetime], None] | None) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The way back of the accounts that migration.toml names, step by step; only a look where it names none."""
    accounts = list(migration.settings.way_back.accounts)
    for _ in range(_LONGEST_WAY_BACK):
        shown = steps.next_back(migration, accounts)
        approve = shown.digest if shown.to_do else ""
        words = f"{shown.step.name}: {shown.summary()}" if accounts else ""
        yield steps.RESTORE.notebook, {"accounts": accounts, "approve": approve}, words
        until = [seen.until for seen in shown.decisions if isinstance(seen, steps.Wait) and seen.until]
        if shown.to_do:
            continue
        if not until or rest is None:
            return
        rest(min(until))


def _run_of(migration: Migration, step: steps.Step, wave: int) -> tuple[str, dict[str, Any], str]:
    preview = steps.preview(migration, step, wave=wave)
    return step.notebook, {"wave": wave, "approve": preview.digest if preview.to_do else ""}, preview.summary()
