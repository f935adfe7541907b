"""Running checks: all of them with their calls, or only those that cost no call."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CATALOGUE, Brief, Check, Scene, Where
from orgtools.assess.tasks import Task, could_not, look, perform
from orgtools.assess.waivers import waived
from orgtools.aws.looking import ForbiddenCallError, entered
from orgtools.exceptions import CredentialsError, InputError, OrgtoolsError, RefusedError
from orgtools.findings import Finding, Status, worst
from orgtools.ledger import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import PlannedAccount


@dataclass(frozen=True, slots=True)
class Change:
    """What a check says of an account now and did not say the last time.

    Attributes:
        account_id: the account, or empty for the organizations.
        check: the check's id.
        before: its worst status the last time.
        now: its worst status now.
        evidence: what was seen now.
    """

    account_id: str
    check: str
    before: Status
    now: Status
    evidence: str


@dataclass(frozen=True)
class Assessment:
    """The findings of one assessment.

    Attributes:
        accounts: the accounts that were assessed.
        findings: what was found; an empty ``account_id`` is about the organizations.
        taken_at: AWS's clock, UTC.
        before: the findings of these accounts that the run's ledger held until then.
        left: ids of accounts that somebody's interruption left over; assess these to go on.
    """

    accounts: tuple[PlannedAccount, ...]
    findings: tuple[Finding, ...]
    taken_at: datetime
    before: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()

    def of(self, account_id: str) -> tuple[Finding, ...]:
        """The findings of one account, or with "" those of the organizations."""
        return tuple(finding for finding in self.findings if finding.account_id == account_id)

    def worst(self) -> Mapping[str, Status]:
        """The worst status of each account."""
        return {account.account_id: worst(self.of(account.account_id)) for account in self.accounts}

    def changes(self) -> tuple[Change, ...]:
        """What changed since the last assessment, by account and check; nothing for what is checked the first time."""
        earlier, now = _by_check(self.before), _by_check(self.findings)
        return tuple(
            Change(*key, worst(earlier[key]), worst(found), "; ".join(finding.evidence for finding in found))
            for key, found in now.items()
            if key in earlier and worst(earlier[key]) is not worst(found)
        )


@dataclass(frozen=True)
class Progress:
    """How far an assessment is.

    Attributes:
        done: tasks that have come to their end.
        total: tasks in all.
        rate: tasks a second so far.
        remaining: seconds that are left at that rate; None before the first task has ended.
    """

    done: int
    total: int
    rate: float
    remaining: float | None


def _by_check(findings: Iterable[Finding]) -> dict[tuple[str, str], list[Finding]]:
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.account_id, finding.check), []).append(finding)
    return found


def standing(account: PlannedAccount, snapshot: Snapshot) -> tuple[Finding, ...]:
    """How an account stands now: the checks that need no call, made anew, and the others from the newest assessment.

    A pure function: steps decide with it.
    """
    recorded = snapshot.assessment.get(account.account_id, ())
    fresh = [check for check in CATALOGUE.values() if check.concerns == "account" and check.is_free]
    again = {check.id for check in fresh}
    scene = Scene(account, snapshot)
    found = (*(look(check, scene) for check in fresh), *(finding for finding in recorded if finding.check not in again))
    return tuple(waived(found, snapshot))


def assess(
    migration: Migration,
    accounts: Iterable[str] | None = None,
    *,
    checks: Iterable[str] | None = None,
    executor: Executor | None = None,
    watch: Callable[[Progress], None] | None = None,
) -> Assessment:
    """Run checks of the catalogue for some accounts, and note the findings in the ledger. Changes nothing at AWS.

    Interrupting it keeps what was found: the accounts that were looked at to the end are noted, `Assessment.left`
    names the others.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; None takes the whole plan.
        checks: ids of checks; None takes the whole catalogue. E15 is always made: it is the way in for others.
        executor: where the tasks run: threads, processes, or a cluster's; None takes ``[engine] workers`` threads.
        watch: told after each task how far it is.

    Raises:
        InputError: an account is not in the plan, or the catalogue has no such check.
        RefusedError: one of the organizations cannot be listed at all.
    """
    catalogue = _chosen(checks)
    plan = migration.plan = migration.read_plan()
    chosen = plan.accounts if accounts is None else plan.select(accounts)
    held = migration.assessment()
    work = _Work(migration, catalogue, chosen, migration.observe(), watch)
    with entered(migration.ways):
        work.to_the_end(executor)
    done, findings = work.result()
    ids = [account.account_id for account in done]
    told: dict[str, Any] = {"accounts": ids, "findings": [finding.as_json() for finding in findings]}
    if checks is not None:
        told["checks"] = [check.id for check in catalogue]
    migration.ledger.append(Kind.ASSESSED, **told)
    before = tuple(finding for account_id in ("", *ids) for finding in held.get(account_id, ()))
    left = tuple(account.account_id for account in chosen if account.account_id not in set(ids))
    return Assessment(done, findings, work.snapshot.taken_at, before, left)


def _chosen(checks: Iterable[str] | None) -> tuple[Check, ...]:
    if checks is None:
        return tuple(CATALOGUE.values())
    wanted = {"E15", *checks}
    strangers = sorted(wanted - CATALOGUE.keys())
    if strangers:
        raise InputError(
            f"The catalogue has no check {', '.join(strangers)}.", next_step=f"It has {', '.join(CATALOGUE)}."
        )
    return tuple(check for check in CATALOGUE.values() if check.id in wanted)


@dataclass
class _Work:
    """One assessment under way: what is submitted, and what has been found."""

    migration: Migration
    catalogue: Sequence[Check]
    chosen: Sequence[PlannedAccount]
    snapshot: Snapshot
    watch: Callable[[Progress], None] | None
    found: list[Finding] = field(default_factory=list)
    open_tasks: dict[str, int] = field(default_factory=dict)
    done: int = 0

    def __post_init__(self) -> None:
        """Divide the work: what is known of the organizations costs nothing."""
        settings = self.migration.settings
        regions = settings.assess.regions or ("",)
        reads = [check for check in self.catalogue if check.read is not None]
        self.inside = _portions([check for check in reads if check.needs_member], regions)
        self.above = _portions([check for check in reads if not check.needs_member], regions, by_subject=True)
        if self.chosen:
            scene = Scene(self.chosen[0], self.snapshot, wave=tuple(self.chosen))
            self.found += [
                look(check, scene) for check in self.catalogue if check.look and check.concerns == "organization"
            ]
        source, destination = self.snapshot.source, self.snapshot.destination
        self.brief = Brief(
            source.identity,
            destination.identity,
            source.root.id,
            destination.root.id,
            settings.access.role,
            self._landing_zone() if any(check.id == "D10" for check in self.catalogue) else None,
        )
        self.staying = {a.account_id for a in self.chosen if a.account_id not in destination.accounts}
        self.total = len(self.chosen) + len(self.above) + len(self.staying) * len(self.inside)
        # Each account is entered first, then looked into.
        self.open_tasks = {account.account_id: 1 for account in self.chosen}

    def _landing_zone(self) -> bool | None:
        region = self.migration.settings.control_tower.destination_region
        try:
            return bool(self.migration.destination.landing_zones(region))
        except RefusedError:
            return None  # D10 says so where it matters

    def to_the_end(self, executor: Executor | None) -> None:
        """Run every task, or until somebody interrupts; a task that fails leaves its checks unknown."""
        self.began = time.monotonic()
        own = ThreadPoolExecutor(self.migration.settings.engine.workers, thread_name_prefix="assess")
        self.executor = executor or own
        self.running: dict[Future[tuple[Finding, ...]], Task | PlannedAccount] = {}
        try:
            for task in self._above():
                self.running[self.executor.submit(perform, task)] = task
            for account in self.chosen:
                self.running[own.submit(self._enter, account)] = account
            while self.running:
                for future in wait(self.running, return_when=FIRST_COMPLETED).done:
                    self._ended(future, self.running.pop(future))
        except KeyboardInterrupt:
            # Kept: what has ended. A task that has begun ends by itself, and nobody waits for it.
            for future, stopped in self.running.items():
                future.cancel()
                if isinstance(stopped, Task) and "member" not in dict(stopped.vantages):
                    self.found += could_not(stopped, OrgtoolsError("it was interrupted", next_step="Assess again."))
        finally:
            own.shutdown(wait=not self.running, cancel_futures=True)

    def result(self) -> tuple[tuple[PlannedAccount, ...], tuple[Finding, ...]]:
        """The accounts that were looked at to the end, and what was found of them and of the organizations."""
        done = tuple(account for account in self.chosen if not self.open_tasks[account.account_id])
        ids = {"", *(account.account_id for account in done)}
        order = {account_id: place for place, account_id in enumerate(["", *(a.account_id for a in self.chosen)])}
        places = {name: place for place, name in enumerate(CATALOGUE)}
        found = [finding for finding in self.found if finding.account_id in ids]
        found.sort(key=lambda f: (order[f.account_id], places[f.check], f.region, f.resource))
        return done, tuple(found)

    def _ended(self, future: Future[tuple[Finding, ...]], task: Task | PlannedAccount) -> None:
        error = future.exception()
        if isinstance(task, Task):
            if isinstance(error, ForbiddenCallError):
                raise error
            self.found += could_not(task, error) if error else future.result()
            self._count(task.accounts[0].account_id if "member" in dict(task.vantages) else "")
            return
        found = future.result()
        self.found += found
        staying = task.account_id in self.staying
        if staying and any(finding.check == "E15" and finding.status is Status.OK for finding in found):
            for follower in self._inside(task):
                self.open_tasks[task.account_id] += 1
                self.running[self.executor.submit(perform, follower)] = follower
        elif staying:
            closed = CredentialsError("the account could not be entered", next_step="See E15.")
            for follower in self._inside(task):
                self.found += could_not(follower, closed)
                self._count("")
        self._count(task.account_id)

    def _count(self, account_id: str) -> None:
        if account_id:
            self.open_tasks[account_id] -= 1
        self.done += 1
        if self.watch:
            rate = self.done / max(time.monotonic() - self.began, 1e-9)
            self.watch(Progress(self.done, self.total, rate, (self.total - self.done) / rate))

    def _enter(self, account: PlannedAccount) -> tuple[Finding, ...]:
        """E15 comes first: where the account cannot be entered, it says why, the others that need to only that."""
        arrived = account.account_id not in self.staying
        member = None if arrived else self.migration.member(account.account_id)
        entrance = look(CATALOGUE["E15"], Scene(account, self.snapshot, member, tuple(self.chosen)))
        scene = Scene(account, self.snapshot, member if entrance.status is Status.OK else None, tuple(self.chosen))
        others = [c for c in self.catalogue if c.look and c.concerns == "account" and c.id != "E15"]
        return (entrance, *(look(check, scene) for check in others if not (arrived and check.needs_member)))

    def _inside(self, account: PlannedAccount) -> Iterator[Task]:
        """The tasks inside a member account."""
        access, seconds = self.migration.settings.access, self.migration.settings.assess.seconds
        for region, checks in self.inside:
            vantage = self.migration.vantage(access.via, account.account_id, region=region)
            yield Task((account,), (("member", vantage),), checks, self.brief, seconds, region)

    def _above(self) -> Iterator[Task]:
        """The tasks with the management accounts' eyes: each list of an organization is read once for all accounts."""
        accounts = tuple(a for a in self.chosen if a.account_id in self.snapshot.source.accounts)
        # What a task need not know does not travel with it.
        seen = replace(self.snapshot, assessment={})
        for region, checks in self.above:
            vantages = tuple(
                (side, self.migration.vantage(side, region=region))
                for side in _SIDES
                if any(side in CATALOGUE[name].where for name in checks)
            )
            seconds = self.migration.settings.assess.seconds
            yield Task(accounts, vantages, checks, self.brief, seconds, region, seen)


_SIDES: Final[tuple[Where, ...]] = ("source", "destination")


def _portions(
    checks: Sequence[Check], regions: Sequence[str], *, by_subject: bool = False
) -> list[tuple[str, tuple[str, ...]]]:
    """Regions and the checks that are made there together; checks of one subject share what they read."""
    portions: dict[tuple[str, str], list[str]] = {}
    for check in checks:
        for region in regions if check.regional else ("",):
            portions.setdefault((region, check.subject if by_subject else ""), []).append(check.id)
    return [(region, tuple(names)) for (region, _), names in portions.items()]
