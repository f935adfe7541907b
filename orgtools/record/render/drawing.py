"""Shapes of a chart, which a template writes as SVG. Their looks are names; the style sheet knows the colours.

Widths of texts are estimated: the browser chooses the font.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools import html
from orgtools.messages import sentences, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.messages import Message

WIDTH: Final = 860
"""How wide a chart is; the page makes it as wide as there is room."""
_WIDE: Final = 12.5
_NARROW: Final = 7.0


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape."""

    look: str
    path: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from its upper left corner."""

    look: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words whose line begins, is centred (``middle``) or ends (``end``) at a place."""

    words: object
    x: float
    y: float
    anchor: str = ""
    look: str = ""


def drawn(
    name: str,
    title: Message,
    words: Sequence[Message],
    height: float,
    *,
    legend: Sequence[tuple[str, Message]] = (),
    areas: Sequence[Area] = (),
    bars: Sequence[Bar] = (),
    lines: Sequence[str] = (),
    labels: Sequence[Label] = (),
) -> html.Markup:
    """A chart under its id, with its title and the same in words for who cannot see it."""
    return html.render(
        "chart",
        name=name,
        title=title,
        words=sentences(map(told, words)),
        width=WIDTH,
        height=round(height),
        legend=legend,
        areas=areas,
        bars=bars,
        lines=lines,
        labels=labels,
    )


def place(number: float) -> float:
    """A place or a length as it is written."""
    return round(number, 1)


def width_of(text: str) -> float:
    """How wide a text is about; letters of East Asia are wider."""
    return sum(_WIDE if unicodedata.east_asian_width(letter) in "WF" else _NARROW for letter in text)


def shortened(text: str, room: float) -> str:
    """As much of a text as there is room for."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) > room - _WIDE:
        text = text[:-1]
    return f"{text}…"
