"""What accounts had in the source, and what the destination shows of it: contacts, assignments, shares, cost tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, Literal

from orgtools.aws.read.reader import SideReader
from orgtools.exceptions import RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from datetime import datetime

    from orgtools.aws.sessions.pool import Access

ACCOUNT: Final = "AWS_ACCOUNT"
IN_PROGRESS: Final = "IN_PROGRESS"
_AGAIN: Final = (Message("preview-again"),)
"""What to do once a look is allowed."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the account had and AWS does not show any more.

    Attributes:
        service: botocore's name of the service.
        operation: the call that brings it back.
        parameters: of the call, without what neither preview nor ledger may hold.
        words: what the call does.
        by: whose credentials make it: the destination's management account's, or the member's.
        region: where it is made, if not in the region of the credentials.
        count: how many things it brings back.
    """

    service: str
    operation: str
    parameters: dict[str, Any] = field(hash=False)
    words: Message
    by: Literal["destination", "member", "member-through-destination"] = "destination"
    region: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Regain:
    """What an account is to get back, at one moment.

    Attributes:
        held: how much of it AWS shows.
        lacking: what it does not show, and a call brings back.
        waiting: what no call brings back just now, and why.
        soon: whether that takes AWS seconds only.
        failed: what AWS said of earlier tries that it took and could not finish.
        origin: where it is known from; None where nothing is.
        complete: the code of the message that says, with a count, that all of it is there.
        remark: what was seen besides and is left alone, or None.
        against: why nothing is brought back, or None: it is all of it or nothing.
    """

    held: int = 0
    lacking: tuple[Lack, ...] = ()
    waiting: tuple[Message, ...] = ()
    soon: bool = False
    failed: tuple[Message, ...] = ()
    origin: Message | None = None
    complete: Literal["regain-complete", "regain-cost-tags-complete"] = "regain-complete"
    remark: Message | None = None
    against: Message | None = None


@dataclass(frozen=True, slots=True)
class ShareInvitation:
    """A pending invitation to a resource share of AWS RAM: its ARN, the share's, its name, and who sent it."""

    arn: str
    share_arn: str
    name: str
    sender: str


@dataclass(frozen=True, slots=True)
class RestoreRequest:
    """A request to assign somebody that AWS works on (IN_PROGRESS) or could not do (FAILED), and AWS's reason."""

    id: str
    status: str
    reason: str


class Center:
    """The destination's Identity Center, in the region of the credentials.

    Its methods raise `RefusedError` where AWS refuses.
    """

    def __init__(self, access: Access, since: datetime | None = None) -> None:
        """Name the way in, and from when on requests to assign are looked at; nothing is called yet."""
        self._reader = SideReader(access, then=_AGAIN)
        self._since = since

    @cached_property
    def instance(self) -> str:
        """The ARN of its instance.

        Raises:
            RefusedError: there is none.
        """
        found = list(self._reader.pages("sso-admin", "ListInstances", "Instances"))
        if not found:
            raise RefusedError(Message("identity-center-missing"), code="NoInstance")
        here = self._reader.region_of("sso-admin")
        primary = [held for held in found if (held.get("PrimaryRegion") or here) == here]
        if not primary:
            elsewhere = found[0]["PrimaryRegion"]
            message = Message("identity-center-elsewhere", region=here, regions=[elsewhere])
            raise RefusedError(message, code="NotPrimaryRegion")
        return str(primary[0]["InstanceArn"])

    @cached_property
    def permission_sets(self) -> dict[str, str]:
        """ARNs of the permission sets by name."""
        where = {"InstanceArn": self.instance}
        found = {}
        for arn in self._reader.pages("sso-admin", "ListPermissionSets", "PermissionSets", **where):
            described = self._reader.ask("sso-admin", "DescribePermissionSet", **where, PermissionSetArn=arn)
            found[described["PermissionSet"]["Name"]] = arn
        return found

    def assigned(self, account_id: str, permission_set: str) -> set[tuple[str, str]]:
        """Type and id of every principal that has a permission set in an account."""
        where = {"InstanceArn": self.instance, "AccountId": account_id, "PermissionSetArn": permission_set}
        found = self._reader.pages("sso-admin", "ListAccountAssignments", "AccountAssignments", **where)
        return {(held["PrincipalType"], held["PrincipalId"]) for held in found}

    @cached_property
    def requests(self) -> dict[tuple[str, str, str, str], RestoreRequest]:
        """The newest request of each assignment that has not succeeded, since this run first asked for one.

        By account, ARN of the permission set, type and id of the principal.
        """
        if self._since is None:
            return {}
        where = {"InstanceArn": self.instance}
        listed = [
            one
            for status in (IN_PROGRESS, "FAILED")
            for one in self._reader.pages(
                "sso-admin",
                "ListAccountAssignmentCreationStatus",
                "AccountAssignmentsCreationStatus",
                **where,
                Filter={"Status": status},
            )
            if one["CreatedDate"] >= self._since
        ]
        found = {}
        for one in sorted(listed, key=itemgetter("CreatedDate")):
            told = self._reader.ask(
                "sso-admin",
                "DescribeAccountAssignmentCreationStatus",
                **where,
                AccountAssignmentCreationRequestId=one["RequestId"],
            )["AccountAssignmentCreationStatus"]
            key = (told["TargetId"], told["PermissionSetArn"], told["PrincipalType"], told["PrincipalId"])
            found[key] = RestoreRequest(told["RequestId"], told["Status"], told.get("FailureReason", ""))
        return found


def alternate_contact(access: Access, account_id: str, kind: str) -> dict[str, str] | None:
    """An alternate contact of a member in AWS's own field names, or None where none is set.

    Raises:
        RefusedError: AWS does not show it.
    """
    then = (Message("preview-again"), Message("account-service-is-trusted"))
    asked = {"AlternateContactType": kind, "AccountId": account_id}
    answer = SideReader(access, then=then).ask(
        "account", "GetAlternateContact", absent=("ResourceNotFoundException",), **asked
    )
    held: dict[str, str] | None = answer["AlternateContact"] if answer is not None else None
    return held


def cost_tags(access: Access) -> dict[str, bool]:
    """The cost allocation tag keys that the organization's billing has seen, and whether each is active.

    Raises:
        RefusedError: AWS does not show them.
    """
    tags = SideReader(access, then=_AGAIN).pages("ce", "ListCostAllocationTags", "CostAllocationTags")
    return {tag["TagKey"]: tag["Status"] == "Active" for tag in tags}
