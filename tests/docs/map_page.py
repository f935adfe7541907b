"""The map of the architecture: which room imports which, drawn from the imports themselves."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

import grimp

from tests.docs.markdown import cell, page, prose, table

ROOT: Final = Path(__file__).parents[2]
PACKAGE: Final = "orgtools"
_INTRODUCTION: Final = """\
Each arrow is an import, and every arrow points down. An arrow that follows from others is left out: if `ui` imports
`record` and `record` imports `steps`, then `ui` can import `steps`, too. Boxes with round corners are packages."""
_ROOMS_WORTH_A_MAP: Final = 3
"""A package with fewer packages inside is a room with furniture, and needs no map."""


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(PACKAGE, cache_dir=None)


def arrows(parent: str) -> dict[str, set[str]]:
    """Which of a package's children imports which of the others, itself or by a module inside it."""
    children = _graph().find_children(parent)
    found: dict[str, set[str]] = {child: set() for child in children}
    for child in children:
        for other in children - {child}:
            if _graph().direct_import_exists(importer=child, imported=other, as_packages=True):
                found[child].add(other)
    return found


def needed(drawn: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The arrows without those that follow from others: a room that is reached through another one needs no second.

    In a circle nothing follows: all of its arrows stay.
    """
    reached = {child: _reached(drawn, child) for child in drawn}
    return sorted(
        (child, other)
        for child, others in drawn.items()
        for other in others
        if not any(other in reached[between] and child not in reached[between] for between in others - {other})
    )


def _reached(drawn: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for other in drawn[waiting.pop()] - seen:
            seen.add(other)
            waiting.append(other)
    return seen


def mapped() -> list[str]:
    """The packages that get a map: the whole, and each that has several packages inside."""
    inner = [
        child
        for child in sorted(_graph().find_children(PACKAGE))
        if sum(bool(_graph().find_children(one)) for one in _graph().find_children(child)) >= _ROOMS_WORTH_A_MAP
    ]
    return [PACKAGE, *inner]


def _named(module: str) -> str:
    return module.rpartition(".")[2]


def _drawing(parent: str) -> str:
    drawn = arrows(parent)
    lines = ["```mermaid", "flowchart TD"]
    # A package is a box with rounded corners, a module one without.
    for child in sorted(drawn):
        shape = '("{}/")' if _graph().find_children(child) else '["{}"]'
        lines.append(f"    {_named(child)}{shape.format(_named(child))}")
    lines += [f"    {_named(importer)} --> {_named(imported)}" for importer, imported in needed(drawn)]
    return "\n".join([*lines, "```"])


def _about(module: str) -> str:
    """The first sentence of its docstring."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
    return cell(prose(first))


def write() -> str:
    """The page: the drawings, and what is in each room."""
    parts = []
    for parent in mapped():
        rows = [(f"`{_named(child)}`", _about(child)) for child in sorted(arrows(parent))]
        parts += [f"## {parent}", _drawing(parent), table(("room", "what is in it"), rows)]
    return page("The map", "the imports of orgtools", _INTRODUCTION, *parts)
