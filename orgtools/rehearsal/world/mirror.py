"""moto's Organizations backend with chosen ids, filled without moto's own side effects.

moto creates an IAM role with every account and finds accounts by scanning a list; here roles are made
when first needed and membership is decided elsewhere, so that thousands of accounts stay cheap.
"""

import json
from datetime import datetime
from typing import Any

from moto.iam.models import iam_backends
from moto.organizations import utils
from moto.organizations.models import (
    FakeAccount,
    FakeOrganization,
    FakeOrganizationalUnit,
    FakePolicy,
    FakeRoot,
    OrganizationsBackend,
    organizations_backends,
)

Unit = FakeOrganizationalUnit
PARTITION = "aws"
ALLOW_ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


class MirroredAccount(FakeAccount):
    """moto's account object, as StackSets, RAM and policy attachments see it."""

    def __init__(self, organization: FakeOrganization, account_id: str, name: str, email: str) -> None:
        self.type = "ACCOUNT"
        self.region = organization.region
        self.organization_id = organization.id
        self.master_account_id = organization.master_account_id
        self.create_account_status_id = f"car-{account_id}"
        self.id = account_id
        self.name = name
        self.email = email
        self.status = "ACTIVE"
        self.state = "ACTIVE"
        self.tags = {}


class Backend(OrganizationsBackend):
    """moto's store of one organization, with accounts found by id."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._by_id: dict[str, FakeAccount] = {}

    @property
    def organization(self) -> FakeOrganization:
        """moto's organization object."""
        if self.org is None:
            raise LookupError(self.account_id)
        return self.org

    @property
    def root(self) -> FakeRoot:
        """The root; moto keeps it first among the OUs."""
        return self._get_root_by_id(self.organization.root_id)

    def found(self, organization_id: str, root: str, feature_set: str, email: str) -> None:
        """Creates the organization with its root and the two policies every organization has."""
        org = self.org = FakeOrganization(self.account_id, "us-east-1", feature_set)
        org.id, org.root_id, org.master_account_email = organization_id, root, email
        tree_root = FakeRoot(org)
        self.ou.append(tree_root)
        for name, kind, policy_id, content in (
            ("FullAWSAccess", "SERVICE_CONTROL_POLICY", utils.DEFAULT_SCP_POLICY_ID, ALLOW_ALL),
            ("RCPFullAWSAccess", "RESOURCE_CONTROL_POLICY", utils.DEFAULT_RCP_POLICY_ID, ALLOW_ALL),
        ):
            policy = self.new_policy(name, kind, policy_id, content)
            policy.aws_managed = True
            self.attach(policy, tree_root)

    def new_policy(self, name: str, kind: str, policy_id: str, content: dict[str, Any]) -> FakePolicy:
        """Adds a policy with a chosen id."""
        policy = FakePolicy(self.organization, Name=name, Description="", Type=kind, Content=json.dumps(content))
        policy.id = policy_id
        self.policies.append(policy)
        return policy

    def new_unit(self, unit_id: str, name: str, parent: str, tags: dict[str, str]) -> Unit:
        """Adds an OU with a chosen id; like every OU it starts with the default policies."""
        unit = FakeOrganizationalUnit(self.organization, Name=name, ParentId=parent)
        unit.id, unit.tags = unit_id, dict(tags)
        self.ou.append(unit)
        self._attach_defaults(unit)
        return unit

    def attach(self, policy: FakePolicy, target: FakeAccount | Unit) -> None:
        """Attaches a policy to a root, OU or account."""
        if policy not in target.attached_policies:
            target.attached_policies.append(policy)
            policy.attachments.append(target)

    def detach(self, policy: FakePolicy, target: FakeAccount | Unit) -> None:
        """Detaches a policy from what it is attached to."""
        target.attached_policies.remove(policy)
        policy.attachments.remove(target)

    def target(self, target_id: str) -> FakeAccount | Unit:
        """A root, OU or account of this organization by id. Raises KeyError."""
        if target_id in self._by_id:
            return self._by_id[target_id]
        for unit in self.ou:
            if unit.id == target_id:
                return unit
        raise KeyError(target_id)

    def add(self, account_id: str, name: str, email: str, *, parent: str, at: datetime, method: str) -> None:
        """Mirrors that an account has joined."""
        account = MirroredAccount(self.organization, account_id, name, email)
        account.parent_id = parent
        account.create_time = at.replace(tzinfo=None)
        account.joined_method = method
        account.attached_policies = []
        self._attach_defaults(account)
        self._by_id[account_id] = account
        self.accounts.append(account)
        if account_id != self.account_id:
            organizations_backends.master_accounts[account_id] = (self.account_id, PARTITION)

    def place(self, account_id: str, parent: str) -> None:
        """Mirrors that an account has moved."""
        self._by_id[account_id].parent_id = parent

    def remove(self, account_id: str) -> None:
        """Mirrors that an account has left; what was attached to it is detached."""
        account = self._by_id.pop(account_id)
        for policy in account.attached_policies:
            policy.attachments.remove(account)
        self.accounts.remove(account)
        organizations_backends.master_accounts.pop(account_id, None)

    def get_account_by_id(self, account_id: str) -> FakeAccount:
        """moto's look-up, without the scan."""
        return self._by_id.get(account_id) or super().get_account_by_id(account_id)

    def _attach_defaults(self, target: FakeAccount | Unit) -> None:
        for policy in self.policies[:2]:
            self.attach(policy, target)


def open_backend(management: str) -> Backend:
    """A fresh store for the organization of this management account, where moto looks for it."""
    backend = Backend(PARTITION, management)
    dict.__setitem__(organizations_backends[management], PARTITION, backend)
    return backend


def make_role(
    account_id: str, name: str, trust: dict[str, Any], policy: dict[str, Any] | None, path: str = "/"
) -> None:
    """Creates an IAM role with an inline policy, or none, in an account."""
    iam = iam_backends[account_id][PARTITION]
    iam.create_role(
        role_name=name,
        assume_role_policy_document=json.dumps(trust),
        path=path,
        permissions_boundary=None,
        description="",
        tags=[],
        max_session_duration="3600",
    )
    if policy is not None:
        iam.put_role_policy(name, "permissions", json.dumps(policy))


def remove_role(account_id: str, name: str) -> None:
    """Deletes an IAM role of an account, with its policies."""
    roles = iam_backends[account_id][PARTITION].roles
    for role_id in [role_id for role_id, role in roles.items() if role.name == name]:
        del roles[role_id]
