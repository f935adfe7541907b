"""Templates as CloudFormation resolves them, and a rehearsal in which nobody may do anything but what they allow."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from orgtools import assess, policies
from orgtools.aws import trust
from orgtools.policies import Role
from tests import rehearsed
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, PLAIN, SOURCE, SOURCE_MANAGEMENT, STANDALONE

INVITABLE, INVITED, PREPARED = PLAIN
ARRIVED: Final = "300000000010"
PLACED: Final = "300000000011"
WHERE: Final = {Role.source_operator: SOURCE_MANAGEMENT, Role.destination_operator: DESTINATION_MANAGEMENT}
"""The account of an operator's role."""
MEMBER_ROLE: Final = "orgtools-member-accept"
PARAMETERS: Final[dict[Role, dict[str, str]]] = {
    Role.destination_operator: {
        "Organization": DESTINATION,
        "ManagementAccount": DESTINATION_MANAGEMENT,
        "TrustedAccount": DESTINATION_MANAGEMENT,
        "TrustedPrincipal": "user/operator",
    },
    Role.source_operator: {
        "Organization": SOURCE,
        "ManagementAccount": SOURCE_MANAGEMENT,
        "TrustedAccount": SOURCE_MANAGEMENT,
        "TrustedPrincipal": "user/operator",
    },
    Role.member_accept: {
        "Organization": DESTINATION,
        "ManagementAccount": DESTINATION_MANAGEMENT,
        "TrustedAccount": SOURCE_MANAGEMENT,
    },
    Role.auditor: {"TrustedAccount": SOURCE_MANAGEMENT, "TrustedPrincipal": "user/*"},
    Role.assess_source: {"TrustedAccount": SOURCE_MANAGEMENT, "TrustedPrincipal": "user/operator"},
    Role.assess_member: {"TrustedAccount": SOURCE_MANAGEMENT, "AlsoFor": MEMBER_ROLE},
    Role.assess_destination: {"TrustedAccount": DESTINATION_MANAGEMENT, "TrustedPrincipal": "user/operator"},
}
"""What an operator says when deploying each template."""

SETTINGS: Final = f"""\
[source]
profile = "source"
role_arn = "arn:aws:iam::{SOURCE_MANAGEMENT}:role/orgtools-source-operator"
[destination]
profile = "destination"
role_arn = "arn:aws:iam::{DESTINATION_MANAGEMENT}:role/orgtools-destination-operator"
[access]
role = "{MEMBER_ROLE}"
[handover]
prepare = true
revoke = true
"""
AUDITING: Final = SETTINGS.replace("source-operator", "auditor").replace("destination-operator", "auditor")
ACCOUNTS: Final = f"""\
account_id,ou,wave,path,tags
{INVITABLE},Workloads/Prod,1,direct,team=shop
{INVITED},Workloads/Prod,1,direct,
{PREPARED},Workloads/Prod,1,direct,
{STANDALONE},Workloads/Prod,1,standalone,
{ARRIVED},Workloads/Prod,1,direct,team=shop
{PLACED},Workloads/Prod,1,direct,
"""


def actions(role: Role) -> tuple[str, ...]:
    """What the checks declare for a role that assesses; nothing for the others."""
    kind, _, side = role.partition("-")
    sides: dict[str, assess.Where] = {"source": "source", "member": "member", "destination": "destination"}
    return assess.actions(sides[side]) if kind == "assess" else ()


def deployed(role: Role, **parameters: str) -> dict[str, Any]:
    """The role that a template makes, as a scenario has it: name, trust policy, what it may do."""
    made = json.loads(policies.template(role, actions(role)))
    given = {name: described.get("Default") for name, described in made["Parameters"].items()}
    given |= PARAMETERS[role] | parameters | {"AWS::Partition": "aws"}
    held, policy = (made["Resources"][name]["Properties"] for name in ("Role", "Policy"))
    return {
        "name": given["RoleName"],
        "trust": _resolved(held["AssumeRolePolicyDocument"], given),
        "policy": _resolved(policy["PolicyDocument"], given),
    }


def _resolved(value: Any, given: dict[str, Any]) -> Any:
    if isinstance(value, dict) and "Fn::Sub" in value:
        return re.sub(r"\$\{([\w:]+)\}", lambda match: str(given[match[1]]), value["Fn::Sub"])
    if isinstance(value, dict):
        return {name: _resolved(item, given) for name, item in value.items()}
    return [_resolved(item, given) for item in value] if isinstance(value, list) else value


def allowed(policy: dict[str, Any]) -> set[str]:
    """The actions that a policy allows."""
    return {action for statement in policy["Statement"] for action in _listed(statement["Action"])}


def without(policy: dict[str, Any], action: str) -> dict[str, Any]:
    """A policy that allows everything it did but one action."""
    kept = [
        {**statement, "Action": [name for name in _listed(statement["Action"]) if name != action]}
        for statement in policy["Statement"]
    ]
    return {**policy, "Statement": [statement for statement in kept if statement["Action"]]}


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def scenario() -> dict[str, Any]:
    """An account at each stage of the way; whoever acts has one role, and a role has one policy."""
    tables = rehearsed.scenario()
    source, destination = tables["organizations"][:2]
    for side, management, roles in (
        (source, SOURCE_MANAGEMENT, (Role.source_operator, Role.auditor)),
        (destination, DESTINATION_MANAGEMENT, (Role.destination_operator, Role.auditor)),
    ):
        entering = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}]}
        side["accounts"].append(
            {
                "id": management,
                "name": "management",
                "email": side["email"],
                "joined": "INVITED",
                "roles": [deployed(role, TrustedAccount=management) for role in roles],
                "operator_policy": entering,
            }
        )
    known = {account["id"]: account for account in source["accounts"]}
    for account_id in (*PLAIN, STANDALONE):
        known[account_id]["roles"] = [_member(handed_over=account_id in (PREPARED, STANDALONE))]
    known[PREPARED]["service_linked_role"] = False
    for account_id, unit in ((ARRIVED, "/"), (PLACED, "Workloads/Prod")):
        arrived = {"id": account_id, "name": account_id, "email": f"{account_id}@example.com", "unit": unit}
        destination["accounts"].append({**arrived, "joined": "INVITED", "roles": [_member(handed_over=True)]})
    tables["invitations"] = [
        {"organization": DESTINATION, "account": account_id} for account_id in (INVITED, PREPARED, STANDALONE)
    ]
    tables["switches"] = {"accept_needs_leave": True}
    return tables


def _member(*, handed_over: bool) -> dict[str, Any]:
    role = deployed(Role.member_accept)
    if handed_over:
        role["trust"]["Statement"].append(trust.statement_for(DESTINATION_MANAGEMENT, "aws"))
    return role
