"""One organization, read in bulk from the rehearsal: whole, through empty pages, and with what could not be seen."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from orgtools.aws.calls.rate_limits import PER_ACCOUNT, Pacer
from orgtools.aws.read.organization import handshake_of
from orgtools.messages import Message
from orgtools.rehearsal.limits.faults import Fault
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY
from tests import rehearsed, values
from tests.rehearsed import do
from tests.said import says

if TYPE_CHECKING:
    from typing import Any

    from tests.rehearsed import Run


def _many(count: int) -> dict[str, Any]:
    tables = rehearsed.scenario()
    tables["organizations"][0]["accounts"] += [
        {"id": f"6{number:011d}", "name": f"n{number}", "email": f"n{number}@example.com", "unit": "Legacy"}
        for number in range(count)
    ]
    tables["organizations"][0]["account_quota"] = count + 20
    return tables


@pytest.mark.parametrize("empty_pages", [0.0, 0.5])
def test_lists_are_followed_to_their_end(run: Run, empty_pages: float) -> None:
    """Pages of 20, also where some are empty."""
    run.rehearsal.reset(_many(45))
    run.rehearsal.switch(empty_pages=empty_pages)
    side = run.open().observe().source
    assert len(side.accounts) == 45 + 9 + 1
    assert {unit.path for unit in side.units.values()} == {"/", "/Legacy", "/Elsewhere"}


def test_what_aws_says_arrives_as_values(run: Run) -> None:
    """Ids with names, states and places; times in UTC; addresses masked."""
    snapshot = run.open().observe()
    account = snapshot.source.accounts[rehearsed.PLAIN[0]]
    assert (account.name, account.email, account.state) == ("account-001", "a***@example.com", "ACTIVE")
    assert account.joined_at.tzinfo is UTC
    assert snapshot.source.path_of(account.id) == "/Legacy"
    assert snapshot.source.delegated_administrators == frozenset({rehearsed.DELEGATED})
    assert snapshot.destination.account_quota == 40
    assert snapshot.destination.path_of(rehearsed.RESIDENT) == "/Workloads/Prod"
    (pending,) = snapshot.destination.handshakes
    assert pending.id == rehearsed.OUTSIDE_INVITATION
    assert pending.is_invitation_of(snapshot.destination.identity)
    assert pending.requested_at
    assert pending.requested_at.tzinfo is UTC
    assert snapshot.unknown == ()


def test_places_are_found_where_aws_leaves_paths_out(run: Run) -> None:
    """Older answers carry none: ListParents is asked for each account."""
    run.rehearsal.switch(paths=False)
    snapshot = run.open().observe()
    assert snapshot.destination.path_of(rehearsed.RESIDENT) == "/Workloads/Prod"
    assert "ListParents" in {call.operation for call in run.rehearsal.calls()}


def test_aws_s_clock_counts(run: Run) -> None:
    """Not this machine's: whether an invitation has expired is decided there."""
    migration = run.open()
    run.rehearsal.advance(timedelta(days=100))
    before = run.rehearsal.now().replace(microsecond=0)
    assert before <= migration.observe().taken_at <= run.rehearsal.now()


def test_what_is_missing_is_named_unless_the_picture_is_worthless(run: Run) -> None:
    """A side effect of a missing permission is one sentence, not an exception."""
    run.rehearsal.script(Fault("ListServiceQuotas", "refuse", probability=1.0, code="AccessDeniedException"))
    snapshot = run.open().observe()
    assert snapshot.destination.account_quota is None
    (unknown,) = snapshot.unknown
    assert (unknown.code, unknown.facts["side"]) == ("side-refused", "destination")
    assert says(unknown, "grant", action="servicequotas:ListServiceQuotas", whom="caller")


def test_a_look_without_an_answer_says_that_nothing_was_changed(run: Run) -> None:
    """Nothing was asked for that could have gone through: there is no call to check."""
    run.rehearsal.script(Fault("ListServiceQuotas", "server_error", probability=1.0))
    (unknown,) = run.open().observe().unknown
    assert says(unknown, "side-refused", action="servicequotas:ListServiceQuotas", then=(Message("look-later"),))


def test_reads_are_repeated_by_themselves(run: Run) -> None:
    """A throttled or failing list is no answer for the operator."""
    migration = run.open()
    run.rehearsal.script(
        Fault("ListAccounts", "throttle", calls=[1]), Fault("ListHandshakesForOrganization", "cut", calls=[1])
    )
    assert migration.observe().unknown == ()


def test_changing_calls_are_never_repeated_by_botocore(run: Run) -> None:
    """Only the engine repeats, after it has looked."""
    migration = run.open()
    run.rehearsal.script(Fault("MoveAccount", "server_error", probability=1.0))
    client: Any = migration.destination.changing_client
    parameters = {"AccountId": rehearsed.RESIDENT, "SourceParentId": "r-dst1", "DestinationParentId": "r-dst1"}
    with pytest.raises(client.exceptions.ServiceException):
        client.move_account(**parameters)
    assert len(run.changing()) == 1


def test_every_call_of_a_whole_migration_is_paced_and_classified(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No client escapes the pacer, and its table has a rate for everything that is called; held against the server."""
    waited: Counter[str] = Counter()

    def wait(_: Pacer, operation: str, *, account_id: str, organization_id: str, **_endpoint: str) -> float:
        waited[operation] += 1
        assert account_id
        assert organization_id or operation == "DescribeOrganization"
        return 0.0

    monkeypatch.setattr(Pacer, "wait", wait)
    migration = run.assessed()
    for step in (INVITE, LEAVE, ACCEPT, PLACE, VERIFY):
        do(migration, step)
    called = Counter(call.operation for call in run.rehearsal.calls() if call.service == "organizations")
    assert waited == called
    assert called.keys() <= PER_ACCOUNT.keys()


def test_parties_come_in_no_fixed_order() -> None:
    """And an invitation by address belongs to no account that anybody knows."""
    answer: dict[str, Any] = {
        "Id": "h-0000000001",
        "Arn": "arn:aws:organizations::222222222222:handshake/o-destinatn01/invite/h-0000000001",
        "Parties": [{"Id": "300000000001", "Type": "ACCOUNT"}, {"Id": "o-destinatn01", "Type": "ORGANIZATION"}],
        "State": "OPEN",
        "RequestedTimestamp": values.NOW,
        "ExpirationTimestamp": values.NOW,
        "Action": "INVITE",
    }
    assert handshake_of(answer).account_id == "300000000001"
    assert handshake_of(answer | {"Parties": answer["Parties"][::-1]}) == handshake_of(answer)
    by_email = handshake_of(answer | {"Parties": [{"Id": "jane@example.com", "Type": "EMAIL"}]})
    assert (by_email.account_id, by_email.target) == (None, "j***@example.com")
