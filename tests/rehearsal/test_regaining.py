"""What accounts get back: shares to accept, cost allocation tags, assignments that take their time and may fail."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import botocore.session
import pytest
from botocore.exceptions import ClientError
from botocore.model import ServiceModel

from orgtools.rehearsal.operations import registry
from tests.rehearsal.conforming import mistakes
from tests.rehearsed import STILL

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.rehearsal import Rehearsal

Make = Any
SOURCE, DESTINATION, ORGANIZATION = "rehearsal-source", "rehearsal-destination", "o-examplesrc1"
OWNER, RECEIVER, OUTSIDER = "300000000002", "300000000003", "700000000007"
GATEWAY: Final = f"arn:aws:ec2:us-east-1:{OWNER}:transit-gateway/tgw-00000000000000001"
PRINCIPAL: Final = "11111111-2222-3333-4444-555555555555"


@pytest.fixture(autouse=True)
def _small(rehearsal: Rehearsal) -> None:
    """Two accounts in one organization, and another one with none: the shipped scenario answers some of this itself."""
    accounts = [{"id": one, "name": one, "email": f"{one}@example.com"} for one in (OWNER, RECEIVER)]
    rehearsal.reset(
        {
            "name": "regaining",
            "organizations": [
                {
                    "id": organization,
                    "root": f"r-{management[:4]}",
                    "management": management,
                    "profile": profile,
                    "accounts": held,
                }
                for organization, management, profile, held in (
                    (ORGANIZATION, "111111111111", SOURCE, accounts),
                    ("o-exampledst1", "222222222222", DESTINATION, []),
                )
            ],
        }
    )


def _code(call: Callable[[], object]) -> str:
    with pytest.raises(ClientError) as refused:
        call()
    return str(refused.value.response["Error"]["Code"])


def _watched(client: Any, answers: dict[str, list[Any]]) -> Any:
    def collect(http_response: Any, model: Any, **_: Any) -> None:
        answers.setdefault(model.name, []).append(json.loads(http_response.content))

    client.meta.events.register("after-call", collect, unique_id="collect")
    return client


def _conform(service: str, answers: dict[str, list[Any]]) -> None:
    loader = botocore.session.get_session().get_component("data_loader")
    model = ServiceModel(loader.load_service_model(service, "service-2"), service)
    for operation, bodies in answers.items():
        for body in bodies:
            assert mistakes(model.operation_model(operation).output_shape, body, operation) == []


def test_a_share_of_a_stranger_is_an_invitation_that_only_its_receiver_accepts_once_and_in_time(
    rehearsal: Rehearsal, member: Make
) -> None:
    """In the region that it was made in; every answer as botocore's model has it."""
    made = rehearsal.intervene("share", owner=OUTSIDER, account=RECEIVER, name="network", resources=[GATEWAY])
    old = rehearsal.intervene("share", owner=OUTSIDER, account=RECEIVER, name="old")
    answers: dict[str, list[Any]] = {}
    receiver, other = _watched(member(RECEIVER, "ram"), answers), member(OWNER, "ram")
    accept = {"resourceShareInvitationArn": made["invitation"]}
    assert receiver.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"] == []
    assert other.get_resource_share_invitations()["resourceShareInvitations"] == []
    assert _code(lambda: other.accept_resource_share_invitation(**accept)) == (
        "ResourceShareInvitationArnNotFoundException"
    )
    receiver.accept_resource_share_invitation(**accept)
    assert _code(lambda: receiver.accept_resource_share_invitation(**accept)) == (
        "ResourceShareInvitationAlreadyAcceptedException"
    )
    rehearsal.advance(timedelta(days=7))
    assert _code(lambda: receiver.accept_resource_share_invitation(resourceShareInvitationArn=old["invitation"])) == (
        "ResourceShareInvitationExpiredException"
    )
    pages = receiver.get_paginator("get_resource_share_invitations").paginate(PaginationConfig={"PageSize": 1})
    assert [one["status"] for page in pages for one in page["resourceShareInvitations"]] == ["ACCEPTED", "EXPIRED"]
    (share,) = receiver.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]
    assert (share["owningAccountId"], share["resourceShareArn"]) == (OUTSIDER, made["share"])
    (resource,) = receiver.list_resources(resourceOwner="OTHER-ACCOUNTS")["resources"]
    assert (resource["arn"], resource["type"]) == (GATEWAY, "ec2:transit-gateway")
    del answers["AcceptResourceShareInvitation"][1:]  # refusals are no answers of the model
    assert set(answers) == set(registry.of("ram"))
    _conform("ram", answers)


def test_a_share_within_an_organization_ends_when_the_account_leaves_it(rehearsal: Rehearsal, member: Make) -> None:
    """Nobody was asked; shared again, it is an invitation, and the share is the same."""
    first = rehearsal.intervene("share", owner=OWNER, account=RECEIVER, name="network")
    receiver = member(RECEIVER, "ram")
    assert first["invitation"] == ""
    assert len(receiver.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"]) == 1
    rehearsal.intervene("join", account=RECEIVER, organization="o-exampledst1")
    assert receiver.get_resource_shares(resourceOwner="OTHER-ACCOUNTS")["resourceShares"] == []
    again = rehearsal.intervene("share", owner=OWNER, account=RECEIVER, name="network")
    assert again["share"] == first["share"]
    (invitation,) = receiver.get_resource_share_invitations()["resourceShareInvitations"]
    assert (invitation["senderAccountId"], invitation["status"]) == (OWNER, "PENDING")


def test_cost_allocation_tags_are_the_management_accounts_and_each_key_is_answered_by_itself(
    rehearsal: Rehearsal, client: Make, member: Make
) -> None:
    """A key that billing has not seen is told; the others are activated all the same."""
    for number in range(101):
        rehearsal.intervene("cost_tag", organization=ORGANIZATION, key=f"key-{number:03}")
    rehearsal.intervene("cost_tag", organization=ORGANIZATION, key="aws:createdBy", status="Active")
    answers: dict[str, list[Any]] = {}
    billing = _watched(client(SOURCE, "ce"), answers)
    wanted = [{"TagKey": key, "Status": "Active"} for key in ("key-000", "unseen")]
    (error,) = billing.update_cost_allocation_tags_status(CostAllocationTagsStatus=wanted)["Errors"]
    assert (error["TagKey"], error["Message"]) == ("unseen", "Tag keys not found")
    active = billing.list_cost_allocation_tags(Status="Active")["CostAllocationTags"]
    assert [(tag["TagKey"], tag["Type"]) for tag in active] == [
        ("aws:createdBy", "AWSGenerated"),
        ("key-000", "UserDefined"),
    ]
    first = billing.list_cost_allocation_tags(Type="UserDefined")
    rest = billing.list_cost_allocation_tags(Type="UserDefined", NextToken=first["NextToken"])
    assert [len(page["CostAllocationTags"]) for page in (first, rest)] == [100, 1]
    _conform("ce", answers)
    assert _code(member(RECEIVER, "ce").list_cost_allocation_tags) == "AccessDeniedException"


def test_an_assignment_is_made_after_its_time_or_fails_with_a_reason(
    rehearsal: Rehearsal, client: Make, member: Make
) -> None:
    """A customer managed policy of the permission set that the account lacks is in the way, until it is there."""
    rehearsal.set_speed(STILL)
    rehearsal.switch(assignment_seconds=60)
    answers: dict[str, list[Any]] = {}
    center, policies = client(SOURCE, "sso-admin"), member(RECEIVER, "iam")
    (instance,) = center.list_instances()["Instances"]
    where = {"InstanceArn": instance["InstanceArn"]}
    arn = center.create_permission_set(**where, Name="Admins")["PermissionSet"]["PermissionSetArn"]
    given = {"PermissionSetArn": arn, "TargetId": RECEIVER, "TargetType": "AWS_ACCOUNT", "PrincipalType": "GROUP"}
    center.attach_customer_managed_policy_reference_to_permission_set(
        **where, PermissionSetArn=arn, CustomerManagedPolicyReference={"Name": "Boundary"}
    )
    _watched(center, answers)

    def assign() -> str:
        answer = center.create_account_assignment(**where, **given, PrincipalId=PRINCIPAL)
        assert answer["AccountAssignmentCreationStatus"]["Status"] == "IN_PROGRESS"
        return str(answer["AccountAssignmentCreationStatus"]["RequestId"])

    def status(request_id: str) -> Any:
        return center.describe_account_assignment_creation_status(
            **where, AccountAssignmentCreationRequestId=request_id
        )["AccountAssignmentCreationStatus"]

    def assigned() -> list[Any]:
        found = center.list_account_assignments(**where, AccountId=RECEIVER, PermissionSetArn=arn)
        return list(found["AccountAssignments"])

    failing = assign()
    assert _code(assign) == "ConflictException"
    del answers["CreateAccountAssignment"][1:]
    assert status(failing)["Status"] == "IN_PROGRESS"
    rehearsal.advance(timedelta(seconds=61))
    assert status(failing)["Status"] == "FAILED"
    assert f"policy arn:aws:iam::{RECEIVER}:policy/Boundary" in status(failing)["FailureReason"]
    assert assigned() == []
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}
    policies.create_policy(PolicyName="Boundary", PolicyDocument=json.dumps(document))
    working = assign()
    assert assigned() == []
    rehearsal.advance(timedelta(seconds=61))
    assert status(working)["Status"] == "SUCCEEDED"
    assert [(one["PrincipalType"], one["PrincipalId"]) for one in assigned()] == [("GROUP", PRINCIPAL)]
    pages = center.get_paginator("list_account_assignment_creation_status").paginate(
        **where, PaginationConfig={"PageSize": 1}
    )
    found = {one["RequestId"]: one["Status"] for page in pages for one in page["AccountAssignmentsCreationStatus"]}
    assert found == {failing: "FAILED", working: "SUCCEEDED"}
    only = center.list_account_assignment_creation_status(**where, Filter={"Status": "FAILED"})
    assert [one["RequestId"] for one in only["AccountAssignmentsCreationStatus"]] == [failing]
    del answers["ListAccountAssignments"]
    assert set(answers) == set(registry.of("sso"))
    # The ARN of the permission set is moto's, and not as AWS makes them.
    real = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef"
    _conform("sso-admin", json.loads(json.dumps(answers).replace(arn, real)))
