"""A wave's accounts on their ways: each goes on as soon as AWS shows that it may, under one approval.

Every step has a lane. What is due in a lane goes through the step as it does alone: looked at, decided, performed, and
looked at again until AWS shows it; then it is due in the next lane. Lanes work side by side, under one set of rates and
one circuit breaker. Whatever a step decides that was not approved ends the way of that account, and of no other.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import CredentialsError, OrgtoolsError, RefusedError
from orgtools.messages import Message
from orgtools.steps.core.decisions import Done
from orgtools.steps.core.notices import Notice, Pausing, Reached
from orgtools.steps.core.outcomes import Outcome, Result, Status
from orgtools.steps.core.pauses import growing
from orgtools.steps.core.perform import Breaker
from orgtools.steps.core.preview import Preview, look
from orgtools.steps.forward.accept import ELSEWHERE
from orgtools.steps.wave.batch import Batch, Batches, Stood
from orgtools.steps.wave.way import steps_left

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from orgtools.migration import Migration
    from orgtools.plan import Plan, PlannedAccount
    from orgtools.steps.core.decisions import Call
    from orgtools.steps.core.step import Step

_AT_ONCE: Final = 4
"""So many batches of a lane go side by side: one is performed, others are looked at."""
_FIRST_BATCH: Final = 8
_LARGEST_BATCH: Final = 32
"""So many accounts has the first batch of a lane, and the later ones at most: they grow, so that the next lane soon has
work, and looks stay few. A queue is one batch."""
_FIRST_PAUSE: Final = 15.0
_LONGEST_PAUSE: Final = 120.0
_AROUND: Final = 0.2
"""Seconds after which an interrupt is noticed at the latest."""
PATIENCE: Final = timedelta(hours=12)
"""So long nothing may come of what AWS is at work on in a lane, before the rest is left to the next run."""


@dataclass
class _Lane:
    """One step of the wave, and who is in it.

    Attributes:
        step: the step.
        queue: whether AWS takes its accounts one after the other.
        due: accounts whose turn it is, in the order in which they came.
        resting: accounts that AWS is at work on, or that wait for others.
        running: how many batches are on their way.
        begun: how many batches there have been.
        turn: held by the batch that is performed.
        wakes: when those that rest are looked at again, on this process's clock.
        pauses: how long they rest, one pause after the other.
        since: when something last came of the step, by AWS's clock.
        first: when its first batch began, by AWS's clock.
        passed: how many accounts have come through.
        working: what AWS is at work on, by account id.
    """

    step: Step
    queue: bool
    since: datetime
    due: dict[str, PlannedAccount] = field(default_factory=dict)
    resting: dict[str, PlannedAccount] = field(default_factory=dict)
    running: int = 0
    begun: int = 0
    turn: Lock = field(default_factory=Lock)
    wakes: float = 0.0
    pauses: Iterator[float] = field(default_factory=lambda: iter(()))
    first: datetime | None = None
    passed: int = 0
    working: dict[str, Message] = field(default_factory=dict)

    def left(self, now: datetime) -> timedelta | None:
        """How long a queue takes yet, if each account takes as long as those before it; None where nobody can tell."""
        if not (self.queue and self.passed and self.first):
            return None
        return (now - self.first) / self.passed * len(self.held)

    @property
    def held(self) -> dict[str, PlannedAccount]:
        """Who is in the lane, and in no batch."""
        return self.due | self.resting


def perform(migration: Migration, approved: Preview, watch: Callable[[Notice], None] | None) -> Result:
    """Lead every approved account along its way; see the module.

    Raises:
        KeyboardInterrupt: somebody interrupted; calls in flight have ended and are in the ledger, no new one began.
    """
    return _Wave(migration, approved, watch).to_the_end()


class _Wave:
    """One approved wave; its state is this thread's alone, batches in other threads only tell what came of them."""

    def __init__(self, migration: Migration, approved: Preview, watch: Callable[[Notice], None] | None) -> None:
        self._migration = migration
        self._approved = approved
        self._watch = watch
        self._breaker = Breaker(migration, approved.step.name)
        self._told: SimpleQueue[Notice | Future[list[Stood]]] = SimpleQueue()
        self._outcomes: dict[str, Outcome] = {}
        self._at_work: dict[str, tuple[Call, ...]] = {}
        self._speed = migration.settings.rates.speed
        now = migration.clock.now()
        self._lanes = {step.name: _Lane(step, step.queues(approved.snapshot), now) for step in approved.step.parts}
        self._running: dict[Future[list[Stood]], _Lane] = {}
        self._ways: dict[str, list[_Lane]] = {}
        by_id = {account.account_id: account for account in migration.plan.accounts}
        self._went: set[str] = set()
        self._batches = Batches(migration, approved, self._breaker, self._told.put)
        self._read: tuple[object, Plan] = (None, approved.plan)
        for decision in approved.going:
            account = by_id[decision.account_id]
            left = steps_left(account, approved.snapshot)
            self._ways[account.account_id] = [self._lanes[step.name] for step in left]
            self._goes_on(account, decision.why)

    def to_the_end(self) -> Result:
        """Until every account has come to the end of its way, or the wave stops."""
        interrupted = False
        pool = ThreadPoolExecutor(_AT_ONCE * len(self._lanes), thread_name_prefix="wave")
        try:
            while True:
                try:
                    if not self._breaker.halted.is_set():
                        self._begin(pool)
                    if not self._running and (self._breaker.halted.is_set() or not self._left):
                        break
                    self._hear()
                except KeyboardInterrupt:
                    interrupted = True
                    self._breaker.stop(Message("stopped-by-operator"))
        finally:
            self._breaker.halted.set()
            interrupted |= _waited_for(pool)
        if interrupted:
            raise KeyboardInterrupt
        return self._result()

    @property
    def _left(self) -> bool:
        return any(lane.held for lane in self._lanes.values())

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        """Start the batches that may start now."""
        now = time.monotonic()
        for lane in self._lanes.values():
            if lane.resting and now >= lane.wakes:
                lane.due |= lane.resting
                lane.resting.clear()
            while lane.due and lane.running < (1 if lane.queue else _AT_ONCE):
                if lane.queue:
                    lane.due |= lane.resting
                    lane.resting.clear()
                size = len(lane.due) if lane.queue else min(_LARGEST_BATCH, _FIRST_BATCH << lane.begun // 2)
                lane.begun += 1
                lane.first = lane.first or self._migration.clock.now()
                batch = [lane.due.pop(account_id) for account_id in list(lane.due)[:size]]
                batch = self._as_planned(lane, batch)
                future = pool.submit(
                    self._batches.go,
                    Batch(lane.step, tuple(batch), self._ahead(lane), dict(self._at_work), lane.turn),
                )
                self._running[future] = lane
                lane.running += 1
                future.add_done_callback(self._told.put)

    def _as_planned(self, lane: _Lane, batch: list[PlannedAccount]) -> list[PlannedAccount]:
        """Those whose row of accounts.csv is what was approved; the way of the others ends."""
        try:
            plan = self._plan()
        except OrgtoolsError as error:
            self._breaker.stop(error.message)
            return batch
        for account in batch:
            if plan.by_id.get(account.account_id) != account:
                why = Message("wave-row-changed", step=lane.step.name)
                self._end(Outcome(account.account_id, Status.CHANGED, why))
        return [account for account in batch if plan.by_id.get(account.account_id) == account]

    def _plan(self) -> Plan:
        """The plan as accounts.csv says it now; read where somebody has written it since."""
        stamp = None
        with suppress(OSError):  # where it cannot be found, reading it says so
            written = (self._migration.folder / "accounts.csv").stat()
            stamp = (written.st_mtime_ns, written.st_size, written.st_ino)
        if stamp is None or stamp != self._read[0]:
            self._read = stamp, self._migration.read_plan()
        return self._read[1]

    def _ahead(self, lane: _Lane) -> tuple[PlannedAccount, ...]:
        """Accounts that have taken a lane's step, but not the one after it."""
        names = list(self._lanes)
        after = names[names.index(lane.step.name) + 1 :]
        return tuple(
            self._migration.plan.by_id[account_id]
            for account_id, way in self._ways.items()
            if account_id not in self._outcomes and way and way[0].step.name in after
        )

    def _hear(self) -> None:
        """Wait for what a batch tells, a little; then look around."""
        told: Notice | Future[list[Stood]] | None
        try:
            told = self._told.get(timeout=_AROUND)
        except Empty:  # whose end an interrupt kept from being heard has ended all the same
            told = next((future for future in self._running if future.done()), None)
        if not isinstance(told, Future):
            if told:
                self._tell(told)
            return
        lane = self._running.pop(told, None)
        if lane is None:
            return
        lane.running -= 1
        stood = told.result()
        now = self._migration.clock.now()
        if any(one.through or one.ended or one.called for one in stood) or not lane.wakes:
            lane.since, lane.pauses = now, growing(_FIRST_PAUSE / self._speed, _LONGEST_PAUSE / self._speed)
        for one in stood:
            self._sort(lane, one)
        if lane.resting and now - lane.since > PATIENCE:
            for account_id in list(lane.resting):
                del lane.resting[account_id]
                why = Message("wave-left-at", step=lane.step.name, why=Message("wave-patience", span=PATIENCE))
                self._end(Outcome(account_id, Status.UNCONFIRMED, why))
        elif lane.resting:
            pause = next(lane.pauses)
            lane.wakes = time.monotonic() + pause
            self._tell(Pausing(pause, len(lane.resting), dict(lane.working), lane.left(now)))

    def _sort(self, lane: _Lane, one: Stood) -> None:
        """An account that comes out of a batch ends, goes on, or rests."""
        account = self._migration.plan.by_id[one.account_id]
        lane.passed += bool(one.through)
        lane.working.pop(one.account_id, None)
        if one.working:
            lane.working[one.account_id] = one.working
        if one.called or one.through:
            self._went.add(one.account_id)
        if one.ended or one.through:
            self._at_work.pop(one.account_id, None)
        elif one.called:
            self._at_work[one.account_id] = one.called
        if one.ended:
            self._end(one.ended)
        elif one.through:
            self._ways[one.account_id].pop(0)
            self._goes_on(account, one.through)
        else:
            lane.resting[one.account_id] = account

    def _goes_on(self, account: PlannedAccount, shown: Message) -> None:
        """Into the next lane of its way; at the end of it AWS shows it where it should be."""
        way = self._ways[account.account_id]
        if way:
            way[0].due[account.account_id] = account
            self._tell(Reached(account.account_id, way[0].step.name))
        else:
            self._end(Outcome(account.account_id, Status.CONFIRMED, shown))

    def _tell(self, notice: Notice) -> None:
        if self._watch:
            self._watch(notice)

    def _end(self, outcome: Outcome) -> None:
        if outcome.status is Status.NOT_STARTED and outcome.account_id in self._went:
            outcome = replace(outcome, status=Status.STOPPED)
        self._outcomes[outcome.account_id] = outcome
        self._tell(outcome)

    def _result(self) -> Result:
        """Where every account stands; who is in no organization comes first."""
        approved = self._approved
        after, unseen = self._looked_back()
        for account_id, way in self._ways.items():
            if account_id not in self._outcomes:
                why = unseen or after.by_account[account_id].why
                left = Message("wave-left-at", step=way[0].step.name, why=why)
                status = Status.UNCONFIRMED if account_id in self._at_work else Status.NOT_STARTED
                self._end(Outcome(account_id, status, left))
        lost = [] if unseen else [one for one in self._ways if one not in self._arrived]
        alone = [one for one in lost if after.snapshot.is_alone(one) and not _elsewhere(self._outcomes[one])]
        for account_id in alone:
            outcome = self._outcomes[account_id]
            self._outcomes[account_id] = replace(outcome, why=Message("wave-left-alone", why=outcome.why))
        outcomes = tuple(self._outcomes[account_id] for account_id in dict.fromkeys((*alone, *self._ways)))
        return Result(before=approved, after=after, outcomes=outcomes, stopped=self._breaker.stopped)

    @property
    def _arrived(self) -> set[str]:
        return {one.account_id for one in self._outcomes.values() if one.status is Status.CONFIRMED}

    def _looked_back(self) -> tuple[Preview, Message | None]:
        """What the wave would do now, and why that is not known; who has arrived was just seen, and is not asked again.

        Where AWS does not show it, the other accounts stand as they did when the wave was approved.
        """
        approved, arrived, unseen = self._approved, self._arrived, None
        others = tuple(account for account in approved.accounts if account.account_id not in arrived)
        seen = approved
        if others:
            try:
                self._migration.destination.forget_units()
                seen = look(self._migration, approved.step, approved.plan, others)
            except (CredentialsError, RefusedError) as error:
                unseen = error.message
        decisions = tuple(
            Done(account.account_id, self._outcomes[account.account_id].why)
            if account.account_id in arrived
            else seen.by_account[account.account_id]
            for account in approved.accounts
        )
        return replace(seen, accounts=approved.accounts, decisions=decisions), unseen


def _elsewhere(outcome: Outcome) -> bool:
    """Whether the account itself has just said that it is in a third organization."""
    return outcome.refusal is not None and outcome.refusal.code == ELSEWHERE


def _waited_for(pool: ThreadPoolExecutor) -> bool:
    """Wait until every batch has ended, however often somebody interrupts; whether somebody did."""
    interrupted = False
    while True:
        try:
            pool.shutdown()
        except KeyboardInterrupt:
            interrupted = True
        else:
            return interrupted
