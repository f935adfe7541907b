"""Templates as CloudFormation resolves them, and a rehearsal in which nobody may do anything but what they allow."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import boto3

from orgtools import assess, policies
from orgtools.assess.exporting.files import Contact, Export, OrganizationExport, Share, keep
from orgtools.aws.read import trust_policy
from orgtools.mapping import FILE, Assignment
from orgtools.policies import Role
from tests import rehearsed
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, PLAIN, SOURCE, SOURCE_MANAGEMENT, STANDALONE
from tests.steps import own

if TYPE_CHECKING:
    from pathlib import Path

INVITABLE, INVITED, PREPARED = PLAIN
ARRIVED: Final = "300000000010"
PLACED: Final = "300000000011"
REGISTERED: Final = "300000000012"
ALONE: Final = "300000000013"
OWNER: Final = "700000000001"
"""Shares with the account that has arrived in its unit, and is in neither organization."""
BOUNDING: Final = (
    "AttachCustomerManagedPolicyReferenceToPermissionSet",
    "DetachCustomerManagedPolicyReferenceFromPermissionSet",
)
WHERE: Final = {
    Role.source_operator: SOURCE_MANAGEMENT,
    Role.destination_operator: DESTINATION_MANAGEMENT,
    Role.only_destination_operator: DESTINATION_MANAGEMENT,
}
"""The account of an operator's role."""
MEMBER_ROLE: Final = "orgtools-member-accept"
PARAMETERS: Final[dict[Role, dict[str, str]]] = {
    Role.destination_operator: {
        "Organization": DESTINATION,
        "ManagementAccount": DESTINATION_MANAGEMENT,
        "TrustedAccount": DESTINATION_MANAGEMENT,
        "TrustedPrincipal": "user/operator",
    },
    Role.only_destination_operator: {
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
        "SourceOrganization": SOURCE,
        "SourceManagementAccount": SOURCE_MANAGEMENT,
    },
    Role.inviter: {
        "Organization": DESTINATION,
        "ManagementAccount": DESTINATION_MANAGEMENT,
        "TrustedAccount": DESTINATION_MANAGEMENT,
        "TrustedPrincipal": "user/operator",
    },
    Role.accepter: {
        "Organization": DESTINATION,
        "ManagementAccount": DESTINATION_MANAGEMENT,
        "TrustedAccount": DESTINATION_MANAGEMENT,
        "TrustedPrincipal": "role/*",
    },
    Role.auditor: {"TrustedAccount": SOURCE_MANAGEMENT, "TrustedPrincipal": "user/*"},
    Role.assess_source: {"TrustedAccount": SOURCE_MANAGEMENT, "TrustedPrincipal": "user/operator"},
    Role.assess_member: {"TrustedAccount": SOURCE_MANAGEMENT, "AlsoFor": MEMBER_ROLE},
    Role.assess_destination: {"TrustedAccount": DESTINATION_MANAGEMENT, "TrustedPrincipal": "user/operator"},
}
"""What an operator says when deploying each template."""

_RUN: Final = f"""\
[source]
profile = "source"
role_arn = "arn:aws:iam::{SOURCE_MANAGEMENT}:role/orgtools-source-operator"
[destination]
profile = "destination"
role_arn = "arn:aws:iam::{DESTINATION_MANAGEMENT}:role/orgtools-destination-operator"
[access]
role = "{MEMBER_ROLE}"
"""
_ASKED: Final = {
    "handover": "prepare = true\nrevoke = true\n",
    "place": 'replicate_below = "/Platform"\n',
}
SETTINGS: Final = _RUN + own.asking(_ASKED)
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

CONTROL_TOWER: Final = f"""\
[control_tower]
account_factory = ["{PLACED}", "{ALONE}"]
"""
PUTTING_BACK: Final = _RUN.replace(MEMBER_ROLE, policies.PUT_BACK)
"""Accounts are entered by the role that Control Tower puts back; nothing is handed over or given back."""
GOVERNED_ACCOUNTS: Final = f"""\
account_id,ou
{INVITABLE},Workloads/Prod
{INVITED},Workloads/Prod
{ARRIVED},Platform/Shared
{PLACED},Workloads/Prod
{REGISTERED},Workloads/Test
{ALONE},Workloads/Prod
{PREPARED},Workloads/Prod
"""


def actions(role: Role) -> tuple[str, ...]:
    """What the checks declare for a role that assesses; nothing for the others."""
    kind, _, side = role.partition("-")
    sides: dict[str, assess.Where] = {"source": "source", "member": "member", "destination": "destination"}
    return assess.actions(sides[side]) if kind == "assess" else ()


_ONLY: Final = f"""\
[destination]
profile = "destination"
role_arn = "arn:aws:iam::{DESTINATION_MANAGEMENT}:role/orgtools-only-destination-operator"
[access]
role = "{MEMBER_ROLE}"
"""
ONLY: Final = _ONLY + own.asking({}, source=False)
"""There is no source: what only its credentials can do is not asked for."""


def deployed(role: Role, **parameters: str) -> dict[str, Any]:
    """The role that a template makes, as a scenario has it: name, trust policy, what it may do."""
    made = json.loads(policies.template(role, actions(role)))
    given = {name: described.get("Default") for name, described in made["Parameters"].items()}
    given |= PARAMETERS[role] | parameters | {"AWS::Partition": "aws"}
    given |= {name: _resolved(condition, given) for name, condition in made.get("Conditions", {}).items()}
    held, policy = (made["Resources"][name]["Properties"] for name in ("Role", "Policy"))
    return {
        "name": given["RoleName"],
        "trust": _resolved(held["AssumeRolePolicyDocument"], given),
        "policy": _resolved(policy["PolicyDocument"], given),
    }


def _resolved(value: Any, given: dict[str, Any]) -> Any:
    match value:
        case {"Ref": name}:
            return given[name]
        case {"Fn::Equals": [one, other]}:
            return _resolved(one, given) == _resolved(other, given)
        case {"Fn::Not": [condition]}:
            return not _resolved(condition, given)
        case {"Fn::If": [condition, then, otherwise]}:
            return _resolved(then if given[condition] else otherwise, given)
        case {"Fn::Sub": [text, names]}:
            return _resolved({"Fn::Sub": text}, given | _resolved(names, given))
        case {"Fn::Sub": text}:
            return re.sub(r"\$\{([\w:]+)\}", lambda match: str(given[match[1]]), text)
        case dict():
            return {name: _resolved(item, given) for name, item in value.items()}
        case list():
            return [_resolved(item, given) for item in value]
    return value


def allowed(policy: dict[str, Any]) -> set[str]:
    """The actions that a policy allows."""
    return {action for statement in policy["Statement"] for action in _listed(statement["Action"])}


def entered(policy: dict[str, Any]) -> set[str]:
    """The names of the roles that a policy allows to assume."""
    assuming = (held for held in policy["Statement"] if "sts:AssumeRole" in _listed(held["Action"]))
    return {resource.rpartition("/")[2] for held in assuming for resource in _listed(held["Resource"])}


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
        people = [
            "sts:AssumeRole",
            *(f"sso:{name}" for name in ("CreatePermissionSet", "ListInstances", "ListPermissionSets", *BOUNDING)),
        ]
        entering = {"Statement": [{"Effect": "Allow", "Action": people, "Resource": "*"}]}
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
    tables["shares"] = [{"owner": OWNER, "account": PLACED, "name": "network"}]
    destination["trusted_services"] = ["account.amazonaws.com"]
    tables["switches"] = {"accept_needs_leave": True}
    own.furnish(tables)
    return tables


def returning() -> dict[str, Any]:
    """The same, with three accounts that are invited and that nobody has handed over yet; and one that has been."""
    tables = scenario()
    invited = (*PLAIN, STANDALONE)
    tables["invitations"] = [{"organization": DESTINATION, "account": account_id} for account_id in invited]
    (prepared,) = [one for one in tables["organizations"][0]["accounts"] if one["id"] == PREPARED]
    prepared["roles"] = [_member(handed_over=False)]
    return tables


def with_landing_zones() -> dict[str, Any]:
    """The same with Control Tower on both sides, ConfigBaseline in the source; neither enrolls by itself."""
    tables = scenario()
    source, destination = tables["organizations"][:2]
    others = [account["id"] for account in source["accounts"] if account["id"] not in {INVITABLE, INVITED}]
    source["landing_zone"] = {
        "version": "4.0",
        "config_baseline": ["Legacy"],
        "unenrolled": others,
        "products": [INVITABLE],
        "tainted": [PREPARED],
    }
    arriving = {account["id"]: account for account in destination["accounts"]}
    arriving[ARRIVED]["unit"] = "Platform/Shared"
    arriving[PLACED]["roles"].append({"name": "AWSControlTowerExecution", "trusts": [DESTINATION_MANAGEMENT]})
    again = {**arriving[PLACED], "id": REGISTERED, "name": REGISTERED, "email": f"{REGISTERED}@example.com"}
    alone = {**again, "id": ALONE, "name": ALONE, "email": f"{ALONE}@example.com"}
    destination["accounts"] += [{**again, "unit": "Workloads/Test"}, alone]
    destination["landing_zone"] = {
        "registered": ["Workloads", "Workloads/Prod", "Workloads/Test", "Platform"],
        "unenrolled": [PLACED, REGISTERED, ALONE],
        "tainted": [PLACED],
    }
    return tables


def without_a_role() -> dict[str, Any]:
    """Made by Account Factory, an account has no role but Control Tower's; the source enters by the one put back."""
    tables = with_landing_zones()
    source = tables["organizations"][0]
    unenrolled = [account["id"] for account in source["accounts"] if account["id"] != INVITABLE]
    source["landing_zone"] = {
        "registered": ["Legacy"],
        "unenrolled": unenrolled,
        "products": [INVITABLE],
        "auto_enroll": True,
    }
    (governed,) = [one for one in source["accounts"] if one["id"] == INVITABLE]
    del governed["roles"]
    (management,) = [one for one in source["accounts"] if one["id"] == SOURCE_MANAGEMENT]
    management["roles"] = [deployed(Role.source_operator, MemberRole=policies.PUT_BACK)]
    return tables


def only_destination(tables: dict[str, Any]) -> dict[str, Any]:
    """The same where nobody has the source's credentials: one operator, whom every account lets in."""
    source, destination = tables["organizations"][:2]
    del source["profile"]
    for account in (*source["accounts"], *destination["accounts"]):
        if account["id"] == DESTINATION_MANAGEMENT:
            account["roles"] = [deployed(Role.only_destination_operator)]
        elif "roles" in account:
            operator = f"role/{deployed(Role.only_destination_operator)['name']}"
            trusted = {"TrustedAccount": DESTINATION_MANAGEMENT, "TrustedPrincipal": operator}
            account["roles"] = [deployed(Role.member_accept, **trusted), *account["roles"][1:]]
    return tables


def export_without_a_source(folder: Path) -> None:
    """What the account that has arrived in its unit told of itself: contacts and shares."""
    keep(folder, replace(_export(), name="", tags=None, delegations=None, assignments=None))


def _export() -> Export:
    taken_at = datetime(2026, 3, 1, tzinfo=UTC)
    contacts = {"BILLING": Contact("Made Up", "Head of Bills", "bills@example.com", "+15550123")}
    assigned = (Assignment("Administrators", "arn:aws:sso:::permissionSet/ssoins-1/ps-1", "USER", "u-1"),)
    shared = Share(f"arn:aws:ram:us-east-1:{OWNER}:resource-share/1", "network", "received", OWNER, True, (), ())
    return Export(PLACED, SOURCE, taken_at, "placed", "/", {}, {}, contacts, (), assigned, {"": (shared,)})


def export(folder: Path) -> None:
    """What the account that has arrived in its unit had in the source, and what stands for it in the destination."""
    taken_at = _export().taken_at
    keep(folder, _export())
    keep(folder, OrganizationExport(SOURCE, taken_at, {"UserDefined": ("team",)}))
    row = "Administrators,USER u-1,Admins,GROUP 11111111-2222-3333-4444-555555555555"
    (folder / FILE).write_text(f"permission_set,principal,to_permission_set,to_principal\n{row}\n", encoding="utf-8")
    center = boto3.Session(profile_name="destination").client("sso-admin")
    (instance,) = center.list_instances()["Instances"]
    center.create_permission_set(InstanceArn=instance["InstanceArn"], Name="Admins")
    bound("attach", "to")


def bound(verb: str, how: str) -> None:
    """Let the permission set need a customer managed policy that no account has, or no more: it cannot be assigned."""
    center = boto3.Session(profile_name="destination").client("sso-admin")
    (instance,) = center.list_instances()["Instances"]
    where = {"InstanceArn": instance["InstanceArn"]}
    (arn,) = center.list_permission_sets(**where)["PermissionSets"]
    call = getattr(center, f"{verb}_customer_managed_policy_reference_{how}_permission_set")
    call(**where, PermissionSetArn=arn, CustomerManagedPolicyReference={"Name": "Boundary"})


def _member(*, handed_over: bool) -> dict[str, Any]:
    role = deployed(Role.member_accept)
    if handed_over:
        role["trust"]["Statement"].append(trust_policy.statement_for(DESTINATION_MANAGEMENT, "aws"))
    return role
