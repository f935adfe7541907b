"""Names that a package imports when somebody asks for them (PEP 562), so that starting loads little."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def lazily(package: str, homes: Mapping[str, Sequence[str]]) -> Callable[[str], object]:
    """What a package calls its `__getattr__`; under TYPE_CHECKING the package imports the same names.

    Args:
        package: its `__name__`.
        homes: modules, and which names come from each; ``name:original`` where it has another name there.
    """
    modules = {name.partition(":")[0]: (module, name) for module, names in homes.items() for name in names}

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}", name=name, obj=sys.modules[package])
        module, named = modules[name]
        found = getattr(import_module(module), named.rpartition(":")[2])
        setattr(sys.modules[package], name, found)
        return found

    return find
