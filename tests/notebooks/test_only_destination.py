"""Every notebook in order, in real kernels, with the destination's credentials alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orgtools import runbook
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.scenario import load

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.timeout(600)

SCENARIO = "only-destination"


def test_the_shipped_scenario_ends_as_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepted by a role, by keys of its own, by an owner; declined; expired. Nobody has the source's credentials."""
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
        assert theirs.management not in {call.caller_account for call in rehearsal.calls()}
    ran = {path.name[:2] for path in (folder / runbook.EXECUTED).glob("*.ipynb")}
    needless = {"38", "83", "85"}  # nothing is handed over or given back here
    assert ran == {path.name[:2] for path in runbook.NOTEBOOKS.glob("*.ipynb")} - needless
    assert any("50_accept.wave-1.2" in line for line in said)
    unenrolling = [line for line in said if "25_unenroll" in line]
    assert unenrolling
    for line in unenrolling:
        assert line.endswith(" not looked at: the source is not ours"), line
        assert "waiting" not in line
    assert [path.name for path in (folder / "owners").iterdir()] == [], "no invitation waits for an owner any more"
