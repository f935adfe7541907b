"""Whether what came back is an answer of AWS: a proxy may put a page of its own in the place of one."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import HTTPClientError
from botocore.model import ListShape, StructureShape
from botocore.parsers import ResponseParserError, ResponseParserFactory

from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        """Keep what came."""
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


class Answer(dict[str, Any]):
    """A structure of an answer of AWS: whoever needs a member that it lacks gets a sentence, not a `KeyError`.

    A member that is not what the model says counts as lacking.
    """

    def __init__(self, members: Mapping[str, Any], name: str) -> None:
        """The members, and the structure's name in AWS's API."""
        super().__init__(members)
        self._name = name

    def __missing__(self, key: str) -> Any:
        """Say which member is missing.

        Raises:
            RefusedError: always.
        """
        raise incomplete(key, self._name)


def incomplete(key: str, kind: str) -> RefusedError:
    """The refusal to go on with an answer that lacks something; ``kind``: the structure or operation."""
    return RefusedError(Message("answer-lacks", key=key, kind=kind), code="IncompleteAnswer")


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


def _is_of(value: Any, shape: Shape) -> bool:
    wanted = _TYPES.get(shape.type_name)
    return wanted is None or (isinstance(value, wanted) and (bool in wanted or not isinstance(value, bool)))


def _as_modelled(value: Any, shape: Shape) -> Any:
    """The value, each structure in it an `Answer`.

    Raises:
        TypeError: an entry of a list is not what the model says: nobody knows what the list would say.
    """
    if not _is_of(value, shape):
        raise TypeError(shape.name)
    if isinstance(shape, ListShape):
        return [_as_modelled(held, shape.member) for held in value]
    if not isinstance(shape, StructureShape):
        return value
    others = {name: held for name, held in value.items() if name not in shape.members}
    members = {
        name: _as_modelled(held, shape.members[name])
        for name, held in value.items()
        if name in shape.members and _is_of(held, shape.members[name])
    }
    return Answer({**members, **others}, shape.name)


class _Parser:
    def __init__(self, inner: Any, *, is_json: bool) -> None:
        self._inner = inner
        self._is_json = is_json

    def parse(self, response: Mapping[str, Any], shape: Shape | None) -> Any:
        """As botocore reads it, each structure an `Answer`.

        Raises:
            NotOfAwsError: it is no answer of AWS.
        """
        check(response, is_json=self._is_json)
        try:
            parsed = self._inner.parse(response, shape)
            if shape is None or "Error" in parsed or isinstance(getattr(shape, "event_stream_name", None), str):
                return parsed
            return _as_modelled(parsed, shape)
        except (ResponseParserError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise NotOfAwsError(came=Message("unreadable-came", http=response["status_code"])) from error


class _Factory(ResponseParserFactory):
    def create_parser(self, protocol_name: str) -> Any:
        """botocore's parser of a protocol, which reads answers of AWS only."""
        return _Parser(super().create_parser(protocol_name), is_json="json" in protocol_name)


def only(session: Session) -> Session:
    """The session, whose clients take nothing for an answer of AWS that is none."""
    session.register_component("response_parser_factory", _Factory())
    return session


def is_page(text: str) -> bool:
    """Whether words are a page's."""
    return bool(_PAGE.match(text.encode()))
