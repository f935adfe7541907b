"""Whether a policy document is one that Organizations takes: JSON, and the grammar of its type.

User guide, orgs_manage_policies_scps_syntax and orgs_manage_policies_rcps_syntax.
"""

import json
from typing import Any

VERSIONS = ("2012-10-17", "2008-10-17")
ELEMENTS = {"Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition", "Principal"}
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"


def wrong(kind: str, content: str) -> str:
    """What is wrong with a policy's content, in words; nothing where it is fine."""
    try:
        document = json.loads(content)
    except ValueError:
        return "it is not JSON"
    if not isinstance(document, dict):
        return "it is no JSON object"
    if kind not in (SCP, RCP):
        return ""
    if document.get("Version", VERSIONS[0]) not in VERSIONS:
        return "its Version is unknown"
    statements = document.get("Statement")
    if isinstance(statements, dict):
        statements = [statements]
    if not isinstance(statements, list):
        return "it has no Statement"
    said = (_statement(kind, statement) for statement in statements)
    return next((words for words in said if words), "")


def _statement(kind: str, statement: Any) -> str:
    if not isinstance(statement, dict):
        return "a statement is no object"
    unknown = sorted(set(statement) - ELEMENTS)
    if unknown:
        return f"a statement has {unknown[0]}, which this type of policy does not know"
    if statement.get("Effect") not in ("Allow", "Deny"):
        return "the Effect of a statement is neither Allow nor Deny"
    if ("Action" in statement) == ("NotAction" in statement):
        return "a statement needs either Action or NotAction"
    if ("Resource" in statement) == ("NotResource" in statement):
        return "a statement needs either Resource or NotResource"
    if not isinstance(statement.get("Condition", {}), dict):
        return "a Condition is no object"
    return _of_resources(statement) if kind == RCP else _of_services(statement)


def _of_services(statement: dict[str, Any]) -> str:
    return "a service control policy has no Principal" if "Principal" in statement else ""


def _of_resources(statement: dict[str, Any]) -> str:
    if statement["Effect"] != "Deny":
        return "a resource control policy only denies"
    if statement.get("Principal") not in ("*", {"AWS": "*"}):
        return "the Principal of a resource control policy is *"
    if "NotAction" in statement or statement["Action"] in ("*", ["*"]):
        return "a resource control policy names its actions"
    return ""
