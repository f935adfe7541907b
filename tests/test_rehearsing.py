"""`orgtools rehearse`: which scenarios it runs, and what it prints in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from orgtools import steps
from orgtools.cli import app, rehearsing, table
from tests.rehearsed import ACCOUNTS, DELEGATED, PLAIN, do

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rehearsed import Run

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
    assert "--port names the port of one rehearsal." in ended.output


def test_the_table_has_a_line_for_each_account_with_its_name_place_and_reason(run: Run) -> None:
    """Within 100 columns, however long the reason is."""
    migration = run.assessed()
    for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
        do(migration, step, (PLAIN[0],))
    verified, invited = (steps.preview(migration, step) for step in (steps.VERIFY, steps.INVITE))
    head, *lines = table.table(verified, invited)
    assert head.split() == ["Account", "Name", "Wave", "Now", "in", "Result"]
    assert len(lines) == len(ACCOUNTS.splitlines()) - 1
    assert max(map(len, (head, *lines))) <= table.WIDTH
    told = {line[:12]: line for line in lines}
    assert told[PLAIN[0]].split() == [PLAIN[0], "account-001", "1", "/Workloads/Prod", "as", "planned"]
    assert " account-005  2     source /Legacy   blocked: " in told[DELEGATED]
    assert "8 accounts: 1 as planned" in table.total(verified, 4)
