"""The two notebooks of Control Tower in a real kernel: one account is un-enrolled, both are enrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import assess, steps
from orgtools.rehearsal import Rehearsal
from tests.notebooks.executing import shown_by
from tests.rehearsed import DECIDING, do

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

PLAIN: Final = "310000000002"


def test_un_enrolling_and_enrolling_are_shown_asked_for_and_looked_on_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped scenario: AWS has it so, and the notebooks say so; who was governed is assessed anew."""
    folder = tmp_path / "run"
    with Rehearsal.start(folder, scenario="landing-zones", speed=60) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)
        with orgtools.open(folder) as migration:
            assess.assess(migration, checks=(*DECIDING, "E17"))
            preview = steps.preview(migration, steps.UNENROLL)
            steps.apply(migration, preview, None)
            said = shown_by("25_unenroll", folder, approve=preview.digest)
            assert "1 account to un-enroll" in said
            assert "Control Tower does not govern it" in said
            for step in (steps.INVITE, steps.ACCEPT, steps.PLACE):
                do(migration, step)
            preview = steps.preview(migration, steps.ENROLL)
            assert [one.account_id for one in preview.to_do] == [PLAIN]
            steps.apply(migration, preview, None)
            said = shown_by("70_enroll", folder, approve=preview.digest)
            assert "is not registered; registering it enrolls" in said
            assert said.count("is enrolled: AWS lists") >= 2
        assert rehearsal.unexpected("landing-zones") == []
