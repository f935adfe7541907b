"""An approval of several steps goes on after a restart: what is left must be what a person has seen and approved.

Consent is used up by the call that it was for: whoever undoes what a call did has objected, and is asked again.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.core.decisions import Do, as_shown, fingerprint, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.ledger import Event, Ledger
    from orgtools.settings import Settings
    from orgtools.steps.core.decisions import Call
    from orgtools.steps.core.step import Step

LASTS: Final = timedelta(days=7)
"""So long an approved wave may go on, since it was shown; Control Tower takes days to enroll some hundred accounts."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_OF_THE_MACHINE: Final = frozenset({"engine", "rates"})
"""Tables of migration.toml that say how fast calls are made, and not which."""


def told(approved: Iterable[Do], settings: Settings) -> dict[str, Any]:
    """What the ledger keeps of approved ways: the settings in short, and by account id each call in short."""
    return {
        "settings": _digest(settings),
        "ways": {
            do.account_id: {
                "calls": [fingerprint(call) for call in do.calls],
                "reasons": {call.step: reason(call.why).as_json() for call in do.calls if call.why},
                "touches": sorted({account_id for call in do.calls for account_id in call.touches}),
            }
            for do in approved
        },
    }


def earlier(
    ledger: Ledger, step: Step, plan: str, left: Iterable[Do], *, settings: Settings, now: datetime
) -> Event | None:
    """The newest approval of this run that covers all that is left, under the same plan and settings; None: none does.

    Args:
        ledger: the run's.
        step: the step that was approved.
        plan: the plan's digest.
        left: what is still to do.
        settings: what migration.toml says now.
        now: AWS's clock, UTC.
    """
    still = list(left)
    if not still:
        return None
    events = [event for event in ledger.events(Kind.APPROVED, step=step.name) if "ways" in event.data]
    for event in reversed(events):
        same = (event.data["plan"], event.data["settings"]) == (plan, _digest(settings))
        if same and _is_fresh(event, now):
            used = _used(ledger, step, event.number)
            if all(_covers(event.data["ways"], do, used[do.account_id]) for do in still):
                return event
    return None


def first(approved: Event) -> str:
    """The digest that a person approved: what goes on under it has digests of its own."""
    typed: str = approved.data["typed"]
    return typed if _DIGEST.fullmatch(typed) else approved.data["digest"]


def _digest(settings: Settings) -> str:
    return hashlib.sha256(settings.model_dump_json(exclude=set(_OF_THE_MACHINE)).encode()).hexdigest()


def _is_fresh(approved: Event, now: datetime) -> bool:
    """Going on makes it last no longer."""
    return now - datetime.fromisoformat(approved.data["shown_at"]) <= LASTS


_EVERYTHING: Final = ("", "")


def _used(ledger: Ledger, step: Step, since: int) -> Mapping[str, set[tuple[str, str]]]:
    """By account: step and operation of each call that took effect since an event.

    ``_EVERYTHING`` where this run has made a call of another step.
    """
    parts = {part.name for part in step.parts}
    used: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    operations: dict[int, str] = {}
    for event in ledger.events(Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED, after=since):
        if event.kind is Kind.INTENDED:
            operations[event.number] = event.data["operation"]
            if event.step not in parts:
                used[event.account_id].add(_EVERYTHING)
        elif event.took_effect:
            operation = event.data.get("operation") or operations.get(event.data.get("intention", 0), "")
            used[event.account_id].add((event.step, operation))
    return used


def _covers(ways: Mapping[str, Any], do: Do, used: set[tuple[str, str]]) -> bool:
    """Whether every call was shown for the account, for the same reason, and has not been made since."""
    way = ways.get(do.account_id)
    if way is None or _EVERYTHING in used:
        return False
    return all(_covers_call(ways, way, call) and (call.step, call.operation) not in used for call in do.calls)


def _covers_call(ways: Mapping[str, Any], way: Mapping[str, Any], call: Call) -> bool:
    if not any(fingerprint(form) in way["calls"] for form in as_shown(call)):
        return False
    approved = way["reasons"].get(call.step)
    if call.why and (approved is None or Message.from_json(approved) != reason(call.why)):
        return False
    return set(call.touches) <= {*way["touches"], *ways}
