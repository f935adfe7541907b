"""What Control Tower keeps: which baseline is enabled where, what is under way, and Account Factory's products."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from orgtools.rehearsal.world.baselines import BASELINE

SUCCEEDED, FAILED, UNDER_CHANGE, IN_PROGRESS = "SUCCEEDED", "FAILED", "UNDER_CHANGE", "IN_PROGRESS"


@dataclass
class Enabled:
    """A baseline that is enabled on an OU or an account; `operation` is the last one that concerned it."""

    arn: str
    target: str
    version: str
    parent: str | None
    operation: str
    status: str = SUCCEEDED
    drifted: bool = False
    baseline: str = BASELINE


@dataclass
class ControlTowerOperation:
    """Something under way, or over."""

    id: str
    kind: str
    targets: tuple[str, ...]
    started: datetime
    ends: datetime
    effect: Callable[[], str]
    """Makes it so; returns why it failed, or nothing."""
    status: str = IN_PROGRESS
    message: str = ""


@dataclass
class SimulatedProduct:
    """A provisioned product of Account Factory."""

    id: str
    name: str
    account: str
    created: datetime
    status: str = "AVAILABLE"
    message: str = ""
    records: list[str] = field(default_factory=list)
