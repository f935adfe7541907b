"""Where schedules are played: one server, and a run folder for each, from the same beginning again and again."""

from __future__ import annotations

import functools
import shutil
from collections import Counter
from concurrent.futures import Future
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, Self

import boto3
import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given, settings

import orgtools
from orgtools import assess
from orgtools.mapping import FILE
from tests import rehearsed
from tests.rehearsed import Run
from tests.steps import schedules
from tests.steps.plays import Play
from tests.worlds import become

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from orgtools.aws.clock import Clock
    from orgtools.rehearsal import Rehearsal
    from tests.steps.course import Course
    from tests.steps.schedules import Schedule

_ENGINE: Final = "[engine]\nworkers = 1\nrounds = 4\n"
_LOOKS: Final = 3
_MOMENT: Final = 0.001
_WORK: Final = timedelta(minutes=21)


class _AtOnce:
    """A pool that does its work when it is given: the same reads in the same order, every time."""

    def __init__(self, *_: Any, **__: Any) -> None: ...

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

    def shutdown(self) -> None:
        """Nothing is left to wait for."""


class _Each(_AtOnce):
    """The same, for many at once."""

    def map(self, work: Callable[..., Any], *over: Any) -> Any:
        return [work(*each) for each in zip(*over, strict=True)]


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
    client.meta.events.register(event, clock.heard, unique_id="clock")


class Stage:
    """Where schedules of a course are played: one server, and a run folder for each."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, course: Course) -> None:
        """Assess the accounts, and go the steps after which schedules begin, once for all."""
        self._folder = folder
        self._rehearsal = rehearsal
        self._course = course
        self._playing: Play | None = None
        self._starts: list[tuple[Path, dict[str, Any]]] = []
        self.tally: Counter[str] = Counter()
        rehearsal.set_speed(0.001)  # the schedule moves the clock, not the machine's load
        rehearsal.reset(course.scenario())
        course.furnish()
        monkeypatch.setattr("orgtools.aws.sessions.credentials.boto3", SimpleNamespace(Session=_session))
        monkeypatch.setattr("orgtools.aws.clock.Clock.attach", _hear)
        monkeypatch.setattr("orgtools.aws.calls.rate_limits.Pacer.attach", lambda *_, **__: None)
        monkeypatch.setattr("orgtools.migration.observing.ThreadPoolExecutor", _AtOnce)
        monkeypatch.setattr("orgtools.migration.entering.ThreadPoolExecutor", _AtOnce)
        monkeypatch.setattr("orgtools.aws.read.organization.ThreadPoolExecutor", _AtOnce)
        monkeypatch.setattr("orgtools.aws.read.accounts.ThreadPoolExecutor", _Each)
        monkeypatch.setattr("orgtools.steps.shared.account_access.ThreadPoolExecutor", _Each)
        if not course.below:  # no unit comes or goes, and reading the trees anew would be a third of all calls
            monkeypatch.setattr("orgtools.aws.read.organization.Organization.forget_units", lambda _: None)
        monkeypatch.setattr("orgtools.steps.core.pauses.sleep", self._pause)
        monkeypatch.setattr("orgtools.steps.core.rounds.rest", lambda seconds, _=None: self._pause(seconds))
        monkeypatch.setattr("orgtools.steps.wave.lanes.ThreadPoolExecutor", _AtOnce)
        monkeypatch.setattr("orgtools.steps.wave.lanes._AROUND", _MOMENT)
        self._come_to_the_starts()
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

    def _come_to_the_starts(self) -> None:
        run = Run(self._folder / "begun", self._rehearsal)
        login = (
            f"cache = '{self._rehearsal.folder / 'sso-cache'}'\n" if "identity_center" in self._course.settings else ""
        )
        both = rehearsed.PROFILES
        profiles = both[both.index("[destination]") :] if self._course.theirs else both
        run.settings(profiles + rehearsed.FAST + _ENGINE + self._course.settings + login)
        run.accounts(self._course.accounts_csv)
        if self._course.mapping:
            (run.folder / FILE).write_text(self._course.mapping, encoding="utf-8")
        migration = run.open()
        self._course.prepare(migration, self._rehearsal)
        assess.assess(migration, checks=rehearsed.DECIDING)
        for number, taken in enumerate(self._course.starts):
            for step in taken:
                for _ in range(_LOOKS if step.name in self._course.begins else 0):
                    rehearsed.do(migration, step)
                    self._rehearsal.advance(_WORK)
                rehearsed.confirmed(rehearsed.do(migration, step))
                if step in self._course.assessed_after:
                    assess.assess(migration, checks=rehearsed.DECIDING)
            kept = self._folder / f"start-{number}"
            shutil.copytree(run.folder, kept)
            self._starts.append((kept, become(self._course.scenario(), self._rehearsal.world())))
        run.close()

    def _pause(self, _: float) -> None:
        self._now.pause()

    @property
    def _now(self) -> Play:
        assert self._playing
        return self._playing

    def play(self, schedule: Schedule) -> None:
        """Play one schedule, from the same beginning as every other."""
        self.tally["schedules"] += 1
        begun, tables = self._starts[schedule.begin]
        self._rehearsal.reset(tables)
        self._course.furnish()
        folder = self._folder / "run"
        shutil.copytree(begun, folder)
        self._playing = Play(folder, self._rehearsal, self._course, self.tally)
        with pytest.MonkeyPatch.context() as patched:
            if schedule.asked:
                rehearsed.ask_singly(patched)
            try:
                self._playing.all(schedule)
            finally:
                self._playing.close()
                shutil.rmtree(folder)


def play(stage: Stage, course: Course, *, seed: int, times: int) -> Counter[str]:
    """Play random schedules of a course; hypothesis makes one that fails as short as it can be, and prints it.

    Args:
        stage: where they are played.
        course: what they are made of.
        seed: what they follow from.
        times: how many.

    Returns:
        What happened, counted; how many were played is printed.
    """

    @hypothesis.seed(seed)
    @settings(
        max_examples=times,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        print_blob=False,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
    )
    @given(schedule=schedules.schedules(course))
    def one(schedule: Schedule) -> None:
        stage.play(schedule)

    one()
    tally = stage.tally
    played = tally.pop("schedules")
    print(f"\nschedules: {played}, violations: 0; {dict(sorted(tally.items()))}")  # noqa: T201 (with pytest -s)
    assert played >= times
    return tally
