"""Who may enter an account through the source's IAM Identity Center: D4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgtools.aws.read.read_only import Eyes

ACTIONS = (
    "sso:DescribePermissionSet",
    "sso:ListAccountAssignments",
    "sso:ListInstances",
    "sso:ListPermissionSetsProvisionedToAccount",
)
"""What reading the assignments of an account needs."""


@dataclass(frozen=True, slots=True)
class HeldAssignment:
    """One assignment of IAM Identity Center.

    Attributes:
        permission_set: the permission set's name.
        principal_type: USER or GROUP.
        principal_id: the principal's id in the identity store.
    """

    permission_set: str
    principal_type: str
    principal_id: str

    def __str__(self) -> str:
        """As a line for people."""
        return f"{self.permission_set}: {self.principal_type.lower()} {self.principal_id}"


def assignments(eyes: Eyes, account_id: str, once: dict[tuple[str, ...], Any]) -> Iterator[HeldAssignment]:
    """The assignments of an account in the instances of Identity Center that live in one region.

    Args:
        eyes: the source's, or those of its delegated administrator for Identity Center.
        account_id: the account.
        once: answers that are the same for every account; filled here.
    """
    for instance in _instances(eyes, once):
        asked = {"InstanceArn": instance, "AccountId": account_id}
        sets = eyes.pages("sso-admin", "ListPermissionSetsProvisionedToAccount", "PermissionSets", **asked)
        for permission_set in sets:
            name = _name(eyes, instance, permission_set, once)
            held = {**asked, "PermissionSetArn": permission_set}
            for entry in eyes.pages("sso-admin", "ListAccountAssignments", "AccountAssignments", **held):
                yield HeldAssignment(name, entry["PrincipalType"], entry["PrincipalId"])


def _instances(eyes: Eyes, once: dict[tuple[str, ...], Any]) -> list[str]:
    here = eyes.region_of("sso-admin")
    return [str(held["InstanceArn"]) for held in _listed(eyes, once) if is_primary(held, here)]


def _listed(eyes: Eyes, once: dict[tuple[str, ...], Any]) -> list[dict[str, Any]]:
    key = ("identity center",)
    if key not in once:
        once[key] = list(eyes.pages("sso-admin", "ListInstances", "Instances"))
    instances: list[dict[str, Any]] = once[key]
    return instances


def is_primary(instance: Mapping[str, Any], region: str) -> bool:
    """Whether a region is the primary one of an instance: only there its assignments are read and written.

    https://docs.aws.amazon.com/singlesignon/latest/userguide/multi-region-iam-identity-center.html
    """
    return str(instance.get("PrimaryRegion") or region) == region


def _name(eyes: Eyes, instance: str, permission_set: str, once: dict[tuple[str, ...], Any]) -> str:
    key = ("permission set", permission_set)
    if key not in once:
        answer = eyes.ask("sso-admin", "DescribePermissionSet", InstanceArn=instance, PermissionSetArn=permission_set)
        once[key] = answer["PermissionSet"]["Name"]
    return str(once[key])


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
def identity_center_access(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Every assignment, by permission set and principal; of an instance in several regions the primary one answers."""
    eyes, looked = desk.eyes["source"], desk.brief.regions or (None if desk.region else ())
    for instance in _listed(eyes, desk.once):
        primary = instance.get("PrimaryRegion", "")
        if not is_primary(instance, eyes.region_of("sso-admin")) and looked is not None and primary not in looked:
            unseen = Message("identity-center-unseen", region=primary, then=Message("regions-add", region=primary))
            for account in desk.accounts:
                yield reports.on(account.account_id).unknown(unseen)
            return
    for account in desk.accounts:
        held = sorted(map(str, assignments(desk.eyes["source"], account.account_id, desk.once)))
        if held:
            ending = Message("assignments-end", count=len(held))
            yield reports.on(account.account_id).warn(ending, text="\n".join(held))
