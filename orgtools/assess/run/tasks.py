"""Tasks: checks to be made in one account and region, as values that any executor can run anywhere."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CATALOGUE, Brief, Check, CheckContext, Reports, SnapshotContext, Where
from orgtools.assess.checks.access import ENTRANCE, not_entered
from orgtools.aws.read.read_only import ForbiddenCallError, overdue
from orgtools.aws.read.unknown_source import not_ours
from orgtools.exceptions import CredentialsError, OrgtoolsError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from orgtools.aws.read.read_only import ReadOnlyAccess
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


_GRACE: Final = 2.0
"""Seconds for the last call of a task to return: it stops by itself before the next one, and keeps what it found."""


@dataclass(frozen=True)
class Task:
    """Some checks in one account and one region. It carries no live client and no credentials.

    Attributes:
        accounts: the planned accounts that are looked at.
        accesses: whose credentials read: "member", or "source" and "destination".
        checks: ids of the checks, in their order.
        brief: the two organizations in short.
        seconds: how long it may take; what was not looked at by then is unknown.
        region: empty for global checks.
        seen: both organizations, where the checks look with the management accounts' credentials.
        assessment: the assessment that it belongs to: a cluster that remembers answers by what it was asked must not
            take an earlier assessment's.
    """

    accounts: tuple[PlannedAccount, ...]
    accesses: tuple[tuple[Where, ReadOnlyAccess], ...]
    checks: tuple[str, ...]
    brief: Brief
    seconds: float
    region: str = ""
    seen: Snapshot | None = None
    assessment: str = ""

    @property
    def member(self) -> str:
        """The id of the account that it looks into; empty where it looks with the management accounts' credentials."""
        return self.accounts[0].account_id if self.accesses[0][0] == "member" else ""


def perform(task: Task) -> tuple[Finding, ...]:
    """Make the checks of a task, one after the other, wherever this runs; no longer than it may take.

    It has a thread of its own, because not everything that hangs can be told to stop. Left behind, that thread
    ends at its next call; what it finds then is not heard any more.
    """
    running = _RunningTask(task)
    threading.Thread(target=running.to_the_end, name="orgtools-assess", daemon=True).start()
    in_time(running.ended, task)
    return running.result()


def in_time(ended: threading.Event, task: Task) -> bool:
    """Wait until a task has ended, or its time is up and a call that was under way has not returned."""
    return ended.wait(task.seconds + _GRACE)


@dataclass
class _RunningTask:
    """A task at work: what has been found so far, by check."""

    task: Task
    found: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    failed: Exception | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def to_the_end(self) -> None:
        """Look; a check's findings count when it has ended."""
        try:
            with ExitStack() as opened:
                task = self.task
                readers = {
                    name: opened.enter_context(access.opened(seconds=task.seconds)) for name, access in task.accesses
                }
                context = CheckContext(task.accounts, task.brief, readers, task.region, task.seen)
                for name in task.checks:
                    self.found[name] = tuple(read(CATALOGUE[name], context))
        except Exception as error:  # noqa: BLE001 (told to whoever waits)
            self.failed = error
        finally:
            self.ended.set()

    def result(self) -> tuple[Finding, ...]:
        """What was found, and for each check that has not ended why not.

        Raises:
            ForbiddenCallError: a check tried what it may not.
        """
        ended = self.ended.is_set()
        found = dict(self.found)
        if isinstance(self.failed, ForbiddenCallError):
            raise self.failed
        told = tuple(finding for findings in found.values() for finding in findings)
        if ended and self.failed is None:
            return told
        error = self.failed if ended and self.failed else overdue(self.task.seconds)
        return (*told, *could_not(self.task, error, but=found))


def could_not(task: Task, error: BaseException, but: Container[str] = ()) -> tuple[Finding, ...]:
    """Every check of a task that did not come to its end is unknown, for every account that it concerns.

    Args:
        task: the task.
        error: what prevented it. Where the account could not be entered, E15 says why, and the others only that.
        but: ids of the checks that did come to their end.
    """
    closed = task.member and isinstance(error, CredentialsError)
    return tuple(
        not_entered(Reports(CATALOGUE[name]).on(account_id), error)
        if closed and name == ENTRANCE and isinstance(error, CredentialsError)
        else unknown(CATALOGUE[name], account_id, CLOSED if closed else error, task.region)
        for name in task.checks
        if name not in but
        for account_id in concerned(CATALOGUE[name], task.accounts)
    )


CLOSED: Final = CredentialsError(Message("account-closed"))
"""What the other checks say of an account that could not be entered."""


def concerned(check: Check, accounts: Iterable[PlannedAccount]) -> tuple[str, ...]:
    """The ids of the accounts that a check's findings are about; "" for the organizations."""
    return tuple(account.account_id for account in accounts) if check.concerns == "account" else ("",)


def unknown(check: Check, account_id: str, error: BaseException, region: str = "") -> Finding:
    """What prevented the look becomes an unknown, with what to do about that."""
    if isinstance(error, OrgtoolsError):
        evidence = Message("look-prevented", why=error.message)
    else:
        by_hand = Message("look-by-hand", actions=list(check.actions))
        evidence = Message("look-failed", words=repr(error), then=by_hand)
    return Finding(account_id, check.id, Verdict.UNKNOWN, evidence, region=region)


def by_its_owner(check: Check, account_id: str) -> Finding:
    """What is said of an account that its owner enters, and nobody of the run."""
    if check.id == ENTRANCE:
        return Reports(check).on(account_id).info(Message("entrance-its-owners"))
    return Reports(check).on(account_id).unknown(Message("look-its-owners"))


def blind(check: Check, snapshot: Snapshot) -> bool:
    """Whether nobody can look: the check needs the source's credentials, and the source is not ours."""
    return check.needs_source and not snapshot.source.seen


def not_seen(check: Check, account_id: str) -> Finding:
    """What is said instead: unknown, by name, and which check asks the account itself, if one does."""
    instead = [held.id for held in CATALOGUE.values() if check.id in held.answers]
    finding = unknown(check, account_id, not_ours())
    if not instead:
        return finding
    return replace(
        finding, evidence=Message("not-seen-but-asked", why=finding.evidence, count=len(instead), checks=instead)
    )


def look(check: Check, context: SnapshotContext) -> Finding:
    """One check that needs only what was seen in bulk: one finding, unknown where something prevents it."""
    if check.look is None:
        message = f"{check.id} reads from AWS itself"
        raise TypeError(message)
    if blind(check, context.snapshot) and context.account.account_id not in context.snapshot.destination.accounts:
        return not_seen(check, context.account.account_id if check.concerns == "account" else "")
    try:
        return check.look(context)
    except OrgtoolsError as error:
        return unknown(check, context.account.account_id if check.concerns == "account" else "", error)


def read(check: Check, context: CheckContext) -> list[Finding]:
    """One check that reads from AWS itself; what it found before it had to stop is kept, beside the unknown.

    Raises:
        ForbiddenCallError: it makes a call that it does not declare among its actions.
    """
    if check.read is None:
        message = f"{check.id} reads nothing from AWS itself"
        raise TypeError(message)
    found, reports = list[Finding](), Reports(check, context.region)
    with ExitStack() as narrowed:
        for reader in context.readers.values():
            narrowed.enter_context(reader.only(check.actions))
        try:
            for finding in check.read(context, reports):
                found.append(finding)  # one by one: what was found before an error counts
            if check.silent:
                told = {finding.account_id for finding in found}
                nothing = (name for name in concerned(check, context.accounts) if name not in told)
                found.extend(reports.on(name).ok(check.fine) for name in nothing)
        except ForbiddenCallError:
            raise
        except Exception as error:  # noqa: BLE001 (one odd answer in one account must not end the look at all others)
            found.extend(
                unknown(check, account_id, error, context.region) for account_id in concerned(check, context.accounts)
            )
    return found
