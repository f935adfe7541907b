"""Ways into an account where the source is not ours: a secret, and a login of Identity Center, by profile or portal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest
from botocore.credentials import SSOProvider
from botocore.tokens import SSOTokenProvider

from orgtools import assess, steps
from orgtools.findings import Verdict
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY, Blocked, Do, Done
from tests.rehearsed import (
    DESTINATION,
    DESTINATION_MANAGEMENT,
    FAST,
    OUTSIDE,
    SOURCE,
    SOURCE_MANAGEMENT,
    Run,
    confirmed,
    do,
    rehearse,
)
from tests.said import says
from tests.steps import only
from tests.steps.only import KEYED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from orgtools.steps import Decision

KEYS: Final = "shop/keys"
HELPER: Final = "helper/keys"
STRANGE: Final = "strange/keys"
TOKEN: Final = "made-up-login-of-a-person"
SECRET: Final = f"secret:{KEYS}"
ASSUMING: Final = f"secret:{HELPER}"
PROFILE: Final = "profile:shopkeeper"
PORTAL: Final = "identity-center"
ACCEPTS: Final = {
    SECRET: ":user/operator",
    ASSUMING: ":assumed-role/OrganizationAccountAccessRole/",
    PROFILE: ":assumed-role/AWSReservedSSO_Accept_",
    PORTAL: ":assumed-role/AWSReservedSSO_Accept_",
}
"""Who accepts: the account's own user, or the role that somebody else assumes; or a person, as a permission set."""
BOTH: Final = (SOURCE_MANAGEMENT, DESTINATION_MANAGEMENT)


def _tables(trusts: tuple[str, ...], **portal: Any) -> dict[str, Any]:
    """Secrets in the destination, and a portal of the source, where one of the account's people is signed in."""
    made = only.tables()
    made["secrets"] = [
        {"account": DESTINATION_MANAGEMENT, "name": name, "credentials_for": whose}
        for name, whose in ((KEYS, KEYED), (HELPER, SOURCE_MANAGEMENT), (STRANGE, OUTSIDE))
    ]
    assigned = {"assignments": {KEYED: ["Accept"]}}
    made["organizations"][0]["portal"] = {"profile": "people", "token": TOKEN, **assigned, **portal}
    account = next(one for one in made["organizations"][0]["accounts"] if one["id"] == KEYED)
    account["roles"] = [{"name": "OrganizationAccountAccessRole", "trusts": list(trusts)}]
    account |= {"payment_method": True, "phone_verified": True, "agreement_accepted": True}
    return made


@pytest.fixture
def start(local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Run]]:
    """Makes a run without a source of one account, entered some way; it is not opened yet."""
    made: list[Run] = []

    def start(way: str, *, path: str = "direct", trusts: tuple[str, ...] = BOTH, **portal: Any) -> Run:
        run = Run(tmp_path / "run", rehearse(monkeypatch, _tables(trusts, **portal)))
        made.append(run)
        with (run.rehearsal.folder / "aws-config").open("a") as config:
            # What `aws configure sso` writes for one account and permission set, beside the login's own profile.
            config.write(
                f"\n[profile shopkeeper]\nsso_session = people\nsso_account_id = {KEYED}\nsso_role_name = Accept\n"
                f"region = us-east-1\nendpoint_url = {run.rehearsal.address}\n"
            )
        # botocore looks into the home directory, which it has asked for when it was imported.
        cache = str(shutil.copytree(run.rehearsal.folder / "sso-cache", tmp_path / "home"))
        for reader in (SSOProvider, SSOTokenProvider):
            monkeypatch.setattr(reader, "_SSO_TOKEN_CACHE_DIR", cache)
        login = f"[access.identity_center]\nprofile = 'people'\npermission_set = 'Accept'\ncache = '{cache}'\n"
        run.settings(
            f"[destination]\nprofile = 'destination'\n[access.accounts]\n{KEYED} = '{way}'\n"
            f"{login if way == PORTAL else ''}{FAST}[assess]\nregions = ['us-east-1']\n"
        )
        run.accounts(f"account_id,ou,path\n{KEYED},Workloads/Prod,{path}\n")
        return run

    yield start
    for run in made:
        run.close()


@pytest.mark.parametrize("way", ACCEPTS)
def test_an_account_is_assessed_invited_accepts_and_arrives(start: Callable[..., Run], way: str) -> None:
    """By exactly the credentials that are named for it; the source's are never used, and nothing of them is kept."""
    run = start(way)
    migration = run.open()
    found = {one.check: one for one in assess.assess(migration).of(KEYED)}
    assert found["E15"].status is Verdict.OK, found["E15"]
    assert (found["E5"].status, SOURCE in str(found["E5"].evidence)) == (Verdict.OK, True)
    assert confirmed(do(migration, INVITE)) == {KEYED}
    assert isinstance(_decided(run, LEAVE), Done)
    assert confirmed(do(migration, ACCEPT)) == {KEYED}
    migration.close()
    migration = run.open()  # AWS has ended a person's assignment with the membership
    assert confirmed(do(migration, PLACE)) == {KEYED}
    assert isinstance(_decided(run, VERIFY), Done)
    assert run.account(KEYED)["organization"] == DESTINATION
    (accepted,) = (call for call in run.changing() if call.operation == "AcceptHandshake")
    assert accepted.caller_account == KEYED
    assert ACCEPTS[way] in str(accepted.caller_arn)
    source = {call.operation for call in run.rehearsal.calls() if call.caller_account == SOURCE_MANAGEMENT}
    assert source == ({"GetCallerIdentity", "AssumeRole"} if way == ASSUMING else set())
    migration.close()
    for path in run.folder.rglob("*"):
        held = path.read_bytes() if path.is_file() else b""
        assert TOKEN.encode() not in held
        assert b"made-up-for-the-rehearsal" not in held


@pytest.mark.parametrize("way", [PROFILE, PORTAL])
def test_a_session_that_ends_with_the_membership_does_not_leave_an_account_shut(
    start: Callable[..., Run], way: str
) -> None:
    """Where the destination does not get in afterwards it is not accepted for; keys of its own stay what they are."""
    run = start(way, trusts=(SOURCE_MANAGEMENT,))
    _invited(run)
    decision = _decided(run, ACCEPT)
    assert isinstance(decision, Blocked)
    assert (decision.why.code, decision.why.facts["whom"]) == ("session-only", "destination")
    assert "destination" in decision.next_step
    run.settings(f"[destination]\nprofile = 'destination'\n[access.accounts]\n{KEYED} = '{SECRET}'\n{FAST}")
    assert isinstance(_decided(run, ACCEPT), Do)


@pytest.mark.parametrize("way", [PROFILE, PORTAL])
def test_nobody_leaves_by_a_session_that_ends_then(start: Callable[..., Run], way: str) -> None:
    """On the stand-alone path nobody could accept for it: not even where the destination gets in."""
    run = start(way, path="standalone")
    _invited(run)
    decision = _decided(run, LEAVE)
    assert isinstance(decision, Blocked)
    assert decision.why.code == "leave-session-ends"
    assert "destination" in decision.next_step
    assert run.account(KEYED)["organization"] == SOURCE


def test_keys_of_its_own_leave_and_accept(start: Callable[..., Run]) -> None:
    """A secret does not end with the membership."""
    run = start(SECRET, path="standalone", trusts=(SOURCE_MANAGEMENT,))
    _invited(run)
    for step in (LEAVE, ACCEPT):
        assert confirmed(do(run.open(), step)) == {KEYED}
    assert run.account(KEYED)["organization"] == DESTINATION


@pytest.mark.parametrize(
    ("way", "portal", "said", "remedy"),
    [
        (PROFILE, {"login_hours": -1.0}, ("profile-login-over", {}), ""),
        (PORTAL, {"login_hours": -1.0}, ("login-expired", {}), "aws sso login --profile people"),
        (PROFILE, {"assignments": {}}, ("permission-set-without-session", {}), "sso_role_name"),
        (PORTAL, {"assignments": {}}, ("portal-no-session", {"permission_set": "Accept"}), "Accept"),
        ("secret:nowhere", {}, ("secret-not-read", {"name": "nowhere"}), "secretsmanager:GetSecretValue"),
        (f"secret:{STRANGE}", {}, ("role-not-assumed", {"accounts": (OUTSIDE,)}), OUTSIDE),
    ],
    ids=["profile, expired", "portal, expired", "profile, unassigned", "portal, unassigned", "no secret", "strange"],
)
def test_who_is_not_let_in_is_told_what_to_do(
    start: Callable[..., Run], way: str, portal: dict[str, Any], said: tuple[str, dict[str, Any]], remedy: str
) -> None:
    """It blocks the invitation, and says so of the account."""
    run, (code, facts) = start(way, **portal), said
    (found,) = (one for one in assess.assess(run.open(), checks=["E15"]).findings if one.check == "E15")
    assert (found.account_id, found.status) == (KEYED, Verdict.BLOCK)
    assert says(found.evidence, code, **facts)
    assert found.remedy
    assert remedy in found.remedy
    assert TOKEN not in str(found)
    decision = _decided(run, INVITE)
    assert isinstance(decision, Blocked)
    assert says(decision.why, code, **facts)
    assert run.changing() == []


def _invited(run: Run) -> None:
    migration = run.open()
    assess.assess(migration, checks=("E1", "E2", "E5", "E7", "E15"))
    assert confirmed(do(migration, INVITE)) == {KEYED}


def _decided(run: Run, step: steps.Step) -> Decision:
    """What a step decides in a new kernel."""
    (decision,) = steps.preview(run.open(), step).decisions
    return decision
