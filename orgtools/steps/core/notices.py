"""What an observer of a running step is told, as it happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orgtools.steps.core.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from orgtools.messages import Message


@dataclass(frozen=True, slots=True)
class Answered:
    """The calls of one account have returned, or could not be made; AWS has not been observed again yet.

    Attributes:
        account_id: 12 digits.
        refused: why AWS refused, and what follows from that; None where it did what was asked.
    """

    account_id: str
    refused: Message | None = None


@dataclass(frozen=True, slots=True)
class Pausing:
    """The step rests before it looks at AWS again.

    Attributes:
        seconds: for how long, on this machine's clock.
        accounts: how many accounts are neither confirmed nor refused.
        working: what AWS is at work on, by account id.
        left: how long the rest takes if it goes on as so far, by AWS's clock; None where that cannot be told yet.
    """

    seconds: float
    accounts: int
    working: Mapping[str, Message] = field(default_factory=dict)
    left: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """An account of a wave has come to its next step.

    Attributes:
        account_id: 12 digits.
        step: the step's name.
    """

    account_id: str
    step: str


Notice = Answered | Pausing | Reached | Outcome
"""What a step reports while it runs."""
