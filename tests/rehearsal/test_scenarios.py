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

from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.scenario.loader import SHIPPED, load, parse
from orgtools.rehearsal.scenario.mistakes import told
from orgtools.rehearsal.scenario.scenario import TABLES

ORGANIZATION: dict[str, Any] = {"id": "o-sourceorg001", "root": "r-src1", "management": "111111111111", "profile": "p"}
ACCOUNT = {"id": "300000000001", "name": "one", "email": "one@example.com"}


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
    ("change", "said"),
    [
        ({"organizations": [{**ORGANIZATION, "id": "x"}]}, "organization x: id: it is not the id of an organization"),
        ({"organizations": [{**ORGANIZATION, "colour": "red"}]}, "organization o-sourceorg001: colour: unknown key"),
        ({"organizations": []}, "organizations: it has fewer than 1 item"),
        ({"organizations": [{**ORGANIZATION, "accounts": [ACCOUNT, ACCOUNT]}]}, "300000000001 appears twice"),
        (
            {"organizations": [{**ORGANIZATION, "accounts": [{**ACCOUNT, "unit": "No"}]}]},
            "unit 'No'",
        ),
        ({"organizations": [ORGANIZATION, {**ORGANIZATION, "id": "o-other00001"}]}, "the root r-src1 appears twice"),
        (
            {"invitations": [{"organization": "o-sourceorg001", "account": "999999999999"}]},
            "that the scenario does not have",
        ),
    ],
)
def test_a_mistake_in_a_scenario_is_a_sentence_that_says_where(change: dict[str, Any], said: str) -> None:
    """Not a traceback of the parser."""
    with pytest.raises(ScenarioError, match=said):
        parse({"name": "wrong", "organizations": [ORGANIZATION], **change})


def test_a_scenario_that_cannot_be_found_names_the_shipped_ones() -> None:
    """And how to make one by number."""
    with pytest.raises(ScenarioError, match=r"two-waves.*wave:N"):
        load("no-such-scenario")


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
    with pytest.raises(RehearsalError, match="not valid TOML"):
        rehearsal.reset(file)


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            _HEAD.replace('"p"', '"p]\\n[profile evil"'),
            "organization o-sourceorg001: profile: it is not the name of a profile",
        ),
        (_HEAD.replace('"p"', '"default"'), "the profile 'default' is reserved"),
        (_HEAD + "age_days = inf\n", "is not a finite number"),
        (_HEAD + "age_days = 1e9\n", "age_days: it is greater than 36500"),
        (_HEAD + "age_days = -1\n", "age_days: it is less than 0"),
        (_HEAD + "age_day = 1\n", "organization o-sourceorg001: age_day: unknown key, did you mean 'age_days'?"),
        (_HEAD + "account_quota = 0\n", "organization o-sourceorg001: account_quota: it is less than 1"),
        (_HEAD + 'policy_types = ["X"]\n', "policy_types 1: it is none of SERVICE_CONTROL_POLICY, "),
        (_HEAD + 'units = [{ name = "a", parent = "/nowhere" }]\n', "below 'nowhere', which does not exist"),
        (
            _HEAD + '[[organizations.policies]]\nname = "a"\ncontent = {}\nattach = ["/b"]\n',
            "is not in o-source",
        ),
        (_HEAD + '[organizations.landing_zone]\nproducts = ["300000000009"]\n', "names 300000000009"),
        (
            _HEAD + '[organizations.landing_zone]\nhome_region = "evil.com/#"\n',
            "landing_zone.home_region: it is not the code of a Region",
        ),
        (
            _HEAD + _ACCOUNT.replace("one@", "one"),
            "organization o-sourceorg001: account 300000000001: email: it is not an e-mail address",
        ),
        (_HEAD + _ACCOUNT + "tags = { a = 2026-01-01 }\n", "it is a date, where a text or a number is expected"),
        (
            _HEAD + _ACCOUNT + "tags = { a = 1 }\n",
            "organization o-sourceorg001: account 300000000001: tags.a: it is not text in",
        ),
        (_HEAD + _ACCOUNT + "payment_method = 1\n", "account 300000000001: payment_method: it is not true or false"),
        (_HEAD + _HEAD.partition("\n")[2], "the organization o-sourceorg001 appears twice"),
        (_HEAD + '[[secrets]]\naccount = "999999999999"\nname = "a"\n', "a secret belongs to account 9999"),
        (
            _HEAD + '[[answers]]\naccount = "999999999999"\nservice = "a"\noperation = ""\nresponse = {}\n',
            "an answer belongs",
        ),
        (_HEAD + '[[failures]]\noperation = "a"\ncalls = [-1]\ncode = "X"\n', "failures 1: calls 1: it is less than 1"),
        (_HEAD + "units = [5]\n", "units 1: it is not text in quotation marks."),
        (_HEAD + "units = [{ name = 5 }]\n", "units 1: name: it is not text in quotation marks."),
        (_HEAD + 'units = [{ name = "a", id = "b" }]\n', "units 'a': id: it is not the id of an organizational unit"),
        (_HEAD + _ACCOUNT.replace('"300000000001"', "5"), "accounts 'one': id: it is not text"),
        (_HEAD + _ACCOUNT.partition("name")[0], "account 300000000001: name: it is missing; "),
        (_HEAD + '[organizations.cost_tags]\na = "on"\n', "cost_tags.a: it is none of Active and Inactive"),
        (
            _HEAD + _ACCOUNT + _ACCOUNT.replace("01", "02"),
            "the accounts 300000000001 and 300000000002 have the same e-mail",
        ),
        (_HEAD + _ACCOUNT + "joined_days_ago = 500\n", "account 300000000001 joined before it was created"),
        (_HEAD + _ACCOUNT + 'tags = { "aws:x" = "1" }\n', "account 300000000001: tags: keys that begin with aws:"),
        (
            _HEAD + _ACCOUNT + "".join(f"tags.k{number} = ''\n" for number in range(51)),
            "tags: it has more than 50 items",
        ),
        (_HEAD + _ACCOUNT + f"tags = {{ {'k' * 129} = '' }}\n", ": it has more than 128 characters"),
        (
            _HEAD + _ACCOUNT + 'roles = [{ name = "r", trusts = ["22222222222x"] }]\n',
            "roles 'r': trusts 1: it is not an account id, an ARN or *",
        ),
        (
            _HEAD + 'units = ["A/B", "A", "A/B"]\n',
            "organization o-sourceorg001: the organizational unit 'A/B' appears twice",
        ),
        (_HEAD + 'units = ["A/B", { name = "B", parent = "/A" }]\n', "the organizational unit 'A/B' appears twice"),
        (_HEAD + 'units = ["1/2/3/4/5/6/7"]\n', "'1/2/3/4/5/6' is more than 5 levels below the root"),
        (_HEAD + "account_quota = 1\n" + _ACCOUNT, "o-sourceorg001 has 2 accounts; its account_quota is 1"),
        (
            _HEAD
            + _ACCOUNT
            + '[[owners]]\naccount = "300000000001"\norganization = "o-other00001"\nanswer = "accept"\n'
            "after_hours = 1\n",
            "the owner of account 300000000001 answers o-other00001, which the scenario does not have",
        ),
        ("a = " + "[" * 9_000, "is nested too deep"),
        (".".join("a" * 100_000) + " = 1", "is nested too deep"),
        ("a = " + "9" * 6_000, "is not valid TOML"),
        (_HEAD + "[switches]\nlag_seconds = 1e300\n", "switches.lag_seconds: it is greater than 1"),
    ],
)
def test_a_scenario_that_cannot_be_meant_is_refused_with_its_place(text: str, words: str, tmp_path: Path) -> None:
    """No traceback, and nothing of it is written into a run folder."""
    file = tmp_path / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        load(file)
    said = str(refusal.value)
    assert words in said
    assert str(file) in said
    assert "nput should" not in said


@pytest.mark.parametrize("kind", ["pipe", "device", "large", "bytes"])
def test_a_scenario_that_is_no_text_file_is_refused(kind: str, tmp_path: Path) -> None:
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
    with pytest.raises(ScenarioError, match=r"not a regular file|larger than 64 MB|not UTF-8"):
        load(tmp_path)


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
