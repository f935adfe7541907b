"""Roots and OUs: reading the tree, and changing it."""

from collections.abc import Iterable

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import ACCOUNT_ID, home, require_parent
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.operations.tags import check_tags
from orgtools.rehearsal.refusals import ServiceError, constraint
from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.organizations import add_unit, remove_unit
from orgtools.rehearsal.world.world import SimulatedOrganization, World

DEEPEST = 5
MOST = 2000
"""User guide, orgs_reference_limits."""


def unit_json(world: World, organization: SimulatedOrganization, unit: mirror.Unit) -> Json:
    """The API's `OrganizationalUnit`."""
    answer: Json = {
        "Id": unit.id,
        "Arn": f"{organization.arn_owner}:ou/{organization.id}/{unit.id}",
        "Name": unit.name,
    }
    if world.switches.paths:
        answer["Path"] = organization.path_of(unit.id)
    return answer


@operation("organizations", "ListRoots", who=Who.DELEGATE, rate=rates.Limit((1, 2), (1, 3)))
def list_roots(world: World, caller: Caller, parameters: Json) -> Json:
    """The one root."""
    organization = home(world, caller)
    root = {
        "Id": organization.root,
        "Arn": f"{organization.arn_owner}:root/{organization.id}/{organization.root}",
        "Name": "Root",
        "PolicyTypes": organization.backend.root.policy_types,
    }
    return page(world, "Roots", lambda after: [(0, root)] if after < 0 else [], parameters)


@operation("organizations", "ListOrganizationalUnitsForParent", who=Who.DELEGATE, rate=rates.READ)
def list_organizational_units_for_parent(world: World, caller: Caller, parameters: Json) -> Json:
    """The OUs directly in a root or OU."""
    organization = home(world, caller)
    held = organization.children[require_parent(organization, parameters["ParentId"])]

    def entries(after: int) -> Iterable[tuple[int, Json]]:
        for place, unit_id in held.after(after):
            yield place, unit_json(world, organization, organization.units[unit_id])

    return page(world, "OrganizationalUnits", entries, parameters)


@operation("organizations", "DescribeOrganizationalUnit", who=Who.DELEGATE, rate=rates.DESCRIBE)
def describe_organizational_unit(world: World, caller: Caller, parameters: Json) -> Json:
    """One OU."""
    organization = home(world, caller)
    return {
        "OrganizationalUnit": unit_json(world, organization, _unit(organization, parameters["OrganizationalUnitId"]))
    }


@operation("organizations", "ListParents", who=Who.DELEGATE, rate=rates.READ)
def list_parents(world: World, caller: Caller, parameters: Json) -> Json:
    """The root or OU that an account or OU is in."""
    organization, child = home(world, caller), parameters["ChildId"]
    parent: str | None = None
    if ACCOUNT_ID.match(child):
        membership = world.memberships.seen.get(child)
        if membership and membership.organization is organization:
            parent = membership.parent
    elif child in organization.units:
        parent = organization.units[child].parent_id
    if parent is None:
        message = "We can't find an organizational unit (OU) or account with the ChildId that you specified."
        raise ServiceError("ChildNotFoundException", message)
    kind = "ROOT" if parent == organization.root else "ORGANIZATIONAL_UNIT"
    return page(world, "Parents", lambda after: [(0, {"Id": parent, "Type": kind})] if after < 0 else [], parameters)


@operation("organizations", "ListChildren", who=Who.DELEGATE, rate=rates.Limit((6, 10), (7, 12)))
def list_children(world: World, caller: Caller, parameters: Json) -> Json:
    """The ids of the accounts, or of the OUs, directly in a root or OU."""
    organization = home(world, caller)
    parent, kind = require_parent(organization, parameters["ParentId"]), parameters["ChildType"]
    held = organization.members_of[parent] if kind == "ACCOUNT" else organization.children[parent]
    return page(
        world,
        "Children",
        lambda after: ((place, {"Id": child, "Type": kind}) for place, child in held.after(after)),
        parameters,
    )


def _parent(world: World, caller: Caller, parameters: Json) -> str:
    organization, parent = world.organization_of(caller.account.id), parameters["ParentId"]
    kind = "root" if parent.startswith("r-") else "ou"
    return f"{organization.arn_owner}:{kind}/{organization.id}/{parent}" if organization else "*"


@operation("organizations", "CreateOrganizationalUnit", who=Who.MANAGEMENT, rate=rates.Limit((1, 2)), resource=_parent)
def create_organizational_unit(world: World, caller: Caller, parameters: Json) -> Json:
    """Adds an OU; names are unique within a parent, the tree is five OUs deep at most."""
    organization = home(world, caller)
    parent, name = require_parent(organization, parameters["ParentId"]), parameters["Name"]
    _name_is_free(organization, parent, name)
    if organization.path_of(parent).count("/ou-") >= DEEPEST:
        raise constraint("OU_DEPTH_LIMIT_EXCEEDED", "You attempted to create an OU tree that is too many levels deep.")
    if len(organization.units) >= MOST:
        raise constraint("OU_NUMBER_LIMIT_EXCEEDED", "You attempted to exceed the number of OUs you can have.")
    tags = check_tags(parameters.get("Tags") or [])
    new_id = f"ou-{organization.root.removeprefix('r-')}-{world.new_id(8)}"
    return {"OrganizationalUnit": unit_json(world, organization, add_unit(organization, new_id, name, parent, tags))}


@operation("organizations", "UpdateOrganizationalUnit", who=Who.MANAGEMENT, rate=rates.CHANGE_TREE)
def update_organizational_unit(world: World, caller: Caller, parameters: Json) -> Json:
    """Renames an OU; its id stays."""
    organization = home(world, caller)
    unit = _unit(organization, parameters["OrganizationalUnitId"])
    name: str = parameters.get("Name") or unit.name or ""
    if name != unit.name:
        _name_is_free(organization, unit.parent_id or organization.root, name)
        unit.name = name
    return {"OrganizationalUnit": unit_json(world, organization, unit)}


@operation("organizations", "DeleteOrganizationalUnit", who=Who.MANAGEMENT, rate=rates.CHANGE_TREE)
def delete_organizational_unit(world: World, caller: Caller, parameters: Json) -> Json:
    """Deletes an empty OU."""
    organization = home(world, caller)
    unit = _unit(organization, parameters["OrganizationalUnitId"])
    if not remove_unit(world, organization, unit):
        message = "The specified OU is not empty. Move all accounts to another root or to other OUs, and try again."
        raise ServiceError("OrganizationalUnitNotEmptyException", message)
    return {}


def _unit(organization: SimulatedOrganization, unit_id: str) -> mirror.Unit:
    unit = organization.units.get(unit_id)
    if unit is None:
        message = "We can't find an OU with the OrganizationalUnitId that you specified."
        raise ServiceError("OrganizationalUnitNotFoundException", message)
    return unit


def _name_is_free(organization: SimulatedOrganization, parent: str, name: str) -> None:
    if any(organization.units[unit_id].name == name for unit_id in organization.children[parent]):
        raise ServiceError("DuplicateOrganizationalUnitException", "An OU with the same name already exists.")
