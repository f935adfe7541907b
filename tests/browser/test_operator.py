"""An operator at the desk: the real notebooks, in a real JupyterLab, against the rehearsal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture
def rehearsal(tmp_path: Path) -> Iterator[Rehearsal]:
    """The shipped scenario, its clock running fast so that no test waits for a rate."""
    with Rehearsal.start(tmp_path / "run", speed=20) as running:
        yield running


@pytest.fixture
def lab(start: Start, rehearsal: Rehearsal) -> Lab:
    """JupyterLab over the real notebooks."""
    return start(NOTEBOOKS, env=rehearsal.environment() | {"ORGTOOLS_RUN": str(rehearsal.folder.resolve())})


def _invited(rehearsal: Rehearsal) -> set[str]:
    return {str(call.account) for call in rehearsal.calls() if call.operation == "InviteAccountToOrganization"}


def _run_all(lab: Lab, notebook: str) -> list[str]:
    lab.open(notebook)
    lab.run_all()
    lab.wait_until_done()
    failed = [output for cell in lab.notebook()["cells"] for output in cell.get("outputs", []) if "ename" in output]
    assert failed == []
    return lab.cell_outputs()


def test_selects_accounts_answers_the_gate_and_sees_the_result(lab: Lab, rehearsal: Rehearsal) -> None:
    """Two accounts are chosen in the table, "invite 2" is typed, and exactly those two are invited and shown."""
    _run_all(lab, "10_assess.ipynb")

    lab.open("30_invite.ipynb")
    lab.run(0, 4)
    lab.wait_until_done()
    picker = lab.widget("orgtools-accounts")
    picker.get_by_role("button", name="Select none").click()
    for account in ("300000000003", "300000000010"):
        picker.get_by_role("cell", name=account).click()
    chosen = lab.widget("orgtools-chosen")
    chosen.get_by_text("2 accounts chosen: 300000000003, 300000000010").wait_for()

    lab.run(5)
    assert "invite 2" in lab.wait_for_gate()
    assert _invited(rehearsal) == set()
    lab.answer("invite 2")
    lab.wait_until_done()

    result = lab.cell_outputs()[-1]
    assert "invite: 2 confirmed." in result
    assert "300000000003" in result
    assert "300000000010" in result
    assert _invited(rehearsal) == {"300000000003", "300000000010"}


def test_a_wrong_answer_at_the_gate_changes_nothing(lab: Lab, rehearsal: Rehearsal) -> None:
    """Run All waits at the gate; another word than the one asked for leaves AWS alone, and says so."""
    _run_all(lab, "10_assess.ipynb")
    lab.open("30_invite.ipynb")
    lab.run_all()
    lab.wait_for_gate()
    lab.answer("yes")
    lab.wait_until_done()

    outputs = lab.cell_outputs()
    assert any("Not approved" in text for text in outputs)
    assert "nothing was changed" in outputs[-1]
    assert [call for call in rehearsal.calls() if call.changing] == []
