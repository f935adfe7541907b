"""Accepting a handshake: an account joins an organization, or moves to it directly; all features come into force."""

from dataclasses import replace

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations.handshakes import arn_of, close, find, handshake_json, inviting, require_pending
from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.refusals import ServiceError, access_denied, handshake_constraint
from orgtools.rehearsal.world import permissions, rules
from orgtools.rehearsal.world.identities import SERVICE_LINKED_ROLE, Caller, add_service_linked_role
from orgtools.rehearsal.world.world import INVITE, Membership, SimulatedHandshake, World

CREATE_LINKED_ROLE = "iam:CreateServiceLinkedRole"
LINKED_ROLE_PATH = f"role/aws-service-role/organizations.amazonaws.com/{SERVICE_LINKED_ROLE}"


@operation(
    "organizations",
    "AcceptHandshake",
    who=Who.ANYONE,
    rate=rates.Limit((1, 2), (5, 5)),
    counts_for=inviting,
    resource=arn_of,
)
def accept_handshake(world: World, caller: Caller, parameters: Json) -> Json:
    """The invited account joins; from within another organization it moves directly (November 2025).

    User guide, orgs_account_migration: it arrives in the root, its old tags are deleted, the invitation's are
    attached. A member needs organizations:LeaveOrganization only where the scenario's switch says so. What else can
    be accepted moves nobody.
    """
    handshake, now = find(world, caller, parameters), world.now()
    if handshake.account is not caller.account:
        raise access_denied("Only the account that receives an invitation can accept it.")
    require_pending(handshake.state_at(now), "ACCEPTED")
    if handshake.action != INVITE:
        _may_finalize(world, handshake)
        return close(world, handshake, "ACCEPTED")
    organization, account = handshake.organization, caller.account
    membership = world.memberships.truth.get(account.id)
    if membership:
        _may_transfer(world, caller, membership, handshake)
    else:
        rules.has_payment_method(account)
    rules.same_seller(account, organization)
    rules.membership_settled(world, account)
    _create_linked_role(world, caller)
    world.join(account, organization, parent=organization.root, method="INVITED", at=now, tags=handshake.tags)
    account.last_join = now
    accepted = replace(handshake, state="ACCEPTED", closed_at=now)
    world.put_handshake(accepted)
    return {"Handshake": handshake_json(world, accepted)}


def _may_finalize(world: World, handshake: SimulatedHandshake) -> None:
    """API: EnableAllFeatures: the management account accepts last, and all features are enabled then."""
    organization = handshake.organization
    if handshake.action != "ENABLE_ALL_FEATURES" or handshake.account.id != organization.management:
        return
    asked = [
        held
        for held in world.handshakes.truth.values()
        if held.organization is organization and held.action == "APPROVE_ALL_FEATURES"
    ]
    if any(held.state != "ACCEPTED" for held in asked if held.account.id in world.members[organization.id]):
        message = "Every invited account must approve all features before the management account can finalize them."
        raise ServiceError("InvalidHandshakeTransitionException", message)
    organization.backend.organization.feature_set = "ALL"
    organization.enabling_all_features = False


def _may_transfer(world: World, caller: Caller, membership: Membership, handshake: SimulatedHandshake) -> None:
    rules.not_a_management_account(membership)
    if membership.organization is handshake.organization:
        message = "The account is already a member of the organization."
        raise handshake_constraint("ALREADY_IN_AN_ORGANIZATION", message)
    rules.transferable(membership.account)
    rules.may_depart(world, membership)
    rules.old_enough_for_transfers(world, handshake.organization)
    if world.switches.permissions and world.switches.accept_needs_leave:
        said = permissions.denial(world, caller, "organizations:LeaveOrganization", "*")
        if said:
            raise access_denied(said)


def _create_linked_role(world: World, caller: Caller) -> None:
    """User guide, orgs_integrate_services (service-linked roles): accepting creates the role where it is missing."""
    account = caller.account
    if account.service_linked_role:
        return
    if world.switches.permissions:
        arn = f"arn:aws:iam::{account.id}:{LINKED_ROLE_PATH}"
        service = {"iam:awsservicename": "organizations.amazonaws.com"}
        said = permissions.denial(world, caller, CREATE_LINKED_ROLE, arn, service)
        if said:
            raise ServiceError(
                "AccessDeniedForDependencyException",
                f"Your credentials do not have permission to create the service-linked role: {said}",
                reason="ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE",
            )
    add_service_linked_role(account)
