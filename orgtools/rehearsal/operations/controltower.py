"""Control Tower: landing zones, baselines, and the operations that enable, reset and disable them.

Regional: a landing zone answers in its home region only.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Service, named, operation, service
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.baselines import BASELINE, BASELINES, GOVERNING, IDENTITY_CENTER, offered
from orgtools.rehearsal.world.control_tower import AT_ONCE, MOST_IN_UNIT, ControlTowers, SimulatedControlTower
from orgtools.rehearsal.world.control_tower_records import IN_PROGRESS, ControlTowerOperation, Enabled
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

Answers = Callable[[World, Caller, Json, str], Json]
KINDS = ("ENABLE_BASELINE", "DISABLE_BASELINE", "UPDATE_ENABLED_BASELINE", "RESET_ENABLED_BASELINE")
UNIT_ARN = re.compile(r"^arn:aws:organizations::\d{12}:ou/o-[a-z0-9]+/(?P<unit>ou-[0-9a-z]+-[0-9a-z]+)$")
service(Service("controltower", resource=named("enabledBaselineIdentifier")))
PARAMETER = "IdentityCenterEnabledBaselineArn"


def find(world: World, caller: Caller, region: str) -> SimulatedControlTower | None:
    """The landing zone whose home this is: of the caller's organization, in this region."""
    organization = world.organization_of(caller.account.id)
    tower = world.part(ControlTowers).get(organization.id) if organization else None
    here = tower and caller.account.id == tower.organization.management and region == tower.table.home_region
    return tower if here else None


def needed(world: World, caller: Caller, region: str) -> SimulatedControlTower:
    """The landing zone. Raises ResourceNotFoundException where there is none."""
    tower = find(world, caller, region)
    if tower is None:
        raise ServiceError("ResourceNotFoundException", f"There is no landing zone in {region}.", status=404)
    return tower


@operation("controltower", "ListLandingZones")
def list_landing_zones(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """None, or the one."""
    del parameters
    tower = find(world, caller, region)
    return {"landingZones": [{"arn": tower.arn}] if tower else []}


@operation("controltower", "GetLandingZone")
def get_landing_zone(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Version, manifest and remediation types."""
    tower = needed(world, caller, region)
    if parameters["landingZoneIdentifier"] != tower.arn:
        raise ServiceError("ResourceNotFoundException", "There is no such landing zone.", status=404)
    table = tower.table
    return {
        "landingZone": {
            "arn": tower.arn,
            "version": table.version,
            "latestAvailableVersion": table.version,
            "status": "ACTIVE",
            "driftStatus": {"status": "IN_SYNC"},
            "remediationTypes": ["INHERITANCE_DRIFT"] if table.auto_enroll else [],
            "manifest": {
                "governedRegions": table.governed_regions,
                "accessManagement": {"enabled": table.identity_center},
            },
        }
    }


@operation("controltower", "ListBaselines")
def list_baselines(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Those that the landing zone can have."""
    found = [
        {"arn": _baseline_arn(region, baseline), "name": told.name, "description": told.description}
        for baseline, told in offered(needed(world, caller, region).table.version).items()
    ]
    return _page("baselines", found, parameters)


@operation("controltower", "ListEnabledBaselines")
def list_enabled_baselines(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """What is enabled where; the accounts of an OU only with `includeChildren`."""
    tower = needed(world, caller, region)
    wanted = parameters.get("filter", {})
    found = []
    for held in tower.enabled.values():
        shown = _summary(tower, held)
        kept = (
            (parameters.get("includeChildren") or held.parent is None)
            and _in(wanted, "targetIdentifiers", shown["targetIdentifier"])
            and _in(wanted, "baselineIdentifiers", shown["baselineIdentifier"])
            and _in(wanted, "parentIdentifiers", held.parent)
            and _in(wanted, "statuses", held.status)
            and _in(wanted, "inheritanceDriftStatuses", "DRIFTED" if tower.is_drifted(held) else "IN_SYNC")
        )
        if kept:
            found.append(shown)
    return _page("enabledBaselines", found, parameters)


@operation("controltower", "GetEnabledBaseline")
def get_enabled_baseline(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """One of them."""
    tower = needed(world, caller, region)
    return {"enabledBaselineDetails": _summary(tower, _enabled(tower, parameters))}


@operation("controltower", "EnableBaseline")
def enable_baseline(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Registers an OU: its accounts are enrolled. Targets are OUs only (API reference, EnableBaseline)."""
    tower = needed(world, caller, region)
    baseline = parameters["baselineIdentifier"].rpartition("/")[2]
    known = baseline in offered(tower.table.version) and baseline in GOVERNING
    if not known or parameters["baselineIdentifier"] != _baseline_arn(region, baseline):
        raise _invalid("Only AWSControlTowerBaseline or ConfigBaseline can be enabled on an organizational unit.")
    match = UNIT_ARN.match(parameters["targetIdentifier"])
    unit = match["unit"] if match else ""
    if unit not in tower.organization.units:
        raise _invalid("The target must be the ARN of an organizational unit of this organization.")
    if parameters["baselineVersion"] != tower.version_of(baseline):
        raise _invalid(f"Landing zone {tower.table.version} takes baseline version {tower.version_of(baseline)}.")
    given = {entry["key"]: entry["value"] for entry in parameters.get("parameters", [])}
    wants_center = tower.table.identity_center and baseline == BASELINE
    if wants_center and given.get(PARAMETER) != tower.enabled["shared"].arn:
        raise _invalid(f"The parameter {PARAMETER} must name the enabled baseline of IAM Identity Center.")
    parent = tower.organization.units[unit].parent_id or tower.organization.root
    if parent != tower.organization.root and not tower.is_registered(parent):
        raise _invalid("The parent organizational unit is not registered.")
    if tower.is_registered(unit):
        name = BASELINES[tower.enabled[unit].baseline].name
        message = f"{name} is already enabled on the target; an organizational unit has one baseline of this kind."
        raise ServiceError("ConflictException", message, status=409)
    _may_begin(tower, unit)
    operation = tower.register(unit, "ENABLE_BASELINE", baseline)
    return {"operationIdentifier": operation.id, "arn": tower.enabled[unit].arn}


@operation("controltower", "ResetEnabledBaseline")
def reset_enabled_baseline(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Registers an OU again: accounts that came to it are enrolled."""
    tower = needed(world, caller, region)
    held = _enabled(tower, parameters)
    if held.target not in tower.organization.units:
        raise _invalid("Only an enabled baseline on an organizational unit can be reset.")
    _may_begin(tower, held.target)
    return {"operationIdentifier": tower.register(held.target, "RESET_ENABLED_BASELINE").id}


@operation("controltower", "DisableBaseline")
def disable_baseline(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Takes an OU out of governance, or an account that does not inherit its baseline any more.

    User guide, types-of-baselines: an account's can be disabled where it has drifted and is not linked to its OU's. An
    OU with enrolled accounts keeps AWSControlTowerBaseline, the stricter reading; ConfigBaseline goes with theirs.
    """
    tower = needed(world, caller, region)
    held = _enabled(tower, parameters)
    if held.baseline not in GOVERNING:
        raise _invalid("The baseline of a landing zone is disabled by updating the landing zone.")
    if held.target in tower.organization.units:
        inherited = any(tower.is_registered(account_id) for account_id in tower.account_ids(held.target))
        if inherited and held.baseline == BASELINE:
            raise ServiceError("ConflictException", "Accounts in the organizational unit are enrolled.", status=409)
    elif tower.is_linked(held):
        raise _invalid("The enabled baseline is inherited from the one on the organizational unit: disable that.")
    _may_begin(tower, held.target)
    return {"operationIdentifier": tower.disable(held).id}


@operation("controltower", "GetBaselineOperation")
def get_baseline_operation(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """How far an operation has come."""
    tower = needed(world, caller, region)
    operation = tower.operations.get(parameters["operationIdentifier"])
    if operation is None or operation.kind not in KINDS:
        raise ServiceError("ResourceNotFoundException", "There is no such operation.", status=404)
    return {"baselineOperation": _operation(operation)}


def _operation(operation: ControlTowerOperation) -> Json:
    told: Json = {
        "operationIdentifier": operation.id,
        "operationType": operation.kind,
        "status": operation.status,
        "startTime": operation.started.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if operation.status != IN_PROGRESS:
        told["endTime"] = operation.ends.strftime("%Y-%m-%dT%H:%M:%SZ")
    if operation.message:
        told["statusMessage"] = operation.message
    return told


def _may_begin(tower: SimulatedControlTower, unit: str) -> None:
    """One operation for a target at a time; five at once; no more than 1,000 accounts in a registered OU."""
    accounts = tower.account_ids(unit)
    if tower.busy(unit, *accounts):
        raise ServiceError("ConflictException", "Another operation is in progress on the target.", status=409)
    if len(tower.open()) >= AT_ONCE:
        raise ServiceError("ServiceQuotaExceededException", "Too many operations are in progress.", status=402)
    if len(accounts) > MOST_IN_UNIT:
        raise ServiceError("ServiceQuotaExceededException", "The unit has more than 1,000 accounts.", status=402)


def _enabled(tower: SimulatedControlTower, parameters: Json) -> Enabled:
    for held in tower.enabled.values():
        if held.arn == parameters["enabledBaselineIdentifier"]:
            return held
    raise ServiceError("ResourceNotFoundException", "There is no such enabled baseline.", status=404)


def _summary(tower: SimulatedControlTower, held: Enabled) -> Json:
    organization = tower.organization
    kind = "ou" if held.target in organization.units else "account"
    shown: Json = {
        "arn": held.arn,
        "baselineIdentifier": _baseline_arn(tower.table.home_region, held.baseline),
        "baselineVersion": held.version,
        "targetIdentifier": f"{organization.arn_owner}:{kind}/{organization.id}/{held.target}",
        "statusSummary": {"status": held.status, "lastOperationIdentifier": held.operation},
    }
    if held.baseline != IDENTITY_CENTER:
        drift = {"inheritance": {"status": "DRIFTED" if tower.is_drifted(held) else "IN_SYNC"}}
        shown["driftStatusSummary"] = {"types": drift}
    if held.parent and tower.is_linked(held):
        shown["parentIdentifier"] = held.parent
    return shown


def _baseline_arn(region: str, baseline: str) -> str:
    return f"arn:aws:controltower:{region}::baseline/{baseline}"


def _in(wanted: Json, key: str, value: Any) -> bool:
    return not wanted.get(key) or value in wanted[key]


def _page(key: str, found: list[Json], parameters: Json) -> Json:
    token = parameters.get("nextToken")
    try:
        begin = int(json.loads(token)["after"]) if token else 0
    except (ValueError, KeyError, TypeError):
        raise _invalid("The next token is not one of ours.") from None
    end = begin + parameters.get("maxResults", 100)
    more = {"nextToken": json.dumps({"after": end})} if end < len(found) else {}
    return {key: found[begin:end], **more}


def _invalid(message: str) -> ServiceError:
    return ServiceError("ValidationException", message)
