"""The course of what is built anew in the destination, units and assignments; and of un-enrolling by moving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools import assess
from orgtools.steps import ACCEPT, ASSIGNMENTS, INVITE, PLACE, REPLICATE, UNENROLL
from tests import rehearsed
from tests.rehearsed import DESTINATION, PLAIN, SOURCE, SOURCE_MANAGEMENT
from tests.steps.course import Course, Json, in_it, invited, out_of_the_source, small

if TYPE_CHECKING:
    from collections.abc import Mapping

    import orgtools
    from orgtools.rehearsal import Rehearsal

PRODUCED, BARE = PLAIN[:2]
"""One that came by Account Factory, and has its product; and one with no role but Control Tower's own."""
_UNITS: Final = {PRODUCED: "Landing/Legacy", BARE: "Landing/Legacy/Online"}
_BEFORE: Final = {PRODUCED: rehearsed.USERS, BARE: rehearsed.USERS[:1]}
_USERS: Final = {who: tuple(rehearsed.there(user) for user in users) for who, users in _BEFORE.items()}
_MAPPING: Final = "permission_set,principal,to_permission_set,to_principal\n" + "".join(
    f"Admins,USER {user},Admins,USER {rehearsed.there(user)}\n" for user in _BEFORE[PRODUCED]
)


def _scenario() -> Json:
    made = small(tuple(_UNITS), ["Legacy/Online", "Elsewhere"], ["Landing", "Elsewhere"])
    source = made["organizations"][0]
    source["landing_zone"] = {"registered": ["Legacy", "Legacy/Online"], "products": [PRODUCED], "auto_enroll": True}
    for table in source["accounts"]:
        if table["id"] in _UNITS:
            table["unit"] = _UNITS[table["id"]].removeprefix("Landing/")
        if table["id"] != BARE:
            table["roles"] = [{"name": "OrganizationAccountAccessRole", "trusts": [SOURCE_MANAGEMENT]}]
    made["switches"] = {"assignment_seconds": 1.5}  # longer than the engine's first pause
    return made


def _exported(migration: orgtools.Migration, rehearsal: Rehearsal) -> None:
    """With assignments, which end when the accounts leave."""
    made = rehearsed.permission_set("source")
    for who, users in _BEFORE.items():
        rehearsed.assigned(who, users, *made)
    rehearsal.advance(timedelta(minutes=1))
    assess.export(migration, _UNITS)


def _zone(world: Json) -> Json:
    found: Json = world["organizations"][SOURCE]["landing_zone"]
    return found


def _untouched(world: Json, account_id: str) -> bool:
    """Neither governed any more nor left over, or gone."""
    zone = _zone(world)
    free = account_id not in zone["enrolled"] and account_id not in zone["products"]
    return free or out_of_the_source(world, account_id)


def _moved_out(world: Json, account_id: str) -> bool:
    """Whether it lies where Control Tower governs nothing, or is at work on what somebody did since."""
    zone, unit = _zone(world), world["accounts"][account_id]["unit"]
    at_work = zone["enrolled"].get(account_id) in (None, "UNDER_CHANGE")
    return at_work or unit not in zone["registered"] or out_of_the_source(world, account_id)


def _let_go(world: Json, account_id: str) -> bool:
    """Whether Account Factory has begun to forget it."""
    return _zone(world)["products"].get(account_id) not in ("AVAILABLE", "TAINTED") or _untouched(world, account_id)


def _stands(world: Json, path: str) -> bool:
    return path.strip("/") in world["organizations"][DESTINATION]["units"].values()


def _asked_for(world: Json, parameters: Mapping[str, Any]) -> bool:
    """Whether somebody is assigned, or AWS is at work on it."""
    permission_set = parameters["PermissionSetArn"].rpartition("/")[2]
    one = f"{parameters['TargetId']} {permission_set} {parameters['PrincipalType']} {parameters['PrincipalId']}"
    center = world["organizations"][DESTINATION]
    return one in center["assignments"] or one in center["assigning"]


def _assigned(world: Json, account_id: str) -> bool:
    held = world["organizations"][DESTINATION]["assignments"]
    users = {one.rpartition(" ")[2] for one in held if one.startswith(account_id)}
    return users == set(_USERS[account_id])


def _at_home(world: Json, account_id: str) -> bool:
    return REBUILT.at_home(world, account_id)


def _through(world: Json, account_id: str) -> bool:
    """Assigned as it was; and the whole tree stands."""
    tree = world["organizations"][SOURCE]["units"].values()
    return _assigned(world, account_id) and all(_stands(world, f"Landing/{path}") for path in tree)


_WAY: Final = (UNENROLL, REPLICATE, INVITE, ACCEPT, PLACE, ASSIGNMENTS)
REBUILT: Final = Course(
    steps=_WAY,
    onward=_WAY,
    starts=((), (UNENROLL,), (REPLICATE, INVITE), (ACCEPT, PLACE)),
    units=_UNITS,
    tags={},
    scenario=_scenario,
    settings="[place]\nreplicate_below = '/Landing'\n[restore]\nassignments = true\n",
    prepare=_exported,
    furnish=lambda: rehearsed.permission_set("destination"),
    effects={
        ("unenroll", "MoveAccount"): _moved_out,
        ("unenroll", "TerminateProvisionedProduct"): _let_go,
        ("replicate", "CreateOrganizationalUnit"): _stands,
        ("invite", "InviteAccountToOrganization"): invited(DESTINATION),
        ("accept", "AcceptHandshake"): in_it(DESTINATION),
        ("place", "MoveAccount"): _at_home,
    },
    told_apart={("assignments", "CreateAccountAssignment"): _asked_for},
    claims={
        "unenroll": _untouched,
        "replicate": _stands,
        "invite": invited(DESTINATION),
        "accept": in_it(DESTINATION),
        "place": _at_home,
        "assignments": _assigned,
    },
    through=_through,
    begins=frozenset({"unenroll"}),
    moving=frozenset({*Course.moving, "roles", "entered_by"}),
    below="/Landing",
    by_itself=True,
    assessed_after=(UNENROLL,),
    mapping=_MAPPING,
    users=_USERS,
    refusals=(
        ("DuplicateOrganizationalUnitException", None),
        ("ParentNotFoundException", None),
        ("ConflictException", None),
    ),
    calls=(
        "MoveAccount",
        "TerminateProvisionedProduct",
        "CreateOrganizationalUnit",
        "InviteAccountToOrganization",
        "AcceptHandshake",
        "CreateAccountAssignment",
    ),
    reads=(
        "ListAccounts",
        "ListOrganizationalUnitsForParent",
        "ListHandshakesForOrganization",
        "GetLandingZone",
        "ListEnabledBaselines",
        "SearchProvisionedProducts",
        "DescribeRecord",
        "AssumeRole",
        "GetRole",
        "ListPermissionSets",
        "ListAccountAssignments",
        "ListAccountAssignmentCreationStatus",
        "DescribeAccountAssignmentCreationStatus",
    ),
    acts=(
        *("cancel", "decline", "accept by hand", "invite by hand", "move away", "move home", "govern again", "remove"),
        *("join the source", "join the destination", "suspend", "reopen", "distrust", "trust", "fill the quota"),
        *("grow", "grow", "prune", "prune", "grow the source", "assign by hand", "take the assignment away"),
        *("map to what is not there", "map no more", "map again"),
    ),
)
"""Out of the source's Control Tower, which un-enrolls by itself, into units that are to be created first."""
