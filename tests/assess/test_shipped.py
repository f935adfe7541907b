"""The shipped scenario has something for each check of the catalogue to find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

import orgtools
from orgtools import Status, assess
from orgtools.rehearsal.scenario import folder_of
from tests import rehearsed

if TYPE_CHECKING:
    from pathlib import Path

NOT_SHIPPED: Final = {"E14.rcp", "E16.rcp", "E19", "E2.member"}
"""Nobody narrows the regions there, it has no resource control policy, and its source is ours: others hold these."""
BLOCKED: Final = {"300000000008", "300000000015", "300000000016", "555555555555"}
"""A delegated administrator, one that is too young, one that is suspended, and a third one's management account."""


@pytest.mark.usefixtures("local_servers")
def test_each_check_finds_something_in_the_shipped_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an account at least once, and by looking: unknown is no find. Of the organizations it says how they are."""
    server = rehearsed.rehearse(monkeypatch, rehearsed.scenario())
    server.reset("two-waves")
    for name in ("accounts.csv", "migration.toml"):
        text = (folder_of("two-waves") / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("speed = 1.0", "speed = 100000.0"), encoding="utf-8")
    with orgtools.open(tmp_path) as migration:
        found = assess.assess(migration)
    said = {status: {f.check for f in found.findings if f.status is status} for status in Status}
    asked = assess.QUESTIONS.keys()
    assert asked <= said[Status.UNKNOWN], "nobody has answered yet"
    looking = assess.CATALOGUE.keys() - asked - NOT_SHIPPED
    of_accounts = {name for name in looking if assess.CATALOGUE[name].concerns == "account"}
    finding = said[Status.INFO] | said[Status.WARN] | said[Status.BLOCK]
    assert of_accounts <= finding
    assert looking - of_accounts <= finding | said[Status.OK]
    blocked = {account_id for account_id, worst in found.worst().items() if worst is Status.BLOCK}
    assert blocked == BLOCKED, "the others still go"
