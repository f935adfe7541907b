"""CloudTrail's event history: who called what, who joined and left, and how it is looked up."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Fault, Rehearsal
from orgtools.rehearsal.server import wire
from tests.rehearsal.conforming import mistakes
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SHOP, STANDALONE = "012345678901", "300000000014"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


def events(trail: Any, name: str) -> list[dict[str, Any]]:
    """Every event of a name, the newest first, as CloudTrail wrote it."""
    attributes = [{"AttributeKey": "EventName", "AttributeValue": name}]
    pages = trail.get_paginator("lookup_events").paginate(LookupAttributes=attributes)
    return [json.loads(event["CloudTrailEvent"]) for page in pages for event in page["Events"]]


def test_an_answer_has_the_models_shape(client: Make, invite: Make) -> None:
    """As it goes over the wire: calls of ours, of somebody else, and what AWS itself records."""
    answers: list[dict[str, Any]] = []
    trail = client(DESTINATION, "cloudtrail")
    trail.meta.events.register(
        "after-call", lambda http_response, **_: answers.append(json.loads(http_response.content))
    )
    invite(SHOP)
    trail.lookup_events()
    trail.lookup_events(MaxResults=1)
    found = wire.model("cloudtrail")
    assert found is not None
    shape = found.operation_model("LookupEvents").output_shape
    assert [mistakes(shape, answer) for answer in answers] == [[], []]
    assert "NextToken" in answers[1]


def test_an_invitation_tells_its_caller_and_its_handshake(rehearsal: Rehearsal, client: Make, invite: Make) -> None:
    """With the request id that the caller was given; reading calls are there, too, without what they answered."""
    handshake = invite(SHOP)
    logged = rehearsal.calls()[-1]
    client().list_roots()
    trail = client(DESTINATION, "cloudtrail")
    newest, _, by_hand = events(trail, "InviteAccountToOrganization")
    assert newest["userIdentity"]["arn"] == "arn:aws:iam::222222222222:user/operator"
    assert newest["requestParameters"]["target"] == {"type": "ACCOUNT", "id": SHOP}
    assert newest["responseElements"]["handshake"]["id"] == handshake
    assert (newest["requestID"], newest["recipientAccountId"]) == (logged.request_id, "222222222222")
    assert by_hand["responseElements"]["handshake"]["id"] == "h-outsideplan01"
    assert by_hand["userIdentity"]["arn"] == "arn:aws:iam::222222222222:user/somebody"
    (listed,) = events(trail, "ListRoots")
    assert (listed["readOnly"], listed["responseElements"]) == (True, None)


def test_a_refused_call_is_recorded_and_one_that_never_came_is_not(
    rehearsal: Rehearsal, client: Make, invite: Make
) -> None:
    """The refusal carries its code and no handshake."""
    invite(SHOP)
    rehearsal.script(Fault(operation="InviteAccountToOrganization", kind="cut", calls=(2,)))
    for _ in range(2):
        with pytest.raises(Exception, match=r"Duplicate|Connection"):
            invite(SHOP)
    refusal, *_ = events(client(DESTINATION, "cloudtrail"), "InviteAccountToOrganization")
    assert refusal["errorCode"] == "DuplicateHandshakeException"
    assert refusal["responseElements"] is None


def test_each_account_sees_its_own_events_only(client: Make, invite: Make) -> None:
    """The source is not told that its accounts are invited."""
    invite(SHOP)
    assert events(client(SOURCE, "cloudtrail"), "InviteAccountToOrganization") == []


def test_a_direct_transfer_is_told_on_both_sides(client: Make, member: Make, invite: Make) -> None:
    """The destination is told that the account joined, the source that it left by itself."""
    member(SHOP).accept_handshake(HandshakeId=invite(SHOP))
    joined = events(client(DESTINATION, "cloudtrail"), "AccountJoinedOrganization")[0]
    (left,) = events(client(SOURCE, "cloudtrail"), "AccountDepartedOrganization")
    assert joined["eventType"] == left["eventType"] == "AwsServiceEvent"
    assert (joined["serviceEventDetails"]["accountId"], joined["serviceEventDetails"]["joinedMethod"]) == (
        SHOP,
        "INVITED",
    )
    assert (left["serviceEventDetails"]["accountId"], left["serviceEventDetails"]["departureMethod"]) == (SHOP, "LEFT")
    assert "arn" not in joined["userIdentity"]


def test_being_removed_and_leaving_are_told_apart(rehearsal: Rehearsal, client: Make) -> None:
    """By the management account, and what somebody else does past the call log as well."""
    client(SOURCE).remove_account_from_organization(AccountId=STANDALONE)
    rehearsal.intervene("join", account=SHOP, organization="o-exampledst1")
    left = events(client(SOURCE, "cloudtrail"), "AccountDepartedOrganization")
    assert [(e["serviceEventDetails"]["accountId"], e["serviceEventDetails"]["departureMethod"]) for e in left] == [
        (SHOP, "LEFT"),
        (STANDALONE, "REMOVED"),
    ]


def test_pages_and_times_narrow_what_is_looked_up(rehearsal: Rehearsal, client: Make, invite: Make) -> None:
    """The newest first, page by page; what is older than 90 days is gone."""
    handshakes = [invite(account) for account in (SHOP, "300000000002", "300000000003")]
    trail = client(DESTINATION, "cloudtrail")
    wanted = [{"AttributeKey": "EventName", "AttributeValue": "InviteAccountToOrganization"}]
    pages = trail.get_paginator("lookup_events").paginate(LookupAttributes=wanted, PaginationConfig={"PageSize": 2})
    found = [[json.loads(event["CloudTrailEvent"]) for event in page["Events"]] for page in pages]
    ids = [[event["responseElements"]["handshake"]["id"] for event in page] for page in found]
    assert ids == [[handshakes[2], handshakes[1]], [handshakes[0], "h-byhandplan001"], ["h-outsideplan01"]]
    since = rehearsal.now() - timedelta(days=1)
    assert len(trail.lookup_events(LookupAttributes=wanted, StartTime=since)["Events"]) == 3
    assert len(trail.lookup_events(LookupAttributes=wanted, EndTime=since)["Events"]) == 2
    rehearsal.advance(timedelta(days=91))
    assert trail.lookup_events(LookupAttributes=wanted)["Events"] == []


def test_what_cannot_be_looked_up_is_refused_as_modelled(rehearsal: Rehearsal, client: Make) -> None:
    """Two attributes, a time that ends before it begins, a token that nobody gave."""
    trail = client(DESTINATION, "cloudtrail")
    attribute, now = {"AttributeKey": "EventName", "AttributeValue": "X"}, rehearsal.now()
    assert refused(trail.lookup_events, LookupAttributes=[attribute] * 2)[0] == "InvalidLookupAttributesException"
    assert refused(trail.lookup_events, StartTime=now, EndTime=now - timedelta(1))[0] == "InvalidTimeRangeException"
    assert refused(trail.lookup_events, NextToken="bm9uZQ==")[0] == "InvalidNextTokenException"
    with pytest.raises(ClientError, match="InvalidMaxResults"):
        trail.lookup_events(MaxResults=51)
