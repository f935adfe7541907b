"""What an account has through its organization besides policies and shares: E6, D12, D13, D15, D16, D17."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Reports, reading
from orgtools.aws.calls.answers import document
from orgtools.aws.sessions.credentials import AGENT
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.aws.read.read_only import ReadOnlyReader

_DOCS: Final = "https://docs.aws.amazon.com/"
_BATCH: Final = 1000
_RAISED: Final = ("APPROVED", "CASE_CLOSED")
_TRAIL: Final = _DOCS + "awscloudtrail/latest/userguide/view-cloudtrail-events.html"
_calling = partial(reading, subject="callers", actions=("cloudtrail:LookupEvents",), page=_TRAIL, severity=Verdict.WARN)
_sharing = partial(reading, subject="sharing", where=("member",), silent=True, severity=Verdict.WARN, regional=True)


@reading(
    "E6",
    subject="eligibility",
    where=("source", "destination"),
    actions=("invoicing:BatchGetInvoiceProfile",),
    page=GUIDE + "orgs_account_migration.html",
)
def same_seller(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Who issues the account's invoices, beside who issues the destination's."""
    brief = context.brief
    if brief.source.partition != brief.destination.partition:
        differ = Message("account-partitions-differ", partitions=[brief.source.partition, brief.destination.partition])
        for account in context.accounts:
            yield reports.on(account.account_id).block(differ)
        return
    management = brief.destination.management_account_id
    issuer = _issuers(
        context.readers["destination"].ask("invoicing", "BatchGetInvoiceProfile", AccountIds=[management])
    )
    ids = [account.account_id for account in context.accounts]
    held: dict[str, str] = {}
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        held |= _issuers(context.readers["source"].ask("invoicing", "BatchGetInvoiceProfile", AccountIds=some))
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
def cross_account_backup(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Cross-account backup works within one organization only. Backup policies are D6's, vault policies D7's."""
    settings = context.readers["source"].ask("backup", "DescribeGlobalSettings")["GlobalSettings"]
    if settings["isCrossAccountBackupEnabled"] == "true":
        yield reports.on("").warn(Message("backups-copied"))


@_sharing("D12.ipam", actions=("ec2:DescribeIpamPools",), page=_DOCS + "vpc/latest/ipam/share-pool-ipam.html")
def address_pools(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Pools of IPAM that others own."""
    reader = context.readers["member"]
    for pool in reader.pages("ec2", "DescribeIpamPools", "IpamPools"):
        if pool["OwnerId"] != reader.account_id:
            received = Message("address-pool-received", account=pool["OwnerId"], name=pool["IpamPoolId"])
            yield reports.on(reader.account_id).warn(received, resource=pool["IpamPoolArn"])


@_sharing(
    "D12.licenses",
    actions=("license-manager:ListReceivedLicenses",),
    page=_DOCS + "license-manager/latest/userguide/granted-licenses.html",
)
def licenses(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Licenses that were granted to the account, directly or through its organization: AWS does not say which way."""
    reader = context.readers["member"]
    for received in reader.pages("license-manager", "ListReceivedLicenses", "Licenses"):
        granted = Message("license-received", name=received.get("LicenseName", ""))
        yield reports.on(reader.account_id).warn(granted, resource=received.get("LicenseArn", ""))


@_sharing(
    "D12.portfolios",
    actions=("servicecatalog:ListAcceptedPortfolioShares",),
    page=_DOCS + "servicecatalog/latest/adminguide/catalogs_portfolios_sharing.html",
)
def portfolios(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Portfolios that are shared with it through the organization; what was provisioned from them stays."""
    reader = context.readers["member"]
    asked = {"PortfolioShareType": "AWS_ORGANIZATIONS"}
    for portfolio in reader.pages("servicecatalog", "ListAcceptedPortfolioShares", "PortfolioDetails", **asked):
        shared = Message("portfolio-received", name=portfolio["DisplayName"])
        yield reports.on(reader.account_id).warn(shared, resource=portfolio["ARN"])


@_sharing(
    "D13.images",
    actions=("ec2:DescribeImageAttribute", "ec2:DescribeImages"),
    page=_DOCS + "AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html",
)
def images(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Its own images that name the source or a unit of it. Images that it launches from others' cannot be seen here."""
    reader = context.readers["member"]
    for image in reader.pages("ec2", "DescribeImages", "Images", Owners=["self"]):
        asked = {"ImageId": image["ImageId"], "Attribute": "launchPermission"}
        permissions = reader.ask("ec2", "DescribeImageAttribute", **asked)["LaunchPermissions"]
        named = [held.get("OrganizationArn") or held.get("OrganizationalUnitArn") for held in permissions]
        source = [arn for arn in named if arn and context.brief.names_source(arn)]
        if source:
            shared = Message("image-shared", name=image["ImageId"])
            yield reports.on(reader.account_id).warn(shared, resource=image["ImageId"], text="\n".join(source))


@_sharing(
    "D13.lists",
    actions=("ec2:DescribeManagedPrefixLists",),
    page=_DOCS + "vpc/latest/userguide/sharing-managed-prefix-lists.html",
)
def prefix_lists(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Lists of other accounts, AWS's own apart."""
    reader = context.readers["member"]
    for held in reader.pages("ec2", "DescribeManagedPrefixLists", "PrefixLists"):
        if held.get("OwnerId") not in ("AWS", reader.account_id):
            received = Message("prefix-list-received", account=held["OwnerId"], name=held["PrefixListName"])
            yield reports.on(reader.account_id).warn(received, resource=held["PrefixListArn"])


@_sharing(
    "D13.endpoints",
    actions=("ec2:DescribeVpcEndpointServiceConfigurations", "ec2:DescribeVpcEndpointServicePermissions"),
    page=_DOCS + "vpc/latest/privatelink/configure-endpoint-service.html",
)
def endpoint_services(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Endpoint services of its own that name the source or a unit of it."""
    reader = context.readers["member"]
    services = reader.pages("ec2", "DescribeVpcEndpointServiceConfigurations", "ServiceConfigurations")
    for service in services:
        asked = {"ServiceId": service["ServiceId"]}
        for allowed in reader.pages("ec2", "DescribeVpcEndpointServicePermissions", "AllowedPrincipals", **asked):
            if context.brief.names_source(allowed["Principal"]):
                admits = Message("endpoint-service-admits", name=service["ServiceName"], principal=allowed["Principal"])
                yield reports.on(reader.account_id).warn(admits, resource=service["ServiceId"])


@reading(
    "D15",
    subject="agreements",
    where=("member",),
    actions=("artifact:ListCustomerAgreements",),
    silent=True,
    page=_DOCS + "artifact/latest/ug/managing-agreements.html",
    severity=Verdict.WARN,
)
def agreements(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Active agreements that the organization accepted for its members."""
    reader = context.readers["member"]
    for agreement in reader.pages("artifact", "ListCustomerAgreements", "customerAgreements"):
        if agreement["state"] == "ACTIVE" and agreement.get("organizationArn"):
            inherited = Message("agreement-inherited", name=agreement["name"])
            yield reports.on(reader.account_id).warn(inherited, resource=agreement["arn"])


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
def raised_quotas(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Requests that were approved, or whose support case was closed: only the case tells what came of it.

    What it cannot see: anything older than the 90 days for which AWS lists requests.
    """
    reader = context.readers["member"]
    listed = reader.pages("service-quotas", "ListRequestedServiceQuotaChangeHistory", "RequestedQuotas")
    requests = [held for held in listed if held["Status"] in _RAISED]
    if requests:
        lines = [
            f"{held['ServiceCode']} {held['QuotaName']}: {held['DesiredValue']:g} ({held['Status']})"
            for held in requests
        ]
        raised = Message("quotas-raised", count=len(lines))
        yield reports.on(reader.account_id).warn(raised, text="\n".join(sorted(lines)))


@_calling("D17", where=("member",))
def callers(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Who called Organizations in the last 90 days, as CloudTrail's history tells; this tool's own calls apart."""
    reader = context.readers["member"]
    report, counted = reports.on(reader.account_id), _callers(reader)
    if counted:
        yield report.warn(Message("callers-found", count=len(counted)), text=_listed(counted))
    else:
        yield report.ok(Message("callers-none"))


@_calling("D17.source", where=("source",), concerns="organization")
def callers_of_the_source(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """The same of the source's management account: what lists accounts there loses sight of those that move."""
    report, counted = reports.on(""), _callers(context.readers["source"])
    if counted:
        yield report.warn(Message("callers-in-source-found", count=len(counted)), text=_listed(counted))
    else:
        yield report.ok(Message("callers-in-source-none"))


def _callers(reader: ReadOnlyReader) -> Counter[str]:
    """How often each caller called, by the name that CloudTrail gives."""
    answer = reader.pages(
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
    told = document(event.get("CloudTrailEvent", "{}"), "CloudTrailEvent", "Event")
    return AGENT not in told.get("userAgent", "") and told.get("eventType") != "AwsServiceEvent"
