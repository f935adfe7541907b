"""Enroll: nothing without a landing zone; otherwise a person's."""

from __future__ import annotations

from dataclasses import replace

from orgtools.steps import ENROLL, Blocked, Done
from tests import values

_SEEN = values.snapshot(values.source(), values.destination(values.member()))


def test_without_a_landing_zone_there_is_nothing_to_enroll() -> None:
    """An empty list: somebody looked."""
    assert isinstance(ENROLL.decide(values.planned(), replace(_SEEN, landing_zones=())), Done)


def test_could_not_look_is_not_nothing() -> None:
    """None: nobody could look; what to grant is said."""
    decision = ENROLL.decide(values.planned(), _SEEN)
    assert isinstance(decision, Blocked)
    assert "controltower:ListLandingZones" in decision.next_step


def test_a_landing_zone_is_a_persons_work() -> None:
    """It is named, and this version says that it does not enroll."""
    arn = "arn:aws:controltower:eu-central-1:222222222222:landingzone/ABC"
    decision = ENROLL.decide(values.planned(), replace(_SEEN, landing_zones=(arn,)))
    assert isinstance(decision, Blocked)
    assert arn in decision.why
    assert "does not" in decision.next_step
