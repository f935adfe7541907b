"""Whether what came back is an answer of AWS: a proxy may put a page of its own in the place of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import HTTPClientError
from botocore.parsers import ResponseParserError, ResponseParserFactory

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class _Parser:
    def __init__(self, inner: Any, *, is_json: bool) -> None:
        self._inner = inner
        self._is_json = is_json

    def parse(self, response: Mapping[str, Any], shape: Any) -> Any:
        """As botocore reads it.

        Raises:
            NotOfAwsError: it is no answer of AWS. botocore reads a page in the place of JSON as an empty answer.
        """
        body, status = response["body"], response["status_code"]
        if isinstance(body, bytes) and status < _SERVER_ERROR:
            if _PAGE.match(body):
                raise NotOfAwsError(came=Message("page-came", http=status))
            if self._is_json and body.strip() and body.lstrip()[:1] not in (b"{", b"["):
                raise NotOfAwsError(came=Message("no-json-came", http=status))
        try:
            return self._inner.parse(response, shape)
        except ResponseParserError as error:
            raise NotOfAwsError(came=Message("unreadable-came", http=status)) from error


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
