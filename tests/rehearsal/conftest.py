"""The shipped scenario, made new for every test, and clients that try once."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.conforming import hold
from tests.rehearsed import started

Client = Any
SOURCE, DESTINATION, THIRD = "rehearsal-source", "rehearsal-destination", "rehearsal-third"
ACCESS_ROLE = "OrganizationAccountAccessRole"
ONE_TRY = Config(retries={"total_max_attempts": 1})


@pytest.fixture(scope="session")
def server(local_servers: None) -> Rehearsal:
    """A running rehearsal; tests take `rehearsal` instead."""
    return started()


@pytest.fixture
def rehearsal(server: Rehearsal, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """The shipped scenario as it begins, and an environment in which boto3 finds its profiles."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    server.set_speed(1.0)
    server.reset("two-waves")
    return server


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """One session for each profile: loading the service models is what takes time."""
    return {}


@pytest.fixture
def conforming() -> Iterator[list[str]]:
    """What the model of Organizations does not know in any answer of a test: nothing."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def client(rehearsal: Rehearsal, sessions: dict[str, Any], conforming: list[str]) -> Iterator[Callable[..., Client]]:
    """Makes a client of a profile that tries once: `client(SOURCE)`, `client(SOURCE, "sts")`."""
    made: dict[tuple[str, str], Client] = {}

    def make(profile: str = DESTINATION, service: str = "organizations", config: Config = ONE_TRY) -> Client:
        if profile not in sessions:
            sessions[profile] = boto3.Session(profile_name=profile)
        session = sessions[profile]
        if config is not ONE_TRY:
            return session.client(service, config=config)
        if (profile, service) not in made:
            made[profile, service] = session.client(service, config=config)
            hold(made[profile, service], conforming)
        return made[profile, service]

    yield make
    for each in made.values():
        each.close()


@pytest.fixture
def member(
    rehearsal: Rehearsal, client: Callable[..., Client], sessions: dict[str, Any], conforming: list[str]
) -> Iterator[Client]:
    """Makes a client inside a member account, by the role that a management account assumes there."""
    made: list[Client] = []

    def make(account: str, service: str = "organizations", *, profile: str = SOURCE, **assume: Any) -> Client:
        wanted = {"RoleArn": f"arn:aws:iam::{account}:role/{ACCESS_ROLE}", "RoleSessionName": "test", **assume}
        session = client(profile, "sts").assume_role(**wanted)["Credentials"]
        made.append(
            sessions[profile].client(
                service,
                endpoint_url=rehearsal.address,
                aws_access_key_id=session["AccessKeyId"],
                aws_secret_access_key=session["SecretAccessKey"],
                aws_session_token=session["SessionToken"],
                config=ONE_TRY,
            )
        )
        hold(made[-1], conforming)
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def invite(client: Callable[..., Client]) -> Callable[..., str]:
    """Invites an account by the destination and returns the handshake's id."""

    def send(account: str, *, profile: str = DESTINATION, **parameters: Any) -> str:
        target = {"Type": "ACCOUNT", "Id": account}
        answer = client(profile).invite_account_to_organization(Target=target, **parameters)
        return str(answer["Handshake"]["Id"])

    return send
