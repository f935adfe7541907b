"""pandas tables for people: the same look everywhere, readable without colour.

Their cells are facts, messages and states, which become words when the table is shown.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pandas as pd

from orgtools import steps
from orgtools.assess import CATALOGUE
from orgtools.budget import rooms as budget_rooms
from orgtools.html import Column, ColumnKind, Table, draw, output, whole
from orgtools.html.tables import MANY
from orgtools.messages import Message
from orgtools.steps import Blocked, Decision, Do, Done, Outcome, Preview, Wait
from orgtools.ui.words import WRAPPED, Lines, Mark, Then, Writer, heading, then, whom

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.assess import FindingChange
    from orgtools.budget import Budget, WaveRoom
    from orgtools.migration import Migration
    from orgtools.plan import Plan
    from orgtools.snapshot import Snapshot
    from orgtools.waves import Proposal

_MARKS: Final[dict[type, Mark]] = {Do: Mark.DO, Done: Mark.DONE, Wait: Mark.WAIT, Blocked: Mark.BLOCKED}


def mark(decision: Decision) -> Mark:
    """A decision in a word."""
    return Mark.UNSEEN if isinstance(decision, Wait) and decision.unseen else _MARKS[type(decision)]


def html(table: pd.DataFrame, look: str = "") -> str:
    """A table as HTML: plain up to 200 rows, above that one that shows piece by piece, sorts and searches.

    Every row is there in both; nothing is left out.

    Args:
        table: facts, messages and states.
        look: a class of the style sheet that gives it widths of its own.
    """
    wraps = [str(name).removesuffix(" (UTC)") in WRAPPED for name in table.columns]
    columns = [
        Column(heading(str(name)), ColumnKind.PROSE if wrapped else ColumnKind.SHORT)
        for name, wrapped in zip(table.columns, wraps, strict=True)
    ]
    write = Writer()
    rows = [
        [_written(cell, write, wrapped=wrapped) for cell, wrapped in zip(row, wraps, strict=True)]
        for row in table.itertuples(index=False, name=None)
    ]
    shown = Table(columns, rows, look=look, wide=any(wraps))
    return output(draw(shown), live=len(rows) > MANY)


def _written(cell: object, write: Writer, *, wrapped: bool) -> object:
    """A cell in words; where it wraps, no line ends within an id or a time."""
    if isinstance(cell, Lines):
        return tuple(whole(write(message)) for message in cell.messages)
    return whole(write(cell)) if wrapped else write(cell)


def sides(migration: Migration) -> pd.DataFrame:
    """The two organizations and who we are in them: one row for each.

    Columns: side, organization (id), management account (id), we are (the caller's ARN).
    """
    rows = [
        (
            Message("ui-side", side=side.name),
            *(
                (side.identity.organization_id, side.identity.management_account_id, side.identity.caller_arn)
                if side.seen
                else (Message("ui-side-without-access"), Message("ui-unknown"), Message("ui-nobody"))
            ),
        )
        for side in (migration.source, migration.destination)
    ]
    return pd.DataFrame(rows, columns=["side", "organization", "management account", "we are"])


def ways_back(migration: Migration) -> pd.DataFrame:
    """What can be undone. Columns: account (id), where it stands, what can be undone and how, what cannot and why.

    Reads both organizations once, and the destination's Control Tower.
    """
    rows = [
        (
            way.account_id,
            way.stands,
            Message("ui-sentences", then=way.undo),
            Message("ui-sentences", then=way.lost) if way.lost else "",
        )
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
    """Whether each wave fits, with the columns of `rooms_of`. Reads both organizations once.

    Raises:
        RefusedError: AWS refuses to show one of the organizations.
    """
    return rooms_of(migration.plan, migration.observe())


def rooms_of(held: Plan, snapshot: Snapshot) -> pd.DataFrame:
    """Whether each wave of a plan fits. Columns: wave, accounts, to invite, places left, invitations left, in words.

    Places are of the destination's account quota, invitations of its 24-hour window; both are counted after the waves
    before.
    """
    rows = [
        (
            room.wave,
            room.accounts,
            room.to_invite,
            Message("ui-unknown") if room.places_left is None else str(room.places_left),
            room.invitations_left,
            _fits(room, snapshot.budget),
        )
        for room in budget_rooms(held, snapshot.destination, snapshot.budget)
    ]
    columns = ["wave", "accounts", "to invite", "places left", "invitations left", "in words"]
    return pd.DataFrame(rows, columns=columns)


def _fits(room: WaveRoom, budget: Budget) -> Message:
    """Whether a wave fits, and what it needs otherwise."""
    if room.places_left is None:
        return Message("ui-wave-quota-unknown")
    if room.places_left < 0:
        return Message("ui-wave-lacks-places", missing=-room.places_left, quota=budget.account_quota)
    if room.invitations_left < 0 and budget.frees_at:
        return Message("ui-wave-waits-until", count=-room.invitations_left, until=budget.frees_at)
    if room.invitations_left < 0:
        return Message("ui-wave-waits", count=-room.invitations_left)
    return Message("ui-wave-fits")


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

    Columns: account (id) or organizational unit (path), name, wave, decision (a `Mark`), because, what follows (the
    calls, or the operator's next step).
    """
    names = preview.snapshot.names
    rows = [
        (
            account.account_id,
            names.get(account.account_id, ""),
            account.wave or "",
            mark(decision),
            decision.why,
            _follows(decision),
        )
        for account, decision in zip(preview.accounts, preview.decisions, strict=True)
    ]
    columns = [preview.step.subject, "name", "wave", "decision", "because", "what follows"]
    return _told(pd.DataFrame(rows, columns=columns))


def _told(table: pd.DataFrame) -> pd.DataFrame:
    """Without the columns in which no row says anything."""
    return table[[name for name in table.columns if any(table[name] != "")]] if len(table) else table


def _follows(decision: Decision) -> Message | Lines | Then | str:
    """The calls of a decision, or what the operator does about it; empty where nothing is to do.

    Of several steps each call is on a line of its own, after the name of its step.
    """
    if isinstance(decision, Do) and any(call.step for call in decision.calls):
        return Lines(tuple(Message("call-of-step", step=call.step, change=call.words) for call in decision.calls))
    if isinstance(decision, Do):
        return Message("ui-calls", changes=[call.words for call in decision.calls])
    if isinstance(decision, Wait):
        return Message("ui-wait-until", until=decision.until) if decision.until else ""
    return _then(decision.why) if isinstance(decision, Blocked) else ""


def _then(why: Message) -> Then | str:
    return Then(why) if then(why) else ""


def outcomes(found: tuple[Outcome, ...], names: Mapping[str, str], subject: str = "account") -> pd.DataFrame:
    """What came of a step: one row for each account (or whatever the step is about) that was approved.

    Columns: account (id), name, outcome, what AWS shows or said, next step, handshake, request id; without those that
    would be empty.
    """
    rows = [
        (
            outcome.account_id,
            names.get(outcome.account_id, ""),
            outcome.status,
            outcome.why,
            _then(outcome.why),
            outcome.handshake_id,
            outcome.request_id,
        )
        for outcome in found
    ]
    columns = [subject, "name", "outcome", "what AWS shows", "next step", "handshake", "request id"]
    return _told(pd.DataFrame(rows, columns=columns))


def changes(changed: Sequence[FindingChange]) -> pd.DataFrame:
    """What changed since the last assessment. Columns: account, check (id and title), was, is (statuses), evidence."""
    rows = [
        (
            whom(change.account_id),
            f"{change.check} {CATALOGUE[change.check].title}",
            change.before,
            change.now,
            change.evidence,
        )
        for change in changed
    ]
    return pd.DataFrame(rows, columns=["account", "check", "was", "is", "evidence"])
