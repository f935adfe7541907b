"""Roles that CloudFormation makes: their policies, their trust, and what an update changes."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal

Make = Callable[..., Any]
SHOP, DESTINATION = "012345678901", "222222222222"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
ALLOW: dict[str, Any] = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "organizations:*", "Resource": "*"}],
}


def template(role: dict[str, Any], *, trusts: str = DESTINATION, **more: Any) -> str:
    """A stack with one role, and what stands beside it."""
    principal = {"AWS": f"arn:aws:iam::{trusts}:root"}
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal}]}
    trust["Statement"][0]["Action"] = "sts:AssumeRole"  # type: ignore[index]
    made = {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "Mover", "AssumeRolePolicyDocument": trust, **role}}
    return json.dumps({"Resources": {"Mover": made, **more}})


INLINE = {"Policies": [{"PolicyName": "move", "PolicyDocument": ALLOW}]}
WAYS: dict[str, str] = {
    "inline": template(INLINE),
    "AWS's own": template({"ManagedPolicyArns": [ADMINISTRATOR]}),
    "RolePolicy": template(
        {},
        Beside={
            "Type": "AWS::IAM::RolePolicy",
            "DependsOn": "Mover",
            "Properties": {"RoleName": {"Ref": "Mover"}, "PolicyName": "move", "PolicyDocument": ALLOW},
        },
    ),
    "Policy": template(
        {},
        Beside={
            "Type": "AWS::IAM::Policy",
            "DependsOn": "Mover",
            "Properties": {"Roles": [{"Ref": "Mover"}], "PolicyName": "move", "PolicyDocument": ALLOW},
        },
    ),
    "ManagedPolicy": template(
        {"ManagedPolicyArns": [{"Ref": "Beside"}]},
        Beside={
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {"ManagedPolicyName": "move", "PolicyDocument": ALLOW},
        },
    ),
}


def assume(client: Make, profile: str = "rehearsal-destination") -> dict[str, str]:
    """The role's keys, for the people behind a profile."""
    role = f"arn:aws:iam::{SHOP}:role/Mover"
    keys: dict[str, str] = client(profile, "sts").assume_role(RoleArn=role, RoleSessionName="mover")["Credentials"]
    return keys


@pytest.mark.parametrize("way", WAYS)
def test_a_role_from_cloudformation_accepts_a_handshake(
    way: str, client: Make, member: Make, invite: Make, sessions: dict[str, Any]
) -> None:
    """However its policies are given."""
    member(SHOP, "cloudformation").create_stack(
        StackName="way-in", TemplateBody=WAYS[way], Capabilities=["CAPABILITY_NAMED_IAM"]
    )
    keys, handshake = assume(client), invite(SHOP)
    inside = sessions["rehearsal-source"].client(
        "organizations",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    assert inside.accept_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"
    inside.close()


def test_an_updated_stack_changes_trust_and_policies(rehearsal: Rehearsal, client: Make, member: Make) -> None:
    """Who was trusted is no more; a policy that the template has no longer is gone."""
    stacks, iam = member(SHOP, "cloudformation"), member(SHOP, "iam")
    named = {"StackName": "way-in", "Capabilities": ["CAPABILITY_NAMED_IAM"]}
    stacks.create_stack(TemplateBody=WAYS["inline"], **named)
    assert assume(client)
    changed = template({"ManagedPolicyArns": [ADMINISTRATOR]}, trusts="111111111111")
    stacks.update_stack(TemplateBody=changed, **named)
    with pytest.raises(ClientError, match="AccessDenied"):
        assume(client)
    assert assume(client, "rehearsal-source")
    assert iam.list_role_policies(RoleName="Mover")["PolicyNames"] == []
    attached = iam.list_attached_role_policies(RoleName="Mover")["AttachedPolicies"]
    assert [policy["PolicyArn"] for policy in attached] == [ADMINISTRATOR]
    assert iam.get_policy(PolicyArn=ADMINISTRATOR)["Policy"]["PolicyName"] == "AdministratorAccess"
