"""What every generated page is made of: cells, tables, and docstrings as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GENERATED: Final = "<!-- Written by make pages from {origin}: change that, not this page. -->\n"
"""The first line of a page that nobody edits by hand."""
_SECTION: Final = re.compile(r"^(Args|Attributes|Raises|Returns|Yields):$")
_ENTRY: Final = re.compile(r"^    (\*{0,2}[\w.]+(?:, [\w.]+)*): (.*)$")


def cell(text: str) -> str:
    """A text inside a cell of a table: on one line, without what would end the cell or begin a tag."""
    return re.sub(r"\s+", " ", text).strip().replace("|", r"\|").replace("<", "&lt;")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def page(title: str, origin: str, *parts: str) -> str:
    """A whole page, each part with an empty line before it."""
    body = "\n\n".join(part.strip("\n") for part in (f"# {title}", *parts) if part)
    return f"{GENERATED.format(origin=origin)}\n{body}\n"


def sections(docstring: str) -> tuple[str, dict[str, dict[str, str]]]:
    """A docstring in Google's style: its prose, and of each section the entries, or its text under ``""``."""
    prose: list[str] = []
    parts: dict[str, dict[str, str]] = {}
    entries: dict[str, str] | None = None
    last = ""
    for line in docstring.splitlines():
        if _SECTION.match(line):
            entries, last = parts.setdefault(line[:-1], {}), ""
        elif entries is None or (line and not line.startswith(" ")):
            entries = None
            prose.append(line)
        elif named := _ENTRY.match(line):
            last = named[1]
            entries[last] = named[2]
        elif line.strip():
            entries[last] = f"{entries.get(last, '')} {line.strip()}".strip()
    return "\n".join(prose).strip(), parts


def prose(text: str) -> str:
    """What a docstring says, with code as Markdown has it."""
    return re.sub(r"``([^`]+)``", r"`\1`", text)


def sentence(text: str) -> str:
    """With a capital letter at its beginning, unless that is code or a name, and a full stop at its end."""
    text = prose(text).strip()
    begins = re.match(r"[a-z]+(?=[ ,:;.]|$)", text)
    return (text[0].upper() + text[1:] if begins else text).rstrip(".") + "."
