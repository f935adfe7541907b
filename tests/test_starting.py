"""Starting is quick: heavy libraries load where they are used, and a command says which of them it lacks."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_HEAVY: Final = {
    *("IPython", "ipywidgets", "itables", "matplotlib", "moto", "nbformat", "numpy", "pandas", "papermill"),
    *("boto3", "botocore", "pydantic"),
}
_MOST_MEMORY: Final = 70 * 1024
"""KB, resident. Some 31 MB are used; boto3 alone would add 20, pandas 60."""
_MOST_SECONDS: Final = 0.5
"""Of the processor, not of the clock: a busy machine changes nothing. Some 0.2 are used."""
_MEASURED: Final = """
import json, os, resource, sys
try:
    from orgtools.cli import app
    app(sys.argv[1:])
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    sys.stderr.write(json.dumps([sorted(sys.modules), used.ru_maxrss, used.ru_utime + used.ru_stime]))
"""


def _loaded(code: str, *arguments: str) -> tuple[set[str], float, float]:
    """What a new Python loads, the KB that it takes and the seconds of the processor."""
    ended = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    modules, memory, seconds = json.loads(ended.stderr)
    return set(modules), memory, seconds


@pytest.mark.parametrize("arguments", [("--help",), ("status", "--help"), ("audit", "--help"), ("rehearse", "--help")])
def test_help_loads_no_heavy_library(arguments: tuple[str, ...]) -> None:
    """Not even the engine: in half a second and 70 MB at most."""
    modules, memory, seconds = _loaded(_MEASURED, *arguments)
    assert modules & _HEAVY == set()
    assert "orgtools.migration" not in modules
    assert memory <= _MOST_MEMORY
    assert seconds <= _MOST_SECONDS


@pytest.mark.parametrize(
    "imported", ["import orgtools", "from orgtools import record", "from orgtools.rehearsal import Rehearsal"]
)
def test_importing_loads_no_heavy_library(imported: str) -> None:
    """The names are there all the same; who asks for one gets what it needs."""
    told = "import json, sys; sys.stderr.write(json.dumps([sorted(sys.modules), 0, 0]))"
    assert _loaded(f"{imported}; {told}")[0] & (_HEAVY - {"pydantic"}) == set()


def test_the_engine_needs_no_table_no_drawing_and_no_notebook() -> None:
    """What `orgtools run`, `status` and `audit` work with."""
    told = "import json, sys; sys.stderr.write(json.dumps([sorted(sys.modules), 0, 0]))"
    engine = "import orgtools; from orgtools import assess, audit, handshakes, steps; orgtools.open"
    assert _loaded(f"{engine}; {told}")[0] & (_HEAVY - {"boto3", "botocore", "pydantic"}) == set()


_WITHOUT: Final = """
import sys
sys.modules[sys.argv[1]] = None
from orgtools.cli import app
app(sys.argv[2:])
"""


@pytest.mark.parametrize(
    ("missing", "extra", "command"),
    [
        pytest.param("moto", "rehearsal", "rehearsal start", id="rehearsal"),
        pytest.param("moto", "rehearsal", "rehearse --scenario two-waves", id="rehearse"),
        pytest.param("jupyterlab", "notebooks", "rehearse --scenario two-waves", id="notebooks"),
        pytest.param("jupyterlab", "notebooks", "lab", id="lab"),
    ],
)
def test_a_missing_extra_is_a_sentence(tmp_path: Path, missing: str, extra: str, command: str) -> None:
    """With what to install, exit code 2, and no traceback; nothing was begun."""
    arguments = [*command.split(), "--folder", str(tmp_path / "run")]
    without = [sys.executable, "-c", _WITHOUT, missing, *arguments]
    ended = subprocess.run(without, capture_output=True, text=True, check=False)
    assert ended.stderr == f'orgtools: {missing} is not installed here. pip install "orgtools[{extra}]"\n'
    assert (ended.returncode, ended.stdout) == (2, "")
    assert not (tmp_path / "run").exists()


def test_a_mistake_of_ours_is_no_missing_extra(tmp_path: Path) -> None:
    """A module that no extra brings is missing for another reason: that is a traceback, which says where."""
    command = [sys.executable, "-c", _WITHOUT, "sqlite3", "status", "--folder", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "ModuleNotFoundError" in ended.stderr
