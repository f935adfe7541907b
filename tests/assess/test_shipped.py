"""The shipped scenario has something for each check of the catalogue to find."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import Verdict, assess
from orgtools.rehearsal.scenario.loader import folder_of
from tests import rehearsed, values
from tests.assess.answering import look

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE: Final = {"E14.rcp": "landing-zones", "E16.rcp": "arriving"}
"""Where else a check finds something: resource control policies would keep out who enters in the shipped story."""
SAYS_WHERE: Final = {"E19"}
"""What only says where was looked: every enabled region is, or those left out are unknown."""
NO_FIND: Final = {"E2.member"}
"""An account that is too young by its own word could not move while a scenario runs: the test below has one."""
BLOCKED: Final = {"300000000008", "300000000015", "300000000016", "555555555555"}
"""A delegated administrator, one that is too young, one that is suspended, and a third one's management account."""


def _assessed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *checks: str) -> assess.Assessment:
    server = rehearsed.rehearse(monkeypatch, rehearsed.scenario())
    server.reset(name)
    for file in ("accounts.csv", "migration.toml"):
        text = (folder_of(name) / file).read_text(encoding="utf-8")
        (tmp_path / file).write_text(text.replace("speed = 1.0", "speed = 100000.0"), encoding="utf-8")
    with orgtools.open(tmp_path) as migration:
        return assess.assess(migration, checks=checks or None)


@pytest.mark.parametrize(("check", "name"), ELSEWHERE.items())
@pytest.mark.usefixtures("local_servers")
def test_another_shipped_scenario_has_what_the_story_cannot_have(
    check: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its accounts still go: the sentence names the policy, and nothing blocks."""
    found = [one for one in _assessed(name, tmp_path, monkeypatch, check).findings if one.check == check]
    assert {one.status for one in found} <= {Verdict.OK, Verdict.INFO, Verdict.WARN}
    assert any("OnlyOurPrincipals" in str(one.evidence) for one in found if one.status is not Verdict.OK)


@pytest.mark.parametrize(("days", "status"), [(3.9, Verdict.BLOCK), (4.1, Verdict.OK)])
def test_an_account_that_says_itself_that_it_is_too_young_is_held(days: float, status: Verdict) -> None:
    """E2.member: counted from its own creation, by AWS's clock."""
    created = values.NOW - timedelta(days=days)
    (found,) = look("E2.member", {"account:GetAccountInformation": {"AccountCreatedDate": created}})
    assert found.status is status


@pytest.mark.usefixtures("local_servers")
def test_each_check_finds_something_in_the_shipped_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an account at least once, and by looking: unknown is no find. Of the organizations it says how they are."""
    found = _assessed("two-waves", tmp_path, monkeypatch)
    said = {status: {f.check for f in found.findings if f.status is status} for status in Verdict}
    asked = assess.QUESTIONS.keys()
    assert asked <= said[Verdict.UNKNOWN], "nobody has answered yet"
    looking = assess.CATALOGUE.keys() - asked - ELSEWHERE.keys() - NO_FIND
    of_accounts = {name for name in looking - SAYS_WHERE if assess.CATALOGUE[name].concerns == "account"}
    finding = said[Verdict.INFO] | said[Verdict.WARN] | said[Verdict.BLOCK]
    assert of_accounts <= finding
    assert looking - of_accounts <= finding | said[Verdict.OK]
    blocked = {account_id for account_id, worst in found.worst().items() if worst is Verdict.BLOCK}
    assert blocked == BLOCKED, "the others still go"
