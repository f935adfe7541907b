"""Each event of the ledger as a sentence."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from orgtools.findings import Status
from orgtools.ledger import Kind
from orgtools.messages import Message, next_step
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgtools.ledger import Event

_SHORT: Final = 12
"""How many characters of a hash people compare by eye; the whole is in ledger.jsonl."""


_NOT_OURS: Final = "the source is not ours"


def tell(event: Event) -> str:
    """What an event says, one or two sentences for people; what it leaves out is in ledger.jsonl."""
    return _SENTENCES[event.kind](event.data)


def short(digest: object) -> str:
    """The beginning of a hash."""
    return str(digest)[:_SHORT]


def _opened(data: Mapping[str, Any]) -> str:
    sides = "; ".join(
        f"{name} {data[name]['organization']} as {data[name]['caller']}" if data[name]["organization"] else _NOT_OURS
        for name in ("source", "destination")
        if name in data
    )
    return f"The run was opened by {data.get('by', 'somebody')}: {sides}. Plan {short(data.get('plan', ''))}."


def _baseline(data: Mapping[str, Any]) -> str:
    sides = Counter(place[0] for place in data["accounts"].values())
    theirs = "source" in data and not data["source"]["organization"]
    source = _NOT_OURS if theirs else f"{sides['source']} in the source"
    return f"Noted where every account was: {source}, {sides['destination']} in the destination."


def _assessed(data: Mapping[str, Any]) -> str:
    counts = Counter(found["status"] for found in data["findings"])
    words = ", ".join(f"{counts[status]} {status.value}" for status in Status if counts[status])
    left = f"; {many(data['left'], 'account')} left" if data.get("left") else ""
    return f"{many(len(data['accounts']), 'account').capitalize()} assessed{left}: {words or 'no findings'}."


def _waived(data: Mapping[str, Any]) -> str:
    return f"{data['by']} accepts what {data['check']} finds until {data['until']}: {data['reason']}."


def _answered(data: Mapping[str, Any]) -> str:
    return f"{data['by']} answers the question of {data['check']}: {data['answer']}."


def _exported(data: Mapping[str, Any]) -> str:
    unread = len(data["unknown"])
    missing = f" {unread} of its parts could not be read." if unread else ""
    exported = many(len(data["accounts"]), "account").capitalize()
    return f"{exported} exported into the run folder, to restore from after the move.{missing}"


def _asked(data: Mapping[str, Any]) -> str:
    return (
        f"The account's owner is to accept {data['handshake_id']} until {data['until'] or 'it expires'}: page written."
    )


def _previewed(data: Mapping[str, Any]) -> str:
    return f"A dry run showed: {_message(data.get('summary'))}. Digest {short(data.get('digest', ''))}."


def _approved(data: Mapping[str, Any]) -> str:
    typed = data.get("typed", "")
    return (
        f"{data.get('by', 'Somebody')} typed \u201c{typed}\u201d and approved: {_message(data.get('summary'))}. "
        f"Digest {short(data.get('digest', ''))}."
    )


def _intended(data: Mapping[str, Any]) -> str:
    return (
        f"About to call {data['operation']} as {data.get('caller', data.get('by', ''))}: {_message(data.get('words'))}."
    )


def _outcome(data: Mapping[str, Any]) -> str:
    operation = data.get("operation", "The call")
    if not data.get("refused"):
        handshake = f", handshake {data['handshake_id']}" if data.get("handshake_id") else ""
        return f"{operation}: AWS took it{handshake}{_request(data)}."
    why = Message.from_json(data["why"])
    then = f" {next_step(why)}" if next_step(why) else ""
    if not data.get("called", True):
        return f"{operation} was not called. {why}.{then}"
    if not data.get("answered", True):
        return f"{operation}: no answer from AWS. {why}.{then}"
    return f"{operation}: AWS refused. {why}{_request(data)}.{then}"


def _settled(data: Mapping[str, Any]) -> str:
    effect = "had taken effect" if data.get("took_effect") else "had not taken effect"
    return f"The call of event {data['intention']} {effect}, as AWS shows: {_message(data.get('observed'))}."


def _confirmed(data: Mapping[str, Any]) -> str:
    return f"AWS, observed again, shows: {_message(data.get('observed'))}."


def _stopped(data: Mapping[str, Any]) -> str:
    why = Message.from_json(data["why"])
    return f"The step stopped: {why}. {next_step(why)}".rstrip()


def _sealed(data: Mapping[str, Any]) -> str:
    return f"A record was written and sealed over the {many(data['events'], 'event')} before this one."


def _message(held: Mapping[str, Any] | None) -> Message | str:
    return Message.from_json(held) if held else ""


def _request(data: Mapping[str, Any]) -> str:
    return f", request {data['request_id']}" if data.get("request_id") else ""


_SENTENCES: Final[dict[Kind, Callable[[Mapping[str, Any]], str]]] = {
    Kind.OPENED: _opened,
    Kind.BASELINE: _baseline,
    Kind.ASSESSED: _assessed,
    Kind.WAIVED: _waived,
    Kind.ANSWERED: _answered,
    Kind.EXPORTED: _exported,
    Kind.ASKED: _asked,
    Kind.PREVIEWED: _previewed,
    Kind.APPROVED: _approved,
    Kind.INTENDED: _intended,
    Kind.OUTCOME: _outcome,
    Kind.SETTLED: _settled,
    Kind.CONFIRMED: _confirmed,
    Kind.STOPPED: _stopped,
    Kind.SEALED: _sealed,
}
