"""A run in which nothing may be called but what the policies allow."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, audit, policies, steps
from orgtools.policies import Role
from orgtools.steps import (
    ACCEPT,
    ACCEPT_BACK,
    ASSIGNMENTS,
    CANCEL,
    ENROLL,
    INVITE,
    INVITE_BACK,
    LEAVE,
    LEAVE_BACK,
    PLACE,
    PLACE_BACK,
    REPLICATE,
    RESTORE,
    REVOKE,
    UNENROLL,
    VERIFY,
)
from tests import rehearsed
from tests.policies import deploying
from tests.policies.deploying import ARRIVED, INVITABLE, INVITED, PLACED, PREPARED, REGISTERED
from tests.rehearsed import DESTINATION_MANAGEMENT, STANDALONE, confirmed, do

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.migration import Migration
    from orgtools.rehearsal import LoggedCall
    from tests.rehearsed import Run

OPERATORS: Final = (Role.source_operator, Role.destination_operator, Role.member_accept)
PLANNED: Final = (INVITABLE, INVITED, PREPARED, STANDALONE, ARRIVED, PLACED)


@pytest.fixture
def prepared(run: Run) -> Iterator[Run]:
    """A run with an account at each stage of the way, assessed; it acts with the roles of the templates only."""
    run.rehearsal.reset(deploying.scenario())
    run.settings(deploying.SETTINGS + rehearsed.FAST)
    run.accounts(deploying.ACCOUNTS)
    deploying.export(run.folder)
    yield run
    run.rehearsal.reset(rehearsed.scenario())


def _walk(run: Run) -> None:
    """Every step, for accounts at each stage; what it cannot confirm fails the test."""
    migration = run.open()
    assess.assess(migration, PLANNED, checks=("E15",))
    assert confirmed(do(migration, INVITE, (INVITABLE,))) == {INVITABLE}
    assert confirmed(do(migration, CANCEL, (INVITED,))) == {INVITED}
    audit.review(migration)
    assert confirmed(do(migration, REPLICATE)) == {"/Platform/Elsewhere", "/Platform/Legacy"}
    moving = (INVITABLE, PREPARED, STANDALONE, ARRIVED, PLACED)
    for step in steps.ALL:
        confirmed(do(migration, step, moving))
    (failed,) = do(migration, ASSIGNMENTS, (PLACED,)).outcomes
    assert failed.status is steps.Status.REFUSED
    deploying.bound("detach", "from")
    for step in steps.REGAINING:
        assert confirmed(do(migration, step, (PLACED,))) == {PLACED}
    for account_id in moving:
        assert isinstance(steps.preview(migration, REVOKE, (account_id,)).decisions[0], steps.Done)
    steps.kept(migration, migration.observe())


def _walk_back(run: Run) -> None:
    """All the way home again, over a gap where it must be: into the former unit, and to the trust policy as it was."""
    migration = run.open()
    run.rehearsal.advance(timedelta(days=2))  # AWS lets an account change its organization only so often
    both = {INVITABLE, STANDALONE}
    for step, whom in (
        (RESTORE, both),
        (INVITE_BACK, both),
        (LEAVE_BACK, {STANDALONE}),
        (ACCEPT_BACK, both),
        (RESTORE, {INVITABLE}),  # what the other one trusted was none of this run's making
        (PLACE_BACK, both),
    ):
        shown = steps.next_back(migration, both)
        assert shown.step is step, shown
        assert confirmed(steps.apply(migration, shown, steps.approve(shown, shown.phrase))) == whom
    assert steps.next_back(migration, both).to_do == ()
    home = migration.observe().source
    assert {home.path_of(account_id) for account_id in both} == {"/Legacy"}
    assert not migration.member(INVITABLE, "destination").can_enter()


def _walk_without_a_source(run: Run) -> None:
    """Every step that such a run has, for accounts at each stage; what it cannot confirm fails the test."""
    migration = run.open()
    assess.assess(migration, PLANNED, checks=("E15",))
    assert confirmed(do(migration, INVITE, (INVITABLE,))) == {INVITABLE}
    assert confirmed(do(migration, CANCEL, (INVITED,))) == {INVITED}
    audit.review(migration)
    coming, arrived = {INVITABLE, PREPARED, STANDALONE}, {ARRIVED, PLACED}
    for step, whom in ((LEAVE, {STANDALONE}), (ACCEPT, coming), (PLACE, coming | {ARRIVED})):
        assert confirmed(do(migration, step, tuple(coming | arrived))) == whom
    for step in (one for one in steps.REGAINING if not one.needs_source):
        assert confirmed(do(migration, step, (PLACED,))) == {PLACED}
    verified = steps.preview(migration, VERIFY, tuple(coming | arrived))
    assert {type(decision) for decision in verified.decisions} == {steps.Done}
    for step in (*steps.ALL, *steps.REGAINING, *steps.BACK):
        assert steps.preview(migration, step, tuple(coming | arrived)).to_do == ()
    steps.kept(migration, migration.observe())


def _enroll_without_a_source(run: Run) -> None:
    """The destination has a landing zone, and takes accounts in by each call that there is."""
    run.rehearsal.reset(deploying.only_destination(deploying.with_landing_zones()))
    run.settings(deploying.ONLY + rehearsed.FAST + deploying.CONTROL_TOWER)
    run.accounts(deploying.GOVERNED_ACCOUNTS)
    (run.folder / "ledger.sqlite").unlink()
    migration = run.open()
    _settled(run, migration, ENROLL, (ARRIVED, PLACED, REGISTERED))


def _walk_with_landing_zones(run: Run) -> None:
    """Control Tower on both sides: out by a move, what is left over cleaned up; in by each call that there is."""
    run.rehearsal.reset(deploying.with_landing_zones())
    run.settings(deploying.SETTINGS + rehearsed.FAST + deploying.CONTROL_TOWER)
    run.accounts(deploying.GOVERNED_ACCOUNTS)
    (run.folder / "ledger.sqlite").unlink()
    migration = run.open()
    assess.assess(migration, (INVITABLE,), checks=("E15",))
    for step, accounts in ((UNENROLL, (INVITABLE,)), (ENROLL, (ARRIVED, PLACED, REGISTERED))):
        _settled(run, migration, step, accounts)


def _settled(run: Run, migration: Migration, step: steps.Step, accounts: tuple[str, ...]) -> None:
    """What Control Tower works on for a while, in two goes."""
    for _ in range(2):
        do(migration, step, accounts)
        run.rehearsal.advance(timedelta(minutes=30))
    assert {type(decision) for decision in steps.preview(migration, step, accounts).decisions} == {steps.Done}


def _evaluated(calls: Iterable[LoggedCall]) -> dict[tuple[str, str], set[str]]:
    """The actions that policies were asked for, by account ("" for members) and role; those of users are left out."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for call in calls:
        # A role that does not trust the caller refuses it whatever policies say: so revoking proves what it did.
        assert call.actions == () or call.code not in ("AccessDenied", "AccessDeniedException"), call
        _, _, role = (call.caller_arn or "").partition(":assumed-role/")
        if role:
            account = call.caller_account if call.caller_account in deploying.WHERE.values() else ""
            found[account or "", role.partition("/")[0]].update(call.actions)
    return found


def _entered(evaluated: Iterable[tuple[str, str]]) -> set[str]:
    """The roles by which members were entered."""
    return {role for account, role in evaluated if not account}


@pytest.mark.usefixtures("asked_singly")
def test_the_whole_way_and_back_needs_every_action_of_the_operators_policies_and_no_other(prepared: Run) -> None:
    """Derived from the calls that the steps made, as the server evaluated them: neither short nor wider."""
    _walk(prepared)
    _walk_back(prepared)
    prepared.rehearsal.switch(paths=False)  # some AWS models leave out where an account lies: then parents are listed
    prepared.open().observe()
    calls = prepared.rehearsal.calls()
    _walk_with_landing_zones(prepared)
    evaluated = _evaluated([*calls, *prepared.rehearsal.calls()])
    for role in OPERATORS:
        made = deploying.deployed(role)
        needed = evaluated[deploying.WHERE.get(role, ""), made["name"]]
        assert needed == deploying.allowed(made["policy"]), role
        if role in deploying.WHERE:
            assert deploying.entered(made["policy"]) == _entered(evaluated)


def test_with_the_destination_alone_a_run_needs_every_action_of_its_operators_policy_and_no_other(run: Run) -> None:
    """No step goes without, and none of the actions is there for a source that nobody has."""
    run.rehearsal.reset(deploying.only_destination(deploying.scenario()))
    run.settings(deploying.ONLY + rehearsed.FAST)
    run.accounts(deploying.ACCOUNTS)
    deploying.export_without_a_source(run.folder)
    _walk_without_a_source(run)
    run.rehearsal.switch(paths=False)  # some AWS models leave out where an account lies: then parents are listed
    run.open().observe()
    calls = run.rehearsal.calls()
    _enroll_without_a_source(run)
    evaluated = _evaluated([*calls, *run.rehearsal.calls()])
    made = deploying.deployed(Role.only_destination_operator)
    assert evaluated[DESTINATION_MANAGEMENT, made["name"]] == deploying.allowed(made["policy"])
    assert deploying.entered(made["policy"]) == _entered(evaluated)
    assert {account for account, _ in evaluated} == {DESTINATION_MANAGEMENT, ""}


def test_who_enters_by_the_role_that_control_tower_puts_back_needs_control_towers_own_role_too(prepared: Run) -> None:
    """To see that an account lacks the former: only then may the latter go. Both are assumed, and no other."""
    run = prepared
    run.rehearsal.reset(deploying.without_a_role())
    run.settings(deploying.PUTTING_BACK + rehearsed.FAST)
    run.accounts(f"account_id,ou\n{INVITABLE},Workloads/Prod\n")
    migration = run.open()
    assess.assess(migration, checks=("E15",))
    for _ in range(2):
        do(migration, UNENROLL)
        run.rehearsal.advance(timedelta(minutes=30))
    assert [type(decision) for decision in steps.preview(migration, UNENROLL).decisions] == [steps.Done]
    assess.assess(migration, checks=("E15",))
    for step in (INVITE, ACCEPT):
        assert confirmed(do(migration, step)) == {INVITABLE}
    policy = deploying.deployed(Role.source_operator, MemberRole=policies.PUT_BACK)["policy"]
    assert deploying.entered(policy) == _entered(_evaluated(run.rehearsal.calls()))


def test_a_review_needs_every_action_of_the_auditors_policy_and_no_other(prepared: Run) -> None:
    """On both sides together; what members see is left out, as the auditor cannot enter them."""
    prepared.settings(deploying.AUDITING + rehearsed.FAST)
    audit.review(prepared.open(), members=False)
    prepared.rehearsal.switch(paths=False)
    prepared.open().observe()
    evaluated = _evaluated(prepared.rehearsal.calls())
    made = deploying.deployed(Role.auditor)
    assert set().union(*evaluated.values()) == deploying.allowed(made["policy"])
