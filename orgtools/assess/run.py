"""Running checks: all of them with their calls, or only those that cost no call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgtools.assess.catalogue import CATALOGUE, Check, Scene
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Finding, Status, worst
from orgtools.ledger import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import PlannedAccount


@dataclass(frozen=True)
class Assessment:
    """The findings of one assessment.

    Attributes:
        accounts: the accounts that were assessed.
        findings: what was found; an empty ``account_id`` is about the organizations.
        taken_at: AWS's clock, UTC.
    """

    accounts: tuple[PlannedAccount, ...]
    findings: tuple[Finding, ...]
    taken_at: datetime

    def of(self, account_id: str) -> tuple[Finding, ...]:
        """The findings of one account, or with "" those of the organizations."""
        return tuple(finding for finding in self.findings if finding.account_id == account_id)

    def worst(self) -> Mapping[str, Status]:
        """The worst status of each account."""
        return {account.account_id: worst(self.of(account.account_id)) for account in self.accounts}


def standing(account: PlannedAccount, snapshot: Snapshot) -> tuple[Finding, ...]:
    """How an account stands now: the checks that need no call, made anew, and the others from the newest assessment.

    A pure function: steps decide with it.
    """
    recorded = snapshot.assessment.get(account.account_id, ())
    fresh = [check for check in CATALOGUE.values() if check.concerns == "account" and not check.needs_member]
    again = {check.id for check in fresh}
    scene = Scene(account, snapshot)
    return (*(check.look(scene) for check in fresh), *(finding for finding in recorded if finding.check not in again))


def assess(migration: Migration, accounts: Iterable[str] | None = None) -> Assessment:
    """Run every check of the catalogue for some accounts, and note the findings in the ledger. Changes nothing at AWS.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; None takes the whole plan.

    Raises:
        InputError: an account is not in the plan.
        RefusedError: one of the organizations cannot be listed at all.
    """
    plan = migration.plan = migration.read_plan()
    chosen = plan.accounts if accounts is None else plan.select(accounts)
    snapshot = migration.observe()
    findings = []
    if chosen:
        scene = Scene(chosen[0], snapshot, wave=chosen)
        findings += [_look(check, scene) for check in CATALOGUE.values() if check.concerns == "organization"]
    with ThreadPoolExecutor(migration.settings.engine.workers, thread_name_prefix="assess") as pool:
        for found in pool.map(lambda account: _account(migration, account, snapshot, chosen), chosen):
            findings += found
    migration.ledger.append(
        Kind.ASSESSED,
        accounts=[account.account_id for account in chosen],
        findings=[finding.as_json() for finding in findings],
    )
    return Assessment(chosen, tuple(findings), snapshot.taken_at)


def _account(
    migration: Migration, account: PlannedAccount, snapshot: Snapshot, wave: tuple[PlannedAccount, ...]
) -> list[Finding]:
    """E15 comes first: where the account cannot be entered, it says why, and the others that need to say only that."""
    arrived = account.account_id in snapshot.destination.accounts
    member = None if arrived else migration.member(account.account_id)
    entered = _look(CATALOGUE["E15"], Scene(account, snapshot, member, wave))
    scene = Scene(account, snapshot, member if entered.status is Status.OK else None, wave)
    others = [check for check in CATALOGUE.values() if check.concerns == "account" and check.id != "E15"]
    return [entered, *(_look(check, scene) for check in others if not (arrived and check.needs_member))]


def _look(check: Check, scene: Scene) -> Finding:
    """One check; what prevented the look becomes an unknown, with what to grant."""
    try:
        return check.look(scene)
    except OrgtoolsError as error:
        account_id = scene.account.account_id if check.concerns == "account" else ""
        remedy = error.next_step or f"Grant {', '.join(check.actions)}, then assess again."
        return Finding(
            account_id, check.id, Status.UNKNOWN, str(error).removesuffix(error.next_step or "").strip(), remedy
        )
