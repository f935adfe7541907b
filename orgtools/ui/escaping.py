"""Tables of widgets. The state of a notebook's widgets is in a file: what stands in it is masked."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING

from orgtools.aws.masking import mask_name
from orgtools.ui.words import Writer, heading

if TYPE_CHECKING:
    import pandas as pd


def masked(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a widget, which keeps it in its state: in words, with headings, each text masked."""
    write = Writer()
    written = table.astype(object).map(lambda held: held if isinstance(held, Real) else mask_name(write(held)))
    return written.rename(columns=heading)
