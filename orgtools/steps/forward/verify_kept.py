"""What an account should have kept: its name and its alternate contacts, against its export. Changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess import exported
from orgtools.exceptions import OrgtoolsError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.steps.shared import account_access

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.exporting.files import Contact
    from orgtools.migration import Migration
    from orgtools.snapshot import Snapshot

_CHECK: Final = "kept"


def kept(migration: Migration, snapshot: Snapshot) -> list[Finding]:
    """What arrived accounts do not have any more, or have otherwise, than when they were exported.

    Up to four calls for each account that was exported; contacts are compared and never told.

    Args:
        migration: the run.
        snapshot: where the accounts are.

    Returns:
        A finding for each name and each kind of contact that differs, or that nobody could look at or compare.

    Raises:
        InputError: an export is not what was written.
    """
    arrived = [a.account_id for a in migration.plan.accounts if a.account_id in snapshot.destination.accounts]
    if not arrived:
        return [Finding("", _CHECK, Verdict.INFO, Message("kept-nothing-arrived"))]
    return [finding for account_id in arrived for finding in _of(migration, snapshot, account_id)]


def _of(migration: Migration, snapshot: Snapshot, account_id: str) -> Iterator[Finding]:
    export = exported(migration.folder, account_id)
    if export is None:
        yield Finding(account_id, _CHECK, Verdict.UNKNOWN, Message("kept-not-exported"))
        return
    name = snapshot.destination.accounts[account_id].name
    if not export.name:
        yield Finding(account_id, _CHECK, Verdict.UNKNOWN, Message("kept-name-not-exported", name=name))
    elif name != export.name:
        renamed = Message("kept-other-name", name=name, former=export.name)
        yield Finding(account_id, _CHECK, Verdict.WARN, renamed)
    if export.alternate_contacts is None:
        yield Finding(account_id, _CHECK, Verdict.UNKNOWN, Message("kept-contacts-not-exported"))
        return
    try:
        held = account_access.inside(migration, account_id)[1].alternate_contacts()
    except OrgtoolsError as error:
        yield Finding(account_id, _CHECK, Verdict.UNKNOWN, Message("kept-contacts-unseen", then=error.message))
        return
    for kind in sorted(held.keys() | export.alternate_contacts.keys()):
        if not _same(held.get(kind), export.alternate_contacts.get(kind)):
            changed = Message("kept-other-contact", kind=kind, account=account_id)
            yield Finding(account_id, _CHECK, Verdict.WARN, changed)


def _same(held: dict[str, str] | None, was: Contact | None) -> bool:
    if held is None or was is None:
        return held is None and was is None
    now = (held.get("Name", ""), held.get("Title", ""), held.get("EmailAddress", ""), held.get("PhoneNumber", ""))
    return now == (was.name, was.title, was.email, was.phone)
