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
from orgtools.steps import (
    ACCEPT,
    ACCEPT_BACK,
    ASSIGNMENTS,
    CANCEL,
    CONTACTS,
    COST_TAGS,
    ENROLL,
    INVITE,
    INVITE_BACK,
    LEAVE,
    LEAVE_BACK,
    PLACE,
    PLACE_BACK,
    PREPARE,
    REPLICATE,
    RESTORE,
    REVOKE,
    SHARES,
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

OPENING: Final = "opening the run"
REVIEWING: Final = "reviewing handshakes"
KEEPING: Final = "looking what accounts have kept"
_READ_WHEN_OPENING: Final = (
    "organizations:DescribeOrganization",
    "organizations:ListAccounts",
    "organizations:ListOrganizationalUnitsForParent",
    "organizations:ListParents",
    "organizations:ListRoots",
)
NEEDED: Final[dict[Role, dict[str, tuple[str, str]]]] = {
    Role.source_operator: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "organizations:ListDelegatedAdministrators": (OPENING, ""),
        "organizations:ListHandshakesForOrganization": (REVIEWING, ""),
        "organizations:RemoveAccountFromOrganization": (LEAVE.name, STANDALONE),
        "sts:AssumeRole": (PREPARE.name, INVITED),
    },
    Role.destination_operator: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "account:GetAlternateContact": (CONTACTS.name, PLACED),
        "account:PutAlternateContact": (CONTACTS.name, PLACED),
        "ce:ListCostAllocationTags": (COST_TAGS.name, PLACED),
        "ce:UpdateCostAllocationTagsStatus": (COST_TAGS.name, PLACED),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "controltower:ListLandingZones": (ENROLL.name, ARRIVED),
        "organizations:CancelHandshake": (CANCEL.name, INVITED),
        "organizations:CreateOrganizationalUnit": (REPLICATE.name, "/Platform/Legacy"),
        "organizations:InviteAccountToOrganization": (INVITE.name, INVITABLE),
        "organizations:ListHandshakesForOrganization": (OPENING, ""),
        "organizations:ListTagsForResource": (PLACE.name, ARRIVED),
        "organizations:MoveAccount": (PLACE.name, ARRIVED),
        "organizations:TagResource": (INVITE.name, INVITABLE),
        "servicequotas:ListServiceQuotas": (OPENING, ""),
        "sso:CreateAccountAssignment": (ASSIGNMENTS.name, PLACED),
        "sso:DescribeAccountAssignmentCreationStatus": (ASSIGNMENTS.name, PLACED),
        "sso:DescribePermissionSet": (ASSIGNMENTS.name, PLACED),
        "sso:ListAccountAssignmentCreationStatus": (ASSIGNMENTS.name, PLACED),
        "sso:ListAccountAssignments": (ASSIGNMENTS.name, PLACED),
        "sso:ListInstances": (ASSIGNMENTS.name, PLACED),
        "sso:ListPermissionSets": (ASSIGNMENTS.name, PLACED),
        "sts:AssumeRole": (REVOKE.name, PLACED),
    },
    Role.member_accept: {
        "account:GetAlternateContact": (KEEPING, PLACED),
        "iam:CreateServiceLinkedRole": (ACCEPT.name, PREPARED),
        "iam:GetRole": (PREPARE.name, INVITED),
        "iam:UpdateAssumeRolePolicy": (PREPARE.name, INVITED),
        "organizations:AcceptHandshake": (ACCEPT.name, PREPARED),
        "organizations:DescribeOrganization": (REVOKE.name, PLACED),
        "organizations:LeaveOrganization": (ACCEPT.name, PREPARED),
        "organizations:ListHandshakesForAccount": (ACCEPT.name, PREPARED),
        "ram:AcceptResourceShareInvitation": (SHARES.name, PLACED),
        "ram:GetResourceShareInvitations": (SHARES.name, PLACED),
        "ram:GetResourceShares": (SHARES.name, PLACED),
    },
    Role.auditor: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "cloudtrail:LookupEvents": (REVIEWING, ""),
        "organizations:ListDelegatedAdministrators": (OPENING, SOURCE_MANAGEMENT),
        "organizations:ListHandshakesForOrganization": (REVIEWING, ""),
        "servicequotas:ListServiceQuotas": (OPENING, ""),
    },
}
"""The step that fails without an action, by role and action, and the account that it fails for or in."""
_LOOKED_AT: Final = (
    "controltower:GetLandingZone",
    "controltower:ListBaselines",
    "controltower:ListEnabledBaselines",
    "servicecatalog:DescribeProduct",
    "servicecatalog:SearchProducts",
    "servicecatalog:SearchProvisionedProducts",
)
GOVERNED: Final[dict[Role, dict[str, tuple[str, str]]]] = {
    Role.source_operator: {
        **dict.fromkeys(_LOOKED_AT, (UNENROLL.name, INVITABLE)),
        "controltower:DisableBaseline": (UNENROLL.name, INVITED),
        "controltower:GetBaselineOperation": (UNENROLL.name, INVITABLE),
        "controltower:ListLandingZones": (UNENROLL.name, INVITABLE),
        "organizations:MoveAccount": (UNENROLL.name, INVITABLE),
        "servicecatalog:DescribeRecord": (UNENROLL.name, PREPARED),
        "servicecatalog:TerminateProvisionedProduct": (UNENROLL.name, PREPARED),
    },
    Role.destination_operator: {
        **dict.fromkeys(_LOOKED_AT, (ENROLL.name, ARRIVED)),
        "controltower:EnableBaseline": (ENROLL.name, ARRIVED),
        "controltower:GetBaselineOperation": (ENROLL.name, ARRIVED),
        "controltower:ResetEnabledBaseline": (ENROLL.name, REGISTERED),
        "organizations:DescribeAccount": (ENROLL.name, ALONE),
        "organizations:ListAccountsForParent": (ENROLL.name, ARRIVED),
        "servicecatalog:DescribeRecord": (ENROLL.name, PLACED),
        "servicecatalog:ProvisionProduct": (ENROLL.name, ALONE),
        "servicecatalog:TerminateProvisionedProduct": (ENROLL.name, PLACED),
    },
    Role.member_accept: {
        "config:DescribeConfigurationRecorders": (ENROLL.name, ARRIVED),
        "config:DescribeAggregationAuthorizations": (ENROLL.name, ARRIVED),
        "config:DescribeDeliveryChannels": (ENROLL.name, ARRIVED),
    },
    Role.auditor: {},
}
"""The same, where there are landing zones."""
RETURNING: Final[dict[Role, dict[str, tuple[str, str]]]] = {
    Role.source_operator: {
        **dict.fromkeys(_READ_WHEN_OPENING, (OPENING, "")),
        "organizations:InviteAccountToOrganization": (INVITE_BACK.name, INVITABLE),
        "organizations:ListHandshakesForOrganization": (INVITE_BACK.name, INVITABLE),
        "organizations:MoveAccount": (PLACE_BACK.name, PREPARED),
        "sts:AssumeRole": (INVITE_BACK.name, INVITABLE),
    },
    Role.destination_operator: {
        "organizations:RemoveAccountFromOrganization": (LEAVE_BACK.name, STANDALONE),
    },
    Role.member_accept: {
        "iam:GetRole": (RESTORE.name, PREPARED),
        "iam:UpdateAssumeRolePolicy": (RESTORE.name, PREPARED),
        "organizations:AcceptHandshake": (ACCEPT_BACK.name, INVITED),
        "organizations:DescribeOrganization": (ACCEPT_BACK.name, INVITED),
        "organizations:LeaveOrganization": (ACCEPT_BACK.name, INVITED),
        "organizations:ListHandshakesForAccount": (ACCEPT_BACK.name, INVITED),
    },
}
"""The same, for the steps of the way back."""
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

    def said(self, step: str, account_id: str, role: Role) -> str:
        """What a step says that fails: the sentence it raises, or what it decided, found and was answered."""
        made = len(self.run.rehearsal.calls())
        run = self._auditing if role is Role.auditor else self.run
        try:
            if step in (OPENING, REVIEWING):
                migration = run.open()
                found = audit.review(migration, members=False).findings if step == REVIEWING else ()
                return " ".join((*map(next_step, migration.seen.unknown), *(finding.remedy for finding in found)))
            if step == KEEPING:
                return " ".join(finding.remedy for finding in steps.kept(self.migration, self.migration.observe()))
            known = next(one for one in (*steps.ALL, *steps.REGAINING, *steps.BACK, REPLICATE) if one.name == step)
            result = do(self.migration, known, (account_id,))
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


def test_each_action_of_a_policy_has_a_step_that_needs_it() -> None:
    """The table above names them all, and no others."""
    for role, needed in NEEDED.items():
        assert deploying.allowed(deploying.deployed(role)["policy"]) == {
            *needed,
            *GOVERNED[role],
            *RETURNING.get(role, ()),
        }


@pytest.mark.parametrize(("role", "action"), [(role, action) for role in NEEDED for action in NEEDED[role]], ids=str)
def test_without_an_action_the_step_that_needs_it_says_which_to_grant_and_where(
    world: World, role: Role, action: str
) -> None:
    """The action, whom to grant it to, and the template that holds it."""
    _refuse(world, role, action, *NEEDED[role][action])


@pytest.mark.parametrize(
    ("role", "action"), [(role, action) for role in GOVERNED for action in GOVERNED[role]], ids=str
)
def test_so_it_is_where_there_are_landing_zones(governed: World, role: Role, action: str) -> None:
    """What un-enrolling and enrolling need."""
    _refuse(governed, role, action, *GOVERNED[role][action])


@pytest.mark.parametrize(
    ("role", "action"), [(role, action) for role in RETURNING for action in RETURNING[role]], ids=str
)
def test_so_it_is_on_the_way_back(returning: World, role: Role, action: str) -> None:
    """What inviting back, accepting, restoring and placing need."""
    _refuse(returning, role, action, *RETURNING[role][action])


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
    account = WHERE.get(role) or account_id or DESTINATION_MANAGEMENT
    change("permit", account=account, role=made["name"], document=deploying.without(made["policy"], action))
    world.run.rehearsal.switch(paths=action != "organizations:ListParents")
    try:
        said = world.said(step, account_id, role)
    finally:
        change("permit", account=account, role=made["name"], document=made["policy"])
    assert f"Grant {action} to " in said, said
    assert role in said.partition(f"Grant {action} to ")[2].partition(")")[0]
