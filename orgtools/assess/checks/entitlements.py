"""What an account has through its organization besides policies and shares: E6, D12, D13, D15, D16, D17."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Reports, reading
from orgtools.aws.sessions.credentials import AGENT
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.aws.read.read_only import Eyes

_DOCS: Final = "https://docs.aws.amazon.com/"
_BATCH: Final = 1000
_RAISED: Final = ("APPROVED", "CASE_CLOSED")


@reading(
    "E6",
    subject="eligibility",
    where=("source", "destination"),
    actions=("invoicing:BatchGetInvoiceProfile",),
    page=GUIDE + "orgs_account_migration.html",
    severity=Verdict.BLOCK,
)
def same_seller(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Who issues the account's invoices, beside who issues the destination's."""
    brief = desk.brief
    if brief.source.partition != brief.destination.partition:
        differ = Message("account-partitions-differ", partitions=[brief.source.partition, brief.destination.partition])
        for account in desk.accounts:
            yield reports.on(account.account_id).block(differ)
        return
    management = brief.destination.management_account_id
    issuer = _issuers(desk.eyes["destination"].ask("invoicing", "BatchGetInvoiceProfile", AccountIds=[management]))
    ids = [account.account_id for account in desk.accounts]
    held: dict[str, str] = {}
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        held |= _issuers(desk.eyes["source"].ask("invoicing", "BatchGetInvoiceProfile", AccountIds=some))
    for account_id in ids:
        report, of_account = reports.on(account_id), held.get(account_id)
        if of_account is None or management not in issuer:
            yield report.unknown(Message("seller-unknown"))
        elif of_account != issuer[management]:
            yield report.block(Message("sellers-differ", sellers=[of_account, issuer[management]]))
        else:
            yield report.ok(Message("seller-same", sellers=[of_account]))


def _issuers(answer: Any) -> dict[str, str]:
    return {held["AccountId"]: held["Issuer"] for held in answer["Profiles"] if held.get("Issuer")}


@reading(
    "D12.backup",
    subject="sharing",
    where=("source",),
    actions=("backup:DescribeGlobalSettings",),
    silent=True,
    page=_DOCS + "aws-backup/latest/devguide/create-cross-account-backup.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def cross_account_backup(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Cross-account backup works within one organization only. Backup policies are D6's, vault policies D7's."""
    settings = desk.eyes["source"].ask("backup", "DescribeGlobalSettings")["GlobalSettings"]
    if settings["isCrossAccountBackupEnabled"] == "true":
        yield reports.on("").warn(Message("backups-copied"))


@reading(
    "D12.ipam",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeIpamPools",),
    silent=True,
    page=_DOCS + "vpc/latest/ipam/share-pool-ipam.html",
    severity=Verdict.WARN,
    regional=True,
)
def address_pools(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Pools of IPAM that others own."""
    eyes = desk.eyes["member"]
    for pool in eyes.pages("ec2", "DescribeIpamPools", "IpamPools"):
        if pool["OwnerId"] != eyes.account_id:
            received = Message("address-pool-received", account=pool["OwnerId"], name=pool["IpamPoolId"])
            yield reports.on(eyes.account_id).warn(received, resource=pool["IpamPoolArn"])


@reading(
    "D12.licenses",
    subject="sharing",
    where=("member",),
    actions=("license-manager:ListReceivedLicenses",),
    silent=True,
    page=_DOCS + "license-manager/latest/userguide/granted-licenses.html",
    severity=Verdict.WARN,
    regional=True,
)
def licenses(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Licenses that were granted to the account, directly or through its organization: AWS does not say which way."""
    eyes = desk.eyes["member"]
    for received in eyes.pages("license-manager", "ListReceivedLicenses", "Licenses"):
        granted = Message("license-received", name=received.get("LicenseName", ""))
        yield reports.on(eyes.account_id).warn(granted, resource=received.get("LicenseArn", ""))


@reading(
    "D12.portfolios",
    subject="sharing",
    where=("member",),
    actions=("servicecatalog:ListAcceptedPortfolioShares",),
    silent=True,
    page=_DOCS + "servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html",
    severity=Verdict.WARN,
    regional=True,
)
def portfolios(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Portfolios that are shared with it through the organization; what was provisioned from them stays."""
    eyes = desk.eyes["member"]
    asked = {"PortfolioShareType": "AWS_ORGANIZATIONS"}
    for portfolio in eyes.pages("servicecatalog", "ListAcceptedPortfolioShares", "PortfolioDetails", **asked):
        shared = Message("portfolio-received", name=portfolio["DisplayName"])
        yield reports.on(eyes.account_id).warn(shared, resource=portfolio["ARN"])


@reading(
    "D13.images",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeImageAttribute", "ec2:DescribeImages"),
    silent=True,
    page=_DOCS + "AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
    severity=Verdict.WARN,
    regional=True,
)
def images(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Its own images that name the source or a unit of it. Images that it launches from others' cannot be seen here."""
    eyes = desk.eyes["member"]
    for image in eyes.pages("ec2", "DescribeImages", "Images", Owners=["self"]):
        asked = {"ImageId": image["ImageId"], "Attribute": "launchPermission"}
        permissions = eyes.ask("ec2", "DescribeImageAttribute", **asked)["LaunchPermissions"]
        named = [held.get("OrganizationArn") or held.get("OrganizationalUnitArn") for held in permissions]
        source = [arn for arn in named if arn and desk.brief.names_source(arn)]
        if source:
            shared = Message("image-shared", name=image["ImageId"])
            yield reports.on(eyes.account_id).warn(shared, resource=image["ImageId"], text="\n".join(source))


@reading(
    "D13.lists",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeManagedPrefixLists",),
    silent=True,
    page=_DOCS + "vpc/latest/userguide/sharing-managed-prefix-lists.html",
    severity=Verdict.WARN,
    regional=True,
)
def prefix_lists(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Lists of other accounts, AWS's own apart."""
    eyes = desk.eyes["member"]
    for held in eyes.pages("ec2", "DescribeManagedPrefixLists", "PrefixLists"):
        if held.get("OwnerId") not in ("AWS", eyes.account_id):
            received = Message("prefix-list-received", account=held["OwnerId"], name=held["PrefixListName"])
            yield reports.on(eyes.account_id).warn(received, resource=held["PrefixListArn"])


@reading(
    "D13.endpoints",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions"),
    silent=True,
    page=_DOCS + "vpc/latest/privatelink/configure-endpoint-service.html",
    severity=Verdict.WARN,
    regional=True,
)
def endpoint_services(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Endpoint services of its own that name the source or a unit of it."""
    eyes = desk.eyes["member"]
    services = eyes.pages("ec2", "DescribeVpcEndpointServiceConfigurations", "ServiceConfigurations")
    for service in services:
        asked = {"ServiceId": service["ServiceId"]}
        for allowed in eyes.pages("ec2", "DescribeVpcEndpointServicePermissions", "AllowedPrincipals", **asked):
            if desk.brief.names_source(allowed["Principal"]):
                admits = Message("endpoint-service-admits", name=service["ServiceName"], principal=allowed["Principal"])
                yield reports.on(eyes.account_id).warn(admits, resource=service["ServiceId"])


@reading(
    "D15",
    subject="agreements",
    where=("member",),
    actions=("artifact:ListCustomerAgreements",),
    silent=True,
    page=_DOCS + "artifact/latest/ug/managing-agreements.html",
    severity=Verdict.WARN,
)
def agreements(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Active agreements that the organization accepted for its members."""
    eyes = desk.eyes["member"]
    for agreement in eyes.pages("artifact", "ListCustomerAgreements", "customerAgreements"):
        if agreement["state"] == "ACTIVE" and agreement.get("organizationArn"):
            inherited = Message("agreement-inherited", name=agreement["name"])
            yield reports.on(eyes.account_id).warn(inherited, resource=agreement["arn"])


@reading(
    "D16",
    subject="agreements",
    where=("member",),
    actions=("servicequotas:ListRequestedServiceQuotaChangeHistory",),
    silent=True,
    page=_DOCS + "servicequotas/latest/userguide/quota-history.html",
    severity=Verdict.WARN,
    regional=True,
)
def raised_quotas(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Requests that were approved, or whose support case was closed: only the case tells what came of it.

    What it cannot see: anything older than the 90 days for which AWS lists requests.
    """
    eyes = desk.eyes["member"]
    listed = eyes.pages("service-quotas", "ListRequestedServiceQuotaChangeHistory", "RequestedQuotas")
    requests = [held for held in listed if held["Status"] in _RAISED]
    if requests:
        lines = [
            f"{held['ServiceCode']} {held['QuotaName']}: {held['DesiredValue']:g} ({held['Status']})"
            for held in requests
        ]
        raised = Message("quotas-raised", count=len(lines))
        yield reports.on(eyes.account_id).warn(raised, text="\n".join(sorted(lines)))


@reading(
    "D17",
    subject="callers",
    where=("member",),
    actions=("cloudtrail:LookupEvents",),
    page=_DOCS + "awscloudtrail/latest/userguide/view-cloudtrail-events.html",
    severity=Verdict.WARN,
)
def callers(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Who called Organizations in the last 90 days, as CloudTrail's history tells; this tool's own calls apart."""
    eyes = desk.eyes["member"]
    report, counted = reports.on(eyes.account_id), _callers(eyes)
    if counted:
        yield report.warn(Message("callers-found", count=len(counted)), text=_listed(counted))
    else:
        yield report.ok(Message("callers-none"))


@reading(
    "D17.source",
    subject="callers",
    where=("source",),
    actions=("cloudtrail:LookupEvents",),
    page=_DOCS + "awscloudtrail/latest/userguide/view-cloudtrail-events.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def callers_of_the_source(desk: CheckContext, reports: Reports) -> Iterator[Finding]:
    """The same of the source's management account: what lists accounts there loses sight of those that move."""
    report, counted = reports.on(""), _callers(desk.eyes["source"])
    if counted:
        yield report.warn(Message("callers-in-source-found", count=len(counted)), text=_listed(counted))
    else:
        yield report.ok(Message("callers-in-source-none"))


def _callers(eyes: Eyes) -> Counter[str]:
    """How often each caller called, by the name that CloudTrail gives."""
    answer = eyes.pages(
        "cloudtrail",
        "LookupEvents",
        "Events",
        LookupAttributes=[{"AttributeKey": "EventSource", "AttributeValue": "organizations.amazonaws.com"}],
    )
    return Counter(event.get("Username", "-") for event in answer if _is_call_of_others(event))


def _listed(counted: Counter[str]) -> str:
    return "\n".join(f"{name}: {times}" for name, times in counted.most_common())


def _is_call_of_others(event: Any) -> bool:
    """Neither a call of this tool nor what AWS notes by itself, such as that an account has joined."""
    told = json.loads(event.get("CloudTrailEvent", "{}"))
    return AGENT not in told.get("userAgent", "") and told.get("eventType") != "AwsServiceEvent"
