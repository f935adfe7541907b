"""`python -m orgtools.kernels.forking FD`: imports what notebooks import, then forks a kernel for each that asks.

It has one thread, makes no client and opens no file of a run: a fork is a kernel with modules in it and nothing else.
It ends when its standard input does, or whoever asked for a kernel is gone, so ends the kernel.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import selectors
import signal
import socket
import struct
import sys
from contextlib import suppress
from typing import Any, Final, NamedTuple

_NUMBER: Final = struct.Struct("!Q")
_FROZEN: Final = ("MPLBACKEND", "module://matplotlib_inline.backend_inline")
_MODULES: Final = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "orgtools",
    "orgtools.assess",
    "orgtools.audit",
    "orgtools.record",
    "orgtools.steps",
    "orgtools.ui",
)


class Request(NamedTuple):
    """A kernel that somebody asks for."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str


class _Kernel(NamedTuple):
    """A kernel that runs, and who asked for it."""

    pid: int
    ended: int
    asking: socket.socket


def main() -> None:
    """Import, serve; in each fork, be the kernel."""
    # ipykernel reads both when it is imported: which parent a kernel ends with, and where figures are drawn.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    os.environ.setdefault(*_FROZEN)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not survive a fork
    listening = socket.socket(fileno=int(sys.argv[1]))
    for name in _MODULES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    request = _serve(listening)
    if request:
        _become(request)


def _serve(listening: socket.socket) -> Request | None:
    """Fork whenever somebody asks: returns the request in each fork, and None in the end."""
    kernels: dict[int, _Kernel] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        selector.register(listening, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fd == sys.stdin.fileno():
                    for kernel in set(kernels.values()):
                        _end(kernel)
                    return None
                if key.fileobj is listening:
                    asking, _ = listening.accept()
                    heard = _hear(asking)
                    if not heard:
                        asking.close()
                        continue
                    request, streams = heard
                    pid = os.fork()
                    if pid == 0:
                        for kernel in set(kernels.values()):
                            kernel.asking.close()
                            os.close(kernel.ended)
                        asking.close()
                        listening.close()
                        for number, stream in enumerate(streams):
                            os.dup2(stream, number)
                            os.close(stream)
                        return request
                    for stream in streams:
                        os.close(stream)
                    kernel = _Kernel(pid, os.pidfd_open(pid), asking)
                    for number in (kernel.ended, asking.fileno()):
                        kernels[number] = kernel
                        selector.register(number, selectors.EVENT_READ)
                    asking.sendall(_NUMBER.pack(pid))
                elif kernel := kernels.get(key.fd):
                    for number in (kernel.ended, kernel.asking.fileno()):
                        selector.unregister(number)
                        del kernels[number]
                    _end(kernel)


def _hear(asking: socket.socket) -> tuple[Request, list[int]] | None:
    """What somebody asks for, and the three standard streams; None where it was gone before it had said so."""
    head, streams, _, _ = socket.recv_fds(asking, _NUMBER.size, 3)
    body = b""
    if len(head) == _NUMBER.size and len(streams) == 3:
        (length,) = _NUMBER.unpack(head)
        while len(body) < length and (part := asking.recv(length - len(body))):
            body += part
        if len(body) == length:
            return Request(**json.loads(body)), streams
    for stream in streams:
        os.close(stream)
    return None


def _end(kernel: _Kernel) -> None:
    """End a kernel that has not ended yet, with what it started; tell who asked how it ended."""
    with suppress(ProcessLookupError):
        os.killpg(kernel.pid, signal.SIGKILL)
    _, status = os.waitpid(kernel.pid, 0)
    with suppress(OSError):  # whoever asked may be gone
        kernel.asking.sendall(_NUMBER.pack(status))
    kernel.asking.close()
    os.close(kernel.ended)


def _become(request: Request) -> None:
    """Be the kernel that was asked for."""
    os.setsid()
    os.environ.clear()
    os.environ.update(request.environment)
    os.chdir(request.folder)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    kernelapp: Any = importlib.import_module("ipykernel.kernelapp")
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
