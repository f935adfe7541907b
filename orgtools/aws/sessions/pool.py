"""One side's management account and, through it, the member accounts: their clients, paced and timed."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from botocore.config import Config
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from orgtools.aws.calls.entry_errors import TROUBLES, blocked
from orgtools.aws.calls.errors import understand
from orgtools.aws.calls.rate_limits import PACED_SERVICES
from orgtools.aws.masking import mask_emails
from orgtools.aws.sessions.acting_as import Actor, SharedCredentials, acting_account
from orgtools.aws.sessions.credentials import (
    ANYWHERE,
    ENTER,
    READ,
    SHARED,
    Keys,
    account_of,
    open_session,
    session_with,
)
from orgtools.exceptions import CredentialsError
from orgtools.messages import Message
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import boto3
    from botocore.client import BaseClient

    from orgtools.aws.calls.rate_limits import Pacer
    from orgtools.aws.clock import Clock
    from orgtools.aws.sessions.credentials import Entrance

# A changing call is tried once: after a doubtful answer the state is read before anything is repeated, and
# no Organizations operation takes a client token. The engine repeats, not botocore.
_CHANGE: Final = SHARED.merge(Config(retries={"total_max_attempts": 1, "mode": "standard"}))
_FRESH: Final = timedelta(minutes=5)


_ROLES: Final = {"source": Role.source_operator, "destination": Role.destination_operator}
"""Whose policy lets a side's caller assume roles in members; credentials of ``[access]`` have none of ours."""


class Access:
    """One side's management account, and through its credentials the member accounts.

    Credentials that ``[access]`` names may also be a member's own: that account is entered by them, without a role.

    Every client it makes is paced and its answers set the clock: both hang on botocore events, so that no caller
    can forget them.
    """

    def __init__(self, name: str, entrance: Entrance, *, run: str, pacer: Pacer, clock: Clock) -> None:
        """Find the credentials; no call is made to Organizations yet.

        Args:
            name: "source", "destination" or "access", for messages.
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
        self._clients: dict[tuple[str | bool, ...], BaseClient] = {}
        self.organization_id = ""
        self._session = open_session(entrance, name, run=run, clock=clock)
        self._members = session_with(SharedCredentials(), entrance.profile, self._session.region_name)
        identity = self._caller()
        self.caller_arn = mask_emails(identity["Arn"])  # Identity Center names sessions after their people
        self.account_id = identity["Account"]

    @property
    def partition(self) -> str:
        """The AWS partition, from the caller's ARN: ``aws``, ``aws-cn`` or ``aws-us-gov``."""
        return self.caller_arn.split(":")[1]

    def _caller(self) -> Mapping[str, str]:
        session = self._session
        try:
            client = self._made(session, "", "sts", "", ENTER)
            answer = client.get_caller_identity()  # type: ignore[attr-defined]
        except TROUBLES as error:
            raise blocked(
                error,
                side=self.name,
                profile=self.entrance.profile,
                region=session.region_name,
                host=f"sts.{session.region_name or ANYWHERE}.amazonaws.com",
            ) or CredentialsError(
                Message(
                    "credentials-not-accepted",
                    side=self.name,
                    profile=self.entrance.profile or "default",
                    why=understand(error).why,
                )
            ) from error
        if not answer.get("Account") or account_of(answer.get("Arn", "")) != answer["Account"]:
            raise CredentialsError(Message("credentials-of-nobody", side=self.name))
        return {"Arn": answer["Arn"], "Account": answer["Account"]}

    def client(self, service: str, *, changing: bool = False, region: str = "") -> BaseClient:
        """A client that acts as this side's management account; asked again, the same one, with its open connections.

        Args:
            service: botocore's name of the service.
            changing: whether it may be used for calls that change something: those are never repeated unseen.
            region: where the service is called, if not in the region of the credentials.
        """
        return self._shared(self._session, self.account_id, service, region, changing=changing)

    def members_client(self, service: str = "organizations", *, changing: bool = False, region: str = "") -> BaseClient:
        """The one client of a service for all member accounts: it acts as whoever the calling thread acts as."""
        return self._shared(self._members, acting_account, service, region, changing=changing)

    def _shared(
        self, session: boto3.Session, account: str | Callable[[], str], service: str, region: str, *, changing: bool
    ) -> BaseClient:
        return self._kept(
            (session is self._members, service, region, self.organization_id, changing),
            lambda: self._made(session, account, service, region, _CHANGE if changing else READ),
        )

    def read_only_client(self, service: str, *, region: str, timeout: float) -> BaseClient:
        """A new client of this side's management account, which only reads.

        Args:
            service: botocore's name of the service.
            region: where it is called; empty for the region of the credentials.
            timeout: seconds that a call may take.
        """
        with self._lock:
            return self._made(self._session, self.account_id, service, region, _read_only(timeout))

    def members_read_only_client(
        self, service: str, *, region: str, timeout: float, prepare: Callable[[BaseClient], None]
    ) -> BaseClient:
        """The one client that reads in all member accounts: it acts as whoever the calling thread acts as.

        Args:
            service: botocore's name of the service.
            region: where it is called; empty for the region of the credentials.
            timeout: seconds that a call may take.
            prepare: given the client once, when it is made.
        """

        def prepared() -> BaseClient:
            made = self._made(self._members, acting_account, service, region, _read_only(timeout))
            prepare(made)
            return made

        return self._kept(("read-only", service, region), prepared)

    def _kept(self, key: tuple[str | bool, ...], make: Callable[[], BaseClient]) -> BaseClient:
        """A client that was made before, or a new one: many threads ask at once, and one is wanted."""
        known = self._clients.get(key)
        if known is not None:
            return known
        with self._lock:
            if key not in self._clients:
                self._clients[key] = make()
            return self._clients[key]

    def _made(
        self, session: boto3.Session, account: str | Callable[[], str], service: str, region: str, config: Config
    ) -> BaseClient:
        """A new client, and whose pace it keeps.

        boto3 sessions are not thread-safe while they make one, so hold the lock.
        """
        client: BaseClient = session.client(  # type: ignore[call-overload]
            service, region_name=region or self._session.region_name or ANYWHERE, config=config
        )
        self._clock.attach(client)
        if service in PACED_SERVICES:
            self._pacer.attach(client, account_id=account, organization_id=self.organization_id)
        return client

    def actor(self, account_id: str, role: str) -> Actor:
        """A member account to act as. The role is assumed once; its credentials are kept until they near their end.

        Raises:
            CredentialsError: the role cannot be assumed.
        """
        if account_id == self.account_id:
            return Actor(account_id, self._own())
        keys = self._member_keys(account_id, role)
        return Actor(account_id, ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token))

    def assume_anew(self, account_id: str, role: str) -> None:
        """Assume a role in a member account, whatever session of it is at hand.

        Raises:
            CredentialsError: the role cannot be assumed.
        """
        if account_id == self.account_id:
            self._caller()
            return
        self._keys.pop((account_id, role), None)
        self._member_keys(account_id, role)

    def role_arn(self, account_id: str, role: str) -> str:
        """The ARN of a role in a member account of this side's partition; of its own credentials, whose they are."""
        if account_id == self.account_id:
            return self.caller_arn
        return f"arn:{self.partition}:iam::{account_id}:role/{role}"

    def _own(self) -> ReadOnlyCredentials:
        """These credentials themselves, fetched again where they near their end."""
        try:
            held = self._session.get_credentials()
            if held is None:
                raise NoCredentialsError
            return held.get_frozen_credentials()
        except TROUBLES as error:
            raise CredentialsError(
                Message(
                    "credentials-not-refreshed", side=self.name, account=self.account_id, why=understand(error).why
                ),
                account_id=self.account_id,
            ) from error

    def _member_keys(self, account_id: str, role: str) -> Keys:
        known = self._keys.get((account_id, role))
        if known and known.expires_at and known.expires_at - self._clock.now() > _FRESH:
            return known
        client = self.client("sts")
        arn = self.role_arn(account_id, role)
        try:
            answer = client.assume_role(RoleArn=arn, RoleSessionName=self._run)  # type: ignore[attr-defined]
        except (BotoCoreError, ClientError) as error:
            refusal, granting = understand(error), _ROLES.get(self.name)
            if not isinstance(error, ClientError):
                raise CredentialsError(
                    Message("role-not-answered", account=account_id, arn=arn, why=refusal.why), account_id=account_id
                ) from error
            raise CredentialsError(
                Message(
                    "role-not-assumed",
                    account=account_id,
                    arn=arn,
                    caller=self.caller_arn,
                    reason=refusal.name,
                    role=role,
                    accounts=[self.account_id],
                    then=grant("sts:AssumeRole", "caller", granting) if granting else Message("grant-assume-role"),
                ),
                account_id=account_id,
            ) from error
        keys = self._keys[account_id, role] = Keys.of_role(answer, arn)
        return keys


def _read_only(timeout: float) -> Config:
    return READ.merge(Config(connect_timeout=timeout, read_timeout=timeout))
