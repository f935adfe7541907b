"""`orgtools lab`, a second time on the same machine: nothing of the first comes back, and Ctrl-C ends either."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from orgtools.cli import app
from orgtools.exceptions import OrgtoolsError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_S: Final = 120
_DEFAULT: Final = "/lab/api/workspaces/default"
_TABS: Final = {"layout-restorer:data": {"main": {"dock": {"widgets": ["notebook:50_accept.ipynb"]}}}}


class _Served:
    """A JupyterLab that answers."""

    def __init__(self, url: str, token: str) -> None:
        self._where, self._token = urlsplit(url).netloc, token

    def ask(self, path: str, put: dict[str, Any] | None = None) -> str:
        """What it answers; with something to put, after it has taken that."""
        server = HTTPConnection(self._where, timeout=_PATIENCE_S)
        headers = {"Authorization": f"token {self._token}", "Content-Type": "application/json"}
        server.request("GET" if put is None else "PUT", path, None if put is None else json.dumps(put), headers)
        answer = server.getresponse()
        told = answer.read().decode()
        server.close()
        assert answer.status < 300, told
        return told


@contextmanager
def _lab(home: Path, folder: Path) -> Iterator[_Served]:
    """What `make lab` starts, for one person at one terminal; it ends by Ctrl-C, which reaches all of it."""
    runtime = home / "runtime"
    environment = {
        **os.environ,
        "HOME": str(home),
        "BROWSER": "true",
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
    }
    command = [sys.executable, "-m", "orgtools", "lab", "--folder", str(folder)]
    keyboard, terminal = pty.openpty()
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(
            command, env=environment, cwd=home, stdin=terminal, stdout=log, stderr=log, start_new_session=True
        ) as lab,
    ):
        try:
            yield _served(lab, runtime, home / "log")
            os.killpg(lab.pid, signal.SIGINT)
            assert lab.wait(_PATIENCE_S) == 0, (home / "log").read_text()
        finally:
            if lab.poll() is None:
                os.killpg(lab.pid, signal.SIGKILL)
            os.close(keyboard)
            os.close(terminal)
    assert not list(runtime.glob("jpserver-*.json"))


def _served(lab: subprocess.Popen[bytes], runtime: Path, log: Path) -> _Served:
    until = time.monotonic() + _PATIENCE_S
    while lab.poll() is None and time.monotonic() < until:
        # It writes where it will be before it listens there.
        with suppress(ValueError, KeyError, ConnectionRefusedError):
            for known in runtime.glob("jpserver-*.json"):
                told = json.loads(known.read_text())
                served = _Served(told["url"], told["token"])
                served.ask("/api")
                return served
        time.sleep(0.05)  # and tells nobody when it does
    raise AssertionError(log.read_text())


def _prose(lab: _Served) -> str:
    """What the first cell of the first notebook says."""
    notebook = json.loads(lab.ask("/api/contents/00_start.ipynb"))["content"]
    return str(notebook["cells"][0]["source"])


@pytest.mark.timeout(600)  # JupyterLab starts twice
def test_a_second_lab_opens_no_tabs_of_the_first(
    local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither does it ask about news, nor go on in the folder of the first; it may speak another language."""
    with _lab(tmp_path, tmp_path / "first") as first:
        first.ask(_DEFAULT, {"data": _TABS, "metadata": {"id": "default"}})
        assert json.loads(first.ask(_DEFAULT))["data"] == _TABS
        assert '"news": {"disabled": true}' in first.ask("/lab")
        assert _prose(first).isascii()
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", "ja")
    with _lab(tmp_path, tmp_path / "second") as second:
        assert json.loads(second.ask("/lab/api/workspaces"))["workspaces"]["ids"] == []
        assert "\u30a2\u30ab\u30a6\u30f3\u30c8" in _prose(second)
    monkeypatch.delenv("ORGTOOLS_LANGUAGE")
    ended = CliRunner().invoke(app, ["lab", "--folder", str(tmp_path / "first")])
    assert ended.exit_code == 2
    there = Message("cli-rehearsed-there", path=str(tmp_path / "first"), names="notebooks")
    assert ended.stderr == f"orgtools: {OrgtoolsError(there)}\n"


@pytest.mark.parametrize("left", ["ledger.sqlite", "notebooks"])
def test_a_folder_in_which_something_was_rehearsed_is_refused(left: str, tmp_path: Path) -> None:
    """Before anything starts there: what it tells of is gone."""
    (tmp_path / left).touch()
    for command in (["lab"], ["rehearse"], ["rehearsal", "start"]):
        ended = CliRunner().invoke(app, [*command, "--folder", str(tmp_path)])
        assert ended.exit_code == 2
        there = Message("cli-rehearsed-there", path=str(tmp_path), names=left)
        assert ended.stderr == f"orgtools: {OrgtoolsError(there)}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == [left]
