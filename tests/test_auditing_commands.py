"""`orgtools audit` and `orgtools run cancel`, as a scheduler and an operator start them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from orgtools import audit, steps
from orgtools.cli import app
from orgtools.messages import Message
from tests import rehearsed
from tests.rehearsed import confirmed, do

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

_FIRST, _SECOND = rehearsed.PLAIN[:2]


def _orgtools(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


def _foreign_told() -> str:
    """How the invitation of somebody else is told."""
    sender = Message("sender", organization=rehearsed.THIRD)
    foreign = Message("invitation-stranger-pending", handshake=rehearsed.FOREIGN_INVITATION, sender=sender)
    return str(Message("cli-finding-of-account", state="warn", account=rehearsed.COURTED, why=foreign))


def _calm(rehearsal: Rehearsal) -> None:
    """A world in which nothing is remarkable: nobody else invites, and nobody is suspended."""
    scenario = rehearsed.scenario() | {"invitations": []}
    for account in scenario["organizations"][0]["accounts"]:
        account.pop("state", None)
    rehearsal.reset(scenario)


def test_nothing_remarkable_is_exit_code_0(run: Run, rehearsal: Rehearsal) -> None:
    """And a sentence."""
    _calm(rehearsal)
    ended = _orgtools("audit", "--folder", str(run.folder))
    assert ended.exit_code == 0, ended.output
    nothing = Message("review-summary", pending=0, count=0, findings=[Message("findings-none")])
    assert str(nothing) in ended.stdout


def test_something_remarkable_is_exit_code_1(run: Run) -> None:
    """The table, then each finding with its account and what to do."""
    ended = _orgtools("audit", "--folder", str(run.folder))
    assert ended.exit_code == 1, ended.output
    for handshake in (rehearsed.OUTSIDE_INVITATION, rehearsed.FOREIGN_INVITATION):
        assert handshake in ended.stdout
    assert _foreign_told() in ended.stdout
    assert run.changing() == []


def test_what_could_not_be_looked_at_is_exit_code_1(run: Run, rehearsal: Rehearsal) -> None:
    """Unknown is never fine; saying that members are not to be looked at is."""
    _calm(rehearsal)
    role = "OrganizationAccountAccessRole"
    rehearsal.intervene("trust", account=_FIRST, role=role, trusts=["555555555555"])
    assert _orgtools("audit", "--folder", str(run.folder)).exit_code == 1
    assert _orgtools("audit", "--folder", str(run.folder), "--no-members").exit_code == 0


def test_an_audit_that_cannot_run_is_exit_code_2(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No run folder; and a crash of orgtools itself, which Python alone would call 1."""
    ended = _orgtools("audit", "--folder", str(tmp_path))
    assert ended.exit_code == 2
    missing = Message("file-missing", path=str(tmp_path / "migration.toml"), then=Message("name-the-run-folder"))
    assert str(missing) in ended.stderr

    def crash(*_: object, **__: object) -> None:
        raise ValueError("a mistake of ours")

    monkeypatch.setattr(audit, "review", crash)
    ended = _orgtools("audit", "--folder", str(run.folder))
    assert ended.exit_code == 2
    assert "a mistake of ours" in ended.stderr


def test_a_cell_of_the_csv_is_never_a_formula(run: Run, rehearsal: Rehearsal) -> None:
    """Whoever may name an account must not be able to run something in the auditor's spreadsheet."""
    scenario = rehearsed.scenario()
    courted = next(a for a in scenario["organizations"][0]["accounts"] if a["id"] == rehearsed.COURTED)
    courted["name"] = "=HYPERLINK(evil)"
    rehearsal.reset(scenario)
    printed = _orgtools("audit", "--folder", str(run.folder), "--format", "csv").stdout
    rows = {row["account"]: row for row in csv.DictReader(io.StringIO(printed))}
    assert rows[rehearsed.COURTED]["name"] == "'=HYPERLINK(evil)"


def test_csv_and_json_hold_what_the_table_holds(run: Run) -> None:
    """Nothing but the format on standard output, the findings in JSON or on standard error.

    JSON has codes and facts, CSV a person's words for lengths of time.
    """
    ended = _orgtools("audit", "--folder", str(run.folder), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.stdout)))
    assert {row["handshake"] for row in rows} == {rehearsed.OUTSIDE_INVITATION, rehearsed.FOREIGN_INVITATION}
    assert _foreign_told() in ended.stderr
    assert ended.exit_code == 1

    ended = _orgtools("audit", "--folder", str(run.folder), "--format", "json")
    held = json.loads(ended.stdout)
    assert [row["handshake"] for row in held["handshakes"]] == [row["handshake"] for row in rows]
    for row, written in zip(held["handshakes"], rows, strict=True):
        assert row["seen by"] == written["seen by"].split(", ")
        assert (f"{row['age'] // 86_400:.0f}", row["run"]) == (written["age"].split()[0], [])
    assert {finding["check"] for finding in held["findings"]} == {"H1", "H5", "H10"}
    assert held["other_handshakes"] == []


def test_within_says_how_soon_is_soon(run: Run) -> None:
    """In days."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST,)))
    assert _expiring(run) == []
    assert _expiring(run, "--within", "16") == [_FIRST]


def _expiring(run: Run, *more: str) -> list[str]:
    """The accounts whose invitation expires soon."""
    printed = _orgtools("audit", "--folder", str(run.folder), "--format", "json", "--no-members", *more).stdout
    return [finding["account_id"] for finding in json.loads(printed)["findings"] if finding["check"] == "H3"]


def test_cancel_takes_named_accounts_only(run: Run, rehearsal: Rehearsal) -> None:
    """None named is a mistake, not everybody; the digest of the preview lets exactly that happen."""
    migration = run.assessed()
    confirmed(do(migration, steps.INVITE, (_FIRST, _SECOND)))
    refused = _orgtools("run", "cancel", "--folder", str(run.folder))
    assert refused.exit_code == 2
    assert "--account" in refused.stderr
    assert _orgtools("run", "cancel", "--folder", str(run.folder), "--wave", "1").exit_code == 2

    dry = _orgtools("run", "cancel", "--folder", str(run.folder), "--account", _FIRST)
    assert dry.exit_code == 0
    assert list(run.handshakes(_FIRST).values()) == ["OPEN"]
    again = dry.stdout.rpartition("orgtools ")[2].split()
    done = _orgtools(*again, "--folder", str(run.folder))
    assert done.exit_code == 0, done.output
    assert list(run.handshakes(_FIRST).values()) == ["CANCELED"]
    assert list(run.handshakes(_SECOND).values()) == ["OPEN"]


def test_cancel_refuses_an_account_outside_the_plan(run: Run) -> None:
    """Its invitation is the destination's, and still none of this run's business."""
    ended = _orgtools("run", "cancel", "--folder", str(run.folder), "--account", rehearsed.OUTSIDE)
    assert ended.exit_code == 2
    assert run.changing() == []


def test_rollback_takes_a_named_account_one_step_back(run: Run) -> None:
    """Without the digest nothing is changed; with it exactly what was shown is done; nobody else is touched."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT):
        confirmed(do(migration, step, (_FIRST, _SECOND)))
    before = len(run.changing())
    dry = _orgtools("rollback", "--folder", str(run.folder), "--account", _FIRST)
    assert dry.exit_code == 0
    assert str(Message("do-invite-back", count=1)) in dry.stdout
    assert _SECOND not in dry.stdout
    assert len(run.changing()) == before
    again = dry.stdout.rpartition("orgtools ")[2].split()
    done = _orgtools(*again, "--folder", str(run.folder))
    assert done.exit_code == 0, done.output
    assert [call.account for call in run.changing()[before:]] == [_FIRST]
    assert list(run.handshakes(_FIRST, rehearsed.SOURCE).values()) == ["OPEN"]
    assert run.handshakes(_SECOND, rehearsed.SOURCE) == {}


def test_after_the_source_was_let_out_members_are_entered_by_the_destination(run: Run, rehearsal: Rehearsal) -> None:
    """The hand-over's end is nothing remarkable: this run itself took away the way in that the source had."""
    _calm(rehearsal)
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[handover]\nprepare = true\nrevoke = true\n")
    run.accounts(f"account_id,ou\n{_FIRST},Workloads/Prod\n{_SECOND},Workloads/Prod\n")
    migration = run.assessed()
    for step in (steps.INVITE, steps.PREPARE, steps.ACCEPT, steps.PLACE, steps.REVOKE):
        confirmed(do(migration, step, (_FIRST,)))
    assert migration.member(_FIRST, "source").can_enter() is False
    received = audit.review(migration).findings
    assert not [finding for finding in received if finding.check == "H10"], received
    ended = _orgtools("audit", "--folder", str(run.folder))
    assert ended.exit_code == 0, ended.output
