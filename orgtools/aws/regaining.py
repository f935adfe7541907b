"""What an account had in the source and what the destination shows of it: contacts, assignments of Identity Center."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.refusals import understand
from orgtools.exceptions import RefusedError
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from orgtools.aws.sessions import Access

ACCOUNT: Final = "AWS_ACCOUNT"


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that the account had and AWS does not show any more.

    Attributes:
        service: botocore's name of the service.
        operation: the call that brings it back, made by the destination's management account.
        parameters: of the call, without what neither preview nor ledger may hold.
        words: what the call does.
    """

    service: str
    operation: str
    parameters: dict[str, Any] = field(hash=False)
    words: str


@dataclass(frozen=True, slots=True)
class Regain:
    """What an account is to get back, at one moment.

    Attributes:
        held: how much of it AWS shows.
        lacking: what it does not show.
        origin: where it is known from, words.
        against: why nothing is brought back, or empty: it is all of it or nothing.
        next_step: what the operator does then.
    """

    held: int = 0
    lacking: tuple[Lack, ...] = ()
    origin: str = ""
    against: str = ""
    next_step: str = ""


class Center:
    """The destination's Identity Center, in the region of the credentials.

    Its methods raise `RefusedError` where AWS refuses.
    """

    def __init__(self, access: Access) -> None:
        """Name the way in; nothing is called yet."""
        self._access = access
        self._client: Any = access.client("sso-admin")

    @cached_property
    def instance(self) -> str:
        """The ARN of its instance.

        Raises:
            RefusedError: there is none.
        """
        found = self._pages("list_instances", "sso:ListInstances", "Instances")
        if not found:
            raise RefusedError(
                "[destination] has no instance of Identity Center in the region of its credentials.",
                code="NoInstance",
                next_step="Enable it there, or set the profile's region to its home region; then preview again.",
            )
        return str(found[0]["InstanceArn"])

    @cached_property
    def permission_sets(self) -> dict[str, str]:
        """ARNs of the permission sets by name."""
        where = {"InstanceArn": self.instance}
        arns = self._pages("list_permission_sets", "sso:ListPermissionSets", "PermissionSets", **where)
        found = {}
        for arn in arns:
            try:
                described = self._client.describe_permission_set(**where, PermissionSetArn=arn)
            except (BotoCoreError, ClientError) as error:
                raise refused(self._access, "sso:DescribePermissionSet", error) from error
            found[described["PermissionSet"]["Name"]] = arn
        return found

    def assigned(self, account_id: str, permission_set: str) -> set[tuple[str, str]]:
        """Type and id of every principal that has a permission set in an account."""
        where = {"InstanceArn": self.instance, "AccountId": account_id, "PermissionSetArn": permission_set}
        found = self._pages("list_account_assignments", "sso:ListAccountAssignments", "AccountAssignments", **where)
        return {(held["PrincipalType"], held["PrincipalId"]) for held in found}

    def _pages(self, method: str, action: str, key: str, **parameters: str) -> list[Any]:
        try:
            pages = self._client.get_paginator(method).paginate(**parameters)
            return [entry for page in pages for entry in page[key]]
        except (BotoCoreError, ClientError) as error:
            raise refused(self._access, action, error) from error


def alternate_contact(access: Access, account_id: str, kind: str) -> dict[str, str] | None:
    """An alternate contact of a member in AWS's own field names, or None where none is set.

    Raises:
        RefusedError: AWS does not show it.
    """
    client: Any = access.client("account")
    try:
        held: dict[str, str] = client.get_alternate_contact(AlternateContactType=kind, AccountId=account_id)[
            "AlternateContact"
        ]
    except client.exceptions.ResourceNotFoundException:
        return None
    except (BotoCoreError, ClientError) as error:
        raise refused(access, "account:GetAlternateContact", error) from error
    return held


def refused(access: Access, action: str, error: Exception) -> RefusedError:
    """A reading call of the destination's management account that AWS refuses, with what to do."""
    refusal = understand(error)
    next_step = refusal.next_step
    if "AccessDenied" in refusal.code:
        next_step = f"{grant(action, 'it', Role.destination_operator)}, then preview again."
        if action.startswith("account:"):
            next_step += " The organization must trust account.amazonaws.com, too."
    return RefusedError(
        f"[{access.name}] {access.caller_arn} could not call {action}; AWS says {refusal}.",
        code=refusal.code,
        reason=refusal.reason,
        next_step=next_step,
    )
