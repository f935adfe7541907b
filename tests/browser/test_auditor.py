"""An auditor at the desk: the review of handshakes in a real JupyterLab, and what can be done from its table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import orgtools
from orgtools import steps
from orgtools.assess import assess
from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Start
    from tests.browser.lab import Lab

pytestmark = pytest.mark.timeout(300)

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
INVITED = ("012345678901", "300000000003")


@pytest.fixture
def rehearsal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rehearsal]:
    """The shipped scenario, in which two accounts are invited."""
    with Rehearsal.start(tmp_path / "run", speed=20) as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        with orgtools.open(running.folder) as migration:
            assess(migration)
            shown = steps.preview(migration, steps.INVITE, INVITED)
            steps.apply(migration, shown, steps.approve(shown, "invite 2"))
        yield running


@pytest.fixture
def lab(start: Start, rehearsal: Rehearsal) -> Lab:
    """JupyterLab over the real notebooks, as wide as a small screen."""
    lab = start(NOTEBOOKS, env=rehearsal.environment() | {"ORGTOOLS_RUN": str(rehearsal.folder.resolve())})
    lab.page.set_viewport_size({"width": 1280, "height": 1000})
    return lab


def _cancelled(rehearsal: Rehearsal) -> list[str | None]:
    return [call.handshake for call in rehearsal.calls() if call.operation == "CancelHandshake"]


def test_run_all_shows_everything_changes_nothing_and_fits_the_screen(lab: Lab, rehearsal: Rehearsal) -> None:
    """What needs attention, then the invitations with their callers and runs; no row runs out of the page."""
    before = len([call for call in rehearsal.calls() if call.changing])
    lab.open("35_review_handshakes.ipynb")
    lab.run_all()
    lab.wait_until_done()
    outputs = lab.cell_outputs()
    attention, invitations = outputs[4], outputs[6]
    assert "5 invitations are pending, 0 closed" in attention
    assert "invitation h-thirdparty001 from o-examplethrd1 is pending" in attention
    assert "user/somebody" in invitations
    assert "wave 1, invite #" in invitations
    assert "Nothing was changed" in outputs[-1]
    assert len([call for call in rehearsal.calls() if call.changing]) == before
    for cell in (4, 6):
        table = lab.cell(cell).locator(".orgtools-table .rows")
        assert table.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_takes_back_the_chosen_invitation_after_the_gate(lab: Lab, rehearsal: Rehearsal) -> None:
    """One row is chosen, "cancel 1" is typed, and exactly that one is cancelled."""
    lab.open("35_review_handshakes.ipynb")
    lab.run(0, 10)
    lab.wait_until_done()
    lab.widget("orgtools-invitations").get_by_role("cell", name=INVITED[1]).click()
    lab.widget("orgtools-chosen").get_by_text(f"cancel: 1 account chosen: {INVITED[1]}").wait_for()
    lab.run(11)
    assert "cancel 1" in lab.wait_for_gate()
    assert _cancelled(rehearsal) == []
    lab.answer("cancel 1")
    lab.wait_until_done()
    assert "Cancel: 1 confirmed." in lab.cell_outputs()[-1]
    states = {(held["account"], held["state"]) for held in rehearsal.world()["handshakes"].values()}
    assert {(INVITED[1], "CANCELED"), (INVITED[0], "OPEN")} <= states
    assert len(_cancelled(rehearsal)) == 1
