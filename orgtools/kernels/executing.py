"""One notebook, executed from its first cell to its last, in a kernel that nobody else on this machine can reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jupyter_client.manager import AsyncKernelManager
from traitlets.config import Config

from orgtools.kernels.importing import lightly
from orgtools.kernels.warming import sockets

with lightly():
    import papermill
    from papermill.engines import NBClientEngine, papermill_engines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nbformat import NotebookNode


_ENGINE: Final = "orgtools"


class _AtTheEnd(NBClientEngine):  # type: ignore[misc]
    """Writes the executed notebook when it has ended, not before and after each cell."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, output_path: str, **given: Any) -> NotebookNode:
        """Execute a notebook; papermill itself writes what this returns, also where a cell has failed."""
        del output_path
        executed: NotebookNode = super().execute_notebook(nb, kernel_name, None, **given)
        return executed


papermill_engines.register(_ENGINE, _AtTheEnd)


class Quiet(AsyncKernelManager):
    """Ends a kernel by asking it to end, without interrupting it first.

    jupyter_client interrupts before it asks. All cells are done by then, but the kernel may still be tidying up after
    the last one, and reports an error that is none.
    """

    async def _async_interrupt_kernel(self) -> None:
        if not self.shutting_down:
            await super()._async_interrupt_kernel()

    interrupt_kernel = _async_interrupt_kernel


def execute(notebook: Path, output: Path, parameters: Mapping[str, Any]) -> NotebookNode:
    """Execute a notebook in its own folder; the executed one is written to `output`, also where a cell fails.

    Raises:
        PapermillExecutionError: a cell failed.
    """
    with sockets() as folder:
        local = Config(
            KernelManager={"transport": "ipc", "ip": str(Path(folder, "kernel"))},
            NotebookClient={"kernel_manager_class": Quiet},
        )
        executed: NotebookNode = papermill.execute_notebook(
            notebook,
            output,
            parameters=dict(parameters),
            cwd=notebook.parent,
            progress_bar=False,
            engine_name=_ENGINE,
            kernel_name="python3",
            config=local,
        )
        return executed
