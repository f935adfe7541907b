"""Service Quotas: the maximum number of accounts of an organization, and nothing else."""

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import operation
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

ACCOUNT_QUOTA = "L-29A0C5DF"
DEFAULT_ACCOUNTS = 10.0


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


@operation("servicequotas", "ListServiceQuotas")
def list_service_quotas(world: World, caller: Caller, parameters: Json) -> Json:
    """The applied quotas of Organizations: the maximum number of accounts."""
    _only_organizations(parameters)
    return {"Quotas": [_quota(_value(world, caller), caller.account.id)]}


@operation("servicequotas", "ListAWSDefaultServiceQuotas")
def list_aws_default_service_quotas(world: World, caller: Caller, parameters: Json) -> Json:
    """The default quotas of Organizations."""
    _only_organizations(parameters)
    del world  # the default is the same for everybody
    return {"Quotas": [_quota(DEFAULT_ACCOUNTS, caller.account.id)]}


@operation("servicequotas", "GetServiceQuota")
def get_service_quota(world: World, caller: Caller, parameters: Json) -> Json:
    """One quota by code."""
    _only_organizations(parameters)
    if parameters["QuotaCode"] != ACCOUNT_QUOTA:
        raise ServiceError("NoSuchResourceException", "The specified resource does not exist.")
    return {"Quota": _quota(_value(world, caller), caller.account.id)}


def _only_organizations(parameters: Json) -> None:
    if parameters["ServiceCode"] != "organizations":
        raise ServiceError("NoSuchResourceException", "The rehearsal knows the quotas of organizations only.")
