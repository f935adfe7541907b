"""Enroll: what AWS Control Tower in the destination still has to do with each account.

Without a landing zone there is nothing to do. With one, this version does not enroll: it says so.
See https://docs.aws.amazon.com/controltower/latest/APIReference/API_ListLandingZones.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import RefusedError
from orgtools.steps.decisions import Blocked, Decision, Done
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import PlannedAccount


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:  # noqa: ARG001 (the common signature)
    """Both organizations, and the destination's landing zones in the region of its credentials."""
    snapshot = migration.observe()
    try:
        return replace(snapshot, landing_zones=migration.destination.landing_zones())
    except RefusedError as error:
        return replace(snapshot, unknown=(*snapshot.unknown, str(error)))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Nothing to do without a landing zone; otherwise a person enrolls."""
    if snapshot.landing_zones is None:
        return Blocked(
            account.account_id,
            "could not look whether the destination has a landing zone",
            "Grant controltower:ListLandingZones to the destination's caller and preview again.",
        )
    if not snapshot.landing_zones:
        return Done(account.account_id, "the destination has no Control Tower landing zone: nothing to enroll")
    return Blocked(
        account.account_id,
        f"the destination has the landing zone {snapshot.landing_zones[0]}",
        "Enroll the account in the Control Tower console, or re-register its organizational unit there: "
        "this version of orgtools does not.",
    )


ENROLL: Final = Step(
    name="enroll", notebook="70_enroll", verb="enroll", done="need no enrolling", decide=decide, observe=observe
)
"""The step; see the module."""
