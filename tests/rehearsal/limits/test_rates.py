"""The published token buckets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.limits.rates import Buckets, Limit
from orgtools.rehearsal.operations import registry
from orgtools.rehearsal.refusals import ServiceError
from tests.rehearsal.refusing import refused
from tests.rehearsed import STILL

Make = Callable[..., Any]
LIMITS: dict[str, Limit] = {
    name: held.rate for name, held in registry.of("organizations").items() if held.rate and held.rate != Limit()
}
"""The published ones."""
START = datetime(2026, 1, 1, tzinfo=UTC)


def allowed(buckets: Buckets, operation: str, account: str, organization: str, now: datetime) -> bool:
    """Whether a call gets through."""
    try:
        buckets.take(operation, LIMITS[operation], account, [organization], now)
    except ServiceError as refusal:
        return refusal.code != "TooManyRequestsException"
    return True


@pytest.mark.parametrize("operation", sorted(LIMITS))
def test_a_bucket_gives_its_burst_and_then_its_rate(operation: str) -> None:
    """For one caller the tighter of the two buckets decides, at first and in the long run."""
    limit, buckets = LIMITS[operation], Buckets()
    pairs = [pair for pair in (limit.account, limit.organization) if pair]
    burst, rate = min(pair[1] for pair in pairs), min(pair[0] for pair in pairs)
    at_once = sum(allowed(buckets, operation, "a", "o", START) for _ in range(50))
    assert at_once == burst
    later = START
    through = 0
    for _ in range(1000):
        later += timedelta(seconds=0.01)
        through += allowed(buckets, operation, "a", "o", later)
    assert abs(through - 10 * rate) <= 1


def test_an_organizations_bucket_is_shared_by_its_accounts() -> None:
    """Five acceptances at once, whichever accounts accept."""
    buckets = Buckets()
    through = [allowed(buckets, "AcceptHandshake", f"a{number}", "o", START) for number in range(7)]
    assert through == [True] * 5 + [False] * 2


def test_a_refused_call_takes_no_token() -> None:
    """Whoever keeps knocking is not locked out for longer."""
    buckets = Buckets()
    for _ in range(100):
        allowed(buckets, "LeaveOrganization", "a", "o", START)
    assert allowed(buckets, "LeaveOrganization", "a", "o", START + timedelta(seconds=1.001))


def test_the_rehearsal_throttles_only_when_switched_on(rehearsal: Rehearsal, client: Make) -> None:
    """ListRoots has a burst of two; the refusal is logged like any other."""
    organizations = client()
    for _ in range(6):
        organizations.list_roots()
    rehearsal.set_speed(STILL)
    rehearsal.switch(rates=True)
    organizations.list_roots()
    organizations.list_roots()
    assert refused(organizations.list_roots) == ("TooManyRequestsException", None)
    assert rehearsal.calls()[-1].code == "TooManyRequestsException"


def test_the_clock_refills_the_buckets(rehearsal: Rehearsal, client: Make) -> None:
    """So a faster clock scales the rates, and while it stands still nothing comes in."""
    rehearsal.set_speed(STILL)
    rehearsal.switch(rates=True)
    for _ in range(2):
        client().list_roots()
    assert refused(client().list_roots) == ("TooManyRequestsException", None)
    rehearsal.advance(timedelta(seconds=2))
    assert client().list_roots()["Roots"]


def test_an_answer_to_an_invitation_counts_for_the_inviting_organization(
    rehearsal: Rehearsal, member: Make, client: Make
) -> None:
    """Five at once, of accounts that are in no organization: which one is meant AWS does not say."""
    ids = [f"30000000000{number}" for number in range(6)]
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": ["111111111111"]}]
    manager = {"id": "o-sourceorg001", "root": "r-srce", "management": "111111111111", "profile": "rehearsal-source"}
    rehearsal.reset(
        {
            "name": "counted",
            "organizations": [{**manager, "account_quota": 20}],
            "accounts": [{"id": one, "name": one, "email": f"{one}@example.com", "roles": roles} for one in ids],
            "invitations": [
                {"id": f"h-toaccount{number}", "organization": "o-sourceorg001", "account": one}
                for number, one in enumerate(ids)
            ],
        }
    )
    rehearsal.set_speed(STILL)
    rehearsal.switch(rates=True)
    *first, last = (member(one) for one in ids)
    for number, invited in enumerate(first):
        invited.decline_handshake(HandshakeId=f"h-toaccount{number}")
    assert refused(last.decline_handshake, HandshakeId="h-toaccount5") == ("TooManyRequestsException", None)
