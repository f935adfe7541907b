"""The plan editor: where an account may go, units among them that are still to be created."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgtools import ui
from orgtools.ui import plan_editor
from tests import rehearsed
from tests.rehearsed import PLAIN

if TYPE_CHECKING:
    from tests.rehearsed import Run


@pytest.fixture(autouse=True)
def _shown_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is displayed."""
    monkeypatch.setattr(plan_editor, "display", lambda _: None)


def test_units_that_replicating_creates_are_offered_and_each_account_finds_its_own(run: Run) -> None:
    """Below the chosen unit, where the source has it; the file says it as whole paths."""
    tables = rehearsed.scenario()
    tables["organizations"][0]["units"] += ["Legacy/Online"]
    tables["organizations"][0]["accounts"][0]["unit"] = "Legacy/Online"
    run.rehearsal.reset(tables)
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[place]\nreplicate_below = "/Workloads"\n')
    editor = ui.PlanEditor(run.open())
    offered = dict(editor._ou.options)
    assert offered["/Workloads/Legacy/Online (60_place creates it)"] == "/Workloads/Legacy/Online"
    assert offered["/Workloads/Prod"] == "/Workloads/Prod"
    editor._table.selected_rows = [editor._ids.index(account_id) for account_id in PLAIN[:2]]
    editor._ou.value = offered["each its own unit of the source, below /Workloads"]
    editor.assign()
    assert "2 accounts go to their own units below /Workloads in wave 1." in editor._line.value
    plan = run.open().plan
    assert [plan.by_id[account_id].ou for account_id in PLAIN[:2]] == ["/Workloads/Legacy/Online", "/Workloads/Legacy"]


def test_without_the_setting_only_units_that_are_there_are_offered(run: Run) -> None:
    """As AWS shows them."""
    editor = ui.PlanEditor(run.open())
    there = ("/", "/Platform", "/Platform/Shared", "/Research", "/Research/Prod", "/Workloads")
    offered = [path for _, path in editor._ou.options]
    assert offered == [*there, "/Workloads/Prod", "/Workloads/Test"]
