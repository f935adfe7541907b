"""Looking up events of CloudTrail."""

import base64
import binascii
from datetime import UTC, datetime, timedelta

from orgtools.rehearsal.operations.paging import Json
from orgtools.rehearsal.operations.registry import operation
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.world.cloudtrail import KEPT_FOR_DAYS, Recorded, document
from orgtools.rehearsal.world.identities import Caller
from orgtools.rehearsal.world.world import World

PAGE = 50


@operation("cloudtrail", "LookupEvents")
def lookup_events(world: World, caller: Caller, parameters: Json) -> Json:
    """The caller's own account's events of the last 90 days, the newest first.

    API: CloudTrail, LookupEvents. One attribute at most; ResourceType and ResourceName match nothing here.
    """
    now = world.now()
    size = parameters.get("MaxResults", PAGE)
    if not 1 <= size <= PAGE:
        raise ServiceError("InvalidMaxResultsException", f"The maximum results must be between 1 and {PAGE}.")
    attributes = parameters.get("LookupAttributes") or []
    if len(attributes) > 1:
        raise ServiceError("InvalidLookupAttributesException", "Only one lookup attribute is allowed.")
    start, end = _time(parameters.get("StartTime")), _time(parameters.get("EndTime")) or now
    if start and start > end:
        raise ServiceError("InvalidTimeRangeException", "The start time must not be after the end time.")
    begin = max(start or now - timedelta(days=KEPT_FOR_DAYS), now - timedelta(days=KEPT_FOR_DAYS))
    found = [
        event
        for event in world.trail.of(caller.account.id)
        # Times have no fractions of a second in CloudTrail.
        if begin.replace(microsecond=0) <= event.at <= end and all(_matches(event, wanted) for wanted in attributes)
    ]
    first = _place(parameters.get("NextToken"), [event.id for event in found])
    answer: Json = {"Events": [_json(event) for event in found[first : first + size]]}
    if first + size < len(found):
        answer["NextToken"] = base64.urlsafe_b64encode(found[first + size].id.encode()).decode()
    return answer


def _time(given: float | None) -> datetime | None:
    return None if given is None else datetime.fromtimestamp(given, UTC)


def _matches(event: Recorded, wanted: Json) -> bool:
    known = {
        "EventId": event.id,
        "EventName": event.name,
        "EventSource": event.source,
        "ReadOnly": str(event.read_only).lower(),
        "Username": event.caller_arn.rpartition("/")[2],
        "AccessKeyId": event.key,
    }
    return bool(known.get(wanted["AttributeKey"]) == wanted["AttributeValue"])


def _place(token: str | None, ids: list[str]) -> int:
    if token is None:
        return 0
    try:
        return ids.index(base64.urlsafe_b64decode(token.encode()).decode())
    except (ValueError, binascii.Error):
        raise ServiceError("InvalidNextTokenException", "The token is invalid.") from None


def _json(event: Recorded) -> Json:
    found: Json = {
        "EventId": event.id,
        "EventName": event.name,
        "ReadOnly": str(event.read_only).lower(),
        "EventTime": event.at.timestamp(),
        "EventSource": event.source,
        "Resources": [],
        "CloudTrailEvent": document(event),
    }
    if event.caller_arn:
        found["Username"] = event.caller_arn.rpartition("/")[2]
    if event.key:
        found["AccessKeyId"] = event.key
    return found
