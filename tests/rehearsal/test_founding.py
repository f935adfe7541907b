"""Organizations and accounts that begin and end, and keys that IAM and STS give."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal
from tests.rehearsal.refusing import refused

Make = Callable[..., Any]
SOURCE, DESTINATION, LAST = "rehearsal-source", "rehearsal-destination", "111111111111"
SMALL: dict[str, Any] = {
    "name": "ending",
    "organizations": [
        {"id": "o-sourceorg001", "root": "r-src1", "management": LAST, "profile": SOURCE},
        {"id": "o-destinatn01", "root": "r-dst1", "management": "222222222222", "profile": DESTINATION},
    ],
}
ALL = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}'


@pytest.fixture
def small(rehearsal: Rehearsal) -> Rehearsal:
    """Two organizations of one account each."""
    rehearsal.reset(SMALL)
    return rehearsal


def keyed(keys: dict[str, str], service: str) -> Any:
    """A client with keys that somebody was given."""
    return boto3.Session(profile_name=SOURCE).client(  # type: ignore[call-overload]
        service,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"),
    )


def test_the_management_account_moves_last(small: Rehearsal, client: Make) -> None:
    """Its organization is deleted, then it is stand-alone and accepts (orgs_account_migration)."""
    last, target = client(SOURCE), {"Type": "ACCOUNT", "Id": LAST}
    handshake = client(DESTINATION).invite_account_to_organization(Target=target)["Handshake"]["Id"]
    assert refused(last.accept_handshake, HandshakeId=handshake) == ("MasterCannotLeaveOrganizationException", None)
    last.delete_organization()
    assert "o-sourceorg001" not in small.world()["organizations"]
    assert refused(last.describe_organization) == ("AWSOrganizationsNotInUseException", None)
    last.accept_handshake(HandshakeId=handshake)
    assert small.world()["accounts"][LAST]["organization"] == "o-destinatn01"


def test_a_stand_alone_account_founds_an_organization(small: Rehearsal, client: Make) -> None:
    """With a root, service control policies, and itself as the management account."""
    founder = client(SOURCE)
    founder.delete_organization()
    made = founder.create_organization(FeatureSet="ALL")["Organization"]
    assert (made["MasterAccountId"], made["FeatureSet"]) == (LAST, "ALL")
    assert [account["Id"] for account in founder.list_accounts()["Accounts"]] == [LAST]
    (root,) = founder.list_roots()["Roots"]
    assert [kind["Type"] for kind in root["PolicyTypes"]] == ["SERVICE_CONTROL_POLICY"]
    unit = founder.create_organizational_unit(ParentId=root["Id"], Name="New")["OrganizationalUnit"]["Id"]
    assert small.world()["organizations"][made["Id"]]["units"] == {unit: "New"}


def test_an_account_is_created_after_its_time(small: Rehearsal, client: Make) -> None:
    """Then it is in the root with the role that was asked for; an address that is taken fails then, too."""
    owner = client(SOURCE)
    tags = [{"Key": "team", "Value": "shop"}]
    asked = {"Email": "new@example.com", "AccountName": "New", "RoleName": "Way_In", "Tags": tags}
    first = owner.create_account(**asked)["CreateAccountStatus"]
    owner.create_account(Email="New@example.com", AccountName="Second")
    assert (first["State"], len(owner.list_accounts()["Accounts"])) == ("IN_PROGRESS", 1)
    small.advance(timedelta(minutes=2))
    done = owner.describe_create_account_status(CreateAccountRequestId=first["Id"])["CreateAccountStatus"]
    assert done["State"] == "SUCCEEDED"
    failed = owner.list_create_account_status(States=["FAILED"])["CreateAccountStatuses"]
    assert [(one["AccountName"], one["FailureReason"]) for one in failed] == [("Second", "EMAIL_ALREADY_EXISTS")]
    assert small.world()["accounts"][done["AccountId"]]["tags"] == {"team": "shop"}
    role = f"arn:aws:iam::{done['AccountId']}:role/Way_In"
    keys = client(SOURCE, "sts").assume_role(RoleArn=role, RoleSessionName="new")["Credentials"]
    assert refused(keyed(keys, "organizations").leave_organization)[1] == "WAIT_PERIOD_ACTIVE"


def test_all_features_need_every_invited_member(small: Rehearsal, client: Make) -> None:
    """The management account accepts last (API: EnableAllFeatures)."""
    roles = [{"name": "OrganizationAccountAccessRole", "trusts": [LAST]}]
    invited = {"id": "300000000001", "name": "one", "email": "one@example.com", "joined": "INVITED", "roles": roles}
    billing = {"feature_set": "CONSOLIDATED_BILLING", "policy_types": [], "accounts": [invited]}
    small.reset({**SMALL, "organizations": [{**SMALL["organizations"][0], **billing}]})
    owner = client(SOURCE)
    handshake = owner.enable_all_features()["Handshake"]
    early = refused(owner.accept_handshake, HandshakeId=handshake["Id"])
    assert early == ("InvalidHandshakeTransitionException", None)
    role = "arn:aws:iam::300000000001:role/OrganizationAccountAccessRole"
    keys = client(SOURCE, "sts").assume_role(RoleArn=role, RoleSessionName="in")["Credentials"]
    inside = keyed(keys, "organizations")
    (asked,) = inside.list_handshakes_for_account()["Handshakes"]
    inside.accept_handshake(HandshakeId=asked["Id"])
    owner.accept_handshake(HandshakeId=handshake["Id"])
    assert owner.describe_organization()["Organization"]["FeatureSet"] == "ALL"


def test_keys_that_iam_and_sts_give_are_known(small: Rehearsal, client: Make) -> None:
    """A user's keys call with its policies until they are inactive; GetSessionToken gives keys of the caller."""
    iam = client(SOURCE, "iam")
    iam.create_user(UserName="anna")
    keys = iam.create_access_key(UserName="anna")["AccessKey"]
    anna = keyed(keys, "organizations")
    assert refused(anna.list_roots) == ("AccessDeniedException", None)
    iam.put_user_policy(UserName="anna", PolicyName="all", PolicyDocument=ALL)
    lent = keyed(keyed(keys, "sts").get_session_token()["Credentials"], "sts")
    assert lent.get_caller_identity()["Arn"] == f"arn:aws:iam::{LAST}:user/anna"
    with pytest.raises(ClientError, match="AccessDenied"):
        lent.get_session_token()
    assert anna.list_roots()["Roots"]
    iam.update_access_key(UserName="anna", AccessKeyId=keys["AccessKeyId"], Status="Inactive")
    with pytest.raises(ClientError, match="UnrecognizedClientException"):
        anna.list_roots()
