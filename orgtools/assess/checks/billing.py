"""What is paid, by whom and how: discounts, cost reports, tax and support: B1, B2, B3."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CheckContext, Report, Reports, Where, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_BILLING: Final = "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/"
_COSTS: Final = "https://docs.aws.amazon.com/cost-management/latest/userguide/"
_PLANS: Final = "https://docs.aws.amazon.com/savingsplans/latest/userguide/"

_RESERVATIONS: Final = {
    "ec2:DescribeReservedInstances": ("ec2", "DescribeReservedInstances", "ReservedInstances"),
    "elasticache:DescribeReservedCacheNodes": ("elasticache", "DescribeReservedCacheNodes", "ReservedCacheNodes"),
    "es:DescribeReservedInstances": ("opensearch", "DescribeReservedInstances", "ReservedInstances"),
    "memorydb:DescribeReservedNodes": ("memorydb", "DescribeReservedNodes", "ReservedNodes"),
    "rds:DescribeReservedDBInstances": ("rds", "DescribeReservedDBInstances", "ReservedDBInstances"),
    "redshift:DescribeReservedNodes": ("redshift", "DescribeReservedNodes", "ReservedNodes"),
}
"""Where an account's reservations are listed, by the IAM action."""

_BOUGHT: Final = ("active", "payment-pending", "queued")
"""States of what is paid for now or soon, in the words of all these services."""


@reading(
    "B1.reservations",
    subject="billing",
    where=("member",),
    actions=tuple(_RESERVATIONS),
    silent=True,
    page=_BILLING + "ri-turn-off.html",
    severity=Verdict.WARN,
    regional=True,
)
def reservations(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Reservations of six services, bought and not over; who uses the discount cannot be seen from here.

    What it cannot see: reserved capacity of DynamoDB, which no API lists.
    """
    eyes = desk.eyes["member"]
    for service, operation, key in _RESERVATIONS.values():
        bought = [held for held in eyes.pages(service, operation, key) if held["State"] in _BOUGHT]
        if bought:
            yield reports.on(eyes.account_id).warn(Message("reservations-owned", service=service, count=len(bought)))


@reading(
    "B1.plans",
    subject="billing",
    where=("member",),
    actions=("savingsplans:DescribeSavingsPlans",),
    silent=True,
    page=_PLANS + "sp-ris.html",
    severity=Verdict.WARN,
)
def savings_plans(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Those that are bought and not over."""
    eyes = desk.eyes["member"]
    report = reports.on(eyes.account_id)
    for plan in eyes.pages("savingsplans", "DescribeSavingsPlans", "savingsPlans", states=list(_BOUGHT)):
        kind, words = plan["savingsPlanType"], f"{plan['commitment']} {plan['currency']}"
        if "end" in plan:
            owned = Message("plan-owned-until", kind=kind, words=words, until=datetime.fromisoformat(plan["end"]))
        else:
            owned = Message("plan-owned", kind=kind, words=words)
        yield report.warn(owned, resource=plan["savingsPlanArn"])


@reading(
    "B1.sharing",
    subject="billing",
    where=("source",),
    actions=("billing:GetBillingPreferences",),
    page=_BILLING + "ri-turn-off.html",
    severity=Verdict.WARN,
)
def discount_sharing(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Whether the source shares its reservations and Savings Plans with the account."""
    eyes = desk.eyes["source"]
    asked = {"features": ["RI_SHARING"]}
    shared = {
        held["accountId"]: held["value"]
        for held in eyes.pages("billing", "GetBillingPreferences", "billingPreferences", **asked)
        if held.get("accountId")
    }
    for account in desk.accounts:
        report = reports.on(account.account_id)
        if shared.get(account.account_id) == "DISABLED":
            yield report.ok(Message("discounts-not-shared"))
        else:
            yield report.warn(Message("discounts-shared"))


@reading(
    "B2.reports",
    subject="billing",
    where=("source",),
    actions=("bcm-data-exports:ListExports", "cur:DescribeReportDefinitions"),
    silent=True,
    page="https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def cost_reports(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Cost and usage reports, and data exports, of the source's management account."""
    eyes = desk.eyes["source"]
    names = [held["ReportName"] for held in eyes.pages("cur", "DescribeReportDefinitions", "ReportDefinitions")]
    names += [held["ExportName"] for held in eyes.pages("bcm-data-exports", "ListExports", "Exports")]
    if names:
        yield reports.on("").warn(Message("cost-reports-lose", count=len(names)), text="\n".join(sorted(names)))


@reading(
    "B2.budgets",
    subject="billing",
    where=("source",),
    actions=("budgets:ViewBudget",),
    page=_COSTS + "budgets-managing-costs.html",
    severity=Verdict.WARN,
)
def budgets(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Budgets of the management account that filter by the account's id."""
    eyes = desk.eyes["source"]
    asked = {"AccountId": desk.brief.source.management_account_id, "ShowFilterExpression": True}
    held = {
        budget["BudgetName"]: json.dumps([budget.get("CostFilters"), budget.get("FilterExpression")], default=str)
        for budget in eyes.pages("budgets", "DescribeBudgets", "Budgets", **asked)
    }
    for report, names in _naming(held, desk, reports):
        for name in names:
            yield report.warn(Message("budget-names", name=name), resource=name)
        if not names:
            yield report.ok(Message("budgets-clean", count=len(held)))


@reading(
    "B2.categories",
    subject="billing",
    where=("source",),
    actions=("ce:DescribeCostCategoryDefinition", "ce:ListCostCategoryDefinitions"),
    page=_BILLING + "manage-cost-categories.html",
    severity=Verdict.WARN,
)
def cost_categories(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Categories whose rules hold the account's id."""
    eyes = desk.eyes["source"]
    held: dict[str, str] = {}
    for known in eyes.pages("ce", "ListCostCategoryDefinitions", "CostCategoryReferences"):
        answer = eyes.ask("ce", "DescribeCostCategoryDefinition", CostCategoryArn=known["CostCategoryArn"])
        held[known["Name"]] = json.dumps(answer["CostCategory"]["Rules"], default=str)
    for report, names in _naming(held, desk, reports):
        for name in names:
            yield report.warn(Message("cost-category-names", name=name), resource=name)
        if not names:
            yield report.ok(Message("cost-categories-clean", count=len(held)))


def _naming(held: dict[str, str], desk: CheckContext, reports: Reports) -> Iterator[tuple[Report, list[str]]]:
    """The report on each account, and the names of those whose text holds the account's id."""
    for account in desk.accounts:
        names = sorted(name for name, text in held.items() if account.account_id in text)
        yield reports.on(account.account_id), names


@reading(
    "B2.tags",
    subject="billing",
    where=("source", "destination"),
    actions=("ce:ListCostAllocationTags",),
    page=_BILLING + "cost-alloc-tags.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def cost_tags(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Tags that are active in the source and not in the destination."""
    sides: tuple[Where, ...] = ("source", "destination")
    active = {side: set(active_cost_tags(desk, side)) for side in sides}
    missing = sorted(active["source"] - active["destination"])
    if missing:
        yield reports.on("").warn(Message("cost-tags-missing", count=len(missing)), text="\n".join(missing))
    else:
        yield reports.on("").ok(Message("cost-tags-active", count=len(active["source"])))


def active_cost_tags(desk: CheckContext, side: Where) -> Iterator[str]:
    """The keys of a side's active cost allocation tags."""
    for tag in desk.eyes[side].pages("ce", "ListCostAllocationTags", "CostAllocationTags", Status="Active"):
        yield tag["TagKey"]


@reading(
    "B3.tax",
    subject="billing",
    where=("source", "destination"),
    actions=("tax:GetTaxInheritance",),
    page=_BILLING + "manage-account-payment.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def tax_inheritance(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Whether members inherit the management account's tax registration, on both sides."""
    absent = ("ResourceNotFoundException",)
    inherits: dict[str, Any] = {
        side: told["heritageStatus"] if told else "none"
        for side, eyes in desk.eyes.items()
        for told in [eyes.ask("taxsettings", "GetTaxInheritance", absent=absent)]
    }
    if inherits["source"] == inherits["destination"]:
        yield reports.on("").ok(Message("tax-inheritance-same", setting=inherits["source"]))
    else:
        settings = [inherits["source"], inherits["destination"]]
        yield reports.on("").warn(Message("tax-inheritance-differs", settings=settings))


@reading(
    "B3.support",
    subject="billing",
    where=("source", "destination"),
    actions=("support:DescribeSeverityLevels",),
    page="https://docs.aws.amazon.com/awssupport/latest/user/aws-support-plans.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def support_plan(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """No API names the plan. The severities that a case may have tell it: none without Business support or better."""
    levels = {
        side: [level["name"] for level in told["severityLevels"]] if told else []
        for side, eyes in desk.eyes.items()
        for told in [eyes.ask("support", "DescribeSeverityLevels", absent=("SubscriptionRequiredException",))]
    }
    lost = [name for name in levels["source"] if name not in levels["destination"]]
    if lost:
        yield reports.on("").warn(Message("support-severities-missing", severities=lost))
    else:
        yield reports.on("").ok(Message("support-severities-same", count=len(levels["source"])))
