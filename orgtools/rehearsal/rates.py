"""The published rates of Organizations, answered with TooManyRequestsException.

User guide, orgs_reference_limits, "Throttling limits": token buckets for each calling account and for each
organization. They fill by the virtual clock, so a faster clock scales them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from orgtools.rehearsal.refusals import Refusal

Rate = tuple[float, float]
"""Tokens a second, and how many a full bucket holds."""


@dataclass(frozen=True)
class Limit:
    """The two buckets of an operation; None where AWS publishes none."""

    account: Rate | None = None
    organization: Rate | None = None


_READ = Limit((5, 8), (6, 10))
_DESCRIBE = Limit((2, 2), (2, 3))
_CHANGE_TREE = Limit((2, 3))
_SERVICES = Limit((1, 3), (1, 4))

LIMITS: dict[str, Limit] = {
    "InviteAccountToOrganization": Limit((3, 5)),
    "AcceptHandshake": Limit((1, 2), (5, 5)),
    "DeclineHandshake": Limit((1, 1), (5, 5)),
    "CancelHandshake": Limit((2, 3)),
    "DescribeHandshake": Limit((1, 2), (6, 10)),
    "ListHandshakesForAccount": _READ,
    "ListHandshakesForOrganization": _READ,
    # API: LeaveOrganization: "up to 5 accounts per second in a single organization".
    "LeaveOrganization": Limit((1, 1), (5, 5)),
    "RemoveAccountFromOrganization": Limit((2, 2)),
    "MoveAccount": _CHANGE_TREE,
    "UpdateOrganizationalUnit": _CHANGE_TREE,
    "DeleteOrganizationalUnit": _CHANGE_TREE,
    "DescribeOrganization": Limit((1, 2)),
    "CreateOrganizationalUnit": Limit((1, 2)),
    "DescribeAccount": Limit((20, 30), (24, 36)),
    "ListAccounts": Limit((8, 12), (9, 15)),
    "ListParents": _READ,
    "ListAccountsForParent": _READ,
    "ListOrganizationalUnitsForParent": _READ,
    "ListChildren": Limit((6, 10), (7, 12)),
    "ListRoots": Limit((1, 2), (1, 3)),
    "DescribeOrganizationalUnit": _DESCRIBE,
    "DescribePolicy": _DESCRIBE,
    "ListPolicies": _READ,
    "ListPoliciesForTarget": _READ,
    "ListTargetsForPolicy": _READ,
    "ListTagsForResource": Limit((10, 15), (12, 18)),
    "TagResource": Limit((4, 6)),
    "ListAWSServiceAccessForOrganization": _SERVICES,
    "ListDelegatedServicesForAccount": _SERVICES,
    "ListDelegatedAdministrators": _READ,
}


class Buckets:
    """The state of every bucket. A refused call takes no token."""

    def __init__(self) -> None:
        self._tokens: dict[tuple[str, str], tuple[float, datetime]] = {}

    def take(self, operation: str, account: str, organizations: Iterable[str], now: datetime) -> None:
        """One call of an operation. Raises TooManyRequestsException when any bucket is empty.

        `organizations` are those the call counts for: the caller's own and, for answers to an invitation,
        the inviting one. That the latter counts too is ours: AWS does not say which one is meant.
        """
        limit = LIMITS.get(operation)
        if limit is None:
            return
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


def too_many_requests() -> Refusal:
    """What a throttled call gets; botocore retries it."""
    message = "You have sent too many requests in too short a period of time. Wait a few seconds and try again."
    return Refusal("TooManyRequestsException", message)
