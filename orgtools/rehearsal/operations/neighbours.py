"""The few answers of other services that a migration reads and moto does not have."""

import sys
from collections.abc import Callable

from orgtools.rehearsal.identities import Caller
from orgtools.rehearsal.operations.accounts import home, member
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.refusals import Refusal
from orgtools.rehearsal.world import Account, World

ACCOUNT_QUOTA = "L-29A0C5DF"
DEFAULT_ACCOUNTS = 10.0
ACCOUNT_MANAGEMENT = "account.amazonaws.com"


def _quota(value: float, account_id: str) -> Json:
    return {
        "ServiceCode": "organizations",
        "ServiceName": "AWS Organizations",
        "QuotaArn": f"arn:aws:servicequotas:us-east-1:{account_id}:organizations/{ACCOUNT_QUOTA}",
        "QuotaCode": ACCOUNT_QUOTA,
        "QuotaName": "Default maximum number of accounts",
        "Value": value,
        "Unit": "None",
        "Adjustable": True,
        "GlobalQuota": True,
    }


def _value(world: World, caller: Caller) -> float:
    organization = world.organization_of(caller.account.id)
    return float(organization.account_quota) if organization else DEFAULT_ACCOUNTS


def list_service_quotas(world: World, caller: Caller, parameters: Json) -> Json:
    """The applied quotas of Organizations: the maximum number of accounts."""
    _only_organizations(parameters)
    return {"Quotas": [_quota(_value(world, caller), caller.account.id)]}


def list_aws_default_service_quotas(world: World, caller: Caller, parameters: Json) -> Json:
    """The default quotas of Organizations."""
    _only_organizations(parameters)
    del world  # the default is the same for everybody
    return {"Quotas": [_quota(DEFAULT_ACCOUNTS, caller.account.id)]}


def get_service_quota(world: World, caller: Caller, parameters: Json) -> Json:
    """One quota by code."""
    _only_organizations(parameters)
    if parameters["QuotaCode"] != ACCOUNT_QUOTA:
        raise Refusal("NoSuchResourceException", "The specified resource does not exist.")
    return {"Quota": _quota(_value(world, caller), caller.account.id)}


def _only_organizations(parameters: Json) -> None:
    if parameters["ServiceCode"] != "organizations":
        raise Refusal("NoSuchResourceException", "The rehearsal knows the quotas of organizations only.")


def subject(world: World, caller: Caller, parameters: Json, operation: str) -> Account:
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
        raise Refusal("AccessDeniedException", message, status=403)
    return member(world, organization, wanted).account


def list_regions(world: World, caller: Caller, parameters: Json) -> Json:
    """The regions that are enabled in an account, and no others."""
    account = subject(world, caller, parameters, "ListRegions")
    wanted = parameters.get("RegionOptStatusContains") or ["ENABLED_BY_DEFAULT"]
    organization = world.organization_of(account.id)
    tower = world.towers.get(organization.id) if organization and organization.management == account.id else None
    governed = (tower.table.home_region, *tower.table.governed_regions) if tower else ()
    enabled = sorted({*account.traits.regions, *account.traits.config_regions, *governed})
    shown = enabled if "ENABLED_BY_DEFAULT" in wanted else []
    return {"Regions": [{"RegionName": name, "RegionOptStatus": "ENABLED_BY_DEFAULT"} for name in shown]}


def get_account_information(world: World, caller: Caller, parameters: Json) -> Json:
    """Name and creation date of an account."""
    account = subject(world, caller, parameters, "GetAccountInformation")
    return {
        "AccountId": account.id,
        "AccountName": account.name,
        "AccountCreatedDate": account.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "AccountState": account.state,
    }


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


def put_contact_information(world: World, caller: Caller, parameters: Json) -> Json:
    """The whole contact is written anew; what is left out is gone."""
    account = subject(world, caller, parameters, "PutContactInformation")
    account.contact = dict(parameters["ContactInformation"])
    return {}


def alternate_contact(operation: str) -> Callable[[World, Caller, Json], None]:
    """moto keeps alternate contacts, of whichever account is named; who may name which is checked here."""

    def check(world: World, caller: Caller, parameters: Json) -> None:
        subject(world, caller, parameters, operation)

    return check


def get_rest_apis(world: World, caller: Caller, parameters: Json) -> Json | None:
    """No API before moto's API Gateway was loaded, which takes it seconds; from then on moto answers."""
    del world, caller, parameters
    return None if "moto.apigateway.models" in sys.modules else {"item": []}


def nothing(key: str) -> Callable[[World, Caller, Json], Json]:
    """An empty list under a key: the accounts of the rehearsal have nothing of the kind."""

    def answer(world: World, caller: Caller, parameters: Json) -> Json:
        del world, caller, parameters
        return {key: []}

    return answer


def absent(code: str, message: str) -> Callable[[World, Caller, Json], Json]:
    """The refusal of a service that the accounts of the rehearsal do not use."""

    def answer(world: World, caller: Caller, parameters: Json) -> Json:
        del world, caller, parameters
        raise Refusal(code, message, status=404)

    return answer


def always(answer: Json) -> Callable[[World, Caller, Json], Json]:
    """The same answer for every account."""

    def same(world: World, caller: Caller, parameters: Json) -> Json:
        del world, caller, parameters
        return answer

    return same


def batch_get_invoice_profile(world: World, caller: Caller, parameters: Json) -> Json:
    """The seller of record of every account that is known."""
    del caller
    known = [world.accounts[name] for name in parameters.get("AccountIds", ()) if name in world.accounts]
    return {
        "Profiles": [
            {
                "AccountId": account.id,
                "Issuer": "Amazon Web Services, Inc." if account.traits.seller == "AWS" else account.traits.seller,
            }
            for account in known
        ]
    }


def get_billing_preferences(world: World, caller: Caller, parameters: Json) -> Json:
    """Which accounts of the caller's organization share its reservations and Savings Plans."""
    del parameters
    own = world.organization_of(caller.account.id)
    members = [account for account in world.accounts.values() if own and world.organization_of(account.id) is own]
    return {
        "billingPreferences": [
            {
                "feature": "RI_SHARING",
                "key": "RI_SHARING",
                "value": "ENABLED" if account.traits.shares_discounts else "DISABLED",
                "accountId": account.id,
            }
            for account in members
        ]
    }
