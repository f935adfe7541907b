"""Every step of the way at one glance: what all of them decide by, and which of them apply."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgtools.snapshot import NotLooked
from orgtools.steps.forward import enroll, unenroll
from orgtools.steps.forward.enroll import ENROLL
from orgtools.steps.forward.prepare_access import PREPARE
from orgtools.steps.forward.revoke_access import REVOKE
from orgtools.steps.forward.unenroll import UNENROLL

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
    snapshot = unenroll.look(migration, accounts, REVOKE.observe(migration, accounts))
    snapshot = enroll.look(migration, accounts, snapshot)
    return replace(snapshot, unknown=tuple(dict.fromkeys(snapshot.unknown)))


def applying(steps: Iterable[Step], snapshot: Snapshot) -> tuple[Step, ...]:
    """Those of some steps that apply: the hand-over where it is asked for, Control Tower where there is a landing zone.

    Un-enrolling also applies where this run has done it, and the source's landing zone is gone since.
    """
    parting, joining = snapshot.looked(unenroll.Unenrolling), snapshot.looked(enroll.Enrolling)
    applies = {
        UNENROLL.name: _has_a_zone(parting) or bool(snapshot.history.unenrolled),
        PREPARE.name: snapshot.settings.handover.prepare,
        ENROLL.name: _has_a_zone(joining),
        REVOKE.name: snapshot.settings.handover.revoke,
    }
    return tuple(step for step in steps if applies.get(step.name, True))


def _has_a_zone(seen: unenroll.Unenrolling | enroll.Enrolling | NotLooked) -> bool:
    """Whether a landing zone is known; that one could not be looked for is told above the board."""
    return not isinstance(seen, NotLooked) and seen.tower.zone is not None
