"""Files of the operator: what is refused before a line of them is understood, and how problems are told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools.exceptions import InputError
from orgtools.mapping import Mapping
from orgtools.messages import Message
from orgtools.plan import Plan
from orgtools.reading import closest, read_text, read_toml
from orgtools.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_READERS: Final[dict[str, Callable[[Path], object]]] = {
    "accounts.csv": Plan.read,
    "migration.toml": Settings.read,
    "assignments.csv": Mapping.read,
}


_MISSING: Final = Message("write-or-remove-it")


def _refused(name: str, folder: Path) -> str:
    with pytest.raises(InputError) as refusal:
        _READERS[name](folder / name)
    assert refusal.value.next_step
    assert name in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("name", _READERS)
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(name: str, kind: str, tmp_path: Path) -> None:
    """A pipe that nobody writes into, a folder, and a device that never ends."""
    make: Any = {"pipe": os.mkfifo, "folder": os.mkdir, "device": lambda path: path.symlink_to("/dev/zero")}[kind]
    make(tmp_path / name)
    assert "is not a regular file" in _refused(name, tmp_path)


@pytest.mark.parametrize("name", _READERS)
def test_a_file_that_is_too_large_is_refused(name: str, tmp_path: Path) -> None:
    """However sparse: no more is read than the limit."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(2**33)
    assert "is larger than" in _refused(name, tmp_path)


@pytest.mark.parametrize("name", _READERS)
@pytest.mark.parametrize(
    ("held", "words"),
    [
        (b"\xff\xfea\x00", "is not UTF-8 text (line 1)"),
        (b"a\nb\xfc\n", "is not UTF-8 text (line 2)"),
        (b"a\nb\x00\n", "line 2: it contains the control character U+0000"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(name: str, held: bytes, words: str, tmp_path: Path) -> None:
    """UTF-16, Latin-1, and bytes that nobody typed."""
    (tmp_path / name).write_bytes(held)
    said = _refused(name, tmp_path)
    assert words in said
    assert ("spreadsheet" in said) == (name.endswith(".csv") and "not UTF-8" in words)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the words of the system, and what to check."""

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(InputError, match=r"a\.txt cannot be read: Permission denied\. Check who may read it"):
        read_text(tmp_path / "a.txt", most=10, missing=_MISSING)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * 5_000, "is nested more than 16 levels deep"),
        (".".join("a" * 40) + " = 1", "is nested more than 16 levels deep"),
        (".".join("a" * 100_000) + " = 1", "is nested more than 16 levels deep"),
        ("b = { " + " . ".join(['"\\"a"', "'a'"] * 20_000) + " = 1 }", "is nested more than 16 levels deep"),
        ("[" + ".".join("a" * 100_000) + "]", "is nested more than 16 levels deep"),
        ("a = " + "9" * 6_000, "is not TOML"),
        ("a = 2026-13-45", "is not TOML"),
    ],
    ids=["lists", "dotted keys", "very many keys", "quoted keys", "a table", "a long number", "a date"],
)
def test_toml_that_breaks_its_reader_is_refused(text: str, words: str, tmp_path: Path) -> None:
    """Python's own errors for these are no sentences."""
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=rf"a\.toml {words}"):
        read_toml(tmp_path / "a.toml", most=2**20, missing=_MISSING)


@pytest.mark.parametrize(
    ("word", "near"),
    [("Acount_ID", "account_id"), ("xyz", ""), ("account_i" * 10_000, "")],
)
def test_a_near_word_is_found(word: str, near: str) -> None:
    """Whatever its case; nothing where none is near."""
    assert closest(word, ("account_id", "ou")) == near


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Admins,USER jane,A,USER 1,more", "row 2: the row has more cells than the header"),
        (",USER jane,A,USER 1", "row 2: permission_set is empty"),
        ("Admins,jane,A,USER 1", "row 2: principal is 'jane', not USER or GROUP"),
        ("Admins,USER jane,,USER 1", "row 2: to_principal is filled in without to_permission_set"),
        ("Admins,USER jane,A,1", "row 2: to_principal is '1', not USER or GROUP"),
        ("Admins,USER jane,A,USER jane", "row 2: to_principal is 'USER jane', not USER or GROUP"),
        (f"Admins,USER jane,{'A' * 33},USER 1", "row 2: to_permission_set is 'AAAA"),
        ("Ad min/../x,USER jane,,", "row 2: permission_set is 'Ad min/../x', not the name of a permission set"),
        ("Admins,USER jane,A,USER 1\nAdmins,USER jane,,", "row 3: it repeats the permission set Admins for USER jane"),
    ],
)
def test_rows_of_assignments_that_cannot_be_meant_are_refused(row: str, words: str, tmp_path: Path) -> None:
    """With the row; each is named, and nothing is guessed."""
    path = tmp_path / "assignments.csv"
    path.write_text(f"permission_set,principal,to_permission_set,to_principal\n{row}\n", encoding="utf-8")
    assert words in _refused(path.name, tmp_path)


_TWO_SIDES: Final = "[source]\nprofile = 'a'\n[destination]\nprofile = 'b'\n"


@pytest.mark.parametrize(
    ("settings", "told"),
    [(f"{_TWO_SIDES}[restore]\nassignments = true\n", ()), ("[sauce]\n", ("did you mean 'source'?",))],
    ids=["migration.toml is right", "migration.toml is wrong, too"],
)
def test_what_is_wrong_with_assignments_is_told_when_the_run_is_opened(
    settings: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    """With what is wrong with the other files, before anybody is asked anything."""
    (tmp_path / "migration.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id,ou\n1,/\n", encoding="utf-8")
    rows = "permission_set,principal,to_permission_set,to_principal\n,USER jane,A,USER 1\nAdmins,jane,A,USER 1\n"
    (tmp_path / "assignments.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        orgtools.open(tmp_path)
    for word in (*told, "accounts.csv: row 2", "assignments.csv: row 2: permission_set is empty; row 3: principal is"):
        assert word in str(refusal.value)


@pytest.mark.parametrize("line", ["root:$6$Ab1$hunter2:19000:0", "AKIAIOSFODNN7EXAMPLE", "hunter2 " * 9])
@pytest.mark.parametrize("name", ["accounts.csv", "assignments.csv"])
def test_the_first_line_of_another_file_is_not_quoted(name: str, line: str, tmp_path: Path) -> None:
    """A link may lead to a file of secrets: only what looks like a column's name is told."""
    (tmp_path / "other").write_text(f"{line}\n", encoding="utf-8")
    (tmp_path / name).symlink_to(tmp_path / "other")
    said = _refused(name, tmp_path)
    assert "column 1 has no known name" in said
    assert not any(word in said for word in ("hunter2", "EXAMPLE"))


def test_what_is_wrong_with_both_files_is_told_at_once(tmp_path: Path) -> None:
    """Nobody corrects one file to hear of the other."""
    (tmp_path / "migration.toml").write_text("[sauce]\n", encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id,ou\n1,/\n2,/\n", encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        orgtools.open(tmp_path)
    for word in ("sauce: unknown key, did you mean 'source'?", "destination: it is missing", "row 2", "row 3"):
        assert word in str(refusal.value)
