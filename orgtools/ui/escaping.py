"""Words as HTML. Outputs of a notebook and the state of its widgets are files: what stands in them is masked."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from orgtools.aws.masking import mask_name, mask_secrets

if TYPE_CHECKING:
    import pandas as pd


def escape(words: str) -> str:
    """Words as text of a page: masked, escaped."""
    return html.escape(mask_secrets(words))


def masked(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a widget, which keeps it in its state: each text masked."""
    return table.map(lambda cell: mask_name(cell) if isinstance(cell, str) else cell)
