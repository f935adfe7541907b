"""A wave through Control Tower on both sides: one approval, and never more at once than AWS takes.

The rehearsal's clock moves only when the wave says that it rests: how busy this machine is changes nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools import assess, steps
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from orgtools.steps import WAVE, Pausing, Status
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, RESIDENT, SOURCE, confirmed
from tests.said import says
from tests.steps.dying import dying
from tests.steps.shared.test_control_tower import CHECKS, ONE, REGISTERED, THREE, TWO, _recorder, begin, zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgtools.snapshot import Snapshot
    from orgtools.steps import Notice
    from tests.rehearsed import Run

AT_WORK: Final = timedelta(minutes=20)
"""So long the rehearsal's Control Tower works on what a call has begun."""
MOMENT: Final = timedelta(minutes=7)
TERMINATE, MOVE, PROVISION = "TerminateProvisionedProduct", "MoveAccount", "ProvisionProduct"
SEVEN: Final = tuple(f"3000000000{number}" for number in range(11, 18))


@pytest.fixture(autouse=True)
def _still(run: Run) -> None:
    run.rehearsal.set_speed(rehearsed.STILL)


@pytest.fixture(autouse=True)
def clean_ledger(run: Run) -> Iterator[None]:
    """After every test: the chain holds, and it is known of every call what came of it."""
    yield
    with orgtools.Ledger(run.folder / "ledger.sqlite", run.rehearsal.now) as ledger:
        assert ledger.verify() == []
        assert [ledger.unsettled(step.name) for step in WAVE.parts] == [{}] * len(WAVE.parts)


class Looking:
    """Whoever watches a wave: time passes where it rests, and at every notice it is seen what is under way."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.most: Counter[str] = Counter()
        self.pauses: list[Pausing] = []

    def __call__(self, notice: Notice) -> None:
        """At most so much was under way, by organization."""
        for organization in (SOURCE, DESTINATION):
            zone_now = zone(self._run, organization)
            self.most[organization] = max(self.most[organization], zone_now["under_way"] if zone_now else 0)
        if isinstance(notice, Pausing):
            self.pauses.append(notice)
            self._run.rehearsal.advance(MOMENT)


def _closest(run: Run, operation: str, many: int = 1) -> timedelta:
    """The shortest time between a call that AWS took and that many before it."""
    at = [call.at for call in run.changing() if call.operation == operation and call.code is None]
    return min(later - earlier for earlier, later in zip(at, at[many:], strict=False))


def _on_both_sides(run: Run) -> None:
    begin(
        run,
        source={"registered": ["Legacy"], "products": list(PLAIN)},
        destination={"registered": REGISTERED, "auto_enroll": True},
    )
    run.accounts("account_id,ou\n" + "".join(f"{account_id},Workloads/Prod\n" for account_id in PLAIN))


def _assessed(run: Run) -> orgtools.Migration:
    migration = run.open()
    assess.assess(migration, checks=CHECKS)
    return migration


def _went_one_by_one(run: Run) -> None:
    """Each call took effect once, and one un-enrolment and one move followed another that AWS had ended."""
    effective = Counter(call.operation for call in run.changing() if call.code is None and call.status == 200)
    one_each = (TERMINATE, "InviteAccountToOrganization", "AcceptHandshake", MOVE)
    assert effective == dict.fromkeys(one_each, len(PLAIN))
    assert not [call for call in run.changing() if call.code], "AWS had to refuse"
    assert _closest(run, TERMINATE) >= AT_WORK
    assert _closest(run, MOVE) >= AT_WORK
    assert set(zone(run)["enrolled"]) - {RESIDENT} == set(PLAIN)
    assert set(zone(run)["enrolled"].values()) == {"SUCCEEDED"}
    assert zone(run, SOURCE)["products"] == {}


def test_one_approval_takes_a_unit_through_both_landing_zones_one_account_at_a_time(run: Run) -> None:
    """Un-enrolled one by one; moved one by one, the next when the one before is enrolled; all shown beforehand."""
    _on_both_sides(run)
    migration, looking = _assessed(run), Looking(run)
    shown = steps.preview(migration, WAVE)
    assert [[call.step for call in do.calls] for do in shown.to_do] == [["unenroll", "invite", "accept", "place"]] * 3
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=looking)
    assert confirmed(result) == set(PLAIN)
    _went_one_by_one(run)
    assert looking.most == {SOURCE: 1, DESTINATION: 1}
    enrolled = [event.account_id for event in migration.ledger.events(Kind.CONFIRMED, step="unenroll")]
    assert enrolled == list(PLAIN)
    told = {account_id for pause in looking.pauses for account_id in pause.working}
    assert told == set(PLAIN), "whoever looks on is told what AWS is at work on"
    assert looking.pauses[0].left is None
    guesses = [pause.left for pause in looking.pauses if pause.left]
    assert AT_WORK / 2 <= max(guesses) <= 3 * len(PLAIN) * AT_WORK


@pytest.mark.parametrize("before", [True, False], ids=["before the call", "after the call"])
@pytest.mark.parametrize("operation", [TERMINATE, MOVE])
def test_killed_in_the_middle_it_goes_on_one_by_one_under_the_same_approval(
    run: Run, operation: str, *, before: bool
) -> None:
    """At the second un-enrolment, or the second move: nothing is begun twice, and nothing too early."""
    _on_both_sides(run)
    with _assessed(run) as migration:
        shown = steps.preview(migration, WAVE)
        with dying(2, before=before, operation=operation):
            steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=Looking(run))
    assert Counter(call.operation for call in run.changing())[operation] == (1 if before else 2)
    with run.open() as migration:
        again, looking = steps.preview(migration, WAVE), Looking(run)
        confirmed(steps.apply(migration, again, steps.approve_digest(again, shown.digest), watch=looking))
        assert max(looking.most.values()) == 1
        assert not steps.preview(migration, WAVE).to_do
    _went_one_by_one(run)


def test_at_most_five_accounts_are_enrolled_at_once(run: Run) -> None:
    """Seven come by Account Factory under one approval, and AWS has to refuse none."""
    tables: dict[str, Any] = rehearsed.scenario()
    old, new, _ = tables["organizations"]
    roles = [
        {"name": "OrganizationAccountAccessRole", "trusts": [rehearsed.SOURCE_MANAGEMENT]},
        {"name": "AWSControlTowerExecution", "trusts": [rehearsed.DESTINATION_MANAGEMENT]},
    ]
    old["accounts"] = [
        {"id": who, "name": f"seven-{who}", "email": f"{who}@example.com", "unit": "Legacy", "roles": roles}
        for who in SEVEN
    ]
    new["landing_zone"] = {"registered": REGISTERED, "unenrolled": [RESIDENT]}
    tables["invitations"] = []
    run.rehearsal.reset(tables)
    run.accounts("account_id,ou\n" + "".join(f"{account_id},Workloads/Prod\n" for account_id in SEVEN))
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\naccount_factory = ["/Workloads/Prod"]\n')
    migration, looking = _assessed(run), Looking(run)
    shown = steps.preview(migration, WAVE)
    assert {do.calls[-1].operation for do in shown.to_do} == {PROVISION}
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=looking)
    assert confirmed(result) == set(SEVEN)
    assert Counter(call.operation for call in run.changing())[PROVISION] == len(SEVEN)
    assert not [call for call in run.changing() if call.code], "AWS had to refuse"
    assert _closest(run, PROVISION, many=5) >= AT_WORK
    assert looking.most[DESTINATION] == 5
    assert set(SEVEN) <= zone(run)["enrolled"].keys()


def test_the_next_is_moved_when_the_one_before_is_enrolled_however_late_aws_shows_it_at_work(run: Run) -> None:
    """The wave remembers whom it has moved into a unit; here nothing that AWS shows holds the next one back."""
    begin(run, destination={"registered": REGISTERED, "auto_enroll": True})
    run.accounts("account_id,ou\n" + "".join(f"{account_id},Workloads/Prod\n" for account_id in PLAIN))

    def first(decisions: Sequence[steps.Decision], _: Snapshot) -> Sequence[steps.Decision]:
        going = [decision for decision in decisions if isinstance(decision, steps.Do)][1:]
        return [
            steps.Wait(decision.account_id, Message("place-one-at-a-time")) if decision in going else decision
            for decision in decisions
        ]

    parts = tuple(replace(step, apply_limits=first) if step is steps.PLACE else step for step in WAVE.parts)
    migration = _assessed(run)
    shown = steps.preview(migration, replace(WAVE, parts=parts))
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=Looking(run))
    assert confirmed(result) == set(PLAIN)
    assert _closest(run, MOVE) >= AT_WORK
    assert set(PLAIN) <= zone(run)["enrolled"].keys()


def test_what_aws_does_not_end_is_left_after_hours_and_gone_on_with_later(run: Run) -> None:
    """The others have arrived by then; under the same approval."""
    begin(run, source={"registered": ["Legacy"], "products": [ONE], "unenrolled": [TWO, THREE], "minutes": 2000.0})
    migration = _assessed(run)

    def watch(notice: Notice) -> None:
        if isinstance(notice, Pausing):
            run.rehearsal.advance(timedelta(hours=5))

    shown = steps.preview(migration, WAVE)
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=watch)
    first, *others = result.outcomes
    assert (first.account_id, first.status) == (ONE, Status.UNCONFIRMED)
    assert says(first.why, "wave-patience")
    assert first.next_step
    assert {outcome.status for outcome in others} == {Status.CONFIRMED}
    run.rehearsal.advance(timedelta(minutes=2000))
    again = steps.preview(migration, WAVE)
    confirmed(steps.apply(migration, again, steps.resume(again), watch=watch))
    assert Counter(call.operation for call in run.changing())[TERMINATE] == 1


def test_whom_aws_is_at_work_on_when_the_wave_stops_is_not_told_as_unstarted(run: Run) -> None:
    """Its call has returned: unconfirmed, whatever stopped the others."""
    begin(run, source={"registered": ["Legacy"], "products": [ONE], "unenrolled": [TWO, THREE]})
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[engine]\nbreaker = 1\n")
    migration, begun = _assessed(run), threading.Event()

    def last_look(holder: orgtools.Migration, account_id: str, call: steps.Call) -> None:
        assert begun.wait(20)
        steps.INVITE.precheck(holder, account_id, call)

    def watch(notice: Notice) -> None:
        if TERMINATE in [call.operation for call in run.changing()] and isinstance(notice, Pausing):
            begun.set()

    parts = tuple(replace(step, precheck=last_look) if step is steps.INVITE else step for step in WAVE.parts)
    shown = steps.preview(migration, replace(WAVE, parts=parts))
    run.rehearsal.script(Fault("InviteAccountToOrganization", "refuse", probability=1.0, code="AccessDeniedException"))
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=watch)
    assert result.stopped is not None
    assert result.outcomes[0].status is Status.UNCONFIRMED
    assert {outcome.status for outcome in result.outcomes[1:]} <= {Status.REFUSED, Status.NOT_STARTED}
    run.rehearsal.script()
    run.rehearsal.advance(AT_WORK)
    again = steps.preview(migration, WAVE)
    confirmed(steps.apply(migration, again, steps.resume(again), watch=Looking(run)))


def test_what_aws_took_and_could_not_do_is_not_tried_again_without_end(run: Run) -> None:
    """A recorder came while AWS worked, and went: the account ends with AWS's words; a new preview goes on."""
    begin(run, destination={"registered": REGISTERED})
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[control_tower]\nalso = ["{RESIDENT}"]\n')
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n")
    migration = _assessed(run)
    client, tried = _recorder(migration, ONE), Counter[str]()

    def watch(notice: Notice) -> None:
        made = Counter(call.operation for call in run.changing())["ResetEnabledBaseline"]
        if isinstance(notice, Pausing) and made > tried["times"]:
            tried["times"] = made
            assert made == 1, "tried again"
            client.put_configuration_recorder(
                ConfigurationRecorder={"name": "late", "roleARN": "arn:aws:iam::1:role/x"}
            )
            run.rehearsal.advance(AT_WORK + MOMENT)
            run.rehearsal.world()  # AWS has given up by now
            client.delete_configuration_recorder(ConfigurationRecorderName="late")

    shown = steps.preview(migration, WAVE)
    (outcome,) = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=watch).outcomes
    assert outcome.status is Status.REFUSED
    assert "AWS Control Tower cannot enroll" in str(outcome.why)
    assert outcome.next_step
    again = steps.preview(migration, WAVE)
    confirmed(steps.apply(migration, again, steps.approve(again, again.phrase), watch=Looking(run)))


def test_what_un_enrolling_leaves_behind_is_shown_and_cleaned_up_under_the_same_approval(run: Run) -> None:
    """Moved to the root, where Control Tower lets go by itself; the product that stays is terminated then."""
    begin(run, source={"registered": ["Legacy"], "products": [ONE, TWO], "auto_enroll": True, "unenrolled": [THREE]})
    run.accounts(f"account_id,ou\n{ONE},Workloads/Prod\n{TWO},Workloads/Prod\n")
    migration = _assessed(run)
    shown = steps.preview(migration, WAVE)
    assert [[call.operation for call in do.calls] for do in shown.to_do] == [
        [MOVE, TERMINATE, "InviteAccountToOrganization", "AcceptHandshake", MOVE]
    ] * 2
    result = steps.apply(migration, shown, steps.approve(shown, shown.phrase), watch=Looking(run))
    assert confirmed(result) == {ONE, TWO}
    assert zone(run, SOURCE)["products"] == {}
