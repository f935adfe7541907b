"""Cost allocation tags: keys that the organization's billing has seen, and whether they are active.

Billing user guide, custom-tags and activating-tags: only the management account, or an account in no organization, may
see and activate them, and a key appears up to 24 hours after a resource carries it.
"""

from orgtools.rehearsal.operations.paging import Json, numbered
from orgtools.rehearsal.operations.registry import operation
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import SimulatedOrganization, World

LARGEST, AT_ONCE = 1000, 20
AWS_GENERATED = "aws:"
"""How the keys begin that AWS makes itself."""


@operation("ce", "ListCostAllocationTags")
def list_cost_allocation_tags(world: World, caller: Caller, parameters: Json) -> Json:
    """The keys that billing has seen, by status, type or name."""
    organization = _payer(world, caller, "List")
    wanted = {name: parameters.get(name) for name in ("Status", "Type")}
    keys, size = parameters.get("TagKeys"), parameters.get("MaxResults", 100)
    if not 1 <= size <= LARGEST:
        raise ServiceError("ValidationException", f"MaxResults must be between 1 and {LARGEST}.")
    found = [
        {"TagKey": key, "Type": "AWSGenerated" if key.startswith(AWS_GENERATED) else "UserDefined", "Status": status}
        for key, status in sorted(organization.cost_tags.items())
    ]
    found = [
        tag
        for tag in found
        if all(value in (None, tag[name]) for name, value in wanted.items()) and (not keys or tag["TagKey"] in keys)
    ]
    page, following = numbered(found, parameters.get("NextToken"), min(size, 100), "InvalidNextTokenException")
    return {"CostAllocationTags": page, **({"NextToken": following} if following else {})}


@operation("ce", "UpdateCostAllocationTagsStatus")
def update_cost_allocation_tags_status(world: World, caller: Caller, parameters: Json) -> Json:
    """Each key by itself: what cannot be changed is told, and the rest is changed all the same."""
    organization = _payer(world, caller, "Update")
    entries = parameters["CostAllocationTagsStatus"]
    if not 1 <= len(entries) <= AT_ONCE:
        raise ServiceError("LimitExceededException", f"You may update 1 to {AT_ONCE} cost allocation tags at once.")
    errors = []
    for entry in entries:
        key = entry["TagKey"]
        if key in organization.cost_tags:
            organization.cost_tags[key] = entry["Status"]
        else:  # AWS publishes no codes for these
            errors.append({"TagKey": key, "Code": "ValidationException", "Message": "Tag keys not found"})
    return {"Errors": errors}


def _payer(world: World, caller: Caller, verb: str) -> SimulatedOrganization:
    organization = world.organization_of(caller.account.id)
    if organization is None or caller.account.id != organization.management:
        message = f"Failed to {verb} Cost Allocation Tag: Linked account doesn't have access to cost allocation tags."
        raise ServiceError("AccessDeniedException", message)
    return organization
