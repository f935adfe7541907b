"""`pip install` without a package index: orgtools' wheel, and links to what it needs of this environment.

`installed` unpacks the wheel itself, which takes no time; `by_pip` lets pip do it, as people type it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from importlib.metadata import Distribution

_ROOT: Final = Path(__file__).parents[1]
_SCRIPT: Final = "#!{python}\nfrom orgtools.cli import app\n\napp()\n"


def installed(folder: Path, extra: str = "") -> Path:
    """The Python of a new environment that has orgtools and what it needs, with an extra or none; and its command.

    `make sizes` asks pip itself.
    """
    venv.create(folder / "venv", symlinks=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=_ROOT, capture_output=True, check=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(site)
    (metadata,) = site.glob("orgtools-*.dist-info")
    found: dict[str, Distribution] = {}
    for line in (metadata / "METADATA").read_text(encoding="utf-8").split("\n\n", 1)[0].splitlines():
        if line.startswith("Requires-Dist: "):
            _needed(line.removeprefix("Requires-Dist: "), found, extra)
    _link(found, site)
    python = folder / "venv" / "bin" / "python"
    command = python.with_name("orgtools")
    command.write_text(_SCRIPT.format(python=python), encoding="utf-8")
    command.chmod(0o755)
    return python


def by_pip(folder: Path, line: str) -> Path:
    """The commands of a new environment in which a shell has run `line`: ``pip install`` of the clone, with an extra.

    What orgtools needs, and what builds it, are links again, with their metadata: pip finds them installed already, in
    the releases that orgtools asks for or not. It reaches no index.
    """
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extra = Requirement(f"orgtools{line.rpartition('.')[2].strip(chr(34))}").extras
    needs = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    needs += [need for name in extra for need in project["project"]["optional-dependencies"][name]]
    venv.create(folder / "venv", symlinks=True, with_pip=True)
    (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
    found: dict[str, Distribution] = {}
    for need in needs:
        _needed(need, found)
    _link(found, site)
    commands = folder / "venv" / "bin"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    environment |= {"PATH": f"{commands}{os.pathsep}{environment['PATH']}"}
    command = ["bash", "-c", f"{line} --no-index --no-build-isolation"]
    ended = subprocess.run(command, cwd=_ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "does not provide the extra" not in ended.stderr + ended.stdout
    return commands


def _link(found: dict[str, Distribution], site: Path) -> None:
    for package in set(found.values()):
        for top in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(str(package.locate_file(top)))


def _needed(line: str, found: dict[str, Distribution], extra: str = "") -> dict[str, Distribution]:
    """What pip would install for a requirement: it, and all that it needs."""
    wanted = Requirement(line)
    if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
        installed = distribution(wanted.name)
        for extra_wanted in wanted.extras or {""}:
            if f"{wanted.name}[{extra_wanted}]" not in found:
                found[f"{wanted.name}[{extra_wanted}]"] = installed
                for needed in installed.requires or ():
                    _needed(needed, found, extra_wanted)
    return found
