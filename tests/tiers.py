"""Three tiers of tests, found by what a test needs: `quick`, `test` and `exhaustive`. A plugin of `tests/conftest.py`.

- **quick** needs no server, no kernel and no browser, and is kept from every connection, loopback included.
- **test** takes the fixture `programs`, or `local_servers`, mostly through another one such as `run`; or it is a
  notebook's cell.
- **exhaustive** is marked so: it tries more of what a test of the tier `test` tries, with seeds of its own.

Each worker takes whole files, the longest first by the seconds in `durations.json`, which ``--measure`` writes anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import hypothesis
import pytest
from nbval.plugin import IPyNbCell

from tests.offline import loopback

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from contextlib import AbstractContextManager

DURATIONS: Final = Path(__file__).with_name("durations.json")
JUDGES: Final = DURATIONS.parents[1] / ".judges"
"""Where `make judges` installs programs of others; their tests are collected only where it has."""
_UNKNOWN: Final = 0.05
_LONG: Final = 60.0
"""Seconds of a test that nobody has measured, and of one of the tier `exhaustive`."""


@pytest.fixture(scope="session")
def local_servers() -> None:
    """What a test takes that speaks to a server on this machine, or starts a kernel or a browser."""
    if loopback.closed():
        pytest.fail("a quick test asked for local_servers while it ran: name the fixture among its arguments")


@pytest.fixture(scope="session")
def programs() -> None:
    """What a test takes that waits for another program: a Python that loads all anew, pip, a builder, a linter."""


def tier_of(item: pytest.Item) -> str:
    """The tier of a test: by its marker, else by what it needs."""
    for marked in ("benchmark", "exhaustive"):
        if item.get_closest_marker(marked):
            return marked
    needs = isinstance(item, IPyNbCell) or {"local_servers", "programs"} & {*getattr(item, "fixturenames", ())}
    return "test" if needs else "quick"


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make exhaustive` and .ci/run ask for."""
    group = parser.getgroup("tiers")
    group.addoption(
        "--share", type=float, metavar="SECONDS", help="as many tests as take so long, chosen by --hypothesis-seed"
    )
    group.addoption("--measure", action="store_true", help=f"write the seconds of each test to {DURATIONS.name}")


def seed_of(config: pytest.Config) -> int:
    """What this session's random examples follow from: 0, so that every run tries the same, or --hypothesis-seed."""
    return int(config.getoption("hypothesis_seed") or 0)


def examples(usual: int) -> int:
    """So many examples of a slow property in `make test`; ten times as many in `make exhaustive`."""
    return usual * hypothesis.settings().max_examples // 100


def pytest_report_header(config: pytest.Config) -> list[str]:
    """The seed, so that a failure can be had again."""
    judges = "installed" if JUDGES.is_dir() else "not installed, their tests are left out (make judges)"
    return [f"seed: {seed_of(config)}", f"programs of others: {judges}"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its tier, before pytest itself chooses by markers."""
    for item in items:
        if item.get_closest_marker("quick") or item.get_closest_marker("test"):
            raise pytest.UsageError(f"{item.nodeid}: what a test needs sets its tier, nobody marks it by hand")
        item.add_marker(tier_of(item))


class Order:
    """Which of the chosen tests run, and in what order; after pytest has chosen by markers."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Take a share, if one is asked for; the file that takes longest begins, so that no worker ends alone."""
        measured = _durations()
        seconds = {item.nodeid: measured.get(item.nodeid, _guess(item)) for item in items}
        share = config.getoption("share")
        if share:
            kept = _chosen(seconds, share, seed_of(config))
            config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept])
            items[:] = [item for item in items if item.nodeid in kept]
        files: Counter[Path] = Counter()
        for item in items:
            files[item.path] += seconds[item.nodeid]  # type: ignore[assignment]  # Counter adds floats, too
        items.sort(key=lambda item: -files[item.path])


def _guess(item: pytest.Item) -> float:
    return _LONG if item.get_closest_marker("exhaustive") else _UNKNOWN


def _chosen(seconds: Mapping[str, float], budget: float, seed: int) -> set[str]:
    """As many tests as take so many seconds of one worker, each with the same chance, whatever their order."""
    kept: set[str] = set()
    for name in sorted(seconds, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest()):
        budget -= seconds[name]
        if budget < 0 and kept:
            break
        kept.add(name)
    return kept


def _durations() -> dict[str, float]:
    measured: dict[str, float] = json.loads(DURATIONS.read_text(encoding="utf-8")) if DURATIONS.is_file() else {}
    return measured


class Measuring:
    """Adds up the seconds of each test and writes them at the end, in the process that hears of all of them."""

    def __init__(self) -> None:
        self._seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Set-up and tear-down belong to the test."""
        self._seconds[report.nodeid] += report.duration  # type: ignore[assignment]  # Counter adds floats, too

    def pytest_sessionfinish(self) -> None:
        """Tests that did not run keep their seconds."""
        told = _durations() | {name: round(took, 2) for name, took in self._seconds.items()}
        kept = {name: took for name, took in sorted(told.items()) if took > _UNKNOWN and _is_there(name)}
        DURATIONS.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")


def _is_there(name: str) -> bool:
    file = name.partition("::")[0].partition("[")[0]  # a notebook in brackets is one more run of it
    return (DURATIONS.parents[1] / file).is_file()


_TRIED: Final = "tried"


@pytest.fixture
def tried(request: pytest.FixtureRequest) -> Iterator[Counter[str]]:
    """How many malformed inputs of which kind a test tries; the end of the session tells those of tests that passed."""
    counted: Counter[str] = Counter()
    yield counted
    request.node.user_properties.append((_TRIED, dict(counted)))


class Tried:
    """Adds up what tests tried, in the process that hears of all of them."""

    def __init__(self) -> None:
        self._passed = set[str]()
        self._counted: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test that failed has tried nothing that counts."""
        if report.when == "call" and report.passed:
            self._passed.add(report.nodeid)
        if report.when == "teardown" and report.nodeid in self._passed:
            for name, counted in report.user_properties:
                if name == _TRIED and isinstance(counted, dict):
                    self._counted.update(counted)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """A line for each kind, and one for all."""
        if self._counted:
            terminalreporter.section("malformed inputs: no traceback, no hang, none taken wrongly")
            for kind, count in sorted(self._counted.items()):
                terminalreporter.line(f"{count:7,} {kind}")
            terminalreporter.line(f"{self._counted.total():7,} in all")


def pytest_configure(config: pytest.Config) -> None:
    """Put the rest of the plugin in its place."""
    config.pluginmanager.register(Order())
    config.pluginmanager.register(Tried())
    if config.getoption("measure") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Measuring())


def _kept_in(item: pytest.Item) -> AbstractContextManager[None]:
    """A quick test reaches no server on this machine either; what other tests have opened is closed by whoever ends."""
    return loopback.allowed(item.get_closest_marker("quick") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Neither by its fixtures."""
    with _kept_in(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Nor by itself."""
    with _kept_in(item):
        return (yield)
