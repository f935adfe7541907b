"""AssumeRole, identity policies and service control policies."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SHOP = "012345678901"
ROLE = "OrganizationAccountAccessRole"
SOURCE, DESTINATION = "rehearsal-source", "rehearsal-destination"


def deny(*actions: str) -> dict[str, Any]:
    """A policy that denies actions."""
    statement = {"Effect": "Deny", "Action": list(actions), "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_the_caller_of_a_role_acts_in_its_account(member: Make) -> None:
    """GetCallerIdentity says so."""
    identity = member(SHOP, "sts").get_caller_identity()
    assert identity["Account"] == SHOP
    assert identity["Arn"] == f"arn:aws:sts::{SHOP}:assumed-role/{ROLE}/test"


@pytest.mark.parametrize(
    ("profile", "arn"),
    [
        (DESTINATION, f"arn:aws:iam::{SHOP}:role/{ROLE}"),
        (SOURCE, f"arn:aws:iam::{SHOP}:role/Absent"),
        (SOURCE, f"arn:aws:iam::999999999999:role/{ROLE}"),
        (SOURCE, f"arn:aws:iam::300000000016:role/{ROLE}"),
    ],
    ids=["not trusted", "no such role", "no such account", "suspended account"],
)
def test_a_role_that_cannot_be_assumed_is_access_denied(profile: str, arn: str, client: Make) -> None:
    """Why it cannot be assumed does not show."""
    with pytest.raises(ClientError) as caught:
        client(profile, "sts").assume_role(RoleArn=arn, RoleSessionName="test")
    assert caught.value.response["Error"]["Code"] == "AccessDenied"
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_trust_can_be_extended_through_iam(member: Make) -> None:
    """The order that keeps access: the source lets the destination in, and the destination proves it."""
    principals = [f"arn:aws:iam::{account}:root" for account in ("111111111111", "222222222222")]
    statement = {"Effect": "Allow", "Principal": {"AWS": principals}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    member(SHOP, "iam").update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust)
    inside = member(SHOP, "sts", profile=DESTINATION)
    assert inside.get_caller_identity()["Account"] == SHOP


@pytest.mark.parametrize(
    ("resource", "allowed"),
    [(f"arn:aws:iam::{SHOP}:role/{ROLE}", True), (f"arn:aws:iam::{SHOP}:role/Other", False), ("*", True)],
)
def test_a_policy_may_name_the_role_that_it_is_about(
    resource: str, allowed: bool, rehearsal: Rehearsal, client: Make, member: Make
) -> None:
    """IAM's calls about one role have its ARN as their resource; what is refused changes nothing."""
    actions = ["iam:GetRole", "iam:UpdateAssumeRolePolicy"]
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}]}
    before = rehearsal.world()["accounts"][SHOP]["roles"][ROLE]
    inside = member(SHOP, "iam", Policy=json.dumps(policy))
    if allowed:
        assert inside.get_role(RoleName=ROLE)["Role"]["AssumeRolePolicyDocument"] == before
    else:
        trust = json.dumps(before).replace("111111111111", "222222222222")
        with pytest.raises(ClientError, match="AccessDenied"):
            inside.update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust)
        assert rehearsal.world()["accounts"][SHOP]["roles"][ROLE] == before


def test_an_scp_that_denies_editing_trust_is_obeyed(rehearsal: Rehearsal, member: Make) -> None:
    """As Control Tower's mandatory controls do; it names itself in the message."""
    inside = member(SHOP, "iam")
    rehearsal.intervene(
        "attach", organization="o-examplesrc1", target="Legacy", content=deny("iam:UpdateAssumeRolePolicy")
    )
    trust = json.dumps(rehearsal.world()["accounts"][SHOP]["roles"][ROLE])
    with pytest.raises(ClientError, match="explicit deny in a service control policy"):
        inside.update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust)


def test_a_changed_trust_shows_in_the_truth_and_counts_at_once(rehearsal: Rehearsal, member: Make) -> None:
    """The old caller is refused by the very next AssumeRole; its open session goes on."""
    inside = member(SHOP, "iam")
    trust = json.dumps(rehearsal.world()["accounts"][SHOP]["roles"][ROLE]).replace("111111111111", "222222222222")
    inside.update_assume_role_policy(RoleName=ROLE, PolicyDocument=trust)
    assert rehearsal.world()["accounts"][SHOP]["roles"][ROLE] == json.loads(trust)
    with pytest.raises(ClientError, match="AccessDenied"):
        member(SHOP)
    assert inside.get_role(RoleName=ROLE)["Role"]["RoleName"] == ROLE
    assert member(SHOP, profile=DESTINATION)


def test_the_truth_tells_who_could_enter(rehearsal: Rehearsal, member: Make) -> None:
    """Every management account that a trust policy lets in, one that denies it counts, and a state does not."""
    held = rehearsal.world()["accounts"][SHOP]
    assert held["entered_by"] == ["111111111111"]
    both = ["111111111111", "222222222222"]
    rehearsal.intervene("trust", account=SHOP, role=ROLE, trusts=both)
    rehearsal.intervene("state", account=SHOP, state="SUSPENDED")
    assert rehearsal.world()["accounts"][SHOP]["entered_by"] == both
    document = {**held["roles"][ROLE]}
    denial = {"Effect": "Deny", "Principal": {"AWS": both[0]}, "Action": "sts:AssumeRole"}
    document["Statement"] = [*document["Statement"], denial]
    rehearsal.intervene("trust", account=SHOP, role=ROLE, document=document)
    assert rehearsal.world()["accounts"][SHOP]["entered_by"] == []


def test_somebody_else_can_take_the_trust_away(rehearsal: Rehearsal, member: Make) -> None:
    """An intervention edits the role; the next AssumeRole fails."""
    rehearsal.intervene("trust", account=SHOP, role=ROLE, trusts=["555555555555"])
    with pytest.raises(ClientError, match="AccessDenied"):
        member(SHOP)
    assert "555555555555" in json.dumps(rehearsal.world()["accounts"][SHOP]["roles"][ROLE])


def test_an_external_id_is_compared(rehearsal: Rehearsal, member: Make) -> None:
    """The condition sts:ExternalId must match."""
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "111111111111"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "secret"}},
    }
    rehearsal.intervene("trust", account=SHOP, role=ROLE, document={"Version": "2012-10-17", "Statement": statement})
    with pytest.raises(ClientError, match="AccessDenied"):
        member(SHOP)
    assert member(SHOP, ExternalId="secret")


def test_an_scp_that_denies_accepting_is_obeyed(rehearsal: Rehearsal, invite: Make, member: Make) -> None:
    """It names itself in the message, as AWS's do."""
    rehearsal.intervene(
        "attach", organization="o-examplesrc1", target="Legacy", content=deny("organizations:AcceptHandshake")
    )
    handshake = invite(SHOP)
    inside = member(SHOP)
    assert refused(inside.accept_handshake, HandshakeId=handshake) == ("AccessDeniedException", None)
    with pytest.raises(ClientError, match="explicit deny in a service control policy"):
        inside.accept_handshake(HandshakeId=handshake)


def test_an_scp_does_not_bind_the_management_account(rehearsal: Rehearsal, client: Make) -> None:
    """User guide, orgs_manage_policies_scps."""
    rehearsal.intervene("attach", organization="o-examplesrc1", target="/", content=deny("*"))
    assert client(SOURCE).list_roots()["Roots"]


def test_every_level_must_allow(rehearsal: Rehearsal, client: Make, member: Make) -> None:
    """Without FullAWSAccess at one level, nothing below it is allowed."""
    units = rehearsal.world()["organizations"]["o-examplesrc1"]["units"]
    legacy = next(found for found, names in units.items() if names == "Legacy")
    inside = member(SHOP)
    rehearsal.intervene("attach", organization="o-examplesrc1", target="Legacy", content=deny("iam:CreateUser"))
    client(SOURCE).detach_policy(PolicyId="p-FullAWSAccess", TargetId=legacy)
    assert refused(inside.list_handshakes_for_account) == ("AccessDeniedException", None)


@pytest.mark.parametrize("needs_leave", [True, False])
def test_both_readings_of_the_leave_contradiction(
    needs_leave: bool, rehearsal: Rehearsal, invite: Make, member: Make
) -> None:
    """One page of AWS says that accepting as a member needs LeaveOrganization, another that it does not."""
    rehearsal.switch(accept_needs_leave=needs_leave)
    rehearsal.intervene(
        "attach", organization="o-examplesrc1", target="/", content=deny("organizations:LeaveOrganization")
    )
    handshake, inside = invite(SHOP), member(SHOP)
    if needs_leave:
        assert refused(inside.accept_handshake, HandshakeId=handshake) == ("AccessDeniedException", None)
    else:
        assert inside.accept_handshake(HandshakeId=handshake)["Handshake"]["State"] == "ACCEPTED"


def test_a_missing_service_linked_role_must_be_allowed(rehearsal: Rehearsal, client: Make, member: Make) -> None:
    """Accepting creates AWSServiceRoleForOrganizations; without the permission it fails with a reason of its own."""
    limited = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "organizations:*", "Resource": "*"}],
    }
    full = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}

    def scenario(policy: dict[str, Any]) -> dict[str, Any]:
        account = {
            "id": SHOP,
            "name": "shop",
            "email": "shop@example.com",
            "service_linked_role": False,
            "roles": [{"name": ROLE, "trusts": ["111111111111"], "policy": policy}],
        }
        source = {"id": "o-sourceorg001", "root": "r-src1", "management": "111111111111", "profile": SOURCE}
        destination = {"id": "o-destinatn01", "root": "r-dst1", "management": "222222222222", "profile": DESTINATION}
        return {"name": "linked", "organizations": [{**source, "accounts": [account]}, destination]}

    rehearsal.reset(scenario(limited))
    target = {"Type": "ACCOUNT", "Id": SHOP}
    handshake = client().invite_account_to_organization(Target=target)["Handshake"]["Id"]
    refusal = refused(member(SHOP).accept_handshake, HandshakeId=handshake)
    assert refusal == ("AccessDeniedForDependencyException", "ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE")
    rehearsal.reset(scenario(full))
    handshake = client().invite_account_to_organization(Target=target)["Handshake"]["Id"]
    member(SHOP).accept_handshake(HandshakeId=handshake)
    names = {role["RoleName"] for role in member(SHOP, "iam").list_roles()["Roles"]}
    assert "AWSServiceRoleForOrganizations" in names


def test_least_privilege_for_accepting_is_enough(rehearsal: Rehearsal, invite: Make, client: Make) -> None:
    """A session policy with the destination's handshakes alone: it accepts those and nothing else."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["organizations:AcceptHandshake", "organizations:DescribeHandshake"],
                "Resource": "arn:aws:organizations::222222222222:handshake/o-exampledst1/invite/*",
            }
        ],
    }
    courted = "300000000017"
    session = client(SOURCE, "sts").assume_role(
        RoleArn=f"arn:aws:iam::{courted}:role/{ROLE}", RoleSessionName="test", Policy=json.dumps(policy)
    )["Credentials"]
    inside = _client(rehearsal, session)
    with pytest.raises(ClientError, match="no session policy allows"):
        inside.accept_handshake(HandshakeId="h-thirdparty001")
    assert inside.accept_handshake(HandshakeId=invite(courted))["Handshake"]["State"] == "ACCEPTED"


def test_the_policy_simulator_tells_who_denies(rehearsal: Rehearsal, member: Make) -> None:
    """An SCP's deny is an explicit one, and the organization is named as its source."""
    rehearsal.intervene(
        "attach", organization="o-examplesrc1", target="/", content=deny("organizations:LeaveOrganization")
    )
    actions = ["organizations:AcceptHandshake", "organizations:LeaveOrganization"]
    answer = member(SHOP, "iam").simulate_principal_policy(
        PolicySourceArn=f"arn:aws:iam::{SHOP}:role/{ROLE}", ActionNames=actions
    )
    found = {
        result["EvalActionName"]: (
            result["EvalDecision"],
            result["OrganizationsDecisionDetail"]["AllowedByOrganizations"],
        )
        for result in answer["EvaluationResults"]
    }
    assert found == {actions[0]: ("allowed", True), actions[1]: ("explicitDeny", False)}
    with pytest.raises(ClientError, match="NoSuchEntity"):
        member(SHOP, "iam").simulate_principal_policy(
            PolicySourceArn=f"arn:aws:iam::{SHOP}:role/Absent", ActionNames=actions
        )


def test_sessions_can_be_made_to_expire(rehearsal: Rehearsal, member: Make) -> None:
    """With the switch, a session ends by the virtual clock."""
    rehearsal.switch(expire_sessions=True)
    inside = member(SHOP)
    rehearsal.advance(timedelta(hours=1, seconds=1))
    with pytest.raises(ClientError, match="ExpiredToken"):
        inside.describe_organization()


def test_an_unknown_key_is_nobody(rehearsal: Rehearsal) -> None:
    """As AWS says it, in each protocol."""
    for service, call, code in (
        ("organizations", "describe_organization", "UnrecognizedClientException"),
        ("sts", "get_caller_identity", "InvalidClientTokenId"),
    ):
        stranger = _client(rehearsal, {"AccessKeyId": "AKIASTRANGERSTRANGER", "SecretAccessKey": "x"}, service)
        with pytest.raises(ClientError) as caught:
            getattr(stranger, call)()
        assert caught.value.response["Error"]["Code"] == code


def _client(rehearsal: Rehearsal, session: dict[str, Any], service: str = "organizations") -> Any:
    make: Any = boto3.client
    return make(
        service,
        region_name="us-east-1",
        endpoint_url=rehearsal.address,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session.get("SessionToken"),
    )
