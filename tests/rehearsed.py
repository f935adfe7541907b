"""Runs against a rehearsal: one server for each test process, a new world and a new run folder for each test."""

from __future__ import annotations

import atexit
import functools
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import boto3
import pytest
from botocore.loaders import Loader, create_loader

import orgtools
from orgtools import assess, steps
from orgtools.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.rehearsal import LoggedCall

SOURCE: Final = "o-sourceorg001"
DESTINATION: Final = "o-destinatn01"
THIRD: Final = "o-stranger001"
SOURCE_MANAGEMENT: Final = "111111111111"
DESTINATION_MANAGEMENT: Final = "222222222222"

PLAIN: Final = ("300000000001", "300000000002", "300000000003")
STANDALONE: Final = "300000000004"
DELEGATED: Final = "300000000005"
YOUNG: Final = "300000000006"
SUSPENDED: Final = "300000000007"
COURTED: Final = "300000000008"
OUTSIDE: Final = "300000000009"
RESIDENT: Final = "400000000001"
FOREIGN_INVITATION: Final = "h-thirdparty001"
OUTSIDE_INVITATION: Final = "h-outsideplan01"

DECIDING: Final = ("E1", "E2", "E5", "E7", "E8", "E9", "E10", "E11", "E15")
"""The checks that say whether an account may go; those of what breaks when it goes take many more calls."""

PROFILES: Final = '[source]\nprofile = "source"\n[destination]\nprofile = "destination"\n'
# The endpoint's clock is said to be fast, so that no test waits for a published rate; the server asks for none.
FAST: Final = "[rates]\nspeed = 100000.0\n"
STILL: Final = 1e-6
"""The speed of a clock that only `advance` moves, however long a busy machine takes."""
ACCOUNTS: Final = f"""\
account_id,ou,wave,path,tags
{PLAIN[0]},Workloads/Prod,1,direct,team=shop;owner=jane@example.com
{PLAIN[1]},Workloads/Test,1,direct,
{PLAIN[2]},Platform/Shared,1,direct,team=platform
{STANDALONE},Workloads/Prod,1,standalone,team=shop
{DELEGATED},Workloads/Prod,2,direct,
{YOUNG},Workloads/Test,2,direct,
{SUSPENDED},Workloads/Test,2,direct,
{COURTED},Workloads/Prod,2,direct,
"""


def _account(account_id: str, **traits: Any) -> dict[str, Any]:
    name = f"account-{account_id[-3:]}"
    return {"id": account_id, "name": name, "email": f"{name}@example.com", **traits}


def scenario() -> dict[str, Any]:
    """Two organizations and a third, as tables that a test may change; eight planned accounts and what is around."""
    role = {"name": "OrganizationAccountAccessRole", "trusts": [SOURCE_MANAGEMENT]}
    alone = {
        "joined": "INVITED",
        "roles": [role],
        "direct_transfer": False,
        "payment_method": True,
        "phone_verified": True,
        "agreement_accepted": True,
    }
    members = [
        *(_account(account_id, unit="Legacy") for account_id in PLAIN),
        _account(STANDALONE, unit="Legacy", **alone),
        _account(DELEGATED, unit="Legacy", delegated=["guardduty.amazonaws.com"]),
        _account(YOUNG, unit="Legacy", created_days_ago=2),
        _account(SUSPENDED, unit="Legacy", state="SUSPENDED"),
        _account(COURTED, unit="Legacy"),
        _account(OUTSIDE, unit="Legacy"),
    ]
    return {
        "name": "small",
        "organizations": [
            {
                "id": SOURCE,
                "root": "r-src1",
                "management": SOURCE_MANAGEMENT,
                "profile": "source",
                "email": "source@example.com",
                "units": ["Legacy", "Elsewhere"],
                "account_quota": 40,
                "accounts": members,
            },
            {
                "id": DESTINATION,
                "root": "r-dst1",
                "management": DESTINATION_MANAGEMENT,
                "profile": "destination",
                "email": "destination@example.com",
                "units": ["Workloads/Prod", "Workloads/Test", "Platform/Shared", "Research/Prod"],
                "account_quota": 40,
                "accounts": [_account(RESIDENT, unit="Workloads/Prod", email="resident@example.com")],
            },
            {
                "id": THIRD,
                "root": "r-thd1",
                "management": "555555555555",
                "profile": "third",
                "email": "third@example.com",
            },
        ],
        "invitations": [
            {"id": FOREIGN_INVITATION, "organization": THIRD, "account": COURTED, "days_ago": 3},
            {"id": OUTSIDE_INVITATION, "organization": DESTINATION, "account": OUTSIDE, "days_ago": 5},
        ],
    }


@functools.cache
def started() -> Rehearsal:
    """The one server of this test process."""
    folder = tempfile.TemporaryDirectory(prefix="rehearsed-")
    running = Rehearsal.start(Path(folder.name))
    atexit.register(folder.cleanup)
    atexit.register(running.stop)
    return running


@functools.cache
def _loader(data_path: str | None) -> Loader:
    """What botocore knows of AWS's services, read once: a session by itself reads megabytes again, four times a run."""
    return create_loader(data_path)


@pytest.fixture
def rehearsal(local_servers: None, monkeypatch: pytest.MonkeyPatch) -> Rehearsal:
    """A running rehearsal of `scenario`, made new, and an environment in which boto3 finds its profiles."""
    return rehearse(monkeypatch, scenario())


def rehearse(monkeypatch: pytest.MonkeyPatch, tables: dict[str, Any]) -> Rehearsal:
    """What the fixture `rehearsal` gives, for some other scenario, or for longer than one test."""
    server = started()
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in server.environment().items():
        monkeypatch.setenv(name, value)
    # boto3's own pauses before it repeats a reading call: up to 20 seconds each.
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.setattr("botocore.session.create_loader", _loader)
    server.set_speed(1.0)
    server.reset(tables)
    return server


class Run:
    """A run folder against a rehearsal, and the moves that tests make with it."""

    def __init__(self, folder: Path, rehearsal: Rehearsal) -> None:
        """Write the operator's two files."""
        self.folder = folder
        self.rehearsal = rehearsal
        self._opened: list[orgtools.Migration] = []
        folder.mkdir()
        self.settings(PROFILES + FAST)
        self.accounts(ACCOUNTS)

    def settings(self, text: str) -> None:
        """Write migration.toml."""
        (self.folder / "migration.toml").write_text(text, encoding="utf-8")

    def accounts(self, text: str) -> None:
        """Write accounts.csv."""
        (self.folder / "accounts.csv").write_text(text, encoding="utf-8")

    def open(self) -> orgtools.Migration:
        """Open the run, as one more notebook does."""
        self._opened.append(orgtools.open(self.folder))
        return self._opened[-1]

    def assessed(self) -> orgtools.Migration:
        """Open the run and assess whether every account may go; what breaks when it goes has tests of its own."""
        migration = self.open()
        assess.assess(migration, checks=DECIDING)
        return migration

    def changing(self) -> list[LoggedCall]:
        """The calls that asked for a change, as the server saw them."""
        return [call for call in self.rehearsal.calls() if call.changing]

    def account(self, account_id: str) -> dict[str, Any]:
        """Where an account really is."""
        found: dict[str, Any] = self.rehearsal.world()["accounts"][account_id]
        return found

    def handshakes(self, account_id: str, organization: str = DESTINATION) -> dict[str, str]:
        """State by id of every handshake that an organization sent to an account."""
        return {
            handshake_id: handshake["state"]
            for handshake_id, handshake in self.rehearsal.world()["handshakes"].items()
            if (handshake["account"], handshake["organization"]) == (account_id, organization)
        }

    def close(self) -> None:
        """Close what was opened."""
        for migration in self._opened:
            migration.close()


@pytest.fixture
def run(tmp_path: Path, rehearsal: Rehearsal) -> Iterator[Run]:
    """A run folder, not opened yet."""
    made = Run(tmp_path / "run", rehearsal)
    yield made
    made.close()


def ask_singly(patched: pytest.MonkeyPatch) -> None:
    """From now on AWS is asked about each account, as in large organizations: listing is said to take longer."""
    patched.setattr(
        "orgtools.migration.entering.Entered.seconds", lambda _, operation, __: float(operation == "ListAccounts")
    )
    patched.setattr("orgtools.migration.observing._has_room_by_far", lambda *_: True)


@pytest.fixture
def asked_singly(monkeypatch: pytest.MonkeyPatch) -> None:
    """AWS is asked about each account, however small the organizations are."""
    ask_singly(monkeypatch)


@pytest.fixture(params=["listed", "asked"])
def listed_or_asked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with lists, and once where AWS is asked about each account."""
    if request.param == "asked":
        ask_singly(monkeypatch)


def do(
    migration: orgtools.Migration, step: steps.Step, accounts: tuple[str, ...] | None = None, *, wave: int | None = None
) -> steps.Result:
    """Preview a step, approve exactly that, and do it; nothing where nothing is to do."""
    shown = steps.preview(migration, step, accounts, wave=wave)
    approval = steps.approve(shown, shown.phrase) if shown.to_do else None
    return steps.apply(migration, shown, approval)


def confirmed(result: steps.Result) -> set[str]:
    """The accounts that AWS showed to be done; anything else fails with its words."""
    for outcome in result.outcomes:
        assert outcome.status is steps.Status.CONFIRMED, outcome
    return {outcome.account_id for outcome in result.outcomes}


def permission_set(profile: str) -> tuple[Any, dict[str, str]]:
    """The permission set Admins, made in a side's Identity Center: a client, and what a call names it by."""
    center = boto3.Session(profile_name=profile).client("sso-admin")
    where = {"InstanceArn": center.list_instances()["Instances"][0]["InstanceArn"]}
    made = center.create_permission_set(**where, Name="Admins")["PermissionSet"]["PermissionSetArn"]
    return center, {**where, "PermissionSetArn": made}


USERS: Final = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
"""Two people, by their ids in the source's identity store."""


def there(user: str) -> str:
    """A person's id in the destination's identity store."""
    return user.replace("0000", "1111", 1)


def assigned(account_id: str, users: Iterable[str], center: Any, named: dict[str, str]) -> None:
    """What `permission_set` made comes to be assigned to users in an account of its side."""
    for user in users:
        center.create_account_assignment(
            **named, TargetId=account_id, TargetType="AWS_ACCOUNT", PrincipalType="USER", PrincipalId=user
        )
    center.provision_permission_set(**named, TargetType="ALL_PROVISIONED_ACCOUNTS")


def inside(account_id: str, service: str) -> Any:
    """A client in a member account, as its own people have one."""
    keys = (
        boto3.Session(profile_name="source")
        .client("sts")
        .assume_role(
            RoleArn=f"arn:aws:iam::{account_id}:role/OrganizationAccountAccessRole", RoleSessionName="resident"
        )["Credentials"]
    )
    return boto3.Session(profile_name="source").client(  # type: ignore[call-overload]
        service,
        region_name="us-east-1",
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
