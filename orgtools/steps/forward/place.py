"""Place: the destination moves each arrived account into its organizational unit and completes its tags.

Its tags are those of the plan and, where the account was exported, those that it had in the source: AWS deletes them
when an account leaves. The plan wins over the source, and what somebody has set in the destination over what was
exported. An account lands in the root. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from orgtools.assess import exported
from orgtools.aws.masking import mask_json, mask_secrets
from orgtools.aws.partial import with_one
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.policies.permissions import DESTINATION, TREE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait, all_of
from orgtools.steps.core.step import Step
from orgtools.steps.shared import control_tower
from orgtools.tags import MAX_TAGS
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_AWS: Final = "aws:"


@dataclass(frozen=True)
class Tags:
    """The tags of accounts, by account id.

    Attributes:
        carried: those that each had in the source, from its export.
        held: those that its account object has in the destination; only of arrived accounts that are to have some.
        sent: those of the pending invitation that this run has sent, which AWS adds to the account when it arrives;
            looked up by `look_ahead` alone.
    """

    carried: Mapping[str, Mapping[str, str]] = field(repr=False)
    held: Mapping[str, Mapping[str, str]] = field(repr=False)
    sent: Mapping[str, Mapping[str, str]] = field(repr=False, default_factory=dict)


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and what `look` adds."""
    return look(migration, accounts, migration.observe((account.account_id for account in accounts), invitations=False))


def look(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the tags that arrived accounts had in the source, those of who is to have some, and Control Tower."""
    snapshot = control_tower.look(migration, snapshot)
    carried = {account.account_id: _carried(migration, account.account_id) for account in accounts}
    arrived = [account for account in accounts if account.account_id in snapshot.destination.accounts]
    tagged = [account.account_id for account in arrived if account.tags or carried[account.account_id]]
    held = {account_id: migration.destination.tags(account_id) for account_id in tagged}
    return snapshot.with_extra(Tags(carried, held))


def look_ahead(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> Snapshot:
    """Add the tags that pending invitations bring with them, for whoever decides what comes after them."""
    tags = snapshot.required(Tags)
    return snapshot.with_extra(replace(tags, sent=_sent(migration, accounts, snapshot)))


def _sent(migration: Migration, accounts: Sequence[PlannedAccount], snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """The tags that the ledger says invitations were sent with; also where it does not know yet which one was sent."""
    pending = {
        account: invitation.id
        for account in accounts
        if account.tags and (invitation := snapshot.destination.pending_invitation_to(account.account_id))
    }
    meant: dict[str, list[dict[str, str]]] = {}
    known: dict[str, str] = {}
    kinds = (Kind.INTENDED, Kind.OUTCOME, Kind.SETTLED)
    for event in migration.ledger.events(*kinds, step="invite") if pending else ():
        if event.kind is Kind.INTENDED:
            meant[event.account_id] = event.data["parameters"].get("Tags", [])
            known.pop(event.account_id, None)
        elif event.kind is Kind.SETTLED or event.data.get("answered"):
            known[event.account_id] = event.data.get("handshake_id", "")
    return {
        account.account_id: _unmasked(meant[account.account_id], account)
        for account, invitation_id in pending.items()
        if account.account_id in meant and known.get(account.account_id, invitation_id) == invitation_id
    }


def _unmasked(tags: Sequence[dict[str, str]], account: PlannedAccount) -> dict[str, str]:
    """Tags that the ledger tells: as the plan has them, where the ledger masks what the plan has."""
    planned = {key: value for key, value in account.tags if mask_json({"Key": key, "Value": value}) in tags}
    return {tag["Key"]: tag["Value"] for tag in tags} | planned


def _carried(migration: Migration, account_id: str) -> dict[str, str]:
    """The exported tags; AWS's own, which nobody else can set, left out."""
    export = exported(migration.folder, account_id) if migration.settings.place.carry_tags else None
    held = (export.tags if export else None) or {}
    return {key: value for key, value in held.items() if not key.lower().startswith(_AWS)}


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Move to the planned unit and add planned tags that are missing; no tag is taken away."""
    account_id, destination = account.account_id, snapshot.destination
    arrived = destination.accounts.get(account_id)
    if arrived is None:
        return Wait(account_id, Message("arrive-first"))
    try:
        target = resolve(account.ou, destination)
    except UnmeantError as error:
        if account.ou in snapshot.coming:
            return Wait(account_id, Message("unit-create-first", unit=account.ou))
        return Blocked(account_id, Message("unit-unusable", why=error.message))
    tagging = _tagging(account, snapshot.looked(Tags))
    if isinstance(tagging, Blocked):
        return tagging
    calls = [tagging] if tagging else []
    if arrived.parent_id != target.id:
        parameters = {
            "AccountId": account_id,
            "SourceParentId": arrived.parent_id,
            "DestinationParentId": target.id,
        }
        move = Message("place-call-move", parent=destination.path_of(account_id), unit=target.path)
        words = all_of([move, *control_tower.after_the_move(target.id, snapshot)])
        calls.append(Call("MoveAccount", "destination", parameters, words))
    if calls:
        code = "place-lacks-tags" if arrived.parent_id == target.id else "place-is-in"
        return Do(account_id, Message(code, unit=destination.path_of(account_id)), tuple(calls))
    return Done(account_id, Message("place-is-in", unit=target.path))


def _tagging(account: PlannedAccount, tags: Tags | NotLooked) -> Call | Blocked | None:
    """The call that adds what is missing, if anything is.

    Where nobody looked, what is planned counts as missing: setting a tag again is harmless, taking it for there is not.
    """
    account_id, planned = account.account_id, dict(account.tags)
    had: Mapping[str, str] = {} if isinstance(tags, NotLooked) else tags.carried[account_id]
    if not (planned or had):
        return None
    held: Mapping[str, str] = {} if isinstance(tags, NotLooked) else tags.held.get(account_id, {})
    missing = {key: value for key, value in account.tags if held.get(key) != value}
    carried = {key: value for key, value in had.items() if key not in held and key not in planned}
    if not (missing or carried):
        return None
    count = len({*held, *missing, *carried})
    if count > MAX_TAGS:
        return Blocked(account_id, Message("place-too-many-tags", total=count, count=len(carried), quota=MAX_TAGS))
    pairs = [{"Key": key, "Value": value} for key, value in (missing | carried).items()]
    words = [Message("place-call-tag", tags=_shown(missing))] if missing else []
    words += [Message("place-call-tag-carried", tags=_shown(carried))] if carried else []
    parameters = {"ResourceId": account_id, "Tags": pairs}
    return Call("TagResource", "destination", parameters, all_of(words))


def _shown(tags: Mapping[str, str]) -> list[str]:
    return [mask_secrets(f"{key}={value}") for key, value in tags.items()]


def imagine(account: PlannedAccount, snapshot: Snapshot) -> Snapshot:
    """The account is in its unit."""
    destination = snapshot.destination
    moved = replace(destination.accounts[account.account_id], parent_id=resolve(account.ou, destination).id)
    accounts = with_one(destination.accounts, account.account_id, moved)
    return replace(snapshot, destination=replace(destination, accounts=accounts))


PLACE: Final = Step(
    name="place",
    notebook="60_place",
    decide=decide,
    observe=observe,
    apply_limits=control_tower.one_move_at_a_time,
    imagine=imagine,
    by_units=True,
    queues=control_tower.enrolls_anywhere_by_itself,
    behind=control_tower.another_is_enrolled_first,
    needs=(
        may(DESTINATION, "organizations:MoveAccount", "organizations:TagResource", on=TREE),
        may(DESTINATION, "organizations:ListTagsForResource"),
    ),
)
"""The step; see the module."""
