"""Accounts that joined or left an organization, held against what this run's ledger says it did."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.aws.read.cloudtrail import JOINED
from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.aws.read.cloudtrail import TrailEvent
    from orgtools.ledger import Event

_APART: Final = timedelta(minutes=15)
"""A call and what CloudTrail tells of it carry the same time, but for retries and slow answers."""

_EXPLAINS: Final[Mapping[tuple[str, bool], tuple[str, ...]]] = {
    ("destination", True): ("accept",),
    ("destination", False): ("accept-back", "leave-back"),
    ("source", True): ("accept-back",),
    ("source", False): ("accept", "leave"),
}
"""The steps that make an account join (True) or leave (False) a side."""


def moves(told: Mapping[str, Iterable[TrailEvent]], events: Iterable[Event]) -> list[Finding]:
    """Who joined or left without this run: a finding for each move that no intention in the ledger explains.

    Args:
        told: CloudTrail's events of each side since the run began: "source", "destination".
        events: the ledger's.

    Returns:
        H8, the oldest first. An account that this run let accept joins the destination and leaves the source; one that
        it took out leaves the source. On the way back it is the other way round. Everything else was somebody else.
    """
    events = tuple(events)
    meant = [event for event in events if event.kind is Kind.INTENDED]
    owners = {event.account_id for event in events if event.kind is Kind.ASKED}
    found = []
    for side, event in sorted(
        ((side, event) for side, those in told.items() for event in those), key=lambda pair: pair[1].at
    ):
        steps = _EXPLAINS[side, event.name == JOINED]
        if any(
            intention.account_id == event.account_id
            and intention.step in steps
            and abs(event.at - intention.at) <= _APART
            for intention in meant
        ):
            continue
        if event.account_id in owners and (side, event.name) == ("destination", JOINED):
            asked = Message("membership-joined-as-asked", kind=event.how, at=event.at)
            found.append(Finding(event.account_id, "H8", Verdict.INFO, asked))
            continue
        # New accounts are an organization's daily life.
        status = Verdict.INFO if event.how == "CREATED" else Verdict.WARN
        unexplained = Message(
            "membership-joined" if event.name == JOINED else "membership-left",
            side=side,
            kind=event.how,
            at=event.at,
            event_id=event.id,
        )
        found.append(Finding(event.account_id, "H8", status, unexplained))
    return found
