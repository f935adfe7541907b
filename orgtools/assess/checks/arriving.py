"""What the destination makes of new members: limits, costs, root: E8.services, D8.arrival, E16.central."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Reports, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVITING: Final = GUIDE + "orgs_manage_accounts_invites.html"
_TRUSTED: Final = "organizations:ListAWSServiceAccessForOrganization"
_TOWER: Final = "controltower.amazonaws.com"
_ROOT: Final = "iam.amazonaws.com"
MOST: Final = {
    "sso.amazonaws.com": ("IAM Identity Center", 7_000),
    "detective.amazonaws.com": ("Detective", 1_200),
    "auditmanager.amazonaws.com": ("Audit Manager", 250),
    _TOWER: ("Control Tower", 10_000),
}
"""How many accounts of an organization each service takes, by its principal: they count members for themselves.
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html"""
MOST_IN_UNIT: Final = 1_000
"""Accounts of a unit that Control Tower registers."""
MOST_A_WEEK: Final = 1_000
"""Accounts that the Config aggregators of a landing zone below 4.0 take in, or let go, in a week."""
SWITCHING: Final = {
    "cloudtrail.amazonaws.com": "CloudTrail",
    "config.amazonaws.com": "AWS Config",
    "config-multiaccountsetup.amazonaws.com": "AWS Config multi-account setup",
    "guardduty.amazonaws.com": "GuardDuty",
    "securityhub.amazonaws.com": "Security Hub",
}
"""What may be switched on in an account that joins, by the principal of the service."""


def _trusted(desk: CheckContext) -> frozenset[str]:
    key = ("trusted-by-destination",)
    if key not in desk.once:
        told = desk.eyes["destination"].pages(
            "organizations", "ListAWSServiceAccessForOrganization", "EnabledServicePrincipals"
        )
        desk.once[key] = frozenset(held["ServicePrincipal"] for held in told)
    found: frozenset[str] = desk.once[key]
    return found


@reading(
    "E8.services",
    subject="services",
    where=("destination",),
    actions=(_TRUSTED,),
    silent=True,
    page=GUIDE + "orgs_reference_limits.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def services_have_room(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Members, pending invitations and the plan against what each trusted service takes.

    What it does not see: limits that AWS has raised.
    """
    trusted, report, destination = _trusted(desk), reports.on(""), desk.snapshot.destination
    coming = [account for account in desk.accounts if account.account_id not in destination.accounts]
    more = sum(destination.pending_invitation_to(account.account_id) is None for account in coming)
    budget = desk.snapshot.budget
    needed = budget.members + budget.pending + more
    for principal, (name, most) in MOST.items():
        if principal in trusted and needed > most:
            yield report.warn(
                Message(
                    "service-full",
                    service=name,
                    limit=most,
                    members=budget.members,
                    pending=budget.pending,
                    more=more,
                    total=needed,
                )
            )
    if _TOWER not in trusted:
        return
    held = Counter(account.parent_id for account in destination.accounts.values())
    into = Counter(account.ou for account in coming)
    paths = {unit.path.strip("/"): unit.id for unit in destination.units.values()}
    for path, count in into.items():
        total = count + held[paths.get(path.strip("/"), path)]
        if path.strip("/") and total > MOST_IN_UNIT:
            yield report.warn(Message("unit-too-large", unit=path, total=total, limit=MOST_IN_UNIT))
    if len(coming) > MOST_A_WEEK:
        yield report.warn(Message("aggregators-slow", count=len(coming), limit=MOST_A_WEEK))


@reading(
    "D8.arrival",
    subject="services",
    where=("destination",),
    actions=(_TRUSTED,),
    silent=True,
    page=_INVITING,
    severity=Verdict.WARN,
    concerns="organization",
)
def switched_on_by_joining(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """By trusted access; whether a service is set to enable new members, only its own administrator sees."""
    trusted = _trusted(desk)
    named = [what for principal, what in SWITCHING.items() if principal in trusted]
    if named:
        yield reports.on("").warn(Message("joining-enables", services=named), text="\n".join(named))


@reading(
    "E16.central",
    subject="services",
    where=("destination",),
    actions=("iam:ListOrganizationsFeatures", _TRUSTED),
    silent=True,
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def root_is_managed_centrally(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Where central root access is on, members that join have no root credentials to recover."""
    if _ROOT not in _trusted(desk):
        return
    told = desk.eyes["destination"].ask(
        "iam", "ListOrganizationsFeatures", absent=("ServiceAccessNotEnabledException", "ServiceAccessNotEnabled")
    )
    if told and "RootCredentialsManagement" in told["EnabledFeatures"]:
        yield reports.on("").warn(Message("root-managed-centrally"))
