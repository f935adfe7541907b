"""The notebook that gives accounts back what they had, in a real kernel: a share to accept, tags to activate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import boto3
import pytest

import orgtools
from orgtools import assess, steps
from orgtools.rehearsal import Rehearsal
from tests.notebooks.executing import shown_by

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(300)

ACCOUNT: Final = "310000000001"
STRANGER: Final = "700000000003"


def test_what_is_shown_and_approved_is_got_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped scenario: the owner's invitation and no other, and the source's tags."""
    folder = tmp_path / "run"
    with Rehearsal.start(folder, scenario="arriving", speed=60) as rehearsal:
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)
        with orgtools.open(folder) as migration:
            assess.export(migration, [ACCOUNT])
            rehearsal.intervene("join", account=ACCOUNT, organization="o-exampledst2", unit="Workloads/Prod")
            for step, words in (
                (steps.SHARES, "accept the share resolver-rules from account"),
                (steps.COST_TAGS, "activate for the whole organization: team"),
            ):
                digest = steps.preview(migration, step, (ACCOUNT,)).digest
                dry = shown_by("83_restore", folder, accounts=[ACCOUNT], what=step.name)
                assert words in dry
                assert "Nothing was changed" in dry
                assert "1 confirmed" in shown_by(
                    "83_restore", folder, accounts=[ACCOUNT], what=step.name, approve=digest
                )
            (decision,) = steps.preview(migration, steps.SHARES, (ACCOUNT,)).decisions
            assert f"resource shares offered by {STRANGER} are not accepted" in str(decision.why)
        billing = boto3.Session(profile_name="rehearsal-destination").client("ce")
        active = billing.list_cost_allocation_tags(Status="Active")["CostAllocationTags"]
        assert [tag["TagKey"] for tag in active] == ["aws:createdBy", "team"]
