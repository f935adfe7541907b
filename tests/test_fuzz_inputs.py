"""Malformed files of an operator, thousands of them, given to the command line: each is refused in one sentence.

A document that is right is taken apart at random: bytes are changed, lines and cells doubled, dropped or swapped,
values replaced by what nobody can mean. No server is there: what is refused is refused before anything is asked.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from orgtools.cli import app
from orgtools.mapping import Mapping
from orgtools.migration import entering, opening
from orgtools.plan import Plan
from orgtools.rehearsal.scenario import loader
from orgtools.settings import Settings

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

_RIGHT: Final = {
    "accounts.csv": "account_id,ou,wave,path,tags\n300000000001,/Workloads/Prod,1,direct,team=shop\n"
    "300000000002,/Workloads/Test,2,standalone,\n012345678901,,1,,\n",
    "migration.toml": 'name = "spring"\n[source]\nprofile = "a"\n[destination]\nprofile = "b"\nlanding_ou = "/"\n'
    '[access]\nrole = "Mover"\nvia = "source"\n[rates]\nspeed = 2.0\n[engine]\nrounds = 3\n[assess]\n'
    'regions = ["eu-central-1"]\n',
    "assignments.csv": "permission_set,principal,to_permission_set,to_principal\n"
    "Admins,USER jane,Admins,GROUP 11111111-2222-3333-4444-555555555555\nReaders,GROUP all,,\n",
    "scenario.toml": 'name = "x"\n[[organizations]]\nid = "o-sourceorg001"\nroot = "r-src1"\n'
    'management = "111111111111"\nprofile = "p"\nunits = ["A/B"]\n[[organizations.accounts]]\nid = "300000000001"\n'
    'name = "one"\nemail = "one@example.com"\nunit = "A/B"\n',
}
_READ: Final[dict[str, Callable[[Path], object]]] = {
    "accounts.csv": Plan.read,
    "migration.toml": Settings.read,
    "assignments.csv": Mapping.read,
    "scenario.toml": loader.load,
}
_ID: Final = r"[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}"
_CELLS: Final = {
    "account_id": re.compile(r"[0-9]{12}"),
    "ou": re.compile(r"[^\n\r]*"),  # AWS tells which units there are
    "wave": re.compile(r"([1-9][0-9]{0,3})?"),
    "path": re.compile(r"(direct|standalone)?"),
    "tags": re.compile(r"(\s*([^=;,\"'#\[\]{}]+=[^;,\"'#\[\]{}]*)?\s*;)*\s*([^=;,\"'#\[\]{}]+=[^;,\"'#\[\]{}]*)?"),
    "permission_set": re.compile(r"[\w+=,.@-]{1,32}", re.ASCII),
    "principal": re.compile(r"(USER|GROUP) \S.*"),
    "to_permission_set": re.compile(r"([\w+=,.@-]{1,32})?", re.ASCII),
    "to_principal": re.compile(rf"((USER|GROUP) ([0-9a-f]{{10}}-)?{_ID})?"),
}
"""What a cell may hold, by its column: written here anew, so that the reader is not held against itself."""
_PLACE: Final = re.compile(
    r"row \d|header: |[Ll]ine \d|account \d+ is listed|at end of document"  # of a CSV file, or of TOML's grammar
    r"|[\w'.-]: (it is|unknown key)|entry \d+ of|appears twice|the organizational unit |an organization has"
    r"|no table|nested"
)
"""Where in a file something is wrong."""
_STRANGE: Final = st.sampled_from(
    [
        b"\x00", b"\xff\xfe", b"\x1b[2J", b'"', b"'", b",", b";", b"\n", b"\r", b"=", b"[", b"]", b"{", b"}", b"[[",
        b"../", b"//", b"inf", b"nan", b"-1", b"1e11", b"9" * 5_000, b"true", b"2026-01-01", b"\xe2\x80\xae",
        "\u0663".encode(), b"evil.com/#", b"\\n", b"\\u0000", b"[" * 2_000, b"x" * 140_000, b"sep=;\n", b" ", b"\t",
        b"#", b"aws:a=b",
    ]
)  # fmt: skip


@st.composite
def _malformed(draw: st.DrawFn, name: str) -> bytes:
    """A document of that name with one to four things wrong with it."""
    held = _RIGHT[name].encode()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(held)))
        to = draw(st.integers(at, min(len(held), at + 40)))
        kind = draw(st.sampled_from(["put", "replace", "drop", "double", "lines", "byte"]))
        if kind == "put":
            held = held[:at] + draw(_STRANGE) + held[at:]
        elif kind == "replace":
            held = held[:at] + draw(_STRANGE) + held[to:]
        elif kind == "drop":
            held = held[:at] + held[to:]
        elif kind == "double":
            held = held[:to] + held[at:to] + held[to:]
        elif kind == "lines":
            held = b"".join(draw(st.permutations(held.splitlines(keepends=True)[:40])))
        else:
            held = held[:at] + draw(st.binary(min_size=1, max_size=3)) + held[at + 1 :]
    return held


class _AskedError(Exception):
    """The files were taken: what comes next would ask AWS, or serve a rehearsal."""


def _ask(*_: object, **__: object) -> object:
    raise _AskedError


def _given(name: str, held: bytes, folder: Path) -> Any:
    """What the command line does with it; `_AskedError` as its exception where it takes it."""
    for other in ("accounts.csv", "migration.toml"):
        (folder / other).write_text(_RIGHT[other], encoding="utf-8")
    (folder / name).write_bytes(held)
    if name == "assignments.csv":
        return None
    command = (
        ["rehearsal", "start", "--scenario", str(folder / name), "--folder", str(folder / "new")]
        if name == "scenario.toml"
        else ["run", "invite", "--folder", str(folder), "--wave", "1"]
    )
    return CliRunner().invoke(app, command)


def _meant(name: str, held: bytes) -> None:
    """What was taken says what it may say: by rules that are written here, not those of the reader."""
    text = held.decode("utf-8-sig")
    assert not any(ord(c) < 32 and c not in "\t\n\r" for c in text)
    if name.endswith(".csv"):
        header, *rows = ([cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline="")))
        for row in filter(any, rows):
            assert len(row) <= len(header)
            wrong = [column for column, cell in zip(header, row, strict=False) if not _CELLS[column].fullmatch(cell)]
            assert wrong == [], row
        return
    values = list(_leaves(tomllib.loads(text)))
    assert not any(isinstance(value, float) and value in {float("inf"), float("-inf")} for value in values)
    assert not any(isinstance(value, float) and value != value for value in values)  # noqa: PLR0124 (not a number)
    assert not any(isinstance(value, int) and abs(value) > 10**9 for value in values)


def _leaves(value: object) -> Any:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _leaves(inner)
    if not isinstance(value, dict | list):
        yield value


def _check(name: str, held: bytes, folder: Path) -> bool:
    """Whether it is refused, in one sentence; what is taken says what it may."""
    ended = _given(name, held, folder)
    if ended is None:  # only a step that restores reads it, behind both organizations
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(opening, "Migration", lambda folder, _: (_READ[name](folder / name), _ask()))
            ended = CliRunner().invoke(app, ["run", "assignments", "--folder", str(folder)])
    assert ended.exit_code != 0
    if isinstance(ended.exception, _AskedError):
        _meant(name, held)
        return False
    assert isinstance(ended.exception, SystemExit), ended.exception
    assert ended.exit_code == 2
    assert "Traceback" not in ended.output
    assert ended.stderr.startswith("orgtools: ")
    assert name.removesuffix(".toml") in ended.stderr
    assert _PLACE.search(ended.stderr), ended.stderr
    assert len(ended.stderr) < 6_000
    return True


@pytest.fixture
def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is asked and nothing served: a call of any kind is `_AskedError`."""
    monkeypatch.setattr(entering, "Pacer", _ask)
    monkeypatch.setattr("orgtools.rehearsal.server.process.Gateway", _ask)
    monkeypatch.setattr("botocore.client.BaseClient._make_api_call", _ask)


_SHARE: Final = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
_WHOLE: Final = settings(
    max_examples=750, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("name", _RIGHT)
def test_what_is_taken_apart_here_is_right_to_begin_with(name: str, tmp_path: Path) -> None:
    """Else nothing would be told by its refusal."""
    (tmp_path / name).write_text(_RIGHT[name], encoding="utf-8")
    assert _READ[name](tmp_path / name)


@pytest.mark.parametrize("name", _RIGHT)
@_SHARE
@given(data=st.data())
def test_a_malformed_file_is_one_sentence(
    name: str, data: st.DataObject, tmp_path: Path, unasked: None, tried: Counter[str]
) -> None:
    """With the file's name, exit code 2, no traceback and no call; what is taken says nothing that cannot be meant."""
    _check(name, data.draw(_malformed(name)), tmp_path)
    tried[name] += 1


@pytest.mark.exhaustive
@pytest.mark.timeout(1800)  # on a machine that does much else, too
@pytest.mark.parametrize("name", _RIGHT)
def test_thousands_of_malformed_files_are_one_sentence_each(
    name: str, tmp_path: Path, unasked: None, tried: Counter[str]
) -> None:
    """Of each kind more than five hundred are refused; the end of the session tells how many were tried."""
    refused = 0

    @_WHOLE
    @given(_malformed(name))
    def each(held: bytes) -> None:
        nonlocal refused
        refused += _check(name, held, tmp_path)
        tried[name] += 1

    each()
    assert refused >= 500
