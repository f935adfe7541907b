"""Values that cannot be meant: what is wrong with one, as a clause; whoever knows its file and place says those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


SHOWN: Final = 60
"""So many characters of a wrong value are shown."""


class UnmeantError(ValueError):
    """A value that cannot be meant.

    Attributes:
        message: what is wrong with it, a clause.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


_BY_TYPE: Final[Mapping[str, Message]] = {
    "bool_type": Message("value-not-bool"),
    "dict_type": Message("value-not-table"),
    "finite_number": Message("value-not-finite"),
    "float_type": Message("value-not-number"),
    "int_from_float": Message("value-not-whole"),
    "int_type": Message("value-not-whole"),
    "missing": Message("value-missing"),
    "model_type": Message("value-not-table"),
    "string_type": Message("value-not-text"),
    "tuple_type": Message("value-not-list"),
}
"""By pydantic's names of errors: https://docs.pydantic.dev/latest/errors/validation_errors/"""
_BY_LIMIT: Final[Mapping[str, Callable[[Mapping[str, Any]], Message]]] = {
    "greater_than": lambda held: Message("value-not-above", limit=held["gt"]),
    "greater_than_equal": lambda held: Message("value-too-small", limit=held["ge"]),
    "less_than_equal": lambda held: Message("value-too-large", limit=held["le"]),
    "string_too_long": lambda held: Message("value-too-long", limit=held["max_length"]),
    "string_too_short": lambda held: Message("value-too-short", limit=held["min_length"]),
    "too_long": lambda held: Message("value-has-more-items", limit=held["max_length"]),
}


def wrong(problem: Mapping[str, Any]) -> Message:
    """What is wrong with one value, by an entry of pydantic's list of errors; the value itself is not repeated."""
    kind, held = problem["type"], problem.get("ctx", {})
    said = held.get("error")
    if isinstance(said, UnmeantError):
        return said.message
    if kind in _BY_LIMIT:
        return _BY_LIMIT[kind](held)
    return _BY_TYPE.get(kind) or Message("value-wrong", words=problem["msg"])


def short(text: str, most: int = SHOWN) -> str:
    """A wrong value as far as it helps to see it."""
    return text if len(text) <= most else f"{text[:most]}..."


def told(given: object) -> str:
    """A wrong argument as far as it helps to see it; a number may have more digits than Python writes."""
    try:
        return short(str(given))
    except ValueError:
        return type(given).__name__
