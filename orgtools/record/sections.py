"""The sections of the page below the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from orgtools.assess import CATALOGUE, QUESTIONS
from orgtools.findings import Status
from orgtools.invitations.listing import FOREIGN, age, rest
from orgtools.ledger import Kind
from orgtools.messages import Message, next_step, told
from orgtools.record import charts
from orgtools.record.cells import event_cells, head_of
from orgtools.record.labels import columns, state_mark, status_mark
from orgtools.record.markup import Markup, code, element, table
from orgtools.record.telling import short, tell

if TYPE_CHECKING:
    from datetime import datetime

    from orgtools.ledger import Event
    from orgtools.record.picture import Picture

NAMES: Final = (
    "summary",
    "charts",
    "accounts",
    "approvals",
    "events",
    "readiness",
    "invitations",
    "others",
    "unknown",
    "environment",
    "seal",
)
"""The ids of the sections, in the order of the page."""
_BOTH: Final = Message("record-both-organizations")
"""What a finding or an answer is about that is not about an account."""


def title(name: str) -> Message:
    """The title of a section."""
    return Message(f"record-section-{name}")


def _section(name: str, *inside: object) -> Markup:
    return element("section", element("h2", title(name)), *inside, id=name)


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def looked_at(picture: Picture) -> Markup:
    """States over time, room in the destination, and both trees before and after."""
    rows = [
        (
            Message("side", side=unit.side),
            unit.path,
            f"{unit.at_start:,}",
            f"{unit.now:,}",
            f"{unit.now - unit.at_start:+,}" if unit.now != unit.at_start else "",
        )
        for unit in picture.units
        if unit.at_start or unit.now
    ]
    return _section(
        "charts",
        charts.states_over_time(picture),
        charts.budget(picture),
        charts.trees(picture),
        table("units", columns("units"), rows, empty=Message("record-no-units")),
    )


def accounts(picture: Picture) -> Markup:
    """Where each account is, with what an auditor needs to find it in CloudTrail."""
    rows = [
        (
            (code(outcome.account_id), outcome.name),
            outcome.wave,
            state_mark(outcome.state),
            (outcome.why, next_step(outcome.why)),
            (outcome.planned, outcome.path),
            outcome.at_start,
            (outcome.now, Message(f"record-arrival-{outcome.arrival}") if outcome.arrival else ""),
            tuple(code(value) if value else "" for value in (outcome.handshake_id, outcome.request_id)),
        )
        for outcome in picture.outcomes
    ]
    return _section("accounts", table("outcomes", columns("outcomes"), rows, empty=Message("record-no-accounts")))


def approvals(picture: Picture) -> Markup:
    """Who approved what, when, and what was typed."""
    rows = [
        (
            _second(event.at),
            str(event.data.get("by", "")),
            event.step,
            Message("record-typed", given=event.data.get("typed", "")),
            str(event.data.get("count", "")),
            Message.from_json(event.data["summary"]),
            code(event.data.get("digest", "")),
        )
        for event in picture.events
        if event.kind is Kind.APPROVED
    ]
    return _section("approvals", table("consents", columns("consents"), rows, empty=Message("record-no-approvals")))


def timeline(picture: Picture) -> Markup:
    """Every event of the ledger in words; what was shown and approved with its whole digest, which approves it."""
    rows = []
    for event in picture.events:
        number, at, step, kind, account_id, hash_ = event_cells(event)
        words: tuple[str | Message, ...] = (told(tell(event)), *_digest(event))
        rows.append((number, at, step, kind, code(account_id) if account_id else "", code(hash_), words))
    return _section(
        "events",
        element("p", Message("record-events-about"), class_="quiet"),
        table("timeline", columns("timeline"), rows, empty=Message("record-no-events")),
    )


def _digest(event: Event) -> list[Message]:
    digest = event.data.get("digest") if event.kind in (Kind.PREVIEWED, Kind.APPROVED) else None
    return [Message("record-approval-digest", digest=digest)] if digest else []


def findings(picture: Picture) -> Markup:
    """What readiness checks and the review of invitations found, except what is ok."""
    remarkable = [finding for finding in picture.findings if finding.status is not Status.OK]
    rows = [
        (
            code(finding.account_id) if finding.account_id else _BOTH,
            status_mark(finding.status),
            _check(finding.check),
            finding.evidence,
            finding.remedy,
        )
        for finding in remarkable
    ]
    fine = len(picture.findings) - len(remarkable)
    return _section(
        "readiness",
        element("p", Message("record-findings-about", count=fine), class_="quiet"),
        table(
            "findings",
            columns("findings"),
            rows,
            empty=Message("record-no-findings" if picture.findings else "record-not-assessed"),
        ),
        element("h3", Message("record-waivers")),
        _waivers(picture),
        element("h3", Message("record-answers")),
        _answers(picture),
    )


def _waivers(picture: Picture) -> Markup:
    """Who accepted what, why, and until when; a later word about the same takes the place of an earlier one."""
    newest = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.WAIVED}
    rows = [
        (
            code(account_id),
            _check(check),
            str(event.data["reason"]),
            str(event.data["by"]),
            _minute(event.at),
            str(event.data["until"]),
        )
        for (account_id, check), event in newest.items()
    ]
    return table("waivers", columns("waivers"), rows, empty=Message("record-no-waivers"))


def _answers(picture: Picture) -> Markup:
    """What people answered; what nobody answered is among the findings, as unknown."""
    newest = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.ANSWERED}
    rows = [
        (
            code(account_id) if account_id else _BOTH,
            _check(check),
            QUESTIONS[check].text if check in QUESTIONS else "",
            str(event.data["answer"]),
            str(event.data["by"]),
            _minute(event.at),
        )
        for (account_id, check), event in newest.items()
    ]
    return table("answers", columns("answers"), rows, empty=Message("record-no-answers"))


def _check(name: str) -> tuple[str, str]:
    return name, CATALOGUE[name].title if name in CATALOGUE else ""


def handshakes(picture: Picture) -> Markup:
    """Handshakes of both sides and of members."""
    rows = [
        (
            (row["account"], row["name"]),
            row["state"],
            age(row),
            rest(row) or "",
            (
                Message("record-yes-or-no", choice=row["planned"]),
                Message("record-wave", wave=row["wave"]) if row["wave"] else "",
            ),
            (_sender(row["invited by"]), code(row["inviter"]), code(row["organization"])),
            tuple(Message("side", side=side) for side in row["seen by"]),
            (_given(row["sent (UTC)"]), Message("record-expires", until=_given(row["expires (UTC)"]))),
            row["action"],
            code(row["handshake"]),
        )
        for row in picture.handshakes.to_dict("records")
    ]
    return _section(
        "invitations",
        element("p", Message("record-handshakes-about"), class_="quiet"),
        table("handshakes", columns("handshakes"), rows, empty=Message("record-no-handshakes")),
    )


def _given(at: Any) -> str | Message:
    """A time of AWS's, which may leave it out."""
    return Message("not-given") if pd.isna(at) else _minute(at)


def _sender(name: str) -> Message:
    return Message("somebody-else") if name == FOREIGN else Message("side", side=name)


def others(picture: Picture) -> Markup:
    """Accounts outside the plan that moved."""
    rows = [(code(finding.account_id), finding.evidence, finding.remedy) for finding in picture.bystanders]
    empty = Message("record-summary-no-strays")
    return _section("others", table("bystanders", columns("bystanders"), rows, empty=empty))


def unknown(picture: Picture) -> Markup:
    """What could not be looked up, or is not settled."""
    if not picture.unknown:
        return _section("unknown", element("p", Message("record-nothing-unknown"), class_="none"))
    return _section("unknown", element("ul", *(element("li", told(message)) for message in picture.unknown)))


def environment(picture: Picture) -> Markup:
    """Who opened the run, with what, and what wrote the record."""
    rows = []
    for event in picture.events:
        if event.kind is Kind.OPENED:
            plan = str(event.data.get("plan", ""))
            rows.append(
                (
                    _second(event.at),
                    str(event.data.get("by", "")),
                    tuple(str(event.data.get(side, {}).get("caller", "")) for side in ("source", "destination")),
                    ", ".join(f"{name} {version}" for name, version in event.data.get("versions", {}).items()),
                    element("code", short(plan), title=plan),
                )
            )
    names = [f"{name} {version}" for name, version in picture.versions]
    return _section(
        "environment",
        element("p", Message("record-environment", names=names)),
        element("p", Message("record-plan-digest", digest=picture.plan_digest)),
        table("openings", columns("openings"), rows, empty=Message("record-no-openings")),
    )


def seal(picture: Picture) -> Markup:
    """How the record is sealed, and how to check it."""
    head = head_of(picture.events)
    chain = Message("record-chain-original")
    if head != picture.head:
        chain = Message("record-chain-redacted", digest=picture.head)
    return _section(
        "seal",
        element("p", Message("record-head", count=len(picture.events), digest=head), " ", chain),
        element("p", Message("record-promise")),
        element("p", Message("record-check-it"), " ", code("orgtools verify-record record/")),
    )


ALL: Final = (looked_at, accounts, approvals, timeline, findings, handshakes, others, unknown, environment, seal)
"""The sections in the order of the page."""
