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
from orgtools.messages import Message, next_step
from tests.said import says, tells

if TYPE_CHECKING:
    from pathlib import Path

_KEYS = "aws_access_key_id = AKIAMADEUP\naws_secret_access_key = made-up-secret\n"
_REGION = "region = eu-central-1\n"
_HOST = "sts.eu-central-1.amazonaws.com"
_OLD = f"[profile old]\n{_REGION}"
_PROFILE = f"{_OLD}{_KEYS}"
_THROUGH_PROXY = Message(
    "network",
    whys=[
        Message("variable-set", variable="HTTPS_PROXY", host="proxy.corp:8080"),
        *(
            Message("variable-not-set", variable=name)
            for name in ("HTTP_PROXY", "NO_PROXY", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL")
        ),
    ],
)


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

    def refused(self, config: str, **entrance: str) -> Message:
        """What is told where this config file is all there is."""
        with pytest.raises(CredentialsError) as refusal:
            self.opened(config, **entrance)
        said, message = str(refusal.value), refusal.value.message
        assert refusal.value.next_step
        assert message.facts["side"] == "source"
        assert "old" in said
        assert "made-up-secret" not in said
        return message

    def troubled(self, config: str) -> Message:
        """What keeps the side from being entered before AWS has judged its credentials."""
        message = self.refused(config)
        assert (message.code, message.facts["profile"]) == ("side-not-entered", "old")
        return message


def _answer(status: int, body: str, *, late: timedelta = timedelta()) -> AWSResponse:
    headers: Any = {"date": format_datetime(datetime.now(UTC) + late)}
    raw: Any = SimpleNamespace(stream=lambda *_: iter([body.encode()]), read=io.BytesIO(body.encode()).read)
    return AWSResponse(f"https://{_HOST}", status, headers, raw)


def _error(code: str, words: str = "Words.") -> str:
    told = f"<Type>Sender</Type><Code>{code}</Code><Message>{words}</Message>"
    return f"<ErrorResponse><Error>{told}</Error></ErrorResponse>"


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (EndpointConnectionError(endpoint_url=f"https://{_HOST}/"), Message("entering-no-answer", host=_HOST)),
        (ConnectTimeoutError(endpoint_url=f"https://{_HOST}/"), Message("entering-no-answer", host=_HOST)),
        (
            SSLError(endpoint_url=f"https://{_HOST}/", error=OSError("self-signed")),
            Message("entering-certificate", host=_HOST),
        ),
        (ProxyConnectionError(proxy_url="http://proxy.corp:8080"), Message("entering-proxy-silent", host="proxy.corp")),
        (HTTPClientError(error=OSError("broken")), Message("entering-no-answer", host=_HOST)),
        (
            _answer(200, "<html><body>Sign in to the guest network</body>"),
            Message("entering-not-aws", host=_HOST),
        ),
        (_answer(403, "<!DOCTYPE html><p>Blocked by policy<br>"), Message("entering-not-aws", host=_HOST)),
    ],
    ids=["no route", "no answer", "TLS inspection", "proxy", "broken", "a page", "a page that refuses"],
)
def test_no_answer_of_aws_is_told_with_host_words_and_variables(
    machine: _Machine, error: Exception | AWSResponse, why: Message
) -> None:
    """Which are told instead of the remedy for refused credentials; a proxy's password is not repeated."""
    machine.answers(error)
    machine.patch.setenv("HTTPS_PROXY", "http://jane:hidden@proxy.corp:8080")
    told = machine.troubled(_PROFILE)
    assert told.facts["why"] == why
    assert told.facts["then"] == (_THROUGH_PROXY,)
    assert says(told, "said")
    assert str(_THROUGH_PROXY) in next_step(told)
    assert "hidden" not in f"{told} {next_step(told)}"


def test_a_bundle_of_certificates_that_is_not_there_is_named(machine: _Machine) -> None:
    """AWS_CA_BUNDLE with a slip of the pen."""
    machine.patch.setenv("AWS_CA_BUNDLE", str(machine.folder / "nowhere.pem"))
    machine.answers(OSError("Could not find a suitable TLS CA certificate bundle"))
    told = machine.troubled(_PROFILE)
    assert told.facts["why"] == Message("profile-ca-bundle")
    assert says(told, "variable-set", variable="AWS_CA_BUNDLE", host=str(machine.folder / "nowhere.pem"))


@pytest.mark.parametrize("code", ["SignatureDoesNotMatch", "RequestExpired", "InvalidSignatureException"])
def test_a_clock_that_is_wrong_is_told_by_the_time_of_the_answer(machine: _Machine, code: str) -> None:
    """AWS's own time tells it from keys that are wrong."""
    machine.answers(_answer(403, _error(code), late=timedelta(hours=2)))
    told = machine.troubled(_PROFILE)
    assert told.facts["why"] == Message("clock-differs-by", span=timedelta(hours=2))
    assert says(told, "said")


def test_wrong_keys_at_the_right_time_are_to_be_mended_by_signing_in(machine: _Machine) -> None:
    """The same code, and the clock is right."""
    machine.answers(_answer(403, _error("SignatureDoesNotMatch")))
    told = machine.refused(_PROFILE)
    assert says(told, "credentials-not-accepted", profile="old")
    assert says(told, "refused", reason="SignatureDoesNotMatch", words="Words.")


def test_a_region_without_sts_is_named(machine: _Machine) -> None:
    """The remedy is not to sign in."""
    machine.answers(_answer(403, _error("RegionDisabledException")))
    assert machine.troubled(_PROFILE).facts["why"] == Message("sts-disabled", region="eu-central-1")


def test_keys_of_another_partition_need_a_region(machine: _Machine) -> None:
    """Without one us-east-1 is asked, which does not know them; that is said."""
    machine.answers(_answer(403, _error("InvalidClientTokenId")))
    machine.patch.delenv("AWS_DEFAULT_REGION", raising=False)
    told = machine.troubled(f"[profile old]\n{_KEYS}")
    assert told.facts["why"] == Message("keys-of-another-partition")


@pytest.mark.parametrize(
    ("config", "code", "reason"),
    [
        (f"{_OLD}credential_process = /nowhere/at/all\n", "profile-process-wrong", "FileNotFoundError"),
        (f"{_OLD}credential_process = echo hello\n", "profile-process-wrong", "JSONDecodeError"),
        (f"{_OLD}credential_process = echo []\n", "profile-process-wrong", "AttributeError"),
        (f"{_OLD}credential_process = false\n", "profile-process-fails", "CredentialRetrievalError"),
        (f'[profile old]\nregion = "eu-central-1"\n{_KEYS}', "profile-region-wrong", "InvalidRegionError"),
        (f"{_OLD}endpoint_url = localhost:5000\n{_KEYS}", "profile-endpoint-wrong", "ValueError"),
        (f"{_OLD}aws_access_key_id = AKIAMADEUP\n", "profile-keys-partial", "PartialCredentialsError"),
        (
            f"{_OLD}source_profile = gone\nrole_arn = arn:aws:iam::111111111111:role/x\n",
            "profile-names-missing",
            "InvalidConfigError",
        ),
        ("no sections\n", "profile-file-unreadable", "ConfigParseError"),
    ],
    ids=lambda value: value if value.startswith("profile-") else "",
)
def test_a_profile_that_cannot_be_used_is_told_with_its_setting(
    machine: _Machine, config: str, code: str, reason: str
) -> None:
    """With the file and botocore's own error; no traceback."""
    told = machine.troubled(config)
    assert told.facts["why"] == Message(code, path=str(machine.folder / "config"))
    assert says(told, "said", reason=reason)
    assert ("gone" in config) == ("gone" in told.facts["finding"].facts["words"])


@pytest.mark.parametrize(
    ("config", "code"),
    [(f"[old]\n{_REGION}{_KEYS}", "profile-misnamed"), ("[profile other]\n", "profile-missing")],
)
def test_a_profile_that_is_not_in_the_file_is_told_with_it(machine: _Machine, config: str, code: str) -> None:
    """Also where the section has its name, and not as AWS wants it."""
    path = str(machine.folder / "config")
    assert machine.refused(config) == Message(code, side="source", profile="old", path=path)


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
    assert machine.troubled(_WITH_MFA).facts["why"] == Message("profile-asks-for-mfa")


def test_a_code_that_is_typed_in_a_notebook_goes_to_aws(machine: _Machine) -> None:
    """The kernel asks in the notebook, not at the terminal that it was started from."""
    machine.patch.setattr("getpass.getpass", lambda _: "123456")
    machine.answers(_answer(403, _error("AccessDenied", "MultiFactorAuthentication failed")))
    assert says(machine.refused(_WITH_MFA), "refused", words="MultiFactorAuthentication failed")


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
    for told in (understand(read.value).why, reply.refusal.why, entered.value.message):
        assert says(told, "proxy-may-answer", host=".amazonaws.com")
        assert tells(told, _THROUGH_PROXY)
        assert str(_THROUGH_PROXY) in next_step(told)
        words = str(told)
        assert "hidden" not in words + next_step(told)
        assert "policy" not in words.replace("[access]", "")
        assert "pars" not in words


@pytest.mark.parametrize("held", ['{"SecretBinary": "AAEC"}', '{"SecretString": "{\\"access_key_id\\": 1}"}'])
def test_a_secret_that_holds_no_keys_is_told(machine: _Machine, held: str) -> None:
    """A binary one, and one with a number for a key; what it holds is not repeated."""
    machine.answers(_answer(200, held))
    code = "secret-is-binary" if "Binary" in held else "secret-is-wrong"
    assert machine.refused(_PROFILE, secret="orgtools/old") == Message(code, side="source", name="orgtools/old")
