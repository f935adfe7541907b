"""The notebooks as a runbook: their order, and running them without a person.

Each notebook is executed with papermill. A step's notebook is given the digest of what a dry run, made just before,
would do: whoever starts this approves what that dry run shows, unseen. That is right for a rehearsal and for nothing
else.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orgtools
from orgtools import steps
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Verdict
from orgtools.kernels import warm
from orgtools.messages import Message
from orgtools.migration import RUN_VARIABLE
from orgtools.private import private_file, private_folder
from orgtools.record.bundle.notebooks import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from orgtools.findings import Finding
    from orgtools.ledger import Event
    from orgtools.migration import Migration

NOTEBOOKS: Final = SHIPPED
"""The folder of the English notebooks: beside the package in a clone, inside it where it was installed."""

EXECUTED: Final = "notebooks"
"""The folder for executed notebooks, in the run folder."""

_BEFORE: Final = ("00_start", "10_assess", "20_plan")
_LONGEST_WAY_BACK: Final = 2 * len(steps.BACK)
_STEM: Final = 27
_REVIEW: Final = "35_review_handshakes"
_FOREIGN: Final = "E11"
"""The check that looks for invitations of other organizations."""
_CHECKED: Final = steps.ALL.index(steps.VERIFY)
_PER_WAVE: Final = steps.ALL[:_CHECKED]
_AFTER: Final = steps.ALL[_CHECKED + 1 :]
"""The steps that each wave takes, and those that come when all waves are checked."""


class _Run(NamedTuple):
    """One notebook in its turn.

    Attributes:
        name: the notebook.
        parameters: what it is given.
        preview: what its step will do, where it is a step's.
        part: what its executed notebook is called besides, where it runs several times in a wave.
    """

    name: str
    parameters: dict[str, Any] = {}  # noqa: RUF012 (never changed)
    preview: steps.Preview | None = None
    part: str = ""


def run(
    folder: Path,
    *,
    say: Callable[[str], None],
    begin: Callable[[str], None] | None = None,
    rest: Callable[[datetime], None] | None = None,
) -> None:
    """Run every notebook in order, the steps wave by wave; executed notebooks go into the run folder.

    Where accepting leaves an account stand-alone it is tried once more, and accounts that ``[way_back]`` names are
    taken back at the end.

    Args:
        folder: the run folder.
        say: told one line for each notebook, when it has ended: its name, its seconds, what it did.
        begin: told the beginning of that line when the notebook begins.
        rest: waits until a time of AWS's clock, where AWS refuses the way back, or owners may accept, until then; None
            goes on without.

    Raises:
        OrgtoolsError: a notebook failed; the executed notebook holds the cell that did.
    """
    # Loaded when they are needed: papermill alone takes longer than any other command.
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    from orgtools.kernels.executing import execute  # noqa: PLC0415

    os.environ[RUN_VARIABLE] = str(folder.resolve())
    folder.mkdir(parents=True, exist_ok=True)
    executed = private_folder(folder / EXECUTED)
    done: Counter[str] = Counter()
    known = 0
    with warm(), orgtools.open(folder) as migration:
        for turn in _runs(migration, rest):
            wave = turn.parameters.get("wave")
            stem = ".".join(
                filter(None, (turn.name, turn.parameters.get("what"), f"wave-{wave}{turn.part}" if wave else ""))
            )
            done[stem] += 1
            output = executed / (f"{stem}.{done[stem]}.ipynb" if done[stem] > 1 else f"{stem}.ipynb")
            output.unlink(missing_ok=True)
            private_file(output)
            if begin:
                begin(f"  {output.stem:{_STEM}}")
            begun = time.monotonic()
            try:
                execute(shipped() / f"{turn.name}.ipynb", output, turn.parameters)
            except PapermillExecutionError as error:
                raise OrgtoolsError(
                    Message(
                        "runbook-failed", notebook=turn.name, words=f"{error.ename}: {error.evalue}", path=str(output)
                    )
                ) from error
            except DeadKernelError as error:
                raise OrgtoolsError(Message("runbook-kernel-ended", notebook=turn.name, path=str(output))) from error
            events = list(migration.ledger.events(after=known))
            known = events[-1].number if events else known
            say(f"  {output.stem:{_STEM}} {time.monotonic() - begun:4.0f} s  {_did(migration, turn, events)}")


def _did(migration: Migration, turn: _Run, events: Iterable[Event]) -> Message:
    """What a notebook did: by the ledger, not by what was shown before."""
    if turn.preview is None:
        foreign = len(strangers(migration.assessment())) if turn.name == _REVIEW else 0
        return Message(
            f"runbook-ran-{turn.name}", count=foreign if turn.name == _REVIEW else len(migration.plan.accounts)
        )
    step, kinds = turn.preview.step, Counter(type(decision) for decision in turn.preview.decisions)
    done = len({event.account_id for event in events if event.step == step.name and event.took_effect})
    left, none, blocked = kinds[steps.Do] - done, kinds[steps.Done], kinds[steps.Blocked]
    waiting = kinds[steps.Wait] - turn.preview.unseen
    counted = {
        f"did-{step.name}": done,
        "runbook-left": left,
        f"done-{step.name}": none,
        "waiting": waiting,
        "not-looked-at": turn.preview.unseen,
        "blocked": blocked,
    }
    return Message("summary", whys=[Message(code, count=count) for code, count in counted.items() if count > 0])


def strangers(assessment: Mapping[str, Iterable[Finding]]) -> dict[str, Message]:
    """By account id: the pending invitation from an organization that is none of the two, as 10_assess found it."""
    return {
        account_id: finding.evidence
        for account_id, findings in assessment.items()
        for finding in findings
        if finding.check == _FOREIGN and finding.status is Verdict.WARN
    }


def _runs(migration: Migration, rest: Callable[[datetime], None] | None) -> Iterator[_Run]:
    """Each notebook in order, with its parameters and what it will do; decided when its turn comes."""
    for name in _BEFORE:
        yield _Run(name)
    for wave in migration.plan.waves:
        for step in _PER_WAVE:
            yield from _in_turn(migration, wave, step, rest)
    yield _Run(steps.VERIFY.notebook)
    for step in (*steps.REGAINING, *_AFTER):
        for wave in migration.plan.waves if step.asked(migration.settings) else ():
            yield _run_of(migration, step, wave)
    yield from _back(migration, rest)
    yield _Run("90_record")


def _in_turn(
    migration: Migration, wave: int, step: steps.Step, rest: Callable[[datetime], None] | None
) -> Iterator[_Run]:
    """A step of the way, for a wave; and what comes right after it."""
    if step is steps.UNENROLL:
        yield from _until_settled(migration, wave, step)
    elif step is steps.ENROLL:
        yield _run_of(migration, step, wave)
        yield from _until_settled(migration, wave, steps.PLACE, step, again=True)
    elif step.asked(migration.settings):
        yield from _once(migration, wave, step)
    if step is steps.INVITE:
        yield _Run(_REVIEW)
    elif step is steps.ACCEPT:
        yield from _owners(migration, wave, rest)


def _once(migration: Migration, wave: int, step: steps.Step) -> Iterator[_Run]:
    """A step that does all at once; units that it lacks are created before, who stands alone tries again after."""
    missing = steps.preview(migration, steps.REPLICATE) if step is steps.PLACE else None
    if missing and missing.to_do:
        yield _Run(step.notebook, {"wave": wave, "approve_units": _noted(migration, missing)}, missing, ".units")
    yield _run_of(migration, step, wave)
    if step is steps.ACCEPT and _somebody_stands_alone(migration, wave):
        yield _run_of(migration, step, wave)


def _owners(migration: Migration, wave: int, rest: Callable[[datetime], None] | None) -> Iterator[_Run]:
    """Where owners accept by hand, it is looked again when their invitations are over."""
    shown = steps.preview(migration, steps.ACCEPT, wave=wave)
    until = [seen.until for seen in shown.decisions if isinstance(seen, steps.Wait) and seen.effective and seen.until]
    if until and rest:
        rest(max(until))
        yield _run_of(migration, steps.ACCEPT, wave)


def _until_settled(migration: Migration, wave: int, *those: steps.Step, again: bool = False) -> Iterator[_Run]:
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
            yield _run_of(migration, step, wave)._replace(part=f".part-{number}" if number > 1 else "")


def _somebody_stands_alone(migration: Migration, wave: int) -> bool:
    shown = steps.preview(migration, steps.ACCEPT, wave=wave)
    return bool(shown.to_do and steps.stand_alone(migration.plan.wave(wave), shown.snapshot, migration.ledger.events()))


def _back(migration: Migration, rest: Callable[[datetime], None] | None) -> Iterator[_Run]:
    """The way back of the accounts that migration.toml names, step by step; only a look where it names none."""
    accounts = list(migration.settings.way_back.accounts)
    for _ in range(_LONGEST_WAY_BACK):
        shown = steps.next_back(migration, accounts)
        approve = _noted(migration, shown)
        yield _Run(steps.RESTORE.notebook, {"accounts": accounts, "approve": approve}, shown if accounts else None)
        until = [seen.until for seen in shown.decisions if isinstance(seen, steps.Wait) and seen.until]
        if shown.to_do:
            continue
        if not until or rest is None:
            return
        rest(min(until))


def _run_of(migration: Migration, step: steps.Step, wave: int) -> _Run:
    preview = steps.preview(migration, step, wave=wave)
    one_of_several = {"what": step.name} if step in steps.REGAINING else {}
    return _Run(step.notebook, {**one_of_several, "wave": wave, "approve": _noted(migration, preview)}, preview)


def _noted(migration: Migration, shown: steps.Preview) -> str:
    """The digest of a dry run, with which it is approved; empty where there is nothing to do."""
    steps.apply(migration, shown, None)
    return shown.digest if shown.to_do else ""
