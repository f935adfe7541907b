"""One action less: the step that needs it says which to grant, to whom, and which template holds it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import assess, audit, steps
from orgtools.ledger import Kind
from orgtools.messages import next_step
from orgtools.policies import EXECUTION_ROLE, PUT_BACK, Role
from orgtools.policies.permissions import RUN
from orgtools.steps import (
    ASSIGNMENTS,
    CANCEL,
    ENROLL,
    INVITE_BACK,
    PLACE,
    PREPARE,
    REVOKE,
    UNENROLL,
    Blocked,
    Status,
)
from tests import rehearsed
from tests.policies import deploying
from tests.policies.deploying import ALONE, ARRIVED, INVITABLE, INVITED, PLACED, PREPARED, REGISTERED, WHERE
from tests.rehearsed import DESTINATION_MANAGEMENT, PLAIN, SOURCE, SOURCE_MANAGEMENT, STANDALONE, Run, confirmed, do

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Step

OPENING: Final = "opening the run"
ASKING: Final = "asking about accounts, as in large organizations"
REVIEWING: Final = "reviewing handshakes"
KEEPING: Final = "looking what accounts have kept"
_READ_WHEN_OPENING: Final = (
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListParents",
    "organizations:ListRoots",
)
RUNNING: Final[dict[Role, dict[str, tuple[str, str]]]] = {
    Role.source_operator: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "organizations:DescribeAccount": (ASKING, ""),
        "organizations:ListDelegatedAdministrators": (OPENING, ""),
        "organizations:ListHandshakesForOrganization": (REVIEWING, ""),
        "sts:AssumeRole": (PREPARE.name, ""),
    },
    Role.destination_operator: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "organizations:DescribeAccount": (ASKING, ""),
        "organizations:ListHandshakesForOrganization": (OPENING, ""),
        "servicequotas:ListServiceQuotas": (OPENING, ""),
        "sts:AssumeRole": (REVOKE.name, ""),
    },
    Role.member_accept: {
        "account:GetAlternateContact": (KEEPING, PLACED),
    },
    Role.auditor: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "organizations:ListDelegatedAdministrators": (OPENING, SOURCE_MANAGEMENT),
        "organizations:ListHandshakesForOrganization": (REVIEWING, ""),
        "servicequotas:ListServiceQuotas": (OPENING, ""),
    },
}
"""What every run needs, by role: what fails without the action, and for which account or in which."""
RETURNING: Final = {
    **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
    "organizations:ListHandshakesForOrganization": (INVITE_BACK.name, ""),
    "sts:AssumeRole": (INVITE_BACK.name, ""),
}
"""The same of the source, on the way back."""
_ACCOUNTS: Final = {
    (UNENROLL.name, "controltower:DisableBaseline"): INVITED,
    (UNENROLL.name, "servicecatalog:DescribeRecord"): PREPARED,
    (UNENROLL.name, "servicecatalog:TerminateProvisionedProduct"): PREPARED,
    (ENROLL.name, "controltower:ResetEnabledBaseline"): REGISTERED,
    (ENROLL.name, "iam:GetRole"): ALONE,
    (ENROLL.name, "organizations:DescribeAccount"): ALONE,
    (ENROLL.name, "servicecatalog:DescribeRecord"): PLACED,
    (ENROLL.name, "servicecatalog:ProvisionProduct"): ALONE,
    (ENROLL.name, "servicecatalog:TerminateProvisionedProduct"): PLACED,
    (ASSIGNMENTS.name, "sso:DescribeAccountAssignmentCreationStatus"): PLACED,
}
"""For which account a step fails, where that is not the first one for which it has something to do."""
_ELSEWHERE: Final = {
    (UNENROLL.name, "sts:AssumeRole"): "a role of its own: a test below",
    (PLACE.name, "organizations:TagResource"): "the account would be moved before; inviting needs it, too",
}
"""Not tried here, and why."""


def _needed(*those: Step) -> list[tuple[str, Role, str]]:
    """Of each of some steps: the actions that it says it needs, and of which role."""
    return [
        (step.name, one.role, action)
        for step in those
        for one in step.needs
        for action in one.actions
        if (step.name, action) not in _ELSEWHERE
    ]


_WITH_ZONES: Final = (UNENROLL, ENROLL)
_GOING_BACK: Final = tuple(step for step in steps.BACK if step is not CANCEL)
_FORWARD: Final = tuple(step for step in steps.EVERY if step not in (*_WITH_ZONES, *_GOING_BACK))
_BEGUN: Final = (
    (UNENROLL.name, INVITABLE, "DisableBaseline", "00000000-0000-0000-0000-000000000000"),
    (UNENROLL.name, PREPARED, "TerminateProvisionedProduct", "rec-1"),
    (ENROLL.name, ARRIVED, "EnableBaseline", "00000000-0000-0000-0000-000000000000"),
    (ENROLL.name, PLACED, "ProvisionProduct", "rec-2"),
)
"""What an earlier kernel has begun, as the ledger has it."""


class World:
    """One world for all tests of this file: a step that is refused changes nothing."""

    def __init__(self, run: Run) -> None:
        """Open one run with the operators' roles, and one with the auditors'."""
        self.run = run
        self._auditing = Run(run.folder.parent / "auditing", run.rehearsal)
        self._auditing.settings(deploying.AUDITING + rehearsed.FAST)
        self.migration = run.open()
        assess.assess(self.migration, checks=("E15",))

        self._due = dict[str, str]()

    def due(self, step: str) -> str:
        """The first account for which a step has something to do; empty for what is no step."""
        if step not in self._due:
            known = [one for one in steps.EVERY if one.name == step]
            self._due[step] = next(
                (to_do.account_id for one in known for to_do in steps.preview(self.migration, one).to_do), ""
            )
        return self._due[step]

    def said(self, step: str, account_id: str, role: Role) -> str:
        """What a step says that fails: the sentence it raises, or what it decided, found and was answered."""
        made = len(self.run.rehearsal.calls())
        run = self._auditing if role is Role.auditor else self.run
        try:
            if step in (OPENING, REVIEWING):
                migration = run.open()
                found = audit.review(migration, members=False).findings if step == REVIEWING else ()
                unknown = migration.observe().unknown
                return " ".join((*map(next_step, unknown), *(finding.remedy for finding in found)))
            if step == ASKING:
                with pytest.MonkeyPatch.context() as patched:
                    rehearsed.ask_singly(patched)
                    return str(self.migration.observe(PLAIN))
            if step == KEEPING:
                return " ".join(finding.remedy for finding in steps.kept(self.migration, self.migration.observe()))
            result = do(self.migration, next(one for one in steps.EVERY if one.name == step), (account_id,))
        except orgtools.OrgtoolsError as error:
            assert not [call for call in run.rehearsal.calls(since=made) if call.changing]
            return str(error)
        assert not [outcome for outcome in result.outcomes if outcome.status is Status.CONFIRMED], result
        words = [f"{outcome.why} {outcome.next_step}" for outcome in result.outcomes]
        words += [decision.next_step for decision in result.before.decisions if isinstance(decision, Blocked)]
        return " ".join((*words, *map(next_step, result.before.snapshot.unknown)))

    def close(self) -> None:
        """Close both runs."""
        self.run.close()
        self._auditing.close()


@pytest.fixture(scope="module")
def world(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An account at each stage of the way, assessed; who acts has the roles of the templates only."""
    with pytest.MonkeyPatch.context() as patched:
        run = Run(tmp_path_factory.mktemp("policies") / "run", rehearsed.rehearse(patched, deploying.scenario()))
        run.settings(deploying.SETTINGS + rehearsed.FAST)
        run.accounts(deploying.ACCOUNTS)
        deploying.export(run.folder)
        made = World(run)
        do(made.migration, ASSIGNMENTS, (PLACED,))  # which AWS takes, and cannot make
        yield made
        made.close()


@pytest.fixture(scope="module")
def governed(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same with Control Tower on both sides; one account has left its unit, and not yet ConfigBaseline."""
    with pytest.MonkeyPatch.context() as patched:
        server = rehearsed.rehearse(patched, deploying.with_landing_zones())
        server.intervene("move", account=INVITED, unit="/")
        run = Run(tmp_path_factory.mktemp("governed") / "run", server)
        run.settings(deploying.SETTINGS + rehearsed.FAST + deploying.CONTROL_TOWER)
        run.accounts(deploying.GOVERNED_ACCOUNTS)
        made = World(run)
        for step, account_id, operation, begun in _BEGUN:
            made.migration.ledger.append(
                Kind.OUTCOME, step=step, account_id=account_id, operation=operation, operation_id=begun, answered=True
            )
        yield made
        made.close()


@pytest.fixture(scope="module")
def returning(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One account that may be invited back, two that are, and one that is home again, but not in its unit."""
    with pytest.MonkeyPatch.context() as patched:
        server = rehearsed.rehearse(patched, deploying.returning())
        run = Run(tmp_path_factory.mktemp("returning") / "run", server)
        run.settings(deploying.SETTINGS + rehearsed.FAST)
        run.accounts(deploying.ACCOUNTS)
        made = World(run)
        assert confirmed(do(made.migration, PREPARE, PLAIN)) == set(PLAIN)
        for account_id in (INVITABLE, INVITED, STANDALONE):
            (handshake,) = run.handshakes(account_id)
            server.intervene("accept", handshake=handshake)
        (handshake,) = run.handshakes(PREPARED)
        server.intervene("cancel", handshake=handshake)
        server.intervene("move", account=PREPARED, unit="/")
        for account_id in (INVITED, STANDALONE):
            server.intervene("invite", organization=SOURCE, account=account_id)
        server.advance(timedelta(days=2))
        yield made
        made.close()


def test_each_action_that_every_run_needs_is_tried() -> None:
    """By the table above; those of steps are tried as the steps say."""
    for role in (Role.source_operator, Role.destination_operator, Role.member_accept):
        needed = {
            action for permissions in RUN.values() for one in permissions if one.role is role for action in one.actions
        }
        assert RUNNING[role].keys() == needed
    assert RUNNING[Role.auditor].keys() == deploying.allowed(deploying.deployed(Role.auditor)["policy"])


@pytest.mark.parametrize(("role", "action"), [(role, action) for role in RUNNING for action in RUNNING[role]], ids=str)
def test_without_an_action_what_needs_it_says_which_to_grant_and_where(world: World, role: Role, action: str) -> None:
    """The action, whom to grant it to, and the template that holds it."""
    _refuse(world, role, action, *RUNNING[role][action])


@pytest.mark.parametrize(("step", "role", "action"), _needed(*_FORWARD), ids=str)
def test_so_it_is_with_what_a_step_needs(world: World, step: str, role: Role, action: str) -> None:
    """As the step says."""
    _refuse(world, role, action, step, "")


@pytest.mark.parametrize(("step", "role", "action"), _needed(*_WITH_ZONES), ids=str)
def test_so_it_is_where_there_are_landing_zones(governed: World, step: str, role: Role, action: str) -> None:
    """What un-enrolling and enrolling need."""
    _refuse(governed, role, action, step, "")


@pytest.mark.parametrize("action", RETURNING)
def test_so_it_is_on_the_way_back(returning: World, action: str) -> None:
    """In the source, which is read anew."""
    _refuse(returning, Role.source_operator, action, *RETURNING[action])


@pytest.mark.parametrize(("step", "role", "action"), _needed(*_GOING_BACK), ids=str)
def test_so_it_is_with_what_a_step_back_needs(returning: World, step: str, role: Role, action: str) -> None:
    """What inviting back, accepting, restoring and placing need."""
    _refuse(returning, role, action, step, "")


def test_without_control_towers_own_role_an_account_is_kept_enrolled_that_has_no_other(run: Run) -> None:
    """What to grant, on which role, and where it stands; with it the account is let go."""
    run.rehearsal.reset(deploying.without_a_role())
    run.settings(deploying.PUTTING_BACK + rehearsed.FAST)
    run.accounts(f"account_id,ou\n{INVITABLE},Workloads/Prod\n")
    migration = run.open()
    assess.assess(migration, checks=("E15",))
    made = deploying.deployed(Role.source_operator, MemberRole=PUT_BACK)
    others = [held for held in made["policy"]["Statement"] if EXECUTION_ROLE not in str(held)]
    permit = partial(run.rehearsal.intervene, "permit", account=SOURCE_MANAGEMENT, role=made["name"])
    permit(document={"Statement": others})
    (blocked,) = steps.preview(migration, UNENROLL).decisions
    assert isinstance(blocked, Blocked)
    wanted = f"Grant sts:AssumeRole to the caller in the source (template source-operator) on {EXECUTION_ROLE}"
    assert wanted in blocked.next_step
    permit(document=made["policy"])
    assert do(migration, UNENROLL).outcomes[0].status is Status.UNCONFIRMED


def _refuse(world: World, role: Role, action: str, step: str, account_id: str) -> None:
    made, change = deploying.deployed(role), world.run.rehearsal.intervene
    account_id = account_id or _ACCOUNTS.get((step, action)) or world.due(step)
    account = WHERE.get(role) or account_id or DESTINATION_MANAGEMENT
    change("permit", account=account, role=made["name"], document=deploying.without(made["policy"], action))
    world.run.rehearsal.switch(paths=action != "organizations:ListParents")
    try:
        said = world.said(step, account_id, role)
    finally:
        change("permit", account=account, role=made["name"], document=made["policy"])
    assert f"Grant {action} to " in said, said
    assert role in said.partition(f"Grant {action} to ")[2].partition(")")[0]
