"""A person's consent to exactly the calls that were shown, not long ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from orgtools.exceptions import ApprovalError
from orgtools.person import person
from orgtools.wording import many

if TYPE_CHECKING:
    from orgtools.steps.previews import Preview

LASTS: Final = timedelta(hours=24)
"""So long what was shown can be approved: who approves later has forgotten it, and others have worked since."""
_AGAIN: Final = "Nothing was changed. Preview again and look at it."


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
            f"Not approved: {typed.strip()!r} is not {preview.phrase!r}.",
            next_step="Nothing was changed. Run the cell again to be asked again.",
        )
    return _approval(preview, typed.strip(), preview.snapshot.taken_at)


def approve_digest(preview: Preview, digest: str) -> Approval:
    """Approve what an earlier dry run showed, by its digest: for runs without a person at the keyboard.

    The phrase would not do: it tells how many accounts, not which, and since that dry run others may be due.

    Args:
        preview: what would be done now.
        digest: the whole `Preview.digest` that a dry run of the same run (`apply` without an approval) showed in the
            last 24 hours; see `LASTS`.

    Raises:
        ApprovalError: it is not the digest of this preview, no dry run of this run has shown it, or none in that time;
            or there is nothing to approve.
    """
    _something(preview)
    given = digest.strip()
    if given == preview.phrase:
        raise ApprovalError(
            f"Not approved: {given!r} counts only where somebody has just been shown which accounts it means.",
            next_step="Nothing was changed. Make a dry run, look at it, and give its digest.",
        )
    if given != preview.digest:
        raise ApprovalError(
            f"Not approved: {given!r} is not the digest of what {preview.step.name} would do now, in this run.",
            next_step=_AGAIN,
        )
    if preview.noted_at is None:
        raise ApprovalError("Not approved: no dry run of this run has shown it.", next_step=_AGAIN)
    if preview.snapshot.taken_at - preview.noted_at > LASTS:
        raise ApprovalError(
            f"Not approved: it was last shown {ago(preview.noted_at, preview.snapshot.taken_at)}, more than "
            f"{LASTS // _HOUR} hours.",
            next_step=_AGAIN,
        )
    return _approval(preview, given, preview.noted_at)


_HOUR: Final = timedelta(hours=1)


def ago(then: datetime, now: datetime) -> str:
    """How long ago something was, and when: ``3 hours ago, at 2026-03-01 10:00 UTC``."""
    passed = max(now - then, timedelta())
    hours, minutes = passed // _HOUR, passed // timedelta(minutes=1)
    long = many(hours, "hour") if hours else many(minutes, "minute") if minutes else "less than a minute"
    return f"{long} ago, at {then:%Y-%m-%d %H:%M} UTC"


def check_age(preview: Preview, now: datetime) -> None:
    """A notebook may have stood open for days between its preview and what is typed below it.

    Raises:
        ApprovalError: the preview is too old to be approved.
    """
    if now - preview.snapshot.taken_at > LASTS:
        raise ApprovalError(
            f"The preview was made {ago(preview.snapshot.taken_at, now)}, more than {LASTS // _HOUR} hours.",
            next_step=_AGAIN,
        )


def _something(preview: Preview) -> None:
    if not preview.to_do:
        raise ApprovalError("There is nothing to approve: no account needs a call.")


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
