"""The published rates of Organizations, answered with TooManyRequestsException.

User guide, orgs_reference_limits, "Throttling limits": token buckets for each calling account and for each
organization. They fill by the virtual clock, so a faster clock scales them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from orgtools.rehearsal.refusals import ServiceError

Rate = tuple[float, float]
"""Tokens a second, and how many a full bucket holds."""


@dataclass(frozen=True)
class Limit:
    """The two buckets of an operation; None where AWS publishes none."""

    account: Rate | None = None
    organization: Rate | None = None


READ = Limit((5, 8), (6, 10))
DESCRIBE = Limit((2, 2), (2, 3))
CHANGE_TREE = Limit((2, 3))
SERVICES = Limit((1, 3), (1, 4))
"""What several operations have in common; each says its own where it is declared (`orgtools.rehearsal.operations`)."""
UNPUBLISHED = Limit()
"""Of an operation that AWS names no rate for."""


class Buckets:
    """The state of every bucket. A refused call takes no token."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], tuple[float, datetime]] = {}

    def take(self, operation: str, limit: Limit, account: str, organizations: Iterable[str], now: datetime) -> None:
        """One call of an operation. Raises TooManyRequestsException when any bucket is empty.

        `organizations` are those that the call counts for: the caller's own, and whichever else the operation names.
        """
        wanted = [(account, limit.account)] if limit.account else []
        if limit.organization:
            wanted += [(organization, limit.organization) for organization in organizations]
        left = {}
        for owner, (rate, burst) in wanted:
            tokens, since = self._tokens.get((operation, owner), (burst, now))
            filled = min(burst, tokens + (now - since).total_seconds() * rate)
            if filled < 1:
                raise too_many_requests()
            left[operation, owner] = (filled - 1, now)
        self._tokens.update(left)


def too_many_requests() -> ServiceError:
    """What a throttled call gets; botocore retries it."""
    message = "You have sent too many requests in too short a period of time. Wait a few seconds and try again."
    return ServiceError("TooManyRequestsException", message)
