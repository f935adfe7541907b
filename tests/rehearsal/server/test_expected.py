"""How shipped scenarios must end, held against how a world is."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from orgtools.messages import Message
from orgtools.rehearsal.scenario.loader import SHIPPED, load
from orgtools.rehearsal.server import expected

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal


@pytest.mark.parametrize("name", expected.shipped())
def test_every_shipped_scenario_says_how_each_planned_account_ends(name: str) -> None:
    """And names only accounts that it has."""
    with (SHIPPED / name / "expected.csv").open(newline="") as stream:
        said = {row["account_id"] for row in csv.DictReader(stream)}
    with (SHIPPED / name / "accounts.csv").open(newline="") as stream:
        planned = {row["account_id"] for row in csv.DictReader(stream)}
    known = {account.id for account in load(name).members()}
    assert planned <= said <= known


def test_a_scenario_that_has_not_ended_yet_is_told_from_one_that_has(rehearsal: Rehearsal) -> None:
    """Each difference is named: organization, OU, enrolment, and what is shared with the account."""
    rehearsal.reset("landing-zones")
    found = rehearsal.unexpected("landing-zones")
    assert len(found) == 2
    assert found[1].facts["account"] == "310000000002"
    wrong = {one.code: (one.facts["before"], one.facts["after"]) for one in found[1].facts["findings"]}
    assert wrong["expected-organization"] == ("o-exampletwr2", "o-exampletwr1")
    assert wrong["expected-enrolled"] == ("yes", "no")
    assert [(one.facts["organization"], one.facts["accounts"]) for one in rehearsal.governed()] == [
        ("o-exampletwr1", ("310000000001", "310000000003")),
        ("o-exampletwr2", ("410000000001",)),
    ]
    assert rehearsal.unexpected("wave:2") == []
    rehearsal.reset("arriving")
    shares = Message("expected-shares", before="network resolver-rules", after="network")
    assert shares in rehearsal.unexpected("arriving")[0].facts["findings"]
