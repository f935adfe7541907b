"""Words as HTML. Outputs of a notebook and the state of its widgets are files: what stands in them is masked."""

from __future__ import annotations

import html
import re
from numbers import Real
from typing import TYPE_CHECKING, Final

from orgtools.aws.masking import mask_name, mask_secrets
from orgtools.ui.words import Writer, heading

_WHOLE: Final = re.compile(
    r"\b(?:(?:h|o|ou|r)-[0-9a-z][0-9a-z-]{5,}|\d{12}|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?: UTC)?)?)(?![\w-])"
)
"""What is not broken at a line's end: ids and times."""

if TYPE_CHECKING:
    import pandas as pd


def escape(words: str) -> str:
    """Words as text of a page: masked, escaped."""
    return html.escape(mask_secrets(words))


def escape_whole(words: str, css: str = "") -> str:
    """The same; no line ends within an id or a time."""
    return _WHOLE.sub(rf"<span{f' class={css!r}' if css else ''}>\g<0></span>", escape(words))


def masked(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a widget, which keeps it in its state: in words, with headings, each text masked."""
    write = Writer()
    written = table.astype(object).map(lambda held: held if isinstance(held, Real) else mask_name(write(held)))
    return written.rename(columns=heading)
