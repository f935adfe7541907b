"""Whether what came back is an answer of AWS: a proxy may put a page of its own in the place of one."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from botocore.exceptions import HTTPClientError
from botocore.model import ListShape, MapShape, StructureShape
from botocore.parsers import PROTOCOL_PARSERS, ResponseParserError, ResponseParserFactory

from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from botocore.model import OperationModel, Shape
    from botocore.session import Session

_PAGE: Final = re.compile(rb"\s*(<!doctype\s+html|<html)", re.IGNORECASE)
_SERVER_ERROR: Final = 500
"""From here on botocore repeats the call, and tells the status instead of the words."""


class NotOfAwsError(HTTPClientError):
    """What came in the place of AWS's answer: a page, or what cannot be read as an answer.

    Attributes:
        came: what it is.
    """

    fmt = "{came}"

    def __init__(self, *, came: Message) -> None:
        super().__init__(came=came)
        self.came = came


def check(response: Mapping[str, Any], *, is_json: bool) -> None:
    """Refuse what is no answer of AWS; botocore reads a page, or half of an answer, as an empty answer.

    Args:
        response: ``body`` and ``status_code``, as botocore gives them to a parser.
        is_json: whether AWS answers in JSON.

    Raises:
        NotOfAwsError: it is a page, or no JSON.
    """
    body, status = response["body"], response["status_code"]
    if not isinstance(body, bytes) or status >= _SERVER_ERROR:
        return
    if _PAGE.match(body):
        raise NotOfAwsError(came=Message("page-came", http=status))
    if is_json and body.strip() and not _is_json(body):
        raise NotOfAwsError(came=Message("no-json-came", http=status))


def _is_json(body: bytes) -> bool:
    try:
        return isinstance(json.loads(body), dict | list)
    except ValueError:
        return False


def before_parse(response_dict: Mapping[str, Any], operation_model: OperationModel, **_: object) -> None:
    """Refuse the same for a client whose parsers are not ours: a handler of botocore's event ``before-parse``.

    Raises:
        NotOfAwsError: it is no answer of AWS.
    """
    check(response_dict, is_json="json" in operation_model.service_model.resolved_protocol)


class AwsAnswer(dict[str, Any]):
    """A structure or map of an answer of AWS: whoever reads a member that AWS did not send as its API says is refused.

    What AWS always sends is read by its key, and refused where it is absent; ``get`` is for what AWS leaves out where
    there is none. A member of another kind than AWS's model says is refused either way: it does not say that there is
    none. Which members AWS leaves out the model does not tell: some that it calls required never come.
    """

    def __init__(self, members: Mapping[str, Any], name: str, odd: Collection[str] = ()) -> None:
        """Take what can be read.

        Args:
            members: the members that are what the model says, and those that it does not know.
            name: the structure's or map's name in AWS's API.
            odd: members that came and are of another kind.
        """
        super().__init__(members)
        self._name = name
        self._odd = frozenset(odd)

    def __missing__(self, key: str) -> Any:
        """Say which member is missing, or of another kind.

        Raises:
            RefusedError: always.
        """
        raise self._unread(key)

    def get(self, key: str, default: Any = None) -> Any:
        """A member; the default where AWS left it out.

        Raises:
            RefusedError: it is of another kind.
        """
        if key in self._odd:
            raise self._unread(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        """Whether AWS sent it, of whatever kind."""
        return super().__contains__(key) or key in self._odd

    def part(self, key: str) -> AwsAnswer:
        """A structure that it holds; an empty one where AWS left it out.

        Raises:
            RefusedError: it is of another kind.
        """
        held = self.get(key)
        if held is None:
            return AwsAnswer({}, key)
        if not isinstance(held, AwsAnswer):
            raise odd(key, self._name)
        return held

    def items(self) -> Any:
        """All members.

        Raises:
            RefusedError: one is of another kind.
        """
        if self._odd:
            raise self._unread(min(self._odd))
        return super().items()

    def _unread(self, key: str) -> RefusedError:
        return odd(key, self._name) if key in self._odd else incomplete(key, self._name)


def incomplete(key: str, kind: str) -> RefusedError:
    """The refusal to go on with an answer that lacks something; ``kind``: the structure or operation."""
    return RefusedError(Message("answer-lacks", key=key, kind=kind), code="IncompleteAnswer")


def odd(key: str, kind: str) -> RefusedError:
    """The refusal to read a member that is of another kind than AWS's API says."""
    return RefusedError(Message("answer-odd", key=key, kind=kind), code="OddAnswer")


def document(text: str, key: str, kind: str) -> AwsAnswer:
    """The JSON object that AWS holds as text, each object in it an `AwsAnswer`.

    Args:
        text: what the answer holds.
        key: the member that holds it.
        kind: the structure in AWS's API that has the member.

    Raises:
        RefusedError: it is no JSON object.
    """
    try:
        held = json.loads(text, object_hook=lambda members: AwsAnswer(members, key))
    except ValueError:
        raise odd(key, kind) from None
    if not isinstance(held, AwsAnswer):
        raise odd(key, kind)
    return held


_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "blob": (bytes,),
    "boolean": (bool,),
    "character": (str,),
    "double": (int, float),
    "float": (int, float),
    "integer": (int,),
    "list": (list,),
    "long": (int,),
    "map": (dict,),
    "string": (str,),
    "structure": (dict,),
    "timestamp": (datetime,),
}
"""What botocore makes of each type of its models; it passes on some values as they came."""
_HOLDING: Final = ("list", "map", "structure")
_TRUTHS: Final = ("true", "false")
_UNREADABLE: Final = object()
"""What stands for a value that botocore would read as another one."""


def _is_of(value: Any, shape: Shape) -> bool:
    if getattr(shape, "is_document_type", False):
        return True  # any JSON
    wanted = _TYPES.get(shape.type_name)
    return wanted is None or (isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool)))


def _as_modelled(value: Any, shape: Shape) -> Any:
    """The value, each structure and map in it an `AwsAnswer`.

    What holds other values, and an entry of a list, has to be what the model says: botocore itself reads neither a
    structure nor a map of another kind, and nobody knows what else would be in there. Single values are not always what
    the model says, in AWS's own answers either: one that is not is refused when somebody reads it, so that those that
    nobody reads do no harm.

    Raises:
        TypeError: it is not what the model says.
    """
    if not _is_of(value, shape):
        raise TypeError(shape.name)
    if isinstance(shape, ListShape):
        return [_as_modelled(held, shape.member) for held in value]
    if getattr(shape, "is_document_type", False) or not isinstance(shape, (MapShape, StructureShape)):
        return value
    # In a map null is what it is in a structure, where botocore sees to it: left out.
    held = {name: (one, _shape_in(shape, name)) for name, one in value.items() if one is not None}
    unlike = {name for name, (one, of) in held.items() if of and of.type_name not in _HOLDING and not _is_of(one, of)}
    members = {name: _as_modelled(one, of) if of else one for name, (one, of) in held.items() if name not in unlike}
    return AwsAnswer(members, shape.name, unlike)


def _shape_in(shape: MapShape | StructureShape, name: str) -> Shape | None:
    return shape.value if isinstance(shape, MapShape) else shape.members.get(name)


class _Kinds:
    """Goes before a parser of botocore: what that would read as an empty list, as false or as 1970 is not read."""

    def _parse_shape(self, shape: Shape, node: Any) -> Any:
        """As botocore reads it.

        Raises:
            TypeError: what holds other values is of another kind.
        """
        if not (_in_xml if _is_xml(node) else _in_json)(node, shape):
            if shape.type_name in _HOLDING:
                raise TypeError(shape.name)
            return _UNREADABLE
        return super()._parse_shape(shape, node)  # type: ignore[misc]  # botocore's


def _is_xml(node: Any) -> bool:
    return isinstance(node, ET.Element) or (isinstance(node, list) and bool(node) and isinstance(node[0], ET.Element))


def _in_json(node: Any, shape: Shape) -> bool:
    """Whether a value in JSON, CBOR or a header may be of that shape."""
    if shape.type_name == "list":
        return isinstance(node, list) or shape.serialization.get("location") == "header"
    if shape.type_name == "boolean":
        return isinstance(node, bool) or (isinstance(node, str) and node.lower() in _TRUTHS)
    return shape.type_name != "timestamp" or not isinstance(node, bool)


def _in_xml(node: Any, shape: Shape) -> bool:
    """Whether an element, or several of one name, may be of that shape."""
    if isinstance(node, list):
        return bool(shape.serialization.get("flattened"))
    if shape.type_name in _HOLDING:
        return bool(len(node)) or not (node.text or "").strip() or bool(shape.serialization.get("flattened"))
    return not len(node) and (shape.type_name != "boolean" or (node.text or "").lower() in _TRUTHS)


@cache
def _strict(parser: type) -> type:
    return type(f"Strict{parser.__name__}", (_Kinds, parser), {})


_UNREAD: Final = (
    ResponseParserError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What botocore's parsers raise where they cannot go on."""


class _Parser:
    def __init__(self, inner: Any, *, is_json: bool) -> None:
        self._inner = inner
        self._is_json = is_json

    def parse(self, response: Mapping[str, Any], shape: Shape | None) -> Any:
        """As botocore reads it, each structure an `AwsAnswer`.

        Raises:
            NotOfAwsError: it is no answer of AWS.
        """
        check(response, is_json=self._is_json)
        try:
            parsed = self._inner.parse(response, shape)
            if shape is None or "Error" in parsed or isinstance(getattr(shape, "event_stream_name", None), str):
                return parsed
            return _as_modelled(parsed, shape)
        except _UNREAD as error:
            raise NotOfAwsError(came=Message("unreadable-came", http=response["status_code"])) from error


class _Factory(ResponseParserFactory):
    def create_parser(self, protocol_name: str) -> Any:
        """botocore's parser of a protocol, which reads answers of AWS only."""
        inner = _strict(PROTOCOL_PARSERS[protocol_name])(**self._defaults)  # type: ignore[attr-defined]  # botocore's
        return _Parser(inner, is_json="json" in protocol_name)


def only(session: Session) -> Session:
    """The session, whose clients take nothing for an answer of AWS that is none."""
    session.register_component("response_parser_factory", _Factory())
    return session


def is_page(text: str) -> bool:
    """Whether words are a page's."""
    return bool(_PAGE.match(text.encode()))
