"""Handshakes as one table of facts, each once, whoever showed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.model import PENDING
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from orgtools.aws.model import Handshake, Side
    from orgtools.plan import Plan

COLUMNS: Final = (
    "account",
    "name",
    "state",
    "invited by",
    "caller",
    "age",
    "expires in",
    "planned",
    "wave",
    "run",
    "seen by",
    "inviter",
    "organization",
    "sent (UTC)",
    "expires (UTC)",
    "action",
    "handshake",
)
"""What `listed` tells of each handshake, and the columns of `table`."""

SENT: Final = (
    "handshake",
    "account",
    "state",
    "action",
    "sent (UTC)",
    "expires (UTC)",
    "inviter",
    "organization",
)
"""The columns of `sent`."""

UNKNOWN: Final = "unknown"
"""What AWS leaves out."""
FOREIGN: Final = "somebody else"
"""Who invited, where it was neither the destination nor the source."""
_KINDS: Final = {"age": "timedelta64[us]", "expires in": "timedelta64[us]"} | dict.fromkeys(
    ("sent (UTC)", "expires (UTC)"), "datetime64[us, UTC]"
)
"""Columns of `table` that hold times and lengths of time."""


@dataclass(frozen=True)
class Evidence:
    """What is known about handshakes beside those that the destination sent.

    Attributes:
        source: the other organization, with the handshakes that it sent.
        received: handshakes that member accounts see themselves, by account id; an account that is missing was not
            looked into.
        callers: the ARN that sent a handshake, or why it is not known, by handshake id.
        runs: what this run did with a handshake, by its id: for each step the number of the ledger's last event on it.
        names: names of accounts by id.
    """

    source: Side | None = None
    received: Mapping[str, tuple[Handshake, ...]] = field(default_factory=dict)
    callers: Mapping[str, str | Message] = field(default_factory=dict)
    runs: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One handshake, who sent it and who shows it.

    Attributes:
        handshake: as the first one showed it.
        sender: destination, source, or `FOREIGN`.
        seen_by: destination, source, member; in this order.
    """

    handshake: Handshake
    sender: str
    seen_by: tuple[str, ...]


def sightings(destination: Side, evidence: Evidence) -> list[Sighting]:
    """Every handshake once: pending ones first, the oldest of those first."""
    found: dict[str, Handshake] = {}
    seen: dict[str, list[str]] = {}
    for who, sent in _shown(destination, evidence):
        found.setdefault(sent.id, sent)
        if who not in seen.setdefault(sent.id, []):
            seen[sent.id].append(who)
    return [
        Sighting(sent, _sender(sent, destination, evidence), tuple(seen[sent.id]))
        for sent in sorted(found.values(), key=_order)
    ]


def listed(plan: Plan, destination: Side, evidence: Evidence | None = None) -> list[dict[str, Any]]:
    """Handshakes of the destination, of the source and as members see them; see `sightings` for their order.

    Args:
        plan: says which accounts are planned.
        destination: with the handshakes that it sent.
        evidence: what else is known.

    Returns:
        What `COLUMNS` names, for each handshake: codes and facts, the same in every language. Texts, where nothing else
        is said. ``account`` is an account id, or a masked e-mail address where the invitation names one that is no
        known account's; ``state`` and ``action`` are AWS's; ``invited by`` is destination, source or somebody else;
        ``caller`` an ARN, empty, or a `Message` that says why there is none; ``age`` and ``expires in`` are timedelta,
        both as of when the destination was read: the second is negative when it is over, and None for a closed
        handshake; ``planned`` is yes or no; ``wave`` a number or empty; ``run`` a tuple of `Message`, what this run did
        with it; ``seen by`` a tuple of destination, source, member; ``inviter`` and ``organization`` are read from the
        handshake's ARN; ``sent (UTC)`` and ``expires (UTC)`` are aware datetimes, UTC. What AWS leaves out is
        `UNKNOWN`; a time or a length of time is None.
    """
    evidence = evidence or Evidence()
    told = [
        (
            sent.account_id or sent.target or UNKNOWN,
            evidence.names.get(sent.account_id or "", ""),
            sent.state or UNKNOWN,
            sighting.sender,
            evidence.callers.get(sent.id, ""),
            destination.taken_at - sent.requested_at if sent.requested_at else None,
            sent.expires_at - destination.taken_at if sent.expires_at and _is_open(sent.state) else None,
            "yes" if planned else "no",
            str(planned.wave) if planned else "",
            evidence.runs.get(sent.id, ()),
            sighting.seen_by,
            sent.inviter,
            sent.organization_id,
            sent.requested_at,
            sent.expires_at,
            sent.action,
            sent.id,
        )
        for sighting in sightings(destination, evidence)
        for sent in [sighting.handshake]
        for planned in [plan.by_id.get(sent.account_id or "")]
    ]
    return [dict(zip(COLUMNS, values, strict=True)) for values in told]


def table(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """What `listed` told as a table, indexed from 1.

    Times are ``datetime64[us, UTC]`` and lengths of time ``timedelta64[us]``, `NaT` where `listed` has None; all other
    columns are ``object``. `age` and `rest` have words for a row.
    """
    return _frame(rows, COLUMNS).astype(dict.fromkeys(COLUMNS, "object") | _KINDS)


def sent(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """What `listed` told of the handshakes that one organization sent, for programs: `SENT`, indexed from 1.

    Times are ``datetime64[us, UTC]``, `NaT` where AWS leaves one out; everything else is ``str``.
    """
    return _frame(rows, SENT).astype({name: _KINDS.get(name, "str") for name in SENT})


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 (only notebooks and records need tables, and pandas comes with them)

    made = pd.DataFrame(rows, columns=list(columns))
    made.index += 1
    return made


def is_pending(row: Mapping[Any, Any]) -> bool:
    """Whether a row of `listed` or `table` can still be accepted, as far as AWS tells."""
    return _is_open(row["state"])


def _is_open(state: str | None) -> bool:
    return not state or state in {*PENDING, UNKNOWN}


def age(row: Mapping[Any, Any]) -> Message:
    """How long ago the handshake of a row of `listed` or `table` was sent, for people."""
    return span(row["age"])


def rest(row: Mapping[Any, Any]) -> Message | None:
    """For how long the handshake of a row of `listed` or `table` stays, for people; None for a closed one."""
    return span(row["expires in"]) if is_pending(row) else None


def span(difference: object) -> Message:
    """A length of time for people: ``3 days``, ``14 hours``; ``now`` when it is over, unknown where it is none."""
    if not isinstance(difference, timedelta):
        return Message("not-given")
    return Message("span", span=difference) if difference.total_seconds() > 0 else Message("span-over")


def _shown(destination: Side, evidence: Evidence) -> Iterator[tuple[str, Handshake]]:
    for sent in destination.handshakes:
        yield "destination", sent
    for sent in evidence.source.handshakes if evidence.source else ():
        yield "source", sent
    for received in evidence.received.values():
        for sent in received:
            yield "member", sent


def _sender(sent: Handshake, destination: Side, evidence: Evidence) -> str:
    """By management account and organization in the ARN, both: one alone is no proof."""
    ours = {"destination": destination, "source": evidence.source}
    return next(
        (
            name
            for name, side in ours.items()
            if side
            and (sent.inviter, sent.organization_id)
            == (side.identity.management_account_id, side.identity.organization_id)
        ),
        FOREIGN,
    )


def _order(sent: Handshake) -> tuple[bool, tuple[bool, float]]:
    return not (sent.is_pending or not sent.state), sent.sent_order
