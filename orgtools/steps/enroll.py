"""Enroll: AWS Control Tower in the destination comes to govern each account that is in its unit.

Which of four ways it takes follows from the landing zone, and is said: by itself after the move, by registering the
unit again, by registering it, or, where migration.toml asks for it, through Account Factory. Enrolled is what AWS lists
as enabled on the account, in sync. Without a landing zone there is nothing to do. See
https://docs.aws.amazon.com/controltower/latest/userguide/enroll-account.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.controltower import AT_ONCE
from orgtools.aws.model import mask_emails
from orgtools.exceptions import RefusedError
from orgtools.messages import free
from orgtools.plan import resolve
from orgtools.policies import Role, grant
from orgtools.steps import towers
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.aws.controltower import LandingZone, Tower
    from orgtools.aws.model import Account, OrganizationalUnit
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_EMAILS: Final = ("AccountEmail", "SSOUserEmail")
_TERMINATE: Final = "TerminateProvisionedProduct"


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and what `look` adds."""
    return look(migration, accounts, migration.observe())


def look(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the destination's Control Tower, how far what was begun has come, and what is in the way."""
    snapshot = towers.look(migration, snapshot, "destination")
    tower = snapshot.towers.get("destination")
    if tower is None or tower.zone is None:
        return snapshot
    try:
        tower = replace(tower, progress=towers.begun(migration, "enroll", "destination", tower, accounts))
    except RefusedError as error:
        blind = {account.account_id: str(error) for account in accounts}
        return towers.with_tower(snapshot, "destination", replace(tower, unknown=blind))
    snapshot = towers.with_tower(snapshot, "destination", tower)
    looked = {
        account.account_id: towers.enterable(
            migration, account.account_id, tower, factory=_through_factory(account, snapshot)
        )
        for account in accounts
        if isinstance(decide(account, snapshot), Do)
    }
    obstacles = {account_id: found for account_id, (found, _) in looked.items() if found}
    unknown = {account_id: words for account_id, (_, words) in looked.items() if words}
    return towers.with_tower(snapshot, "destination", replace(tower, obstacles=obstacles, unknown=unknown))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Nothing where it is enrolled or under way; otherwise the one call that enrolls it, and why that one."""
    account_id, tower = account.account_id, snapshot.towers.get("destination")
    if tower is None:
        return Blocked(
            account_id,
            free(
                "could not look whether the destination has a landing zone",
                f"{grant('controltower:ListLandingZones', 'caller-in-destination', Role.destination_operator)} "
                "Then preview again.",
            ),
        )
    if tower.zone is None:
        return Done(account_id, free("the destination has no Control Tower landing zone here: nothing to enroll"))
    arrived = snapshot.destination.accounts.get(account_id)
    if arrived is None:
        return Wait(account_id, free("is not in the destination yet: 50_accept comes first"))
    try:
        unit = resolve(account.ou, snapshot.destination.units.values())
    except ValueError as error:
        if account.ou in snapshot.coming:
            return Wait(account_id, free(f"its unit {account.ou} is not there yet: 60_place comes first"))
        return Blocked(account_id, free(str(error), "Correct accounts.csv, or create the unit, and preview again."))
    if arrived.parent_id != unit.id:
        return Wait(account_id, free(f"is not in {unit.path} yet: 60_place comes first"))
    if unit.parent_id is None:
        return Done(account_id, free("stays in the root, which Control Tower does not govern"))
    held = tower.enabled.get(account_id)
    if held and held.is_right:
        return Done(account_id, free(f"is enrolled: AWS lists {held.arn} as SUCCEEDED and IN_SYNC"))
    at_work = _under_way(account_id, unit, tower)
    return at_work or towers.told_news(_way(account, unit, tower, tower.zone, snapshot), tower)


def _under_way(account_id: str, unit: OrganizationalUnit, tower: Tower) -> Wait | None:
    told, product = tower.progress.get(account_id), tower.products.get(account_id)
    if told and told.status == "IN_PROGRESS":
        return Wait(
            account_id, free(f"AWS is at work: {told.id} is in progress; it takes minutes to hours"), effective=True
        )
    for target, name in ((account_id, "the account"), (unit.id, unit.path)):
        held = tower.enabled.get(target)
        if held and held.status == "UNDER_CHANGE":
            why = f"AWS is at work on {name}: {held.operation or held.arn} is in progress; it takes minutes to hours"
            return Wait(account_id, free(why), effective=True)
    if product and product.status == "UNDER_CHANGE":
        why = f"AWS is at work: its provisioned product {product.id} is under change; it takes minutes to hours"
        return Wait(account_id, free(why), effective=True)
    return None


def _way(
    account: PlannedAccount, unit: OrganizationalUnit, tower: Tower, zone: LandingZone, snapshot: Snapshot
) -> Decision:
    account_id = account.account_id
    if zone.status != "ACTIVE":
        next_step = "Look at the landing zone in the Control Tower console, then preview again."
        return Blocked(account_id, free(f"the landing zone {zone.version} is {zone.status}", next_step))
    failed = _failed(account_id, tower)
    if account_id in tower.unknown:
        why = "could not look how far it has come, or what is in its way"
        return Blocked(account_id, free(why, tower.unknown[account_id]))
    if tower.obstacles.get(account_id):
        return Blocked(
            account_id,
            free(
                f"Control Tower refuses it as it is: {', '.join(map(str, tower.obstacles[account_id]))}{failed}",
                "Delete the AWS Config resources in the account (aws configservice delete-delivery-channel, "
                "delete-configuration-recorder, delete-aggregation-authorization), or ask AWS Support to allow them and "
                "then name the account under [control_tower] config_allowed; for Account Factory create the role "
                f"AWSControlTowerExecution, trusting account {snapshot.destination.identity.management_account_id}, with "
                "AdministratorAccess. Then preview again.",
            ),
        )
    if _through_factory(account, snapshot) and account_id in snapshot.governing.config_allowed:
        return Blocked(
            account_id,
            free(
                "an account with AWS Config resources that AWS Support has allowed enrolls by registering its unit only",
                "Take it, or its unit, out of [control_tower] account_factory in migration.toml.",
            ),
        )
    if _through_factory(account, snapshot):
        return _by_factory(account_id, unit, tower, failed, snapshot)
    return _by_unit(account_id, unit, tower, failed, snapshot)


def _failed(account_id: str, tower: Tower) -> str:
    """What AWS said of the last try, if that failed."""
    told, held, product = tower.progress.get(account_id), tower.enabled.get(account_id), tower.products.get(account_id)
    words = told.words if told and told.status == "FAILED" else ""
    if not words and product and product.status in ("TAINTED", "ERROR"):
        words = product.words or f"its provisioned product is {product.status}"
    if not words and held and held.status == "FAILED":
        words = "its status is FAILED"
    return f"; the last try failed, AWS says: {words}" if words else ""


def _by_unit(account_id: str, unit: OrganizationalUnit, tower: Tower, failed: str, snapshot: Snapshot) -> Decision:
    """One call for the whole unit, which holds other accounts, too: every one of them is named."""
    registered, version = tower.enabled.get(unit.id), tower.zone.version if tower.zone else ""
    allowed = account_id in snapshot.governing.config_allowed
    if registered and tower.enrolls_by_itself(unit.id) and not registered.drifted and not failed and not allowed:
        why = f"{unit.path} is registered and landing zone {version} enrolls by itself: nothing to call"
        return Wait(account_id, free(f"{why}; it takes minutes to hours"), effective=True)
    held = sorted(one.id for one in snapshot.destination.accounts.values() if _is_touched(one, unit, snapshot))
    strangers = [one for one in held if one not in snapshot.planned and one not in snapshot.governing.also]
    verb = "registering it again" if registered else "registering it"
    if strangers:
        return Blocked(
            account_id,
            free(
                f"{unit.path} also holds {', '.join(strangers)}, which accounts.csv does not name: {verb} touches them",
                "If they may be enrolled, name them in migration.toml under [control_tower] also = [...]; or enroll the "
                "account alone: name it there under account_factory.",
            ),
        )
    names = ", ".join(held)
    if registered:
        drift = " and has drifted" if registered.drifted else ""
        off = "" if tower.enrolls_by_itself(unit.id) else f"; landing zone {version} does not enroll by itself"
        why = f"{unit.path} is registered{drift}{off}: registering it again enrolls {names}{failed}"
        parameters: dict[str, Any] = {"enabledBaselineIdentifier": registered.arn}
        words = f"register {unit.path} again: {names}"
        return Do(account_id, free(why), (_call(tower, "ResetEnabledBaseline", parameters, words),))
    parent = snapshot.destination.units.get(unit.parent_id or "")
    if parent and parent.parent_id is not None and parent.id not in tower.enabled:
        next_step = f"Register {parent.path} in the Control Tower console first, then preview again."
        return Blocked(account_id, free(f"neither {unit.path} nor {parent.path} above it is registered", next_step))
    home = snapshot.destination.identity
    target = f"arn:{home.partition}:organizations::{home.management_account_id}:ou/{home.organization_id}/{unit.id}"
    parameters = {
        "baselineIdentifier": tower.baseline,
        "baselineVersion": tower.version,
        "targetIdentifier": target,
    }
    if tower.center:
        parameters["parameters"] = [{"key": "IdentityCenterEnabledBaselineArn", "value": tower.center}]
    why = f"{unit.path} is not registered: registering it enrolls {names}{failed}"
    return Do(account_id, free(why), (_call(tower, "EnableBaseline", parameters, f"register {unit.path}: {names}"),))


def _is_touched(account: Account, unit: OrganizationalUnit, snapshot: Snapshot) -> bool:
    management = snapshot.destination.identity.management_account_id
    return account.parent_id == unit.id and account.id != management


def _by_factory(account_id: str, unit: OrganizationalUnit, tower: Tower, failed: str, snapshot: Snapshot) -> Decision:
    product = tower.products.get(account_id)
    if product:
        # Of whatever status: a product that stands although the account is not enrolled is left over.
        parameters: dict[str, Any] = {
            "ProvisionedProductId": product.id,
            "TerminateToken": f"clean-{product.id}",
            "IgnoreErrors": True,
        }
        words = f"terminate {product.id}, which an earlier try left behind; the account stays as it is"
        why = f"Account Factory has a product of it, {product.status}, although it is not enrolled{failed}"
        return Do(account_id, free(why), (_call(tower, _TERMINATE, parameters, words),))
    if unit.id not in tower.enabled:
        next_step = "Register the unit in the Control Tower console, or take the account out of account_factory."
        return Blocked(
            account_id, free(f"Account Factory enrolls in registered units only, and {unit.path} is none", next_step)
        )
    if tower.factory is None:
        return Blocked(
            account_id,
            free(
                "Service Catalog does not show Account Factory to the destination's caller",
                "Give it access to the portfolio AWS Control Tower Account Factory Portfolio, then preview again.",
            ),
        )
    return _provision(account_id, unit, tower, failed, snapshot)


def _provision(account_id: str, unit: OrganizationalUnit, tower: Tower, failed: str, snapshot: Snapshot) -> Decision:
    product_id, artifact_id, path_id = tower.factory or ("", "", "")
    held, settings = snapshot.destination.accounts[account_id], snapshot.governing
    values = {
        "AccountEmail": held.email,
        "AccountName": held.name,
        "ManagedOrganizationalUnit": f"{unit.name} ({unit.id})",
        "SSOUserEmail": held.email,
        "SSOUserFirstName": settings.sso_first_name,
        "SSOUserLastName": settings.sso_last_name,
    }
    told = tower.progress.get(account_id)
    parameters: dict[str, Any] = {
        "ProductId": product_id,
        "ProvisioningArtifactId": artifact_id,
        **({"PathId": path_id} if path_id else {}),
        "ProvisionedProductName": f"Enroll-Account-{account_id}",
        # The same for a call whose answer was lost, another one after a failure: AWS answers the first to the first.
        "ProvisionToken": f"{account_id}-{told.id if told else 'first'}",
        "ProvisioningParameters": [{"Key": key, "Value": value} for key, value in values.items()],
    }
    words = f"enroll {account_id} alone in {unit.path} through Account Factory, owner {mask_emails(held.email)}"
    why = f"migration.toml asks for Account Factory{failed}"
    return Do(account_id, free(why), (_call(tower, "ProvisionProduct", parameters, words),))


def _call(tower: Tower, operation: str, parameters: dict[str, Any], words: str) -> Call:
    service = "controltower" if operation.endswith("Baseline") else "servicecatalog"
    return Call(operation, "destination", parameters, free(words), service, region=tower.region)


def _through_factory(account: PlannedAccount, snapshot: Snapshot) -> bool:
    asked = {name.strip("/") for name in snapshot.governing.account_factory}
    return account.account_id in asked or account.ou.strip("/") in asked


def ration(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """One call for a unit, whoever is in it; five operations at once."""
    tower = snapshot.towers.get("destination")
    if tower is None:
        return decisions
    under_way = sum(held.status == "UNDER_CHANGE" for held in tower.enabled.values() if _counts(held.target, snapshot))
    asked: dict[str, str] = {}
    rationed: list[Decision] = []
    for decision in decisions:
        if not isinstance(decision, Do):
            rationed.append(decision)
            continue
        called = str((decision.calls[0].operation, decision.calls[0].parameters))
        if called in asked:
            rationed.append(
                Wait(decision.account_id, free(f"{decision.why}; that is one call, shown at {asked[called]}"))
            )
        elif under_way >= AT_ONCE:
            why = f"Control Tower works on {AT_ONCE} operations at once: preview again when one has ended"
            rationed.append(Wait(decision.account_id, free(why)))
        else:
            under_way += 1
            asked[called] = decision.account_id
            rationed.append(decision)
    return rationed


def _counts(target: str, snapshot: Snapshot) -> bool:
    """Whether what is under change is an operation of its own: accounts of a unit under change come with it."""
    account, tower = snapshot.destination.accounts.get(target), snapshot.towers["destination"]
    unit = tower.enabled.get(account.parent_id) if account else None
    return unit is None or unit.status != "UNDER_CHANGE"


def guard(migration: Migration, account_id: str, call: Call) -> None:
    """A last look at the unit: nobody has come into it who was not named.

    Raises:
        RefusedError: somebody has, or the unit cannot be looked at.
    """
    if call.service != "controltower":
        return
    unit_id = resolve(migration.plan.by_id[account_id].ou, migration.seen.destination.units.values()).id
    named = {*migration.plan.by_id, *migration.settings.control_tower.also}
    strangers = migration.destination.held_by(unit_id) - named - {migration.destination.identity.management_account_id}
    if strangers:
        raise RefusedError(
            f"Account {account_id}: its unit now also holds {', '.join(sorted(strangers))}, which nobody named.",
            code="UnitChanged",
            account_id=account_id,
            next_step="Preview again.",
        )


def fill(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:
    """Account Factory wants the account's full e-mail address: it is read now, sent, and kept nowhere.

    Raises:
        RefusedError: AWS refuses to tell it.
    """
    if call.operation != "ProvisionProduct":
        return call.parameters
    email = migration.destination.email(account_id)
    given = [
        {"Key": one["Key"], "Value": email if one["Key"] in _EMAILS else one["Value"]}
        for one in call.parameters["ProvisioningParameters"]
    ]
    return {**call.parameters, "ProvisioningParameters": given}


ENROLL: Final = Step(
    name="enroll",
    notebook="70_enroll",
    decide=decide,
    observe=observe,
    ration=ration,
    guard=guard,
    fill=fill,
)
"""The step; see the module."""
