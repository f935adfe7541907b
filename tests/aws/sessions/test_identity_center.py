"""Sessions of IAM Identity Center: accounts are entered and accept with a person's login, which is never kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from orgtools import steps
from orgtools.aws.sessions.pool import Access
from orgtools.exceptions import CredentialsError, InputError
from orgtools.findings import Verdict
from orgtools.messages import Message
from orgtools.rehearsal import Fault
from tests import rehearsed
from tests.rehearsal.conforming import mistakes
from tests.rehearsed import PLAIN, confirmed, do
from tests.said import says

if TYPE_CHECKING:
    from orgtools import Migration
    from tests.rehearsed import Run

ONE: Final = PLAIN[:1]
TOKEN: Final = "made-up-login-of-a-person"


def _signed_in(run: Run, trusts: tuple[str, ...] = (rehearsed.DESTINATION_MANAGEMENT,), **changes: Any) -> Migration:
    """A world whose source has an access portal, and a run that accepts with it in one account."""
    tables = rehearsed.scenario()
    portal = {"profile": "people", "token": TOKEN, "assignments": {ONE[0]: ["Accept"]}, **changes}
    tables["organizations"][0]["portal"] = portal
    # The session is the source's only way in.
    role = {"name": "OrganizationAccountAccessRole", "trusts": list(trusts)}
    next(account for account in tables["organizations"][0]["accounts"] if account["id"] == ONE[0])["roles"] = [role]
    run.rehearsal.reset(tables)
    cache = run.rehearsal.folder / "sso-cache"
    run.settings(
        f"{rehearsed.PROFILES}{rehearsed.FAST}[access.accounts]\n{ONE[0]} = 'identity-center'\n"
        f"[access.identity_center]\nprofile = 'people'\npermission_set = 'Accept'\ncache = '{cache}'\n"
    )
    return run.assessed()


def test_an_account_accepts_with_a_session_of_identity_center(run: Run) -> None:
    """Where no role lets the source in; and the login's token is in no file of the run."""
    migration = _signed_in(run)
    entered = next(f for f in migration.assessment()[ONE[0]] if f.check == "E15")
    assert entered.status is Verdict.OK
    confirmed(do(migration, steps.INVITE, ONE))
    confirmed(do(migration, steps.ACCEPT, ONE))
    assert run.account(ONE[0])["organization"] == rehearsed.DESTINATION
    accepted = next(call for call in run.changing() if call.operation == "AcceptHandshake")
    assert accepted.caller_arn is not None
    assert "AWSReservedSSO_Accept" in accepted.caller_arn
    migration.close()
    for path in run.folder.rglob("*"):
        assert not path.is_file() or TOKEN.encode() not in path.read_bytes()


def test_who_could_not_be_entered_afterwards_does_not_accept(run: Run) -> None:
    """AWS ends the assignment with the membership: without a role that a side can assume, nobody gets in."""
    migration = _signed_in(run, ("555555555555",))
    confirmed(do(migration, steps.INVITE, ONE))
    (decision,) = steps.preview(migration, steps.ACCEPT, ONE).decisions
    assert isinstance(decision, steps.Blocked)
    assert decision.why == Message("session-only", role="OrganizationAccountAccessRole", whom="either")


@pytest.mark.parametrize(
    ("changes", "code", "facts"),
    [
        ({"login_hours": -1.0}, "signed-out", {"profile": "people"}),
        (
            {"assignments": {}},
            "portal-no-session",
            {"account": ONE[0], "permission_set": "Accept", "reason": "ResourceNotFoundException"},
        ),
    ],
    ids=["expired", "not assigned"],
)
def test_who_cannot_be_entered_so_is_told_what_to_do(
    run: Run, changes: dict[str, Any], code: str, facts: dict[str, str]
) -> None:
    """In the assessment already; nothing is invited then."""
    migration = _signed_in(run, **changes)
    (decision,) = steps.preview(migration, steps.INVITE, ONE).decisions
    assert isinstance(decision, steps.Blocked)
    with pytest.raises(CredentialsError) as caught:
        migration.member(ONE[0]).enter()
    for told in (decision.why, caught.value.message):
        assert says(told, code, **facts)
        assert says(told, "login-expired") == (code == "signed-out")
    assert caught.value.next_step
    assert TOKEN not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("account_id", [PLAIN[1], ""], ids=["the neighbour's", "nobody's"])
def test_a_session_of_another_account_is_not_used(run: Run, monkeypatch: pytest.MonkeyPatch, account_id: str) -> None:
    """The portal does not say whose session it gives: AWS is asked before the first call with it."""
    given = {"Account": account_id, "Arn": f"arn:aws:sts::{account_id}:assumed-role/Accept/jo"} if account_id else {}
    member = _signed_in(run).member(ONE[0])
    monkeypatch.setattr(Access, "members_client", lambda *_: SimpleNamespace(get_caller_identity=lambda: given))
    with pytest.raises(CredentialsError) as caught:
        member.enter()
    told = caught.value.message
    assert told.facts["account"] == ONE[0]
    if account_id:
        assert (told.code, told.facts["arns"]) == ("session-of-another", (given["Arn"],))
    else:
        assert told.code == "session-of-nobody"


def test_a_login_that_aws_refuses_is_one_to_renew(run: Run) -> None:
    """Signed out elsewhere: the file knows nothing of it."""
    migration = _signed_in(run)
    run.rehearsal.script(Fault("GetRoleCredentials", "refuse", calls=[1], code="UnauthorizedException"))
    migration = run.open()
    with pytest.raises(CredentialsError) as caught:
        migration.member(ONE[0]).enter()
    assert caught.value.message == Message("signed-out", profile="people", why=Message("login-not-accepted"))


def test_without_a_login_and_without_a_profile_it_is_said_which_is_missing(run: Run) -> None:
    """Nobody is signed in; the profile is none; the settings name no login at all."""
    migration = _signed_in(run)
    for file in (run.rehearsal.folder / "sso-cache").iterdir():
        file.unlink()
    with pytest.raises(CredentialsError) as caught:
        run.open().member(ONE[0]).enter()
    assert caught.value.message == Message("signed-out", profile="people", why=Message("login-missing"))
    text = (run.folder / "migration.toml").read_text(encoding="utf-8")
    for profile, code in (("source", "login-profile-wrong"), ("nobody", "login-profile-missing")):
        run.settings(text.replace("profile = 'people'", f"profile = '{profile}'"))
        with pytest.raises(CredentialsError) as caught:
            run.open().member(ONE[0]).enter()
        assert says(caught.value.message, code, profile=profile)
    run.settings(text.partition("[access.identity_center]")[0])
    with pytest.raises(InputError) as wrong:
        run.open()
    assert says(wrong.value.message, "setting-wrong", setting="access", why=Message("identity-center-not-named"))
    migration.close()


def test_the_portal_answers_as_the_model_says(run: Run) -> None:
    """Credentials whole, the modelled error for each mistake, and no assignment any more where an account has moved."""
    migration = _signed_in(run)
    session = boto3.Session(profile_name="people")
    client: Any = session.client("sso", config=Config(signature_version=UNSIGNED))
    asked = {"roleName": "Accept", "accountId": ONE[0], "accessToken": TOKEN}
    answer = client.get_role_credentials(**asked)
    del answer["ResponseMetadata"]
    shape = client.meta.service_model.operation_model("GetRoleCredentials").output_shape
    assert mistakes(shape, answer) == []
    assert answer["roleCredentials"].keys() == shape.members["roleCredentials"].members.keys()
    refused = client.exceptions
    for wrong, error in (
        ({"accessToken": "another"}, refused.UnauthorizedException),
        ({"roleName": ""}, refused.InvalidRequestException),
        ({"accountId": PLAIN[1]}, refused.ResourceNotFoundException),
    ):
        with pytest.raises(error):
            client.get_role_credentials(**asked | wrong)
    confirmed(do(migration, steps.INVITE, ONE))
    confirmed(do(migration, steps.ACCEPT, ONE))
    with pytest.raises(refused.ResourceNotFoundException):
        client.get_role_credentials(**asked)
