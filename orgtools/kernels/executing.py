"""One notebook, executed from its first cell to its last, in a kernel that nobody else on this machine can reach."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from orgtools.kernels.importing import lightly
from orgtools.kernels.warming import sockets

with lightly():
    import papermill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode


class Quiet(AsyncKernelManager):
    """Ends a kernel without interrupting it first.

    jupyter_client interrupts before it ends one. All cells are done by then, but the kernel may still be tidying up
    after the last one, and reports an error that is none.
    """

    async def _async_interrupt_kernel(self) -> None:
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    interrupt_kernel = _async_interrupt_kernel


def execute(notebook: Path, output: Path, parameters: Mapping[str, Any]) -> NotebookNode:
    """Execute a notebook in its own folder.

    `output` is written before and after each cell: whatever ends the kernel, or this process, it holds what was done.

    Raises:
        PapermillExecutionError: a cell failed.
        DeadKernelError: the kernel ended before the notebook did.
    """
    with sockets() as folder, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "IPython parent .* is not a writable location", UserWarning)
        local = Config(
            KernelManager={"transport": "ipc", "ip": str(Path(folder, "kernel"))},
            # Nobody's own start-up files, and nothing in a home directory, which may not be writable.
            NotebookClient={
                "kernel_manager_class": Quiet,
                "extra_arguments": [f"--ipython-dir={folder}"],
                # A kernel that is asked to end may close its sockets while it still answers, and print a traceback.
                "shutdown_kernel": "immediate",
            },
        )
        executed: NotebookNode = papermill.execute_notebook(
            notebook,
            output,
            parameters=dict(parameters),
            cwd=notebook.parent,
            progress_bar=False,
            kernel_name="python3",
            config=local,
        )
        return executed
