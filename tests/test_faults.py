"""What once did not hold: each has its test, and tests/faults/ says which."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]


def _rows() -> list[tuple[str, dict[str, str | list[str]]]]:
    files = sorted(ROOT.glob("tests/faults/*.toml"))
    return [(file.stem, row) for file in files for row in tomllib.loads(file.read_text(encoding="utf-8"))["fault"]]


@cache
def _tests_in(file: str) -> frozenset[str]:
    """The names of its tests, those of a class behind its name, as pytest writes them."""
    module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    classes = [held for held in module.body if isinstance(held, ast.ClassDef)]
    held = [("", module.body), *((f"{one.name}::", one.body) for one in classes)]
    return frozenset(
        f"{before}{one.name}"
        for before, body in held
        for one in body
        if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    )


def test_every_section_is_there() -> None:
    """With its rows."""
    assert [file.name[0] for file in sorted(ROOT.glob("tests/faults/*.toml"))] == ["1", "2", "3", "4", "5"]
    assert len(_rows()) > 50


@pytest.mark.parametrize(("section", "row"), _rows())
def test_a_fault_has_a_test_that_is_there(section: str, row: dict[str, str | list[str]]) -> None:
    """What was done, the kind that it stands for, and the tests that would fail if it came back."""
    assert row.keys() == {"row", "kind", "test"}, section
    named = row["test"] if isinstance(row["test"], list) else [row["test"]]
    assert named
    for test in named:
        file, _, name = test.partition("[")[0].partition("::")
        assert name in _tests_in(file), f"{section}: {row['row']}: {test}"
