"""Cells that no spreadsheet runs, and that come back as they were."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgtools.spreadsheets import harmless, meant

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize("sign", _FORMULAS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    """Each sign that a spreadsheet takes for one."""
    assert harmless(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


@given(st.text("='+-@\t\rab", max_size=6) | st.text())
@example("'=1")
def test_every_text_comes_back(text: str) -> None:
    """Also one that begins with an apostrophe itself; and no cell begins like a formula."""
    assert meant(harmless(text)) == text
    assert not harmless(text).startswith(_FORMULAS)
