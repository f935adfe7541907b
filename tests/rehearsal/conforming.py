"""Holds an answer as it went over the wire against a shape of botocore's service model."""

import json
import re
from typing import Any

from botocore.client import BaseClient
from botocore.model import OperationModel, Shape

from orgtools.rehearsal.operations import registry

ANSWERED = {name for name, held in registry.of("organizations").items() if held.run}
"""What the rehearsal answers itself."""


def hold(client: BaseClient, found: list[str]) -> None:
    """Adds to a list what is wrong with the answers that a client gets of Organizations, as they go over the wire."""

    def look(http_response: Any, model: OperationModel, **_: Any) -> None:
        if http_response.status_code == 200 and model.name in ANSWERED:
            found.extend(wrong(model, json.loads(http_response.content)))

    client.meta.events.register("after-call.organizations", look)


def wrong(model: OperationModel, answer: Any) -> list[str]:
    """What is wrong with an answer of an operation."""
    if model.output_shape is None:
        return [f"{model.name} has no answer"] if answer else []
    return mistakes(model.output_shape, answer, model.name)


def mistakes(shape: Any, value: Any, place: str = "answer") -> list[str]:
    """What is wrong with a value: types, unknown and missing members, enums, patterns, lengths."""
    found: list[str] = []
    kind: str = shape.type_name
    if getattr(shape, "is_document_type", False):
        return []
    if kind == "structure":
        if not isinstance(value, dict):
            return [f"{place} is no structure"]
        found += [f"{place} lacks {name}" for name in shape.required_members if name not in value]
        for name, item in value.items():
            if name not in shape.members:
                found.append(f"{place} has {name}, which the model does not know")
            else:
                found += mistakes(shape.members[name], item, f"{place}.{name}")
        return found
    if kind == "list":
        if not isinstance(value, list):
            return [f"{place} is no list"]
        for number, item in enumerate(value):
            found += mistakes(shape.member, item, f"{place}[{number}]")
        return found
    return _scalar(shape, value, place)


def _scalar(shape: Shape, value: Any, place: str) -> list[str]:
    kind = shape.type_name
    if kind == "timestamp" and shape.serialization.get("timestampFormat") == "iso8601":
        fits = re.fullmatch(r"[\d-]{10}T[\d:]{8}Z", str(value))
        return [] if fits else [f"{place} is {value!r}, no time as ISO 8601 has it"]
    expected: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "timestamp": (int, float),
        "boolean": bool,
        "integer": int,
        "long": int,
    }
    if not isinstance(value, expected[kind]):
        return [f"{place} is {value!r}, no {kind}"]
    return _string(shape, str(value), place) if kind == "string" else []


def _string(shape: Shape, value: str, place: str) -> list[str]:
    found = []
    if getattr(shape, "enum", None) and value not in shape.enum:  # type: ignore[attr-defined]
        found.append(f"{place} is {value!r}, which the enum does not have")
    pattern = shape.metadata.get("pattern")
    if pattern:
        # The model writes character classes as Java does; with punctuation and symbols they hold everything printable.
        pattern = re.sub(r"(\\p\{\w\})+", lambda found: r"\w\s\W" if r"\p{P}" in found[0] else r"\w\s", pattern)
    if pattern and not re.search(pattern, value):
        found.append(f"{place} is {value!r}, which does not match {pattern}")
    least, most = shape.metadata.get("min", 0), shape.metadata.get("max", len(value))
    if not least <= len(value) <= most:
        found.append(f"{place} is {value!r}, which is not {least} to {most} long")
    return found
