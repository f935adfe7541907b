"""Every step of the way at one glance: what all of them decide by, and which of them apply."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgtools.steps.forward import enroll, place, unenroll
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.step import Step


def overview(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """One snapshot for all steps: both organizations, who enters the accounts, and Control Tower of both sides.

    Raises:
        RefusedError: AWS refuses to show one of the organizations.
    """
    snapshot = migration.observe(account.account_id for account in accounts)
    for look in (place.look, account_access.look, unenroll.look, enroll.look):
        snapshot = look(migration, accounts, snapshot)
    return replace(snapshot, unknown=tuple(dict.fromkeys(snapshot.unknown)))


def applying(steps: Iterable[Step], snapshot: Snapshot) -> tuple[Step, ...]:
    """Those of some steps that migration.toml asks for, and that there is any use for."""
    return tuple(step for step in steps if step.asked(snapshot.settings) and step.applies(snapshot))
