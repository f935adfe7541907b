"""Organizations and accounts that begin and end: founding, deleting, all features, new accounts."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.accounts import describe_organization, home
from orgtools.rehearsal.operations.handshakes import handshake_json
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.operations.tags import check_tags
from orgtools.rehearsal.refusals import ServiceError, access_denied, constraint, handshake_constraint, invalid
from orgtools.rehearsal.world import organizations, permissions, rules
from orgtools.rehearsal.world.identities import Caller, add_service_linked_role
from orgtools.rehearsal.world.world import (
    INVITATION_LIFE,
    PENDING,
    SimulatedAccount,
    SimulatedHandshake,
    SimulatedOrganization,
    World,
)

IN_PROGRESS, SUCCEEDED, FAILED = "IN_PROGRESS", "SUCCEEDED", "FAILED"
ACCESS_ROLE = "OrganizationAccountAccessRole"
ENABLE, APPROVE = "ENABLE_ALL_FEATURES", "APPROVE_ALL_FEATURES"
RESERVED = "AWSServiceRoleFor"


@dataclass
class Creation:
    """One request for an account, and what has become of it."""

    id: str
    organization: SimulatedOrganization
    parameters: Json
    requested: datetime
    ends: datetime
    state: str = IN_PROGRESS
    account: str = ""
    reason: str = ""

    def told(self) -> Json:
        """The API's `CreateAccountStatus`."""
        answer: Json = {
            "Id": self.id,
            "AccountName": self.parameters["AccountName"],
            "State": self.state,
            "RequestedTimestamp": self.requested.timestamp(),
        }
        if self.state != IN_PROGRESS:
            answer["CompletedTimestamp"] = self.ends.timestamp()
        if self.account:
            answer["AccountId"] = self.account
        if self.reason:
            answer["FailureReason"] = self.reason
        return answer


class Creations(dict[str, Creation]):
    """The requests of a world."""


@operation("organizations", "CreateOrganization", who=Who.ANYONE, rate=rates.UNPUBLISHED)
def create_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """The caller's account becomes the management account of a new organization."""
    account = caller.account
    if world.organization_of(account.id):
        message = "This account is already a member of an organization."
        raise ServiceError("AlreadyInOrganizationException", message)
    if not account.traits.payment_method:
        message = "To create an organization with this account, you first need a valid payment method."
        raise constraint("MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED", message)
    organizations.found(world, account, parameters.get("FeatureSet", "ALL"))
    if not account.service_linked_role:
        add_service_linked_role(account)
    return describe_organization(world, caller, {})


@operation("organizations", "DeleteOrganization", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def delete_organization(world: World, caller: Caller, _: Json) -> Json:
    """The management account is stand-alone then; every other account must have gone before."""
    organization, now = home(world, caller), world.now()
    if list(world.members[organization.id]) != [organization.management]:
        message = "The organization isn't empty. To delete an organization, you must first remove all accounts."
        raise ServiceError("OrganizationNotEmptyException", message)
    for handshake_id in world.handshakes.truth:
        handshake = world.handshakes.truth[handshake_id]
        if handshake.organization is organization and handshake.state_at(now) in PENDING:
            # AWS says nothing of them: an invitation of nobody cannot be accepted (ours).
            world.put_handshake(replace(handshake, state="CANCELED", closed_at=now))
    world.leave(caller.account, how="LEFT")
    organizations.dissolve(world, organization)
    return {}


@operation("organizations", "EnableAllFeatures", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def enable_all_features(world: World, caller: Caller, _: Json) -> Json:
    """Asks every invited member; the management account ends it by accepting (API: EnableAllFeatures)."""
    organization = home(world, caller)
    if organization.feature_set == "ALL":
        message = "The organization already has all features enabled."
        raise handshake_constraint("ORGANIZATION_ALREADY_HAS_ALL_FEATURES", message)
    if organization.enabling_all_features:
        message = "The organization is already enabling all features."
        raise handshake_constraint("ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION", message)
    organization.enabling_all_features = True
    for account_id in world.members[organization.id]:
        joined = world.memberships.truth[account_id].joined_method
        if joined == "INVITED" and account_id != organization.management:
            _ask(world, organization, world.accounts[account_id], APPROVE)
    return {"Handshake": handshake_json(world, _ask(world, organization, caller.account, ENABLE))}


def _ask(
    world: World, organization: SimulatedOrganization, account: SimulatedAccount, action: str
) -> SimulatedHandshake:
    now = world.now()
    handshake = SimulatedHandshake(
        number=len(world.handshakes.truth),
        id=f"h-{world.new_id(12)}",
        organization=organization,
        account=account,
        by_email=False,
        notes=None,
        tags={},
        requested_at=now,
        expires_at=now + INVITATION_LIFE,
        state=world.switches.invitation_state,
        action=action,
    )
    world.put_handshake(handshake)
    return handshake


@operation("organizations", "CreateAccount", who=Who.MANAGEMENT, rate=rates.UNPUBLISHED)
def create_account(world: World, caller: Caller, parameters: Json) -> Json:
    """Begins; the account is there when the request has succeeded."""
    organization, now = home(world, caller), world.now()
    if parameters.get("RoleName", "").startswith(RESERVED):
        raise invalid("INVALID_ROLE_NAME", f"A role name can't begin with the reserved prefix {RESERVED}.")
    tags = check_tags(parameters.get("Tags") or [])
    if tags and world.switches.permissions:
        said = permissions.denial(world, caller, "organizations:TagResource", "*")
        if said:
            raise access_denied(said)
    rules.has_settled(organization)
    if rules.counted_accounts(world, organization, now) >= organization.account_quota:
        message = "You attempted to exceed the limit on the number of accounts in an organization."
        raise constraint("ACCOUNT_NUMBER_LIMIT_EXCEEDED", message)
    ends = now + timedelta(seconds=world.switches.creation_seconds)
    made = Creation(f"car-{world.new_id(32)}", organization, dict(parameters), now, ends)
    creations = world.part(Creations)
    if not creations:
        world.settlers.append(lambda at: settle(world, at))
    creations[made.id] = made
    return {"CreateAccountStatus": made.told()}


@operation("organizations", "DescribeCreateAccountStatus", who=Who.DELEGATE, rate=rates.UNPUBLISHED)
def describe_create_account_status(world: World, caller: Caller, parameters: Json) -> Json:
    """How far one request has come."""
    organization = home(world, caller)
    world.now()
    made = world.part(Creations).get(parameters["CreateAccountRequestId"])
    if made is None or made.organization is not organization:
        message = "We can't find a create account request with the CreateAccountRequestId that you specified."
        raise ServiceError("CreateAccountStatusNotFoundException", message)
    return {"CreateAccountStatus": made.told()}


@operation("organizations", "ListCreateAccountStatus", who=Who.DELEGATE, rate=rates.UNPUBLISHED)
def list_create_account_status(world: World, caller: Caller, parameters: Json) -> Json:
    """Every request of the organization, those in certain states where they are named."""
    organization, wanted = home(world, caller), parameters.get("States")
    world.now()
    entries = [
        (place, made.told())
        for place, made in enumerate(world.part(Creations).values())
        if made.organization is organization and (not wanted or made.state in wanted)
    ]
    return page(
        world, "CreateAccountStatuses", lambda after: [entry for entry in entries if entry[0] > after], parameters
    )


def settle(world: World, now: datetime) -> None:
    """Ends every request whose time has come."""
    for made in world.part(Creations).values():
        if made.state == IN_PROGRESS and made.ends <= now:
            email = made.parameters["Email"]
            if email.lower() in world.by_email:
                made.state, made.reason = FAILED, "EMAIL_ALREADY_EXISTS"
                continue
            tags = {tag["Key"]: tag["Value"] for tag in made.parameters.get("Tags") or ()}
            role = made.parameters.get("RoleName") or ACCESS_ROLE
            account = organizations.create_account(
                world, made.organization, name=made.parameters["AccountName"], email=email, role=role, tags=tags
            )
            made.state, made.account = SUCCEEDED, account.id
