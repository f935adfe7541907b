"""Assessing on a Dask cluster of two worker processes, as an organization does that one machine cannot scan in time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import psutil  # type: ignore[import-untyped]  # Dask brings it
import pytest
from distributed import Client, LocalCluster

from orgtools import InputError, Verdict, assess
from orgtools.ledger import Kind
from tests import rehearsed
from tests.rehearsed import PLAIN, Run
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SETTINGS: Final = rehearsed.PROFILES + rehearsed.FAST
_TWO_THREADS: Final = _SETTINGS + "[engine]\nworkers = 2\n"
_SCRIPT: Final = """
import sys

import orgtools
from orgtools import assess

if __name__ == "__main__":
    with orgtools.open(sys.argv[1]) as migration:
        try:
            found = assess.assess(migration, checks=CHECKS, watch=lambda _: print("task", flush=True))
        except KeyboardInterrupt:
            print("nothing was assessed")
        else:
            print(f"{len(found.left)} are left")
"""
CHECKS: Final = ("E1", "E11", "E14.role", "E16", "D7.iam", "D7.sqs")


@pytest.fixture(scope="module")
def client(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Two processes on loopback; where they find AWS's profiles was set before they began."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("dask"))
        rehearsed.rehearse(patch, rehearsed.scenario())
        with (
            LocalCluster(
                n_workers=2, threads_per_worker=2, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            ) as cluster,
            Client(cluster) as client,
        ):
            yield client


def test_the_workers_find_what_this_process_finds(run: Run, client: Client) -> None:
    """In processes of their own: tasks and findings travel, clients and credentials do not."""
    migration = run.open()
    here = assess.assess(migration, PLAIN, checks=CHECKS)
    workers = client.run(os.getpid)
    assert len(set(workers.values()) - {os.getpid()}) == 2
    with client.get_executor() as executor:
        there = assess.assess(migration, PLAIN, checks=CHECKS, executor=executor)
    assert there.findings == here.findings
    assert {f.status for f in there.findings} == {Verdict.OK, Verdict.WARN}


def test_an_earlier_answer_is_not_taken_for_a_new_one(run: Run, client: Client) -> None:
    """Dask remembers results by what was asked; assessing again asks AWS again."""
    migration = run.open()
    with client.get_executor() as executor:
        assess.assess(migration, PLAIN[:1], checks=["E11"], executor=executor)
        before = len(run.rehearsal.calls())
        assess.assess(migration, PLAIN[:1], checks=["E11"], executor=executor)
    assert "ListHandshakesForAccount" in {call.operation for call in run.rehearsal.calls(since=before)}


def test_a_setting_has_processes_share_the_work(run: Run) -> None:
    """They find what threads find, and end with the assessment."""
    migration = run.open()
    here = assess.assess(migration, PLAIN, checks=CHECKS)
    run.settings(_TWO_THREADS + "[assess]\nprocesses = 2\n")
    migration = run.open()
    before, processes = _children(), set[int | None]()
    there = assess.assess(migration, PLAIN, checks=CHECKS, watch=lambda _: processes.update(_children() - before))
    assert there.findings == here.findings
    assert len(processes) == 2
    assert not processes & _children()


def test_a_few_accounts_are_not_worth_the_start_of_processes(run: Run) -> None:
    """Threads are as soon done, and a wave that looks anew at one account goes on at once."""
    run.settings(_SETTINGS + "[assess]\nprocesses = 2\n")
    before, processes = _children(), set[int | None]()
    assess.assess(run.open(), PLAIN[:2], checks=CHECKS, watch=lambda _: processes.update(_children() - before))
    assert processes == set()


def _children() -> set[int | None]:
    """The processes that this one has started."""
    return {child.pid for child in multiprocessing.active_children()}


@pytest.mark.parametrize("library", ["distributed", "cryptography"])
def test_without_the_extra_a_sentence_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    """Nothing is noted, and no thread does quietly what processes were asked for."""
    run.settings(_TWO_THREADS + "[assess]\nprocesses = 2\n")
    migration = run.open()
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError) as refused:
        assess.assess(migration, PLAIN, checks=CHECKS)
    assert says(refused.value.message, "not-installed", keys="dask")
    assert not list(migration.ledger.events(Kind.ASSESSED))


@pytest.mark.parametrize("begun", [False, True], ids=["while they begin", "while they work"])
def test_an_interrupt_ends_the_processes_and_says_nothing_else(run: Run, tmp_path: Path, *, begun: bool) -> None:
    """As a terminal does it: every process of the group hears of it."""
    run.settings(_TWO_THREADS + "[assess]\nprocesses = 2\n")
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT.replace("CHECKS", repr(CHECKS)))
    with subprocess.Popen(
        [sys.executable, str(script), str(run.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        assert running.stdout
        if begun:
            assert running.stdout.readline() == "task\n"
        processes = list[psutil.Process]()
        while not processes:
            assert running.poll() is None, running.communicate()[1]
            processes = _spawned(running.pid)
        os.killpg(running.pid, signal.SIGINT)
        printed, wrong = running.communicate()
    assert wrong == ""
    assert printed.splitlines()[-1].endswith(("are left", "nothing was assessed"))
    _, alive = psutil.wait_procs(processes, timeout=20)
    assert alive == []


def _spawned(parent: int) -> list[psutil.Process]:
    """The processes that share a program's work, as soon as they are there."""
    found = list[psutil.Process]()
    for child in psutil.Process(parent).children():
        with suppress(psutil.Error):  # it was another one, and has ended
            found += [child] if "spawn_main" in str(child.cmdline()) else []
    return found
