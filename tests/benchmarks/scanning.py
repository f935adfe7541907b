"""One assessment, measured in a process of its own: seconds, processor, memory. Prints them as JSON."""

from __future__ import annotations

import http.client
import json
import os
import random
import resource
import sys
import time
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
import botocore.session
import psutil  # type: ignore[import-untyped]  # one figure of it is not worth its stubs
from botocore import xform_name
from botocore.config import Config

import orgtools
from orgtools import assess
from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.scenario.plain_wave import account_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from distributed import Client

US: Final = "us-east-1"
EACH: Final = 120
"""Calls of each thread where a rate is measured."""


def measure(folder: Path, slow: str, rehearsal: str, *, accounts: int, width: int, processes: int) -> dict[str, Any]:
    """Assess the first accounts of the plan, with as many threads as ``width``; with processes, on a Dask cluster.

    One account goes before: modules are imported, and each region has its clients, when the measuring begins.
    """
    chosen = [account_id(number) for number in range(1, accounts + 1)]
    with ExitStack() as opened:
        client = opened.enter_context(_cluster(processes, width // processes)) if processes else None
        executor = opened.enter_context(client.get_executor()) if client else None
        migration = opened.enter_context(orgtools.open(folder))
        for question in ("E13", "E6.seller", "B3.pricing"):
            assess.answer(migration, question, next(iter(assess.QUESTIONS[question].answers)), by="the benchmark")
        for account in chosen[: processes or 1]:
            assess.assess(migration, [account], executor=executor)
        before, called = _spent(client), _called(slow, rehearsal)
        psutil.cpu_percent()
        start = time.perf_counter()
        found = assess.assess(migration, chosen, executor=executor, width=2 * width, afresh=True)
        seconds = time.perf_counter() - start
        busy = psutil.cpu_percent() / 100
        after, calls = _spent(client), _called(slow, rehearsal)
        # Not before: what the memory is that assessing takes has been read.
        alone, bare = _alone(slow, width), _everywhere(client, width, _without_parameters(slow))
    return {
        "seconds": seconds,
        "processor": sum(now - then for (now, _), (then, _) in zip(after, before, strict=True)),
        "memory": [peak for _, peak in after],
        "calls": calls - called,
        "alone": alone,
        "bare": bare,
        "busy": busy,
        "unknown": sorted({f"{f.check}: {f.evidence}" for f in found.findings if f.status is orgtools.Verdict.UNKNOWN}),
    }


def _called(slow: str, rehearsal: str) -> Counter[str]:
    """How often each operation was called so far, by botocore's names."""
    counted = Counter[str](_read(f"{slow}/tally")["calls"])
    for call in Rehearsal.attach(Path(rehearsal)).calls():
        service = {"servicequotas": "service-quotas"}.get(call.service, call.service)
        counted[f"{service}:{call.operation}"] += 1
    return counted


def _read(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url) as told:  # noqa: S310 (our own servers, on loopback)
        read: dict[str, Any] = json.load(told)
        return read


def _alone(slow: str, width: int) -> float:
    """Calls a second that so many threads get from the server when they do nothing but wait."""

    def wait(connection: http.client.HTTPConnection) -> None:
        connection.request("GET", "/wait")
        connection.getresponse().read()

    connections = [http.client.HTTPConnection(slow.removeprefix("http://")) for _ in range(width)]
    rate = _rate([partial(wait, connection) for connection in connections])
    for connection in connections:
        connection.close()
    return rate


def _without_parameters(slow: str) -> list[str]:
    """What assessing has called so far, as often as it has, in no order: calls that anybody can make."""
    made = Counter[str](_read(f"{slow}/tally")["calls"])
    session = botocore.session.get_session()
    models = {service: session.get_service_model(service) for service in {name.partition(":")[0] for name in made}}

    def is_bare(name: str) -> bool:
        service, _, operation = name.partition(":")
        given = models[service].operation_model(operation).input_shape
        return given is None or not given.required_members

    found = [name for name in made.elements() if is_bare(name)]
    random.Random(0).shuffle(found)  # noqa: S311 (the same order every time)
    return found


def _everywhere(client: Client | None, width: int, names: Sequence[str]) -> float:
    """Calls a second that boto3 alone gets with so many threads, in the processes that assess."""
    if client is None:
        return _bare(width, names)
    workers = client.ncores()
    return float(sum(client.run(_bare, width // len(workers), names).values()))


def _bare(width: int, names: Sequence[str]) -> float:
    """Calls a second that so many threads get from boto3 alone, which make the same calls and do nothing else."""
    session, config = boto3.Session(profile_name="rehearsal-source"), Config(max_pool_connections=width)
    clients: dict[str, Any] = {}
    calls: list[Callable[[], object]] = []
    for name in names:
        service, _, operation = name.partition(":")
        if service not in clients:
            clients[service] = session.client(service, region_name=US, config=config)  # type: ignore[call-overload]
        calls.append(_call(clients[service], operation))
    turns = cycle(calls)

    def one() -> None:
        next(turns)()

    return _rate([one] * width)


def _call(client: Any, operation: str) -> Callable[[], object]:
    method = xform_name(operation)
    if client.can_paginate(method):
        return lambda: list(client.get_paginator(method).paginate())
    call: Callable[[], object] = getattr(client, method)
    return call


def _rate(calls: Sequence[Callable[[], object]]) -> float:
    """Calls a second when each of these is made over and over in a thread of its own."""

    def repeat(call: Callable[[], object]) -> None:
        for _ in range(EACH):
            call()

    with ThreadPoolExecutor(len(calls)) as pool:
        start = time.perf_counter()
        list(pool.map(repeat, calls))
        return len(calls) * EACH / (time.perf_counter() - start)


def _cluster(processes: int, threads: int) -> Client:
    from distributed import Client, LocalCluster  # noqa: PLC0415 (only where it is measured: its import takes memory)

    cluster = LocalCluster(
        n_workers=processes,
        threads_per_worker=threads,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
    )
    return Client(cluster)


def _spent(client: Client | None) -> list[tuple[float, float]]:
    """Processor seconds so far and the peak of memory in MB, of this process and of the workers."""
    return [_own(), *(client.run(_own).values() if client else ())]


def _own() -> tuple[float, float]:
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    count, abreast, workers = map(int, sys.argv[4:])
    measured = measure(Path(), sys.argv[2], sys.argv[3], accounts=count, width=abreast, processes=workers)
    print(json.dumps(measured))  # noqa: T201 (for who started it)
