"""The crash matrix: a step of a wave is killed at every ledger and call boundary, and resumed by a new process.

`crash_tally.run` starts this module as a program of its own, once for all waves. It stays single-threaded, so that it
may fork a warm process for each point: one child performs the step and kills itself there, a second one opens the run
as a new notebook does and goes on. Then the ledger, the server's log of calls and the truth of both organizations must
agree.

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
import sys
import tempfile
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import orgtools
from orgtools import steps
from orgtools.aws.calls.rate_limits import Pacer
from orgtools.ledger import Kind
from orgtools.migration.memory import Memory
from orgtools.rehearsal import Rehearsal
from tests import rehearsed
from tests.steps import crash_wave, own
from tests.steps.crash_tally import Tally
from tests.steps.crashing import AGAIN, Places, apart
from tests.worlds import become

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from orgtools.ledger import Event
    from orgtools.rehearsal import LoggedCall
    from tests.steps.crash_wave import Wave

_WITHIN: Final = 8
_LOOKS: Final = 12
"""So often a step is gone on with while AWS works, one account after the other."""
_SIDE_BY_SIDE: Final = 12
_REST: Final = timedelta(minutes=11)
_OF_A_SIDE: Final = ("landing_zone", "assignments", "cost_tags")


class _Matrix:
    """One step of one wave, from the same beginning again and again."""

    def __init__(self, folder: Path, rehearsal: Rehearsal, wave: Wave, workers: int) -> None:
        """Bring the wave to where the step begins, and look at it as the notebook does that will be killed."""
        self._rehearsal = rehearsal
        self._wave, self._step = wave, wave.step
        self._names = [step.name for step in wave.step.parts or (wave.step,)]
        self._run, self._begun = folder / "run", folder / "begun"
        self._run.mkdir(parents=True)
        profiles = (
            rehearsed.PROFILES[rehearsed.PROFILES.index("[destination]") :] if wave.theirs else rehearsed.PROFILES
        )
        settings = f"{profiles}{rehearsed.FAST}{wave.settings}[engine]\nworkers = {workers}\n"
        if "identity-center" in settings:
            login = {"profile": "people", "permission_set": "Accept", "cache": str(rehearsal.folder / "sso-cache")}
            settings += "".join(
                ("[access.identity_center]\n", *(f"{name} = '{held}'\n" for name, held in login.items()))
            )
        (self._run / "migration.toml").write_text(settings, encoding="utf-8")
        (self._run / "accounts.csv").write_text(wave.accounts_csv(), encoding="utf-8")
        rehearsal.reset(wave.document())
        wave.furnish(rehearsal)
        apart(self._come_here)
        wave.meanwhile(rehearsal)
        self._document = become(wave.document(), rehearsal.world())
        self._make_world()
        self._notebook = self._open()
        shutil.copytree(self._run, self._begun)
        self._goal = self._undisturbed()

    def _come_here(self) -> None:
        with orgtools.open(self._run) as migration:
            self._wave.begin(migration)
            for earlier in self._wave.earlier:
                rehearsed.confirmed(rehearsed.do(migration, earlier))

    def _make_world(self) -> None:
        self._rehearsal.reset(self._document)
        self._wave.furnish(self._rehearsal)
        self._made = len(self._rehearsal.calls())

    def _open(self) -> tuple[orgtools.Migration, steps.Preview, steps.Approval]:
        """Opened, previewed, approved: each process to be killed inherits it, without open files and connections."""
        migration = orgtools.open(self._run)
        shown = steps.preview(migration, self._step)
        migration.close()
        for side in (migration.source, migration.destination)[not migration.source.seen :]:
            for client in side.access._clients.values():
                client.close()
            side.access._keys.clear()  # sessions in member accounts; the world that gave them is made anew
        return migration, shown, steps.approve(shown, shown.phrase)

    def _perform(self, places: Places) -> list[str]:
        """The moves of the notebook that was opened before; ends at the deadly place."""
        places.watch()
        migration, shown, approval = self._notebook
        migration.ledger = orgtools.Ledger(self._run / "ledger.sqlite", migration.clock.now)
        migration._memory = Memory(migration.ledger)
        # Its pacer's file is closed, and the server asks for no rate; whoever resumes has a pacer.
        Pacer.wait = lambda *_, **__: 0.0  # type: ignore[method-assign]
        result = steps.apply(migration, shown, approval, watch=self._pass)
        if self._wave.minutes:
            self._go_on(migration)
        else:
            rehearsed.confirmed(result)
        return places.seen

    def _resume(self, places: Places | None = None) -> list[str]:
        """What a new notebook does; returns a sentence for each account that is not done then."""
        if places:
            places.watch()
        with orgtools.open(self._run) as migration:
            result = self._go_on(migration)
        after = result.after or result.before
        return [
            *(
                f"{outcome.account_id} is {outcome.status}"
                for outcome in result.outcomes
                if outcome.status != "confirmed"
            ),
            *(f"{d.account_id} is not done: {d.why}" for d in after.decisions if not isinstance(d, steps.Done)),
        ]

    def _go_on(self, migration: orgtools.Migration) -> steps.Result:
        """Do the step; where AWS works on what a call has begun, again and again when that has ended."""
        for _ in range(_LOOKS):
            result = self._do(migration)
            shown = result.after or result.before
            if not self._wave.minutes or all(isinstance(decision, steps.Done) for decision in shown.decisions):
                break
            self._rehearsal.advance(timedelta(minutes=self._wave.minutes))
        return result

    def _do(self, migration: orgtools.Migration) -> steps.Result:
        """Do it; what is left of a whole wave that was approved once is covered by that, wherever it was killed."""
        step = self._step
        if not step.parts:
            return rehearsed.do(migration, step)
        shown = steps.preview(migration, step)
        if not shown.to_do:
            return steps.apply(migration, shown, None)
        before = any(migration.ledger.events(Kind.APPROVED, step=step.name))
        approval = steps.resume(shown) if before else steps.approve(shown, shown.phrase)
        return steps.apply(migration, shown, approval, watch=self._pass)

    def _pass(self, notice: steps.Notice) -> None:
        """Where a whole wave rests, because AWS is at work, time passes."""
        if self._step.parts and self._wave.minutes and isinstance(notice, steps.Pausing):
            self._rehearsal.advance(_REST)

    def _begin(self) -> None:
        self._make_world()
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
        return [*before, self.places[-1], *luck.sample(within, min(_WITHIN, len(within) // 3))]

    def killed(self, place: str) -> list[str]:
        """Kill the step at a place, and resume it; returns what was lost."""
        self._begin()
        if apart(lambda: self._perform(Places(place))) is not None:
            return [f"{place}: nobody came there"]
        return self._resumed(place)

    def killed_again_and_again(self) -> tuple[int, list[str]]:
        """Kill the step at each account's call, then whoever resumes while it settles that; returns deaths and losses.

        In turn the call had not left or its answer was lost, and the settling event was half written or written. In a
        whole wave the others go on where one dies: each account has such a life of its own.
        """
        places = [place.partition(AGAIN)[0] for place in self.places]  # each process comes there for the first time
        deadly: dict[str, list[str]] = {}
        calls = (place.removeprefix("before call ") for place in places if place.startswith("before call "))
        for number, call in enumerate(calls):
            account = call.rsplit(" ", 1)[-1]
            deadly.setdefault(account if self._step.parts else "", []).extend(
                (
                    f"before {'call' if number % 2 else 'outcome'} {call}",
                    f"{'after' if number // 2 % 2 else 'within'} settled {account}",
                )
            )
        return sum(map(len, deadly.values())), [loss for life in deadly.values() for loss in self._lived(life)]

    def _lived(self, deadly: Iterable[str]) -> list[str]:
        self._begin()
        for place in deadly:
            if apart(functools.partial(self._resume, Places(place))) is not None:
                return [f"{place}, after other deaths: nobody came there"]
        return self._resumed("after a death at each call")

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
            (operation, _whose(operation, who)) for operation, whom in self._wave.once.items() for who in whom
        )
        calls = [call for call in self._rehearsal.calls(self._made) if call.changing]
        with orgtools.Ledger(self._run / "ledger.sqlite", self._rehearsal.now) as ledger:
            wrong = [
                *map(str, ledger.verify()),
                *(f"{who} is not settled at {name}" for name in self._names for who in ledger.unsettled(name)),
            ]
            events = [event for event in ledger.events() if event.step in self._names]
        told = {event.data.get("request_id") for event in events}
        # A call of the dead process that AWS took only after the last one had looked: nobody could know of it.
        late = {_made(call) for call in calls if call.number > since > 0 and call.request_id not in told}
        made = Counter(map(_made, calls))
        effective = Counter(_made(call) for call in calls if call.code is None)
        intended = _count(events, lambda event: event.kind is Kind.INTENDED)
        claimed = _count(events, lambda event: event.took_effect)
        closed = _count(events, lambda event: event.kind is Kind.SETTLED or bool(event.data.get("answered")))
        confirmed = {(event.step, event.account_id) for event in events if event.kind is Kind.CONFIRMED}
        wrong += _compare("took effect", effective, expected)
        wrong += _compare("was asked for", made, expected, late)
        wrong += _compare("took effect, as the ledger tells,", claimed, expected, late)
        wrong += _compare("came to an end, as the ledger tells,", closed, intended)
        wrong += [f"{what} was called without an intention" for what in made - intended]
        due = {(event.step, event.account_id) for event in events if event.kind is Kind.INTENDED}
        wrong += [f"{who} was not confirmed at {name}" for name, who in due - confirmed]
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
        (operation, _whose(operation, event.account_id))
        for event in events
        if chosen(event)
        for operation in [operations[event.number] or operations[event.data["intention"]]]
    )


def _made(call: LoggedCall) -> tuple[str, str]:
    return call.operation, call.account or call.caller_account or ""


def _whose(operation: str, account_id: str) -> str:
    """As `_made` knows it: a call for a whole unit names nobody but who makes it."""
    return rehearsed.DESTINATION_MANAGEMENT if operation in own.nameless() else account_id


def _truth(world: Mapping[str, Any]) -> dict[str, Any]:
    """What must be the same in the end, whoever died: no times, no ids of new handshakes."""
    accounts = {
        account_id: {name: value for name, value in held.items() if name != "joined_at"}
        for account_id, held in world["accounts"].items()
    }
    sent = Counter(f"{h['organization']} {h['account']} {h['state']}" for h in world["handshakes"].values())
    sides = {
        organization_id: [*map(held.__getitem__, _OF_A_SIDE), sorted(held["units"].values())]
        for organization_id, held in world["organizations"].items()
    }
    return {**accounts, **sides, "handshakes": dict(sent)}


def _other(goal: Mapping[str, Any], truth: Mapping[str, Any]) -> list[str]:
    return [f"{name} is {truth.get(name)}, not {goal.get(name)}" for name in goal if truth.get(name) != goal[name]]


def _main() -> None:
    """Make the matrix that each line of standard input asks for, and answer with a line for each."""
    boto3.Session = functools.cache(boto3.Session)  # type: ignore[misc,assignment] # what it has read, children inherit
    for variable in [variable for variable in os.environ if variable.startswith("AWS_")]:
        del os.environ[variable]
    with tempfile.TemporaryDirectory() as scratch, Rehearsal.start(Path(scratch) / "rehearsal") as rehearsal:
        os.environ.update(rehearsal.environment())
        for number, line in enumerate(sys.stdin):
            name, workers = json.loads(line)
            print(json.dumps(asdict(_tally(Path(scratch) / str(number), rehearsal, name, workers))), flush=True)  # noqa: T201 (the answer)


def _tally(folder: Path, rehearsal: Rehearsal, name: str, workers: int) -> Tally:
    began, wave, more = _used(), crash_wave.waves()[name], 0
    with pytest.MonkeyPatch.context() as patched:
        if wave.asked:
            rehearsed.ask_singly(patched)
        matrix = _Matrix(folder, rehearsal, wave, workers)
        points = matrix.points(side_by_side=workers > 1)
        losses = [loss for place in points for loss in matrix.killed(place)]
        if workers == 1:
            more, lost = matrix.killed_again_and_again()
            losses += lost
    return Tally(name, workers, len(points) + more, tuple(losses), _used() - began)


def _used() -> float:
    """Processor time, of processes that have ended, too."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    _main()
