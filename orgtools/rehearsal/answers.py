"""Answers that a scenario gives by itself, for services that nobody here simulates, in each service's own protocol."""

import json
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from botocore.exceptions import ParamValidationError
from botocore.model import OperationModel, Shape
from botocore.validate import validate_parameters

from orgtools.rehearsal import wire
from orgtools.rehearsal.scenario import Answer as AnswerTable
from orgtools.rehearsal.scenario import ScenarioError
from orgtools.rehearsal.wire import Answer, Call

Answers = dict[tuple[str, str, str], list[AnswerTable]]
"""By account, service (its signing name) and operation."""


def checked(tables: list[AnswerTable]) -> Answers:
    """The answers of a scenario. Raises `ScenarioError` for one that the service's model does not allow."""
    known: Answers = {}
    for table in tables:
        found = wire.model(table.service)
        if found is None or table.operation not in found.operation_names:
            raise ScenarioError(f"The answer to {table.service}:{table.operation} is to no operation that AWS has.")
        shape = found.operation_model(table.operation).output_shape
        try:
            validate_parameters(table.response, shape)
        except ParamValidationError as error:
            message = f"The answer to {table.service}:{table.operation} is none that AWS could give: {error}"
            raise ScenarioError(message) from None
        known.setdefault((table.account, table.service, table.operation), []).append(table)
    return known


def answer(answers: Answers, account: str, call: Call, request_id: str) -> Answer | None:
    """What the scenario says to a call from an account, or None."""
    for table in answers.get((account, call.service, call.operation), ()):
        if table.region in ("", call.region):
            model = wire.model(call.service)
            if model is not None:
                return _written(model.operation_model(call.operation), table.response, request_id)
    return None


def _written(operation: OperationModel, response: dict[str, Any], request_id: str) -> Answer:
    protocol, shape = operation.service_model.resolved_protocol, operation.output_shape
    payload = shape.serialization.get("payload") if shape else None
    if payload and shape and shape.members[payload].type_name in ("string", "blob"):
        return Answer(200, str(response.get(payload, "")).encode(), {"Content-Type": "application/json"})
    if "json" in protocol:
        return Answer(200, json.dumps(_json(shape, response)).encode(), {"Content-Type": "application/x-amz-json-1.1"})
    inner = _xml(shape, response) if shape else ""
    name = operation.name
    wrapper = shape.serialization.get("resultWrapper") if shape else None
    if wrapper:
        inner = (
            f"<{wrapper}>{inner}</{wrapper}><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>"
        )
    return Answer(200, f"<{name}Response>{inner}</{name}Response>".encode(), {"Content-Type": "text/xml"})


def _name(shape: Any, otherwise: str) -> str:
    return str(shape.serialization.get("name", otherwise))


def _json(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        return {_name(shape.members[key], key): _json(shape.members[key], held) for key, held in value.items()}
    if shape.type_name == "list":
        return [_json(shape.member, held) for held in value]
    if shape.type_name == "map":
        return {key: _json(shape.value, held) for key, held in value.items()}
    if isinstance(value, datetime):
        iso = shape.serialization.get("timestampFormat") == "iso8601"
        return value.isoformat() if iso else value.timestamp()
    return value


def _xml(shape: Any, value: Any) -> str:
    if shape.type_name == "structure":
        return "".join(
            _element(shape.members[key], _name(shape.members[key], key), held) for key, held in value.items()
        )
    if isinstance(value, bool):
        return str(value).lower()
    return escape(value.isoformat() if isinstance(value, datetime) else str(value))


def _element(shape: Shape, name: str, value: Any) -> str:
    held: Any = shape
    if shape.type_name == "list":
        if shape.serialization.get("flattened"):
            return "".join(f"<{name}>{_xml(held.member, item)}</{name}>" for item in value)
        each = _name(held.member, "member")
        return f"<{name}>{''.join(f'<{each}>{_xml(held.member, item)}</{each}>' for item in value)}</{name}>"
    if shape.type_name == "map":
        key, val = _name(held.key, "key"), _name(held.value, "value")
        tag = name if shape.serialization.get("flattened") else "entry"
        inside = "".join(
            f"<{tag}><{key}>{escape(k)}</{key}><{val}>{_xml(held.value, v)}</{val}></{tag}>" for k, v in value.items()
        )
        return inside if tag == name else f"<{name}>{inside}</{name}>"
    return f"<{name}>{_xml(shape, value)}</{name}>"
