"""What makes a step: a pure decision, and for some an extra look before or during."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.policies import Permission
    from orgtools.settings import Settings
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Call, Decision, Do


class Subject(Protocol):
    """What a step decides about: an account of the plan; for one step it is an organizational unit."""

    @property
    def account_id(self) -> str:
        """What decisions and the ledger call it by: an account's id, a unit's path."""

    @property
    def wave(self) -> int:
        """The number of its wave; 0 where it has none."""


def of_the_plan(
    migration: Migration, account_ids: Iterable[str] | None, wave: int | None
) -> tuple[PlannedAccount, ...]:
    """Accounts of the plan: those with some ids, those of a wave, or all.

    Raises:
        InputError: an account or wave is not in the plan.
    """
    plan = migration.plan
    if account_ids is not None:
        return plan.select(account_ids)
    if wave is not None and wave not in plan.waves:
        raise InputError(
            Message("plan-wave-unknown", wave=wave, waves=[*plan.waves])
            if plan.waves
            else Message("plan-without-waves", wave=wave)
        )
    return plan.accounts if wave is None else plan.wave(wave)


def _in_the_plan(migration: Migration, account_id: str) -> None:
    migration.plan.select([account_id])


def _observe(migration: Migration, accounts: Sequence[Subject]) -> Snapshot:
    return migration.observe(account.account_id for account in accounts)


def _no_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:  # noqa: ARG001
    return decisions


def _as_shown(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:  # noqa: ARG001
    return call.parameters


def _no_precheck(migration: Migration, account_id: str, call: Call) -> None:
    """Nothing more to check than what was decided."""


def _unchanged(account: Subject, snapshot: Snapshot) -> Snapshot:  # noqa: ARG001
    return snapshot


def _free(do: Do, snapshot: Snapshot, ahead: Sequence[PlannedAccount]) -> bool:  # noqa: ARG001
    return False


def _always(_: object) -> bool:
    return True


def _never(_: object) -> bool:
    return False


@dataclass(frozen=True)
class Step:
    """One step of the migration. The engine runs all of them alike.

    Command line, runbook, board, policies and guides follow from what is said here, and from the list of
    `orgtools.steps` that holds it.

    Attributes:
        name: its name in the ledger and in what is typed at the gate: ``invite``.
        notebook: the notebook that runs it.
        decide: a pure function of a planned account and a snapshot.
        subject: what it decides about, for people; `select` yields it.
        select: from ids, from a wave, or all: raises `InputError` for what nobody has planned.
        ensure_planned: a last look before a management account's call that it concerns nothing but what somebody has
            named; raises `InputError`.
        observe: reads what the step must know: of both organizations what the accounts need, unless a step needs more.
        apply_limits: sees all decisions at once, for limits that concern several accounts; a pure function.
        precheck: a last look immediately before a call; raises `RefusedError` to prevent it.
        complete_parameters: the parameters as they are sent: with a full e-mail address, which neither
            preview nor ledger may hold.
        imagine: what a snapshot shows when the step has done its part for an account; a pure function, by which the
            steps that follow are shown before it has. Where nothing follows that looks at it, the snapshot as it is.
        queues: whether AWS takes accounts one after the other there, so that one look is about all of them.
        behind: whether a call has to wait for accounts that have taken the step, but not yet the next one.
        reasoned: whether a call of it is approved only for the reason that was shown: who consents to a first
            invitation does not consent to a second one after somebody cancelled the first.
        by_units: whether it decides by the organization's units, so that a wave reads them anew.
        renews: checks whose findings are old when the step is done.
        parts: the steps that it leads through, in their order; it has no calls of its own.
        runner: performs what was approved, given the run, the preview and an observer as `apply` is, and answers as
            that does; None: in rounds.
        needs: what the operators' policies allow because of it, beside what every run needs
            (`orgtools.policies.permissions.RUN`).
        needs_source: whether it needs the source's credentials: the policy for a run without them does without it.
        asked: whether migration.toml asks for it.
        applies: whether there is any use for it, as AWS shows both sides; the board leaves it out otherwise.
        changes: whether it has calls at all.
        command: whether `orgtools run` takes it; the others are taken in their order, by `orgtools rollback`.
        only_named: whether `orgtools run` takes accounts that somebody names, and no wave.
    """

    name: str
    notebook: str
    decide: Callable[[Any, Snapshot], Decision]
    subject: str = "account"
    select: Callable[[Migration, Iterable[str] | None, int | None], tuple[Subject, ...]] = of_the_plan
    ensure_planned: Callable[[Migration, str], None] = _in_the_plan
    observe: Callable[[Migration, Sequence[Any]], Snapshot] = _observe
    apply_limits: Callable[[Sequence[Decision], Snapshot], Sequence[Decision]] = _no_limits
    precheck: Callable[[Migration, str, Call], None] = _no_precheck
    complete_parameters: Callable[[Migration, str, Call], dict[str, Any]] = _as_shown
    imagine: Callable[[Any, Snapshot], Snapshot] = _unchanged
    queues: Callable[[Snapshot], bool] = _never
    behind: Callable[[Do, Snapshot, Sequence[PlannedAccount]], bool] = _free
    reasoned: bool = False
    by_units: bool = False
    renews: tuple[str, ...] = ()
    parts: tuple[Step, ...] = ()
    runner: Callable[[Migration, Any, Any], Any] | None = None
    needs: tuple[Permission, ...] = ()
    needs_source: bool = False
    asked: Callable[[Settings], bool] = _always
    applies: Callable[[Snapshot], bool] = _always
    changes: bool = True
    command: bool = True
    only_named: bool = False
