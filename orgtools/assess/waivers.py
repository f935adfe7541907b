"""Accepted risks: a person says, with a reason and an end, that a check's findings do not block an account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orgtools.assess.catalogue import CATALOGUE
from orgtools.exceptions import InputError
from orgtools.findings import Finding, Verdict
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.person import person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.ledger import Event
    from orgtools.migration import Migration
    from orgtools.snapshot import Snapshot


def waivable(check: str) -> bool:
    """Whether a risk may be accepted: what AWS itself refuses, and whether we can enter, nobody can wave through."""
    known = CATALOGUE.get(check)
    return known is not None and known.subject not in ("eligibility", "quotas", "access")


def signed(name: str) -> str:
    """Who says something: the name that was given with the user of this machine, or that user."""
    user, name = person(), name.strip()
    return f"{name} ({user})" if name and name != user else user


def waive(migration: Migration, account_id: str, check: str, *, reason: str, until: datetime, by: str = "") -> Event:
    """Note in the ledger that somebody accepts what a check finds in an account; the findings stay visible.

    Args:
        migration: the run.
        account_id: an account of the plan.
        check: the check's id, ``D7.sqs``.
        reason: why, for those who read the record.
        until: when the waiver ends, an aware time.
        by: who accepts it; empty: the user of this machine, who is noted in any case.

    Raises:
        InputError: the account is not in the plan, the check cannot be waived, there is no reason, or the end is past.
    """
    migration.plan.select([account_id])
    if not waivable(check):
        raise InputError(Message("waiver-not-possible", check=check))
    if not reason.strip():
        raise InputError(Message("waiver-without-reason"))
    if until.tzinfo is None or until <= migration.clock.now():
        raise InputError(Message("waiver-without-end"))
    ends = until.astimezone(UTC).isoformat(timespec="seconds")
    return migration.ledger.append(
        Kind.WAIVED, account_id=account_id, check=check, reason=reason.strip(), until=ends, by=signed(by)
    )


def waived(findings: Iterable[Finding], snapshot: Snapshot) -> Iterator[Finding]:
    """The same findings; those that somebody accepted until now or later warn instead of block."""
    for finding in findings:
        waiver = snapshot.assessed.waivers.get((finding.account_id, finding.check))
        lasts = waiver is not None and waiver.until > snapshot.taken_at
        if waiver and lasts and finding.status is Verdict.BLOCK and waivable(finding.check):
            words = Message("waived", why=finding.evidence, until=waiver.until, person=waiver.by)
            yield replace(finding, status=Verdict.WARN, evidence=words)
        else:
            yield finding
