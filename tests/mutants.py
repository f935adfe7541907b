"""Breaks orgtools in one named way after the other and shows which test notices: `make mutants`.

mutmut, cosmic-ray and mutatest change operators wherever they find some, and run everything for each of thousands.
Here each breakage is a promise of orgtools (mutants.toml), with the few tests that keep it. A copy is what is broken.
"""

from __future__ import annotations

import argparse
import atexit
import json
import multiprocessing
import os
import queue
import shutil
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.tiers import tier_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
_REPORT: Final = "ORGTOOLS_MUTANTS_REPORT"
"""Names the file into which a pytest with this module as a plugin writes what failed."""
_PATIENCE: Final = 600.0
_FORKS: Final = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["pytest", "nbval.plugin", "hypothesis", "boto3", "IPython", "pandas", "pydantic"])
"""Processes that begin with these imported: that takes longer than most tests. Nothing of orgtools is among them."""
_CLUMSY: Final = ("NameError", "UnboundLocalError", "SyntaxError", "ImportError", "ModuleNotFoundError")
"""Slips that Python itself tells at the first run are no test of the tests."""


@dataclass(frozen=True)
class Breakage:
    """One slip: a text that stands once in a file, what comes in its place, and the tests that must notice.

    ``reason`` says why no lighter test can, where only `make exhaustive` runs the one that does.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Caught:
    """What came of a breakage: by which test of which tier it was noticed, or why it was not."""

    seconds: float
    test: str = ""
    tier: str = ""
    why_not: str = ""


def breakages() -> list[Breakage]:
    """All of mutants.toml, in its order."""
    held = tomllib.loads((ROOT / "tests/mutants.toml").read_text(encoding="utf-8"))["breakage"]
    return [Breakage(**{**one, "tests": tuple(one["tests"])}) for one in held]


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
    """As a plugin: note each failure with its test, its tier and the kind of error."""
    place = os.environ.get(_REPORT)
    if place and call.excinfo is not None:
        told = {"test": item.nodeid, "tier": tier_of(item), "when": call.when, "error": call.excinfo.typename}
        with Path(place).open("a", encoding="utf-8") as report:
            report.write(json.dumps(told) + "\n")


def pytest_collection_finish() -> None:
    """As a plugin: that an example fails is enough, nobody reads the smallest one that does."""
    if _REPORT in os.environ:
        import hypothesis  # noqa: PLC0415 (only where tests run)

        phases = [phase for phase in hypothesis.Phase if phase.name in ("explicit", "generate")]
        hypothesis.settings.register_profile("mutants", hypothesis.settings(), phases=phases)
        hypothesis.settings.load_profile("mutants")


def _copied(folder: Path) -> Path:
    """The tree without what starts with a dot, caches and runs: tests read README and Makefile, too."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "runs", "build", "dist")
    return Path(shutil.copytree(ROOT, folder, ignore=ignored))


def _pytest(copy: Path, tests: Sequence[str], *options: str, keep: bool) -> tuple[int, str, list[dict[str, str]]]:
    """Run some tests in a copy, in a process of its own: pytest's exit code, what it said, and what failed."""
    report, said = copy.with_suffix(".report"), copy.with_suffix(".said")
    report.unlink(missing_ok=True)
    process = _FORKS.Process(target=_inside, args=(copy, report, said, (*options, *tests), keep))
    process.start()
    process.join(_PATIENCE)
    if process.is_alive():
        process.terminate()
        process.join()
    told = report.read_text(encoding="utf-8").splitlines() if report.is_file() else []
    return process.exitcode or 0, said.read_text(encoding="utf-8"), [json.loads(line) for line in told]


def _inside(copy: Path, report: Path, said: Path, arguments: tuple[str, ...], keep: bool) -> None:
    """What that process does: it becomes a pytest that knows the copy only.

    Compiled code is kept of the unbroken tree only: that of a broken one must never be found again.
    """
    os.chdir(copy)
    with said.open("w", encoding="utf-8") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    sys.path[:] = [str(copy), *(place for place in sys.path if Path(place or ".").resolve() not in (copy, ROOT))]
    sys.modules.pop("tests", None)
    sys.dont_write_bytecode = not keep
    os.environ |= {"PYTHONPATH": str(copy), _REPORT: str(report), "PYTHONDONTWRITEBYTECODE": "" if keep else "1"}
    import pytest  # noqa: PLC0415 (imported already, before this process was forked)

    options = ("-p", "tests.mutants", "-p", "no:cacheprovider", "--assert=plain", "-q", "--color=no")
    code = pytest.main([*options, *arguments])
    sys.stdout.flush()
    atexit._run_exitfuncs()  # the rehearsal stops its server at exit
    os._exit(code)


def _tried(copy: Path, breakage: Breakage) -> Caught:
    """Break the copy, run the tests, mend it."""
    began, path = time.monotonic(), copy / breakage.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(breakage.old, breakage.new), encoding="utf-8")
    try:
        code, said, failed = _pytest(copy, breakage.tests, "-x", keep=False)
    finally:
        shutil.copy2(ROOT / breakage.file, path)  # with its former time: what was compiled of it fits again
    return judged(code, said, failed, time.monotonic() - began, breakage.reason)


def judged(code: int, said: str, failed: Sequence[dict[str, str]], seconds: float, reason: str = "") -> Caught:
    """Whether a test failed that had begun, and for a reason that is not plain to see without it."""
    noticed = next((one for one in failed if one["when"] != "setup" and one["error"] not in _CLUMSY), None)
    if code == 1 and noticed and noticed["tier"] == "exhaustive" and not reason:
        return Caught(seconds, why_not=f"only `make exhaustive` notices ({noticed['test']}), and no reason says why")
    if code == 1 and noticed:
        return Caught(seconds, noticed["test"], noticed["tier"])
    if code == 0:
        return Caught(seconds, why_not="SURVIVED: its tests pass")
    return Caught(seconds, why_not=f"the tests ended otherwise than by a failure ({code}):\n{said[-2000:]}")


def _all(wanted: Sequence[Breakage], folder: Path, workers: int) -> Iterator[tuple[Breakage, Caught]]:
    """What came of each, in order; first the tests must pass with nothing broken."""
    copies: queue.SimpleQueue[Path] = queue.SimpleQueue()
    first = _copied(folder / "copy-0")
    tests = list(dict.fromkeys(test for breakage in wanted for test in breakage.tests))
    began = time.monotonic()
    code, said, _ = _pytest(first, tests, keep=True)
    if code:
        sys.exit(f"Unbroken, the tests do not pass:\n{said[-4000:]}")
    _say(f"Unbroken: {said.strip().splitlines()[-1]} ({time.monotonic() - began:.0f} s)")
    copies.put(first)
    for number in range(1, workers):
        copies.put(Path(shutil.copytree(first, folder / f"copy-{number}")))

    def tried(breakage: Breakage) -> Caught:
        copy = copies.get()
        try:
            return _tried(copy, breakage)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(workers) as pool:
        yield from zip(wanted, pool.map(tried, wanted), strict=True)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (a command for engineers)


def main() -> int:
    """Try every breakage; 1 where one is not noticed."""
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--workers", type=int, default=1, help="how many are tried side by side")
    parser.add_argument("--only", default="", help="those whose name holds this text")
    given = parser.parse_args()
    wanted = [breakage for breakage in breakages() if given.only in breakage.name]
    caught, tiers, began = 0, dict.fromkeys(("quick", "test", "exhaustive"), 0), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        for breakage, what in _all(wanted, Path(folder).resolve(), max(1, given.workers)):
            caught += bool(what.test)
            if what.test:
                tiers[what.tier] += 1
            because = f": {breakage.reason}" if what.tier == "exhaustive" else ""
            verdict = f"{what.tier:10} {what.test}{because}" if what.test else what.why_not
            _say(f"{what.seconds:5.1f} s  {breakage.name}  ({breakage.file})\n         {verdict}")
    by_tier = ", ".join(f"{count} by {name}" for name, count in tiers.items() if count)
    _say(f"{caught} of {len(wanted)} caught: {by_tier or 'none'}; {time.monotonic() - began:.0f} s")
    return int(caught < len(wanted) or not wanted)


if __name__ == "__main__":
    sys.exit(main())
