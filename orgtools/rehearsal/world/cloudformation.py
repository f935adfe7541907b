"""IAM as CloudFormation makes it, where moto's falls short: inline and managed policies of roles, and their updates.

moto keeps a role's inline policies as they stand in the template, attaches no managed ones, changes nothing but the
description when a stack is updated, and knows neither AWS::IAM::RolePolicy nor AWS's own policies.
"""

import json
from functools import cache
from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.iam.aws_managed_policies import aws_managed_policies_data
from moto.iam.models import AWSManagedPolicy, IAMBackend, Role, iam_backends

from orgtools.rehearsal.world.mirror import PARTITION

Json = dict[str, Any]
AWS_OWN = "arn:aws:iam::aws:policy/"
_create, _delete = Role.create_from_cloudformation_json, Role.delete_from_cloudformation_json


@cache
def _own_policies() -> dict[str, Json]:
    """AWS's own policies by name; reading them takes a moment, so nobody does before one is asked for."""
    held: dict[str, Json] = json.loads(aws_managed_policies_data)
    return held


def know(account: str, arn: str) -> None:
    """Puts a policy of AWS's own into an account's IAM, if it is one."""
    if not arn.startswith(AWS_OWN):
        return
    backend: IAMBackend = iam_backends[account][PARTITION]
    name = arn.rpartition("/")[2]
    if arn not in backend.managed_policies and name in _own_policies():
        policy = AWSManagedPolicy.from_data(name, account, "us-east-1", _own_policies()[name])
        backend.managed_policies[policy.arn] = policy


def _text(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document, default=str)


def _equip(role: Role, account: str, properties: Json) -> None:
    """Gives a role exactly the policies that the template's role has."""
    backend: IAMBackend = iam_backends[account][PARTITION]
    wanted = properties.get("ManagedPolicyArns") or []
    for arn in [arn for arn in role.managed_policies if arn not in wanted]:
        role.managed_policies[arn].detach_from(role)
    for arn in [arn for arn in wanted if arn not in role.managed_policies]:
        know(account, arn)
        backend.attach_role_policy(arn, role.name)
    for policy in properties.get("Policies") or []:
        role.put_policy(policy["PolicyName"], _text(policy["PolicyDocument"]))


def _create_role(resource_name: str, cloudformation_json: Json, account_id: str, region_name: str, **more: Any) -> Role:
    role: Role = _create(resource_name, cloudformation_json, account_id, region_name, **more)
    _equip(role, account_id, cloudformation_json["Properties"])
    return role


def _update_role(
    original_resource: Role,
    new_resource_name: str,
    cloudformation_json: Json,
    account_id: str,
    region_name: str,
) -> Role:
    properties = cloudformation_json["Properties"]
    if properties.get("RoleName", original_resource.name) != original_resource.name:
        # Another name is another role: AWS makes the new one before it deletes the old one.
        made = _create_role(properties["RoleName"], cloudformation_json, account_id, region_name)
        _delete(original_resource.name, cloudformation_json, account_id, region_name)
        return made
    del new_resource_name
    role = original_resource
    role.assume_role_policy_document = _text(properties["AssumeRolePolicyDocument"])
    role.description = properties.get("Description", "")
    role.max_session_duration = str(properties.get("MaxSessionDuration", 3600))
    role.permissions_boundary_arn = properties.get("PermissionsBoundary", "")
    own = iam_backends[account_id][PARTITION].inline_policies.values()
    beside = {held.policy_name for held in own if role.name in (held.role_names or ())}
    beside |= {held.policy_name for held in RolePolicy.made.get((account_id, role.name), {}).values()}
    role.policies = {name: text for name, text in role.policies.items() if name in beside}
    _equip(role, account_id, properties)
    return role


Role.create_from_cloudformation_json = staticmethod(_create_role)  # type: ignore[method-assign]
Role.update_from_cloudformation_json = staticmethod(_update_role)  # type: ignore[method-assign]


class RolePolicy(CloudFormationModel):
    """An inline policy of one role as a resource of its own: AWS::IAM::RolePolicy."""

    made: dict[tuple[str, str], dict[str, "RolePolicy"]] = {}  # noqa: RUF012 -- shared by all on purpose
    """By account and role, then by policy name; forgotten with moto's world."""

    def __init__(self, account: str, role_name: str, policy_name: str) -> None:
        self.account, self.role_name, self.policy_name = account, role_name, policy_name

    @property
    def physical_resource_id(self) -> str:
        """AWS's own form is opaque; this one tells the two names."""
        return f"{self.policy_name}|{self.role_name}"

    @staticmethod
    def cloudformation_name_type() -> str:
        """No property names the resource."""
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        """The type in templates."""
        return "AWS::IAM::RolePolicy"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """It has none."""
        del attr
        return False

    @classmethod
    def create_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Json, account_id: str, region_name: str, **more: Any
    ) -> "RolePolicy":
        """Puts the policy on its role."""
        del resource_name, region_name, more
        given = cloudformation_json["Properties"]
        made = cls(account_id, given["RoleName"], given["PolicyName"])
        backend: IAMBackend = iam_backends[account_id][PARTITION]
        backend.put_role_policy(made.role_name, made.policy_name, _text(given["PolicyDocument"]))
        cls.made.setdefault((account_id, made.role_name), {})[made.policy_name] = made
        return made

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: "RolePolicy",
        new_resource_name: str,
        cloudformation_json: Json,
        account_id: str,
        region_name: str,
    ) -> "RolePolicy":
        """Takes the old one away and puts the new one."""
        _take(original_resource)
        return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, cloudformation_json: Json, account_id: str, region_name: str
    ) -> None:
        """Takes the policy off its role, if that is still there."""
        del cloudformation_json, region_name
        policy_name, _, role_name = resource_name.partition("|")
        held = cls.made.get((account_id, role_name), {}).get(policy_name)
        if held:
            _take(held)


def _take(held: RolePolicy) -> None:
    RolePolicy.made[held.account, held.role_name].pop(held.policy_name, None)
    for role in iam_backends[held.account][PARTITION].roles.values():
        if role.name == held.role_name:
            role.policies.pop(held.policy_name, None)
