"""An approval of several steps goes on after a restart: what is left must be what a person has seen and approved."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.core.decisions import Do, as_shown, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.ledger import Event, Ledger

LASTS: Final = timedelta(days=7)
"""So long an approved wave may go on, since it was shown; Control Tower takes days to enroll some hundred accounts."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")


def told(approved: Iterable[Do]) -> dict[str, Any]:
    """What the ledger keeps of approved ways, by account id: with what reason they began, and each call in short."""
    return {
        do.account_id: {
            "first": do.calls[0].step,
            "why": do.why.as_json(),
            "calls": [fingerprint(call) for call in do.calls],
        }
        for do in approved
    }


def earlier(ledger: Ledger, step: str, plan: str, left: Iterable[Do], now: datetime) -> Event | None:
    """The newest approval of this run that covers all that is left, under the same plan; None where there is none.

    Args:
        ledger: the run's.
        step: the step that was approved.
        plan: the plan's digest.
        left: what is still to do.
        now: AWS's clock, UTC.
    """
    still = list(left)
    found = None
    for event in ledger.events(Kind.APPROVED, step=step):
        ways = event.data.get("ways", {})
        if event.data["plan"] == plan and _is_fresh(event, now) and all(_covers(ways, do) for do in still):
            found = event
    return found if still else None


def first(approved: Event) -> str:
    """The digest that a person approved: what goes on under it has digests of its own."""
    typed: str = approved.data["typed"]
    return typed if _DIGEST.fullmatch(typed) else approved.data["digest"]


def _is_fresh(approved: Event, now: datetime) -> bool:
    """Going on makes it last no longer."""
    return now - datetime.fromisoformat(approved.data["shown_at"]) <= LASTS


def _covers(ways: Mapping[str, Any], do: Do) -> bool:
    """Whether every call was shown for the account; one that begins anew has to begin for the same reason."""
    way = ways.get(do.account_id)
    if way is None or (do.calls[0].step == way["first"] and do.why != Message.from_json(way["why"])):
        return False
    return all(any(fingerprint(form) in way["calls"] for form in as_shown(call)) for call in do.calls)
