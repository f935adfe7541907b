"""The pacer: never faster than AWS's published rates, whoever calls, from however many programs."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

import boto3
import botocore.session
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtools.aws.calls.rate_limits import PER_ACCOUNT, PER_ORGANIZATION, Pacer, Rate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_WHO = {"account_id": "111111111111", "organization_id": "o-sourceorg001"}

# "rate, burst" by operation: for one account, and for the whole organization. Read from the user guide, page
# orgs_reference_limits, apart from the table that is tested here. The API reference has an organization's 5 of
# LeaveOrganization.
_PUBLISHED: dict[str, tuple[tuple[float, int], tuple[float, int] | None]] = {
    "InviteAccountToOrganization": ((3, 5), None),
    "AcceptHandshake": ((1, 2), (5, 5)),
    "DeclineHandshake": ((1, 1), (5, 5)),
    "CancelHandshake": ((2, 3), None),
    "DescribeHandshake": ((1, 2), (6, 10)),
    "ListHandshakesForAccount": ((5, 8), (6, 10)),
    "ListHandshakesForOrganization": ((5, 8), (6, 10)),
    "LeaveOrganization": ((1, 1), (5, 5)),
    "RemoveAccountFromOrganization": ((2, 2), None),
    "MoveAccount": ((2, 3), None),
    "CreateOrganizationalUnit": ((1, 2), None),
    "DescribeOrganization": ((1, 2), None),
    "DescribeAccount": ((20, 30), (24, 36)),
    "ListAccounts": ((8, 12), (9, 15)),
    "ListParents": ((5, 8), (6, 10)),
    "ListAccountsForParent": ((5, 8), (6, 10)),
    "ListOrganizationalUnitsForParent": ((5, 8), (6, 10)),
    "ListRoots": ((1, 2), (1, 3)),
    "ListTagsForResource": ((10, 15), (12, 18)),
    "TagResource": ((4, 6), None),
    "ListDelegatedAdministrators": ((5, 8), (6, 10)),
    "ListDelegatedServicesForAccount": ((1, 3), (1, 4)),
    "DescribePolicy": ((2, 2), (2, 3)),
    "ListPolicies": ((5, 8), (6, 10)),
    "ListPoliciesForTarget": ((5, 8), (6, 10)),
    "ListTargetsForPolicy": ((5, 8), (6, 10)),
    "ListAWSServiceAccessForOrganization": ((1, 3), (1, 4)),
}


class _Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time() -> _Time:
    """Virtual time."""
    return _Time()


@pytest.fixture
def make(tmp_path: Path, time: _Time) -> Iterator[Callable[..., Pacer]]:
    """Pacers on one bucket file, closed at the end."""
    made: list[Pacer] = []

    def new(**arguments: object) -> Pacer:
        given = {"clock": time, "sleep": time.sleep} | arguments
        made.append(Pacer(tmp_path / "pacing.sqlite", **given))  # type: ignore[arg-type]
        return made[-1]

    yield new
    for pacer in made:
        pacer.close()


def test_the_rates_are_the_published_ones() -> None:
    """By value: a slip of a digit would be throttled, or would waste hours."""
    assert {name: (rate.per_second, rate.burst) for name, rate in PER_ACCOUNT.items()} == {
        name: own for name, (own, _) in _PUBLISHED.items()
    }
    assert {name: (rate.per_second, rate.burst) for name, rate in PER_ORGANIZATION.items()} == {
        name: shared for name, (_, shared) in _PUBLISHED.items() if shared
    }


def test_every_paced_operation_exists() -> None:
    """A misspelt name would pace nothing."""
    known = set(botocore.session.Session().get_service_model("organizations").operation_names)
    assert PER_ACCOUNT.keys() | PER_ORGANIZATION.keys() <= known
    assert PER_ORGANIZATION.keys() <= PER_ACCOUNT.keys()


@settings(max_examples=50)
@given(
    operation=st.sampled_from(["MoveAccount", "AcceptHandshake", "ListRoots", "DescribeHandshake"]),
    pauses=st.lists(st.floats(0, 3), min_size=1, max_size=25),
    accounts=st.integers(1, 4),
)
def test_no_window_holds_more_than_rate_and_burst(
    tmp_path_factory: pytest.TempPathFactory, operation: str, pauses: list[float], accounts: int
) -> None:
    """The law of a token bucket, in every window, per account and per organization, however calls arrive."""
    time = _Time()
    pacer = Pacer(tmp_path_factory.mktemp("pacing") / "buckets", clock=time, sleep=time.sleep)
    left: list[tuple[float, str]] = []
    for number, pause in enumerate(pauses):
        time.now += pause
        account_id = f"{number % accounts:012d}"
        pacer.wait(operation, account_id=account_id, organization_id="o-sourceorg001")
        left.append((time.now, account_id))
    pacer.close()
    for account_id in {account_id for _, account_id in left}:
        _check([at for at, who in left if who == account_id], PER_ACCOUNT[operation])
    if operation in PER_ORGANIZATION:
        _check([at for at, _ in left], PER_ORGANIZATION[operation])


def _check(moments: list[float], rate: Rate) -> None:
    for first, start in enumerate(moments):
        for last in range(first, len(moments)):
            allowed = rate.burst + rate.per_second * (moments[last] - start)
            assert last - first + 1 <= allowed + 1e-6


def test_the_burst_leaves_at_once_and_the_rest_evenly(make: Callable[..., Pacer]) -> None:
    """Slower than needed would be as wrong: 2 of 3 at once, one in reserve, then two in a second less our headroom."""
    slept = [make().wait("MoveAccount", **_WHO) for _ in range(6)]
    assert slept[:2] == [0, 0]
    assert slept[2:] == pytest.approx([1 / (2 * 0.97)] * 4, rel=1e-6)


def test_two_programs_share_the_buckets(make: Callable[..., Pacer]) -> None:
    """What one notebook took, the other does not have."""
    one, other = make(), make()
    assert [one.wait("RemoveAccountFromOrganization", **_WHO) for _ in range(2)] == [0, 0]
    assert other.wait("RemoveAccountFromOrganization", **_WHO) > 0


def test_a_process_of_its_own_shares_the_buckets(make: Callable[..., Pacer], tmp_path: Path) -> None:
    """The buckets are in the file, not in the memory of one kernel."""
    program = (
        "import sys, pathlib; from orgtools.aws.calls.rate_limits import Pacer\n"
        "pacer = Pacer(pathlib.Path(sys.argv[1]), clock=lambda: 1e6, sleep=lambda s: None)\n"
        f"print([pacer.wait('RemoveAccountFromOrganization', **{_WHO!r}) for _ in range(2)])\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "pacing.sqlite")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[0.0, 0.0]"
    assert make().wait("RemoveAccountFromOrganization", **_WHO) > 0


def test_two_runs_into_one_destination_share_its_buckets(
    time: _Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rates belong to AWS's account: where no file is named, whoever is on this machine has one for all runs."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with closing(Pacer(clock=time, sleep=time.sleep)) as one, closing(Pacer(clock=time, sleep=time.sleep)) as other:
        assert [one.wait("RemoveAccountFromOrganization", **_WHO) for _ in range(2)] == [0, 0]
        assert other.wait("RemoveAccountFromOrganization", **_WHO) > 0
    (folder,) = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o077 == 0


def test_an_endpoint_has_buckets_of_its_own(make: Callable[..., Pacer]) -> None:
    """Of a rehearsal nothing counts at AWS, and CloudTrail's rates are a region's."""
    pacer = make()
    waits = [
        pacer.wait("LookupEvents", endpoint=f"https://cloudtrail.{region}.amazonaws.com", **_WHO)
        for region in ("eu-west-1", "us-east-1") * 2
    ]
    assert waits == [0] * 4
    assert pacer.wait("LookupEvents", endpoint="https://cloudtrail.us-east-1.amazonaws.com", **_WHO) > 0


def test_buckets_that_are_full_again_are_forgotten(make: Callable[..., Pacer], time: _Time, tmp_path: Path) -> None:
    """Of thousands of accounts, and of rehearsals that are over, nothing stays behind."""
    make().wait("MoveAccount", **_WHO)
    time.now += 7200
    make().wait("ListRoots", **_WHO)
    with closing(sqlite3.connect(tmp_path / "pacing.sqlite")) as file:
        names = {name for (name,) in file.execute("SELECT name FROM bucket")}
    assert names
    assert not [name for name in names if "MoveAccount" in name]


def test_accounts_have_buckets_of_their_own_and_organizations_one_in_common(make: Callable[..., Pacer]) -> None:
    """AcceptHandshake: one a second for an account; of the organization's five, one stays in reserve."""
    pacer = make()
    waits = [
        pacer.wait("AcceptHandshake", account_id=f"{number:012d}", organization_id="o-sourceorg001")
        for number in range(5)
    ]
    assert waits[:4] == [0] * 4
    assert waits[4] > 0
    assert pacer.wait("AcceptHandshake", account_id="000000000099", organization_id="o-anotherorg1") == 0


def test_speed_scales_the_rates(make: Callable[..., Pacer]) -> None:
    """A rehearsal that runs fifty times as fast has buckets that fill fifty times as fast."""
    pacer = make(speed=50.0)
    slept = [pacer.wait("LeaveOrganization", **_WHO) for _ in range(2)]
    assert slept == [0, pytest.approx(1 / 0.97 / 50)]


def test_a_rate_of_the_operator_replaces_the_published_one(make: Callable[..., Pacer]) -> None:
    """For one operation; the others keep theirs."""
    pacer = make(overrides={"MoveAccount": Rate(0.5, 1)})
    assert [pacer.wait("MoveAccount", **_WHO) for _ in range(2)] == [0, pytest.approx(2 / 0.97)]
    assert [pacer.wait("TagResource", **_WHO) for _ in range(5)] == [0] * 5


def test_what_has_no_published_rate_is_not_paced(make: Callable[..., Pacer]) -> None:
    """No bucket, no wait."""
    pacer = make()
    assert {pacer.wait("ListPoliciesNobodyCalls", **_WHO) for _ in range(100)} == {0}


def test_no_caller_can_forget_the_pacer(make: Callable[..., Pacer], monkeypatch: pytest.MonkeyPatch) -> None:
    """It hangs on the client: every try of every call takes a token before it leaves."""
    session = boto3.Session("AKIAMADEUP", "made-up", region_name="us-east-1")
    client = session.client("organizations", endpoint_url="http://127.0.0.1:1")
    pacer = make()
    waited: list[str] = []

    def wait(operation: str, **_: str) -> float:
        waited.append(operation)
        return 0.0

    monkeypatch.setattr(pacer, "wait", wait)
    pacer.attach(client, **_WHO)
    handlers = client.meta.events.emit("before-send.organizations.MoveAccount", request=None)
    assert waited == ["MoveAccount"]
    assert {answer for _, answer in handlers} == {None}, "an answer would replace the call"


@pytest.mark.parametrize("back", [0.5, 3600.0, 3 * 86400.0, 10 * 365 * 86400.0])
@pytest.mark.parametrize("calls", [1, 2, 6])
def test_a_clock_that_is_set_back_makes_nobody_wait_longer(
    make: Callable[..., Pacer], time: _Time, back: float, calls: int
) -> None:
    """The next call waits for its tokens, not until the old time comes again: the bucket's span at the most."""
    pacer, rate = make(), PER_ACCOUNT["MoveAccount"]
    for _ in range(calls):
        pacer.wait("MoveAccount", **_WHO)
    time.now -= back
    assert pacer.wait("MoveAccount", **_WHO) <= _span(rate)


def _span(rate: Rate) -> float:
    return rate.burst / rate.per_second / 0.97 + 1e-3


@pytest.mark.parametrize("forth_and_back", [60.0, 3 * 86400.0])
def test_a_clock_that_went_ahead_and_was_corrected(
    make: Callable[..., Pacer], time: _Time, forth_and_back: float
) -> None:
    """Calls that left meanwhile count from the clock as it is now: the wait is never longer than the bucket's span."""
    pacer, rate = make(), PER_ACCOUNT["RemoveAccountFromOrganization"]
    time.now += forth_and_back
    for _ in range(3):
        pacer.wait("RemoveAccountFromOrganization", **_WHO)
    time.now -= forth_and_back
    assert 0 < pacer.wait("RemoveAccountFromOrganization", **_WHO) <= _span(rate)


def test_buckets_of_an_older_version_are_full_again(make: Callable[..., Pacer], tmp_path: Path) -> None:
    """Its file does not say what the clock said: a time far ahead in it must not be waited for."""
    with sqlite3.connect(tmp_path / "pacing.sqlite") as file:
        file.execute("CREATE TABLE bucket (name TEXT PRIMARY KEY, arrival REAL NOT NULL)")
        file.execute("INSERT INTO bucket VALUES ('account 111111111111 LeaveOrganization', 9e9)")
    file.close()
    assert make().wait("LeaveOrganization", **_WHO) == 0


def test_a_long_wait_is_told(make: Callable[..., Pacer]) -> None:
    """Whoever looks at a notebook that stands still learns what it waits for; short waits are not worth a word."""
    told: list[tuple[str, float]] = []
    pacer = make(
        overrides={"MoveAccount": Rate(0.01, 1)}, tell=lambda operation, seconds: told.append((operation, seconds))
    )
    for operation in ("MoveAccount", "MoveAccount", "LeaveOrganization", "LeaveOrganization"):
        pacer.wait(operation, **_WHO)
    assert [operation for operation, _ in told] == ["MoveAccount"]
    assert told[0][1] == pytest.approx(100 / 0.97)


def test_a_long_wait_is_logged_where_nobody_listens(
    make: Callable[..., Pacer], caplog: pytest.LogCaptureFixture
) -> None:
    """Python's log shows warnings in notebooks and terminals without being asked to."""
    pacer = make(overrides={"MoveAccount": Rate(0.01, 1)})
    for _ in range(2):
        pacer.wait("MoveAccount", **_WHO)
    assert "MoveAccount waits 103 seconds" in caplog.text
