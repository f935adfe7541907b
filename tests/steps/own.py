"""What the test of one step says for the tests of all steps: it is found there, and stands nowhere else.

A module ``tests/steps/*/test_*.py`` may have

- ``WAVES``: waves of the crash matrix that end with its step, see `tests.steps.crash_wave.Wave`;
- ``ASKED``: by the name of a step the table of migration.toml that asks for it, and the line;
- ``NAMELESS``: operations that its step calls and that name no account;
- ``WITHOUT_RESOURCE``: those for which AWS knows no resource type, so that a policy allows them on ``*``;
- ``furnish``: a function that adds to a scenario's tables what its step needs there.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orgtools import steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

    from tests.steps.crash_wave import Wave

_HERE: Final = Path(__file__).parent


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = sorted(path.relative_to(_HERE).with_suffix("") for path in _HERE.glob("*/test_*.py"))
    return tuple(import_module(".".join(("tests", "steps", *path.parts))) for path in found)


def waves() -> dict[str, Wave]:
    """The waves that end with a step, by its name."""
    return {name: wave for module in _modules() for name, wave in getattr(module, "WAVES", {}).items()}


@cache
def nameless() -> frozenset[str]:
    """The operations that steps call and that name no account."""
    return frozenset(name for module in _modules() for name in getattr(module, "NAMELESS", ()))


def without_resource() -> frozenset[str]:
    """The operations for which AWS's Service Authorization Reference lists no resource type.

    https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    """
    return frozenset(name for module in _modules() for name in getattr(module, "WITHOUT_RESOURCE", ()))


def asking(others: Mapping[str, str], *, source: bool = True) -> str:
    """The part of migration.toml that asks for every step.

    Args:
        others: by table: lines that no test of a step has.
        source: whether there is a source; without one, what needs it is not asked for.
    """
    asked = dict(others)
    needy = {step.name for step in steps.EVERY if step.needs_source and not source}
    for module in _modules():
        for step, (name, line) in getattr(module, "ASKED", {}).items():
            if step not in needy:
                asked[name] = asked.get(name, "") + line
    return "".join(f"[{name}]\n{lines}" for name, lines in asked.items())


def furnish(tables: dict[str, Any]) -> None:
    """Add what steps need in a scenario."""
    for module in _modules():
        if hasattr(module, "furnish"):
            module.furnish(tables)
