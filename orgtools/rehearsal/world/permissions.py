"""Whether policies allow a call: identity policies, SCPs from account to root, role trust.

The rules are those of the IAM user guide (reference_policies_evaluation-logic): an explicit Deny wins, then
every level of SCPs must allow, then an identity policy must. moto's own engine answers Deny for an Allow
statement that names another principal and knows neither NotResource nor most conditions, hence this one.
"""

import fnmatch
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

from orgtools.rehearsal.world.identities import Caller, identity_policies
from orgtools.rehearsal.world.world import SimulatedOrganization, World

Context = Mapping[str, str]
Statement = Mapping[str, Any]


@lru_cache(maxsize=4096)
def statements(document: str) -> tuple[Statement, ...]:
    """The statements of a policy document."""
    parsed = json.loads(document).get("Statement", [])
    return tuple(parsed if isinstance(parsed, list) else [parsed])


@lru_cache(maxsize=4096)
def _pattern(pattern: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    # fnmatch would read [ ] as a set; IAM knows only * and ?.
    translated = fnmatch.translate(pattern.replace("[", "[[]"))
    return re.compile(translated, re.IGNORECASE if ignore_case else 0)


def _listed(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _matches(patterns: Any, value: str, *, ignore_case: bool = False) -> bool:
    return any(_pattern(pattern, ignore_case=ignore_case).match(value) for pattern in _listed(patterns))


def _covers_action(statement: Statement, action: str) -> bool:
    if "NotAction" in statement:
        return not _matches(statement["NotAction"], action, ignore_case=True)
    return _matches(statement.get("Action", []), action, ignore_case=True)


def _covers_resource(statement: Statement, resource: str) -> bool:
    if "NotResource" in statement:
        return not _matches(statement["NotResource"], resource)
    return "Resource" not in statement or _matches(statement["Resource"], resource)


def _one_condition(operator: str, key: str, wanted: Any, context: Context, *, deny: bool) -> bool:
    base = operator.rsplit(":", maxsplit=1)[-1]
    if_exists = base.endswith("IfExists")
    base = base.removesuffix("IfExists")
    actual = context.get(key.lower())
    if base == "Null":
        return (actual is None) == (_listed(wanted)[0].lower() == "true")
    negated = "Not" in base
    if actual is None:
        return if_exists or negated
    positive = base.replace("Not", "")
    if positive in ("StringEquals", "ArnEquals", "ArnLike", "StringLike"):
        exact = positive == "StringEquals"
        found = actual in _listed(wanted) if exact else _matches(wanted, actual)
    elif positive in ("StringEqualsIgnoreCase", "Bool"):
        found = actual.lower() in [item.lower() for item in _listed(wanted)]
    else:
        # An operator we do not know: the stricter reading lets a Deny apply and an Allow not.
        return deny
    return found != negated


def _conditions_hold(statement: Statement, context: Context) -> bool:
    deny = statement["Effect"] == "Deny"
    return all(
        _one_condition(operator, key, wanted, context, deny=deny)
        for operator, tests in statement.get("Condition", {}).items()
        for key, wanted in tests.items()
    )


def verdict(documents: Iterable[str], action: str, resource: str, context: Context) -> str:
    """What a set of policies says: "Deny", "Allow", or "" when none of them speaks."""
    allowed = ""
    for document in documents:
        for statement in statements(document):
            if (
                _covers_action(statement, action)
                and _covers_resource(statement, resource)
                and _conditions_hold(statement, context)
            ):
                if statement["Effect"] == "Deny":
                    return "Deny"
                allowed = "Allow"
    return allowed


def policy_levels(
    organization: SimulatedOrganization, account_id: str, parent: str, kind: Literal["SERVICE", "RESOURCE"] = "SERVICE"
) -> list[list[str]]:
    """Documents of SCPs, or of RCPs, at the account and at every OU above it, up to the root.

    Neither restricts the management account (user guide, orgs_manage_policies_scps and orgs_manage_policies_rcps).
    """
    root = organization.backend.root
    wanted = f"{kind}_CONTROL_POLICY"
    enabled = any(held["Type"] == wanted for held in root.policy_types)
    if not enabled or account_id == organization.management:
        return []
    targets: list[Any] = [organization.backend.target(account_id)]
    while parent != organization.root:
        targets.append(organization.units[parent])
        parent = organization.units[parent].parent_id or organization.root
    targets.append(root)
    return [[p.content for p in target.attached_policies if p.type == wanted] for target in targets]


def organizations_verdict(world: World, account_id: str, action: str, resource: str, context: Context) -> str:
    """What the SCPs above an account say together: every level must allow, and none may deny."""
    membership = world.memberships.truth.get(account_id)
    if membership is None:
        return "Allow"
    levels = policy_levels(membership.organization, account_id, membership.parent)
    return _together(verdict(documents, action, resource, context) for documents in levels)


def resource_verdict(world: World, account_id: str, action: str, resource: str, context: Context) -> str:
    """What the RCPs above the account that a resource is in say together about a call, whoever makes it.

    IAM user guide, reference_policies_evaluation-logic: they take part in AssumeRole as in every call on a resource of
    the services that they know, and an identity of another organization meets those of the resource's.
    """
    membership = world.memberships.truth.get(account_id)
    if membership is None:
        return "Allow"
    levels = policy_levels(membership.organization, account_id, membership.parent, "RESOURCE")
    asked = {**context, "aws:resourceorgid": membership.organization.id, "aws:resourceaccount": account_id}
    return _together(verdict(documents, action, resource, asked) for documents in levels)


def _together(levels: Iterable[str]) -> str:
    verdicts = list(levels)
    return "Deny" if "Deny" in verdicts else "" if "" in verdicts else "Allow"


def denial(
    world: World, caller: Caller, action: str, resource: str, more: Mapping[str, str] | None = None
) -> str | None:
    """Why the call is denied, in AWS's wording of access-denied messages, or None when it is allowed.

    What was asked for goes into the log: one call may need more than one action. `more` are condition keys of the
    action itself, in lower case.
    """
    world.evaluated.append(action)
    context = {**caller_context(world, caller), **(more or {})}
    policies: list[tuple[str, Callable[[], str]]] = [
        (
            "service control policy",
            lambda: organizations_verdict(world, caller.account.id, action, resource, context),
        ),
        ("identity-based policy", lambda: verdict(identity_policies(caller), action, resource, context)),
    ]
    session = caller.session_policy
    if session:
        policies.append(("session policy", lambda: verdict([session], action, resource, context)))
    for kind, ask in policies:
        answer = ask()
        if answer == "Allow":
            continue
        said = f"User: {caller.arn} is not authorized to perform: {action} on resource: {resource}"
        if answer == "Deny":
            article = "an" if kind[0] in "aeiou" else "a"
            return f"{said} with an explicit deny in {article} {kind}"
        return f"{said} because no {kind} allows the {action} action"
    return None


def caller_context(world: World, caller: Caller) -> dict[str, str]:
    """The global condition keys that AWS fills from the caller, in lower case."""
    context = {
        "aws:principalarn": caller.principal_arn,
        "aws:principalaccount": caller.account.id,
        "aws:principaltype": "AssumedRole" if caller.role else "User",
        "aws:principalisawsservice": "false",
    }
    organization = world.organization_of(caller.account.id)
    if organization:
        context["aws:principalorgid"] = organization.id
    return context


def trusts(document: str, caller: Caller, context: Context) -> tuple[bool, bool]:
    """Whether a role's trust policy lets the caller in, and whether it names the caller itself.

    A role that trusts the whole account leaves the decision to the identity policies of that account
    (IAM user guide, reference_policies_elements_principal).
    """
    allowed = named = False
    for statement in statements(document):
        principal = statement.get("Principal", {})
        names = ["*"] if principal == "*" else _listed(principal.get("AWS", []))
        whole = {caller.account.id, f"arn:aws:iam::{caller.account.id}:root", "*"}
        itself = {caller.principal_arn, caller.arn}
        matched = {name for name in names if name in whole or name in itself}
        if not matched or not _covers_action(statement, "sts:AssumeRole") or not _conditions_hold(statement, context):
            continue
        if statement["Effect"] == "Deny":
            return False, False
        allowed = True
        named = named or bool(matched & itself)
    return allowed, named
