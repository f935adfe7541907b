"""StackSets that lose the account, and those that get it: D1, D2."""

from __future__ import annotations

from typing import Any, Final

import pytest

from orgtools.findings import Verdict
from tests import values
from tests.assess.answering import DENIED, look

SEEN: Final = values.snapshot(values.source(values.member(), values.member(values.OTHER)), values.destination())
STACK: Final = f"arn:aws:cloudformation:eu-west-1:{values.ACCOUNT}:stack/StackSet-baseline/1"


def _stackset(*, enabled: bool = True, retain: bool = False, model: str = "SERVICE_MANAGED") -> dict[str, Any]:
    deployment = {"Enabled": enabled, "RetainStacksOnAccountRemoval": retain}
    return {
        "StackSetName": "baseline",
        "StackSetId": "baseline:1",
        "PermissionModel": model,
        "AutoDeployment": deployment,
    }


def _source(stackset: dict[str, Any], *accounts: str) -> dict[str, Any]:
    stacks = [{"Account": account_id, "Region": "eu-west-1", "StackId": STACK} for account_id in accounts]
    return {
        "cloudformation:ListStackSets": {"Summaries": [stackset]},
        "cloudformation:ListStackInstances": {"Summaries": stacks},
    }


@pytest.mark.parametrize(
    ("stackset", "status", "code"),
    [
        (_stackset(), Verdict.BLOCK, "stackset-deletes"),
        (_stackset(retain=True), Verdict.INFO, "stackset-retains"),
        (_stackset(enabled=False), Verdict.INFO, "stackset-does-not-deploy"),
        (_stackset(model="SELF_MANAGED"), Verdict.INFO, "stackset-continues"),
    ],
)
def test_a_stackset_that_deletes_its_stacks_holds_the_account(
    stackset: dict[str, Any], status: Verdict, code: str
) -> None:
    """D1: only the accounts that have stacks of it, each stack named."""
    answers = _source(stackset, values.ACCOUNT, "999999999999")
    found, fine = look("D1", answers, values.planned(), values.planned(values.OTHER), seen=SEEN)
    assert (found.status, found.account_id, found.text) == (status, values.ACCOUNT, f"eu-west-1: {STACK}")
    assert (found.evidence.code, found.evidence.facts["count"]) == (code, 1)
    assert (fine.status, fine.account_id) == (Verdict.OK, values.OTHER)


def test_stacksets_that_cannot_be_listed_are_unknown() -> None:
    """D1, D2: with what to grant."""
    closed = {"cloudformation:ListStackSets": DENIED}
    for check in ("D1", "D2"):
        (found,) = look(check, closed, seen=SEEN, everything=False)
        assert found.status is Verdict.UNKNOWN
        assert "Grant cloudformation:ListStackSets" in found.remedy


def _destination(stackset: dict[str, Any], unit_id: str) -> dict[str, Any]:
    targets = [{"OrganizationalUnitId": unit_id, "Regions": ["us-east-1"]}]
    return {
        "cloudformation:ListStackSets": {"Summaries": [stackset]},
        "cloudformation:ListStackSetAutoDeploymentTargets": {"Summaries": targets},
    }


@pytest.mark.parametrize("unit", ["/Workloads/Prod", "/Workloads", "/"])
def test_stacks_that_come_with_the_planned_unit_are_told(unit: str) -> None:
    """D2: from the unit itself or any above it."""
    (found,) = look("D2", _destination(_stackset(), values.unit(unit).id), seen=SEEN)
    assert (found.status, found.resource) == (Verdict.WARN, "baseline:1")
    assert (found.evidence.facts["unit"], found.evidence.facts["regions"]) == (unit, ("us-east-1",))


def test_an_account_whose_unit_does_not_exist_leaves_the_others_theirs() -> None:
    """D2: unknown of that one, with what to correct."""
    lost = values.planned(values.OTHER, ou="/Nowhere")
    answers = _destination(_stackset(), values.unit("/Workloads").id)
    found, unknown = look("D2", answers, values.planned(), lost, seen=SEEN)
    assert found.status is Verdict.WARN
    assert (unknown.status, unknown.account_id) == (Verdict.UNKNOWN, values.OTHER)
    assert "/Nowhere" in str(unknown.evidence)


def test_stacksets_of_other_units_or_without_automatic_deployment_stay_away() -> None:
    """D2: nothing to expect."""
    (elsewhere,) = look("D2", _destination(_stackset(), values.unit("/Platform").id), seen=SEEN)
    manual = _destination(_stackset(enabled=False), values.PROD)
    (by_hand,) = look("D2", manual, seen=SEEN, everything=False)
    assert (elsewhere.status, by_hand.status) == (Verdict.OK, Verdict.OK)
