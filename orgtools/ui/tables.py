"""pandas tables for people: the same look everywhere, readable without colour."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from orgtools import steps
from orgtools.budget import rooms as budget_rooms
from orgtools.steps import Blocked, Decision, Do, Done, Outcome, Preview, Wait
from orgtools.ui.escaping import escape
from orgtools.ui.long_tables import long_table
from orgtools.ui.times import moment, zoned
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from orgtools.assess import Change
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot
    from orgtools.waves import Proposal

_MANY: Final = 200

_STYLE: Final = """<style>
.orgtools-table {overflow-x: auto;}
.orgtools-table table {border-collapse: collapse; table-layout: auto; font-variant-numeric: tabular-nums;}
.orgtools-table.wide table {width: 100%;}
.orgtools-table th, .orgtools-table td {
  text-align: left !important; vertical-align: top; padding: .3em .5em !important; white-space: nowrap;
}
.orgtools-table td.prose {white-space: normal; min-width: 9em; overflow-wrap: anywhere;}
.orgtools-table td.prose span {white-space: nowrap;}
</style>"""

_PROSE: Final = {
    "account and name",
    "account and unit",
    "accounts",
    "because",
    "check",
    "detail",
    "evidence",
    "handshake, seen by",
    "in words",
    "invited by",
    "next step",
    "planned and run",
    "question",
    "reason",
    "remedy",
    "request id",
    "sent",
    "state and expiry",
    "tags",
    "units",
    "what AWS shows",
    "what can be undone",
    "what cannot",
    "what follows",
    "what would be called",
    "where it stands",
}
"""Columns that hold sentences: these wrap, all others stay on one line."""
_WHOLE: Final = re.compile(
    r"\b(?:(?:h|o|ou|r)-[0-9a-z][0-9a-z-]{5,}|\d{12}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?)(?![\w-])"
)
"""What is not broken at a line's end: ids and times."""

MARKS: Final[dict[type, str]] = {Do: "▶ to do", Done: "✓ done", Wait: "… wait", Blocked: "✗ blocked"}
"""A decision in one word, with a sign that does not need colour."""
UNSEEN: Final = "? not seen"
"""In the place of `Wait`'s, where nobody of this run can see whether there is anything to wait for."""


def mark(decision: Decision) -> str:
    """A decision in one word."""
    return UNSEEN if isinstance(decision, Wait) and decision.unseen else MARKS[type(decision)]


def html(table: pd.DataFrame) -> str:
    """A table as HTML: plain up to 200 rows, above that one that shows piece by piece, sorts and searches.

    Every row is there in both; nothing is left out.
    """
    words = table.copy()
    for name in words.columns:
        if isinstance(words[name].dtype, pd.DatetimeTZDtype):
            words[name] = [moment(at) for at in words[name]]
            words = words.rename(columns={name: name.removesuffix(" (UTC)")})
    prose = [name in _PROSE for name in words.columns]
    head = f"<tr>{''.join(f'<th>{escape(str(name))}</th>' for name in words.columns)}</tr>"
    rows = [_row(row, prose) for row in words.itertuples(index=False, name=None)]
    wide = " wide" if any(prose) else ""
    if len(rows) > _MANY:
        held = long_table(head, rows)
    else:
        held = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    return f"{_STYLE}<div class='orgtools-table{wide}'>{held}</div>"


def _row(cells: Iterable[object], prose: Sequence[bool]) -> str:
    """One row; pandas' own HTML takes seconds for thousands, Styler more, and gives each cell an id."""
    written = (_WHOLE.sub(r"<span>\g<0></span>", escape(zoned(str(cell)))) for cell in cells)
    kinds = (" class='prose'" if wraps else "" for wraps in prose)
    return f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, written, strict=True))}</tr>"


def sides(migration: Migration) -> pd.DataFrame:
    """The two organizations and who we are in them: one row for each. Columns: side, organization, ..."""
    rows = [
        (side.name, side.identity.organization_id, side.identity.management_account_id, side.identity.caller_arn)
        if side.seen
        else (side.name, "not ours: not looked at", "unknown", "nobody")
        for side in (migration.source, migration.destination)
    ]
    return pd.DataFrame(rows, columns=["side", "organization", "management account", "we are"])


def ways_back(migration: Migration) -> pd.DataFrame:
    """What can be undone. Columns: account (id), where it stands, what can be undone and how, what cannot and why.

    Reads both organizations once, and the destination's Control Tower.
    """
    rows = [
        (way.account_id, str(way.stands), " ".join(map(str, way.undo)), " ".join(map(str, way.lost)))
        for way in steps.ways_back(migration)
    ]
    return pd.DataFrame(rows, columns=["account", "where it stands", "what can be undone", "what cannot"])


def plan(held: Plan) -> pd.DataFrame:
    """The rows of accounts.csv. Columns: account (id), to (path), wave, path, tags."""
    rows = [
        (account.account_id, account.ou, account.wave, account.path, "; ".join(f"{k}={v}" for k, v in account.tags))
        for account in held.accounts
    ]
    return pd.DataFrame(rows, columns=["account", "to", "wave", "path", "tags"])


def rooms(migration: Migration) -> pd.DataFrame:
    """Whether each wave fits, as `rooms_of` tells. Reads both organizations once."""
    return rooms_of(migration.plan, migration.observe())


def rooms_of(held: Plan, snapshot: Snapshot) -> pd.DataFrame:
    """Whether each wave of a plan fits. Columns: wave, accounts, to invite, places left, invitations left, in words.

    Places are of the destination's account quota, invitations of its 24-hour window; both are counted after the waves
    before.
    """
    budget = snapshot.budget
    rows = []
    for room in budget_rooms(held, snapshot.destination, budget):
        words = "fits"
        if room.places_left is None:
            words = "account quota unknown"
        elif room.places_left < 0:
            words = f"needs {many(-room.places_left, 'more place')}: raise the account quota of {budget.account_quota}"
        elif room.invitations_left < 0:
            frees = f"; the next frees up {budget.frees_at:%Y-%m-%d %H:%M} UTC" if budget.frees_at else ""
            words = f"{-room.invitations_left} must wait for the 24-hour window{frees}"
        places = "unknown" if room.places_left is None else str(room.places_left)
        rows.append((room.wave, room.accounts, room.to_invite, places, room.invitations_left, words))
    columns = ["wave", "accounts", "to invite", "places left", "invitations left", "in words"]
    return pd.DataFrame(rows, columns=columns)


def proposal(held: Proposal, snapshot: Snapshot) -> pd.DataFrame:
    """Proposed waves. Columns: as of `rooms_of`, and units (paths, each with the number of its accounts)."""
    table = rooms_of(held.plan, snapshot)
    units = [
        ", ".join(f"{ou} ({count})" for ou, count in Counter(a.ou for a in held.plan.wave(number)).items())
        for number in table["wave"]
    ]
    table.insert(2, "units", units)
    return table


def decisions(preview: Preview) -> pd.DataFrame:
    """What a step would do: one row for each account (of one step, for each organizational unit).

    Columns: account (id) or organizational unit (path), name, wave, decision, because, what follows (the calls in
    words, or the operator's next step).
    """
    names = preview.snapshot.names
    rows = [
        (
            account.account_id,
            names.get(account.account_id, ""),
            account.wave or "",
            mark(decision),
            str(decision.why),
            "; ".join(str(call.words) for call in decision.calls) if isinstance(decision, Do) else next_step(decision),
        )
        for account, decision in zip(preview.accounts, preview.decisions, strict=True)
    ]
    columns = [preview.step.subject, "name", "wave", "decision", "because", "what follows"]
    return _told(pd.DataFrame(rows, columns=columns))


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Without the columns in which no row says anything."""
    return table[[name for name in table.columns if any(table[name] != "")]] if len(table) else table


def next_step(decision: Decision) -> str:
    """What the operator does about a decision, in words; empty where nothing is to do."""
    if isinstance(decision, Blocked):
        return decision.next_step
    if isinstance(decision, Wait):
        return f"Wait until {decision.until:%Y-%m-%d %H:%M} UTC." if decision.until else ""
    return ""


def outcomes(found: tuple[Outcome, ...], names: Mapping[str, str], subject: str = "account") -> pd.DataFrame:
    """What came of a step: one row for each account (or whatever the step is about) that was approved.

    Columns: account (id), name, outcome, what AWS shows or said, next step, handshake, request id; without those that
    would be empty.
    """
    signs = {"confirmed": "✓", "unconfirmed": "?", "refused": "✗", "changed": "✗", "not started": "-"}
    rows = [
        (
            outcome.account_id,
            names.get(outcome.account_id, ""),
            f"{signs[outcome.status]} {outcome.status}",
            str(outcome.why),
            outcome.next_step,
            outcome.handshake_id,
            outcome.request_id,
        )
        for outcome in found
    ]
    columns = [subject, "name", "outcome", "what AWS shows", "next step", "handshake", "request id"]
    return _told(pd.DataFrame(rows, columns=columns))


def changes(changed: Sequence[Change], title: Callable[[str], str]) -> pd.DataFrame:
    """What changed since the last assessment.

    Columns: account (id, or "both organizations"), check (id and title), was, is (status in a word), evidence.
    """
    rows = [
        (
            change.account_id or "both organizations",
            f"{change.check} {title(change.check)}",
            change.before.value,
            change.now.value,
            str(change.evidence),
        )
        for change in changed
    ]
    return pd.DataFrame(rows, columns=["account", "check", "was", "is", "evidence"])
