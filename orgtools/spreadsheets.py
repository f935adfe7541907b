"""Cells of CSV files: a spreadsheet runs a cell that begins like a formula, so orgtools writes none."""

from __future__ import annotations

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a formula of a cell: https://owasp.org/www-community/attacks/CSV_Injection"""


def harmless(text: str) -> str:
    """The text as a cell: an apostrophe before what would be a formula, which spreadsheets do not show."""
    return f"'{text}" if _is_formula(text) else text


def meant(cell: str) -> str:
    """The text that `harmless` made a cell of."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    """Also behind apostrophes: one of them was meant, and must come back."""
    return text.lstrip("'").startswith(_FORMULA)
