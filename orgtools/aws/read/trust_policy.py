"""A role's trust policy: who may assume the role, read and edited so that all else stays as it was. Pure functions.

Policies are JSON texts, as IAM holds them; what is not written as IAM documents them is refused. See
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    Statement = Mapping[str, Any]

_POLICY: Final = "AssumeRolePolicyDocument"
_ASSUMES: Final = frozenset({"sts:assumerole", "sts:*", "*"})
_OF_ACCOUNT: Final = re.compile(r"arn:[a-z-]+:(?:iam|sts)::(?P<account_id>\d{12}):.+")


def root_arn(account_id: str, partition: str) -> str:
    """The principal that stands for a whole account."""
    return f"arn:{partition}:iam::{account_id}:root"


def statement_for(account_id: str, partition: str) -> dict[str, Any]:
    """The statement that lets a whole account assume the role, as AWS itself writes it into new member accounts."""
    return {
        "Effect": "Allow",
        "Principal": {"AWS": root_arn(account_id, partition)},
        "Action": "sts:AssumeRole",
    }


def same(text: str, other: str) -> bool:
    """Whether two texts are the same policy, however they are spaced."""
    return bool(json.loads(text) == json.loads(other))


def names(text: str, account_id: str) -> bool:
    """Whether the policy lets in the account or somebody of it, by name: root, id, user, role or session."""
    return any(
        _is_of(name, account_id)
        for statement in _statements(text)
        if statement["Effect"] == "Allow"
        for name in _named(statement)
    )


def lets_anybody_in(text: str) -> bool:
    """Whether the policy lets in everybody whom a condition does not stop (``*``): no account is named there."""
    return any(statement["Effect"] == "Allow" and "*" in _named(statement) for statement in _statements(text))


def trusting(text: str, account_id: str, partition: str) -> str:
    """The policy with one more statement at its end, which lets a whole account in.

    Where a statement without a condition says so already, it is the same text.
    """
    statements = _statements(text)
    if any(_lets_in(statement, account_id) for statement in statements):
        return text
    return json.dumps({**json.loads(text), "Statement": [*statements, statement_for(account_id, partition)]})


def without(text: str, account_id: str) -> str:
    """The policy without an account and everybody of it; whoever else is let in still is, under the same conditions.

    Statements that deny stay, and so does ``*``. Where nobody of the account is named, it is the same text.
    """
    statements = _statements(text)
    left = [kept for statement in statements if (kept := _without(statement, account_id)) is not None]
    return text if left == statements else json.dumps({**json.loads(text), "Statement": left})


def _statements(text: str) -> list[Statement]:
    """What the policy says, each statement with an effect and with principals that can be read.

    Raises:
        RefusedError: it is not written as IAM documents trust policies.
    """
    statements: list[Any] = _listed(answers.document(text, _POLICY, "Role")["Statement"])
    if not all(isinstance(statement, dict) and isinstance(statement["Effect"], str) for statement in statements):
        raise answers.odd("Statement", _POLICY)
    for statement in statements:
        principal = statement.get("Principal", {})
        named = _listed(principal.get("AWS", [])) if isinstance(principal, dict) else []
        if not (principal == "*" or isinstance(principal, dict)) or not all(isinstance(name, str) for name in named):
            raise answers.odd("Principal", _POLICY)
    return statements


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _named(statement: Statement) -> list[str]:
    """The AWS principals of a statement; services and identity providers are none."""
    principal = statement.get("Principal", {})
    return ["*"] if principal == "*" else _listed(principal.get("AWS", []))


def _is_of(name: str, account_id: str) -> bool:
    match = _OF_ACCOUNT.fullmatch(name)
    return name == account_id or (match is not None and match["account_id"] == account_id)


def _lets_in(statement: Statement, account_id: str) -> bool:
    """Whether the whole account may assume the role, whatever the circumstances."""
    named = [name for name in _named(statement) if _is_of(name, account_id)]
    whole = any(name.rpartition(":")[2] in (account_id, "root") for name in named)
    actions = {str(action).lower() for action in _listed(statement.get("Action", []))}
    return whole and bool(actions & _ASSUMES) and statement["Effect"] == "Allow" and not statement.get("Condition")


def _without(statement: Statement, account_id: str) -> Statement | None:
    """The statement without an account; None where nobody is left in it."""
    named = _named(statement)
    left = [name for name in named if not _is_of(name, account_id)]
    if statement["Effect"] != "Allow" or left == named:
        return statement
    others = {kind: held for kind, held in statement["Principal"].items() if kind != "AWS"}
    principal = {**others, "AWS": left} if left else others
    return {**statement, "Principal": principal} if principal else None
