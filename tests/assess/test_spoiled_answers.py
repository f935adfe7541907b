"""AWS's answers, spoiled on the wire: no check takes for nothing, or for fine, what it could not read.

Every operation that a check asks answers what botocore's model says, whole but for one thing. Every check is made, so
that the answers of all services are tried, also those that the rehearsal does not give.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.assess.catalogue import CheckContext
from orgtools.assess.run.tasks import read
from orgtools.aws.read.read_only import ReadOnlyReader
from orgtools.findings import Finding, Verdict
from tests import values
from tests.assess.answering import BRIEF
from tests.assess.wire import GONE, Place, Spoiled, Wire, documents, is_xml, places, scalars
from tests.tiers import examples, seed_of

if TYPE_CHECKING:
    from collections import Counter

    from botocore.model import OperationModel, Shape

CHECKS: Final = [name for name, known in CATALOGUE.items() if known.read is not None and name != "E15"]
"""Those that read from AWS themselves; E15 is said of whoever was entered."""
NEEDED: Final = {
    ("B3.support", "support:DescribeSeverityLevels", "severityLevels"),
    ("B3.tax", "taxsettings:GetTaxInheritance", "heritageStatus"),
    ("D1", "cloudformation:ListStackInstances", "Summaries"),
    ("D1", "cloudformation:ListStackSets", "Summaries"),
    ("D1", "cloudformation:ListStackSets", "Summaries.*.AutoDeployment"),
    ("D1", "cloudformation:ListStackSets", "Summaries.*.PermissionModel"),
    ("D2", "cloudformation:ListStackSetAutoDeploymentTargets", "Summaries"),
    ("D2", "cloudformation:ListStackSets", "Summaries.*.AutoDeployment.Enabled"),
    ("D3", "ram:GetResourceShares", "resourceShares"),
    ("D3", "ram:GetResourceShares", "resourceShares.*.status"),
    ("D4", "sso-admin:ListAccountAssignments", "AccountAssignments"),
    ("D4", "sso-admin:ListInstances", "Instances"),
    ("D4", "sso-admin:ListPermissionSetsProvisionedToAccount", "PermissionSets"),
    ("D7.iam", "iam:GetAccountAuthorizationDetails", "GroupDetailList"),
    ("D7.iam", "iam:GetAccountAuthorizationDetails", "Policies"),
    ("D7.iam", "iam:GetAccountAuthorizationDetails", "RoleDetailList.*.AssumeRolePolicyDocument"),
    ("D7.opensearch", "opensearch:DescribeDomain", "DomainStatus"),
    ("D7.sns", "sns:GetTopicAttributes", "Attributes"),
    ("D7.s3vectors", "s3vectors:ListVectorBuckets", "vectorBuckets"),
    ("D9", "cloudtrail:DescribeTrails", "trailList.*.IsOrganizationTrail"),
    ("D10", "config:DescribeAggregationAuthorizations", "AggregationAuthorizations"),
    ("D10", "config:DescribeConfigRules", "ConfigRules"),
    ("D10", "config:DescribeConfigurationRecorders", "ConfigurationRecorders"),
    ("D10", "config:DescribeConformancePacks", "ConformancePackDetails"),
    ("D10", "config:DescribeDeliveryChannels", "DeliveryChannels"),
    ("D11.detective", "detective:ListInvitations", "Invitations.*.Status"),
    ("D11.guardduty", "guardduty:GetAdministratorAccount", "Administrator.AccountId"),
    ("D12.backup", "backup:DescribeGlobalSettings", "GlobalSettings"),
    ("D13.endpoints", "ec2:DescribeVpcEndpointServicePermissions", "AllowedPrincipals.*.Principal"),
    ("D13.images", "ec2:DescribeImageAttribute", "LaunchPermissions"),
    ("D16", "service-quotas:ListRequestedServiceQuotaChangeHistory", "RequestedQuotas.*.Status"),
    ("E4", "organizations:DescribeOrganization", "Organization.MasterAccountId"),
    ("E11", "organizations:ListHandshakesForAccount", "Handshakes"),
    ("E16", "iam:GetAccountAuthorizationDetails", "RoleDetailList"),
    ("E19", "account:ListRegions", "Regions"),
    ("E19.management", "account:ListRegions", "Regions"),
    ("E17", "controltower:ListEnabledBaselines", "enabledBaselines"),
    ("E17", "controltower:ListLandingZones", "landingZones"),
    ("E18", "organizations:ListInboundResponsibilityTransfers", "ResponsibilityTransfers.*.Status"),
}
"""What AWS always sends, and a check cannot do without."""


@pytest.fixture(scope="module")
def wire() -> Wire:
    """Clients that are made once."""
    return Wire()


@pytest.fixture(scope="module")
def operations(wire: Wire) -> dict[str, list[str]]:
    """What each check asks where nothing is spoiled."""
    return {check: _made(wire, check)[1] for check in CHECKS}


def _made(wire: Wire, check: str, spoiled: Spoiled | None = None) -> tuple[list[Finding], list[str]]:
    """What a check finds, and the operations that it asked."""
    known = CATALOGUE[check]
    region = "us-east-1" if known.regional else ""
    readers = {side: ReadOnlyReader(wire.client, values.ACCOUNT, region=region, guarded=True) for side in known.where}
    seen = values.snapshot(values.source(values.member()), values.destination())
    wire.spoiled = spoiled
    wire.called.clear()
    found = read(known, CheckContext((values.planned(),), BRIEF, readers, region, seen))
    return found, list(dict.fromkeys(wire.called))


def _other_kinds(model: OperationModel, shape: Shape) -> tuple[Any, ...]:
    """What is none of that kind, as the operation's protocol can say it; null is AWS's way to leave something out."""
    if is_xml(model):
        return ("x", 0, True)
    return ("", "x", 0, True, False, *([{}, {"x": 1}] if shape.type_name == "list" else [[], ["x"]]))


def _wrong(found: list[Finding], spoiled: Spoiled) -> list[str]:
    said = {finding.status for finding in found}
    wrong = Verdict.OK in said or Verdict.UNKNOWN not in said
    return [f"{spoiled}: {found}"] if wrong else _tracebacks(found, spoiled)


def _tracebacks(found: list[Finding], spoiled: Spoiled) -> list[str]:
    failed = [finding for finding in found if finding.evidence.code == "look-failed"]
    return [f"{spoiled}: {failed}"] if failed else []


@pytest.mark.hypothesis  # make exhaustive tries more
@pytest.mark.timeout(1800)
def test_what_is_of_another_kind_is_unknown_and_never_none(
    wire: Wire, operations: dict[str, list[str]], tried: Counter[str], pytestconfig: pytest.Config
) -> None:
    """In the place of a list, a map or a structure, of any answer: the outermost of each operation, and some others."""
    dice, wrong, asked = random.Random(seed_of(pytestconfig)), list[str](), set[str]()  # noqa: S311 (no secret)
    for check in CHECKS:
        for operation in operations[check]:
            model = wire.models[operation]
            there = list(places(model))
            others = dice.sample(there[1:], min(examples(1), len(there[1:]))) if operation not in asked else []
            for place, shape in [*there[:1], *others]:
                spoiled = Spoiled(operation, place, dice.choice(_other_kinds(model, shape)))
                wrong += _wrong(_made(wire, check, spoiled)[0], spoiled)
                tried["AWS answers"] += 1
            asked.add(operation)
    assert wrong == []
    assert len(asked) >= 110


def test_what_is_gone_and_always_comes_is_unknown_and_never_none(wire: Wire, tried: Counter[str]) -> None:
    """A list that AWS left out is not an empty list, where AWS sends that."""
    wrong = list[str]()
    for check, operation, place in sorted(NEEDED):
        spoiled = Spoiled(operation, tuple(place.split(".")), GONE)
        found, asked = _made(wire, check, spoiled)
        assert operation in asked, spoiled
        wrong += _wrong(found, spoiled)
        tried["AWS answers"] += 1
    assert wrong == []


@pytest.mark.hypothesis  # make exhaustive tries more
@pytest.mark.timeout(1800)
def test_no_single_value_ends_a_check_without_a_sentence(
    wire: Wire, operations: dict[str, list[str]], tried: Counter[str], pytestconfig: pytest.Config
) -> None:
    """Gone, or of another kind: refused by whoever reads it, in words and not by an exception of Python."""
    dice, wrong = random.Random(seed_of(pytestconfig)), list[str]()  # noqa: S311 (no secret)
    for check in CHECKS:
        for operation in operations[check]:
            there = list(scalars(wire.models[operation]))
            for place in dice.sample(there, min(examples(1), len(there))):
                spoiled = Spoiled(operation, place, dice.choice((GONE, {}, [], {"x": 1}, ["x"], 0, True, "x")))
                wrong += _tracebacks(_made(wire, check, spoiled)[0], spoiled)
                tried["AWS answers"] += 1
    assert wrong == []


@pytest.mark.parametrize("text", ["", "x", "5", "[]", "{}", '{"Statement": 5}', '{"Statement": [{"Principal": 5}]}'])
def test_no_text_in_the_place_of_a_document_ends_a_check_without_a_sentence(
    wire: Wire, operations: dict[str, list[str]], text: str
) -> None:
    """A policy or an event that AWS holds as text, and that is none."""
    wrong, tried = list[str](), 0
    for check in CHECKS:
        for operation in operations[check]:
            for place in documents(wire.models[operation]):
                spoiled = Spoiled(operation, place, text)
                wrong += _tracebacks(_made(wire, check, spoiled)[0], spoiled)
                tried += 1
    assert wrong == []
    assert tried >= 20


def test_what_nobody_reads_may_be_of_another_kind(wire: Wire) -> None:
    """Single values are not always what AWS's model says; a check goes on where it does not need them."""
    place: Place = ("ConfigurationRecorders", "*", "roleARN")
    honest, _ = _made(wire, "D10")
    assert _made(wire, "D10", Spoiled("config:DescribeConfigurationRecorders", place, 5))[0] == honest
    read_one = Spoiled("config:DescribeConfigurationRecorders", (*place[:2], "servicePrincipal"), 5)
    (refused,) = _made(wire, "D10", read_one)[0]
    assert refused.evidence.facts["why"].code == "answer-odd"
