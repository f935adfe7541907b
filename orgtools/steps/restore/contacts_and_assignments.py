"""Regain: what an account had in the source, and loses or may lose by moving, is given back from its export.

Alternate contacts, and assignments of Identity Center, each by itself and only where migration.toml asks for it under
``[restore]``; `shares` and `cost_tags` go on from here. What is exported is brought back whole or not at all. See
https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html and
https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess import exported
from orgtools.aws.read.restorable import ACCOUNT, IN_PROGRESS, Center, Lack, Regain, alternate_contact
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.ledger import Kind
from orgtools.mapping import FILE, Mapping
from orgtools.messages import Message
from orgtools.policies.permissions import DESTINATION, may
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait
from orgtools.steps.core.step import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgtools.assess.exporting.files import Contact, Export, OrganizationExport
    from orgtools.mapping import Target
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_UNSURE: Final = timedelta(minutes=1)
"""By how much AWS's clocks may differ: a request of ours is never taken for older than the intention to make it."""
NOT_EXPORTED: Final = Regain(against=Message("regain-not-exported"))
"""What is said of an account that has no export."""


@dataclass(frozen=True, slots=True)
class Regains:
    """What arrived accounts are to get back, by account id: one step looks up one kind of it."""

    by_account: dict[str, Regain]


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
    snapshot = migration.observe(account.account_id for account in accounts)
    if not asked:
        return snapshot.without_looking(Regains)
    found: dict[str, Regain] = {}
    for account in accounts:
        account_id = account.account_id
        if account_id in snapshot.destination.accounts:
            try:
                found[account_id] = look(account_id, exported(migration.folder, account_id))
            except (CredentialsError, RefusedError) as error:
                found[account_id] = Regain(against=Message("regain-unseen", why=error.message))
    return snapshot.with_extra(Regains(found))


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Bring back whatever AWS does not show, once the account has arrived."""
    account_id = account.account_id
    regains = snapshot.looked(Regains)
    if isinstance(regains, NotLooked):  # because migration.toml does not ask for it
        return Done(account_id, Message("regain-not-asked"))
    if account_id not in snapshot.destination.accounts:
        return Wait(account_id, Message("regain-not-arrived"))
    regain = regains.by_account[account_id]
    if regain.against:
        return Blocked(account_id, regain.against)
    count, remark = sum(lack.count for lack in regain.lacking), [regain.remark] if regain.remark else []
    if not count and regain.waiting:
        return Wait(account_id, _together(*regain.waiting, *remark), effective=True, soon=regain.soon)
    if not count:
        return Done(account_id, _together(Message(regain.complete, count=regain.held), *remark))
    calls = tuple(
        Call(lack.operation, lack.by, lack.parameters, lack.words, lack.service, region=lack.region)
        for lack in regain.lacking
    )
    total = regain.held + count + len(regain.waiting)
    why = _together(Message("regain-lacks", count=count, total=total, why=regain.origin), *regain.failed)
    return Do(account_id, why, calls, failed=_together(*regain.failed) if regain.failed else None)


def _together(*messages: Message) -> Message:
    """Several messages as one; one alone stays as it is."""
    return messages[0] if len(messages) == 1 else Message("regain-several", whys=list(messages))


def observe_contacts(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and the alternate contacts of arrived accounts."""
    asked = migration.settings.restore.contacts
    return observe(migration, accounts, lambda _, export: _contacts(migration, export), asked=asked)


def _contacts(migration: Migration, export: Export | None) -> Regain:
    if export is None:
        return NOT_EXPORTED
    if export.alternate_contacts is None:
        return Regain(against=Message("regain-contacts-not-exported"))
    account_id, access = export.account_id, migration.destination.access
    lacking = tuple(
        Lack(
            "account",
            "PutAlternateContact",
            {"AccountId": account_id, "AlternateContactType": kind},
            Message("regain-contact", kind=kind),
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


def complete_contact(migration: Migration, account_id: str, call: Call) -> dict[str, Any]:
    """The contact itself, which is in the export and must be in no preview and no ledger.

    Raises:
        RefusedError: the export is not what it was.
    """
    export, kind = exported(migration.folder, account_id), call.parameters["AlternateContactType"]
    contact = (export.alternate_contacts or {}).get(kind) if export else None
    if contact is None:
        message = Message("regain-export-changed", account=account_id, kind=kind)
        raise RefusedError(message, code="ExportChanged", account_id=account_id)
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
        return Regain(against=Message("regain-assignments-not-exported"))
    missing = mapping.missing(export.assignments)
    if missing:
        rows = [Message("regain-mapping-row", words=row) for row in missing]
        return Regain(against=Message("regain-unmapped", count=len(missing), path=FILE, changes=rows))
    targets = mapping.targets(export.assignments)
    unknown = sorted({target.permission_set for target in targets} - center.permission_sets.keys()) if targets else []
    if unknown:
        against = Message("regain-no-permission-set", count=len(unknown), names=unknown, path=FILE)
        return Regain(against=against)
    shown = {
        name: center.assigned(export.account_id, center.permission_sets[name])
        for name in sorted({target.permission_set for target in targets})
    }
    missing_ones = [one for one in targets if (one.kind, one.principal_id) not in shown[one.permission_set]]
    asked = {one: center.requests.get(_key(export.account_id, one, center)) for one in missing_ones}
    under_way = [
        Message("regain-assigning", change=_words(one))
        for one, told in asked.items()
        if told and told.status == IN_PROGRESS
    ]
    failed = [
        Message("regain-assigning-failed", change=_words(one), request=told.id, words=told.reason)
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
        failed=tuple(failed),
        origin=origin(export),
    )


def _key(account_id: str, target: Target, center: Center) -> tuple[str, str, str, str]:
    return account_id, center.permission_sets[target.permission_set], target.kind, target.principal_id


def _words(target: Target) -> Message:
    return Message(
        "regain-assign", permission_set=target.permission_set, kind=target.kind, principal=target.principal_id
    )


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


def origin(export: Export | OrganizationExport) -> Message:
    """Where it is known from."""
    return Message("regain-exported", at=export.taken_at)


_CONTACTS: Final = "arn:*:account::${management_account}:account/${organization}/*"
_ASSIGNABLE: Final = ("arn:*:sso:::account/*", "arn:*:sso:::instance/*", "arn:*:sso:::permissionSet/*")

CONTACTS: Final = Step(
    name="contacts",
    notebook="83_restore",
    decide=decide,
    observe=observe_contacts,
    complete_parameters=complete_contact,
    needs=(may(DESTINATION, "account:GetAlternateContact", "account:PutAlternateContact", on=_CONTACTS),),
    asked=lambda settings: settings.restore.contacts,
)
"""Alternate contacts; see the module."""

ASSIGNMENTS: Final = Step(
    name="assignments",
    notebook="83_restore",
    decide=decide,
    observe=observe_assignments,
    needs=(
        may(DESTINATION, "sso:DescribeAccountAssignmentCreationStatus", "sso:ListAccountAssignmentCreationStatus"),
        may(
            DESTINATION,
            "sso:DescribePermissionSet",
            "sso:ListAccountAssignments",
            "sso:ListInstances",
            "sso:ListPermissionSets",
        ),
        may(DESTINATION, "sso:CreateAccountAssignment", on=_ASSIGNABLE),
    ),
    needs_source=True,
    asked=lambda settings: settings.restore.assignments,
)
"""Assignments of Identity Center; see the module. AWS works on them: one is done when AWS lists it."""
