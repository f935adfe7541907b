"""Without extras: who only audits, or works from the command line, installs little, and lacks nothing for it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests import rehearsed
from tests.installing import installed

if TYPE_CHECKING:
    from tests.rehearsed import Run

_ROOT: Final = Path(__file__).parents[1]
_FIRST: Final = rehearsed.PLAIN[0]


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an empty environment with orgtools' wheel and what it needs, without any extra.

    No test reaches a package index: the packages are links to those of this environment. `make sizes` asks pip.
    """
    return installed(tmp_path_factory.mktemp("base"))


def _orgtools(python: Path, run: Run, command: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(_ROOT / "tests" / "offline")}
    return subprocess.run(
        [python, "-m", "orgtools", *command.split(), "--folder", str(run.folder)],
        cwd=run.folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_base_is_small(python: Path) -> None:
    """No table, drawing, notebook or simulated AWS is there to be imported."""
    look = (
        "import sys; from importlib.util import find_spec; print(*(name for name in sys.argv[1:] if find_spec(name)))"
    )
    names = ("pandas", "numpy", "jinja2", "IPython", "nbformat", "papermill", "moto", "flask", "boto3")
    found = subprocess.run([python, "-c", look, *names], cwd=python.parent, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["boto3"]


def test_audit_and_status_work(python: Path, run: Run) -> None:
    """Against a rehearsal that runs elsewhere; for people and for programs."""
    for output in ("table", "csv"):
        ended = _orgtools(python, run, f"audit --format {output}")
        assert (ended.returncode, "Traceback" in ended.stderr) == (1, False), ended.stderr
        assert rehearsed.FOREIGN_INVITATION in ended.stdout
    ended = _orgtools(python, run, "status")
    assert _FIRST in ended.stdout, ended.stderr


def test_a_step_is_shown_and_done(python: Path, run: Run) -> None:
    """Assess and invite one account: a dry run, then with its digest exactly that; nothing of it needs an extra."""
    assessed = _orgtools(python, run, f"assess --account {_FIRST}")
    assert "1 account assessed: 0 blocked" in assessed.stdout, assessed.stderr
    dry = _orgtools(python, run, f"run invite --account {_FIRST}")
    assert dry.returncode == 0, dry.stderr
    assert run.changing() == []
    done = _orgtools(python, run, dry.stdout.split("hours: orgtools ")[1].strip())
    assert done.returncode == 0, done.stderr
    assert list(run.handshakes(_FIRST).values()) == ["OPEN"]


def test_what_needs_an_extra_says_which(python: Path, run: Run) -> None:
    """One sentence and exit code 2; nothing was written."""
    for command, extra in (
        ("record", "notebooks"),
        ("rehearse", "rehearsal,notebooks"),
        ("lab", "rehearsal,notebooks"),
    ):
        ended = _orgtools(python, run, command)
        assert (ended.returncode, ended.stdout) == (2, ""), ended.stderr
        assert ended.stderr.endswith(f' not installed here. In the clone of orgtools: pip install ".[{extra}]"\n')
        assert ended.stderr.count("\n") == 1
    assert not (run.folder / "record").exists()
