"""The arrows of the design point down, and the contracts in pyproject.toml that say so can fail."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence

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


PLANTED: Final[tuple[tuple[str, str, str], ...]] = (
    ("aws/planted.py", "import orgtools.plan", "Arrows point down only"),
    ("ledger/planted.py", "import orgtools.steps", "Arrows point down only"),
    ("assess/planted.py", "import orgtools.steps", "Arrows point down only"),
    ("steps/planted.py", "import orgtools.ui", "Arrows point down only"),
    ("ui/planted.py", "import orgtools.rehearsal", "Arrows point down only"),
    ("planted.py", "", "Arrows point down only"),
    ("plan.py", "import orgtools.budget", "No two modules need each other"),
    ("rehearsal/planted.py", "import orgtools.aws", "The rehearsal stands on its own"),
    ("rehearsal/limits/rates.py", "import orgtools.rehearsal.operations", "Arrows within rehearsal point down only"),
    ("rehearsal/world/world.py", "import orgtools.rehearsal.world.control_tower", "No two modules need each other"),
    ("rehearsal/operations/paging.py", "import orgtools.rehearsal.operations.tags", "No two modules need each other"),
    ("aws/model.py", "import orgtools.aws.read", "Arrows within aws point down only"),
    ("assess/catalogue.py", "import orgtools.assess.run", "Arrows within assess point down only"),
    ("steps/core/step.py", "import orgtools.steps.forward.invite", "Arrows within steps point down only"),
    ("steps/forward/place.py", "import orgtools.steps.back", "Arrows within steps point down only"),
    ("record/redact/levels.py", "import orgtools.record.render.page", "Arrows within record point down only"),
    (
        "rehearsal/world/mirror.py",
        "import orgtools.rehearsal.world.rules",
        "Arrows within the simulated world point down only",
    ),
    ("cli/widths.py", "import orgtools.cli.running", "Arrows within cli point down only"),
    ("ui/words.py", "import orgtools.ui.boards", "Arrows within ui point down only"),
    ("html/rendering.py", "import orgtools.html.tables", "Arrows within html point down only"),
    ("invitations/listing.py", "import orgtools.invitations.remarks", "Arrows within invitations point down only"),
    ("kernels/importing.py", "import orgtools.kernels.executing", "Arrows within kernels point down only"),
    ("ledger/events.py", "import orgtools.ledger.store", "Arrows within ledger point down only"),
    ("migration/memory.py", "import orgtools.migration.opening", "Arrows within migration point down only"),
    ("policies/documents.py", "import orgtools.policies.templates", "Arrows within policies point down only"),
    ("settings/values.py", "import orgtools.settings.file", "Arrows within settings point down only"),
    ("messages/facts.py", "import orgtools.messages.rendering", "Arrows within messages point down only"),
    ("aws/calls/answers.py", "import orgtools.aws.calls.errors", "Arrows within aws.calls point down only"),
    ("aws/sessions/credentials.py", "import orgtools.aws.sessions.pool", "Arrows within aws.sessions point down only"),
    ("aws/read/reader.py", "import orgtools.aws.read.member", "Arrows within aws.read point down only"),
    ("assess/run/tasks.py", "import orgtools.assess.run.scheduler", "Arrows within assess.run point down only"),
    ("steps/core/pauses.py", "import orgtools.steps.core.follow", "Arrows within steps.core point down only"),
    ("steps/wave/way.py", "import orgtools.steps.wave.batch", "Arrows within steps.wave point down only"),
    ("record/bundle/read.py", "import orgtools.record.bundle.verify", "Arrows within record.bundle point down only"),
    (
        "rehearsal/server/wire.py",
        "import orgtools.rehearsal.server.gateway",
        "Arrows within rehearsal.server point down only",
    ),
    ("ui/planted.py", "import boto3", "Only orgtools.aws and the rehearsal know boto3"),
    ("steps/planted.py", "import ipywidgets", "Only orgtools.ui knows widgets"),
    ("aws/planted.py", "import pandas", "Tables are made at the edge, not in orgtools.aws"),
    ("ledger/planted.py", "import pandas", "What decides and what keeps knows no tables"),
    ("kernels/planted.py", "import moto", "Only the rehearsal knows moto"),
)
"""In which file an import is planted, the line, and the contract that forbids it."""


CIRCLES: Final = tuple(each for each in PLANTED if each[2] == "No two modules need each other")


def _linted(folder: Path, wrong: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """What the linter says of a copy of the package with some wrong imports, by the contract that is broken."""
    shutil.copytree(ROOT / "orgtools", folder / "orgtools", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file, line, _ in wrong:
        with (folder / "orgtools" / file).open("a", encoding="utf-8") as module:
            module.write(f"\n{line}\n")
    broken, said = lint_imports(folder)
    _, _, report = said.partition("\nBroken contracts\n")
    _, *parts = re.split(r"^(\S.*)\n-{4,}\n", report, flags=re.MULTILINE)
    told = {name: " ".join(part.split()) for name, part in zip(parts[::2], parts[1::2], strict=True)}
    assert told.keys() == broken
    return told


@pytest.fixture(scope="module")
def arrows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said where all of them are planted, except those that make a circle."""
    return _linted(tmp_path_factory.mktemp("arrows"), [each for each in PLANTED if each not in CIRCLES])


@pytest.fixture(scope="module")
def circles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said where nothing but circles is planted."""
    return _linted(tmp_path_factory.mktemp("circles"), CIRCLES)


def test_every_arrow_points_down() -> None:
    """No module of orgtools imports what stands above it, or a library that is not its business."""
    broken, said = lint_imports(ROOT)
    assert broken == set(), said


@pytest.mark.parametrize(("file", "line", "contract"), [each for each in PLANTED if each not in CIRCLES])
def test_a_wrong_import_is_found(arrows: dict[str, str], file: str, line: str, contract: str) -> None:
    """Each contract breaks by the import that it forbids, and both ends are named."""
    module = "orgtools." + file.removesuffix(".py").replace("/", ".")
    assert (f"{module} -> {line.removeprefix('import ')} " if line else f"- {module} ") in f"{arrows[contract]} "


@pytest.mark.parametrize(("file", "line", "contract"), CIRCLES)
def test_a_circle_is_found(circles: dict[str, str], file: str, line: str, contract: str) -> None:
    """At any depth; the package is named."""
    package = ".".join(("orgtools", *Path(file).parts[:-1]))
    assert line.startswith(f"import {package}.")
    assert f"No cycles are allowed in {package}. " in circles[contract]


def test_every_room_has_a_contract_and_each_is_broken_once() -> None:
    """From the contract inside a room no module is left out."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {each["name"] for each in contracts} == {contract for _, _, contract in PLANTED}
    within = {room for each in contracts if each.get("exhaustive") for room in each["containers"]}
    rooms = {f"orgtools.{file.parent.name}" for file in (ROOT / "orgtools").glob("*/__init__.py")}
    assert rooms <= within


def test_few_modules_import_by_name() -> None:
    """The linter does not see it: what packages load lazily, operations of the rehearsal, what a kernel has ready."""
    named = {
        file.relative_to(ROOT / "orgtools").as_posix()
        for file in (ROOT / "orgtools").rglob("*.py")
        if re.search(r"\bimport_module\(|\b__import__\(|\brun_module\(", file.read_text(encoding="utf-8"))
    }
    assert named == {"lazily.py", "kernels/forking.py", "rehearsal/operations/__init__.py"}


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
