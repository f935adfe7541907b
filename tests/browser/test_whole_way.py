"""The whole way in a real JupyterLab: from the first notebook to the record, by an operator's hands."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgtools.record import verify
from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = pytest.mark.timeout(600)

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
ADDED = "300000000021"
"""An account that the shipped plan does not name: the operator puts it there."""
INVITED_BY_HAND, MOVED_BY_HAND = 1, 1
"""Planned accounts that somebody has begun to move: they go on with the others."""
GATES = ("30_invite.ipynb", "38_prepare_access.ipynb", "45_wave.ipynb", "60_place.ipynb")
"""The steps that have something to do before anybody approved anything, two of them for those that were begun."""


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    """The shipped scenario, its clock running fast so that no test waits for a rate."""
    with Rehearsal.start(tmp_path / "run", speed=20) as running:
        yield running


@pytest.fixture
def lab(start: Start, rehearsal: Rehearsal) -> Lab:
    """JupyterLab over the real notebooks."""
    return start(NOTEBOOKS, env=rehearsal.environment() | {"ORGTOOLS_RUN": str(rehearsal.folder.resolve())})


def _run_all(lab: Lab, notebook: str) -> list[str]:
    """Run a notebook that asks nothing, from top to end; what stands under its cells."""
    lab.open(notebook)
    lab.run_all()
    lab.wait_until_done()
    return _outputs(lab)


def _outputs(lab: Lab) -> list[str]:
    failed = [output for cell in lab.notebook()["cells"] for output in cell.get("outputs", []) if "ename" in output]
    assert failed == []
    return lab.cell_outputs()


def _take_step(lab: Lab, notebook: str, phrase: str) -> str:
    """Run a step's notebook, type what its gate asks for, and return what stands under its cells."""
    lab.open(notebook)
    lab.run_all()
    assert phrase in lab.wait_for_gate()
    lab.answer(phrase)
    lab.wait_until_done()
    return "\n".join(_outputs(lab))


def _plan(rehearsal: Rehearsal) -> dict[str, dict[str, str]]:
    """The rows of accounts.csv by account."""
    with (rehearsal.folder / "accounts.csv").open(encoding="utf-8", newline="") as file:
        return {row["account_id"]: row for row in csv.DictReader(file)}


def _propose_waves(lab: Lab) -> None:
    """Waves of eight: shown, not written over the plan's own unasked, then written; who was begun keeps its wave."""
    lab.widget("orgtools-size").get_by_role("spinbutton").fill("8")
    lab.widget("orgtools-size").get_by_role("spinbutton").press("Enter")
    lab.widget("orgtools-propose").click()
    said = lab.widget("orgtools-proposed")
    said.get_by_text("nothing is written yet").wait_for()
    lab.widget("orgtools-write").click()
    said.get_by_text("Nothing was written: waves").wait_for()
    lab.widget("orgtools-replace").get_by_role("checkbox").check()
    lab.widget("orgtools-write").click()
    said.get_by_text("accounts.csv now has 4 waves").wait_for()


def test_an_operator_moves_accounts_from_the_first_notebook_to_the_record(lab: Lab, rehearsal: Rehearsal) -> None:
    """Plan by filter and "select all shown", propose waves, invite, a dead kernel, review, move, hand over, record."""
    assert "Next: open 10_assess" in "\n".join(_run_all(lab, "00_start.ipynb"))

    _run_all(lab, "20_plan.ipynb")
    table = lab.widget("orgtools-source")
    table.get_by_role("searchbox").fill("data-science")
    table.get_by_role("button", name="Select all shown").click()
    lab.widget("orgtools-ou").get_by_role("combobox").select_option("/Research/Prod")
    lab.widget("orgtools-plan-wave").get_by_role("spinbutton").fill("3")
    lab.widget("orgtools-plan-wave").get_by_role("spinbutton").press("Enter")
    lab.widget("orgtools-add").click()
    lab.widget("orgtools-said").get_by_text("accounts.csv now has 21 accounts").wait_for()
    rows = _plan(rehearsal)
    assert (rows[ADDED]["ou"], rows[ADDED]["wave"]) == ("/Research/Prod", "3")
    assert len(rows) == 21

    _propose_waves(lab)
    assert Counter(row["wave"] for row in _plan(rehearsal).values()) == {"2": 2, "3": 8, "4": 6, "5": 5}

    assert "21 accounts:" in "\n".join(_run_all(lab, "10_assess.ipynb"))

    lab.open("30_invite.ipynb")
    lab.run(0, 4)
    lab.wait_until_done()
    picker = lab.widget("orgtools-accounts")
    picker.get_by_role("button", name="Select none").click()
    picker.get_by_role("searchbox").fill("prod direct warn")
    picker.get_by_role("button", name="Select all shown").click()
    chosen = lab.widget("orgtools-chosen")
    chosen.get_by_text("accounts chosen").wait_for()
    chosen.get_by_text(ADDED).wait_for()
    count = int(chosen.inner_text().split()[0])
    assert 1 < count < 21

    lab.restart_kernel()
    lab.run(0, 6)
    lab.wait_until_done()
    assert lab.widget("orgtools-chosen").last.inner_text().startswith(f"{count} accounts chosen")
    lab.run(7)
    assert f"invite {count}" in lab.wait_for_gate()
    lab.answer(f"invite {count}")
    lab.wait_until_done()
    assert f"Invite: {count} confirmed." in _outputs(lab)[-1]

    assert ADDED in "\n".join(_run_all(lab, "35_review_handshakes.ipynb"))
    going = count + INVITED_BY_HAND
    there = going + MOVED_BY_HAND
    assert f"Prepare: {going} confirmed." in _take_step(lab, "38_prepare_access.ipynb", f"prepare {going}")
    assert f"Accept: {going} confirmed." in _take_step(lab, "50_accept.ipynb", f"accept {going}")
    assert f"Place: {there} confirmed." in _take_step(lab, "60_place.ipynb", f"place {there}")
    assert f"{there} as planned" in "\n".join(_run_all(lab, "80_verify.ipynb"))
    assert f"Revoke: {going} confirmed." in _take_step(lab, "85_revoke_access.ipynb", f"revoke {going}")
    _run_all(lab, "90_record.ipynb")
    assert verify(rehearsal.folder / "record") == []
    moved = rehearsal.world()["accounts"][ADDED]
    assert (moved["organization"], moved["unit"]) == ("o-exampledst1", "Research/Prod")


@pytest.mark.exhaustive
def test_run_all_on_every_notebook_without_an_approval_changes_nothing(lab: Lab, rehearsal: Rehearsal) -> None:
    """Nothing at the server, whichever notebook is run from top to end.

    A second pass, in the browser, of what nbval runs.
    """
    for notebook in sorted(path.name for path in NOTEBOOKS.glob("*.ipynb")):
        lab.open(notebook)
        lab.run_all()
        if notebook in GATES:
            lab.wait_for_gate()
            lab.answer("")
        lab.wait_until_done()
        _outputs(lab)
    assert [call for call in rehearsal.calls() if call.changing] == []
