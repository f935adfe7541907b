"""One assessment, measured in a process of its own: seconds, processor, memory. Prints them as JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orgtools
from orgtools import assess
from orgtools.rehearsal.wave import account_id

if TYPE_CHECKING:
    from distributed import Client


def measure(folder: Path, accounts: int, width: int, processes: int) -> dict[str, Any]:
    """Assess the first accounts of the plan, with as many threads as ``width``; with processes, on a Dask cluster."""
    with ExitStack() as opened:
        client = opened.enter_context(_cluster(processes, width // processes)) if processes else None
        executor = opened.enter_context(client.get_executor()) if client else None
        migration = opened.enter_context(orgtools.open(folder))
        before = _spent(client)
        start = time.perf_counter()
        chosen = [account_id(number) for number in range(1, accounts + 1)]
        found = assess.assess(migration, chosen, executor=executor, afresh=True)
        seconds = time.perf_counter() - start
        after = _spent(client)
    return {
        "seconds": seconds,
        "processor": sum(now - then for (now, _), (then, _) in zip(after, before, strict=True)),
        "memory": [peak for _, peak in after],
        "statuses": Counter(finding.status.value for finding in found.findings),
        "unknown": sorted({f"{f.check}: {f.evidence}" for f in found.findings if f.status is orgtools.Status.UNKNOWN}),
    }


def _cluster(processes: int, threads: int) -> Client:
    from distributed import Client, LocalCluster  # noqa: PLC0415 (only where it is measured: its import takes memory)

    cluster = LocalCluster(
        n_workers=processes, threads_per_worker=threads, processes=True, host="127.0.0.1", dashboard_address=None
    )
    return Client(cluster)


def _spent(client: Client | None) -> list[tuple[float, float]]:
    """Processor seconds so far and the peak of memory in MB, of this process and of the workers."""
    return [_own(), *(client.run(_own).values() if client else ())]


def _own() -> tuple[float, float]:
    return time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    os.chdir(sys.argv[1])
    print(json.dumps(measure(Path(), *map(int, sys.argv[2:]))))  # noqa: T201 (for who started it)
