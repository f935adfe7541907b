"""Control Tower and Account Factory in the rehearsal: who is enrolled when, and what AWS refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.model import ServiceModel

from orgtools.rehearsal.errors import ScenarioError
from orgtools.rehearsal.operations import controltower, registry
from orgtools.rehearsal.scenario.loader import parse
from tests.rehearsal.conforming import mistakes
from tests.said import says

if TYPE_CHECKING:
    from orgtools.messages import Message
    from orgtools.rehearsal import Rehearsal

Json = dict[str, Any]
Make = Callable[..., Any]
ORGANIZATION: Final = "o-exampledst1"
GOVERNED, PLAIN, OTHER = "400000000001", "400000000002", "400000000003"
LATER: Final = timedelta(minutes=21)


def document(**zone: Any) -> Json:
    """An organization whose OU Work/Prod is registered, one account in it, and two in the root."""
    accounts: list[Json] = [
        {"id": account_id, "name": f"a{account_id[-1]}", "email": f"a{account_id[-1]}@example.com", "unit": unit}
        for account_id, unit in ((GOVERNED, "Work/Prod"), (PLAIN, "/"), (OTHER, "/"))
    ]
    given = {"registered": ["Work", "Work/Prod"], "products": [GOVERNED], **zone}
    organization = {
        "id": ORGANIZATION,
        "root": "r-dst1",
        "management": "222222222222",
        "profile": "rehearsal-destination",
        "units": ["Work/Prod", "Work/Test", "Elsewhere/Deep"],
        "accounts": accounts,
        "landing_zone": given,
    }
    return {"name": "towers", "organizations": [organization]}


class Ground:
    """One such organization, and what a test does with it."""

    def __init__(self, rehearsal: Rehearsal, client: Make, **zone: Any) -> None:
        """Begin anew."""
        given = document(**zone)
        rehearsal.reset(given)
        self.rehearsal = rehearsal
        self.organizations, self.tower, self.catalog = (
            client("rehearsal-destination", service) for service in ("organizations", "controltower", "servicecatalog")
        )
        truth = rehearsal.world()["organizations"][ORGANIZATION]
        self.units = {path: unit for unit, path in truth["units"].items()} | {"/": "r-dst1"}

    @property
    def truth(self) -> Json:
        """The landing zone as it really is."""
        found: Json = self.rehearsal.world()["organizations"][ORGANIZATION]["landing_zone"]
        return found

    def move(self, account_id: str, path: str) -> None:
        """MoveAccount from where the account is."""
        parent = self.rehearsal.world()["accounts"][account_id]["parent"]
        self.organizations.move_account(
            AccountId=account_id, SourceParentId=parent, DestinationParentId=self.units[path]
        )

    def enabled(self, path: str) -> Json:
        """The enabled baseline on an OU."""
        found = self.tower.list_enabled_baselines()["enabledBaselines"]
        return next(held for held in found if held["targetIdentifier"].endswith(self.units[path]))

    def reset(self, path: str) -> str:
        """ResetEnabledBaseline on an OU."""
        return str(
            self.tower.reset_enabled_baseline(enabledBaselineIdentifier=self.enabled(path)["arn"])[
                "operationIdentifier"
            ]
        )

    def enable(self, path: str, **changes: Any) -> Json:
        """EnableBaseline on an OU."""
        baselines = {held["name"]: held["arn"] for held in self.tower.list_baselines()["baselines"]}
        center = self.tower.list_enabled_baselines(
            filter={"baselineIdentifiers": [baselines["IdentityCenterBaseline"]]}
        )["enabledBaselines"]
        arn = f"arn:aws:organizations::222222222222:ou/{ORGANIZATION}/{self.units[path]}"
        given: Json = {
            "baselineIdentifier": baselines["AWSControlTowerBaseline"],
            "baselineVersion": "4.0",
            "targetIdentifier": arn,
            "parameters": [{"key": controltower.PARAMETER, "value": held["arn"]} for held in center],
        }
        answer: Json = self.tower.enable_baseline(**(given | changes))
        return answer

    def provision(self, account_id: str, path: str = "Work/Prod", **changes: Any) -> Json:
        """ProvisionProduct for an account that is there."""
        product = self.catalog.search_products(Filters={"FullTextSearch": ["Account Factory"]})
        product_id = product["ProductViewSummaries"][0]["ProductId"]
        artifact = self.catalog.describe_product(Id=product_id)["ProvisioningArtifacts"][0]["Id"]
        values = {
            "AccountEmail": f"a{account_id[-1]}@example.com",
            "AccountName": "a",
            "ManagedOrganizationalUnit": f"{path.rsplit('/', 1)[-1]} ({self.units[path]})",
            "SSOUserEmail": "a@example.com",
            "SSOUserFirstName": "A",
            "SSOUserLastName": "B",
        }
        given: Json = {
            "ProductId": product_id,
            "ProvisioningArtifactId": artifact,
            "ProvisionedProductName": f"account-{account_id}",
            "ProvisionToken": f"token-{account_id}",
            "ProvisioningParameters": [{"Key": key, "Value": value} for key, value in values.items()],
        }
        detail: Json = self.catalog.provision_product(**(given | changes))["RecordDetail"]
        return detail

    def record(self, detail: Json) -> Json:
        """DescribeRecord of what was begun."""
        found: Json = self.catalog.describe_record(Id=detail["RecordId"])["RecordDetail"]
        return found

    def roles(self, account_id: str) -> set[str]:
        """The names of an account's roles."""
        return set(self.rehearsal.world()["accounts"][account_id]["roles"])


@pytest.fixture
def ground(rehearsal: Rehearsal, client: Make) -> Ground:
    """Without auto-enrolment."""
    return Ground(rehearsal, client)


def refused(call: Callable[[], Any]) -> str:
    """The code with which AWS refuses a call."""
    with pytest.raises(ClientError) as error:
        call()
    return str(error.value.response["Error"]["Code"])


def test_a_move_without_auto_enroll_leaves_the_account_out_and_the_ou_drifted(ground: Ground) -> None:
    """Registering the OU again enrolls it, when the operation has ended and not before."""
    ground.move(PLAIN, "Work/Prod")
    assert ground.enabled("Work/Prod")["driftStatusSummary"]["types"]["inheritance"]["status"] == "DRIFTED"
    operation = ground.reset("Work/Prod")
    assert ground.truth["enrolled"][PLAIN] == "UNDER_CHANGE"
    assert ground.tower.get_baseline_operation(operationIdentifier=operation)["baselineOperation"]["status"] == (
        "IN_PROGRESS"
    )
    ground.rehearsal.advance(LATER)
    assert ground.truth["enrolled"] == {GOVERNED: "SUCCEEDED", PLAIN: "SUCCEEDED"}
    assert ground.truth["drifted"] == []
    assert "AWSControlTowerExecution" in ground.roles(PLAIN)


def test_a_move_with_auto_enroll_enrolls_and_out_of_it_un_enrolls(rehearsal: Rehearsal, client: Make) -> None:
    """Nothing is called; the product of an account that was moved out stays behind, tainted."""
    ground = Ground(rehearsal, client, auto_enroll=True)
    ground.move(PLAIN, "Work/Prod")
    assert ground.truth["enrolled"][PLAIN] == "UNDER_CHANGE"
    rehearsal.advance(LATER)
    assert ground.truth["enrolled"][PLAIN] == "SUCCEEDED"
    ground.move(GOVERNED, "/")
    rehearsal.advance(LATER)
    assert ground.truth["enrolled"] == {PLAIN: "SUCCEEDED"}
    assert ground.truth["products"] == {GOVERNED: "TAINTED"}
    assert ground.roles(GOVERNED) == {"OrganizationAccountAccessRole"}


def test_of_two_moves_into_one_ou_at_once_the_second_is_left_out(rehearsal: Rehearsal, client: Make) -> None:
    """One move per OU at a time."""
    ground = Ground(rehearsal, client, auto_enroll=True)
    ground.move(PLAIN, "Work/Prod")
    ground.move(OTHER, "Work/Prod")
    rehearsal.advance(LATER)
    assert set(ground.truth["enrolled"]) == {GOVERNED, PLAIN}
    assert ground.truth["drifted"] == ["Work/Prod"]


def test_an_ou_is_registered_once_with_its_parent_registered_before(ground: Ground) -> None:
    """The version must fit, the parameter must name Identity Center's baseline, targets are OUs."""
    ground.move(PLAIN, "Work/Test")
    assert refused(lambda: ground.enable("Work/Test", baselineVersion="3.0")) == "ValidationException"
    assert refused(lambda: ground.enable("Work/Test", parameters=[])) == "ValidationException"
    assert refused(lambda: ground.enable("Elsewhere/Deep")) == "ValidationException"
    account = f"arn:aws:organizations::222222222222:account/{ORGANIZATION}/{PLAIN}"
    assert refused(lambda: ground.enable("Work/Test", targetIdentifier=account)) == "ValidationException"
    ground.enable("Work/Test")
    assert refused(lambda: ground.enable("Work/Test")) == "ConflictException"
    ground.rehearsal.advance(LATER)
    assert ground.truth["enrolled"][PLAIN] == "SUCCEEDED"


def test_one_operation_for_a_target_and_five_at_once(rehearsal: Rehearsal, client: Make) -> None:
    """What is too much is refused, and allowed again when one has ended."""
    ground = Ground(rehearsal, client, registered=["Work", "Work/Prod", "Work/Test", "Elsewhere", "Elsewhere/Deep"])
    ground.reset("Work/Prod")
    assert refused(lambda: ground.reset("Work/Prod")) == "ConflictException"
    for path in ("Work", "Work/Test", "Elsewhere"):
        ground.reset(path)
    ground.move(PLAIN, "Work/Prod")
    ground.reset("Elsewhere/Deep")
    rehearsal.advance(LATER)
    ground.reset("Work/Prod")
    for path in ("Work", "Work/Test", "Elsewhere", "Elsewhere/Deep"):
        ground.reset(path)
    truth = ground.truth
    assert truth["under_way"] == 5
    assert "ServiceQuotaExceededException" in _sixth(ground)


def _sixth(ground: Ground) -> str:
    made = ground.organizations.create_organizational_unit(ParentId="r-dst1", Name="New")["OrganizationalUnit"]["Id"]
    ground.units["New"] = made
    return refused(lambda: ground.enable("New"))


def test_account_factory_enrolls_an_account_that_has_the_execution_role(ground: Ground) -> None:
    """Without the role the record fails at once, and leaves a product behind that can be terminated."""
    failed = ground.record(ground.provision(PLAIN))
    assert failed["Status"] == "FAILED"
    assert "AWSControlTowerExecution" in failed["RecordErrors"][0]["Description"]
    left = ground.catalog.search_provisioned_products()["ProvisionedProducts"]
    assert {held["PhysicalId"]: held["Status"] for held in left} == {GOVERNED: "AVAILABLE", PLAIN: "ERROR"}
    ground.catalog.terminate_provisioned_product(
        ProvisionedProductName=f"account-{PLAIN}", TerminateToken="t-1", IgnoreErrors=True
    )
    ground.rehearsal.advance(LATER)
    assert set(ground.truth["products"]) == {GOVERNED}


def test_terminating_a_product_un_enrolls_the_account_and_hands_it_back(ground: Ground) -> None:
    """It comes to the root, the execution role goes, and the management account can still enter."""
    assert ground.roles(GOVERNED) == {"AWSControlTowerExecution"}
    product = ground.catalog.search_provisioned_products()["ProvisionedProducts"][0]
    detail = ground.catalog.terminate_provisioned_product(ProvisionedProductId=product["Id"], TerminateToken="t-1")
    assert ground.record(detail["RecordDetail"])["Status"] == "IN_PROGRESS"
    ground.rehearsal.advance(LATER)
    assert ground.record(detail["RecordDetail"])["Status"] == "SUCCEEDED"
    assert (ground.truth["enrolled"], ground.truth["products"]) == ({}, {})
    assert ground.roles(GOVERNED) == {"OrganizationAccountAccessRole"}
    assert ground.rehearsal.world()["accounts"][GOVERNED]["unit"] == "/"
    again = {"ProvisionedProductId": product["Id"], "TerminateToken": "t-2"}
    assert refused(lambda: ground.catalog.terminate_provisioned_product(**again)) == "ResourceNotFoundException"


def test_an_account_with_a_config_recorder_is_not_enrolled(rehearsal: Rehearsal, client: Make) -> None:
    """AWS says which account and where."""
    ground = Ground(rehearsal, client)
    given = document()
    given["organizations"][0]["accounts"][1] |= {"unit": "Work/Test", "config_regions": ["us-east-1"]}
    rehearsal.reset(given)
    operation = ground.enable("Work/Test")["operationIdentifier"]
    rehearsal.advance(LATER)
    ended = ground.tower.get_baseline_operation(operationIdentifier=operation)["baselineOperation"]
    assert ended["status"] == "FAILED"
    assert PLAIN in ended["statusMessage"]
    assert ground.truth["enrolled"][PLAIN] == "FAILED"


def test_so_it_is_with_an_aggregation_authorization_until_aws_support_allows_it(
    rehearsal: Rehearsal, client: Make, member: Make
) -> None:
    """Then registering its unit enrolls it; nothing else does."""
    for allowed in ([], [PLAIN]):
        ground = Ground(rehearsal, client, config_allowed=allowed)
        config = member(PLAIN, "config", profile="rehearsal-destination")
        config.put_aggregation_authorization(AuthorizedAccountId=OTHER, AuthorizedAwsRegion="us-east-1")
        ground.move(PLAIN, "Work/Prod")
        ground.reset("Work/Prod")
        rehearsal.advance(LATER)
        assert ground.truth["enrolled"][PLAIN] == ("SUCCEEDED" if allowed else "FAILED")


CONFIGURED: Final = {"version": "4.0", "registered": ["Work"], "config_baseline": ["Work/Prod"], "products": []}


def test_an_ou_has_one_baseline_of_the_two_and_hands_it_down(rehearsal: Rehearsal, client: Make) -> None:
    """User guide, types-of-baselines; ConfigBaseline takes no Identity Center, and brings no role of Control Tower."""
    ground = Ground(rehearsal, client, **CONFIGURED)
    names = {held["name"]: held["arn"] for held in ground.tower.list_baselines()["baselines"]}
    assert {"ConfigBaseline", "CentralConfigBaseline"} < set(names)
    assert "AuditBaseline" not in names
    assert refused(lambda: ground.enable("Work/Prod", baselineVersion="5.0")) == "ConflictException"
    wanted = {"baselineIdentifier": names["ConfigBaseline"], "parameters": []}
    assert refused(lambda: ground.enable("Work/Test", **wanted, baselineVersion="5.0")) == "ValidationException"
    ground.move(PLAIN, "Work/Test")
    ground.enable("Work/Test", **wanted, baselineVersion="1.0")
    rehearsal.advance(LATER)
    assert ground.truth["baselines"] == {GOVERNED: "ConfigBaseline", PLAIN: "ConfigBaseline"}
    assert ground.roles(PLAIN) == {"OrganizationAccountAccessRole"}


def test_before_version_4_there_is_no_config_baseline(ground: Ground) -> None:
    """The landing zone offers it to nobody."""
    assert "ConfigBaseline" not in {held["name"] for held in ground.tower.list_baselines()["baselines"]}
    arn = "arn:aws:controltower:us-east-1::baseline/CONFIGBASELINE00"
    assert refused(lambda: ground.enable("Work/Test", baselineIdentifier=arn)) == "ValidationException"


def test_an_account_keeps_config_baseline_while_it_inherits_it(rehearsal: Rehearsal, client: Make) -> None:
    """In its unit it cannot be disabled; where the account has drifted out of it, it can; nobody is moved."""
    ground = Ground(rehearsal, client, **CONFIGURED)

    def held() -> Json:
        found = ground.tower.list_enabled_baselines(includeChildren=True)["enabledBaselines"]
        return next(one for one in found if one["targetIdentifier"].endswith(GOVERNED))

    arn = held()["arn"]
    assert refused(lambda: ground.tower.disable_baseline(enabledBaselineIdentifier=arn)) == "ValidationException"
    ground.move(GOVERNED, "/")
    assert held()["driftStatusSummary"]["types"]["inheritance"]["status"] == "DRIFTED"
    assert "parentIdentifier" not in held()
    ground.tower.disable_baseline(enabledBaselineIdentifier=arn)
    rehearsal.advance(LATER)
    assert ground.truth["baselines"] == {}
    assert ground.truth["registered"]["Work/Prod"] == "SUCCEEDED"


def test_disabling_it_on_the_unit_frees_the_accounts_in_it(rehearsal: Rehearsal, client: Make) -> None:
    """They stay where they are, with the roles they have; AWSControlTowerBaseline is kept by enrolled accounts."""
    ground = Ground(rehearsal, client, **CONFIGURED)
    ground.tower.disable_baseline(enabledBaselineIdentifier=ground.enabled("Work/Prod")["arn"])
    rehearsal.advance(LATER)
    assert (ground.truth["baselines"], set(ground.truth["registered"])) == ({}, {"Work"})
    assert rehearsal.world()["accounts"][GOVERNED]["unit"] == "Work/Prod"
    other = Ground(rehearsal, client)
    arn = other.enabled("Work/Prod")["arn"]
    assert refused(lambda: other.tower.disable_baseline(enabledBaselineIdentifier=arn)) == "ConflictException"


def test_a_landing_zone_is_at_home_in_one_region(rehearsal: Rehearsal, client: Make) -> None:
    """Elsewhere there is none; nor is there in an organization without."""
    ground = Ground(rehearsal, client, home_region="eu-central-1")
    assert ground.tower.list_landing_zones()["landingZones"] == []
    assert refused(ground.tower.list_enabled_baselines) == "ResourceNotFoundException"


def test_a_scenario_that_cannot_be_is_refused() -> None:
    """Auto-enrolment takes version 3.1, ConfigBaseline 4.0; a registered OU must be there, and has one baseline."""
    assert says(_refused_for(version="3.0", auto_enroll=True), "scenario-zone-too-old-to-enroll", version="3.0")
    assert says(_refused_for(registered=["Gone"]), "scenario-zone-unit", organization=ORGANIZATION, unit="Gone")
    unknown = _refused_for(version="4.0", config_baseline=["Gone"])
    assert says(unknown, "scenario-zone-unit", organization=ORGANIZATION, unit="Gone")
    old = _refused_for(version="3.3", config_baseline=["Elsewhere"])
    assert says(old, "scenario-zone-too-old-for-baseline", version="3.3")
    both = _refused_for(version="4.0", config_baseline=["Work/Prod"])
    assert says(both, "scenario-baselines-both", unit="Work/Prod")


def _refused_for(**zone: Any) -> Message:
    with pytest.raises(ScenarioError) as refusal:
        parse(document(**zone))
    return refusal.value.message


@pytest.mark.parametrize("service", ["controltower", "servicecatalog"])
def test_every_answer_has_the_shape_of_the_model(ground: Ground, service: str) -> None:
    """As it goes over the wire; every operation is driven."""
    answers: dict[str, list[Json]] = {}
    client = ground.tower if service == "controltower" else ground.catalog

    def collect(http_response: Any, model: Any, **_: Any) -> None:
        answers.setdefault(model.name, []).append(json.loads(http_response.content))

    client.meta.events.register("after-call", collect, unique_id="shapes")
    ground.provision(PLAIN)
    zone = ground.tower.list_landing_zones()["landingZones"][0]["arn"]
    ground.tower.get_landing_zone(landingZoneIdentifier=zone)
    ground.tower.list_enabled_baselines(includeChildren=True, maxResults=5)
    ground.tower.get_enabled_baseline(enabledBaselineIdentifier=ground.enabled("Work/Prod")["arn"])
    ground.enable("Work/Test")
    operation = ground.reset("Work/Prod")
    ground.tower.get_baseline_operation(operationIdentifier=operation)
    ground.rehearsal.advance(LATER)
    ground.tower.get_baseline_operation(operationIdentifier=operation)
    ground.tower.disable_baseline(enabledBaselineIdentifier=ground.enabled("Work/Test")["arn"])
    product = ground.catalog.search_provisioned_products()["ProvisionedProducts"][0]
    detail = ground.catalog.terminate_provisioned_product(ProvisionedProductId=product["Id"], TerminateToken="t")
    ground.record(detail["RecordDetail"])
    client.meta.events.unregister("after-call", unique_id="shapes")
    assert set(answers) == set(registry.of(service)) - {"ListAcceptedPortfolioShares"}
    loader = botocore.session.get_session().get_component("data_loader")
    model = ServiceModel(loader.load_service_model(service, "service-2"), service)
    for operation, bodies in answers.items():
        for body in bodies:
            assert mistakes(model.operation_model(operation).output_shape, body, operation) == []


def test_pages_are_followed_to_their_end(ground: Ground) -> None:
    """The least page has five entries."""
    ground.enable("Elsewhere")
    ground.enable("Work/Test")
    pages = ground.tower.get_paginator("list_enabled_baselines").paginate(
        includeChildren=True, PaginationConfig={"PageSize": 5}
    )
    sizes = [len(page["enabledBaselines"]) for page in pages]
    assert sizes == [5, 1]
