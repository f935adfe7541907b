"""What an account has through its organization besides policies and shares: E6, D12, D13, D15, D16, D17."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, Desk, Reports, reading
from orgtools.aws.credentials import AGENT
from orgtools.findings import Finding, Status
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import Report
    from orgtools.aws.looking import Eyes

_DOCS: Final = "https://docs.aws.amazon.com/"
_BATCH: Final = 1000
_RAISED: Final = {"APPROVED": "", "CASE_CLOSED": " (look into its support case)"}


@reading(
    "E6",
    subject="eligibility",
    where=("source", "destination"),
    actions=("invoicing:BatchGetInvoiceProfile",),
    page=GUIDE + "orgs_account_migration.html",
    severity=Status.BLOCK,
)
def same_seller(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Who issues the account's invoices, beside who issues the destination's."""
    brief = desk.brief
    if brief.source.partition != brief.destination.partition:
        words = f"the source is in {brief.source.partition}, the destination in {brief.destination.partition}"
        for account in desk.accounts:
            yield reports.on(account.account_id).block(words)
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
            yield report.unknown("AWS names no seller of record", "Look at who issues the invoices of both, by hand.")
        elif of_account != issuer[management]:
            yield report.block(f"{of_account} sells to it, {issuer[management]} to the destination")
        else:
            yield report.ok(f"{of_account} sells to both")


def _issuers(answer: Any) -> dict[str, str]:
    return {held["AccountId"]: held["Issuer"] for held in answer["Profiles"] if held.get("Issuer")}


@reading(
    "D12.backup",
    subject="sharing",
    where=("source",),
    actions=("backup:DescribeGlobalSettings",),
    silent=True,
    page=_DOCS + "aws-backup/latest/devguide/create-cross-account-backup.html",
    severity=Status.WARN,
    concerns="organization",
)
def cross_account_backup(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Cross-account backup works within one organization only. Backup policies are D6's, vault policies D7's."""
    settings = desk.eyes["source"].ask("backup", "DescribeGlobalSettings").get("GlobalSettings", {})
    if settings.get("isCrossAccountBackupEnabled") == "true":
        yield reports.on("").warn(
            "the source copies backups between its accounts; to and from those that leave it ends"
        )


@reading(
    "D12.ipam",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeIpamPools",),
    silent=True,
    page=_DOCS + "vpc/latest/ipam/share-pool-ipam.html",
    severity=Status.WARN,
    regional=True,
)
def address_pools(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Pools of IPAM that others own."""
    eyes = desk.eyes["member"]
    for pool in eyes.pages("ec2", "DescribeIpamPools", "IpamPools"):
        if pool["OwnerId"] != eyes.account_id:
            words = f"account {pool['OwnerId']} shares the address pool {pool['IpamPoolId']} with it"
            yield reports.on(eyes.account_id).warn(words, resource=pool["IpamPoolArn"])


@reading(
    "D12.licenses",
    subject="sharing",
    where=("member",),
    actions=("license-manager:ListReceivedLicenses",),
    silent=True,
    page=_DOCS + "license-manager/latest/userguide/granted-licenses.html",
    severity=Status.WARN,
    regional=True,
)
def licenses(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Licenses that were granted to the account, directly or through its organization: AWS does not say which way."""
    eyes = desk.eyes["member"]
    for received in eyes.pages("license-manager", "ListReceivedLicenses", "Licenses"):
        words = f"it uses the license {received.get('LicenseName', '')}, granted by another account"
        yield reports.on(eyes.account_id).warn(words, resource=received.get("LicenseArn", ""))


@reading(
    "D12.portfolios",
    subject="sharing",
    where=("member",),
    actions=("servicecatalog:ListAcceptedPortfolioShares",),
    silent=True,
    page=_DOCS + "servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html",
    severity=Status.WARN,
    regional=True,
)
def portfolios(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Portfolios that are shared with it through the organization; what was provisioned from them stays."""
    eyes = desk.eyes["member"]
    asked = {"PortfolioShareType": "AWS_ORGANIZATIONS"}
    for portfolio in eyes.pages("servicecatalog", "ListAcceptedPortfolioShares", "PortfolioDetails", **asked):
        words = f"the portfolio {portfolio['DisplayName']} is shared with it through the organization"
        yield reports.on(eyes.account_id).warn(words, resource=portfolio["ARN"])


@reading(
    "D13.images",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeImageAttribute", "ec2:DescribeImages"),
    silent=True,
    page=_DOCS + "AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
    severity=Status.WARN,
    regional=True,
)
def images(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Its own images that name the source or a unit of it. Images that it launches from others' cannot be seen here."""
    eyes = desk.eyes["member"]
    for image in eyes.pages("ec2", "DescribeImages", "Images", Owners=["self"]):
        asked = {"ImageId": image["ImageId"], "Attribute": "launchPermission"}
        permissions = eyes.ask("ec2", "DescribeImageAttribute", **asked).get("LaunchPermissions", [])
        named = [held.get("OrganizationArn") or held.get("OrganizationalUnitArn") for held in permissions]
        source = [arn for arn in named if arn and desk.brief.names_source(arn)]
        if source:
            words = f"image {image['ImageId']} is shared with the source organization"
            yield reports.on(eyes.account_id).warn(words, resource=image["ImageId"], text="\n".join(source))


@reading(
    "D13.lists",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeManagedPrefixLists",),
    silent=True,
    page=_DOCS + "vpc/latest/userguide/sharing-managed-prefix-lists.html",
    severity=Status.WARN,
    regional=True,
)
def prefix_lists(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Lists of other accounts, AWS's own apart."""
    eyes = desk.eyes["member"]
    for held in eyes.pages("ec2", "DescribeManagedPrefixLists", "PrefixLists"):
        if held.get("OwnerId") not in ("AWS", eyes.account_id):
            words = f"account {held['OwnerId']} shares the prefix list {held['PrefixListName']} with it"
            yield reports.on(eyes.account_id).warn(words, resource=held["PrefixListArn"])


@reading(
    "D13.endpoints",
    subject="sharing",
    where=("member",),
    actions=("ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions"),
    silent=True,
    page=_DOCS + "vpc/latest/privatelink/configure-endpoint-service.html",
    severity=Status.WARN,
    regional=True,
)
def endpoint_services(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Endpoint services of its own that name the source or a unit of it."""
    eyes = desk.eyes["member"]
    services = eyes.pages("ec2", "DescribeVpcEndpointServiceConfigurations", "ServiceConfigurations")
    for service in services:
        asked = {"ServiceId": service["ServiceId"]}
        for allowed in eyes.pages("ec2", "DescribeVpcEndpointServicePermissions", "AllowedPrincipals", **asked):
            if desk.brief.names_source(allowed.get("Principal", "")):
                words = f"endpoint service {service['ServiceName']} admits {allowed['Principal']}"
                yield reports.on(eyes.account_id).warn(words, resource=service["ServiceId"])


@reading(
    "D15",
    subject="agreements",
    where=("member",),
    actions=("artifact:ListCustomerAgreements",),
    silent=True,
    page=_DOCS + "artifact/latest/ug/managing-agreements.html",
    severity=Status.WARN,
)
def agreements(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Active agreements that the organization accepted for its members."""
    eyes = desk.eyes["member"]
    for agreement in eyes.pages("artifact", "ListCustomerAgreements", "customerAgreements"):
        if agreement.get("state") == "ACTIVE" and agreement.get("organizationArn"):
            words = f"the agreement {agreement['name']} is the organization's: it ends for the account"
            yield reports.on(eyes.account_id).warn(words, resource=agreement["arn"])


@reading(
    "D16",
    subject="agreements",
    where=("member",),
    actions=("servicequotas:ListRequestedServiceQuotaChangeHistory",),
    silent=True,
    page=_DOCS + "servicequotas/latest/userguide/quota-history.html",
    severity=Status.WARN,
    regional=True,
)
def raised_quotas(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Requests that were approved, or whose support case was closed: only the case tells what came of it.

    What it cannot see: anything older than the 90 days for which AWS lists requests.
    """
    eyes = desk.eyes["member"]
    listed = eyes.pages("service-quotas", "ListRequestedServiceQuotaChangeHistory", "RequestedQuotas")
    requests = [held for held in listed if held.get("Status") in _RAISED]
    if requests:
        lines = [
            f"{held['ServiceCode']} {held['QuotaName']}: {held['DesiredValue']:g}{_RAISED[held['Status']]}"
            for held in requests
        ]
        words = f"{many(len(lines), 'quota')} {verb(len(lines), 'were')} raised lately, or may have been"
        yield reports.on(eyes.account_id).warn(words, text="\n".join(sorted(lines)))


@reading(
    "D17",
    subject="callers",
    where=("member",),
    actions=("cloudtrail:LookupEvents",),
    page=_DOCS + "awscloudtrail/latest/userguide/view-cloudtrail-events.html",
    severity=Status.WARN,
)
def callers(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Who called Organizations in the last 90 days, as CloudTrail's history tells; this tool's own calls apart."""
    eyes = desk.eyes["member"]
    yield _callers(eyes, reports.on(eyes.account_id))


@reading(
    "D17.source",
    subject="callers",
    where=("source",),
    actions=("cloudtrail:LookupEvents",),
    page=_DOCS + "awscloudtrail/latest/userguide/view-cloudtrail-events.html",
    severity=Status.WARN,
    concerns="organization",
)
def callers_of_the_source(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """The same of the source's management account: what lists accounts there loses sight of those that move."""
    yield _callers(desk.eyes["source"], reports.on(""))


def _callers(eyes: Eyes, report: Report) -> Finding:
    answer = eyes.pages(
        "cloudtrail",
        "LookupEvents",
        "Events",
        LookupAttributes=[{"AttributeKey": "EventSource", "AttributeValue": "organizations.amazonaws.com"}],
    )
    counted = Counter(event.get("Username", "unnamed") for event in answer if _is_call_of_others(event))
    if counted:
        lines = [f"{name}: {many(times, 'call')}" for name, times in counted.most_common()]
        words = f"{many(len(counted), 'caller')} called AWS Organizations in the last {timedelta(days=90).days} days"
        return report.warn(words, text="\n".join(lines))
    return report.ok("nobody in it called AWS Organizations in the last 90 days")


def _is_call_of_others(event: Any) -> bool:
    """Neither a call of this tool nor what AWS notes by itself, such as that an account has joined."""
    told = json.loads(event.get("CloudTrailEvent", "{}"))
    return AGENT not in told.get("userAgent", "") and told.get("eventType") != "AwsServiceEvent"
