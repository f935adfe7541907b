"""IAM's policy simulator for a role or the operator, with the SCPs above the account."""

import json
from itertools import product

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import Service, operation, service
from orgtools.rehearsal.operations.sts import ROLE_ARN
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world import permissions
from orgtools.rehearsal.world.identities import OPERATOR, Caller, find_role, identity_policies
from orgtools.rehearsal.world.world import World

DECISIONS = {"Allow": "allowed", "Deny": "explicitDeny", "": "implicitDeny"}


def _role(_world: World, caller: Caller, parameters: Json) -> str:
    if "RoleName" not in parameters:
        return "*"
    role = find_role(caller.account, parameters["RoleName"])
    return str(role.arn) if role else f"arn:aws:iam::{caller.account.id}:role/{parameters['RoleName']}"


service(Service("iam", resource=_role))


@operation("iam", "SimulatePrincipalPolicy")
def simulate_principal_policy(world: World, caller: Caller, parameters: Json) -> Json:
    """What a principal of the caller's account may do (API: IAM, SimulatePrincipalPolicy).

    Additional policies, boundaries and context entries of the request are not supported.
    """
    principal = _principal(caller, parameters["PolicySourceArn"])
    resources = _listed(parameters, "ResourceArns") or ["*"]
    results = [
        _evaluate(world, principal, action, resource)
        for action, resource in product(_listed(parameters, "ActionNames"), resources)
    ]
    return {"IsTruncated": "false", "EvaluationResults": results}


def _principal(caller: Caller, arn: str) -> Caller:
    account = caller.account
    if arn == f"arn:aws:iam::{account.id}:user/{OPERATOR}":
        return Caller("", account, arn, "", None)
    match = ROLE_ARN.match(arn)
    principal = Caller("", account, arn, "", match["name"]) if match and match["account"] == account.id else None
    if principal is None or not identity_policies(principal):
        raise ServiceError("NoSuchEntity", f"The principal {arn} cannot be found.", status=404)
    return principal


def _evaluate(world: World, principal: Caller, action: str, resource: str) -> Json:
    context = permissions.caller_context(world, principal)
    organization = permissions.organizations_verdict(world, principal.account.id, action, resource, context)
    identity = permissions.verdict(identity_policies(principal), action, resource, context)
    decision = identity if organization == "Allow" else organization if identity != "Deny" else identity
    return {
        "EvalActionName": action,
        "EvalResourceName": resource,
        "EvalDecision": DECISIONS[decision],
        "OrganizationsDecisionDetail": {"AllowedByOrganizations": json.dumps(organization == "Allow")},
    }


def _listed(parameters: Json, name: str) -> list[str]:
    """A list as the query protocol spells it: `Name.member.1` and so on."""
    found: list[str] = []
    while (value := parameters.get(f"{name}.member.{len(found) + 1}")) is not None:
        found.append(value)
    return found
