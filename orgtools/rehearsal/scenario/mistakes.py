"""What is wrong in a scenario, and where: in words of the catalogue, by ids and names, counted from 1."""

import difflib
from collections.abc import Callable, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from orgtools.messages import Message
from orgtools.rehearsal.errors import WrongError

FORMS: dict[str, str] = {}
"""The message of each pattern, for a value that does not have that form."""
BY_TYPE = {
    "bool_type": "value-not-bool",
    "dict_type": "value-not-table",
    "finite_number": "value-not-finite",
    "float_type": "value-not-number",
    "int_from_float": "value-not-whole",
    "int_type": "value-not-whole",
    "list_type": "value-not-list",
    "missing": "value-missing",
    "model_type": "value-not-table",
    "string_type": "value-not-text",
}
"""By pydantic's names of errors: https://docs.pydantic.dev/latest/errors/validation_errors/"""
BY_LIMIT = {
    "greater_than": ("value-not-above", "gt"),
    "greater_than_equal": ("value-too-small", "ge"),
    "less_than_equal": ("value-too-large", "le"),
    "string_too_long": ("value-too-long", "max_length"),
    "string_too_short": ("value-too-short", "min_length"),
    "too_long": ("value-has-more-items", "max_length"),
    "too_short": ("value-has-fewer-items", "min_length"),
}
IDS = {"organizations": "organization-wrong", "accounts": "account-wrong"}
"""The tables whose items have ids, and how one is named."""
LONGEST = 60


def form(pattern: str, code: str) -> str:
    """A pattern of a scenario's values, once it is known how it is told that a value does not have it."""
    FORMS[pattern] = code
    return pattern


def told(
    kind: type[BaseModel], tables: Mapping[str, type[BaseModel]], problems: list[Any], document: object
) -> list[Message]:
    """What is wrong with each value, once, and where it is; the value itself is not repeated."""
    found: dict[tuple[int | str, ...], Message] = {}
    for problem in problems:
        place, value = _place(problem, document)
        if problem["type"] == "string_type" and problem["loc"][-1:] == ("str",) and isinstance(value, Mapping):
            continue  # a unit is a path or a table: of a table its own mistakes are told
        found.setdefault(place, _placed(place, document, _leaf(kind, tables, problem, place)))
    return list(found.values())


def _place(problem: Mapping[str, Any], document: object) -> tuple[tuple[int | str, ...], object]:
    """Where a problem is in the document: pydantic's place without the names of types, of which it tried several."""
    loc, value = problem["loc"], document
    place = list[int | str]()
    for index, part in enumerate(loc):
        last = index == len(loc) - 1
        if isinstance(value, Mapping) and (part in value or (last and problem["type"] == "missing")):
            place.append(part)
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            place.append(part)
            value = value[part]
    return tuple(place), value


def _leaf(
    kind: type[BaseModel],
    tables: Mapping[str, type[BaseModel]],
    problem: Mapping[str, Any],
    place: tuple[int | str, ...],
) -> Callable[[str], Message]:
    """What is wrong with a value, given the keys that lead to it from the last item that has a number."""

    def said(setting: str) -> Message:
        if problem["type"] == "extra_forbidden":
            near = difflib.get_close_matches(str(place[-1])[:LONGEST], table.model_fields, n=1)
            if near:
                return Message("setting-unknown-near", setting=setting, keys=near)
            return Message("setting-unknown", setting=setting)
        why = _why(problem, choices)
        return Message("setting-wrong", setting=setting, why=why) if setting else why

    at = next((index for index in range(len(place) - 2, -1, -1) if place[index] in tables), -1)
    table = tables[str(place[at])] if at >= 0 else kind
    field = next((part for part in place[at + 1 :] if isinstance(part, str)), "")
    choices = _choices(table.model_fields[field].annotation) if field in table.model_fields else []
    return said


def _why(problem: Mapping[str, Any], choices: list[str]) -> Message:
    kind, held = problem["type"], problem.get("ctx", {})
    error = held.get("error")
    if isinstance(error, WrongError):
        return error.message
    if kind in BY_LIMIT:
        code, limit = BY_LIMIT[kind]
        return Message(code, limit=held[limit])
    if kind == "literal_error" and choices:
        return Message("no-way-in", keys=choices)
    return Message(BY_TYPE.get(kind) or FORMS.get(held.get("pattern", ""), "not-of-form"))


def _choices(annotation: Any) -> list[str]:
    """What a setting may be, where that is one of a few words."""
    if get_origin(annotation) is Literal:
        return [str(one) for one in get_args(annotation)]
    return [one for inner in get_args(annotation) for one in _choices(inner)]


def _placed(place: tuple[int | str, ...], document: object, leaf: Callable[[str], Message]) -> Message:
    """The problem in each organization, account or other item that holds it, by its id, name or number."""
    keys, value = list[str](), document
    for index, part in enumerate(place):
        if isinstance(part, str):
            keys.append(part[:LONGEST])
            value = value.get(part) if isinstance(value, Mapping) else None
            continue
        value = value[part] if isinstance(value, list) else None
        inner = _placed(place[index + 1 :], value, leaf)
        return _in_item(".".join(keys), part + 1, value, inner)
    return leaf(".".join(keys))


def _in_item(table: str, number: int, item: object, why: Message) -> Message:
    held = item if isinstance(item, Mapping) else {}
    if table in IDS and isinstance(held.get("id"), str) and len(held["id"]) <= LONGEST:
        fact = "account" if table == "accounts" else "organization"
        return Message(IDS[table], **{fact: held["id"], "why": why})
    if isinstance(held.get("name"), str) and len(held["name"]) <= LONGEST:
        return Message("item-named-wrong", setting=table, name=held["name"], why=why)
    return Message("item-wrong", setting=table, number=number, why=why)
