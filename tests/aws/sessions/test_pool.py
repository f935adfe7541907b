"""Sessions: where each service is called, how often it tries, and that nothing prints a credential."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools.aws.sessions.credentials import Keys
from orgtools.rehearsal.limits.faults import Fault
from tests import rehearsed
from tests.said import says

if TYPE_CHECKING:
    from tests.rehearsed import Run


def test_keys_do_not_print() -> None:
    """Not in a traceback, a log or a notebook."""
    keys = Keys("AKIAMADEUP", "made-up-secret", "made-up-token", None)
    assert repr(keys) == "Keys(expires_at=None)"


@pytest.mark.parametrize(
    ("partition", "expected"), [("aws", "us-east-1"), ("aws-cn", "cn-northwest-1"), ("aws-us-gov", "us-gov-west-1")]
)
def test_quotas_are_asked_where_organizations_lives(
    run: Run, monkeypatch: pytest.MonkeyPatch, partition: str, expected: str
) -> None:
    """Wherever the profile points: no other region lists them."""
    destination = run.open().destination
    asked: list[str] = []
    real = destination.access.client

    def client(service: str, **named: Any) -> Any:
        made = real(service, **named)
        asked.append(made.meta.region_name)
        return made

    monkeypatch.setattr(destination.access, "client", client)
    monkeypatch.setattr(destination.access, "caller_arn", f"arn:{partition}:iam::222222222222:user/operator")
    destination.account_quota()
    assert asked == [expected]


def test_reading_clients_try_again_and_changing_ones_do_not(run: Run) -> None:
    """No operation takes a client token: a second try of a changing call must follow a look."""
    access = run.open().destination.access
    reading: Any = access.client("organizations")
    changing: Any = access.client("organizations", changing=True)
    assert reading.meta.config.retries["total_max_attempts"] > 1
    assert changing.meta.config.retries["total_max_attempts"] == 1


def test_a_client_is_made_once(run: Run) -> None:
    """With its open connections; one that may change something stays apart from those that only read."""
    access = run.open().destination.access
    assert access.client("sts") is access.client("sts")
    assert access.client("organizations", changing=True) is not access.client("organizations")


def test_a_role_is_assumed_again_when_its_credentials_near_their_end(run: Run) -> None:
    """By AWS's clock, with five minutes to spare; until then once is enough."""
    migration = run.open()
    for _ in range(3):
        migration.member(rehearsed.PLAIN[0]).enter()
    run.rehearsal.advance(timedelta(hours=1))
    migration.observe()  # hears AWS's time
    migration.member(rehearsed.PLAIN[0]).enter()
    assumed = [call.account for call in run.rehearsal.calls() if call.operation == "AssumeRole"]
    assert assumed == [rehearsed.PLAIN[0]] * 2


def test_a_member_says_where_it_is(run: Run) -> None:
    """In an organization, or stand-alone; and a refusal names the role and what to grant."""
    member = run.open().member(rehearsed.PLAIN[0])
    assert member.organization_id() == rehearsed.SOURCE
    run.rehearsal.intervene("remove", account=rehearsed.PLAIN[0])
    assert member.organization_id() is None
    run.rehearsal.script(Fault("DescribeOrganization", "refuse", probability=1.0, code="AccessDeniedException"))
    with pytest.raises(orgtools.RefusedError) as refused:
        member.organization_id()
    assert says(refused.value.message, "member-refused", account=rehearsed.PLAIN[0])
    assert says(refused.value.message, "grant", action="organizations:DescribeOrganization", whom="role")


_ASKED: Final = f"arn:aws:iam::{rehearsed.PLAIN[0]}:role/path/Mover"


def _answer(arn: str | None) -> dict[str, Any]:
    keys = {"AccessKeyId": "AKIAMADEUP", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": None}
    return {"Credentials": keys} | ({} if arn is None else {"AssumedRoleUser": {"Arn": arn}})


def test_a_session_of_what_was_asked_for_is_taken() -> None:
    """STS names the session by the role's name, without its path."""
    answer = _answer(f"arn:aws:sts::{rehearsed.PLAIN[0]}:assumed-role/Mover/spring")
    assert Keys.of_role(answer, _ASKED).access_key == "AKIAMADEUP"


@pytest.mark.parametrize(
    "given",
    [
        f"arn:aws:sts::{rehearsed.PLAIN[1]}:assumed-role/Mover/spring",
        f"arn:aws:sts::{rehearsed.PLAIN[0]}:assumed-role/Another/spring",
        f"arn:aws:sts::{rehearsed.PLAIN[0]}:federated-user/Mover",
        f"arn:aws:sts::{rehearsed.PLAIN[0]}:assumed-role",
        "arn:aws:sts:::assumed-role/Mover/spring",
        "nothing",
        "",
        None,
    ],
)
def test_a_session_of_anything_else_is_not(given: str | None) -> None:
    """Of another account or role, or STS does not say of which: the message names both."""
    with pytest.raises(orgtools.CredentialsError) as refusal:
        Keys.of_role(_answer(given), _ASKED)
    assert refusal.value.account_id == rehearsed.PLAIN[0]
    assert _ASKED in str(refusal.value)
    assert given is None or rehearsed.PLAIN[1] not in given or rehearsed.PLAIN[1] in str(refusal.value)
