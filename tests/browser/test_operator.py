"""An operator at the desk: the real notebooks, in a real JupyterLab, against the rehearsal."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = pytest.mark.timeout(300)

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


def _answers_a_question(lab: Lab) -> None:
    """By hand; another kernel knows it, and the assessment that follows takes it for an answer."""
    lab.widget("orgtools-question").get_by_role("combobox").select_option(index=0)
    lab.widget("orgtools-answer").get_by_role("combobox").select_option(label="yes: the address is verified")
    lab.widget("orgtools-questions-by").get_by_role("textbox").fill("Jane")
    lab.widget("orgtools-questions-note").click()
    lab.widget("orgtools-questions-line").get_by_text("Recorded for both organizations: Jane").wait_for()
    lab.restart_kernel()
    lab.run(0, 6)
    lab.wait_until_done()
    outputs = lab.cell_outputs()
    assert "yes\tJane" in outputs[4]
    assert "Changed since the last assessment: 1." in outputs[6]
    assert "the address is verified; answered by Jane" in outputs[6]


def _follows_a_cell_to_its_finding(lab: Lab) -> None:
    """From the matrix to the finding, which is then in sight; JupyterLab stays where it is."""
    shown = lab.cell(6)
    row = shown.locator(".matrix tr").filter(has_text="300000000008")
    cell = row.get_by_role("link", name="block").first
    finding = shown.locator(f".findings tr{cell.get_attribute('href')}")
    cell.click()
    expect(finding).to_be_in_viewport()
    expect(finding).to_contain_text("block")
    expect(finding.get_by_role("link").first).to_have_attribute("href", re.compile("^https://docs.aws.amazon.com/"))


def test_selects_accounts_answers_the_gate_and_sees_the_result(lab: Lab, rehearsal: Rehearsal) -> None:
    """Two accounts are chosen in the table, "invite 2" is typed, and exactly those two are invited and shown."""
    _run_all(lab, "10_assess.ipynb")
    _answers_a_question(lab)
    _follows_a_cell_to_its_finding(lab)

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
    assert "Invite: 2 confirmed." in result
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
    assert "Nothing was changed" in outputs[-1]
    assert [call for call in rehearsal.calls() if call.changing] == []
