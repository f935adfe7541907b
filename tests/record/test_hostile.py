"""Records by somebody who means harm: a sentence and exit code 1, within limits; no traceback, and none is accepted."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import zlib
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from orgtools import record
from orgtools.cli import app
from orgtools.ledger.events import canonical
from orgtools.record.bundle import read
from tests import planted
from tests.record.bundles import write_small
from tests.tiers import examples

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

_FILES: Final = (
    "findings.csv",
    "handshakes.csv",
    "ledger.jsonl",
    "manifest.json",
    "outcomes.csv",
    "plan.csv",
    "record.html",
)
_LIMIT: Final = 1 << 20
_OF_PYTHON: Final = re.compile(r"recursion|sys\.|int string|Expecting|codec|NoneType|isoformat|read: '")
"""What Python and its libraries say of what they cannot read."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record that nobody touched."""
    return write_small(tmp_path_factory.mktemp("whole") / "record")


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    """A copy to do harm to."""
    return shutil.copytree(whole, tmp_path / "record")


def _edited(folder: Path, name: str, edit: Callable[[str], str]) -> None:
    before = (folder / name).read_text(encoding="utf-8")
    after = edit(before)
    assert after != before
    (folder / name).write_text(after, encoding="utf-8", newline="")


def _vouch(folder: Path, name: str) -> None:
    """Make the manifest fit a file, as a forger would."""
    content = (folder / name).read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _manifest(**changes: Any) -> Callable[[Path], None]:
    """A manifest with other fields, in the form that orgtools writes."""

    def change(folder: Path) -> None:
        path = folder / "manifest.json"
        held = json.loads(path.read_text(encoding="utf-8")) | changes
        path.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    return change


def _ledger(edit: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Other lines in the ledger, and a manifest that fits them."""

    def change(folder: Path) -> None:
        _edited(folder, "ledger.jsonl", lambda text: "\n".join(edit(text.split("\n"))))
        _vouch(folder, "ledger.jsonl")

    return change


def _seal(edit: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Another seal with a hash that is right, and a manifest that fits it."""

    def change(folder: Path) -> None:
        lines = (folder / "ledger.jsonl").read_text(encoding="utf-8").split("\n")
        event = json.loads(lines[-2])
        edit(event["data"])
        held = (*(event[name] for name in ("number", "at", "kind", "step", "account_id")), canonical(event["data"]))
        event["hash"] = hashlib.sha256("\n".join(map(str, (*held, event["previous"]))).encode()).hexdigest()
        lines[-2] = canonical(event)
        (folder / "ledger.jsonl").write_text("\n".join(lines), encoding="utf-8")
        _manifest(head=event["hash"])(folder)
        _vouch(folder, "ledger.jsonl")

    return change


def _in_place_of(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / name).rename(folder.parent / name)
        make(folder / name)

    return change


def _bomb(folder: Path) -> None:
    """A page whose packed rows are larger than the limit, however small they lie there."""
    rows = base64.b64encode(zlib.compress(b"x" * (2 * _LIMIT), 9)).decode()
    script = f'<script type="text/plain" data-rows="timeline">{rows}</script>'
    (folder / "record.html").write_text(script, encoding="utf-8")


_HARM: Final[dict[str, Callable[[Path], object]]] = {
    "version": _manifest(orgtools="9.9.9"),
    "time": _manifest(written_at="2020-01-01T00:00:00+00:00"),
    "level": _manifest(level="public"),
    "field of an older format": _manifest(promise="Nothing was ever changed."),
    "chain": _manifest(chain="redacted"),
    "head of the run": _manifest(original_head="0" * 64),
    "another format": _manifest(format=99),
    "another hash of the ledger": lambda folder: _edited(
        folder,
        "manifest.json",
        lambda text: text.replace(hashlib.sha256((folder / "ledger.jsonl").read_bytes()).hexdigest(), "0" * 64),
    ),
    "format as text": _manifest(format="5"),
    "field added": _manifest(note="x"),
    "no files": _manifest(files={}),
    "files as list": _manifest(files=[]),
    "count as truth": _manifest(events=True),
    "path outside": _manifest(files={"../../etc/passwd": {"sha256": "0" * 64, "bytes": 1}}),
    "path from the root": _manifest(files={"/etc/passwd": {"sha256": "0" * 64, "bytes": 1}}),
    "field twice": lambda folder: _edited(folder, "manifest.json", lambda text: text.replace("{", '{"format": 5,', 1)),
    "manifest a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "manifest deep": lambda folder: (folder / "manifest.json").write_text("[" * 100_000),
    "manifest a number": lambda folder: (folder / "manifest.json").write_text("1" * 10_000),
    "manifest of many digits": lambda folder: _edited(
        folder, "manifest.json", lambda text: text.replace('"events": ', f'"events": {"1" * 600_000}')
    ),
    "manifest cut": lambda folder: _edited(folder, "manifest.json", lambda text: text[:100]),
    "manifest bytes": lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe\x00"),
    "manifest a folder": _in_place_of("manifest.json", lambda path: path.mkdir()),
    "manifest a pipe": _in_place_of("manifest.json", os.mkfifo),
    "manifest a link": _in_place_of("manifest.json", lambda path: path.symlink_to("../manifest.json")),
    "key added": _ledger(lambda lines: [lines[0].replace("{", '{"aaa":1,', 1), *lines[1:]]),
    "key twice": _ledger(lambda lines: [lines[0].replace("{", '{"account_id":"x",', 1), *lines[1:]]),
    "blank line": _ledger(lambda lines: [lines[0], "", *lines[1:]]),
    "blank end": _ledger(lambda lines: [*lines, ""]),
    "no last end": _ledger(lambda lines: lines[:-1]),
    "spaces": _ledger(lambda lines: [lines[0].replace(":", ": ", 1), *lines[1:]]),
    "carriage return": _ledger(lambda lines: [f"{lines[0]}\r", *lines[1:]]),
    "number as text": _ledger(lambda lines: [lines[0].replace('"number":1', '"number":"1"'), *lines[1:]]),
    "number as truth": _ledger(lambda lines: [lines[0].replace('"number":1', '"number":true'), *lines[1:]]),
    "half a character": _ledger(lambda lines: [lines[0].replace('"step":""', '"step":"\\ud800"'), *lines[1:]]),
    "endless": _ledger(lambda lines: [lines[0].replace('"step":""', '"step":1e999'), *lines[1:]]),
    "deep": _ledger(lambda lines: ["[" * 100_000, *lines[1:]]),
    "event without fields": _ledger(lambda lines: ["{}", *lines[1:]]),
    "event without time": _ledger(lambda lines: [lines[0].replace('"at":', '"when":'), *lines[1:]]),
    "event at no time": _ledger(lambda lines: [lines[0].replace('"at":"2', '"at":"x'), *lines[1:]]),
    "event of many digits": _ledger(lambda lines: [lines[0].replace('"number":1', f'"number":{"1" * 600_000}')]),
    "data a list": _ledger(lambda lines: [lines[0].replace('"data":{', '"data":[{').replace('},"hash', '}],"hash')]),
    "no ledger": _ledger(lambda _: [""]),
    "seal without files": _seal(lambda data: data.pop("files")),
    "seal with few files": _seal(lambda data: data["files"].pop("plan.csv")),
    "seal with files as text": _seal(lambda data: data.update(files="all")),
    "seal without level": _seal(lambda data: data.pop("level")),
    "seal without plan": _seal(lambda data: data.pop("plan")),
    "seal without the manifest's words": _seal(lambda data: data.pop("manifest")),
    "seal by another count": _seal(lambda data: data.update(events="many")),
    "file a link": _in_place_of("plan.csv", lambda path: path.symlink_to("../plan.csv")),
    "link added": lambda folder: (folder / "more").symlink_to("/etc"),
    "pipe added": lambda folder: os.mkfifo(folder / "pipe"),
    "file a pipe": _in_place_of("outcomes.csv", os.mkfifo),
    "file a folder": _in_place_of("outcomes.csv", lambda path: path.mkdir()),
    "folder added": lambda folder: (folder / "more" / "and more").mkdir(parents=True),
    "signature a pipe": lambda folder: os.mkfifo(folder / "manifest.json.sig"),
    "signature huge": lambda folder: (folder / "manifest.json.sig").write_bytes(b"x" * 100_000),
    "too large": lambda folder: (folder / "findings.csv").write_bytes(b"x" * (_LIMIT + 1)),
    "bomb": _bomb,
    "page many tables": lambda folder: (folder / "record.html").write_text('<table id="timeline">' * 40_000),
    "page many ends": lambda folder: (folder / "record.html").write_text(
        '<table id="timeline"><tbody>\n' + "<" * 900_000 + "\n</tbody>"
    ),
    "plan with a wide cell": lambda folder: (folder / "plan.csv").write_text(f'account_id,ou\n"{"x" * 200_000}",\n'),
    "plan of zeros": lambda folder: (folder / "plan.csv").write_bytes(b"\x00" * 100),
    "unseen name": lambda folder: (folder / "pay\x1b[2J\u202eroll").write_text("x"),
}


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that a test reaches in no time."""
    monkeypatch.setattr(read, "LARGEST", _LIMIT)


def _told(*arguments: object) -> str:
    """What a command says of something hostile: exit code 1, few short lines that a terminal can show, no traceback."""
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    said = done.output
    assert done.exit_code == 1, said
    assert done.exception is None or isinstance(done.exception, SystemExit)
    lines = said.splitlines()
    assert 0 < len(lines) <= (12 if arguments[0] == "verify-record" else 40)
    assert all(len(line) < 700 and "Traceback" not in line for line in lines)
    assert not [unseen for unseen in planted.UNSEEN if unseen in said]
    assert not _OF_PYTHON.search(said)
    return said


@pytest.mark.parametrize("harm", _HARM)
@pytest.mark.timeout(60)
def test_harm_is_found_and_said_in_a_sentence(copy: Path, whole: Path, harm: str, tried: Counter[str]) -> None:
    """By verify-record; and compare-records takes nothing of it for what orgtools wrote."""
    _HARM[harm](copy)
    said = _told("verify-record", copy)
    assert "Untouched" not in said
    assert "Consistent" not in said
    _told("compare-records", whole, copy)
    tried["record bundles"] += 1


def test_an_unsigned_record_proves_no_author(whole: Path) -> None:
    """Whoever rewrites all of it consistently is found by a signature only; so it is not called untouched."""
    said = CliRunner().invoke(app, ["verify-record", str(whole)])
    assert said.exit_code == 0
    assert "Consistent, but unsigned: this does not prove who wrote it." in said.output
    assert "Untouched" not in said.output


def test_a_folder_of_too_many_files_is_not_read_on(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a million names."""
    monkeypatch.setattr(read, "MOST", 20)
    for number in range(20):
        (copy / f"more-{number}").write_text("x")
    assert "more than 20 files" in _told("verify-record", copy)


def _bitten(folder: Path, name: str, at: float, cut: int, instead: bytes) -> bool:
    """Bytes of a file replaced; whether that changed it."""
    before = (folder / name).read_bytes()
    start = int(at * len(before))
    after = before[:start] + instead + before[start + cut :]
    (folder / name).write_bytes(after)
    return after != before


_BITES: Final = st.tuples(
    st.sampled_from(_FILES),
    st.floats(0, 1),
    st.integers(0, 2_000),
    st.one_of(
        st.binary(max_size=30), st.sampled_from([b"\n", b'"', b"}", b"{}", b"null", b"[", b"</table>", b"1e999"])
    ),
)


def _fuzz(whole: Path, tmp_path_factory: pytest.TempPathFactory, bites: list[Any], *, vouched: bool) -> bool:
    """Do harm and have it found; whether it was any."""
    folder = tmp_path_factory.mktemp("bitten") / "record"
    shutil.copytree(whole, folder)
    changed = [_bitten(folder, *bite) for bite in bites]
    if vouched and all(name != "manifest.json" for name, *_ in bites):
        _vouch(folder, bites[0][0])
    same = all((folder / name).read_bytes() == (whole / name).read_bytes() for name in _FILES)
    harmed = any(changed) and not same
    if harmed:
        _told("verify-record", folder)
        with_it = CliRunner().invoke(app, ["compare-records", str(whole), str(folder)])
        assert with_it.exit_code == 1
    shutil.rmtree(folder.parent)
    return harmed


_FEW: Final = settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])


@_FEW
@given(bite=_BITES)
@example(bite=("ledger.jsonl", 0.0, 0, b"\n"))
@example(bite=("manifest.json", 1.0, 0, b" "))
def test_no_bite_out_of_a_record_is_accepted(
    whole: Path, tmp_path_factory: pytest.TempPathFactory, tried: Counter[str], bite: tuple[str, float, int, bytes]
) -> None:
    """Bytes replaced anywhere, in any file; the manifest knows nothing of it, or was not made to fit all of it."""
    tried["record bundles"] += _fuzz(whole, tmp_path_factory, [bite], vouched=False)


@_FEW
@given(bites=st.lists(_BITES, min_size=1, max_size=4))
def test_no_bite_that_the_manifest_fits_is_accepted(
    whole: Path,
    tmp_path_factory: pytest.TempPathFactory,
    tried: Counter[str],
    bites: list[tuple[str, float, int, bytes]],
) -> None:
    """The seal vouches for the files, and the chain for the seal."""
    tried["record bundles"] += _fuzz(whole, tmp_path_factory, bites, vouched=True)


@given(text=st.text(max_size=300), name=st.sampled_from(["timeline", "outcomes"]))
@example(text='<table id="timeline"><tbody>\n</tbody>', name="timeline")
@example(text='<script type="text/plain" data-rows="timeline">eJw=</script>', name="timeline")
def test_any_page_gives_rows_or_a_value_error(text: str, name: str) -> None:
    """Whatever stands in it."""
    for page in (text, f'<table id="{name}"><thead><tbody>\n{text}\n</tbody>'):
        try:
            rows = read.page_rows(page, name)
        except ValueError:
            continue
        assert all(isinstance(cell, str) for row in rows for cell in row)


def test_an_untouched_record_is_still_taken(whole: Path) -> None:
    """The checks above find harm, not everything."""
    assert record.verify(whole) == []
