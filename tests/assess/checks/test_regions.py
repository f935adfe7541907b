"""E19: regional checks look into every region that is enabled, and say which ones were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools import assess
from orgtools.findings import Verdict
from orgtools.messages import Message
from orgtools.rehearsal.limits.faults import Fault
from tests import rehearsed
from tests.assess.answering import look
from tests.rehearsed import OUTSIDE, PLAIN

if TYPE_CHECKING:
    from tests.rehearsed import Run

ENABLED: Final = ["us-east-1", "eu-central-1"]


def _listed(*names: str) -> dict[str, Any]:
    return {"account:ListRegions": {"Regions": [{"RegionName": n, "RegionOptStatus": "ENABLED"} for n in names]}}


@pytest.mark.parametrize("check", ["E19", "E19.management"])
def test_regions_that_are_enabled_and_left_out_are_unknown_by_name(check: str) -> None:
    """Narrowed by migration.toml; without that all of them are looked into."""
    (found,) = look(check, _listed("us-east-1", "eu-west-1", "ap-south-1"), regions=("us-east-1",))
    assert (found.status, found.text) == (Verdict.UNKNOWN, "ap-south-1\neu-west-1")
    assert found.evidence.facts["regions"] == ("ap-south-1", "eu-west-1")
    (fine,) = look(check, _listed("us-east-1", "eu-west-1"))
    assert (fine.status, fine.text) == (Verdict.OK, "eu-west-1\nus-east-1")
    assert fine.evidence == Message("regions-assessed", regions=["eu-west-1", "us-east-1"])


@pytest.fixture
def wide(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two regions are enabled in an account, in one that stays, and in the source's management account."""
    tables = rehearsed.scenario()
    for held in tables["organizations"][0]["accounts"]:
        if held["id"] in (PLAIN[0], OUTSIDE):
            held["regions"] = ENABLED
    management = {"id": rehearsed.SOURCE_MANAGEMENT, "name": "source", "email": "source@example.com"}
    tables["organizations"][0]["accounts"].append(management | {"regions": ENABLED})
    rehearsed.rehearse(monkeypatch, tables)
    return run


def test_every_enabled_region_is_looked_into(wide: Run) -> None:
    """Of each account its own; with the management accounts' credentials theirs; also in the accounts that stay."""
    wide.settings(rehearsed.PROFILES + rehearsed.FAST + "[assess]\nothers = true\n")
    found = assess.assess(wide.open(), PLAIN[:2], checks=["D7.sqs", "E17", "D7.others"])
    regions = {who: [f.region for f in found.of(who) if f.check == "D7.sqs"] for who in PLAIN[:2]}
    assert regions == {PLAIN[0]: sorted(ENABLED), PLAIN[1]: ["us-east-1"]}
    assert [f.region for f in found.of(PLAIN[1]) if f.check == "E17"] == sorted(ENABLED)
    asked = [call.caller_account for call in wide.rehearsal.calls() if call.operation == "ListQueues"]
    assert (asked.count(OUTSIDE), asked.count(PLAIN[1])) == (len(ENABLED), 1)


def test_where_the_regions_cannot_be_listed_that_is_unknown_and_the_rest_is_found(run: Run) -> None:
    """The region of the credentials is looked into, and E19 says what to grant."""
    run.rehearsal.script(Fault("ListRegions", "refuse", probability=1.0, code="AccessDeniedException"))
    told = assess.assess(run.open(), PLAIN[:1], checks=["D7.sqs"]).of(PLAIN[0])
    found = {finding.check: finding for finding in told}
    assert found["D7.sqs"].status is Verdict.OK
    assert found["E19"].status is Verdict.UNKNOWN
    assert "account:ListRegions" in found["E19"].remedy
