"""Trails and AWS Config: D9, D10."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from orgtools.findings import Verdict
from orgtools.messages import Message
from tests import values
from tests.assess import answering
from tests.assess.answering import BRIEF, DENIED, look


def _trails(*of_the_organization: bool) -> dict[str, Any]:
    trails = [
        {
            "Name": f"trail-{number}",
            "TrailARN": f"arn:aws:cloudtrail:us-east-1:1:trail/{number}",
            "IsOrganizationTrail": of,
        }
        for number, of in enumerate(of_the_organization)
    ]
    return {"cloudtrail:DescribeTrails": {"trailList": trails}}


@pytest.mark.parametrize(
    ("trails", "status", "evidence"),
    [
        ((True,), Verdict.WARN, Message("trail-stops", name="trail-0", count=0)),
        ((True, False), Verdict.WARN, Message("trail-stops", name="trail-0", count=1)),
        ((False,), Verdict.OK, Message("trails-continue", count=1)),
        ((), Verdict.OK, Message("trails-none")),
    ],
)
def test_an_organization_trail_stops_recording(trails: tuple[bool, ...], status: Verdict, evidence: Message) -> None:
    """D9: and what records the account afterwards."""
    (found,) = look("D9", _trails(*trails))
    assert (found.status, found.evidence) == (status, evidence)


def test_trails_that_cannot_be_listed_are_unknown() -> None:
    """D9: never fine."""
    (found,) = look("D9", {"cloudtrail:DescribeTrails": DENIED})
    assert (found.status, "Grant cloudtrail:DescribeTrails" in found.remedy) == (Verdict.UNKNOWN, True)


def _config(*, recorders: tuple[str, ...] = (), rules: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "config:DescribeConfigurationRecorders": {"ConfigurationRecorders": [{"name": name} for name in recorders]},
        "config:DescribeDeliveryChannels": {"DeliveryChannels": []},
        "config:DescribeConfigRules": {
            "ConfigRules": [
                {"ConfigRuleName": name, "Source": {"Owner": "AWS", "SourceIdentifier": "X"}} for name in rules
            ]
        },
        "config:DescribeConformancePacks": {"ConformancePackDetails": []},
        "config:DescribeAggregationAuthorizations": {"AggregationAuthorizations": []},
    }


@pytest.mark.parametrize(("tower", "status"), [(True, "block"), (False, "info"), (None, "unknown")])
def test_a_recorder_blocks_where_control_tower_waits(
    tower: bool | None,
    status: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """D10: Control Tower refuses it; without Control Tower it goes on; unseen is unknown."""
    monkeypatch.setattr(answering, "BRIEF", replace(BRIEF, landing_zone=tower))
    (found,) = look("D10", _config(recorders=("default",)))
    assert str(found.status) == status
    held = Message("config-resources", recorders=1, channels=0, authorizations=0)
    assert found.evidence.facts["why"] == held
    assert found.text == "default"


def test_an_aggregation_authorization_is_in_the_way_of_control_tower_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """D10: what its page counts among existing Config resources; the remedy offers only what 70_enroll does."""
    authorized = {"AggregationAuthorizations": [{"AuthorizedAccountId": "400000000001"}]}
    answers = _config() | {"config:DescribeAggregationAuthorizations": authorized}
    monkeypatch.setattr(answering, "BRIEF", replace(BRIEF, landing_zone=True))
    found = look("D10", answers)[0]
    assert (found.status, found.text) == (Verdict.BLOCK, "400000000001")
    assert "config_allowed" in found.remedy
    monkeypatch.setattr(answering, "BRIEF", replace(BRIEF, landing_zone=True, config_allowed=(values.ACCOUNT,)))
    assert look("D10", answers)[0].status is Verdict.INFO


def test_rules_of_the_organization_go_and_authorizations_stay() -> None:
    """D10: what belongs to the account itself is not counted."""
    authorized = {"AggregationAuthorizations": [{"AuthorizedAccountId": "400000000001"}]}
    answers = _config(rules=("OrgConfigRule-encrypted-1", "own"))
    answers |= {"config:DescribeAggregationAuthorizations": authorized}
    fine, rules, aggregates = look("D10", answers)
    assert (fine.status, rules.status, aggregates.status) == (Verdict.OK, Verdict.WARN, Verdict.INFO)
    assert (rules.text, rules.evidence.facts) == ("OrgConfigRule-encrypted-1", {"rules": 1, "packs": 0})
    assert aggregates.evidence == Message("config-aggregated", account="400000000001")


@pytest.mark.parametrize(
    ("creator", "statuses"),
    [
        ("config-multiaccountsetup.amazonaws.com", [Verdict.OK, Verdict.WARN]),
        ("config-conforms.amazonaws.com", [Verdict.OK]),
    ],
)
def test_a_rule_is_the_organizations_by_who_created_it(creator: str, statuses: list[Verdict]) -> None:
    """D10: a conformance pack of the account's own makes rules too, and they do not go."""
    answers = _config(rules=("encrypted",))
    answers["config:DescribeConfigRules"]["ConfigRules"][0]["CreatedBy"] = creator
    assert [finding.status for finding in look("D10", answers)] == statuses


def test_config_that_cannot_be_looked_at_is_unknown() -> None:
    """D10: never fine."""
    (found,) = look("D10", {"config:DescribeConfigurationRecorders": DENIED}, everything=False)
    assert (found.status, "Grant config:DescribeConfigurationRecorders" in found.remedy) == (Verdict.UNKNOWN, True)
