"""Whether the run can enter the account, accept there, and whether anybody can afterwards: E15, E14.role, E16."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.carrier_readers import authorization_details
from orgtools.assess.catalogue import GUIDE, Desk, Report, Reports, reading
from orgtools.assess.guardrails import invitation_arn, principal_of
from orgtools.assess.statements import listed
from orgtools.aws.looking import View
from orgtools.aws.refusals import is_passing
from orgtools.findings import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.exceptions import CredentialsError

ENTRANCE: Final = "E15"
"""The check that goes before all others inside an account."""


@reading(
    ENTRANCE,
    title="A role to accept with",
    subject="access",
    where=("member",),
    actions=("sts:AssumeRole",),
    remedy="Create the role in the account, let it trust the caller, or name another under [access] in migration.toml; "
    "look for a resource control policy that denies sts:AssumeRole to other organizations, too.",
    page="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    severity=Status.BLOCK,
)
def can_enter(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """The role is assumed exactly as the run would assume it; where it cannot be, no check begins: `not_entered`."""
    account_id, eyes = desk.accounts[0].account_id, desk.eyes["member"]
    way = f"{_role(desk)} can be assumed"
    if isinstance(eyes, View) and eyes.signed_in:
        way = f"a session of the permission set {eyes.signed_in} is given"
    elif isinstance(eyes, View) and eyes.principal not in ("", _role(desk)):
        way = f"the credentials of {eyes.principal} are accepted"
    yield reports.on(account_id).ok(way)


def not_entered(report: Report, error: CredentialsError) -> Finding:
    """What E15 says of an account whose role could not be assumed."""
    evidence = str(error).removesuffix(error.next_step or "").strip()
    if is_passing(error):
        return report.unknown(evidence, "Assess again: AWS gave no usable answer.")
    return report.block(evidence, remedy=error.next_step or report.remedy)


def arrived(report: Report) -> Finding:
    """What E15 says of an account that is in the destination already: it needs no door any more."""
    return report.ok("it has arrived: nothing is left to accept")


def _role(desk: Desk) -> str:
    return f"arn:{desk.brief.source.partition}:iam::{desk.accounts[0].account_id}:role/{desk.brief.access_role}"


@reading(
    "E14.role",
    title="The role's own policies let it accept",
    subject="policies",
    where=("member",),
    actions=("iam:SimulatePrincipalPolicy",),
    remedy="Attach the policy that `orgtools policies member-accept` prints to the role, then assess again.",
    page="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html",
    severity=Status.BLOCK,
)
def role_lets_it_accept(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """As IAM itself simulates it; what service control policies deny is E14's to tell."""
    account_id, brief = desk.accounts[0].account_id, desk.brief
    report, eyes = reports.on(account_id), desk.eyes["member"]
    role = principal_of(eyes.principal) if isinstance(eyes, View) and eyes.principal else _role(desk)
    wanted = {
        "organizations:AcceptHandshake": invitation_arn(brief.destination),
        "organizations:LeaveOrganization": "*",
    }
    answer = eyes.ask(
        "iam",
        "SimulatePrincipalPolicy",
        PolicySourceArn=role,
        ActionNames=list(wanted),
        ResourceArns=list(wanted.values()),
    )
    # Every action comes back with every resource; an action says something of its own resource only.
    denied = {
        result["EvalActionName"]: result["EvalDecision"]
        for result in answer["EvaluationResults"]
        if result["EvalDecision"] != "allowed"
        and result.get("EvalResourceName") == wanted.get(result["EvalActionName"])
        and result.get("OrganizationsDecisionDetail", {}).get("AllowedByOrganizations", True)
    }
    if "organizations:AcceptHandshake" in denied:
        yield report.block(f"{role} may not accept: {denied['organizations:AcceptHandshake']}", resource=role)
    elif denied:
        words = f"{role} may not leave ({denied['organizations:LeaveOrganization']}), which AWS may ask of it"
        yield report.warn(words, resource=role)
    else:
        yield report.ok("its own policies allow AcceptHandshake and LeaveOrganization")


@reading(
    "E16",
    title="Somebody of the destination can get in afterwards",
    subject="access",
    where=("member",),
    actions=("iam:GetAccountAuthorizationDetails",),
    remedy="Let a role in the account trust the destination's management account too, and prove that before the move: "
    "[handover] prepare = true, 38_prepare_access.",
    page=GUIDE + "orgs_manage_accounts_access-cross-account-role.html",
    severity=Status.WARN,
)
def can_be_entered_afterwards(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """A role's trust policy that names the destination's management account, or one of its principals."""
    destination = desk.brief.destination.management_account_id
    report = reports.on(desk.accounts[0].account_id)
    trusting = [
        role["RoleName"]
        for page in authorization_details(desk)
        for role in page.get("RoleDetailList", ())
        if _trusts(role.get("AssumeRolePolicyDocument") or {}, destination)
    ]
    if trusting:
        yield report.ok(f"{', '.join(sorted(trusting))} trusts account {destination}")
    else:
        yield report.warn(
            f"no role trusts account {destination}: nobody of the destination can enter after the move, and the source "
            "only while the destination's policies let it (E16.rcp)"
        )


def _trusts(document: str | Mapping[str, Any], account_id: str) -> bool:
    parsed = json.loads(document) if isinstance(document, str) else document
    for statement in listed(parsed.get("Statement")):
        principal = statement.get("Principal", {})
        names = listed(principal.get("AWS")) if isinstance(principal, dict) else listed(principal)
        named = any(name == account_id or f"::{account_id}:" in str(name) for name in names)
        if statement.get("Effect") == "Allow" and named:
            return True
    return False
