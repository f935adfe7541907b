"""E14, D5 and D6: what the policies of both organizations say about an account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.assess.policies.evaluate import PolicyRequest, Says, verdict
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.settings import AccessSettings, HandoverSettings
from tests import values
from tests.assess.answering import DENIED, look
from tests.said import says, tells

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot

_FULL: Final = ("p-FullAWSAccess", "FullAWSAccess", "SERVICE_CONTROL_POLICY")
_SEEN: Final = values.snapshot(
    values.source(values.member(parent_id="ou-dst1-legacy"), units=values.units("/Legacy")), values.destination()
)
_ROLE: Final = "arn:aws:iam::300000000001:role/OrganizationAccountAccessRole"


def _attached(name: str, kind: str, place: str) -> Message:
    return Message("policy-attached", policy=name, kind=kind, policy_id="p-12345678", place=place)


def _organization(*policies: tuple[str, str, Any, list[str]], kind: str = "SERVICE_CONTROL_POLICY") -> dict[str, Any]:
    """Answers of an organization: policies by id, name, statement and targets; full access everywhere."""
    known = {policy_id: (name, statement, targets) for policy_id, name, statement, targets in policies}
    everywhere = ["r-dst1", "ou-dst1-legacy", "ou-dst1-workloadsprod", values.ACCOUNT]
    known.setdefault(_FULL[0], (_FULL[1], None, everywhere))

    def listed(parameters: dict[str, Any]) -> Any:
        of_kind = [name for name in known if parameters["Filter"] == (_FULL[2] if name == _FULL[0] else kind)]
        return {
            "Policies": [
                {"Id": name, "Name": known[name][0], "Type": parameters["Filter"], "AwsManaged": name == _FULL[0]}
                for name in of_kind
            ]
        }

    types = [{"Type": name, "Status": "ENABLED"} for name in sorted({_FULL[2], kind})]
    return {
        "organizations:ListRoots": {"Roots": [{"Id": "r-dst1", "PolicyTypes": types}]},
        "organizations:ListPolicies": listed,
        "organizations:ListTargetsForPolicy": lambda asked: {
            "Targets": [{"TargetId": target} for target in known[asked["PolicyId"]][2]]
        },
        "organizations:DescribePolicy": lambda asked: {
            "Policy": {
                "Content": json.dumps({"Version": "2012-10-17", "Statement": known[asked["PolicyId"]][1]}),
                "PolicySummary": {"Id": asked["PolicyId"]},
            }
        },
    }


def _deny(*actions: str, **elements: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": list(actions), "Resource": "*", **elements}


def _e14(statement: Any, *targets: str, **changes: Any) -> Finding:
    answers = _organization(("p-12345678", "Guard", statement, list(targets) or ["r-dst1"]))
    (found,) = look("E14", answers, values.planned(**changes), seen=_SEEN)
    return found


@pytest.mark.parametrize("target", ["r-dst1", "ou-dst1-legacy", values.ACCOUNT])
@pytest.mark.parametrize("action", ["organizations:AcceptHandshake", "organizations:Accept*", "*"])
def test_a_deny_of_accepting_anywhere_on_the_way_up_blocks(target: str, action: str) -> None:
    """At the account, a unit or the root; the policy and its path are named."""
    found = _e14(_deny(action), target)
    assert (found.status, found.evidence.code) == (Verdict.BLOCK, "accepting-denied")
    guard = _attached(
        "Guard", "SERVICE_CONTROL_POLICY", {"r-dst1": "/", "ou-dst1-legacy": "/Legacy"}.get(target, target)
    )
    assert found.evidence.facts["whys"] == (
        Message("action-denied", action="organizations:AcceptHandshake", why=guard),
    )


def test_a_deny_of_everything_but_names_what_it_leaves() -> None:
    """NotAction."""
    assert _e14({"Effect": "Deny", "NotAction": ["s3:*"], "Resource": "*"}).status is Verdict.BLOCK
    assert _e14({"Effect": "Deny", "NotAction": ["organizations:*"], "Resource": "*"}).status is Verdict.OK


def test_a_deny_of_leaving_is_probably_in_the_way() -> None:
    """AWS contradicts itself: a warning, never a block."""
    found = _e14(_deny("organizations:LeaveOrganization", "account:CloseAccount"))
    assert found.status is Verdict.WARN
    assert found.evidence.code == "leaving-denied"
    assert found.remedy == CATALOGUE["E14"].remedy


def test_a_policy_elsewhere_is_not_in_the_way() -> None:
    """Attached to a unit that the account is not below."""
    assert _e14(_deny("*"), "ou-dst1-elsewhere").status is Verdict.OK


def test_an_exempted_role_may_accept_and_an_unknown_condition_stays_open() -> None:
    """What can be decided is; what cannot is a warning, not fine."""
    exempt = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/OrganizationAccountAccessRole"}}
    assert _e14(_deny("*", Condition=exempt)).status is Verdict.OK
    only = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Developer"}}
    assert _e14(_deny("*", Condition=only)).status is Verdict.OK
    assert _e14(_deny("*", Condition={"ArnLike": {"aws:PrincipalArn": _ROLE}})).status is Verdict.BLOCK
    found = _e14(_deny("*", Condition={"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}))
    assert found.status is Verdict.WARN
    assert says(found.evidence, "action-perhaps-denied", action="organizations:AcceptHandshake")


def test_a_level_that_allows_nothing_denies() -> None:
    """An allow list instead of full access, at one unit on the way."""
    answers = _organization(
        ("p-12345678", "OnlyS3", {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, ["ou-dst1-legacy"]),
        (_FULL[0], _FULL[1], None, ["r-dst1", values.ACCOUNT]),
    )
    (found,) = look("E14", answers, seen=_SEEN)
    assert found.status is Verdict.BLOCK
    missing = Message("action-not-allowed", action="organizations:AcceptHandshake", place="/Legacy")
    assert found.evidence == Message("accepting-denied", whys=[missing])


def test_who_leaves_first_has_no_policy_above_when_it_accepts() -> None:
    """The stand-alone path."""
    answers = _organization(("p-12345678", "Guard", _deny("*"), ["r-dst1"]))
    (found,) = look("E14", answers, values.planned(path="standalone"), seen=_SEEN, everything=False)
    assert found.status is Verdict.INFO


@pytest.mark.parametrize("check", ["E14", "D5", "D6"])
def test_policies_that_may_not_be_listed_are_unknown(check: str) -> None:
    """With what to grant."""
    answers = _organization(("p-12345678", "Guard", _deny("*"), ["r-dst1"]))
    for operation in answers:
        closed = answers | {operation: DENIED}
        (found,) = look(check, closed, seen=_SEEN, everything=False)
        assert found.status is Verdict.UNKNOWN
        assert f"Grant {operation}" in found.remedy


def _sides(check: str, before: dict[str, Any], after: dict[str, Any]) -> Finding:
    (found,) = look(check, before, seen=_SEEN, destination=after, everything=False)
    return found


def test_what_stops_and_what_starts_stands_side_by_side() -> None:
    """By content: the same text under another name goes on; the path is named."""
    before = _organization(
        ("p-11111111", "NoRoot", _deny("iam:*"), ["r-dst1"]), ("p-22222222", "Old", _deny("s3:*"), ["ou-dst1-legacy"])
    )
    after = _organization(
        ("p-33333333", "NoRootUser", _deny("iam:*"), ["r-dst1"]),
        ("p-44444444", "New", _deny("ec2:*"), ["ou-dst1-workloadsprod"]),
    )
    found = _sides("D5", before, after)
    assert (found.status, found.evidence) == (Verdict.WARN, Message("policies-change", missing=1, more=1, count=1))
    assert found.text.splitlines() == [
        "- Old (SERVICE_CONTROL_POLICY p-22222222, /Legacy)",
        "+ New (SERVICE_CONTROL_POLICY p-44444444, /Workloads/Prod)",
    ]
    assert _sides("D5", before, before).evidence == Message("policies-change", missing=1, more=0, count=1)
    assert _sides("D5", _organization(), _organization()).status is Verdict.OK


def test_other_types_of_policies_are_compared_apart() -> None:
    """A tag policy is none of D5's business."""
    tagged = _organization(("p-11111111", "Tags", {"x": 1}, ["r-dst1"]), kind="TAG_POLICY")
    assert _sides("D6", tagged, _organization()).evidence == Message("policies-change", missing=1, more=0, count=0)
    assert _sides("D5", tagged, _organization()).status is Verdict.OK


@pytest.mark.parametrize("check", ["D5", "D6"])
def test_an_account_whose_unit_does_not_exist_leaves_the_others_theirs(check: str) -> None:
    """Unknown of that one, with what to correct."""
    accounts = (values.planned(), values.planned(values.OTHER, ou="/Nowhere"))
    seen = values.snapshot(values.source(values.member(), values.member(values.OTHER)), values.destination())
    found, unknown = look(check, _organization(), *accounts, seen=seen, everything=False)
    assert found.status is Verdict.OK
    assert (unknown.status, unknown.account_id) == (Verdict.UNKNOWN, values.OTHER)
    assert unknown.evidence.code == "unit-not-found"
    assert tells(unknown.evidence, "/Nowhere")
    assert "accounts.csv" in unknown.remedy


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ({"Effect": "Allow", "Action": "*", "Resource": "*"}, Says.ALLOWS),
        ({"Effect": "Allow", "Action": "s3:*", "Resource": "*"}, Says.NOTHING),
        ({"Effect": "Deny", "Action": "a:b", "Resource": "arn:other"}, Says.NOTHING),
        ({"Effect": "Deny", "Action": "A:B", "NotResource": "arn:other"}, Says.DENIES),
        ({"Effect": "Deny", "Action": "a:?", "Resource": "*"}, Says.DENIES),
        ({"Effect": "Deny", "Action": "a:[b]", "Resource": "*"}, Says.NOTHING),
        (_deny("a:b", Condition={"StringEquals": {"aws:k": "v"}}), Says.DENIES),
        (_deny("a:b", Condition={"StringNotEquals": {"aws:k": ["v", "w"]}}), Says.NOTHING),
        (_deny("a:b", Condition={"StringEquals": {"aws:other": "v"}}), Says.MAY_DENY),
        (_deny("a:b", Condition={"StringEquals": {"aws:other": "v", "aws:k": "w"}}), Says.NOTHING),
    ],
)
def test_a_statement_says_what_iam_would_say(statement: dict[str, Any], says: Says) -> None:
    """Names without regard to case, wildcards, what is excepted, and conditions as far as they are known."""
    request = PolicyRequest("a:b", "arn:this", (("aws:k", "v"),))
    assert verdict([json.dumps({"Statement": statement})], request) is says


_ONLY_OURS: Final[dict[str, Any]] = {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "sts:AssumeRole",
    "Resource": "*",
    "Condition": {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-sourceorg001"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    },
}
"""As AWS's landing zone samples ship it, in the source."""
_ONLY_THEIRS: Final = {**_ONLY_OURS, "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-destinatn01"}}}
_HANDOVER: Final = values.changed(_SEEN, handover=HandoverSettings(prepare=True))


def _rcp(check: str, statement: Any, seen: Snapshot = _SEEN) -> Finding:
    answers = _organization(("p-12345678", "OnlyOurs", statement, ["r-dst1"]), kind="RESOURCE_CONTROL_POLICY")
    (found,) = look(check, answers, seen=seen)
    return found


def test_an_rcp_of_the_source_that_keeps_the_destination_out_blocks_the_hand_over() -> None:
    """E14.rcp: where the destination has to enter before the move; otherwise it is a warning."""
    found = _rcp("E14.rcp", _ONLY_OURS, _HANDOVER)
    assert (found.status, found.evidence.code) == (Verdict.BLOCK, "destination-kept-out")
    ours = _attached("OnlyOurs", "RESOURCE_CONTROL_POLICY", "/")
    assert says(found.evidence, "entering-denied", side="destination", why=ours)
    assert found.remedy == CATALOGUE["E14.rcp"].remedy
    through = values.changed(_SEEN, access=AccessSettings(via="destination"))
    assert _rcp("E14.rcp", _ONLY_OURS, through).status is Verdict.BLOCK
    assert _rcp("E14.rcp", _ONLY_OURS).status is Verdict.WARN
    assert _rcp("E14.rcp", _ONLY_THEIRS, _HANDOVER).status is Verdict.OK


def test_an_rcp_of_the_destination_without_a_proven_hand_over_leaves_nobody_able_to_enter() -> None:
    """E16.rcp: blocked; with the hand-over it is good to know."""
    found = _rcp("E16.rcp", _ONLY_THEIRS)
    assert (found.status, found.evidence.code) == (Verdict.BLOCK, "everybody-kept-out")
    ours = _attached("OnlyOurs", "RESOURCE_CONTROL_POLICY", "/")
    assert says(found.evidence, "entering-denied", side="source", why=ours)
    assert "prepare = true" in found.remedy
    assert _rcp("E16.rcp", _ONLY_THEIRS, _HANDOVER).status is Verdict.INFO
    assert _rcp("E16.rcp", _deny("sts:*"), _HANDOVER).status is Verdict.BLOCK, "the destination is kept out, too"
    assert _rcp("E16.rcp", _deny("s3:*")).status is Verdict.OK


def test_an_rcp_whose_conditions_leave_it_open_warns() -> None:
    """On either side; a caller that it exempts by name is let in."""
    somewhere = _deny("sts:AssumeRole", Condition={"NotIpAddress": {"aws:SourceIp": "192.0.2.0/24"}})
    assert {_rcp(check, somewhere, _HANDOVER).status for check in ("E14.rcp", "E16.rcp")} == {Verdict.WARN}
    exempt = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::222222222222:*"}}
    assert _rcp("E14.rcp", _deny("sts:*", Condition=exempt), _HANDOVER).status is Verdict.OK


def test_where_no_unit_is_planned_yet_the_destinations_rcps_are_unknown() -> None:
    """E16.rcp: never fine."""
    answers = _organization(kind="RESOURCE_CONTROL_POLICY")
    (found,) = look("E16.rcp", answers, values.planned(ou="/Nowhere"), seen=_SEEN, everything=False)
    assert found.status is Verdict.UNKNOWN
