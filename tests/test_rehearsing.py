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

ALL = ["two-waves", "arriving", "landing-zones", "landing-zones-by-call"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((), ["two-waves"]),
        (("--scenario", "landing-zones"), ["landing-zones"]),
        (("--scenario", "all"), ALL),
    ],
)
def test_one_scenario_runs_unless_all_are_asked_for(
    arguments: tuple[str, ...], names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that tells the whole story comes first."""
    ran: list[str] = []

    def rehearse(_: Path | None, scenario: str, *__: object) -> list[str]:
        ran.append(scenario)
        return []

    monkeypatch.setattr(rehearsing, "_rehearse", rehearse)
    ended = CliRunner().invoke(app, ["rehearse", *arguments])
    assert (ended.exit_code, ran) == (0, names)
    assert "Next: " in ended.output


def test_a_scenario_that_does_not_end_as_it_should_fails_but_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 1."""
    ran: list[str] = []

    def rehearse(_: Path | None, scenario: str, *__: object) -> list[str]:
        ran.append(scenario)
        return ["account 300000000001: unit Labs, not Prod"] if scenario == ALL[0] else []

    monkeypatch.setattr(rehearsing, "_rehearse", rehearse)
    assert CliRunner().invoke(app, ["rehearse", "--scenario", "all"]).exit_code == 1
    assert ran == ALL


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
