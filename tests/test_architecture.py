"""The arrows of the design point down, and the contracts in pyproject.toml that say so can fail."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
_LINTER: Final = (sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")


def lint_imports(folder: Path) -> tuple[set[str], str]:
    """Names of the contracts that ``folder`` breaks, and all that the linter says."""
    linter = subprocess.run(
        [*_LINTER, "--no-cache", "--no-logo"], cwd=folder, capture_output=True, text=True, check=False
    )
    broken = set(re.findall(r"^(.+) BROKEN", linter.stdout, re.MULTILINE))
    assert "Contracts: " in linter.stdout, linter.stdout + linter.stderr
    assert bool(linter.returncode) == bool(broken)
    return broken, linter.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to break."""
    shutil.copytree(ROOT / "orgtools", tmp_path / "orgtools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_arrow_points_down() -> None:
    """No module of orgtools imports what stands above it, or a library that is not its business."""
    broken, said = lint_imports(ROOT)
    assert broken == set(), said


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        pytest.param("aws/planted.py", "import orgtools.plan", "Arrows point down only", id="aws-knows-plan"),
        pytest.param("ledger/planted.py", "import orgtools.steps", "Arrows point down only", id="ledger-knows-steps"),
        pytest.param("assess/planted.py", "import orgtools.steps", "Arrows point down only", id="assess-knows-steps"),
        pytest.param("steps/planted.py", "import orgtools.ui", "Arrows point down only", id="steps-know-ui"),
        pytest.param("ui/planted.py", "import orgtools.rehearsal", "Arrows point down only", id="ui-knows-rehearsal"),
        pytest.param("planted.py", "", "Arrows point down only", id="a-room-in-no-layer"),
        pytest.param("plan.py", "import orgtools.budget", "No two modules need each other", id="plan-and-budget"),
        pytest.param("rehearsal/planted.py", "import orgtools.aws", "The rehearsal stands on its own", id="rehearsal"),
        pytest.param(
            "rehearsal/limits/rates.py",
            "import orgtools.rehearsal.operations",
            "Arrows within rehearsal point down only",
            id="rates-know-operations",
        ),
        pytest.param(
            "rehearsal/world/world.py",
            "import orgtools.rehearsal.world.control_tower",
            "No two modules need each other",
            id="world-knows-tower",
        ),
        pytest.param(
            "rehearsal/operations/paging.py",
            "import orgtools.rehearsal.operations.tags",
            "No two modules need each other",
            id="paging-knows-tags",
        ),
        pytest.param(
            "aws/model.py",
            "import orgtools.aws.read",
            "Arrows within aws point down only",
            id="model-knows-reading",
        ),
        pytest.param(
            "assess/catalogue.py",
            "import orgtools.assess.run",
            "Arrows within assess point down only",
            id="catalogue-knows-runs",
        ),
        pytest.param(
            "steps/core/step.py",
            "import orgtools.steps.forward.invite",
            "Arrows within steps point down only",
            id="step-knows-invite",
        ),
        pytest.param(
            "steps/forward/place.py",
            "import orgtools.steps.back",
            "Arrows within steps point down only",
            id="place-knows-the-way-back",
        ),
        pytest.param(
            "record/redact/levels.py",
            "import orgtools.record.render.page",
            "Arrows within record point down only",
            id="levels-know-the-page",
        ),
        pytest.param(
            "rehearsal/world/mirror.py",
            "import orgtools.rehearsal.world.rules",
            "Arrows within the simulated world point down only",
            id="mirror-knows-rules",
        ),
        pytest.param("ui/planted.py", "import boto3", "Only orgtools.aws and the rehearsal know boto3", id="ui-boto3"),
        pytest.param("steps/planted.py", "import ipywidgets", "Only orgtools.ui knows widgets", id="steps-widgets"),
        pytest.param(
            "aws/planted.py", "import pandas", "Tables are made at the edge, not in orgtools.aws", id="aws-pandas"
        ),
    ],
)
def test_a_wrong_import_is_found(copy: Path, file: str, line: str, contract: str) -> None:
    """Each contract breaks by the import that it forbids."""
    with (copy / "orgtools" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    broken, _ = lint_imports(copy)
    assert contract in broken


def test_no_two_public_classes_share_their_name() -> None:
    """One name, one thing."""
    named = Counter(
        node.name
        for module in (ROOT / "orgtools").rglob("*.py")
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in named.items() if count > 1] == []


def _names_of(package: Path) -> set[str]:
    """What a package offers: its `__all__`."""
    for node in ast.parse((package / "__init__.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_no_module_is_named_like_a_name_of_its_package() -> None:
    """`assess.export` would be a function or a module, whichever was imported last."""
    names = {file.parent: _names_of(file.parent) for file in (ROOT / "orgtools").rglob("__init__.py")}
    assert names[ROOT / "orgtools" / "assess"] >= {"assess", "export"}
    modules = [file for package in names for file in package.iterdir() if file.is_dir() or file.suffix == ".py"]
    shadowed = [module for module in modules if module.stem in names[module.parent]]
    assert shadowed == []
