"""A wave of 500 accounts under AWS's published rates: never throttled, and not slower than the rates make it."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import boto3
import pytest
from botocore.config import Config

from orgtools import assess, steps
from orgtools.aws.calls.rate_limits import PER_ACCOUNT, PER_ORGANIZATION
from orgtools.rehearsal.scenario.plain_wave import DESTINATION
from tests.benchmarks.waves import say, throttled
from tests.rehearsed import DECIDING, confirmed

if TYPE_CHECKING:
    import orgtools
    from orgtools.aws.calls.rate_limits import Rate
    from orgtools.rehearsal import LoggedCall
    from tests.benchmarks.waves import Waves

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]

ACCOUNTS: Final = 500
BOUND: Final = 1.10
SHARE: Final = 0.01
WORKERS: Final = 8
_SAMPLE: Final = 200


@dataclass(frozen=True)
class Measured:
    """A step, its changing call, the bucket that binds it, and how many calls an account costs while it performs."""

    step: steps.Step
    operation: str
    rate: Rate
    calls: int = 1


STEPS: Final = (
    Measured(steps.INVITE, "InviteAccountToOrganization", PER_ACCOUNT["InviteAccountToOrganization"]),
    # An account accepts once: what binds is the bucket that all members of the source share. Before, it looks.
    Measured(steps.ACCEPT, "AcceptHandshake", PER_ORGANIZATION["AcceptHandshake"], calls=2),
    Measured(steps.PLACE, "MoveAccount", PER_ACCOUNT["MoveAccount"]),
)


@dataclass(frozen=True)
class Pace:
    """How one step kept up with its rates. Seconds are AWS's, by the virtual clock.

    Attributes:
        name: the step.
        calls: from its first changing call to its last, as the server saw them.
        allowed: what the rate of that operation allows for them.
        boto3: what boto3 alone needs for as many calls on this machine, flat out, without any rate.
        whole: all that `apply` takes: the looks at both organizations before and after are in it.
        looks: what the published rates allow for the list pages of those looks, the slowest list.
    """

    name: str
    calls: float
    allowed: float
    boto3: float
    whole: float
    looks: float

    def __str__(self) -> str:
        """As ratios."""
        return (
            f"{self.name}: its calls took {self.calls / self.allowed:.3f} x what their rate allows "
            f"(boto3 flat out: {self.boto3 / self.allowed:.2f} x); "
            f"with the looks {self.whole / (self.allowed + self.looks):.3f} x what all rates allow"
        )


def test_the_calls_of_a_wave_keep_up_with_the_published_rates(waves: Waves) -> None:
    """At 50-fold speed, where each millisecond of this machine counts fifty: hardly a call is throttled.

    The bound holds where the rate is the limit and not the machine: where boto3 alone, flat out and without any rate,
    needs less than half of what the rate allows. Accepting takes two calls for each account, which at this speed is
    more than many machines do; it is printed, and the next test holds it.
    """
    for pace in _paces(waves, speed=50.0):
        if pace.boto3 < pace.allowed / 2:
            assert pace.calls <= BOUND * pace.allowed, pace


def test_a_wave_with_all_its_looks_keeps_up_with_the_published_rates(waves: Waves) -> None:
    """At 5-fold speed, everything that a step does is counted, from the approval to the last confirmation."""
    for pace in _paces(waves, speed=5.0):
        assert pace.whole <= BOUND * (pace.allowed + pace.looks), pace


def _paces(waves: Waves, speed: float) -> list[Pace]:
    """Move the wave; hardly a call is throttled, and nobody is told of one that was."""
    waves.new_world(ACCOUNTS, speed=speed)
    migration = waves.open(waves.new_run(ACCOUNTS, speed=speed))
    assess.assess(migration, checks=DECIDING)
    paces = [_pace(waves, migration, measured, speed) for measured in STEPS]
    calls = waves.rehearsal.calls()
    share = throttled(calls) / len(calls)
    say(f"rates, {ACCOUNTS} accounts at {speed:.0f}-fold speed: {share:.2%} of {len(calls)} calls throttled")
    for pace in paces:
        say(f"  {pace}")
    assert share < SHARE
    return paces


def _pace(waves: Waves, migration: orgtools.Migration, measured: Measured, speed: float) -> Pace:
    """Preview, approve, apply; every account is confirmed."""
    flat_out = _flat_out(waves) * ACCOUNTS * measured.calls * speed
    shown = steps.preview(migration, measured.step)
    approval = steps.approve(shown, shown.phrase)
    before = len(waves.rehearsal.calls())
    start = time.monotonic()
    result = steps.apply(migration, shown, approval)
    taken = (time.monotonic() - start) * speed
    assert len(confirmed(result)) == ACCOUNTS
    assert not [one for one in result.outcomes if "TooManyRequests" in str(one.why) + one.next_step]
    calls = waves.rehearsal.calls(since=before)
    made = [call for call in calls if call.operation == measured.operation]
    return Pace(
        name=measured.step.name,
        calls=(made[-1].at - made[0].at).total_seconds(),
        allowed=(ACCOUNTS - measured.rate.burst) / measured.rate.per_second,
        boto3=flat_out,
        whole=taken,
        looks=max(_pages(calls, listing) for listing in ("ListAccounts", "ListHandshakesForOrganization")),
    )


def _pages(calls: list[LoggedCall], operation: str) -> float:
    """Seconds that the published rate allows for the pages that the destination's management account read."""
    pages = sum((call.operation, call.caller_account) == (operation, DESTINATION) for call in calls)
    return pages / PER_ACCOUNT[operation].per_second


def _flat_out(waves: Waves) -> float:
    """Seconds that boto3 alone takes for a small call, with as many threads and no rate."""
    client = boto3.Session(profile_name="rehearsal-destination").client(
        "organizations", config=Config(max_pool_connections=WORKERS)
    )
    waves.rehearsal.switch(rates=False)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda _: client.describe_organization(), range(WORKERS)))
        start = time.monotonic()
        list(pool.map(lambda _: client.describe_organization(), range(_SAMPLE)))
        taken = time.monotonic() - start
    client.close()
    waves.rehearsal.switch(rates=True)
    return taken / _SAMPLE
