"""What enrolling does in an account: the role that Control Tower works by, and the AWS Config that stands in its way.

User guide of Control Tower: unmanage-account, enroll-account, existing-config-resources.
"""

import sys

from orgtools.rehearsal.scenario.organization import RoleSpec
from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.identities import trust_policy
from orgtools.rehearsal.world.world import SimulatedAccount

EXECUTION_ROLE = "AWSControlTowerExecution"
ACCESS_ROLE = "OrganizationAccountAccessRole"


def add_role(account: SimulatedAccount, name: str, management: str) -> None:
    """Puts a role that trusts the management account into an account that has none of this name."""
    if any(role.name == name for role in account.roles):
        return
    role = RoleSpec(name=name, trusts=[management])
    account.roles = [*account.roles, role]
    if account.roles_made:
        mirror.make_role(account.id, name, trust_policy(role.trusts), mirror.ALLOW_ALL)


def hand_back(account: SimulatedAccount, management: str) -> None:
    """User guide, unmanage-account: the execution role goes. Somebody must still get in: the default role comes."""
    add_role(account, ACCESS_ROLE, management)
    account.roles = [role for role in account.roles if role.name != EXECUTION_ROLE]
    if account.roles_made:
        mirror.remove_role(account.id, EXECUTION_ROLE)


def has_config(account_id: str, region: str) -> bool:
    """Whether an account has Config resources there that Control Tower refuses; nobody has before moto's is loaded."""
    models = sys.modules.get("moto.config.models")
    if models is None:
        return False
    backend = models.config_backends[account_id][region]
    return bool(backend.recorders or backend.delivery_channels or backend.aggregation_authorizations)
