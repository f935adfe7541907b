"""Assessing on a Dask cluster of two worker processes, as an organization does that one machine cannot scan in time."""

from __future__ import annotations

import multiprocessing
import os
import socket
from typing import TYPE_CHECKING, Final

import pytest
from distributed import Client, LocalCluster

from orgtools import InputError, Verdict, assess
from orgtools.ledger import Kind
from tests import rehearsed
from tests.rehearsed import PLAIN, Run
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Scheduler

_SETTINGS: Final = rehearsed.PROFILES + rehearsed.FAST
_TWO_THREADS: Final = _SETTINGS + "[engine]\nworkers = 2\n"
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


def test_a_setting_has_the_workers_of_a_scheduler_do_it(run: Run, client: Client) -> None:
    """A cluster that somebody else has started, by its address."""
    assert client.scheduler
    run.settings(f"{_TWO_THREADS}[assess]\nscheduler = {client.scheduler.address!r}\n")
    before = client.run_on_scheduler(_received)
    found = assess.assess(run.open(), PLAIN, checks=CHECKS)
    assert {f.status for f in found.findings} == {Verdict.OK, Verdict.WARN}
    assert client.run_on_scheduler(_received) > before


def _received(dask_scheduler: Scheduler) -> int:
    """How many changes of tasks a scheduler has seen."""
    return dask_scheduler.transition_counter


def test_a_scheduler_that_does_not_answer_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its address, and what to do; nothing is noted."""
    monkeypatch.setattr("orgtools.assess.run.workers._PATIENCE", "100ms")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # and nobody listens there
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
        run.settings(f"{_TWO_THREADS}[assess]\nscheduler = {address!r}\n")
        migration = run.open()
        with pytest.raises(InputError) as refused:
            assess.assess(migration, PLAIN, checks=CHECKS)
    assert says(refused.value.message, "scheduler-silent", address=address)
    assert not list(migration.ledger.events(Kind.ASSESSED))
