"""The wave editor's Python side: shown first, written by a second click, nobody's waves replaced unasked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest
from IPython.utils.capture import capture_output

from orgtools import ui
from orgtools.plan import Plan, PlannedAccount
from tests import values

if TYPE_CHECKING:
    from pathlib import Path

_IDS: Final = tuple(f"30000000000{number}" for number in range(1, 6))


class Desk:
    """A wave editor over a run folder of five accounts; one of them is invited."""

    def __init__(self, folder: Path, *waves: int) -> None:
        """Write accounts.csv with these waves and show the editor."""
        self.file = folder / "accounts.csv"
        rows = zip(_IDS, waves, ("/Prod", "/Test", "/Prod", "/Test", "/Test"), strict=True)
        Plan(tuple(PlannedAccount(account_id, ou, wave) for account_id, wave, ou in rows)).write(self.file)
        seen = values.snapshot(values.source(), values.destination(handshakes=(values.invitation(_IDS[0]),)))
        migration: Any = SimpleNamespace(folder=folder, read_plan=self.plan, plan=self.plan(), seen=seen)
        with capture_output():
            self.editor = ui.WaveEditor(migration)
        self.editor._size.value = 2

    def plan(self) -> Plan:
        """accounts.csv as it is."""
        return Plan.read(self.file)

    @property
    def waves(self) -> list[int]:
        """The waves of accounts.csv."""
        return [account.wave for account in self.plan().accounts]

    @property
    def said(self) -> str:
        """What stands below the controls."""
        return str(self.editor._said.value)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Nobody has made waves yet."""
    return Desk(tmp_path, 1, 1, 1, 1, 1)


def test_showing_writes_nothing(desk: Desk) -> None:
    """Each wave with its units and the room that it needs; what keeps its wave is said."""
    desk.editor.show()
    assert desk.waves == [1, 1, 1, 1, 1]
    assert "4 accounts would change their wave; nothing is written yet." in desk.said
    assert "1 account is invited or has arrived, and keeps its wave." in desk.said
    assert "Units that one wave cannot hold: /Test." in desk.said
    assert "/Prod (1), /Test (1)" in desk.said
    assert "fits" in desk.said


def test_what_was_shown_is_written(desk: Desk) -> None:
    """By the second click; the migration holds it too."""
    desk.editor.show()
    desk.editor.write()
    assert desk.waves == [1, 2, 3, 2, 3]
    assert desk.editor._migration.plan.waves == (1, 2, 3)
    assert "accounts.csv now has 3 waves" in desk.said


def test_waves_that_somebody_made_stay_until_that_is_ticked(tmp_path: Path) -> None:
    """It says which ones would lose accounts."""
    desk = Desk(tmp_path, 1, 2, 2, 7, 7)
    desk.editor.show()
    desk.editor.write()
    assert desk.waves == [1, 2, 2, 7, 7]
    assert "Nothing was written: waves 2 and 7 of accounts.csv would lose accounts" in desk.said
    desk.editor._replace.value = True
    desk.editor.write()
    assert desk.waves == [1, 2, 3, 2, 3]


def test_one_wave_can_be_divided_and_the_others_stay(tmp_path: Path) -> None:
    """New parts follow the last wave."""
    desk = Desk(tmp_path, 1, 2, 2, 2, 5)
    desk.editor._wave.value = 2
    desk.editor._way.value = "ou"
    desk.editor._replace.value = True
    desk.editor.show()
    desk.editor.write()
    assert desk.waves == [1, 2, 6, 2, 5]


def test_a_plan_that_changed_meanwhile_is_not_overwritten(desk: Desk) -> None:
    """What is written is what was shown."""
    desk.editor.show()
    desk.plan().without(_IDS[:1]).write(desk.file)
    desk.editor.write()
    assert desk.waves == [1, 1, 1, 1]
    assert "changed after this was shown; nothing was written" in desk.said


def test_another_way_must_be_shown_before_it_can_be_written(desk: Desk) -> None:
    """A changed control forgets what was shown."""
    desk.editor.show()
    desk.editor._size.value = 3
    assert desk.editor._write.disabled
    desk.editor.write()
    assert desk.waves == [1, 1, 1, 1, 1]


def test_what_cannot_be_meant_is_said_below(desk: Desk) -> None:
    """An error inside a click would go to the log."""
    Plan().write(desk.file)
    desk.editor._wave.value = 1
    desk.editor.show()
    assert "The plan has no wave 1" in desk.said
