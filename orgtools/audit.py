"""The auditor's review: handshakes as both sides and the members show them, and what is remarkable. Reads only.

What may not be read is a finding of its own that names the permission: an auditor is never shown silence as peace.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.trail import DEPARTED, INVITED, JOINED
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.findings import Finding, Status
from orgtools.invitations import SOON, Evidence, findings, listed, moves, table
from orgtools.ledger import Kind
from orgtools.messages import free
from orgtools.wording import many, some, verb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from orgtools.aws.member import Member
    from orgtools.aws.model import Handshake, Side
    from orgtools.aws.organization import Organization
    from orgtools.aws.trail import TrailEvent
    from orgtools.ledger import Ledger
    from orgtools.migration import Migration
    from orgtools.snapshot import Snapshot

REMARKABLE: Final = frozenset({Status.WARN, Status.UNKNOWN, Status.BLOCK})
"""Findings that want somebody's attention."""

UNKNOWN: Final = "unknown"
"""The caller, where CloudTrail may not be read."""

_WORST_FIRST: Final = (Status.BLOCK, Status.WARN, Status.UNKNOWN, Status.INFO, Status.OK)
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
        invitations, _ = self.parts()
        return table(invitations)

    @property
    def others(self) -> pd.DataFrame:
        """Handshakes that share the lists and are none of a migration's: billing transfers, enabling all features."""
        _, others = self.parts()
        return table(others)

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

    def summary(self) -> str:
        """In words and numbers: "3 invitations are pending, 2 closed; 4 findings: 1 warn, 3 unknown"."""
        invitations, _ = self.parts()
        pending = sum(row["expires in"] != "" for row in invitations)
        counts = {status: sum(finding.status is status for finding in self.findings) for status in _WORST_FIRST}
        words = ", ".join(f"{count} {status.value}" for status, count in counts.items() if count)
        found = f"{many(len(self.findings), 'finding')}: {words}" if words else "nothing remarkable"
        waits = f"{many(pending, 'invitation').capitalize()} {verb(pending, 'are')} pending"
        return f"{waits}, {len(invitations) - pending:,} closed; {found}"

    def as_json(self) -> dict[str, Any]:
        """JSON values: both kinds of rows, and the findings."""
        invitations, others = (
            [
                {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
                for row in part
            ]
            for part in self.parts()
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
    unknown = [Finding("", "H10", Status.UNKNOWN, sentence) for sentence in snapshot.unknown]
    everyone = [account.account_id for account in plan.accounts]
    evidence, unseen = seen(migration, snapshot, everyone if members else ())
    source = evidence.source or snapshot.source
    unseen = unseen if members else [*unseen, _NOT_ASKED]
    callers: dict[str, str] = {}
    moved: dict[str, list[TrailEvent]] = {}
    for side, organization in ((destination, migration.destination), (source, migration.source)):
        try:
            callers |= _callers(side, organization)
            moved[organization.name] = _moved(migration.ledger, organization)
        except RefusedError as error:
            callers |= {sent.id: UNKNOWN for sent in side.handshakes}
            what = f"who in the {organization.name} sent an invitation, and which accounts joined or left it"
            unknown.append(_unknown(what, error))
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
        unknown.append(_unknown("which invitations the source sent", error))
    received, unseen = _received(migration, snapshot, accounts)
    runs = _runs(migration.ledger)
    return Evidence(source=source, received=received, runs=runs, names=snapshot.names), [*unknown, *unseen]


_NOT_ASKED: Final = Finding(
    "", "H10", Status.INFO, free("what members see was not looked at, because nobody asked for it")
)


def _unknown(what: str, error: RefusedError | CredentialsError, account_id: str = "") -> Finding:
    """Could not look: what stays unknown, in AWS's words why, and what to grant."""
    remedy = error.next_step or ""
    return Finding(account_id, "H10", Status.UNKNOWN, free(f"{what} is unknown: {_said(error)}", remedy))


def _said(error: RefusedError | CredentialsError) -> str:
    return error.what.rstrip(".")


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
    return received, _unseen([name for name in wanted if name not in received], failed, snapshot)


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
        last = f"{type(error).__name__} {getattr(error, 'code', '')}" if error else last
        by_reason.setdefault(last, []).append(account_id)
    found = []
    for ids in by_reason.values():
        tried = [account_id for account_id in ids if account_id in failed]
        error = failed[tried[0]]
        if len(ids) == 1:
            state = next(
                (
                    side.accounts[ids[0]].state
                    for side in (snapshot.source, snapshot.destination)
                    if ids[0] in side.accounts
                ),
                "",
            )
            note = f" (the account is {state})" if state not in ("", "ACTIVE") else ""
            found.append(_unknown(f"what it sees itself{note}", error, ids[0]))
            continue
        given_up = f"; after {len(tried)} of them no other was tried" if len(tried) < len(ids) else ""
        what = f"what {many(len(ids), 'account')} see themselves ({some(ids, _NAMED)}{given_up})"
        found.append(_unknown(what, error))
    return found


def _callers(side: Side, organization: Organization) -> dict[str, str]:
    """Who sent each of a side's invitations, by handshake id: an ARN, or that CloudTrail does not show it."""
    sent = [handshake for handshake in side.handshakes if handshake.action == "INVITE"]
    if not sent:
        return {}
    # Whether one without a time is old cannot be told: CloudTrail is asked for as long as handshakes are listed.
    since = min(handshake.requested_at or side.taken_at - _LISTED for handshake in sent) - _SKEW
    known = {event.handshake_id: event.caller for event in organization.trail(INVITED, since)}
    return {
        handshake.id: known.get(handshake.id)
        or (
            "not in CloudTrail yet"
            if handshake.requested_at and side.taken_at - handshake.requested_at < _LATE
            else "not in CloudTrail"
        )
        for handshake in sent
    }


def _moved(ledger: Ledger, organization: Organization) -> list[TrailEvent]:
    """Who joined and left a side since the run began."""
    began = next(ledger.events(Kind.BASELINE)).at  # opening the run has written it
    return [event for name in (JOINED, DEPARTED) for event in organization.trail(name, began)]


def _runs(ledger: Ledger) -> dict[str, str]:
    """What this run did with each handshake, by its id: steps, with the number of the ledger's last event on it."""
    steps: dict[str, dict[str, int]] = {}
    for event in ledger.events(Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED):
        handshake_id = event.data.get("handshake_id") or event.data.get("parameters", {}).get("HandshakeId")
        if handshake_id:
            steps.setdefault(handshake_id, {})[event.step] = event.number
    return {
        handshake_id: ", ".join(f"{step} #{number}" for step, number in done.items())
        for handshake_id, done in steps.items()
    }
