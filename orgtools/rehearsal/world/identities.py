"""Who is calling: access keys, the principals behind them, and the IAM roles of the accounts.

Signatures are not checked: a key alone says who calls. All keys are made up and work only here.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from moto.iam.models import Role as MotoRole
from moto.iam.models import iam_backends

from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.credentials import OPERATOR_KEY
from orgtools.rehearsal.world.mirror import PARTITION
from orgtools.rehearsal.world.world import SimulatedAccount, World

SERVICE_LINKED_ROLE = "AWSServiceRoleForOrganizations"
SERVICE_ROLE_PATH = "/aws-service-role/"
OPERATOR = "operator"


@dataclass(frozen=True)
class Caller:
    """The principal behind a request."""

    key: str
    account: SimulatedAccount
    arn: str
    """What GetCallerIdentity answers."""
    user_id: str
    role: str | None
    """The IAM role's name, for a session of a role; None for the operator and for IAM users."""
    session_policy: str | None = None
    expires: datetime | None = None
    user: str | None = None
    """The name of an IAM user that somebody made; None for roles and the operator."""

    @property
    def principal_arn(self) -> str:
        """What a trust policy names: the role itself, not its session."""
        return f"arn:aws:iam::{self.account.id}:role/{self.role}" if self.role else self.arn


class IssuedKeys(dict[str, Caller]):
    """The keys of a world whose principals are known."""


def caller_of(world: World, key: str) -> Caller | None:
    """The principal of an access key, or None."""
    keys = world.part(IssuedKeys)
    known = keys.get(key)
    if known is None and key.startswith(OPERATOR_KEY):
        account = world.accounts.get(key.removeprefix(OPERATOR_KEY))
        if account is not None:
            known = keys[key] = operator(account)
    return known or _user(world, key)


def lend(world: World, caller: Caller, expires: datetime) -> Caller:
    """New temporary credentials of a caller itself."""
    lent = replace(caller, key="ASIA" + world.new_id(16).upper(), expires=expires)
    world.part(IssuedKeys)[lent.key] = lent
    return lent


def open_session(
    world: World, account: SimulatedAccount, role: MotoRole, session: str, *, expires: datetime, policy: str | None
) -> Caller:
    """New temporary credentials of a role."""
    key = "ASIA" + world.new_id(16).upper()
    arn = f"arn:aws:sts::{account.id}:assumed-role/{role.name}/{session}"
    caller = Caller(key, account, arn, f"{role.id}:{session}", role.name, policy, expires)
    world.part(IssuedKeys)[key] = caller
    return caller


def _user(world: World, key: str) -> Caller | None:
    """The IAM user whose access key it is: keys that CreateAccessKey gave, as long as they are active."""
    for account_id in list(iam_backends):
        account = world.accounts.get(account_id)
        for user in iam_backends[account_id][PARTITION].users.values() if account else ():
            if any(held.access_key_id == key and held.status == "Active" for held in user.access_keys):
                return Caller(key, account, user.arn, user.id, None, user=user.name)  # type: ignore[arg-type]
    return None


def operator(account: SimulatedAccount) -> Caller:
    """The operator behind the profile of a management account."""
    arn = f"arn:aws:iam::{account.id}:user/{OPERATOR}"
    return Caller(f"{OPERATOR_KEY}{account.id}", account, arn, f"AIDAORGT{account.id}", None)


def trust_policy(principals: list[str]) -> dict[str, Any]:
    """A trust policy for account ids (the whole account) and ARNs."""
    names = [f"arn:aws:iam::{name}:root" if name.isdigit() else name for name in principals]
    statement = {"Effect": "Allow", "Principal": {"AWS": names}, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def make_roles(account: SimulatedAccount) -> None:
    """Puts the scenario's roles into moto's IAM of the account, once, when IAM is first needed there."""
    if account.roles_made:
        return
    account.roles_made = True
    for role in account.roles:
        trust = role.trust if role.trust is not None else trust_policy(role.trusts)
        mirror.make_role(account.id, role.name, trust, role.policy or mirror.ALLOW_ALL)
    if account.service_linked_role:
        _make_service_linked_role(account)


def add_service_linked_role(account: SimulatedAccount) -> None:
    """Creates AWSServiceRoleForOrganizations, as accepting an invitation does where it is missing."""
    make_roles(account)
    account.service_linked_role = True
    _make_service_linked_role(account)


def _make_service_linked_role(account: SimulatedAccount) -> None:
    principal = {"Service": "organizations.amazonaws.com"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    mirror.make_role(account.id, SERVICE_LINKED_ROLE, trust, None, SERVICE_ROLE_PATH + "organizations.amazonaws.com/")


def find_role(account: SimulatedAccount, name: str) -> MotoRole | None:
    """A role of the account by name, as it is in IAM now."""
    make_roles(account)
    for role in iam_backends[account.id][PARTITION].roles.values():
        if role.name == name:
            return role
    return None


def identity_policies(caller: Caller) -> list[str]:
    """The identity policies of a caller, as JSON documents."""
    if caller.user is not None:
        backend = iam_backends[caller.account.id][PARTITION]
        holders = [backend.users[caller.user], *backend.get_groups_for_user(caller.user)]
        return [document for holder in holders for document in documents_of(holder)]
    if caller.role is None:
        own = caller.account.traits.operator_policy
        return [json.dumps(own)] if own is not None else [json.dumps(mirror.ALLOW_ALL)]
    role = find_role(caller.account, caller.role)
    return documents_of(role) if role else []


def documents_of(holder: Any) -> list[str]:
    """The inline and the managed policies of a role, user or group of moto's IAM."""
    managed = (version for policy in holder.managed_policies.values() for version in policy.versions)
    return [*holder.policies.values(), *(version.document for version in managed if version.is_default)]
