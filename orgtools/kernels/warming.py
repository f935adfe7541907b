"""The process that kernels are forked from: started once, found by Jupyter, gone with whoever started it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Final

from orgtools.kernels.importing import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

WARM: Final = "ORGTOOLS_WARM_KERNELS"
"""The environment variable that names the socket of the process, where there is one."""
_HERE: Final = Path(__file__).resolve().parent
_STOP_TIMEOUT: Final = 10.0
_FITS: Final = 70
"""An address has 107 characters on Linux, 103 on macOS; Jupyter adds a name and a number."""


@contextmanager
def warm() -> Iterator[dict[str, str]]:
    """While this is open, kernels named ``python3`` are forked from one process that has imported orgtools already.

    Yields the variables of the environment that make it so, and sets them. Kernels start as always where forking is not
    safe: on Windows, and on macOS, whose own libraries forbid it. Inside another `warm` nothing is started.
    """
    names = (WARM, "JUPYTER_PATH")
    if _is_warm():
        yield {name: os.environ[name] for name in names}
        return
    if sys.platform != "linux":
        yield {}
        return
    # A folder of its own, which no other user can reach.
    with sockets() as folder, ExitStack() as opened:
        address = Path(folder, "fork")
        opened.callback(_stop, _start(address))
        _write_kernelspec(Path(folder, "kernels", "python3"), address)
        path = os.pathsep.join(filter(None, [folder, os.environ.get("JUPYTER_PATH")]))
        before = {name: os.environ.get(name) for name in names}
        opened.callback(_restore, before)
        given = {WARM: str(address), "JUPYTER_PATH": path}
        os.environ.update(given)
        yield given


def _is_warm() -> bool:
    """Whether the environment names such a process, and Jupyter finds it."""
    address = os.environ.get(WARM)
    found = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    return bool(address) and Path(str(address)).exists() and str(Path(str(address)).parent) in found


def sockets() -> TemporaryDirectory[str]:
    """A folder for sockets, which no other user can reach; a long TMPDIR would not fit into a socket's address."""
    place = Path(gettempdir())
    return TemporaryDirectory(prefix="orgtools-", dir=place if len(str(place)) <= _FITS else "/tmp")  # noqa: S108 (private, 0700)


def _start(address: Path) -> subprocess.Popen[bytes]:
    """Start the process; whoever asks it for a kernel waits until it has imported everything."""
    environment = os.environ | settings(os.environ)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(address))
        listening.listen()
        return subprocess.Popen(  # noqa: S603 (our own module, no shell)
            [sys.executable, "-P", "-m", "orgtools.kernels.forking", str(listening.fileno())],
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
            env=environment,
            start_new_session=True,  # Ctrl-C is for whoever started it, who then stops it
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process, and the kernels that are left: it ends when its standard input does."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _write_kernelspec(folder: Path, address: Path) -> None:
    folder.mkdir(parents=True)
    argv = [sys.executable, "-I", "-S", str(_HERE / "asking.py"), str(address), "-f", "{connection_file}"]
    spec = {
        "argv": argv,
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "metadata": {"debugger": True},
    }
    (folder / "kernel.json").write_text(json.dumps(spec))


def _restore(before: dict[str, str | None]) -> None:
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
