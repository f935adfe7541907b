"""A step without a notebook: preview it, perform what was shown, see where accounts stand, take them back."""

from __future__ import annotations

import shlex
import time
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

import orgtools
from orgtools.cli.common import COUNTED, Folder, print_decisions, say, sentences
from orgtools.cli.helping import Command
from orgtools.cli.widths import GAP, aligned
from orgtools.exceptions import ApprovalError, InputError
from orgtools.ledger import Kind
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from orgtools.steps import Notice, Preview

_EVERY: Final = 30.0
"""Seconds between two lines about a wave."""
app = typer.Typer()


@cache
def step_names() -> type[StrEnum]:
    """The steps that `orgtools run` knows: they are loaded when somebody asks."""
    from orgtools import steps

    make: Any = StrEnum
    names: type[StrEnum] = make("StepName", {step.name: step.name for step in steps.EVERY if step.command})
    return names


class _Run(Command):
    """`orgtools run`: its first argument is one of the steps."""

    def get_params(self, ctx: Any) -> Any:
        """As Typer does; with the names, which it then checks, completes and lists."""
        step: Any = self.params[0]
        step.type_descriptor = replace(step.type_descriptor, annotation=step_names())
        return super().get_params(ctx)


@app.command(cls=_Run, help="help-run")
def run(
    step: Annotated[str, typer.Argument(help="help-step")],
    folder: Folder = None,
    wave: Annotated[int | None, typer.Option(help="help-wave")] = None,
    account: Annotated[list[str] | None, typer.Option(help="help-account")] = None,
    approve: Annotated[str, typer.Option(help="help-approve")] = "",
) -> None:
    """Preview a step, and with the digest of that preview perform it. cancel takes accounts that are named only.

    replicate creates organizational units, of the whole tree of the source or those that a wave needs.

    Exit code 1: with --approve, an account is not done then. 2: refused; also a digest of something else where
    nothing is to do.
    """
    from orgtools import steps

    with sentences():
        if account and wave is not None:
            raise InputError(Message("cli-wave-and-account"))
        chosen = next(known for known in steps.EVERY if known.name == step)
        if chosen.only_named and not account:
            raise InputError(Message("cli-names-nobody", step=chosen.name))
        migration = orgtools.open(folder or "")
        preview = steps.preview(migration, chosen, account or None, wave=wave)
        if chosen is steps.ACCEPT:
            for page in steps.ask_owners(migration, account or None, wave=wave):
                send = Message("cli-page-for-owner", handshake=page.handshake_id, path=str(page.file))
                say(f"{page.account_id}{GAP}{send}")
        again = ["run", chosen.name, *_given(folder, account)]
        _perform(migration, preview, again if wave is None else [*again, "--wave", str(wave)], approve)


def _given(folder: Path | None, accounts: Iterable[str] | None) -> Iterator[str]:
    """The options of a command that is to be run again."""
    if folder:
        yield from ("--folder", str(folder))
    for account_id in accounts or ():
        yield from ("--account", account_id)


def _perform(migration: orgtools.Migration, preview: Preview, again: Iterable[str], approve: str) -> None:
    """Print a preview; with its digest do exactly that, and exit with 1 if an account is not done then.

    Args:
        migration: the run.
        preview: what is to be done.
        again: the command without the digest, as it is to be run again.
        approve: the digest; empty where nobody has seen it yet.

    Raises:
        ApprovalError: the digest is not that of the preview; where nothing is to do, of nothing that was approved.
    """
    from orgtools import steps

    print_decisions(preview)
    say(f"\n{Message('cli-previewed', step=preview.step.name, why=preview.summary())}")
    if not preview.to_do or not approve:
        steps.apply(migration, preview, None)  # settles what a process that died left open
        if approve and approve.strip() not in _approved(migration):
            raise ApprovalError(Message("approval-of-something-else", given=approve, step=preview.step.name))
        if preview.to_do:
            hours = int(steps.LASTS.total_seconds() // 3600)
            say(Message("cli-approve-with", count=hours, given=shlex.join(again), digest=preview.digest))
        if approve:
            _exit_by(preview)
        return
    approval = steps.approve_digest(preview, approve)
    say(Message("cli-approved", person=approval.by, then=steps.shown(approval, preview.snapshot.taken_at)))
    try:
        result = steps.apply(migration, preview, approval, watch=_Standing(preview) if preview.step.parts else None)
    except KeyboardInterrupt:
        code = "cli-interrupted-wave" if preview.step.parts else "cli-interrupted"
        say(Message(code, given=shlex.join(again), digest=approve.strip()))
        raise typer.Exit(130) from None
    for line in aligned(
        [
            (
                outcome.account_id,
                str(Message(f"outcome-{outcome.status.name.lower().replace('_', '-')}")),
                str(Message("cli-because-then", why=outcome.why)),
            )
            for outcome in result.outcomes
        ]
    ):
        say(line)
    say(result.summary())
    if any(outcome.status is not steps.Status.CONFIRMED for outcome in result.outcomes):
        raise typer.Exit(1)
    _exit_by(result.after or preview)


def _exit_by(seen: Preview) -> None:
    """With 1 where an account is not done, whether its turn came or not: who runs this unattended has to look."""
    from orgtools.steps import Done

    if not all(isinstance(decision, Done) for decision in seen.decisions):
        raise typer.Exit(1)


class _Standing:
    """Prints now and then how far a wave has come, which may take hours: give it to `steps.apply` as ``watch``."""

    def __init__(self, preview: Preview, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is printed yet.

        Args:
            preview: what is about to be done.
            clock: seconds; for tests.
        """
        self._at: dict[str, str] = {}
        self._ended: Counter[bool] = Counter()
        self._total = len(preview.going)
        self._steps = [step.name for step in preview.step.parts]
        self._clock = clock
        self._printed = clock()

    def __call__(self, notice: Notice) -> None:
        """Take in what `steps.apply` tells."""
        from orgtools.steps import Outcome, Reached, Status

        if isinstance(notice, Reached):
            self._at[notice.account_id] = notice.step
        elif isinstance(notice, Outcome):
            self._at.pop(notice.account_id, None)
            self._ended[notice.status is Status.CONFIRMED] += 1
        if self._at and self._clock() - self._printed >= _EVERY:
            self._printed = self._clock()
            at = Counter(self._at.values())
            standing = [Message("cli-wave-at", step=name, count=at[name]) for name in self._steps if at[name]]
            if self._ended[False]:
                standing.append(Message("cli-wave-stopped", count=self._ended[False]))
            say(Message("cli-wave-standing", count=self._ended[True], total=self._total, whys=standing))


def _approved(migration: orgtools.Migration) -> set[str]:
    """What this run was approved for: who runs such a command again finds nothing to do, and no mistake."""
    return {event.data["digest"] for event in migration.ledger.events(Kind.APPROVED)}


@app.command(cls=Command, help="help-assess")
def assess(
    folder: Folder = None,
    wave: Annotated[int | None, typer.Option(help="help-wave")] = None,
    account: Annotated[list[str] | None, typer.Option(help="help-account")] = None,
) -> None:
    """Check whether accounts can move and what breaks when they do, as 10_assess does. Read-only; exports what is lost.

    Exit code 1: an account is blocked, or something could not be checked. 130: interrupted; what was found is kept.
    """
    from orgtools import assess as checks
    from orgtools.findings import Verdict

    with sentences(), orgtools.open(folder or "") as migration:
        chosen = account or [one.account_id for one in (migration.plan.wave(wave) if wave else migration.plan.accounts)]
        found = checks.assess(migration, chosen)
        if not found.left:
            checks.export(migration, chosen)
    bad = [one for one in found.findings if one.status in (Verdict.BLOCK, Verdict.UNKNOWN, Verdict.WARN)]
    lines = list[tuple[str, str, str]]()
    for one in sorted(bad, key=lambda one: (one.status is not Verdict.BLOCK, one.account_id, one.check)):
        lines.append(
            (
                one.account_id or str(Message("both-organizations")),
                str(Message("cli-finding-status", state=one.status.value)),
                str(Message("cli-check-found", check=one.check, why=one.evidence)),
            )
        )
    for line in aligned(lines) if lines else ():
        say(line)
    worst = list(found.worst().values())
    held, unseen = (sum(status is wanted for status in worst) for wanted in (Verdict.BLOCK, Verdict.UNKNOWN))
    say(f"\n{Message('cli-assessed', count=len(worst), total=held, missing=unseen)}")
    if found.left:
        say(Message("cli-assessment-interrupted", count=len(found.left), accounts=list(found.left)))
        raise typer.Exit(130)
    if held or unseen:
        raise typer.Exit(1)


@app.command(cls=Command, help="help-answer")
def answer(
    check: Annotated[str, typer.Argument(help="help-answer-check")] = "",
    said: Annotated[str, typer.Argument(help="help-answer-said")] = "",
    account: Annotated[str, typer.Option(help="help-answer-account")] = "",
    by: Annotated[str, typer.Option(help="help-answer-by")] = "",
    folder: Folder = None,
) -> None:
    """Answer a question that no API answers, into the run's ledger; without an answer, list the questions."""
    from orgtools import assess

    with sentences(), orgtools.open(folder or "") as migration:
        if check:
            assess.answer(migration, check, said, account_id=account, by=by)
        for line in assess.answers_told(migration):
            say(line)


@app.command(cls=Command, help="help-status")
def status(folder: Folder = None) -> None:
    """Show where each account of the plan stands: those that are in no organization first. Read-only.

    Exit code 1 where an account is stand-alone.
    """
    from orgtools import steps

    with sentences():
        migration = orgtools.open(folder or "")
        verified = steps.preview(migration, steps.VERIFY)
        alone = steps.find_stand_alone(migration, verified.snapshot)
    for finding in alone:
        say(f"{finding.account_id}{GAP}{Message('cli-because-then', why=finding.evidence)}")
    print_decisions(verified, "cli-stands-done")
    kinds = Counter(type(decision).__name__ for decision in verified.decisions)
    each = [Message(code, count=kinds[kind]) for kind, code in COUNTED.items() if kinds[kind]]
    say(f"\n{Message('cli-status', count=len(verified.decisions), whys=each)}")
    if alone:
        raise typer.Exit(1)


@app.command(cls=Command, help="help-rollback")
def rollback(
    folder: Folder = None,
    account: Annotated[list[str] | None, typer.Option(help="help-rollback-account")] = None,
    approve: Annotated[str, typer.Option(help="help-rollback-approve")] = "",
) -> None:
    """Show what can be undone and how, and what cannot and why; take accounts that are named one step back."""
    from orgtools import steps

    with sentences():
        migration = orgtools.open(folder or "")
        for way in steps.ways_back(migration, account or None):
            say(f"{way.account_id}{GAP}{way.stands}\n{GAP}{Message('cli-way-back', then=way.undo)}")
            if way.lost:
                say(f"{GAP}{Message('cli-cannot-be-undone', then=way.lost)}")
        if account:
            again = ["rollback", *_given(folder, account)]
            _perform(migration, steps.next_back(migration, account), again, approve)
        else:
            print_decisions(steps.preview(migration, steps.RESTORE))
