"""Wait for AWS: for steps whose calls only begin something that takes minutes to hours. Changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.steps.core.apply import apply
from orgtools.steps.core.decisions import Wait
from orgtools.steps.core.notices import Pausing
from orgtools.steps.core.pauses import growing, rest
from orgtools.steps.core.preview import preview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from orgtools.messages import Message
    from orgtools.migration import Migration
    from orgtools.steps.core.notices import Notice
    from orgtools.steps.core.preview import Preview
    from orgtools.steps.core.step import Step

_FIRST_PAUSE: Final = 15.0
_LONGEST_PAUSE: Final = 120.0


def follow(
    migration: Migration,
    step: Step,
    accounts: Iterable[str] | None = None,
    *,
    wave: int | None = None,
    minutes: float = 60.0,
    watch: Callable[[Notice], None] | None = None,
) -> Preview:
    """Preview a step again and again until AWS is at work on none of the accounts any more, or the time is up.

    What AWS then shows is noted in the ledger, as a dry run notes it. Interrupting is safe, and so is a restart: what
    is under way is read from AWS and the ledger.

    Args:
        migration: the run.
        step: the step that was performed.
        accounts: ids of accounts; None takes the wave, or the whole plan.
        wave: the number of a wave; None takes all waves.
        minutes: for how long, by AWS's clock.
        watch: told `Pausing` before each rest.

    Raises:
        InputError: an account or wave is not in the plan.
        RefusedError: AWS refuses to show one of the organizations.
    """
    chosen = list(accounts) if accounts is not None else None
    end = migration.clock.now() + timedelta(minutes=minutes)
    speed = migration.settings.rates.speed
    pauses = growing(_FIRST_PAUSE / speed, _LONGEST_PAUSE / speed)
    shown = preview(migration, step, chosen, wave=wave)
    while (working := _working(shown)) and migration.clock.now() < end:
        pause = next(pauses)
        if watch:
            watch(Pausing(pause, len(working), working))
        rest(pause)
        shown = preview(migration, step, chosen, wave=wave)
    apply(migration, shown, None)
    return shown


def _working(shown: Preview) -> dict[str, Message]:
    """What AWS is at work on, by account id."""
    return {seen.account_id: seen.why for seen in shown.decisions if isinstance(seen, Wait) and seen.effective}
