"""Notebooks where the home directory cannot be written: in a container whose user has none, say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.notebooks.executing import shown_by

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.rehearsed import Run


def test_a_notebook_needs_no_home_that_can_be_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens the run, shows the board and draws; no cell says anything of files that it could not write."""
    home = tmp_path / "home"
    home.touch()  # into a file nobody writes a folder, not even root
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR", "IPYTHONDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("ORGTOOLS_RUN", str(run.folder))
    said = shown_by("00_start", tmp_path)
    assert "0 of 8 accounts in place" in said
    assert "Units before and after" in said
    assert "'stderr'" not in said
    assert str(home) not in said
    assert home.read_bytes() == b""
