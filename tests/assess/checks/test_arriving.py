"""What arriving brings and ends: limits of services, costs, root, billing reports, Identity Center's region."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest

from orgtools import OrganizationError, RefusedError
from orgtools.assess import CATALOGUE
from orgtools.assess.checks.arriving import MOST, SWITCHING
from orgtools.assess.exporting.identity_center import Directory
from orgtools.aws.calls import error_table
from orgtools.aws.read.read_only import ReadOnlyReader
from orgtools.aws.read.restorable import Center
from orgtools.budget import Budget
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message
from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.scenario.switches import Switches
from orgtools.rehearsal.world import rules
from tests import values
from tests.assess.answering import DENIED, Aws, look

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot

TRUSTED: Final = "organizations:ListAWSServiceAccessForOrganization"
INSTANCE: Final = {"InstanceArn": "arn:aws:sso:::instance/ssoins-0000000000000001", "PrimaryRegion": "eu-central-1"}


def _trusting(*principals: str) -> dict[str, Any]:
    return {TRUSTED: {"EnabledServicePrincipals": [{"ServicePrincipal": name} for name in principals]}}


def _seen(members: int) -> Snapshot:
    side = values.destination()
    return values.snapshot(values.source(), side, budget=Budget(members, 0, None, 0, None))


@pytest.mark.parametrize("principal", MOST)
def test_each_trusted_service_has_its_own_limit(principal: str) -> None:
    """E8.services: the last account that fits, and the first that does not; only trusted services count."""
    name, most = MOST[principal]
    assert look("E8.services", _trusting(principal), seen=_seen(most - 1))[0].status is Verdict.OK
    found = look("E8.services", _trusting(principal), seen=_seen(most))
    assert [(one.status, one.evidence.facts["service"]) for one in found] == [(Verdict.WARN, name)]
    assert look("E8.services", _trusting(), seen=_seen(most))[0].status is Verdict.OK
    assert look("E8.services", {TRUSTED: DENIED}, seen=_seen(most))[0].status is Verdict.UNKNOWN


def test_control_tower_takes_a_thousand_in_a_unit_and_its_aggregators_a_thousand_a_week() -> None:
    """E8.services: both counted from the plan."""
    plan = [values.planned(f"3{number:011}") for number in range(1_001)]
    fits = look("E8.services", _trusting("controltower.amazonaws.com"), *plan[:1_000], seen=_seen(1))
    assert [one.status for one in fits] == [Verdict.OK]
    found = look("E8.services", _trusting("controltower.amazonaws.com"), *plan, seen=_seen(1))
    assert [one.evidence.code for one in found] == ["unit-too-large", "aggregators-slow"]


@pytest.mark.parametrize("principal", SWITCHING)
def test_what_joining_may_switch_on_is_named(principal: str) -> None:
    """D8.arrival: it costs, and twice where the account has its own."""
    (found,) = look("D8.arrival", _trusting(principal))
    assert (found.status, found.text) == (Verdict.WARN, SWITCHING[principal])
    assert look("D8.arrival", _trusting("sso.amazonaws.com"))[0].status is Verdict.OK


def test_new_members_have_no_root_credentials_where_root_is_managed_centrally() -> None:
    """E16.central: only where the feature is on; refused is unknown."""
    told = _trusting("iam.amazonaws.com")

    def found(answer: Any) -> Finding:
        (one,) = look("E16.central", told | {"iam:ListOrganizationsFeatures": answer})
        return one

    assert found({"EnabledFeatures": ["RootCredentialsManagement"]}).status is Verdict.WARN
    assert found({"EnabledFeatures": ["RootSessions"]}).status is Verdict.OK
    assert found("AccessDenied").status is Verdict.UNKNOWN
    assert look("E16.central", _trusting(), everything=False)[0].status is Verdict.OK


def test_billing_reports_are_downloaded_first() -> None:
    """B2.reports: before anything else that it asks for."""
    assert "download" in CATALOGUE["B2.reports"].remedy.partition(".")[0]


@pytest.mark.parametrize("reason", ["PAST_DUE_INVOICE", "UNUSED_PREPAYMENT_BALANCE", "LEGACY_PERMISSIONS_STILL_IN_USE"])
def test_what_aws_says_of_the_organization_is_asked_of_the_organization(reason: str) -> None:
    """The model says "your organization": paying for the one account would not help."""
    assert "your organization's" in str(error_table.remedy(reason))


def test_identity_center_is_read_in_its_primary_region_only() -> None:
    """D4: the others answer for no assignment, and where the primary one is left out, that is unknown."""
    answers: dict[str, Any] = {"sso-admin:ListInstances": {"Instances": [INSTANCE]}}
    (fine,) = look("D4", answers, everything=False)
    assert fine.status is Verdict.OK, "the primary region is looked into as well, and says what there is"
    (left_out,) = look("D4", answers, everything=False, regions=("us-east-1",))
    assert (left_out.status, "eu-central-1" in left_out.remedy) == (Verdict.UNKNOWN, True)


def test_exporting_and_assigning_need_the_primary_region() -> None:
    """Neither takes the first instance that it is shown."""
    replica = Aws({"sso-admin:ListInstances": {"Instances": [INSTANCE]}} | _trusting("sso.amazonaws.com"))
    view = ReadOnlyReader(replica.client, values.ACCOUNT, region="us-east-1")
    with view.only(["sso:ListInstances", TRUSTED]), pytest.raises(OrganizationError) as refused:
        Directory([view])
    assert refused.value.message.code == "identity-center-of-source-elsewhere"

    class _Access:
        def client(self, service: str, *, region: str) -> Any:  # noqa: ARG002 (as `Access`)
            return replica.client(service)

    with pytest.raises(RefusedError) as refusal:
        _ = Center(_Access()).instance  # type: ignore[arg-type]  # only its clients are used
    there = Message("identity-center-elsewhere", region="us-east-1", regions=["eu-central-1"])
    assert refusal.value.message == there


@pytest.mark.parametrize("strict", [True, False])
def test_the_rehearsal_knows_both_readings_of_inviting_while_enabling(strict: bool) -> None:
    """By a switch, as for LeaveOrganization."""
    settings = SimpleNamespace(email_verified=True, finalizing=False)
    world: Any = SimpleNamespace(switches=Switches(invite_needs_all_features=strict))
    organization: Any = SimpleNamespace(settings=settings, enabling_all_features=True)
    if strict:
        with pytest.raises(ServiceError) as refused:
            rules.may_invite(world, organization)
        assert refused.value.reason == "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES"
    else:
        rules.may_invite(world, organization)
