"""Errors of AWS, understood: what follows from one, and what the operator does about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotoConnectionError

from orgtools.aws.calls.answers import NotOfAwsError, is_page
from orgtools.aws.calls.entry_errors import beside_a_proxy
from orgtools.aws.calls.error_table import BY_NAME, RESTS, ErrorKind, remedy
from orgtools.messages import Message, next_step

if TYPE_CHECKING:
    from datetime import timedelta

_MISSING: Final = re.compile(r"not authorized to perform: ([\w-]+:\w+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refusal, understood.

    Attributes:
        kind: what follows.
        code: AWS's error class, or the Python class of a connection error.
        reason: AWS's ``Reason``, or None.
        why: AWS's name for it and AWS's words, or what came in their place; with what the operator does.
        request_id: AWS's request id, or None where no answer came.
    """

    kind: ErrorKind
    code: str
    reason: str | None
    why: Message
    request_id: str | None = None

    @property
    def name(self) -> str:
        """The most telling name: the reason where there is one, else the class."""
        return self.reason or self.code

    @property
    def words(self) -> str:
        """AWS's own words; empty where none came."""
        return str(self.why.facts.get("words", ""))

    @property
    def message(self) -> str:
        """AWS's own words; where none came, what happened instead."""
        return self.words or str(self.why)

    @property
    def then(self) -> tuple[Message, ...]:
        """What the operator does, a sentence each."""
        then = self.why.facts.get("then", ())
        return tuple(one for one in (then if isinstance(then, tuple) else (then,)) if isinstance(one, Message))

    @property
    def next_step(self) -> str:
        """What the operator does, in words."""
        return next_step(self.why)

    @property
    def denied(self) -> str:
        """The IAM action that is missing, as AWS's words name it, or empty: one call may need more than one."""
        match = _MISSING.search(self.words) if self.is_denial else None
        return match[1] if match else ""

    @property
    def is_denial(self) -> bool:
        """Whether AWS says that the caller may not."""
        return "AccessDenied" in self.code

    @property
    def rest(self) -> timedelta | None:
        """For how long the call is not worth making again; None where that does not depend on time."""
        return RESTS[self.name] if self.kind is ErrorKind.WAIT else None

    def after_a_look(self, *granted: Message) -> tuple[Message, ...]:
        """What the operator does where nothing was to be changed; ``granted``: where the caller may not look."""
        if self.is_denial:
            return granted
        return (Message("look-later"),) if self.kind is ErrorKind.RETRY else self.then

    def remedied(self, *then: Message) -> Refusal:
        """The same refusal, with something else to do."""
        return replace(self, why=Message(self.why.code, **{**self.why.facts, "then": then}))

    def __str__(self) -> str:
        return str(self.why)


def understand(error: Exception) -> Refusal:
    """Read a boto3 error: its class, its reason, what follows and what the operator does.

    Args:
        error: a botocore ``ClientError`` (AWS answered) or another ``BotoCoreError`` (no usable answer came).

    Raises:
        TypeError: for any other exception: that is a defect of orgtools, not a refusal of AWS.
    """
    name = type(error).__name__
    if isinstance(error, ClientError):
        return _answered(error)
    if isinstance(error, NotOfAwsError):
        why = Message("answer-not-of-aws", reason=name, why=error.came, then=beside_a_proxy())
        return Refusal(ErrorKind.OPERATOR, name, None, why)
    if isinstance(error, (HTTPClientError, BotoConnectionError)):
        return Refusal(ErrorKind.RETRY, name, None, Message("no-answer", reason=name, then=Message("later")))
    if isinstance(error, BotoCoreError):
        named = Message("correct-what-is-named")
        return Refusal(ErrorKind.OPERATOR, name, None, Message("refused", reason=name, words=str(error), then=named))
    raise TypeError(name) from error


def _answered(error: ClientError) -> Refusal:
    """What AWS itself says."""
    detail = error.response.get("Error", {})
    code = str(detail.get("Code", "Unknown"))
    reason = error.response.get("Reason")
    metadata = error.response.get("ResponseMetadata", {})
    known = next((name for name in (str(reason), code) if name in BY_NAME), None)
    if known is not None:
        kind, then = BY_NAME[known], remedy(known)
    else:
        kind = ErrorKind.RETRY if metadata.get("HTTPStatusCode", 0) >= 500 else ErrorKind.OPERATOR  # noqa: PLR2004 (HTTP's server errors)
        then = Message("later" if kind is ErrorKind.RETRY else "error-unknown")
    if reason and reason not in BY_NAME and code.endswith("ConstraintViolationException"):
        then = Message("reason-unknown", reason=str(reason))
    words = str(detail.get("Message") or "")
    shown = str(reason or code)
    if is_page(words):
        why = Message("answer-is-page", reason=shown, then=[then, *beside_a_proxy()])
    elif words:
        why = Message("refused", reason=shown, words=words, then=then)
    else:
        why = Message("refused-without-words", reason=shown, then=then)
    return Refusal(kind, code, str(reason) if reason else None, why, metadata.get("RequestId"))


def is_passing(error: BaseException) -> bool:
    """Whether an error of ours was caused by something at AWS that passes by itself: busy, or no answer at all."""
    cause = error.__cause__
    return isinstance(cause, (BotoCoreError, ClientError)) and understand(cause).kind is ErrorKind.RETRY
