"""The server process: starting, being found, refusing to start, and ending with its parent."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from botocore.exceptions import ClientError

from orgtools.messages import Message, next_step
from orgtools.rehearsal import Rehearsal, RehearsalError
from tests.said import says

Make = Callable[..., Any]
ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.usefixtures("local_servers")


def answers(address: str) -> bool:
    """Whether a server still accepts connections."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.socket() as probe:
        probe.settimeout(5)
        return probe.connect_ex((host, int(port))) == 0


def test_a_run_folder_has_what_a_run_begins_with(tmp_path: Path) -> None:
    """Profiles, the address, and the scenario's migration, with the speed written in."""
    with Rehearsal.start(tmp_path, speed=50) as rehearsal:
        config = rehearsal.config_file.read_text()
        for profile in ("rehearsal-source", "rehearsal-destination", "rehearsal-third"):
            assert f"[profile {profile}]" in config
        assert f"endpoint_url = {rehearsal.address}" in config
        assert "speed = 50.0" in (tmp_path / "migration.toml").read_text()
        assert "012345678901" in (tmp_path / "accounts.csv").read_text()
        assert json.loads((tmp_path / "rehearsal.json").read_text())["address"] == rehearsal.address
        assert set(rehearsal.environment()) == {
            "AWS_CONFIG_FILE",
            "AWS_SHARED_CREDENTIALS_FILE",
            "AWS_EC2_METADATA_DISABLED",
            "NO_PROXY",
            "no_proxy",
        }
    assert not (tmp_path / "rehearsal.json").exists()
    assert not answers(rehearsal.address)


def test_files_of_the_operator_are_not_overwritten(tmp_path: Path) -> None:
    """A plan that was edited stays as it is."""
    (tmp_path / "accounts.csv").write_text("mine")
    with Rehearsal.start(tmp_path, scenario="wave:3"):
        assert (tmp_path / "accounts.csv").read_text() == "mine"
        assert 'name = "wave-3"' in (tmp_path / "migration.toml").read_text()


def test_a_running_rehearsal_is_found_by_its_folder(tmp_path: Path, server: Rehearsal) -> None:
    """Where none runs, a sentence says so; a second one in the same folder is refused."""
    assert Rehearsal.attach(server.folder).address == server.address
    with pytest.raises(RehearsalError) as refusal:
        Rehearsal.attach(tmp_path)
    assert refusal.value.message == Message("rehearsal-runs-not", path=str(tmp_path))
    with pytest.raises(RehearsalError) as refusal:
        Rehearsal.start(server.folder)
    assert says(refusal.value.message, "rehearsal-runs-already-at", path=str(server.folder), address=server.address)


def test_an_attached_handle_stops_nothing(server: Rehearsal) -> None:
    """Only who started the process ends it."""
    with Rehearsal.attach(server.folder):
        pass
    assert answers(server.address)


def test_a_taken_port_is_named(tmp_path: Path, server: Rehearsal) -> None:
    """With what to do about it."""
    port = int(server.address.rpartition(":")[2])
    with pytest.raises(RehearsalError) as refusal:
        Rehearsal.start(tmp_path, port=port)
    words = os.strerror(errno.EADDRINUSE)
    assert refusal.value.message == Message("rehearsal-port-refused", number=port, words=words)
    assert next_step(refusal.value.message)


@pytest.mark.parametrize(
    ("wanted", "code", "facts"),
    [
        ({"scenario": "nowhere"}, "scenario-unknown", {"given": "nowhere"}),
        ({"scenario": "wave:none"}, "scenario-wave-wrong", {"given": "wave:none"}),
        ({"scenario": "wave:0"}, "scenario-wave-size", {"limit": 50_000}),
        ({"speed": 0.0}, "rehearsal-speed", {"limit": 1_000_000}),
    ],
)
def test_what_cannot_start_says_why(wanted: dict[str, Any], code: str, facts: dict[str, Any], tmp_path: Path) -> None:
    """One message of the server process reaches the caller."""
    with pytest.raises(RehearsalError) as refusal:
        Rehearsal.start(tmp_path, **wanted)
    assert says(refusal.value.message, code, **facts)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_the_server_ends_with_the_process_that_started_it(ending: signal.Signals, tmp_path: Path) -> None:
    """Even when that process had no chance to stop it."""
    program = (
        "import sys, time; from pathlib import Path; from orgtools.rehearsal import Rehearsal;"
        f"print(Rehearsal.start(Path({str(tmp_path)!r})).address, flush=True); time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        address = parent.stdout.readline().decode().strip()
        host, _, port = address.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))) as connection:
            parent.send_signal(ending)
            # An open connection ends when the server process does: closed if it took the connection up, else reset.
            with suppress(ConnectionResetError):
                assert connection.recv(1) == b""
    assert not answers(address)


def test_in_the_foreground_it_prints_what_to_export(tmp_path: Path) -> None:
    """The address and what to export; an interrupt ends it with 0."""
    command = [sys.executable, "-m", "orgtools.rehearsal", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(5)]
        address = json.loads((tmp_path / "rehearsal.json").read_text())["address"]
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
    assert address.startswith("http://127.0.0.1:")
    assert lines == [
        str(Message("rehearsal-answers", name="two-waves", address=address)),
        f"export AWS_CONFIG_FILE={tmp_path}/aws-config",
        "export AWS_PROFILE=rehearsal-destination",
        'export NO_PROXY="${NO_PROXY:+$NO_PROXY,}127.0.0.1,localhost"',
        'export no_proxy="${no_proxy:+$no_proxy,}127.0.0.1,localhost"',
    ]


def test_it_listens_on_loopback_only(server: Rehearsal) -> None:
    """No other address of this machine reaches it."""
    assert server.address.startswith("http://127.0.0.1:")


def test_unsigned_requests_and_unknown_routes_are_refused(server: Rehearsal) -> None:
    """With an error at once, not a stack trace."""
    headers = {"x-rehearsal-token": json.loads((server.folder / "rehearsal.json").read_text())["token"]}
    for path, status in (("/", 403), ("/_rehearsal/nothing", 404)):
        with pytest.raises(HTTPError) as caught:
            urlopen(Request(server.address + path, headers=headers))  # noqa: S310 -- always our http address
        assert caught.value.code == status
        caught.value.close()


def test_what_nobody_simulates_is_a_clear_error_and_not_retried(rehearsal: Rehearsal, client: Make) -> None:
    """botocore retries 5xx answers; this is a 4xx, for services that moto lacks and operations that it lacks."""
    operations: list[tuple[str, Callable[[Any], Any]]] = [
        ("organizations", lambda target: target.describe_resource_policy()),
        ("controltower", lambda target: target.list_enabled_controls()),
        ("freetier", lambda target: target.get_free_tier_usage()),
        ("account", lambda target: target.get_primary_email(AccountId="111111111111")),
    ]
    for service, call in operations:
        before = len(rehearsal.calls())
        with pytest.raises(ClientError, match="The rehearsal does not simulate"):
            call(client("rehearsal-source", service))
        assert len(rehearsal.calls()) == before + 1


def test_half_a_request_is_no_request(rehearsal: Rehearsal, client: Callable[..., Any]) -> None:
    """A client that dies while it sends leaves no trace: nothing is done, refused or logged."""
    sent: list[Any] = []

    def keep(request: Any, **_: Any) -> None:
        sent.append(request)
        raise KeyboardInterrupt

    inviting = client()
    inviting.meta.events.register("before-send.organizations.InviteAccountToOrganization", keep)
    try:
        with pytest.raises(KeyboardInterrupt):
            inviting.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": "012345678901"})
    finally:
        inviting.meta.events.unregister("before-send.organizations.InviteAccountToOrganization", keep)
    (request,) = sent
    host, _, port = rehearsal.address.removeprefix("http://").partition(":")
    headers = {**dict(request.headers), "Host": f"{host}:{port}"}
    head = "".join(
        f"{name}: {value.decode() if isinstance(value, bytes) else value}\r\n" for name, value in headers.items()
    )
    with socket.create_connection((host, int(port))) as dying:
        dying.sendall(f"POST / HTTP/1.1\r\n{head}\r\n".encode() + request.body[:-1])
        dying.shutdown(socket.SHUT_WR)
        assert dying.recv(1) == b""
    assert rehearsal.calls() == []
