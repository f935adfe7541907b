"""Answers of AWS as they come over the wire, made from botocore's models, one thing in them perhaps spoiled."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import boto3
import botocore.session
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.model import ListShape, MapShape, StructureShape

from orgtools.aws.calls import answers
from tests import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.client import BaseClient
    from botocore.model import OperationModel, Shape

Place = tuple[str, ...]
"""The way to a value: names of members and keys, ``*`` for the only entry of a list."""
GONE: Final = object()
"""In the place of a value: AWS left it out."""
TEXTS: Final = {
    "Account": values.ACCOUNT,
    "accountId": values.ACCOUNT,
    "OwnerId": values.OTHER,
    "PermissionModel": "SERVICE_MANAGED",
    "PrimaryRegion": "us-east-1",
    "end": "2027-01-01T00:00:00Z",
    "type": "ORGANIZATION",
}
_POLICY: Final = re.compile("document|policy|policies|cloudtrailevent|content", re.IGNORECASE)
_TOKEN: Final = re.compile("token|marker|position|LastEvaluated|IsTruncated", re.IGNORECASE)
_TIME: Final = "2026-01-01T00:00:00Z"
_HOLDING: Final = ("list", "map", "structure")
_GOING_ON: Final = ("ACTIVE", "ASSOCIATED", "ENABLED")
"""What an answer says where it may, so that a check looks further."""
_KEYS: Final = {"GlobalSettings": "isCrossAccountBackupEnabled"}


@dataclass(frozen=True)
class Spoiled:
    """What comes in the place of a value: GONE, or anything that JSON can say; XML says it as text."""

    operation: str
    place: Place
    value: Any


class Wire:
    """Clients whose answers are whole ones of AWS's models, and not sent to anybody."""

    def __init__(self) -> None:
        """Nothing is spoiled yet."""
        inner = answers.only(botocore.session.Session())
        self._session = boto3.Session("testing", "testing", region_name="us-east-1", botocore_session=inner)
        self._clients: dict[str, BaseClient] = {}
        self.models: dict[str, OperationModel] = {}
        self.called: list[str] = []
        self.spoiled: Spoiled | None = None

    def client(self, service: str) -> BaseClient:
        """A real client of botocore."""
        if service not in self._clients:
            client: BaseClient = self._session.client(service)  # type: ignore[call-overload]
            client.meta.events.register(
                "before-send",
                lambda event_name, **_: self._answer(client, event_name),  # type: ignore[arg-type]  # an answer is allowed
            )
            self._clients[service] = client
        return self._clients[service]

    def _answer(self, client: BaseClient, event_name: str) -> AWSResponse:
        model = client.meta.service_model.operation_model(event_name.rpartition(".")[2])
        name = f"{model.service_model.service_name}:{model.name}"
        self.models[name] = model
        self.called.append(name)
        spoiled = self.spoiled if self.spoiled and self.spoiled.operation == name else None
        raw = BytesIO(body(model, spoiled))
        raw.stream = lambda *_, **__: iter([raw.getvalue()])  # type: ignore[attr-defined]
        return AWSResponse("https://aws.example.com", 200, HTTPHeaders.from_dict({"x-amzn-requestid": "1"}), raw)


def places(model: OperationModel) -> Iterator[tuple[Place, Shape]]:
    """Where an answer holds a structure, a map or a list."""
    for place, shape in _all(model):
        # In XML a flattened list is its entries, and nothing around them.
        if shape.type_name in _HOLDING and not (shape.serialization.get("flattened") and is_xml(model)):
            yield place, shape


def scalars(model: OperationModel) -> Iterator[Place]:
    """Where an answer holds a single value."""
    return (place for place, shape in _all(model) if shape.type_name not in _HOLDING)


def documents(model: OperationModel) -> Iterator[Place]:
    """Where an answer holds JSON as text."""
    return (
        place for place, shape in _all(model) if shape.type_name == "string" and place and _POLICY.search(place[-1])
    )


def _all(model: OperationModel) -> Iterator[tuple[Place, Shape]]:
    if model.output_shape is None:
        return
    for place, shape in _inside(model.output_shape, (), ()):
        if place and place[-1] != "*" and not shape.serialization.get("location"):
            yield place, shape


def _inside(shape: Shape, place: Place, around: tuple[str, ...]) -> Iterator[tuple[Place, Shape]]:
    if getattr(shape, "is_document_type", False) or shape.name in around:
        return
    yield place, shape
    inside: list[tuple[str, Shape]] = []
    if isinstance(shape, StructureShape):
        inside = [(name, held) for name, held in shape.members.items() if not _TOKEN.search(name)]
        inside = inside[:1] if shape.is_tagged_union else inside
    elif isinstance(shape, MapShape):
        inside = [(_key(shape), shape.value)]
    elif isinstance(shape, ListShape):
        inside = [("*", shape.member)]
    for name, held in inside:
        yield from _inside(held, (*place, name), (*around, shape.name))


def _key(shape: MapShape) -> str:
    return str((getattr(shape.key, "enum", None) or [_KEYS.get(shape.name, "x")])[0])


def is_xml(model: OperationModel) -> bool:
    """Whether an operation answers in XML."""
    return "json" not in model.service_model.resolved_protocol


def body(model: OperationModel, spoiled: Spoiled | None) -> bytes:
    """The body of an answer."""
    shape = model.output_shape
    if shape is None:
        return b""
    payload = shape.serialization.get("payload")
    place: Place = (payload,) if payload else ()
    held = shape.members[payload] if payload else shape
    if held.type_name in ("string", "blob"):
        return str(_scalar(payload or "", held, as_text=True)).encode()
    if is_xml(model):
        root = ET.Element("Response")
        inner = (
            ET.SubElement(root, shape.serialization["resultWrapper"])
            if "resultWrapper" in shape.serialization
            else root
        )
        _xml(inner, held, place, (), spoiled)
        return ET.tostring(root)
    return json.dumps(_json(held, place, (), spoiled)).encode()


def _gone(place: Place, spoiled: Spoiled | None) -> bool:
    return spoiled is not None and spoiled.place == place and spoiled.value is GONE


def _members(
    shape: Shape, place: Place, around: tuple[str, ...], spoiled: Spoiled | None
) -> Iterator[tuple[str, Shape]]:
    for name, held in shape.members.items():  # type: ignore[attr-defined]
        left_out = _TOKEN.search(name) or held.name in around or held.serialization.get("location")
        if left_out or _gone((*place, name), spoiled):
            continue
        yield name, held
        if getattr(shape, "is_tagged_union", False):
            return


def _json(shape: Shape, place: Place, around: tuple[str, ...], spoiled: Spoiled | None) -> Any:
    if spoiled and spoiled.place == place:
        return spoiled.value
    if getattr(shape, "is_document_type", False):
        return {}
    around = (*around, shape.name)
    if isinstance(shape, StructureShape):
        return {
            held.serialization.get("name", name): _json(held, (*place, name), around, spoiled)
            for name, held in _members(shape, place, around, spoiled)
        }
    if isinstance(shape, ListShape):
        return [] if shape.member.name in around else [_json(shape.member, (*place, "*"), around, spoiled)]
    if isinstance(shape, MapShape):
        here = (*place, _key(shape))
        return {} if _gone(here, spoiled) else {_key(shape): _json(shape.value, here, around, spoiled)}
    return _scalar(next((name for name in reversed(place) if name not in "*x"), ""), shape, as_text=False)


def _xml(node: ET.Element, shape: Shape, place: Place, around: tuple[str, ...], spoiled: Spoiled | None) -> None:
    if spoiled and spoiled.place == place:
        node.text = str(spoiled.value)
        return
    around = (*around, shape.name)
    if isinstance(shape, StructureShape):
        for name, held in _members(shape, place, around, spoiled):
            flat = isinstance(held, ListShape) and held.serialization.get("flattened")
            called = (held.member.serialization.get("name") if flat else None) or held.serialization.get("name", name)  # type: ignore[attr-defined]
            child = ET.SubElement(node, called)
            _xml(child, held.member if flat else held, (*place, name, *(["*"] if flat else [])), around, spoiled)  # type: ignore[attr-defined]
    elif isinstance(shape, ListShape):
        if shape.member.name not in around:
            _xml(ET.SubElement(node, "member"), shape.member, (*place, "*"), around, spoiled)
    elif isinstance(shape, MapShape) and not _gone((*place, _key(shape)), spoiled):
        entry = ET.SubElement(node, "entry")
        ET.SubElement(entry, shape.key.serialization.get("name", "key")).text = _key(shape)
        value = ET.SubElement(entry, shape.value.serialization.get("name", "value"))
        _xml(value, shape.value, (*place, _key(shape)), around, spoiled)
    elif shape.type_name not in _HOLDING:
        node.text = str(_scalar(next((name for name in reversed(place) if name not in "*x"), ""), shape, as_text=True))


def _scalar(name: str, shape: Shape, *, as_text: bool) -> Any:
    if shape.type_name == "boolean":
        return "true" if as_text else True
    if shape.type_name == "timestamp":
        return _TIME if as_text else 1_767_225_600
    if shape.type_name == "blob":
        return "eA=="
    if shape.type_name in ("integer", "long", "float", "double"):
        return 1
    if name in TEXTS:
        return TEXTS[name]
    if _POLICY.search(name):
        return '{"Statement": []}'
    known = getattr(shape, "enum", None)
    if known:
        return next((name for name in _GOING_ON if name in known), known[0])
    return f"arn:aws:x:us-east-1:{values.OTHER}:x/x" if name.lower().endswith("arn") else "x" * 12
