"""Delegated administrators."""

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import account_json, home, member, status_of
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.refusals import ServiceError, constraint, invalid
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World


@operation("organizations", "ListDelegatedAdministrators", who=Who.DELEGATE, rate=rates.READ)
def list_delegated_administrators(world: World, caller: Caller, parameters: Json) -> Json:
    """Accounts that are delegated administrators, of one service or of any."""
    organization, service = home(world, caller), parameters.get("ServicePrincipal")
    entries: list[tuple[int, Json]] = []
    for account_id, services in organization.delegated.items():
        membership = world.memberships.truth[account_id]
        if service is None or service in services:
            answer = account_json(world, membership)
            answer.pop("Paths", None)
            answer["Status"] = status_of(membership.account.state)
            answer["DelegationEnabledDate"] = min(services.values()).timestamp()
            entries.append((membership.account.number, answer))
    entries.sort(key=lambda entry: entry[0])
    return page(
        world,
        "DelegatedAdministrators",
        lambda after: [entry for entry in entries if entry[0] > after],
        parameters,
    )


@operation("organizations", "ListDelegatedServicesForAccount", who=Who.DELEGATE, rate=rates.SERVICES)
def list_delegated_services_for_account(world: World, caller: Caller, parameters: Json) -> Json:
    """The services of one delegated administrator. Raises AccountNotRegisteredException."""
    organization = home(world, caller)
    member(world, organization, parameters["AccountId"])
    services = organization.delegated.get(parameters["AccountId"])
    if services is None:
        raise _not_registered()
    entries = [
        (place, {"ServicePrincipal": service, "DelegationEnabledDate": since.timestamp()})
        for place, (service, since) in enumerate(services.items())
    ]
    return page(world, "DelegatedServices", lambda after: entries[after + 1 :], parameters)


@operation("organizations", "RegisterDelegatedAdministrator", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def register_delegated_administrator(world: World, caller: Caller, parameters: Json) -> Json:
    """Makes a member the delegated administrator of a service."""
    organization, account_id = home(world, caller), parameters["AccountId"]
    membership = member(world, organization, account_id)
    if account_id == organization.management:
        message = "You can't designate the management account as a delegated administrator."
        raise constraint("CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR", message)
    if membership.account.state != "ACTIVE":
        message = "You can't register a suspended account as a delegated administrator."
        raise constraint("CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR", message)
    if not parameters["ServicePrincipal"].endswith(".amazonaws.com"):
        raise invalid("UNRECOGNIZED_SERVICE_PRINCIPAL", "You specified a service principal that is not recognized.")
    services = organization.delegated.setdefault(account_id, {})
    if parameters["ServicePrincipal"] in services:
        message = "The specified account is already a delegated administrator for this service."
        raise ServiceError("AccountAlreadyRegisteredException", message)
    services[parameters["ServicePrincipal"]] = world.now()
    return {}


@operation("organizations", "DeregisterDelegatedAdministrator", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def deregister_delegated_administrator(world: World, caller: Caller, parameters: Json) -> Json:
    """Takes one service away; an account without services is no delegated administrator any more."""
    organization, account_id = home(world, caller), parameters["AccountId"]
    member(world, organization, account_id)
    services = organization.delegated.get(account_id, {})
    if parameters["ServicePrincipal"] not in services:
        raise _not_registered()
    del services[parameters["ServicePrincipal"]]
    if not services:
        del organization.delegated[account_id]
    return {}


def _not_registered() -> ServiceError:
    message = "The specified account is not a delegated administrator for this Amazon Web Services service."
    return ServiceError("AccountNotRegisteredException", message)
