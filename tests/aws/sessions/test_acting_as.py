"""One client for every member account: each call is signed as who calls, and never as somebody else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import NoCredentialsError

from orgtools.aws.calls.rate_limits import Pacer
from orgtools.aws.sessions.acting_as import Actor
from tests.rehearsed import PLAIN, SOURCE

if TYPE_CHECKING:
    from tests.rehearsed import Run


def test_an_actor_does_not_print_its_credentials() -> None:
    """Not in a traceback, a log or a notebook."""
    actor = Actor("300000000001", ReadOnlyCredentials("AKIAMADEUP", "made-up-secret", "made-up-token"))
    assert repr(actor) == "Actor(account_id='300000000001')"


def test_every_member_calls_as_itself_however_many_call_at_once(run: Run) -> None:
    """Nine threads, three accounts, one client: the server sees each account as often as it called."""
    migration = run.open()
    with ThreadPoolExecutor(9) as pool:
        list(pool.map(lambda account_id: migration.member(account_id).received_handshakes(), PLAIN * 10))
    callers = [call.caller_account for call in run.rehearsal.calls() if call.operation == "ListHandshakesForAccount"]
    assert sorted(filter(None, callers)) == sorted(PLAIN * 10)


def test_a_changing_call_is_made_as_its_account(run: Run) -> None:
    """Also while the same thread holds another account's client."""
    migration = run.open()
    one, other = (migration.member(account_id).changing_client("organizations") for account_id in PLAIN[:2])
    for client in (one, other, one):
        with pytest.raises(client.exceptions.HandshakeNotFoundException):
            client.accept_handshake(HandshakeId="h-nosuchhandshake")
    callers = [call.caller_account for call in run.rehearsal.calls() if call.operation == "AcceptHandshake"]
    assert callers == [PLAIN[0], PLAIN[1], PLAIN[0]]


def test_who_acts_as_nobody_calls_nothing(run: Run) -> None:
    """The shared client has no credentials of its own, least of all those of a management account."""
    migration = run.open()
    migration.member(PLAIN[0]).received_handshakes()
    before = len(run.rehearsal.calls())
    client: Any = migration.source.access.members_client()
    with pytest.raises(NoCredentialsError):
        client.describe_organization()
    assert len(run.rehearsal.calls()) == before


def test_all_members_share_a_client_for_reading_and_one_that_tries_once(run: Run) -> None:
    """No operation takes a client token: a second try of a changing call must follow a look."""
    access = run.open().source.access
    reading: Any = access.members_client()
    changing: Any = access.members_client(changing=True)
    assert reading.meta.config.retries["total_max_attempts"] > 1
    assert changing.meta.config.retries["total_max_attempts"] == 1
    assert access.members_client() is reading


def test_members_take_their_own_tokens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace is kept for the account that calls and for its organization, whoever shares the client."""
    paced: list[tuple[str, str]] = []
    real = Pacer.wait

    def wait(pacer: Pacer, operation: str, *, account_id: str, organization_id: str, endpoint: str) -> float:
        if operation == "ListHandshakesForAccount":
            paced.append((account_id, organization_id))
        return real(pacer, operation, account_id=account_id, organization_id=organization_id, endpoint=endpoint)

    monkeypatch.setattr(Pacer, "wait", wait)
    migration = run.open()
    for account_id in PLAIN[:2]:
        migration.member(account_id).received_handshakes()
    assert paced == [(PLAIN[0], SOURCE), (PLAIN[1], SOURCE)]
