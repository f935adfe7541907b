"""One assessment under way: which task is next, what has ended, and what is noted meanwhile."""

from __future__ import annotations

import time
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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.assess.checks.access import ENTRANCE
from orgtools.assess.checks.regions import REGIONS, found
from orgtools.assess.run.other_accounts import nothing_found, told_elsewhere
from orgtools.assess.run.tasks import CLOSED, Task, could_not, perform
from orgtools.aws.read.read_only import ForbiddenCallError
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.assess.run.task_factory import TaskFactory
    from orgtools.plan import PlannedAccount

NOTED_EVERY: Final = 60.0
"""Seconds after which finished accounts are noted: a kernel that is killed loses no more than these."""

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


class Work:
    """The tasks of one assessment, under way.

    An account is entered first: its first task holds the global checks, and says which regions are enabled; the others
    hold one region each. An account that was begun goes before one that was not, so that accounts come to their ends,
    and can be noted, one after the other.
    """

    def __init__(
        self,
        tasks: TaskFactory,
        note: Callable[[Portion], None],
        watch: Callable[[AssessmentProgress], None] | None,
        width: int,
    ) -> None:
        """Begin with what is known without a task.

        Args:
            tasks: which there are.
            note: keeps a portion.
            watch: told after each task how far it is.
            width: how many tasks the executor is given at once.
        """
        self.tasks = tasks
        self._note = note
        self._watch = watch
        self._width = width
        self._settings = tasks.migration.settings
        self._noted = set[str]()
        self._under_way = Counter[str]()
        self._above = tasks.above()
        self._waiting = deque(map(tasks.first, tasks.entered))
        self._waiting.extend(map(tasks.first_elsewhere, tasks.elsewhere))
        # How many regions an account has is known when its first task has ended: until then, one is reckoned with.
        each = 1 + (len(self._settings.assess.regions or ("",)) if tasks.regional else 0)
        self._open = dict.fromkeys((account.account_id for account in tasks.chosen), 0)
        self._open |= dict.fromkeys((account.account_id for account in tasks.entered), each)
        self.done = 0
        self.total = len(self._above) + len(tasks.entered) * each + len(tasks.elsewhere)
        self._found = tasks.found_without_tasks()

    def to_the_end(self, executor: Executor | None) -> None:
        """Run every task, or until somebody interrupts; a task that fails leaves its checks unknown."""
        self._began = self._last_noted = time.monotonic()
        self._rest_above = len(self._above)
        running: dict[Future[tuple[Finding, ...]], Task] = {}
        # What the management accounts' credentials read stays on this machine: its calls share a published rate.
        above, own = (
            ThreadPoolExecutor(self._settings.engine.workers, thread_name_prefix=name) for name in ("above", "assess")
        )
        try:
            for task in self._above:
                running[above.submit(perform, task)] = task
            while running or self._waiting:
                while sum(self._under_way.values()) < self._width and (begun := self._next()):
                    running[_handed(executor or own, begun)] = begun
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    self._ended(future, running.pop(future))
                if time.monotonic() - self._last_noted >= NOTED_EVERY:
                    self._note_what_is_finished()
            self._found += nothing_found(self.tasks.elsewhere, self._found)
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
        return () if self._rest_above else tuple(a for a in self.tasks.chosen if not self._open[a.account_id])

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
        return Portion(new, findings, len(self.tasks.chosen) - len(finished))

    def _note_what_is_finished(self) -> None:
        self._last_noted = time.monotonic()
        portion = self.portion(last=False)
        if portion.accounts:
            self._note(portion)

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
        return max(1, self._width // 2 // min(_SHARES, max(1, len(left))))

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
        if ENTRANCE not in task.checks or not self.tasks.regional:
            return
        regions = self._regions(task, told)
        followers = self.tasks.following(task.accounts[0], regions)
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
        followers = self.tasks.following_elsewhere(task.accounts[0], self._regions(task, told))
        if all(finding.status is Verdict.UNKNOWN for finding in told):
            return (*told, *(finding for task in followers[:1] for finding in could_not(task, CLOSED)))
        self._waiting.extendleft(reversed(followers))
        self.total += len(followers)
        return told

    def _regions(self, task: Task, told: Sequence[Finding]) -> tuple[str, ...]:
        """Where the regional checks look in an account, now that its first task has ended."""
        return self._settings.assess.regions or found(task.member, told) or ("",)

    def _stays(self, task: Task) -> bool:
        """Whether a task looks into an account of the source that is not assessed."""
        return bool(task.member) and task.member not in self._open

    def _count(self, account_id: str = "") -> None:
        if account_id:
            self._open[account_id] -= 1
        self.done += 1
        if self._watch:
            rate = self.done / max(time.monotonic() - self._began, 1e-9)
            self._watch(AssessmentProgress(self.done, self.total, rate, (self.total - self.done) / rate))


def _handed(executor: Executor, task: Task) -> Future[tuple[Finding, ...]]:
    """A task in the executor's hands; one that is broken fails this task like those that it had."""
    try:
        return executor.submit(perform, task)
    except BrokenExecutor as error:
        failed: Future[tuple[Finding, ...]] = Future()
        failed.set_exception(error)
        return failed
