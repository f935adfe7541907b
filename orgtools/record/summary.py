"""The record in words and numbers, for somebody who reads nothing else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from orgtools.findings import Status
from orgtools.ledger import Kind
from orgtools.messages import next_step
from orgtools.record.outcomes import NOT_MOVED, ON_THE_WAY, Arrival, State
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.findings import Finding
    from orgtools.messages import Message
    from orgtools.record.outcomes import AccountOutcome
    from orgtools.record.picture import Picture

Row = tuple[str | int, ...]


def headline(picture: Picture) -> str:
    """What came of the migration, one sentence."""
    planned = len(picture.plan.accounts)
    arrived = len(picture.having(State.IN_PLACE))
    if planned == 0:
        return "The plan names no account."
    if arrived == planned:
        which = "The account" if planned == 1 else "Both accounts" if planned == 2 else f"All {planned:,} accounts"  # noqa: PLR2004
        return f"{which} of the plan {verb(planned, 'are')} in place in the new organization."
    if planned == 1:
        return "The account of the plan is not in place in the new organization."
    if arrived == 0:
        return f"None of the {planned:,} accounts of the plan is in place in the new organization."
    return (
        f"{arrived:,} of the {planned:,} accounts of the plan {verb(arrived, 'are')} in place in the new organization."
    )


def numbers(picture: Picture) -> list[tuple[int, str]]:
    """The figures that matter, each with its label."""
    return [
        (len(picture.plan.accounts), "planned"),
        (len(picture.having(State.IN_PLACE)), "in place"),
        (len(picture.having(*ON_THE_WAY)), "on the way"),
        (len(picture.having(*NOT_MOVED)), "not moved"),
        (len(_strays(picture)), "moved outside the plan"),
        (len(picture.unknown), "unknown"),
    ]


def waves(picture: Picture) -> list[Row]:
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


def unfinished(picture: Picture) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is not in place: why, what to do, and for which accounts.

    Accounts that are in no organization come first, then the reason of most accounts.
    """
    grouped: dict[tuple[str, Message], list[AccountOutcome]] = {}
    for outcome in picture.outcomes:
        if outcome.state != State.IN_PLACE:
            grouped.setdefault((outcome.state, outcome.why), []).append(outcome)
    return [
        (f"{state}: {why}", next_step(why), tuple(outcome.account_id for outcome in group))
        for (state, why), group in sorted(
            grouped.items(), key=lambda item: (item[0][0] != State.BETWEEN, -len(item[1]))
        )
    ]


def sentences(picture: Picture) -> list[str]:
    """What else somebody who answers for the migration must know."""
    return list(_sentences(picture))


def _sentences(picture: Picture) -> Iterator[str]:
    alone = picture.having(State.BETWEEN)
    if alone:
        yield (
            f"{many(len(alone), 'account')} of the plan {verb(len(alone), 'are')} stand-alone, in no organization: "
            f"{', '.join(outcome.account_id for outcome in alone)}."
        )
    foreign = sum(outcome.arrival == Arrival.ELSEWHERE for outcome in picture.outcomes)
    if foreign:
        yield f"{many(foreign, 'planned account')} came to the new organization, but not by a call of this run."
    yield from _outside(picture)
    yield _approvals(picture)
    yield _calls(picture)
    if not any(event.kind is Kind.ASSESSED for event in picture.events):
        yield "Nobody has assessed whether the accounts may move."
    else:
        counts = Counter(finding.status for finding in picture.findings)
        yield (
            f"Checks found {many(counts[Status.BLOCK], 'obstacle')} and {many(counts[Status.WARN], 'warning')}; "
            f"{counts[Status.UNKNOWN]} could not look."
        )
    if picture.unknown:
        yield f"{many(len(picture.unknown), 'thing')} could not be looked up or settled: see Unknown."


def _outside(picture: Picture) -> Iterator[str]:
    strays = len(_strays(picture))
    unseen = strays < len(picture.bystanders)
    if strays:
        yield (
            f"{many(strays, 'account')} outside the plan joined, left or moved since the run began; "
            "this run did not do it."
        )
    else:
        where = " in the new organization" if unseen else ""
        yield f"No account outside the plan joined, left or moved{where} since the run began."
    if unseen:
        yield "Nobody looked whether anything moved in the old organization."


def _strays(picture: Picture) -> list[Finding]:
    """Accounts outside the plan that moved; what was not looked at is none."""
    return [finding for finding in picture.bystanders if finding.status is not Status.UNKNOWN]


def _approvals(picture: Picture) -> str:
    approvals = [event for event in picture.events if event.kind is Kind.APPROVED]
    if not approvals:
        return "Nobody has approved a change yet, and without an approval nothing is changed."
    people = Counter(str(event.data.get("by", "somebody")) for event in approvals)
    who = ", ".join(f"{name} ({times})" for name, times in people.most_common())
    return f"Every change was shown and approved first: {many(len(approvals), 'approval')}, by {who}."


def _calls(picture: Picture) -> str:
    calls = [event for event in picture.events if event.kind is Kind.OUTCOME and event.data.get("called", True)]
    if not calls:
        return "No call that changes anything was made."
    taken = sum(event.took_effect for event in calls)
    refused = sum(bool(event.data.get("refused")) and bool(event.data.get("answered")) for event in calls)
    lost = len(calls) - taken - refused
    return (
        f"{many(len(calls), 'changing call')} {verb(len(calls), 'were')} made: AWS took {taken}, "
        f"refused {refused}" + (f", and {lost} had no answer" if lost else "") + "."
    )
