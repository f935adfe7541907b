"""Text in columns of a terminal, where a letter of East Asia takes two cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category, combining, east_asian_width, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MORE: Final = "..."
"""Stands for what is left out."""
GAP: Final = "  "
"""Between two columns."""
_WIDE: Final = frozenset("WF")
_BOUND: Final = frozenset(("Po", "Pe", "Pf", "Lm"))
"""Categories of signs that begin no line: stops, closing brackets, marks that lengthen or repeat a letter."""
_OPENING: Final = frozenset(("Ps", "Pi"))
"""Categories of signs that end none: opening brackets."""


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(_of(sign) for sign in text)


def padded(text: object, width: int) -> str:
    """A text, and spaces up to a width."""
    return f"{text}{' ' * (width - cells(str(text)))}"


def aligned(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of cells, each column as wide as its widest cell."""
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield GAP.join(map(padded, line, widths)).rstrip()


def cut(text: str, width: int) -> str:
    """Shortened between two words, or letters of a writing without spaces; one long word loses its end."""
    if cells(text) <= width:
        return text
    words = _beginning_of_words(text, width - len(MORE) - 1).rstrip(" ,;:")
    if cells(words) < width // 2:
        return f"{_beginning(text, width - len(MORE))}{MORE}"
    return f"{words} {MORE}"


def folded(text: str, width: int, *, first: str = "", rest: str = "", most: int = 0) -> str:
    """A text on as many lines as it takes.

    Args:
        text: with spaces between its words, or in a writing without them.
        width: cells of a line; a word that is longer stays whole.
        first: what the first line begins with.
        rest: what the others begin with.
        most: how many lines there are at most; 0 for all.
    """
    lines, line, begun = list[str](), first, False
    for gap, unit in _units(text):
        if begun and cells(line + gap + unit) > width:
            lines.append(line)
            line, begun = rest, False
        line, begun = f"{line}{gap if begun else ''}{unit}", True
    lines.append(line)
    if most and len(lines) > most:
        lines[most - 1 :] = [f"{_beginning_of_words(lines[most - 1], width - len(MORE) - 1).rstrip()} {MORE}"]
    return "\n".join(lines)


def _of(sign: str) -> int:
    if combining(sign):
        return 0
    return 2 if east_asian_width(sign) in _WIDE else 1


def _beginning(text: str, width: int) -> str:
    used = 0
    for place, sign in enumerate(text):
        used += _of(sign)
        if used > width:
            return text[:place]
    return text


def _beginning_of_words(text: str, width: int) -> str:
    kept = text[: len(text) - len(text.lstrip())]
    for gap, unit in _units(text.lstrip()):
        if cells(kept + gap + unit) > width:
            break
        kept += gap + unit
    return kept if kept.strip() else _beginning(text, width)


def _units(text: str) -> Iterator[tuple[str, str]]:
    """What no line ends within, with the gap before it: words, and letters of a writing without spaces."""
    for before, word in re.findall(r"(\s*)(\S+)", text):
        gap, unit = before, ""
        for sign in word:
            if unit and not _are_bound(unit[-1], sign) and _of(unit[-1]) + _of(sign) > 2:  # noqa: PLR2004 (neither is wide)
                yield gap, unit
                gap, unit = "", ""
            unit += sign
        yield gap, unit


def _are_bound(before: str, sign: str) -> bool:
    """Whether no line ends between two signs: after an opening bracket, before a stop or small kana."""
    return category(before) in _OPENING or category(sign) in _BOUND or "LETTER SMALL" in name(sign, "")
