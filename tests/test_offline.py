"""The tests' own promise: nothing here reaches beyond this machine, nor an operator's credentials."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request

import boto3
import pytest

from tests.offline.loopback import is_loopback, offline_environment


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost", b"localhost", None, "0.0.0.0"])
def test_this_machine_is_reachable(host: str | bytes | None) -> None:
    """Loopback addresses, their names and "any of mine" are this machine."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.com", "127.0.0.1.example.com"])
def test_no_other_machine_is_reachable(host: str) -> None:
    """Addresses elsewhere, private ones included, and names of any kind are not this machine."""
    assert not is_loopback(host)


def test_a_connection_off_this_machine_is_refused() -> None:
    """A socket that leaves the machine raises before anything is sent."""
    with socket.socket() as connection, pytest.raises(RuntimeError, match=r"this machine only, not '192\.0\.2\.1'"):
        connection.connect(("192.0.2.1", 443))


def test_a_name_is_not_looked_up() -> None:
    """Not even the question who somebody is leaves the machine."""
    with pytest.raises(RuntimeError, match=r"this machine only, not 'organizations\.example'"):
        socket.getaddrinfo("organizations.example", 443)


@pytest.mark.usefixtures("local_servers")
def test_loopback_works() -> None:
    """A server on loopback is reached as ever."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        connection, _ = server.accept()
        connection.close()


def test_a_test_that_asks_for_no_server_reaches_none() -> None:
    """Nor do programs that it starts: a test is in the tier of what it needs."""
    attempt = "import socket; socket.create_connection(('127.0.0.1', 9), 5)"
    program = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert "takes the fixture local_servers" in program.stderr
    with socket.socket() as connection, pytest.raises(RuntimeError, match="takes the fixture local_servers"):
        connection.connect(("127.0.0.1", 9))


def test_a_python_program_that_a_test_starts_is_kept_in() -> None:
    """The block is inherited: kernels, JupyterLab and the AWS command line are Python programs."""
    attempt = "import socket; socket.create_connection(('192.0.2.1', 443), 5)"
    program = subprocess.run([sys.executable, "-c", attempt], capture_output=True, text=True, check=False)
    assert program.returncode == 1
    assert "tests may reach this machine only, not '192.0.2.1'" in program.stderr


def test_other_programs_meet_a_closed_proxy() -> None:
    """What heeds the usual proxy variables asks a port where nothing listens."""
    assert urllib.request.getproxies()["https"] == "http://127.0.0.1:9"
    assert urllib.request.proxy_bypass("127.0.0.1")


def test_no_credentials_of_whoever_runs_the_tests_are_found() -> None:
    """Neither variables nor files of a home directory nor a metadata service lend a test credentials."""
    assert boto3.Session().get_credentials() is None
    assert boto3.Session().available_profiles == []


def test_inherited_aws_settings_are_dropped() -> None:
    """A profile, key, region or endpoint that the caller has set reaches no test."""
    kept = offline_environment({"AWS_PROFILE": "production", "AWS_ENDPOINT_URL": "http://192.0.2.1", "LANG": "C"})
    assert {name for name in kept if name.startswith("AWS_")} == {
        "AWS_CONFIG_FILE",
        "AWS_EC2_METADATA_DISABLED",
        "AWS_SHARED_CREDENTIALS_FILE",
    }
    assert kept["LANG"] == "C"


def test_the_environment_is_the_same_when_made_twice() -> None:
    """pytest's workers inherit what pytest has already made; nothing piles up."""
    assert offline_environment(dict(os.environ)) == dict(os.environ)
