"""The state board against the rehearsal: its columns, and the notebook that it sends to next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgtools import ui
from orgtools.steps import ACCEPT, INVITE, PLACE, PREPARE, REVOKE
from orgtools.ui import showing
from tests import rehearsed
from tests.rehearsed import PLAIN, do

if TYPE_CHECKING:
    from tests.rehearsed import Run

ROW = f"account_id,ou\n{PLAIN[0]},Workloads/Prod\n"
HANDOVER = "[handover]\nprepare = true\nrevoke = true\n"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The HTML of everything that is displayed during the test."""
    pieces: list[str] = []
    monkeypatch.setattr(showing, "display", lambda thing: pieces.append(thing.data))
    return pieces


def test_the_board_leads_through_the_hand_over(run: Run, shown: list[str]) -> None:
    """In the order of the notebooks, and after its end to the record."""
    run.accounts(ROW)
    run.settings(rehearsed.PROFILES + rehearsed.FAST + HANDOVER)
    migration = run.assessed()
    led = []
    for step in (INVITE, PREPARE, ACCEPT, PLACE, REVOKE):
        shown.clear()
        ui.board(migration)
        led.append(f"Next: open {step.notebook};" in "".join(shown))
        do(migration, step)
    assert led == [True] * 5
    shown.clear()
    ui.board(migration)
    page = "".join(shown)
    assert "Next: open 80_verify, then 90_record." in page
    assert ">prepare<" in page
    assert ">revoke<" in page


def test_without_a_hand_over_the_board_does_not_speak_of_it(run: Run, shown: list[str]) -> None:
    """No column, and nothing to wait for."""
    run.accounts(ROW)
    migration = run.assessed()
    do(migration, INVITE)
    ui.board(migration)
    page = "".join(shown)
    assert "Next: open 50_accept;" in page
    assert ">prepare<" not in page
    assert ">revoke<" not in page
