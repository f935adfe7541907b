"""One account, invited without a run folder: `orgtools.invite`, `orgtools.handshakes`, `orgtools.accept`."""

from __future__ import annotations

import inspect
import json
import re
import tempfile
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple

import boto3
import pytest
from botocore.config import Config
from typer.testing import CliRunner

import orgtools
from orgtools import accepting, inviting, steps
from orgtools.aws.calls.rate_limits import Pacer
from orgtools.cli import app
from orgtools.invitations import SENT
from orgtools.ledger import Kind
from orgtools.messages import Message, next_step
from orgtools.rehearsal import Fault
from tests import rehearsed
from tests.rehearsed import (
    COURTED,
    DESTINATION,
    DESTINATION_MANAGEMENT,
    FOREIGN_INVITATION,
    OUTSIDE,
    OUTSIDE_INVITATION,
    PLAIN,
    RESIDENT,
    SOURCE,
    SOURCE_MANAGEMENT,
    SUSPENDED,
    THIRD,
    YOUNG,
)
from tests.said import says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

ONE = PLAIN[0]
INVITES = "InviteAccountToOrganization"


@pytest.fixture(autouse=True)
def own_pace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets of this test alone, and no pause between looks: the rehearsal shows at once what it did."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr("orgtools.inviting.time.sleep", lambda _: None)


class Paced(NamedTuple):
    """A call that asked for its turn: whose turn it was, and the seconds that it waited."""

    operation: str
    account_id: str
    organization_id: str
    slept: float


@pytest.fixture
def paced(monkeypatch: pytest.MonkeyPatch) -> list[Paced]:
    """Every call that asks for its turn."""
    found: list[Paced] = []
    wait = Pacer.wait

    def noted(self: Pacer, operation: str, *, account_id: str, organization_id: str, endpoint: str) -> float:
        slept = wait(self, operation, account_id=account_id, organization_id=organization_id, endpoint=endpoint)
        found.append(Paced(operation, account_id, organization_id, slept))
        return slept

    monkeypatch.setattr(Pacer, "wait", noted)
    return found


def _made(rehearsal: Rehearsal, operation: str = INVITES) -> int:
    return sum(call.operation == operation for call in rehearsal.calls())


@pytest.mark.parametrize(
    "account_id", ["12345678901", "1234567890123", " 23456789012", "12345678901a", "\uff11" * 12, ""]
)
def test_what_is_no_account_id_is_refused_before_anything_is_called(account_id: str) -> None:
    """Not even credentials are looked for."""
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(account_id, profile="not-there")
    assert refused.value.message == Message("account-id-malformed", given=account_id)
    assert refused.value.next_step


@pytest.mark.parametrize("number", [123456789012, None])
def test_an_id_that_is_no_text_is_refused_like_a_wrong_one(number: Any) -> None:
    """Of the event of a function, or of a column of a DataFrame: a number has lost its leading zeros."""
    malformed = Message("account-id-malformed", given=str(number))
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(number, profile="not-there")
    assert refused.value.message == malformed
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.accept("h-0123456789", organization=DESTINATION, management_account=number, profile="not-there")
    assert refused.value.message == malformed


@pytest.mark.parametrize("tongue", ["en", "ja"])
@pytest.mark.parametrize("given", ["3" * 10_000, int("3" * 4_000), 10**5_000], ids=["text", "number", "unwritable"])
def test_an_id_of_any_length_is_refused_in_a_sentence(given: Any, tongue: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which repeats its beginning."""
    monkeypatch.setenv("ORGTOOLS_LANGUAGE", tongue)
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(given)
    assert "account-id-malformed" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("given", "code", "facts"),
    [
        ({"tags": {"aws:team": "shop"}}, "tag-reserved", {}),
        ({"tags": {"team": 1}}, "invite-tags-no-texts", {}),
        ({"tags": ["team=shop"]}, "invite-tags-no-texts", {}),
        ({"tags": {"team": "a;b=c"}}, "tag-signs-wrong", {"tag": "team=a;b=c"}),
        ({"tags": {" ": "shop"}}, "tag-without-key", {"tag": "=shop"}),
        ({"tags": {"team": "x" * 257}}, "tag-too-long", {"quota": 256, "total": 257}),
        ({"tags": {f"key{number}": "" for number in range(51)}}, "tags-too-many", {"count": 51}),
        ({"notes": "x" * 1025}, "invite-notes-long", {"count": 1025}),
    ],
)
def test_what_aws_does_not_allow_is_refused_before_anything_is_called(
    given: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    """Tags as in accounts.csv, notes as in migration.toml; not even credentials are looked for."""
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(ONE, profile="not-there", **given)
    assert says(refused.value.message, code, **facts)
    assert refused.value.next_step


def test_a_key_twice_is_refused() -> None:
    """Which value was meant is not guessed."""
    ended = CliRunner().invoke(app, ["invite", ONE, "--profile", "not-there", "--tag", "team=a", "--tag", "team=b"])
    assert (ended.exit_code, str(Message("cli-tag-key-twice")) in ended.output) == (2, True)


@pytest.mark.parametrize(
    "typed",
    [
        ["invite", ONE, "--profile", ""],
        ["invite", ONE, "--profile="],
        ["invite", ONE, "--role-arn", ""],
        ["invite", ONE, "--secret", ""],
        ["invite", ONE, "--run", ""],
        ["invite", ONE, "--notes", "", "--secret="],
        ["handshakes", "--profile", ""],
        ["status", "--folder", ""],
        ["audit", "--folder="],
        ["verify-record", ".", "--signers", "allowed", "--signer", ""],
        ["policies", "accepter", "--organization", ""],
    ],
)
def test_an_empty_option_is_none_that_was_left_out(
    typed: list[str], rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a shell's unset variable: whatever would be taken without it was not meant."""
    monkeypatch.setenv("AWS_PROFILE", "destination")
    before = rehearsal.calls()
    ended = CliRunner().invoke(app, typed)
    option = typed[-1].removesuffix("=") or typed[-2]
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"orgtools: {Message('argument-empty', key=option)}")
    assert rehearsal.calls() == before


def test_an_empty_path_is_not_the_folder_here() -> None:
    """Nor is an answer that is empty a question."""
    ended = CliRunner().invoke(app, ["verify-record", ""])
    assert (ended.exit_code, str(Message("cli-argument-empty")) in ended.stderr) == (2, True)


@pytest.mark.parametrize("key", ["profile", "role_arn", "secret"])
def test_an_empty_argument_is_none_that_was_left_out(
    key: str, rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All three functions refuse it before anything is called."""
    monkeypatch.setenv("AWS_PROFILE", "destination")
    before = rehearsal.calls()
    given: dict[str, Any] = {key: ""}
    for empty in (
        lambda: orgtools.invite(ONE, **given),
        lambda: orgtools.handshakes(**given),
        lambda: _accept(OUTSIDE_INVITATION, **given),
    ):
        with pytest.raises(orgtools.InputError) as refused:
            empty()
        assert refused.value.message == Message("argument-empty", key=key)
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(ONE, run="")
    assert refused.value.message == Message("argument-empty", key="run")
    assert rehearsal.calls() == before


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"notes": None}, Message("argument-not-text", key="notes", given="None")),
        ({"notes": 5}, Message("argument-not-text", key="notes", given="5")),
        ({"notes": ["a"]}, Message("argument-not-text", key="notes", given="['a']")),
        ({"run": 5}, Message("run-folder-impossible", given="5")),
        ({"run": b"x"}, Message("run-folder-impossible", given="b'x'")),
        ({"profile": 5}, Message("argument-profile-wrong", given="5")),
        ({"role_arn": 5}, Message("argument-role-arn-wrong", given="5")),
        ({"secret": 5}, Message("argument-secret-wrong")),
    ],
)
def test_an_argument_of_another_type_is_refused_by_name(
    given: dict[str, Any], wrong: Message, rehearsal: Rehearsal
) -> None:
    """Which argument it is, and what was given; nothing was called."""
    before = rehearsal.calls()
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.invite(ONE, **given)
    assert says(refused.value.message, wrong.code, **wrong.facts)
    assert rehearsal.calls() == before


@pytest.mark.parametrize("folder", [5, b"x", "a\0b", "~nobody-of-this-name/run"])
def test_what_cannot_be_a_run_folder_is_not_opened(folder: Any) -> None:
    """It is refused, and not by Python."""
    with pytest.raises(orgtools.InputError) as refused:
        orgtools.open(folder)
    assert refused.value.message == Message("run-folder-impossible", given=str(folder))


@pytest.mark.parametrize("command", [["invite", ONE], ["handshakes"]])
@pytest.mark.parametrize(
    ("option", "named"),
    [
        (("--profile", "nope"), "profile=nope"),
        (("--role-arn", "foo"), str(Message("argument-role-arn-wrong", given="foo"))),
    ],
)
def test_a_wrong_option_is_named_as_it_was_typed(
    command: list[str], option: tuple[str, str], named: str, rehearsal: Rehearsal
) -> None:
    """Not as a table of migration.toml: there is none."""
    ended = CliRunner().invoke(app, [*command, *option])
    assert ended.exit_code == 2
    assert named in ended.stderr
    assert "[destination]" not in ended.stderr


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    """Two ways in, or a run and credentials beside it."""
    for given in (
        {"secret": "a", "role_arn": "arn:aws:iam::222222222222:role/Mover"},
        {"client": object(), "profile": "a"},
        {"client": boto3.client},
        {"run": tmp_path, "profile": "a"},
        {"run": tmp_path, "notes": "a"},
    ):
        with pytest.raises(orgtools.InputError):
            orgtools.invite(ONE, **given)
        if "run" not in given:
            with pytest.raises(orgtools.InputError):
                _accept(OUTSIDE_INVITATION, **given)
    for handshake, organization, management, malformed in (
        ("h-1", DESTINATION, DESTINATION_MANAGEMENT, Message("handshake-id-malformed", given="h-1")),
        ("h-aaaaaaaaaa", "o-1", DESTINATION_MANAGEMENT, Message("organization-id-malformed", given="o-1")),
        ("h-aaaaaaaaaa", DESTINATION, "1", Message("account-id-malformed", given="1")),
    ):
        with pytest.raises(orgtools.InputError) as refused:
            orgtools.accept(handshake, organization=organization, management_account=management, profile="not-there")
        assert refused.value.message == malformed


def test_two_lines_invite_an_account(rehearsal: Rehearsal) -> None:
    """Three calls to Organizations; again they find the same invitation, and call nothing that changes anything."""
    handshake = orgtools.invite(ONE, profile="destination", notes="Welcome", tags={"team": "shop"})
    world = rehearsal.world()["handshakes"][handshake.id]
    assert (world["account"], world["organization"], world["state"]) == (ONE, DESTINATION, "OPEN")
    calls = [call.operation for call in rehearsal.calls() if call.service == "organizations"]
    assert calls == ["DescribeOrganization", "ListHandshakesForOrganization", INVITES]
    assert orgtools.invite(ONE, profile="destination") == handshake
    assert _made(rehearsal) == 1


def test_an_invitation_of_somebody_else_is_left_alone(rehearsal: Rehearsal) -> None:
    """A third organization's is pending; ours is sent beside it."""
    handshake = orgtools.invite(COURTED, profile="destination")
    assert handshake.id != FOREIGN_INVITATION
    assert handshake.organization_id == DESTINATION
    assert rehearsal.world()["handshakes"][FOREIGN_INVITATION]["state"] == "OPEN"


def test_a_client_of_ones_own_is_given_back_as_it_was(rehearsal: Rehearsal) -> None:
    """It is paced and its lost answers are settled by looking, although botocore would call again; then no more."""
    again = Config(retries={"total_max_attempts": 4, "mode": "standard"})
    client = boto3.Session(profile_name="destination").client("organizations", config=again)
    rehearsal.script(Fault(INVITES, "lost", calls=[1]))
    handshake = orgtools.invite(ONE, client=client)
    assert _made(rehearsal) == 1
    assert rehearsal.world()["handshakes"][handshake.id]["account"] == ONE
    rehearsal.script(Fault("ListRoots", "server_error", calls=[1]))
    client.list_roots()
    assert _made(rehearsal, "ListRoots") == 2


@contextmanager
def _proxy(rehearsal: Rehearsal, operation: str, body: bytes) -> Iterator[Any]:
    """A client whose calls go through a proxy, which lets each through and answers one operation itself."""

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Forward; the answer to that operation is the proxy's."""
            server = HTTPConnection(rehearsal.address.removeprefix("http://"))
            given = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            server.request("POST", self.path, self.rfile.read(int(self.headers["Content-Length"])), given)
            answer = server.getresponse()
            held = answer.read()
            own = self.headers["X-Amz-Target"].endswith(f".{operation}")
            self.send_response(200 if own else answer.status)
            self.send_header("Content-Type", "text/html" if own else "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(body if own else held)))
            self.end_headers()
            self.wfile.write(body if own else held)
            server.close()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- http.server's own name
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        thread = Thread(target=proxy.serve_forever, args=(0.01,))
        thread.start()
        session = boto3.Session(profile_name="destination")
        try:
            yield session.client("organizations", endpoint_url=f"http://127.0.0.1:{proxy.server_port}")
        finally:
            proxy.shutdown()
            thread.join()


_PAGE = b"<html><body>Sign in to the guest network</body></html>"


@pytest.mark.parametrize("body", [_PAGE, b"Blocked by policy", b'{"Handshakes": ['], ids=["page", "text", "half"])
@pytest.mark.parametrize("operation", ["DescribeOrganization", "ListHandshakesForOrganization"])
def test_a_page_of_a_proxy_is_no_answer_to_a_client_of_ones_own(
    rehearsal: Rehearsal, operation: str, body: bytes
) -> None:
    """botocore alone would read it as an empty answer: as if nothing had been sent. Nobody is invited."""
    with _proxy(rehearsal, operation, body) as client:
        for asked in (lambda: orgtools.handshakes(client=client), lambda: orgtools.invite(ONE, client=client)):
            with pytest.raises(orgtools.RefusedError) as refused:
                asked()
            code = "page-came" if body == _PAGE else "no-json-came"
            assert says(refused.value.message, "answer-not-of-aws", why=Message(code, http=200))
            assert says(refused.value.message, "side-refused", caller="client", action=f"organizations:{operation}")
            assert says(refused.value.message, "proxy-may-answer", host=".amazonaws.com")
    assert _made(rehearsal) == 0


def test_a_page_in_the_place_of_the_invitation_is_settled_by_looking(rehearsal: Rehearsal) -> None:
    """It took effect, and is found; given back, the client reads answers as before."""
    with _proxy(rehearsal, INVITES, _PAGE) as client:
        handshake = orgtools.invite(ONE, client=client)
        assert rehearsal.world()["handshakes"][handshake.id]["account"] == ONE
        assert _made(rehearsal) == 1
        again = client.invite_account_to_organization(Target={"Id": PLAIN[1], "Type": "ACCOUNT"})
        assert "Handshake" not in again


@pytest.mark.parametrize(("kind", "calls"), [("lost", 1), ("cut", 2), ("throttle", 2), ("concurrent_modification", 2)])
def test_a_doubtful_answer_is_settled_by_looking(rehearsal: Rehearsal, kind: Any, calls: int) -> None:
    """It is called again only where AWS, read anew, shows no invitation."""
    rehearsal.script(Fault(INVITES, kind, calls=[1]))
    handshake = orgtools.invite(ONE, profile="destination")
    made = [call.operation for call in rehearsal.calls() if call.operation.endswith(("Organization", "Handshakes"))]
    assert made.count(INVITES) == calls
    first = made.index(INVITES)
    assert made[first + 1] == "ListHandshakesForOrganization"
    assert [one for one, held in rehearsal.world()["handshakes"].items() if held["account"] == ONE] == [handshake.id]


EQUAL = (1.0, 1.0, 1.0)


@pytest.mark.parametrize("pauses", [inviting.PAUSES, EQUAL])
def test_a_call_that_is_never_answered_is_given_up(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, pauses: tuple[float, ...]
) -> None:
    """After one call for each pause, with what to do; the last thing is a look."""
    monkeypatch.setattr(inviting, "PAUSES", pauses)
    rehearsal.script(Fault(INVITES, "cut", probability=1.0))
    with pytest.raises(orgtools.RefusedError) as refused:
        orgtools.invite(ONE, profile="destination")
    assert says(refused.value.message, "invite-again")
    assert refused.value.code
    calls = [call.operation for call in rehearsal.calls() if call.operation.endswith("Organization")]
    assert calls[1:] == ["ListHandshakesForOrganization", INVITES] * len(pauses) + ["ListHandshakesForOrganization"]


@pytest.mark.parametrize("pauses", [inviting.PAUSES, EQUAL])
def test_an_acceptance_that_is_never_answered_is_given_up(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, pauses: tuple[float, ...]
) -> None:
    """Likewise."""
    monkeypatch.setattr(accepting, "PAUSES", pauses)
    handshake = orgtools.invite(ONE, profile="destination")
    rehearsal.script(Fault("AcceptHandshake", "cut", probability=1.0))
    with pytest.raises(orgtools.RefusedError) as refused:
        _accept(handshake.id)
    assert says(refused.value.message, "invite-again")
    calls = [call.operation for call in rehearsal.calls() if "Handshake" in call.operation]
    assert calls[-2 * len(pauses) - 1 :] == [
        *["ListHandshakesForAccount", "AcceptHandshake"] * len(pauses),
        "ListHandshakesForAccount",
    ]


@pytest.mark.parametrize("pauses", [inviting.PAUSES, EQUAL])
def test_the_last_look_still_counts(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch, pauses: tuple[float, ...]
) -> None:
    """The last call took effect, and its answer was lost."""
    for module in (inviting, accepting):
        monkeypatch.setattr(module, "PAUSES", pauses)
    faults: list[tuple[Any, list[int]]] = [("cut", list(range(1, len(pauses)))), ("lost", [len(pauses)])]
    rehearsal.script(*(Fault(INVITES, kind, calls=calls) for kind, calls in faults))
    handshake = orgtools.invite(ONE, profile="destination")
    rehearsal.script(*(Fault("AcceptHandshake", kind, calls=calls) for kind, calls in faults))
    assert _accept(handshake.id).state == "ACCEPTED"
    assert _made(rehearsal) == _made(rehearsal, "AcceptHandshake") == len(pauses)


def test_refusals_tell_code_reason_and_next_step(rehearsal: Rehearsal) -> None:
    """A member of ours, and a destination that is full."""
    with pytest.raises(orgtools.RefusedError) as refused:
        orgtools.invite(RESIDENT, profile="destination")
    assert says(refused.value.message, "invite-from-elsewhere", organization=DESTINATION)
    assert refused.value.reason == "ALREADY_IN_AN_ORGANIZATION"
    assert _made(rehearsal) == 1
    rehearsal.intervene("quota", organization=DESTINATION, accounts=1)
    with pytest.raises(orgtools.RefusedError) as refused:
        orgtools.invite(ONE, profile="destination")
    told = refused.value
    assert (told.code, told.reason) == ("HandshakeConstraintViolationException", "ACCOUNT_NUMBER_LIMIT_EXCEEDED")
    assert told.account_id == ONE
    assert told.next_step


def test_only_a_management_account_invites(rehearsal: Rehearsal) -> None:
    """A member's credentials are refused before anything is called that changes something."""
    arn = f"arn:aws:iam::{ONE}:role/OrganizationAccountAccessRole"
    with pytest.raises(orgtools.OrganizationError) as refused:
        orgtools.invite(OUTSIDE, profile="source", role_arn=arn)
    assert refused.value.message == Message(
        "side-of-a-member",
        side="arguments",
        account=ONE,
        organization=SOURCE,
        management_account=SOURCE_MANAGEMENT,
    )
    assert _made(rehearsal) == 0


def test_what_was_sent_is_a_table(rehearsal: Rehearsal) -> None:
    """Documented columns and types; times have their zone."""
    handshake = orgtools.invite(ONE, profile="destination")
    table = orgtools.handshakes(profile="destination")
    assert list(table.columns) == list(SENT)
    assert {name: str(kind) for name, kind in table.dtypes.items()} == {
        name: "datetime64[us, UTC]" if name.endswith("(UTC)") else "str" for name in SENT
    }
    assert list(table["handshake"]) == [OUTSIDE_INVITATION, handshake.id]
    row = table.set_index("handshake").loc[handshake.id]
    assert (row["account"], row["state"], row["organization"]) == (ONE, "OPEN", DESTINATION)
    assert row["sent (UTC)"].to_pydatetime() == handshake.requested_at
    rehearsal.reset({**rehearsed.scenario(), "invitations": []})
    empty = orgtools.handshakes(profile="destination")
    assert list(empty.columns) == list(SENT)
    assert {str(empty[name].dtype) for name in SENT if name.endswith("(UTC)")} == {"datetime64[us, UTC]"}


def _accept(
    handshake_id: str, account_id: str = ONE, organization: str = DESTINATION, **way: Any
) -> orgtools.Handshake:
    return orgtools.accept(
        handshake_id,
        organization=organization,
        management_account=DESTINATION_MANAGEMENT,
        **way or {"profile": "source", "role_arn": f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole"},
    )


@pytest.mark.parametrize("kind", ["", "lost", "cut"])
def test_an_invitation_is_accepted_with_its_id(rehearsal: Rehearsal, kind: Any) -> None:
    """As the member, once whatever becomes of the answer; again it is found accepted."""
    handshake = orgtools.invite(ONE, profile="destination")
    if kind:
        rehearsal.script(Fault("AcceptHandshake", kind, calls=[1]))
    assert _accept(handshake.id).state == "ACCEPTED"
    assert rehearsal.world()["accounts"][ONE]["organization"] == DESTINATION
    made = _made(rehearsal, "AcceptHandshake")
    assert made == (2 if kind == "cut" else 1)


def test_all_three_name_their_credentials_alike() -> None:
    """Whoever knows one knows the others."""
    ways = {"profile": None, "role_arn": None, "secret": None, "client": None}
    for function in (orgtools.invite, orgtools.handshakes, orgtools.accept):
        taken = inspect.signature(function).parameters
        assert {name: taken[name].default for name in ways} == ways, function


@pytest.mark.parametrize("kind", ["", "lost", "cut"])
def test_a_client_of_ones_own_accepts(rehearsal: Rehearsal, kind: Any) -> None:
    """It is given back as it was; botocore does not repeat the call; nothing but Organizations is called."""
    handshake = orgtools.invite(ONE, profile="destination")
    client = rehearsed.inside(ONE, "organizations")
    before = len(rehearsal.calls())
    if kind:
        rehearsal.script(Fault("AcceptHandshake", kind, calls=[1]))
    accepted = _accept(handshake.id, client=client)
    assert (accepted.id, accepted.state) == (handshake.id, "ACCEPTED")
    assert rehearsal.world()["accounts"][ONE]["organization"] == DESTINATION
    made = [call.operation for call in rehearsal.calls()[before:]]
    assert made.count("AcceptHandshake") == (2 if kind == "cut" else 1)
    assert set(made) == {"ListHandshakesForAccount", "AcceptHandshake"}
    assert _accept(handshake.id, client=client).state == "ACCEPTED"
    rehearsal.script(Fault("DescribeOrganization", "server_error", calls=[1]))
    client.describe_organization()
    assert _made(rehearsal, "DescribeOrganization") == 3, "botocore's own second try is its again"


def test_with_a_client_nobody_elses_invitation_is_accepted(rehearsal: Rehearsal) -> None:
    """A client does not tell whose it is: the refusal names it as the client's."""
    client = rehearsed.inside(COURTED, "organizations")
    for handshake, code in (
        (FOREIGN_INVITATION, "ForeignHandshake"),
        (OUTSIDE_INVITATION, "HandshakeNotFoundException"),
    ):
        with pytest.raises(orgtools.RefusedError) as refused:
            _accept(handshake, client=client)
        assert (refused.value.code, refused.value.account_id) == (code, None)
        assert refused.value.message.facts["account"] == "client"
        assert refused.value.next_step
    assert _made(rehearsal, "AcceptHandshake") == 0


def test_nobody_elses_invitation_is_accepted(rehearsal: Rehearsal) -> None:
    """Another organization's, one that names another management account, and one that the account does not see."""
    for handshake, account, organization in (
        (FOREIGN_INVITATION, COURTED, DESTINATION),
        (FOREIGN_INVITATION, COURTED, THIRD),
        (OUTSIDE_INVITATION, ONE, DESTINATION),
    ):
        with pytest.raises(orgtools.RefusedError) as refused:
            _accept(handshake, account, organization)
        assert refused.value.code == ("ForeignHandshake" if account == COURTED else "HandshakeNotFoundException")
    assert _made(rehearsal, "AcceptHandshake") == 0


def test_what_was_typed_wrong_is_named(rehearsal: Rehearsal) -> None:
    """The invitation is ours: nobody is told to decline it."""
    handshake = orgtools.invite(ONE, profile="destination")
    entered = {"profile": "source", "role_arn": f"arn:aws:iam::{ONE}:role/OrganizationAccountAccessRole"}
    account = Message("inviter-other-account", management_account=DESTINATION_MANAGEMENT, accounts=["555555555555"])
    organization = Message("inviter-other-organization", organization=DESTINATION, organizations=[THIRD])
    for typed, wrong in (
        ((DESTINATION, "555555555555"), [account]),
        ((THIRD, DESTINATION_MANAGEMENT), [organization]),
        ((THIRD, "555555555555"), [organization, account]),
    ):
        with pytest.raises(orgtools.RefusedError) as refused:
            orgtools.accept(handshake.id, organization=typed[0], management_account=typed[1], **entered)
        assert refused.value.code == "ForeignHandshake"
        assert refused.value.message == Message("accept-not-as-named", account=ONE, handshake=handshake.id, whys=wrong)
        assert refused.value.next_step
    assert _made(rehearsal, "AcceptHandshake") == 0


def test_an_invitation_that_is_over_is_not_accepted(rehearsal: Rehearsal) -> None:
    """It says which state it has, and whom to ask."""
    handshake = orgtools.invite(ONE, profile="destination")
    rehearsal.intervene("cancel", handshake=handshake.id)
    with pytest.raises(orgtools.RefusedError) as refused:
        _accept(handshake.id)
    assert refused.value.message == Message(
        "accept-too-late", account=ONE, handshake=handshake.id, organization=DESTINATION, state="CANCELED"
    )
    assert refused.value.next_step


def test_in_a_run_the_call_is_in_its_ledger(run: Run) -> None:
    """Intended before it, its outcome after it, under an approval of exactly that."""
    migration = run.assessed()
    handshake = orgtools.invite(ONE, run=run.folder)
    events = [event for event in migration.ledger.events() if event.step == "invite"]
    kinds = [event.kind for event in events]
    assert kinds == [Kind.PREVIEWED, Kind.APPROVED, Kind.INTENDED, Kind.OUTCOME, Kind.CONFIRMED]
    assert events[1].data["accounts"] == [ONE]
    assert events[3].data["handshake_id"] == handshake.id
    assert orgtools.invite(ONE, run=run.folder).id == handshake.id
    assert len(run.changing()) == 1


def test_in_a_run_its_rules_hold(run: Run) -> None:
    """Not planned, not assessed, blocked: refused, and nothing was called that changes anything."""
    with pytest.raises(orgtools.InputError, match=OUTSIDE):
        orgtools.invite(OUTSIDE, run=run.folder)
    unassessed = Message("not-assessed")
    with pytest.raises(orgtools.RefusedError) as refused:
        orgtools.invite(ONE, run=run.folder)
    assert refused.value.message == Message("invite-blocked", account=ONE, why=unassessed)
    assert (refused.value.code, refused.value.next_step) == ("Blocked", next_step(unassessed))
    run.assessed()
    for account_id, code in ((SUSPENDED, "Blocked"), (YOUNG, "NotYet")):
        with pytest.raises(orgtools.RefusedError) as refused:
            orgtools.invite(account_id, run=run.folder)
        assert (refused.value.code, refused.value.account_id) == (code, account_id)
        assert refused.value.next_step
    assert run.changing() == []


def test_in_a_run_a_refusal_of_aws_keeps_code_and_reason(run: Run) -> None:
    """As without one."""
    run.assessed()
    fault = Fault(
        INVITES, "refuse", calls=[1], code="ConstraintViolationException", reason="ORGANIZATION_NOT_IN_ACTIVE_STATE"
    )
    run.rehearsal.script(fault)
    with pytest.raises(orgtools.RefusedError) as refused:
        orgtools.invite(ONE, run=run.folder)
    assert (refused.value.code, refused.value.reason) == (fault.code, fault.reason)
    assert steps.Status.REFUSED not in refused.value.code


def test_the_command_prints_the_id(rehearsal: Rehearsal) -> None:
    """Alone on stdout; with --json the whole handshake; a refusal is a sentence and exit code 2."""
    invited = CliRunner().invoke(app, ["invite", ONE, "--profile", "destination", "--tag", "team=shop"])
    assert invited.exit_code == 0, invited.output
    handshake = invited.stdout.strip()
    assert rehearsal.world()["handshakes"][handshake]["account"] == ONE
    assert "OPEN" in invited.stderr
    told = json.loads(CliRunner().invoke(app, ["invite", ONE, "--profile", "destination", "--json"]).stdout)
    assert (told["id"], told["account"], told["state"]) == (handshake, ONE, "OPEN")
    listed = CliRunner().invoke(app, ["handshakes", "--profile", "destination"])
    assert handshake in listed.stdout
    assert re.search(r" \d{4}-\d\d-\d\d \d\d:\d\d  ", listed.stdout), "UTC, to the minute"
    assert "+00:00" not in listed.stdout
    rows = json.loads(CliRunner().invoke(app, ["handshakes", "--profile", "destination", "--format", "json"]).stdout)
    assert [row["handshake"] for row in rows] == [OUTSIDE_INVITATION, handshake]
    for wrong in (
        ["invite", "123"],
        ["invite", ONE, "--tag", "team"],
        ["invite", RESIDENT, "--profile", "destination"],
    ):
        ended = CliRunner().invoke(app, wrong)
        assert (ended.exit_code, ended.stdout) == (2, ""), ended.output
        assert ended.stderr.startswith("orgtools: ")


def test_calls_are_paced_together_by_all_who_call(rehearsal: Rehearsal, paced: list[Paced]) -> None:
    """The third look at the organization within a second waits for its turn, whoever asks."""
    for _ in range(4):
        inviting.rows(profile="destination")
    assert max(one.slept for one in paced) > 0


def test_a_client_keeps_the_pace_of_its_own_organization(rehearsal: Rehearsal, paced: list[Paced]) -> None:
    """That of a profile of the same one, and of no other; before AWS tells whose it is, that of its access key."""
    told = list[set[tuple[str, str]]]()
    for given in (
        {"client": boto3.Session(profile_name="destination").client("organizations")},
        {"client": boto3.Session(profile_name="third").client("organizations")},
        {"profile": "destination"},
    ):
        paced.clear()
        inviting.rows(**given)
        told.append({(one.account_id, one.organization_id) for one in paced if one.operation.startswith("List")})
        (described,) = [one for one in paced if one.operation == "DescribeOrganization"]
        assert described.account_id, "nobody without a name of its own"
        assert "AKIA" not in described.account_id
    ours = {(DESTINATION_MANAGEMENT, DESTINATION)}
    assert told == [ours, {("555555555555", THIRD)}, ours]


def test_two_clients_of_different_accounts_do_not_share_a_pace(rehearsal: Rehearsal, paced: list[Paced]) -> None:
    """Each is called by what signs its calls; the same one again keeps its own."""
    one, other = (rehearsed.inside(account, "organizations") for account in (ONE, COURTED))
    for client in (one, other, one):
        with pytest.raises(orgtools.RefusedError):
            _accept("h-aaaaaaaaaa", client=client)
    looks = [seen.account_id for seen in paced]
    per_call = len(looks) // 3
    assert looks[:per_call] == looks[-per_call:] == [looks[0]] * per_call
    assert len(set(looks)) == 2
    assert all(looks)
