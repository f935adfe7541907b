"""A wave in one go, against the rehearsal: shown whole, approved once, each account on its way by itself."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from itertools import count
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from orgtools.steps import ACCEPT, INVITE, PLACE, WAVE, Answered, Outcome, Reached, Status
from tests import rehearsed
from tests.rehearsed import COURTED, DELEGATED, DESTINATION, PLAIN, STANDALONE, SUSPENDED, YOUNG, confirmed, do
from tests.said import says
from tests.steps.crash_wave import FEW, MANY, OUTSIDE, Wave
from tests.steps.dying import dying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgtools.steps import Notice
    from tests.rehearsed import Run

EIGHT: Final = MANY[:8]
ONE, TWO, THREE = PLAIN
MOVERS: Final = (*PLAIN, STANDALONE, COURTED)
PREPARE: Final = "[handover]\nprepare = true\n"
ROLE: Final = "OrganizationAccountAccessRole"
INVITED: Final = "InviteAccountToOrganization"
ALONE: Final = "[engine]\nworkers = 1\n"


def _whole(planned: tuple[str, ...], alone: tuple[str, ...]) -> Wave:
    """Every step but Control Tower's; some accounts stand alone on their way, and those bring tags."""
    once = {
        INVITED: planned,
        "UpdateAssumeRolePolicy": planned,
        "RemoveAccountFromOrganization": alone,
        "AcceptHandshake": planned,
        "MoveAccount": planned,
    }
    return Wave(WAVE, once, planned=planned, settings=PREPARE, alone=alone, tagged=alone)


WAVES: Final = {
    "wave": _whole(FEW, FEW[:1]),
    "wave of eight": _whole(EIGHT, EIGHT[::2]),
    "wave through landing zones": Wave(
        WAVE,
        dict.fromkeys(("TerminateProvisionedProduct", INVITED, "AcceptHandshake", "MoveAccount"), FEW),
        settings="",
        zones={
            0: {"registered": ["Legacy"], "products": FEW, "unenrolled": [OUTSIDE]},
            1: {"registered": ["Prod", "Test"], "auto_enroll": True},
        },
        begin=lambda migration: assess.assess(migration, checks=(*rehearsed.DECIDING, "E17")),
        minutes=21.0,
    ),
}


@pytest.fixture(autouse=True)
def clean_ledger(run: Run) -> Iterator[None]:
    """After every test: the chain holds, each call was intended under an approval, and each intention has an end."""
    yield
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []
        intended = list(ledger.events(Kind.INTENDED))
        approved = {event.data["digest"] for event in ledger.events(Kind.APPROVED)}
        assert {event.data["approval"] for event in intended} <= approved
        assert [ledger.unsettled(step.name) for step in WAVE.parts] == [{}] * len(WAVE.parts)
    assert Counter(call.operation for call in run.changing()) <= Counter(event.data["operation"] for event in intended)


def _set(run: Run, more: str = "") -> None:
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}{more}")


def _ways(run: Run) -> dict[str, list[str]]:
    """The changing calls of each account, in their order."""
    ways: dict[str, list[str]] = {}
    for call in run.changing():
        ways.setdefault(call.account or call.caller_account or "", []).append(call.operation)
    return ways


def _way(account_id: str, *, prepared: bool = False) -> list[str]:
    """The calls that an account's whole way takes."""
    return [
        INVITED,
        *(["UpdateAssumeRolePolicy"] if prepared else []),
        *(["RemoveAccountFromOrganization"] if account_id == STANDALONE else []),
        "AcceptHandshake",
        "MoveAccount",
    ]


def _approved(shown: steps.Preview) -> steps.Approval:
    return steps.approve(shown, shown.phrase)


def _statuses(result: steps.Result) -> dict[str, Status]:
    return {outcome.account_id: outcome.status for outcome in result.outcomes}


def _at(account_id: str, step: steps.Step, act: Callable[[], object]) -> Callable[[Notice], None]:
    """An observer that does something when an account has come to a step, before that looks at it."""

    def watch(notice: Notice) -> None:
        if notice == Reached(account_id, step.name):
            act()

    return watch


# The whole way.


@pytest.mark.parametrize("prepared", [False, True], ids=["as they are", "prepared"])
def test_every_account_goes_its_whole_way_under_one_approval(run: Run, *, prepared: bool) -> None:
    """Shown first, call by call and step by step; made in the same order; nobody else is touched."""
    _set(run, PREPARE if prepared else "")
    before = run.rehearsal.world()["accounts"]
    migration = run.assessed()
    shown = steps.preview(migration, WAVE)
    ways = {account_id: _way(account_id, prepared=prepared) for account_id in MOVERS}
    assert {do.account_id: [call.operation for call in do.calls] for do in shown.to_do} == ways
    (alone,) = (do for do in shown.to_do if do.account_id == STANDALONE)
    names = ("invite", *(["prepare"] if prepared else []), "leave", "accept", "place")
    assert tuple(call.step for call in alone.calls) == names
    assert run.changing() == []
    assert confirmed(steps.apply(migration, shown, _approved(shown))) == set(MOVERS)
    assert _ways(run) == ways
    after = run.rehearsal.world()["accounts"]
    planned = {account.account_id: account.ou for account in migration.plan.accounts}
    for account_id in MOVERS:
        assert after[account_id]["organization"] == DESTINATION
        assert after[account_id]["unit"] == planned[account_id].strip("/")
    untouched = before.keys() - set(MOVERS)
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    (approval,) = migration.ledger.events(Kind.APPROVED)
    assert {event.data["approval"] for event in migration.ledger.events(Kind.INTENDED)} == {approval.data["digest"]}
    assert {(event.step, event.account_id) for event in migration.ledger.events(Kind.CONFIRMED)} == {
        (call.step, do.account_id) for do in shown.to_do for call in do.calls
    }
    assert not steps.preview(migration, WAVE, MOVERS).to_do


def test_who_may_not_go_is_not_begun_and_holds_up_nobody(run: Run) -> None:
    """Blocked at the first step, or at a later one: nothing of its way is done, and it is told why."""
    _set(run, PREPARE)
    migration = run.assessed()
    run.rehearsal.intervene("trust", account=TWO, role=ROLE, trusts=[])
    shown = steps.preview(migration, WAVE)
    held = shown.by_account[TWO]
    assert isinstance(held, steps.Blocked)
    assert says(held.why, "wave-held", step="prepare")
    assert held.next_step
    goers = set(MOVERS) - {TWO}
    assert {do.account_id for do in shown.to_do} == goers
    assert confirmed(steps.apply(migration, shown, _approved(shown))) == goers
    assert _ways(run).keys() == goers
    for account_id in (TWO, DELEGATED, YOUNG, SUSPENDED):
        assert run.account(account_id)["organization"] == rehearsed.SOURCE


def test_a_dry_run_changes_nothing_and_its_digest_approves(run: Run) -> None:
    """As of every step."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE)
    assert steps.apply(migration, shown, None).is_dry_run
    assert run.changing() == []
    again = steps.preview(migration, WAVE)
    confirmed(steps.apply(migration, again, steps.approve_digest(again, shown.digest)))


def test_the_approval_binds_the_calls_of_the_later_steps(run: Run) -> None:
    """What prepare would write, and where to somebody has planned to place."""
    _set(run, PREPARE)
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE])
    run.rehearsal.intervene("trust", account=ONE, role=ROLE, document=_edited(run, ONE))
    edited = steps.preview(migration, WAVE, [ONE])
    assert edited.digest != shown.digest
    with pytest.raises(orgtools.ApprovalError):
        steps.apply(migration, shown, _approved(shown))
    run.accounts(rehearsed.ACCOUNTS.replace(f"{ONE},Workloads/Prod", f"{ONE},Research/Prod"))
    planned = steps.preview(migration, WAVE, [ONE])
    assert planned.digest != edited.digest
    assert planned.to_do[0].calls[-1] != edited.to_do[0].calls[-1]
    with pytest.raises(orgtools.ApprovalError):
        steps.apply(migration, edited, _approved(edited))
    assert run.changing() == []


def test_one_account_is_in_while_another_is_not_invited_yet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a wave is longer than a batch: the last invitation here waits until somebody has come to be placed."""
    monkeypatch.setattr("orgtools.steps.wave.lanes._FIRST_BATCH", 1)
    monkeypatch.setattr("orgtools.steps.wave.lanes._LARGEST_BATCH", 1)
    migration, somebody_is_in = run.assessed(), threading.Event()

    def last_look(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
        assert account_id != COURTED or somebody_is_in.wait(20), "nobody came in while one was not invited"
        INVITE.precheck(holder, account_id, call)

    parts = tuple(replace(step, precheck=last_look) if step is INVITE else step for step in WAVE.parts)
    shown = steps.preview(migration, replace(WAVE, parts=parts))

    def watch(notice: Notice) -> None:
        if isinstance(notice, Reached) and notice.step == PLACE.name:
            somebody_is_in.set()

    assert confirmed(steps.apply(migration, shown, _approved(shown), watch=watch)) == set(MOVERS)
    made = [(call.operation, call.account) for call in run.changing()]
    assert "AcceptHandshake" in [operation for operation, _ in made[: made.index((INVITED, COURTED))]]


def test_whoever_looks_on_hears_of_every_step_and_of_the_end_once(run: Run) -> None:
    """From the calling thread, in the order of each way."""
    heard: list[tuple[Notice, int]] = []
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, STANDALONE])
    steps.apply(migration, shown, _approved(shown), watch=lambda notice: heard.append((notice, threading.get_ident())))
    assert {thread for _, thread in heard} == {threading.get_ident()}
    reached = [notice.step for notice, _ in heard if isinstance(notice, Reached) and notice.account_id == STANDALONE]
    assert reached == ["invite", "leave", "accept", "place"]
    ended = [notice.account_id for notice, _ in heard if isinstance(notice, Outcome)]
    assert sorted(ended) == [ONE, STANDALONE]


# What differs from what was approved.


def _edited(run: Run, account_id: str) -> dict[str, Any]:
    """The trust policy of its role, with a statement more."""
    trust: dict[str, Any] = run.account(account_id)["roles"][ROLE]
    service = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {**trust, "Statement": [*trust["Statement"], service]}


def _somebody_edits(run: Run) -> None:
    run.rehearsal.intervene("trust", account=ONE, role=ROLE, document=_edited(run, ONE))


def _somebody_cancels(run: Run) -> None:
    (handshake,) = run.handshakes(ONE)
    run.rehearsal.intervene("cancel", handshake=handshake)


def _somebody_moves(run: Run) -> None:
    run.rehearsal.intervene("move", account=ONE, unit="Research/Prod")


@pytest.mark.parametrize(
    ("act", "step", "status", "code"),
    [
        (_somebody_edits, steps.PREPARE, Status.CHANGED, "wave-differs"),
        (_somebody_cancels, ACCEPT, Status.STOPPED, "wave-left-at"),
        (_somebody_moves, PLACE, Status.CHANGED, "wave-differs"),
    ],
    ids=["trust policy edited", "invitation cancelled", "account moved"],
)
def test_what_was_not_approved_ends_the_way_of_that_account_alone(
    run: Run, act: Callable[[Run], None], step: steps.Step, status: Status, code: str
) -> None:
    """Told in a sentence with what to do; no call of it is made any more, and the others arrive."""
    _set(run, PREPARE)
    migration = run.assessed()
    shown = steps.preview(migration, WAVE)
    result = steps.apply(migration, shown, _approved(shown), watch=_at(ONE, step, lambda: act(run)))
    assert _statuses(result) == dict.fromkeys(MOVERS, Status.CONFIRMED) | {ONE: status}
    (outcome,) = (outcome for outcome in result.outcomes if outcome.account_id == ONE)
    assert says(outcome.why, code, step=step.name)
    assert outcome.next_step
    (done,) = (do for do in shown.to_do if do.account_id == ONE)
    before = [call.step for call in done.calls].index(step.name)
    assert _ways(run)[ONE] == [call.operation for call in done.calls[:before]]
    assert not result.stopped


def test_consent_to_an_invitation_is_no_consent_to_a_second_one(run: Run) -> None:
    """Somebody cancelled the first: what begins anew is approved anew, and then goes."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE, TWO])
    steps.apply(migration, shown, _approved(shown), watch=_at(ONE, ACCEPT, lambda: _somebody_cancels(run)))
    again = steps.preview(migration, WAVE, [ONE, TWO])
    assert [do.account_id for do in again.to_do] == [ONE]
    _is_no_resuming(again, shown.digest)
    confirmed(steps.apply(migration, again, _approved(again)))
    assert Counter(_ways(run)[ONE]) == {INVITED: 2, "AcceptHandshake": 1, "MoveAccount": 1}


def test_whose_owner_accepts_is_invited_and_placed_when_the_owner_has(run: Run) -> None:
    """The wave does not wait for people; it goes on from there under the same approval."""
    _set(run, f"[access.accounts]\n{ONE} = 'owner'\n")
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, PLAIN)
    result = steps.apply(migration, shown, _approved(shown))
    assert _statuses(result) == {ONE: Status.UNCONFIRMED, TWO: Status.CONFIRMED, THREE: Status.CONFIRMED}
    assert says(result.outcomes[0].why, "accept-by-owner")
    assert "owners/" in str(result.outcomes[0].why)
    assert result.outcomes[0].next_step
    assert _ways(run)[ONE] == [INVITED]
    assert not steps.preview(migration, WAVE, PLAIN).to_do
    (handshake,) = run.handshakes(ONE)
    run.rehearsal.intervene("accept", handshake=handshake)
    again = steps.preview(migration, WAVE, PLAIN)
    confirmed(steps.apply(migration, again, steps.approve_digest(again, shown.digest)))
    assert _ways(run)[ONE] == [INVITED, "MoveAccount"]


# What stops the whole wave.


def test_refusals_of_one_kind_stop_the_wave_whichever_steps_they_come_at(run: Run) -> None:
    """One at inviting, one at accepting: the breaker is that of the approval."""
    _set(run, "[engine]\nworkers = 1\nbreaker = 2\n")
    migration = run.assessed()
    run.rehearsal.script(
        *(Fault(name, "refuse", calls=[1], code="AccessDeniedException") for name in (INVITED, "AcceptHandshake"))
    )
    shown = steps.preview(migration, WAVE, PLAIN)
    result = steps.apply(migration, shown, _approved(shown))
    assert result.stopped is not None
    assert says(result.stopped, "stopped-by-refusals", count=2)
    assert Counter(_statuses(result).values()) == {Status.REFUSED: 2, Status.STOPPED: 1}
    assert all(outcome.next_step for outcome in result.outcomes)
    assert Counter(call.operation for call in run.changing()) == {INVITED: 3, "AcceptHandshake": 1}
    (stopped,) = migration.ledger.events(Kind.STOPPED)
    assert Message.from_json(stopped.data["why"]) == result.stopped
    again = steps.preview(migration, WAVE, PLAIN)
    confirmed(steps.apply(migration, again, steps.resume(again)))


def _interrupted(run: Run, migration: orgtools.Migration) -> steps.Preview:
    """Somebody presses the stop button, twice, when the first acceptance has been answered; what had been approved."""
    shown = steps.preview(migration, WAVE)
    pressed = count()

    def watch(notice: Notice) -> None:
        accepted = "AcceptHandshake" in [call.operation for call in run.changing()]
        if isinstance(notice, Answered) and accepted and next(pressed) < 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        steps.apply(migration, shown, _approved(shown), watch=watch)
    return shown


def _is_no_resuming(shown: steps.Preview, digest: str) -> None:
    assert shown.approved is None
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.approve_digest(shown, digest)
    assert says(refusal.value.message, "approval-digest-wrong")
    with pytest.raises(orgtools.ApprovalError) as refusal:
        steps.resume(shown)
    assert says(refusal.value.message, "approval-not-before")


@pytest.mark.timeout(60)
def test_an_interrupt_that_comes_when_a_batch_has_just_ended_does_not_hang_the_wave(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the batch told is lost with the interrupt, and so is every press while the others end; the wave stops."""
    pressed = count()

    class Pressed(SimpleQueue[Any]):
        def get(self, block: bool = True, timeout: float | None = None) -> Any:
            told = super().get(block, timeout)
            if isinstance(told, Future) and next(pressed) == 0:
                raise KeyboardInterrupt
            return told

    class Pool(ThreadPoolExecutor):
        def shutdown(self, *given: Any, **named: Any) -> None:
            if next(pressed) < 4:
                raise KeyboardInterrupt
            super().shutdown(*given, **named)

    with run.assessed() as migration, monkeypatch.context() as pressing:
        pressing.setattr("orgtools.steps.wave.lanes.SimpleQueue", Pressed)
        pressing.setattr("orgtools.steps.wave.lanes.ThreadPoolExecutor", Pool)
        shown = steps.preview(migration, WAVE, PLAIN)
        with pytest.raises(KeyboardInterrupt):
            steps.apply(migration, shown, _approved(shown))
    with run.open() as migration:
        again = steps.preview(migration, WAVE, PLAIN)
        confirmed(steps.apply(migration, again, steps.resume(again)))
    assert Counter(call.operation for call in run.changing())[INVITED] == len(PLAIN)


@pytest.mark.parametrize("by", ["digest", "resume"])
def test_an_interrupted_wave_goes_on_under_the_same_approval(run: Run, by: str) -> None:
    """Calls in flight have ended and nothing new has begun; a new kernel does the rest, each call once."""
    _set(run, PREPARE + ALONE)
    with run.assessed() as migration:
        shown = _interrupted(run, migration)
        made = len(run.changing())
        assert made < sum(len(do.calls) for do in shown.to_do)
        assert [migration.ledger.unsettled(step.name) for step in WAVE.parts] == [{}] * len(WAVE.parts)
        (stopped,) = migration.ledger.events(Kind.STOPPED)
        assert says(Message.from_json(stopped.data["why"]), "stopped-by-operator")
        *_, last = migration.ledger.events(Kind.INTENDED, Kind.STOPPED)
        assert last.kind is Kind.STOPPED or last.number - stopped.number < len(WAVE.parts), "something new began"
    again = steps.preview(run.open(), WAVE)
    assert again.approved is not None
    approval = steps.approve_digest(again, shown.digest) if by == "digest" else steps.resume(again)
    migration = run.open()
    result = steps.apply(migration, again, approval)
    confirmed(result)
    assert _ways(run) == {account_id: _way(account_id, prepared=True) for account_id in MOVERS}
    assert not steps.preview(migration, WAVE, MOVERS).to_do


def test_the_old_approval_covers_no_other_calls_no_other_plan_and_not_for_ever(run: Run) -> None:
    """Somebody moves one that has come in; another wave in accounts.csv, though the calls are the same; a week."""
    _set(run, ALONE)
    migration = run.assessed()
    shown = _interrupted(run, migration)
    assert run.account(ONE)["organization"] == DESTINATION
    left = steps.preview(migration, WAVE, PLAIN)
    assert left.approved
    run.accounts(rehearsed.ACCOUNTS.replace(f"{ONE},Workloads/Prod,1", f"{ONE},Workloads/Prod,3"))
    planned = steps.preview(migration, WAVE, PLAIN)
    assert planned.to_do == left.to_do
    _is_no_resuming(planned, shown.digest)
    run.accounts(rehearsed.ACCOUNTS)
    _somebody_moves(run)
    moved = steps.preview(migration, WAVE, PLAIN)
    assert [call.operation for do in moved.to_do for call in do.calls] == [
        call.operation for do in left.to_do for call in do.calls
    ]
    _is_no_resuming(moved, shown.digest)
    run.rehearsal.intervene("move", account=ONE, unit="/")
    run.rehearsal.advance(timedelta(days=6, hours=23))
    assert steps.preview(migration, WAVE, PLAIN).approved
    run.rehearsal.advance(timedelta(hours=2))
    _is_no_resuming(steps.preview(migration, WAVE, PLAIN), shown.digest)


def test_a_wave_goes_on_again_and_again_by_the_digest_that_was_approved_for_a_week(run: Run) -> None:
    """A script has one digest; each time that it goes on, less is left. Going on makes no approval last longer."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, PLAIN)
    approval = _approved(shown)
    for step in (ACCEPT, PLACE):
        with pytest.raises(KeyboardInterrupt):
            steps.apply(migration, shown, approval, watch=_at(ONE, step, _press))
        run.rehearsal.advance(timedelta(days=3))
        shown, before = steps.preview(migration, WAVE, PLAIN), shown
        approval = steps.approve_digest(shown, before.digest)
    (digest, *_), *later = [
        (event.data["digest"], event.data["typed"]) for event in migration.ledger.events(Kind.APPROVED)
    ]
    assert [typed for _, typed in later] == [digest]
    assert steps.approve_digest(shown, digest).typed == digest
    run.rehearsal.advance(timedelta(days=1, hours=1))
    _is_no_resuming(steps.preview(migration, WAVE, PLAIN), digest)


def test_an_approval_covers_nobody_who_was_not_in_it(run: Run) -> None:
    """One of the accounts is left, and another that nobody has approved."""
    migration = run.assessed()
    shown = steps.preview(migration, WAVE, [ONE])
    with pytest.raises(KeyboardInterrupt):
        steps.apply(migration, shown, _approved(shown), watch=_at(ONE, ACCEPT, _press))
    assert steps.preview(migration, WAVE, [ONE]).approved
    _is_no_resuming(steps.preview(migration, WAVE, [ONE, TWO]), shown.digest)


def _press() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("before", [True, False], ids=["before the call", "after the call"])
@pytest.mark.parametrize("operation", [INVITED, "AcceptHandshake"])
def test_a_wave_whose_process_died_at_a_call_goes_on_under_the_same_approval(
    run: Run, operation: str, *, before: bool
) -> None:
    """What came of the call is read from AWS, also where the account is past that step; each call takes effect once."""
    with run.assessed() as migration:
        shown = steps.preview(migration, WAVE)
        with dying(before=before, operation=operation):
            steps.apply(migration, shown, _approved(shown))
    with run.open() as migration:
        again = steps.preview(migration, WAVE)
        confirmed(steps.apply(migration, again, steps.approve_digest(again, shown.digest)))
        told = {(event.step, event.account_id) for event in migration.ledger.events(Kind.CONFIRMED)}
    assert told == {(call.step, do.account_id) for do in shown.to_do for call in do.calls}
    assert _ways(run) == {account_id: _way(account_id) for account_id in MOVERS}


# Two notebooks.


def test_while_a_wave_runs_none_of_its_steps_is_performed_elsewhere_and_the_other_way_round(run: Run) -> None:
    """Else two would look at the same time, and both call."""
    first, second = run.assessed(), run.open()
    refused: list[Message] = []
    other = steps.preview(second, INVITE, [TWO])
    wave = steps.preview(first, WAVE, [ONE])

    def elsewhere(migration: orgtools.Migration, shown: steps.Preview) -> None:
        with pytest.raises(orgtools.OrgtoolsError) as refusal:
            steps.apply(migration, shown, _approved(shown))
        refused.append(refusal.value.message)

    steps.apply(first, wave, _approved(wave), watch=_at(ONE, ACCEPT, lambda: elsewhere(second, other)))
    assert refused == [Message("step-is-performed", step="invite")]
    assert TWO not in _ways(run)
    rest = steps.preview(first, WAVE, [THREE])
    steps.apply(
        second,
        other,
        _approved(other),
        watch=lambda notice: elsewhere(first, rest) if isinstance(notice, Answered) else None,
    )
    assert refused[1:] == [Message("step-is-performed", step="invite")]
    assert THREE not in _ways(run)
    confirmed(do(first, WAVE, (TWO, THREE)))
