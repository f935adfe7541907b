"""Columns of a terminal: letters of East Asia take two cells."""

from __future__ import annotations

import pytest

from orgtools.cli.widths import aligned, cells, cut, folded, padded

JAPANESE = "\u62db\u5f85\u306e\u671f\u9650\u304c\u5207\u308c\u307e\u3057\u305f\u3002"
"""A sentence of twelve letters."""


def test_a_wide_letter_takes_two_cells_and_an_accent_none() -> None:
    """As terminals draw them."""
    assert [cells(text) for text in ("abc", JAPANESE, "e\u0301", "")] == [3, 24, 1, 0]
    assert cells(padded(JAPANESE, 30)) == 30


def test_columns_stand_below_each_other() -> None:
    """Whatever the letters are."""
    first, second = aligned([("name", "x"), (JAPANESE, "y")])
    assert cells(first.removesuffix("x")) == cells(second.removesuffix("y")) == 26


@pytest.mark.parametrize("text", ["a name that is longer than its column", "a-name-of-a-single-word", JAPANESE])
@pytest.mark.parametrize("width", range(8, 23))
def test_what_is_cut_fits(text: str, width: int) -> None:
    """And says that something is left out."""
    shown = cut(text, width)
    assert cells(shown) <= width
    assert shown.endswith("...")
    assert text.startswith(shown.removesuffix("...").rstrip())


def test_a_writing_without_spaces_is_cut_between_letters() -> None:
    """Not at the last space, which may be far before."""
    assert cut(f"h-1 {JAPANESE}", 20) == f"h-1 {JAPANESE[:6]} ..."


@pytest.mark.parametrize("width", range(10, 40))
def test_a_sentence_without_spaces_is_folded_too(width: int) -> None:
    """Nothing is lost, every line fits, and none begins with a full stop."""
    lines = folded(JAPANESE * 3, width, first="  ", rest="    ").split("\n")
    assert "".join(line.strip() for line in lines) == JAPANESE * 3
    assert max(map(cells, lines)) <= width
    assert not [line for line in lines if line.strip().startswith("\u3002")]


@pytest.mark.parametrize("width", range(10, 40))
def test_no_line_ends_with_an_opening_bracket(width: int) -> None:
    """It begins the next one."""
    text = f"{JAPANESE}[{JAPANESE}\u300c{JAPANESE}\u300d]"
    lines = folded(text, width).split("\n")
    assert "".join(lines) == text
    assert not [line for line in lines if line.endswith(("[", "\u300c"))]


def test_of_a_long_sentence_the_first_lines_are_shown() -> None:
    """Between words, with a mark that it goes on; a gap between words stays as wide as it was."""
    assert folded("one  two three four five", 12, most=1) == "one  two ..."
    assert folded("one two three four five", 12, rest="  ", most=2) == "one two\n  three ..."
    assert folded("one two", 12, rest="  ", most=2) == "one two"
