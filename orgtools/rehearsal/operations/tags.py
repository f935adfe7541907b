"""Tags of account objects, OUs, the root and policies."""

from collections.abc import Mapping

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import ACCOUNT_ID, home, resource_of
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.refusals import ServiceError, constraint, invalid
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import SimulatedOrganization, World

MOST_TAGS = 50


def check_tags(tags: list[dict[str, str]]) -> dict[str, str]:
    """Tags of a request as a mapping (API: InvalidInputException and MAX_TAG_LIMIT_EXCEEDED)."""
    found: dict[str, str] = {}
    for tag in tags:
        key = tag["Key"]
        if key.lower().startswith("aws:"):
            raise invalid("INVALID_SYSTEM_TAGS_PARAMETER", "You specified a tag key that is a system tag.")
        if key in found:
            raise invalid("DUPLICATE_TAG_KEY", "Tag keys must be unique among the tags attached to the same entity.")
        found[key] = tag["Value"]
    _not_too_many(found)
    return found


def _resource(world: World, caller: Caller, parameters: Json) -> str:
    resource_id = parameters["ResourceId"]
    return resource_of(world, caller, resource_id) if ACCOUNT_ID.match(resource_id) else "*"


@operation("organizations", "TagResource", who=Who.MANAGEMENT, rate=rates.Limit((4, 6)), resource=_resource)
def tag_resource(world: World, caller: Caller, parameters: Json) -> Json:
    """Adds tags, or overwrites values."""
    _change(world, home(world, caller), parameters["ResourceId"], add=check_tags(parameters["Tags"]))
    return {}


@operation("organizations", "UntagResource", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED, resource=_resource)
def untag_resource(world: World, caller: Caller, parameters: Json) -> Json:
    """Removes tags by key; missing keys are no error."""
    _change(world, home(world, caller), parameters["ResourceId"], remove=parameters["TagKeys"])
    return {}


@operation(
    "organizations", "ListTagsForResource", who=Who.DELEGATE, rate=rates.Limit((10, 15), (12, 18)), resource=_resource
)
def list_tags_for_resource(world: World, caller: Caller, parameters: Json) -> Json:
    """The tags of one resource."""
    organization, resource = home(world, caller), parameters["ResourceId"]
    membership = world.memberships.seen.get(resource)
    if membership and membership.organization is organization:
        tags = dict(membership.tags)
    else:
        tags = _stored(organization, resource)
    entries = [{"Key": key, "Value": value} for key, value in tags.items()]
    # The API has no MaxResults here, and answers all 50 possible tags on pages like the others.
    return page(
        world,
        "Tags",
        lambda after: list(enumerate(entries))[after + 1 :],
        {"NextToken": parameters.get("NextToken")},
    )


def _change(
    world: World,
    organization: SimulatedOrganization,
    resource: str,
    *,
    add: Mapping[str, str] | None = None,
    remove: list[str] | None = None,
) -> None:
    membership = world.memberships.truth.get(resource)
    if membership and membership.organization is organization:
        tags = dict(membership.tags)
    else:
        membership = None
        tags = dict(_stored(organization, resource))
    tags.update(add or {})
    for key in remove or []:
        tags.pop(key, None)
    _not_too_many(tags)
    if membership:
        world.change(membership, tags=tags)
    else:
        stored = _stored(organization, resource)
        stored.clear()
        stored.update(tags)


def _stored(organization: SimulatedOrganization, resource: str) -> dict[str, str]:
    backend = organization.backend
    tags = {unit.id: unit.tags for unit in backend.ou} | {policy.id: policy.tags for policy in backend.policies}
    if resource in tags:
        return tags[resource]
    raise ServiceError(
        "TargetNotFoundException",
        "We can't find a root, OU, account, or policy with the TargetId that you specified.",
    )


def _not_too_many(tags: Mapping[str, str]) -> None:
    if len(tags) > MOST_TAGS:
        message = f"You have exceeded the number of tags allowed on this resource: {MOST_TAGS}."
        raise constraint("MAX_TAG_LIMIT_EXCEEDED", message)
