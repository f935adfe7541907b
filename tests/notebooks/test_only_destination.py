"""Every notebook in order, in real kernels, with the destination's credentials alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import nbformat
import pytest

from orgtools import runbook
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.scenario.loader import load
from tests.notebooks.executing import shown_by, shown_in

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

pytestmark = [pytest.mark.exhaustive, pytest.mark.timeout(600)]  # a second pass of all notebooks

SCENARIO: Final = "only-destination"
NEEDLESS: Final = ("38_prepare_access", "45_wave", "83_restore", "85_revoke_access")
"""Nothing is handed over or given back here, and nothing is left for a wave in one go."""
SAID: Final = "no [source]"
TOLD: Final = {
    "00_start": "Source: not read: no access. Destination: 1 account at the start, 1 now",
    "25_unenroll.wave-1": "This run has un-enrolled none of these accounts",
    "38_prepare_access": "no account to prepare; 6 not needed",
    "80_verify": "its name in the source was not exported",
    "83_restore": "migration.toml does not ask for this step ([restore])",
    "85_revoke_access": "access from; 6 not needed",
    "87_way_back": "Only its former organization can take it back",
}
"""What notebooks say, by the names of the executed ones."""
QUIET: Final = ("20_plan", "90_record")
"""They show the plan, and where the record is: that says so itself."""
FINE: Final = ("Nothing unexpected", "Nothing was governed", "no accounts at the start", "with theirs")
"""What nobody can know of a source that nobody has looked at."""


def test_the_shipped_scenario_ends_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepted by a role, by keys of its own, by an owner; declined; expired. Nobody has the source's credentials.

    Every notebook runs, also those that have nothing to do; each says that the source was not looked at.
    """
    folder, said = tmp_path / "run", list[str]()
    with Rehearsal.start(folder, scenario=SCENARIO, speed=20) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)

        def rest(until: datetime) -> None:
            rehearsal.advance(until - rehearsal.now())

        runbook.run(folder, say=said.append, rest=rest)
        assert rehearsal.unexpected(SCENARIO) == []
        theirs = load(SCENARIO).organizations[0]
        assert theirs.profile is None
        ran = {path.name[:2] for path in (folder / runbook.EXECUTED).glob("*.ipynb")}
        assert ran == {path.name[:2] for path in runbook.NOTEBOOKS.glob("*.ipynb")} - {name[:2] for name in NEEDLESS}
        changed = [call for call in rehearsal.calls() if call.changing]
        shown = {name: shown_by(name, folder / runbook.EXECUTED) for name in NEEDLESS}
        assert [call for call in rehearsal.calls() if call.changing] == changed
        assert theirs.management not in {call.caller_account for call in rehearsal.calls()}
    for path in (folder / runbook.EXECUTED).glob("*.ipynb"):
        shown[path.stem] = shown_in(nbformat.read(path, as_version=4))
    assert [name for name, text in shown.items() if SAID not in text and name not in QUIET] == []
    assert [(name, fine) for name, text in shown.items() for fine in FINE if fine in text] == []
    assert [(name, words) for name, words in TOLD.items() if words not in shown[name]] == []
    assert any("50_accept.wave-1.2" in line for line in said)
    unenrolling = [line for line in said if "25_unenroll" in line]
    assert unenrolling
    for line in unenrolling:
        assert line.endswith(" not checked: this run has no credentials for the source"), line
        assert "waiting" not in line
    assert [path.name for path in (folder / "owners").iterdir()] == [], "no invitation waits for an owner any more"
