"""Opening a run: what is refused with a sentence, and what is noted; nothing is ever changed by it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any, Final

import pytest

import orgtools
from orgtools import steps
from orgtools.aws.calls.rate_limits import Pacer
from orgtools.ledger import Kind, Ledger
from orgtools.messages import Message
from orgtools.migration import run_folder
from tests import rehearsed
from tests.said import says

if TYPE_CHECKING:
    from pathlib import Path

_DESTINATION = '[destination]\nprofile = "destination"\n' + rehearsed.FAST


def _refused(run: rehearsed.Run, error: type[orgtools.OrgtoolsError]) -> Message:
    with pytest.raises(error) as refusal:
        run.open()
    assert refusal.value.next_step, "an operator is told what to do"
    assert run.changing() == []
    return refusal.value.message


def _management(**traits: Any) -> dict[str, Any]:
    return {"id": rehearsed.DESTINATION_MANAGEMENT, "name": "main", "email": "destination@example.com", **traits}


def test_a_run_is_opened_without_changing_anything(run: rehearsed.Run) -> None:
    """The ledger notes where every account was, who opened, with which callers and versions."""
    migration = run.open()
    assert run.changing() == []
    assert [event.kind for event in migration.ledger.events()] == [Kind.BASELINE, Kind.OPENED]
    assert migration.baseline()[rehearsed.PLAIN[0]] == ("source", "/Legacy")
    assert migration.baseline()[rehearsed.RESIDENT] == ("destination", "/Workloads/Prod")
    (opened,) = migration.ledger.events(Kind.OPENED)
    assert opened.data["source"]["organization"] == rehearsed.SOURCE
    assert opened.data["destination"]["caller"].startswith("arn:aws:iam::222222222222:")
    assert opened.data["plan"] == migration.plan.digest
    assert {"python", "orgtools", "boto3", "botocore"} <= opened.data["versions"].keys()


def test_the_beginning_is_noted_once(run: rehearsed.Run) -> None:
    """A second notebook begins nothing: the baseline stays where the run began."""
    run.open()
    run.rehearsal.intervene("move", account=rehearsed.PLAIN[0], unit="Elsewhere")
    migration = run.open()
    assert migration.baseline()[rehearsed.PLAIN[0]] == ("source", "/Legacy")


def test_a_run_that_has_begun_opens_without_a_list(run: rehearsed.Run) -> None:
    """Whoever opens it again pays for no organization, however large; the first look is made by whoever asks first."""
    run.open()
    made = len(run.rehearsal.calls())
    migration = run.open()
    asked = {call.operation for call in run.rehearsal.calls()[made:]}
    assert asked == {"GetCallerIdentity", "DescribeOrganization"}
    assert migration.seen is migration.seen
    assert migration.seen.names[rehearsed.PLAIN[0]]
    assert "ListAccounts" in {call.operation for call in run.rehearsal.calls()[made:]}


def test_what_was_entered_for_one_run_is_not_taken_for_another(run: rehearsed.Run, tmp_path: Path) -> None:
    """Two runs in one process may have the same name and the same profiles, and other credentials behind them."""
    other = shutil.copytree(run.folder, tmp_path / "other", ignore=shutil.ignore_patterns("ledger.sqlite*"))
    with orgtools.open(other) as migration:
        assert not run.open().ways.keys() & migration.ways.keys()


def test_the_run_folder_is_named_by_argument_or_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it is where the notebook runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ORGTOOLS_RUN", raising=False)
    assert run_folder() == tmp_path
    monkeypatch.setenv("ORGTOOLS_RUN", str(tmp_path / "run"))
    assert run_folder() == tmp_path / "run"
    assert run_folder(tmp_path / "other") == tmp_path / "other"


def test_the_same_organization_twice_is_refused(run: rehearsed.Run) -> None:
    """Both profiles lead to one organization."""
    run.settings('[source]\nprofile = "destination"\n' + _DESTINATION)
    said = _refused(run, orgtools.OrganizationError)
    assert said == Message("organizations-are-one", organization=rehearsed.DESTINATION)


def test_the_same_organization_is_refused_whoever_enters_it(run: rehearsed.Run) -> None:
    """A user on one side, a role of the same management account on the other: two callers are no two organizations."""
    tables = rehearsed.scenario()
    mover = {"name": "mover", "trusts": [rehearsed.SOURCE_MANAGEMENT]}
    tables["organizations"][1]["accounts"].append(_management(roles=[mover]))
    run.rehearsal.reset(tables)
    role = f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:role/mover"
    run.settings(
        f'[source]\nprofile = "destination"\n[destination]\nprofile = "source"\nrole_arn = "{role}"\n' + rehearsed.FAST
    )
    said = _refused(run, orgtools.OrganizationError)
    assert said == Message("organizations-are-one", organization=rehearsed.DESTINATION)


def test_a_members_credentials_are_refused(run: rehearsed.Run) -> None:
    """The role leads into a member: the message names its account and the management account."""
    role = f"arn:aws:iam::{rehearsed.PLAIN[0]}:role/OrganizationAccountAccessRole"
    run.settings(f'[source]\nprofile = "source"\nrole_arn = "{role}"\n' + _DESTINATION)
    said = _refused(run, orgtools.OrganizationError)
    who = {"account": rehearsed.PLAIN[0], "management_account": rehearsed.SOURCE_MANAGEMENT}
    assert said == Message("side-of-a-member", side="source", organization=rehearsed.SOURCE, **who)


def test_an_account_of_no_organization_is_refused(run: rehearsed.Run) -> None:
    """The caller is stand-alone."""
    run.rehearsal.intervene("remove", account=rehearsed.PLAIN[0])
    role = f"arn:aws:iam::{rehearsed.PLAIN[0]}:role/OrganizationAccountAccessRole"
    run.settings(f'[source]\nprofile = "source"\nrole_arn = "{role}"\n' + _DESTINATION)
    said = _refused(run, orgtools.OrganizationError)
    assert said == Message("side-in-no-organization", side="source", account=rehearsed.PLAIN[0])


def test_a_missing_profile_is_refused(run: rehearsed.Run) -> None:
    """The message names profile and file."""
    run.settings('[source]\nprofile = "sauce"\n' + _DESTINATION)
    said = _refused(run, orgtools.CredentialsError)
    assert said == Message("profile-missing", side="source", profile="sauce", path=str(run.rehearsal.config_file))


def test_a_profile_without_credentials_is_refused(run: rehearsed.Run) -> None:
    """Nobody signed in."""
    with run.rehearsal.config_file.open("a") as config:
        config.write("\n[profile empty]\nregion = us-east-1\n")
    run.settings('[source]\nprofile = "empty"\n' + _DESTINATION)
    said = _refused(run, orgtools.CredentialsError)
    assert said == Message("side-no-credentials", side="source", profile="empty")


def test_wrong_or_expired_credentials_are_refused(run: rehearsed.Run) -> None:
    """AWS's words, and to sign in again; the secret key is not repeated."""
    with run.rehearsal.config_file.open("a") as config:
        config.write(
            f"\n[profile stale]\nregion = us-east-1\nendpoint_url = {run.rehearsal.address}\n"
            "aws_access_key_id = AKIASTALE\naws_secret_access_key = made-up-stale\n"
        )
    run.settings('[source]\nprofile = "stale"\n' + _DESTINATION)
    said = _refused(run, orgtools.CredentialsError)
    assert says(said, "credentials-not-accepted", side="source", profile="stale")
    assert says(said, "refused", reason="InvalidClientTokenId")
    assert "made-up-stale" not in str(said.as_json())


def test_another_partition_is_refused(run: rehearsed.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts do not move between partitions."""
    from orgtools.aws.sessions.pool import Access  # noqa: PLC0415 (one test changes it)

    real = Access._caller

    def caller(self: Access) -> dict[str, str]:
        identity = dict(real(self))
        if self.name == "source":
            identity["Arn"] = identity["Arn"].replace("arn:aws:", "arn:aws-us-gov:")
        return identity

    monkeypatch.setattr(Access, "_caller", caller)
    said = _refused(run, orgtools.OrganizationError)
    assert said == Message("partitions-differ", partition="aws-us-gov", partitions=["aws"])


@pytest.mark.parametrize(
    ("ou", "code", "units"),
    [
        ("Workloads/Nowhere", "unit-missing-near", ("/Workloads/Test",)),
        ("Prod", "unit-path-ambiguous", ("/Research/Prod", "/Workloads/Prod")),
        ("Shared", "unit-missing-near", ("/Platform/Shared",)),
    ],
)
def test_a_path_that_does_not_fit_the_destination_is_refused(
    run: rehearsed.Run, ou: str, code: str, units: tuple[str, ...]
) -> None:
    """With the account that it is planned for."""
    run.accounts(f"account_id,ou\n{rehearsed.PLAIN[0]},{ou}\n")
    said = _refused(run, orgtools.InputError)
    why = Message(code, unit=f"/{ou}", units=units)
    assert says(said, "account-wrong", account=rehearsed.PLAIN[0], why=why)


@pytest.mark.parametrize(
    ("account_id", "side"),
    [(rehearsed.SOURCE_MANAGEMENT, "source"), (rehearsed.DESTINATION_MANAGEMENT, "destination")],
)
def test_a_management_account_in_the_plan_is_refused(run: rehearsed.Run, account_id: str, side: str) -> None:
    """Of either side."""
    run.accounts(f"account_id,ou\n{account_id},/\n")
    said = _refused(run, orgtools.InputError)
    assert says(said, "management-account-planned", account=account_id, side=side)


def test_a_bad_row_is_refused_before_any_call(run: rehearsed.Run) -> None:
    """Files first: a lost zero costs nothing."""
    run.accounts("account_id,ou\n12345678901,/\n")
    said = _refused(run, orgtools.InputError)
    assert says(said, "row-wrong", row=2)
    assert says(said, "account-id-short", given="12345678901", account="012345678901")
    assert run.rehearsal.calls() == []


def test_missing_files_are_refused(run: rehearsed.Run) -> None:
    """Each by its name."""
    (run.folder / "accounts.csv").unlink()
    said = _refused(run, orgtools.InputError)
    assert says(said, "file-missing", path=str(run.folder / "accounts.csv"))
    (run.folder / "migration.toml").unlink()
    said = _refused(run, orgtools.InputError)
    assert says(said, "file-missing", path=str(run.folder / "migration.toml"))


def test_an_organization_that_may_not_be_seen_is_refused(run: rehearsed.Run) -> None:
    """The message names side, caller and action."""
    tables = rehearsed.scenario()
    statements = [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "organizations:ListAccounts", "Resource": "*"},
    ]
    tables["organizations"][1]["accounts"].append(_management(operator_policy={"Statement": statements}))
    run.rehearsal.reset(tables)
    said = _refused(run, orgtools.RefusedError)
    caller = f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:user/operator"
    assert says(said, "side-refused", side="destination", caller=caller, action="organizations:ListAccounts")
    assert says(said, "grant", action="organizations:ListAccounts", whom="caller")


def test_a_role_is_an_entrance(run: rehearsed.Run) -> None:
    """The profile's credentials assume it; the session carries the run's name."""
    tables = rehearsed.scenario()
    mover = {"name": "mover", "trusts": [rehearsed.SOURCE_MANAGEMENT]}
    tables["organizations"][1]["accounts"].append(_management(roles=[mover]))
    run.rehearsal.reset(tables)
    role = f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:role/mover"
    run.settings(
        f'name = "spring"\n[source]\nprofile = "source"\n[destination]\nprofile = "source"\nrole_arn = "{role}"\n'
        + rehearsed.FAST
    )
    migration = run.open()
    assert migration.destination.identity.caller_arn == "arn:aws:sts::222222222222:assumed-role/mover/spring"
    run.settings(
        f'[source]\nprofile = "source"\n[destination]\nprofile = "source"\nrole_arn = "{role}x"\n' + rehearsed.FAST
    )
    said = _refused(run, orgtools.CredentialsError)
    assert says(said, "side-role-not-assumed", side="destination", arn=f"{role}x")


def _secret(run: rehearsed.Run, **secret: str) -> None:
    tables = rehearsed.scenario()
    tables["secrets"] = [{"account": rehearsed.SOURCE_MANAGEMENT, "name": "mover-keys", **secret}]
    run.rehearsal.reset(tables)
    run.settings(
        '[source]\nprofile = "source"\n[destination]\nprofile = "source"\nsecret = "mover-keys"\n' + rehearsed.FAST
    )


def test_a_secret_is_an_entrance(run: rehearsed.Run) -> None:
    """Keys of the other side's management account, kept in memory only."""
    _secret(run, credentials_for=rehearsed.DESTINATION_MANAGEMENT)
    assert run.open().destination.identity.organization_id == rehearsed.DESTINATION


@pytest.mark.parametrize("value", ["made-up-text", json.dumps({"user": "made-up-text"}), '"made-up-text"', "[]"])
def test_a_secret_that_holds_something_else_is_refused(run: rehearsed.Run, value: str) -> None:
    """Without repeating what it holds, in the message or in what caused it."""
    _secret(run, value=value)
    with pytest.raises(orgtools.CredentialsError) as refusal:
        run.open()
    assert refusal.value.message == Message("secret-is-wrong", side="destination", name="mover-keys")
    error: BaseException | None = refusal.value
    while error is not None:
        assert "made-up-text" not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_secret_that_does_not_exist_is_refused(run: rehearsed.Run) -> None:
    """By name."""
    _secret(run, value="x")
    run.settings('[source]\nprofile = "source"\n[destination]\nprofile = "source"\nsecret = "other"\n' + rehearsed.FAST)
    said = _refused(run, orgtools.CredentialsError)
    assert says(said, "secret-not-read", side="destination", name="other")


def test_a_refused_open_leaves_the_files_closed(run: rehearsed.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was refused: nothing warns later of a file left open, and the folder can be opened again at once."""
    closed: list[str] = []
    for kind in (Ledger, Pacer):
        real = kind.close

        def close(self: Any, real: Any = real) -> None:
            closed.append(type(self).__name__)
            real(self)

        monkeypatch.setattr(kind, "close", close)
    run.accounts("account_id,ou\n300000000001,/Nowhere\n")
    _refused(run, orgtools.InputError)
    assert sorted(closed) == ["Ledger", "Pacer"]
    run.settings('[source]\nprofile = "nobody"\n' + _DESTINATION)
    _refused(run, orgtools.CredentialsError)
    assert sorted(closed) == ["Ledger", "Pacer", "Pacer"]


def test_a_callers_address_is_masked(run: rehearsed.Run) -> None:
    """Identity Center names sessions after people; their addresses reach no message and no file."""
    tables = rehearsed.scenario()
    mover = {"name": "mover", "trusts": [rehearsed.SOURCE_MANAGEMENT]}
    tables["organizations"][1]["accounts"].append(_management(roles=[mover]))
    run.rehearsal.reset(tables)
    role = f"arn:aws:iam::{rehearsed.DESTINATION_MANAGEMENT}:role/mover"
    run.settings(
        'name = "jane.doe@example.com"\n[source]\nprofile = "source"\n'
        f'[destination]\nprofile = "source"\nrole_arn = "{role}"\n' + rehearsed.FAST
    )
    migration = run.open()
    masked = "arn:aws:sts::222222222222:assumed-role/mover/j***@example.com"
    assert migration.destination.identity.caller_arn == masked
    (opened,) = migration.ledger.events(Kind.OPENED)
    assert opened.data["destination"]["caller"] == masked


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[access.accounts]\n{} = 'destination'\n", "access.accounts"),
        ("[leave]\notherwise = ['{}']\n", "leave.otherwise"),
        ("[way_back]\naccounts = ['{}']\n", "way_back.accounts"),
        ("[control_tower]\naccount_factory = ['{}']\n", "control_tower.account_factory"),
    ],
)
def test_settings_of_an_account_that_nobody_planned_are_refused(run: rehearsed.Run, text: str, key: str) -> None:
    """A misspelt id would leave the account that it means to the default way."""
    run.settings(rehearsed.PROFILES + rehearsed.FAST + text.format(rehearsed.OUTSIDE))
    said = _refused(run, orgtools.InputError)
    assert says(said, "setting-names-unplanned", setting=key, account=rehearsed.OUTSIDE)


def test_so_are_they_when_its_row_goes_later(run: rehearsed.Run) -> None:
    """accounts.csv is read again before each step: the settings are held against it each time."""
    run.settings(f"{rehearsed.PROFILES}{rehearsed.FAST}[way_back]\naccounts = ['{rehearsed.COURTED}']\n")
    migration = run.open()
    run.accounts(rehearsed.ACCOUNTS.replace(rehearsed.COURTED, rehearsed.OUTSIDE))
    with pytest.raises(orgtools.InputError) as refusal:
        steps.preview(migration, steps.INVITE)
    said = refusal.value.message
    assert says(said, "setting-names-unplanned", setting="way_back.accounts", account=rehearsed.COURTED)


_EDITS: Final = {
    "UPDATE event SET data = replace(data, 'arn:aws', 'arn:xyz') WHERE number = 2": Message(
        "ledger-event-altered", event=2, kind="opened"
    ),
    "DELETE FROM event WHERE number = 2": Message("ledger-event-missing", event=2, number=3),
    "DELETE FROM event WHERE number = 1": Message("ledger-event-missing", event=1, number=2),
    "UPDATE event SET kind = 'assessed' WHERE number = 1": Message("ledger-event-altered", event=1, kind="assessed"),
}
"""What is said of the file, by what somebody does to it."""


@pytest.mark.parametrize(("edit", "wrong"), _EDITS.items())
def test_an_edited_ledger_is_not_opened(run: rehearsed.Run, edit: str, wrong: Message) -> None:
    """The event is named; nothing is appended to what nobody can trust."""
    run.open()
    run.open()
    path = run.folder / "ledger.sqlite"
    with sqlite3.connect(path) as file:
        for trigger in ("no_update", "no_delete"):
            file.execute(f"DROP TRIGGER {trigger}")
        file.execute(edit)
        before = file.execute("SELECT count(*) FROM event").fetchone()
    said = _refused(run, orgtools.LedgerError)
    assert said == Message("ledger-edited", path=str(path), findings=[wrong])
    assert file.execute("SELECT count(*) FROM event").fetchone() == before
    file.close()


def test_the_ledger_of_a_run_between_other_organizations_is_refused(run: rehearsed.Run) -> None:
    """And so is that of the run the other way round; nothing is appended to it."""
    migration = run.open()
    count = len(list(migration.ledger.events()))
    other = '[source]\nprofile = "source"\n[destination]\nprofile = "third"\n'
    turned = '[source]\nprofile = "destination"\n[destination]\nprofile = "source"\n'
    run.accounts("account_id,ou\n")
    held = Message("from-to", organization=rehearsed.SOURCE, organizations=[rehearsed.DESTINATION])
    for text, whither in (
        (other, Message("from-to", organization=rehearsed.SOURCE, organizations=[rehearsed.THIRD])),
        (turned, Message("from-to", organization=rehearsed.DESTINATION, organizations=[rehearsed.SOURCE])),
    ):
        run.settings(text + rehearsed.FAST)
        said = _refused(run, orgtools.LedgerError)
        path = str(run.folder / "ledger.sqlite")
        assert said == Message("ledger-of-another-run", path=path, why=held, change=whither)
    assert len(list(migration.ledger.events())) == count


def test_a_run_that_ended_while_it_was_opened_belongs_to_its_organizations_already(run: rehearsed.Run) -> None:
    """The first event of a ledger says between which two: a process may have died before the second."""
    migration = run.open()
    first = next(migration.ledger.events())
    assert first.kind is Kind.BASELINE
    assert first.data["source"]["organization"] == rehearsed.SOURCE
    assert first.data["destination"]["organization"] == rehearsed.DESTINATION
