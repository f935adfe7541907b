"""What CloudTrail keeps of the rehearsal: every account's own calls, and who joined and left an organization.

Events are kept as they happened and rendered when somebody looks them up (`operations.trail`). Somebody else's
invitations, which scenarios and interventions make past the call log, are there too: CloudTrail does not know about
rehearsals.
"""

import json
import uuid
from collections import Counter, defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Json = dict[str, Any]

KEPT_FOR_DAYS = 90
"""How far back events can be looked up (API: CloudTrail, LookupEvents)."""
KEPT = 20_000
"""How many events of an account are kept, so that a rehearsal may run for days."""
SOMEBODY = "somebody"
"""The IAM user, in an organization's management account, who does what scenarios and interventions do there."""
_NAMESPACE = uuid.UUID(int=0)


@dataclass(frozen=True)
class Recorded:
    """One event of an account's history."""

    id: str
    at: datetime
    account: str
    name: str
    source: str
    read_only: bool
    caller_arn: str
    """Empty for what AWS itself records."""
    key: str
    details: Mapping[str, Any]
    """The members that depend on the kind of event: parameters and answer of a call, or a service event's details."""


class Trail:
    """The events of every account, in the order in which they were recorded."""

    def __init__(self) -> None:
        self._events: dict[str, deque[Recorded]] = defaultdict(lambda: deque(maxlen=KEPT))
        self._counted: Counter[str] = Counter()

    def of(self, account: str) -> list[Recorded]:
        """An account's events, the newest first."""
        return sorted(self._events[account], key=lambda event: event.at)[::-1]

    def called(
        self,
        account: str,
        arn: str,
        key: str,
        *,
        at: datetime,
        service: str,
        operation: str,
        read_only: bool,
        parameters: Json,
        answer: Json | None,
        code: str | None,
        request_id: str,
        agent: str = "",
    ) -> None:
        """Records a call in its caller's account; what a reading call answered is not kept, as at AWS."""
        details: Json = {
            "requestParameters": _lower(parameters) or None,
            "responseElements": _lower(answer) or None,
            "requestID": request_id,
            "userAgent": agent,
            "eventType": "AwsApiCall",
        }
        if code:
            details["errorCode"] = code
        source = f"{service}.amazonaws.com"
        self._add(account, at, operation, details, source=source, arn=arn, key=key, read_only=read_only)

    def invited(self, management: str, handshake: str, arn: str, target: str, at: datetime) -> None:
        """Records an invitation that somebody else has sent."""
        who = f"arn:aws:iam::{management}:user/{SOMEBODY}"
        details = {
            "requestParameters": {"target": {"type": "ACCOUNT", "id": target}},
            "responseElements": {"handshake": {"id": handshake, "arn": arn, "state": "OPEN"}},
            "eventType": "AwsApiCall",
        }
        self._add(management, at, "InviteAccountToOrganization", details, arn=who)

    def moved(self, management: str, account: str, organization: str, at: datetime, *, joined: str, left: str) -> None:
        """Records that an account joined or left (user guide, orgs_cloudtrail-integration; since 2026-05-28).

        API: AcceptHandshake, RemoveAccountFromOrganization and LeaveOrganization name the members for method and time.
        That the account stands in `accountId` beside them is ours.
        """
        when = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        how = (
            {"joinedMethod": joined, "joinedTime": when} if joined else {"departureMethod": left, "departureTime": when}
        )
        name = "AccountJoinedOrganization" if joined else "AccountDepartedOrganization"
        details = {
            "serviceEventDetails": {"accountId": account, "organizationId": organization, **how},
            "eventType": "AwsServiceEvent",
        }
        self._add(management, at, name, details)

    def _add(
        self,
        account: str,
        at: datetime,
        name: str,
        details: Mapping[str, Any],
        *,
        source: str = "organizations.amazonaws.com",
        arn: str = "",
        key: str = "",
        read_only: bool = False,
    ) -> None:
        events = self._events[account]
        self._counted[account] += 1
        event_id = str(uuid.uuid5(_NAMESPACE, f"{account}/{self._counted[account] - 1}"))
        events.append(Recorded(event_id, at, account, name, source, read_only, arn, key, details))


def document(event: Recorded) -> str:
    """The event as CloudTrail writes it (CloudTrail user guide, cloudtrail-event-reference-record-contents)."""
    identity: Json = {"accountId": event.account, "invokedBy": "organizations.amazonaws.com"}
    if event.caller_arn:
        kind = "AssumedRole" if ":assumed-role/" in event.caller_arn else "IAMUser"
        identity = {"type": kind, "arn": event.caller_arn, "accountId": event.account}
        if event.key:
            identity["accessKeyId"] = event.key
    return json.dumps(
        {
            "eventVersion": "1.11",
            "userIdentity": identity,
            "eventTime": event.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "eventSource": event.source,
            "eventName": event.name,
            "awsRegion": "us-east-1",
            "readOnly": event.read_only,
            "eventID": event.id,
            "managementEvent": True,
            "recipientAccountId": event.account,
            "eventCategory": "Management",
            **event.details,
        }
    )


def _lower(value: Any) -> Any:
    """CloudTrail begins the names of members with a small letter."""
    if isinstance(value, dict):
        return {name[:1].lower() + name[1:]: _lower(item) for name, item in value.items()}
    return [_lower(item) for item in value] if isinstance(value, list) else value
