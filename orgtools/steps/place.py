"""Place: the destination moves each arrived account into its organizational unit and completes its tags.

An account lands in the root. See https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.aws.model import mask_emails
from orgtools.plan import resolve
from orgtools.steps import towers
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgtools.migration import Migration, Snapshot
    from orgtools.plan import PlannedAccount


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and the tags of arrived accounts for which the plan has tags."""
    snapshot = towers.look(migration, migration.observe(), "destination", deep=False)
    arrived = [a.account_id for a in accounts if a.tags and a.account_id in snapshot.destination.accounts]
    return replace(snapshot, tags={account_id: migration.destination.tags(account_id) for account_id in arrived})


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Move to the planned unit and add planned tags that are missing; no tag is taken away."""
    account_id, destination = account.account_id, snapshot.destination
    arrived = destination.accounts.get(account_id)
    if arrived is None:
        return Wait(account_id, "is not in the destination yet: 50_accept comes first")
    try:
        target = resolve(account.ou, destination.units.values())
    except ValueError as error:
        return Blocked(account_id, str(error), "Correct accounts.csv, or create the unit, and preview again.")
    held = snapshot.tags.get(account_id, {})
    missing = {key: value for key, value in account.tags if held.get(key) != value}
    calls = []
    if missing:
        pairs = [{"Key": key, "Value": value} for key, value in missing.items()]
        words = mask_emails("tag " + "; ".join(f"{key}={value}" for key, value in missing.items()))
        calls.append(Call("TagResource", "destination", {"ResourceId": account_id, "Tags": pairs}, words))
    if arrived.parent_id != target.id:
        parameters = {
            "AccountId": account_id,
            "SourceParentId": arrived.parent_id,
            "DestinationParentId": target.id,
        }
        words = f"move from {destination.path_of(account_id)} to {target.path}"
        words += towers.after_the_move(target.id, snapshot)
        calls.append(Call("MoveAccount", "destination", parameters, words))
    if calls:
        return Do(account_id, f"is in {destination.path_of(account_id)}", tuple(calls))
    return Done(account_id, f"is in {target.path}")


PLACE: Final = Step(
    name="place",
    notebook="60_place",
    verb="place",
    done="already in place",
    decide=decide,
    observe=observe,
    ration=towers.one_move_at_a_time,
)
"""The step; see the module."""
