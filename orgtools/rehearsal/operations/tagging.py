"""What Organizations holds, through the Resource Groups Tagging API; what is others' is moto's.

Whoever calls needs the permission of Organizations as well, and must be the management account. See
https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_TagResources.html
"""

from collections.abc import Callable, Iterable, Iterator

from orgtools.rehearsal.operations.accounts import account_arn, home
from orgtools.rehearsal.operations.paging import Json, numbered
from orgtools.rehearsal.operations.registry import operation
from orgtools.rehearsal.operations.tags import tag_resource, untag_resource
from orgtools.rehearsal.refusals import ServiceError, access_denied
from orgtools.rehearsal.world import permissions
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import SimulatedOrganization, World

PAGE = 100


@operation("tagging", "TagResources")
def tag_resources(world: World, caller: Caller, parameters: Json) -> Json | None:
    """Adds tags; None where no ARN is one of Organizations. Each resource that cannot be tagged is told by itself."""
    entries = [{"Key": key, "Value": value} for key, value in parameters["Tags"].items()]

    def tag(arn: str) -> None:
        _may(world, caller, "organizations:TagResource", arn)
        tag_resource(world, caller, {"ResourceId": arn.rpartition("/")[2], "Tags": entries})

    return _each(parameters["ResourceARNList"], tag)


@operation("tagging", "UntagResources")
def untag_resources(world: World, caller: Caller, parameters: Json) -> Json | None:
    """Removes tags by key, in the same way."""

    def untag(arn: str) -> None:
        _may(world, caller, "organizations:UntagResource", arn)
        untag_resource(world, caller, {"ResourceId": arn.rpartition("/")[2], "TagKeys": parameters["TagKeys"]})

    return _each(parameters["ResourceARNList"], untag)


def _each(arns: list[str], change: Callable[[str], None]) -> Json | None:
    if not any(map(_is_ours, arns)):
        return None
    failed: dict[str, Json] = {}
    for arn in arns:
        try:
            change(arn)
        except ServiceError as refusal:
            failed[arn] = {"StatusCode": refusal.status, "ErrorCode": refusal.code, "ErrorMessage": refusal.message}
    return {"FailedResourcesMap": failed}


def _may(world: World, caller: Caller, action: str, arn: str) -> None:
    said = permissions.denial(world, caller, action, arn) if world.switches.permissions else None
    if said or home(world, caller).management != caller.account.id:
        raise access_denied(*filter(None, [said]))


@operation("tagging", "GetResources")
def get_resources(world: World, caller: Caller, parameters: Json) -> Json | None:
    """The tagged accounts, units and policies of the caller's organization; None where only others' are asked for.

    A management account has both, so it is refused where moto's answer alone would leave these out.
    """
    organization = _managed(world, caller)
    types, arns = parameters.get("ResourceTypeFilters", []), parameters.get("ResourceARNList", [])
    ours = [*(one.split(":")[0] == "organizations" for one in types), *map(_is_ours, arns)]
    if organization is None or (ours and not any(ours)):
        return None
    if not (ours and all(ours)):
        raise _both("Name either types of organizations in ResourceTypeFilters, or only others.")
    entries = [
        {"ResourceARN": arn, "Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}
        for arn, tags in _held(world, organization)
        if tags
        and (not types or _of_type(arn, types))
        and (not arns or arn in arns)
        and all(_matches(tags, wanted) for wanted in parameters.get("TagFilters", []))
    ]
    size = parameters.get("ResourcesPerPage", PAGE)
    found, token = numbered(entries, parameters.get("PaginationToken") or None, size, "PaginationTokenExpiredException")
    return {"ResourceTagMappingList": found, "PaginationToken": token}


@operation("tagging", "GetTagKeys")
@operation("tagging", "GetTagValues")
def get_tag_names(world: World, caller: Caller, parameters: Json) -> Json | None:
    """GetTagKeys and GetTagValues: moto's, which knows none of an organization's; refused to a management account."""
    del parameters  # whatever is asked, the account's own and the organization's belong into one list
    if _managed(world, caller):
        raise _both("Call organizations:ListTagsForResource.")
    return None


def _managed(world: World, caller: Caller) -> SimulatedOrganization | None:
    organization = world.organization_of(caller.account.id)
    return organization if organization and organization.management == caller.account.id else None


def _both(next_step: str) -> ServiceError:
    message = f"The rehearsal does not list tags of an organization and of other services together. {next_step}"
    return ServiceError("UnknownOperationException", message)


def _held(world: World, organization: SimulatedOrganization) -> Iterator[tuple[str, dict[str, str]]]:
    for membership in world.memberships.seen.values():
        if membership.organization is organization:
            yield account_arn(organization, membership.account.id), dict(membership.tags)
    for unit in organization.backend.ou:
        yield unit.arn, dict(unit.tags)
    for policy in organization.backend.policies:
        yield policy.arn, dict(policy.tags)


def _of_type(arn: str, types: Iterable[str]) -> bool:
    kind = f"organizations:{arn.split(':')[5].partition('/')[0]}"
    return any(wanted in ("organizations", kind) for wanted in types)


def _matches(tags: dict[str, str], wanted: Json) -> bool:
    values = wanted.get("Values")
    return wanted["Key"] in tags and (not values or tags[wanted["Key"]] in values)


def _is_ours(arn: str) -> bool:
    return arn.split(":")[2:3] == ["organizations"]
