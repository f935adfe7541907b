"""The tables of the page, and the titles of its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pandas as pd

from orgtools.assess import CATALOGUE, QUESTIONS
from orgtools.findings import Verdict
from orgtools.html import Markup, Table, draw, piece
from orgtools.invitations.listing import FOREIGN, age, rest
from orgtools.ledger import Kind
from orgtools.messages import Message, next_step, told
from orgtools.record.model.cells import event_cells
from orgtools.record.model.event_messages import short, tell
from orgtools.record.render import summary
from orgtools.record.render.labels import columns, state_mark, status_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from orgtools.findings import Finding
    from orgtools.ledger import Event
    from orgtools.record.model.run_data import Picture

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


_Rows: TypeAlias = "Sequence[tuple[object, ...]]"


def _code(value: object) -> Markup:
    """An id or a hash."""
    return piece("code", value) if value else Markup()


def _second(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def tables(picture: Picture) -> dict[str, Markup]:
    """Every table of the page by its id, which sorts and searches offline; where there is no row, a sentence."""
    return {name: _table(name, rows(picture), empty, picture) for name, (rows, empty) in _TABLES.items()}


def _table(name: str, rows: _Rows, empty: str, picture: Picture) -> Markup:
    if not rows and empty:
        unassessed = name == "findings" and not picture.findings
        return piece("empty", Message("record-not-assessed" if unassessed else empty))
    return draw(Table(columns(name), rows, name=name, wide=name not in _NARROW), packed=True)


def _units(picture: Picture) -> _Rows:
    """Both trees before and after."""
    return [
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


def _outcomes(picture: Picture) -> _Rows:
    """Where each account is, with what an auditor needs to find it in CloudTrail."""
    return [
        (
            (_code(outcome.account_id), outcome.name),
            outcome.wave,
            state_mark(outcome.state),
            (outcome.why, next_step(outcome.why)),
            (outcome.planned, outcome.path),
            outcome.at_start,
            (outcome.now, Message(f"record-arrival-{outcome.arrival}") if outcome.arrival else ""),
            (_code(outcome.handshake_id), _code(outcome.request_id)),
        )
        for outcome in picture.outcomes
    ]


def _consents(picture: Picture) -> _Rows:
    """Who approved what, when, and what was typed."""
    return [
        (
            _second(event.at),
            str(event.data.get("by", "")),
            event.step,
            Message("record-typed", given=event.data.get("typed", "")),
            str(event.data.get("count", "")),
            Message.from_json(event.data["summary"]),
            _code(event.data.get("digest", "")),
        )
        for event in picture.events
        if event.kind is Kind.APPROVED
    ]


def _timeline(picture: Picture) -> _Rows:
    """Every event of the ledger in words; what was shown and approved with its whole digest, which approves it."""
    rows = list[tuple[object, ...]]()
    for event in picture.events:
        number, at, step, kind, account_id, hash_ = event_cells(event)
        words = (told(tell(event)), *_digest(event))
        rows.append((number, at, step, kind, _code(account_id), _code(hash_), words))
    return rows


def _digest(event: Event) -> list[Message]:
    digest = event.data.get("digest") if event.kind in (Kind.PREVIEWED, Kind.APPROVED) else None
    return [Message("record-approval-digest", digest=digest)] if digest else []


def remarkable(picture: Picture) -> list[Finding]:
    """What readiness checks and the review of invitations found, except what is ok."""
    return [finding for finding in picture.findings if finding.status is not Verdict.OK]


def _findings(picture: Picture) -> _Rows:
    return [
        (
            _code(finding.account_id) or _BOTH,
            status_mark(finding.status),
            _check(finding.check),
            finding.evidence,
            finding.remedy,
        )
        for finding in remarkable(picture)
    ]


def _waivers(picture: Picture) -> _Rows:
    """Who accepted what, why, and until when; a later word about the same takes the place of an earlier one."""
    newest = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.WAIVED}
    return [
        (
            _code(account_id),
            _check(check),
            str(event.data["reason"]),
            str(event.data["by"]),
            _minute(event.at),
            str(event.data["until"]),
        )
        for (account_id, check), event in newest.items()
    ]


def _answers(picture: Picture) -> _Rows:
    """What people answered; what nobody answered is among the findings, as unknown."""
    newest = {(event.account_id, event.data["check"]): event for event in picture.events if event.kind is Kind.ANSWERED}
    return [
        (
            _code(account_id) or _BOTH,
            _check(check),
            QUESTIONS[check].text if check in QUESTIONS else "",
            str(event.data["answer"]),
            str(event.data["by"]),
            _minute(event.at),
        )
        for (account_id, check), event in newest.items()
    ]


def _check(name: str) -> tuple[str, str]:
    return name, CATALOGUE[name].title if name in CATALOGUE else ""


def _handshakes(picture: Picture) -> _Rows:
    """Handshakes of both sides and of members."""
    return [
        (
            (row["account"], row["name"]),
            row["state"],
            age(row),
            rest(row) or "",
            (
                Message("record-yes-or-no", choice=row["planned"]),
                Message("record-wave", wave=row["wave"]) if row["wave"] else "",
            ),
            (_sender(row["invited by"]), _code(row["inviter"]), _code(row["organization"])),
            tuple(Message("side", side=side) for side in row["seen by"]),
            (_given(row["sent (UTC)"]), Message("record-expires", until=_given(row["expires (UTC)"]))),
            row["action"],
            _code(row["handshake"]),
        )
        for row in picture.handshakes.to_dict("records")
    ]


def _given(at: Any) -> str | Message:
    """A time of AWS's, which may leave it out."""
    return Message("not-given") if pd.isna(at) else _minute(at)


def _sender(name: str) -> Message:
    return Message("somebody-else") if name == FOREIGN else Message("side", side=name)


def _bystanders(picture: Picture) -> _Rows:
    """Accounts outside the plan that moved."""
    return [(_code(finding.account_id), finding.evidence, finding.remedy) for finding in picture.bystanders]


def _openings(picture: Picture) -> _Rows:
    """Who opened the run, with what, and what wrote the record."""
    rows = list[tuple[object, ...]]()
    for event in picture.events:
        if event.kind is Kind.OPENED:
            plan = str(event.data.get("plan", ""))
            rows.append(
                (
                    _second(event.at),
                    str(event.data.get("by", "")),
                    tuple(str(event.data.get(side, {}).get("caller", "")) for side in ("source", "destination")),
                    ", ".join(f"{name} {version}" for name, version in event.data.get("versions", {}).items()),
                    piece("digest", short(plan), plan),
                )
            )
    return rows


_TABLES: Final[Mapping[str, tuple[Callable[[Picture], _Rows], str]]] = {
    "waves": (summary.waves, ""),
    "units": (_units, "record-no-units"),
    "outcomes": (_outcomes, "record-no-accounts"),
    "consents": (_consents, "record-no-approvals"),
    "timeline": (_timeline, "record-no-events"),
    "findings": (_findings, "record-no-findings"),
    "waivers": (_waivers, "record-no-waivers"),
    "answers": (_answers, "record-no-answers"),
    "handshakes": (_handshakes, "record-no-handshakes"),
    "bystanders": (_bystanders, "record-summary-no-strays"),
    "openings": (_openings, "record-no-openings"),
}
"""What stands in each table, by the table's id, and what it means that there is no row."""
_NARROW: Final = frozenset({"waves", "units"})
