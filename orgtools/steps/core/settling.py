"""What AWS shows of calls whose outcome nobody noted: settled and confirmed in the ledger, without a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.ledger import Kind
from orgtools.steps.core.decisions import Do, Done

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.steps.core.decisions import Decision
    from orgtools.steps.core.preview import Preview
    from orgtools.steps.core.step import Step

_ONCE: Final = ("organizations", "iam")
"""Services in which an account is never due two calls of one operation; elsewhere their parameters tell them apart."""


def left_open(migration: Migration, steps: Iterable[Step]) -> list[Step]:
    """Steps of which the ledger does not tell in all cases what came of their calls."""
    ledger = migration.ledger
    return [step for step in steps if ledger.unsettled(step.name) or ledger.unconfirmed(step.name)]


def catch_up(migration: Migration, current: Preview) -> None:
    """Note what AWS shows of an earlier run that ended before it looked."""
    settle(migration, current)
    unconfirmed = migration.ledger.unconfirmed(current.step.name)
    confirm(migration, current.step, [seen for seen in current.decisions if seen.account_id in unconfirmed])


def confirm(migration: Migration, step: Step, decisions: Iterable[Decision]) -> None:
    """Note which of these accounts AWS shows to be where the step wants them."""
    shown = {seen.account_id: {"observed": seen.why.as_json()} for seen in decisions if isinstance(seen, Done)}
    migration.ledger.append_each(Kind.CONFIRMED, step=step.name, data=shown)


def settle(migration: Migration, current: Preview, accounts: Collection[str] | None = None) -> None:
    """Settle intentions without an outcome by what AWS shows: a process died, or an answer was lost.

    Args:
        migration: the run.
        current: what AWS shows.
        accounts: whose intentions are settled whatever AWS shows; None for all. Those of the others only if AWS shows
            that they took effect: right after a call it may not show it yet, and "it did not" would be a guess.
    """
    for account_id, intention in migration.ledger.unsettled(current.step.name).items():
        decision = current.by_account.get(account_id)
        if decision is None:
            continue
        took_effect = _took_effect(decision, intention)
        if took_effect or accounts is None or account_id in accounts:
            migration.ledger.append(
                Kind.SETTLED,
                step=current.step.name,
                account_id=account_id,
                intention=intention.number,
                took_effect=took_effect,
                observed=decision.why.as_json(),
                handshake_id=decision.handshake_id if isinstance(decision, Done) else "",
            )


def _took_effect(decision: Decision, intention: Event) -> bool:
    if decision.effective:
        return True
    if not isinstance(decision, Do):
        return False
    parameters = intention.data.get("parameters", {})
    left = [
        call
        for call in decision.calls
        if call.operation == intention.data["operation"] and (call.service in _ONCE or call.parameters == parameters)
    ]
    if not left:
        return True
    # A policy is edited more than once: what stands there now may be what the intention was to write.
    return bool(left[0].former) and left[0].former == parameters.get("PolicyDocument")
