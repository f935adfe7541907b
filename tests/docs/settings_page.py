"""The reference of migration.toml, from the models that read it."""

from __future__ import annotations

import inspect
import json
import types
import typing
from typing import Any, Final

from pydantic import BaseModel

from orgtools.settings import Settings
from tests.docs.markdown import cell, page, prose, sections, sentence, table

_INTRODUCTION: Final = """\
Every setting of `migration.toml`, with its type, its default and its meaning. A setting that is not in this list is
refused, with the nearest name. [The run folder](../run-folder.md) has a file to copy from."""


def described(model: type[BaseModel]) -> dict[str, str]:
    """What the docstrings of a table and of those that it extends say of each setting."""
    found: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel and kind.__doc__:
            found |= sections(inspect.cleandoc(kind.__doc__))[1].get("Attributes", {})
    return {name: text for name, text in found.items() if name in model.model_fields}


def tables() -> dict[str, type[BaseModel]]:
    """The tables of the file by their name, those inside another one after it; "" is the file itself."""
    found: dict[str, type[BaseModel]] = {"": Settings}

    def inside(prefix: str, model: type[BaseModel]) -> None:
        for name, field in model.model_fields.items():
            kind = _model(field.annotation)
            if kind is not None:
                found[f"{prefix}{name}"] = kind
                inside(f"{prefix}{name}.", kind)

    inside("", Settings)
    return found


def _model(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation names, also as one that may be left out."""
    kinds = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return _type(next(one for one in schema["anyOf"] if one.get("type") != "null"))
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(value)}`" for value in schema["enum"])
    if schema.get("type") == "array":
        inner = schema.get("prefixItems")
        return (
            f"pair of {_type(inner[0])} and {_type(inner[1])}"
            if inner
            else f"list of {_plural(_type(schema['items']))}"
        )
    if schema.get("type") == "object":
        (values,) = schema.get("patternProperties", {"": schema.get("additionalProperties")}).values()
        return f"table of {_plural(_type(values))} by {'account id' if 'patternProperties' in schema else 'name'}"
    if schema.get("pattern") == "^[0-9]{12}$":
        return "account id"
    name = {"string": "text", "integer": "number", "number": "number", "boolean": "`true` or `false`"}[schema["type"]]
    return name + _bounds(schema)


def _plural(name: str) -> str:
    head, _, rest = name.partition(" (")
    several = {"text": "texts", "number": "numbers", "account id": "account ids"}.get(
        head, head.replace("pair of", "pairs of")
    )
    return f"{several} ({rest}" if rest else several


def _bounds(schema: dict[str, Any]) -> str:
    if "maxLength" in schema:
        return f", at most {schema['maxLength']:,} characters"
    low = f"more than {schema['exclusiveMinimum']}" if "exclusiveMinimum" in schema else schema.get("minimum")
    return f" ({low} to {schema['maximum']:,})" if "maximum" in schema else ""


def _default(schema: dict[str, Any], *, required: bool) -> str:
    if required:
        return "required"
    value = schema.get("default")
    return "none" if value in (None, "", [], {}) else f"`{json.dumps(value)}`"


def _table(name: str, model: type[BaseModel]) -> str:
    schema = model.model_json_schema()
    meanings = described(model)
    rows = [
        (
            f"`{key}`",
            cell(_type(schema["properties"][key])),
            cell(_default(schema["properties"][key], required=field.is_required())),
            cell(sentence(meanings[key])) if key in meanings else "",
        )
        for key, field in model.model_fields.items()
        if _model(field.annotation) is None
    ]
    said, _ = sections(inspect.cleandoc(model.__doc__ or ""))
    head = f"## `[{name}]`" if name else "## At the top of the file"
    about = sentence(prose(said).removeprefix(f"`[{name}]`:").strip()) if name else ""
    return f"{head}\n\n{about}\n\n{table(('setting', 'type', 'default', 'meaning'), rows)}".replace("\n\n\n\n", "\n\n")


def write() -> str:
    """The page."""
    parts = [_table(name, model) for name, model in tables().items()]
    return page("Settings", "orgtools/settings/", _INTRODUCTION, *parts)
