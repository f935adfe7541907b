"""How each account is entered: profiles, roles, Secrets Manager. Credentials stay in memory."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Self

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import CredentialProvider, CredentialResolver, Credentials, RefreshableCredentials
from botocore.exceptions import ProfileNotFound
from botocore.loaders import Loader, create_loader
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from orgtools.aws.calls import answers
from orgtools.aws.calls.entry_errors import TROUBLES, blocked, code_of_mfa, config_file, misnamed
from orgtools.aws.calls.errors import understand
from orgtools.exceptions import CredentialsError
from orgtools.messages import Message
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgtools.aws.clock import Clock

AGENT: Final = "orgtools"
"""How every call names itself to AWS, at the end of its user agent."""
ANYWHERE: Final = "us-east-1"
"""The region of calls that name none, where the credentials' profile has none either."""
# A connection for each thread that may share a client: [engine] workers goes up to 64.
SHARED: Final = Config(user_agent_extra=AGENT, max_pool_connections=64)
"""What all clients have in common."""
READ: Final = SHARED.merge(Config(retries={"total_max_attempts": 8, "mode": "standard"}))
"""Of clients that only read."""
ENTER: Final = SHARED.merge(
    Config(connect_timeout=10, read_timeout=30, retries={"total_max_attempts": 3, "mode": "standard"})
)
"""Of the first calls: where no network leads to AWS, somebody waits for that to be said."""


def form(pattern: str, wrong: Message) -> AfterValidator:
    """What a setting must look like as a whole, and what is wrong with one that does not; an empty one is called so."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise UnmeantError(wrong if text else Message("value-empty"))
        return text

    return AfterValidator(check)


ProfileName = Annotated[str, form(r"[^\x00-\x1f\x7f\[\]]{1,128}", Message("no-profile-name"))]


class Entrance(BaseModel):
    """How orgtools enters the management account of one side: a table of migration.toml.

    Attributes:
        profile: a profile of the AWS config file; without it boto3 finds the credentials.
        role_arn: a role to assume with the profile's credentials.
        secret: the name of a Secrets Manager secret, read with the profile's credentials. It contains a JSON object
            with ``access_key_id``, ``secret_access_key`` and optionally ``session_token``; their names may begin with
            ``aws_``, as in AWS's own files.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    profile: ProfileName | None = None
    role_arn: (
        Annotated[
            str,
            form(
                r"arn:aws[a-z-]*:iam::[0-9]{12}:role/([!-~]{1,511}/)?[A-Za-z0-9_+=,.@-]{1,64}", Message("no-role-arn")
            ),
        ]
        | None
    ) = None
    secret: Annotated[str, form(r"[A-Za-z0-9/_+=.@:-]{1,2048}", Message("no-secret-name"))] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.role_arn and self.secret:
            raise UnmeantError(Message("entrance-is-double"))
        if not (self.profile or self.role_arn or self.secret):
            raise UnmeantError(Message("entrance-is-missing"))
        return self


@dataclass(frozen=True, slots=True)
class Keys:
    """Temporary credentials of one account; never printed, never written."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str | None = field(repr=False)
    expires_at: datetime | None

    @classmethod
    def of_role(cls, answer: Mapping[str, Any], role_arn: str) -> Self:
        """The keys in STS's answer to AssumeRole.

        Raises:
            CredentialsError: it is a session of another account or role than the one that was asked for.
        """
        given = answer.get("AssumedRoleUser", {}).get("Arn", "")
        if _whose(given) != _whose(role_arn):
            raise of_another(role_arn, given)
        told = answer["Credentials"]
        return cls(told["AccessKeyId"], told["SecretAccessKey"], told["SessionToken"], told["Expiration"])


def account_of(arn: str) -> str:
    """The id of the account in an ARN; empty where there is none."""
    return arn.split(":")[4] if arn.count(":") >= 5 else ""  # noqa: PLR2004 (the colons of an ARN)


def _whose(arn: str) -> tuple[str, str]:
    """Account and name of a role, from its ARN or from that of a session of it."""
    kind, *rest = arn.split(":", 5)[-1].split("/")
    return account_of(arn), rest[0] if kind == "assumed-role" and rest else rest[-1] if kind == "role" and rest else ""


def of_another(asked: str, given: str) -> CredentialsError:
    """The error for a session that is not of the account, or not of the role, that was asked for.

    Args:
        asked: ARN of what was asked for.
        given: ARN of what the session is of, as STS says; empty where it does not say.
    """
    account = account_of(asked)
    message = (
        Message("session-of-another", account=account, arn=asked, arns=[given])
        if account_of(given)
        else Message("session-of-nobody", account=account, arn=asked)
    )
    return CredentialsError(message, account_id=account)


class _Known(CredentialProvider):
    """Hands a botocore session credentials that are already there."""

    METHOD = AGENT

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._held = credentials

    def load(self) -> Credentials:
        return self._held


def open_session(entrance: Entrance, side: str, *, run: str, clock: Clock) -> boto3.Session:
    """A session that acts as whoever an entrance leads to; its credentials are fetched again before they expire.

    Args:
        entrance: what migration.toml says.
        side: "source", "destination" or "access", for messages.
        run: the run's name, which role sessions carry.
        clock: listens to AWS's time.

    Raises:
        CredentialsError: the profile, role or secret cannot be used.
    """
    session = _of_profile(entrance.profile, side)
    role, secret = entrance.role_arn, entrance.secret
    if role:
        return _refreshed(session, lambda: _assumed(session, role, side, run, clock), entrance.profile)
    if secret:
        return _refreshed(session, lambda: _read(session, secret, side), entrance.profile)
    return session


def session_with(credentials: Credentials, profile: str | None, region: str | None) -> boto3.Session:
    """A session with credentials that are already there, and a profile's other settings."""
    inner = botocore.session.Session(profile=profile)
    inner.register_component("credential_provider", CredentialResolver([_Known(credentials)]))
    return _session(inner, region)


def load_models() -> None:
    """Read what every run needs of botocore's models, so that the first client is there at once."""
    loader = _loader(None)
    for name in ("endpoints", "partitions", "sdk-default-configuration", "_retry"):
        loader.load_data(name)
    for service in ("organizations", "sts", "iam"):
        for kind in ("service-2", "endpoint-rule-set-1"):
            loader.load_service_model(service, kind)


def _session(inner: botocore.session.Session, region: str | None = None) -> boto3.Session:
    """A session for boto3 that shares the models which it reads with all others: some take a second to read."""
    session = boto3.Session(botocore_session=answers.only(inner), region_name=region)
    inner.register_component("data_loader", _loader(inner.get_config_variable("data_path")))
    return session


@cache
def _loader(path: str | None) -> Loader:
    return create_loader(path)


def _of_profile(profile: str | None, side: str) -> boto3.Session:
    try:
        inner = botocore.session.Session(profile=profile)
        # botocore would ask at the terminal from which a kernel was started.
        inner.get_component("credential_provider").get_provider("assume-role")._prompter = code_of_mfa  # noqa: SLF001
        session = _session(inner)
        held = session.get_credentials()
    except ProfileNotFound as error:
        if profile and misnamed(profile):
            message = Message("profile-misnamed", side=side, profile=profile, path=config_file())
            raise CredentialsError(message) from error
        message = Message("profile-missing", side=side, profile=profile or "default", path=config_file())
        raise CredentialsError(message) from error
    except TROUBLES as error:
        raise _not_entered(error, side, profile) from error
    if held is None:
        raise CredentialsError(Message("side-no-credentials", side=side, profile=profile or "default"))
    return session


def _not_entered(error: Exception, side: str, profile: str | None) -> CredentialsError:
    return blocked(error, side=side, profile=profile) or CredentialsError(
        Message("side-not-given-credentials", side=side, profile=profile or "default", why=understand(error).why)
    )


def _refreshed(base: boto3.Session, get_keys: Callable[[], Keys], profile: str | None) -> boto3.Session:
    def refresh() -> dict[str, str | None]:
        keys = get_keys()
        far = datetime.max.replace(tzinfo=keys.expires_at.tzinfo if keys.expires_at else None)
        return {
            "access_key": keys.access_key,
            "secret_key": keys.secret_key,
            "token": keys.token,
            "expiry_time": (keys.expires_at or far).strftime("%Y-%m-%dT%H:%M:%SZ"),
        }

    credentials = RefreshableCredentials.create_from_metadata(metadata=refresh(), refresh_using=refresh, method=AGENT)
    return session_with(credentials, profile, base.region_name)


def _assumed(session: boto3.Session, role_arn: str, side: str, run: str, clock: Clock) -> Keys:
    try:
        client = session.client("sts", region_name=session.region_name or ANYWHERE, config=ENTER)
        clock.attach(client)
        answer = client.assume_role(RoleArn=role_arn, RoleSessionName=run)
    except TROUBLES as error:
        raise blocked(
            error, side=side, profile=session.profile_name, region=session.region_name, host="sts"
        ) or CredentialsError(
            Message("side-role-not-assumed", side=side, arn=role_arn, why=understand(error).why)
        ) from error
    return Keys.of_role(answer, role_arn)


class _Held(BaseModel):
    """What a secret must hold; it may hold more."""

    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    access_key_id: str = Field(min_length=1)
    secret_access_key: str = Field(min_length=1)
    session_token: str | None = None

    def keys(self) -> Keys:
        """As credentials that do not expire by themselves."""
        return Keys(self.access_key_id, self.secret_access_key, self.session_token, None)


def _read(session: boto3.Session, name: str, side: str) -> Keys:
    try:
        client = session.client("secretsmanager", region_name=session.region_name or ANYWHERE, config=ENTER)
        answer = client.get_secret_value(SecretId=name)
    except TROUBLES as error:
        raise blocked(
            error, side=side, profile=session.profile_name, region=session.region_name, host="secretsmanager"
        ) or CredentialsError(Message("secret-not-read", side=side, name=name, why=understand(error).why)) from error
    try:
        held = {name.removeprefix("aws_"): value for name, value in json.loads(answer.get("SecretString")).items()}
        return _Held.model_validate(held).keys()
    except (ValueError, KeyError, TypeError, AttributeError):
        # "from None": the cause would show the secret's text.
        raise CredentialsError(
            Message("secret-is-binary" if answer.get("SecretBinary") else "secret-is-wrong", side=side, name=name)
        ) from None
