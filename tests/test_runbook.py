"""The runbook's kernels: where they are spoken to."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orgtools import runbook

if TYPE_CHECKING:
    import pytest

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
    (folder,) = folders
    assert not folder.is_relative_to(runbook.NOTEBOOKS)
    assert not folder.exists()
