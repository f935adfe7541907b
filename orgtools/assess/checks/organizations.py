"""What the two organizations have set up: E3, E12, E17, E18, D8, D14."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import GUIDE, CheckContext, Report, Reports, SnapshotContext, check, reading
from orgtools.assess.checks.arriving import trusted_services
from orgtools.aws.masking import mask_secrets
from orgtools.aws.read.control_tower import GOVERNING
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_REST: Final = timedelta(days=7)
_MIGRATION: Final = GUIDE + "orgs_account_migration.html"


@check(
    "E3",
    subject="quotas",
    where=("destination",),
    actions=("organizations:ListAccounts",),
    page=_MIGRATION,
    concerns="organization",
)
def destination_old_enough(context: SnapshotContext, report: Report) -> Finding:
    """No field holds an organization's age; when its management account joined is the nearest."""
    destination = context.snapshot.destination
    management = destination.accounts.get(destination.identity.management_account_id)
    if management is None:
        return report.unknown(Message("destination-unlisted"))
    born, ready = management.joined_at, management.joined_at + _REST
    if ready <= context.snapshot.taken_at:
        return report.ok(Message("destination-created", created=born))
    return report.block(Message("destination-too-young", created=born, until=ready), ready.isoformat())


@check(
    "E12",
    subject="invitations",
    where=("destination",),
    actions=("organizations:DescribeOrganization", "organizations:ListHandshakesForOrganization"),
    page=GUIDE + "orgs_manage_org_support-all-features.html",
    concerns="organization",
    severity=Verdict.WARN,
)
def all_features(context: SnapshotContext, report: Report) -> Finding:
    """The user guide (support-all-features, accounts_invites) lets inviting go on; the API's reason does not."""
    destination = context.snapshot.destination
    enabling = [sent.id for sent in destination.handshakes if sent.action == "ENABLE_ALL_FEATURES" and sent.is_pending]
    if enabling:
        return report.warn(Message("features-in-progress", handshake=enabling[0]))
    if destination.identity.feature_set != "ALL":
        return report.warn(Message("features-missing", state=destination.identity.feature_set))
    return report.ok(Message("features-all"))


@reading(
    "E17",
    subject="control tower",
    where=("source",),
    actions=("controltower:ListBaselines", "controltower:ListEnabledBaselines", "controltower:ListLandingZones"),
    page="https://docs.aws.amazon.com/controltower/latest/userguide/unmanage-account.html",
    regional=True,
)
def not_enrolled(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Enrolled means that a baseline is enabled on the account itself; a landing zone lives in one region."""
    reader = context.readers["source"]
    if not list(reader.pages("controltower", "ListLandingZones", "landingZones")):
        for account in context.accounts:
            yield reports.on(account.account_id).ok(Message("landing-zone-none"))
        return
    names = {held["arn"]: held["name"] for held in reader.pages("controltower", "ListBaselines", "baselines")}
    governed: dict[str, tuple[str, str]] = {}
    for enabled in reader.pages("controltower", "ListEnabledBaselines", "enabledBaselines", includeChildren=True):
        name = names.get(enabled["baselineIdentifier"], enabled["baselineIdentifier"])
        governed[enabled["targetIdentifier"].rsplit("/", 1)[-1]] = name, enabled["arn"]
    for account in context.accounts:
        name, arn = governed.get(account.account_id, ("", ""))
        report = reports.on(account.account_id)
        if not arn:
            yield report.ok(Message("baseline-none"))
        elif name in GOVERNING:
            yield report.block(Message("baseline-governs", baseline=name), resource=arn)
        else:
            yield report.block(Message("baseline-of-shared-account", baseline=name), resource=arn)


@reading(
    "E18",
    subject="billing",
    where=("source", "destination"),
    actions=(
        "organizations:ListInboundResponsibilityTransfers",
        "organizations:ListOutboundResponsibilityTransfers",
    ),
    silent=True,
    page=GUIDE + "orgs_transfer_billing.html",
    severity=Verdict.WARN,
    concerns="organization",
)
def no_billing_transfer(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Either organization may pay for another one, or be paid for."""
    for side, reader in context.readers.items():
        for direction in ("Inbound", "Outbound"):
            for transfer in reader.pages(
                "organizations",
                f"List{direction}ResponsibilityTransfers",
                "ResponsibilityTransfers",
                Type="BILLING",
            ):
                if transfer["Status"] in ("ACCEPTED", "REQUESTED"):
                    found = Message("billing-transfer", side=side, kind=direction, state=transfer["Status"])
                    yield reports.on("").warn(found, resource=transfer.get("Arn", transfer.get("Id", "")))


@reading(
    "D8",
    subject="services",
    where=("source", "destination"),
    actions=("organizations:ListAWSServiceAccessForOrganization",),
    silent=True,
    page=GUIDE + "orgs_integrate_services.html",
    severity=Verdict.INFO,
    concerns="organization",
)
def trusted_access(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """What works through the source for every account, and what the destination has instead."""
    trusted = {side: trusted_services(reader) for side, reader in context.readers.items()}
    only = sorted(trusted["source"] - trusted["destination"])
    if only:
        yield reports.on("").info(Message("services-trusted-by-source-only", services=only))


@reading(
    "D14",
    subject="tags",
    where=("source",),
    actions=("organizations:ListTagsForResource",),
    page=GUIDE + "orgs_tagging.html",
    severity=Verdict.WARN,
)
def tags_carried_over(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Against the plan: a tag that accounts.csv gives another value is changed on purpose."""
    for account in context.accounts:
        report = reports.on(account.account_id)
        try:
            tags = list(
                context.readers["source"].pages(
                    "organizations", "ListTagsForResource", "Tags", ResourceId=account.account_id
                )
            )
        except RefusedError as error:
            yield report.unknown(Message("look-prevented", why=error.message))
            continue
        planned = {key for key, _ in account.tags}
        lost = [f"{tag['Key']}={tag['Value']}" for tag in tags if tag["Key"] not in planned]
        if lost:
            text = mask_secrets("; ".join(sorted(lost)))
            yield report.warn(Message("tags-lost", count=len(lost), total=len(tags)), text=text)
        elif tags:
            yield report.ok(Message("tags-kept", total=len(tags)))
        else:
            yield report.ok(Message("tags-none"))
