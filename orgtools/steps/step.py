"""What makes a step: a pure decision, and for some an extra look before or during."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import PlannedAccount
    from orgtools.steps.decisions import Call, Decision


def _observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:  # noqa: ARG001 (the common signature)
    return migration.observe()


def _no_ration(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:  # noqa: ARG001
    return decisions


def _as_shown(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:  # noqa: ARG001
    return call.parameters


def _no_guard(migration: Migration, account_id: str, call: Call) -> None:
    """Nothing more to check than what was decided."""


@dataclass(frozen=True)
class Step:
    """One step of the migration. The engine runs all of them alike.

    Attributes:
        name: its name in the ledger and in what is typed at the gate: ``invite``.
        notebook: the notebook that runs it.
        verb: what happens to an account, for summaries: "invite 12".
        done: what an account is that needs nothing, for summaries: "3 already invited".
        decide: a pure function of a planned account and a snapshot.
        observe: reads what the step must know; both organizations in bulk unless a step needs more.
        ration: sees all decisions at once, for limits that concern several accounts; a pure function.
        guard: a last look immediately before a call; raises `RefusedError` to prevent it.
        fill: the parameters as they are sent: with a full e-mail address, which neither preview nor ledger may hold.
    """

    name: str
    notebook: str
    verb: str
    done: str
    decide: Callable[[PlannedAccount, Snapshot], Decision]
    observe: Callable[[Migration, Sequence[PlannedAccount]], Snapshot] = _observe
    ration: Callable[[Sequence[Decision], Snapshot], Sequence[Decision]] = _no_ration
    guard: Callable[[Migration, str, Call], None] = _no_guard
    fill: Callable[[Migration, str, Call], dict[str, Any]] = _as_shown
