"""The whole truth as JSON, to be compared with what a tool believes."""

import json
import sys
from typing import Any

from moto.iam.models import iam_backends

from orgtools.rehearsal.world import permissions
from orgtools.rehearsal.world.control_tower import ControlTowers
from orgtools.rehearsal.world.identities import SERVICE_ROLE_PATH, operator, trust_policy
from orgtools.rehearsal.world.identity_center import IN_PROGRESS, Requests
from orgtools.rehearsal.world.mirror import PARTITION
from orgtools.rehearsal.world.resource_shares import Shares
from orgtools.rehearsal.world.world import SimulatedAccount, SimulatedOrganization, World

Json = dict[str, Any]


def describe(world: World) -> Json:
    """Every organization, account and handshake as it really is now, whatever reads still see."""
    now = world.now()
    return {
        "now": now.isoformat(),
        "organizations": {
            organization.id: {
                "profile": organization.profile,
                "management": organization.management,
                "root": organization.root,
                "account_quota": organization.account_quota,
                "units": {unit_id: organization.names_of(unit_id) for unit_id in organization.units},
                "cost_tags": dict(organization.cost_tags),
                "members": list(world.members[organization.id]),
                "landing_zone": tower.describe() if (tower := world.part(ControlTowers).get(organization.id)) else None,
                "assignments": assignments(organization),
                "assigning": assigning(world, organization),
            }
            for organization in world.organizations.values()
        },
        "accounts": {account.id: _account(world, account) for account in world.accounts.values()},
        "handshakes": {
            handshake.id: {
                "organization": handshake.organization.id,
                "account": handshake.account.id,
                "action": handshake.action,
                "state": handshake.state_at(now),
                "requested_at": handshake.requested_at.isoformat(),
                "expires_at": handshake.expires_at.isoformat(),
                "closed_at": handshake.closed_at.isoformat() if handshake.closed_at else None,
                "notes": handshake.notes,
                "tags": dict(handshake.tags),
            }
            for handshake in world.handshakes.truth.values()
        },
    }


def _account(world: World, account: SimulatedAccount) -> Json:
    membership = world.memberships.truth.get(account.id)
    answer: Json = {
        "name": account.name,
        "email": account.email,
        "state": account.state,
        "roles": roles(account),
        "shares": sorted(
            share.name for share in world.part(Shares) if share.receiver == account.id and share.is_received(world)
        ),
        "entered_by": entered_by(world, account),
        "contacts": contacts(account),
        "organization": None,
        "unit": None,
        "parent": None,
        "tags": {},
        "delegated": [],
        "joined_method": None,
        "joined_at": None,
    }
    if membership:
        organization = membership.organization
        answer.update(
            organization=organization.id,
            unit=organization.names_of(membership.parent),
            parent=membership.parent,
            tags=dict(membership.tags),
            delegated=list(organization.delegated.get(account.id, {})),
            joined_method=membership.joined_method,
            joined_at=membership.joined_at.isoformat(),
        )
    return answer


def roles(account: SimulatedAccount) -> dict[str, Json]:
    """The trust policy of every role of an account, by name."""
    if account.roles_made:
        stored = iam_backends[account.id][PARTITION].roles.values()
        own = (role for role in stored if not role.path.startswith(SERVICE_ROLE_PATH))
        return {role.name: json.loads(role.assume_role_policy_document) for role in own}
    return {role.name: role.trust or trust_policy(role.trusts) for role in account.roles}


def entered_by(world: World, account: SimulatedAccount) -> list[str]:
    """Who could enter an account now: the management accounts that a trust policy lets in, and ``identity-center``.

    By the trust policies alone: neither the operators' own policies nor the state of the account count. A person's
    session counts where the organization that the account is in has assigned one.
    """
    found = []
    for organization in world.organizations.values():
        caller = operator(world.accounts[organization.management])
        context = permissions.caller_context(world, caller)
        trusted = (permissions.trusts(json.dumps(policy), caller, context) for policy in roles(account).values())
        if any(allowed for allowed, _ in trusted):
            found.append(organization.management)
    home = world.organization_of(account.id)
    portal = home.settings.portal if home else None
    return [*found, "identity-center"] if portal and portal.assignments.get(account.id) else found


def contacts(account: SimulatedAccount) -> dict[str, str]:
    """The names of an account's alternate contacts, by AWS's type."""
    models = sys.modules.get("moto.account.models")
    if models is None or account.id not in models.account_backends:
        return {}
    held = models.account_backends[account.id][PARTITION]._alternate_contacts  # noqa: SLF001 -- there is no other way
    return {kind: contact.name for kind, contact in held.items()}


def assignments(organization: SimulatedOrganization) -> list[str]:
    """Who is assigned what in which account by an organization's Identity Center, in words; with doublets."""
    models = sys.modules.get("moto.ssoadmin.models")
    if models is None or organization.management not in models.ssoadmin_backends:
        return []
    return sorted(
        _words(held.to_json())
        for backend in models.ssoadmin_backends[organization.management].values()
        for held in backend.account_assignments
    )


def assigning(world: World, organization: SimulatedOrganization) -> list[str]:
    """The same, of what its Identity Center is at work on."""
    return sorted(
        _words(made.parameters)
        for made in world.part(Requests).values()
        if (made.account, made.status) == (organization.management, IN_PROGRESS)
    )


def _words(assignment: Json) -> str:
    permission_set = assignment["PermissionSetArn"].rpartition("/")[2]
    return f"{assignment['TargetId']} {permission_set} {assignment['PrincipalType']} {assignment['PrincipalId']}"
