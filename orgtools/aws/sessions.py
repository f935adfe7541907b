"""How each account is entered: profiles, roles, Secrets Manager. Credentials stay in memory."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

import boto3
import botocore.session
from botocore.config import Config
from botocore.credentials import (
    CredentialProvider,
    CredentialResolver,
    Credentials,
    ReadOnlyCredentials,
    RefreshableCredentials,
)
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound
from pydantic import BaseModel, ConfigDict, model_validator

from orgtools.aws.acting import Actor, SharedCredentials, acting_account
from orgtools.aws.model import mask_emails
from orgtools.aws.pacing import PACED_SERVICES
from orgtools.aws.refusals import understand
from orgtools.exceptions import CredentialsError
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from botocore.client import BaseClient

    from orgtools.aws.clock import Clock
    from orgtools.aws.pacing import Pacer

AGENT: Final = "orgtools"
"""How every call names itself to AWS, at the end of its user agent."""
# A connection for each thread that may share a client: [engine] workers goes up to 64.
_SHARED: Final = Config(user_agent_extra=AGENT, max_pool_connections=64)
_READ: Final = _SHARED.merge(Config(retries={"total_max_attempts": 8, "mode": "standard"}))
# A changing call is tried once: after a doubtful answer the state is read before anything is repeated, and
# no Organizations operation takes a client token. The engine repeats, not botocore.
_CHANGE: Final = _SHARED.merge(Config(retries={"total_max_attempts": 1, "mode": "standard"}))
_FRESH: Final = timedelta(minutes=5)


class Entrance(BaseModel):
    """How one side's management account is entered: a table of migration.toml.

    Attributes:
        profile: a profile of the AWS config file; None takes the default credential chain.
        role_arn: a role to assume with the profile's credentials.
        secret: the name of a Secrets Manager secret, read with the profile's credentials, that holds a JSON
            object with ``access_key_id``, ``secret_access_key`` and optionally ``session_token``; their names may
            begin with ``aws_``, as in AWS's own files.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    profile: str | None = None
    role_arn: str | None = None
    secret: str | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.role_arn and self.secret:
            message = "name either role_arn or secret, not both"
            raise ValueError(message)
        if not (self.profile or self.role_arn or self.secret):
            message = "name a profile, a role_arn or a secret"
            raise ValueError(message)
        return self


@dataclass(frozen=True, slots=True)
class Keys:
    """Temporary credentials of one account; never printed, never written."""

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    token: str | None = field(repr=False)
    expires_at: datetime | None


class _Known(CredentialProvider):
    """Hands a botocore session credentials that are already there."""

    METHOD = AGENT

    def __init__(self, credentials: Credentials) -> None:
        super().__init__()
        self._held = credentials

    def load(self) -> Credentials:
        """The credentials."""
        return self._held


class Access:
    """One side's management account, and through its credentials the member accounts.

    Every client it makes is paced and its answers set the clock: both hang on botocore events, so that no caller
    can forget them.
    """

    def __init__(self, name: str, entrance: Entrance, *, run: str, pacer: Pacer, clock: Clock) -> None:
        """Find the credentials; no call is made to Organizations yet.

        Args:
            name: "source" or "destination", for messages.
            entrance: what migration.toml says.
            run: the run's name; role sessions carry it, so that CloudTrail shows which run acted.
            pacer: holds the published rates.
            clock: listens to AWS's time.

        Raises:
            CredentialsError: the profile, role or secret cannot be used.
        """
        self.name = name
        self.entrance = entrance
        self._pacer = pacer
        self._clock = clock
        self._run = run
        self._lock = threading.Lock()
        self._keys: dict[tuple[str, str], Keys] = {}
        self._clients: dict[tuple[str, str, str, bool], BaseClient] = {}
        self._of_members: dict[tuple[str, str, str, bool], BaseClient] = {}
        self._looking: dict[tuple[str, str], BaseClient] = {}
        self.organization_id = ""
        self._session = self._open(entrance)
        self._members = self._session_with(SharedCredentials(), entrance.profile, self._session.region_name)
        identity = self._caller()
        self.caller_arn = mask_emails(identity["Arn"])  # Identity Center names sessions after their people
        self.account_id = identity["Account"]

    @property
    def partition(self) -> str:
        """The AWS partition, from the caller's ARN: ``aws``, ``aws-cn`` or ``aws-us-gov``."""
        return self.caller_arn.split(":")[1]

    def _open(self, entrance: Entrance) -> boto3.Session:
        try:
            session = boto3.Session(profile_name=entrance.profile)
            if session.get_credentials() is None:
                raise CredentialsError(
                    f"[{self.name}] has no credentials.",
                    next_step=f"Sign in for profile {entrance.profile or 'default'} (or set AWS_CONFIG_FILE).",
                )
        except ProfileNotFound as error:
            where = os.environ.get("AWS_CONFIG_FILE", "~/.aws/config")
            raise CredentialsError(
                f"[{self.name}] names the profile {entrance.profile!r}, which {where} does not hold.",
                next_step="Correct migration.toml, or point AWS_CONFIG_FILE to the file that holds it.",
            ) from error
        except BotoCoreError as error:
            raise CredentialsError(
                f"[{self.name}] cannot read its credentials: {error}.", next_step="Sign in again, then run this again."
            ) from error
        if entrance.role_arn:
            role = entrance.role_arn
            return self._session_of(session, lambda: self._assume(session, role), entrance)
        if entrance.secret:
            secret = entrance.secret
            return self._session_of(session, lambda: self._read_secret(session, secret), entrance)
        return session

    @staticmethod
    def _session_of(base: boto3.Session, get_keys: Callable[[], Keys], entrance: Entrance) -> boto3.Session:
        """A session whose credentials are fetched again before they expire."""

        def refresh() -> dict[str, str | None]:
            keys = get_keys()
            far = datetime.max.replace(tzinfo=keys.expires_at.tzinfo if keys.expires_at else None)
            return {
                "access_key": keys.access_key,
                "secret_key": keys.secret_key,
                "token": keys.token,
                "expiry_time": (keys.expires_at or far).strftime("%Y-%m-%dT%H:%M:%SZ"),
            }

        credentials = RefreshableCredentials.create_from_metadata(
            metadata=refresh(), refresh_using=refresh, method=AGENT
        )
        return Access._session_with(credentials, entrance.profile, base.region_name)

    @staticmethod
    def _session_with(credentials: Credentials, profile: str | None, region: str | None) -> boto3.Session:
        inner = botocore.session.Session(profile=profile)
        inner.register_component("credential_provider", CredentialResolver([_Known(credentials)]))
        return boto3.Session(botocore_session=inner, region_name=region)

    def _assume(self, session: boto3.Session, role_arn: str) -> Keys:
        client = session.client("sts", region_name=session.region_name or "us-east-1", config=_READ)
        self._clock.attach(client)
        try:
            answer = client.assume_role(RoleArn=role_arn, RoleSessionName=self._run)["Credentials"]
        except (BotoCoreError, ClientError) as error:
            refusal = understand(error)
            raise CredentialsError(
                f"[{self.name}] cannot assume {role_arn}: AWS says {refusal}.",
                next_step="Check that the role exists and that its trust policy names the caller.",
            ) from error
        return Keys(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"], answer["Expiration"])

    def _read_secret(self, session: boto3.Session, name: str) -> Keys:
        client = session.client("secretsmanager", region_name=session.region_name or "us-east-1", config=_READ)
        expected = "a JSON object with access_key_id and secret_access_key (and session_token for temporary keys)"
        try:
            text = client.get_secret_value(SecretId=name)["SecretString"]
        except (BotoCoreError, ClientError) as error:
            raise CredentialsError(
                f"[{self.name}] cannot read the secret {name!r}: AWS says {understand(error)}.",
                next_step="Check its name and region, and grant secretsmanager:GetSecretValue to the profile.",
            ) from error
        try:
            held = {name.removeprefix("aws_"): value for name, value in json.loads(text).items()}
            return Keys(held["access_key_id"], held["secret_access_key"], held.get("session_token"), None)
        except (ValueError, KeyError, TypeError, AttributeError):
            # "from None": the cause would show the secret's text.
            raise CredentialsError(
                f"[{self.name}] the secret {name!r} does not hold what is expected.", next_step=f"Store {expected}."
            ) from None

    def _caller(self) -> Mapping[str, str]:
        client = self._session.client("sts", region_name=self._session.region_name or "us-east-1", config=_READ)
        self._clock.attach(client)
        try:
            answer = client.get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise CredentialsError(
                f"[{self.name}] AWS does not accept the credentials: {understand(error)}.",
                next_step="They are missing, wrong or expired: sign in again, then run this again.",
            ) from error
        return {"Arn": answer["Arn"], "Account": answer["Account"]}

    def client(self, service: str, *, changing: bool = False, region: str = "") -> BaseClient:
        """A client that acts as this side's management account; asked again, the same one, with its open connections.

        Args:
            service: botocore's name of the service.
            changing: whether it may be used for calls that change something: those are never repeated unseen.
            region: where the service is called, if not in the region of the credentials.
        """
        key = (service, region, self.organization_id, changing)
        known = self._clients.get(key)
        if known is None:
            made = self._client(service, self.account_id, self.organization_id, changing=changing, region=region)
            known = self._clients.setdefault(key, made)
        return known

    def members_client(self, service: str = "organizations", *, changing: bool = False, region: str = "") -> BaseClient:
        """The one client of a service for all member accounts: it acts as whoever the calling thread acts as."""
        key = (service, region, self.organization_id, changing)
        known = self._of_members.get(key)
        if known is not None:
            return known
        with self._lock:  # many threads ask at once, and one client is wanted
            if key not in self._of_members:
                made: BaseClient = self._members.client(  # type: ignore[call-overload]
                    service,
                    region_name=region or self._session.region_name or "us-east-1",
                    config=_CHANGE if changing else _READ,
                )
                self._clock.attach(made)
                if service in PACED_SERVICES:
                    self._pacer.attach(made, account_id=acting_account, organization_id=self.organization_id)
                self._of_members[key] = made
            return self._of_members[key]

    def looking_client(self, service: str, *, region: str, timeout: float) -> BaseClient:
        """A new client of this side's management account, to look with.

        Args:
            service: botocore's name of the service.
            region: where it is called; empty for the region of the credentials.
            timeout: seconds that a call may take.
        """
        with self._lock:
            made = self._made(self._session, service, region, timeout)
        if service == "organizations":
            self._pacer.attach(made, account_id=self.account_id, organization_id=self.organization_id)
        return made

    def members_looking_client(
        self, service: str, *, region: str, timeout: float, prepare: Callable[[BaseClient], None]
    ) -> BaseClient:
        """The one client to look with into all member accounts: it acts as whoever the calling thread acts as.

        Args:
            service: botocore's name of the service.
            region: where it is called; empty for the region of the credentials.
            timeout: seconds that a call may take.
            prepare: given the client once, when it is made.
        """
        key = (service, region)
        with self._lock:
            if key not in self._looking:
                made = self._made(self._members, service, region, timeout)
                if service == "organizations":
                    self._pacer.attach(made, account_id=acting_account, organization_id=self.organization_id)
                prepare(made)
                self._looking[key] = made
            return self._looking[key]

    def _made(self, session: boto3.Session, service: str, region: str, timeout: float) -> BaseClient:
        client: BaseClient = session.client(  # type: ignore[call-overload]
            service,
            region_name=region or self._session.region_name or "us-east-1",
            config=_READ.merge(Config(connect_timeout=timeout, read_timeout=timeout)),
        )
        self._clock.attach(client)
        return client

    def actor(self, account_id: str, role: str) -> Actor:
        """A member account to act as. The role is assumed once; its credentials are kept until they near their end.

        Raises:
            CredentialsError: the role cannot be assumed.
        """
        keys = self._member_keys(account_id, role)
        return Actor(account_id, ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token))

    def assume_anew(self, account_id: str, role: str) -> None:
        """Assume a role in a member account, whatever session of it is at hand.

        Raises:
            CredentialsError: the role cannot be assumed.
        """
        self._keys.pop((account_id, role), None)
        self._member_keys(account_id, role)

    def role_arn(self, account_id: str, role: str) -> str:
        """The ARN of a role in a member account of this side's partition."""
        return f"arn:{self.partition}:iam::{account_id}:role/{role}"

    def _member_keys(self, account_id: str, role: str) -> Keys:
        known = self._keys.get((account_id, role))
        if known and known.expires_at and known.expires_at - self._clock.now() > _FRESH:
            return known
        client = self.client("sts")
        arn = self.role_arn(account_id, role)
        try:
            answer = client.assume_role(RoleArn=arn, RoleSessionName=self._run)["Credentials"]  # type: ignore[attr-defined]
        except (BotoCoreError, ClientError) as error:
            refusal = understand(error)
            raise CredentialsError(
                f"Account {account_id} cannot be entered: AWS refuses sts:AssumeRole on {arn} to {self.caller_arn} "
                f"({refusal.name}).",
                account_id=account_id,
                next_step=f"Let {role} in the account trust account {self.account_id}, or name another role under "
                "[access] in migration.toml. If it does: "
                f"{grant('sts:AssumeRole', 'the caller', Role(f'{self.name}-operator'))}.",
            ) from error
        keys = Keys(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"], answer["Expiration"])
        self._keys[account_id, role] = keys
        return keys

    def _client(
        self,
        service: str,
        account_id: str,
        organization_id: str,
        *,
        changing: bool,
        region: str = "",
    ) -> BaseClient:
        with self._lock:  # boto3 sessions are not thread-safe while they make clients
            client: BaseClient = self._session.client(  # type: ignore[call-overload]
                service,
                region_name=region or self._session.region_name or "us-east-1",
                config=_CHANGE if changing else _READ,
            )
        self._clock.attach(client)
        if service in PACED_SERVICES:
            self._pacer.attach(client, account_id=account_id, organization_id=organization_id)
        return client
