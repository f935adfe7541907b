"""Tests reach this machine and nothing else: what is allowed, and what says no.

An audit hook sees every connection and every name lookup that Python makes, in tests, fixtures and at collection,
and nothing can take it off again. `sitecustomize.py` beside this file brings it to the Python programs that tests
start (kernels, JupyterLab, the AWS command line); the environment keeps other programs in.

What a quick test may not do besides, and what nothing here sees: start a program that is no Python, or a kernel whose
sockets are files (ipc). ZeroMQ connects below Python, and no audit event tells a kernel from any other process: that a
quick test starts a process is allowed, as many try the command line. Tests that start kernels lie in folders whose
conftest.py takes `local_servers`.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE: Final = Path(__file__).parent
# Nothing listens on the discard port: who asks this proxy is refused at once, without leaving the machine.
_NOWHERE: Final = "http://127.0.0.1:9"
_LOCAL_NAMES: Final = frozenset({"", "localhost"})
_CLOSED = "ORGTOOLS_TESTS_WITHOUT_SERVERS"
"""Set in the environment, which programs inherit: loopback is closed, too."""


class NetworkBlockedError(RuntimeError):
    """Something under test asked for the network. No OSError, lest a retry swallow it."""

    def __init__(self, host: str) -> None:
        closed = _CLOSED in os.environ and is_loopback(host)
        super().__init__(
            "a test that speaks to a server takes the fixture local_servers, see tests/tiers.py"
            if closed
            else f"tests may reach this machine only, not {host!r}"
        )


def is_loopback(host: str | bytes | None) -> bool:
    """Whether ``host``, an address or a name, is this machine."""
    name = host.decode() if isinstance(host, bytes) else host or ""
    try:
        address = ipaddress.ip_address(name.strip("[]").partition("%")[0])
    except ValueError:
        # The machine's own name is looked up, never left by: servers ask for it to print where they listen.
        return name.lower() in _LOCAL_NAMES or name == socket.gethostname()
    # 0.0.0.0 and :: as a destination are this machine, too.
    return address.is_loopback or address.is_unspecified


def _refuse_the_network(event: str, args: tuple[Any, ...]) -> None:
    host: object
    if event in {"socket.connect", "socket.sendto"}:
        address = args[-1]
        if not isinstance(address, tuple):  # a Unix socket's path, or netlink
            return
        host = address[0]
        if _CLOSED in os.environ or (isinstance(host, str | bytes) and not is_loopback(host)):
            # Who connects closes it after an OSError only: left open, it would be told of in some later test.
            args[0].close()
            raise NetworkBlockedError(str(host))
    elif event == "socket.bind":
        address = args[-1]
        if _CLOSED in os.environ and isinstance(address, tuple) and address[0]:
            raise NetworkBlockedError(str(address[0]))
        return
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    if isinstance(host, str | bytes | None) and not is_loopback(host):
        raise NetworkBlockedError(str(host))


@contextmanager
def allowed(servers: bool) -> Iterator[None]:
    """Whether this process, and those it starts meanwhile, may connect to servers on this machine."""
    if not servers:
        os.environ[_CLOSED] = "1"
    try:
        yield
    finally:
        os.environ.pop(_CLOSED, None)


def closed() -> bool:
    """Whether loopback is closed just now."""
    return _CLOSED in os.environ


def block_the_network() -> None:
    """Refuse, for the rest of this process, every connection and lookup that leaves the machine."""
    sys.addaudithook(_refuse_the_network)


def offline_environment(inherited: dict[str, str]) -> dict[str, str]:
    """What a test and the programs it starts may see of ``inherited``.

    No network but loopback, no AWS setting of whoever runs the tests, no credentials from a home directory.
    """
    kept = {name: value for name, value in inherited.items() if not name.upper().startswith(("AWS_", "BOTO_"))}
    python_path = [str(_HERE), *(p for p in kept.get("PYTHONPATH", "").split(os.pathsep) if p and p != str(_HERE))]
    proxies = {
        spelling: _NOWHERE
        for name in ("all_proxy", "http_proxy", "https_proxy", "ws_proxy", "wss_proxy")
        for spelling in (name, name.upper())
    }
    return (
        kept
        | proxies
        | {
            "AWS_CONFIG_FILE": str(_HERE / "no-such-config"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": str(_HERE / "no-such-credentials"),
            "NO_PROXY": "127.0.0.1,localhost,::1",
            "PYTHONPATH": os.pathsep.join(python_path),
            "no_proxy": "127.0.0.1,localhost,::1",
        }
    )
