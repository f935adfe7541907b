"""`orgtools rehearse`: which scenarios it runs, and what it prints in the end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from orgtools import runbook, steps
from orgtools.cli import app, rehearsing, table
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, free
from orgtools.migration import RUN_VARIABLE
from orgtools.plan import Plan
from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.scenario.loader import load
from orgtools.steps.core.preview import Preview
from tests import values
from tests.rehearsed import ACCOUNTS, DELEGATED, PLAIN, do

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.rehearsed import Run

COLUMNS = ("account", "name", "wave", "place", "result")
BLOCKED = str(Message("cli-ended-blocked", why=free("")))
"""What is before the reason."""
ALL = ["two-waves", "arriving", "landing-zones", "landing-zones-by-call", "only-destination"]


@pytest.mark.parametrize(("arguments", "ran"), [((), "two-waves"), (("--scenario", "landing-zones"), "landing-zones")])
def test_one_scenario_runs_unless_all_are_asked_for(
    arguments: tuple[str, ...], ran: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that tells the whole story."""
    begun: list[str] = []

    def rehearse(_: Path | None, scenario: str, *__: object) -> list[str]:
        begun.append(scenario)
        return []

    monkeypatch.setattr(rehearsing, "_rehearse", rehearse)
    ended = CliRunner().invoke(app, ["rehearse", *arguments])
    assert (ended.exit_code, begun) == (0, [ran])
    assert "Next: " in ended.output


@pytest.mark.parametrize(("scenario", "organizations"), [("two-waves", 3), ("only-destination", 2)])
def test_it_says_which_organizations_answer_and_whose_credentials_nobody_has(
    rehearsal: Rehearsal, scenario: str, organizations: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """True of each scenario; then the notebooks run."""
    rehearsal.reset(scenario)
    answer = Message("cli-rehearsal-answers", count=organizations, address=rehearsal.address)
    if scenario == "only-destination":
        theirs = load(scenario).organizations[0].id
        answer = Message("cli-rehearsal-answers-in-part", **answer.facts, organizations=[theirs])

    @contextmanager
    def started(*_: object, **__: object) -> Iterator[Rehearsal]:
        yield rehearsal

    def run(*_: object, **__: object) -> None:
        raise OrgtoolsError(free("That is enough."))

    monkeypatch.setattr(Rehearsal, "start", started)
    monkeypatch.setattr(runbook, "run", run)
    for name in (*rehearsal.environment(), RUN_VARIABLE):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # so that it is put back
    ended = CliRunner().invoke(app, ["rehearse", "--scenario", scenario, "--folder", str(tmp_path / "run")])
    assert ended.exit_code == 2
    assert ended.output.startswith(f"{answer}\n{Message('cli-run-folder', path=str(tmp_path / 'run'))}\n")
    assert "That is enough." in ended.output


@pytest.mark.parametrize(("failing", "code"), [("", 0), ("two-waves", 1)])
def test_all_run_side_by_side_and_print_one_after_the_other(
    failing: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each in a process of its own; the story comes first, and one that does not end as it should fails the whole."""
    (tmp_path / "orgtools.py").write_text(
        "import sys, time\n"
        "name = sys.argv[sys.argv.index('--scenario') + 1]\n"
        "time.sleep(0.3 * (name == 'two-waves'))\n"
        "print('begin', name)\n"
        "print('end', name)\n"
        f"sys.exit(name == {failing!r})\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(app, ["rehearse", "--scenario", "all"])
    *told, last = ended.output.splitlines()
    assert told == [f"{when} {name}" for name in ALL for when in ("begin", "end")]
    assert last.startswith("Next: ")
    assert ended.exit_code == code


def test_all_scenarios_do_not_share_a_port() -> None:
    """A sentence, before anything has begun."""
    ended = CliRunner().invoke(app, ["rehearse", "--scenario", "all", "--port", "4566"])
    assert ended.exit_code == 2
    assert ended.output == f"orgtools: {OrgtoolsError(Message('cli-port-of-one'))}\n"


def test_the_table_has_a_line_for_each_account_with_its_name_place_and_reason(run: Run) -> None:
    """Within 100 columns, however long the reason is."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        do(migration, step, (PLAIN[0],))
    verified, invited = (steps.preview(migration, step) for step in (steps.VERIFY, steps.INVITE))
    head, *lines = table.table(verified, invited)
    assert head.split() == [word for column in COLUMNS for word in str(Message(f"cli-head-{column}")).split()]
    assert len(lines) == len(ACCOUNTS.splitlines()) - 1
    assert max(map(len, (head, *lines))) <= table.WIDTH
    told = {line[:12]: line for line in lines}
    planned = str(Message("cli-ended-as-planned")).split()
    assert told[PLAIN[0]].split() == [PLAIN[0], "account-001", "1", "/Workloads/Prod", *planned]
    place = str(Message("cli-place-source", unit="/Legacy")).split()
    assert told[DELEGATED].split()[1:5] == ["account-005", "2", *place]
    assert BLOCKED in told[DELEGATED]
    assert table.total(verified, invited, 4).facts["whys"][0] == Message("cli-counted-done", count=1)


ARRIVED, ALONE, KEPT, YOUNG, REFUSED = (f"30000000000{number}" for number in range(1, 6))
STRANGER = Finding(ARRIVED, "E11", Verdict.WARN, free("h-thirdparty001 from o-stranger001"))
WHY = "it manages several services of its organization, and each of them would be without a manager then"
DO = "Take what it manages away from it first, before anything else is done about it or with it at all."


def _previews() -> tuple[Preview, Preview]:
    """Arrived and invited by a stranger; arrived by the stand-alone path; blocked; too young; declined by its owner."""
    plan = Plan(
        (
            *(values.planned(ARRIVED), values.planned(ALONE, path="standalone")),
            *(values.planned(KEPT), values.planned(YOUNG), values.planned(REFUSED)),
        )
    )
    there = [values.member(one, parent_id=values.PROD) for one in (ARRIVED, ALONE)]
    here = [values.member(KEPT, name="a-name-that-is-longer-than-its-column"), values.member(YOUNG)]
    seen = values.snapshot(values.source(*here), values.destination(*there), findings={ARRIVED: (STRANGER,)})
    done = (steps.Done(ARRIVED, free("is there")), steps.Done(ALONE, free("is there")))
    held = (steps.Blocked(KEPT, free(WHY, DO)), steps.Wait(YOUNG, free("it was created yesterday"), values.NOW))
    again = steps.Do(REFUSED, free("its invitation h-made00000up was declined"), ())
    decided: Any = (*done, *held, again)
    return Preview(steps.VERIFY, plan.accounts, decided, seen, plan), Preview(
        steps.INVITE, plan.accounts, decided, seen, plan
    )


def test_a_reason_is_cut_between_words_and_a_date_never() -> None:
    """In 100 columns; the name of an account, a single word, loses its end."""
    lines = list(table.table(*_previews()))
    assert max(map(len, lines)) <= table.WIDTH
    told = {line[:12]: line for line in lines}
    shown = re.search(rf"{re.escape(BLOCKED)} (.*) \.\.\.$", told[KEPT])
    assert shown is not None
    assert WHY.startswith(f"{shown[1]} ")
    assert len(shown[1]) < len(WHY)
    assert "a-name-that-is ..." in told[KEPT]
    assert told[YOUNG].endswith(str(Message("cli-ended-waiting-until", until=values.NOW)))
    assert str(Message("cli-ended-unmoved", why=free("its invitation"))) in told[REFUSED]


def test_who_declined_is_not_called_blocked() -> None:
    """Nothing stands in the way of another invitation."""
    verified, invited = _previews()
    counted = ("cli-counted-done", 2), ("cli-counted-do", 1), ("cli-counted-wait", 1), ("blocked", 1)
    whys = [Message(code, count=count) for code, count in counted]
    assert table.total(verified, invited, 1) == Message("cli-ended", count=5, whys=whys, total=1)


def test_what_to_do_and_what_was_special_stand_below_the_table() -> None:
    """Two lines at most for each account; of those that simply moved nothing."""
    notes = dict(" ".join(note.split()).split(maxsplit=1) for note in table.notes(*_previews()))
    assert DO[:40] in notes[KEPT]
    assert str(Message("cli-note-stand-alone"))[:20] in notes[ALONE]
    assert "h-thirdparty001 from o-stranger001" in notes[ARRIVED]
    assert "created yesterday" in notes[YOUNG]
    assert str(Message("cli-note-unmoved", why=free("its invitation h-made00000up was declined"))) in notes[REFUSED]
    lines = [line for note in table.notes(*_previews()) for line in note.splitlines()]
    assert max(map(len, lines)) <= table.WIDTH
    assert len(lines) <= 2 * len(notes)


def _line(step: steps.Step, *decisions: Any, done: int = 0) -> Message:
    events: Any = [SimpleNamespace(account_id=str(number), step=step.name, took_effect=True) for number in range(done)]
    shown: Any = SimpleNamespace(step=step, decisions=decisions, unseen=0)
    migration: Any = SimpleNamespace()
    return runbook._did(migration, runbook._Run(step.notebook, {}, shown), events)


def _summary(**counts: int) -> Message:
    return Message("summary", whys=[Message(code.replace("_", "-"), count=count) for code, count in counts.items()])


def test_a_notebooks_line_counts_what_the_ledger_says_and_not_what_was_meant() -> None:
    """What was to be done and did not take effect is still to do."""
    do, held = steps.Do(KEPT, free(""), ()), steps.Blocked(KEPT, free(""))
    invited = _line(steps.INVITE, do, do, do, held, done=2)
    assert invited == _summary(did_invite=2, runbook_left=1, blocked=1)
    accepted = _line(steps.ACCEPT, steps.Done(KEPT, free("")), steps.Wait(KEPT, free("")))
    assert accepted == _summary(done_accept=1, waiting=1)
    assert _line(steps.PREPARE, do, done=1) == _summary(did_prepare=1)
    assert _line(steps.LEAVE, do, done=1) == _summary(did_leave=1)


def test_the_review_says_how_many_somebody_else_has_invited() -> None:
    """As the assessment found it, by the account itself."""
    migration: Any = SimpleNamespace(plan=Plan(), assessment=lambda: {ARRIVED: (STRANGER,), KEPT: values.FINE})
    said = runbook._did(migration, runbook._Run("35_review_handshakes"), ())
    assert said == Message("runbook-ran-35_review_handshakes", count=1)


def test_every_step_has_words_for_what_became_of_an_account() -> None:
    """Also one that is added some day."""
    for step in (step for step in steps.EVERY if step.changes):
        assert str(_line(step, steps.Do(KEPT, free(""), ()), done=1)).startswith("1 ")


@pytest.mark.parametrize("command", ["rehearse", "lab", "rehearsal start"])
def test_a_folder_in_which_a_rehearsal_runs_is_left_to_it(command: str, rehearsal: Rehearsal) -> None:
    """With its address, and what to do; it goes on."""
    ended = CliRunner().invoke(app, [*command.split(), "--folder", str(rehearsal.folder)])
    assert ended.exit_code == 2
    there = Message("cli-rehearsal-runs-there", path=str(rehearsal.folder), address=rehearsal.address)
    assert " ".join(ended.output.split()) == f"orgtools: {OrgtoolsError(there)}"
    assert Rehearsal.attach(rehearsal.folder).address == rehearsal.address


def test_of_two_that_begin_at_once_in_a_folder_one_runs(local_servers: None, tmp_path: Path) -> None:
    """Whichever that is; the other says so in a sentence."""
    command = [sys.executable, "-m", "orgtools", "rehearsal", "start", "--folder", str(tmp_path / "run")]
    both = [
        subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    try:
        while not (ended := [one for one in both if one.poll() is not None]):
            time.sleep(0.05)
        (loser,) = ended
        (winner,) = (one for one in both if one is not loser)
        assert winner.stdout
        began = winner.stdout.readline()
        out, said = loser.communicate()
        assert (loser.returncode, out) == (2, "")
        running = Rehearsal.attach(tmp_path / "run")
        assert began == f"{Message('rehearsal-answers', name='two-waves', address=running.address)}\n"
        where: dict[str, str] = {"path": str(tmp_path / "run"), "address": running.address}
        refusals = (
            OrgtoolsError(Message("cli-rehearsal-runs-there", **where)),
            RehearsalError(Message("rehearsal-runs-already-at", **where)),
            RehearsalError(Message("rehearsal-runs-already", path=where["path"])),
        )
        assert said in {f"orgtools: {refusal}\n" for refusal in refusals}
    finally:
        for one in both:
            one.send_signal(signal.SIGINT)
            one.communicate()


@pytest.mark.parametrize("command", ["lab", "rehearsal start"])
def test_an_unknown_scenario_makes_no_folder(command: str, tmp_path: Path) -> None:
    """Whatever was to run in it; a notebook's way through is told below."""
    folder = tmp_path / "run"
    ended = CliRunner().invoke(app, [*command.split(), "--scenario", "two-wave", "--folder", str(folder)])
    assert ended.exit_code == 2
    near = Message("scenario-unknown-near", given="two-wave", keys=["two-waves"], choices=[*sorted(ALL), "wave:N"])
    assert ended.output == f"orgtools: {RehearsalError(near)}\n"
    assert not folder.exists()


@pytest.mark.parametrize(("given", "meant"), [("al", "all"), ("two-wave", "two-waves")])
def test_an_unknown_scenario_is_told_before_a_folder_is_made(given: str, meant: str, tmp_path: Path) -> None:
    """With all the names there are."""
    ended = CliRunner().invoke(app, ["rehearse", "--scenario", given, "--folder", str(tmp_path / "run")])
    assert ended.exit_code == 2
    choices = [*sorted(ALL), "all", "wave:N"]
    near = Message("scenario-unknown-near", given=given, keys=[meant], choices=choices)
    assert ended.output == f"orgtools: {RehearsalError(near)}\n"
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_stops_all_stops_each_and_is_told_so_once(
    programs: None, number: signal.Signals, code: int, tmp_path: Path
) -> None:
    """No child goes on, none says anything."""
    (tmp_path / "children").mkdir()
    (tmp_path / "fake").mkdir()
    (tmp_path / "fake" / "orgtools.py").write_text(
        "import os, pathlib, time\n"
        f"pathlib.Path({str(tmp_path / 'children')!r}, str(os.getpid())).touch()\n"
        "time.sleep(100)\n",
        encoding="utf-8",
    )
    script = (
        "import os; os.cpu_count = lambda: 2\n"
        "from orgtools.cli import app\n"
        f"os.environ['PYTHONPATH'] = {str(tmp_path / 'fake')!r}\n"
        "app(['rehearse', '--scenario', 'all'])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        while len(children := list((tmp_path / "children").iterdir())) < 2:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(number)
        said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (code, f"\n{Message('cli-rehearsal-stopped')}\n")
    for child in children:
        with pytest.raises(ProcessLookupError):
            os.kill(int(child.name), 0)


@pytest.mark.parametrize("command", [("rehearsal", "start"), ("rehearse",), ("lab",)])
def test_the_files_of_a_scenario_are_read_before_anything_begins(command: tuple[str, ...], tmp_path: Path) -> None:
    """What is wrong with them is told at once, and there is no run folder."""
    own, folder = tmp_path / "own", tmp_path / "new"
    own.mkdir()
    head = 'name = "x"\n[[organizations]]\nid = "o-sourceorg001"\nroot = "r-src1"\nmanagement = "111111111111"\n'
    (own / "scenario.toml").write_text(head, encoding="utf-8")
    (own / "migration.toml").write_text("[sauce]\n", encoding="utf-8")
    (own / "accounts.csv").write_bytes(b"account_id,ou\n1,/\n")
    refused = CliRunner().invoke(app, [*command, "--scenario", str(own), "--folder", str(folder)])
    assert refused.exit_code
    assert str(Message("setting-unknown-near", setting="sauce", keys=["source"])) in refused.output
    assert "accounts.csv: row 2" in refused.output
    assert not folder.exists()
