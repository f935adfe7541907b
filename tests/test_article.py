"""The classic article, step by step: a secret, an event, the handshake's id; later the acceptance with that id.

Both functions run as they are in docs/lambda, each with the role that its policy makes, and nothing else: the source's
credentials are nowhere.
"""

from __future__ import annotations

import json
import logging
import runpy
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest

import orgtools
from orgtools import policies
from orgtools.policies import Role
from tests import rehearsed
from tests.policies import deploying
from tests.rehearsed import DESTINATION, DESTINATION_MANAGEMENT, PLAIN, RESIDENT, SOURCE_MANAGEMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.rehearsal import LoggedCall, Rehearsal

_DOCS: Final = Path(__file__).parents[1] / "docs" / "lambda"
_SECRET: Final = "orgtools/destination"
_MEMBER: Final = PLAIN[0]
_INVITES, _ACCEPTS = "function-invite", "function-accept"
"""The roles of the two functions, in an account of the new organization."""
_CONTEXT: Final = SimpleNamespace(invoked_function_arn=f"arn:aws:lambda:us-east-1:{RESIDENT}:function:accept")
"""What Lambda hands a function: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html."""
_EVENT: Final = {"account_id": _MEMBER, "tags": {"team": "shop"}}


def _policy(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_DOCS / f"{name}-policy.json").read_text(encoding="utf-8"))
    return found


def _inviter() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        policies.render(Role.inviter, organization=DESTINATION, management_account=DESTINATION_MANAGEMENT)
    )
    return found


def _scenario() -> dict[str, Any]:
    """The functions' roles, the secret, what its keys may do, and the role in the member that accepts."""
    tables = rehearsed.scenario()
    source, destination = tables["organizations"][:2]
    (home,) = [one for one in destination["accounts"] if one["id"] == RESIDENT]
    # SOURCE_MANAGEMENT stands for the service that hands a function its role's credentials.
    home["roles"] = [
        {"name": name, "trusts": [SOURCE_MANAGEMENT], "policy": _policy(name.removeprefix("function-"))}
        for name in (_INVITES, _ACCEPTS)
    ]
    destination["accounts"].append(
        {
            "id": DESTINATION_MANAGEMENT,
            "name": "management",
            "email": destination["email"],
            "joined": "INVITED",
            "operator_policy": _inviter(),
        }
    )
    (member,) = [one for one in source["accounts"] if one["id"] == _MEMBER]
    member["roles"] = [deploying.deployed(Role.accepter, TrustedAccount=RESIDENT, TrustedPrincipal=f"role/{_ACCEPTS}")]
    member["service_linked_role"] = False
    tables["secrets"] = [{"account": RESIDENT, "name": _SECRET, "credentials_for": DESTINATION_MANAGEMENT}]
    tables["switches"] = {"accept_needs_leave": True}
    return tables


class Functions:
    """The two functions, as Lambda runs them."""

    def __init__(self, rehearsal: Rehearsal, patch: pytest.MonkeyPatch) -> None:
        self.rehearsal = rehearsal
        self._patch = patch

    def run(self, name: str, event: dict[str, Any], **environment: str) -> dict[str, Any]:
        """Hand a function its role's credentials and its environment, load it, and call its handler."""
        with self._patch.context() as patched:
            way = [f"arn:aws:iam::{RESIDENT}:role/function-{name}"]
            if name == "accept" and "ROLE" not in environment:
                way.append(f"arn:aws:iam::{_MEMBER}:role/orgtools-accepter")
            session = boto3.Session(profile_name="source")
            for arn in way:
                keys = session.client("sts").assume_role(RoleArn=arn, RoleSessionName=name)["Credentials"]
                own = (keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"])
                session = boto3.Session(*own)
            for variable, value in zip(("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"), own, strict=True):
                patched.setenv(f"AWS_{variable}", value)
            for variable, value in environment.items():
                patched.setenv(variable, value)
            handler: Callable[..., dict[str, Any]] = runpy.run_path(str(_DOCS / f"{name}.py"))["handler"]
            return json.loads(json.dumps(handler(json.loads(json.dumps(event)), _CONTEXT)))  # type: ignore[no-any-return]

    def invite(self, event: dict[str, Any]) -> dict[str, Any]:
        """The first function."""
        return self.run("invite", event, SECRET=_SECRET)

    def accept(self, event: dict[str, Any], organization: str = DESTINATION) -> dict[str, Any]:
        """The second one."""
        named = {"ORGANIZATION": organization, "MANAGEMENT_ACCOUNT": DESTINATION_MANAGEMENT}
        return self.run("accept", event, **named, ROLE="orgtools-accepter")


@pytest.fixture
def functions(local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Functions:
    """In a world of their own, with buckets of their own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return Functions(rehearsed.rehearse(monkeypatch, _scenario()), monkeypatch)


def _asked(calls: list[LoggedCall], caller: str) -> set[str]:
    return {action for call in calls if caller in (call.caller_arn or "") for action in call.actions}


def test_the_article_step_by_step(functions: Functions, caplog: pytest.LogCaptureFixture) -> None:
    """Secrets Manager, event, id returned, later accepted with that id; every policy is neither short nor wide."""
    caplog.set_level(logging.DEBUG, logger="__main__")
    caplog.set_level(logging.INFO)
    world = functions.rehearsal.world
    answer = functions.invite(_EVENT)
    sent = world()["handshakes"][answer["handshake_id"]]
    assert (sent["account"], sent["organization"], sent["state"]) == (_MEMBER, DESTINATION, "OPEN")
    assert functions.invite(_EVENT) == answer

    accepted = functions.accept(answer)
    assert accepted == {"account_id": _MEMBER, "handshake_id": answer["handshake_id"], "state": "ACCEPTED"}
    assert world()["accounts"][_MEMBER]["organization"] == DESTINATION
    assert functions.accept(answer) == accepted

    calls = functions.rehearsal.calls()
    assert [call.operation for call in calls if call.changing and call.operation != "AssumeRole"] == [
        "InviteAccountToOrganization",
        "AcceptHandshake",
    ]
    for caller, policy in (
        (f":assumed-role/{_INVITES}/", _policy("invite")),
        (f":assumed-role/{_ACCEPTS}/", _policy("accept")),
        (f"{DESTINATION_MANAGEMENT}:user/", _inviter()),
        (":assumed-role/orgtools-accepter/", deploying.deployed(Role.accepter)["policy"]),
    ):
        assert _asked(calls, caller) == deploying.allowed(policy), caller
    assert answer["handshake_id"] in caplog.text
    for hidden in ("AKIA", "ASIA", "made-up", "secret_access_key"):
        assert hidden not in caplog.text


def test_a_refusal_fails_the_invocation_and_its_log_holds_no_secret(
    functions: Functions, caplog: pytest.LogCaptureFixture
) -> None:
    """Code and reason are logged; a secret that holds something else is not repeated."""
    with pytest.raises(orgtools.RefusedError):
        functions.invite({"account_id": RESIDENT})
    assert "ALREADY_IN_AN_ORGANIZATION" in caplog.text
    tables = _scenario()
    tables["secrets"] = [{"account": RESIDENT, "name": _SECRET, "value": '{"password": "hunter-22"}'}]
    functions.rehearsal.reset(tables)
    with pytest.raises(orgtools.CredentialsError) as refused:
        functions.invite(_EVENT)
    assert "hunter-22" not in caplog.text + str(refused.value) + repr(refused.value.__cause__)


def test_a_function_in_the_member_accepts_with_its_own_role(functions: Functions) -> None:
    """Without ROLE nothing is assumed."""
    answer = functions.invite(_EVENT)
    named = {"ORGANIZATION": DESTINATION, "MANAGEMENT_ACCOUNT": DESTINATION_MANAGEMENT}
    assert functions.run("accept", answer, **named)["state"] == "ACCEPTED"


def test_a_function_reads_no_other_secret(functions: Functions) -> None:
    """Its policy names one."""
    tables = _scenario()
    tables["secrets"].append({"account": RESIDENT, "name": "other", "credentials_for": DESTINATION_MANAGEMENT})
    functions.rehearsal.reset(tables)
    with pytest.raises(orgtools.CredentialsError, match="secretsmanager:GetSecretValue"):
        functions.run("invite", _EVENT, SECRET="other")


def test_no_invitation_of_another_organization_is_accepted(functions: Functions) -> None:
    """Neither where the environment names another one, nor where the event brings another's handshake."""
    answer = functions.invite(_EVENT)
    with pytest.raises(orgtools.RefusedError, match=f"organization is {DESTINATION}, not o-other000001 as you typed"):
        functions.accept(answer, organization="o-other000001")
    stranger = functions.rehearsal.intervene("invite", organization="o-stranger001", account=_MEMBER)
    (foreign,) = [
        one
        for one, held in functions.rehearsal.world()["handshakes"].items()
        if (held["account"], held["organization"]) == (_MEMBER, "o-stranger001")
    ]
    with pytest.raises(
        orgtools.RefusedError,
        match=rf"is o-stranger001, not {DESTINATION} as you typed; .*, not {DESTINATION_MANAGEMENT} as",
    ):
        functions.accept({**answer, "handshake_id": foreign})
    assert stranger is not None
    assert not [call for call in functions.rehearsal.calls() if call.operation == "AcceptHandshake"]


@pytest.mark.parametrize(
    "action",
    [
        "organizations:DescribeOrganization",
        "organizations:ListHandshakesForOrganization",
        "organizations:InviteAccountToOrganization",
        "organizations:TagResource",
    ],
)
def test_without_an_action_the_function_says_which_to_grant(functions: Functions, action: str) -> None:
    """And which template holds it."""
    tables = _scenario()
    (management,) = [one for one in tables["organizations"][1]["accounts"] if one["id"] == DESTINATION_MANAGEMENT]
    management["operator_policy"] = deploying.without(_inviter(), action)
    functions.rehearsal.reset(tables)
    with pytest.raises(orgtools.RefusedError, match=rf"Grant {action} to .* \(template inviter\)"):
        functions.invite(_EVENT)
