"""CloudTrail's events as values, and looking them up: where, how fast, and what a refusal says."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import botocore.session
import pytest

from orgtools.aws.calls.rate_limits import ELSEWHERE, PACED_SERVICES, Pacer
from orgtools.aws.read.cloudtrail import INVITED, JOINED, event_of
from orgtools.aws.sessions.handles import entered
from orgtools.exceptions import RefusedError
from orgtools.rehearsal import Fault
from tests import rehearsed, values
from tests.said import says

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

_MANAGEMENT: Final = "222222222222"


def _answer(name: str, **told: Any) -> dict[str, Any]:
    return {
        "EventId": "event-1",
        "EventName": name,
        "EventTime": values.NOW,
        "CloudTrailEvent": json.dumps({"eventType": "AwsApiCall"} | told),
    }


def test_an_invitation_tells_caller_account_and_handshake() -> None:
    """Identity Center names its sessions after people: their addresses are masked."""
    arn = "arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_Admin/jane@example.com"
    event = event_of(
        _answer(
            INVITED,
            userIdentity={"arn": arn},
            requestParameters={"target": {"type": "ACCOUNT", "id": values.ACCOUNT}},
            responseElements={"handshake": {"id": "h-0000000001"}},
        ),
        _MANAGEMENT,
    )
    assert event.caller == arn.replace("jane@", "j***@")
    assert (event.account_id, event.handshake_id, event.how) == (values.ACCOUNT, "h-0000000001", "")


def test_an_invitation_by_address_or_refused_names_no_account_and_no_handshake() -> None:
    """CloudTrail writes null where there was no answer."""
    target = {"type": "EMAIL", "id": "HIDDEN_DUE_TO_SECURITY_REASONS"}
    event = event_of(_answer(INVITED, requestParameters={"target": target}, responseElements=None), _MANAGEMENT)
    assert (event.account_id, event.handshake_id, event.caller) == ("", "", "")


@pytest.mark.parametrize(
    "details",
    [
        {"accountId": values.ACCOUNT, "joinedMethod": "Invited"},
        {"managementAccountId": _MANAGEMENT, "memberAccountId": values.ACCOUNT, "joinedMethod": "INVITED"},
        {"joinedMethod": "INVITED", "account": {"id": values.ACCOUNT}},
    ],
)
def test_who_joined_is_found_whatever_aws_calls_the_member(details: dict[str, Any]) -> None:
    """Its documentation names the members for method and time only."""
    event = event_of(_answer(JOINED, eventType="AwsServiceEvent", serviceEventDetails=details), _MANAGEMENT)
    assert (event.account_id, event.how) == (values.ACCOUNT, "INVITED")


def test_who_joined_may_stay_unsaid() -> None:
    """The event counts all the same."""
    event = event_of(_answer(JOINED, eventType="AwsServiceEvent", userIdentity={}), _MANAGEMENT)
    assert (event.name, event.account_id) == (JOINED, "")


def test_events_are_looked_up_page_by_page_since_a_moment(run: Run, rehearsal: Rehearsal) -> None:
    """Sixty invitations are two pages."""
    rehearsal.intervene("quota", organization=rehearsed.DESTINATION, accounts=100)
    for _ in range(60):
        sent = rehearsal.intervene("invite", organization=rehearsed.DESTINATION, account=rehearsed.PLAIN[0])
        rehearsal.intervene("cancel", handshake=sent["handshake"])
    migration = run.open()
    found = migration.destination.trail(INVITED, rehearsal.now() - timedelta(days=1))
    assert len({event.handshake_id for event in found}) == 60
    assert len(migration.destination.trail(INVITED, rehearsal.now() - timedelta(days=6))) == 61
    assert sum(call.operation == "LookupEvents" for call in rehearsal.calls()) == 4


def test_organizations_events_are_looked_up_where_they_are_written(
    run: Run, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In us-east-1, whatever region the operator works in."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    migration = run.open()
    made: list[tuple[str, str]] = []
    real = type(migration.destination.access).client

    def client(self: Any, service: str, **given: Any) -> Any:
        made.append((service, given.get("region", "")))
        return real(self, service, **given)

    monkeypatch.setattr(type(migration.destination.access), "client", client)
    migration.destination.trail(INVITED, rehearsal.now())
    assert made == [("cloudtrail", "us-east-1")]


def test_a_refusal_names_the_permission(run: Run, rehearsal: Rehearsal) -> None:
    """And the side."""
    migration = run.open()
    rehearsal.script(Fault(operation="LookupEvents", kind="refuse", calls=(1,), code="AccessDeniedException"))
    with pytest.raises(RefusedError) as caught:
        migration.source.trail(INVITED, rehearsal.now())
    assert says(caught.value.message, "side-refused", side="source")
    assert says(caught.value.message, "grant", action="cloudtrail:LookupEvents", whom="caller")


def test_looking_up_is_paced(run: Run, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two a second, says AWS; the operations that are paced exist."""
    waited: list[str] = []
    migration = run.open()
    monkeypatch.setattr(Pacer, "wait", lambda _, operation, **__: waited.append(operation))
    migration.destination.trail(INVITED, rehearsal.now())
    assert waited == ["LookupEvents"]
    known = {name for service in PACED_SERVICES for name in _operations(service)}
    assert ELSEWHERE.keys() <= known
    assert (ELSEWHERE["LookupEvents"].per_second, ELSEWHERE["LookupEvents"].burst) == (2, 2)


@pytest.mark.parametrize("account_id", ["", rehearsed.PLAIN[0]])
def test_so_is_assessing_who_called(account_id: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a management account and in a member: the rates are one account's, whoever looks."""
    waited: list[str] = []
    migration = run.open()
    monkeypatch.setattr(Pacer, "wait", lambda _, operation, **__: waited.append(operation))
    looking = ["cloudtrail:LookupEvents"]
    vantage = migration.inside(account_id) if account_id else migration.vantage("source")
    # What an earlier test of this process has opened leads to a rehearsal that is gone.
    with entered(migration.ways), vantage.opened(seconds=30) as view, view.only(looking):
        list(view.pages("cloudtrail", "LookupEvents", "Events"))
    assert "LookupEvents" in waited


def _operations(service: str) -> list[str]:
    names: list[str] = botocore.session.Session().get_service_model(service).operation_names
    return names
