"""The tables of all notebooks, in 00_start and in the operator's guide: each row stands at the top of its notebook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Final

_ROOT: Final = Path(__file__).parents[2]
NOTEBOOKS: Final = {"": _ROOT / "notebooks", "ja": _ROOT / "notebooks" / "ja"}
GUIDES: Final = {"": _ROOT / "docs" / "operator.md", "ja": _ROOT / "docs" / "ja" / "operator.md"}
_START: Final = "00_start"
_TABLE: Final = re.compile(r"^\|.*\n\|[-|]+\n((?:\|.*\n)+)", re.MULTILINE)
_CELL: Final = re.compile(r"(?<!\\)\|")


def write() -> dict[Path, str]:
    """What has such a table, as it has to be: first and last of the alphabet begin and end a wave."""
    written = dict[Path, str]()
    for language, guide in GUIDES.items():
        rows = {path.stem: glance(path) for path in sorted(NOTEBOOKS[language].glob("*.ipynb"))}
        steps = [(f"`{name}`", *row[2:]) for name, row in rows.items() if row[2]]
        letters = [*ascii_uppercase[: len(steps) - 1], ascii_uppercase[-1]]
        text = guide.read_text(encoding="utf-8")
        written[guide] = _with_rows(text, [(letter, *row) for letter, row in zip(letters, steps, strict=True)])
        start = NOTEBOOKS[language] / f"{_START}.ipynb"
        held = _read(start)
        prose = _with_rows(_first(held), [(name, *row[:2]) for name, row in rows.items()], 1)
        held["cells"][0]["source"] = prose.splitlines(keepends=True)
        written[start] = json.dumps(held, indent=1, ensure_ascii=False) + "\n"
    return written


def glance(path: Path) -> tuple[str, ...]:
    """What a notebook says of itself in a row: what it does, whether it changes AWS, what one does, and what then is.

    The last two are empty where it has no turn in a wave.
    """
    found = _TABLE.search(_first(_read(path)))
    assert found, f"{path.name} does not begin with a table in which it is told at a glance"
    row = [cell.strip() for cell in _CELL.split(found[1].splitlines()[0])[1:-1]]
    return tuple([*row, "", ""][:4])


def _read(path: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def _first(notebook: dict[str, Any]) -> str:
    return "".join(notebook["cells"][0]["source"])


def _with_rows(text: str, rows: list[tuple[str, ...]], number: int = 0) -> str:
    """A text in which one of its tables has other rows."""
    found = list(_TABLE.finditer(text))[number]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return text[: found.start(1)] + lines + text[found.end(1) :]
