"""The source's tree as it is to stand in the destination: a pure function of both trees and the plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from orgtools.plan import Plan
from orgtools.replica import landing, replica
from tests import values

if TYPE_CHECKING:
    from orgtools.aws.model import Side

_PLAN = Plan(
    (
        values.planned("300000000001", "/Platform/Legacy/Online", wave=2),
        values.planned("300000000002", "/Platform/Legacy", wave=3),
        values.planned("300000000003", "/Workloads/Prod", wave=1),
    )
)


def _source(*paths: str) -> Side:
    return replace(values.source(), units=values.units(*paths))


def test_the_whole_tree_stands_below_the_unit_with_who_needs_what() -> None:
    """Parents before children; an account needs its unit and every one above it."""
    source = _source("/Legacy", "/Legacy/Online", "/Elsewhere")
    found = replica(_PLAN, source, values.destination(), "/Platform")
    assert [(unit.path, unit.needed_by, unit.wave) for unit in found] == [
        ("/Platform/Elsewhere", 0, 0),
        ("/Platform/Legacy", 2, 2),
        ("/Platform/Legacy/Online", 1, 2),
    ]


def test_below_the_root_each_unit_keeps_its_path() -> None:
    """``/`` is a unit like any other here."""
    found = replica(_PLAN, _source("/Legacy"), values.destination(), "/")
    assert [unit.path for unit in found] == ["/Legacy"]


@pytest.mark.parametrize("below", ["", "/Gone"])
def test_nothing_is_replicated_that_nobody_asked_for_or_that_has_no_place(below: str) -> None:
    """A path of accounts.csv is then as unknown as before."""
    assert replica(_PLAN, _source("/Legacy"), values.destination(), below) == ()


def test_a_unit_that_is_still_to_come_is_judged_by_the_one_above_it() -> None:
    """Its policies will apply; a path that nobody plans to create is refused as ever."""
    side, coming = values.destination(), {"/Platform/Legacy/Online", "/Workloads/Prod", "/New"}
    assert landing("/Platform/Legacy/Online", side, coming).path == "/Platform"
    assert landing("/Workloads/Prod", side, coming).path == "/Workloads/Prod"
    assert landing("/New", side, coming).path == "/"
    assert landing("/Workloads/Prod", side, ()).path == "/Workloads/Prod"
    with pytest.raises(ValueError, match="no organizational unit /Platform/Legacy"):
        landing("/Platform/Legacy", side, coming)
