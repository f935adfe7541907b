"""Handshakes: sending, reading and closing them; accepting is in `acceptance`."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from orgtools.rehearsal.limits import rates
from orgtools.rehearsal.operations import transfers
from orgtools.rehearsal.operations.accounts import ACCOUNT_ID, account_arn, home, resource_of
from orgtools.rehearsal.operations.paging import Json, page
from orgtools.rehearsal.operations.registry import Who, operation
from orgtools.rehearsal.operations.tags import check_tags
from orgtools.rehearsal.refusals import ServiceError, access_denied, handshake_constraint, invalid
from orgtools.rehearsal.world import permissions, rules
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import (
    INVITATION_LIFE,
    INVITE,
    PENDING,
    SimulatedAccount,
    SimulatedHandshake,
    SimulatedOrganization,
    World,
)

LONGEST_NOTE = 1024
HANDSHAKE_ID = re.compile(r"^h-[0-9a-z]{8,32}$")
EMAIL = re.compile(r"^[^\s@]+@[^\s@]+\.[^\s@]+$")
ACTIONS = {
    "INVITE",
    "ENABLE_ALL_FEATURES",
    "APPROVE_ALL_FEATURES",
    "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
    "TRANSFER_RESPONSIBILITY",
}


def handshake_json(world: World, handshake: SimulatedHandshake) -> Json:
    """The API's `SimulatedHandshake`, parties and resources as in AWS's official examples."""
    organization, account = handshake.organization, handshake.account
    kind, target = ("EMAIL", account.email) if handshake.by_email else ("ACCOUNT", account.id)
    resources = transfers.resources(handshake) if handshake.action == transfers.ACTION else _organization(organization)
    resources.append({"Type": kind, "Value": target})
    if handshake.notes:
        resources.append({"Type": "NOTES", "Value": handshake.notes})
    # AWS promises no order of the parties; ours alternates so that no client relies on one.
    parties = [{"Id": organization.id, "Type": "ORGANIZATION"}, {"Id": target, "Type": kind}]
    return {
        "Id": handshake.id,
        "Arn": handshake.arn,
        "Parties": parties if handshake.number % 2 else parties[::-1],
        "State": handshake.state_at(world.clock.now()),
        "RequestedTimestamp": handshake.requested_at.timestamp(),
        "ExpirationTimestamp": handshake.expires_at.timestamp(),
        "Action": handshake.action,
        "Resources": resources,
    }


def _organization(organization: SimulatedOrganization) -> list[Json]:
    return [
        transfers.resource(
            "ORGANIZATION",
            organization.id,
            MASTER_EMAIL=organization.email,
            MASTER_NAME=organization.name,
            ORGANIZATION_FEATURE_SET=organization.feature_set,
        )
    ]


def _invited(world: World, caller: Caller, parameters: Json) -> str:
    target = parameters["Target"]
    return resource_of(world, caller, target["Id"] if target["Type"] == "ACCOUNT" else "*")


def arn_of(world: World, caller: Caller, parameters: Json) -> str:
    """The ARN that policies see for the handshake that a call names."""
    handshake_id = parameters["HandshakeId"]
    handshake = world.handshakes.truth.get(handshake_id)
    unknown = f"arn:aws:organizations::{caller.account.id}:handshake/o-unknown/invite/{handshake_id}"
    return handshake.arn if handshake else unknown


def inviting(world: World, _caller: Caller, parameters: Json) -> list[str]:
    """The organization in whose bucket an answer counts too. That it does is ours: AWS does not say which is meant."""
    handshake = world.handshakes.truth.get(parameters["HandshakeId"])
    return [handshake.organization.id] if handshake else []


@operation(
    "organizations", "InviteAccountToOrganization", who=Who.MANAGEMENT, rate=rates.Limit((3, 5)), resource=_invited
)
def invite_account_to_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """Sends an invitation. The order of the checks is ours: input, sender, target, duplicates, quotas."""
    organization = home(world, caller)
    target = parameters["Target"]
    account = _target(world, target)
    if len(parameters.get("Notes") or "") > LONGEST_NOTE:
        raise invalid("MAX_LENGTH_EXCEEDED", "You provided a string parameter that is longer than allowed.")
    tags = check_tags(parameters.get("Tags") or [])
    if tags and world.switches.permissions:
        # User guide, orgs_tagging: attaching tags to an invitation needs the action that tags, too.
        said = permissions.denial(world, caller, "organizations:TagResource", account_arn(organization, account.id))
        if said:
            raise access_denied(said)
    rules.may_invite(world, organization)
    now = world.now()
    membership = world.memberships.truth.get(account.id)
    if membership and membership.organization is organization:
        message = "The account is already a member of your organization."
        raise handshake_constraint("ALREADY_IN_AN_ORGANIZATION", message)
    for handshake_id in world.addressed[account.id]:
        known = world.handshakes.truth[handshake_id]
        if known.organization is organization and known.state_at(now) in PENDING:
            message = "A handshake with the same action and target already exists."
            raise ServiceError("DuplicateHandshakeException", message)
    rules.same_seller(account, organization)
    if membership:
        rules.old_enough_for_transfers(world, organization)
    rules.room_for_another(world, organization, now)
    rules.attempts_left(world, organization, now)
    handshake = SimulatedHandshake(
        number=len(world.handshakes.truth),
        id=f"h-{world.new_id(12)}",
        organization=organization,
        account=account,
        by_email=target["Type"] == "EMAIL",
        notes=parameters.get("Notes"),
        tags=tags,
        requested_at=now,
        expires_at=now + INVITATION_LIFE,
        state=world.switches.invitation_state,
    )
    world.put_handshake(handshake)
    return {"Handshake": handshake_json(world, handshake)}


def _target(world: World, target: Json) -> SimulatedAccount:
    kind, value = target["Type"], target["Id"]
    account = None
    if kind == "ACCOUNT":
        if not ACCOUNT_ID.match(value):
            raise invalid("INVALID_PATTERN_TARGET_ID", "The target account id must consist of 12 digits.")
        account = world.accounts.get(value)
    elif kind == "EMAIL":
        if not EMAIL.match(value):
            raise invalid("INVALID_EMAIL_ADDRESS_TARGET", "You specified an invalid email address.")
        account = world.by_email.get(value.lower())
    else:
        raise invalid("INVALID_PARTY_TYPE_TARGET", "You specified the wrong type of entity as a party.")
    if account is None:
        # AWS documents no answer for an account that does not exist; the class is ours.
        raise invalid("INVALID_PARTY_TYPE_TARGET", "You specified an account that does not exist.")
    return account


@operation(
    "organizations",
    "DeclineHandshake",
    who=Who.ANYONE,
    rate=rates.Limit((1, 1), (5, 5)),
    counts_for=inviting,
    resource=arn_of,
)
def decline_handshake(world: World, caller: Caller, parameters: Json) -> Json:
    """The invited account refuses."""
    handshake = find(world, caller, parameters)
    if handshake.account is not caller.account:
        raise access_denied("Only the account that receives an invitation can decline it.")
    return close(world, handshake, "DECLINED")


@operation("organizations", "CancelHandshake", who=Who.ANYONE, rate=rates.Limit((2, 3)), resource=arn_of)
def cancel_handshake(world: World, caller: Caller, parameters: Json) -> Json:
    """The inviting organization takes its invitation back."""
    handshake = find(world, caller, parameters)
    if caller.account.id != handshake.organization.management:
        raise access_denied("Only the account that sent an invitation can cancel it.")
    return close(world, handshake, "CANCELED")


@operation("organizations", "DescribeHandshake", who=Who.ANYONE, rate=rates.Limit((1, 2), (6, 10)), resource=arn_of)
def describe_handshake(world: World, caller: Caller, parameters: Json) -> Json:
    """One handshake, for either party. Right after an invitation reads may not find it yet."""
    handshake = find(world, caller, parameters, truth=False)
    return {"Handshake": handshake_json(world, handshake)}


@operation("organizations", "ListHandshakesForOrganization", who=Who.DELEGATE, rate=rates.READ)
def list_handshakes_for_organization(world: World, caller: Caller, parameters: Json) -> Json:
    """The handshakes that the caller's organization sent."""
    organization = home(world, caller)
    return _list(world, organization.sent.after, parameters)


@operation("organizations", "ListHandshakesForAccount", who=Who.ANYONE, rate=rates.READ)
def list_handshakes_for_account(world: World, caller: Caller, parameters: Json) -> Json:
    """The handshakes that the caller's account received.

    A management account sees no invitations to itself (user guide, orgs_manage_accounts_invites); billing transfers,
    which only it can accept, it does (API: AcceptHandshake).
    """
    organization = world.organization_of(caller.account.id)
    manages = organization is not None and organization.management == caller.account.id
    return _list(world, world.received[caller.account.id].after, parameters, hidden={INVITE} if manages else set())


def _list(
    world: World, keys: Callable[[int], Iterable[tuple[int, str]]], parameters: Json, hidden: Collection[str] = ()
) -> Json:
    wanted = _filter(parameters.get("Filter") or {}) - set(hidden)
    now = world.now()

    def entries(after: int) -> Iterable[tuple[int, Json]]:
        for place, handshake_id in keys(after):
            handshake = world.handshakes.seen[handshake_id]
            if handshake.action in wanted and handshake.listed_at(now):
                yield place, handshake_json(world, handshake)

    return page(world, "Handshakes", entries, parameters)


def _filter(given: Json) -> set[str]:
    """The actions that a filter lets through (API: HandshakeFilter, one of its members only)."""
    if len(given) > 1:
        raise invalid("MAX_LIMIT_EXCEEDED_FILTER", "You can specify only one filter parameter for the operation.")
    if "ParentHandshakeId" in given:
        return set()
    action = given.get("ActionType")
    if action is not None and action not in ACTIONS:
        raise invalid("INVALID_ENUM", "You specified an invalid value.")
    return {action} if action else ACTIONS


def find(world: World, caller: Caller, parameters: Json, *, truth: bool = True) -> SimulatedHandshake:
    """A handshake that the caller's account or organization is a party of; others cannot find it (ours).

    Nor can a party while the invitation is so new that reads do not see it; whoever answers it decides on the
    truth, and a read shows what is seen.
    """
    handshake_id = parameters["HandshakeId"]
    if not HANDSHAKE_ID.match(handshake_id):
        raise invalid("INVALID_PATTERN", "You provided a value that doesn't match the required pattern.")
    visible = world.handshakes.seen.get(handshake_id)
    found = world.handshakes.truth[handshake_id] if truth and visible else visible
    if found and found.listed_at(world.now()):
        sender = world.organization_of(caller.account.id) is found.organization
        if sender or found.account is caller.account:
            return found
    raise ServiceError(
        "HandshakeNotFoundException", "We can't find a handshake with the HandshakeId that you specified."
    )


def require_pending(state: str, wanted: str) -> None:
    """Refuses to bring a handshake into the state that it is in, or out of one that is final."""
    if state == wanted:
        message = "The specified handshake is already in the requested state."
        raise ServiceError("HandshakeAlreadyInStateException", message)
    if state not in PENDING:
        message = f"You can't perform the operation on the handshake in its current state: {state}."
        raise ServiceError("InvalidHandshakeTransitionException", message)


def close(world: World, handshake: SimulatedHandshake, state: str) -> Json:
    """Brings a handshake to an end."""
    now = world.now()
    require_pending(handshake.state_at(now), state)
    closed = replace(handshake, state=state, closed_at=now)
    world.put_handshake(closed)
    return {"Handshake": handshake_json(world, closed)}
