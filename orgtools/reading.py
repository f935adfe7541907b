"""Files that an operator writes: read without a hang or a surprise, and what is wrong with them in one message."""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
import stat
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import InputError
from orgtools.messages import LANGUAGES, Message, unknown
from orgtools.messages.languages import VARIABLE
from orgtools.unmeant import SHOWN, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

CELL: Final = 131_072
"""So many characters may one cell of a CSV file have; it is Python's own limit."""
_LEVELS: Final = 16
"""So deep may tables and lists lie in each other; ours lie four deep."""
_QUOTED: Final = re.compile(r""""(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?""")
_DOTTED: Final = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_LEVELS}}}")
"""A dotted key that is too deep. It is looked for before the parser sees it, whose time grows with its square."""
_TOLD: Final = 10
"""So many problems are told; of the others the count."""
# Line breaks and tabs belong to text; whatever else of these is there was no person's intention.
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_COLUMN: Final = re.compile(r"[\w .-]{1,40}")
_FOREIGN_HEADER: Final = re.compile(r"(?i)\s*sep=")


def check_language() -> None:
    """Whether there are messages in the language that ORGTOOLS_LANGUAGE asks for.

    Raises:
        InputError: there are none.
    """
    if unknown():
        raise InputError(
            Message("language-of-variable-unknown", variable=VARIABLE, given=short(unknown()), choices=LANGUAGES)
        )


def read_text(path: Path, *, most: int, missing: Message) -> str:
    """The text of a file, UTF-8 with or without a byte-order mark.

    Args:
        path: the file.
        most: how many bytes it may have.
        missing: what the operator does where there is none, a sentence.

    Raises:
        InputError: there is no such file, it is no regular file (a pipe would be waited for), too large, not UTF-8,
            or holds control characters.
    """
    try:
        # O_NONBLOCK: a pipe is opened at once, and refused, whether or not somebody writes into it.
        with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:  # noqa: PTH123 (a descriptor)
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _not_a_file(path)
            held = file.read(most + 1)
    except FileNotFoundError as error:
        raise InputError(Message("file-missing", path=str(path), then=missing)) from error
    except IsADirectoryError as error:
        raise _not_a_file(path) from error
    except OSError as error:
        raise InputError(Message("file-unreadable", path=str(path), words=error.strerror)) from error
    if len(held) > most:
        raise InputError(Message("file-too-large", path=str(path), size=most // 2**20))
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held.count(b"\n", 0, error.start) + 1
        if path.suffix == ".csv":
            raise InputError(Message("sheet-not-text", path=str(path), line=line)) from error
        raise InputError(Message("file-not-text", path=str(path), line=line)) from error
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        name = f"U+{ord(control[0]):04X}"
        raise InputError(Message("file-control-character", path=str(path), line=line, name=name))
    return text


def _not_a_file(path: Path) -> InputError:
    return InputError(Message("file-not-regular", path=str(path)))


def read_toml(path: Path, *, most: int, missing: Message) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        InputError: as `read_text`, or it is not TOML, nested too deep, or holds a number that is none.
    """
    text = read_text(path, most=most, missing=missing)
    if _DOTTED.search(_QUOTED.sub("quoted", text)):
        raise _too_deep(path)
    try:
        held = tomllib.loads(text)
    except RecursionError as error:
        raise _too_deep(path) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(Message("file-not-toml", path=path.name, words=short(str(error), 200))) from error
    except ValueError as error:  # a number of 6,000 digits: Python does not say where
        found = re.search(r"[\w+-]{1000}", text)
        line = text.count("\n", 0, found.start() if found else 0) + 1
        raise InputError(Message("file-number-too-long", path=path.name, line=line)) from error
    if _depth_over(held, _LEVELS):
        raise _too_deep(path)
    return held


def _too_deep(path: Path) -> InputError:
    return InputError(Message("file-too-deep", path=path.name, limit=_LEVELS))


def _depth_over(held: object, levels: int) -> bool:
    layer = [held]
    for _ in range(levels):
        layer = [
            inner
            for outer in layer
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not layer:
            return False
    return any(isinstance(one, dict | list) for one in layer)


def rows_of(
    path: Path, text: str, columns: Sequence[str], required: Sequence[str]
) -> tuple[list[tuple[int, dict[str, str]]], list[Message]]:
    """The rows of a CSV text with the number of each one's last line, and what is wrong with rows as such.

    Args:
        path: the file, for messages.
        text: what it holds.
        columns: the columns that it may have.
        required: those that it must have.

    Raises:
        InputError: there is nothing in the file, or the header is not what it should be.
    """
    if not text.strip():
        raise InputError(Message("file-empty", path=path.name, columns=list(columns)))
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Message] = []
    begins = 1
    try:
        header = [name.strip() for name in next(lines, ())]
        _check_header(path, header, columns, required)
        begins = lines.line_num + 1
        for row in lines:
            begins = lines.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
            wrong = _wrong_cells(cells, len(header))
            if wrong:
                problems.append(Message("row-wrong", row=lines.line_num, why=wrong))
                continue
            rows.append((lines.line_num, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        too_long = "field limit" in str(error)  # Python's error has no code
        why = Message("cell-too-long", limit=CELL) if too_long else Message("row-not-csv", words=str(error))
        # Where the row begins: a quotation mark that is not closed takes all lines after it into one cell.
        problems.append(Message("row-wrong", row=begins, why=why))
    return rows, problems


def _wrong_cells(cells: list[str], columns: int) -> Message | None:
    over = cells[columns:]
    if any(over):
        return Message("row-too-many-cells")
    if over:
        return Message("row-extra-comma")
    if any("\n" in cell or "\r" in cell for cell in cells):
        return Message("cell-with-line-break")
    return None


def _check_header(path: Path, header: list[str], columns: Sequence[str], required: Sequence[str]) -> None:
    whole = ",".join(header)
    separator = next((one for one in (";", "\t", "|") if one in whole and "," not in whole), "")
    if _FOREIGN_HEADER.match(whole):
        raise InputError(Message("header-of-spreadsheet", path=path.name, given=short(whole), columns=list(columns)))
    if separator:
        kind = {";": "semicolon", "\t": "tab", "|": "bar"}[separator]
        raise InputError(Message("header-without-commas", path=path.name, kind=kind))
    if whole and _is_row(header, columns):
        raise InputError(
            Message("header-missing", path=path.name, given=short(mask_secrets(whole)), columns=list(columns))
        )
    if whole and not header[-1]:
        raise InputError(Message("header-extra-comma", path=path.name))
    unknown = {name: number for number, name in enumerate(header, 1) if name not in columns}
    missing = [name for name in required if name not in header]
    twice = [name for name, times in Counter(header).items() if times > 1]
    if unknown or missing or twice:
        problems = [
            *(_unknown_column(number, name, columns) for name, number in unknown.items()),
            *(Message("column-missing", column=name) for name in missing),
            *(Message("column-twice", column=name) for name in twice if name not in unknown),
        ]
        raise InputError(Message("header-wrong", path=path.name, findings=listed(problems), columns=list(columns)))


def _is_row(header: Sequence[str], columns: Sequence[str]) -> bool:
    """Whether a row is where the header should be: it names no column, or holds a number and none of the names."""
    if len(header) == 1 or any(name in columns for name in header):
        return False
    return any(map(str.isdecimal, header)) or not any(closest(name, columns) for name in header)


def _unknown_column(number: int, name: str, columns: Sequence[str]) -> Message:
    """Its name is told only where it looks like one: the file may be another, and its first line a secret."""
    if not _COLUMN.fullmatch(name) or mask_secrets(name) != name:
        return Message("column-unnamed", number=number)
    near = closest(name, columns)
    if near:
        return Message("column-unknown-near", column=short(name), columns=[near])
    return Message("column-unknown", column=short(name))


def all_of(*reads: Callable[[], Any]) -> list[Any]:
    """What reading each of some files gives.

    Raises:
        InputError: what is wrong with them, all at once: nobody corrects one file to hear of the next.
    """
    given, wrong = list[Any](), list[InputError]()
    for read in reads:
        try:
            given.append(read())
        except InputError as error:
            wrong.append(error)
    if len(wrong) > 1:
        raise InputError(Message("files-wrong", then=[Message("whole", then=error.message) for error in wrong]))
    if wrong:
        raise wrong[0]
    return given


def listed(problems: Sequence[Message]) -> list[Message]:
    """Ten problems, and how many there are beside."""
    more = len(problems) - _TOLD
    return [*problems[:_TOLD], *([Message("and-more", more=more)] if more > 0 else [])]


def closest(word: str, known: Iterable[str]) -> str:
    """Which of the known words somebody may have meant, whatever its case; empty where none is near."""
    if len(word) > 2 * SHOWN:
        return ""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    near = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else ""
