"""A whole assessment against the rehearsal: it changes nothing, and could not look is never fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import orgtools
from orgtools import Status, assess
from orgtools.ledger import Kind
from orgtools.rehearsal.faults import Fault
from tests import rehearsed
from tests.rehearsed import COURTED, DELEGATED, PLAIN, STANDALONE, SUSPENDED, YOUNG

if TYPE_CHECKING:
    from tests.rehearsed import Run


def _by_check(found: assess.Assessment, account_id: str) -> dict[str, Status]:
    return {finding.check: finding.status for finding in found.of(account_id)}


def test_an_assessment_changes_nothing_and_finds_what_is_there(run: Run) -> None:
    """Ten checks; each account with its worst."""
    migration = run.open()
    found = assess.assess(migration)
    assert run.changing() == []
    assert found.worst() == {
        **dict.fromkeys((*PLAIN, STANDALONE), Status.OK),
        DELEGATED: Status.BLOCK,
        YOUNG: Status.BLOCK,
        SUSPENDED: Status.BLOCK,
        COURTED: Status.WARN,
    }
    assert _by_check(found, DELEGATED)["E7"] is Status.BLOCK
    assert _by_check(found, YOUNG)["E2"] is Status.BLOCK
    assert _by_check(found, SUSPENDED)["E1"] is Status.BLOCK
    assert _by_check(found, COURTED)["E11"] is Status.WARN
    assert _by_check(found, "") == {"E8": Status.OK, "E9": Status.OK}
    assert {finding.check for finding in found.findings} == set(assess.CATALOGUE)


def test_a_suspended_account_is_not_called_fine_where_nobody_could_look(run: Run) -> None:
    """It cannot be entered: blocked for that, unknown for what only it can see."""
    found = assess.assess(run.open(), [SUSPENDED])
    checks = _by_check(found, SUSPENDED)
    assert (checks["E15"], checks["E11"]) == (Status.BLOCK, Status.UNKNOWN)


def test_findings_are_in_the_ledger_and_the_newest_count(run: Run) -> None:
    """For every notebook that comes later; an account that was not assessed again keeps its older findings."""
    migration = run.open()
    assess.assess(migration)
    run.rehearsal.intervene("trust", account=PLAIN[0], role="OrganizationAccountAccessRole", trusts=[])
    again = run.open()
    assess.assess(again, [PLAIN[0]])
    seen = run.open().assessment()
    assert orgtools.findings.worst(seen[PLAIN[0]]) is Status.BLOCK
    assert orgtools.findings.worst(seen[PLAIN[1]]) is Status.OK
    assert len(list(again.ledger.events(Kind.ASSESSED))) == 2


def test_an_account_outside_the_plan_is_not_entered(run: Run) -> None:
    """Not even to look."""
    migration = run.open()
    with pytest.raises(orgtools.InputError, match="not in the plan"):
        assess.assess(migration, [rehearsed.OUTSIDE])
    assert "AssumeRole" not in {call.operation for call in run.rehearsal.calls()}


def test_each_account_is_entered_once(run: Run) -> None:
    """The role's credentials serve every check."""
    assess.assess(run.open(), PLAIN)
    assert [call.account for call in run.rehearsal.calls() if call.operation == "AssumeRole"].count(PLAIN[0]) == 1


def test_what_aws_does_not_show_is_unknown_with_what_to_grant(run: Run) -> None:
    """Delegated administrators and the quota hidden: nothing of it is fine, and the rest is still found."""
    run.rehearsal.script(
        Fault("ListDelegatedAdministrators", "refuse", probability=1.0, code="AccessDeniedException"),
        Fault("ListServiceQuotas", "refuse", probability=1.0, code="AccessDeniedException"),
        Fault("ListHandshakesForAccount", "refuse", probability=1.0, code="AccessDeniedException"),
    )
    found = assess.assess(run.open(), PLAIN[:1])
    unknown = {finding.check: finding for finding in found.findings if finding.status is Status.UNKNOWN}
    assert set(unknown) == {"E7", "E8", "E11"}
    assert "organizations:ListDelegatedAdministrators" in unknown["E7"].remedy
    assert "servicequotas:ListServiceQuotas" in unknown["E8"].remedy
    assert "organizations:ListHandshakesForAccount" in unknown["E11"].remedy
    assert found.worst() == {PLAIN[0]: Status.UNKNOWN}


def test_an_arrived_account_is_not_entered(run: Run) -> None:
    """Nothing is left to accept."""
    run.rehearsal.intervene("join", account=PLAIN[0], organization=rehearsed.DESTINATION)
    found = assess.assess(run.open(), PLAIN[:1])
    assert _by_check(found, PLAIN[0])["E15"] is Status.OK
    assert "AssumeRole" not in {call.operation for call in run.rehearsal.calls()}
