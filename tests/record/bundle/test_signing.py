"""Signed records: who signed is checked against a file of allowed signers, and said plainly when it was not."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from orgtools import record
from orgtools.cli import app
from orgtools.exceptions import RecordError
from orgtools.messages import Message
from orgtools.record import Signed
from orgtools.record.bundle import signing
from tests.record.bundles import write_small

if TYPE_CHECKING:
    from pathlib import Path


def _key(folder: Path, name: str) -> Path:
    key = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(key)], check=True)
    return key


def _codes(problems: list[Message]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys ``ours`` and ``theirs``, and a file ``allowed`` that names only ours."""
    folder = tmp_path_factory.mktemp("keys")
    public = _key(folder, "ours").with_suffix(".pub").read_text(encoding="utf-8")
    _key(folder, "theirs")
    (folder / "allowed").write_text(f'auditor@example.com namespaces="orgtools-record" {public}', encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path, keys: Path) -> Path:
    """A small record, signed by our key."""
    made = write_small(tmp_path / "record")
    signing.sign(made, keys / "ours")
    return made


def test_a_signed_record_is_untouched_and_names_its_signer(folder: Path, keys: Path) -> None:
    """Checked against the allowed signers, with and without naming one."""
    for signer in ("", "auditor@example.com"):
        assert record.verify(folder, signers=keys / "allowed", signer=signer) == []
        found = record.signature(folder, signers=keys / "allowed", signer=signer)
        assert (found.state, "auditor@example.com" in found.words) == (Signed.GOOD, True)


def test_without_a_signers_file_it_is_signed_but_not_checked(folder: Path) -> None:
    """Anybody can sign: nothing is wrong with it, and nothing is proven by it."""
    assert record.verify(folder) == []
    found = record.signature(folder)
    assert found.state is Signed.NOT_CHECKED
    assert found.words.startswith("Signed, not checked")


def test_a_signature_by_another_key_is_named(tmp_path: Path, keys: Path) -> None:
    """Somebody signed, but nobody whom the file allows."""
    made = write_small(tmp_path / "record")
    signing.sign(made, keys / "theirs")
    assert _codes(record.verify(made, signers=keys / "allowed")) == ["record-signature-stranger"]
    (named,) = record.verify(made, signers=keys / "allowed", signer="auditor@example.com")
    assert (named.code, named.facts["person"]) == ("record-signature-other", "auditor@example.com")


def test_a_signature_for_another_purpose_does_not_count(tmp_path: Path, keys: Path) -> None:
    """The namespace is part of what is signed."""
    made = write_small(tmp_path / "record")
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", str(keys / "ours"), "-n", "file", str(made / "manifest.json")],
        check=True,
        capture_output=True,
    )
    assert _codes(record.verify(made)) == ["record-signature-misfit"]
    (strange,) = _codes(record.verify(made, signers=keys / "allowed"))
    assert strange in {"record-signature-stranger", "record-signature-other"}


def test_an_altered_manifest_is_named_with_and_without_signers(folder: Path, keys: Path) -> None:
    """Though everything in it still fits the files."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["orgtools"] = "9.9"
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "record-signature-misfit" in _codes(record.verify(folder))
    assert "record-signature-other" in _codes(record.verify(folder, signers=keys / "allowed"))


def test_an_unsigned_record_is_said_to_be_unsigned(tmp_path: Path, keys: Path) -> None:
    """No problem by itself; a problem for who asks for a signature."""
    made = write_small(tmp_path / "record")
    assert record.signature(made).state is Signed.UNSIGNED
    assert record.verify(made) == []
    assert record.verify(made, signers=keys / "allowed") == [Message("record-unsigned")]


def test_a_ledger_that_was_written_otherwise_is_named(tmp_path: Path) -> None:
    """Its events are the same, and no seal vouches for the file that holds the seal: the manifest does."""
    made = write_small(tmp_path / "record")
    with (made / "ledger.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write("\n")
    assert Message("record-altered-file", path="ledger.jsonl") in record.verify(made)


def test_the_command_line_says_how_the_signature_stands(folder: Path, keys: Path) -> None:
    """Exit code 0 for what holds; 1, and the file named, for what does not."""
    runner = CliRunner()
    plain = runner.invoke(app, ["verify-record", str(folder)])
    assert (plain.exit_code, "Signed, not checked" in plain.stdout) == (0, True)
    checked = runner.invoke(app, ["verify-record", str(folder), "--signers", str(keys / "allowed")])
    assert (checked.exit_code, "Signed by auditor@example.com" in checked.stdout) == (0, True)
    (folder / "plan.csv").write_text("account_id,ou\n", encoding="utf-8")
    altered = runner.invoke(app, ["verify-record", str(folder), "--signers", str(keys / "allowed")])
    assert (altered.exit_code, "plan.csv was altered" in altered.stdout) == (1, True)


def test_a_missing_ssh_keygen_is_a_sentence(folder: Path, keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing refuses; checking says that it was not checked, which is a problem for who asked for it."""
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "ssh-keygen" else found(name))
    with pytest.raises(RecordError) as refusal:
        signing.sign(folder, keys / "ours")
    assert refusal.value.message.code == "record-no-ssh-keygen"
    assert record.signature(folder).state is Signed.NOT_CHECKED
    assert _codes(record.verify(folder, signers=keys / "allowed")) == ["record-signed-no-ssh-keygen"]


def test_a_key_that_is_not_there_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(RecordError) as refusal:
        signing.sign(folder, tmp_path / "no-key")
    assert refusal.value.message == Message("record-no-key", path=str(tmp_path / "no-key"))
