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
import time
from contextlib import suppress
from typing import Any, Final, NamedTuple

from orgtools.kernels.importing import lightly, settings

_NUMBER: Final = struct.Struct("!Q")
_STREAMS: Final = 3
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
_ACTS: Final = "orgtools.ui"
"""It acts on the notebook that imports it: a kernel imports it again, and finds what it is made of."""
_STARTED_WITH: Final = {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
_PATIENCE: Final = 3.0
"""Seconds for saying what is asked for, which takes a millisecond: meanwhile nobody else is heard."""


class KernelRequest(NamedTuple):
    """A kernel that somebody asks for."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str


class _Kernel(NamedTuple):
    """A kernel that runs: its process, a descriptor that tells when it ends, and who asked for it."""

    pid: int
    ended: int
    asking: socket.socket

    def end(self) -> None:
        """End it if it has not ended yet, with what it started; tell who asked how it ended."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        with suppress(OSError):  # whoever asked may be gone
            self.asking.sendall(_NUMBER.pack(status))
        self.close()

    def watched(self) -> tuple[int, int]:
        """Descriptors that can be read when it has ended, or when whoever asked is gone."""
        return self.ended, self.asking.fileno()

    def close(self) -> None:
        """Hold nothing of it any more."""
        self.asking.close()
        os.close(self.ended)


def main() -> None:
    """Import, serve; in each fork, be the kernel."""
    # ipykernel reads it when it is imported: which parent a kernel ends with.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads do not survive a fork
    listening = socket.socket(fileno=int(sys.argv[1]))
    with lightly():
        for name in _MODULES:
            importlib.import_module(name)
    package, _, name = _ACTS.rpartition(".")
    delattr(sys.modules[package], name)
    del sys.modules[_ACTS]
    importlib.import_module("orgtools.aws.sessions.credentials").load_models()  # reads more, once
    gc.collect()
    gc.freeze()
    request = _serve(listening)
    if request:
        _become(request)


def _serve(listening: socket.socket) -> KernelRequest | None:
    """Fork whenever somebody asks: returns the request in each fork, and None in the end."""
    kernels: dict[int, _Kernel] = {}
    parent = sys.stdin.fileno()
    with selectors.DefaultSelector() as selector:
        for watched in (parent, listening.fileno()):
            selector.register(watched, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if parent in ready:
                for kernel in set(kernels.values()):
                    kernel.end()
                return None
            for kernel in {kernels[number] for number in ready & kernels.keys()}:
                _end(kernel, kernels, selector)
            made = _fork(listening.accept()[0]) if listening.fileno() in ready else None
            if isinstance(made, _Kernel):
                for watched in made.watched():
                    selector.register(watched, selectors.EVENT_READ)
                    kernels[watched] = made
            elif made:
                listening.close()
                for kernel in set(kernels.values()):
                    kernel.close()
                return made


def _end(kernel: _Kernel, kernels: dict[int, _Kernel], selector: selectors.BaseSelector) -> None:
    """A kernel has ended, or whoever asked for it is gone."""
    for watched in kernel.watched():
        selector.unregister(watched)
        del kernels[watched]
    kernel.end()


def _fork(asking: socket.socket) -> _Kernel | KernelRequest | None:
    """Fork for somebody: returns the kernel; in the fork what it is asked to be.

    None where nobody asks any more, or where Python would start with other settings than this one did: what is imported
    here may not be what would be imported there. Who asked then starts a kernel as always.
    """
    heard = _hear(asking)
    if heard is None:
        asking.close()
        return None
    request, streams = heard
    if settings(request.environment) != _STARTED_WITH:
        for stream in streams:
            os.close(stream)
        asking.close()
        return None
    pid = os.fork()
    if pid == 0:
        os.setsid()
        asking.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
    for stream in streams:
        os.close(stream)
    if pid == 0:
        return request
    kernel = _Kernel(pid, os.pidfd_open(pid), asking)
    with suppress(OSError):  # it may be gone; then the kernel is ended
        asking.sendall(_NUMBER.pack(pid))
    return kernel


def _hear(asking: socket.socket) -> tuple[KernelRequest, list[int]] | None:
    """What somebody asks for, and the three standard streams; None where it was gone, or silent, before it had said."""
    streams: list[int] = []
    asking.settimeout(_PATIENCE)
    with suppress(OSError):
        head, streams, _, _ = socket.recv_fds(asking, _NUMBER.size, _STREAMS)
        body = b""
        if len(head) == _NUMBER.size and len(streams) == _STREAMS:
            (length,) = _NUMBER.unpack(head)
            while len(body) < length and (part := asking.recv(length - len(body))):
                body += part
            if len(body) == length:
                asking.settimeout(None)
                return KernelRequest(**json.loads(body)), streams
    for stream in streams:
        os.close(stream)
    return None


def _become(request: KernelRequest) -> None:
    """Be the kernel that was asked for."""
    os.environ.clear()
    os.environ.update(request.environment)
    time.tzset()
    os.chdir(request.folder)
    sys.argv = ["ipykernel_launcher", *request.arguments]
    kernelapp: Any = importlib.import_module("ipykernel.kernelapp")
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main()
