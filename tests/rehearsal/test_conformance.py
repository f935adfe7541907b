"""Every answer against botocore's service model, and AWS's official examples."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import botocore
import botocore.session
import pytest
from botocore import xform_name
from botocore.model import ServiceModel

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.conforming import ANSWERED, mistakes

Make = Callable[..., Any]
Json = dict[str, Any]
SHOP, OTHER = "012345678901", "300000000002"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"
ADDED = (
    "InviteAccountToOrganization",
    "AcceptHandshake",
    "DeclineHandshake",
    "CancelHandshake",
    "DescribeHandshake",
    "ListHandshakesForOrganization",
    "ListHandshakesForAccount",
)


@pytest.fixture(scope="module")
def model() -> ServiceModel:
    """botocore's model of Organizations."""
    loader = botocore.session.get_session().get_component("data_loader")
    return ServiceModel(loader.load_service_model("organizations", "service-2"), "organizations")


@pytest.fixture(scope="module")
def examples() -> dict[str, list[Json]]:
    """AWS's official examples by operation."""
    folder = Path(botocore.__file__).parent / "data/organizations/2016-11-28"
    found: dict[str, list[Json]] = json.loads((folder / "examples-1.json").read_text())["examples"]
    return found


@pytest.fixture
def watched(client: Make, member: Make) -> tuple[Make, Make, dict[str, list[Json]]]:
    """Client makers whose answers are collected by operation, as they went over the wire."""
    answers: dict[str, list[Json]] = {}

    def collect(http_response: Any, model: Any, **_: Any) -> None:
        answers.setdefault(model.name, []).append(json.loads(http_response.content))

    def watch(make: Make) -> Make:
        def made(*args: Any, **kwargs: Any) -> Any:
            watched_client = make(*args, **kwargs)
            watched_client.meta.events.register("after-call", collect, unique_id="collect")
            return watched_client

        return made

    return watch(client), watch(member), answers


def test_every_operation_answers_in_the_models_shape(
    rehearsal: Rehearsal, watched: tuple[Make, Make, dict[str, list[Json]]], model: ServiceModel
) -> None:
    """One run; what it leaves out is called by another test, where `client` and `member` hold the answers so."""
    client, member, answers = watched
    source, destination = client(SOURCE), client()
    _handshakes(destination, member)
    _accounts(rehearsal, source, destination, member)
    _tree_and_policies(source, destination)
    _founding(rehearsal, client("rehearsal-third"))
    tests = "".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.rglob("test_*.py"))
    missing = [name for name in sorted(ANSWERED - set(answers)) if f".{xform_name(name)}(" not in tests]
    assert missing == [], "a test in tests/rehearsal has to call it, by the fixture client or member"
    for operation, bodies in answers.items():
        shape = model.operation_model(operation).output_shape
        for body in bodies:
            if shape is None:
                assert body == {}, operation
            elif operation in ANSWERED:
                assert mistakes(shape, body, operation) == []


def _handshakes(destination: Any, member: Make) -> None:
    def invite(account: str, kind: str = "ACCOUNT") -> str:
        tags = [{"Key": "k", "Value": "v"}]
        answer = destination.invite_account_to_organization(Target={"Type": kind, "Id": account}, Notes="N", Tags=tags)
        return str(answer["Handshake"]["Id"])

    destination.cancel_handshake(HandshakeId=invite("shop-prod@example.com", "EMAIL"))
    member(SHOP).decline_handshake(HandshakeId=invite(SHOP))
    handshake = invite(SHOP)
    destination.describe_handshake(HandshakeId=handshake)
    member(SHOP).list_handshakes_for_account()
    member(SHOP).accept_handshake(HandshakeId=handshake)
    destination.list_handshakes_for_organization()


def _accounts(rehearsal: Rehearsal, source: Any, destination: Any, member: Make) -> None:
    units = rehearsal.world()["organizations"]["o-exampledst1"]["units"]
    unit = next(iter(units))
    destination.move_account(AccountId=SHOP, SourceParentId="r-dst1", DestinationParentId=unit)
    destination.describe_organization()
    destination.describe_account(AccountId=SHOP)
    destination.list_accounts()
    destination.list_accounts_for_parent(ParentId=unit)
    destination.list_parents(ChildId=SHOP)
    destination.list_children(ParentId=unit, ChildType="ACCOUNT")
    destination.list_children(ParentId="r-dst1", ChildType="ORGANIZATIONAL_UNIT")
    destination.tag_resource(ResourceId=SHOP, Tags=[{"Key": "a", "Value": "b"}])
    destination.list_tags_for_resource(ResourceId=SHOP)
    destination.untag_resource(ResourceId=SHOP, TagKeys=["a"])
    source.list_delegated_administrators()
    source.list_delegated_services_for_account(AccountId="300000000008")
    source.register_delegated_administrator(AccountId=OTHER, ServicePrincipal="macie.amazonaws.com")
    source.deregister_delegated_administrator(AccountId=OTHER, ServicePrincipal="macie.amazonaws.com")
    source.close_account(AccountId=OTHER)
    source.remove_account_from_organization(AccountId="300000000014")
    member("300000000014").accept_handshake(
        HandshakeId=destination.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": "300000000014"})[
            "Handshake"
        ]["Id"]
    )
    member("300000000014").leave_organization()


def _effective_policy(source: Any) -> None:
    content = json.dumps({"tags": {"Team": {"tag_key": {"@@assign": "Team"}}}})
    made = source.create_policy(Name="T", Description="", Type="TAG_POLICY", Content=content)["Policy"]
    source.attach_policy(PolicyId=made["PolicySummary"]["Id"], TargetId="r-src1")
    source.describe_effective_policy(PolicyType="TAG_POLICY", TargetId=OTHER)


def _tree_and_policies(source: Any, destination: Any) -> None:
    destination.list_roots()
    made = destination.create_organizational_unit(ParentId="r-dst1", Name="New")["OrganizationalUnit"]["Id"]
    destination.list_organizational_units_for_parent(ParentId="r-dst1")
    destination.describe_organizational_unit(OrganizationalUnitId=made)
    destination.update_organizational_unit(OrganizationalUnitId=made, Name="Newer")
    destination.delete_organizational_unit(OrganizationalUnitId=made)
    kind = "SERVICE_CONTROL_POLICY"
    source.list_policies(Filter=kind)
    source.list_policies_for_target(TargetId="r-src1", Filter=kind)
    source.list_targets_for_policy(PolicyId="p-FullAWSAccess")
    source.list_aws_service_access_for_organization()
    source.list_inbound_responsibility_transfers(Type="BILLING")
    source.list_outbound_responsibility_transfers(Type="BILLING")
    content = '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}}'
    policy = source.create_policy(Name="P", Description="", Type=kind, Content=content)["Policy"]["PolicySummary"]["Id"]
    source.update_policy(PolicyId=policy, Name="Q")
    _effective_policy(source)
    source.attach_policy(PolicyId=policy, TargetId="r-src1")
    source.detach_policy(PolicyId=policy, TargetId="r-src1")
    source.describe_policy(PolicyId=policy)
    source.delete_policy(PolicyId=policy)
    source.enable_policy_type(RootId="r-src1", PolicyType="AISERVICES_OPT_OUT_POLICY")
    source.disable_policy_type(RootId="r-src1", PolicyType="AISERVICES_OPT_OUT_POLICY")


def _founding(rehearsal: Rehearsal, third: Any) -> None:
    one = {"id": "o-examplethrd1", "root": "r-thd1", "management": "555555555555", "profile": "rehearsal-third"}
    rehearsal.reset({"name": "founding", "organizations": [one]})
    third.delete_organization()
    third.create_organization(FeatureSet="CONSOLIDATED_BILLING")
    third.enable_all_features()
    made = third.create_account(Email="new@example.com", AccountName="New")["CreateAccountStatus"]["Id"]
    third.list_create_account_status()
    rehearsal.advance(timedelta(minutes=2))
    third.describe_create_account_status(CreateAccountRequestId=made)


EXAMPLE: Json = {
    "name": "examples",
    "organizations": [
        {
            "id": "o-exampleorgid",
            "root": "r-exam",
            "management": "111111111111",
            "profile": SOURCE,
            "email": "bill@example.com",
        },
        {"id": "o-sourceorg001", "root": "r-src1", "management": "222222222222", "profile": DESTINATION},
    ],
    "accounts": [
        {
            "id": "333333333333",
            "name": "Juan",
            "email": "juan@example.com",
            "payment_method": True,
            "roles": [{"name": "OrganizationAccountAccessRole", "trusts": ["111111111111"]}],
        }
    ],
    "invitations": [{"organization": "o-exampleorgid", "account": "333333333333", "id": "h-examplehandshakeid111"}],
}


def structure(value: Any) -> Any:
    """A value without its contents: member names, and the types of parties and resources."""
    if isinstance(value, dict):
        kind = value.get("Type")
        inner = {name: structure(item) for name, item in value.items()}
        return {**inner, "Type": "ACCOUNT" if kind == "EMAIL" else kind} if kind else inner
    if isinstance(value, list):
        return sorted((structure(item) for item in value if not _left_out(item)), key=_canonical)
    return None


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _left_out(item: Any) -> bool:
    # Some examples show notes or the feature set and some do not, for the same kind of handshake.
    return isinstance(item, dict) and item.get("Type") in ("NOTES", "ORGANIZATION_FEATURE_SET")


@pytest.mark.parametrize("operation", ADDED)
def test_official_examples_are_answered_alike(
    operation: str,
    rehearsal: Rehearsal,
    watched: tuple[Make, Make, dict[str, list[Json]]],
    model: ServiceModel,
    examples: dict[str, list[Json]],
) -> None:
    """The example's input is accepted, and the answer has the example's members."""
    if operation not in examples:
        pytest.skip(f"AWS has no example of {operation}")
    client, member, answers = watched
    scenario = json.loads(json.dumps(EXAMPLE))
    example = examples[operation][0]
    if operation == "InviteAccountToOrganization":
        scenario["invitations"] = []
    rehearsal.reset(scenario)
    recipient = operation in ("AcceptHandshake", "DeclineHandshake", "ListHandshakesForAccount")
    caller = member("333333333333") if recipient else client(SOURCE)
    method = botocore.xform_name(operation)
    getattr(caller, method)(**example.get("input", {}))
    answer = answers[operation][-1]
    assert mistakes(model.operation_model(operation).output_shape, answer) == []
    assert structure(answer) == structure(_one_handshake(example["output"]))


def _one_handshake(output: Json) -> Json:
    """The example without the second handshake that some lists show."""
    if "Handshakes" in output:
        return {**output, "Handshakes": output["Handshakes"][:1]}
    return output


@pytest.mark.parametrize("code", ["TooManyRequestsException", "ServiceException", "ConcurrentModificationException"])
def test_common_errors_are_modelled_for_every_added_operation(code: str, model: ServiceModel) -> None:
    """What faults answer, AWS may answer."""
    for operation in ADDED:
        assert code in {error.name for error in model.operation_model(operation).error_shapes}
