"""One set of dependencies, said in four files: pyproject.toml, environment.yml and the two locks."""

from __future__ import annotations

import itertools
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import grimp
import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Final = Path(__file__).parents[1]
PYPROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: Final = {
    name: [Requirement(line) for line in lines]
    for name, lines in PYPROJECT["project"]["optional-dependencies"].items()
    if name != "all"
}
RUN: Final = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
ALL: Final = [*RUN, *itertools.chain(*EXTRAS.values()), *map(Requirement, PYPROJECT["dependency-groups"]["clone"])]
SMALL_LOCK: Final = (ROOT / "requirements.lock").read_text(encoding="utf-8")
"""What the notebooks and the rehearsal need."""
LOCK: Final = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
"""Everything."""
LOCKS: Final = pytest.mark.parametrize("lock", [SMALL_LOCK, LOCK], ids=["small", "all"])
CONDA: Final[dict[str, Any]] = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

# The same program under conda-forge's name.
CONDA_NAMES: Final = {
    "fluent-runtime": "fluent.runtime",
    "fluent-syntax": "fluent.syntax",
    "jupyter-client": "jupyter_client",
}
# Left to pip in an environment made by conda: environment.yml says why.
NOT_FROM_CONDA: Final = {"boto3-stubs", "playwright", "zensical"}
PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")


def _locked(python: str, lock: str = LOCK) -> dict[str, Version]:
    """What a lock pins for ``python`` on Linux, by canonical name."""
    python_now = {"python_version": python, "python_full_version": f"{python}.9"}
    environment = {name: str(value) for name, value in default_environment().items()} | python_now
    pins = [Requirement(line) for line in re.findall(r"^([A-Za-z0-9][^\\\n]*?) *\\?$", lock, re.MULTILINE)]
    return {
        canonicalize_name(pin.name): Version(str(pin.specifier).removeprefix("=="))
        for pin in pins
        if pin.marker is None or pin.marker.evaluate(environment)
    }


def _conda() -> dict[str, SpecifierSet]:
    """What environment.yml asks of conda, without Python and pip."""
    lines = [Requirement(line) for line in CONDA["dependencies"] if isinstance(line, str)]
    return {line.name: line.specifier for line in lines if line.name not in {"python", "pip"}}


def test_conda_asks_for_the_same_ranges() -> None:
    """environment.yml and pyproject.toml name the same packages in the same ranges."""
    wanted = {
        CONDA_NAMES.get(requirement.name, requirement.name): requirement.specifier
        for requirement in ALL
        if requirement.name not in NOT_FROM_CONDA
    }
    assert _conda() == wanted


def test_conda_asks_for_the_same_python() -> None:
    """Both files start at the same Python."""
    (python,) = [Requirement(line) for line in CONDA["dependencies"] if str(line).startswith("python ")]
    assert python.specifier == SpecifierSet(PYPROJECT["project"]["requires-python"])


def test_conda_installs_the_project_itself() -> None:
    """What conda does not bring, extras included, the project brings by pip."""
    assert CONDA["dependencies"][-1] == {"pip": ["-e .[all,dev]"]}


@LOCKS
def test_the_lock_names_no_index(lock: str) -> None:
    """No address, no host, no index option: a lock installs from wherever pip is told to look."""
    assert "://" not in lock
    assert not re.search(r"^\s*-", lock.replace("    --hash=sha256:", ""), re.MULTILINE)
    assert not re.search(r"@|\.(org|com|io|net)\b", lock)


@LOCKS
def test_every_locked_package_has_hashes(lock: str) -> None:
    """pip refuses a file that is not the one that was locked, for each package."""
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^(#.*\n)+", "", lock).strip())
    assert len(entries) > len(ALL)
    assert [entry.split(" ")[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert [entry.split(" ")[0] for entry in entries if "==" not in entry.split(" ")[0]] == []


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_agrees_with_the_ranges(python: str) -> None:
    """Each dependency is locked, inside its range, for each supported Python."""
    locked = _locked(python)
    outside = {
        requirement.name: locked.get(canonicalize_name(requirement.name))
        for requirement in ALL
        if not (pin := locked.get(canonicalize_name(requirement.name))) or pin not in requirement.specifier
    }
    assert outside == {}


@pytest.mark.parametrize("python", PYTHONS)
def test_the_small_lock_is_a_part_of_the_other(python: str) -> None:
    """In the same releases; what the notebooks and the rehearsal need is in it, and no tool of the tests."""
    small, everything = _locked(python, SMALL_LOCK), _locked(python)
    assert small.items() <= everything.items()
    needed = {canonicalize_name(line.name) for line in RUN + EXTRAS["notebooks"] + EXTRAS["rehearsal"]}
    assert needed <= set(small)
    assert not {"awscli", "cfn-lint", "mypy", "playwright", "pytest", "ruff", "sympy"} & set(small)


def test_all_is_every_extra_that_runs() -> None:
    """`pip install "orgtools[all]"` leaves out the tools of the tests only."""
    (line,) = map(Requirement, PYPROJECT["project"]["optional-dependencies"]["all"])
    assert (line.name, line.extras) == ("orgtools", EXTRAS.keys() - {"dev"})


@pytest.mark.parametrize("requirement", ALL, ids=lambda requirement: requirement.name)
def test_a_range_starts_at_what_was_tested(requirement: Requirement) -> None:
    """The floor is the locked release (its first two numbers), and there is a ceiling."""
    bounds = {bound.operator: bound.version for bound in requirement.specifier}
    assert set(bounds) == {">=", "<"}
    assert Version(bounds[">="]).release[:2] == _locked("3.12")[canonicalize_name(requirement.name)].release[:2]


def test_every_library_that_is_imported_is_asked_for() -> None:
    """orgtools imports nothing that it has only because something else brought it along."""
    graph = grimp.build_graph("orgtools", include_external_packages=True, cache_dir=None)
    outside = {name for name in graph.modules if graph.is_module_squashed(name)} - sys.stdlib_module_names
    providers = packages_distributions()
    asked_for = {canonicalize_name(line.name) for name in EXTRAS.keys() - {"dev"} for line in RUN + EXTRAS[name]}
    # Stubs are imported while types are checked, never while orgtools runs.
    stubs = {name for name in outside if name.startswith("mypy_boto3_")}
    # Only pytest itself imports the plugin for it.
    plugin = {"pytest"}
    run = outside - stubs - plugin
    missing = {name for name in run if not asked_for & {canonicalize_name(p) for p in providers[name]}}
    assert missing == set()


def test_what_is_installed_fits_together(programs: None) -> None:
    """pip finds no package whose own requirements the environment leaves unmet."""
    check = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout


def test_the_wheel_carries_types_and_data(programs: None, tmp_path: Path) -> None:
    """A wheel built from the tree holds every file of the package that git keeps, and the notebooks."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    kept = subprocess.run(
        ["git", "ls-files", "orgtools", "notebooks"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    carried = set(ZipFile(wheel).namelist())
    wanted = [file for file in kept.stdout.split() if (ROOT / file).exists()]
    assert {"orgtools/py.typed", "notebooks/00_start.ipynb"} <= set(wanted)
    assert {re.sub(r"^notebooks/", "orgtools/notebooks/", file) for file in wanted} <= carried
