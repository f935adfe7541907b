"""RAM as the receiver sees it: invitations to resource shares, and what has been received. What it shares is moto's."""

from orgtools.rehearsal.operations.paging import Json, numbered
from orgtools.rehearsal.operations.registry import Service, named, operation, service
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.resource_shares import ACCEPTED, EXPIRED, Shares, SimulatedShare
from orgtools.rehearsal.world.world import World

LARGEST = 500

service(Service("ram", resource=named("resourceShareInvitationArn")))


@operation("ram", "GetResourceShareInvitations")
def get_resource_share_invitations(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Every invitation that the account received in a region, whatever became of it."""
    shares, asked = parameters.get("resourceShareArns"), parameters.get("resourceShareInvitationArns")
    found = [
        _invitation(share, world)
        for share in _of(world, caller, region)
        if share.invitation and (not shares or share.arn in shares) and (not asked or share.invitation in asked)
    ]
    return _page("resourceShareInvitations", found, parameters)


@operation("ram", "AcceptResourceShareInvitation")
def accept_resource_share_invitation(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Only the receiver accepts, once, and in time."""
    arn = parameters["resourceShareInvitationArn"]
    share = next((share for share in _of(world, caller, region) if share.invitation == arn), None)
    if share is None:
        message = f"ResourceShareInvitation {arn} could not be found."
        raise ServiceError("ResourceShareInvitationArnNotFoundException", message)
    state = share.state_at(world.now())
    if state == ACCEPTED:
        message = f"ResourceShareInvitation {arn} has already been accepted."
        raise ServiceError("ResourceShareInvitationAlreadyAcceptedException", message)
    if state == EXPIRED:
        raise ServiceError("ResourceShareInvitationExpiredException", f"ResourceShareInvitation {arn} has expired.")
    share.state = ACCEPTED
    return {"resourceShareInvitation": _invitation(share, world)}


@operation("ram", "GetResourceShares")
def get_resource_shares(world: World, caller: Caller, parameters: Json, region: str) -> Json | None:
    """What others share with the account; what it shares itself is moto's."""
    if parameters["resourceOwner"] != "OTHER-ACCOUNTS":
        return None
    received = [
        {
            "resourceShareArn": share.arn,
            "name": share.name,
            "owningAccountId": share.owner,
            "allowExternalPrincipals": True,
            "status": "ACTIVE",
            "creationTime": share.at.timestamp(),
            "lastUpdatedTime": share.at.timestamp(),
            "featureSet": "STANDARD",
        }
        for share in _of(world, caller, region)
        if share.is_received(world)
    ]
    return _page("resourceShares", received, parameters)


@operation("ram", "ListResources")
def list_resources(world: World, caller: Caller, parameters: Json, region: str) -> Json | None:
    """The resources in received shares."""
    if parameters["resourceOwner"] != "OTHER-ACCOUNTS":
        return None
    found = [
        {
            "arn": resource,
            "type": _type(resource),
            "resourceShareArn": share.arn,
            "status": "AVAILABLE",
            "creationTime": share.at.timestamp(),
            "lastUpdatedTime": share.at.timestamp(),
        }
        for share in _of(world, caller, region)
        if share.is_received(world)
        for resource in share.resources
    ]
    return _page("resources", found, parameters)


def _type(arn: str) -> str:
    """RAM's name of a resource type, such as ``ec2:transit-gateway``."""
    service, resource = arn.split(":")[2], arn.split(":")[5]
    return f"{service}:{resource.partition('/')[0]}"


def _of(world: World, caller: Caller, region: str) -> list[SimulatedShare]:
    return [share for share in world.part(Shares) if (share.receiver, share.region) == (caller.account.id, region)]


def _invitation(share: SimulatedShare, world: World) -> Json:
    return {
        "resourceShareInvitationArn": share.invitation,
        "resourceShareName": share.name,
        "resourceShareArn": share.arn,
        "senderAccountId": share.owner,
        "receiverAccountId": share.receiver,
        "invitationTimestamp": share.at.timestamp(),
        "status": share.state_at(world.now()),
    }


def _page(key: str, entries: list[Json], parameters: Json) -> Json:
    token, size = parameters.get("nextToken"), parameters.get("maxResults", LARGEST)
    if not 1 <= size <= LARGEST:
        raise ServiceError("InvalidMaxResultsException", f"maxResults must be between 1 and {LARGEST}.")
    found, following = numbered(entries, token, size, "InvalidNextTokenException")
    return {key: found, **({"nextToken": following} if following else {})}
