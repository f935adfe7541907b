"""What each role may do, as IAM policies."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Literal

from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

_MISSING = "*"
EXECUTION_ROLE = "AWSControlTowerExecution"
"""The role by which Control Tower enters the accounts that it governs. It may do everything."""
PUT_BACK = "OrganizationAccountAccessRole"
"""What an account gets in its place when it is un-enrolled: only a run that enters by it looks whether it is missing.
https://docs.aws.amazon.com/controltower/latest/userguide/unmanage-account.html"""
_NOBODY = {"source_organization": "o-none", "source_management_account": "000000000000"}
"""Whose invitation back is accepted where no source is named: a ``*`` would accept anybody's."""


Whom = Literal["caller", "caller-in-source", "caller-in-destination", "role", "role-in-account"]
"""Who lacks an action; "caller" and "role" where the sentence before has named them."""


class Role(StrEnum):
    """Whose policy."""

    destination_operator = "destination-operator"
    """In the destination's management account: invites, places, tags, removes on the stand-alone path back."""
    only_destination_operator = "only-destination-operator"
    """The same where there is no source: invites, places, tags, and neither removes accounts nor creates units."""
    source_operator = "source-operator"
    """In the source's management account: looks, enters members, removes on the stand-alone path, takes back."""
    member_accept = "member-accept"
    """In each member account: the role that accepts, also the source's invitation back."""
    inviter = "inviter"
    """In the destination's management account: invites, without a run, and no more."""
    accepter = "accepter"
    """In a member account: accepts an invitation of the destination, without a run, and no more."""
    auditor = "auditor"
    """In the management account of each side: reads only."""
    assess_source = "assess-source"
    """In the source's management account: what the readiness checks look at there."""
    assess_member = "assess-member"
    """In each member account: likewise."""
    assess_destination = "assess-destination"
    """In the destination's management account: likewise."""


def document(role: Role, actions: Iterable[str] = ()) -> str:
    """The policy of a role as JSON text, with ``${organization}``, ``${management_account}`` and ``${member_role}``.

    That of `Role.member_accept` has ``${source_organization}`` and ``${source_management_account}`` as well, that of
    `Role.source_operator` ``${execution_role}``.

    Args:
        role: whose policy.
        actions: for a role that assesses: what the checks declare for its side.
    """
    if role.value.startswith("assess-"):
        return looking(actions, enters="" if role is Role.assess_member else "${member_role}")
    return files(__package__).joinpath(f"{role.value}.json").read_text(encoding="utf-8")


def looking(actions: Iterable[str], *, enters: str = "") -> str:
    """A policy that allows these reading actions and no more, as JSON text.

    Args:
        actions: IAM actions.
        enters: the name of the role in member accounts that the caller may also assume; empty for none.
    """
    statements = [{"Sid": "LookOnly", "Effect": "Allow", "Action": sorted(set(actions)), "Resource": "*"}]
    if enters:
        resource = f"arn:*:iam::*:role/{enters}"
        statements.append({"Sid": "EnterMembers", "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": resource})
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)


def render(
    role: Role,
    *,
    organization: str = "",
    management_account: str = "",
    member_role: str = "",
    source_organization: str = "",
    source_management_account: str = "",
    actions: Iterable[str] = (),
) -> str:
    """The policy of a role as JSON text.

    Args:
        role: whose policy.
        organization: the id of the organization that it acts on, for `Role.source_operator` the source, otherwise the
            destination; empty leaves a ``*``.
        management_account: that organization's management account; empty leaves a ``*``.
        member_role: the name of the role in member accounts; empty takes OrganizationAccountAccessRole, with which
            `Role.source_operator` may assume AWSControlTowerExecution, too.
        source_organization: for `Role.member_accept`: the source's id, whose invitation back is accepted; empty names
            nobody.
        source_management_account: likewise, the source's management account.
        actions: for a role that assesses: what the checks declare for its side.
    """
    entered_by = member_role or PUT_BACK
    text = Template(document(role, actions)).substitute(
        organization=organization or _MISSING,
        management_account=management_account or _MISSING,
        member_role=entered_by,
        execution_role=EXECUTION_ROLE if entered_by == PUT_BACK else entered_by,
        source_organization=source_organization or _NOBODY["source_organization"],
        source_management_account=source_management_account or _NOBODY["source_management_account"],
    )
    return json.dumps(json.loads(text), indent=2)


def accepting(arn: str, *, leaving: bool = True) -> str:
    """What an account's owner needs to accept exactly one invitation, or to decline it, as JSON text.

    Args:
        arn: the invitation's ARN.
        leaving: whether LeaveOrganization is among it: one page of AWS says that accepting needs it while the account
            is a member of another organization.
    """
    actions = ("AcceptHandshake", "DeclineHandshake", "DescribeHandshake")
    looks = ("DescribeOrganization", "ListHandshakesForAccount", *(("LeaveOrganization",) if leaving else ()))
    role = "arn:*:iam::*:role/aws-service-role/organizations.amazonaws.com/*"
    service = {"StringEquals": {"iam:AWSServiceName": "organizations.amazonaws.com"}}
    statements = [
        _allowed("AnswerThisInvitation", [f"organizations:{name}" for name in actions], arn),
        _allowed("LookAndLeave" if leaving else "Look", [f"organizations:{name}" for name in sorted(looks)], "*"),
        {**_allowed("JoinForTheFirstTime", ["iam:CreateServiceLinkedRole"], role), "Condition": service},
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements}, indent=2)


def _allowed(sid: str, actions: list[str], resource: str) -> dict[str, object]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def grant(action: str, whom: Whom, *roles: Role, on: str = "") -> Message:
    """What the operator does where an action is missing: a sentence, to be carried as ``then``.

    Args:
        action: the IAM action.
        whom: who lacks it, and where.
        roles: whose templates hold it; beside `Role.destination_operator` stands the one for a run without a source.
        on: the role that the action is needed on, where it is needed on one.
    """
    templates = [held.value for named in roles for held in (named, *_alone(named, action))]
    if on:
        return Message("grant-on", action=action, whom=whom, template=templates, count=len(templates), role=on)
    return Message("grant", action=action, whom=whom, template=templates, count=len(templates))


def _alone(role: Role, action: str) -> tuple[Role, ...]:
    """The role in the place of another where there is no source, if its policy holds an action as well."""
    narrower = Role.only_destination_operator
    return (narrower,) if role is Role.destination_operator and f'"{action}"' in document(narrower) else ()
