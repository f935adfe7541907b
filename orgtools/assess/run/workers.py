"""Who runs the tasks inside the accounts: threads of this process, or processes beside it."""

from __future__ import annotations

import logging
import signal
from contextlib import ExitStack, contextmanager
from math import ceil
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from orgtools.settings import Settings


@contextmanager
def workers(settings: Settings, accounts: int) -> Iterator[Executor | None]:
    """The executor that migration.toml asks for; None stands for threads of this process.

    Processes take seconds to begin: as many accounts as there are threads are not worth that.

    Args:
        settings: of the run.
        accounts: how many are to be assessed.

    Raises:
        InputError: processes are asked for, and Dask is not installed.
    """
    if not settings.assess.processes or accounts <= settings.engine.workers:
        yield None
        return
    with ExitStack() as opened:
        yield _processes(settings.assess.processes, settings.engine.workers, opened)


def _processes(count: int, threads: int, opened: ExitStack) -> Executor:
    """So many processes, which share so many threads and end with what is opened."""
    try:
        import cryptography  # noqa: F401, PLC0415 (Dask makes certificates with it)
        from distributed import Client, LocalCluster, Security  # noqa: PLC0415 (an extra, and slow to load)
    except ModuleNotFoundError as error:
        raise InputError(Message("not-installed", names=[str(error.name)], count=1, keys="dask")) from error
    # For good: what is still at work when it is ended speaks of that after the cluster has closed.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    secured = Security.temporary()  # whoever else is on this machine cannot send work to the processes
    # A terminal interrupts them all: this process ends the others. What begins while a signal is held back does not
    # hear it; this thread does, when all of them can be ended. Only multiprocessing's tracker lets it through.
    resource_tracker.ensure_running()
    held_back = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        cluster = LocalCluster(
            n_workers=count,
            threads_per_worker=ceil(threads / count),
            processes=True,
            protocol="tls://",
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            security=secured,
            silence_logs=logging.CRITICAL,
        )
        client = Client(opened.enter_context(cluster), security=secured, set_as_default=False)
        executor: Executor = opened.enter_context(opened.enter_context(client).get_executor())
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held_back)
    return executor
