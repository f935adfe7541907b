"""Scenario files: what the shipped one holds, waves by number, and sentences about mistakes."""

import csv
import os
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from orgtools.messages import Message
from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.loader import SHIPPED, load, parse
from orgtools.rehearsal.scenario.mistakes import told
from orgtools.rehearsal.scenario.scenario import TABLES
from tests.said import says

ORGANIZATION: dict[str, Any] = {"id": "o-sourceorg001", "root": "r-src1", "management": "111111111111", "profile": "p"}
ACCOUNT = {"id": "300000000001", "name": "one", "email": "one@example.com"}


def setting(name: str, code: str, **facts: Any) -> Message:
    """What is wrong with a value, and of which key it is."""
    return Message("setting-wrong", setting=name, why=Message(code, **facts))


def item(table: str, which: int | str, why: Message) -> Message:
    """In an item of a list: by its number, or by its name where it has one."""
    if isinstance(which, int):
        return Message("item-wrong", setting=table, number=which, why=why)
    return Message("item-named-wrong", setting=table, name=which, why=why)


def in_organization(why: Message) -> Message:
    """In the organization of these scenarios."""
    return Message("organization-wrong", organization="o-sourceorg001", why=why)


def in_account(why: Message) -> Message:
    """In the account of that organization."""
    return in_organization(Message("account-wrong", account="300000000001", why=why))


def planned() -> list[dict[str, str]]:
    """The rows of the shipped plan."""
    with (SHIPPED / "two-waves" / "accounts.csv").open(newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_shipped_plan_has_two_waves_and_three_ous_two_levels_deep() -> None:
    """At least sixteen accounts, one of them on the stand-alone path."""
    rows = planned()
    assert len(rows) >= 16
    assert {row["wave"] for row in rows} == {"1", "2"}
    direct = {row["ou"] for row in rows if row["path"] != "standalone"}
    assert len(direct) >= 3
    assert {ou.count("/") for ou in direct} == {1}
    assert Counter(row["path"] for row in rows)["standalone"] == 1


def test_the_shipped_scenario_holds_everything_that_stands_in_the_way() -> None:
    """And accounts that the plan leaves alone."""
    scenario = load("two-waves")
    source, destination, third = scenario.organizations
    plan = {row["account_id"] for row in planned()}
    accounts = {account.id: account for account in source.accounts}
    arrived = plan & {account.id for account in destination.accounts}
    assert len(arrived) == 1
    assert third.management in plan
    assert plan - arrived - {third.management} < set(accounts)
    in_plan = [accounts[account] for account in plan & set(accounts)]
    assert len([account for account in in_plan if account.delegated]) == 1
    assert len([account for account in in_plan if account.created_days_ago == 2]) == 1
    assert len([account for account in in_plan if account.state == "SUSPENDED"]) == 1
    assert len([account for account in in_plan if not account.direct_transfer]) == 1
    foreign, adopted, ours, billing = scenario.invitations
    assert (foreign.organization, foreign.account in plan) == (third.id, True)
    assert (adopted.organization, adopted.account in plan) == (destination.id, True)
    assert (ours.organization, ours.account in plan) == (destination.id, False)
    assert (billing.action, billing.account) == ("TRANSFER_RESPONSIBILITY", source.management)


def test_the_shipped_migration_names_the_profiles_of_the_scenario() -> None:
    """So that the run folder works as it is written."""
    migration = tomllib.loads((SHIPPED / "two-waves" / "migration.toml").read_text())
    profiles = [organization.profile for organization in load("two-waves").organizations]
    assert [migration["source"]["profile"], migration["destination"]["profile"]] == profiles[:2]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (
            {"organizations": [{**ORGANIZATION, "id": "x"}]},
            Message("organization-wrong", organization="x", why=setting("id", "no-organization-id")),
        ),
        (
            {"organizations": [{**ORGANIZATION, "colour": "red"}]},
            in_organization(Message("setting-unknown", setting="colour")),
        ),
        ({"organizations": []}, setting("organizations", "value-has-fewer-items", limit=1)),
        (
            {"organizations": [{**ORGANIZATION, "accounts": [ACCOUNT, ACCOUNT]}]},
            Message("scenario-twice", kind="account", name="300000000001"),
        ),
        (
            {"organizations": [{**ORGANIZATION, "accounts": [{**ACCOUNT, "unit": "No"}]}]},
            in_organization(
                Message("scenario-account-unit", account="300000000001", unit="No", organization="o-sourceorg001")
            ),
        ),
        (
            {"organizations": [ORGANIZATION, {**ORGANIZATION, "id": "o-other00001"}]},
            Message("scenario-twice", kind="root", name="r-src1"),
        ),
        (
            {"invitations": [{"organization": "o-sourceorg001", "account": "999999999999"}]},
            Message("scenario-invitation-unknown", account="999999999999", organization="o-sourceorg001"),
        ),
    ],
)
def test_a_mistake_in_a_scenario_is_a_sentence_that_says_where(change: dict[str, Any], wrong: Message) -> None:
    """Not a traceback of the parser."""
    with pytest.raises(ScenarioError) as refusal:
        parse({"name": "wrong", "organizations": [ORGANIZATION], **change})
    assert refusal.value.message == Message("scenario-wrong", findings=[wrong])


def test_a_scenario_that_cannot_be_found_names_the_shipped_ones() -> None:
    """And how to make one by number."""
    with pytest.raises(ScenarioError, match=r"two-waves.*wave:N") as refusal:
        load("no-such-scenario")
    assert says(refusal.value.message, "scenario-unknown", given="no-such-scenario")


def test_a_scenario_file_of_ones_own(tmp_path: Path, rehearsal: Rehearsal) -> None:
    """By its path, file or folder; broken TOML is a sentence too."""
    file = tmp_path / "scenario.toml"
    file.write_text('name = "own"\n[[organizations]]\nid = "o-sourceorg001"\nroot = "r-src1"\n')
    with file.open("a") as stream:
        stream.write('management = "111111111111"\nprofile = "rehearsal-source"\nunits = ["A/B/C"]\n')
    rehearsal.reset(file)
    units = rehearsal.world()["organizations"]["o-sourceorg001"]["units"]
    assert list(units.values()) == ["A", "A/B", "A/B/C"]
    rehearsal.reset(tmp_path)
    file.write_text("name = ")
    with pytest.raises(RehearsalError) as refusal:
        rehearsal.reset(file)
    assert says(refusal.value.message, "scenario-not-toml", path=str(file))


def test_an_ou_whose_name_has_a_slash_is_not_a_path(rehearsal: Rehearsal) -> None:
    """Two different OUs can look alike as a path; a tool must refuse to guess."""
    ambiguous = {**ORGANIZATION, "profile": "rehearsal-source", "units": ["A/B", {"name": "A/B"}]}
    rehearsal.reset({"name": "ambiguous", "organizations": [ambiguous]})
    names = list(rehearsal.world()["organizations"]["o-sourceorg001"]["units"].values())
    assert names.count("A/B") == 2


def test_a_secret_can_hold_the_credentials_of_a_side(rehearsal: Rehearsal, client: Any) -> None:
    """Secrets Manager is moto's; the scenario puts a secret there."""
    secret = {"account": "111111111111", "name": "destination", "credentials_for": "222222222222"}
    source = {**ORGANIZATION, "profile": "rehearsal-source"}
    rehearsal.reset({"name": "secret", "organizations": [source], "secrets": [secret]})
    value = client("rehearsal-source", "secretsmanager").get_secret_value(SecretId="destination")["SecretString"]
    assert "222222222222" in value


_HEAD = 'name = "x"\n[[organizations]]\nid = "o-sourceorg001"\nroot = "r-src1"\nmanagement = "111111111111"\n'
_HEAD += 'profile = "p"\n'
_ACCOUNT = '[[organizations.accounts]]\nid = "300000000001"\nname = "one"\nemail = "one@example.com"\n'
_POLICY_TYPES = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY"]
_POLICY_TYPES += ["BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (
            _HEAD.replace('"p"', '"p]\\n[profile evil"'),
            in_organization(setting("profile", "no-profile-name")),
        ),
        (_HEAD.replace('"p"', '"default"'), Message("scenario-profile-reserved", profile="default")),
        (_HEAD + "age_days = inf\n", setting("'organizations.0.age_days'", "value-not-finite")),
        (_HEAD + "age_days = 1e9\n", in_organization(setting("age_days", "value-too-large", limit=36500))),
        (_HEAD + "age_days = -1\n", in_organization(setting("age_days", "value-too-small", limit=0))),
        (
            _HEAD + "age_day = 1\n",
            in_organization(Message("setting-unknown-near", setting="age_day", keys=["age_days"])),
        ),
        (_HEAD + "account_quota = 0\n", in_organization(setting("account_quota", "value-too-small", limit=1))),
        (
            _HEAD + 'policy_types = ["X"]\n',
            in_organization(item("policy_types", 1, Message("no-way-in", keys=_POLICY_TYPES))),
        ),
        (
            _HEAD + 'units = [{ name = "a", parent = "/nowhere" }]\n',
            in_organization(Message("scenario-unit-alone", unit="a", organization="o-sourceorg001", parent="nowhere")),
        ),
        (
            _HEAD + '[[organizations.policies]]\nname = "a"\ncontent = {}\nattach = ["/b"]\n',
            in_organization(Message("scenario-policy-target", policy="a", given="/b", organization="o-sourceorg001")),
        ),
        (
            _HEAD + '[organizations.landing_zone]\nproducts = ["300000000009"]\n',
            Message("scenario-zone-account", organization="o-sourceorg001", account="300000000009"),
        ),
        (
            _HEAD + '[organizations.landing_zone]\nhome_region = "evil.com/#"\n',
            in_organization(setting("landing_zone.home_region", "no-region-code")),
        ),
        (
            _HEAD + _ACCOUNT.replace("one@", "one"),
            in_account(setting("email", "no-email-address")),
        ),
        (
            _HEAD + _ACCOUNT + 'roles = [{ name = "R" }, { name = "R" }]\n',
            in_account(Message("scenario-twice", kind="role", name="R")),
        ),
        (
            _HEAD + _ACCOUNT + "tags = { a = 2026-01-01 }\n",
            setting("'organizations.0.accounts.0.tags.a'", "scenario-value-kind", kind="date"),
        ),
        (
            _HEAD + _ACCOUNT + "tags = { a = 1 }\n",
            in_account(setting("tags.a", "value-not-text")),
        ),
        (_HEAD + _ACCOUNT + "payment_method = 1\n", in_account(setting("payment_method", "value-not-bool"))),
        (_HEAD + _HEAD.partition("\n")[2], Message("scenario-twice", kind="organization", name="o-sourceorg001")),
        (
            _HEAD + '[[secrets]]\naccount = "999999999999"\nname = "a"\n',
            Message("scenario-account-unknown", kind="secret", account="999999999999"),
        ),
        (
            _HEAD + '[[answers]]\naccount = "999999999999"\nservice = "a"\noperation = ""\nresponse = {}\n',
            Message("scenario-account-unknown", kind="answer", account="999999999999"),
        ),
        (
            _HEAD + '[[failures]]\noperation = "a"\ncalls = [-1]\ncode = "X"\n',
            item("failures", 1, item("calls", 1, Message("value-too-small", limit=1))),
        ),
        (_HEAD + "units = [5]\n", in_organization(item("units", 1, Message("value-not-text")))),
        (_HEAD + "units = [{ name = 5 }]\n", in_organization(item("units", 1, setting("name", "value-not-text")))),
        (
            _HEAD + 'units = [{ name = "a", id = "b" }]\n',
            in_organization(item("units", "a", setting("id", "no-unit-id"))),
        ),
        (
            _HEAD + _ACCOUNT.replace('"300000000001"', "5"),
            in_organization(item("accounts", "one", setting("id", "value-not-text"))),
        ),
        (_HEAD + _ACCOUNT.partition("name")[0], in_account(setting("name", "value-missing"))),
        (
            _HEAD + '[organizations.cost_tags]\na = "on"\n',
            in_organization(setting("cost_tags.a", "no-way-in", keys=["Active", "Inactive"])),
        ),
        (
            _HEAD + _ACCOUNT + _ACCOUNT.replace("01", "02"),
            Message("scenario-address-twice", accounts=["300000000001", "300000000002"]),
        ),
        (
            _HEAD + _ACCOUNT + "joined_days_ago = 500\n",
            Message("scenario-joined-before-created", account="300000000001"),
        ),
        (_HEAD + _ACCOUNT + 'tags = { "aws:x" = "1" }\n', in_account(setting("tags", "tag-reserved"))),
        (
            _HEAD + _ACCOUNT + "".join(f"tags.k{number} = ''\n" for number in range(51)),
            in_account(setting("tags", "value-has-more-items", limit=50)),
        ),
        (
            _HEAD + _ACCOUNT + f"tags = {{ {'k' * 129} = '' }}\n",
            in_account(setting(f"tags.{'k' * 60}", "value-too-long", limit=128)),
        ),
        (
            _HEAD + _ACCOUNT + 'roles = [{ name = "r", trusts = ["22222222222x"] }]\n',
            in_account(item("roles", "r", item("trusts", 1, Message("no-principal")))),
        ),
        (
            _HEAD + 'units = ["A/B", "A", "A/B"]\n',
            in_organization(Message("scenario-unit-twice", unit="A/B")),
        ),
        (
            _HEAD + 'units = ["A/B", { name = "B", parent = "/A" }]\n',
            in_organization(Message("scenario-unit-twice", unit="A/B")),
        ),
        (
            _HEAD + 'units = ["1/2/3/4/5/6/7"]\n',
            in_organization(Message("scenario-unit-too-deep", unit="1/2/3/4/5/6", limit=5)),
        ),
        (
            _HEAD + "account_quota = 1\n" + _ACCOUNT,
            Message("scenario-over-quota", organization="o-sourceorg001", count=2, quota=1),
        ),
        (
            _HEAD
            + _ACCOUNT
            + '[[owners]]\naccount = "300000000001"\norganization = "o-other00001"\nanswer = "accept"\n'
            "after_hours = 1\n",
            Message("scenario-owner-organization", account="300000000001", organization="o-other00001"),
        ),
        ("a = " + "[" * 9_000, Message("scenario-too-deep")),
        (".".join("a" * 100_000) + " = 1", Message("scenario-too-deep")),
        ("a = " + "9" * 6_000, Message("file-number-too-long")),
        (
            _HEAD + "[switches]\nlag_seconds = 1e300\n",
            setting("switches.lag_seconds", "value-too-large", limit=1_000_000),
        ),
    ],
)
def test_a_scenario_that_cannot_be_meant_is_refused_with_its_place(text: str, wrong: Message, tmp_path: Path) -> None:
    """No traceback, and nothing of it is written into a run folder."""
    file = tmp_path / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load(file)
    assert says(refusal.value.message, wrong.code, **wrong.facts)
    assert refusal.value.message.facts["path"] == str(file)
    assert "nput should" not in str(refusal.value)


def test_a_scenario_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    """As migration.toml is: editors of old write one letter otherwise, and nobody sees which."""
    (tmp_path / "scenario.toml").write_bytes(_HEAD.encode() + 'seller = "Vermögen"\n'.encode("latin-1"))
    with pytest.raises(ScenarioError) as refusal:
        load(tmp_path)
    line = _HEAD.count("\n") + 1
    assert refusal.value.message == Message("scenario-not-text", path=str(tmp_path / "scenario.toml"), line=line)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("pipe", "scenario-not-regular"),
        ("device", "scenario-not-regular"),
        ("large", "scenario-too-large"),
        ("bytes", "scenario-not-text"),
    ],
)
def test_a_scenario_that_is_no_text_file_is_refused(kind: str, code: str, tmp_path: Path) -> None:
    """A pipe is not waited for, and no more is read than a scenario may have."""
    file = tmp_path / "scenario.toml"
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "device":
        file.symlink_to("/dev/zero")
    else:
        file.write_bytes(b"\xff\xfe")
        if kind == "large":
            os.truncate(file, 2**33)
    with pytest.raises(ScenarioError) as refusal:
        load(tmp_path)
    assert says(refusal.value.message, code, path=str(file))


@pytest.mark.parametrize("table", sorted(TABLES))
def test_whatever_is_wrong_has_a_sentence_of_the_catalogue(table: str) -> None:
    """Of each key of each table: never a bare code, and never the validator's words."""
    probes: list[Any] = [1, -1, 1.5, 1e40, True, "", "x\ty", "y" * 5_000, [], [1], ["x y"], {}, {"x": 1}, {"x": {}}]
    refused = 0
    for key in TABLES[table].model_fields:
        for probe in probes:
            try:
                TABLES[table].model_validate({key: probe})
            except ValidationError as error:
                said = [str(one) for one in told(TABLES[table], TABLES, error.errors(), {key: probe})]
                refused += len(said)
                assert [
                    one for one in said if re.search(r"expected form|Input|should|[a-z]+-[a-z]+-[a-z]+ ", one)
                ] == []
    assert refused
