"""How fast the rehearsal itself is: a world is built, and its server answers."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING, Final

import pytest

from tests.benchmarks.waves import say

if TYPE_CHECKING:
    from tests.benchmarks.waves import Waves

pytestmark = pytest.mark.benchmark

_DESCRIBE: Final = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIAORGT222222222222/20260101/us-east-1/organizations/aws4_request,",
    "X-Amz-Target": "AWSOrganizationsV20161128.DescribeOrganization",
    "Content-Type": "application/x-amz-json-1.1",
}


@pytest.mark.parametrize(("accounts", "seconds"), [(500, 2), (5000, 10)])
def test_a_wave_by_number_is_built_fast(waves: Waves, accounts: int, seconds: float) -> None:
    """500 accounts in well under two seconds, 5,000 in well under ten."""
    start = time.monotonic()
    waves.rehearsal.reset(f"wave:{accounts}")
    took = time.monotonic() - start
    say(f"a world of {accounts} accounts is built in {took:.2f} s (at most {seconds})")
    assert took < seconds


def test_the_server_answers_more_than_three_hundred_calls_a_second(waves: Waves) -> None:
    """The best of five rounds on one connection, without boto3, whose own work takes longer than the server's."""
    waves.rehearsal.reset("wave:5000")
    connection = http.client.HTTPConnection(waves.rehearsal.address.removeprefix("http://"))
    best = 1.0
    for _ in range(5):
        start = time.monotonic()
        for _ in range(60):
            connection.request("POST", "/", b"{}", _DESCRIBE)
            assert json.loads(connection.getresponse().read())["Organization"]
        best = min(best, time.monotonic() - start)
    connection.close()
    say(f"the server answers {60 / best:.0f} calls a second (at least 300)")
    assert 60 / best > 300
