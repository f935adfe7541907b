"""The whole way: every notebook in order against the rehearsal; and, where asked for, then once more."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import nbformat
import pytest

import orgtools
from orgtools import assess, runbook, steps
from orgtools.ledger import Kind
from orgtools.rehearsal import Rehearsal
from tests.assess.test_shipped import ELSEWHERE, NO_FIND, SAYS_WHERE
from tests.record.bundles import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgtools.rehearsal import LoggedCall

pytestmark = pytest.mark.timeout(900)  # a whole pass, some twenty kernels

STAY: Final = {
    "300000000008": "delegated administrator",
    "300000000015": "4 days",
    "300000000016": "SUSPENDED",
    "555555555555": "neither",
}
"""Planned accounts that are blocked, and the word that says why."""
STANDALONE: Final = "300000000014"
INVITED_BY_HAND: Final = "300000000018"
MOVED_BY_HAND: Final = "300000000022"
_SEVERAL: Final = (
    *("accounts", "waves", "findings", "obstacles", "warnings", "approvals", "events", "calls", "invitations"),
    *("members", "places", "units", "policies", "tags", "callers", "assignments", "parts", "files", "rows"),
)


class Rehearsed:
    """What is left when the runbook has been run on one run folder."""

    def __init__(self, folder: Path, rehearsal: Rehearsal) -> None:
        """Run every notebook in order."""
        self.folder = folder
        self.rehearsal = rehearsal
        self.before = rehearsal.world()
        self.said: list[str] = []
        runbook.run(folder, say=self.said.append)
        self.after = rehearsal.world()
        with (folder / "record" / "findings.csv").open(encoding="utf-8", newline="") as stream:
            self.recorded = {(row["check"], row["status"]) for row in csv.DictReader(stream)}
        self.first = self.changing()
        with orgtools.open(folder) as migration:
            self.plan = migration.plan
            self.verified = steps.preview(migration, steps.VERIFY)
            self.events = list(migration.ledger.events())

    def changing(self) -> list[LoggedCall]:
        """Every changing call so far, as the server counts them."""
        return [call for call in self.rehearsal.calls() if call.changing]

    def account(self, account_id: str) -> dict[str, Any]:
        """Where an account is at the end, as the server knows."""
        found: dict[str, Any] = self.after["accounts"][account_id]
        return found


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rehearsed]:
    """One rehearsal for all tests of this file."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patch, Rehearsal.start(folder, speed=20) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            patch.setenv(name, value)
        yield Rehearsed(folder, rehearsal)


def test_the_scenario_has_two_waves_of_at_least_sixteen_accounts_into_three_units(rehearsed: Rehearsed) -> None:
    """Two waves, sixteen accounts or more, three organizational units two levels deep, one stand-alone path."""
    assert rehearsed.plan.waves == (1, 2)
    assert len(rehearsed.plan.accounts) >= 16
    assert len({a.ou for a in rehearsed.plan.accounts if a.path == "direct" and a.ou.count("/") == 2}) >= 3
    assert [a.account_id for a in rehearsed.plan.accounts if a.path == "standalone"] == [STANDALONE]


def test_every_account_that_may_move_is_where_the_plan_wants_it(rehearsed: Rehearsed) -> None:
    """Read from the server, not from what the notebooks say: organization, unit and tags."""
    for planned in rehearsed.plan.accounts:
        if planned.account_id not in STAY:
            found = rehearsed.account(planned.account_id)
            assert found["organization"] == "o-exampledst1"
            assert f"/{found['unit']}" == planned.ou
            assert dict(planned.tags).items() <= found["tags"].items()


def test_blocked_accounts_are_left_alone_with_the_reason_and_the_remedy(rehearsed: Rehearsed) -> None:
    """Delegated administrator, two days old, suspended, management: nothing changed, and it is said what to do."""
    for account_id, word in STAY.items():
        assert rehearsed.account(account_id) == rehearsed.before["accounts"][account_id]
        decision = rehearsed.verified.by_account[account_id]
        assert word in str(decision.why)
        assert isinstance(decision, steps.Wait) or (isinstance(decision, steps.Blocked) and decision.next_step)
        assert account_id not in {call.account for call in rehearsed.first}


def test_invitations_that_are_not_ours_to_touch_are_untouched(rehearsed: Rehearsed) -> None:
    """A third organization's, the destination's own for an account outside the plan, and a billing transfer."""
    for handshake_id in ("h-thirdparty001", "h-outsideplan01", "h-billtransfer1"):
        assert rehearsed.after["handshakes"][handshake_id] == rehearsed.before["handshakes"][handshake_id]
        assert handshake_id not in {call.handshake for call in rehearsed.first}


def test_no_account_outside_the_plan_is_changed(rehearsed: Rehearsed) -> None:
    """Every other account of every organization is what it was."""
    for account_id, before in rehearsed.before["accounts"].items():
        if account_id not in rehearsed.plan.by_id:
            assert rehearsed.after["accounts"][account_id] == before


def test_each_account_is_invited_accepted_and_moved_once(rehearsed: Rehearsed) -> None:
    """One invitation, one acceptance and at most one move for each account; one removal, on the stand-alone path."""
    moves = [call for call in rehearsed.first if call.service == "organizations"]
    times = Counter((call.operation, call.account or call.caller_account) for call in moves)
    assert set(times.values()) == {1}
    told = {operation: {account for name, account in times if name == operation} for operation, _ in times}
    assert told["RemoveAccountFromOrganization"] == {STANDALONE}
    moved = rehearsed.plan.by_id.keys() - STAY.keys()
    assert told["InviteAccountToOrganization"] == moved - {INVITED_BY_HAND, MOVED_BY_HAND}
    assert told["AcceptHandshake"] == moved - {MOVED_BY_HAND}
    assert told["MoveAccount"] >= {MOVED_BY_HAND}


def test_an_invitation_that_somebody_sent_by_hand_is_the_one_that_is_accepted(rehearsed: Rehearsed) -> None:
    """It is the destination's own, and the account is planned: no second one is sent."""
    assert rehearsed.before["handshakes"]["h-byhandplan001"]["state"] == "OPEN"
    assert rehearsed.after["handshakes"]["h-byhandplan001"]["state"] == "ACCEPTED"


def test_each_check_has_found_something_that_the_record_shows(rehearsed: Rehearsed) -> None:
    """In an account at least once, and by looking: unknown is no find. Of the organizations it says how they are."""
    said = {(check, status) for check, status in rehearsed.recorded if status not in ("ok", "unknown")}
    of_accounts = {name for name, check in assess.CATALOGUE.items() if check.concerns == "account"}
    asked = assess.QUESTIONS.keys()
    assert of_accounts - asked - ELSEWHERE.keys() - SAYS_WHERE - NO_FIND <= {check for check, _ in said}
    made = {name for name, check in assess.CATALOGUE.items() if not check.answers}
    assert made <= {check for check, _ in rehearsed.recorded}


def test_every_account_that_moved_is_handed_over(rehearsed: Rehearsed) -> None:
    """First the destination was let in, in the end the source is out: two edits of one role, nothing else."""
    moved = rehearsed.plan.by_id.keys() - STAY.keys() - {MOVED_BY_HAND}
    edits = Counter((c.operation, c.caller_account) for c in rehearsed.first if c.service != "organizations")
    assert edits == {("UpdateAssumeRolePolicy", account_id): 2 for account_id in moved}
    for account_id in moved:
        (statement,) = rehearsed.account(account_id)["roles"]["OrganizationAccountAccessRole"]["Statement"]
        assert statement["Principal"] == {"AWS": "arn:aws:iam::222222222222:root"}
        kept = rehearsed.before["accounts"][account_id]["roles"]["OrganizationAccountAccessRole"]["Statement"]
        assert "222222222222" not in str(kept)


@pytest.mark.exhaustive
def test_running_again_makes_no_changing_call(rehearsed: Rehearsed) -> None:
    """The same notebooks on the same run folder: counted at the server."""
    assert rehearsed.first != []
    runbook.run(rehearsed.folder, say=rehearsed.said.append)
    assert rehearsed.changing() == rehearsed.first


def test_the_ledger_tells_every_call_between_intention_and_outcome(rehearsed: Rehearsed) -> None:
    """As many intentions as changing calls, each with its outcome and AWS's request id; nothing is unsettled."""
    intended = [event for event in rehearsed.events if event.kind is Kind.INTENDED]
    outcomes = [event for event in rehearsed.events if event.kind is Kind.OUTCOME]
    assert len(intended) == len(outcomes) == len(rehearsed.first)
    assert {event.data["request_id"] for event in outcomes} == {call.request_id for call in rehearsed.first}


def test_executed_notebooks_are_kept_one_for_each_run_and_none_has_an_error(rehearsed: Rehearsed) -> None:
    """Every notebook, the steps once for each wave; not 45_wave, and 83_restore only to get something back."""
    names = sorted(path.stem for path in (rehearsed.folder / runbook.EXECUTED).glob("*.ipynb"))
    assert "30_invite.wave-1" in names
    assert "30_invite.wave-2" in names
    assert {name[:2] for name in names} == {path.stem[:2] for path in runbook.NOTEBOOKS.glob("*.ipynb")} - {"45", "83"}
    for path in (rehearsed.folder / runbook.EXECUTED).glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            assert not [output for output in cell.get("outputs", []) if output.output_type == "error"]


@pytest.fixture(scope="module")
def of_one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """`orgtools rehearse`, as an operator starts it, with a single account: its folder, and what it printed."""
    folder = tmp_path_factory.mktemp("of-one") / "run"
    command = [sys.executable, "-m", "orgtools", "rehearse", "--folder", str(folder), "--scenario", "wave:1"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert ended.returncode == 0, ended.stderr
    return folder, ended.stdout


@pytest.mark.exhaustive
def test_rehearse_ends_well_with_a_table_of_outcomes_and_the_way_to_the_record(of_one: tuple[Path, str]) -> None:
    """The last thing that an operator sees of it."""
    folder, printed = of_one
    assert "1 as planned" in printed
    assert str(folder / "record" / "record.html") in printed
    assert (folder / "record" / "record.html").is_file()


@pytest.mark.exhaustive
def test_one_of_a_thing_is_not_told_as_several(of_one: tuple[Path, str]) -> None:
    """Neither in what is printed, nor in any notebook, nor in the record."""
    folder, printed = of_one
    pages = [*(folder / runbook.EXECUTED).glob("*.ipynb"), folder / "record" / "record.html"]
    said = "\n".join([printed, *map(text_of, pages)])
    assert "1 account " in said
    assert re.findall(rf"(?<![\w.,])1 (?:[a-z-]+ )?(?:{'|'.join(_SEVERAL)})\b", said) == []
