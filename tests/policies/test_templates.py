"""The CloudFormation templates: as they are printed, linted, and deployed in the rehearsal."""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from typer.testing import CliRunner

from orgtools.cli import app
from orgtools.policies import EXECUTION_ROLE, PUT_BACK, Role, grant, render
from orgtools.policies.permissions import READING
from tests import rehearsed
from tests.policies import deploying
from tests.policies.writing import documents
from tests.rehearsed import PLAIN
from tests.steps import own

if TYPE_CHECKING:
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal

IN_MANAGEMENT = [
    (Role.source_operator, "source"),
    (Role.destination_operator, "destination"),
    (Role.only_destination_operator, "destination"),
    (Role.auditor, "source"),
    (Role.assess_source, "source"),
    (Role.assess_destination, "destination"),
]


def _template(role: Role) -> str:
    return files("orgtools.policies").joinpath(f"cloudformation/{role.value}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_the_documents_of_operators_are_what_steps_need(path: Path) -> None:
    """A step that needs something else changes them: `make policies` writes them."""
    assert path.read_text(encoding="utf-8") == documents()[path], "run make policies"


@pytest.mark.parametrize("role", list(Role))
def test_the_files_are_what_is_printed(role: Role) -> None:
    """A policy or a check that has changed changes its template: `make policies` writes it."""
    printed = CliRunner().invoke(app, ["policies", role.value, "--template"])
    assert printed.exit_code == 0, printed.output
    assert printed.output == _template(role), "run make policies"


@pytest.mark.parametrize("role", list(Role))
def test_cloudformations_linter_finds_nothing(programs: None, role: Role) -> None:
    """Neither error nor warning."""
    from cfnlint.api import lint  # noqa: PLC0415 (a second and a half, wherever this file is collected)

    assert lint(_template(role)) == []


@pytest.mark.parametrize("role", list(Role))
def test_a_policy_fits_into_a_managed_one(role: Role) -> None:
    """IAM counts 6,144 characters without white space."""
    assert len(json.dumps(deploying.deployed(role)["policy"], separators=(",", ":"))) <= 6144


@pytest.mark.parametrize("role", list(Role))
def test_only_whom_the_parameters_name_may_assume_the_role(role: Role) -> None:
    """By condition, so that a role that is deleted and made anew still may; no wildcard in the principal."""
    (statement,) = deploying.deployed(role, TrustedAccount="111111111111", TrustedPrincipal="role/Mover")["trust"][
        "Statement"
    ]
    assert statement["Principal"] == {"AWS": "arn:aws:iam::111111111111:root"}
    assert statement["Condition"] == {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/Mover"}}


@pytest.mark.parametrize("role", [role for role in Role if not role.startswith(("assess", "auditor"))])
def test_what_changes_something_names_what_it_may_change(role: Role) -> None:
    """Reading apart, only what AWS gives no resource type may name none."""
    for statement in deploying.deployed(role)["policy"]["Statement"]:
        if statement["Resource"] == "*":
            names = {action.partition(":")[2] for action in statement["Action"]}
            assert {name for name in names if not name.startswith(READING)} <= own.without_resource()


def test_what_to_grant_names_the_template_for_a_run_without_a_source_where_that_holds_it() -> None:
    """And only there: what such a run never calls is in the other one alone."""
    wide, narrow = (
        deploying.allowed(deploying.deployed(role)["policy"])
        for role in (Role.destination_operator, Role.only_destination_operator)
    )
    assert narrow < wide
    assert "organizations:RemoveAccountFromOrganization" in wide - narrow
    for action in wide:
        both = ("destination-operator", "only-destination-operator") if action in narrow else ("destination-operator",)
        assert grant(action, "caller", Role.destination_operator).facts["template"] == both


def test_without_a_source_named_nobodys_invitation_back_may_be_accepted() -> None:
    """Only the destination's: a * in the source's place would let anybody take the account."""
    policy = json.loads(render(Role.member_accept, organization="o-destinatn01", management_account="222222222222"))
    accepted = [held["Resource"] for held in policy["Statement"] if "organizations:AcceptHandshake" in held["Action"]]
    for inviter, allowed in (
        ("222222222222:handshake/o-destinatn01", True),
        ("555555555555:handshake/o-stranger001", False),
    ):
        arn = f"arn:aws:organizations::{inviter}/invite/h-0000000001"
        assert any(fnmatchcase(arn, resource) for resource in accepted) is allowed


def _parameters(role: Role) -> list[dict[str, str]]:
    return [{"ParameterKey": key, "ParameterValue": value} for key, value in deploying.PARAMETERS[role].items()]


def _stands(role: Role, iam: Any, *, also: str = "", **parameters: str) -> None:
    """What IAM holds is what the tests took the template for."""
    wanted = deploying.deployed(role, **parameters)
    held = iam.get_role(RoleName=wanted["name"])["Role"]
    assert held["AssumeRolePolicyDocument"] == wanted["trust"]
    for name in filter(None, (wanted["name"], also)):
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        documents = [
            iam.get_policy_version(PolicyArn=policy["PolicyArn"], VersionId="v1")["PolicyVersion"]["Document"]
            for policy in attached
        ]
        assert wanted["policy"] in documents


def test_the_templates_deploy_in_the_management_accounts(rehearsal: Rehearsal) -> None:
    """With the parameters that an operator gives."""
    for role, profile in IN_MANAGEMENT:
        session = boto3.Session(profile_name=profile)
        session.client("cloudformation").create_stack(
            StackName=f"orgtools-{role.value}",
            TemplateBody=_template(role),
            Parameters=_parameters(role),
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        _stands(role, session.client("iam"))


def test_only_who_enters_by_the_role_that_control_tower_puts_back_may_assume_control_towers_own(
    rehearsal: Rehearsal,
) -> None:
    """It may do everything, and is assumed only to see that the other is missing."""
    source, role = boto3.Session(profile_name="source"), Role.source_operator
    for member_role, more in (("Mover", set[str]()), (PUT_BACK, {EXECUTION_ROLE})):
        parameters = {"RoleName": f"by-{member_role}", "MemberRole": member_role}
        source.client("cloudformation").create_stack(
            StackName=f"by-{member_role}",
            TemplateBody=_template(role),
            Parameters=[
                *_parameters(role),
                *({"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()),
            ],
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        _stands(role, source.client("iam"), **parameters)
        assert deploying.entered(deploying.deployed(role, **parameters)["policy"]) == {member_role, *more}
        printed = json.loads(render(role, member_role=member_role))
        assert deploying.entered(printed) == {member_role, *more}


def test_a_members_templates_deploy_as_stack_sets_of_the_source(rehearsal: Rehearsal) -> None:
    """To a unit, kept on accounts that leave it; what assesses is given to the role that accepts as well."""
    tables = rehearsed.scenario()
    rehearsal.reset(tables)
    source = boto3.Session(profile_name="source")
    (root,) = source.client("organizations").list_roots()["Roots"]
    (legacy,) = [
        unit["Id"]
        for unit in source.client("organizations").list_organizational_units_for_parent(ParentId=root["Id"])[
            "OrganizationalUnits"
        ]
        if unit["Name"] == "Legacy"
    ]
    stacks = source.client("cloudformation")
    for role in (Role.member_accept, Role.assess_member):
        name = f"orgtools-{role.value}"
        stacks.create_stack_set(
            StackSetName=name,
            TemplateBody=_template(role),
            Parameters=_parameters(role),
            Capabilities=["CAPABILITY_NAMED_IAM"],
            PermissionModel="SERVICE_MANAGED",
            AutoDeployment={"Enabled": True, "RetainStacksOnAccountRemoval": True},
        )
        stacks.create_stack_instances(
            StackSetName=name, DeploymentTargets={"OrganizationalUnitIds": [legacy]}, Regions=["us-east-1"]
        )
    keys = source.client("sts").assume_role(
        RoleArn=f"arn:aws:iam::{PLAIN[0]}:role/OrganizationAccountAccessRole", RoleSessionName="test"
    )["Credentials"]
    iam = source.client(
        "iam",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    _stands(Role.member_accept, iam)
    _stands(Role.assess_member, iam, also=deploying.MEMBER_ROLE)
