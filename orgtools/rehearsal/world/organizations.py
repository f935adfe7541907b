"""Organizations, units and accounts that begin and end, in a scenario or while a rehearsal runs."""

from datetime import datetime, timedelta
from typing import Literal

from moto.organizations.models import organizations_backends

from orgtools.rehearsal.scenario.organization import AccountSpec as AccountTable
from orgtools.rehearsal.scenario.organization import OrganizationSpec as OrganizationTable
from orgtools.rehearsal.scenario.organization import RoleSpec
from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.control_tower import ControlTowers
from orgtools.rehearsal.world.world import SimulatedAccount, SimulatedOrganization, World


def found(
    world: World, account: SimulatedAccount, feature_set: Literal["ALL", "CONSOLIDATED_BILLING"]
) -> SimulatedOrganization:
    """A new organization of one account, which manages it."""
    table = OrganizationTable(
        id=f"o-{world.new_id(10)}",
        root=f"r-{world.new_id(4)}",
        management=account.id,
        profile=f"founded-by-{account.id}",
        name=account.name,
        email=account.email,
        age_days=0.0,
        feature_set=feature_set,
        policy_types=["SERVICE_CONTROL_POLICY"] if feature_set == "ALL" else [],
        seller=account.traits.seller,
    )
    organization = open_organization(world, table, world.now())
    world.join(account, organization, parent=table.root, method="INVITED", at=world.now(), tags={})
    return organization


def dissolve(world: World, organization: SimulatedOrganization) -> None:
    """Forgets an organization that nobody is in any more."""
    del world.organizations[organization.id]
    world.part(ControlTowers).pop(organization.id, None)
    dict.pop(organizations_backends, organization.management)


def create_account(
    world: World, organization: SimulatedOrganization, *, name: str, email: str, role: str, tags: dict[str, str]
) -> SimulatedAccount:
    """A new account in the root of an organization."""
    account_id = "".join(world.random.choices("0123456789", k=12))
    while account_id in world.accounts:
        account_id = "".join(world.random.choices("0123456789", k=12))
    roles = [RoleSpec(name=role, trusts=[organization.management])]
    table = AccountTable(id=account_id, name=name, email=email, created_days_ago=0.0, roles=roles)
    now = world.clock.now()
    account = new_account(world, table, now, organization)
    world.join(account, organization, parent=organization.root, method="CREATED", at=now, tags=tags)
    return account


def open_organization(world: World, table: OrganizationTable, now: datetime) -> SimulatedOrganization:
    """An organization that nobody is in yet, with its root."""
    backend = mirror.open_backend(table.management)
    backend.found(table.id, table.root, table.feature_set, table.email)
    organization = SimulatedOrganization(
        id=table.id,
        root=table.root,
        management=table.management,
        email=table.email,
        name=table.name,
        profile=table.profile,
        created_at=ago(now, table.age_days),
        settings=table,
        backend=backend,
        account_quota=table.account_quota,
        enabling_all_features=table.enabling_all_features,
        cost_tags=dict(table.cost_tags),
    )
    world.organizations[table.id] = organization
    for kind in table.policy_types:
        backend.root.add_policy_type(kind)
    return organization


def add_unit(
    organization: SimulatedOrganization, new_id: str, name: str, parent: str, tags: dict[str, str]
) -> mirror.Unit:
    """Adds one OU to an organization's tree."""
    unit = organization.backend.new_unit(new_id, name, parent, tags)
    number = len(organization.unit_numbers)
    organization.units[new_id] = unit
    organization.unit_numbers[new_id] = number
    organization.children[parent].add(number, new_id)
    return unit


def remove_unit(world: World, organization: SimulatedOrganization, unit: mirror.Unit) -> bool:
    """Takes an OU out of an organization's tree; returns whether it was empty, which it must be."""
    occupied = any(
        membership.parent == unit.id and membership.organization is organization
        for membership in world.memberships.truth.values()
    )
    if occupied or len(organization.children[unit.id]):
        return False
    organization.backend.delete_organizational_unit(OrganizationalUnitId=unit.id)
    organization.children[unit.parent_id or organization.root].remove(organization.unit_numbers[unit.id])
    del organization.units[unit.id]
    return True


def new_account(
    world: World, table: AccountTable, now: datetime, owner: SimulatedOrganization | None = None
) -> SimulatedAccount:
    """An account that is in no organization yet; `owner` is the one that it joins next."""
    account = SimulatedAccount(
        number=len(world.accounts),
        id=table.id,
        name=table.name,
        email=table.email,
        created_at=ago(now, table.created_days_ago),
        created_by_organization=table.joined == "CREATED" and owner is not None,
        traits=table,
        state=table.state,
        service_linked_role=table.service_linked_role,
        roles=list(table.roles or []),
    )
    if table.state in ("SUSPENDED", "CLOSED", "PENDING_CLOSURE"):
        account.closed_at = now
    if table.roles is None and owner is not None and table.joined == "CREATED" and table.id != owner.management:
        account.roles = [default_role(owner.management)]
    world.accounts[account.id] = account
    world.by_email[account.email.lower()] = account
    return account


def default_role(management: str) -> RoleSpec:
    """What every account created in an organization has (user guide, orgs_manage_accounts_access)."""
    return RoleSpec(name="OrganizationAccountAccessRole", trusts=[management])


def ago(now: datetime, days: float) -> datetime:
    """The time so many days before."""
    return now - timedelta(days=days)
