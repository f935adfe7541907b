"""What Jupyter starts in place of a kernel: it asks for a forked one, stands for it, and ends with it.

Run as a file with ``python -I -S``: it imports next to nothing, so that it is there in some 20 milliseconds.
"""

import json
import os
import signal
import socket
import struct
import sys


def main() -> None:
    """Ask for a kernel at the socket that the first argument names; the others are the kernel's."""
    address, *arguments = sys.argv[1:]
    asking = socket.socket(socket.AF_UNIX)
    folder = os.getcwd()  # noqa: PTH109 (pathlib takes as long to import as all else here)
    request = json.dumps({"arguments": arguments, "environment": dict(os.environ), "folder": folder}).encode()
    try:
        asking.connect(address)
        socket.send_fds(asking, [struct.pack("!Q", len(request))], [0, 1, 2])
        asking.sendall(request)
        answer = asking.recv(8)
    except OSError:
        answer = b""
    if not answer:  # nobody there to fork: a kernel as always
        os.execv(sys.executable, [sys.executable, "-m", "ipykernel_launcher", *arguments])  # noqa: S606 (no shell)
    (kernel,) = struct.unpack("!Q", answer)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda sent, _: _pass_on(kernel, sent))
    status = os.waitstatus_to_exitcode(struct.unpack("!Q", ended)[0]) if (ended := asking.recv(8)) else 1
    if status < 0:
        if -status != signal.SIGKILL:
            signal.signal(-status, signal.SIG_DFL)
        os.kill(os.getpid(), -status)
    sys.exit(status)


def _pass_on(kernel: int, number: int) -> None:
    """To the kernel and to what it has started, as Jupyter does; one that has just ended needs no signal."""
    for send in (os.killpg, os.kill):  # it leads a group of its own as soon as it runs
        try:
            send(kernel, number)
        except ProcessLookupError:
            continue
        return


if __name__ == "__main__":
    main()
