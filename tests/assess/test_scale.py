"""Assessing many accounts: any executor, progress, stopping and going on, and accounts that hang."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import timedelta
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools import Verdict, assess
from orgtools.assess.run import scheduler, tasks
from orgtools.aws.read.read_only import OverdueError, ReadOnlyReader
from orgtools.aws.sessions.pool import Access
from orgtools.messages import Message
from tests.rehearsed import COURTED, FAST, PLAIN, PROFILES, SUSPENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import orgtools
    from orgtools.aws.sessions.acting_as import Actor
    from orgtools.findings import Finding
    from tests.rehearsed import Run

INSIDE: Final = ("E11", "E19", "E14.role", "D7.sns", "D7.sqs")
"""Checks inside an account, global and regional, and quickly made."""
CHECKS: Final = (*INSIDE, "E1", "E5", "E7", "E16", "D5", "D14", "D7.iam", "D7.s3")
"""Of every kind: from above and inside, for accounts and organizations, free and not."""
_REGIONS: Final = ("eu-central-1", "us-east-1")
REGIONS: Final = f"[assess]\nregions = {list(_REGIONS)}\n"


@pytest.mark.parametrize("processes", [False, True], ids=["threads", "processes"])
def test_tasks_run_on_any_executor(run: Run, processes: bool) -> None:
    """They carry no live client: other processes enter by themselves and find the same."""
    migration = run.open()
    here = assess.assess(migration, PLAIN[:2], checks=CHECKS)
    pool = ProcessPoolExecutor(2, get_context("spawn")) if processes else ThreadPoolExecutor(2)
    with pool as executor:
        there = assess.assess(migration, PLAIN[:2], checks=CHECKS, executor=executor)
    assert there.findings == here.findings
    assert {f.status for f in there.findings} == {Verdict.OK, Verdict.WARN}


def test_progress_says_how_much_is_left(run: Run) -> None:
    """After each task: how many of how many, how fast, and how long the rest takes at that rate; at last nothing."""
    run.settings(PROFILES + FAST + REGIONS)
    seen: list[assess.AssessmentProgress] = []
    assess.assess(run.open(), (*PLAIN, SUSPENDED), checks=INSIDE, watch=seen.append)
    assert [step.done for step in seen] == list(range(1, seen[0].total + 1))
    assert seen[0].total == 4 * 3, "four accounts: what is global, and two regions, also where nobody can enter"
    assert all(step.rate > 0 for step in seen)
    assert [step.remaining for step in seen] == [pytest.approx((step.total - step.done) / step.rate) for step in seen]
    assert seen[-1].remaining == 0


class _Stopping:
    """Ends an assessment, as an interrupt or a dying kernel does, once some accounts are finished."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], after: int = 1) -> None:
        self.works: list[scheduler.Work] = []
        self._error, self._after = error, after
        original = scheduler.Work.__init__

        def made(new: scheduler.Work, *given: Any) -> None:
            original(new, *given)
            self.works.append(new)

        monkeypatch.setattr(scheduler.Work, "__init__", made)

    def __call__(self, _: assess.AssessmentProgress) -> None:
        """Told after each task."""
        if len(self.works[-1].finished) >= self._after:
            raise self._error


def _entered(run: Run, since: int) -> Counter[str]:
    """The accounts that were entered since a call of the log."""
    calls = run.rehearsal.calls(since=since)
    return Counter(call.account for call in calls if call.operation == "AssumeRole" and call.account)


def test_an_interruption_keeps_what_was_found_and_a_later_run_goes_on(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finished accounts are in the ledger; another kernel, asked the same, looks only at those that were left."""
    run.settings(PROFILES + FAST + "[engine]\nworkers = 1\n")
    migration = run.open()
    with monkeypatch.context() as patch:
        first = assess.assess(migration, PLAIN, checks=INSIDE, watch=_Stopping(patch, KeyboardInterrupt))
    assert first.accounts
    assert first.left
    assert {*first.left} | {a.account_id for a in first.accounts} == set(PLAIN)
    assert set(migration.assessment()) == {a.account_id for a in first.accounts}
    later, before = run.open(), len(run.rehearsal.calls())
    second = assess.assess(later, PLAIN, checks=INSIDE)
    assert _entered(run, before).keys() == set(first.left)
    assert (second.left, second.earlier) == ((), tuple(a.account_id for a in first.accounts))
    assert tuple(a.account_id for a in second.accounts) == PLAIN
    assert {f.check for account_id in PLAIN for f in second.of(account_id)} == {"E15", *INSIDE}
    assert set(second.findings) >= set(first.findings)
    before = len(run.rehearsal.calls())
    third = assess.assess(later, PLAIN, checks=INSIDE)
    assert third.earlier == (), "what has come to its end begins anew"
    assert _entered(run, before).keys() <= set(PLAIN)


def test_a_killed_kernel_loses_only_what_was_not_noted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finished accounts are noted every now and then, not only at the end."""
    run.settings(PROFILES + FAST + "[engine]\nworkers = 1\n")
    monkeypatch.setattr(scheduler, "NOTED_EVERY", 0.0)
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        assess.assess(run.open(), PLAIN, checks=INSIDE, watch=_Stopping(patch, SystemExit, after=2))
    migration = run.open()
    noted = set(migration.assessment())
    assert noted
    assert noted < set(PLAIN)
    second = assess.assess(migration, PLAIN, checks=INSIDE)
    assert set(second.earlier) == noted
    assert {f.check for account_id in PLAIN for f in second.of(account_id)} == {"E15", *INSIDE}


@pytest.mark.parametrize("why", ["other accounts", "other checks", "a day later", "afresh"])
def test_only_the_same_assessment_goes_on_and_only_soon(run: Run, monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    """Findings of other checks, of long ago, or that somebody does not trust any more, are not taken for new ones."""
    run.settings(PROFILES + FAST + "[engine]\nworkers = 1\n")
    migration = run.open()
    with monkeypatch.context() as patch:
        assert assess.assess(migration, PLAIN, checks=INSIDE, watch=_Stopping(patch, KeyboardInterrupt)).left
    if why == "a day later":
        run.rehearsal.advance(timedelta(days=1))
    found = assess.assess(
        migration,
        PLAIN[:2] if why == "other accounts" else PLAIN,
        checks=INSIDE[:2] if why == "other checks" else INSIDE,
        afresh=why == "afresh",
    )
    assert (found.earlier, found.left) == ((), ())


class _Hanging:
    """One account that does not answer before the test ends; its time is up when all the others have been looked at."""

    def __init__(self, account_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.account_id = account_id
        self.over = threading.Event()
        self._others = threading.Event()
        self._left = len(_REGIONS) + 1
        monkeypatch.setattr(tasks, "in_time", self._in_time)

    def _in_time(self, ended: threading.Event, task: tasks.Task) -> bool:
        return (self._others if task.member == self.account_id else ended).wait()

    def hang(self, account_id: str) -> None:
        """Do not come back, if it is that account, as long as the test lasts."""
        if account_id == self.account_id:
            self.over.wait()
            raise OverdueError(seconds=0)

    def watch(self, seen: assess.AssessmentProgress) -> None:
        """Told after each task."""
        if seen.done >= seen.total - self._left:
            self._others.set()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Hanging]:
    """The second of the planned accounts hangs, where a test says so."""
    made = _Hanging(PLAIN[1], monkeypatch)
    yield made
    made.over.set()


@pytest.mark.parametrize("entering", [True, False], ids=["entering", "looking"])
def test_a_hanging_account_does_not_hold_up_the_rest(
    run: Run, hanging: _Hanging, monkeypatch: pytest.MonkeyPatch, entering: bool
) -> None:
    """With two places for all: the others are looked at meanwhile, and what did not answer in time is unknown."""
    run.settings(PROFILES + FAST + REGIONS + "seconds = 123\n[engine]\nworkers = 2\n")
    if entering:
        enter = Access.actor

        def slowly(self: Access, account_id: str, role: str) -> Actor:
            hanging.hang(account_id)
            return enter(self, account_id, role)

        monkeypatch.setattr(Access, "actor", slowly)
    else:
        monkeypatch.setattr(ReadOnlyReader, "in_time", lambda self: hanging.hang(self.account_id))
    found = assess.assess(run.open(), (*PLAIN, COURTED), checks=INSIDE, watch=hanging.watch)
    assert found.left == ()
    for account_id in (PLAIN[0], PLAIN[2], COURTED):
        assert Verdict.UNKNOWN not in {f.status for f in found.of(account_id)}, account_id
    held = {f.check: f for f in found.of(hanging.account_id)}
    assert held.keys() == {"E15", *INSIDE}
    unknown = {name for name, finding in held.items() if finding.status is Verdict.UNKNOWN}
    assert unknown == {*INSIDE, *(["E15"] if entering else [])}
    said = held["E15" if entering else "E11"]
    assert said.evidence == Message("look-prevented", why=Message("looking-overdue", span=timedelta(seconds=123)))
    assert "raise [assess] seconds" in said.remedy


class _Dying(Executor):
    """A pool whose processes are killed, say because the machine has no memory left."""

    def __init__(self, lives: int) -> None:
        self._lives = lives

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The first futures break, then the pool refuses."""
        del fn, args, kwargs
        self._lives -= 1
        if self._lives < 0:
            raise BrokenProcessPool("the pool is broken")
        broken: Future[Any] = Future()
        broken.set_exception(BrokenProcessPool("a process was killed"))
        return broken


def test_what_a_dead_process_should_have_looked_at_is_unknown(run: Run) -> None:
    """Also what could not be handed to it any more; what needs no process is found all the same."""
    found = assess.assess(run.open(), PLAIN, checks=("E1", *INSIDE), executor=_Dying(1), width=1)
    assert found.left == ()
    for account_id in PLAIN:
        checks = {f.check: f for f in found.of(account_id)}
        assert checks["E1"].status is Verdict.OK
        assert {checks[name].status for name in ("E15", *INSIDE)} == {Verdict.UNKNOWN}
        assert "BrokenProcessPool" in str(checks["E15"].evidence)


def test_an_account_takes_no_more_than_its_share_of_the_places(run: Run) -> None:
    """Alone it takes them all; while four are left, two of eight; the last ones take what the others left free."""
    run.settings(PROFILES + FAST + f"[assess]\nregions = {[f'eu-west-{number}' for number in range(1, 7)]}\n")
    migration = run.open()
    assert _most_at_once(migration, PLAIN[:1]).keys() == {1}
    most = _most_at_once(migration, (*PLAIN, COURTED))
    assert most[4] <= 2
    assert most[1] > 2


def _most_at_once(migration: orgtools.Migration, accounts: tuple[str, ...]) -> Counter[int]:
    """By the number of accounts that have tasks left: the most tasks of one account that the executor had at once.

    The last account is slow: what it begins with ends when all others have come to their ends.
    """
    left = Counter(dict.fromkeys(accounts, 1 + len(migration.settings.assess.regions)))
    now, most, others = Counter[str](), Counter[int](), threading.Event()
    if len(accounts) == 1:
        others.set()

    class Counting(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            member, here = args[0].member, len(+left)
            now[member] += 1
            most[here] = max(most[here], now[member])
            scheduler = alone if member == accounts[-1] else fn
            future: Future[Any] = pool.submit(scheduler, *args, **kwargs)
            future.add_done_callback(lambda _: ended(member))
            return future

    def alone(task: tasks.Task) -> tuple[Finding, ...]:
        others.wait()
        return tasks.perform(task)

    def ended(member: str) -> None:
        now.subtract([member])
        left.subtract([member])
        if (+left).keys() == {accounts[-1]}:
            others.set()

    with ThreadPoolExecutor(8) as pool:
        assess.assess(migration, accounts, checks=INSIDE, executor=Counting())
    return most
