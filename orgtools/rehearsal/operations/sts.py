"""AssumeRole, GetSessionToken and GetCallerIdentity. They honour what IAM of the account holds at that moment."""

import re
from datetime import datetime, timedelta

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import operation
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world import permissions
from orgtools.rehearsal.world.identities import Caller, find_role, lend, open_session
from orgtools.rehearsal.world.world import World

ROLE_ARN = re.compile(r"^arn:aws:iam::(?P<account>\d{12}):role/(?:[\w+=,.@/-]*/)?(?P<name>[\w+=,.@-]+)$")
ACTION = "sts:AssumeRole"


@operation("sts", "GetCallerIdentity", asks_itself=True)
def get_caller_identity(_world: World, caller: Caller, _parameters: Json) -> Json:
    """Who the credentials belong to; needs no permission."""
    return {"UserId": caller.user_id, "Account": caller.account.id, "Arn": caller.arn}


@operation("sts", "GetSessionToken", asks_itself=True)
def get_session_token(world: World, caller: Caller, parameters: Json) -> Json:
    """Temporary credentials of the caller itself; a role's session gets none (API: GetSessionToken)."""
    if caller.role or caller.expires:
        raise ServiceError("AccessDenied", "Cannot call GetSessionToken with session credentials", status=403)
    expires = world.now() + timedelta(seconds=int(parameters.get("DurationSeconds", 43_200)))
    return {"Credentials": _credentials(lend(world, caller, expires).key, expires)}


def _credentials(key: str, expires: datetime) -> Json:
    return {
        "AccessKeyId": key,
        "SecretAccessKey": f"made-up-for-the-rehearsal-{key}",
        "SessionToken": f"made-up-session-{key}",
        "Expiration": expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


@operation("sts", "AssumeRole", asks_itself=True)
def assume_role(world: World, caller: Caller, parameters: Json) -> Json:
    """New credentials of a role, if its trust policy and the caller's own policies allow it.

    IAM user guide, "Cross-account policy evaluation logic": another account's role needs both; a role of the
    caller's own account needs only a trust policy that names the caller. A role that does not exist, a closed
    account and a refusal look alike.
    """
    arn = parameters["RoleArn"]
    match = ROLE_ARN.match(arn)
    if match is None:
        raise ServiceError("ValidationError", f"{arn} is invalid")
    duration = int(parameters.get("DurationSeconds", 3600))
    denied = ServiceError(
        "AccessDenied",
        f"User: {caller.arn} is not authorized to perform: sts:AssumeRole on resource: {arn}",
        status=403,
    )
    account = world.accounts.get(match["account"])
    role = find_role(account, match["name"]) if account else None
    if account is None or role is None or account.state in ("SUSPENDED", "CLOSED"):
        raise denied
    context = permissions.caller_context(world, caller)
    if "ExternalId" in parameters:
        context["sts:externalid"] = parameters["ExternalId"]
    allowed, named = permissions.trusts(role.assume_role_policy_document, caller, context)
    if not allowed:
        raise denied
    if world.switches.permissions and permissions.resource_verdict(world, account.id, ACTION, arn, context) != "Allow":
        message = f"{denied.message} with an explicit deny in a resource control policy"
        raise ServiceError("AccessDenied", message, status=403)
    same_account = account is caller.account
    needs_policy = world.switches.permissions and not (same_account and named)
    if needs_policy and permissions.denial(world, caller, ACTION, arn):
        raise denied
    expires = world.now() + timedelta(seconds=duration)
    session = open_session(
        world, account, role, parameters["RoleSessionName"], expires=expires, policy=parameters.get("Policy")
    )
    return {
        "Credentials": _credentials(session.key, expires),
        "AssumedRoleUser": {"AssumedRoleId": session.user_id, "Arn": session.arn},
        "PackedPolicySize": 0,
    }
