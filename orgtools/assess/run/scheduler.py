"""One assessment under way: which task is next, what has ended, and what is noted meanwhile."""

from __future__ import annotations

import time
import uuid
from collections import Counter, deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CATALOGUE, Brief, Check, Reports, Scene, Where
from orgtools.assess.checks.access import ENTRANCE, arrived
from orgtools.assess.checks.regions import ENABLED, LISTED, REGIONS, found, names
from orgtools.assess.run.other_accounts import OTHERS, naming_checks, nothing_found, staying_accounts, told_elsewhere
from orgtools.assess.run.tasks import CLOSED, Task, blind, by_its_owner, concerned, could_not, look, not_seen, perform
from orgtools.aws.model import Identity
from orgtools.aws.read import control_tower
from orgtools.aws.read.read_only import ForbiddenCallError, Vantage
from orgtools.exceptions import OrgtoolsError, RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

NOTED_EVERY: Final = 60.0
"""Seconds after which finished accounts are noted: a kernel that is killed loses no more than these."""

_SIDES: Final[tuple[Where, ...]] = ("source", "destination")
_SHARES: Final = 4
"""One account takes at most this part of the places, where others are left: hanging, it does not hold them up."""


@dataclass(frozen=True)
class AssessmentProgress:
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


@dataclass(frozen=True)
class Portion:
    """What is noted at once.

    Attributes:
        accounts: those that were looked at to the end.
        findings: of these, and of the organizations where all of that has been looked at.
        left: how many accounts have not been looked at to the end.
    """

    accounts: tuple[PlannedAccount, ...]
    findings: tuple[Finding, ...]
    left: int


@dataclass
class Work:
    """The tasks of one assessment.

    An account is entered first: its first task holds the global checks, and says which regions are enabled; the others
    hold one region each. An account that was begun goes before one that was not, so that accounts come to their ends,
    and can be noted, one after the other.

    Attributes:
        migration: the run.
        catalogue: the checks to make.
        chosen: the accounts to look at.
        wave: these and those that were looked at before, for arithmetic over all of them.
        snapshot: both organizations.
        note: keeps a portion.
        watch: told after each task how far it is.
        width: how many tasks the executor is given at once.
    """

    migration: Migration
    catalogue: Sequence[Check]
    chosen: Sequence[PlannedAccount]
    wave: Sequence[PlannedAccount]
    snapshot: Snapshot
    note: Callable[[Portion], None]
    watch: Callable[[AssessmentProgress], None] | None
    width: int
    done: int = 0
    _found: list[Finding] = field(default_factory=list)
    _noted: set[str] = field(default_factory=set)
    _under_way: Counter[str] = field(default_factory=Counter)
    _above_enabled: dict[Where, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Divide the work: what is known of the organizations costs nothing."""
        settings = self.migration.settings
        blinded = [check for check in self.catalogue if check.read and blind(check, self.snapshot)]
        seen = self.snapshot.source.seen
        reads = [
            check for check in self.catalogue if check.read and check not in blinded and not (seen and check.answers)
        ]
        inside = sorted((check for check in reads if check.needs_member), key=lambda check: check.id != ENTRANCE)
        self._inside = tuple(check.id for check in inside if not check.regional)
        self._regional = tuple(check.id for check in inside if check.regional)
        source, destination = self.snapshot.source, self.snapshot.destination
        strays = [a for a in self.chosen if a.account_id not in source.accounts.keys() | destination.accounts.keys()]
        from_above = [check for check in reads if not check.needs_member]
        # Of an account that neither holds only the destination can tell something.
        above = _portions(from_above, self._regions_above, apart=bool(strays))
        self._brief = Brief(
            source.identity,
            destination.identity,
            source.root.id,
            destination.root.id,
            settings.access.role,
            self._landing_zone() if any(check.id == "D10" for check in self.catalogue) else None,
            settings.assess.regions,
            settings.control_tower.config_allowed,
            taken_at=self.snapshot.taken_at,
        )
        self._assessment = uuid.uuid4().hex
        self._above = [self._from_above(region, names) for region, names in above]
        staying = [account for account in self.chosen if account.account_id not in destination.accounts]
        # An account that its owner enters is closed to this run: each check says so, without a call.
        shut = [account for account in staying if settings.access.by_its_owner(account.account_id)]
        staying = [account for account in staying if account not in shut]
        self._waiting = deque(self._within(account, "", self._inside) for account in staying)
        # How many regions an account has is known when its first task has ended: until then, one is reckoned with.
        tasks = 1 + (len(settings.assess.regions or ("",)) if self._regional else 0)
        self._open = dict.fromkeys((account.account_id for account in self.chosen), 0)
        self._open |= dict.fromkeys((account.account_id for account in staying), tasks)
        self.total = len(self._above) + len(staying) * tasks
        self._elsewhere: tuple[PlannedAccount, ...] = ()
        if settings.assess.others and any(check.id == OTHERS for check in self.catalogue):
            self._elsewhere = staying_accounts(self.snapshot, [account.account_id for account in self.wave])
            naming = (REGIONS, *(check.id for check in naming_checks() if not check.regional))
            self._waiting.extend(self._outside(account, "", naming) for account in self._elsewhere)
            self.total += len(self._elsewhere)
        self._seen_in_bulk()
        for check in blinded:
            unseen = [account for account in self.chosen if account.account_id not in destination.accounts]
            self._found += [not_seen(check, account_id) for account_id in concerned(check, unseen)]
        for check in from_above if seen else ():
            outside = strays if check.needs_source and check.concerns == "account" else ()
            absent = Message("account-not-in-source")
            self._found += [Reports(check).on(one.account_id).info(absent) for one in outside]
        for account in shut:
            inside = [CATALOGUE[name] for name in (*self._inside, *self._regional)]
            self._found += [by_its_owner(check, account.account_id) for check in inside]

    def _landing_zone(self) -> bool | None:
        try:
            desk = control_tower.TowerClient(
                self.migration.destination.access, self.migration.settings.control_tower.destination_region
            )
            return any(desk.pages("controltower", "ListLandingZones", "landingZones"))
        except RefusedError:
            return None  # D10 says so where it matters

    def _regions_above(self, check: Check) -> tuple[str, ...]:
        """Where a check looks with the management accounts' eyes: E19.management says what that leaves out."""
        if not check.regional:
            return ("",)
        narrowed = self.migration.settings.assess.regions
        return narrowed or tuple(sorted({name for side in check.where for name in self._enabled_above(side)}))

    def _enabled_above(self, side: Where) -> tuple[str, ...]:
        if side not in self._above_enabled:
            organization = self.migration.source if side == "source" else self.migration.destination
            try:
                listed = names(control_tower.TowerClient(organization.access, "").pages(*LISTED, **ENABLED))
            except RefusedError:
                listed = ("",)  # E19.management says so
            self._above_enabled[side] = listed
        return self._above_enabled[side]

    def _seen_in_bulk(self) -> None:
        free = [check for check in self.catalogue if check.look and not (self._elsewhere and check.id == OTHERS)]
        if self.chosen:
            scene = Scene(self.chosen[0], self.snapshot, tuple(self.wave))
            self._found += [look(check, scene) for check in free if check.concerns == "organization"]
        for account in self.chosen:
            scene = Scene(account, self.snapshot, tuple(self.wave))
            self._found += [look(check, scene) for check in free if check.concerns == "account"]
            if account.account_id in self.snapshot.destination.accounts:
                self._found.append(arrived(Reports(CATALOGUE[ENTRANCE]).on(account.account_id)))

    def to_the_end(self, executor: Executor | None) -> None:
        """Run every task, or until somebody interrupts; a task that fails leaves its checks unknown."""
        self._began = self._last_noted = time.monotonic()
        self._rest_above = len(self._above)
        running: dict[Future[tuple[Finding, ...]], Task] = {}
        # What the management accounts' eyes look at stays on this machine: its calls share a published rate.
        above, own = (
            ThreadPoolExecutor(self.migration.settings.engine.workers, thread_name_prefix=name)
            for name in ("above", "assess")
        )
        try:
            for task in self._above:
                running[above.submit(perform, task)] = task
            while running or self._waiting:
                while sum(self._under_way.values()) < self.width and (begun := self._next()):
                    running[_handed(executor or own, begun)] = begun
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._ended(future, running.pop(future))
                if time.monotonic() - self._last_noted >= NOTED_EVERY:
                    self._note_what_is_finished()
            self._found += nothing_found(self._elsewhere, self._found)
        except KeyboardInterrupt:
            # Kept: what has ended. A task that has begun ends by itself, and nobody waits for it.
            for future in running:
                future.cancel()
            self._interrupted((*running.values(), *self._waiting))
        finally:
            for pool in (above, own):
                pool.shutdown(wait=not running, cancel_futures=True)

    def _interrupted(self, left: Sequence[Task]) -> None:
        """What is not looked at any more is unknown, as far as it is the organizations'; accounts are left over."""
        error = OrgtoolsError(Message("assessment-interrupted"))
        for task in left:
            told = could_not(task, error)
            if self._stays(task):
                self._found += told_elsewhere(task.member, told)
            elif not task.member:
                self._found += [finding for finding in told if not finding.account_id]

    @property
    def finished(self) -> tuple[PlannedAccount, ...]:
        """The accounts that were looked at to the end, from above too."""
        return () if self._rest_above else tuple(a for a in self.chosen if not self._open[a.account_id])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found of the finished accounts, and of the organizations."""
        ids = {"", *(account.account_id for account in self.finished)}
        return tuple(finding for finding in self._found if finding.account_id in ids)

    def portion(self, *, last: bool) -> Portion:
        """What is to be noted now: the accounts that have come to their end since; at last the organizations too."""
        finished = self.finished
        new = tuple(account for account in finished if account.account_id not in self._noted)
        ids = {account.account_id for account in new} | ({""} if last else set())
        self._noted |= ids
        findings = tuple(finding for finding in self._found if finding.account_id in ids)
        return Portion(new, findings, len(self.chosen) - len(finished))

    def _note_what_is_finished(self) -> None:
        self._last_noted = time.monotonic()
        portion = self.portion(last=False)
        if portion.accounts:
            self.note(portion)

    def _next(self) -> Task | None:
        """The next task of an account that does not take more than its share of the places."""
        share = self._share()
        for place, task in enumerate(self._waiting):
            if self._under_way[task.member] < share:
                del self._waiting[place]
                self._under_way[task.member] += 1
                return task
        return None

    def _share(self) -> int:
        """How many places one account may take: the fewer accounts are left, the more."""
        left = set(+self._under_way)
        for task in self._waiting:
            if len(left) >= _SHARES:
                break
            left.add(task.member)
        return max(1, self.width // 2 // min(_SHARES, max(1, len(left))))

    def _ended(self, future: Future[tuple[Finding, ...]], task: Task) -> None:
        try:
            told = future.result()
        except ForbiddenCallError:
            raise
        except (Exception, CancelledError) as error:  # noqa: BLE001 (a process that died, a cluster that went away)
            told = could_not(task, error)
        if self._stays(task):
            self._under_way[task.member] -= 1
            if REGIONS in task.checks:
                told = self._follow_elsewhere(task, told)
            self._found += told_elsewhere(task.member, told)
            self._count()
            return
        self._found += told
        if not task.member:
            self._rest_above -= 1
            self._count()
            return
        self._under_way[task.member] -= 1
        self._count(task.member)
        if ENTRANCE not in task.checks or not self._regional:
            return
        regions = self._regions(task, told)
        followers = [self._within(task.accounts[0], region, self._regional) for region in regions]
        more = len(followers) - self._open[task.member]
        self._open[task.member] += more
        self.total += more
        if any(finding.check == ENTRANCE and finding.status is Verdict.OK for finding in told):
            self._waiting.extendleft(reversed(followers))
            return
        for follower in followers:
            self._found += could_not(follower, CLOSED)
            self._count(task.member)

    def _follow_elsewhere(self, task: Task, told: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The regional checks in an account that stays, if it could be entered; otherwise they are unknown, too."""
        regional = tuple(check.id for check in naming_checks() if check.regional)
        regions = self._regions(task, told) if regional else ()
        followers = [self._outside(task.accounts[0], region, regional) for region in regions]
        if all(finding.status is Verdict.UNKNOWN for finding in told):
            return (*told, *(finding for task in followers[:1] for finding in could_not(task, CLOSED)))
        self._waiting.extendleft(reversed(followers))
        self.total += len(followers)
        return told

    def _regions(self, task: Task, told: Sequence[Finding]) -> tuple[str, ...]:
        """Where the regional checks look in an account, now that its first task has ended."""
        return self.migration.settings.assess.regions or found(task.member, told) or ("",)

    def _stays(self, task: Task) -> bool:
        """Whether a task looks into an account of the source that is not assessed."""
        return bool(task.member) and task.member not in self._open

    def _count(self, account_id: str = "") -> None:
        if account_id:
            self._open[account_id] -= 1
        self.done += 1
        if self.watch:
            rate = self.done / max(time.monotonic() - self._began, 1e-9)
            self.watch(AssessmentProgress(self.done, self.total, rate, (self.total - self.done) / rate))

    def _within(self, account: PlannedAccount, region: str, checks: tuple[str, ...]) -> Task:
        """A task inside a member account."""
        seconds = self.migration.settings.assess.seconds
        eyes: tuple[tuple[Where, Vantage], ...] = (
            ("member", self.migration.inside(account.account_id, region=region)),
        )
        return Task((account,), eyes, checks, self._brief_of(account), seconds, region, assessment=self._assessment)

    def _brief_of(self, account: PlannedAccount) -> Brief:
        """Where the source is not ours, the organization that an account leaves is the one that itself names."""
        account_id, alone = account.account_id, self.snapshot.is_alone(account.account_id)
        if self.snapshot.source.seen:
            return replace(self._brief, alone=alone)
        told = self.snapshot.whereabouts(account_id)
        return replace(self._brief, source=told if isinstance(told, Identity) else self._brief.source, alone=alone)

    def _outside(self, account: PlannedAccount, region: str, checks: tuple[str, ...]) -> Task:
        """A task inside another account of the source; its management account is entered already."""
        managed = account.account_id != self._brief.source.management_account_id
        inside = (account.account_id, self.migration.settings.access.role) if managed else ("", "")
        way = self.migration.vantage("source").way
        eyes: tuple[tuple[Where, Vantage], ...] = (("member", Vantage(way, *inside, region)),)
        seconds = self.migration.settings.assess.seconds
        return Task((account,), eyes, checks, self._brief, seconds, region, assessment=self._assessment)

    def _from_above(self, region: str, checks: tuple[str, ...]) -> Task:
        """A task with the management accounts' eyes: each list of an organization is read once for all accounts."""
        source, destination = self.snapshot.source, self.snapshot.destination
        with_source = any("source" in CATALOGUE[name].where for name in checks)
        accounts = tuple(
            account
            for account in self.chosen
            if account.account_id in source.accounts or not (with_source or account.account_id in destination.accounts)
        )
        vantages = tuple(
            (side, self.migration.vantage(side, region=region))
            for side in _SIDES
            if any(side in CATALOGUE[name].where for name in checks)
        )
        seconds = self.migration.settings.assess.seconds * (1 + len(accounts) // 100)
        seen = replace(self.snapshot, assessed=replace(self.snapshot.assessed, findings={}))
        return Task(accounts, vantages, checks, self._brief, seconds, region, seen, self._assessment)


def _handed(executor: Executor, task: Task) -> Future[tuple[Finding, ...]]:
    """A task in the executor's hands; one that is broken fails this task like those that it had."""
    try:
        return executor.submit(perform, task)
    except BrokenExecutor as error:
        failed: Future[tuple[Finding, ...]] = Future()
        failed.set_exception(error)
        return failed


def _portions(
    checks: Sequence[Check], regions: Callable[[Check], Sequence[str]], *, apart: bool
) -> list[tuple[str, tuple[str, ...]]]:
    """Regions and the checks that are made there together; checks of one subject share what they read.

    With ``apart`` those that need the source's eyes are not made together with those that do not.
    """
    portions: dict[tuple[str, str, bool], list[str]] = {}
    for check in checks:
        for region in regions(check):
            portions.setdefault((region, check.subject, apart and check.needs_source), []).append(check.id)
    return [(region, tuple(names)) for (region, *_), names in portions.items()]
