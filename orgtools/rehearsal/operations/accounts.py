"""Accounts of an organization: listing, describing, moving, removing, leaving."""

import re
from collections.abc import Iterable

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Service, Who, operation, service
from orgtools.rehearsal.refusals import ServiceError, invalid, not_in_use
from orgtools.rehearsal.world import rules
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import Membership, SimulatedOrganization, World

service(Service("organizations", whole=True))
ACCOUNT_ID = re.compile(r"^\d{12}$")
PARENT_ID = re.compile(r"^(r-[0-9a-z]{4,32})|(ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$")


def home(world: World, caller: Caller) -> SimulatedOrganization:
    """The caller's organization. Raises AWSOrganizationsNotInUseException."""
    organization = world.organization_of(caller.account.id)
    if organization is None:
        raise not_in_use()
    return organization


def account_arn(organization: SimulatedOrganization, account_id: str) -> str:
    """The ARN of an account as an object of an organization."""
    return f"{organization.arn_owner}:account/{organization.id}/{account_id}"


def resource_of(world: World, caller: Caller, account_id: str) -> str:
    """The ARN that policies see for an account of the caller's organization."""
    organization = world.organization_of(caller.account.id)
    return account_arn(organization, account_id) if organization else "*"


def _resource(world: World, caller: Caller, parameters: Json) -> str:
    return resource_of(world, caller, parameters["AccountId"])


STATUS = {"CLOSED": "SUSPENDED", "PENDING_ACTIVATION": "ACTIVE"}
"""The older `Status` by `State`, where they differ; what a pending account had is ours."""


def status_of(state: str) -> str:
    """What `Status` says of an account."""
    return STATUS.get(state, state)


def account_json(world: World, membership: Membership) -> Json:
    """The API's `Account`; `Status` was retired on 2026-09-09 and is answered where the scenario's switch says so."""
    account, organization = membership.account, membership.organization
    answer: Json = {
        "Id": account.id,
        "Arn": account_arn(organization, account.id),
        "Email": account.email,
        "Name": account.name,
        "State": account.state,
        "JoinedMethod": membership.joined_method,
        "JoinedTimestamp": membership.joined_at.timestamp(),
    }
    if world.switches.account_status:
        answer["Status"] = status_of(account.state)
    if world.switches.paths:
        answer["Paths"] = [f"{organization.path_of(membership.parent)}{account.id}/"]
    return answer


@operation("organizations", "DescribeOrganization", who=Who.ANYONE, rate=rates.Limit((1, 2)))
def describe_organization(world: World, caller: Caller, _: Json) -> Json:
    """Also answers members (API: DescribeOrganization, "from any account in the organization")."""
    membership = world.memberships.seen.get(caller.account.id)
    if membership is None:
        raise not_in_use()
    organization = membership.organization
    return {
        "Organization": {
            "Id": organization.id,
            "Arn": f"{organization.arn_owner}:organization/{organization.id}",
            "FeatureSet": organization.feature_set,
            "MasterAccountArn": f"{organization.arn_owner}:account/{organization.id}/{organization.management}",
            "MasterAccountId": organization.management,
            "MasterAccountEmail": organization.email,
            "AvailablePolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}],
        }
    }


def _seen(world: World, entries: Iterable[tuple[int, str]]) -> Iterable[tuple[int, Json]]:
    for place, account_id in entries:
        yield place, account_json(world, world.memberships.seen[account_id])


@operation("organizations", "ListAccounts", who=Who.DELEGATE, rate=rates.Limit((8, 12), (9, 15)))
def list_accounts(world: World, caller: Caller, parameters: Json) -> Json:
    """Every account of the organization, in a fixed order."""
    organization = home(world, caller)
    return page(world, "Accounts", lambda after: _seen(world, organization.members.after(after)), parameters)


@operation("organizations", "ListAccountsForParent", who=Who.DELEGATE, rate=rates.READ)
def list_accounts_for_parent(world: World, caller: Caller, parameters: Json) -> Json:
    """The accounts directly in a root or OU."""
    organization = home(world, caller)
    parent = require_parent(organization, parameters["ParentId"])
    members = organization.members_of[parent]
    return page(world, "Accounts", lambda after: _seen(world, members.after(after)), parameters)


@operation(
    "organizations", "DescribeAccount", who=Who.DELEGATE, rate=rates.Limit((20, 30), (24, 36)), resource=_resource
)
def describe_account(world: World, caller: Caller, parameters: Json) -> Json:
    """One account of the organization. Raises AccountNotFoundException."""
    organization = home(world, caller)
    membership = world.memberships.seen.get(parameters["AccountId"])
    if membership is None or membership.organization is not organization:
        raise account_not_found()
    return {"Account": account_json(world, membership)}


@operation("organizations", "MoveAccount", who=Who.MANAGEMENT, rate=rates.CHANGE_TREE, resource=_resource)
def move_account(world: World, caller: Caller, parameters: Json) -> Json:
    """Moves an account between parents.

    That a source which is not the account's parent is refused is our stricter reading of
    SourceParentNotFoundException.
    """
    organization = home(world, caller)
    source, destination = parameters["SourceParentId"], parameters["DestinationParentId"]
    for parent in (source, destination):
        if not PARENT_ID.match(parent):
            raise invalid("INVALID_PATTERN", "You provided a value that doesn't match the required pattern.")
    membership = member(world, organization, parameters["AccountId"])
    visible = world.memberships.seen.get(membership.account.id)
    if visible is None or visible.organization is not organization:
        # Joined so recently that it cannot be found yet (ours).
        raise account_not_found()
    known = {organization.root, *organization.units}
    if destination not in known:
        message = "We can't find the destination container (a root or OU) with the ParentId that you specified."
        raise ServiceError("DestinationParentNotFoundException", message)
    if membership.parent == destination:
        message = "That account is already present in the specified destination."
        raise ServiceError("DuplicateAccountException", message)
    if source not in known or membership.parent != source:
        message = "We can't find a source root or OU with the ParentId that you specified."
        raise ServiceError("SourceParentNotFoundException", message)
    world.change(membership, parent=destination)
    return {}


@operation(
    "organizations", "RemoveAccountFromOrganization", who=Who.MANAGEMENT, rate=rates.Limit((2, 2)), resource=_resource
)
def remove_account_from_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """The management account makes a member stand-alone."""
    organization = home(world, caller)
    membership = member(world, organization, parameters["AccountId"])
    rules.may_depart(world, membership)
    rules.can_stand_alone(membership.account)
    world.leave(membership.account, how="REMOVED")
    return {}


# API: LeaveOrganization: "up to 5 accounts per second in a single organization".
@operation("organizations", "LeaveOrganization", who=Who.MEMBER, rate=rates.Limit((1, 1), (5, 5)))
def leave_organization(world: World, caller: Caller, _: Json) -> Json:
    """A member makes itself stand-alone."""
    membership = world.memberships.truth.get(caller.account.id)
    if membership is None:
        raise not_in_use()
    rules.may_depart(world, membership)
    rules.can_stand_alone(membership.account)
    world.leave(membership.account, how="LEFT")
    return {}


@operation("organizations", "CloseAccount", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED, resource=_resource)
def close_account(world: World, caller: Caller, parameters: Json) -> Json:
    """Suspends a member; it stays listed and keeps counting against the quota for 90 days."""
    organization = home(world, caller)
    membership = member(world, organization, parameters["AccountId"])
    if membership.account.id == organization.management:
        message = "You can't close the management account of an organization."
        raise ServiceError("ConstraintViolationException", message, reason="CANNOT_CLOSE_MANAGEMENT_ACCOUNT")
    if membership.account.state != "ACTIVE":
        raise ServiceError("AccountAlreadyClosedException", "You attempted to close an account that is already closed.")
    membership.account.state, membership.account.closed_at = "SUSPENDED", world.now()
    return {}


def member(world: World, organization: SimulatedOrganization, account_id: str) -> Membership:
    """The true membership of an account in this organization. Raises AccountNotFoundException."""
    if not ACCOUNT_ID.match(account_id):
        raise invalid("INVALID_PATTERN", "You provided a value that doesn't match the required pattern.")
    membership = world.memberships.truth.get(account_id)
    if membership is None or membership.organization is not organization:
        raise account_not_found()
    return membership


def require_parent(organization: SimulatedOrganization, parent: str) -> str:
    """A root or OU id of the organization. Raises ParentNotFoundException."""
    if parent != organization.root and parent not in organization.units:
        raise ServiceError(
            "ParentNotFoundException", "We can't find a root or OU with the ParentId that you specified."
        )
    return parent


def account_not_found() -> ServiceError:
    """The account is in no organization, or in another one."""
    message = "We can't find an AWS account with the AccountId that you specified, or it is not a member."
    return ServiceError("AccountNotFoundException", message)
