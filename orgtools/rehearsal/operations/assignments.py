"""Assignments of Identity Center: requests with a status. The rest is moto's."""

from datetime import timedelta

from orgtools.rehearsal.operations.paging import Json, numbered
from orgtools.rehearsal.operations.registry import Service, named, operation, service
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world import identity_center
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.identity_center import AssignmentRequest, Requests
from orgtools.rehearsal.world.world import World

LARGEST = 100

service(Service("sso", resource=named("InstanceArn")))


@operation("sso", "CreateAccountAssignment")
def create_account_assignment(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Begins; nobody is assigned before the request has succeeded."""
    held = identity_center.permission_set_of(caller.account.id, region, parameters["PermissionSetArn"])
    if held is None or world.organization_of(parameters["TargetId"]) is not world.organization_of(caller.account.id):
        raise ServiceError("ResourceNotFoundException", "The permission set or the target account could not be found.")
    same = [
        one
        for one in _mine(world, caller, region)
        if identity_center.asked(one.parameters) == identity_center.asked(parameters)
    ]
    if any(one.status == identity_center.IN_PROGRESS for one in same):
        message = "The same assignment is being created already; wait until its request has ended."
        raise ServiceError("ConflictException", message)
    digits = "".join(world.random.choices("0123456789abcdef", k=32))
    request_id = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    now = world.now()
    ends = now + timedelta(seconds=world.switches.assignment_seconds)
    made = AssignmentRequest(request_id, caller.account.id, region, dict(parameters), now, ends)
    identity_center.begin(world, made)
    return {"AccountAssignmentCreationStatus": made.told()}


@operation("sso", "DescribeAccountAssignmentCreationStatus")
def describe_account_assignment_creation_status(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """How far a request has come, and why it failed."""
    wanted = parameters["AccountAssignmentCreationRequestId"]
    for made in _mine(world, caller, region):
        if made.id == wanted:
            return {"AccountAssignmentCreationStatus": made.told()}
    raise ServiceError("ResourceNotFoundException", f"There is no request {wanted}.")


@operation("sso", "ListAccountAssignmentCreationStatus")
def list_account_assignment_creation_status(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """The requests, those of a status where one is named; no more than when, and how far."""
    wanted = parameters.get("Filter", {}).get("Status")
    found = [made.listed() for made in _mine(world, caller, region) if wanted in (None, made.status)]
    size = parameters.get("MaxResults", LARGEST)
    page, following = numbered(found, parameters.get("NextToken"), size, "ValidationException")
    return {"AccountAssignmentsCreationStatus": page, **({"NextToken": following} if following else {})}


def _mine(world: World, caller: Caller, region: str) -> list[AssignmentRequest]:
    return [one for one in world.part(Requests).values() if (one.account, one.region) == (caller.account.id, region)]
