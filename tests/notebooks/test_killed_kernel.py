"""A kernel dies in the middle of the invitations; starting again from 00_start finds everything and goes on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

import orgtools
from orgtools import runbook, steps
from orgtools.assess import assess
from orgtools.rehearsal import Rehearsal
from tests.rehearsed import DECIDING

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.timeout(600)
def test_killing_the_kernel_after_the_invitations_and_starting_again_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No second invitation is sent, and every account that may move arrives."""
    with Rehearsal.start(tmp_path / "run", scenario="wave:6", speed=4) as rehearsal:
        folder = rehearsal.folder.resolve()
        for name, value in (rehearsal.environment() | {"ORGTOOLS_RUN": str(folder)}).items():
            monkeypatch.setenv(name, value)
        with orgtools.open(folder) as migration:
            assess(migration, checks=DECIDING)
            shown = steps.preview(migration, steps.INVITE, wave=1)
            steps.apply(migration, shown, None)

        _invite_and_kill(rehearsal, shown.digest)
        runbook.run(folder, say=print)

        invited = Counter(c.account for c in rehearsal.calls() if c.operation == "InviteAccountToOrganization")
        with orgtools.open(folder) as migration:
            verified = steps.preview(migration, steps.VERIFY)
            unsettled = migration.ledger.unsettled("invite")
    assert set(invited.values()) == {1}
    assert len(invited) == 6
    assert all(isinstance(decision, steps.Done) for decision in verified.decisions)
    assert unsettled == {}


def _invite_and_kill(rehearsal: Rehearsal, digest: str) -> None:
    """Run the cells of 30_invite in a kernel of its own, and kill that once the server has seen two invitations."""
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        for cell in nbformat.read(runbook.NOTEBOOKS / "30_invite.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                client.execute(
                    cell.source + (f'\napprove = "{digest}"' if "parameters" in cell.metadata.get("tags", []) else "")
                )
        while sum(call.operation == "InviteAccountToOrganization" for call in rehearsal.calls()) < 2:
            assert manager.is_alive(), "the kernel ended before it invited"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
