"""Values for tests: two small organizations, and everything a pure decision may see."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from orgtools.aws.model import Account, Handshake, Identity, OrganizationalUnit, Side
from orgtools.aws.sessions.credentials import Entrance
from orgtools.budget import Budget
from orgtools.findings import Finding, Verdict
from orgtools.messages import free
from orgtools.plan import PlannedAccount
from orgtools.settings import DestinationEntrance, Settings
from orgtools.snapshot import Assessed, History, Snapshot
from orgtools.steps.forward.place import Tags
from orgtools.steps.shared.account_access import Entries
from orgtools.steps.shared.control_tower import DestinationControlTower

NOW: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SOURCE: Final = Identity("o-sourceorg001", "111111111111", "aws", "arn:aws:iam::111111111111:user/operator", "ALL")
DESTINATION: Final = Identity("o-destinatn01", "222222222222", "aws", "arn:aws:iam::222222222222:user/operator", "ALL")
STRANGER: Final = Identity("o-stranger001", "555555555555", "aws", "arn:aws:iam::555555555555:user/operator", "ALL")
ACCOUNT: Final = "300000000001"
OTHER: Final = "300000000002"
FINE: Final = (Finding(ACCOUNT, "E15", Verdict.OK, free("the role can be assumed")),)


def unit(path: str, id: str = "", parent: str = "") -> OrganizationalUnit:  # noqa: A002 (AWS's own word)
    """A root or an organizational unit; the id is made of the path, and so is the parent's."""
    if path == "/":
        return OrganizationalUnit(id or "r-dst1", "Root", "/", None)
    above, _, name = path.rpartition("/")
    return OrganizationalUnit(id or _unit_id(path), name, path, parent or (_unit_id(above) if above else "r-dst1"))


def _unit_id(path: str) -> str:
    return "ou-dst1-" + path.replace("/", "").lower()[:30]


def units(*paths: str) -> dict[str, OrganizationalUnit]:
    """A tree by id: the root, and some paths."""
    return {found.id: found for found in (unit("/"), *map(unit, paths))}


TREE: Final = units("/Workloads", "/Workloads/Prod", "/Workloads/Test", "/Platform", "/Platform/Shared")
PROD: Final = "ou-dst1-workloadsprod"
TEST: Final = "ou-dst1-workloadstest"


def member(account_id: str = ACCOUNT, **changes: Any) -> Account:
    """A member account, active, created long ago."""
    given: dict[str, Any] = {
        "id": account_id,
        "arn": f"arn:aws:organizations::111111111111:account/o-sourceorg001/{account_id}",
        "name": f"name-{account_id}",
        "email": "a***@example.com",
        "state": "ACTIVE",
        "joined_method": "CREATED",
        "joined_at": NOW - timedelta(days=400),
        "parent_id": "r-dst1",
    }
    return Account(**(given | changes))


def invitation(account_id: str = ACCOUNT, *, by: Identity = DESTINATION, **changes: Any) -> Handshake:
    """An invitation to an account, pending, sent a day ago."""
    handshake_id = changes.get("id", "h-0000000001")
    given: dict[str, Any] = {
        "id": handshake_id,
        "arn": f"arn:{by.partition}:organizations::{by.management_account_id}:handshake/"
        f"{by.organization_id}/invite/{handshake_id}",
        "action": "INVITE",
        "state": "OPEN",
        "account_id": account_id,
        "target": account_id,
        "requested_at": NOW - timedelta(days=1),
        "expires_at": NOW + timedelta(days=14),
    }
    return Handshake(**(given | changes))


def source(*accounts: Account, **changes: Any) -> Side:
    """The source with some members, none of them a delegated administrator."""
    given: dict[str, Any] = {
        "identity": SOURCE,
        "units": units("/Legacy"),
        "accounts": {held.id: held for held in (member("111111111111"), *accounts)},
        "taken_at": NOW,
        "delegated_administrators": frozenset(),
    }
    return Side(**(given | changes))


def destination(*accounts: Account, **changes: Any) -> Side:
    """The destination with some members and room for a hundred."""
    given: dict[str, Any] = {
        "identity": DESTINATION,
        "units": TREE,
        "accounts": {held.id: held for held in (member("222222222222"), *accounts)},
        "taken_at": NOW,
        "account_quota": 100,
    }
    return Side(**(given | changes))


SETTINGS: Final = Settings(source=Entrance(profile="source"), destination=DestinationEntrance(profile="destination"))


def snapshot(source: Side, destination: Side, **changes: Any) -> Snapshot:
    """Both sides at one moment; every planned account was assessed and nothing was found against it.

    Nobody has tried to enter an account, or looked at tags or at Control Tower in the destination; see `changed`.
    """
    seen = Snapshot(
        source=source,
        destination=destination,
        taken_at=NOW,
        budget=Budget.of(destination),
        settings=SETTINGS,
        planned=frozenset(),
        replica=(),
        assessed=Assessed(
            {ACCOUNT: FINE, OTHER: (Finding(OTHER, "E15", Verdict.OK, free("the role can be assumed")),)}
        ),
        history=History(),
        invited_somehow=frozenset(),
        told={},
        unknown=(),
    )
    return changed(seen.without_looking(Entries, Tags, DestinationControlTower), **changes)


def changed(seen: Snapshot, *looked: object, **changes: Any) -> Snapshot:
    """The same with some parts changed, also parts of its settings, its history and what was assessed.

    Args:
        seen: the snapshot.
        looked: what a step looked up besides.
        changes: by name; each belongs to exactly one of them.
    """
    for name, value in changes.items():
        if name in _PARTS[Snapshot]:
            seen = replace(seen, **{name: value})
        elif name in _PARTS[History]:
            seen = replace(seen, history=replace(seen.history, **{name: value}))
        elif name in _PARTS[Assessed]:
            seen = replace(seen, assessed=replace(seen.assessed, **{name: value}))
        else:
            assert name in Settings.model_fields, name
            seen = replace(seen, settings=seen.settings.model_copy(update={name: value}))
    for one in looked:
        seen = seen.with_extra(one)
    return seen


_PARTS: Final = {kind: frozenset(field.name for field in fields(kind)) for kind in (Snapshot, History, Assessed)}


def planned(account_id: str = ACCOUNT, ou: str = "/Workloads/Prod", **changes: Any) -> PlannedAccount:
    """A row of accounts.csv."""
    return PlannedAccount(account_id, ou, **changes)
