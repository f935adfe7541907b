"""Account Management: regions, names and contacts of the caller's account, or of a member."""

from orgtools.rehearsal.operations.accounts import account_arn, home, member
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Service, operation, service
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.control_tower import ControlTowers
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import SimulatedAccount, World

ACCOUNT_MANAGEMENT = "account.amazonaws.com"


def _resource(world: World, caller: Caller, parameters: Json) -> str:
    organization = world.organization_of(caller.account.id)
    member = parameters.get("AccountId")
    if organization and member:
        return account_arn(organization, member).replace(":organizations:", ":account:")
    return f"arn:aws:account::{caller.account.id}:account"


service(Service("account", resource=_resource))


def subject(world: World, caller: Caller, parameters: Json, operation: str) -> SimulatedAccount:
    """Whom a call to Account Management is about: the caller's account, or a member for the management account.

    API: Account Management: asking about a member needs trusted access for account.amazonaws.com, and the management
    account cannot name itself.
    """
    wanted = parameters.get("AccountId")
    if wanted is None:
        return caller.account
    organization = home(world, caller)
    trusted = {service["ServicePrincipal"] for service in organization.backend.services}
    reader = caller.account.id == organization.management or caller.account.id in organization.delegated
    if wanted == organization.management or not reader or ACCOUNT_MANAGEMENT not in trusted:
        message = f"User: {caller.arn} is not authorized to perform: account:{operation}"
        raise ServiceError("AccessDeniedException", message, status=403)
    return member(world, organization, wanted).account


@operation("account", "ListRegions")
def list_regions(world: World, caller: Caller, parameters: Json) -> Json:
    """The regions that are enabled in an account, and no others."""
    account = subject(world, caller, parameters, "ListRegions")
    wanted = parameters.get("RegionOptStatusContains") or ["ENABLED_BY_DEFAULT"]
    organization = world.organization_of(account.id)
    manages = organization is not None and organization.management == account.id
    tower = world.part(ControlTowers).get(organization.id) if organization and manages else None
    governed = (tower.table.home_region, *tower.table.governed_regions) if tower else ()
    enabled = sorted({*account.traits.regions, *account.traits.config_regions, *governed})
    shown = enabled if "ENABLED_BY_DEFAULT" in wanted else []
    return {"Regions": [{"RegionName": name, "RegionOptStatus": "ENABLED_BY_DEFAULT"} for name in shown]}


@operation("account", "GetAccountInformation")
def get_account_information(world: World, caller: Caller, parameters: Json) -> Json:
    """Name and creation date of an account."""
    account = subject(world, caller, parameters, "GetAccountInformation")
    return {
        "AccountId": account.id,
        "AccountName": account.name,
        "AccountCreatedDate": account.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "AccountState": account.state,
    }


@operation("account", "GetContactInformation")
def get_contact_information(world: World, caller: Caller, parameters: Json) -> Json:
    """The primary contact of an account, which every account has from its beginning."""
    account = subject(world, caller, parameters, "GetContactInformation")
    made_up = {
        "FullName": account.name,
        "AddressLine1": "1 Example Street",
        "City": "Example City",
        "PostalCode": "00000",
        "CountryCode": "US",
        "PhoneNumber": "+15550100",
    }
    return {"ContactInformation": account.contact or made_up}


@operation("account", "PutContactInformation")
def put_contact_information(world: World, caller: Caller, parameters: Json) -> Json:
    """The whole contact is written anew; what is left out is gone."""
    account = subject(world, caller, parameters, "PutContactInformation")
    account.contact = dict(parameters["ContactInformation"])
    return {}


@operation("account", "GetAlternateContact")
def get_alternate_contact(world: World, caller: Caller, parameters: Json) -> None:
    """moto keeps alternate contacts, of whichever account is named; who may name which is checked here."""
    subject(world, caller, parameters, "GetAlternateContact")


@operation("account", "PutAlternateContact")
def put_alternate_contact(world: World, caller: Caller, parameters: Json) -> None:
    """Likewise."""
    subject(world, caller, parameters, "PutAlternateContact")
