"""What an account has through its organization: each check finds it, does not find it, and cannot look."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.findings import Verdict
from orgtools.messages import Message
from tests import values
from tests.assess import answering
from tests.assess.answering import BRIEF, DENIED, look

ORGANIZATION: Final = f"arn:aws:organizations::111111111111:organization/{values.SOURCE.organization_id}"
OWNER: Final = "400000000009"
SEEN: Final = values.snapshot(values.source(values.member(), values.member(values.OTHER)), values.destination())


@dataclass(frozen=True)
class Row:
    """A check with what AWS answers where it finds something, and where it does not.

    ``elsewhere``: the destination's answers, for a check that looks at both sides.
    """

    check: str
    found: dict[str, Any]
    evidence: Message
    fine: dict[str, Any]
    elsewhere: dict[str, Any] | None = None
    status: Verdict = Verdict.WARN


def _profiles(issuer: str) -> Any:
    def answer(asked: dict[str, Any]) -> Any:
        return {"Profiles": [{"AccountId": account_id, "Issuer": issuer} for account_id in asked["AccountIds"]]}

    return {"invoicing:BatchGetInvoiceProfile": answer}


def _identity_center(*principals: str) -> dict[str, Any]:
    instance = "arn:aws:sso:::instance/ssoins-0000000000000001"
    admins = "arn:aws:sso:::permissionSet/ssoins-0000000000000001/ps-0000000000000001"
    return {
        "sso-admin:ListInstances": {"Instances": [{"InstanceArn": instance}]},
        "sso-admin:ListPermissionSetsProvisionedToAccount": {"PermissionSets": [admins]},
        "sso-admin:DescribePermissionSet": {"PermissionSet": {"Name": "Admins", "PermissionSetArn": admins}},
        "sso-admin:ListAccountAssignments": {
            "AccountAssignments": [{"PrincipalType": "GROUP", "PrincipalId": principal} for principal in principals]
        },
    }


def _reservations(state: str) -> dict[str, Any]:
    return {
        "ec2:DescribeReservedInstances": {"ReservedInstances": [{"State": state}]},
        "elasticache:DescribeReservedCacheNodes": {"ReservedCacheNodes": []},
        "opensearch:DescribeReservedInstances": {"ReservedInstances": []},
        "memorydb:DescribeReservedNodes": {"ReservedNodes": []},
        "rds:DescribeReservedDBInstances": {"ReservedDBInstances": []},
        "redshift:DescribeReservedNodes": {"ReservedNodes": []},
    }


def _plans(*plans: dict[str, Any]) -> dict[str, Any]:
    return {"savingsplans:DescribeSavingsPlans": {"savingsPlans": list(plans)}}


def _sharing(value: str) -> dict[str, Any]:
    held = {"feature": "RI_SHARING", "key": "RI_SHARING", "value": value, "accountId": values.ACCOUNT}
    return {"billing:GetBillingPreferences": {"billingPreferences": [held]}}


def _reports(*names: str) -> dict[str, Any]:
    exports = [
        {"ExportArn": "arn:aws:bcm-data-exports:us-east-1:1:export/e", "ExportName": name, "ExportStatus": {}}
        for name in names
    ]
    return {
        "cur:DescribeReportDefinitions": {"ReportDefinitions": []},
        "bcm-data-exports:ListExports": {"Exports": exports},
    }


def _budget(account_id: str) -> dict[str, Any]:
    budget = {
        "BudgetName": "shop",
        "TimeUnit": "MONTHLY",
        "BudgetType": "COST",
        "CostFilters": {"LinkedAccount": [account_id]},
    }
    return {"budgets:DescribeBudgets": {"Budgets": [budget]}}


def _category(account_id: str) -> dict[str, Any]:
    arn = "arn:aws:ce::111111111111:costcategory/00000000-0000-0000-0000-000000000001"
    rule = {"Value": "shop", "Rule": {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account_id]}}}
    category = {
        "CostCategoryArn": arn,
        "EffectiveStart": "2026-01-01T00:00:00Z",
        "Name": "teams",
        "RuleVersion": "CostCategoryExpression.v1",
        "Rules": [rule],
    }
    return {
        "ce:ListCostCategoryDefinitions": {"CostCategoryReferences": [{"CostCategoryArn": arn, "Name": "teams"}]},
        "ce:DescribeCostCategoryDefinition": {"CostCategory": category},
    }


def _cost_tags(*keys: str) -> dict[str, Any]:
    tags = [{"TagKey": key, "Type": "UserDefined", "Status": "Active"} for key in keys]
    return {"ce:ListCostAllocationTags": {"CostAllocationTags": tags}}


def _severities(*names: str) -> dict[str, Any]:
    return {"support:DescribeSeverityLevels": {"severityLevels": [{"code": name, "name": name} for name in names]}}


def _backup(enabled: str) -> dict[str, Any]:
    return {"backup:DescribeGlobalSettings": {"GlobalSettings": {"isCrossAccountBackupEnabled": enabled}}}


def _pools(owner: str) -> dict[str, Any]:
    pool = {"OwnerId": owner, "IpamPoolId": "ipam-pool-1", "IpamPoolArn": f"arn:aws:ec2::{owner}:ipam-pool/ipam-pool-1"}
    return {"ec2:DescribeIpamPools": {"IpamPools": [pool]}}


def _licenses(*names: str) -> dict[str, Any]:
    return {"license-manager:ListReceivedLicenses": {"Licenses": [{"LicenseName": name} for name in names]}}


def _portfolios(*names: str) -> dict[str, Any]:
    held = [{"DisplayName": name, "ARN": f"arn:aws:catalog:us-east-1:{OWNER}:portfolio/p"} for name in names]
    return {"servicecatalog:ListAcceptedPortfolioShares": {"PortfolioDetails": held}}


def _images(*organizations: str) -> dict[str, Any]:
    permissions = [{"OrganizationArn": arn} for arn in organizations] + [{"UserId": OWNER}]
    return {
        "ec2:DescribeImages": {"Images": [{"ImageId": "ami-00000001"}]},
        "ec2:DescribeImageAttribute": {"ImageId": "ami-00000001", "LaunchPermissions": permissions},
    }


def _lists(owner: str) -> dict[str, Any]:
    arn = f"arn:aws:ec2:us-east-1:{owner}:prefix-list/pl-1"
    held = [{"OwnerId": owner, "PrefixListName": "office", "PrefixListArn": arn}, {"OwnerId": "AWS"}]
    return {"ec2:DescribeManagedPrefixLists": {"PrefixLists": held}}


def _endpoints(principal: str) -> dict[str, Any]:
    services = [{"ServiceId": "vpce-svc-1", "ServiceName": "payments"}]
    return {
        "ec2:DescribeVpcEndpointServiceConfigurations": {"ServiceConfigurations": services},
        "ec2:DescribeVpcEndpointServicePermissions": {"AllowedPrincipals": [{"Principal": principal}]},
    }


def _agreements(**changes: Any) -> dict[str, Any]:
    agreement = {"name": "BAA", "arn": "arn:aws:artifact::1:customer-agreement/customer-agreement-1", "state": "ACTIVE"}
    return {"artifact:ListCustomerAgreements": {"customerAgreements": [agreement | changes]}}


def _quotas(*states: str) -> dict[str, Any]:
    held = [
        {"ServiceCode": "vpc", "QuotaName": "VPCs per Region", "DesiredValue": 40.0, "Status": state}
        for state in states
    ]
    return {"service-quotas:ListRequestedServiceQuotaChangeHistory": {"RequestedQuotas": held}}


def _events(*callers: str) -> dict[str, Any]:
    def event(caller: str, agent: str) -> dict[str, str]:
        return {"Username": caller, "CloudTrailEvent": json.dumps({"userAgent": agent})}

    others = [event(caller, "aws-cli/2") for caller in callers]
    joined = {"CloudTrailEvent": json.dumps({"eventType": "AwsServiceEvent", "eventName": "AccountJoinedOrganization"})}
    return {"cloudtrail:LookupEvents": {"Events": [*others, joined, event("migration", "Boto3/1 orgtools")]}}


PLAN: Final = {
    "savingsPlanType": "Compute",
    "commitment": "1.5",
    "currency": "USD",
    "savingsPlanArn": f"arn:aws:savingsplans::{values.ACCOUNT}:savingsplan/1",
}
TABLE: Final = (
    Row("D4", _identity_center("g-1", "g-2"), Message("assignments-end", count=2), _identity_center()),
    Row(
        "E6",
        _profiles("AWS Europe"),
        Message("sellers-differ", sellers=["AWS Europe", "AWS, Inc."]),
        _profiles("AWS, Inc."),
        _profiles("AWS, Inc."),
        Verdict.BLOCK,
    ),
    Row(
        "B1.reservations",
        _reservations("active"),
        Message("reservations-owned", service="ec2", count=1),
        _reservations("retired"),
    ),
    Row("B1.plans", _plans(PLAN), Message("plan-owned", kind="Compute", words="1.5 USD"), _plans()),
    Row("B1.sharing", _sharing("ENABLED"), Message("discounts-shared"), _sharing("DISABLED")),
    Row("B2.reports", _reports("daily"), Message("cost-reports-lose", count=1), _reports()),
    Row("B2.budgets", _budget(values.ACCOUNT), Message("budget-names", name="shop"), _budget(OWNER)),
    Row("B2.categories", _category(values.ACCOUNT), Message("cost-category-names", name="teams"), _category(OWNER)),
    Row(
        "B2.tags",
        _cost_tags("team", "app"),
        Message("cost-tags-missing", count=1),
        _cost_tags("team"),
        _cost_tags("team"),
    ),
    Row(
        "B3.tax",
        {"taxsettings:GetTaxInheritance": {"heritageStatus": "OptIn"}},
        Message("tax-inheritance-differs", settings=["OptIn", "none"]),
        {"taxsettings:GetTaxInheritance": "ResourceNotFoundException"},
        {"taxsettings:GetTaxInheritance": "ResourceNotFoundException"},
    ),
    Row(
        "B3.support",
        _severities("low", "critical"),
        Message("support-severities-missing", severities=["low", "critical"]),
        {"support:DescribeSeverityLevels": "SubscriptionRequiredException"},
        {"support:DescribeSeverityLevels": "SubscriptionRequiredException"},
    ),
    Row("D12.backup", _backup("true"), Message("backups-copied"), _backup("false")),
    Row(
        "D12.ipam",
        _pools(OWNER),
        Message("address-pool-received", account=OWNER, name="ipam-pool-1"),
        _pools(values.ACCOUNT),
    ),
    Row("D12.licenses", _licenses("Database"), Message("license-received", name="Database"), _licenses()),
    Row("D12.portfolios", _portfolios("golden"), Message("portfolio-received", name="golden"), _portfolios()),
    Row("D13.images", _images(ORGANIZATION), Message("image-shared", name="ami-00000001"), _images()),
    Row(
        "D13.lists",
        _lists(OWNER),
        Message("prefix-list-received", account=OWNER, name="office"),
        _lists(values.ACCOUNT),
    ),
    Row(
        "D13.endpoints",
        _endpoints(ORGANIZATION),
        Message("endpoint-service-admits", name="payments", principal=ORGANIZATION),
        _endpoints(f"arn:aws:iam::{OWNER}:root"),
    ),
    Row("D15", _agreements(organizationArn=ORGANIZATION), Message("agreement-inherited", name="BAA"), _agreements()),
    Row("D16", _quotas("APPROVED", "DENIED"), Message("quotas-raised", count=1), _quotas("DENIED", "PENDING")),
    Row("D17", _events("deploy", "deploy", "billing"), Message("callers-found", count=2), _events()),
    Row("D17.source", _events("inventory"), Message("callers-in-source-found", count=1), _events()),
)
ROWS: Final = pytest.mark.parametrize("row", TABLE, ids=[row.check for row in TABLE])


def test_nothing_that_billing_or_entitlements_register_is_forgotten() -> None:
    """A new check of these modules needs its row."""
    modules = (
        "orgtools.assess.checks.billing",
        "orgtools.assess.checks.entitlements",
        "orgtools.assess.checks.identity_center",
    )
    registered = {name for name, check in CATALOGUE.items() if check.read and check.read.__module__ in modules}
    assert registered == {row.check for row in TABLE}


@ROWS
def test_what_ends_with_the_move_is_found(row: Row) -> None:
    """With evidence and what to do."""
    found = look(row.check, row.found, seen=SEEN, destination=row.elsewhere)
    (worst,) = [finding for finding in found if finding.status is not Verdict.OK]
    assert worst.status is row.status
    assert worst.evidence == row.evidence
    assert worst.remedy == CATALOGUE[row.check].remedy or row.check == "D16"


@ROWS
def test_where_there_is_nothing_the_check_says_so(row: Row) -> None:
    """One finding, and it is fine."""
    (fine,) = look(row.check, row.fine, seen=SEEN, destination=row.elsewhere, everything=False)
    assert fine.status is Verdict.OK


@ROWS
def test_what_may_not_be_looked_at_is_unknown_with_what_to_grant(row: Row) -> None:
    """Never fine."""
    (closed,) = look(row.check, dict.fromkeys(row.found, DENIED), seen=SEEN, everything=False)
    assert closed.status is Verdict.UNKNOWN
    assert closed.remedy.startswith("Grant ")


def test_lines_name_each_thing_that_was_found() -> None:
    """Assignments by permission set, callers by how often they called, quotas with their value."""
    assert look("D4", _identity_center("g-1"), seen=SEEN)[0].text == "Admins: group g-1"
    assert look("D17", _events("deploy", "deploy", "billing"))[0].text == "deploy: 2\nbilling: 1"
    assert look("D16", _quotas("APPROVED", "CASE_CLOSED"))[0].text == (
        "vpc VPCs per Region: 40 (APPROVED)\nvpc VPCs per Region: 40 (CASE_CLOSED)"
    )


@pytest.mark.parametrize("state", ["active", "payment-pending", "queued"])
def test_what_is_bought_counts_before_it_is_paid_for(state: str) -> None:
    """B1: reservations and Savings Plans alike; AWS is asked for no plans that are over."""
    assert look("B1.reservations", _reservations(state))[0].status is Verdict.WARN

    def plans(asked: dict[str, Any]) -> Any:
        return {"savingsPlans": [PLAN] if state in asked["states"] else []}

    assert look("B1.plans", {"savingsplans:DescribeSavingsPlans": plans})[0].status is Verdict.WARN


def test_a_larger_support_plan_in_the_destination_is_fine() -> None:
    """B3: and the finding does not say that the plans are alike."""
    (fine,) = look("B3.support", _severities("low"), destination=_severities("low", "critical"))
    assert (fine.status, fine.evidence) == (Verdict.OK, Message("support-severities-same", count=1))


def test_permission_sets_are_named_once_for_all_accounts() -> None:
    """D4: each set is described once, however many accounts it is provisioned to."""
    asked: list[str] = []
    answers = _identity_center("g-1")
    described = answers["sso-admin:DescribePermissionSet"]

    def describe(parameters: dict[str, Any]) -> Any:
        asked.append(parameters["PermissionSetArn"])
        return described

    answers["sso-admin:DescribePermissionSet"] = describe
    found = look("D4", answers, values.planned(), values.planned(values.OTHER), seen=SEEN)
    assert (len(found), len(asked)) == (2, 1)


def test_accounts_of_another_partition_do_not_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """E6: whoever sells; nobody is asked."""
    china = replace(values.DESTINATION, partition="aws-cn")
    monkeypatch.setattr(answering, "BRIEF", replace(BRIEF, destination=china))
    (found,) = look("E6", {}, seen=SEEN, everything=False)
    assert (found.status, found.evidence.facts["partitions"]) == (Verdict.BLOCK, ("aws", "aws-cn"))


def test_a_seller_that_aws_does_not_name_is_unknown() -> None:
    """E6: with what to look at by hand."""
    (found,) = look("E6", {"invoicing:BatchGetInvoiceProfile": {"Profiles": []}}, seen=SEEN)
    assert (found.status, "by hand" in found.remedy) == (Verdict.UNKNOWN, True)


def test_no_budget_or_category_shows_more_than_its_name() -> None:
    """What they filter by is not evidence."""
    found = look("B2.budgets", _budget(values.ACCOUNT), seen=SEEN)
    assert "LinkedAccount" not in json.dumps(found[0].as_json())
