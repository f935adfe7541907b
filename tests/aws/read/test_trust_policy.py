"""Trust policies: who is let in, and edits that change nothing else, also as IAM's rules judge them."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgtools.aws.read import trust_policy
from orgtools.exceptions import RefusedError
from orgtools.rehearsal.world import identities, permissions

SOURCE: Final = "111111111111"
DESTINATION: Final = "222222222222"
OTHER: Final = "333333333333"


def root(account_id: str) -> str:
    """The principal that stands for a whole account."""
    return f"arn:aws:iam::{account_id}:root"


def allow(principal: Any, **more: Any) -> dict[str, Any]:
    """A statement that lets somebody in."""
    return {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more}


def text(*statements: dict[str, Any]) -> str:
    """A policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def held(policy: str) -> list[dict[str, Any]]:
    """The statements of a policy."""
    found: list[dict[str, Any]] = json.loads(policy)["Statement"]
    return found


FROM_SOURCE: Final = allow({"AWS": root(SOURCE)})
CONDITION: Final = {"StringEquals": {"sts:ExternalId": "made-up"}}


@pytest.mark.parametrize(
    "name",
    [
        SOURCE,
        root(SOURCE),
        f"arn:aws:iam::{SOURCE}:role/ops/Admin",
        f"arn:aws-cn:iam::{SOURCE}:user/operator",
        f"arn:aws:sts::{SOURCE}:assumed-role/Admin/session",
    ],
)
def test_every_way_to_name_somebody_of_an_account_is_known(name: str) -> None:
    """Root, id, role, user, session; alone or in a list."""
    for principal in ({"AWS": name}, {"AWS": [root(OTHER), name]}, {"AWS": name, "Service": "ec2.amazonaws.com"}):
        assert trust_policy.names(text(allow(principal)), SOURCE)
        assert not trust_policy.names(
            trust_policy.without(text(allow(principal), FROM_SOURCE, allow("*")), SOURCE), SOURCE
        )


@pytest.mark.parametrize(
    "principal",
    [
        "*",
        {"AWS": "*"},
        {"AWS": root(OTHER)},
        {"Service": f"{SOURCE}.amazonaws.com"},
        {"Federated": f"arn:aws:iam::{SOURCE}:saml-provider/Login"},
        {"AWS": f"arn:aws:iam::{OTHER}:role/{SOURCE}"},
        {"AWS": "AROAMADEUPMADEUP1234"},
    ],
)
def test_who_is_not_of_the_account_stays(principal: Any) -> None:
    """Everybody, services, identity providers, another account, a principal that is gone."""
    policy = text(allow(principal))
    assert not trust_policy.names(policy, SOURCE)
    assert trust_policy.without(policy, SOURCE) == policy


def test_a_newcomer_gets_a_statement_of_its_own_at_the_end() -> None:
    """All others stay as they were, word for word."""
    before = [allow({"AWS": [root(SOURCE)]}, Condition=CONDITION, Sid="Old"), allow({"Service": "ec2.amazonaws.com"})]
    after = trust_policy.trusting(text(*before), DESTINATION, "aws")
    assert held(after) == [*before, allow({"AWS": root(DESTINATION)})]
    assert json.loads(after)["Version"] == "2012-10-17"


def test_a_single_statement_without_a_list_is_read_too() -> None:
    """IAM allows both."""
    single = json.dumps({"Version": "2012-10-17", "Id": "kept", "Statement": FROM_SOURCE})
    after = json.loads(trust_policy.trusting(single, DESTINATION, "aws-cn"))
    assert after["Id"] == "kept"
    assert after["Statement"] == [FROM_SOURCE, allow({"AWS": f"arn:aws-cn:iam::{DESTINATION}:root"})]


@pytest.mark.parametrize(
    "statement",
    [
        allow({"AWS": root(DESTINATION)}),
        allow({"AWS": DESTINATION}),
        allow({"AWS": [root(SOURCE), root(DESTINATION)]}, Action=["sts:TagSession", "STS:assumeRole"]),
        allow({"AWS": root(DESTINATION)}, Action="sts:*"),
    ],
)
def test_who_is_let_in_already_gets_nothing_added(statement: dict[str, Any]) -> None:
    """The same text: preparing again is no edit."""
    assert trust_policy.trusting(text(statement), DESTINATION, "aws") == text(statement)


@pytest.mark.parametrize(
    "statement",
    [
        allow({"AWS": root(DESTINATION)}, Condition=CONDITION),
        allow({"AWS": f"arn:aws:iam::{DESTINATION}:role/{DESTINATION}"}),
        allow({"AWS": f"arn:aws:iam::{DESTINATION}:user/root"}),
        allow({"AWS": root(DESTINATION)}, Action="sts:TagSession"),
        {**allow({"AWS": root(DESTINATION)}), "Effect": "Deny"},
    ],
    ids=["on a condition", "one role only", "one user only", "another action", "denied"],
)
def test_who_is_let_in_only_in_part_gets_a_statement(statement: dict[str, Any]) -> None:
    """Whether that is enough shows when the role is assumed."""
    assert len(held(trust_policy.trusting(text(statement), DESTINATION, "aws"))) == 2


def test_a_statement_that_names_only_the_account_goes_and_a_shared_one_loses_its_name() -> None:
    """With its condition, and whoever else is in it, kept."""
    shared = allow({"AWS": [root(SOURCE), root(DESTINATION)], "Service": "ec2.amazonaws.com"}, Condition=CONDITION)
    served = allow({"AWS": SOURCE, "Service": "lambda.amazonaws.com"})
    denying = {**FROM_SOURCE, "Effect": "Deny", "Sid": "Deny"}
    after = held(trust_policy.without(text(FROM_SOURCE, shared, served, denying), SOURCE))
    assert after == [
        {**shared, "Principal": {"Service": "ec2.amazonaws.com", "AWS": [root(DESTINATION)]}},
        {**served, "Principal": {"Service": "lambda.amazonaws.com"}},
        denying,
    ]


def test_the_same_policy_is_the_same_however_it_is_written() -> None:
    """Spaces and the order of keys say nothing; the order of statements does."""
    policy = text(FROM_SOURCE, allow("*"))
    assert trust_policy.same(policy, json.dumps(json.loads(policy), indent=2, sort_keys=True))
    assert not trust_policy.same(policy, text(allow("*"), FROM_SOURCE))


@pytest.mark.parametrize(
    ("statement", "open_to_all"),
    [
        (allow("*"), True),
        (allow({"AWS": "*"}, Condition=CONDITION), True),
        (allow({"AWS": ["*", SOURCE]}), True),
        (FROM_SOURCE, False),
        ({**allow("*"), "Effect": "Deny"}, False),
    ],
)
def test_a_policy_for_everybody_is_recognised(statement: dict[str, Any], *, open_to_all: bool) -> None:
    """Nobody is named there, so nobody can be taken out of it."""
    assert trust_policy.lets_anybody_in(text(statement)) is open_to_all


_PRINCIPALS: Final = [
    form
    for account_id in (SOURCE, DESTINATION, OTHER)
    for form in (account_id, root(account_id), f"arn:aws:iam::{account_id}:user/operator")
] + ["*"]
_NAMED: Final = st.sampled_from(_PRINCIPALS) | st.lists(st.sampled_from(_PRINCIPALS), min_size=1, max_size=4)
_STATEMENTS: Final = st.builds(
    lambda effect, principal, action, more: {"Effect": effect, "Principal": principal, "Action": action, **more},
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.just("*")
    | st.fixed_dictionaries({"AWS": _NAMED}, optional={"Service": st.just("ec2.amazonaws.com")})
    | st.just({"Service": "ec2.amazonaws.com"}),
    st.sampled_from(["sts:AssumeRole", "sts:TagSession", "sts:*", ["sts:TagSession", "sts:AssumeRole"]]),
    st.sampled_from([{}, {"Condition": CONDITION}, {"Sid": "Named"}]),
)
_POLICIES: Final = st.lists(_STATEMENTS, min_size=1, max_size=5).map(lambda statements: text(*statements))


def _enters(policy: str, account_id: str) -> bool:
    """Whether the rehearsal, which has rules of its own, lets an account's operator in."""
    account: Any = type("Account", (), {"id": account_id})
    caller = identities.Caller("", account, f"arn:aws:iam::{account_id}:user/operator", "", None)
    return permissions.trusts(policy, caller, {})[0]


@given(_POLICIES)
def test_letting_somebody_in_is_one_edit_and_keeps_nobody_out(policy: str) -> None:
    """Again makes no difference; every former statement is still there; everybody who could enter still can."""
    after = trust_policy.trusting(policy, DESTINATION, "aws")
    assert trust_policy.trusting(after, DESTINATION, "aws") == after
    assert held(after)[: len(held(policy))] == held(policy)
    for account_id in (SOURCE, DESTINATION, OTHER):
        assert _enters(after, account_id) >= _enters(policy, account_id)
    if not any(statement["Effect"] == "Deny" for statement in held(policy)):
        assert _enters(after, DESTINATION)


@given(_POLICIES)
def test_taking_somebody_out_touches_nobody_else(policy: str) -> None:
    """The others can enter exactly if they could before; the account can no more, but by a statement for everybody."""
    after = trust_policy.without(policy, SOURCE)
    assert trust_policy.without(after, SOURCE) == after
    assert not trust_policy.names(after, SOURCE)
    for account_id in (DESTINATION, OTHER):
        assert _enters(after, account_id) == _enters(policy, account_id)
        assert trust_policy.names(after, account_id) == trust_policy.names(policy, account_id)
    if not trust_policy.lets_anybody_in(after):
        assert not _enters(after, SOURCE)
    assert [s for s in held(after) if s["Effect"] == "Deny"] == [s for s in held(policy) if s["Effect"] == "Deny"]


@given(_POLICIES)
def test_letting_in_and_taking_out_again_leaves_what_was_there(policy: str) -> None:
    """Where the account was not named before."""
    before = trust_policy.without(policy, DESTINATION)
    assert held(trust_policy.without(trust_policy.trusting(before, DESTINATION, "aws"), DESTINATION)) == held(before)


@pytest.mark.parametrize(
    "policy",
    [
        [],
        {},
        {"Statement": "Allow"},
        {"Statement": [{"Principal": {"AWS": SOURCE}}]},
        {"Statement": {"Effect": "Allow", "Principal": SOURCE}},
        {"Statement": {"Effect": "Allow", "Principal": None}},
        {"Statement": {"Effect": "Allow", "Principal": {"AWS": [5]}}},
    ],
)
def test_what_is_no_trust_policy_is_refused_in_words(policy: object) -> None:
    """And never taken for one that names nobody."""
    with pytest.raises(RefusedError, match="AWS's answer"):
        trust_policy.names(json.dumps(policy), SOURCE)
