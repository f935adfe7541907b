"""matplotlib's drawings as SVG inside the page: no script, no file, and the page's own colours.

Text stays text, which the browser draws in the page's font. matplotlib only measures it, in the first of its fonts that
has the letters. For Japanese labels and names of units it needs one of `FONTS`. Without one it measures boxes: a long
label may begin left of its drawing.
"""

from __future__ import annotations

import io
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from orgtools.kernels.importing import silently
from orgtools.messages import Message, sentences, told
from orgtools.record.markup import Markup, element

with silently("matplotlib"):  # a home directory may be none that can be written
    import matplotlib as mpl
    from matplotlib.font_manager import get_font_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from matplotlib.figure import Figure

FONTS: Final = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAGothic",
    "TakaoPGothic",
    "Hiragino Sans",
    "Yu Gothic",
)
"""Fonts with Japanese letters; those that the machine has are used after matplotlib's own."""
_COLOURS: Final[Mapping[str, str]] = {
    "#aaaa01": "var(--chart-1)",
    "#aaaa02": "var(--chart-2)",
    "#aaaa03": "var(--chart-3)",
    "#aaaa04": "var(--chart-4)",
    "#aaaa05": "var(--chart-5)",
    "#aaaa07": "var(--chart-ink)",
    "#aaaa08": "var(--quiet)",
    "#aaaa09": "var(--paper)",
}
QUIET: Final = "#aaaa08"
PAPER: Final = "#aaaa09"
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # a unit may be named US$
    "svg.hashsalt": "orgtools",
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 9,
    "font.family": ["DejaVu Sans", *sorted(set(FONTS) & set(get_font_names()), key=FONTS.index)],
    "text.color": QUIET,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
}


@contextmanager
def style() -> Iterator[None]:
    """Our style; matplotlib does not warn of letters that none of its fonts has, because the browser draws them."""
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph ")
        yield


def drawn(figure: Figure, name: str, title: Message, *words: Message) -> Markup:
    """The drawing inline under its id, with its title and the same in words for who cannot see it."""
    held = io.StringIO()
    figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = held.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)  # the same in every drawing
    svg = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font-size: \1px", svg)
    for colour, variable in _COLOURS.items():
        svg = svg.replace(colour, variable)
    svg = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{name}" ', 1)
    caption = element("figcaption", element("b", title), " ", sentences(map(told, words)), id=name)
    return element("figure", caption, Markup(svg))
