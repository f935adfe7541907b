"""Whether the run can enter the account, accept there, and whether anybody can afterwards: E15, E14.role, E16."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, reading
from orgtools.assess.checks.guardrails import invitation_arn, principal_of
from orgtools.assess.policies.special_services import authorization_details
from orgtools.aws.calls.answers import incomplete
from orgtools.aws.calls.errors import is_passing
from orgtools.aws.read import trust_policy
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.exceptions import CredentialsError

ENTRANCE: Final = "E15"
"""The check that goes before all others inside an account."""


@reading(
    ENTRANCE,
    subject="access",
    where=("member",),
    actions=("sts:AssumeRole",),
    page="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
)
def can_enter(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """The role is assumed exactly as the run would assume it; where it cannot be, no check begins: `not_entered`."""
    account_id, reader = context.accounts[0].account_id, context.readers["member"]
    way = Message("entrance-role", arn=_role(context))
    if reader.signed_in:
        way = Message("entrance-permission-set", permission_set=reader.signed_in)
    elif reader.principal not in ("", _role(context)):
        way = Message("entrance-credentials", principal=reader.principal)
    yield reports.on(account_id).ok(way)


def not_entered(report: Report, error: CredentialsError) -> Finding:
    """What E15 says of an account whose role could not be assumed."""
    if is_passing(error):
        return report.unknown(Message("entrance-unanswered", why=error.message))
    return report.block(Message("entrance-closed", why=error.message))


def arrived(report: Report) -> Finding:
    """What E15 says of an account that is in the destination already: it needs no door any more."""
    return report.ok(Message("entrance-not-needed"))


def _role(context: CheckContext) -> str:
    brief = context.brief
    return f"arn:{brief.source.partition}:iam::{context.accounts[0].account_id}:role/{brief.access_role}"


@reading(
    "E14.role",
    subject="policies",
    where=("member",),
    actions=("iam:SimulatePrincipalPolicy",),
    page="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html",
)
def role_lets_it_accept(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Whether the role may accept the invitation and leave, as IAM simulates it; what SCPs deny is E14's to tell."""
    account_id, brief = context.accounts[0].account_id, context.brief
    report, reader = reports.on(account_id), context.readers["member"]
    role = principal_of(reader.principal) if reader.principal else _role(context)
    wanted = {
        "organizations:AcceptHandshake": invitation_arn(brief.destination),
        "organizations:LeaveOrganization": "*",
    }
    answer = reader.ask(
        "iam",
        "SimulatePrincipalPolicy",
        PolicySourceArn=role,
        ActionNames=list(wanted),
        ResourceArns=list(wanted.values()),
    )
    # Every action comes back with every resource; an action says something of its own resource only.
    results = {
        result["EvalActionName"]: result
        for result in answer["EvaluationResults"]
        if result["EvalResourceName"] == wanted.get(result["EvalActionName"])
    }
    for action in wanted:
        if action not in results:
            raise incomplete(action, "EvaluationResults")
    denied = {
        action: result["EvalDecision"]
        for action, result in results.items()
        if result["EvalDecision"] != "allowed"
        and result.get("OrganizationsDecisionDetail", {}).get("AllowedByOrganizations", True)
    }
    if "organizations:AcceptHandshake" in denied:
        decision = denied["organizations:AcceptHandshake"]
        yield report.block(Message("role-cannot-accept", arn=role, reason=decision), resource=role)
    elif denied:
        decision = denied["organizations:LeaveOrganization"]
        yield report.warn(Message("role-cannot-leave", arn=role, reason=decision), resource=role)
    else:
        yield report.ok(Message("role-can-accept"))


@reading(
    "E16",
    subject="access",
    where=("member",),
    actions=("iam:GetAccountAuthorizationDetails",),
    page=GUIDE + "orgs_manage_accounts_access-cross-account-role.html",
    severity=Verdict.WARN,
)
def can_be_entered_afterwards(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """A role's trust policy that names the destination's management account, or one of its principals."""
    destination = context.brief.destination.management_account_id
    report = reports.on(context.accounts[0].account_id)
    trusting = [
        role["RoleName"]
        for page in authorization_details(context)
        for role in page["RoleDetailList"]
        if _trusts(role["AssumeRolePolicyDocument"], destination)
    ]
    if trusting:
        yield report.ok(
            Message("destination-trusted", roles=sorted(trusting), count=len(trusting), account=destination)
        )
    else:
        yield report.warn(Message("destination-not-trusted", account=destination))


def _trusts(document: str | Mapping[str, Any], account_id: str) -> bool:
    return trust_policy.names(document if isinstance(document, str) else json.dumps(document), account_id)
