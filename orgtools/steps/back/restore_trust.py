"""Restore: the trust policy of the role in an account becomes again what it was before this run edited it.

Step by step, from the ledger: what revoking replaced is put back through the destination, so that the source can enter
again; what preparing replaced, once the account is a member of the source, through the source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.aws.read import trust_policy
from orgtools.exceptions import RefusedError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.policies.permissions import MEMBER, MEMBER_ROLE, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done
from orgtools.steps.core.step import Step
from orgtools.steps.forward.prepare_access import PREPARE
from orgtools.steps.forward.revoke_access import REVOKE
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgtools.aws.model import Entry
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import By

_MASKED: Final = "***@"


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a trust policy that this run meant to make, from the ledger: the step, and both texts."""

    step: str
    former: str
    written: str


@dataclass(frozen=True, slots=True)
class Edits:
    """This run's edits of trust policies, the oldest first, by account id; it edited those of no other account."""

    by_account: Mapping[str, tuple[Edit, ...]]


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, this run's edits of trust policies, and how the accounts that they concern can be entered."""
    edits: dict[str, tuple[Edit, ...]] = {}
    for event in migration.ledger.events(Kind.INTENDED):
        if event.step in (PREPARE.name, REVOKE.name):
            edit = Edit(event.step, event.data["former"], event.data["parameters"]["PolicyDocument"])
            edits[event.account_id] = (*edits.get(event.account_id, ()), edit)
    edited = [account for account in accounts if account.account_id in edits]
    return account_access.look(migration, edited, migration.observe(), asked=True).with_extra(Edits(edits))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Undo the edit whose text AWS shows; nothing where this run made none, or somebody else has edited since."""
    account_id = account.account_id
    edits = snapshot.required(Edits).by_account.get(account_id, ())
    if not edits:
        return Done(account_id, Message("restore-never-edited"))
    entry = account_access.entry_of(account_id, snapshot)
    if isinstance(entry, NotLooked):
        return Blocked(account_id, Message("restore-unread"))
    if entry.trust is None and entry.unknown:
        return Blocked(account_id, Message("restore-unread-because", then=entry.unknown))
    if entry.trust is None:
        return Blocked(account_id, Message("restore-unread"))
    edit = _written(entry.trust, edits)
    if edit is not None:
        return _undo(account_id, edit, edits, entry, snapshot)
    if trust_policy.same(edits[0].former, entry.trust):
        return Done(account_id, Message("restore-done", role=entry.role))
    return Blocked(account_id, Message("restore-edited-since", role=entry.role))


def _undo(account_id: str, edit: Edit, edits: Sequence[Edit], entry: Entry, snapshot: Snapshot) -> Decision:
    if _MASKED in edit.former:
        return Blocked(account_id, Message("restore-masked", role=entry.role))
    home = account_id in snapshot.source.accounts
    stays = home and snapshot.destination.pending_invitation_to(account_id) is None
    if edit.step == REVOKE.name:
        earlier = _written(edit.former, edits)
        calls = [_back(edit, entry), *([_back(earlier, entry)] if stays and earlier else [])]
        return Do(account_id, Message("restore-source"), tuple(calls))
    if not entry.source:
        return Blocked(account_id, Message("restore-not-shown", role=entry.role), effective=True)
    if not stays:
        why = Message("restore-kept-while-invited" if home else "restore-kept-while-away", role=entry.role)
        return Done(account_id, why)
    return Do(account_id, Message("restore-without-destination"), (_back(edit, entry),))


def _written(text: str, edits: Sequence[Edit]) -> Edit | None:
    """The newest edit that wrote a text."""
    return next((edit for edit in reversed(edits) if trust_policy.same(edit.written, text)), None)


def _back(edit: Edit, entry: Entry) -> Call:
    """What undoes an edit: the side that was let in, or that let the other out, makes it."""
    revoked = edit.step == REVOKE.name
    by: By = "member-through-destination" if revoked else "member-through-source"
    words = Message("restore-put-back-source" if revoked else "restore-remove-destination", role=entry.role)
    parameters = {"RoleName": entry.role, "PolicyDocument": edit.former}
    return Call(account_access.UPDATE, by, parameters, words, "iam", edit.written)


def precheck(migration: Migration, account_id: str, call: Call) -> None:
    """Who edits has just got in, is not the side that loses by it, and overwrites nobody's edit.

    Raises:
        RefusedError: it cannot get in, the account is not a member of the source where the destination's trust would
            go, or the trust policy is another one by now.
    """
    through: Final = "source" if call.by == "member-through-source" else "destination"
    inside, home = migration.member(account_id, through), migration.source.identity.organization_id
    if not inside.can_enter() or (through == "source" and inside.organization_id() != home):
        message = Message(
            "restore-cannot-enter", account=account_id, side=through, arn=inside.role_arn, organization=home
        )
        raise RefusedError(message, code="CannotEnter", account_id=account_id)
    account_access.unchanged(migration, account_id, call, through)


RESTORE: Final = Step(
    name="restore-trust",
    notebook="87_way_back",
    decide=decide,
    observe=observe,
    precheck=precheck,
    needs=(may(MEMBER, "iam:GetRole", "iam:UpdateAssumeRolePolicy", on=MEMBER_ROLE),),
    needs_source=True,
)
"""The step; see the module."""
