"""CloudFormation templates: a role, who may assume it, and its policy.

See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-role.html
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from orgtools.policies.documents import EXECUTION_ROLE, PUT_BACK, Role, document

if TYPE_CHECKING:
    from collections.abc import Iterable

_ACCOUNT: Final = r"^\d{12}$"
_ORGANIZATION: Final = r"^o-[a-z0-9]{10,32}$"
_ROLE: Final = r"^[\w+=,.@-]{1,64}$"

_ENTERED_BY: Final[dict[Role, Role]] = {
    Role.member_accept: Role.source_operator,
    Role.assess_member: Role.assess_source,
}
"""The role of the source that assumes a role in members, by the latter."""
_ENTERS: Final[dict[Role, Role]] = {
    Role.destination_operator: Role.member_accept,
    Role.only_destination_operator: Role.member_accept,
    Role.source_operator: Role.member_accept,
    Role.assess_source: Role.assess_member,
    Role.assess_destination: Role.assess_member,
}
_PLACEHOLDERS: Final[dict[str, str]] = {
    "organization": "Organization",
    "management_account": "ManagementAccount",
    "member_role": "MemberRole",
    "execution_role": "ExecutionRole",
    "source_organization": "SourceOrganization",
    "source_management_account": "SourceManagementAccount",
}

_IS_PUT_BACK: Final = "EntersByTheRoleThatIsPutBack"
_EXECUTION_ROLE: Final = {"Fn::If": [_IS_PUT_BACK, EXECUTION_ROLE, {"Ref": "MemberRole"}]}


@cache
def _words() -> dict[str, Any]:
    file = files(__package__).joinpath("cloudformation/descriptions.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def template(role: Role, actions: Iterable[str] = ()) -> str:
    """The CloudFormation template of a role, as JSON text.

    Deleting the stack deletes the role, but a member's stays: an account that leaves the StackSet must not lose the
    role that it accepts with.

    Args:
        role: whose.
        actions: for a role that assesses: what the checks declare for its side.
    """
    words = _words()
    said = words["parameters"] | words["source" if role is Role.source_operator else "destination"]
    parameters: dict[str, dict[str, str]] = {
        "RoleName": _parameter(said["RoleName"], _ROLE, _name(role)),
        "TrustedAccount": _parameter(said["TrustedAccount"], _ACCOUNT),
        "TrustedPrincipal": _parameter(
            said["TrustedPrincipal"],
            r"^(role|user)/[\w+=,.@/*-]+$",
            f"role/{_name(_ENTERED_BY[role])}" if role in _ENTERED_BY else "",
        ),
    }
    assesses = role.value.startswith("assess-")
    if assesses:
        parameters["AlsoFor"] = _parameter(said["AlsoFor"], r"^[\w+=,.@-]{0,64}$", None)
    known = {**_PLACEHOLDERS, **({"member_role": "RoleName"} if role is Role.member_accept else {})}
    text = document(role, actions)
    described = {
        "organization": _parameter(said["Organization"], _ORGANIZATION),
        "management_account": _parameter(said["ManagementAccount"], _ACCOUNT),
        "member_role": _parameter(said["MemberRole"], _ROLE, _name(_ENTERS.get(role, role))),
        "source_organization": _parameter(said["SourceOrganization"], _ORGANIZATION),
        "source_management_account": _parameter(said["SourceManagementAccount"], _ACCOUNT),
    }
    used = [name for name in described if "${" + name + "}" in text]
    parameters |= {known[name]: described[name] for name in used if known[name] not in parameters}
    trusted = "arn:${AWS::Partition}:iam::${TrustedAccount}:"
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": f"{trusted}root"}},
        "Action": "sts:AssumeRole",
        "Condition": {"ArnLike": {"aws:PrincipalArn": {"Fn::Sub": trusted + "${TrustedPrincipal}"}}},
    }
    kept = (
        {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"} if role in (*_ENTERED_BY, Role.accepter) else {}
    )
    own = [{"Ref": "Role"}]
    conditions = _conditions(text, assesses=assesses)
    held = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"orgtools {role.value} - {words['roles'][role.value]}.",
        "Parameters": parameters,
        **({"Conditions": conditions} if conditions else {}),
        "Resources": {
            "Role": {
                "Type": "AWS::IAM::Role",
                **kept,
                "Properties": {
                    "RoleName": {"Ref": "RoleName"},
                    "Description": f"orgtools - {words['roles'][role.value]}.",
                    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
                },
            },
            "Policy": {
                "Type": "AWS::IAM::ManagedPolicy",
                **kept,
                "Properties": {
                    "ManagedPolicyName": {"Fn::Sub": "${RoleName}-policy"},
                    "PolicyDocument": _substituted(json.loads(text), known),
                    "Roles": {"Fn::If": ["ForAnother", [*own, {"Ref": "AlsoFor"}], own]} if assesses else own,
                },
            },
        },
        "Outputs": {"RoleArn": {"Description": words["output"], "Value": {"Fn::GetAtt": ["Role", "Arn"]}}},
    }
    return json.dumps(held, indent=2)


def _conditions(text: str, *, assesses: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if assesses:
        found["ForAnother"] = {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlsoFor"}, ""]}]}
    if "${execution_role}" in text:
        found[_IS_PUT_BACK] = {"Fn::Equals": [{"Ref": "MemberRole"}, PUT_BACK]}
    return found


def _name(role: Role) -> str:
    return f"orgtools-{role.value}"


def _parameter(description: str, pattern: str, default: str | None = "") -> dict[str, str]:
    """A parameter; without a default it must be given, and None stands for an empty one."""
    given = {} if default == "" else {"Default": default or ""}
    return {"Type": "String", "Description": description, "AllowedPattern": pattern, **given}


def _substituted(value: Any, known: dict[str, str]) -> Any:
    """A policy with CloudFormation's parameters in place of ours."""
    if isinstance(value, dict):
        return {key: _substituted(item, known) for key, item in value.items()}
    if isinstance(value, list):
        return [_substituted(item, known) for item in value]
    text = re.sub(r"\$\{(\w+)\}", lambda match: "${" + known[match[1]] + "}", str(value))
    if "${ExecutionRole}" in text:  # no parameter: its name is AWS's, and whether it is needed follows from another
        return {"Fn::Sub": [text, {"ExecutionRole": _EXECUTION_ROLE}]}
    return {"Fn::Sub": text} if text != value else value
