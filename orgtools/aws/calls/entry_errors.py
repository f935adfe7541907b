"""What keeps a side from being entered before AWS has judged its credentials: the network, the clock, the profile.

Each is told with the side, the profile, the setting, the host and botocore's words; "sign in again" is left to what
signing in again mends.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from botocore import exceptions as of_botocore
from botocore.configloader import raw_config_parse
from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.calls.answers import NotOfAwsError
from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import CredentialsError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TROUBLES: Final = (
    BotoCoreError,
    ClientError,
    OSError,
    EOFError,
    getpass.GetPassWarning,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""What botocore raises while it reads a profile, runs its program, makes a client and asks for the first answer."""

_LONGEST: Final = 300
"""Characters of an error that are told."""
_SKEW: Final = timedelta(minutes=5)
"""What AWS allows: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"""
_LATE: Final = frozenset({"RequestExpired", "SignatureDoesNotMatch", "InvalidSignatureException"})
_NETWORK: Final = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL")


@dataclass(frozen=True, slots=True)
class _Where:
    """What was asked, where, and which file says so."""

    host: str
    region: str
    file: str


# The first class that fits is taken: subclasses before their bases.
_BY_CLASS: Final[tuple[tuple[type[Exception], Callable[[_Where], Message]], ...]] = (
    (NotOfAwsError, lambda at: Message("entering-not-aws", host=at.host)),
    (of_botocore.ProxyConnectionError, lambda at: Message("entering-proxy-silent", host=at.host)),
    (of_botocore.SSLError, lambda at: Message("entering-certificate", host=at.host)),
    (of_botocore.ConnectionError, lambda at: Message("entering-no-answer", host=at.host)),
    (of_botocore.HTTPClientError, lambda at: Message("entering-no-answer", host=at.host)),
    (of_botocore.PartialCredentialsError, lambda at: Message("profile-keys-partial", path=at.file)),
    (of_botocore.InvalidRegionError, lambda at: Message("profile-region-wrong", path=at.file)),
    (of_botocore.NoRegionError, lambda at: Message("profile-region-missing", path=at.file)),
    (of_botocore.InvalidConfigError, lambda at: Message("profile-names-missing", path=at.file)),
    (of_botocore.ConfigParseError, lambda at: Message("profile-file-unreadable", path=at.file)),
    (of_botocore.RefreshWithMFAUnsupportedError, lambda _: Message("profile-mfa-session-over")),
    (of_botocore.SSOError, lambda _: Message("profile-login-over")),
    (of_botocore.TokenRetrievalError, lambda _: Message("profile-login-over")),
    (of_botocore.LoginError, lambda _: Message("profile-login-over")),
    (of_botocore.NoCredentialsError, lambda _: Message("profile-no-credentials")),
    (of_botocore.CredentialRetrievalError, lambda at: Message("profile-process-fails", path=at.file)),
    (BotoCoreError, lambda at: Message("profile-refused", path=at.file)),
)
_OF_NETWORK: Final = frozenset({"entering-certificate", "profile-ca-bundle"})
"""What depends on the variables that say where calls go, beside what got no answer."""
_UNKNOWN_KEYS: Final = frozenset({"InvalidClientTokenId", "UnrecognizedClientException"})


def blocked(
    error: Exception, *, side: str, profile: str | None, region: str | None = None, host: str = ""
) -> CredentialsError | None:
    """The error for what keeps a side from being entered; None where AWS has judged the credentials themselves.

    Args:
        error: one of `TROUBLES`.
        side: "source" or "destination", or what else begins the sentence.
        profile: the profile that was used; None for the default chain.
        region: the profile's region.
        host: who was asked, where the error does not name it.
    """
    at = _Where(_host(error) or host or "AWS", region or "us-east-1", config_file())
    if isinstance(error, ClientError):
        found = _of_answer(error, at, named=bool(region))
    elif not isinstance(error, BotoCoreError):
        found = _of_program(error, profile)
    else:
        found = next(told(at) for kind, told in _BY_CLASS if isinstance(error, kind))
    if found is None:
        return None
    asked = isinstance(error, (of_botocore.ConnectionError, of_botocore.HTTPClientError))
    words = mask_secrets(" ".join(str(error).split()))[:_LONGEST]
    reason = type(error).__name__
    message = Message(
        "side-not-entered",
        side=side,
        profile=profile or "default",
        why=found,
        finding=Message("said", reason=reason, words=words) if words else Message("said-nothing", reason=reason),
        then=_network() if asked or found.code in _OF_NETWORK else (),
    )
    return CredentialsError(message)


def beside_a_proxy() -> tuple[Message, ...]:
    """What to do where something else answers than AWS, with the variables that say where calls go."""
    return Message("proxy-may-answer", host=".amazonaws.com"), *_network()


def code_of_mfa(prompt: str) -> str:
    """The code of an MFA device, typed at a terminal or in a notebook.

    Raises:
        EOFError: there is nobody to type it: no terminal (cron), or a notebook that runs by itself (papermill).
    """
    if getpass.getpass.__module__ == "getpass" and not (sys.stdin and sys.stdin.isatty()):
        raise EOFError  # otherwise it would wait at the terminal of whoever started the kernel
    try:
        return getpass.getpass(prompt)
    except RuntimeError as error:  # IPython's StdinNotImplementedError
        raise EOFError from error


def config_file() -> str:
    """The AWS config file, as messages name it."""
    return os.environ.get("AWS_CONFIG_FILE", "~/.aws/config")


def misnamed(profile: str) -> bool:
    """Whether the config file has ``[NAME]`` where AWS wants ``[profile NAME]``."""
    try:
        return profile in raw_config_parse(config_file())
    except BotoCoreError:
        return False


def _of_answer(error: ClientError, at: _Where, *, named: bool) -> Message | None:
    """What AWS answers that is about the machine or the region, not about who asks."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    off = _off(error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {}))
    if code == "RequestTimeTooSkewed" or (code in _LATE and off is not None and abs(off) > _SKEW):
        # The answer came a moment ago: whole minutes are as much as is known.
        minutes = round(abs(off) / timedelta(minutes=1)) if off else 0
        return Message("clock-differs-by", span=timedelta(minutes=minutes)) if minutes else Message("clock-differs")
    if code in _UNKNOWN_KEYS and not named:
        return Message("keys-of-another-partition")
    if error.operation_name == "GetRoleCredentials":
        return Message("permission-set-without-session", reason=code, path=at.file)
    return Message("sts-disabled", region=at.region) if code == "RegionDisabledException" else None


def _off(headers: Mapping[str, str]) -> timedelta | None:
    """By how much this machine's clock differs from that of an answer."""
    try:
        return datetime.now(UTC) - parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):
        return None


def _of_program(error: Exception, profile: str | None) -> Message:
    """What is no error of botocore's own: the profile's program, or a value that it cannot use."""
    told = _settings(profile)
    if isinstance(error, (EOFError, getpass.GetPassWarning)):
        return Message("profile-asks-for-mfa")
    if "endpoint_url" in told and not urlsplit(told["endpoint_url"]).netloc:
        return Message("profile-endpoint-wrong", path=config_file())
    if "credential_process" in told:
        return Message("profile-process-wrong", path=config_file())
    if os.environ.get("AWS_CA_BUNDLE"):
        return Message("profile-ca-bundle")
    return Message("profile-setting-wrong", path=config_file())


def _settings(profile: str | None) -> Mapping[str, str]:
    try:
        held = raw_config_parse(config_file())
    except BotoCoreError:
        return {}
    return held.get(f"profile {profile}") or held.get(f'profile "{profile}"') or held.get(profile or "default") or {}


def _host(error: Exception) -> str:
    told = getattr(error, "kwargs", {})
    address = str(told.get("proxy_url") or told.get("endpoint_url") or "")
    if not address:
        inside = re.search(r"host='([\w.-]+)'", str(error))
        return inside[1] if inside else ""
    return urlsplit(address).hostname or ""


def _network() -> tuple[Message, ...]:
    """The variables that say where calls go, with their values' hosts; never a password of a proxy."""
    told = list[Message]()
    for name in _NETWORK:
        value = os.environ.get(name) or os.environ.get(name.lower())
        if value:
            parts = urlsplit(value)
            host = parts.netloc.rpartition("@")[2] if parts.netloc else mask_secrets(value)
            told.append(Message("variable-set", variable=name, host=host))
        else:
            told.append(Message("variable-not-set", variable=name))
    return (Message("network", whys=told),)
