"""Who may not reach a rehearsal: pages of other origins, rebound names, whoever has no token; what cannot stop it."""

import http.client
import json
import math
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orgtools.messages import Message
from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.errors import WrongError
from orgtools.rehearsal.server.call_log import Log, LoggedCall
from orgtools.rehearsal.server.http import Server
from orgtools.rehearsal.server.wire import HttpAnswer

pytestmark = pytest.mark.usefixtures("local_servers")
SIGNED = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAORGT222222222222/20260101/us-east-1/organizations/aws4_request,",
    "X-Amz-Target": "AWSOrganizationsV20161128.DescribeOrganization",
    "Content-Type": "application/x-amz-json-1.1",
}


@pytest.fixture
def asked(server: Rehearsal) -> Callable[..., tuple[int, dict[str, Any]]]:
    """Sends a request with exactly these headers, besides Host, and gives the status and the answer."""
    address = server.address.removeprefix("http://")

    def ask(method: str, path: str, body: str = "{}", **headers: str) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection(address, timeout=20)
        connection.request(method, path, body, headers={"Host": address, **headers})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        connection.close()
        return answer.status, told

    return ask


def token(server: Rehearsal) -> dict[str, str]:
    """What opens the rehearsal's own routes."""
    held = json.loads((server.folder / "rehearsal.json").read_text())["token"]
    return {"x-rehearsal-token": held, "Content-Type": "application/json"}


@pytest.mark.parametrize(
    "foreign",
    [
        {"Host": "evil.example.com"},
        {"Host": "evil.example.com:80"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_pages_and_rebound_names_are_refused_everywhere(foreign: dict[str, str], server: Rehearsal, asked: Any) -> None:
    """Even with the token, even a signed call of AWS."""
    assert asked("GET", "/_rehearsal/state", **token(server), **foreign)[0] == 403
    assert asked("POST", "/_rehearsal/speed", '{"speed": 2}', **token(server), **foreign)[0] == 403
    assert asked("POST", "/", **SIGNED, **foreign)[0] == 403


def test_its_own_routes_want_the_token_and_json(server: Rehearsal, asked: Any) -> None:
    """The token lies in a file that only its owner may read; the operator's programs need none."""
    opened = token(server)
    assert asked("GET", "/_rehearsal/state")[0] == 403
    assert asked("GET", "/_rehearsal/state", **{**opened, "x-rehearsal-token": "guessed"})[0] == 403
    assert asked("POST", "/_rehearsal/speed", '{"speed": 2}', **{**opened, "Content-Type": "text/plain"})[0] == 415
    assert asked("GET", "/_rehearsal/state", **opened)[0] == 200
    assert stat.S_IMODE((server.folder / "rehearsal.json").stat().st_mode) == 0o600
    assert asked("POST", "/", **SIGNED)[0] == 200


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("speed", '{"speed": NaN}'),
        ("speed", '{"speed": Infinity}'),
        ("speed", '{"speed": 1e300}'),
        ("speed", '{"speed": 0}'),
        ("speed", '{"speed": "fast"}'),
        ("advance", '{"seconds": NaN}'),
        ("advance", '{"seconds": 1e300}'),
        ("advance", '{"seconds": 1e12}'),
        ("switches", '{"lag_seconds": Infinity}'),
        ("script", '{"faults": [1]}'),
        ("calls", "[]"),
    ],
)
def test_nothing_that_is_asked_kills_it(route: str, body: str, server: Rehearsal, asked: Any) -> None:
    """A sentence, and it goes on."""
    method = "GET" if route == "calls" else "POST"
    status, told = asked(method, f"/_rehearsal/{route}", body, **token(server))
    assert (status, bool(told["message"])) == (400, True)
    server.now()


def test_a_clock_runs_at_a_finite_speed() -> None:
    """Whoever sets it."""
    for speed in (math.nan, math.inf, -1.0, 0.0):
        with pytest.raises(WrongError) as refusal:
            VirtualClock(speed)
        assert refusal.value.message == Message("rehearsal-speed", limit=1_000_000)


def test_half_a_request_is_not_waited_for_for_ever() -> None:
    """A connection that says nothing more is closed, and its thread ends."""
    import threading  # noqa: PLC0415 -- here alone a server runs in this process

    served = Server(0, VirtualClock(), lambda _: HttpAnswer(200, b"{}"), lambda _: HttpAnswer(200, b"{}"), patience=0.2)
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with socket.create_connection(("127.0.0.1", served.server_address[1]), timeout=20) as half:
            half.sendall(b"POST / HTTP/1.1\r\nHost: 127")
            assert half.recv(1) == b""
    finally:
        served.shutdown()
        thread.join()
        served.server_close()


def test_the_log_keeps_the_latest_calls(monkeypatch: pytest.MonkeyPatch, server: Rehearsal) -> None:
    """Their numbers go on."""
    monkeypatch.setattr(Log, "KEPT", 3)
    log = Log()
    one = LoggedCall.from_json({**_CALL, "at": server.now().isoformat()})
    for _ in range(5):
        log.add(one)
    assert (log.total, len(log.after(0)), len(log.after(4)), log.after(5)) == (5, 3, 1, [])


_CALL: dict[str, Any] = {
    "number": 1,
    "service": "sts",
    "operation": "GetCallerIdentity",
    **dict.fromkeys(("caller_account", "caller_arn", "code", "reason", "account", "handshake")),
    "changing": False,
    "status": 200,
    "request_id": "r",
    "actions": [],
}


@pytest.mark.parametrize("port", ["99999", "-1"])
def test_a_port_that_does_not_exist_is_one_sentence(port: str, tmp_path: Path) -> None:
    """From the server itself, whoever starts it."""
    with pytest.raises(RehearsalError) as refusal:
        Rehearsal.start(tmp_path, port=int(port))
    assert refusal.value.message == Message("rehearsal-port-unknown", given=port, number=65535)


def test_a_folder_has_one_rehearsal(server: Rehearsal) -> None:
    """Also when two are started by hand, in the foreground."""
    command = [sys.executable, "-m", "orgtools.rehearsal", str(server.folder)]
    second = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 2
    runs = Message("rehearsal-runs-already-at", path=str(server.folder), address=server.address)
    assert second.stderr == f"{RehearsalError(runs)}\n"
    server.now()


# In place of JupyterLab, something that says that it began and then waits.
LAB = """
import subprocess, sys
from pathlib import Path
from orgtools.cli import rehearsing

class Waiting(subprocess.Popen):
    def __init__(self, command, **more):
        wait = "import os, time; print(os.getpid(), flush=True); time.sleep(100)"
        super().__init__([sys.executable, "-c", wait] if "jupyterlab" in command else command, **more)

subprocess.Popen = Waiting
rehearsing.lab(Path({folder!r}), "two-waves", 0, 1.0)
"""


def test_sigterm_of_lab_ends_jupyterlab_and_the_rehearsal(tmp_path: Path) -> None:
    """Nothing of it is left behind."""
    folder = tmp_path / "run"
    program = LAB.format(folder=str(folder))
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as lab:
        assert lab.stdout is not None
        numbers = (line.strip() for line in lab.stdout)
        pid = next(line for line in numbers if line.isdigit())
        lab.send_signal(signal.SIGTERM)
        assert lab.wait(30) == 0
    assert not Path(f"/proc/{pid}").exists()
    assert not (folder / "rehearsal.json").exists()
