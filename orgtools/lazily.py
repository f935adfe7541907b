"""Names that a package imports when somebody asks for them (PEP 562), so that starting loads little."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def lazily(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """What a package calls its `__getattr__`; under TYPE_CHECKING the package imports the same names.

    Args:
        package: its `__name__`.
        modules: the names that come from each module, with spaces between them; from ``module:name`` the one that has
            another name there.
    """
    homes = {name: module for module, names in modules.items() for name in names.split()}

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        module, _, original = homes[name].partition(":")
        found = getattr(import_module(module), original or name)
        setattr(sys.modules[package], name, found)
        return found

    return find
