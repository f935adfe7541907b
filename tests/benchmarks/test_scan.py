"""Assessing 100 accounts in 4 regions with every check, where each call takes AWS 30 ms; in threads and on Dask."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import botocore.session
import pytest

from orgtools import assess
from orgtools.aws.read.reader import action_of
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.limits.faults import Fault
from orgtools.rehearsal.scenario.plain_wave import accounts_csv
from tests.benchmarks.slow import DELAY
from tests.benchmarks.waves import SETTINGS, UNHURRIED, say

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

ROOT: Final = Path(__file__).parents[2]
ACCOUNTS: Final = 100
FEW: Final = 25
REGIONS: Final = ("eu-central-1", "eu-west-1", "us-east-1", "us-west-2")
ANSWERED: Final = ("invoicing", "organizations", "service_quotas", "sts")
"""Services whose empty answers would be no organization at all: the rehearsal answers for them."""
BOUND: Final = 0.80
"""Of the calls a second that what limits allows: the waiting, or boto3 on the processor."""
FULL: Final = 0.90
"""So busy, a machine has no processor left: AWS, which is played on the same one, takes its part of it."""
ROUNDS: Final = 3
MOST_MEMORY: Final = 500.0


@dataclass(frozen=True)
class Scan:
    """One assessment, and what the same number of calls takes where nothing but waiting is done.

    Attributes:
        width: how many calls may be under way at once.
        processes: Dask workers; 0 for threads of one process.
        accounts: how many were assessed.
        seconds: it took.
        processor: seconds of the processor that it took in all processes.
        memory: the peak of each process, in MB; the first is the notebook's.
        calls: by operation, as the servers saw them.
        alone: calls a second that as many threads get from the server when they do nothing else, measured beside it.
        bare: the same of as many threads, in as many processes, that make the same calls by boto3 and do nothing else:
            it takes them the processor.
        busy: which part of all the machine's processors was at work meanwhile, for whomever.
    """

    width: int
    processes: int
    accounts: int
    seconds: float
    processor: float
    memory: tuple[float, ...]
    calls: Counter[str]
    alone: float
    bare: float
    busy: float

    @property
    def rate(self) -> float:
        """Calls a second."""
        return self.calls.total() / self.seconds

    @property
    def share(self) -> float:
        """Which part it reached of what limits it."""
        return self.rate / min(self.alone, self.bare)

    def __str__(self) -> str:
        where = f"{self.processes} Dask workers" if self.processes else "threads"
        per_call = self.processor / self.calls.total() * 1000
        return (
            f"{self.width:3d} wide, {where}: {self.rate:5.0f} calls a second, "
            f"{self.rate / self.alone:.0%} of what waiting allows and {self.rate / self.bare:.0%} of what boto3 alone "
            f"gets; the smaller is {'the waiting' if self.alone < self.bare else 'boto3 on the processor'}; "
            f"{per_call:.1f} ms of processor a call, the machine is busy to {self.busy:.0%}; "
            f"peak memory {' + '.join(f'{peak:.0f}' for peak in self.memory)} MB"
        )


class Slow:
    """The slow server, and beside it a rehearsal that answers what an organization alone can answer, as slowly."""

    def __init__(self, folder: Path) -> None:
        """Start both."""
        self.folder, self._count = folder, 0
        self.rehearsal = Rehearsal.start(folder / "rehearsal", scenario=f"wave:{ACCOUNTS}")
        self.rehearsal.script(Fault("*", "slow", probability=1.0, seconds=DELAY))
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.slow"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout
        self.address = self._server.stdout.readline().strip()
        self._configure()

    def _configure(self) -> None:
        given = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.environment = given | self.rehearsal.environment() | {"PYTHONPATH": str(ROOT)}
        config = Path(self.environment["AWS_CONFIG_FILE"])
        text = config.read_text(encoding="utf-8")
        answered = re.findall(r"endpoint_url = (\S+)", text)[0]
        own = "".join(f"{name} =\n  endpoint_url = {answered}\n" for name in ANSWERED)
        text = text.replace(f"endpoint_url = {answered}", f"endpoint_url = {self.address}\nservices = own")
        config.write_text(f"{text}\n[services own]\n{own}", encoding="utf-8")

    def scan(self, width: int, accounts: int, processes: int = 0) -> Scan:
        """Assess, in a process of its own, and measure beside it what the server and the width allow."""
        self._count += 1
        folder = self.folder / f"run-{self._count}"
        folder.mkdir()
        more = f"[engine]\nworkers = {width}\n[assess]\nregions = {json.dumps(REGIONS)}\n"
        (folder / "migration.toml").write_text(SETTINGS.format(speed=UNHURRIED) + more, encoding="utf-8")
        (folder / "accounts.csv").write_text(accounts_csv(ACCOUNTS), encoding="utf-8")
        arguments = [str(folder), self.address, str(self.rehearsal.folder), str(accounts), str(width), str(processes)]
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.scanning", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout.splitlines()[-1])
        assert not told["unknown"], told["unknown"]
        return Scan(
            width=width,
            processes=processes,
            accounts=accounts,
            seconds=told["seconds"],
            processor=told["processor"],
            memory=tuple(told["memory"]),
            calls=Counter(told["calls"]),
            alone=told["alone"],
            bare=told["bare"],
            busy=told["busy"],
        )

    def stop(self) -> None:
        """End both."""
        self._server.communicate()
        self.rehearsal.stop()


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slow]:
    """Both servers."""
    made = Slow(tmp_path_factory.mktemp("slow"))
    yield made
    made.stop()


@pytest.mark.parametrize("width", [4, 8, 16])
def test_threads_wait_at_once_until_the_processor_is_the_limit(slow: Slow, width: int) -> None:
    """At least 80 % of the calls a second that so many threads get which only wait, or make the same calls by boto3.

    Other work of the machine comes and goes: each round measures all three, and the median is held.
    """
    scans = sorted((slow.scan(width, FEW) for _ in range(ROUNDS)), key=lambda scan: scan.share)
    scan = scans[ROUNDS // 2]
    say(f"scan of {scan.accounts}: {scan} (median of {ROUNDS}, from {scans[0].share:.0%} to {scans[-1].share:.0%})")
    assert scan.share >= BOUND


def test_a_hundred_accounts_in_four_regions(slow: Slow) -> None:
    """The default width; how often each account is called for by each check, and how much memory it takes."""
    scan = slow.scan(8, ACCOUNTS)
    checks = len(assess.CATALOGUE)
    say(f"scan of {scan.accounts} x {len(REGIONS)} regions x {checks} checks: {scan.seconds:.0f} s; {scan}")
    counted: Counter[str] = Counter()
    for name, count in scan.calls.items():
        if count >= scan.accounts:
            counted[_action(name)] += count
    say(f"  calls for an account: {counted.total() / scan.accounts:.1f}")
    for check in assess.CATALOGUE.values():
        made = sum(counted[action] for action in check.actions) / scan.accounts
        if made and check.needs_member:
            say(f"    {check.id}: {made:.1f}")
    assert scan.share >= BOUND
    assert max(scan.memory) < MOST_MEMORY


def test_a_hundred_accounts_on_dask(slow: Slow) -> None:
    """Two worker processes share the work, each with a Python of its own, until no processor is left."""
    scan = slow.scan(16, ACCOUNTS, processes=2)
    say(f"scan of {scan.accounts} on Dask: {scan.seconds:.0f} s; {scan}")
    assert scan.share >= BOUND or scan.busy >= FULL
    assert max(scan.memory) < MOST_MEMORY


def _action(operation: str) -> str:
    """The IAM action of an operation, by botocore's names."""
    service, _, name = operation.partition(":")
    model = botocore.session.get_session().get_service_model(service)
    return action_of(model.operation_model(name))
