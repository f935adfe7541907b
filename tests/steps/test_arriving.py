"""The shipped scenario `arriving`, step by step: each of its accounts arrives another way, and one goes back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import orgtools
from orgtools import steps
from orgtools.rehearsal.scenario import loader
from orgtools.steps import ACCEPT, INVITE, LEAVE, PLACE, PREPARE, REVOKE, Status
from tests.rehearsed import confirmed, do

if TYPE_CHECKING:
    from orgtools.rehearsal import Rehearsal
    from tests.rehearsed import Run

LEAVES, SIGNED_IN, RETURNS, THROUGH = (f"31000000000{number}" for number in range(1, 5))
_HOME: Final = loader.SHIPPED / "arriving"


def _open(run: Run, rehearsal: Rehearsal) -> orgtools.Migration:
    rehearsal.reset("arriving")
    text = (_HOME / "migration.toml").read_text(encoding="utf-8")
    run.settings(
        text.replace("speed = 1.0", "speed = 100000.0").replace('"sso-cache"', f"'{rehearsal.folder}/sso-cache'")
    )
    run.accounts((_HOME / "accounts.csv").read_text(encoding="utf-8"))
    return run.assessed()


def test_each_account_arrives_its_own_way_and_one_goes_back(run: Run, rehearsal: Rehearsal) -> None:
    """A failure while stand-alone, and its recovery; a person's session; the other side's; and home again, whole."""
    migration = _open(run, rehearsal)
    first = run.account(RETURNS)
    for step in (INVITE, PREPARE, LEAVE):
        confirmed(do(migration, step, wave=1))
    (refused,) = do(migration, ACCEPT, wave=1).outcomes
    assert refused.status is Status.REFUSED
    snapshot = migration.observe()
    (alone,) = steps.stand_alone(migration.plan.accounts, snapshot, migration.ledger.events())
    assert alone.account_id == LEAVES
    confirmed(do(migration, ACCEPT, wave=1))
    confirmed(do(migration, PLACE, wave=1))

    for step in (INVITE, PREPARE, ACCEPT, PLACE):
        confirmed(do(migration, step, wave=2))
    confirmed(do(migration, REVOKE))
    callers = {
        call.account or call.caller_account: call.caller_arn or ""
        for call in run.changing()
        if call.operation in ("LeaveOrganization", "AcceptHandshake") and call.code is None
    }
    assert "AWSReservedSSO_Migration" in callers[SIGNED_IN]
    assert all("OrganizationAccountAccessRole" in callers[account] for account in (LEAVES, RETURNS, THROUGH))

    taken = []
    while True:
        shown = steps.next_back(migration, migration.settings.way_back.accounts)
        waits = [seen.until for seen in shown.decisions if isinstance(seen, steps.Wait) and seen.until]
        if waits:
            rehearsal.advance(waits[0] - rehearsal.now() + timedelta(seconds=2))
        elif not shown.to_do:
            break
        else:
            taken.append(shown.step.name)
            steps.apply(migration, shown, steps.approve(shown, shown.phrase))
    assert taken == ["restore-trust", "invite-back", "accept-back", "accept-back", "restore-trust", "place-back"]
    back = run.account(RETURNS)
    assert {name: back[name] for name in ("organization", "unit", "roles")} == {
        name: first[name] for name in ("organization", "unit", "roles")
    }
