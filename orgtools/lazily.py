"""Names that a package imports when somebody asks for them (PEP 562), so that starting loads little."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """What a package calls its `__getattr__`; under TYPE_CHECKING the package imports the same names.

    Args:
        package: its `__name__`.
        homes: where each name comes from: a module, and ``module:name`` where it has another name there.
    """

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        module, _, original = homes[name].partition(":")
        found = getattr(import_module(module), original or name)
        setattr(sys.modules[package], name, found)
        return found

    return find
