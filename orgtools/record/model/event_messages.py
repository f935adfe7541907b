"""Each event of the ledger as a message for people."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import HIDDEN
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgtools.ledger import Event

_SHORT: Final = 12
"""How many characters of a hash people compare by eye; the whole is in ledger.jsonl."""


def tell(event: Event) -> Message:
    """What an event says; what it leaves out is in ledger.jsonl.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the event does not hold what its kind holds.
    """
    return _MESSAGES[event.kind](event.data)


def short(digest: object) -> str:
    """The beginning of a hash."""
    return str(digest)[:_SHORT]


def found(counts: Mapping[Verdict, int]) -> list[Message]:
    """How many findings there are of each status, from good to bad."""
    return [Message(f"record-found-{status}", count=counts[status]) for status in Verdict if counts.get(status)] or [
        Message("record-found-nothing")
    ]


def _opened(data: Mapping[str, Any]) -> Message:
    sides = [_side(name, data[name]) for name in ("source", "destination") if name in data]
    return Message(
        "record-event-opened", person=data.get("by", HIDDEN), whys=sides, digest=short(data.get("plan", HIDDEN))
    )


def _side(name: str, held: Mapping[str, Any]) -> Message:
    if not held["organization"]:
        return Message("record-opened-without-source")
    return Message(f"record-opened-{name}", organization=held["organization"], caller=held["caller"])


def _baseline(data: Mapping[str, Any]) -> Message:
    sides = Counter(place[0] for place in data["accounts"].values())
    source = Message("record-baseline-source", count=sides["source"])
    if "source" in data and not data["source"]["organization"]:
        source = Message("record-baseline-without-source")
    destination = Message("record-baseline-destination", count=sides["destination"])
    return Message("record-event-baseline", whys=[source, destination])


def _assessed(data: Mapping[str, Any]) -> Message:
    findings = found(Counter(Verdict(one["status"]) for one in data["findings"]))
    count, left = len(data["accounts"]), data.get("left")
    if left:
        return Message("record-event-assessed-partly", count=count, pending=left, findings=findings)
    return Message("record-event-assessed", count=count, findings=findings)


def _exported(data: Mapping[str, Any]) -> Message:
    count, missing = len(data["accounts"]), len(data["unknown"])
    if missing:
        return Message("record-event-exported-partly", count=count, missing=missing)
    return Message("record-event-exported", count=count)


def _asked(data: Mapping[str, Any]) -> Message:
    if not data["until"]:
        return Message("record-event-asked", handshake=data["handshake_id"])
    return Message("record-event-asked-until", handshake=data["handshake_id"], until=_moment(data["until"]))


def _intended(data: Mapping[str, Any]) -> Message:
    caller = data.get("caller", data.get("by", HIDDEN))
    return Message("record-event-intended", operation=data["operation"], caller=caller, why=_inner(data.get("words")))


def _outcome(data: Mapping[str, Any]) -> Message:
    operation, request = data.get("operation", HIDDEN), data.get("request_id")
    if not data.get("refused"):
        handshake = data.get("handshake_id")
        whys = [
            *([Message("record-handshake", handshake=handshake)] if handshake else []),
            *([Message("record-request", request=request)] if request else []),
        ]
        if whys:
            return Message("record-event-done-with", operation=operation, whys=whys)
        return Message("record-event-done", operation=operation)
    why = Message.from_json(data["why"])
    if not data.get("called", True):
        return Message("record-event-not-called", operation=operation, why=why)
    if not data.get("answered", True):
        return Message("record-event-unanswered", operation=operation, why=why)
    if request:
        return Message("record-event-refused-request", operation=operation, why=why, request=request)
    return Message("record-event-refused", operation=operation, why=why)


def _settled(data: Mapping[str, Any]) -> Message:
    code = "record-event-settled" if data.get("took_effect") else "record-event-settled-without-effect"
    return Message(code, event=data["intention"], why=_inner(data.get("observed")))


def _inner(held: Mapping[str, Any] | None) -> Message:
    return Message.from_json(held) if held else Message("record-not-recorded")


def _moment(held: str) -> datetime | str:
    """A time of an event; what a level hides is no time."""
    return held if held == HIDDEN else datetime.fromisoformat(held)


_MESSAGES: Final[Mapping[Kind, Callable[[Mapping[str, Any]], Message]]] = {
    Kind.OPENED: _opened,
    Kind.BASELINE: _baseline,
    Kind.ASSESSED: _assessed,
    Kind.WAIVED: lambda data: Message(
        "record-event-waived",
        person=data["by"],
        check=data["check"],
        until=_moment(data["until"]),
        words=data["reason"],
    ),
    Kind.ANSWERED: lambda data: Message(
        "record-event-answered", person=data["by"], check=data["check"], choice=data["answer"]
    ),
    Kind.EXPORTED: _exported,
    Kind.ASKED: _asked,
    Kind.PREVIEWED: lambda data: Message("record-event-previewed", why=_inner(data.get("summary"))),
    Kind.APPROVED: lambda data: Message(
        "record-event-approved",
        person=data.get("by", HIDDEN),
        given=data.get("typed", HIDDEN),
        why=_inner(data.get("summary")),
    ),
    Kind.INTENDED: _intended,
    Kind.OUTCOME: _outcome,
    Kind.SETTLED: _settled,
    Kind.CONFIRMED: lambda data: Message("record-event-confirmed", why=_inner(data.get("observed"))),
    Kind.STOPPED: lambda data: Message("record-event-stopped", why=Message.from_json(data["why"])),
    Kind.SEALED: lambda data: Message("record-event-sealed", count=data["events"]),
}
