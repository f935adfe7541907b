"""What somebody else does meanwhile: changes from outside, neither logged nor refused by AWS's rules."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from orgtools.messages import Message
from orgtools.rehearsal.errors import ToldError
from orgtools.rehearsal.scenario.values import names
from orgtools.rehearsal.world import identity_center, resource_shares
from orgtools.rehearsal.world.identities import find_role, trust_policy
from orgtools.rehearsal.world.organizations import add_unit, remove_unit
from orgtools.rehearsal.world.world import (
    INVITATION_LIFE,
    INVITE,
    PENDING,
    SimulatedHandshake,
    SimulatedOrganization,
    World,
)

Json = dict[str, Any]


class InterventionError(ToldError):
    """The intervention, or something that it names, does not exist."""


def intervene(world: World, action: str, given: Json) -> Json:
    """Does one thing. `ACTIONS` lists them; each function's parameters are its own."""
    run = ACTIONS.get(action)
    if run is None:
        raise InterventionError(Message("rehearsal-intervention-unknown", given=action, choices=sorted(ACTIONS)))
    try:
        return run(world, **given)
    except (KeyError, TypeError) as error:
        message = Message("rehearsal-intervention-wrong", action=action, given=str(given), words=str(error))
        raise InterventionError(message) from None


def cancel(world: World, handshake: str) -> Json:
    """The sender takes an invitation back."""
    return _close(world, handshake, "CANCELED")


def decline(world: World, handshake: str) -> Json:
    """The invited account declines an invitation."""
    return _close(world, handshake, "DECLINED")


def accept(world: World, handshake: str) -> Json:
    """The invited account accepts by hand."""
    found = world.handshakes.truth[handshake]
    sender, now = found.organization, world.now()
    if found.action != INVITE:
        return _close(world, handshake, "ACCEPTED")
    world.join(found.account, sender, parent=sender.root, method="INVITED", at=now, tags=found.tags)
    return _close(world, handshake, "ACCEPTED")


def invite(world: World, organization: str, account: str, notes: str | None = None, kind: str = INVITE) -> Json:
    """An organization, perhaps a third one, invites an account, or asks it for something else."""
    now = world.now()
    handshake = SimulatedHandshake(
        number=len(world.handshakes.truth),
        id=f"h-{world.new_id(12)}",
        organization=world.organizations[organization],
        account=world.accounts[account],
        by_email=False,
        notes=notes,
        tags={},
        requested_at=now,
        expires_at=now + INVITATION_LIFE,
        state=world.switches.invitation_state,
        action=kind,
    )
    world.put_handshake(handshake)
    if kind == INVITE:
        world.trail.invited(handshake.organization.management, handshake.id, handshake.arn, account, now)
    return {"handshake": handshake.id}


def move(world: World, account: str, unit: str) -> Json:
    """Somebody moves an account to another OU of its organization, by path."""
    membership = world.memberships.truth[account]
    world.change(membership, parent=_unit(membership.organization, unit))
    return {}


def remove(world: World, account: str) -> Json:
    """Somebody makes a member stand-alone."""
    world.leave(world.accounts[account], how="REMOVED")
    return {}


def join(world: World, account: str, organization: str, unit: str = "/") -> Json:
    """Somebody brings an account into an organization."""
    target = world.organizations[organization]
    parent = _unit(target, unit)
    world.join(world.accounts[account], target, parent=parent, method="INVITED", at=world.now(), tags={})
    return {}


def state(world: World, account: str, state: str) -> Json:
    """An account is suspended, closed or reactivated."""
    found = world.accounts[account]
    found.state = state
    found.closed_at = None if state == "ACTIVE" else world.now()
    return {}


def tag(world: World, account: str, tags: dict[str, str]) -> Json:
    """The account object's tags become exactly these."""
    world.change(world.memberships.truth[account], tags=tags)
    return {}


def trust(world: World, account: str, role: str, trusts: list[str] | None = None, document: Json | None = None) -> Json:
    """Somebody edits a role's trust policy."""
    found = find_role(world.accounts[account], role)
    if found is None:
        raise KeyError(role)
    found.assume_role_policy_document = json.dumps(document or trust_policy(trusts or []))
    return {}


def permit(world: World, account: str, role: str, document: Json) -> Json:
    """Somebody replaces what a role may do."""
    found = find_role(world.accounts[account], role)
    if found is None:
        raise KeyError(role)
    found.policies = {"permissions": json.dumps(document)}
    found.managed_policies = {}
    return {}


def attach(world: World, organization: str, target: str, content: Json, name: str = "Intervention") -> Json:
    """Somebody attaches a new SCP to an OU (by path) or account."""
    found = world.organizations[organization]
    policy = found.backend.new_policy(name, "SERVICE_CONTROL_POLICY", f"p-{world.new_id(10)}", content)
    wanted = target if target in world.accounts else _unit(found, target)
    found.backend.attach(policy, found.backend.target(wanted))
    return {"policy": policy.id}


def delegate(world: World, account: str, service: str) -> Json:
    """Somebody registers a delegated administrator."""
    organization = world.memberships.truth[account].organization
    organization.delegated.setdefault(account, {})[service] = world.now()
    return {}


def quota(world: World, organization: str, accounts: int) -> Json:
    """AWS raises or lowers the account quota."""
    world.organizations[organization].account_quota = accounts
    return {}


def enabling_all_features(world: World, organization: str, under_way: bool = True) -> Json:
    """Somebody begins, or ends, enabling all features."""
    world.organizations[organization].enabling_all_features = under_way
    return {}


def share(
    world: World, owner: str, account: str, name: str, *, region: str = "us-east-1", resources: list[str] | None = None
) -> Json:
    """Somebody shares resources with an account, which is invited where they are in no common organization."""
    home = world.organization_of(owner)
    invited = home is None or home is not world.organization_of(world.accounts[account].id)
    made = resource_shares.share(
        world, owner, account, name, region=region, resources=tuple(resources or ()), invited=invited, at=world.now()
    )
    return {"share": made.arn, "invitation": made.invitation}


def cost_tag(world: World, organization: str, key: str, status: str = "Inactive") -> Json:
    """Billing comes to show a cost allocation tag key, or somebody activates or deactivates it."""
    world.organizations[organization].cost_tags[key] = status
    return {}


def grow(world: World, organization: str, unit: str) -> Json:
    """Somebody creates an OU in one that is there, by path."""
    found, (*above, name) = world.organizations[organization], names(unit)
    parent = _unit(found, "/".join(above))
    if any(found.units[held].name == name for held in found.children[parent]):
        raise InterventionError(Message("rehearsal-unit-exists", organization=organization, unit=unit))
    new_id = f"ou-{found.root.removeprefix('r-')}-{world.new_id(8)}"
    add_unit(found, new_id, name, parent, {})
    return {"unit": new_id}


def prune(world: World, organization: str, unit: str) -> Json:
    """Somebody deletes an empty OU, by path."""
    found = world.organizations[organization]
    if not remove_unit(world, found, found.units[_unit(found, unit)]):
        raise InterventionError(Message("rehearsal-unit-not-empty", organization=organization, unit=unit))
    return {}


def assign(
    world: World, organization: str, account: str, permission_set: str, user: str, *, region: str, assigned: bool = True
) -> Json:
    """Somebody assigns a permission set in an account to a user of Identity Center, or takes that away."""
    management = world.organizations[organization].management
    identity_center.assign(
        world,
        management,
        region=region,
        target=account,
        permission_set=permission_set,
        user=user,
        assigned=assigned,
    )
    return {}


ACTIONS: dict[str, Callable[..., Json]] = {
    function.__name__: function
    for function in (
        cancel,
        decline,
        accept,
        invite,
        move,
        remove,
        join,
        state,
        tag,
        trust,
        permit,
        attach,
        delegate,
        quota,
        enabling_all_features,
        share,
        cost_tag,
        grow,
        prune,
        assign,
    )
}


def _close(world: World, handshake_id: str, state: str) -> Json:
    found, now = world.handshakes.truth[handshake_id], world.now()
    if found.state_at(now) not in PENDING:
        message = Message("rehearsal-handshake-closed", handshake=handshake_id, state=found.state_at(now))
        raise InterventionError(message)
    world.put_handshake(replace(found, state=state, closed_at=now))
    return {"handshake": handshake_id}


def _unit(organization: SimulatedOrganization, path: str) -> str:
    wanted = "/".join(names(path)) or "/"
    if wanted == "/":
        return organization.root
    for unit_id in organization.units:
        if organization.names_of(unit_id) == wanted:
            return unit_id
    raise KeyError(path)
