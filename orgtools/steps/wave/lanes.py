"""A wave's accounts on their ways: each goes on as soon as AWS shows that it may, under one approval.

Every step has a lane. What is due in a lane goes through the step as it does alone: looked at, decided, performed, and
looked at again until AWS shows it; then it is due in the next lane. Lanes work side by side, under one set of rates and
one circuit breaker. Whatever a step decides that was not approved ends the way of that account, and of no other.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from queue import Empty, SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, Final

from orgtools.assess import assess
from orgtools.aws.calls.errors import is_passing
from orgtools.exceptions import CredentialsError, OrgtoolsError, RefusedError
from orgtools.messages import Message
from orgtools.steps.core.apply import Rounds, catch_up
from orgtools.steps.core.decisions import Decision, Do, Done, Wait
from orgtools.steps.core.notices import Notice, Pausing, Reached
from orgtools.steps.core.outcomes import Outcome, Result, Status
from orgtools.steps.core.pauses import growing
from orgtools.steps.core.perform import Breaker, Performer
from orgtools.steps.core.preview import Preview, look
from orgtools.steps.wave.way import is_at_work, route, was_approved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from orgtools.migration import Migration
    from orgtools.plan import Plan, PlannedAccount
    from orgtools.snapshot import Snapshot
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


@dataclass(frozen=True, slots=True)
class _Stood:
    """How an account came out of a batch; with neither `through` nor `ended` it is to be looked at again.

    Attributes:
        account_id: 12 digits.
        through: what AWS shows that has taken the step.
        ended: what ends its way.
        called: its calls that were made.
        working: what AWS is at work on.
    """

    account_id: str
    through: Message | None = None
    ended: Outcome | None = None
    called: tuple[Call, ...] = ()
    working: Message | None = None


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
        self._told: SimpleQueue[Notice | Future[list[_Stood]]] = SimpleQueue()
        self._outcomes: dict[str, Outcome] = {}
        self._at_work: dict[str, tuple[Call, ...]] = {}
        self._speed = migration.settings.rates.speed
        now = migration.clock.now()
        self._lanes = {step.name: _Lane(step, step.queues(approved.snapshot), now) for step in approved.step.parts}
        self._running: dict[Future[list[_Stood]], _Lane] = {}
        self._ways: dict[str, list[_Lane]] = {}
        by_id = {account.account_id: account for account in migration.plan.accounts}
        self._went: set[str] = set()
        self._together = frozenset(do.account_id for do in approved.to_do)
        self._read: tuple[object, Plan] = (None, approved.plan)
        for decision in approved.decisions:
            if isinstance(decision, Do) or is_at_work(decision):  # for whom AWS is at work, others may have to wait
                account = by_id[decision.account_id]
                names = dict.fromkeys(step.name for step, _ in route(account, approved.snapshot))
                self._ways[account.account_id] = [self._lanes[name] for name in names]
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
                future = pool.submit(self._go, lane, batch, self._ahead(lane))
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
        written = (self._migration.folder / "accounts.csv").stat()
        stamp = (written.st_mtime_ns, written.st_size, written.st_ino)
        if stamp != self._read[0]:
            self._read = stamp, self._migration.read_plan()
        return self._read[1]

    def _ahead(self, lane: _Lane) -> list[PlannedAccount]:
        """Accounts that have taken a lane's step, but not the one after it."""
        names = list(self._lanes)
        after = names[names.index(lane.step.name) + 1 :]
        return [
            self._migration.plan.by_id[account_id]
            for account_id, way in self._ways.items()
            if account_id not in self._outcomes and way and way[0].step.name in after
        ]

    def _hear(self) -> None:
        """Wait for what a batch tells, a little; then look around."""
        told: Notice | Future[list[_Stood]] | None
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

    def _sort(self, lane: _Lane, one: _Stood) -> None:
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

    def _go(self, lane: _Lane, batch: list[PlannedAccount], ahead: list[PlannedAccount]) -> list[_Stood]:
        """One batch through one step; in a thread of its own."""
        step, stood, to_do = lane.step, list[_Stood](), list[Do]()
        try:
            if step.by_units:
                self._migration.destination.forget_units()
            seen = look(self._migration, step, self._approved.plan, tuple(batch))
            catch_up(self._migration, seen)
        except (CredentialsError, RefusedError) as error:
            self._blind(error)
            return [_Stood(account.account_id) for account in batch]
        for account, decision in zip(batch, seen.decisions, strict=True):
            approved = self._approved.by_account[account.account_id]
            if isinstance(decision, Do) and step.behind(decision, seen.snapshot, ahead):
                stood.append(_Stood(account.account_id))
            elif isinstance(decision, Do) and set(decision.calls) & set(self._at_work.get(account.account_id, ())):
                stood.append(_failed(step, decision))
            elif (
                isinstance(decision, Do)
                and isinstance(approved, Do)
                and was_approved(step, decision, approved, self._together)
            ):
                to_do.append(decision)
            else:
                stood.append(self._stood(step, account, decision, seen.snapshot))
        if to_do:
            stood += self._called(lane, replace(seen, decisions=tuple(to_do)))
        renewing = [one.account_id for one in stood if one.through] if step.renews else []
        if renewing:
            assess(self._migration, renewing, checks=step.renews)
        return stood

    def _called(self, lane: _Lane, ready: Preview) -> list[_Stood]:
        """How those come out for whom calls are made."""
        going = self._migration.plan.select([do.account_id for do in ready.to_do])
        ready = replace(ready, accounts=going)
        performer = Performer(self._migration, lane.step, self._approved.digest, self._breaker, lane.turn)
        try:
            result = Rounds(self._migration, ready, self._heard, performer).to_the_end()
        except (CredentialsError, RefusedError) as error:  # nobody knows what the calls have done: the next run looks
            self._blind(error)
            left = Message("wave-left-at", step=lane.step.name, why=error.message)
            return [
                _Stood(do.account_id, called=do.calls, ended=Outcome(do.account_id, Status.UNCONFIRMED, left))
                for do in ready.to_do
            ]
        after = result.after.by_account if result.after else {}
        return [
            _came(lane.step, do.calls, outcome, after.get(do.account_id))
            for do, outcome in zip(ready.to_do, result.outcomes, strict=True)
        ]

    def _blind(self, error: CredentialsError | RefusedError) -> None:
        """AWS did not show what a batch has to know: where that may pass, it is tried again; else the wave stops."""
        if not is_passing(error):
            self._breaker.stop(error.message)

    def _heard(self, notice: Notice) -> None:
        if not isinstance(notice, Outcome):  # where the account stands then, the batch tells
            self._told.put(notice)

    def _stood(self, step: Step, account: PlannedAccount, decision: Decision, snapshot: Snapshot) -> _Stood:
        """How an account stands that no call is made for now."""
        account_id = account.account_id
        if isinstance(decision, Done) or (isinstance(decision, Wait) and decision.unseen):
            return _Stood(account_id, through=decision.why)
        if isinstance(decision, Wait) and decision.until is None:
            before = step.decide(account, snapshot)
            if decision.effective or isinstance(before, Do):
                return _Stood(account_id, working=decision.why if decision.effective else None)
        if isinstance(decision, Do):
            code, status = "wave-differs", Status.CHANGED
        elif isinstance(decision, Wait) and decision.effective:
            code, status = "wave-still-waits", Status.UNCONFIRMED
        else:
            code, status = "wave-held" if decision.next_step else "wave-left-at", Status.NOT_STARTED
        return _Stood(account_id, ended=Outcome(account_id, status, Message(code, step=step.name, why=decision.why)))

    def _result(self) -> Result:
        approved = self._approved
        self._migration.destination.forget_units()
        after = look(self._migration, approved.step, approved.plan, approved.accounts)
        for account_id, way in self._ways.items():
            if account_id not in self._outcomes:
                left = Message("wave-left-at", step=way[0].step.name, why=after.by_account[account_id].why)
                status = Status.UNCONFIRMED if account_id in self._at_work else Status.NOT_STARTED
                self._end(Outcome(account_id, status, left))
        alone = [account_id for account_id in self._ways if after.snapshot.is_alone(account_id)]
        for account_id in alone:
            outcome = self._outcomes[account_id]
            self._outcomes[account_id] = replace(outcome, why=Message("wave-left-alone", why=outcome.why))
        outcomes = tuple(self._outcomes[account_id] for account_id in dict.fromkeys((*alone, *self._ways)))
        return Result(before=approved, after=after, outcomes=outcomes, stopped=self._breaker.stopped)


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


def _failed(step: Step, again: Do) -> _Stood:
    """AWS has taken a call, worked on it, and could not do it: who approved it once did not ask for it without end."""
    code = "wave-ended-at" if again.next_step else "wave-left-at"
    why = Message(code, step=step.name, why=again.failed or again.why)
    return _Stood(again.account_id, ended=Outcome(again.account_id, Status.REFUSED, why))


def _came(step: Step, calls: tuple[Call, ...], outcome: Outcome, decision: Decision | None) -> _Stood:
    """How an account stands after its calls."""
    if outcome.status is Status.CONFIRMED:
        return _Stood(outcome.account_id, through=outcome.why, called=calls)
    at_work = isinstance(decision, Wait) and decision.effective and decision.until is None
    if outcome.status is Status.UNCONFIRMED and at_work and decision:
        return _Stood(outcome.account_id, called=calls, working=decision.why)
    if outcome.status is Status.NOT_STARTED:
        return _Stood(outcome.account_id, ended=None)
    told = replace(outcome, why=Message("wave-ended-at", step=step.name, why=outcome.why))
    return _Stood(outcome.account_id, ended=told)
