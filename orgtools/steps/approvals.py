"""A person's consent to exactly the calls that were shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orgtools.exceptions import ApprovalError
from orgtools.person import person

if TYPE_CHECKING:
    from orgtools.steps.previews import Preview


@dataclass(frozen=True, slots=True)
class Approval:
    """Consent, bound to the digest of the calls that were shown.

    Attributes:
        digest: `Preview.digest` of what was shown.
        step: the step's name.
        count: how many accounts.
        typed: what the person typed.
        by: the person's login name on this machine.
        at: when, this machine's clock, UTC.
    """

    digest: str
    step: str
    count: int
    typed: str
    by: str
    at: datetime


def approve(preview: Preview, typed: str) -> Approval:
    """Turn what a person typed into an approval of a preview.

    Args:
        preview: what was shown.
        typed: ``preview.phrase`` ("invite 12"), or, for a run without a person at the keyboard, the whole
            ``preview.digest`` that an earlier dry run printed.

    Raises:
        ApprovalError: something else was typed, or there is nothing to approve.
    """
    if not preview.to_do:
        raise ApprovalError("There is nothing to approve: no account needs a call.")
    if typed.strip() not in (preview.phrase, preview.digest):
        raise ApprovalError(
            f"Not approved: {typed.strip()!r} is not {preview.phrase!r}.",
            next_step="Nothing was changed. Run the cell again to be asked again.",
        )
    return Approval(
        digest=preview.digest,
        step=preview.step.name,
        count=len(preview.to_do),
        typed=typed.strip(),
        by=person(),
        at=datetime.now(UTC),
    )
