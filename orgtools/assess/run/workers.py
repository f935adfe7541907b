"""Who runs the tasks inside the accounts: threads of this process, or what ``[assess]`` names beyond them."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from math import ceil
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from distributed import Client

    from orgtools.settings import Settings

_PATIENCE: Final = "20s"
"""So long a scheduler may take to answer; one on this machine does so within a second."""


@contextmanager
def workers(settings: Settings, accounts: int) -> Iterator[Executor | None]:
    """The executor that migration.toml asks for; None stands for threads of this process.

    Processes and a cluster take seconds to begin: as many accounts as there are threads are not worth that.

    Args:
        settings: of the run.
        accounts: how many are to be assessed.

    Raises:
        InputError: Dask is not installed, or nobody answers at the scheduler's address.
    """
    asked = settings.assess.processes or settings.assess.scheduler
    if not asked or accounts <= settings.engine.workers:
        yield None
        return
    with ExitStack() as opened:
        yield opened.enter_context(opened.enter_context(_client(settings, opened)).get_executor())


def _client(settings: Settings, opened: ExitStack) -> Client:
    try:
        from distributed import Client, LocalCluster, Security  # noqa: PLC0415 (an extra, and slow to load)
    except ModuleNotFoundError as error:
        raise InputError(Message("not-installed", names=["distributed"], count=1, keys="dask")) from error
    address, processes = settings.assess.scheduler, settings.assess.processes
    if address:
        try:
            return Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(Message("scheduler-silent", address=address, words=str(error))) from error
    secured = Security.temporary()  # whoever else is on this machine cannot send work to the processes
    cluster = LocalCluster(
        n_workers=processes,
        threads_per_worker=ceil(settings.engine.workers / processes),
        processes=True,
        protocol="tls://",
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        security=secured,
    )
    return Client(opened.enter_context(cluster), security=secured, set_as_default=False)
