"""What keeps a side from being entered: each trouble of machine, network or profile is told as what it is."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    ProxyConnectionError,
    SSLError,
)
from botocore.httpsession import URLLib3Session

from orgtools.aws.calls.answers import NotOfAwsError
from orgtools.aws.calls.errors import understand
from orgtools.aws.changing_call import call
from orgtools.aws.clock import Clock
from orgtools.aws.sessions.credentials import Entrance
from orgtools.aws.sessions.pool import Access
from orgtools.exceptions import CredentialsError

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = "aws_access_key_id = AKIAMADEUP\naws_secret_access_key = made-up-secret\n"
_REGION = "region = eu-central-1\n"
_HOST = "sts.eu-central-1.amazonaws.com"
_OLD = f"[profile old]\n{_REGION}"
_PROFILE = f"{_OLD}{_KEYS}"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Machine:
    """A machine with a profile and a network of its own."""
    return _Machine(tmp_path, monkeypatch)


class _Machine:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.lower(), raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(folder / "config"))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(folder / "none"))
        monkeypatch.setattr("time.sleep", lambda _: None)

    def answers(self, answer: Exception | AWSResponse) -> None:
        """Whatever is asked, this is what the network answers."""

        def send(_: Any, request: Any) -> AWSResponse:
            if isinstance(answer, Exception):
                raise answer
            return answer

        self.patch.setattr(URLLib3Session, "send", send)

    def opened(self, config: str, **entrance: str) -> Access:
        """The source, where this config file is all there is."""
        (self.folder / "config").write_text(config, encoding="utf-8")
        pacer: Any = SimpleNamespace(attach=lambda *_, **__: None)
        return Access("source", Entrance(**({"profile": "old"} | entrance)), run="spring", pacer=pacer, clock=Clock())

    def refused(self, config: str, **entrance: str) -> str:
        """What is said where this config file is all there is."""
        with pytest.raises(CredentialsError) as refusal:
            self.opened(config, **entrance)
        said = str(refusal.value)
        assert refusal.value.next_step
        assert "[source]" in said
        assert "old" in said
        assert "made-up-secret" not in said
        return said


def _answer(status: int, body: str, *, late: timedelta = timedelta()) -> AWSResponse:
    headers: Any = {"date": format_datetime(datetime.now(UTC) + late)}
    raw: Any = SimpleNamespace(stream=lambda *_: iter([body.encode()]), read=io.BytesIO(body.encode()).read)
    return AWSResponse(f"https://{_HOST}", status, headers, raw)


def _error(code: str, words: str = "Words.") -> str:
    told = f"<Type>Sender</Type><Code>{code}</Code><Message>{words}</Message>"
    return f"<ErrorResponse><Error>{told}</Error></ErrorResponse>"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (EndpointConnectionError(endpoint_url=f"https://{_HOST}/"), f"no answer came from {_HOST}"),
        (ConnectTimeoutError(endpoint_url=f"https://{_HOST}/"), f"no answer came from {_HOST}"),
        (SSLError(endpoint_url=f"https://{_HOST}/", error=OSError("self-signed")), f"{_HOST} presents a certificate"),
        (ProxyConnectionError(proxy_url="http://proxy.corp:8080"), "the proxy proxy.corp does not answer"),
        (HTTPClientError(error=OSError("broken")), f"no answer came from {_HOST}"),
        (_answer(200, "<html><body>Sign in to the guest network</body>"), f"other than AWS answered for {_HOST}"),
        (_answer(403, "<!DOCTYPE html><p>Blocked by policy<br>"), f"something other than AWS answered for {_HOST}"),
    ],
    ids=["no route", "no answer", "TLS inspection", "proxy", "broken", "a page", "a page that refuses"],
)
def test_no_answer_of_aws_is_told_with_host_words_and_variables(
    machine: _Machine, error: Exception | AWSResponse, words: str
) -> None:
    """And nobody is told to sign in again; a proxy's password is not repeated."""
    machine.answers(error)
    machine.patch.setenv("HTTPS_PROXY", "http://jane:hidden@proxy.corp:8080")
    said = machine.refused(_PROFILE)
    assert words in said
    assert (
        "HTTPS_PROXY is set to proxy.corp:8080; HTTP_PROXY is not set; NO_PROXY is not set; AWS_CA_BUNDLE is not set"
        in said
    )
    assert "hidden" not in said
    assert "ign in again" not in said


def test_a_bundle_of_certificates_that_is_not_there_is_named(machine: _Machine) -> None:
    """AWS_CA_BUNDLE with a slip of the pen."""
    machine.patch.setenv("AWS_CA_BUNDLE", str(machine.folder / "nowhere.pem"))
    machine.answers(OSError("Could not find a suitable TLS CA certificate bundle"))
    said = machine.refused(_PROFILE)
    assert "nowhere.pem" in said
    assert "ign in again" not in said


@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "RequestExpired", "InvalidSignatureException"])
def test_a_clock_that_is_wrong_is_told_by_the_time_of_the_answer(machine: _Machine, code: str) -> None:
    """AWS's own time tells it from keys that are wrong."""
    machine.answers(_answer(403, _error(code), late=timedelta(hours=2)))
    said = machine.refused(_PROFILE)
    assert "this machine's clock differs from AWS's by 2 hours" in said
    assert "Set the clock" in said


def test_wrong_keys_at_the_right_time_are_to_be_mended_by_signing_in(machine: _Machine) -> None:
    """The same code, and the clock is right."""
    machine.answers(_answer(403, _error("SignatureDoesNotMatch")))
    assert "AWS does not accept the credentials. AWS says SignatureDoesNotMatch" in machine.refused(_PROFILE)


def test_a_region_without_sts_is_named(machine: _Machine) -> None:
    """The remedy is not to sign in."""
    machine.answers(_answer(403, _error("RegionDisabledException")))
    said = machine.refused(_PROFILE)
    assert "STS is disabled in the Region eu-central-1" in said
    assert "ign in again" not in said


def test_keys_of_another_partition_need_a_region(machine: _Machine) -> None:
    """Without one us-east-1 is asked, which does not know them; that is said."""
    machine.answers(_answer(403, _error("InvalidClientTokenId")))
    machine.patch.delenv("AWS_DEFAULT_REGION", raising=False)
    said = machine.refused(f"[profile old]\n{_KEYS}")
    assert "names no Region, so orgtools asked us-east-1" in said
    assert "us-gov-west-1 or cn-north-1" in said


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (
            f"{_OLD}credential_process = /nowhere/at/all\n",
            ["credential_process", "FileNotFoundError"],
        ),
        (
            f"{_OLD}credential_process = echo hello\n",
            ["does not print JSON", "correct credential_process"],
        ),
        (f"{_OLD}credential_process = echo []\n", ["does not print JSON"]),
        (f"{_OLD}credential_process = false\n", ["CredentialRetrievalError", "by hand"]),
        (
            f'[profile old]\nregion = "eu-central-1"\n{_KEYS}',
            ["region is not the code", "InvalidRegionError"],
        ),
        (f"{_OLD}endpoint_url = localhost:5000\n{_KEYS}", ["endpoint_url is not an address"]),
        (f"{_OLD}aws_access_key_id = AKIAMADEUP\n", ["only a part of its keys"]),
        (f"{_OLD}source_profile = gone\nrole_arn = arn:aws:iam::111111111111:role/x\n", ["gone"]),
        (f"[old]\n{_REGION}{_KEYS}", ["writes its section as [old]", "Write [profile old]"]),
        ("[profile other]\n", ["does not contain", "AWS_CONFIG_FILE"]),
        ("no sections\n", ["config file cannot be read", "ConfigParseError"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_profile_that_cannot_be_used_is_told_with_its_setting(
    machine: _Machine, config: str, words: list[str]
) -> None:
    """No traceback, and nobody is told to sign in again."""
    said = machine.refused(config)
    for word in words:
        assert word in said
    assert "ign in again" not in said


_ROLE = "role_arn = arn:aws:iam::111111111111:role/x\nmfa_serial = arn:aws:iam::111111111111:mfa/jane\n"
_WITH_MFA = f"{_OLD}source_profile = base\n{_ROLE}[profile base]\n{_KEYS}"


@pytest.mark.parametrize("where", ["getpass", "ipykernel.kernelbase"], ids=["cron", "papermill"])
def test_a_code_that_nobody_can_type_is_told(machine: _Machine, where: str) -> None:
    """A profile with mfa_serial asks for a code; without a terminal there is nobody to ask, and nothing waits."""

    def asked(_: str) -> str:
        if where == "getpass":
            pytest.fail("this would wait at a terminal")
        message = "raw_input was called, but this frontend does not support input requests"
        raise RuntimeError(message)

    asked.__module__ = where
    machine.patch.setattr("getpass.getpass", asked)
    machine.patch.setattr("sys.stdin", io.StringIO("123456\n"))
    said = machine.refused(_WITH_MFA)
    assert "asks for an MFA code (mfa_serial), and there is no terminal" in said
    assert "Sign in first with a program that asks for the code" in said


def test_a_code_that_is_typed_in_a_notebook_goes_to_aws(machine: _Machine) -> None:
    """The kernel asks in the notebook, not at the terminal that it was started from."""
    machine.patch.setattr("getpass.getpass", lambda _: "123456")
    machine.answers(_answer(403, _error("AccessDenied", "MultiFactorAuthentication failed")))
    assert "MultiFactorAuthentication failed" in machine.refused(_WITH_MFA)


_PAGE = "<!DOCTYPE html><p>Blocked by policy<br>"


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, "<html>Sign in to the guest network</html>"), (403, _PAGE), (502, _PAGE), (200, "Blocked by policy")],
    ids=["a page", "a page that refuses", "a proxy in trouble", "a text"],
)
def test_a_page_in_the_place_of_an_answer_is_told_as_what_it_is_whenever_it_comes(
    machine: _Machine, status: int, body: str
) -> None:
    """Reading, changing or entering an account, in JSON or XML: the settings of the proxy are named, no parser's words.

    botocore alone would take such a page for an empty answer.
    """
    caller = "<Arn>arn:aws:iam::111111111111:user/jane</Arn><Account>111111111111</Account>"
    machine.answers(_answer(200, f"<Response><GetCallerIdentityResult>{caller}</GetCallerIdentityResult></Response>"))
    access = machine.opened(_PROFILE)
    machine.patch.setenv("HTTPS_PROXY", "http://jane:hidden@proxy.corp:8080")
    machine.answers(_answer(status, body))
    client: Any = access.client("organizations", changing=True)
    with pytest.raises((NotOfAwsError, ClientError)) as read:
        client.list_accounts()
    moved = {"AccountId": "111111111112", "SourceParentId": "r-abcd", "DestinationParentId": "ou-abcd-12345678"}
    reply = call(client, "MoveAccount", moved)
    assert reply.refusal is not None
    assert reply.answered == (status == 502)
    with pytest.raises(CredentialsError) as entered:
        access.actor("111111111112", "Role")
    told = understand(read.value)
    for words, next_step in (
        (str(told), told.next_step),
        (str(reply.refusal), reply.refusal.next_step),
        (str(entered.value), str(entered.value.next_step)),
    ):
        assert "HTTPS_PROXY is set to proxy.corp:8080; HTTP_PROXY is not set; NO_PROXY is not set" in next_step
        assert "hidden" not in words + next_step
        assert "policy" not in words.replace("[access]", "")
        assert "pars" not in words


@pytest.mark.parametrize("held", ['{"SecretBinary": "AAEC"}', '{"SecretString": "{\\"access_key_id\\": 1}"}'])
def test_a_secret_that_holds_no_keys_is_told(machine: _Machine, held: str) -> None:
    """A binary one, and one with a number for a key; what it holds is not repeated."""
    machine.answers(_answer(200, held))
    said = machine.refused(_PROFILE, secret="orgtools/old")
    assert "The secret orgtools/old does not hold what is expected" in said
    assert ("it is a binary secret" in said) == ("Binary" in held)
