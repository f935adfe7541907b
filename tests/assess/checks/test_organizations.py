"""Checks of what the organizations have set up, and of the ways into an account."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools.assess import CATALOGUE, waivable
from orgtools.assess.catalogue import SnapshotContext
from orgtools.assess.run import tasks
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from tests import values
from tests.assess.answering import DENIED, details, look

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot

_SEEN: Final = values.snapshot(values.source(values.member(), values.member(values.OTHER)), values.destination())


def _free(check: str, snapshot: Snapshot) -> Finding:
    return tasks.look(CATALOGUE[check], SnapshotContext(values.planned(), snapshot))


def test_a_destination_rests_seven_days() -> None:
    """E3: with the time at which it clears."""
    young = values.NOW - timedelta(days=6)
    side = values.destination(values.member("222222222222", joined_at=young))
    found = _free("E3", values.snapshot(values.source(), side))
    assert found.status is Verdict.BLOCK
    assert found.until is not None
    assert datetime.fromisoformat(found.until) == young + timedelta(days=7)
    assert _free("E3", _SEEN).status is Verdict.OK
    assert _free("E3", replace(_SEEN, destination=values.destination(accounts={}))).status is Verdict.UNKNOWN


def test_a_destination_without_all_features_warns_and_says_that_aws_contradicts_itself() -> None:
    """E12: before, and while it is enabling them. Nobody is held back by a warning, and it may be accepted."""
    assert "documentation is contradictory" in CATALOGUE["E12"].remedy
    assert waivable("E12")
    assert _free("E12", _SEEN).status is Verdict.OK
    plain = values.destination(identity=replace(values.DESTINATION, feature_set="CONSOLIDATED_BILLING"))
    assert _free("E12", replace(_SEEN, destination=plain)).status is Verdict.WARN
    enabling = values.destination(handshakes=(values.invitation(action="ENABLE_ALL_FEATURES"),))
    found = _free("E12", replace(_SEEN, destination=enabling))
    assert (found.status, found.evidence.facts) == (Verdict.WARN, {"handshake": "h-0000000001"})
    over = values.destination(handshakes=(values.invitation(action="ENABLE_ALL_FEATURES", state="ACCEPTED"),))
    assert _free("E12", replace(_SEEN, destination=over)).status is Verdict.OK


def _baselines(*accounts: str, name: str = "AWSControlTowerBaseline") -> dict[str, Any]:
    arn = "arn:aws:organizations::111111111111:account/o-sourceorg001/"
    enabled = [
        {
            "arn": f"arn:aws:controltower:us-east-1:111111111111:enabledbaseline/{account_id}",
            "baselineIdentifier": "arn:aws:controltower:us-east-1::baseline/X",
            "targetIdentifier": arn + account_id,
            "statusSummary": {},
        }
        for account_id in accounts
    ]
    return {
        "controltower:ListLandingZones": {"landingZones": [{"arn": "arn:aws:controltower:us-east-1:1:landingzone/Z"}]},
        "controltower:ListBaselines": {
            "baselines": [{"arn": "arn:aws:controltower:us-east-1::baseline/X", "name": name}]
        },
        "controltower:ListEnabledBaselines": {"enabledBaselines": enabled},
    }


def test_an_account_that_control_tower_governs_is_enrolled_no_more_first() -> None:
    """E17: only accounts whose own baseline is enabled; read once for all."""
    accounts = (values.planned(), values.planned(values.OTHER))
    found = {f.account_id: f for f in look("E17", _baselines(values.OTHER), *accounts, seen=_SEEN)}
    assert found[values.ACCOUNT].status is Verdict.OK
    assert found[values.OTHER].status is Verdict.BLOCK
    assert found[values.OTHER].resource.endswith(values.OTHER)
    none: dict[str, Any] = {"controltower:ListLandingZones": {"landingZones": []}}
    (fine,) = look("E17", none, seen=_SEEN, everything=False)
    assert (fine.status, fine.region) == (Verdict.OK, "us-east-1")
    (closed,) = look("E17", _baselines() | {"controltower:ListEnabledBaselines": DENIED}, seen=_SEEN)
    assert closed.status is Verdict.UNKNOWN
    assert "Grant controltower:ListEnabledBaselines" in closed.remedy


@pytest.mark.parametrize(
    ("name", "code", "way"),
    [
        ("AWSControlTowerBaseline", "baseline-governs", "25_unenroll"),
        ("ConfigBaseline", "baseline-governs", "25_unenroll"),
        ("AuditBaseline", "baseline-of-shared-account", "accounts.csv"),
    ],
)
def test_every_baseline_blocks_with_a_way_that_is_open(name: str, code: str, way: str) -> None:
    """E17: 25_unenroll takes out what AWSControlTowerBaseline or ConfigBaseline governs; shared accounts stay."""
    (found,) = look("E17", _baselines(values.ACCOUNT, name=name), seen=_SEEN)
    assert (found.status, found.evidence) == (Verdict.BLOCK, Message(code, baseline=name))
    assert way in found.remedy


def _transfers(*inbound: dict[str, Any]) -> dict[str, Any]:
    return {
        "organizations:ListInboundResponsibilityTransfers": {"ResponsibilityTransfers": list(inbound)},
        "organizations:ListOutboundResponsibilityTransfers": {"ResponsibilityTransfers": []},
    }


def test_a_billing_transfer_is_a_warning() -> None:
    """E18: of either side, unless it is over."""
    (fine,) = look("E18", _transfers(), seen=_SEEN)
    assert (fine.status, fine.account_id) == (Verdict.OK, "")
    over = _transfers({"Id": "rt-12345678", "Status": "WITHDRAWN"})
    active = _transfers({"Id": "rt-12345678", "Status": "ACCEPTED"})
    assert look("E18", over, seen=_SEEN)[0].status is Verdict.OK
    (found,) = look("E18", _transfers(), seen=_SEEN, destination=active)
    assert found.status is Verdict.WARN
    assert found.evidence == Message("billing-transfer", side="destination", kind="Inbound", state="ACCEPTED")
    denied = dict.fromkeys(_transfers(), DENIED)
    assert look("E18", denied, seen=_SEEN, everything=False)[0].status is Verdict.UNKNOWN


def _trusting(*services: str) -> dict[str, Any]:
    listed = [{"ServicePrincipal": service} for service in services]
    return {"organizations:ListAWSServiceAccessForOrganization": {"EnabledServicePrincipals": listed}}


def test_services_that_only_the_source_trusts_are_named() -> None:
    """D8: information; the destination may trust more."""
    (found,) = look("D8", _trusting("a.amazonaws.com", "b.amazonaws.com"), destination=_trusting("b.amazonaws.com"))
    assert found.status is Verdict.INFO
    assert found.evidence.facts["services"] == ("a.amazonaws.com",)
    (fine,) = look("D8", _trusting("b.amazonaws.com"), destination=_trusting("a.amazonaws.com", "b.amazonaws.com"))
    assert fine.status is Verdict.OK
    closed = {"organizations:ListAWSServiceAccessForOrganization": DENIED}
    assert look("D8", closed)[0].status is Verdict.UNKNOWN


def test_tags_that_the_plan_does_not_carry_are_lost() -> None:
    """D14: by key, addresses masked; one account that is closed to us does not hide the next."""

    def tags(asked: dict[str, Any]) -> Any:
        if asked["ResourceId"] == values.OTHER:
            return DENIED
        return {"Tags": [{"Key": "team", "Value": "shop"}, {"Key": "owner", "Value": "jane@example.com"}]}

    answers = {"organizations:ListTagsForResource": tags}
    first, second = look("D14", answers, values.planned(tags=(("team", "x"),)), values.planned(values.OTHER))
    assert (first.status, first.text) == (Verdict.WARN, "owner=j***@example.com")
    assert (second.status, second.account_id) == (Verdict.UNKNOWN, values.OTHER)
    assert "Grant organizations:ListTagsForResource" in second.remedy
    (carried,) = look("D14", answers, values.planned(tags=(("owner", "x"), ("team", "shop"))))
    assert carried.status is Verdict.OK


def _simulated(**decisions: str) -> dict[str, Any]:
    def answer(asked: dict[str, Any]) -> Any:
        results = [
            {
                "EvalActionName": action,
                "EvalResourceName": resource,
                "EvalDecision": decisions.get(action.partition(":")[2], "allowed"),
                "OrganizationsDecisionDetail": {"AllowedByOrganizations": decisions.get("above") != "denied"},
            }
            for action in asked["ActionNames"]
            for resource in asked["ResourceArns"]
        ]
        return {"EvaluationResults": results, "IsTruncated": False}

    return {"iam:SimulatePrincipalPolicy": answer}


@pytest.mark.parametrize(
    ("decisions", "status"),
    [
        ({}, Verdict.OK),
        ({"AcceptHandshake": "implicitDeny"}, Verdict.BLOCK),
        ({"LeaveOrganization": "explicitDeny"}, Verdict.WARN),
        ({"AcceptHandshake": "explicitDeny", "above": "denied"}, Verdict.OK),
    ],
)
def test_the_role_itself_must_be_allowed_to_accept(decisions: dict[str, str], status: Verdict) -> None:
    """E14.role: what SCPs deny is E14's to tell."""
    (found,) = look("E14.role", _simulated(**decisions))
    assert found.status is status


def test_a_simulation_that_is_denied_is_unknown() -> None:
    """E14.role: with what to grant."""
    (found,) = look("E14.role", {"iam:SimulatePrincipalPolicy": "AccessDenied"})
    assert found.status is Verdict.UNKNOWN
    assert "Grant iam:SimulatePrincipalPolicy" in found.remedy


@pytest.mark.parametrize(
    ("principal", "status"),
    [
        ({"AWS": "arn:aws:iam::222222222222:root"}, Verdict.OK),
        ({"AWS": ["111111111111", "222222222222"]}, Verdict.OK),
        ({"AWS": "arn:aws:iam::111111111111:root"}, Verdict.WARN),
        ({"Service": "ec2.amazonaws.com"}, Verdict.WARN),
    ],
)
def test_somebody_of_the_destination_must_get_in_afterwards(principal: Any, status: Verdict) -> None:
    """E16: a role that trusts its management account, or one of its principals."""
    trust = {"Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]}
    role = {
        "RoleName": "Entry",
        "Arn": "arn:aws:iam::300000000001:role/Entry",
        "AssumeRolePolicyDocument": json.dumps(trust),
    }
    answers = {"iam:GetAccountAuthorizationDetails": details(role)}
    (found,) = look("E16", answers)
    assert found.status is status
    assert look("E16", {"iam:GetAccountAuthorizationDetails": "AccessDenied"})[0].status is Verdict.UNKNOWN
