"""The page as text: what stands in it for people, and for the program that verifies it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools.findings import Finding, Verdict
from orgtools.html import style
from orgtools.ledger import Event, Kind
from orgtools.messages import Message
from orgtools.record.bundle.read import page_rows
from orgtools.record.model.run_data import UnitRow
from orgtools.record.redact.levels import Level
from orgtools.record.render.charts import budget, states_over_time, trees
from orgtools.record.render.page import render
from orgtools.record.render.summary import numbers, sentences
from tests.record.long_run import begun, picture

if TYPE_CHECKING:
    from orgtools.html import Markup
    from orgtools.record.model.run_data import Picture


def _states(told: Picture) -> Markup:
    return states_over_time(told.plan, told.events, told.outcomes, told.taken_at)


@pytest.mark.parametrize("count", [3, 400])
def test_the_rows_of_a_table_can_be_read_back(count: int) -> None:
    """Whether they stand in the page as they are or packed."""
    told = picture(count)
    page = render(told, Level.INTERNAL)
    assert [int(row[0]) for row in page_rows(page, "timeline")] == [event.number for event in told.events]
    assert [row[0].split("\n")[0] for row in page_rows(page, "outcomes")] == list(told.plan.by_id)


def test_the_timeline_holds_the_whole_digest_that_was_approved() -> None:
    """To copy it: an approval takes nothing shorter."""
    told = picture(3)
    digests = [event.data["digest"] for event in told.events if event.kind is Kind.APPROVED]
    page = render(told, Level.INTERNAL)
    rows = {int(row[0]): row[-1] for row in page_rows(page, "timeline")}
    shown = [rows[event.number] for event in told.events if event.kind is Kind.APPROVED]
    assert all(digest in words for digest, words in zip(digests, shown, strict=True))


def test_a_page_without_a_table_is_said_to_have_none() -> None:
    """Somebody cut it out."""
    with pytest.raises(ValueError, match="no table timeline"):
        page_rows("<html></html>", "timeline")


def test_a_state_is_marked_so_that_the_style_sheet_finds_it() -> None:
    """A sign and a colour hang on it."""
    assert '<b class="state" data-state="in-place">in place</b>' in render(picture(3), Level.INTERNAL)


def test_the_chart_of_states_says_in_words_where_it_ends() -> None:
    """For who cannot see it."""
    assert "At the end: 1 not invited; 2 in place." in _states(picture(3))
    assert "At the end: 3 not invited." in _states(begun(3))


def test_the_chart_of_states_tells_the_way_back_too() -> None:
    """Out of the destination, an account is in no organization; home again, it is as before it was invited."""
    told = begun(3)
    account_id = told.plan.accounts[0].account_id
    drawn = []
    for steps in ((), ("accept",), ("accept", "leave-back"), ("accept", "leave-back", "accept-back")):
        events = tuple(
            Event(number, told.taken_at + timedelta(hours=number), Kind.CONFIRMED, step, account_id, {}, "", "")
            for number, step in enumerate(steps, start=1)
        )
        later = replace(told, events=(*told.events, *events), taken_at=told.taken_at + timedelta(days=1))
        drawn.append(_states(later))
    assert [">in no organization<" in drawing for drawing in drawn] == [False, False, True, True]
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("later", [timedelta(), timedelta(seconds=1), timedelta(hours=3), timedelta(days=90)])
def test_the_chart_of_states_spans_a_moment_or_a_quarter(later: timedelta) -> None:
    """Times are written below it, and every number of it is one."""
    told = begun(3)
    drawn = _states(replace(told, taken_at=told.events[0].at + later))
    assert "time (UTC)" in drawn
    assert f">{told.events[0].at:%H:%M:%S}<" in drawn or later > timedelta(minutes=10)
    assert not re.search(r"\b(nan|inf)\b", drawn)


def test_the_budget_says_what_is_used_and_what_could_not_be_looked_up() -> None:
    """An unknown quota is not drawn as if there were room."""
    told = picture(3)
    assert "3 member accounts and no pending invitations use 3 of the account quota of 13." in budget(told.budget)
    unknown = budget(replace(told.budget, account_quota=None))
    assert "The account quota could not be read." in unknown
    assert "Account quota" not in unknown


def test_the_trees_say_how_many_accounts_each_unit_held_and_holds() -> None:
    """Figures beside the bars, units indented below theirs; units that nobody was in are left out."""
    tree = (
        UnitRow("source", "/", 0, 0),
        UnitRow("source", "/Legacy", 3, 1),
        UnitRow("source", "/Legacy/Empty", 0, 0),
        UnitRow("destination", "/", 1, 1),
        UnitRow("destination", "/Costs", 0, 0),
        UnitRow("destination", "/Costs/US$ and $EU", 0, 2),
    )
    drawing = trees(tree)
    assert "Source: 3 accounts at the start, 1 now. Destination: 1 account at the start, 3 now. 2 units" in drawing
    assert "Empty" not in drawing
    assert ">3 \u2192 1<" in drawing
    names = [">source, root<", ">Legacy<", ">Costs<", ">US$ and $EU<"]
    places = [float(re.findall(rf'x="([\d.]+)"[^>]*{re.escape(name)}', drawing)[0]) for name in names]
    assert places[0] < places[1] == places[2] < places[3]


def test_a_unit_may_have_a_name_in_any_letters() -> None:
    """The browser draws them; what is too long for its line is shortened, and stands in the table."""
    assert ">\u672c\u756a<" in trees((UnitRow("source", "/\u672c\u756a", 1, 1),))
    long = trees((UnitRow("source", "/" + "\u672c" * 100, 1, 1),))
    assert 10 < long.count("\u672c") < 40
    assert "\u672c\u2026<" in long


def test_a_tree_of_hundreds_draws_the_units_that_changed_and_says_what_it_leaves_out() -> None:
    """The table has all."""
    tree = tuple(UnitRow("source", f"/U{number:03}", 5, 5 if number else 4) for number in range(300))
    drawing = trees(tree)
    assert "U000" in drawing
    assert "260 more units are in the table" in drawing
    assert trees(()).count("<svg") == 1


def test_a_chart_brings_no_style_no_script_and_no_reference() -> None:
    """It stands inside the page, and follows its colours: each shape has a name that the style sheet knows."""
    told = picture(3)
    drawn = _states(told) + budget(told.budget) + trees(told.units)
    assert "<style" not in drawn
    assert "<script" not in drawn
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|style=|xlink", drawn)
    looks = set(re.findall(r'<(?:path|rect) class="([a-z-]+)"', drawn))
    assert {"in-place", "not-invited", "used", "left", "start", "destination", "axis"} <= looks
    assert [look for look in looks if not re.search(rf"\.orgtools-chart [^{{]*\.{look}\b", style())] == []


def test_what_nobody_looked_at_is_no_account_that_moved() -> None:
    """Without access to the source nothing is known of it: neither that an account moved there, nor that none did."""
    unseen = Finding("", "bystander", Verdict.UNKNOWN, Message("bystanders-not-seen"))
    told = replace(picture(3), bystanders=(unseen,))
    assert (0, Message("record-number-strays")) in numbers(told)
    codes = {sentence.code for sentence in sentences(told)}
    assert {"record-summary-no-strays-in-destination", "record-summary-source-not-seen"} <= codes
