"""A person's way into member accounts: sessions of IAM Identity Center, from the login that the AWS CLI keeps.

The cached login is read, never written or renewed, and its token goes nowhere but to AWS. See
https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound, SSOTokenLoadError
from botocore.utils import SSOTokenLoader, parse_timestamp

from orgtools.aws.calls import answers
from orgtools.aws.calls.errors import understand
from orgtools.aws.masking import mask_emails
from orgtools.aws.sessions.acting_as import Actor, acting_as
from orgtools.aws.sessions.credentials import Keys, account_of, of_another
from orgtools.exceptions import CredentialsError
from orgtools.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from botocore.client import BaseClient

    from orgtools.aws.sessions.pool import Access

_FRESH: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Login:
    """Which login enters an account, as a value that any process can open.

    Attributes:
        profile: a profile of the AWS config file with an ``sso_session``, or with an ``sso_start_url``.
        permission_set: the permission set that is assigned in the account.
        cache: the folder in which ``aws sso login`` keeps logins.
    """

    profile: str
    permission_set: str
    cache: Path


class Portal:
    """The access portal of IAM Identity Center, seen by whoever has signed in to it.

    It enters a member account as an `orgtools.aws.sessions.pool.Access` does; the name of a role is a permission set's.
    """

    def __init__(self, side: Access, login: Login) -> None:
        """Name the login; nothing is read or called yet.

        Args:
            side: whose shared clients the members' calls are made with; its credentials are not used.
            login: who signs in.
        """
        self._side = side
        self._profile = login.profile
        self._cache = login.cache
        self._lock = threading.Lock()
        self._keys: dict[tuple[str, str], Keys] = {}

    @property
    def partition(self) -> str:
        """The AWS partition, as of the side."""
        return self._side.partition

    def role_arn(self, account_id: str, role: str) -> str:
        """The permission set in words, and the account's ARN: the role behind it has a name that AWS makes up."""
        return f"arn:{self.partition}:iam::{account_id}:permission set {role}"

    def members_client(self, service: str = "organizations", *, changing: bool = False, region: str = "") -> BaseClient:
        """The one client of a service for all member accounts: it acts as whoever the calling thread acts as."""
        return self._side.members_client(service, changing=changing, region=region)

    def actor(self, account_id: str, role: str) -> Actor:
        """A member account to act as; its credentials are kept until they near their end.

        Raises:
            CredentialsError: nobody is signed in, the login has expired, or it has no such permission set there.
        """
        with self._lock:
            known = self._keys.get((account_id, role))
            if known is None or known.expires_at is None or known.expires_at - datetime.now(UTC) < _FRESH:
                known = self._keys[account_id, role] = self._ask(account_id, role)
        return Actor(account_id, ReadOnlyCredentials(known.access_key, known.secret_key, known.token))

    def assume_anew(self, account_id: str, role: str) -> None:
        """Ask for a session, whatever session is at hand.

        Raises:
            CredentialsError: as `actor` does.
        """
        with self._lock:
            self._keys[account_id, role] = self._ask(account_id, role)

    def _ask(self, account_id: str, role: str) -> Keys:
        login = self._login()
        token = self._token(login)
        session = boto3.Session(profile_name=self._profile)
        answers.only(session._session)  # noqa: SLF001 -- boto3 gives no other way to it
        client: Any = session.client(
            "sso",
            region_name=login["sso_region"],
            config=Config(signature_version=UNSIGNED, user_agent_extra="orgtools"),
        )
        try:
            answer = client.get_role_credentials(roleName=role, accountId=account_id, accessToken=token)
        except (BotoCoreError, ClientError) as error:
            refusal = understand(error)
            if refusal.code == "UnauthorizedException":
                # "from None": nothing that holds the request may be shown.
                raise self._signed_out(Message("login-not-accepted")) from None
            if not isinstance(error, ClientError):
                raise CredentialsError(
                    Message("portal-not-answered", account=account_id, why=refusal.why), account_id=account_id
                ) from None
            raise CredentialsError(
                Message("portal-no-session", account=account_id, permission_set=role, reason=refusal.name),
                account_id=account_id,
            ) from None
        held = answer["roleCredentials"]
        expires_at = datetime.fromtimestamp(held["expiration"] / 1000, UTC)
        keys = Keys(held["accessKeyId"], held["secretAccessKey"], held["sessionToken"], expires_at)
        self._check(keys, account_id, role)
        return keys

    def _check(self, keys: Keys, account_id: str, role: str) -> None:
        """Ask whose session it is: the portal's answer does not say it. That needs no permission."""
        client: Any = self._side.members_client("sts")
        try:
            with acting_as(Actor(account_id, ReadOnlyCredentials(keys.access_key, keys.secret_key, keys.token))):
                given = client.get_caller_identity()
        except (BotoCoreError, ClientError) as error:
            raise CredentialsError(
                Message("portal-session-unknown", account=account_id, reason=understand(error).name),
                account_id=account_id,
            ) from error
        if given.get("Account") != account_id or account_of(given.get("Arn", "")) != account_id:
            raise of_another(self.role_arn(account_id, role), mask_emails(given.get("Arn", "")))

    def _login(self) -> dict[str, str]:
        try:
            config = boto3.Session(profile_name=self._profile)._session.full_config  # noqa: SLF001
        except (ProfileNotFound, BotoCoreError) as error:
            raise CredentialsError(Message("login-profile-missing", profile=self._profile)) from error
        profile = config.get("profiles", {}).get(self._profile, {})
        session = str(profile.get("sso_session", ""))
        table = config.get("sso_sessions", {}).get(session, {}) if session else profile
        missing = [name for name in ("sso_start_url", "sso_region") if name not in table]
        if missing:
            raise CredentialsError(Message("login-profile-wrong", profile=self._profile, keys=missing))
        return {"session": session, "sso_start_url": table["sso_start_url"], "sso_region": table["sso_region"]}

    def _token(self, login: dict[str, str]) -> str:
        try:
            held = SSOTokenLoader(_ReadOnly(self._cache))(login["sso_start_url"], login["session"] or None)
            expires_at = parse_timestamp(held["expiresAt"]).astimezone(UTC)
        except SSOTokenLoadError:
            raise self._signed_out(Message("login-missing")) from None
        except (ValueError, TypeError, OverflowError):
            raise self._signed_out(Message("login-unreadable")) from None
        if expires_at <= datetime.now(UTC):
            raise self._signed_out(Message("login-expired", at=expires_at))
        return str(held["accessToken"])

    def _signed_out(self, why: Message) -> CredentialsError:
        return CredentialsError(Message("signed-out", profile=self._profile, why=why))


class _ReadOnly(dict[str, Any]):
    """The folder of cached logins, as botocore's loader reads it; nothing is ever put into it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __contains__(self, key: object) -> bool:
        return (self._folder / f"{key}.json").is_file()

    def __getitem__(self, key: str) -> Any:
        return json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
