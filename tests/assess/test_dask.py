"""Assessing on a Dask cluster of two worker processes, as an organization does that one machine cannot scan in time."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from distributed import Client, LocalCluster

from orgtools import Verdict, assess
from tests import rehearsed
from tests.rehearsed import PLAIN, Run

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKS: Final = ("E1", "E11", "E14.role", "E16", "D7.iam", "D7.sqs")


@pytest.fixture(scope="module")
def client(local_servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Two processes on loopback; where they find AWS's profiles was set before they began."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("dask"))
        rehearsed.rehearse(patch, rehearsed.scenario())
        with (
            LocalCluster(
                n_workers=2, threads_per_worker=2, processes=True, host="127.0.0.1", dashboard_address=None
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
