"""The list of deliberate breakages stays true; `make mutants` tries them."""

from __future__ import annotations

import ast
from collections import Counter
from typing import Any

import pytest

from tests.mutants import ROOT, Breakage, breakages, judged

_ALL = breakages()


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    """So that a line of what is printed names one promise."""
    assert len(_ALL) >= 40
    assert [name for name, times in Counter(breakage.name for breakage in _ALL).items() if times > 1] == []


@pytest.mark.parametrize("breakage", _ALL, ids=lambda breakage: breakage.name)
def test_a_breakage_fits_the_tree(breakage: Breakage) -> None:
    """Its text stands there once, what comes in its place is valid Python, and the tests that it names exist."""
    text = (ROOT / breakage.file).read_text(encoding="utf-8")
    assert text.count(breakage.old) == 1
    assert breakage.new != breakage.old
    if breakage.file.endswith(".py"):
        ast.parse(text.replace(breakage.old, breakage.new))
    assert breakage.tests
    for test in breakage.tests:
        file, *names = test.partition("[")[0].split("::")
        assert (ROOT / file).is_file(), test
        module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        known = {held.name for held in ast.walk(module) if isinstance(held, (ast.FunctionDef, ast.ClassDef))}
        assert known.issuperset(names), test


def _failure(**changes: Any) -> dict[str, str]:
    return {"test": "test_it", "tier": "quick", "when": "call", "error": "AssertionError", **changes}


def test_a_breakage_is_caught_by_the_test_that_failed() -> None:
    """In its body or when its fixtures look back; the line names it and its tier."""
    for when in ("call", "teardown"):
        caught = judged(1, "", [_failure(when=when)], 0.5)
        assert (caught.test, caught.tier, caught.why_not) == ("test_it", "quick", "")


@pytest.mark.parametrize(
    ("code", "failed", "words"),
    [
        (0, [], "SURVIVED"),
        (1, [_failure(when="setup")], "otherwise than by a failure"),
        (1, [_failure(error="NameError")], "otherwise than by a failure"),
        (1, [_failure(tier="exhaustive")], "no reason says why"),
        (2, [], "otherwise than by a failure"),
        (-15, [], "otherwise than by a failure"),
    ],
    ids=[
        "all pass",
        "a fixture broke",
        "a slip that Python tells",
        "late and without a reason",
        "nothing was collected",
        "it took too long",
    ],
)
def test_nothing_else_counts_as_caught(code: int, failed: list[dict[str, str]], words: str) -> None:
    """A tree that does not even run shows nothing about its tests."""
    caught = judged(code, "said", failed, 0.5)
    assert caught.test == ""
    assert words in caught.why_not
