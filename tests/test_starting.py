"""Starting is quick: heavy libraries load where they are used, and a command says which of them it lacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("programs")

_HEAVY: Final = {
    *("IPython", "ipywidgets", "itables", "jinja2", "moto", "nbformat", "numpy", "pandas", "papermill"),
    *("boto3", "botocore"),
}
_MOST_MEMORY: Final = 70 * 1024
"""KB, resident. Some 31 MB are used; boto3 alone would add 20, pandas 60."""
_MOST_TIMES_TYPER: Final = 2
"""Of the processor, beside what Typer takes to help with a single command: a busy or a slow machine changes both.
Some 1.5 are used; the rehearsal's scenarios alone would make it 3."""
_TYPER: Final = """
import typer
app = typer.Typer()
app.command()(lambda: None)
app(["--help"])
"""
_STARTED: Final = """
import json, sys
try:
    from orgtools.cli import app
    app(sys.argv[1:])
finally:
    sys.stderr.write(json.dumps(sorted(sys.modules)))
"""
# In a process between: a new one counts the memory of the one that started it, and pytest's is large.
_MEASURED: Final = """
import json, resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_maxrss // (1024 if sys.platform == "darwin" else 1), used.ru_utime + used.ru_stime]))
"""
_TOLD: Final = "; import json, sys; sys.stderr.write(json.dumps(sorted(sys.modules)))"


def _loaded(code: str, *arguments: str) -> set[str]:
    """What a new Python loads."""
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(json.loads(ended.stderr))


@pytest.mark.parametrize("arguments", [("--help",), ("status", "--help"), ("audit", "--help"), ("rehearse", "--help")])
def test_help_loads_no_heavy_library(arguments: tuple[str, ...]) -> None:
    """Not even the engine."""
    modules = _loaded(_STARTED, *arguments)
    assert modules & _HEAVY == set()
    assert "orgtools.migration" not in modules


def _used(*arguments: str) -> tuple[int, float]:
    """KB resident and seconds of the processor, once Python has compiled what it runs."""
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", _MEASURED, sys.executable, *arguments]
    memory, seconds = json.loads(subprocess.run(command, env=keeping, capture_output=True, check=True).stdout)
    return memory, seconds


def test_help_is_there_at_once() -> None:
    """In 70 MB and twice the time of the least command line that Typer makes; the best of a few runs, side by side."""
    pairs = [(_used("-m", "orgtools", "--help"), _used("-c", _TYPER)) for _ in range(5)]
    (memory, seconds), (_, least) = (map(min, zip(*runs, strict=True)) for runs in zip(*pairs, strict=True))
    assert memory <= _MOST_MEMORY
    assert seconds <= _MOST_TIMES_TYPER * least


@pytest.mark.parametrize(
    "imported", ["import orgtools", "from orgtools import record", "from orgtools.rehearsal import Rehearsal"]
)
def test_importing_loads_no_heavy_library(imported: str) -> None:
    """The names are there all the same; who asks for one gets what it needs."""
    assert _loaded(imported + _TOLD) & _HEAVY == set()


def test_the_engine_needs_no_table_no_drawing_and_no_notebook() -> None:
    """What `orgtools run`, `status` and `audit` work with."""
    engine = "import orgtools; from orgtools import assess, audit, invitations, steps; orgtools.open"
    assert _loaded(engine + _TOLD) & (_HEAVY - {"boto3", "botocore"}) == set()


_WITHOUT: Final = """
import sys
sys.modules.update(dict.fromkeys(sys.argv[1].split()))
from orgtools.cli import app
app(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("missing", "extra", "command"),
    [
        pytest.param("moto", "rehearsal", "rehearsal start", id="rehearsal"),
        pytest.param("moto", "rehearsal", "rehearse --scenario two-waves", id="rehearse"),
        pytest.param("moto jupyterlab", "rehearsal,notebooks", "rehearse", id="both"),
        pytest.param("jupyterlab", "notebooks", "rehearse --scenario two-waves", id="notebooks"),
        pytest.param("jupyterlab", "notebooks", "lab", id="lab"),
    ],
)
def test_a_missing_extra_is_a_sentence(tmp_path: Path, missing: str, extra: str, command: str) -> None:
    """With what to install, exit code 2, and no traceback; nothing was begun."""
    arguments = [*command.split(), "--folder", str(tmp_path / "run")]
    without = [sys.executable, "-c", _WITHOUT, missing, *arguments]
    ended = subprocess.run(without, capture_output=True, text=True, check=False)
    told = f"{missing} is" if " " not in missing else f"{missing.replace(' ', ' and ')} are"
    assert ended.stderr == f'orgtools: {told} not installed here. In the clone of orgtools: pip install ".[{extra}]"\n'
    assert (ended.returncode, ended.stdout) == (2, "")
    assert not (tmp_path / "run").exists()


def test_a_mistake_of_ours_is_no_missing_extra(tmp_path: Path) -> None:
    """A module that no extra brings is missing for another reason: that is a traceback, which says where."""
    command = [sys.executable, "-c", _WITHOUT, "sqlite3", "status", "--folder", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "ModuleNotFoundError" in ended.stderr
