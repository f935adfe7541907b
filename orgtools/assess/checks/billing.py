"""What is paid, by whom and how: discounts, cost reports, tax and support: B1, B2, B3."""

from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import CheckContext, Reports, Where, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
_of_both = partial(
    reading, subject="billing", where=("source", "destination"), severity=Verdict.WARN, concerns="organization"
)
_of_source = partial(reading, subject="billing", where=("source",), severity=Verdict.WARN)


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
def reservations(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Reservations of six services, bought and not over; who uses the discount cannot be seen from here.

    What it cannot see: reserved capacity of DynamoDB, which no API lists.
    """
    reader = context.readers["member"]
    for service, operation, key in _RESERVATIONS.values():
        bought = [held for held in reader.pages(service, operation, key) if held["State"] in _BOUGHT]
        if bought:
            yield reports.on(reader.account_id).warn(Message("reservations-owned", service=service, count=len(bought)))


@reading(
    "B1.plans",
    subject="billing",
    where=("member",),
    actions=("savingsplans:DescribeSavingsPlans",),
    silent=True,
    page=_PLANS + "sp-ris.html",
    severity=Verdict.WARN,
)
def savings_plans(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Those that are bought and not over."""
    reader = context.readers["member"]
    report = reports.on(reader.account_id)
    for plan in reader.pages("savingsplans", "DescribeSavingsPlans", "savingsPlans", states=list(_BOUGHT)):
        kind, words = plan["savingsPlanType"], f"{plan['commitment']} {plan['currency']}"
        if "end" in plan:
            owned = Message("plan-owned-until", kind=kind, words=words, until=datetime.fromisoformat(plan["end"]))
        else:
            owned = Message("plan-owned", kind=kind, words=words)
        yield report.warn(owned, resource=plan["savingsPlanArn"])


@_of_source("B1.sharing", actions=("billing:GetBillingPreferences",), page=_BILLING + "ri-turn-off.html")
def discount_sharing(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Whether the source shares its reservations and Savings Plans with the account."""
    reader = context.readers["source"]
    asked = {"features": ["RI_SHARING"]}
    shared = {
        held["accountId"]: held["value"]
        for held in reader.pages("billing", "GetBillingPreferences", "billingPreferences", **asked)
        if held.get("accountId")
    }
    for account in context.accounts:
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
def cost_reports(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Cost and usage reports, and data exports, of the source's management account."""
    reader = context.readers["source"]
    names = [held["ReportName"] for held in reader.pages("cur", "DescribeReportDefinitions", "ReportDefinitions")]
    names += [held["ExportName"] for held in reader.pages("bcm-data-exports", "ListExports", "Exports")]
    if names:
        yield reports.on("").warn(Message("cost-reports-lose", count=len(names)), text="\n".join(sorted(names)))


@_of_source("B2.budgets", actions=("budgets:ViewBudget",), page=_COSTS + "budgets-managing-costs.html")
def budgets(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Budgets of the management account that filter by the account's id."""
    reader = context.readers["source"]
    asked = {"AccountId": context.brief.source.management_account_id, "ShowFilterExpression": True}
    held = {
        budget["BudgetName"]: json.dumps([budget.get("CostFilters"), budget.get("FilterExpression")], default=str)
        for budget in reader.pages("budgets", "DescribeBudgets", "Budgets", **asked)
    }
    clean = Message("budgets-clean", count=len(held))
    yield from _naming(held, lambda name: Message("budget-names", name=name), clean, context, reports)


@_of_source(
    "B2.categories",
    actions=("ce:DescribeCostCategoryDefinition", "ce:ListCostCategoryDefinitions"),
    page=_BILLING + "manage-cost-categories.html",
)
def cost_categories(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Categories whose rules hold the account's id."""
    reader = context.readers["source"]
    held: dict[str, str] = {}
    for known in reader.pages("ce", "ListCostCategoryDefinitions", "CostCategoryReferences"):
        answer = reader.ask("ce", "DescribeCostCategoryDefinition", CostCategoryArn=known["CostCategoryArn"])
        held[known["Name"]] = json.dumps(answer["CostCategory"]["Rules"], default=str)
    clean = Message("cost-categories-clean", count=len(held))
    yield from _naming(held, lambda name: Message("cost-category-names", name=name), clean, context, reports)


def _naming(
    held: Mapping[str, str], named: Callable[[str], Message], clean: Message, context: CheckContext, reports: Reports
) -> Iterator[Finding]:
    """Whose text holds an account's id, by name."""
    for account in context.accounts:
        report = reports.on(account.account_id)
        names = sorted(name for name, text in held.items() if account.account_id in text)
        yield from (report.warn(named(name), resource=name) for name in names)
        if not names:
            yield report.ok(clean)


@_of_both("B2.tags", actions=("ce:ListCostAllocationTags",), page=_BILLING + "cost-alloc-tags.html")
def cost_tags(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Tags that are active in the source and not in the destination."""
    sides: tuple[Where, ...] = ("source", "destination")
    active = {side: set(active_cost_tags(context, side)) for side in sides}
    missing = sorted(active["source"] - active["destination"])
    if missing:
        yield reports.on("").warn(Message("cost-tags-missing", count=len(missing)), text="\n".join(missing))
    else:
        yield reports.on("").ok(Message("cost-tags-active", count=len(active["source"])))


def active_cost_tags(context: CheckContext, side: Where) -> Iterator[str]:
    """The keys of a side's active cost allocation tags."""
    for tag in context.readers[side].pages("ce", "ListCostAllocationTags", "CostAllocationTags", Status="Active"):
        yield tag["TagKey"]


@_of_both("B3.tax", actions=("tax:GetTaxInheritance",), page=_BILLING + "manage-account-payment.html")
def tax_inheritance(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Whether members inherit the management account's tax registration, on both sides."""
    absent = ("ResourceNotFoundException",)
    inherits: dict[str, Any] = {
        side: told["heritageStatus"] if told else "none"
        for side, reader in context.readers.items()
        for told in [reader.ask("taxsettings", "GetTaxInheritance", absent=absent)]
    }
    if inherits["source"] == inherits["destination"]:
        yield reports.on("").ok(Message("tax-inheritance-same", setting=inherits["source"]))
    else:
        settings = [inherits["source"], inherits["destination"]]
        yield reports.on("").warn(Message("tax-inheritance-differs", settings=settings))


@_of_both(
    "B3.support",
    actions=("support:DescribeSeverityLevels",),
    page="https://docs.aws.amazon.com/awssupport/latest/user/aws-support-plans.html",
)
def support_plan(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """No API names the plan. The severities that a case may have tell it: none without Business support or better."""
    levels = {
        side: [level["name"] for level in told["severityLevels"]] if told else []
        for side, reader in context.readers.items()
        for told in [reader.ask("support", "DescribeSeverityLevels", absent=("SubscriptionRequiredException",))]
    }
    lost = [name for name in levels["source"] if name not in levels["destination"]]
    if lost:
        yield reports.on("").warn(Message("support-severities-missing", severities=lost))
    else:
        yield reports.on("").ok(Message("support-severities-same", count=len(levels["source"])))
