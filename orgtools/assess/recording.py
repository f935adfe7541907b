"""What records an account's activity and configuration: D9, D10."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import Desk, Reports, reading
from orgtools.findings import Finding, Status
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRAIL: Final = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"
_CONFIG: Final = "https://docs.aws.amazon.com/config/latest/developerguide/"
_TOWER: Final = "https://docs.aws.amazon.com/controltower/latest/userguide/"
_OF_THE_ORGANIZATION: Final = "config-multiaccountsetup.amazonaws.com"
"""Who creates the organization's rules. Those of any conformance pack, also the account's own, have another creator."""


@reading(
    "D9",
    subject="recording",
    where=("member",),
    actions=("cloudtrail:DescribeTrails",),
    page=_TRAIL + "creating-trail-organization.html",
    severity=Status.WARN,
    regional=True,
)
def activity_recorded(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """The organization's trail is deleted from an account that leaves; its own trails go on.

    What it does not see: whether a trail is logging at all, and event data stores of CloudTrail Lake.
    """
    report = reports.on(desk.accounts[0].account_id)
    trails = desk.eyes["member"].ask("cloudtrail", "DescribeTrails", includeShadowTrails=True)["trailList"]
    own = [trail for trail in trails if not trail.get("IsOrganizationTrail")]
    shared = [trail for trail in trails if trail.get("IsOrganizationTrail")]
    rest = f"{many(len(own), 'trail')} of its own {verb(len(own), 'go')} on" if own else "it has no trail of its own"
    for trail in shared:
        yield report.warn(
            f"the organization's trail {trail['Name']} stops recording it; {rest}", resource=trail.get("TrailARN", "")
        )
    if own and not shared:
        yield report.ok(f"{rest}; the organization has none here")
    elif not own and not shared:
        yield report.ok("nothing records it here, so nothing stops")


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
    severity=Status.BLOCK,
    regional=True,
)
def config_is_free(desk: Desk, reports: Reports) -> Iterator[Finding]:
    """Control Tower refuses an account that has any of these; the organization's rules go with the move.

    What it does not see: aggregators of the organization, which need no authorization from the account.
    """
    report, eyes = reports.on(desk.accounts[0].account_id), desk.eyes["member"]
    recorders = eyes.ask("config", "DescribeConfigurationRecorders").get("ConfigurationRecorders", [])
    channels = eyes.ask("config", "DescribeDeliveryChannels").get("DeliveryChannels", [])
    own = [item["name"] for item in recorders if not item.get("servicePrincipal")]
    authorized = list(eyes.pages("config", "DescribeAggregationAuthorizations", "AggregationAuthorizations"))
    if own or channels or (authorized and desk.brief.landing_zone is not False):
        names = ", ".join([
            *own,
            *(channel["name"] for channel in channels),
            *(f"account {held['AuthorizedAccountId']} may aggregate" for held in authorized),
        ])  # fmt: skip
        counts = f"{many(len(own), 'recorder')}, {many(len(channels), 'delivery channel')}"
        words = f"it has {counts} and {many(len(authorized), 'aggregation authorization')} ({names})"
        if desk.brief.landing_zone and desk.accounts[0].account_id in desk.brief.config_allowed:
            yield report.info(f"{words}: AWS Support has allowed them, says migration.toml")
        elif desk.brief.landing_zone:
            yield report.block(f"{words}: the destination's Control Tower does not enroll it with them")
        elif desk.brief.landing_zone is None:
            grant = "Grant controltower:ListLandingZones to the caller in the destination, then assess again."
            yield report.unknown(f"{words}, and whether the destination has Control Tower could not be seen", grant)
        else:
            yield report.info(f"{words}: they go on")
    else:
        yield report.ok("no recorder, delivery channel or aggregation authorization is in the way")
    rules = [
        rule["ConfigRuleName"]
        for rule in eyes.pages("config", "DescribeConfigRules", "ConfigRules")
        if rule.get("CreatedBy") == _OF_THE_ORGANIZATION or rule["ConfigRuleName"].startswith("OrgConfigRule-")
    ]
    packs = [
        pack["ConformancePackName"]
        for pack in eyes.pages("config", "DescribeConformancePacks", "ConformancePackDetails")
        if pack["ConformancePackName"].startswith("OrgConformsPack-")
    ]
    if rules or packs:
        words = f"{many(len(rules), 'rule')} and {many(len(packs), 'conformance pack')} of the organization go"
        yield report.warn(words, text="\n".join([*rules, *packs]), remedy="Deploy them from the destination.")
    for held in authorized:
        yield report.info(
            f"it lets account {held['AuthorizedAccountId']} aggregate its configuration: that goes on",
            resource=held.get("AggregationAuthorizationArn", ""),
        )
