"""`orgtools run`, as an operator starts it again after something went wrong."""

from __future__ import annotations

import concurrent.futures
import shlex
from typing import TYPE_CHECKING, Any, NoReturn

import boto3
import pytest
from typer.testing import CliRunner

from orgtools import steps
from orgtools.assess.run import scheduler
from orgtools.aws.changing_call import call
from orgtools.cli import app, running
from orgtools.ledger import Kind
from orgtools.messages import Message, free
from orgtools.steps.core import perform
from tests.rehearsed import PLAIN, STANDALONE, SUSPENDED, confirmed, do

if TYPE_CHECKING:
    from tests.rehearsed import Run

ONE = PLAIN[:1]


class _KilledError(BaseException):
    """What ends the process in the middle of a call: no line of ours catches it."""


def test_the_command_line_settles_what_a_killed_process_left(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The call took effect and nobody noted it: the same command, which finds nothing to do, notes it."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT):
        confirmed(do(migration, step, ONE))

    def killed(*given: Any) -> NoReturn:
        call(*given)
        raise _KilledError

    with monkeypatch.context() as dying:
        dying.setattr(perform, "make", killed)
        with pytest.raises(_KilledError):
            do(migration, steps.PLACE, ONE)
    assert migration.ledger.unsettled("place").keys() == set(ONE)

    before = len(run.changing())
    ended = CliRunner().invoke(app, ["run", "place", "--folder", str(run.folder), "--account", *ONE])
    assert (ended.exit_code, len(run.changing())) == (0, before), ended.output
    assert str(Message("do-place", count=0)) in ended.output
    assert migration.ledger.unsettled("place") == {}
    (settled,) = migration.ledger.events(Kind.SETTLED, step="place")
    assert settled.data["took_effect"] is True
    assert migration.ledger.unconfirmed("place") == frozenset()


def test_status_puts_first_whoever_is_stand_alone_whoever_took_it_out(run: Run) -> None:
    """Removed by hand, with the source's own credentials: nobody else would tell."""
    run.assessed()
    client: Any = boto3.Session(profile_name="source").client("organizations")
    client.remove_account_from_organization(AccountId=STANDALONE)
    ended = CliRunner().invoke(app, ["status", "--folder", str(run.folder)])
    assert ended.exit_code == 1, ended.output
    assert ended.stdout.startswith(f"{STANDALONE}  {Message('alone-as-it-reports')}")


def test_a_wave_is_run_in_one_go_by_the_digest_of_what_was_shown(run: Run) -> None:
    """Each call of each step is shown; the same command again finds nothing to do, and is no mistake."""
    migration = run.assessed()
    given = ["run", "wave", "--folder", str(run.folder), "--account", *ONE]
    dry = CliRunner().invoke(app, given)
    digest = steps.preview(migration, steps.WAVE, ONE).digest
    assert (dry.exit_code, len(run.changing())) == (0, 0), dry.output
    assert "    accept: accept the invitation and join" in dry.output
    assert digest in dry.output
    for _ in range(2):
        ended = CliRunner().invoke(app, [*given, "--approve", digest])
        assert ended.exit_code == 0, ended.output
        assert [call.operation for call in run.changing()] == [
            "InviteAccountToOrganization",
            "AcceptHandshake",
            "MoveAccount",
        ]
    assert str(Message("done-wave", count=1)) in ended.output


def test_a_long_wave_tells_now_and_then_where_its_accounts_are(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each half minute, however much happens: how many are in place, at which step, and stopped."""
    migration = run.assessed()
    shown = steps.preview(migration, steps.WAVE, PLAIN)
    seconds = iter([0.0, 1.0, 40.0, 40.0, 41.0, 80.0, 80.0])
    standing = running._Standing(shown, lambda: next(seconds))
    standing(steps.Reached(PLAIN[0], "invite"))
    assert capsys.readouterr().out == ""
    standing(steps.Reached(PLAIN[1], "accept"))
    assert capsys.readouterr().out == "0 of 3 accounts in place (1 at invite; 1 at accept)\n"
    standing(steps.Outcome(PLAIN[0], steps.Status.CHANGED, free("no")))
    assert capsys.readouterr().out == ""
    standing(steps.Outcome(PLAIN[2], steps.Status.CONFIRMED, free("is there")))
    assert capsys.readouterr().out == "1 of 3 accounts in place (1 at accept; 1 stopped)\n"


def test_an_approved_command_ends_with_1_where_an_account_is_not_done(run: Run) -> None:
    """Whether AWS refused it, or its turn never came: who runs it unattended has to look."""
    migration = run.assessed()
    chosen = [ONE[0], SUSPENDED]
    shown = steps.preview(migration, steps.WAVE, chosen)
    steps.apply(migration, shown, None)
    given = ["run", "wave", "--folder", str(run.folder), *(f"--account={one}" for one in chosen)]
    assert CliRunner().invoke(app, given).exit_code == 0, "nothing was asked for"
    given += ["--approve", shown.digest]
    ended = CliRunner().invoke(app, given)
    assert ended.exit_code == 1, ended.output
    assert run.account(ONE[0])["unit"] == "Workloads/Prod"
    again = CliRunner().invoke(app, given)
    assert again.exit_code == 1, "the other is not done yet, and nothing is to do"


def test_an_interrupted_assessment_is_not_said_to_be_complete(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The accounts that are left are named, nothing is exported, and the same command goes on."""
    pressed = iter([False, False, True])

    def wait(*given: Any, **named: Any) -> Any:
        if next(pressed, False):
            raise KeyboardInterrupt
        return wait_for(*given, **named)

    wait_for = concurrent.futures.wait
    with monkeypatch.context() as pressing:
        pressing.setattr(scheduler, "wait", wait)
        ended = CliRunner().invoke(app, ["assess", "--folder", str(run.folder), "--wave", "1"])
    assert ended.exit_code == 130, ended.output
    (done,) = run.open().ledger.events(Kind.ASSESSED)
    assert done.data["left"]
    assert all(account_id in ended.output for account_id in {*PLAIN} - {*done.data["accounts"]})
    assert not list(run.folder.rglob("exports/*"))
    assert CliRunner().invoke(app, ["assess", "--folder", str(run.folder), "--wave", "1"]).exit_code == 1


def test_the_command_that_approves_is_whole(run: Run) -> None:
    """As it is printed, it does what was shown: in the same run folder, whatever its name, with the same accounts."""
    run.assessed()
    folder = run.folder.rename(run.folder.with_name("my run"))
    given = ["run", "invite", "--folder", str(folder), *(f"--account={one}" for one in PLAIN[:2])]
    shown = CliRunner().invoke(app, given)
    assert shown.exit_code == 0, shown.output
    approves = shlex.split(shown.output.partition(": orgtools ")[2].splitlines()[0])
    done = CliRunner().invoke(app, approves)
    assert done.exit_code == 0, done.output
    assert {sent["account"] for sent in run.rehearsal.world()["handshakes"].values()} >= set(PLAIN[:2])


def test_an_interrupted_wave_tells_how_it_is_resumed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the same digest; what had begun has ended."""
    migration = run.assessed()
    shown = steps.preview(migration, steps.WAVE, ONE)
    steps.apply(migration, shown, None)
    given = ["run", "wave", "--folder", str(run.folder), "--account", *ONE, "--approve", shown.digest]

    def pressed(_: object, notice: steps.Notice) -> None:
        if isinstance(notice, steps.Reached) and notice.step == "accept":
            raise KeyboardInterrupt

    with monkeypatch.context() as pressing:
        pressing.setattr(running._Standing, "__call__", pressed)
        ended = CliRunner().invoke(app, given)
    assert ended.exit_code == 130, ended.output
    resumes = ended.output.partition("run orgtools ")[2].splitlines()[0]
    assert resumes.split() == given
    again = CliRunner().invoke(app, resumes.split())
    assert again.exit_code == 0, again.output
    assert run.account(ONE[0])["unit"] == "Workloads/Prod"
