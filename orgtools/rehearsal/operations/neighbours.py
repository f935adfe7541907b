"""The few answers of other services that a migration reads and moto does not have."""

import sys
from collections.abc import Callable

from orgtools.rehearsal.identities import Caller
from orgtools.rehearsal.operations.accounts import home, member
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.refusals import Refusal
from orgtools.rehearsal.world import World

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


def get_account_information(world: World, caller: Caller, parameters: Json) -> Json:
    """Name and creation date of the caller's account, or of a member for the management account.

    API: Account Management, GetAccountInformation: asking about a member needs trusted access for
    account.amazonaws.com, and the management account cannot name itself.
    """
    account = caller.account
    wanted = parameters.get("AccountId")
    if wanted is not None:
        organization = home(world, caller)
        trusted = {service["ServicePrincipal"] for service in organization.backend.services}
        reader = caller.account.id == organization.management or caller.account.id in organization.delegated
        if wanted == organization.management or not reader or ACCOUNT_MANAGEMENT not in trusted:
            message = f"User: {caller.arn} is not authorized to perform: account:GetAccountInformation"
            raise Refusal("AccessDeniedException", message, status=403)
        account = member(world, organization, wanted).account
    return {
        "AccountId": account.id,
        "AccountName": account.name,
        "AccountCreatedDate": account.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "AccountState": account.state,
    }


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


def get_resource_shares(world: World, caller: Caller, parameters: Json) -> Json | None:
    """Nothing is shared with an account of the rehearsal; what it shares itself is moto's."""
    del world, caller
    return {"resourceShares": []} if parameters.get("resourceOwner") == "OTHER-ACCOUNTS" else None


def always(answer: Json) -> Callable[[World, Caller, Json], Json]:
    """The same answer for every account."""

    def same(world: World, caller: Caller, parameters: Json) -> Json:
        del world, caller, parameters
        return answer

    return same


def batch_get_invoice_profile(world: World, caller: Caller, parameters: Json) -> Json:
    """One seller of record for every account that is known."""
    del caller
    known = [account_id for account_id in parameters.get("AccountIds", ()) if account_id in world.accounts]
    return {"Profiles": [{"AccountId": account_id, "Issuer": "Amazon Web Services, Inc."} for account_id in known]}


def get_billing_preferences(world: World, caller: Caller, parameters: Json) -> Json:
    """No account of the caller's organization shares its reservations and Savings Plans."""
    del parameters
    own = world.organization_of(caller.account.id)
    members = [account.id for account in world.accounts.values() if own and world.organization_of(account.id) is own]
    return {
        "billingPreferences": [
            {"feature": "RI_SHARING", "key": "RI_SHARING", "value": "DISABLED", "accountId": account_id}
            for account_id in members
        ]
    }
