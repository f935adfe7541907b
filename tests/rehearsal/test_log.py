"""The call log, the truth, and what somebody else does meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal, RehearsalError
from orgtools.rehearsal.operations.registry import is_changing
from tests.rehearsed import USERS

Make = Callable[..., Any]
SHOP = "012345678901"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


@pytest.mark.parametrize(
    ("operation", "changing"),
    [
        ("InviteAccountToOrganization", True),
        ("AcceptHandshake", True),
        ("MoveAccount", True),
        ("TagResource", True),
        ("UpdateAssumeRolePolicy", True),
        ("AssumeRole", False),
        ("GetSecretValue", False),
        ("ListAccounts", False),
        ("DescribeHandshake", False),
        ("SimulatePrincipalPolicy", False),
    ],
)
def test_an_operations_name_tells_whether_it_changes_anything(operation: str, changing: bool) -> None:
    """Reading includes assuming a role: it changes nothing in the account."""
    assert is_changing("example", operation) is changing


def test_every_call_is_logged_with_its_caller_and_what_it_names(
    rehearsal: Rehearsal, client: Make, invite: Make, member: Make
) -> None:
    """Refused calls too, with class and reason."""
    handshake = invite(SHOP)
    since = len(rehearsal.calls())
    member(SHOP).accept_handshake(HandshakeId=handshake)
    with pytest.raises(client().exceptions.HandshakeConstraintViolationException):
        invite(SHOP)
    assumed, accepted, refused = rehearsal.calls(since)
    assert (assumed.service, assumed.operation, assumed.account) == ("sts", "AssumeRole", SHOP)
    assert (accepted.caller_account, accepted.handshake, accepted.changing) == (SHOP, handshake, True)
    assert accepted.caller_arn == f"arn:aws:sts::{SHOP}:assumed-role/OrganizationAccountAccessRole/test"
    assert (refused.account, refused.status, refused.reason) == (SHOP, 400, "ALREADY_IN_AN_ORGANIZATION")
    assert refused.number == since + 3


def test_a_request_id_is_the_same_in_the_answer_and_the_log(rehearsal: Rehearsal, client: Make) -> None:
    """So a run record can be matched with what the server saw; also where moto answers, which makes up its own."""
    for ask in (client().list_roots, client("rehearsal-destination", "iam").list_roles):
        answer = ask()
        assert rehearsal.calls()[-1].request_id == answer["ResponseMetadata"]["RequestId"]


def test_calls_that_moto_answers_are_logged_alike(rehearsal: Rehearsal, client: Make) -> None:
    """Services with their operation in the path have names too."""
    client(SOURCE, "s3").create_bucket(Bucket="a-bucket")
    call = rehearsal.calls()[-1]
    assert (call.service, call.operation, call.changing, call.status) == ("s3", "CreateBucket", True, 200)


def test_an_arn_that_is_cut_short_names_no_account(rehearsal: Rehearsal, client: Make) -> None:
    """The call is answered and logged like any other."""
    with pytest.raises(ClientError, match="is invalid"):
        client(SOURCE, "sts").assume_role(RoleArn="arn:aws:iam:a-role-of-nobody", RoleSessionName="test")
    assert (rehearsal.calls()[-1].operation, rehearsal.calls()[-1].account) == ("AssumeRole", None)


def test_interventions_are_not_logged(rehearsal: Rehearsal) -> None:
    """They are somebody else's calls."""
    rehearsal.intervene("move", account=SHOP, unit="Labs")
    assert rehearsal.world()["accounts"][SHOP]["unit"] == "Labs"
    assert rehearsal.calls() == []


def test_somebody_else_can_do_everything_that_surprises_a_run(rehearsal: Rehearsal) -> None:
    """Each intervention shows in the truth."""
    foreign = rehearsal.intervene("invite", organization="o-examplethrd1", account=SHOP)["handshake"]
    declined = rehearsal.intervene("invite", organization="o-exampledst1", account=SHOP)["handshake"]
    accepted = rehearsal.intervene("invite", organization="o-exampledst1", account="300000000002")["handshake"]
    rehearsal.intervene("cancel", handshake=foreign)
    rehearsal.intervene("decline", handshake=declined)
    rehearsal.intervene("accept", handshake=accepted)
    rehearsal.intervene("remove", account="300000000003")
    rehearsal.intervene("join", account="300000000004", organization="o-exampledst1", unit="Workloads/Test")
    rehearsal.intervene("tag", account="300000000005", tags={"a": "b"})
    rehearsal.intervene("delegate", account="300000000006", service="macie.amazonaws.com")
    rehearsal.intervene("quota", organization="o-exampledst1", accounts=3)
    world = rehearsal.world()
    states = [world["handshakes"][handshake]["state"] for handshake in (foreign, declined, accepted)]
    assert states == ["CANCELED", "DECLINED", "ACCEPTED"]
    accounts = world["accounts"]
    assert accounts["300000000002"]["organization"] == "o-exampledst1"
    assert accounts["300000000003"]["organization"] is None
    assert accounts["300000000004"]["unit"] == "Workloads/Test"
    assert accounts["300000000005"]["tags"] == {"a": "b"}
    assert accounts["300000000006"]["delegated"] == ["macie.amazonaws.com"]
    assert world["organizations"]["o-exampledst1"]["account_quota"] == 3


@pytest.mark.parametrize(
    ("action", "given", "said"),
    [
        ("explode", {}, "Interventions are accept"),
        ("move", {"account": SHOP, "unit": "Nowhere"}, "Nowhere"),
        ("cancel", {"handshake": "h-unknown00"}, "h-unknown00"),
        ("tag", {"account": SHOP}, "tags"),
    ],
)
def test_an_impossible_intervention_says_why(
    action: str, given: dict[str, Any], said: str, rehearsal: Rehearsal
) -> None:
    """A sentence, and nothing happens."""
    with pytest.raises(RehearsalError, match=said):
        rehearsal.intervene(action, **given)


def test_what_an_account_has_of_contacts_and_assignments_is_in_the_truth(rehearsal: Rehearsal, client: Make) -> None:
    """By name, and by organization; the log names the account of both calls."""
    client(SOURCE).enable_aws_service_access(ServicePrincipal="account.amazonaws.com")
    client(SOURCE, "account").put_alternate_contact(
        AccountId=SHOP,
        AlternateContactType="BILLING",
        Name="Made Up",
        Title="Head",
        EmailAddress="bills@example.com",
        PhoneNumber="+15550123",
    )
    center = client(SOURCE, "sso-admin")
    where = {"InstanceArn": center.list_instances()["Instances"][0]["InstanceArn"]}
    made = center.create_permission_set(**where, Name="Admins")["PermissionSet"]["PermissionSetArn"]
    center.create_account_assignment(
        **where,
        PermissionSetArn=made,
        TargetId=SHOP,
        TargetType="AWS_ACCOUNT",
        PrincipalType="USER",
        PrincipalId=USERS[0],
    )
    world = rehearsal.world()
    assert world["accounts"][SHOP]["contacts"] == {"BILLING": "Made Up"}
    assert world["organizations"]["o-examplesrc1"]["assignments"] == [
        f"{SHOP} {made.rpartition('/')[2]} USER {USERS[0]}"
    ]
    assert [call.account for call in rehearsal.calls() if call.changing][-3::2] == [SHOP, SHOP]
