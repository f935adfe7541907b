"""A person's consent to exactly the calls that were shown, not long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import ApprovalError
from orgtools.messages import Message
from orgtools.person import person
from orgtools.steps.core.resuming import first

if TYPE_CHECKING:
    from orgtools.steps.core.preview import Preview

LASTS: Final = timedelta(hours=24)
"""So long what was shown can be approved: who approves later has forgotten it, and others have worked since."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Consent, bound to the digest of the calls that were shown.

    Attributes:
        digest: `Preview.digest` of what was shown.
        step: the step's name.
        count: how many accounts.
        typed: what the person typed.
        by: who approved, as this machine calls them.
        at: when, this machine's clock, UTC.
        shown_at: when it was shown, AWS's clock, UTC.
    """

    digest: str
    step: str
    count: int
    typed: str
    by: str
    at: datetime
    shown_at: datetime


def approve(preview: Preview, typed: str) -> Approval:
    """Turn what a person typed into an approval of the preview that they have just been shown.

    Args:
        preview: what was shown, by this process.
        typed: ``preview.phrase`` ("invite 12").

    Raises:
        ApprovalError: something else was typed, or there is nothing to approve.
    """
    _something(preview)
    if typed.strip() != preview.phrase:
        raise ApprovalError(
            Message("approval-phrase-wrong", given=typed.strip(), step=preview.step.name, number=len(preview.to_do))
        )
    return _approval(preview, typed.strip(), preview.snapshot.taken_at)


def approve_digest(preview: Preview, digest: str) -> Approval:
    """Approve what an earlier dry run showed, by its digest: for runs without a person at the keyboard.

    The phrase would not do: it tells how many accounts, not which, and since that dry run others may be due.

    Args:
        preview: what would be done now.
        digest: the whole `Preview.digest` that a dry run of the same run (`apply` without an approval) showed in the
            last 24 hours; see `LASTS`. Of a wave also that of an approval that covers all that is left.

    Raises:
        ApprovalError: it is not the digest of this preview, no dry run of this run has shown it, or none in that time;
            or there is nothing to approve.
    """
    _something(preview)
    given = digest.strip()
    before = preview.approved
    if before and given in (before.data["digest"], first(before)):
        return resume(preview)
    if given == preview.phrase:
        raise ApprovalError(Message("approval-phrase-for-digest", given=given))
    if given != preview.digest:
        raise ApprovalError(Message("approval-digest-wrong", given=given, step=preview.step.name))
    if preview.noted_at is None:
        raise ApprovalError(Message("approval-never-shown"))
    age = preview.snapshot.taken_at - preview.noted_at
    if age > LASTS:
        raise ApprovalError(Message("approval-expired", age=age, at=preview.noted_at, span=LASTS))
    return _approval(preview, given, preview.noted_at)


def resume(preview: Preview) -> Approval:
    """The consent that was given to all that is left: a wave that was interrupted, or died, goes on with it.

    Args:
        preview: what would be done now, see `Preview.approved`.

    Raises:
        ApprovalError: nobody has approved all of it, or there is nothing to approve.
    """
    _something(preview)
    before = preview.approved
    if before is None:
        raise ApprovalError(Message("approval-not-before", step=preview.step.name))
    return _approval(preview, first(before), datetime.fromisoformat(before.data["shown_at"]))


def shown(approval: Approval, now: datetime) -> Message:
    """When that was shown which was approved, and how long ago that is.

    Args:
        approval: the approval.
        now: AWS's clock, UTC.
    """
    return Message("approval-shown", age=max(now - approval.shown_at, timedelta()), at=approval.shown_at)


def check_age(preview: Preview, now: datetime) -> None:
    """A notebook may have stood open for days between its preview and what is typed below it.

    Raises:
        ApprovalError: the preview is too old to be approved.
    """
    age = now - preview.snapshot.taken_at
    if age > LASTS:
        raise ApprovalError(Message("approval-preview-old", age=age, at=preview.snapshot.taken_at, span=LASTS))


def _something(preview: Preview) -> None:
    if not preview.to_do:
        raise ApprovalError(Message("approval-of-nothing"))


def _approval(preview: Preview, typed: str, shown_at: datetime) -> Approval:
    return Approval(
        digest=preview.digest,
        step=preview.step.name,
        count=len(preview.to_do),
        typed=typed,
        by=person(),
        at=datetime.now(UTC),
        shown_at=shown_at,
    )
