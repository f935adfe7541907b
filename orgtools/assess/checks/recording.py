"""What records an account's activity and configuration: D9, D10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CheckContext, Reports, reading
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRAIL: Final = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"
_TOWER: Final = "https://docs.aws.amazon.com/controltower/latest/userguide/"
_OF_THE_ORGANIZATION: Final = "config-multiaccountsetup.amazonaws.com"
"""Who creates the organization's rules. Those of any conformance pack, also the account's own, have another creator."""


@reading(
    "D9",
    subject="recording",
    where=("member",),
    actions=("cloudtrail:DescribeTrails",),
    page=_TRAIL + "creating-trail-organization.html",
    severity=Verdict.WARN,
    regional=True,
)
def activity_recorded(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """The organization's trail is deleted from an account that leaves; its own trails go on.

    What it does not see: whether a trail is logging at all, and event data stores of CloudTrail Lake.
    """
    report = reports.on(context.accounts[0].account_id)
    trails = context.readers["member"].ask("cloudtrail", "DescribeTrails", includeShadowTrails=True)["trailList"]
    own = [trail for trail in trails if not trail["IsOrganizationTrail"]]
    shared = [trail for trail in trails if trail["IsOrganizationTrail"]]
    for trail in shared:
        yield report.warn(
            Message("trail-stops", name=trail["Name"], count=len(own)), resource=trail.get("TrailARN", "")
        )
    if own and not shared:
        yield report.ok(Message("trails-continue", count=len(own)))
    elif not own and not shared:
        yield report.ok(Message("trails-none"))


@reading(
    "D10",
    subject="recording",
    where=("member",),
    actions=(
        "config:DescribeAggregationAuthorizations",
        "config:DescribeConfigRules",
        "config:DescribeConfigurationRecorders",
        "config:DescribeConformancePacks",
        "config:DescribeDeliveryChannels",
    ),
    page=_TOWER + "existing-config-resources.html",
    regional=True,
)
def config_is_free(context: CheckContext, reports: Reports) -> Iterator[Finding]:
    """Control Tower refuses an account that has any of these; the organization's rules go with the move.

    What it does not see: aggregators of the organization, which need no authorization from the account.
    """
    report, reader = reports.on(context.accounts[0].account_id), context.readers["member"]
    recorders = reader.ask("config", "DescribeConfigurationRecorders")["ConfigurationRecorders"]
    channels = reader.ask("config", "DescribeDeliveryChannels")["DeliveryChannels"]
    own = [item["name"] for item in recorders if not item.get("servicePrincipal")]
    authorized = list(reader.pages("config", "DescribeAggregationAuthorizations", "AggregationAuthorizations"))
    if own or channels or (authorized and context.brief.landing_zone is not False):
        held = Message(
            "config-resources",
            recorders=len(own),
            channels=len(channels),
            authorizations=len(authorized),
        )
        accounts = [granted["AuthorizedAccountId"] for granted in authorized]
        text = "\n".join([*own, *(channel["name"] for channel in channels), *accounts])
        if context.brief.landing_zone and context.accounts[0].account_id in context.brief.config_allowed:
            yield report.info(Message("config-allowed", why=held), text=text)
        elif context.brief.landing_zone:
            yield report.block(Message("config-in-the-way", why=held), text=text)
        elif context.brief.landing_zone is None:
            yield report.unknown(Message("config-perhaps-in-the-way", why=held), text=text)
        else:
            yield report.info(Message("config-stays", why=held), text=text)
    else:
        yield report.ok(Message("config-resources-none"))
    rules = [
        rule["ConfigRuleName"]
        for rule in reader.pages("config", "DescribeConfigRules", "ConfigRules")
        if rule.get("CreatedBy") == _OF_THE_ORGANIZATION or rule["ConfigRuleName"].startswith("OrgConfigRule-")
    ]
    packs = [
        pack["ConformancePackName"]
        for pack in reader.pages("config", "DescribeConformancePacks", "ConformancePackDetails")
        if pack["ConformancePackName"].startswith("OrgConformsPack-")
    ]
    if rules or packs:
        removed = Message("config-rules-removed", rules=len(rules), packs=len(packs))
        yield report.warn(removed, text="\n".join([*rules, *packs]))
    for granted in authorized:
        yield report.info(
            Message("config-aggregated", account=granted["AuthorizedAccountId"]),
            resource=granted.get("AggregationAuthorizationArn", ""),
        )
