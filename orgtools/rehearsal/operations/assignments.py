"""Assignments of Identity Center, which AWS makes after it has answered: requests with a status. The rest is moto's.

API reference of Identity Center, CreateAccountAssignment; user guide, howtocmp: a customer managed policy of a
permission set must be in the account by its name and path, or the assignment fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from orgtools.rehearsal import centers
from orgtools.rehearsal.identities import Caller
from orgtools.rehearsal.operations.paging import Json, numbered
from orgtools.rehearsal.refusals import Refusal
from orgtools.rehearsal.world import Account, Membership, World

IN_PROGRESS, FAILED, SUCCEEDED = "IN_PROGRESS", "FAILED", "SUCCEEDED"
LARGEST = 100
FIELDS = ("TargetId", "TargetType", "PermissionSetArn", "PrincipalType", "PrincipalId")


@dataclass(eq=False)
class Request:
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
        return {**self.listed(), **_asked(self.parameters), **failed}

    def listed(self) -> Json:
        """As AWS lists it."""
        return {"RequestId": self.id, "Status": self.status, "CreatedDate": self.created.timestamp()}


def create_account_assignment(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Begins; nobody is assigned before the request has succeeded."""
    held = _permission_set(caller.account.id, region, parameters["PermissionSetArn"])
    if held is None or world.organization_of(parameters["TargetId"]) is not world.organization_of(caller.account.id):
        raise Refusal("ResourceNotFoundException", "The permission set or the target account could not be found.")
    same = [one for one in _mine(world, caller, region) if _asked(one.parameters) == _asked(parameters)]
    if any(one.status == IN_PROGRESS for one in same):
        message = "The same assignment is being created already; wait until its request has ended."
        raise Refusal("ConflictException", message)
    digits = "".join(world.random.choices("0123456789abcdef", k=32))
    request_id = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    now = world.now()
    ends = now + timedelta(seconds=world.switches.assignment_seconds)
    made = Request(request_id, caller.account.id, region, dict(parameters), now, ends)
    _begin(world)
    world.assignments[made.id] = made
    return {"AccountAssignmentCreationStatus": made.told()}


def describe_account_assignment_creation_status(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """How far a request has come, and why it failed."""
    wanted = parameters["AccountAssignmentCreationRequestId"]
    for made in _mine(world, caller, region):
        if made.id == wanted:
            return {"AccountAssignmentCreationStatus": made.told()}
    raise Refusal("ResourceNotFoundException", f"There is no request {wanted}.")


def list_account_assignment_creation_status(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """The requests, those of a status where one is named; no more than when, and how far."""
    wanted = parameters.get("Filter", {}).get("Status")
    found = [made.listed() for made in _mine(world, caller, region) if wanted in (None, made.status)]
    size = parameters.get("MaxResults", LARGEST)
    page, following = numbered(found, parameters.get("NextToken"), size, "ValidationException")
    return {"AccountAssignmentsCreationStatus": page, **({"NextToken": following} if following else {})}


def _mine(world: World, caller: Caller, region: str) -> list[Request]:
    return [one for one in world.assignments.values() if (one.account, one.region) == (caller.account.id, region)]


def _asked(parameters: Json) -> Json:
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
        one for one in center.account_assignments if _asked(one.to_json()) != dict(zip(FIELDS, values, strict=True))
    ]
    if assigned:
        center.create_account_assignment(center.instances[0].instance_arn, *values)


def _begin(world: World) -> None:
    """From now on requests end and members leave; a world without assignments need not ask."""
    if _watch not in world.watchers:
        world.settlers.append(lambda at: _settle(world, at))
        world.watchers.append(_watch)


def _watch(account: Account, before: Membership | None, after: Membership | None) -> None:
    """AWS takes away who was assigned in an account when it leaves the organization."""
    if before is None or (after and after.organization is before.organization):
        return
    for center in _centers(before.organization.management):
        center.account_assignments = [one for one in center.account_assignments if one.target_id != account.id]


def _settle(world: World, now: datetime) -> None:
    """Ends every request whose time has come."""
    for made in world.assignments.values():
        if made.status == IN_PROGRESS and made.ends <= now:
            left = world.organization_of(made.parameters["TargetId"]) is not world.organization_of(made.account)
            made.reason = "The target account is not in the organization." if left else _obstacle(made)
            made.status = FAILED if made.reason else SUCCEEDED
            if not made.reason:
                _assign(made)


def _obstacle(made: Request) -> str:
    from moto.iam.models import iam_backends  # noqa: PLC0415 -- moto's models take their time, and few need them

    target = made.parameters["TargetId"]
    present = iam_backends[target]["aws"].managed_policies
    held = _permission_set(made.account, made.region, made.parameters["PermissionSetArn"])
    for policy in held.customer_managed_policies if held else ():
        arn = f"arn:aws:iam::{target}:policy{policy.path}{policy.name}"
        if arn not in present:
            return f"Received a 404 status error: Not supported policy {arn}."
    return ""


def _assign(made: Request) -> None:
    given = _asked(made.parameters)
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


def _permission_set(account: str, region: str, arn: str) -> Any:
    return next((one for one in _center(account, region).permission_sets if one.permission_set_arn == arn), None)


def _centers(account: str) -> list[Any]:
    return list(centers.backends()[account].values())


def _center(account: str, region: str) -> Any:
    return centers.backends()[account][region]


OPERATIONS: dict[str, Callable[[World, Caller, Json, str], Json]] = {
    "CreateAccountAssignment": create_account_assignment,
    "DescribeAccountAssignmentCreationStatus": describe_account_assignment_creation_status,
    "ListAccountAssignmentCreationStatus": list_account_assignment_creation_status,
}
