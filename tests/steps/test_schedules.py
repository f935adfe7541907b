"""Whatever happens, in whatever order: what must hold, holds. Random schedules against the rehearsal.

Each schedule ends with a quiet pass: AWS works, reads show the truth, and the operator goes the whole way once more.
"""

from __future__ import annotations

import functools
import shutil
from collections import Counter
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Self

import boto3
import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY, Blocked, Done, Status, Wait
from tests import rehearsed
from tests.rehearsed import OUTSIDE, Run
from tests.steps import schedules
from tests.steps.outside import Outside
from tests.steps.watching import PLANNED, TAGS, UNITS, Watch, at_home, tagged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from orgtools.aws.clock import Clock
    from orgtools.rehearsal import Rehearsal
    from tests.steps.schedules import Schedule

SHARDS: Final = 20
IN_EACH: Final = 26
WAY: Final = (INVITE, LEAVE, ACCEPT, PLACE)
ROWS: Final = "account_id,ou,path,tags\n" + "".join(
    f"{account_id},{UNITS[account_id]},{'standalone' if account_id == rehearsed.STANDALONE else 'direct'},"
    f"{';'.join(f'{key}={value}' for key, value in TAGS[account_id].items())}\n"
    for account_id in PLANNED
)
ENGINE: Final = "[engine]\nworkers = 1\nrounds = 4\n"

settings.register_profile(
    "schedules",
    deadline=None,
    database=None,
    max_examples=IN_EACH,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=False,
    phases=[Phase.generate, Phase.shrink],
    report_multiple_bugs=False,
)


class Death(BaseException):
    """The process is killed here; nothing that it would still do happens."""


def _scenario() -> dict[str, Any]:
    """As small as it can be: three planned accounts, one that is not, and a third organization that courts two."""
    small = rehearsed.scenario()
    source, destination, third = small["organizations"]
    kept = (*PLANNED, OUTSIDE)
    source |= {
        "units": ["Elsewhere"],
        "accounts": [{**account, "unit": "/"} for account in source["accounts"] if account["id"] in kept],
    }
    destination |= {"units": ["Prod", "Elsewhere"], "accounts": []}
    third["units"] = []
    return small


class _AtOnce:
    """A pool that does its work when it is given: the same reads in the same order, every time."""

    def __init__(self, *_: Any) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def submit(self, work: Callable[..., Any], *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except orgtools.OrgtoolsError as error:
            future.set_exception(error)
        return future


class _Session:
    """A session whose clients outlive a schedule: to make one takes as long as two calls of it."""

    def __init__(self, profile: str) -> None:
        self._real = boto3.Session(profile_name=profile)
        self._clients: dict[tuple[object, ...], Any] = {}
        self.region_name = self._real.region_name
        self.get_credentials = self._real.get_credentials

    def client(self, service: str, **named: Any) -> Any:
        make: Callable[..., Any] = self._real.client
        if "aws_access_key_id" in named:  # a member's, whose keys are new every time
            return make(service, **named)
        key = (service, named["region_name"], id(named["config"]))
        if key not in self._clients:
            self._clients[key] = make(service, **named)
        return self._clients[key]


@functools.cache
def _lasting(profile: str) -> _Session:
    return _Session(profile)


def _session(profile_name: str | None = None, **named: Any) -> Any:
    return _lasting(profile_name) if profile_name else boto3.Session(**named)


def _hear(clock: Clock, client: Any) -> None:
    """A client tells the time to the clock that listens to it last."""
    event = f"after-call.{client.meta.service_model.service_name}"
    client.meta.events.unregister(event, unique_id="clock")
    client.meta.events.register(event, clock._heard, unique_id="clock")


class Play:
    """One schedule on its way."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, tally: Counter[str]) -> None:
        """Begin in a run folder whose accounts have been assessed."""
        self._folder = folder
        self._rehearsal = rehearsal
        self._tally = tally
        self._watch = Watch(rehearsal)
        self._outside = Outside(self._watch)
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
        self._somebody()

    def all(self, schedule: Schedule) -> None:
        """The whole schedule, then the quiet pass."""
        for event in schedule:
            self._one(event)
            self._watch.look()
        self._quiet()

    def close(self) -> None:
        """The process ends."""
        if self._migration:
            self._migration.close()
        self._migration = None

    def _one(self, event: schedules.Event) -> None:
        match event:
            case schedules.Act(what, account):
                self._outside.act(what, (*PLANNED, OUTSIDE)[account])
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
        migration, step = self._open(), WAY[move.step]

        def guard(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
            step.guard(holder, account_id, call)
            self._somebody()

        chosen = [PLANNED[number] for number in sorted(move.accounts)] or None
        shown = steps.preview(migration, replace(step, guard=guard), chosen)
        if move.between:
            self._outside.act(move.between.what, (*PLANNED, OUTSIDE)[move.between.account])
        approval = steps.approve(shown, shown.phrase) if shown.to_do else None
        self._watch.approved(shown.to_do)
        self._meanwhile = list(move.during)
        self._left_to_live, self._written = move.death, move.written
        result = steps.apply(migration, shown, approval, watch=lambda outcome: self._watch.told(step.name, outcome))
        self._tally.update(f"{step.name} {outcome.status}" for outcome in result.outcomes)

    def _somebody(self) -> None:
        act = self._meanwhile.pop(0) if self._meanwhile else None
        if act:
            self._tally["races"] += 1
            self._outside.act(act.what, (*PLANNED, OUTSIDE)[act.account])

    def _quiet(self) -> None:
        """Nothing goes wrong any more: nothing stays open, and who may arrive has arrived."""
        self.close()
        self._rehearsal.script()
        self._rehearsal.switch(lag_seconds=0.0)
        self._outside.rest()
        self._rehearsal.advance(timedelta(hours=25))
        self._watch.look()
        self._watch.all_is_shown()
        self._tally["arrived before the quiet pass"] += sum(at_home(self._watch.truth, one) for one in PLANNED)
        migration = self._open()
        left = {event.account_id for event in migration.ledger.events(Kind.INTENDED, step=LEAVE.name)}
        obstacles = {one: self._outside.obstacle(one, left=one in left) for one in PLANNED}
        self._tally.update(f"obstacle: {why}" for why in obstacles.values())
        assess.assess(migration, checks=rehearsed.DECIDING)
        for step in WAY:
            shown = steps.preview(migration, step)
            self._watch.approved(shown.to_do)
            approval = steps.approve(shown, shown.phrase) if shown.to_do else None
            for outcome in steps.apply(migration, shown, approval).outcomes:
                self._watch.told(step.name, outcome)
                assert outcome.status is Status.CONFIRMED or obstacles[outcome.account_id], outcome
        self._watch.look()
        self._watch.nothing_is_open()
        for step in WAY:
            assert migration.ledger.unsettled(step.name) == {}
        assert migration.ledger.verify() == []
        for decision in steps.preview(migration, VERIFY).decisions:
            account_id, truth = decision.account_id, self._watch.truth
            assert isinstance(decision, Done) == (at_home(truth, account_id) and tagged(truth, account_id)), decision
            if not isinstance(decision, Done):
                assert obstacles[account_id], decision
                assert isinstance(decision, (Wait, Blocked)), decision
                assert decision.why
                assert isinstance(decision, Wait) or decision.next_step
        for took_effect, times in self._watch.settled.items():
            self._tally[f"settled: {'took effect' if took_effect else 'did not'}"] += times


class Stage:
    """Where schedules are played: one server, and a run folder for each."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
        """Assess the accounts once for all."""
        self._folder = folder
        self._rehearsal = rehearsal
        self._playing: Play | None = None
        self.tally: Counter[str] = Counter()
        rehearsal.set_speed(0.001)  # the schedule moves the clock, not the machine's load
        rehearsal.reset(_scenario())
        monkeypatch.setattr("orgtools.aws.sessions.boto3", SimpleNamespace(Session=_session))
        monkeypatch.setattr("orgtools.aws.clock.Clock.attach", _hear)
        monkeypatch.setattr("orgtools.aws.pacing.Pacer.attach", lambda *_, **__: None)
        monkeypatch.setattr("orgtools.migration.ThreadPoolExecutor", _AtOnce)
        monkeypatch.setattr("orgtools.aws.organization.ThreadPoolExecutor", _AtOnce)
        # No unit comes or goes in any schedule; reading the trees anew would be a third of all calls.
        monkeypatch.setattr("orgtools.aws.organization.Organization.forget_units", lambda _: None)
        monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=self._pause))
        first = Run(folder / "assessed", rehearsal)
        first.settings(rehearsed.PROFILES + rehearsed.FAST + ENGINE)
        first.accounts(ROWS)
        first.assessed()
        first.close()
        write = orgtools.Ledger.append
        monkeypatch.setattr(
            orgtools.Ledger, "append", lambda *arguments, **given: self._now.append(write, *arguments, **given)
        )
        together = orgtools.Ledger.append_each
        monkeypatch.setattr(
            orgtools.Ledger,
            "append_each",
            lambda *arguments, **given: self._now.append_each(together, *arguments, **given),
        )

    def _pause(self, _: float) -> None:
        self._now.pause()

    @property
    def _now(self) -> Play:
        assert self._playing
        return self._playing

    def play(self, schedule: Schedule) -> None:
        """Play one schedule, from the same beginning as every other."""
        self.tally["schedules"] += 1
        self._rehearsal.reset(_scenario())
        folder = self._folder / "run"
        shutil.copytree(self._folder / "assessed", folder)
        self._playing = Play(folder, self._rehearsal, self.tally)
        try:
            self._playing.all(schedule)
        finally:
            self._playing.close()
            shutil.rmtree(folder)


@pytest.fixture
def stage(tmp_path: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage, ready."""
    return Stage(tmp_path, rehearsal, monkeypatch)


@pytest.mark.tally
@pytest.mark.timeout(900)  # a schedule that fails is made as short as it can be first
@pytest.mark.parametrize("shard", range(SHARDS))
def test_what_must_hold_holds_in_every_schedule(stage: Stage, shard: int) -> None:
    """No call without an intention, nothing touched that is not ours, nothing called done that is not, nothing lost."""

    @seed(shard)
    @settings(settings.get_profile("schedules"))
    @given(schedule=schedules.schedules(planned=len(PLANNED), steps=len(WAY)))
    def play(schedule: Schedule) -> None:
        stage.play(schedule)

    play()
    tally = stage.tally
    played = tally.pop("schedules")
    print(f"\nschedules: {played}, violations: 0; {dict(sorted(tally.items()))}")  # noqa: T201 (with pytest -s)
    assert played >= IN_EACH
    assert tally["invite confirmed"], "schedules in which nothing happens prove nothing"
