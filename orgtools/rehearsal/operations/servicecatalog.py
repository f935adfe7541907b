"""Service Catalog: the one product that is Control Tower's Account Factory, and what it provisions.

User guide of Control Tower, automated-provisioning-walkthrough and account-factory-considerations.
"""

from collections.abc import Callable

from orgtools.rehearsal.operations.controltower import find, needed
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Service, operation, service
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.control_tower import AT_ONCE, ControlTowers, SimulatedControlTower
from orgtools.rehearsal.world.control_tower_accounts import EXECUTION_ROLE
from orgtools.rehearsal.world.control_tower_records import FAILED, IN_PROGRESS, ControlTowerOperation, SimulatedProduct
from orgtools.rehearsal.world.identities import Caller, find_role
from orgtools.rehearsal.world.world import Membership, World

NAME = "AWS Control Tower Account Factory"
TYPE = "CONTROL_TOWER_ACCOUNT"
PROVISION, TERMINATE = "PROVISION_PRODUCT", "TERMINATE_PROVISIONED_PRODUCT"
REQUIRED = (
    "AccountEmail",
    "AccountName",
    "ManagedOrganizationalUnit",
    "SSOUserEmail",
    "SSOUserFirstName",
    "SSOUserLastName",
)


def _concerned(world: World, parameters: Json) -> str | None:
    """The account that a call concerns, for the log: of its provisioned product, or whose e-mail address it has."""
    for tower in world.part(ControlTowers).values():
        if parameters.get("ProvisionedProductId") in tower.products:
            return tower.products[parameters["ProvisionedProductId"]].account
    given = parameters.get("ProvisioningParameters", [])
    email = next((entry.get("Value", "") for entry in given if entry.get("Key") == "AccountEmail"), "")
    account = world.by_email.get(email.lower())
    return account.id if account else None


def _product_arn(_world: World, caller: Caller, parameters: Json, region: str) -> str:
    return f"arn:aws:catalog:{region}:{caller.account.id}:product/{parameters['ProductId']}"


service(Service("servicecatalog", concerns=_concerned))


@operation("servicecatalog", "SearchProducts")
def search_products(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Account Factory, to whoever has a landing zone here."""
    tower = find(world, caller, region)
    words = " ".join(parameters.get("Filters", {}).get("FullTextSearch", [])).lower()
    found = [_view(tower)] if tower and words in NAME.lower() else []
    return {"ProductViewSummaries": found}


@operation("servicecatalog", "DescribeProduct")
def describe_product(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Its one version."""
    tower = needed(world, caller, region)
    _is_factory(tower, parameters.get("Id"))
    artifact = {
        "Id": tower.artifact_id,
        "Name": "AWS Control Tower Account Factory",
        "CreatedTime": tower.organization.created_at.timestamp(),
        "Guidance": "DEFAULT",
    }
    return {
        "ProductViewSummary": _view(tower),
        "ProvisioningArtifacts": [artifact],
        "LaunchPaths": [{"Id": f"lpv3-{tower.product_id}", "Name": "AWS Control Tower Account Factory Portfolio"}],
    }


@operation("servicecatalog", "ProvisionProduct", resource=_product_arn)
def provision_product(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Enrolls an account that is in the organization, in a registered OU; new accounts the rehearsal does not make."""
    tower = needed(world, caller, region)
    _is_factory(tower, parameters.get("ProductId"))
    if parameters.get("ProvisioningArtifactId") != tower.artifact_id:
        raise ServiceError("ResourceNotFoundException", "There is no such provisioning artifact.")
    given = {entry["Key"]: entry["Value"] for entry in parameters.get("ProvisioningParameters", [])}
    missing = [key for key in REQUIRED if not given.get(key)]
    if missing:
        raise ServiceError("InvalidParametersException", f"Parameters: [{', '.join(missing)}] must have values.")
    name, token = parameters["ProvisionedProductName"], parameters["ProvisionToken"]
    for product in tower.products.values():
        if product.name == name:
            if token in product.records:
                return _told(tower, product, tower.operations[product.records[-1]])
            raise ServiceError("DuplicateResourceException", f"A provisioned product named {name} exists already.")
    account = world.by_email.get(given["AccountEmail"].lower())
    membership = world.memberships.truth.get(account.id) if account else None
    if membership is None or membership.organization is not tower.organization:
        message = "The rehearsal creates no accounts: no account of the organization has that e-mail address."
        raise ServiceError("InvalidParametersException", message)
    product = tower.new_product(membership.account, name)
    product.status = "UNDER_CHANGE"
    unit, why = _unit(tower, given["ManagedOrganizationalUnit"]), _obstacle(tower, membership)
    if why or unit is None:
        operation = tower.start(PROVISION, (), lambda: "")
        operation.status, operation.message = FAILED, why or "The organizational unit is not registered."
        product.status, product.message = "ERROR", operation.message
    else:
        operation = tower.enrol(membership.account.id, unit, PROVISION, _ending(product))
        if membership.parent != unit:
            world.change(membership, parent=unit)
    product.records += [token, operation.id]
    return _told(tower, product, operation)


@operation("servicecatalog", "TerminateProvisionedProduct")
def terminate_provisioned_product(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Un-enrolls the account, which stays open and comes to the root; what was left behind is only forgotten."""
    tower = needed(world, caller, region)
    wanted = (parameters.get("ProvisionedProductId"), parameters.get("ProvisionedProductName"))
    product = next((held for held in tower.products.values() if held.id in wanted or held.name in wanted), None)
    if product is None:
        raise ServiceError("ResourceNotFoundException", "There is no such provisioned product.")
    if parameters["TerminateToken"] in product.records:
        return _told(tower, product, tower.operations[product.records[-1]])
    if tower.busy(product.account) or product.status == "UNDER_CHANGE":
        message = "The provisioned product is under change; wait until its record has ended."
        raise ServiceError("InvalidParametersException", message)

    def gone(_: str) -> None:
        tower.products.pop(product.id, None)

    if product.account in tower.enabled and product.status == "AVAILABLE":
        operation = tower.unenrol(product.account, TERMINATE, gone)
    else:

        def forget() -> str:
            gone("")
            return ""

        operation = tower.start(TERMINATE, (), forget)
    product.status = "UNDER_CHANGE"
    product.records += [parameters["TerminateToken"], operation.id]
    return _told(tower, product, operation)


@operation("servicecatalog", "DescribeRecord")
def describe_record(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """How far a record has come."""
    tower = needed(world, caller, region)
    operation = tower.operations.get(parameters["Id"].removeprefix("rec-"))
    if operation is None or operation.kind not in (PROVISION, TERMINATE):
        raise ServiceError("ResourceNotFoundException", "There is no such record.")
    product = next((held for held in tower.products.values() if operation.id in held.records), None)
    return {**_told(tower, product, operation), "RecordOutputs": []}


@operation("servicecatalog", "SearchProvisionedProducts")
def search_provisioned_products(world: World, caller: Caller, parameters: Json, region: str) -> Json:
    """Every account that came by Account Factory; of search queries, those for the type are known."""
    tower = find(world, caller, region)
    queries = parameters.get("Filters", {}).get("SearchQuery", [])
    unknown = [query for query in queries if query != f"type:{TYPE}"]
    if unknown:
        raise ServiceError("InvalidParametersException", f"The rehearsal does not search for {unknown[0]}.")
    found = list(tower.products.values()) if tower else []
    begin, size = int(parameters.get("PageToken") or 0), parameters.get("PageSize") or 20
    more = {"NextPageToken": str(begin + size)} if begin + size < len(found) else {}
    page = [_product(tower, product) for product in found[begin : begin + size]] if tower else []
    return {"ProvisionedProducts": page, "TotalResultsCount": len(found), **more}


def _obstacle(tower: SimulatedControlTower, membership: Membership) -> str:
    account = membership.account
    if len(tower.open()) >= AT_ONCE:
        return "AWS Control Tower can't perform more than five concurrent account operations."
    if tower.busy(account.id):
        return "AWS Control Tower is already working on the account."
    role = find_role(account, EXECUTION_ROLE)
    if role is None or tower.organization.management not in role.assume_role_policy_document:
        return (
            f"AWS Control Tower cannot assume the {EXECUTION_ROLE} role in the account. Create the role, trusting the "
            "management account, then try again."
        )
    return ""


def _ending(product: SimulatedProduct) -> Callable[[str], None]:
    def then(why: str) -> None:
        product.status, product.message = ("TAINTED", why) if why else ("AVAILABLE", "")

    return then


def _unit(tower: SimulatedControlTower, text: str) -> str | None:
    """`Name (ou-id)`, as Account Factory takes nested OUs."""
    unit = text.rpartition("(")[2].rstrip(")")
    return unit if unit in tower.organization.units and tower.is_registered(unit) else None


def _is_factory(tower: SimulatedControlTower, product_id: str | None) -> None:
    if product_id != tower.product_id:
        raise ServiceError("ResourceNotFoundException", "There is no such product.")


def _view(tower: SimulatedControlTower) -> Json:
    return {
        "Id": f"prodview-{tower.product_id.removeprefix('prod-')}",
        "ProductId": tower.product_id,
        "Name": NAME,
        "Owner": "AWS Control Tower",
        "Type": "CLOUD_FORMATION_TEMPLATE",
        "HasDefaultPath": False,
    }


def _product(tower: SimulatedControlTower, product: SimulatedProduct) -> Json:
    management = tower.organization.management
    told: Json = {
        "Id": product.id,
        "Name": product.name,
        "Arn": f"arn:aws:servicecatalog:{tower.table.home_region}:{management}:stack/{product.name}/{product.id}",
        "Type": TYPE,
        "Status": product.status,
        "CreatedTime": product.created.timestamp(),
        "PhysicalId": product.account,
        "ProductId": tower.product_id,
        "ProductName": NAME,
        "ProvisioningArtifactId": tower.artifact_id,
    }
    if product.message:
        told["StatusMessage"] = product.message
    if product.records:
        told["LastRecordId"] = f"rec-{product.records[-1]}"
    return told


def _told(tower: SimulatedControlTower, product: SimulatedProduct | None, operation: ControlTowerOperation) -> Json:
    detail: Json = {
        "RecordId": f"rec-{operation.id}",
        "Status": operation.status,
        "RecordType": operation.kind,
        "CreatedTime": operation.started.timestamp(),
        "UpdatedTime": (operation.started if operation.status == IN_PROGRESS else operation.ends).timestamp(),
        "ProvisionedProductType": TYPE,
        "ProductId": tower.product_id,
        "ProvisioningArtifactId": tower.artifact_id,
        "RecordErrors": [{"Code": "InternalError", "Description": operation.message}] if operation.message else [],
    }
    if product:
        detail |= {"ProvisionedProductId": product.id, "ProvisionedProductName": product.name}
    return {"RecordDetail": detail}
