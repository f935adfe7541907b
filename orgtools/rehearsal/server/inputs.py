"""The input of a call, held against botocore's model before anything else looks at it.

One check for every operation: type, required, length, range, enum and pattern, at any depth. What a service calls such
a mistake depends on its protocol; Organizations gives a reason as well. AWS ignores members that it does not know, and
takes null for absent: so does this.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from botocore.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.utils import get_service_model
from werkzeug.datastructures import Headers, MultiDict

from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.server import wire
from orgtools.rehearsal.server.wire import HttpRequest, Json, ServiceCall

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "character": (str,),
    "blob": (str, bytes),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float, str),
    "list": (list,),
    "map": (dict,),
    "structure": (dict,),
}
WHOLE, NUMBERS = ("integer", "long"), ("integer", "long", "float", "double")
ORGANIZATIONS = {
    "required": "INPUT_REQUIRED",
    "enum": "INVALID_ENUM",
    "member": "INVALID_LIST_MEMBER",
    "pattern": "INVALID_PATTERN",
    "longest": "MAX_LENGTH_EXCEEDED",
    "shortest": "MIN_LENGTH_EXCEEDED",
    "most": "MAX_VALUE_EXCEEDED",
    "least": "MIN_VALUE_EXCEEDED",
}
"""The reason of InvalidInputException for each mistake (API reference, any operation)."""
NAMED_REASONS = {
    ("pattern", "PolicyId"): "INVALID_SYNTAX_POLICY_ID",
    ("pattern", "PolicyTargetId"): "INVALID_PATTERN_TARGET_ID",
    ("enum", "PolicyType"): "INVALID_ENUM_POLICY_TYPE",
    ("enum", "EffectivePolicyType"): "INVALID_ENUM_POLICY_TYPE",
}
"""Reasons that the API keeps for certain shapes of the model."""
CODES = {
    "ram": "InvalidParameterException",
    "servicecatalog": "InvalidParametersException",
    "tagging": "InvalidParameterException",
    "cloudformation": "ValidationError",
    "iam": "ValidationError",
    "sts": "ValidationError",
    "ec2": "InvalidParameterValue",
    "s3": "InvalidArgument",
}
"""What a service calls an input that its model does not allow, where it is no ValidationException."""
NAMED_CODES = {("cloudtrail", "MaxResults"): "InvalidMaxResultsException"}
"""Exceptions that a service keeps for one shape of its model."""
MISSING = {"ec2": "MissingParameter", "s3": "InvalidRequest"}


@dataclass(frozen=True)
class Mistake:
    """The first thing that is wrong with an input."""

    kind: str
    """type, required, enum, member (an enum in a list), pattern, longest, shortest, most or least."""
    place: str
    shape: str
    said: str


def check(request: HttpRequest, call: ServiceCall) -> None:
    """Raises the refusal that AWS answers to an input that the model does not allow."""
    operation = wire.operation(call.service, call.operation)
    shape = operation.input_shape if operation else None
    if operation is None or shape is None:
        return
    try:
        given, by_wire_name = _given(request, call, operation)
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise _unreadable(call, f"The request cannot be read: {error}.") from None
    found = next(mistakes(shape, given, by_wire_name=by_wire_name), None)
    if found is not None:
        raise _refusal(call, found)


def _refusal(call: ServiceCall, found: Mistake) -> ServiceError:
    if found.kind == "type":
        return _unreadable(call, found.said)
    if call.service == "organizations":
        reason = NAMED_REASONS.get((found.kind, found.shape)) or ORGANIZATIONS[found.kind]
        return ServiceError("InvalidInputException", found.said, reason=reason)
    default = "ValidationError" if call.protocol == wire.QUERY else "ValidationException"
    code = NAMED_CODES.get((call.service, found.shape)) or CODES.get(call.service, default)
    if found.kind == "required":
        code = MISSING.get(call.service, code)
    return ServiceError(code, f"1 validation error detected: {found.said}")


def _unreadable(call: ServiceCall, said: str) -> ServiceError:
    return ServiceError("MalformedInput" if call.protocol == wire.QUERY else "SerializationException", said)


def _given(request: HttpRequest, call: ServiceCall, operation: OperationModel) -> tuple[Any, bool]:
    """The input, and whether its members have the names that they have on the wire."""
    if call.protocol == wire.JSON:
        return wire.document(request.body), True
    protocol = operation.service_model.resolved_protocol
    in_url = wire.labels(operation, request.path)
    form = call.parameters if call.protocol == wire.QUERY else {}
    raw = protocol == "rest-json" and "payload" not in operation.input_shape.serialization  # type: ignore[union-attr]
    # moto reads by models of its own, made from the same files.
    known = get_service_model(operation.service_model.service_name).operation_model(operation.name)
    parser = PROTOCOL_PARSERS[protocol](known, timestamp_parser=_as_is, blob_parser=_as_is)
    parsed: Json = parser.parse(
        {
            "method": request.method,
            "headers": Headers(request.headers.items()),
            "body": b"" if raw else request.body,
            "url_params": in_url,
            "url_path": request.path,
            "values": MultiDict(form or wire.query(request.target)),
        }
    )
    if not raw:
        return parsed, False
    members = operation.input_shape.members.items()  # type: ignore[union-attr]
    located = {name: member for name, member in members if "location" in member.serialization}
    return {
        **wire.document(request.body),
        **{member.serialization.get("name", name): parsed[name] for name, member in located.items() if name in parsed},
    }, True


def _as_is(value: Any) -> Any:
    return value


def mistakes(shape: Any, value: Any, place: str = "", *, by_wire_name: bool = True) -> Iterator[Mistake]:
    """Everything that a shape of botocore's model does not allow about a value, in the model's order."""
    kind: str = shape.type_name
    if getattr(shape, "is_document_type", False):
        return
    if not _has_type(kind, value):
        yield Mistake("type", place, shape.name, f"{place or 'The input'} is no {kind}.")
    elif kind == "structure":
        yield from _members(shape, value, place, by_wire_name)
    elif kind == "list":
        yield from _list(shape, value, place, by_wire_name)
    elif kind == "map":
        yield from _sized(shape, value, place)
        for key, item in value.items():
            yield from mistakes(shape.key, key, f"{place}.key", by_wire_name=by_wire_name)
            yield from mistakes(shape.value, item, f"{place}.{key}.value", by_wire_name=by_wire_name)
    elif kind == "string":
        yield from _string(shape, value, place)
    elif kind in NUMBERS:
        yield from _number(shape, value, place)


def _has_type(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if isinstance(value, float) and kind in WHOLE:
        return value.is_integer()
    return isinstance(value, TYPES[kind])


def _string(shape: Any, value: str, place: str) -> Iterator[Mistake]:
    yield from _sized(shape, value, place)
    if shape.enum and value not in shape.enum:
        yield _broken("enum", shape, value, place, f"satisfy enum value set: [{', '.join(shape.enum)}]")
    pattern = shape.metadata.get("pattern")
    compiled = compiled_pattern(pattern) if pattern else None
    if compiled and not compiled.fullmatch(value):
        yield _broken("pattern", shape, value, place, f"satisfy regular expression pattern: {pattern}")


def _number(shape: Any, value: float, place: str) -> Iterator[Mistake]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and value < least:
        yield _broken("least", shape, value, place, f"have value greater than or equal to {least}")
    if most is not None and value > most:
        yield _broken("most", shape, value, place, f"have value less than or equal to {most}")


def _list(shape: Any, value: list[Any], place: str, by_wire_name: bool) -> Iterator[Mistake]:
    yield from _sized(shape, value, place)
    for number, item in enumerate(value, 1):
        below = f"{place}.{number}.member"
        for found in mistakes(shape.member, item, below, by_wire_name=by_wire_name):
            # An enum's value that is itself the member, not part of it, has a reason of its own.
            yield replace(found, kind="member") if (found.kind, found.place) == ("enum", below) else found


def _members(shape: Any, value: Json, place: str, by_wire_name: bool) -> Iterator[Mistake]:
    for name, member in shape.members.items():
        key = member.serialization.get("name", name) if by_wire_name else name
        given = value.get(key)
        below = f"{place}.{key[:1].lower()}{key[1:]}".removeprefix(".")
        if given is not None:
            yield from mistakes(member, given, below, by_wire_name=by_wire_name)
        elif name in shape.required_members:
            said = f"Value null at '{below}' failed to satisfy constraint: Member must not be null"
            yield Mistake("required", below, member.name, said)


def _sized(shape: Any, value: Any, place: str) -> Iterator[Mistake]:
    length, least, most = len(value), shape.metadata.get("min"), shape.metadata.get("max")
    if most is not None and length > most:
        yield _broken("longest", shape, value, place, f"have length less than or equal to {most}")
    if least is not None and length < least:
        yield _broken("shortest", shape, value, place, f"have length greater than or equal to {least}")


def _broken(kind: str, shape: Any, value: Any, place: str, said: str) -> Mistake:
    told = f"Value '{value}' at '{place}' failed to satisfy constraint: Member must {said}"
    return Mistake(kind, place, shape.name, told)


@cache
def compiled_pattern(pattern: str) -> re.Pattern[str] | None:
    """A pattern of the models, which are Java's, for Python; None for one that Python has no way to say."""
    text = re.sub(r"\\[pP]\{(\w+)\}", _category, pattern)
    # Java takes a hyphen behind a class for itself.
    text = re.sub(r"(\\[wds])-(?=[^\]])", r"\1\\-", text)
    # Java reads two surrogates as the character that they stand for.
    text = text.replace(r"\uD800\uDC00-\uDBFF\uDFFF", r"\U00010000-\U0010FFFF")
    try:
        return re.compile(text, re.ASCII)
    except (re.error, OverflowError):
        return None


POSIX = {
    "Alpha": "a-zA-Z",
    "Alnum": "a-zA-Z0-9",
    "Digit": "0-9",
    "Lower": "a-z",
    "Upper": "A-Z",
    "Print": " -~",
    "Graph": "!-~",
    "Punct": r"!-/:-@\[-`{-~",
    "Space": r" \t\n\x0b\f\r",
    "ASCII": r"\x00-\x7f",
    "XDigit": "0-9a-fA-F",
    "Blank": r" \t",
    "Cntrl": r"\x00-\x1f\x7f",
}


def _category(found: re.Match[str]) -> str:
    """The inside of a character class for one of Java's; patterns use them within brackets."""
    name, begin = found[1].removeprefix("Is"), found.start()
    ranges = POSIX.get(name) or "".join(f"{a}-{b}" for a, b in _categories()[name])
    inside = found.string.rfind("[", 0, begin) > found.string.rfind("]", 0, begin)
    if found[0].startswith(r"\P"):
        return ranges if inside else f"[^{ranges}]"
    return ranges if inside else f"[{ranges}]"


@cache
def _categories() -> dict[str, list[tuple[str, str]]]:
    """Runs of characters by Unicode's general category, and by its first letter."""
    runs: dict[str, list[list[int]]] = defaultdict(list)
    for code in range(0x110000):
        category = unicodedata.category(chr(code))
        for name in (category, category[0]):
            held = runs[name]
            if held and held[-1][1] == code - 1:
                held[-1][1] = code
            else:
                held.append([code, code])
    return {name: [(f"\\U{a:08x}", f"\\U{b:08x}") for a, b in held] for name, held in runs.items()}
