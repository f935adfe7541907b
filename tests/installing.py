"""`pip install` without a package index: orgtools' wheel, and links to what it needs of this environment."""

from __future__ import annotations

import subprocess
import sys
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
    for package in set(found.values()):
        for top in {file.parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(str(package.locate_file(top)))
    python = folder / "venv" / "bin" / "python"
    command = python.with_name("orgtools")
    command.write_text(_SCRIPT.format(python=python), encoding="utf-8")
    command.chmod(0o755)
    return python


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
