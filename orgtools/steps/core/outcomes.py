"""What came of a step, account by account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from orgtools.messages import Message, next_step

if TYPE_CHECKING:
    from orgtools.aws.calls.errors import Refusal
    from orgtools.steps.core.preview import Preview


class Status(StrEnum):
    """How an account came out of a step."""

    CONFIRMED = "confirmed"
    """AWS, observed again, shows it."""
    UNCONFIRMED = "unconfirmed"
    """The call returned, but AWS does not show it yet: look again later, call nothing."""
    REFUSED = "refused"
    """AWS refused; see the next step."""
    CHANGED = "changed"
    """What would have to be done now is not what was approved; nothing more was done."""
    STOPPED = "stopped on the way"
    """On its way through several steps: some calls took effect, and more are to be made."""
    NOT_STARTED = "not started"
    """The step stopped before its turn."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one account.

    Attributes:
        account_id: 12 digits.
        status: see `Status`.
        why: what happened.
        handshake_id: the handshake that AWS answered with, or empty.
        request_id: AWS's id of the last call, as CloudTrail shows it, or empty.
        refusal: what AWS refused the last call with, or None.
    """

    account_id: str
    status: Status
    why: Message
    handshake_id: str = ""
    request_id: str = ""
    refusal: Refusal | None = field(default=None, repr=False, compare=False)

    @property
    def next_step(self) -> str:
        """What the operator does then, a sentence; empty where there is nothing to do."""
        return next_step(self.why)


@dataclass(frozen=True)
class Result:
    """What came of a step.

    Attributes:
        before: the preview that was approved.
        after: what the step would do now; None for a dry run.
        outcomes: one for each account that was approved; empty for a dry run.
        stopped: why the step stopped before its end, or None.
    """

    before: Preview
    after: Preview | None
    outcomes: tuple[Outcome, ...]
    stopped: Message | None = None

    @property
    def is_dry_run(self) -> bool:
        """Whether nothing was asked of AWS, because there was no approval."""
        return self.after is None

    def summary(self) -> Message:
        """In numbers what came of it, and why it stopped; a sentence."""
        step = self.before.step.name
        if self.is_dry_run:
            return Message("result-dry-run", step=step, why=self.before.summary())
        counts = Counter(outcome.status for outcome in self.outcomes)
        parts = [
            Message(f"result-{status.value.replace(' ', '-')}", count=counts[status])
            for status in Status
            if counts[status]
        ] or [Message("result-nothing")]
        if self.stopped:
            return Message("result-stopped", step=step, whys=parts, why=self.stopped)
        return Message("result", step=step, whys=parts)
