"""Who may enter an account through the source's IAM Identity Center: D4."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.findings import Finding, Verdict
from orgtools.mapping import Assignment
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.aws.read.read_only import ReadOnlyReader

ACTIONS = (
    "sso:DescribePermissionSet",
    "sso:ListAccountAssignments",
    "sso:ListInstances",
    "sso:ListPermissionSetsProvisionedToAccount",
)
"""What reading the assignments of an account needs."""


def assignments(reader: ReadOnlyReader, instance: str, account_id: str) -> Iterator[Assignment]:
    """The assignments of an account in one instance, without the names of the principals.

    Args:
        reader: of the source, or of its delegated administrator for Identity Center.
        instance: the ARN of the instance.
        account_id: the account.
    """
    asked = {"InstanceArn": instance, "AccountId": account_id}
    for arn in reader.pages("sso-admin", "ListPermissionSetsProvisionedToAccount", "PermissionSets", **asked):
        name = reader.once("permission set", arn, read=partial(_name, reader, instance, arn))
        held = {**asked, "PermissionSetArn": arn}
        for entry in reader.pages("sso-admin", "ListAccountAssignments", "AccountAssignments", **held):
            yield Assignment(name, arn, entry["PrincipalType"], entry["PrincipalId"])


def _name(reader: ReadOnlyReader, instance: str, arn: str) -> str:
    described = reader.ask("sso-admin", "DescribePermissionSet", InstanceArn=instance, PermissionSetArn=arn)
    return str(described["PermissionSet"]["Name"])


def is_primary(instance: Mapping[str, Any], region: str) -> bool:
    """Whether a region is the primary one of an instance: only there its assignments are read and written.

    https://docs.aws.amazon.com/singlesignon/latest/userguide/multi-region-iam-identity-center.html
    """
    return str(instance.get("PrimaryRegion") or region) == region


@reading(
    "D4",
    subject="access",
    where=("source",),
    actions=ACTIONS,
    silent=True,
    page="https://docs.aws.amazon.com/singlesignon/latest/userguide/assignusers.html",
    severity=Verdict.WARN,
    regional=True,
)
def identity_center_access(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Every assignment, by permission set and principal; of an instance in several regions the primary one answers."""
    reader, looked = context.readers["source"], context.brief.regions or (None if context.region else ())
    here, instances = reader.region_of("sso-admin"), list[str]()
    for instance in reader.pages("sso-admin", "ListInstances", "Instances"):
        primary = instance.get("PrimaryRegion", "")
        if is_primary(instance, here):
            instances.append(instance["InstanceArn"])
        elif looked is not None and primary not in looked:
            unseen = Message("identity-center-unseen", region=primary, then=Message("regions-add", region=primary))
            for account in context.accounts:
                yield reports.on(account.account_id).unknown(unseen)
            return
    for account in context.accounts:
        held = [one for instance in instances for one in assignments(reader, instance, account.account_id)]
        lines = sorted(f"{one.permission_set}: {one.principal_type.lower()} {one.principal_id}" for one in held)
        if lines:
            ending = Message("assignments-end", count=len(lines))
            yield reports.on(account.account_id).warn(ending, text="\n".join(lines))
