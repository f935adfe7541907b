"""The auditor's review: handshakes as both sides and the members show them, and what is unexpected. Reads only.

What may not be read is a finding of its own that names the permission: an auditor is never shown silence as peace.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.read.cloudtrail import DEPARTED, INVITED, JOINED
from orgtools.aws.read.unknown_source import NOT_OURS, not_ours
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.invitations import SOON, Evidence, findings, is_pending, listed, moves, table
from orgtools.ledger import Kind
from orgtools.messages import Message, as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from orgtools.aws.model import Handshake, Side
    from orgtools.aws.read.cloudtrail import TrailEvent
    from orgtools.aws.read.member import Member
    from orgtools.aws.read.organization import Organization
    from orgtools.ledger import Ledger
    from orgtools.migration import Migration
    from orgtools.snapshot import Snapshot

REMARKABLE: Final = frozenset({Verdict.WARN, Verdict.UNKNOWN, Verdict.BLOCK})
"""Findings that want somebody's attention."""

_WORST_FIRST: Final = (Verdict.BLOCK, Verdict.WARN, Verdict.UNKNOWN, Verdict.INFO, Verdict.OK)
_LATE: Final = timedelta(minutes=15)
"""CloudTrail shows a call within about this time."""
_LISTED: Final = timedelta(days=30)
"""So long a closed handshake stays listed."""
_SKEW: Final = timedelta(minutes=1)
_NAMED: Final = 3
"""So many accounts that could not be looked into are named: enough to find the rest."""


@dataclass(frozen=True)
class Review:
    """Handshakes and what is remarkable about them, at one moment.

    Attributes:
        taken_at: AWS's clock, UTC.
        rows: see `orgtools.invitations.listed`.
        findings: the worst first.
    """

    taken_at: datetime
    rows: tuple[Mapping[str, Any], ...]
    findings: tuple[Finding, ...]

    @property
    def handshakes(self) -> pd.DataFrame:
        """All of them as one table."""
        return table(self.rows)

    @property
    def invitations(self) -> pd.DataFrame:
        """The invitations to join an organization."""
        return table(self.parts()[0])

    @property
    def others(self) -> pd.DataFrame:
        """Handshakes that share the lists and are none of a migration's: billing transfers, enabling all features."""
        return table(self.parts()[1])

    def parts(self) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
        """The rows of the invitations, and those of the others."""
        return (
            [row for row in self.rows if row["action"] == "INVITE"],
            [row for row in self.rows if row["action"] != "INVITE"],
        )

    @property
    def remarkable(self) -> tuple[Finding, ...]:
        """The findings that want somebody's attention."""
        return tuple(finding for finding in self.findings if finding.status in REMARKABLE)

    def summary(self) -> Message:
        """In words and numbers: "3 invitations are pending, 2 closed; 4 findings: 1 warn; 3 unknown"."""
        invitations, _ = self.parts()
        pending = sum(map(is_pending, invitations))
        counts = {status: sum(finding.status is status for finding in self.findings) for status in _WORST_FIRST}
        each = [
            Message("findings-of-status", count=count, state=status.value) for status, count in counts.items() if count
        ]
        found = Message("findings-counted", total=len(self.findings), findings=each)
        return Message(
            "review-summary",
            pending=pending,
            count=len(invitations) - pending,
            findings=found if each else Message("findings-none"),
        )

    def as_json(self) -> dict[str, Any]:
        """JSON values: both kinds of rows, and the findings; times in ISO 8601, lengths of time in seconds."""
        invitations, others = (
            [{name: as_json(value) for name, value in row.items()} for row in part] for part in self.parts()
        )
        return {
            "taken_at": self.taken_at.isoformat(),
            "handshakes": invitations,
            "other_handshakes": others,
            "findings": [finding.as_json() for finding in self.findings],
        }


def review(migration: Migration, *, within: timedelta = SOON, members: bool = True) -> Review:
    """Look at the handshakes of the destination, of the source and of the planned accounts. Changes nothing.

    Args:
        migration: the run.
        within: how soon an invitation must expire to be remarkable.
        members: whether planned accounts are entered to see what they received; two calls for each.

    Returns:
        The review. What could not be read is among its findings, as unknown (H10).

    Raises:
        InputError: accounts.csv cannot be read.
        RefusedError: the accounts of a side, or the destination's handshakes, cannot be listed.
    """
    plan = migration.plan = migration.read_plan()
    snapshot = migration.observe()
    destination = snapshot.destination
    whole = {not_ours().message: Message("review-without-source")}
    unknown = [_unknown(whole.get(why) or Message("review-unread", why=why)) for why in snapshot.unknown]
    everyone = [account.account_id for account in plan.accounts]
    evidence, unseen = seen(migration, snapshot, everyone if members else ())
    source = evidence.source or snapshot.source
    unseen = unseen if members else [*unseen, _NOT_ASKED]
    callers: dict[str, str | Message] = {}
    moved: dict[str, list[TrailEvent]] = {}
    for side, organization in ((destination, migration.destination), (source, migration.source)):
        try:
            callers |= _callers(side, organization)
            moved[organization.name] = _moved(migration.ledger, organization)
        except RefusedError as error:
            callers |= {sent.id: Message("caller-unread") for sent in side.handshakes}
            if error.code == NOT_OURS:
                continue
            unknown.append(_unknown(Message("review-trail-unread", side=organization.name, why=error.message)))
    evidence = replace(evidence, callers=callers)
    found = [
        *findings(plan, destination, evidence, within=within, budget=snapshot.budget),
        *moves(moved, migration.ledger.events(Kind.INTENDED, Kind.ASKED)),
        *unknown,
        *unseen,
    ]
    return Review(
        taken_at=snapshot.taken_at,
        rows=tuple(listed(plan, destination, evidence)),
        findings=tuple(sorted(found, key=lambda finding: _WORST_FIRST.index(finding.status))),
    )


def seen(migration: Migration, snapshot: Snapshot, accounts: Sequence[str]) -> tuple[Evidence, list[Finding]]:
    """What the source and some planned accounts show of handshakes, and what this run did with them.

    Who called is not asked; a member takes two calls.

    Returns:
        The evidence, and what could not be seen, as findings (H10).
    """
    source: Side | None = snapshot.source
    unknown = list[Finding]()
    try:
        source = replace(snapshot.source, handshakes=tuple(migration.source.sent_handshakes()))
        source = source.addressed((*source.accounts.values(), *snapshot.destination.accounts.values()))
    except RefusedError as error:
        source = snapshot.source if snapshot.source.seen else None
        if error.code != NOT_OURS:
            unknown.append(_unknown(Message("review-source-unread", why=error.message)))
    received, unseen = _received(migration, snapshot, accounts)
    runs = _runs(migration.ledger)
    return Evidence(source=source, received=received, runs=runs, names=snapshot.names), [*unknown, *unseen]


_NOT_ASKED: Final = Finding("", "H10", Verdict.INFO, Message("review-members-skipped"))


def _unknown(what: Message, account_id: str = "") -> Finding:
    return Finding(account_id, "H10", Verdict.UNKNOWN, what)


def _received(
    migration: Migration, snapshot: Snapshot, wanted: Sequence[str]
) -> tuple[dict[str, tuple[Handshake, ...]], list[Finding]]:
    """What some planned accounts see, by account id, and what could not be seen: one finding for each reason.

    Where none of the first few can be entered, the others are not tried: the reason is the same, and each try a call.
    """
    received: dict[str, tuple[Handshake, ...]] = {}
    failed: dict[str, RefusedError | CredentialsError] = {}

    def look(account_id: str) -> tuple[Handshake, ...] | RefusedError | CredentialsError:
        try:
            return _inside(migration, snapshot, account_id).received_handshakes()
        except (RefusedError, CredentialsError) as error:
            return error

    here = snapshot.destination.accounts
    theirs = [name for name in wanted if name not in here and snapshot.settings.access.by_its_owner(name)]
    wanted = [name for name in wanted if name in here or not snapshot.settings.access.by_its_owner(name)]
    first = migration.settings.engine.breaker
    with ThreadPoolExecutor(migration.settings.engine.workers, thread_name_prefix="orgtools-audit") as pool:
        for some in (wanted[:first], wanted[first:]):
            if failed and not received:
                break
            for account_id, seen in zip(some, pool.map(look, some), strict=True):
                if isinstance(seen, tuple):
                    received[account_id] = seen
                else:
                    failed[account_id] = seen
    unseen = _unseen([name for name in wanted if name not in received], failed, snapshot)
    if theirs:
        whom = theirs[0] if len(theirs) == 1 else ""
        unseen.append(_unknown(Message("review-members-by-owner", **_counted(theirs)), whom))
    return received, unseen


def _inside(migration: Migration, snapshot: Snapshot, account_id: str) -> Member:
    """An account, entered by whoever can enter it now: one that has arrived by the destination.

    The source's way in may have ended with the move, or this run may have taken it away on purpose.
    """
    if account_id in snapshot.destination.accounts:
        through = migration.member(account_id, "destination")
        if through.can_enter():
            return through
    return migration.member(account_id)


def _unseen(
    unseen: Sequence[str], failed: Mapping[str, RefusedError | CredentialsError], snapshot: Snapshot
) -> list[Finding]:
    by_reason: dict[str, list[str]] = {}
    last = ""
    for account_id in unseen:
        error = failed.get(account_id)
        # One that was not tried goes with those before it.
        last = f"{error.message.code} {getattr(error, 'code', '')}" if error else last
        by_reason.setdefault(last, []).append(account_id)
    return [_unseen_for_a_reason(ids, failed, snapshot) for ids in by_reason.values()]


def _unseen_for_a_reason(
    ids: Sequence[str], failed: Mapping[str, RefusedError | CredentialsError], snapshot: Snapshot
) -> Finding:
    tried = [account_id for account_id in ids if account_id in failed]
    why = failed[tried[0]].message
    if len(ids) == 1:
        sides = (snapshot.source, snapshot.destination)
        state = next((side.accounts[ids[0]].state for side in sides if ids[0] in side.accounts), "")
        if state in ("", "ACTIVE"):
            return _unknown(Message("review-member-unread", why=why), ids[0])
        return _unknown(Message("review-member-unread-state", state=state, why=why), ids[0])
    if len(tried) < len(ids):
        return _unknown(Message("review-members-given-up", **_counted(ids), limit=len(tried), why=why))
    return _unknown(Message("review-members-unread", **_counted(ids), why=why))


def _counted(ids: Sequence[str]) -> dict[str, Any]:
    return {"count": len(ids), "accounts": list(ids[:_NAMED]), "more": len(ids[_NAMED:])}


def _callers(side: Side, organization: Organization) -> dict[str, str | Message]:
    """Who sent each of a side's invitations, by handshake id: an ARN, or that CloudTrail does not show it."""
    sent = [handshake for handshake in side.handshakes if handshake.action == "INVITE"]
    if not sent:
        return {}
    # Whether one without a time is old cannot be told: CloudTrail is asked for as long as handshakes are listed.
    since = min(handshake.requested_at or side.taken_at - _LISTED for handshake in sent) - _SKEW
    known = {event.handshake_id: event.caller for event in organization.trail(INVITED, since)}
    return {
        handshake.id: known.get(handshake.id)
        or Message(
            "caller-not-in-trail-yet"
            if handshake.requested_at and side.taken_at - handshake.requested_at < _LATE
            else "caller-not-in-trail"
        )
        for handshake in sent
    }


def _moved(ledger: Ledger, organization: Organization) -> list[TrailEvent]:
    """Who joined and left a side since the run began."""
    began = next(ledger.events(Kind.BASELINE)).at  # opening the run has written it
    return [event for name in (JOINED, DEPARTED) for event in organization.trail(name, began)]


def _runs(ledger: Ledger) -> dict[str, tuple[Message, ...]]:
    """What this run did with each handshake, by its id: steps, with the number of the ledger's last event on it."""
    steps: dict[str, dict[str, int]] = {}
    for event in ledger.events(Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED):
        handshake_id = event.data.get("handshake_id") or event.data.get("parameters", {}).get("HandshakeId")
        if handshake_id:
            steps.setdefault(handshake_id, {})[event.step] = event.number
    return {
        handshake_id: tuple(Message("handshake-done", step=step, event=number) for step, number in done.items())
        for handshake_id, done in steps.items()
    }
