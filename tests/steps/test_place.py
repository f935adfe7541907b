"""Place, and verify, which asks the same question without calling anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orgtools.findings import Finding, Status
from orgtools.plan import Plan
from orgtools.steps import PLACE, VERIFY, Blocked, Do, Done, Step, Wait, bystanders
from tests import values

_ARRIVED = values.snapshot(values.source(), values.destination(values.member()))


def test_an_account_is_moved_from_the_root_to_its_unit() -> None:
    """AWS is told where it is: if it is not there any more, AWS refuses."""
    decision = PLACE.decide(values.planned(), _ARRIVED)
    assert isinstance(decision, Do)
    (call,) = decision.calls
    assert (call.operation, call.by) == ("MoveAccount", "destination")
    assert call.parameters == {
        "AccountId": values.ACCOUNT,
        "SourceParentId": "r-dst1",
        "DestinationParentId": values.PROD,
    }
    assert call.words == "move from / to /Workloads/Prod"


def test_an_account_in_its_unit_is_done() -> None:
    """However the plan names the unit."""
    there = replace(_ARRIVED, destination=values.destination(values.member(parent_id=values.PROD)))
    assert isinstance(PLACE.decide(values.planned(), there), Done)
    assert isinstance(PLACE.decide(values.planned(ou=values.PROD), there), Done)


def test_missing_tags_are_added_before_the_move_and_none_is_taken_away() -> None:
    """Only those that the plan names and that are missing or differ."""
    row = values.planned(tags=(("cost", "1"), ("owner", "jane@example.com"), ("team", "shop")))
    held = {values.ACCOUNT: {"team": "shop", "cost": "2", "other": "stays"}}
    decision = PLACE.decide(row, replace(_ARRIVED, tags=held))
    assert isinstance(decision, Do)
    assert [call.operation for call in decision.calls] == ["TagResource", "MoveAccount"]
    assert decision.calls[0].parameters == {
        "ResourceId": values.ACCOUNT,
        "Tags": [{"Key": "cost", "Value": "1"}, {"Key": "owner", "Value": "jane@example.com"}],
    }
    assert "jane@" not in decision.calls[0].words


def test_tags_that_nobody_looked_at_count_as_missing() -> None:
    """Setting a tag again is harmless; taking it for there is not."""
    decision = PLACE.decide(values.planned(tags=(("team", "shop"),)), _ARRIVED)
    assert isinstance(decision, Do)
    assert decision.calls[0].operation == "TagResource"


def test_an_account_that_has_not_arrived_waits() -> None:
    """For 50_accept."""
    snapshot = values.snapshot(values.source(values.member()), values.destination())
    assert isinstance(PLACE.decide(values.planned(), snapshot), Wait)


@pytest.mark.parametrize("step", [PLACE, VERIFY], ids=lambda step: step.name)
def test_a_unit_that_is_gone_blocks(step: Step) -> None:
    """In words, not with a traceback."""
    decision = step.decide(values.planned(ou="/Gone"), _ARRIVED)
    assert isinstance(decision, Blocked)
    assert "no organizational unit /Gone" in decision.why


def test_verify_never_calls_anything() -> None:
    """What is missing is named, with the notebook that does it."""
    decision = VERIFY.decide(values.planned(tags=(("team", "shop"),)), _ARRIVED)
    assert isinstance(decision, Blocked)
    assert decision.why == "is in /; missing: tag team=shop and move from / to /Workloads/Prod"
    assert decision.next_step == "Open 60_place."


def test_verify_is_done_where_the_account_should_be() -> None:
    """As AWS shows it."""
    there = replace(_ARRIVED, destination=values.destination(values.member(parent_id=values.PROD)))
    assert isinstance(VERIFY.decide(values.planned(), there), Done)


def test_verify_says_why_an_account_has_not_arrived() -> None:
    """Not invited, invited, waiting, blocked: each with what comes next."""
    at_home = values.snapshot(values.source(values.member()), values.destination())
    to_invite = VERIFY.decide(values.planned(), at_home)
    assert isinstance(to_invite, Blocked)
    assert to_invite.next_step == "Open 30_invite."
    invited = replace(at_home, destination=values.destination(handshakes=(values.invitation(),)))
    to_accept = VERIFY.decide(values.planned(), invited)
    assert isinstance(to_accept, Blocked)
    assert to_accept.next_step == "Open 50_accept."
    young = values.snapshot(values.source(values.member(joined_at=values.NOW)), values.destination())
    assert isinstance(VERIFY.decide(values.planned(), young), Wait)
    lost = VERIFY.decide(values.planned(), values.snapshot(values.source(), values.destination()))
    assert isinstance(lost, Blocked)
    assert "is in neither organization" in lost.why


def test_who_moved_without_being_planned_is_named() -> None:
    """Left, joined or moved inside; the planned account itself is left out."""
    baseline = {
        values.ACCOUNT: ("source", "/Legacy"),
        "111111111111": ("source", "/"),
        "222222222222": ("destination", "/"),
        "300000000003": ("source", "/Legacy"),
        "300000000004": ("destination", "/Workloads"),
    }
    moved = values.member("300000000004", parent_id=values.TEST)
    joined = values.member("300000000005")
    now = values.snapshot(values.source(), values.destination(values.member(), moved, joined))
    found = bystanders(Plan((values.planned(),)), baseline, now)
    assert [(finding.account_id, finding.evidence) for finding in found] == [
        ("300000000003", "was in the source, /Legacy when the run began, is in neither organization now"),
        (
            "300000000004",
            "was in the destination, /Workloads when the run began, is in the destination, /Workloads/Test now",
        ),
        ("300000000005", "was in neither organization when the run began, is in the destination, / now"),
    ]
    assert {finding.status for finding in found} == {Status.WARN}
    assert isinstance(found[0], Finding)


def test_nobody_moved_is_no_finding() -> None:
    """Nothing to say is an empty list."""
    now = values.snapshot(values.source(), values.destination())
    baseline = {"111111111111": ("source", "/"), "222222222222": ("destination", "/")}
    # The source's root has the same path, whatever its id.
    now = replace(now, source=values.source(accounts={"111111111111": values.member("111111111111")}))
    assert bystanders(Plan(()), baseline, now) == []
