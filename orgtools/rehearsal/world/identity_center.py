"""IAM Identity Center: moto's, with ids as AWS's model has them, and assignments that AWS makes after it has answered.

API reference of Identity Center, CreateAccountAssignment; user guide, howtocmp: a customer managed policy of a
permission set must be in the account by its name and path, or the assignment fails.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from moto.moto_api._internal import mock_random

from orgtools.rehearsal.world.world import Membership, SimulatedAccount, World

Json = dict[str, Any]
IN_PROGRESS, FAILED, SUCCEEDED = "IN_PROGRESS", "FAILED", "SUCCEEDED"
FIELDS = ("TargetId", "TargetType", "PermissionSetArn", "PrincipalType", "PrincipalId")
"""What an assignment says."""


@cache
def backends() -> Any:
    """moto's backends by account and region. moto's models take their time, and few rehearsals need them."""
    from moto.ssoadmin import models  # noqa: PLC0415 -- see above

    instance: Any = models.Instance
    permission_set: Any = models.PermissionSet
    make = instance.__init__

    def made(self: Any, account_id: str, region: str) -> None:
        make(self, account_id, region)
        self.identity_store_id = f"d-{mock_random.get_random_hex(10)}"

    def named(instance_arn: str) -> str:
        return f"{instance_arn.replace(':instance/', ':permissionSet/')}/ps-{mock_random.get_random_hex(16)}"

    instance.__init__ = made
    permission_set.generate_id = staticmethod(named)
    return models.ssoadmin_backends


@dataclass(eq=False)
class AssignmentRequest:
    """One request to assign, in the Identity Center of one account and region."""

    id: str
    account: str
    region: str
    parameters: Json
    created: datetime
    ends: datetime
    status: str = IN_PROGRESS
    reason: str = ""

    def told(self) -> Json:
        """As AWS describes it."""
        failed = {"FailureReason": self.reason} if self.reason else {}
        return {**self.listed(), **asked(self.parameters), **failed}

    def listed(self) -> Json:
        """As AWS lists it."""
        return {"RequestId": self.id, "Status": self.status, "CreatedDate": self.created.timestamp()}


class Requests(dict[str, AssignmentRequest]):
    """The requests of a world, by their ids."""


def begin(world: World, made: AssignmentRequest) -> None:
    """Begins a request; nobody is assigned before it has succeeded."""
    _begin(world)
    world.part(Requests)[made.id] = made


def asked(parameters: Json) -> Json:
    """The part of a request, or of moto's assignment, that says who is assigned what and where."""
    return {name: parameters[name] for name in FIELDS}


def assign(
    world: World, management: str, *, region: str, target: str, permission_set: str, user: str, assigned: bool
) -> None:
    """What somebody does by hand, at once: a user has a permission set, by its name, in an account, or has it no more.

    Raises:
        KeyError: there is no such permission set.
    """
    _begin(world)
    center = _center(management, region)
    arns = {one.name: one.permission_set_arn for one in center.permission_sets}
    values = (target, "AWS_ACCOUNT", arns[permission_set], "USER", user)
    center.account_assignments = [
        one for one in center.account_assignments if asked(one.to_json()) != dict(zip(FIELDS, values, strict=True))
    ]
    if assigned:
        center.create_account_assignment(center.instances[0].instance_arn, *values)


def _begin(world: World) -> None:
    """From now on requests end and members leave; a world without assignments need not ask."""
    if _watch not in world.watchers:
        world.settlers.append(lambda at: _settle(world, at))
        world.watchers.append(_watch)


def _watch(account: SimulatedAccount, before: Membership | None, after: Membership | None) -> None:
    """AWS takes away who was assigned in an account when it leaves the organization."""
    if before is None or (after and after.organization is before.organization):
        return
    for center in _centers(before.organization.management):
        center.account_assignments = [one for one in center.account_assignments if one.target_id != account.id]


def _settle(world: World, now: datetime) -> None:
    """Ends every request whose time has come."""
    for made in world.part(Requests).values():
        if made.status == IN_PROGRESS and made.ends <= now:
            left = world.organization_of(made.parameters["TargetId"]) is not world.organization_of(made.account)
            made.reason = "The target account is not in the organization." if left else _obstacle(made)
            made.status = FAILED if made.reason else SUCCEEDED
            if not made.reason:
                _assign(made)


def _obstacle(made: AssignmentRequest) -> str:
    from moto.iam.models import iam_backends  # noqa: PLC0415 -- moto's models take their time, and few need them

    target = made.parameters["TargetId"]
    present = iam_backends[target]["aws"].managed_policies
    held = permission_set_of(made.account, made.region, made.parameters["PermissionSetArn"])
    for policy in held.customer_managed_policies if held else ():
        arn = f"arn:aws:iam::{target}:policy{policy.path}{policy.name}"
        if arn not in present:
            return f"Received a 404 status error: Not supported policy {arn}."
    return ""


def _assign(made: AssignmentRequest) -> None:
    given = asked(made.parameters)
    center = _center(made.account, made.region)
    if not any(one.to_json() == given for one in center.account_assignments):
        center.create_account_assignment(
            made.parameters["InstanceArn"],
            given["TargetId"],
            given["TargetType"],
            given["PermissionSetArn"],
            given["PrincipalType"],
            given["PrincipalId"],
        )


def permission_set_of(account: str, region: str, arn: str) -> Any:
    """moto's permission set, or None."""
    return next((one for one in _center(account, region).permission_sets if one.permission_set_arn == arn), None)


def _centers(account: str) -> list[Any]:
    return list(backends()[account].values())


def _center(account: str, region: str) -> Any:
    return backends()[account][region]
