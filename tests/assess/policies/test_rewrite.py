"""Where a policy names the source organization, and what naming both looks like."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from orgtools.assess.policies.rewrite import Both, namings

BOTH: Final = Both("o-sourceorg001", "r-src1", "o-destinatn01", "r-dst1")
UNIT: Final = "ou-src1-abcd1234"


def _statement(condition: Any = None, **elements: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", **elements} | (
        {"Condition": condition} if condition else {}
    )


def _named(*statements: dict[str, Any]) -> list[tuple[tuple[str, ...], dict[str, Any] | None]]:
    document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
    return [(found.places, json.loads(found.proposal) if found.proposal else None) for found in namings(document, BOTH)]


@pytest.mark.parametrize(
    ("operator", "key", "value", "proposed"),
    [
        ("StringEquals", "aws:PrincipalOrgID", "o-sourceorg001", "o-destinatn01"),
        ("StringEquals", "AWS:principalorgid", "o-sourceorg001", "o-destinatn01"),
        ("StringNotEquals", "aws:ResourceOrgID", "o-sourceorg001", "o-destinatn01"),
        ("StringEqualsIfExists", "aws:SourceOrgID", "o-sourceorg001", "o-destinatn01"),
        ("StringLike", "aws:PrincipalOrgID", "o-source*", "o-destinatn01"),
        ("StringLike", "aws:PrincipalOrgID", "o-sourceorg00?", "o-destinatn01"),
        ("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-sourceorg001/*", "o-destinatn01/*"),
        ("ForAnyValue:StringLike", "aws:SourceOrgPaths", "o-sourceorg001/r-src1/*", "o-destinatn01/r-dst1/*"),
        ("ForAnyValue:StringLike", "aws:ResourceOrgPaths", "*/r-src1/*", "*/r-dst1/*"),
        (
            "ArnLike",
            "aws:SourceArn",
            "arn:aws:organizations::111111111111:organization/o-sourceorg001",
            "arn:aws:organizations::111111111111:organization/o-destinatn01",
        ),
    ],
)
def test_each_way_to_name_an_organization_is_found_and_completed(
    operator: str, key: str, value: str, proposed: str
) -> None:
    """Any operator, any key, whole or as a pattern; the destination is added, nothing is taken away."""
    ((places, proposal),) = _named(_statement({operator: {key: value}}))
    assert places == (f"{operator} {key}",)
    assert proposal is not None
    assert proposal["Condition"][operator][key] == [value, proposed]


@pytest.mark.parametrize(
    "value", ["o-sourceorg001/r-src1/ou-src1-abcd1234/", "o-sourceorg001/r-src1/ou-src1-*", f"*/{UNIT}/*"]
)
def test_units_are_found_but_nobody_guesses_their_counterpart(value: str) -> None:
    """Which unit of the destination it should be is for a person to say."""
    ((_, proposal),) = _named(_statement({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": value}}))
    assert proposal is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("aws:PrincipalOrgID", "o-stranger001"),
        ("aws:PrincipalOrgID", "o-sourceorg0012"),
        ("aws:PrincipalOrgID", "o-*"),
        ("aws:PrincipalOrgPaths", "*"),
        ("aws:PrincipalOrgID", "${aws:ResourceOrgID}"),
        ("aws:username", "foo-sourceorg001"),
        ("s3:prefix", "o-sour*"),
        ("aws:PrincipalOrgPaths", "o-stranger001/r-src12/ou-src12-abcd1234/"),
    ],
)
def test_what_fits_both_or_neither_is_no_finding(key: str, value: str) -> None:
    """Somebody else's organization, longer ids, patterns that fit the destination as well."""
    assert _named(_statement({"StringLike": {key: value}})) == []


def test_a_statement_that_names_both_already_is_fine() -> None:
    """So the finding goes away once the proposal was pasted."""
    both = ["o-sourceorg001", "o-destinatn01"]
    assert _named(_statement({"StringEquals": {"aws:PrincipalOrgID": both}})) == []
    (found,) = namings({"Statement": _statement({"StringEquals": {"aws:PrincipalOrgID": both[0]}})}, BOTH)
    assert namings({"Statement": json.loads(found.proposal)}, BOTH) == ()


def test_principals_and_resources_are_looked_at_too() -> None:
    """A principal or resource that carries the organization's id in its ARN."""
    arn = "arn:aws:organizations::111111111111:organization/o-sourceorg001"
    found = _named(_statement(Principal={"AWS": ["arn:aws:iam::1:root", arn]}), _statement(Resource=arn))
    assert [places for places, _ in found] == [("Principal AWS",), ("Resource",)]


def test_only_the_statements_concerned_are_shown() -> None:
    """With every place in them."""
    condition = {
        "StringEquals": {"aws:PrincipalOrgID": "o-sourceorg001"},
        "Null": {"aws:SourceOrgID": "false"},
        "ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": "o-sourceorg001/*"},
    }
    ((places, _),) = _named(_statement(), _statement(condition), _statement({"Bool": {"aws:SecureTransport": "true"}}))
    assert places == ("StringEquals aws:PrincipalOrgID", "ForAnyValue:StringLike aws:PrincipalOrgPaths")


def test_what_is_no_policy_names_nobody_and_what_is_no_json_says_so() -> None:
    """An empty document and a list are no policies."""
    assert namings("{}", BOTH) == namings("[]", BOTH) == ()
    with pytest.raises(ValueError, match="Expecting"):
        namings("{", BOTH)
