"""What keeps a side from being entered before AWS has judged its credentials: the network, the clock, the profile.

Each is told with the side, the profile, the setting, the host and botocore's words; "sign in again" is left to what
signing in again mends.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from botocore import exceptions as of_botocore
from botocore.configloader import raw_config_parse
from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.genuine import NotOfAwsError
from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import CredentialsError

if TYPE_CHECKING:
    from collections.abc import Mapping

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

_SKEW: Final = timedelta(minutes=5)
"""What AWS allows: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html"""
_LATE: Final = frozenset({"RequestExpired", "SignatureDoesNotMatch", "InvalidSignatureException"})
_NETWORK: Final = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL")

_ROUTE: Final = "Check the network between this machine and {host}"
_TRUST: Final = (
    "Where a proxy inspects TLS, set AWS_CA_BUNDLE to the file with its certificates; where that is set, check it"
)
_PROXY: Final = "A proxy may answer instead: check it, or name {host} in NO_PROXY"
_PROFILE: Final = "Correct the profile in {file}"
_SIGN_IN: Final = "Sign in again for the profile, then run this again"

# The first class that fits is taken: subclasses before their bases.
_BY_CLASS: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (
        NotOfAwsError,
        "what answers in the place of {host} is not AWS: its answer is a page or the like",
        _PROXY,
    ),
    (of_botocore.ProxyConnectionError, "the proxy {host} does not answer", "Check the proxy's address"),
    (of_botocore.SSLError, "{host} shows a certificate that this machine does not trust", _TRUST),
    (of_botocore.ConnectionError, "no answer came from {host}", _ROUTE),
    (of_botocore.HTTPClientError, "no answer came from {host}", _ROUTE),
    (of_botocore.PartialCredentialsError, "the profile has only a part of its keys", _PROFILE),
    (of_botocore.InvalidRegionError, "the setting region is not the code of a region", _PROFILE),
    (of_botocore.NoRegionError, "the setting region is missing", _PROFILE),
    (of_botocore.InvalidConfigError, "the profile names what is not there", _PROFILE),
    (of_botocore.ConfigParseError, "the AWS config file cannot be read", "Correct {file}"),
    (
        of_botocore.RefreshWithMFAUnsupportedError,
        "the profile asks for an MFA code, and its session is over",
        _SIGN_IN,
    ),
    (of_botocore.SSOError, "the login of IAM Identity Center is missing or has expired", _SIGN_IN),
    (of_botocore.TokenRetrievalError, "the login of IAM Identity Center is missing or has expired", _SIGN_IN),
    (of_botocore.LoginError, "the login is missing or has expired", _SIGN_IN),
    (of_botocore.NoCredentialsError, "the profile has no credentials", _SIGN_IN),
    (
        of_botocore.CredentialRetrievalError,
        "what the profile gets its credentials from fails",
        "Run its credential_process by hand, and correct the profile in {file}",
    ),
    (BotoCoreError, "botocore refuses the profile", _PROFILE),
)
_PARTITION: Final = (
    "Where they are keys of AWS GovCloud (US) or China, set region in the profile, such as us-gov-west-1 or "
    "cn-north-1; otherwise sign in again"
)
_ASSIGN: Final = (
    "Assign the permission set (sso_role_name) in the account (sso_account_id) to whoever signed in, or correct the "
    "profile in {file}"
)
_MFA: Final = "Sign in first with a program that asks for the code, and name a profile with that session"

# What AWS answers that is about the machine or the region, not about who asks.
_BY_CODE: Final[dict[str, tuple[str, str]]] = {
    "RegionDisabledException": (
        "STS is disabled in the region {region}, or the region is",
        "Enable it under Account settings of IAM, or set another region in the profile",
    ),
}


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
    host = _host(error) or host or "AWS"
    if isinstance(error, ClientError):
        found = _of_answer(error, region)
    elif not isinstance(error, BotoCoreError):
        found = _of_program(error, profile)
    else:
        found = next((what, step) for kind, what, step in _BY_CLASS if isinstance(error, kind))
    if found is None:
        return None
    what, step = found
    places = {"host": host, "region": region or "us-east-1", "file": config_file()}
    asked = isinstance(error, (of_botocore.ConnectionError, of_botocore.HTTPClientError))
    network = _network() if asked or step == _TRUST else ""
    words = mask_secrets(" ".join(str(error).split())).removesuffix(".")[:300]
    said = f" ({type(error).__name__}: {words})" if words else f" ({type(error).__name__})"
    return CredentialsError(
        f"[{side}] profile {profile or 'default'}: {what.format(**places)}{said}.",
        next_step=f"{step.format(**places)}.{network}",
    )


def beside_a_proxy() -> str:
    """What to do where something else answers than AWS, with the variables that say where calls go."""
    return f"{_PROXY.format(host='AWS (.amazonaws.com)')}.{_network()}"


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


def _of_answer(error: ClientError, region: str | None) -> tuple[str, str] | None:
    code = str(error.response.get("Error", {}).get("Code", ""))
    off = _off(error.response.get("ResponseMetadata", {}).get("HTTPHeaders", {}))
    if code == "RequestTimeTooSkewed" or (code in _LATE and off is not None and abs(off) > _SKEW):
        by = f" by {abs(off).total_seconds() / 60:.0f} minutes" if off else ""
        return f"this machine's clock differs from AWS's{by}", "Set the clock (NTP), then run this again"
    if code in {"InvalidClientTokenId", "UnrecognizedClientException"} and not region:
        return (
            "AWS does not know the keys, and the profile names no region, so that us-east-1 was asked",
            _PARTITION,
        )
    if error.operation_name == "GetRoleCredentials":
        return f"IAM Identity Center gives no session of its permission set ({code})", _ASSIGN
    return _BY_CODE.get(code)


def _off(headers: Mapping[str, str]) -> timedelta | None:
    """By how much this machine's clock differs from that of an answer."""
    try:
        return datetime.now(UTC) - parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError, TypeError):
        return None


def _of_program(error: Exception, profile: str | None) -> tuple[str, str]:
    """What is no error of botocore's own: the profile's program, or a value that it cannot use."""
    told = _settings(profile)
    if isinstance(error, (EOFError, getpass.GetPassWarning)):
        return "it asks for an MFA code (mfa_serial), and there is no terminal to type it", _MFA
    if "endpoint_url" in told and not urlsplit(told["endpoint_url"]).netloc:
        return "the setting endpoint_url is no address that begins with https://", _PROFILE
    if "credential_process" in told:
        return (
            "the program of credential_process cannot be started, or prints no JSON",
            "Run it by hand, and correct credential_process in {file}",
        )
    if os.environ.get("AWS_CA_BUNDLE"):
        return "AWS_CA_BUNDLE may name no file of certificates", _TRUST
    return "botocore cannot use a setting of the profile", _PROFILE


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


def _network() -> str:
    """The variables that say where calls go, with their values' hosts; never a password of a proxy."""
    told = []
    for name in _NETWORK:
        value = os.environ.get(name) or os.environ.get(name.lower())
        if value:
            parts = urlsplit(value)
            told.append(f"{name} is {parts.netloc.rpartition('@')[2] if parts.netloc else mask_secrets(value)}")
        else:
            told.append(f"{name} is not set")
    return f" {'; '.join(told)}."
