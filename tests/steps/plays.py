"""One schedule on its way: what is done, what dies, what somebody else does meanwhile, and the quiet pass."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.steps import LEAVE, LEAVE_BACK, VERIFY, Blocked, Done, Status, Wait
from tests import rehearsed
from tests.steps import schedules
from tests.steps.outside import Outside
from tests.steps.watching import Watch

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal
    from tests.steps.course import Course
    from tests.steps.schedules import Schedule

_LOOKS: Final = 8
"""So often a step is gone on with while AWS works, in the quiet pass."""
_WORK: Final = timedelta(minutes=21)
"""Longer than the rehearsal's Control Tower works on something."""
_REST: Final = timedelta(minutes=7)
"""So long a whole wave rests before it looks again."""


class Death(BaseException):
    """The process is killed here; nothing that it would still do happens."""


class Play:
    """One schedule on its way."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, course: Course, tally: Counter[str]) -> None:
        """Begin in a run folder whose accounts have been assessed."""
        self._course = course
        self._folder = folder
        self._rehearsal = rehearsal
        self._tally = tally
        self._watch = Watch(rehearsal, course)
        self._outside = Outside(self._watch, folder)
        self._migration: orgtools.Migration | None = None
        self._troubled = False
        self._meanwhile: list[schedules.Act | None] = []
        self._left_to_live: int | None = None
        self._written = False

    def append(self, write: Callable[..., orgtools.Event], *arguments: Any, **given: Any) -> orgtools.Event:
        """What the ledger does now, under watch; here the process may die, before or after the event is on disk."""
        dies = self._left_to_live == 0
        if self._left_to_live is not None:
            self._left_to_live -= 1
        if dies and not self._written:
            raise Death
        event = write(*arguments, **given)
        self._watch.noted(event)
        if dies:
            raise Death
        return event

    def append_each(self, write: Callable[..., Any], *arguments: Any, **given: Any) -> Any:
        """Several events at once: all of them reach the disk, or none."""
        events = write(*arguments, **given)
        for event in events:
            self._watch.noted(event)
        return events

    def pause(self) -> None:
        """A pause of the engine: the rehearsal's clock moves instead, and somebody else has time."""
        self._rehearsal.advance(timedelta(seconds=1))
        self._watch.nobody_is_locked_out()
        self._somebody()

    def all(self, schedule: Schedule) -> None:
        """The whole schedule, then the quiet pass."""
        for event in schedule.events:
            self._one(event)
            self._watch.look()
        self._quiet(home=schedule.home)

    def close(self) -> None:
        """The process ends."""
        if self._migration:
            self._migration.close()
        self._migration = None

    def _one(self, event: schedules.Event) -> None:
        match event:
            case schedules.Act(what, account):
                self._outside.act(what, self._course.everybody[account])
            case schedules.Trouble(faults):
                self._rehearsal.script(*faults)
                self._troubled = bool(faults)
            case schedules.Lag(seconds):
                self._watch.lags(seconds)
            case schedules.Later(hours):
                self._rehearsal.advance(timedelta(hours=hours))
            case schedules.NewKernel():
                self.close()
            case schedules.Assess():
                self._try(lambda: assess.assess(self._open(), checks=rehearsed.DECIDING))
            case schedules.Move():
                self._try(lambda: self._move(event), surprised=event.between is not None)

    def _open(self) -> orgtools.Migration:
        if self._migration is None:
            self._migration = orgtools.open(self._folder)
        return self._migration

    def _try(self, move: Callable[[], object], *, surprised: bool = False) -> None:
        """What may fail, with words, fails only where something went wrong or somebody came in between."""
        try:
            move()
        except Death:
            self._tally["deaths"] += 1
            self.close()
        except orgtools.OrgtoolsError as error:
            self._tally["refused as a whole"] += 1
            if not error.next_step or not (self._troubled or self._watch.lag or surprised):
                raise
        finally:
            self._left_to_live, self._meanwhile = None, []
            self._watch.approved(())

    def _move(self, move: schedules.Move) -> None:
        self._tally["moves"] += 1
        migration, step = self._open(), self._course.steps[move.step]

        def raced(one: steps.Step) -> steps.Step:
            def precheck(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
                one.precheck(holder, account_id, call)
                self._somebody()

            return replace(one, precheck=precheck, parts=tuple(raced(part) for part in one.parts))

        subjects = self._course.subjects(step)
        chosen = [subjects[number] for number in sorted(move.accounts)] or None
        shown = steps.preview(migration, raced(step), chosen)
        if move.between:
            self._outside.act(move.between.what, self._course.everybody[move.between.account])
        approval = self._consent(shown)
        self._meanwhile = list(move.during)
        self._left_to_live, self._written = move.death, move.written
        result = steps.apply(migration, shown, approval, watch=functools.partial(self._hear, step))
        self._tally.update(f"{step.name} {outcome.status}" for outcome in result.outcomes)

    def _consent(self, shown: steps.Preview) -> steps.Approval | None:
        """A person's; where one that was given before covers all that is left, as orgtools says, that one."""
        if shown.approved:
            self._tally["resumed"] += 1
            self._watch.approved_before(shown.to_do)
        self._watch.approved(shown.to_do)
        if not shown.to_do:
            return None
        return steps.resume(shown) if shown.approved else steps.approve(shown, shown.phrase)

    def _hear(self, step: steps.Step, notice: steps.Notice) -> None:
        """Where a whole wave rests, because AWS is at work, time passes."""
        self._watch.told(step.name, notice)
        if step.parts and isinstance(notice, steps.Pausing):
            self._rehearsal.advance(_REST)

    def _somebody(self) -> None:
        act = self._meanwhile.pop(0) if self._meanwhile else None
        if act:
            self._tally["races"] += 1
            self._outside.act(act.what, self._course.everybody[act.account])

    def _quiet(self, *, home: bool) -> None:
        """Nothing goes wrong any more: nothing stays open, and who may arrive, or come home, has."""
        self.close()
        self._rehearsal.script()
        self._rehearsal.switch(lag_seconds=0.0)
        self._outside.rest()
        self._rehearsal.advance(timedelta(hours=25))
        self._watch.look()
        self._watch.all_is_shown()
        course = self._course
        there = sum(course.at_home(self._watch.truth, one) for one in course.planned)
        self._tally["arrived before the quiet pass"] += there
        migration = self._open()
        out = (LEAVE, LEAVE_BACK)
        left = {event.account_id for step in out for event in migration.ledger.events(Kind.INTENDED, step=step.name)}
        obstacles = {one: self._outside.obstacle(one, left=one in left) for one in course.planned}
        self._tally.update(f"obstacle: {why}" for why in obstacles.values())
        assess.assess(migration, checks=rehearsed.DECIDING)
        for step in course.back if home else course.onward:
            self._to_the_end(step, obstacles)
            if step in course.assessed_after:
                assess.assess(migration, checks=rehearsed.DECIDING)
        taken = dict.fromkeys(part for step in course.steps for part in (step, *step.parts))
        for step in taken:  # of those that are not taken any more, too
            if migration.ledger.unsettled(step.name):
                steps.apply(migration, steps.preview(migration, step), None)
        self._watch.look()
        self._watch.nothing_is_open()
        for step in taken:
            assert migration.ledger.unsettled(step.name) == {}
        assert migration.ledger.verify() == []
        if home:
            self._all_are_home(obstacles)
        else:
            self._all_have_arrived(obstacles)
        for took_effect, times in self._watch.settled.items():
            self._tally[f"settled: {'took effect' if took_effect else 'did not'}"] += times

    def _to_the_end(self, step: steps.Step, obstacles: Mapping[str, str]) -> None:
        """A step, as often as it takes where AWS works on what a call has begun."""
        migration = self._open()
        for _ in range(_LOOKS):
            shown = steps.preview(migration, step)
            result = steps.apply(migration, shown, self._consent(shown), watch=functools.partial(self._hear, step))
            for outcome in result.outcomes:
                begun = outcome.status is Status.UNCONFIRMED and step.name in self._course.begins
                assert outcome.status is Status.CONFIRMED or begun or obstacles.get(outcome.account_id), outcome
            seen = (result.after or shown).decisions
            if not any(isinstance(decision, Wait) and decision.effective for decision in seen):
                return
            self._rehearsal.advance(_WORK)
            self._watch.look()

    def _all_have_arrived(self, obstacles: Mapping[str, str]) -> None:
        """Verifying says so of exactly those of whom it is so; whoever has not, has an obstacle."""
        truth, course = self._watch.truth, self._course
        for decision in steps.preview(self._open(), VERIFY).decisions:
            account_id = decision.account_id
            arrived = course.at_home(truth, account_id) and course.tagged(truth, account_id)
            self._tally["arrived"] += arrived
            assert isinstance(decision, Done) == arrived, decision
            if not isinstance(decision, Done):
                assert obstacles[account_id], decision
                assert isinstance(decision, (Wait, Blocked)), decision
                assert str(decision.why)
                assert isinstance(decision, Wait) or decision.next_step
            assert obstacles[account_id] or course.through(truth, account_id), (
                f"not through: {truth['accounts'][account_id]}"
            )

    def _all_are_home(self, obstacles: Mapping[str, str]) -> None:
        """As they were, but for those with an obstacle."""
        for account_id in self._course.planned:
            whole = self._course.whole(self._watch.truth, account_id)
            self._tally["came home"] += whole
            assert whole or obstacles[account_id], (
                f"{account_id} is not home: {self._watch.truth['accounts'][account_id]}"
            )
