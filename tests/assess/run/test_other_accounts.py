"""D7.others: what the source's accounts that stay say of the organization, where somebody asks for the look."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from orgtools import assess
from orgtools.assess import CATALOGUE
from orgtools.assess.run.other_accounts import naming_checks, told_elsewhere
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free
from tests import rehearsed, values
from tests.rehearsed import OUTSIDE, PLAIN, inside
from tests.said import says

if TYPE_CHECKING:
    from tests.rehearsed import Run

ASKED: Final = rehearsed.PROFILES + rehearsed.FAST + "[assess]\nothers = true\n"


@pytest.fixture
def queues(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at queues only; that every other kind of policy would be looked at, too, is a test of its own."""
    monkeypatch.setattr("orgtools.assess.run.task_factory.naming_checks", lambda: (CATALOGUE["D7.sqs"],))


def _queue(account_id: str, organization: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "sqs:SendMessage",
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": organization}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    inside(account_id, "sqs").create_queue(QueueName="orders", Attributes={"Policy": policy})


def _others(found: assess.Assessment) -> list[Finding]:
    return [finding for finding in found.of("") if finding.check == "D7.others"]


def test_accounts_that_stay_are_not_entered_unless_asked_for(run: Run) -> None:
    """They are not in the plan; what was not looked at is said, with how to ask for it."""
    before = len(run.rehearsal.calls())
    (found,) = _others(assess.assess(run.open(), checks=["D7.others"]))
    assert (found.status, found.evidence) == (Verdict.INFO, Message("others-unseen", count=2))
    assert "others = true" in found.remedy
    assert OUTSIDE not in {call.caller_account for call in run.rehearsal.calls()[before:]}


@pytest.mark.usefixtures("queues")
def test_a_policy_of_an_account_that_stays_is_found(run: Run) -> None:
    """The organizations' finding: the account, the resource, and what to paste there. Nothing is changed."""
    _queue(OUTSIDE, rehearsed.SOURCE)
    _queue(PLAIN[0], rehearsed.SOURCE)
    run.settings(ASKED)
    before = len(run.changing())
    (found,) = _others(assess.assess(run.open(), checks=["D7.others"]))
    assert (found.account_id, found.status) == ("", Verdict.BLOCK)
    assert (found.evidence.code, found.evidence.facts["account"]) == ("in-account", OUTSIDE)
    assert found.resource.endswith(f"{OUTSIDE}/orders")
    assert rehearsed.DESTINATION in found.text
    assert "names both organizations" in found.remedy
    assert len(run.changing()) == before


@pytest.mark.usefixtures("queues")
def test_accounts_that_stay_and_name_nobody_are_fine(run: Run) -> None:
    """The management account among them; planned accounts that are not assessed this time stay, too."""
    _queue(OUTSIDE, rehearsed.THIRD)
    run.settings(ASKED)
    (found,) = _others(assess.assess(run.open(), PLAIN, checks=["D7.others"]))
    assert (found.status, found.remedy) == (Verdict.OK, "")
    assert found.evidence == Message("others-clean", count=6)


@pytest.mark.usefixtures("queues")
def test_an_account_that_stays_and_cannot_be_entered_is_unknown(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """With the role that is missing; the others are still looked into."""
    tables = rehearsed.scenario()
    (outside,) = [held for held in tables["organizations"][0]["accounts"] if held["id"] == OUTSIDE]
    outside["roles"] = []
    rehearsed.rehearse(monkeypatch, tables)
    run.settings(ASKED)
    (found,) = _others(assess.assess(run.open(), checks=["D7.others"]))
    assert found.status is Verdict.UNKNOWN
    assert found.evidence.facts["account"] == OUTSIDE
    assert says(found.evidence, "other-account-closed")
    assert "[access]" in found.remedy


def test_every_kind_of_policy_is_looked_at_and_one_obstacle_is_told_once() -> None:
    """An account that cannot be entered is one finding, not one for each service."""
    names = [check.id for check in naming_checks()]
    assert names == [name for name in CATALOGUE if name.startswith("D7.") and name != "D7.others"]
    closed = [Finding(OUTSIDE, name, Verdict.UNKNOWN, free("it is closed", "Grant it.")) for name in names]
    fine = Finding(OUTSIDE, names[0], Verdict.OK, free("3 policies were read"))
    (found,) = told_elsewhere(values.OTHER, [fine, *closed])
    assert (found.account_id, found.check, found.remedy) == ("", "D7.others", "Grant it.")
    assert (found.evidence.code, found.evidence.facts["checks"]) == ("in-account-for", tuple(names))
    assert found.evidence.facts["why"] == closed[0].evidence


@pytest.mark.usefixtures("queues")
def test_interrupted_the_accounts_that_stay_are_unknown(run: Run) -> None:
    """What nobody looked at to the end is not called fine."""

    def interrupt(progress: assess.AssessmentProgress) -> None:
        raise KeyboardInterrupt

    run.settings(ASKED)
    found = _others(assess.assess(run.open(), checks=["D7.others"], watch=interrupt))
    assert {finding.status for finding in found} == {Verdict.UNKNOWN}
    assert all(says(finding.evidence, "assessment-interrupted") for finding in found)
