"""What management policies come to, from the root down to an account: the inheritance operators of Organizations.

User guide, policy-operators: value-setting operators change what was inherited, and a child control operator says which
of them the levels below may use; what a level has limited no level below gives back. Of several policies on one level a
later one overwrites an earlier one (orgs_manage_policies_backup_syntax); that they do not limit each other is ours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
ASSIGN, APPEND, REMOVE = "@@assign", "@@append", "@@remove"
SETTING = frozenset({ASSIGN, APPEND, REMOVE})
CONTROL = "@@operators_allowed_for_child_policies"


@dataclass
class _Setting:
    """One key of the effective policy: its value, or the keys below it, and what the levels below may do to it."""

    value: Any = None
    below: "dict[str, _Setting]" = field(default_factory=dict)
    allowed: frozenset[str] = SETTING

    def contents(self) -> Any:
        """The value, or what has one below; nothing where nothing has."""
        if self.value is not None:
            return self.value
        found = {name: held for name, one in self.below.items() if (held := one.contents()) not in (None, {}, [])}
        return found or None


def effective(levels: Iterable[Iterable[Json]]) -> Json:
    """The effective policy of the policies of each level, the root's first; empty where there is none."""
    root = _Setting()
    for policies in levels:
        documents = list(policies)
        for document in documents:
            _set(root, document)
        for document in documents:
            _limit(root, document)
    return root.contents() or {}


def _set(setting: _Setting, document: Json) -> None:
    for operator in (ASSIGN, APPEND, REMOVE):
        if operator in document and operator in setting.allowed:
            setting.value = _applied(operator, setting.value, document[operator])
    for name, inner in _settings(document):
        if name in setting.below or ASSIGN in setting.allowed:
            _set(setting.below.setdefault(name, _Setting()), inner)


def _applied(operator: str, inherited: Any, given: Any) -> Any:
    if operator == ASSIGN:
        return given
    held, values = _listed(inherited), _listed(given)
    if operator == APPEND:
        return held + [value for value in values if value not in held]
    return [value for value in held if value not in values]


def _limit(setting: _Setting, document: Json) -> None:
    if CONTROL in document:
        said = set(document[CONTROL])
        setting.allowed &= SETTING if "@@all" in said else SETTING & said
    for name, inner in _settings(document):
        if name in setting.below:
            _limit(setting.below[name], inner)


def _settings(document: Json) -> Iterator[tuple[str, Json]]:
    return ((name, inner) for name, inner in document.items() if not name.startswith("@@") and isinstance(inner, dict))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]
