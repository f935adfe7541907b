"""Where a policy names the source organization, and what it would say if it named both.

A pure function over one document. It finds the organization's id, its root and its organizational units in every
condition key and principal, whole, inside a path, and as a pattern that fits the source but not the destination. See
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

import copy
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.policies.evaluate import listed, matches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ORGANIZATION_KEYS: Final = frozenset(
    {"aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid", "aws:vpcesourceorgid"}
)
"""Condition keys whose value is an organization's id, in lower case."""

PATH_KEYS: Final = frozenset(
    {"aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:vpcesourceorgpaths"}
)
"""Condition keys whose value is a path of ids, ``o-.../r-.../ou-.../``, in lower case."""

_ELEMENTS: Final = ("Principal", "NotPrincipal", "Resource", "NotResource")


@dataclass(frozen=True, slots=True)
class Both:
    """The ids of the two organizations and their roots; the source's root is empty where nobody could look it up."""

    source: str
    source_root: str
    destination: str
    destination_root: str


@dataclass(frozen=True, slots=True)
class Naming:
    """One statement that names the source organization.

    Attributes:
        places: the condition keys and elements that do.
        statement: the statement, as indented JSON.
        proposal: the statement with both organizations, as indented JSON; empty where a person has to choose the
            destination's units.
    """

    places: tuple[str, ...]
    statement: str
    proposal: str


def namings(document: str | Mapping[str, Any], both: Both) -> tuple[Naming, ...]:
    """The statements of a policy that name the source organization but not the destination in the same place.

    Raises:
        ValueError: the document is not JSON.
    """
    parsed = json.loads(document) if isinstance(document, str) else document
    held = parsed.get("Statement") if isinstance(parsed, dict) else None
    found = (_naming(statement, both) for statement in listed(held) if isinstance(statement, dict))
    return tuple(naming for naming in found if naming)


def _naming(statement: Mapping[str, Any], both: Both) -> Naming | None:
    proposal, places, complete = copy.deepcopy(dict(statement)), list[str](), True
    for words, holder, key in _values(proposal):
        values = [str(value) for value in listed(holder[key])]
        named = [value for value in values if _names(key.lower(), value, both)]
        instead = [_instead(value, both) for value in named]
        if not named or set(instead) <= set(values):
            continue
        places.append(words)
        complete = complete and None not in instead
        holder[key] = [*values, *(value for value in dict.fromkeys(instead) if value and value not in values)]
    if not places:
        return None
    shown = (json.dumps(text, indent=2, ensure_ascii=False) for text in (statement, proposal))
    return Naming(tuple(places), next(shown), next(shown) if complete else "")


def _values(statement: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every value that can name an organization: how it is called, what holds it, and its key there."""
    conditions = statement.get("Condition")
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        for key in tests:
            yield f"{operator} {key}", tests, key
    for element in _ELEMENTS:
        held = statement.get(element)
        if isinstance(held, dict):
            for kind in held:
                yield f"{element} {kind}", held, kind
        elif held is not None:
            yield element, statement, element


def _names(key: str, value: str, both: Both) -> bool:
    ids = [re.escape(both.source)]
    if both.source_root:
        units = "ou-" + both.source_root.removeprefix("r-") + "-"
        ids += [re.escape(both.source_root), re.escape(units) + "[a-z0-9*?]+"]
    whole = "|".join(ids)
    if re.search(rf"(?<![a-z0-9-])(?:{whole})(?![a-z0-9-])", value):
        return True
    # A pattern such as o-abc*: it fits the source, and not the destination.
    first = value.split("/", maxsplit=1)[0]
    return (
        key in ORGANIZATION_KEYS | PATH_KEYS
        and ("*" in first or "?" in first)
        and matches(first, both.source)
        and not matches(first, both.destination)
    )


def _instead(value: str, both: Both) -> str | None:
    """The same for the destination; None where the source's units are named, which no rule can translate.

    So it is with its root, where nobody could look up which one that is.
    """
    if "ou-" in value or ("r-" in value and not both.source_root):
        return None
    organization, slash, path = value.partition("/")
    pattern = "*" in organization or "?" in organization
    if pattern and matches(organization, both.source) and not matches(organization, both.destination):
        return both.destination + slash + _rooted(path, both)
    return _rooted(value.replace(both.source, both.destination), both)


def _rooted(path: str, both: Both) -> str:
    return path.replace(both.source_root, both.destination_root) if both.source_root else path
