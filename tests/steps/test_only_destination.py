"""The whole way with the destination's credentials alone: the organization that accounts come from is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import orgtools
from orgtools import assess, audit, record, steps
from orgtools.assess import CATALOGUE
from orgtools.exceptions import InputError, LedgerError
from orgtools.findings import Status
from orgtools.ledger import Kind
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, VERIFY, Blocked, Do, Done, Wait
from tests.rehearsed import DESTINATION, SOURCE, SOURCE_MANAGEMENT, Run, confirmed, do, rehearse
from tests.steps import only
from tests.steps.only import ALONE, KEYED, LEAVING, OWNED, ROLE, SHUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from orgtools.migration import Migration


@pytest.fixture
def run(local_servers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """A run folder without a source, not opened yet."""
    made = Run(tmp_path / "run", rehearse(monkeypatch, only.tables()))
    made.settings(only.SETTINGS)
    made.accounts(only.ACCOUNTS)
    yield made
    made.close()


@pytest.fixture
def migration(run: Run) -> Migration:
    """The run, opened and assessed by every check, in one region."""
    run.settings(only.SETTINGS + '[assess]\nregions = ["us-east-1"]\n')
    opened = run.open()
    assess.assess(opened)
    return opened


def test_the_whole_way(run: Run, migration: Migration) -> None:
    """Invited, accepted by a role, by keys of its own and by its owner, placed, verified and recorded."""
    assert confirmed(do(migration, INVITE)) == {ROLE, OWNED, KEYED, LEAVING, ALONE}
    assert confirmed(do(migration, LEAVE)) == {LEAVING}
    assert run.account(LEAVING)["organization"] is None
    result = do(migration, ACCEPT)
    assert {one.account_id for one in result.outcomes if one.status is steps.Status.CONFIRMED} == {
        *(ROLE, KEYED, LEAVING, ALONE)
    }
    waiting = steps.preview(migration, ACCEPT).by_account[OWNED]
    assert isinstance(waiting, Wait)
    (page,) = steps.ask_owners(migration)
    assert page.account_id == OWNED
    run.rehearsal.intervene("accept", handshake=page.handshake_id)
    assert confirmed(do(migration, PLACE)) == {ROLE, OWNED, KEYED, LEAVING, ALONE}
    verified = steps.preview(migration, VERIFY).by_account
    assert {name for name, seen in verified.items() if isinstance(seen, Done)} == {ROLE, OWNED, KEYED, LEAVING, ALONE}
    assert isinstance(verified[SHUT], Blocked)
    for account_id in (ROLE, OWNED, KEYED, LEAVING, ALONE):
        assert run.account(account_id)["organization"] == DESTINATION
    assert SOURCE_MANAGEMENT not in {call.caller_account for call in run.rehearsal.calls()}


def test_what_only_the_source_could_tell_is_unknown_by_name(migration: Migration) -> None:
    """Every check that needs its eyes, for every account that has not arrived; never fine, and never left out."""
    found = {(one.account_id, one.check): one for one in migration.assessment().get("", ())}
    for account in migration.plan.accounts:
        found |= {(account.account_id, one.check): one for one in migration.assessment()[account.account_id]}
    blind = [check for check in CATALOGUE.values() if check.needs_source]
    assert len(blind) > 15
    for check in blind:
        for account_id in migration.plan.by_id if check.concerns == "account" else [""]:
            finding = found[account_id, check.id]
            assert finding.status is Status.UNKNOWN, finding
            assert "no [source]" in finding.evidence
            assert finding.remedy
    assert "E2.member" in found[ROLE, "E2"].remedy
    assert found[ROLE, "E2.member"].status is Status.OK
    assert found[ROLE, "E5"].status is Status.OK
    assert SOURCE in found[ROLE, "E5"].evidence
    assert found[ALONE, "E5"].status is Status.INFO
    assert {found[OWNED, "E5"].status, found[SHUT, "E5"].status} == {Status.UNKNOWN}
    assert found[SHUT, "E15"].status is Status.BLOCK
    assert (found[OWNED, "E15"].status, found[KEYED, "E15"].status) == (Status.INFO, Status.OK)
    assert "keyed" in only.SETTINGS
    inside = [check.id for check in CATALOGUE.values() if check.read and check.needs_member and check.id != "E15"]
    assert {found[OWNED, name].status for name in inside} == {Status.UNKNOWN}
    assert all((account.account_id, check) in found for account in migration.plan.accounts for check in inside)
    shown = steps.preview(migration, INVITE).by_account[ROLE]
    assert isinstance(shown, Do)
    assert "what only the source could tell" in shown.why
