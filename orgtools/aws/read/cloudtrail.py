"""What CloudTrail tells about an organization: who invited whom, who joined and who left.

Organizations writes its events in the partition's home region only, into the management account's event history. That
reaches back 90 days and shows a call some minutes after it was made. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls import answers
from orgtools.aws.masking import mask_emails

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

INVITED: Final = "InviteAccountToOrganization"
JOINED: Final = "AccountJoinedOrganization"
DEPARTED: Final = "AccountDepartedOrganization"

_ACCOUNT_ID: Final = re.compile(r"\d{12}")


@dataclass(frozen=True, slots=True)
class TrailEvent:
    """One event of a management account's history.

    Attributes:
        id: CloudTrail's own id.
        name: the operation, or JOINED or DEPARTED.
        at: when it happened, UTC.
        caller: the ARN of who called, e-mail addresses masked; empty where AWS itself tells.
        account_id: the account that was invited, joined or left; empty where the event does not say.
        handshake_id: the handshake that a call was answered with, or empty.
        how: INVITED, CREATED, LEFT, REMOVED or CLEANED; empty for calls.
    """

    id: str
    name: str
    at: datetime
    caller: str
    account_id: str
    handshake_id: str
    how: str


def event_of(answer: dict[str, Any], management_account_id: str) -> TrailEvent:
    """A `TrailEvent` from an entry of LookupEvents."""
    told = answers.document(answer["CloudTrailEvent"], "CloudTrailEvent", "Event")
    details = told.part("serviceEventDetails")
    parameters, elements = told.part("requestParameters"), told.part("responseElements")
    named = parameters.part("target").get("id", "")
    if told.get("eventType") == "AwsServiceEvent":
        # AWS documents the members for method and time, and not the one that names the account.
        named = next((held for held in _texts([details, parameters, elements]) if held != management_account_id), "")
    return TrailEvent(
        id=answer["EventId"],
        name=answer["EventName"],
        at=answer["EventTime"].astimezone(UTC),
        caller=mask_emails(told.part("userIdentity").get("arn", "")),
        account_id=named if _ACCOUNT_ID.fullmatch(named) else "",
        handshake_id=elements.part("handshake").get("id", ""),
        how=str(details.get("joinedMethod") or details.get("departureMethod") or "").upper(),
    )


def _texts(held: object) -> Iterator[str]:
    """Every account id in JSON values, in their order."""
    if isinstance(held, str) and _ACCOUNT_ID.fullmatch(held):
        yield held
    elif isinstance(held, dict | list):
        for inner in held.values() if isinstance(held, dict) else held:
            yield from _texts(inner)
