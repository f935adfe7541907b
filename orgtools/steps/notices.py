"""What an observer of a running step is told, as it happens."""

from __future__ import annotations

from dataclasses import dataclass

from orgtools.steps.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Answered:
    """The calls of one account have returned, or could not be made; AWS has not been observed again yet.

    Attributes:
        account_id: 12 digits.
        refused: why AWS refused, in AWS's words; empty where it did what was asked.
        next_step: what follows from the refusal, or empty.
    """

    account_id: str
    refused: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Pausing:
    """The step rests before it looks at AWS again.

    Attributes:
        seconds: for how long, on this machine's clock.
        accounts: how many accounts are neither confirmed nor refused.
    """

    seconds: float
    accounts: int


Notice = Answered | Pausing | Outcome
