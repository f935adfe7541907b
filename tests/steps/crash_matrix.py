"""The crash matrix: a step of a wave is killed at every ledger and call boundary, and resumed by a new process.

`run` starts this module as a program of its own. It stays single-threaded, so that it may fork a warm process for each
point: one child performs the step and kills itself there, a second one opens the run as a new notebook does and goes
on. Then the ledger, the server's log of calls and the truth of both organizations must agree.

A point lies before an effect (the commit of a ledger event, a changing call), within it, or after it. Where calls are
made one by one, "after" an effect is "before" the next one, and "within" is one of the two to whoever comes later: so
every "before" is tried, the last "after", and a sample of "within".
"""

from __future__ import annotations

import functools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3

import orgtools
from orgtools import assess, steps
from orgtools.aws.pacing import Pacer
from orgtools.ledger import Kind
from orgtools.rehearsal import Rehearsal
from tests import rehearsed
from tests.steps import crash_wave
from tests.steps.crashing import Places, apart

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from orgtools.ledger import Event
    from orgtools.rehearsal import Call

WAY: Final = {step.name: step for step in (steps.INVITE, steps.LEAVE, steps.ACCEPT, steps.PLACE)}
_WITHIN: Final = 8
_SIDE_BY_SIDE: Final = 12
_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a matrix.

    Attributes:
        step: the name of the step.
        workers: how many calls ran side by side.
        points: how many points were tried; at each a process was killed.
        losses: a sentence for each thing that was lost, done twice, or told wrongly.
        seconds: processor time, the server's included.
    """

    step: str
    workers: int
    points: int
    losses: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        """The line to print."""
        return (
            f"crash matrix: {self.points} points, {len(self.losses)} losses "
            f"({self.step}, {self.workers} at a time, {self.seconds:.0f} s of processor time)"
        )


def run(step: str, workers: int) -> Tally:
    """Kill a step everywhere and resume it; count what was lost.

    Args:
        step: ``invite``, ``leave``, ``accept`` or ``place``.
        workers: how many calls run side by side. With 1, the process that resumes is killed, too, while it settles;
            with more, a sample of the points is tried, with other calls in flight.

    Raises:
        CalledProcessError: the matrix itself failed; its words are on standard error.
    """
    command = [sys.executable, "-W", "error", "-m", "tests.steps.crash_matrix", step, str(workers)]
    done = subprocess.run(command, cwd=_ROOT, stdout=subprocess.PIPE, check=True)
    held = json.loads(done.stdout)
    return Tally(**{**held, "losses": tuple(held["losses"])})


class _Matrix:
    """One step of one wave, from the same beginning again and again."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, step: steps.Step, workers: int) -> None:
        """Bring the wave to where the step begins, and look at it as the notebook does that will be killed."""
        self._rehearsal = rehearsal
        self._step = step
        self._run, self._begun = folder / "run", folder / "begun"
        self._run.mkdir()
        settings = f"{rehearsed.PROFILES}{rehearsed.FAST}[engine]\nworkers = {workers}\n"
        (self._run / "migration.toml").write_text(settings, encoding="utf-8")
        (self._run / "accounts.csv").write_text(crash_wave.accounts_csv(), encoding="utf-8")
        rehearsal.reset(crash_wave.document())
        apart(self._come_here)
        self._document = crash_wave.document_of(rehearsal.world(), tags=step is not steps.PLACE)
        rehearsal.reset(self._document)
        self._notebook = self._open()
        shutil.copytree(self._run, self._begun)
        self._goal = self._undisturbed()

    def _come_here(self) -> None:
        with orgtools.open(self._run) as migration:
            assess.assess(migration, checks=rehearsed.DECIDING)
            for earlier in list(WAY.values())[: list(WAY.values()).index(self._step)]:
                rehearsed.confirmed(rehearsed.do(migration, earlier))

    def _open(self) -> tuple[orgtools.Migration, steps.Preview, steps.Approval]:
        """Opened, previewed, approved: each process to be killed inherits it, without open files and connections."""
        migration = orgtools.open(self._run)
        shown = steps.preview(migration, self._step)
        migration.close()
        for side in (migration.source, migration.destination):
            side._client.close()
        return migration, shown, steps.approve(shown, shown.phrase)

    def _perform(self, places: Places) -> list[str]:
        """The moves of the notebook that was opened before; ends at the deadly place."""
        places.watch()
        migration, shown, approval = self._notebook
        migration.ledger = orgtools.Ledger(self._run / "ledger.sqlite", migration.clock.now)
        # Its pacer's file is closed, and the server asks for no rate; whoever resumes has a pacer.
        Pacer.wait = lambda *_, **__: 0.0  # type: ignore[method-assign]
        rehearsed.confirmed(steps.apply(migration, shown, approval))
        return places.seen

    def _resume(self, places: Places | None = None) -> list[str]:
        """What a new notebook does; returns a sentence for each account that is not done then."""
        if places:
            places.watch()
        with orgtools.open(self._run) as migration:
            result = rehearsed.do(migration, self._step)
        after = result.after or result.before
        return [
            *(
                f"{outcome.account_id} is {outcome.status}"
                for outcome in result.outcomes
                if outcome.status != "confirmed"
            ),
            *(f"{d.account_id} is not done: {d.why}" for d in after.decisions if not isinstance(d, steps.Done)),
        ]

    def _begin(self) -> None:
        self._rehearsal.reset(self._document)
        shutil.rmtree(self._run)
        shutil.copytree(self._begun, self._run)

    def _undisturbed(self) -> dict[str, Any]:
        self._begin()
        self.places: list[str] = apart(lambda: self._perform(Places()))
        goal = _truth(self._rehearsal.world())
        wrong = self._differences(goal, since=0)
        if wrong:
            raise RuntimeError(f"Nobody was killed, and yet: {'; '.join(wrong)}.")
        return goal

    def points(self, *, side_by_side: bool) -> list[str]:
        """The points to try; those of calls that run side by side have no order, and are a sample of all."""
        luck = random.Random(self._step.name)  # noqa: S311 -- repeatable is the point
        before, within = ([place for place in self.places if place.startswith(when)] for when in ("before", "within"))
        if side_by_side:
            return luck.sample(before + within, _SIDE_BY_SIDE)
        return [*before, self.places[-1], *luck.sample(within, _WITHIN)]

    def killed(self, place: str) -> list[str]:
        """Kill the step at a place, and resume it; returns what was lost."""
        self._begin()
        if apart(lambda: self._perform(Places(place))) is not None:
            return [f"{place}: nobody came there"]
        return self._resumed(place)

    def killed_again_and_again(self) -> tuple[int, list[str]]:
        """Kill the step at each account's call, then whoever resumes while it settles that; returns deaths and losses.

        In turn the call had not left or its answer was lost, and the settling event was half written or written.
        """
        calls = [place.removeprefix("before call ") for place in self.places if place.startswith("before call ")]
        outcomes = [place for place in self.places if place.startswith("before outcome ")]
        deadly = []
        for number, (call, outcome) in enumerate(zip(calls, outcomes, strict=True)):
            account = outcome.rsplit(" ", 1)[-1]
            deadly.append(f"before call {call}" if number % 2 else outcome)
            deadly.append(f"{'after' if number // 2 % 2 else 'within'} settled {account}")
        self._begin()
        for place in deadly:
            if apart(functools.partial(self._resume, Places(place))) is not None:
                return len(deadly), [f"{place}, after other deaths: nobody came there"]
        return len(deadly), self._resumed("after a death at each account")

    def _resumed(self, place: str) -> list[str]:
        since = len(self._rehearsal.calls())
        wrong = [*apart(self._resume), *self._differences(self._goal, since)]
        return [f"{place}: {sentence}" for sentence in wrong]

    def _differences(self, goal: Mapping[str, Any], since: int) -> list[str]:
        """What ledger, log of calls and truth do not agree on.

        Args:
            goal: the truth that must have come about.
            since: how many calls the server had answered when the last process began.
        """
        expected = Counter(
            (operation, who) for operation, whose in crash_wave.ONCE[self._step.name].items() for who in whose
        )
        calls = [call for call in self._rehearsal.calls() if call.changing]
        with orgtools.Ledger(self._run / "ledger.sqlite", self._rehearsal.now) as ledger:
            wrong = [*ledger.verify(), *(f"{who} is not settled" for who in ledger.unsettled(self._step.name))]
            events = list(ledger.events(step=self._step.name))
        told = {event.data.get("request_id") for event in events}
        # A call of the dead process that AWS took only after the last one had looked: nobody could know of it.
        late = {_made(call) for call in calls if call.number > since > 0 and call.request_id not in told}
        made = Counter(map(_made, calls))
        effective = Counter(_made(call) for call in calls if call.code is None)
        intended = _count(events, lambda event: event.kind is Kind.INTENDED)
        claimed = _count(events, lambda event: event.took_effect)
        closed = _count(events, lambda event: event.kind is Kind.SETTLED or bool(event.data.get("answered")))
        confirmed = {event.account_id for event in events if event.kind is Kind.CONFIRMED}
        wrong += _compare("took effect", effective, expected)
        wrong += _compare("was asked for", made, expected, late)
        wrong += _compare("took effect, as the ledger tells,", claimed, expected, late)
        wrong += _compare("came to an end, as the ledger tells,", closed, intended)
        wrong += [f"{what} was called without an intention" for what in made - intended]
        wrong += [f"{who} was not confirmed" for who in {who for _, who in expected} - confirmed]
        return wrong + _other(goal, _truth(self._rehearsal.world()))


def _compare(
    words: str, found: Counter[tuple[str, str]], expected: Counter[tuple[str, str]], excused: Iterable[object] = ()
) -> list[str]:
    return [
        f"{' '.join(what)} {words} {found[what]} times instead of {expected[what]}"
        for what in sorted(found.keys() | expected.keys())
        if found[what] != expected[what] and what not in excused
    ]


def _count(events: Collection[Event], chosen: Callable[[Event], bool]) -> Counter[tuple[str, str]]:
    """How often, by operation and account; a settling event names its intention, and that the operation."""
    operations = {event.number: event.data.get("operation", "") for event in events}
    return Counter(
        (operations[event.number] or operations[event.data["intention"]], event.account_id)
        for event in events
        if chosen(event)
    )


def _made(call: Call) -> tuple[str, str]:
    return call.operation, call.account or call.caller_account or ""


def _truth(world: Mapping[str, Any]) -> dict[str, Any]:
    """What must be the same in the end, whoever died: no times, no ids of new handshakes."""
    accounts = {
        account_id: {name: value for name, value in held.items() if name != "joined_at"}
        for account_id, held in world["accounts"].items()
    }
    sent = Counter(f"{h['organization']} {h['account']} {h['state']}" for h in world["handshakes"].values())
    return {**accounts, "handshakes": dict(sent)}


def _other(goal: Mapping[str, Any], truth: Mapping[str, Any]) -> list[str]:
    return [f"{name} is {truth.get(name)}, not {goal.get(name)}" for name in goal if truth.get(name) != goal[name]]


def _main(name: str, workers: int) -> Tally:
    boto3.Session = functools.cache(boto3.Session)  # type: ignore[misc,assignment] # what it has read, children inherit
    for variable in [variable for variable in os.environ if variable.startswith("AWS_")]:
        del os.environ[variable]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with Rehearsal.start(folder / "rehearsal") as rehearsal:
            os.environ.update(rehearsal.environment())
            matrix = _Matrix(folder, rehearsal, WAY[name], workers)
            points, more = matrix.points(side_by_side=workers > 1), 0
            losses = [loss for place in points for loss in matrix.killed(place)]
            if workers == 1:
                more, lost = matrix.killed_again_and_again()
                losses += lost
    used = os.times()
    seconds = sum(used[:4])
    return Tally(name, workers, len(points) + more, tuple(losses), seconds)


if __name__ == "__main__":
    tally = _main(sys.argv[1], int(sys.argv[2]))
    sys.stdout.write(json.dumps(asdict(tally)))
