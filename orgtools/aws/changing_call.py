"""One changing call, and what AWS answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.calls.error_table import ErrorKind
from orgtools.aws.calls.errors import Refusal, understand
from orgtools.aws.read.organization import handshake_of
from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.aws.model import Handshake


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Attributes:
        answered: whether AWS answered at all; otherwise nobody knows yet whether the call took effect.
        refusal: why AWS refused, or why no answer came; None where it did what was asked.
        request_id: AWS's id of the call, or empty.
        handshake: the handshake that AWS answered with, or None.
        operation_id: the operation or record that AWS has begun and goes on with, or empty.
    """

    answered: bool
    refusal: Refusal | None
    request_id: str = ""
    handshake: Handshake | None = None
    operation_id: str = ""

    @property
    def handshake_id(self) -> str:
        """The id of the handshake that AWS answered with, or empty."""
        return self.handshake.id if self.handshake else ""


def call(client: Any, operation: str, parameters: Mapping[str, Any]) -> Reply:
    """Make a call once.

    Args:
        client: one that tries once, such as `Organization.changing_client`.
        operation: AWS's name, such as ``MoveAccount``.
        parameters: the call's parameters.
    """
    try:
        response = getattr(client, xform_name(operation))(**parameters)
    except (BotoCoreError, ClientError) as error:
        refusal = understand(error)
        return Reply(isinstance(error, ClientError), refusal, refusal.request_id or "")
    request_id = response["ResponseMetadata"].get("RequestId", "")
    try:
        return Reply(
            answered=True,
            refusal=_partly(response.get("Errors", ())),
            request_id=request_id,
            handshake=handshake_of(response["Handshake"]) if response.get("Handshake") else None,
            operation_id=response.get("operationIdentifier") or response.get("RecordDetail", {}).get("RecordId", ""),
        )
    except RefusedError as error:  # AWS took the call, and what it says of that cannot be read
        return Reply(False, Refusal(ErrorKind.OPERATOR, error.code, None, error.message), request_id)


def _partly(errors: Sequence[Mapping[str, str]]) -> Refusal | None:
    """What AWS did not do of a call that it took, entry by entry; None where it did all of it."""
    if not errors:
        return None
    words = "; ".join(f"{error.get('TagKey')}: {error.get('Message') or error.get('Code')}" for error in errors)
    code = errors[0].get("Code") or "Unknown"
    why = Message("refused", reason=code, words=words, then=Message("cost-tags-partly"))
    return Refusal(ErrorKind.OPERATOR, code, None, why)
