"""Regain: what an account had in the source, and loses or may lose by moving, is given back from its export.

Alternate contacts, and assignments of Identity Center, each by itself and only where migration.toml asks for it under
``[restore]``; `shares` and `cost_tags` go on from here. What is exported is brought back whole or not at all. See
https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html and
https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess import exported
from orgtools.aws.regaining import ACCOUNT, IN_PROGRESS, Center, Lack, Regain, alternate_contact
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.ledger import Kind
from orgtools.mapping import FILE, Mapping
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.assess.exports import Contact, Export, OrganizationExport
    from orgtools.mapping import Target
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_UNSURE: Final = timedelta(minutes=1)
"""By how much AWS's clocks may differ: a request of ours is never taken for older than the intention to make it."""
_BY_HAND: Final = "Bring back by hand what it had, and leave the account out here."
_ASSIGNABLE: Final = (
    "Correct what AWS names (the account must have each customer managed policy of the permission set by its name and "
    "path, and the destination's identity store the principal), then run the step again."
)


NOT_EXPORTED: Final = Regain(against="was not exported while it was in the source", next_step=_BY_HAND)
"""What is said of an account that has no export."""


def observe(
    migration: Migration,
    accounts: Sequence[PlannedAccount],
    look: Callable[[str, Export | None], Regain],
    *,
    asked: bool,
) -> Snapshot:
    """Both organizations, and what arrived accounts are to get back.

    Args:
        migration: the run.
        accounts: the accounts.
        look: given an account's id and its export.
        asked: whether migration.toml asks for it.
    """
    snapshot = replace(migration.observe(), asked=asked)
    if not asked:
        return snapshot
    found: dict[str, Regain] = {}
    for account in accounts:
        account_id = account.account_id
        if account_id in snapshot.destination.accounts:
            try:
                found[account_id] = look(account_id, exported(migration.folder, account_id))
            except (CredentialsError, RefusedError) as error:
                words = str(error).removesuffix(error.next_step or "").strip()
                found[account_id] = Regain(against=f"could not look: {words}", next_step=error.next_step or "")
    return replace(snapshot, regains=found)


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Bring back whatever AWS does not show, once the account has arrived."""
    account_id = account.account_id
    if not snapshot.asked:
        return Done(account_id, "migration.toml does not ask for it")
    regain = snapshot.regains.get(account_id)
    if regain is None:
        return Wait(account_id, "is not in the destination yet: 50_accept comes first")
    if regain.against:
        return Blocked(account_id, regain.against, regain.next_step)
    count, remark = sum(lack.count for lack in regain.lacking), f"; {regain.remark}" if regain.remark else ""
    if not count and regain.waiting:
        return Wait(account_id, "; ".join(regain.waiting) + remark, effective=True, soon=regain.soon)
    if not count:
        return Done(account_id, f"has all of the {regain.held} {regain.all_of}{remark}")
    calls = tuple(
        Call(lack.operation, lack.by, lack.parameters, lack.words, lack.service, region=lack.region)
        for lack in regain.lacking
    )
    failed = f"; {regain.failed}" if regain.failed else ""
    why = f"lacks {count} of {regain.held + count + len(regain.waiting)}, {regain.origin}{failed}"
    return Do(account_id, why, calls, failed=regain.failed, next_step=regain.next_step)


def observe_contacts(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and the alternate contacts of arrived accounts."""
    asked = migration.settings.restore.contacts
    return observe(migration, accounts, lambda _, export: _contacts(migration, export), asked=asked)


def _contacts(migration: Migration, export: Export | None) -> Regain:
    if export is None:
        return NOT_EXPORTED
    if export.alternate_contacts is None:
        return Regain(against="its alternate contacts could not be exported", next_step=_BY_HAND)
    account_id, access = export.account_id, migration.destination.access
    lacking = tuple(
        Lack(
            "account",
            "PutAlternateContact",
            {"AccountId": account_id, "AlternateContactType": kind},
            f"put back the {kind} contact",
        )
        for kind, contact in sorted(export.alternate_contacts.items())
        if alternate_contact(access, account_id, kind) != _fields(kind, contact)
    )
    return Regain(len(export.alternate_contacts) - len(lacking), lacking, origin=origin(export))


def _fields(kind: str, contact: Contact) -> dict[str, str]:
    return {
        "AlternateContactType": kind,
        "Name": contact.name,
        "Title": contact.title,
        "EmailAddress": contact.email,
        "PhoneNumber": contact.phone,
    }


def fill_contact(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:
    """The contact itself, which is in the export and must be in no preview and no ledger.

    Raises:
        RefusedError: the export is not what it was.
    """
    export, kind = exported(migration.folder, account_id), call.parameters["AlternateContactType"]
    contact = (export.alternate_contacts or {}).get(kind) if export else None
    if contact is None:
        raise RefusedError(
            f"Account {account_id}: the export does not hold its {kind} contact any more.",
            code="ExportChanged",
            account_id=account_id,
            next_step="Put the export back as it was, then preview again.",
        )
    return {**call.parameters, **_fields(kind, contact)}


def observe_assignments(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and who may enter arrived accounts through the destination's Identity Center."""
    asked = migration.settings.restore.assignments
    first = next(migration.ledger.events(Kind.INTENDED, step=ASSIGNMENTS.name), None)
    center = Center(migration.destination.access, first.at - _UNSURE if first else None)
    mapping = Mapping.read(migration.folder / FILE) if asked else Mapping({})
    return observe(migration, accounts, lambda _, export: _assignments(center, mapping, export), asked=asked)


def _assignments(center: Center, mapping: Mapping, export: Export | None) -> Regain:
    if export is None:
        return NOT_EXPORTED
    if export.assignments is None:
        return Regain(against="its assignments could not be exported", next_step=_BY_HAND)
    missing = mapping.missing(export.assignments)
    if missing:
        rows = "; ".join(missing)
        return Regain(
            against=f"{FILE} does not say what becomes of {len(missing)} of its assignments",
            next_step=f"Add to {FILE} in the run folder, with the destination's values in the last columns: {rows}.",
        )
    targets = mapping.targets(export.assignments)
    unknown = sorted({target.permission_set for target in targets} - center.permission_sets.keys()) if targets else []
    if unknown:
        return Regain(
            against=f"the destination has no permission set {', '.join(unknown)}",
            next_step=f"Create it there, or name another one in {FILE}; then preview again.",
        )
    shown = {
        name: center.assigned(export.account_id, center.permission_sets[name])
        for name in sorted({target.permission_set for target in targets})
    }
    missing_ones = [one for one in targets if (one.kind, one.principal_id) not in shown[one.permission_set]]
    asked = {one: center.requests.get(_key(export.account_id, one, center)) for one in missing_ones}
    under_way = [f"AWS is at work: {_words(one)}" for one, told in asked.items() if told and told.status == IN_PROGRESS]
    failed = [
        f"AWS could not {_words(one)} (request {told.id}): {told.reason}"
        for one, told in asked.items()
        if told and told.status != IN_PROGRESS
    ]
    lacking = tuple(
        _assignment(export.account_id, one, center)
        for one, told in asked.items()
        if not (told and told.status == IN_PROGRESS)
    )
    return Regain(
        len(targets) - len(missing_ones),
        lacking,
        tuple(under_way),
        soon=True,
        failed="; ".join(failed),
        origin=origin(export),
        next_step=_ASSIGNABLE if failed else "",
    )


def _key(account_id: str, target: Target, center: Center) -> tuple[str, str, str, str]:
    return account_id, center.permission_sets[target.permission_set], target.kind, target.principal_id


def _words(target: Target) -> str:
    return f"assign {target.permission_set} to {target.kind} {target.principal_id}"


def _assignment(account_id: str, target: Target, center: Center) -> Lack:
    parameters = {
        "InstanceArn": center.instance,
        "TargetId": account_id,
        "TargetType": ACCOUNT,
        "PermissionSetArn": center.permission_sets[target.permission_set],
        "PrincipalType": target.kind,
        "PrincipalId": target.principal_id,
    }
    return Lack("sso-admin", "CreateAccountAssignment", parameters, _words(target))


def origin(export: Export | OrganizationExport) -> str:
    """Where it is known from, in words."""
    return f"as exported at {export.taken_at:%Y-%m-%d %H:%M:%S} UTC"


CONTACTS: Final = Step(
    name="contacts",
    notebook="83_regain",
    verb="put back the contacts of",
    done="not needed",
    decide=decide,
    observe=observe_contacts,
    fill=fill_contact,
)
"""Alternate contacts; see the module."""

ASSIGNMENTS: Final = Step(
    name="assignments",
    notebook="83_regain",
    verb="assign again",
    done="not needed",
    decide=decide,
    observe=observe_assignments,
)
"""Assignments of Identity Center; see the module. AWS works on them: one is done when AWS lists it."""
