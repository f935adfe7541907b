"""Cost tags: cost allocation tags that are active in the source are activated in the destination.

They are the organization's, not an account's: one call of the management account for up to twenty keys, shown at one
account. AWS lists a key up to 24 hours after its billing has seen it on a resource. See
https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_UpdateCostAllocationTagsStatus.html and
https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from orgtools.assess import exported_organization
from orgtools.aws.read.restorable import Lack, Regain, cost_tags
from orgtools.messages import Message
from orgtools.policies.permissions import DESTINATION, may
from orgtools.steps.core.decisions import Decision, Do, Wait
from orgtools.steps.core.step import Step
from orgtools.steps.restore import contacts_and_assignments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

AT_ONCE: Final = 20
"""Keys that one call may name."""


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and the keys that are active in the source's export and in the destination."""
    look = cache(lambda: _look(migration))  # the same for every account, and read only if one has arrived
    return contacts_and_assignments.observe(
        migration, accounts, lambda *_: look(), asked=migration.settings.restore.cost_tags
    )


def _look(migration: Migration) -> Regain:
    export = exported_organization(migration.folder)
    if export is None or export.cost_tags is None:
        return Regain(against=Message("regain-cost-tags-not-exported"))
    wanted = sorted({key for keys in export.cost_tags.values() for key in keys})
    seen = cost_tags(migration.destination.access)
    inactive = [key for key in wanted if seen.get(key) is False]
    lacking = tuple(_activation(inactive[at : at + AT_ONCE]) for at in range(0, len(inactive), AT_ONCE))
    return Regain(
        sum(seen.get(key, False) for key in wanted),
        lacking,
        tuple(Message("regain-cost-tag-unseen", tag=key) for key in wanted if key not in seen),
        origin=Message("regain-cost-tags-exported", at=export.taken_at),
        complete="regain-cost-tags-complete",
    )


def _activation(keys: list[str]) -> Lack:
    parameters = {"CostAllocationTagsStatus": [{"TagKey": key, "Status": "Active"} for key in keys]}
    words = Message("regain-cost-tags", tags=keys)
    return Lack("ce", "UpdateCostAllocationTagsStatus", parameters, words, count=len(keys))


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:  # noqa: ARG001
    """One account's decision stands for the organization; the others wait for it."""
    first = next((one.account_id for one in decisions if isinstance(one, Do)), "")
    return [
        Wait(one.account_id, Message("regain-cost-tags-elsewhere", why=one.why, account=first))
        if isinstance(one, Do) and one.account_id != first
        else one
        for one in decisions
    ]


COST_TAGS: Final = Step(
    name="cost-tags",
    notebook="83_restore",
    decide=contacts_and_assignments.decide,
    observe=observe,
    apply_limits=apply_limits,
    needs=(may(DESTINATION, "ce:ListCostAllocationTags", "ce:UpdateCostAllocationTagsStatus"),),
    needs_source=True,
    asked=lambda settings: settings.restore.cost_tags,
)
"""The step; see the module."""
