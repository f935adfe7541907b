"""What is printed is UTF-8, whatever the machine's encoding, and a program that cannot print says so."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("programs")

_PROGRAM = """
import sys, types, datetime

import orgtools, orgtools.audit
from orgtools.cli import app
found = types.SimpleNamespace(
    parts=lambda: ([{"name": "\\u30c6\\u30b9\\u30c8"}], []), rows=[{"name": "\\u30c6\\u30b9\\u30c8"}], findings=(),
    as_json=lambda: {}, summary=lambda: "1 invitation", taken_at=datetime.datetime.now(datetime.UTC), remarkable=False)
class Opened:
    __enter__ = lambda self: self
    __exit__ = lambda *_: None
orgtools.open = lambda *_: Opened()
orgtools.audit.review = lambda *_, **__: found
app(["audit", *sys.argv[1:]])
"""


@pytest.mark.parametrize("form", ["table", "csv"])
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_japanese_name_is_printed_under_any_encoding(form: str, encoding: str) -> None:
    """Into a file it is UTF-8; the exit code is that of the audit."""
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    ended = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "--format", form], env=environment, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "\u30c6\u30b9\u30c8" in ended.stdout.decode()


def test_an_audit_that_cannot_be_printed_is_exit_code_2() -> None:
    """A full disk is no finding."""
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 (a device)
        ended = subprocess.run(
            [sys.executable, "-c", _PROGRAM], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert ended.returncode == 2
    assert "orgtools: The audit is complete but cannot be printed: No space left on device." in ended.stderr


def test_the_rehearsal_is_reached_past_proxies_and_other_endpoints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Variables win over profiles: those that would lead elsewhere lead to it."""
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.corp:8080")
    monkeypatch.setenv("NO_PROXY", "intranet")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://elsewhere")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", "http://elsewhere")
    made = Rehearsal(tmp_path, "http://127.0.0.1:4711").environment()
    assert made["NO_PROXY"] == "intranet,127.0.0.1,localhost"
    assert {"127.0.0.1", "localhost"} <= set(made["no_proxy"].split(","))
    assert made["AWS_ENDPOINT_URL"] == made["AWS_ENDPOINT_URL_STS"] == "http://127.0.0.1:4711"
