"""The way back of each account from where it stands: what can be undone, how, and what cannot. Changes nothing.

See https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.policies import Role, grant
from orgtools.steps import towers
from orgtools.steps.homeward import THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_RATE: Final = (
    "AWS limits how often an account may change its organization (ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED) "
    "and does not publish for how long: where it refuses, wait a day."
)
_GONE: Final = (
    "The source's tags on the account object, Identity Center assignments and Cost Explorer history do not come back. "
    f"{_RATE}"
)

_REENROLL: Final = (
    "Enroll it again in the source's Control Tower: with auto-enroll, MoveAccount back to its former unit does it; "
    "otherwise Account Factory does, once the account has the role AWSControlTowerExecution."
)
_DRIFT: Final = (
    "What Control Tower had deployed in the account was deleted when it was un-enrolled, and is deployed anew: the "
    "history of its Config recorder does not come back."
)


@dataclass(frozen=True, slots=True)
class WayBack:
    """One account's way back.

    Attributes:
        account_id: 12 digits.
        stands: where it is.
        undo: what can be undone and how, sentences; "nothing" where nothing happened.
        lost: what cannot be undone and why, or empty.
    """

    account_id: str
    stands: str
    undo: str
    lost: str


def ways_back(migration: Migration, accounts: Iterable[str] | None = None) -> tuple[WayBack, ...]:
    """How these accounts, by id, or all of the plan get back.

    Reads both organizations once, and the destination's Control Tower.

    Raises:
        InputError: an account is not in the plan.
        RefusedError: one of the organizations cannot be read.
    """
    chosen = migration.plan.accounts if accounts is None else migration.plan.select(accounts)
    snapshot = towers.look(migration, migration.observe(), "destination", deep=False)
    baseline = migration.baseline()
    return tuple(way_back(account, snapshot, baseline) for account in chosen)


def way_back(account: PlannedAccount, snapshot: Snapshot, baseline: Mapping[str, tuple[str, str]]) -> WayBack:
    """How one account gets back to where it was when the run began; a pure function.

    Args:
        account: the planned account.
        snapshot: both organizations, and the destination's Control Tower where it could be looked at.
        baseline: where every account was when the run began, from `Migration.baseline`.
    """
    account_id, source = account.account_id, snapshot.source
    side, former = baseline.get(account_id, ("", ""))
    if account_id in snapshot.destination.accounts:
        stands = f"in the destination, {snapshot.destination.path_of(account_id)}"
        if side == "destination":
            return WayBack(account_id, stands, _moved(former, stands, snapshot), "")
        lost = f"{_governed(account_id, snapshot)}{_GONE}"
        return WayBack(account_id, stands, _return(account, former, snapshot), lost)
    if not source.seen and account_id not in snapshot.left:
        stands = "stand-alone, as itself says" if snapshot.is_alone(account_id) else snapshot.outside
        return _uninvited(account_id, stands, snapshot)
    if account_id not in source.accounts:
        if account_id not in snapshot.left:
            invited = snapshot.is_alone(account_id) or bool(snapshot.destination.invitations_to(account_id))
            if invited and snapshot.may_come(account_id):
                return _uninvited(account_id, "stand-alone, in no organization", snapshot)
            return WayBack(account_id, "in neither organization", "Find out who moved it: this run did not.", "")
        pending = snapshot.destination.pending_invitation_to(account_id)
        go_on = "move it on again" if account_id in snapshot.returning else "go on"
        onward = f"Or {go_on}: {pending.id} waits, open 50_accept." if pending else f"Or {go_on}: open 30_invite."
        undo = f"{_return(account, former, snapshot)} {onward}"
        return WayBack(account_id, "stand-alone, in no organization", undo, _GONE)
    return _at_home(account_id, snapshot)


def _moved(former: str, stands: str, snapshot: Snapshot) -> str:
    """It was in the destination all along."""
    if stands.endswith(f", {former}"):
        return "nothing: it is where it was when the run began"
    return f"MoveAccount by {snapshot.destination.identity.management_account_id} back to {former}."


def _governed(account_id: str, snapshot: Snapshot) -> str:
    """What the destination's Control Tower leaves in an account that goes while it is enrolled."""
    tower = snapshot.towers.get("destination")
    if tower is None:
        asked = grant("controltower:ListLandingZones", "caller-in-destination", Role.destination_operator)
        return f"Whether the destination's Control Tower governs it could not be looked at. {asked} Then look again. "
    if account_id not in tower.enabled:
        return ""
    by_itself = bool(tower.zone and tower.zone.auto_enroll)
    how = "move it to /, where Control Tower un-enrolls it by itself" if by_itself else "choose Unmanage in its console"
    return (
        "The destination's Control Tower governs it, and what that deployed in the account stays there if it goes "
        f"enrolled. Un-enroll it there first: {how}. "
    )


def _return(account: PlannedAccount, former: str, snapshot: Snapshot) -> str:
    if not snapshot.source.seen:
        why, what = THEIRS
        return f"{why[:1].upper()}{why[1:]}. {what}"
    account_id, management = account.account_id, snapshot.source.identity.management_account_id
    leaves = account.path == "standalone" and account_id in snapshot.destination.accounts
    home = f", MoveAccount puts it into {former}" if former else ""
    again = f" {_REENROLL}" if account_id in snapshot.unenrolled else ""
    return (
        f"Choose it in 87_way_back (or orgtools rollback --account {account_id}), again until it is home: the "
        f"source is let in, account {management} calls InviteAccountToOrganization, "
        f"{_leaving(account_id, snapshot) if leaves else ''}the account's role calls AcceptHandshake{home}; in the end "
        f"the destination is let out.{again}"
    )


def _leaving(account_id: str, snapshot: Snapshot) -> str:
    """The plan says that it cannot be transferred directly."""
    management = snapshot.destination.identity.management_account_id
    how = (
        "the account's role calls LeaveOrganization"
        if snapshot.leaving.of(account_id) == "member"
        else f"account {management} calls RemoveAccountFromOrganization"
    )
    return f"{how}, so that it is in no organization until "


def _at_home(account_id: str, snapshot: Snapshot) -> WayBack:
    back = _in_the_source(account_id, snapshot)
    if account_id not in snapshot.unenrolled:
        return back
    undo = "" if back.undo.startswith("nothing: it is not invited") else f"{back.undo} "
    stands, lost = f"{back.stands}, un-enrolled by this run", f"{back.lost} {_DRIFT}".strip()
    return WayBack(account_id, stands, undo + _REENROLL, lost)


def _in_the_source(account_id: str, snapshot: Snapshot) -> WayBack:
    return _uninvited(account_id, f"in the source, {snapshot.source.path_of(account_id)}", snapshot)


def _uninvited(account_id: str, stands: str, snapshot: Snapshot) -> WayBack:
    """One that has not come: at the most its invitation is taken back."""
    sent = snapshot.destination.invitations_to(account_id)
    if not sent:
        return WayBack(account_id, stands, "nothing: it is not invited", "")
    newest = next((one for one in sent if one.is_pending), sent[0])
    if newest.state and not newest.is_pending:
        undo = f"nothing: invitation {newest.id} was {newest.state.lower()}; 30_invite would send another one"
        return WayBack(account_id, f"{stands}, not invited any more", undo, "")
    management = snapshot.destination.identity.management_account_id
    undo = (
        f"Open 35_review_handshakes: account {management} calls CancelHandshake of {newest.id}; or let it expire "
        f"({newest.expiry})."
    )
    if snapshot.source.seen:
        undo += " Then restore takes the destination out of the role's trust policy."
    lost = "AWS's e-mail to the root address was sent, and the invitation counts among those of 24 hours."
    return WayBack(account_id, f"{stands}, invited by {newest.id}", undo, lost)
