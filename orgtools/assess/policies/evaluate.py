"""What a policy's statements say of one action, as far as somebody who only reads can tell.

The rules are those of
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html . A condition on a key whose
value nobody knows beforehand leaves the answer open, and open is never taken for no.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NEGATED: Final = "Not"
_COMPARISONS: Final = frozenset({"StringEquals", "StringLike", "ArnEquals", "ArnLike", "Bool"})


class Says(StrEnum):
    """What a set of policies says of an action."""

    DENIES = "denies"
    MAY_DENY = "may deny"
    """A Deny whose conditions cannot be decided beforehand."""
    ALLOWS = "allows"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PolicyRequest:
    """A call that may be made.

    Attributes:
        action: the IAM action.
        resource: the ARN that it is made on.
        context: what is known of condition keys, in lower case.
    """

    action: str
    resource: str
    context: tuple[tuple[str, str], ...] = ()


def listed(value: object) -> list[Any]:
    """One value or several, as policies write both."""
    return value if isinstance(value, list) else [] if value is None else [value]


def statements(document: str) -> list[Mapping[str, Any]]:
    """The statements of a policy document.

    Raises:
        RefusedError: it is no JSON object.
    """
    held = answers.document(document, "Content", "Policy").get("Statement")
    return [one for one in listed(held) if isinstance(one, dict)]


@lru_cache(maxsize=4096)
def _pattern(pattern: str) -> re.Pattern[str]:
    # fnmatch would read [ ] as a set; IAM knows only * and ?.
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")), re.IGNORECASE)


def matches(patterns: object, value: str) -> bool:
    """Whether one of IAM's patterns covers a value."""
    return any(_pattern(str(pattern)).match(value) for pattern in listed(patterns))


def covers(statement: Mapping[str, Any], request: PolicyRequest) -> bool:
    """Whether a statement speaks of a request, its conditions left aside."""
    for element, value in (("Action", request.action), ("Resource", request.resource)):
        if f"{_NEGATED}{element}" in statement:
            if matches(statement[f"{_NEGATED}{element}"], value):
                return False
        elif not matches(statement.get(element, "*" if element == "Resource" else []), value):
            return False
    return True


def holds(conditions: Mapping[str, Mapping[str, Any]], context: Mapping[str, str]) -> bool | None:
    """Whether conditions hold; None where a key or an operator leaves that open."""
    held = [
        _one(operator, wanted, context.get(key.lower()))
        for operator, tests in conditions.items()
        for key, wanted in tests.items()
    ]
    return False if False in held else None if None in held else True


def _one(operator: str, wanted: object, actual: str | None) -> bool | None:
    base = operator.removesuffix("IfExists")
    positive = base.replace(_NEGATED, "", 1)
    if actual is None or positive not in _COMPARISONS:
        return None
    if positive == "Bool":
        return actual.lower() in {str(value).lower() for value in listed(wanted)}
    found = actual in listed(wanted) if positive == "StringEquals" else matches(wanted, actual)
    return found != (_NEGATED in base)


def verdict(documents: Iterable[str], request: PolicyRequest) -> Says:
    """What policies attached at one place say together; the worst counts.

    Raises:
        RefusedError: a document is no JSON object.
    """
    context = dict(request.context)
    found = {Says.NOTHING}
    for document in documents:
        for statement in statements(document):
            if not covers(statement, request):
                continue
            held = holds(statement.get("Condition", {}), context)
            if statement.get("Effect") == "Allow":
                # An Allow that may not hold counts: what is reported must stand on its own feet.
                found |= set() if held is False else {Says.ALLOWS}
            elif held is not False:
                found.add(Says.DENIES if held else Says.MAY_DENY)
    return min(found, key=list(Says).index)
