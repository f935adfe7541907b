"""What the destination makes of new members: limits, costs, root: E8.services, D8.arrival, E16.central."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Reports, reading
from orgtools.budget import to_invite
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.aws.read.read_only import ReadOnlyReader

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
_of_new_members = partial(
    reading, subject="services", where=("destination",), silent=True, severity=Verdict.WARN, concerns="organization"
)


def trusted_services(reader: ReadOnlyReader) -> frozenset[str]:
    """The principals of the services that an organization trusts."""
    listed = ("organizations", "ListAWSServiceAccessForOrganization", "EnabledServicePrincipals")
    return frozenset(held["ServicePrincipal"] for held in reader.once(*listed, read=lambda: [*reader.pages(*listed)]))


@_of_new_members("E8.services", actions=(_TRUSTED,), page=GUIDE + "orgs_reference_limits.html")
def services_have_room(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Members, pending invitations and the plan against what each trusted service takes.

    What it does not see: limits that AWS has raised.
    """
    trusted, report = trusted_services(context.readers["destination"]), reports.on("")
    destination, budget = context.snapshot.destination, context.snapshot.budget
    coming = [account for account in context.accounts if account.account_id not in destination.accounts]
    more = to_invite(context.accounts, destination)
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


@_of_new_members("D8.arrival", actions=(_TRUSTED,), page=_INVITING)
def switched_on_by_joining(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """By trusted access; whether a service is set to enable new members, only its own administrator sees."""
    trusted = trusted_services(context.readers["destination"])
    named = [what for principal, what in SWITCHING.items() if principal in trusted]
    if named:
        yield reports.on("").warn(Message("joining-enables", services=named), text="\n".join(named))


@_of_new_members(
    "E16.central",
    actions=("iam:ListOrganizationsFeatures", _TRUSTED),
    page="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
)
def root_is_managed_centrally(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Where central root access is on, members that join have no root credentials to recover."""
    if _ROOT not in trusted_services(context.readers["destination"]):
        return
    told = context.readers["destination"].ask(
        "iam", "ListOrganizationsFeatures", absent=("ServiceAccessNotEnabledException", "ServiceAccessNotEnabled")
    )
    if told and "RootCredentialsManagement" in told["EnabledFeatures"]:
        yield reports.on("").warn(Message("root-managed-centrally"))
