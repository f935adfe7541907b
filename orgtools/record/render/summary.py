"""The record in words and numbers, for somebody who reads nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from orgtools.aws.masking import HIDDEN
from orgtools.findings import Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.record.model.account_status import NOT_MOVED, ON_THE_WAY, Arrival, State
from orgtools.record.model.event_messages import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.findings import Finding
    from orgtools.record.model.run_data import Picture


def headline(picture: Picture) -> Message:
    """What came of the migration."""
    planned = len(picture.plan.accounts)
    arrived = len(picture.having(State.IN_PLACE))
    if planned == 0:
        return Message("record-headline-empty")
    if arrived == planned:
        return Message("record-headline-all", total=planned)
    if arrived == 0:
        return Message("record-headline-none", total=planned)
    return Message("record-headline-some", count=arrived, total=planned)


def numbers(picture: Picture) -> list[tuple[int, Message]]:
    """The figures that matter, each with its label."""
    return [
        (len(picture.plan.accounts), Message("record-number-planned")),
        (len(picture.having(State.IN_PLACE)), Message("record-number-in-place")),
        (len(picture.having(*ON_THE_WAY)), Message("record-number-on-the-way")),
        (len(picture.having(*NOT_MOVED)), Message("record-number-not-moved")),
        (len(_strays(picture)), Message("record-number-strays")),
        (len(picture.unknown), Message("record-number-unknown")),
    ]


def waves(picture: Picture) -> list[tuple[int, ...]]:
    """One row for each wave: wave, planned, in place, on the way, not moved."""
    return [
        (
            number,
            len(picture.plan.wave(number)),
            *(
                sum(outcome.wave == str(number) for outcome in picture.having(*states))
                for states in ((State.IN_PLACE,), ON_THE_WAY, NOT_MOVED)
            ),
        )
        for number in picture.plan.waves
    ]


def unfinished(picture: Picture) -> list[tuple[str, Message, tuple[str, ...]]]:
    """What is not in place: in which state, why and what to do, and which accounts.

    Accounts that are in no organization come first, then the reason of most accounts.
    """
    grouped: dict[tuple[str, Message], list[str]] = {}
    for outcome in picture.outcomes:
        if outcome.state != State.IN_PLACE:
            grouped.setdefault((outcome.state, outcome.why), []).append(outcome.account_id)
    return [
        (state, why, tuple(accounts))
        for (state, why), accounts in sorted(
            grouped.items(), key=lambda item: (item[0][0] != State.BETWEEN, -len(item[1]))
        )
    ]


def sentences(picture: Picture) -> Iterator[Message]:
    """What else somebody who answers for the migration must know."""
    alone = [outcome.account_id for outcome in picture.having(State.BETWEEN)]
    if alone:
        yield Message("record-summary-between", count=len(alone), accounts=alone)
    foreign = sum(outcome.arrival == Arrival.ELSEWHERE for outcome in picture.outcomes)
    if foreign:
        yield Message("record-summary-elsewhere", count=foreign)
    yield from _outside(picture)
    yield _approvals(picture)
    yield _calls(picture)
    if any(event.kind is Kind.ASSESSED for event in picture.events):
        yield Message("record-summary-assessed", findings=found(Counter(one.status for one in picture.findings)))
    else:
        yield Message("record-summary-not-assessed")
    if picture.unknown:
        yield Message("record-summary-unknown", count=len(picture.unknown))


def _outside(picture: Picture) -> Iterator[Message]:
    strays = len(_strays(picture))
    unseen = strays < len(picture.bystanders)
    if strays:
        yield Message("record-summary-strays", count=strays)
    else:
        yield Message("record-summary-no-strays-in-destination" if unseen else "record-summary-no-strays")
    if unseen:
        yield Message("record-summary-source-not-seen")


def _strays(picture: Picture) -> list[Finding]:
    """Accounts outside the plan that moved; what was not looked at is none."""
    return [finding for finding in picture.bystanders if finding.status is not Verdict.UNKNOWN]


def _approvals(picture: Picture) -> Message:
    approvals = [event for event in picture.events if event.kind is Kind.APPROVED]
    if not approvals:
        return Message("record-summary-not-approved")
    people = Counter(str(event.data.get("by", HIDDEN)) for event in approvals)
    who = [Message("record-approver", person=name, count=times) for name, times in people.most_common()]
    return Message("record-summary-approved", count=len(approvals), whys=who)


def _calls(picture: Picture) -> Message:
    calls = [event for event in picture.events if event.kind is Kind.OUTCOME and event.data.get("called", True)]
    if not calls:
        return Message("record-summary-no-calls")
    taken = sum(event.took_effect for event in calls)
    refused = sum(bool(event.data.get("refused")) and bool(event.data.get("answered")) for event in calls)
    lost = len(calls) - taken - refused
    whys = [
        Message("record-calls-done", count=taken),
        Message("record-calls-refused", count=refused),
        *([Message("record-calls-unanswered", count=lost)] if lost else []),
    ]
    return Message("record-summary-calls", count=len(calls), whys=whys)
