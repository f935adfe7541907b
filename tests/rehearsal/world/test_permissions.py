"""How policies are read: actions, resources, conditions, and who a trust policy lets in."""

import json
from typing import Any

import pytest

from orgtools.rehearsal.world.permissions import verdict

ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "organizations:AcceptHandshake", "Resource": "*"}
ACTION = "organizations:AcceptHandshake"
ARN = "arn:aws:organizations::222222222222:handshake/o-exampledst1/invite/h-1234567890"


def say(*statements: dict[str, Any], **context: str) -> str:
    """The verdict on accepting one handshake."""
    document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return verdict([document], ACTION, ARN, context)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "Allow"),
        ({"Action": "ORGANIZATIONS:accept*"}, "Allow"),
        ({"Action": ["iam:*", "organizations:?cceptHandshake"]}, "Allow"),
        ({"Action": "organizations:CancelHandshake"}, ""),
        ({"Resource": "arn:aws:organizations::222222222222:handshake/o-exampledst1/invite/*"}, "Allow"),
        ({"Resource": "arn:aws:organizations::222222222222:handshake/o-examplesrc1/invite/*"}, ""),
        ({"Resource": ["arn:aws:organizations::*:account/*"]}, ""),
    ],
)
def test_actions_ignore_case_and_resources_do_not(change: dict[str, Any], expected: str) -> None:
    """Wildcards are * and ?."""
    assert say({**ALLOW, **change}) == expected


def test_not_action_and_not_resource_turn_around() -> None:
    """Everything except what they name."""
    but_action = {"Effect": "Deny", "NotAction": "iam:*", "Resource": "*"}
    assert say(ALLOW, but_action) == "Deny"
    but_resource = {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:organizations::222222222222:*"}
    assert say(ALLOW, but_resource) == "Allow"


def test_a_deny_wins_wherever_it_stands() -> None:
    """Before or after the Allow, in the same document or another."""
    deny = {**ALLOW, "Effect": "Deny"}
    assert say(deny, ALLOW) == say(ALLOW, deny) == "Deny"
    documents = [json.dumps({"Statement": statement}) for statement in (ALLOW, deny)]
    assert verdict(documents, ACTION, ARN, {}) == "Deny"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": ["o-0", "o-1"]}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-2"}}, False),
        ({"StringNotEquals": {"aws:PrincipalOrgID": "o-2"}}, True),
        ({"StringNotEquals": {"aws:Absent": "x"}}, True),
        ({"StringEquals": {"aws:Absent": "x"}}, False),
        ({"StringEqualsIfExists": {"aws:Absent": "x"}}, True),
        ({"StringLike": {"aws:PrincipalOrgID": "o-*"}}, True),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgID": "o-*"}}, True),
        ({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Admin"}}, True),
        ({"Null": {"aws:Absent": "true"}}, True),
        ({"Null": {"aws:PrincipalOrgID": "true"}}, False),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}, "StringLike": {"aws:PrincipalArn": "no"}}, False),
    ],
)
def test_conditions_compare_what_the_caller_brings(condition: dict[str, Any], expected: bool) -> None:
    """Keys ignore case; every condition must hold."""
    context = {"aws:principalorgid": "o-1", "aws:principalarn": "arn:aws:iam::111111111111:role/Member"}
    said = verdict([json.dumps({"Statement": {**ALLOW, "Condition": condition}})], ACTION, ARN, context)
    assert (said == "Allow") is expected


def test_an_unknown_condition_is_read_strictly() -> None:
    """It keeps an Allow from allowing and lets a Deny deny."""
    condition = {"DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}
    context = {"aws:currenttime": "2026-01-01T00:00:00Z"}
    document = json.dumps({"Statement": {**ALLOW, "Condition": condition}})
    assert verdict([document], ACTION, ARN, context) == ""
    document = json.dumps({"Statement": {**ALLOW, "Effect": "Deny", "Condition": condition}})
    assert verdict([document], ACTION, ARN, context) == "Deny"
