"""The runbook's kernels: where they are spoken to."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from nbclient.exceptions import DeadKernelError

import orgtools
from orgtools import runbook, steps
from orgtools.messages.rendering import _entries
from tests import rehearsed
from tests.rehearsed import PLAIN, do

if TYPE_CHECKING:
    from tests.rehearsed import Run


def test_kernels_are_spoken_to_through_a_private_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else reaches the sockets, they do not lie among the notebooks, and none stays behind."""
    monkeypatch.setenv("ORGTOOLS_RUN", str(run.folder))
    folders: set[Path] = set()

    def execute(*_: object, config: Any, **__: object) -> None:
        assert config.KernelManager.transport == "ipc"
        folder = Path(config.KernelManager.ip).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        folders.add(folder)

    monkeypatch.setattr("papermill.execute_notebook", execute)
    runbook.run(run.folder, say=lambda _: None)
    assert folders
    for folder in folders:
        assert not folder.is_relative_to(runbook.NOTEBOOKS)
        assert not folder.exists()


def test_a_kernel_that_is_ended_is_told_in_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which notebook it was, and that nothing is lost."""
    monkeypatch.setenv("ORGTOOLS_RUN", str(run.folder))

    def execute(*_: object, **__: object) -> None:
        raise DeadKernelError("Kernel died")

    monkeypatch.setattr("papermill.execute_notebook", execute)
    with pytest.raises(orgtools.OrgtoolsError) as refused:
        runbook.run(run.folder, say=lambda _: None)
    assert (refused.value.message.code, refused.value.message.facts["notebook"]) == ("runbook-kernel-ended", "00_start")


def test_missing_units_are_created_in_a_run_of_their_own_before_accounts_are_placed(run: Run) -> None:
    """With the digest of just those; the next wave finds nothing missing."""
    run.settings(f'{rehearsed.PROFILES}{rehearsed.FAST}[place]\nreplicate_below = "/Workloads"\n')
    run.accounts(f"account_id,ou\n{PLAIN[0]},Workloads/Legacy\n")
    migration = run.open()
    runs = runbook._once(migration, 1, steps.PLACE)
    first = next(runs)
    assert first.preview
    assert (first.name, str(first.preview.summary())) == ("60_place", "2 organizational units to create")
    assert first.parameters["approve_units"] == steps.preview(migration, steps.REPLICATE).digest
    do(migration, steps.REPLICATE)
    assert [turn.parameters for turn in runs] == [{"wave": 1, "approve": ""}]
    assert [turn.parameters for turn in runbook._once(migration, 1, steps.PLACE)] == [{"wave": 1, "approve": ""}]


def test_each_step_and_each_notebook_has_words_for_what_it_has_done() -> None:
    """And there are none for what is no step, or changes nothing."""
    known = _entries("en")
    did = {code.removeprefix("did-") for code in known if code.startswith("did-")}
    assert did == {step.name for step in steps.EVERY if step.changes}
    ran = {code.removeprefix("runbook-ran-") for code in known if code.startswith("runbook-ran-")}
    assert {*runbook._BEFORE, runbook._REVIEW, steps.VERIFY.notebook, steps.RESTORE.notebook, "90_record"} == ran
