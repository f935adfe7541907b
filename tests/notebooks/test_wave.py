"""A wave in one go, by its notebook in a real kernel, without a person: approved by the digest of a dry run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import assess, steps
from orgtools.rehearsal import Rehearsal
from tests.notebooks.executing import shown_by

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

SCENARIO: Final = "landing-zones"
ACCOUNTS: Final = ("310000000001", "310000000002")
"""One is un-enrolled first, and enrolled by AWS; for the other, its unit is registered."""


def test_what_a_dry_run_showed_is_done_from_the_first_step_to_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another digest does nothing; that one leads both accounts into their units, enrolled; once more it finds nothing.

    The dry run shows each call with its step.
    """
    folder = tmp_path / "run"
    with Rehearsal.start(folder, scenario=SCENARIO, speed=60) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)
        with orgtools.open(folder) as migration:
            assess.assess(migration)
            assess.export(migration)
            digest = steps.preview(migration, steps.WAVE, wave=1).digest
            dry = shown_by("45_wave", folder, wave=1, approve="0" * 64)
            assert "2 accounts to move" in dry
            for shown in ("unenroll: terminate", "invite: invite into", "accept: accept the invitation", "place: move"):
                assert shown in dry
            assert f"enroll: register /Workloads/Test: <span>{ACCOUNTS[1]}</span>" in dry
            assert "Nothing was changed" in dry
            assert not [call for call in rehearsal.calls() if call.changing]
            done = shown_by("45_wave", folder, wave=1, approve=digest)
            assert "2 confirmed" in done
            arrived = steps.preview(migration, steps.VERIFY)
            assert [type(arrived.by_account[account]) for account in ACCOUNTS] == [steps.Done, steps.Done]
            changed = len([call for call in rehearsal.calls() if call.changing])
            assert "2 already in place" in shown_by("45_wave", folder, wave=1, approve=digest)
            assert len([call for call in rehearsal.calls() if call.changing]) == changed
        assert rehearsal.unexpected(SCENARIO) == []
