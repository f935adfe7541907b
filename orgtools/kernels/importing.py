"""Imports that take their time for what nobody here uses."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_UNUSED: Final = "rfc3987_syntax"
"""jsonschema imports it where it is there, to check what claims to be an IRI, which no notebook does; it builds 38
grammars, which takes a second."""


@contextmanager
def lightly() -> Iterator[None]:
    """While this is open, jsonschema is imported as if that were not installed."""
    if _UNUSED in sys.modules:
        yield
        return
    sys.modules[_UNUSED] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[_UNUSED]


def settings(environment: Mapping[str, str]) -> dict[str, str]:
    """What Python reads when it starts, with the folder of this package first on its path."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH")]))
    return {name: value for name, value in environment.items() if name.startswith("PYTHON")} | {"PYTHONPATH": path}
