"""A run in which nothing may be called but what the policies allow."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess, audit, steps
from orgtools.policies import Role
from orgtools.steps import CANCEL, INVITE, RESTORE, REVOKE
from tests import rehearsed
from tests.policies import deploying
from tests.policies.deploying import ARRIVED, INVITABLE, INVITED, PLACED, PREPARED
from tests.rehearsed import STANDALONE, confirmed, do
from tests.steps import test_towers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from orgtools.rehearsal import Call
    from tests.rehearsed import Run

STORIES: Final[tuple[Callable[[Run], None], ...]] = (
    test_towers.test_registering_the_unit_again_enrolls_all_that_are_in_it_and_names_them,
    test_towers.test_an_unregistered_unit_is_registered_once_its_parent_is,
    test_towers.test_a_failure_is_told_in_aws_words_and_its_product_is_cleaned_up_before_the_next_try,
    lambda run: test_towers.test_un_enrolling_clears_the_way_for_the_invitation_one_account_at_a_time(run, auto=True),
    lambda run: test_towers.test_un_enrolling_clears_the_way_for_the_invitation_one_account_at_a_time(run, auto=False),
)
"""What happens with Control Tower, as its own tests tell it."""
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
    moving = (INVITABLE, PREPARED, STANDALONE, ARRIVED, PLACED)
    for step in steps.ALL:
        confirmed(do(migration, step, moving))
    for step in steps.REGAINING:
        assert confirmed(do(migration, step, (PLACED,))) == {PLACED}
    for account_id in moving:
        assert isinstance(steps.preview(migration, REVOKE, (account_id,)).decisions[0], steps.Done)
    assert confirmed(do(migration, RESTORE, (INVITABLE,))) == {INVITABLE}


def _evaluated(calls: Iterable[Call]) -> dict[tuple[str, str], set[str]]:
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


def test_the_whole_way_needs_every_action_of_the_operators_policies_and_no_other(prepared: Run) -> None:
    """Derived from the calls that the steps made, as the server evaluated them: neither short nor wider."""
    _walk(prepared)
    prepared.rehearsal.switch(paths=False)  # some AWS models leave out where an account lies: then parents are listed
    prepared.open()
    evaluated = _evaluated(prepared.rehearsal.calls())
    for role in OPERATORS:
        made = deploying.deployed(role)
        needed = deploying.allowed(made["policy"]) - deploying.towers(role)
        assert evaluated[deploying.WHERE.get(role, ""), made["name"]] == needed, role


def test_control_tower_on_both_sides_needs_the_rest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to enroll and to un-enroll calls what the policies allow for it, and together all of it."""
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=lambda _: None))
    asked: dict[str, set[str]] = defaultdict(set)
    for story in STORIES:
        story(run)
        for call in run.rehearsal.calls():
            management = call.caller_account in deploying.WHERE.values()
            asked[str(call.caller_account) if management else ""].update(call.actions)
    for role in OPERATORS:
        called = asked[deploying.WHERE.get(role, "")]
        assert deploying.towers(role) <= called, (role, deploying.towers(role) - called)
        kinds = {name for name in called if name.startswith(("controltower:", "servicecatalog:"))}
        assert kinds <= deploying.allowed(deploying.deployed(role)["policy"])


def test_a_review_needs_every_action_of_the_auditors_policy_and_no_other(prepared: Run) -> None:
    """On both sides together; what members see is left out, as the auditor cannot enter them."""
    prepared.settings(deploying.AUDITING + rehearsed.FAST)
    audit.review(prepared.open(), members=False)
    prepared.rehearsal.switch(paths=False)
    prepared.open()
    evaluated = _evaluated(prepared.rehearsal.calls())
    made = deploying.deployed(Role.auditor)
    assert set().union(*evaluated.values()) == deploying.allowed(made["policy"])
