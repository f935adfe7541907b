"""From a scenario to a world."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Final

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.moto_api._internal import mock_random
from moto.organizations.models import organizations_backends
from moto.secretsmanager.models import secretsmanager_backends

from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.scenario.organization import AccountSpec as AccountTable
from orgtools.rehearsal.scenario.organization import OrganizationSpec as OrganizationTable
from orgtools.rehearsal.scenario.scenario import Invitation, Scenario, Secret
from orgtools.rehearsal.scenario.values import names
from orgtools.rehearsal.world.baselines import BASELINE, CONFIG_BASELINE
from orgtools.rehearsal.world.cloudformation import RolePolicy
from orgtools.rehearsal.world.control_tower import ControlTowers, SimulatedControlTower
from orgtools.rehearsal.world.credentials import operator_credentials
from orgtools.rehearsal.world.organizations import add_unit, ago, new_account, open_organization
from orgtools.rehearsal.world.owners import Owners
from orgtools.rehearsal.world.resource_shares import share
from orgtools.rehearsal.world.world import (
    INVITATION_LIFE,
    INVITE,
    PENDING,
    SimulatedHandshake,
    SimulatedOrganization,
    World,
)

LEEWAY: Final = timedelta(minutes=30)
"""How much older everything is than its scenario says, so that "5 days" are not just about to be five."""


def build(scenario: Scenario, clock: VirtualClock) -> World:
    """A fresh world for the scenario; whatever moto held before is gone."""
    _forget()
    mock_random.seed(scenario.switches.seed)  # the ids that moto makes up are repeatable, too
    organizations_backends.master_accounts.clear()
    world = World(clock, scenario.switches)
    now = clock.now() - LEEWAY
    for table in scenario.organizations:
        _add_organization(world, table, now)
    for stand_alone in scenario.accounts:
        new_account(world, stand_alone, now)
    for invitation in scenario.invitations:
        _add_invitation(world, invitation, now)
    for secret in scenario.secrets:
        _add_secret(secret)
    for shared in scenario.shares:
        share(
            world,
            shared.owner,
            shared.account,
            shared.name,
            region=shared.region,
            resources=tuple(shared.resources),
            invited=shared.invited,
            state=shared.state,
            at=ago(now, shared.days_ago),
        )
    if scenario.owners:
        world.settlers.append(Owners(world, scenario.owners).settle)
    return world


def _forget() -> None:
    """Lets go of everything moto holds. Its own reset makes each backend anew first, which takes seconds."""
    in_use = BackendDict._instances  # type: ignore[misc]  # noqa: SLF001 -- there is no other way to them
    for held in in_use:
        held.clear()
        # S3 also keeps whose each bucket is, by names that are the same for all accounts.
        getattr(held, "bucket_accounts", {}).clear()
    in_use.clear()
    RolePolicy.made.clear()
    reset_model_data()


def unit_id(root: str, path: tuple[str, ...]) -> str:
    """The id of an OU, made from its names so that it is the same in every run."""
    return f"ou-{root.removeprefix('r-')}-{hashlib.sha256(repr(path).encode()).hexdigest()[:8]}"


def _add_organization(world: World, table: OrganizationTable, now: datetime) -> None:
    organization = open_organization(world, table, now)
    backend = organization.backend
    ids = _add_units(organization, table)
    listed = {account.id for account in table.accounts}
    accounts = list(table.accounts)
    if table.management not in listed:
        # The management account's own join time is the only trace of an organization's age in the API.
        management = AccountTable(
            id=table.management,
            name=table.name,
            email=table.email,
            joined="INVITED",
            joined_days_ago=table.age_days,
            roles=[],
            # Who pays for an organization has what a stand-alone account needs.
            payment_method=True,
            phone_verified=True,
            agreement_accepted=True,
        )
        accounts.insert(0, management)
    for account_table in accounts:
        _add_member(world, organization, account_table, ids[names(account_table.unit)], now)
        _add_config(account_table)
    for policy_table in table.policies:
        policy_id = "p-" + hashlib.sha256(policy_table.name.encode()).hexdigest()[:10]
        policy = backend.new_policy(policy_table.name, policy_table.type, policy_id, policy_table.content)
        for target in policy_table.attach:
            backend.attach(policy, backend.target(ids.get(names(target), target)))
    if table.landing_zone:
        zone = table.landing_zone
        units = {ids[names(path)]: BASELINE for path in zone.registered}
        units |= {ids[names(path)]: CONFIG_BASELINE for path in zone.config_baseline}
        world.part(ControlTowers)[table.id] = SimulatedControlTower(world, organization, zone, units)
    for service in table.trusted_services:
        backend.services.append({"ServicePrincipal": service, "DateEnabled": organization.created_at.timestamp()})


def _add_units(organization: SimulatedOrganization, table: OrganizationTable) -> dict[tuple[str, ...], str]:
    """Adds the tree; returns root and OU ids by their names from the top."""
    ids: dict[tuple[str, ...], str] = {(): table.root}
    for path, unit in table.tree().items():
        if path:
            ids[path] = unit.id or unit_id(table.root, path)
            add_unit(organization, ids[path], unit.name, ids[path[:-1]], unit.tags)
    return ids


def _add_member(
    world: World, organization: SimulatedOrganization, table: AccountTable, parent: str, now: datetime
) -> None:
    account = new_account(world, table, now, organization)
    joined_days = table.joined_days_ago if table.joined_days_ago is not None else table.created_days_ago
    if table.id == organization.management:
        joined_days = organization.settings.age_days
    world.join(
        account,
        organization,
        parent=parent,
        method=table.joined,
        at=ago(now, joined_days),
        tags=table.tags,
        lag=False,
    )
    if table.delegated:
        organization.delegated[account.id] = dict.fromkeys(table.delegated, ago(now, joined_days))


def _add_invitation(world: World, table: Invitation, now: datetime) -> None:
    requested = ago(now, table.days_ago)
    number = len(world.handshakes.truth)
    handshake = SimulatedHandshake(
        number=number,
        id=table.id or f"h-{world.new_id(12)}",
        organization=world.organizations[table.organization],
        account=world.accounts[table.account],
        by_email=table.by_email,
        notes=table.notes,
        tags=table.tags,
        requested_at=requested,
        expires_at=requested + INVITATION_LIFE,
        state=table.state,
        closed_at=None if table.state in PENDING else ago(now, table.closed_days_ago),
        action=table.action,
    )
    world.put_handshake(handshake, lag=False)
    if table.action == INVITE:
        world.trail.invited(handshake.organization.management, handshake.id, handshake.arn, table.account, requested)


def _add_config(table: AccountTable) -> None:
    """A Config recorder and a delivery channel of the account's own, as AWS Config has them after its first set-up."""
    if not table.config_regions:
        return
    from moto.config.models import config_backends  # noqa: PLC0415 -- it takes its time, and hardly anybody needs it

    for region in table.config_regions:
        backend = config_backends[table.id][region]
        role = f"arn:aws:iam::{table.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"
        backend.put_configuration_recorder({"name": "default", "roleARN": role})
        backend.put_delivery_channel({"name": "default", "s3BucketName": f"config-{table.id}"})


def _add_secret(table: Secret) -> None:
    value = table.value
    if value is None:
        key, secret = operator_credentials(table.credentials_for or table.account)
        value = json.dumps({"aws_access_key_id": key, "aws_secret_access_key": secret})
    secretsmanager_backends[table.account][table.region].create_secret(
        name=table.name,
        secret_string=value,
        secret_binary=None,
        description=None,
        tags=[],
        kms_key_id=None,
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )
