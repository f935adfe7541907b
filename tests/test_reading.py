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
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_READERS: Final[dict[str, Callable[[Path], object]]] = {
    "accounts.csv": Plan.read,
    "migration.toml": Settings.read,
    "assignments.csv": Mapping.read,
}


_MISSING: Final = Message("write-or-remove-it")


def _refused(name: str, folder: Path) -> Message:
    with pytest.raises(InputError) as refusal:
        _READERS[name](folder / name)
    assert refusal.value.next_step
    assert name in str(refusal.value)
    return refusal.value.message


def _opened(folder: Path) -> tuple[Message, ...]:
    """What is wrong with each file of a run folder, in their order."""
    with pytest.raises(InputError) as refusal:
        orgtools.open(folder)
    assert refusal.value.message.code == "files-wrong"
    return tuple(whole.facts["then"] for whole in refusal.value.message.facts["then"])


def _wrong(name: str, *rows: tuple[int, Message | list[Message]]) -> Message:
    return Message("file-wrong", path=name, findings=[Message("row-wrong", row=row, why=why) for row, why in rows])


def _short(given: str) -> list[Message]:
    return [Message("account-id-short", given=given, count=len(given), account=given.zfill(12))]


_SAUCE: Final = Message(
    "settings-wrong",
    path="migration.toml",
    findings=[
        Message("setting-wrong", setting="destination", why=Message("value-missing")),
        Message("setting-unknown-near", setting="sauce", keys=["source"]),
    ],
)


@pytest.mark.parametrize("name", _READERS)
@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(name: str, kind: str, tmp_path: Path) -> None:
    """A pipe that nobody writes into, a folder, and a device that never ends."""
    make: Any = {"pipe": os.mkfifo, "folder": os.mkdir, "device": lambda path: path.symlink_to("/dev/zero")}[kind]
    make(tmp_path / name)
    assert _refused(name, tmp_path) == Message("file-not-regular", path=str(tmp_path / name))


@pytest.mark.parametrize("name", _READERS)
def test_a_file_that_is_too_large_is_refused(name: str, tmp_path: Path) -> None:
    """However sparse: no more is read than the limit."""
    with (tmp_path / name).open("wb") as file:
        file.truncate(2**33)
    said = _refused(name, tmp_path)
    assert says(said, "file-too-large", path=str(tmp_path / name))
    assert said.facts["size"]


@pytest.mark.parametrize("name", _READERS)
@pytest.mark.parametrize(
    ("held", "facts"),
    [
        (b"\xff\xfea\x00", {"line": 1}),
        (b"a\nb\xfc\n", {"line": 2}),
        (b"a\nb\x00\n", {"line": 2, "name": "U+0000"}),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(
    name: str, held: bytes, facts: dict[str, Any], tmp_path: Path
) -> None:
    """UTF-16, Latin-1, and bytes that nobody typed; a table is told of as spreadsheets make it."""
    (tmp_path / name).write_bytes(held)
    no_text = "sheet-not-text" if name.endswith(".csv") else "file-not-text"
    code = "file-control-character" if "name" in facts else no_text
    assert _refused(name, tmp_path) == Message(code, path=str(tmp_path / name), **facts)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the words of the system, and what to check."""

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(InputError) as refusal:
        read_text(tmp_path / "a.txt", most=10, missing=_MISSING)
    assert says(refusal.value.message, "file-unreadable", path=str(tmp_path / "a.txt"), words="Permission denied")
    assert refusal.value.next_step


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a = " + "[" * 5_000, "file-too-deep"),
        (".".join("a" * 40) + " = 1", "file-too-deep"),
        (".".join("a" * 100_000) + " = 1", "file-too-deep"),
        ("b = { " + " . ".join(['"\\"a"', "'a'"] * 20_000) + " = 1 }", "file-too-deep"),
        ("[" + ".".join("a" * 100_000) + "]", "file-too-deep"),
        ("a = " + "9" * 6_000, "file-number-too-long"),
        ("a = 2026-13-45", "file-not-toml"),
    ],
    ids=["lists", "dotted keys", "very many keys", "quoted keys", "a table", "a long number", "a date"],
)
def test_toml_that_breaks_its_reader_is_refused(text: str, code: str, tmp_path: Path) -> None:
    """Python's own errors for these are no sentences."""
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_toml(tmp_path / "a.toml", most=2**20, missing=_MISSING)
    assert says(refusal.value.message, code, path="a.toml")
    assert refusal.value.message.facts.get("limit", 16) == 16
    assert refusal.value.next_step


@pytest.mark.parametrize(
    ("word", "near"),
    [("Acount_ID", "account_id"), ("xyz", ""), ("account_i" * 10_000, "")],
)
def test_a_near_word_is_found(word: str, near: str) -> None:
    """Whatever its case; nothing where none is near."""
    assert closest(word, ("account_id", "ou")) == near


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Admins,USER jane,A,USER 1,more", Message("row-too-many-cells")),
        (",USER jane,A,USER 1", Message("permission-set-empty")),
        ("Admins,jane,A,USER 1", Message("principal-wrong", given="jane")),
        ("Admins,USER jane,,USER 1", Message("principal-without-permission-set")),
        ("Admins,USER jane,A,1", Message("principal-id-wrong", given="1")),
        ("Admins,USER jane,A,USER jane", Message("principal-id-wrong", given="USER jane")),
        (
            f"Admins,USER jane,{'A' * 33},USER 1",
            Message("permission-set-wrong", column="to_permission_set", given="A" * 33),
        ),
        (
            "Ad min/../x,USER jane,,",
            Message("permission-set-wrong", column="permission_set", given="Ad min/../x"),
        ),
    ],
)
def test_rows_of_assignments_that_cannot_be_meant_are_refused(row: str, why: Message, tmp_path: Path) -> None:
    """With the row; each is named, and nothing is guessed."""
    path = tmp_path / "assignments.csv"
    path.write_text(f"permission_set,principal,to_permission_set,to_principal\n{row}\n", encoding="utf-8")
    assert _refused(path.name, tmp_path) == _wrong(path.name, (2, why))


def test_an_assignment_that_is_listed_again_is_refused(tmp_path: Path) -> None:
    """By the row that repeats it."""
    path = tmp_path / "assignments.csv"
    rows = "Admins,USER jane,A,USER 1\nAdmins,USER jane,,\n"
    path.write_text(f"permission_set,principal,to_permission_set,to_principal\n{rows}", encoding="utf-8")
    again = Message("assignment-twice", permission_set="Admins", given="USER jane")
    assert _refused(path.name, tmp_path) == _wrong(
        path.name, (2, Message("principal-id-wrong", given="USER 1")), (3, again)
    )


_TWO_SIDES: Final = "[source]\nprofile = 'a'\n[destination]\nprofile = 'b'\n"


@pytest.mark.parametrize(
    ("settings", "told"),
    [(f"{_TWO_SIDES}[restore]\nassignments = true\n", ()), ("[sauce]\n", (_SAUCE,))],
    ids=["migration.toml is right", "migration.toml is wrong, too"],
)
def test_what_is_wrong_with_assignments_is_told_when_the_run_is_opened(
    settings: str, told: tuple[Message, ...], tmp_path: Path
) -> None:
    """With what is wrong with the other files, before anybody is asked anything."""
    (tmp_path / "migration.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id,ou\n1,/\n", encoding="utf-8")
    rows = "permission_set,principal,to_permission_set,to_principal\n,USER jane,A,USER 1\nAdmins,jane,A,USER 1\n"
    (tmp_path / "assignments.csv").write_text(rows, encoding="utf-8")
    assignments = ((2, Message("permission-set-empty")), (3, Message("principal-wrong", given="jane")))
    assert _opened(tmp_path) == (
        *told,
        _wrong("accounts.csv", (2, _short("1"))),
        _wrong("assignments.csv", *assignments),
    )


@pytest.mark.parametrize("line", ["root:$6$Ab1$hunter2:19000:0", "AKIAIOSFODNN7EXAMPLE", "hunter2 " * 9])
@pytest.mark.parametrize("name", ["accounts.csv", "assignments.csv"])
def test_the_first_line_of_another_file_is_not_quoted(name: str, line: str, tmp_path: Path) -> None:
    """A link may lead to a file of secrets: only what looks like a column's name is told."""
    (tmp_path / "other").write_text(f"{line}\n", encoding="utf-8")
    (tmp_path / name).symlink_to(tmp_path / "other")
    said = _refused(name, tmp_path)
    assert says(said, "column-unnamed", number=1)
    assert not any(word in str(said) or word in repr(said) for word in ("hunter2", "EXAMPLE"))


def test_what_is_wrong_with_both_files_is_told_at_once(tmp_path: Path) -> None:
    """Nobody corrects one file to hear of the other."""
    (tmp_path / "migration.toml").write_text("[sauce]\n", encoding="utf-8")
    (tmp_path / "accounts.csv").write_text("account_id,ou\n1,/\n2,/\n", encoding="utf-8")
    assert _opened(tmp_path) == (_SAUCE, _wrong("accounts.csv", (2, _short("1")), (3, _short("2"))))


def test_a_number_of_thousands_of_digits_is_told_with_its_line(tmp_path: Path) -> None:
    """Python says how long it may be, and not where it stands."""
    path = tmp_path / "migration.toml"
    path.write_text(f"[source]\nprofile = 'one'\nnumber = {'9' * 5_000}\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_toml(path, most=2**20, missing=Message("no-way-in"))
    assert refused.value.message == Message("file-number-too-long", path="migration.toml", line=3)
