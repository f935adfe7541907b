"""Calls paced just below AWS's published rates, so that throttling answers do not occur.

A token bucket for each operation, per account and per organization, attached to a client by botocore's
``before-send`` event: no caller can forget it, and a retry takes a token like any other call. The buckets lie in
a small SQLite file, so that all runs, notebooks and commands of one person on this machine share them.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import OrgtoolsError
from orgtools.messages import Message
from orgtools.private import private_file, private_folder
from orgtools.together import Together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from botocore.client import BaseClient


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: ``per_second`` tokens flow in, at most ``burst`` lie in it."""

    per_second: float
    burst: int


PER_ACCOUNT: Final[dict[str, Rate]] = {
    "InviteAccountToOrganization": Rate(3, 5),
    "AcceptHandshake": Rate(1, 2),
    "DeclineHandshake": Rate(1, 1),
    "CancelHandshake": Rate(2, 3),
    "DescribeHandshake": Rate(1, 2),
    "ListHandshakesForAccount": Rate(5, 8),
    "ListHandshakesForOrganization": Rate(5, 8),
    "LeaveOrganization": Rate(1, 1),
    "RemoveAccountFromOrganization": Rate(2, 2),
    "MoveAccount": Rate(2, 3),
    "CreateOrganizationalUnit": Rate(1, 2),
    "DescribeOrganization": Rate(1, 2),
    "DescribeAccount": Rate(20, 30),
    "ListAccounts": Rate(8, 12),
    "ListParents": Rate(5, 8),
    "ListAccountsForParent": Rate(5, 8),
    "ListOrganizationalUnitsForParent": Rate(5, 8),
    "ListRoots": Rate(1, 2),
    "ListTagsForResource": Rate(10, 15),
    "TagResource": Rate(4, 6),
    "ListDelegatedAdministrators": Rate(5, 8),
    "ListDelegatedServicesForAccount": Rate(1, 3),
    "DescribePolicy": Rate(2, 2),
    "ListPolicies": Rate(5, 8),
    "ListPoliciesForTarget": Rate(5, 8),
    "ListTargetsForPolicy": Rate(5, 8),
    "ListAWSServiceAccessForOrganization": Rate(1, 3),
}
"""Published rates for one account, by operation.
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"""

PER_ORGANIZATION: Final[dict[str, Rate]] = {
    "AcceptHandshake": Rate(5, 5),
    "DeclineHandshake": Rate(5, 5),
    "DescribeHandshake": Rate(6, 10),
    "ListHandshakesForAccount": Rate(6, 10),
    "ListHandshakesForOrganization": Rate(6, 10),
    "LeaveOrganization": Rate(5, 5),
    "DescribeAccount": Rate(24, 36),
    "ListAccounts": Rate(9, 15),
    "ListParents": Rate(6, 10),
    "ListAccountsForParent": Rate(6, 10),
    "ListOrganizationalUnitsForParent": Rate(6, 10),
    "ListRoots": Rate(1, 3),
    "ListTagsForResource": Rate(12, 18),
    "ListDelegatedAdministrators": Rate(6, 10),
    "ListDelegatedServicesForAccount": Rate(1, 4),
    "DescribePolicy": Rate(2, 3),
    "ListPolicies": Rate(6, 10),
    "ListPoliciesForTarget": Rate(6, 10),
    "ListTargetsForPolicy": Rate(6, 10),
    "ListAWSServiceAccessForOrganization": Rate(1, 4),
}
"""Published rates for all accounts of one organization together, by operation; same page, and of LeaveOrganization
https://docs.aws.amazon.com/organizations/latest/APIReference/API_LeaveOrganization.html"""

_Buckets = list[tuple[str, Rate]]
"""The buckets that one call takes a token from, by name."""

ELSEWHERE: Final[dict[str, Rate]] = {"LookupEvents": Rate(2, 2)}
"""Published rates of other services for one account in one region, by operation.
https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html"""

PACED_SERVICES: Final = frozenset({"organizations", "cloudtrail"})
"""The services whose clients are paced, by botocore's names."""

_LOG: Final = logging.getLogger(__name__)
LONG: Final = 30.0
"""A wait of so many seconds is told: at the published rates, a whole wave side by side waits less."""
_KEPT: Final = 3600.0
"""A bucket that nobody took from for so many seconds is full, whatever its rate, and is forgotten."""
_READ_AT: Final = ""
"""The name of no bucket: its row holds what the machine's clock said when the buckets were last read."""

_HEADROOM: Final = 0.97
"""We stay this far below the published rate: network jitter pushes calls together that left evenly spaced."""


def _at_once(rate: Rate) -> int:
    """How many calls may leave together. One token stays in AWS's bucket where it holds more than two.

    A call that arrives early finds it there; a throttled one costs a whole round of the engine.
    """
    return rate.burst - 1 if rate.burst > 2 else rate.burst  # noqa: PLR2004 (of two, one would be half)


def shared_file() -> Path:
    """The file of one person's buckets on this machine.

    It lies with the temporary files, on a disk of this machine: a home folder may be on a network, where SQLite's locks
    do not hold.
    """
    whose = os.getuid() if hasattr(os, "getuid") else "pace"
    return Path(tempfile.gettempdir()) / f"orgtools-{whose}" / "pacing.sqlite"


def _log(operation: str, seconds: float) -> None:
    _LOG.warning("%s", Message("pace-waits", operation=operation, count=round(seconds)))


class Pacer:
    """Hands out the moment at which a call may leave.

    Safe to use from several threads and several processes: the state is one number for each bucket (the
    "theoretical arrival time" of the generic cell rate algorithm) in an SQLite file.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        speed: float = 1.0,
        overrides: dict[str, Rate] | None = None,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str, float], None] = _log,
    ) -> None:
        """Open or create the bucket file.

        Args:
            path: the bucket file; None for `shared_file`. It holds no account data that AWS would not show to the
                caller anyway.
            speed: how much faster than AWS's clock the endpoint's clock runs (a rehearsal's ``--speed``).
            overrides: rates per account that replace the published ones, by operation.
            clock: seconds since the epoch, shared by all processes on the machine.
            sleep: waits that many seconds.
            tell: told the operation and the seconds before a wait of `LONG` seconds or more; else it is logged.

        Raises:
            OrgtoolsError: the disk refuses, or something else lies in the file's place.
        """
        self._speed = speed
        self._per_account = PER_ACCOUNT | ELSEWHERE | (overrides or {})
        self._clock = clock
        self._sleep = sleep
        self._tell = tell
        self._reservations = Together(self._reserve)
        self._path = path or shared_file()
        try:
            if path is None:
                private_folder(self._path.parent)
            self._database = _opened(self._path, clock() - _KEPT)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error

    def attach(self, client: BaseClient, *, account_id: str | Callable[[], str], organization_id: str) -> None:
        """Make every call of a client wait for its tokens; where it serves several accounts, one says which calls.

        Buckets belong to the endpoint, too: CloudTrail's to a region, and a rehearsal's to it alone.
        """

        def before_send(event_name: str, **_: object) -> None:
            operation = event_name.rsplit(".", 1)[-1]
            caller = account_id if isinstance(account_id, str) else account_id()
            self.wait(operation, account_id=caller, organization_id=organization_id, endpoint=client.meta.endpoint_url)

        client.meta.events.register(f"before-send.{client.meta.service_model.service_name}", before_send)

    def seconds(self, operation: str, count: int) -> float:
        """How long so many calls of an operation take from full buckets."""
        rates = (scope.get(operation) for scope in (self._per_account, PER_ORGANIZATION))
        return max((self._interval(rate) * max(0, count - _at_once(rate)) for rate in rates if rate), default=0.0)

    def wait(self, operation: str, *, account_id: str, organization_id: str, endpoint: str = "") -> float:
        """Sleep until the operation may be called; returns the seconds slept (0 for an unpaced operation)."""
        buckets = [
            (f"{endpoint} {scope} {name} {operation}", rate)
            for scope, name, rates in (
                ("account", account_id, self._per_account),
                ("organization", organization_id, PER_ORGANIZATION),
            )
            if (rate := rates.get(operation))
        ]
        seconds = self._reservations.ask(buckets) if buckets else 0.0
        if seconds >= LONG:
            self._tell(operation, seconds)
        if seconds > 0:
            self._sleep(seconds)
        return seconds

    def _reserve(self, calls: Sequence[_Buckets]) -> list[float]:
        """Take one token from each bucket of each call, at the first moment at which all of them have one.

        Raises:
            OrgtoolsError: the disk refuses; no call is made without a pace.
        """
        try:
            return self._reserved(calls)
        except sqlite3.Error as error:
            raise self._failed(error) from error

    def _failed(self, error: sqlite3.Error | OSError) -> OrgtoolsError:
        return OrgtoolsError(Message("pace-not-written", path=str(self._path), words=str(error)))

    def _reserved(self, calls: Sequence[_Buckets]) -> list[float]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            now = self._clock()
            self._read_at(now)
            names = sorted({name for buckets in calls for name, _ in buckets})
            marks = ", ".join("?" * len(names))
            query = f"SELECT name, arrival FROM bucket WHERE name IN ({marks})"  # noqa: S608 (question marks only)
            arrivals: dict[str, float] = dict(self._database.execute(query, names).fetchall())
            waits = [self._take(buckets, arrivals, now) for buckets in calls]
            self._database.executemany(
                "INSERT INTO bucket VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET arrival = excluded.arrival",
                arrivals.items(),
            )
        except BaseException:
            if self._database.in_transaction:  # on a full disk SQLite has taken it back already
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
        return waits

    def _read_at(self, now: float) -> None:
        """Note when the buckets are read; where the clock was set back since, they are set back by as much."""
        held = self._database.execute("SELECT arrival FROM bucket WHERE name = ?", (_READ_AT,)).fetchone()
        if held is None:
            self._database.execute("DELETE FROM bucket")  # of an older orgtools; merely full again
        elif held[0] > now:
            self._database.execute("UPDATE bucket SET arrival = arrival - ?", (held[0] - now,))
        self._database.execute(
            "INSERT INTO bucket VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET arrival = excluded.arrival",
            (_READ_AT, now),
        )

    def _take(self, buckets: _Buckets, arrivals: dict[str, float], now: float) -> float:
        """The seconds until one call may leave; its tokens are gone from ``arrivals`` afterwards."""
        start = now
        for name, rate in buckets:
            arrivals[name] = max(arrivals.get(name, now), now)
            start = max(start, arrivals[name] - self._interval(rate) * (_at_once(rate) - 1))
        for name, rate in buckets:
            arrivals[name] = max(arrivals[name], start) + self._interval(rate)
        return start - now

    def _interval(self, rate: Rate) -> float:
        return 1 / (rate.per_second * self._speed * _HEADROOM)

    def close(self) -> None:
        """Close the bucket file, while no thread is at it; one that was left behind and asks later gets an error."""
        self._reservations.at_rest(self._database.close)


def _opened(path: Path, since: float) -> sqlite3.Connection:
    """The bucket file; one that holds anything else is made anew: buckets that are lost are merely full again."""
    try:
        return _with_buckets(path, since)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode not in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            raise
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    return _with_buckets(path, since)


def _with_buckets(path: Path, since: float) -> sqlite3.Connection:
    database = sqlite3.connect(private_file(path), timeout=30, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # a bucket lost in a power cut is merely full again
        database.execute("CREATE TABLE IF NOT EXISTS bucket (name TEXT PRIMARY KEY, arrival REAL NOT NULL)")
        database.execute("DELETE FROM bucket WHERE name != ? AND arrival < ?", (_READ_AT, since))
    except sqlite3.Error:
        database.close()
        raise
    return database
