"""Errors of AWS, understood: what follows from one, and what the operator does about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as BotoConnectionError

from orgtools.aws.entering import beside_a_proxy
from orgtools.aws.genuine import NotOfAwsError, is_page
from orgtools.aws.remedies import BY_NAME, LATER, RESTS, SUPPORT, Kind
from orgtools.messages import Message

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
        message: AWS's own words.
        next_step: what the operator does, a sentence.
        request_id: AWS's request id, or None where no answer came.
    """

    kind: Kind
    code: str
    reason: str | None
    message: str
    next_step: str
    request_id: str | None = None

    @property
    def name(self) -> str:
        """The most telling name: the reason where there is one, else the class."""
        return self.reason or self.code

    @property
    def denied(self) -> str:
        """The IAM action that is missing, as AWS's words name it, or empty: one call may need more than one."""
        match = _MISSING.search(self.message) if "AccessDenied" in self.code else None
        return match[1] if match else ""

    @property
    def rest(self) -> timedelta | None:
        """For how long the call is not worth making again; None where that does not depend on time."""
        return RESTS[self.name] if self.kind is Kind.WAIT else None

    def as_message(self) -> Message:
        """AWS's name for it and AWS's words, with what to do."""
        return Message("refused", reason=self.name, words=self.message.removesuffix("."), next=self.next_step)

    def __str__(self) -> str:
        """AWS's name for it and AWS's words."""
        return f"{self.name}: {self.message.removesuffix('.')}"


def understand(error: Exception) -> Refusal:
    """Read a boto3 error: its class, its reason, what follows and what the operator does.

    Args:
        error: a botocore ``ClientError`` (AWS answered) or another ``BotoCoreError`` (no usable answer came).

    Raises:
        TypeError: for any other exception: that is a defect of orgtools, not a refusal of AWS.
    """
    if isinstance(error, ClientError):
        detail = error.response.get("Error", {})
        code = str(detail.get("Code", "Unknown"))
        reason = error.response.get("Reason")
        metadata = error.response.get("ResponseMetadata", {})
        kind, next_step = BY_NAME.get(str(reason), BY_NAME.get(code, (Kind.OPERATOR, "")))
        if reason and reason not in BY_NAME and code.endswith("ConstraintViolationException"):
            next_step = f"AWS gives the reason {reason}; do what it names, then run again."
        if not next_step:
            status = metadata.get("HTTPStatusCode", 0)
            kind = Kind.RETRY if status >= 500 else Kind.OPERATOR  # noqa: PLR2004 (HTTP's server errors)
            next_step = LATER if kind is Kind.RETRY else f"orgtools does not know this answer. {SUPPORT}"
        message = str(detail.get("Message") or "no words given")
        if is_page(message):
            message, next_step = "a page came in the place of AWS's answer", f"{next_step} {beside_a_proxy()}"
        return Refusal(
            kind=kind,
            code=code,
            reason=str(reason) if reason else None,
            message=message,
            next_step=next_step,
            request_id=metadata.get("RequestId"),
        )
    if isinstance(error, NotOfAwsError):
        return Refusal(
            kind=Kind.OPERATOR,
            code=type(error).__name__,
            reason=None,
            message=f"{error} in the place of AWS's answer; whether a call took effect is read from AWS",
            next_step=beside_a_proxy(),
        )
    if isinstance(error, (HTTPClientError, BotoConnectionError)):
        return Refusal(
            kind=Kind.RETRY,
            code=type(error).__name__,
            reason=None,
            message=f"no answer came ({type(error).__name__}); whether the call took effect is read from AWS",
            next_step=LATER,
        )
    if isinstance(error, BotoCoreError):
        return Refusal(
            kind=Kind.OPERATOR,
            code=type(error).__name__,
            reason=None,
            message=str(error),
            next_step="Correct what is named, then run again.",
        )
    raise TypeError(type(error).__name__) from error


def is_passing(error: BaseException) -> bool:
    """Whether an error of ours was caused by something at AWS that passes by itself: busy, or no answer at all."""
    cause = error.__cause__
    return isinstance(cause, (BotoCoreError, ClientError)) and understand(cause).kind is Kind.RETRY
