"""The charts of a notebook: the record's own, on a card that every theme can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtools import steps
from orgtools.ui import drawing
from tests.rehearsed import PLAIN, do

if TYPE_CHECKING:
    import pytest

    from tests.rehearsed import Run


def test_the_three_charts_say_in_words_what_they_show(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """How far accounts are, what is left, and where accounts were and are; no name is left without its colour."""
    migration = run.assessed()
    do(migration, steps.INVITE, PLAIN)
    do(migration, steps.ACCEPT, PLAIN[:2])
    shown: list[str] = []
    monkeypatch.setattr(drawing, "display", lambda thing: shown.append(thing.data))
    drawing.charts(migration)
    (html,) = shown
    assert html.count('<svg role="img"') == 3
    assert "At the end: 5 not invited; 1 invited; 2 arrived." in html
    assert "invitations in 24 hours is used." in html
    assert "Source: 10 accounts at the start, 8 now. Destination: 2 accounts at the start, 4 now." in html
    card = html.partition("/* Charts.")[2].partition("</style>")[0]
    assert {name for name in card.split("var(")[1:] if f"{name.partition(')')[0]}:" not in card} == set()
