"""Error situations of the Organizations operations that the rehearsal serves, each as botocore's model and AWS say it.

API reference, the errors of each operation and the reasons of InvalidInputException, ConstraintViolationException and
HandshakeConstraintViolationException. The calls are refused: they change nothing, so all of them share one world.
"""

import os
from collections.abc import Iterator
from typing import Any, Final

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from orgtools.rehearsal import Rehearsal
from orgtools.rehearsal.operations import registry

SOURCE, DESTINATION, BILLING = "rehearsal-source", "rehearsal-destination", "rehearsal-billing"
MEMBER, YOUNG, DELEGATE, CLOSED, INVITED, ALONE = (f"30000000000{n}" for n in range(1, 7))
HELD, ELSEWHERE = "300000000008", "300000000009"
UNIT, FULL, EMPTY = "ou-srce-prod0001", "ou-srce-full0001", "ou-srce-empt0001"
OURS, DECLINED, UNKNOWN = "h-ours00000001", "h-declined0001", "h-unknown00001"
OPEN_ALONE = "h-alone0000001"
SCP, RCP = "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"
ALLOW: Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
TEXT: Final = '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "iam:*", "Resource": "*"}]}'
CONTENT: Final = {"Content": TEXT, "Description": "", "Type": SCP}


def _account(account_id: str, **traits: Any) -> dict[str, Any]:
    return {"id": account_id, "name": f"a{account_id[-3:]}", "email": f"a{account_id[-3:]}@example.com", **traits}


def _unit(number: int) -> dict[str, str]:
    return {"name": f"L{number}", "parent": "/".join(f"L{above}" for above in range(1, number)) or "/"}


WORLD: Final[dict[str, Any]] = {
    "name": "situations",
    "organizations": [
        {
            "id": "o-sourceorg001",
            "root": "r-srce",
            "management": "111111111111",
            "profile": SOURCE,
            "units": [
                {"name": "Prod", "id": UNIT},
                {"name": "Full", "id": FULL},
                {"name": "Empty", "id": EMPTY},
                *(_unit(number) for number in range(1, 6)),
            ],
            "policies": [
                {"name": f"S{number}", "content": ALLOW, "attach": ["Full"] if number < 9 else []}
                for number in range(10)
            ],
            "accounts": [
                _account(MEMBER, unit="Prod", tags={f"k{number}": "v" for number in range(50)}),
                _account(YOUNG, created_days_ago=1),
                _account(DELEGATE, delegated=["guardduty.amazonaws.com"]),
                _account(CLOSED, state="SUSPENDED"),
                _account(INVITED, joined="INVITED", roles=[]),
            ],
        },
        {
            "id": "o-destinatn01",
            "root": "r-dest",
            "management": "222222222222",
            "profile": DESTINATION,
            "account_quota": 2,
            "accounts": [_account(HELD)],
        },
        {
            "id": "o-billingorg1",
            "root": "r-bill",
            "management": "333333333333",
            "profile": BILLING,
            "feature_set": "CONSOLIDATED_BILLING",
            "policy_types": [],
            "enabling_all_features": True,
        },
    ],
    "accounts": [
        _account(ALONE, roles=[{"name": "OrganizationAccountAccessRole", "trusts": ["111111111111"]}]),
        _account(ELSEWHERE, payment_method=True, seller="Somebody else", roles=[]),
    ],
    "invitations": [
        {"id": OURS, "organization": "o-sourceorg001", "account": ELSEWHERE},
        {"id": OPEN_ALONE, "organization": "o-sourceorg001", "account": ALONE},
        {
            "id": DECLINED,
            "organization": "o-sourceorg001",
            "account": ALONE,
            "days_ago": 3,
            "state": "DECLINED",
            "closed_days_ago": 2,
        },
    ],
}

INVALID, LIMIT, HANDSHAKE = (
    "InvalidInputException",
    "ConstraintViolationException",
    "HandshakeConstraintViolationException",
)
Situation = tuple[str, str, dict[str, Any], str, str | None]
"""Who (a profile or an account), which operation, with what, and the code and the reason that it is refused with."""


def _target(value: str, kind: str = "ACCOUNT") -> dict[str, Any]:
    return {"Target": {"Id": value, "Type": kind}}


def _tags(*tags: tuple[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags]


INPUTS: Final[list[Situation]] = [
    (SOURCE, "InviteAccountToOrganization", _target("12345"), INVALID, "INVALID_PATTERN_TARGET_ID"),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE, "BLEE"), INVALID, "INVALID_ENUM"),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE, "ORGANIZATION"), INVALID, "INVALID_PARTY_TYPE_TARGET"),
    (SOURCE, "InviteAccountToOrganization", _target("nobody", "EMAIL"), INVALID, "INVALID_EMAIL_ADDRESS_TARGET"),
    (SOURCE, "InviteAccountToOrganization", {"Target": {"Type": "ACCOUNT"}}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "InviteAccountToOrganization", {}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "InviteAccountToOrganization", _target(""), INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "InviteAccountToOrganization", _target("1" * 65), INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE) | {"Notes": "n" * 1025}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE) | {"Notes": 5}, "SerializationException", None),
    (
        SOURCE,
        "InviteAccountToOrganization",
        _target(ALONE) | {"Tags": _tags(("k" * 129, "v"))},
        INVALID,
        "MAX_LENGTH_EXCEEDED",
    ),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE) | {"Tags": _tags(("R&D", "v"))}, INVALID, "INVALID_PATTERN"),
    (
        SOURCE,
        "InviteAccountToOrganization",
        _target(ALONE) | {"Tags": _tags(("aws:x", "v"))},
        INVALID,
        "INVALID_SYSTEM_TAGS_PARAMETER",
    ),
    (
        SOURCE,
        "InviteAccountToOrganization",
        _target(ALONE) | {"Tags": _tags(("k", "1"), ("k", "2"))},
        INVALID,
        "DUPLICATE_TAG_KEY",
    ),
    (SOURCE, "AcceptHandshake", {"HandshakeId": "nowhere"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "AcceptHandshake", {}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "DeclineHandshake", {"HandshakeId": "h-SHOUTING1"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "CancelHandshake", {"HandshakeId": "h-" + "a" * 33}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "DescribeHandshake", {"HandshakeId": ["h-12345678"]}, "SerializationException", None),
    (SOURCE, "ListHandshakesForOrganization", {"Filter": {"ActionType": "BLEE"}}, INVALID, "INVALID_ENUM"),
    (
        SOURCE,
        "ListHandshakesForOrganization",
        {"Filter": {"ActionType": "INVITE", "ParentHandshakeId": OURS}},
        INVALID,
        "MAX_LIMIT_EXCEEDED_FILTER",
    ),
    (SOURCE, "ListHandshakesForAccount", {"MaxResults": 21}, INVALID, "MAX_VALUE_EXCEEDED"),
    (SOURCE, "ListHandshakesForAccount", {"NextToken": "made up"}, INVALID, "INVALID_NEXT_TOKEN"),
    (SOURCE, "ListAccounts", {"MaxResults": 0}, INVALID, "MIN_VALUE_EXCEEDED"),
    (SOURCE, "ListAccounts", {"MaxResults": "many"}, "SerializationException", None),
    (SOURCE, "ListAccounts", {"NextToken": "n" * 100_001}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "ListAccountsForParent", {"ParentId": "nowhere"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "ListChildren", {"ParentId": "r-srce", "ChildType": "BLEE"}, INVALID, "INVALID_ENUM"),
    (SOURCE, "ListChildren", {"ParentId": "r-srce"}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "ListParents", {"ChildId": "nowhere"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "ListPolicies", {"Filter": "BLEE"}, INVALID, "INVALID_ENUM_POLICY_TYPE"),
    (SOURCE, "ListPoliciesForTarget", {"TargetId": "x", "Filter": SCP}, INVALID, "INVALID_PATTERN_TARGET_ID"),
    (SOURCE, "ListTargetsForPolicy", {"PolicyId": "x"}, INVALID, "INVALID_SYNTAX_POLICY_ID"),
    (SOURCE, "DescribeAccount", {"AccountId": "1234"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "DescribeAccount", {"AccountId": "1" * 13}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "MoveAccount", {"AccountId": MEMBER, "SourceParentId": "r-srce"}, INVALID, "INPUT_REQUIRED"),
    (
        SOURCE,
        "MoveAccount",
        {"AccountId": MEMBER, "SourceParentId": "here", "DestinationParentId": UNIT},
        INVALID,
        "INVALID_PATTERN",
    ),
    (SOURCE, "CreateOrganizationalUnit", {"ParentId": "r-srce", "Name": ""}, INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "CreateOrganizationalUnit", {"ParentId": "r-srce", "Name": "n" * 129}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "CreateOrganizationalUnit", {"ParentId": "r-srce"}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "UpdateOrganizationalUnit", {"OrganizationalUnitId": UNIT, "Name": ""}, INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "DeleteOrganizationalUnit", {"OrganizationalUnitId": "r-srce"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "TagResource", {"ResourceId": MEMBER, "Tags": [{"Value": "v"}]}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "TagResource", {"ResourceId": MEMBER, "Tags": _tags(("", "v"))}, INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "TagResource", {"ResourceId": MEMBER, "Tags": _tags(("k", "v" * 257))}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "UntagResource", {"ResourceId": MEMBER, "TagKeys": [5]}, "SerializationException", None),
    (SOURCE, "ListTagsForResource", {"ResourceId": "x"}, INVALID, "INVALID_PATTERN"),
    (
        SOURCE,
        "RegisterDelegatedAdministrator",
        {"AccountId": MEMBER, "ServicePrincipal": "nobody"},
        INVALID,
        "UNRECOGNIZED_SERVICE_PRINCIPAL",
    ),
    (SOURCE, "RegisterDelegatedAdministrator", {"AccountId": MEMBER}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "ListDelegatedAdministrators", {"ServicePrincipal": ""}, INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "CreatePolicy", {**CONTENT, "Name": "n", "Type": "BLEE"}, INVALID, "INVALID_ENUM_POLICY_TYPE"),
    (SOURCE, "CreatePolicy", {**CONTENT, "Name": "n" * 129}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (SOURCE, "CreatePolicy", {"Content": TEXT, "Name": "n", "Type": SCP}, INVALID, "INPUT_REQUIRED"),
    (SOURCE, "UpdatePolicy", {"PolicyId": "p-FullAWSAccess", "Name": "n"}, INVALID, "IMMUTABLE_POLICY"),
    (SOURCE, "DeletePolicy", {"PolicyId": "p-FullAWSAccess"}, INVALID, "IMMUTABLE_POLICY"),
    (SOURCE, "AttachPolicy", {"PolicyId": "p-FullAWSAccess", "TargetId": "x"}, INVALID, "INVALID_PATTERN_TARGET_ID"),
    (
        SOURCE,
        "DetachPolicy",
        {"PolicyId": "p-RCPFullAWSAccess", "TargetId": "r-srce"},
        INVALID,
        "NON_DETACHABLE_POLICY",
    ),
    (SOURCE, "EnablePolicyType", {"RootId": "root", "PolicyType": RCP}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "CreateAccount", {"Email": "none", "AccountName": "n"}, INVALID, "MIN_LENGTH_EXCEEDED"),
    (SOURCE, "CreateAccount", {"Email": "no address", "AccountName": "n"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "CreateAccount", {"Email": "a@example.com", "AccountName": "n" * 51}, INVALID, "MAX_LENGTH_EXCEEDED"),
    (
        SOURCE,
        "CreateAccount",
        {"Email": "a@example.com", "AccountName": "n", "RoleName": "AWSServiceRoleForMe"},
        INVALID,
        "INVALID_ROLE_NAME",
    ),
    (SOURCE, "DescribeCreateAccountStatus", {"CreateAccountRequestId": "x"}, INVALID, "INVALID_PATTERN"),
    (SOURCE, "ListCreateAccountStatus", {"States": ["BLEE"]}, INVALID, "INVALID_LIST_MEMBER"),
    (ALONE, "CreateOrganization", {"FeatureSet": "BLEE"}, INVALID, "INVALID_ENUM"),
]

STATES: Final[list[Situation]] = [
    (SOURCE, "InviteAccountToOrganization", _target(MEMBER), HANDSHAKE, "ALREADY_IN_AN_ORGANIZATION"),
    (SOURCE, "InviteAccountToOrganization", _target(ALONE), "DuplicateHandshakeException", None),
    (DESTINATION, "InviteAccountToOrganization", _target(ALONE), HANDSHAKE, "ACCOUNT_NUMBER_LIMIT_EXCEEDED"),
    (
        DESTINATION,
        "InviteAccountToOrganization",
        _target(ELSEWHERE),
        HANDSHAKE,
        "ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD",
    ),
    (BILLING, "InviteAccountToOrganization", _target(ALONE), HANDSHAKE, "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES"),
    (MEMBER, "InviteAccountToOrganization", _target(ALONE), "AccessDeniedException", None),
    (ALONE, "InviteAccountToOrganization", _target(MEMBER), "AWSOrganizationsNotInUseException", None),
    (ALONE, "AcceptHandshake", {"HandshakeId": OPEN_ALONE}, HANDSHAKE, "PAYMENT_INSTRUMENT_REQUIRED"),
    (ALONE, "AcceptHandshake", {"HandshakeId": DECLINED}, "InvalidHandshakeTransitionException", None),
    (ALONE, "DeclineHandshake", {"HandshakeId": DECLINED}, "HandshakeAlreadyInStateException", None),
    (ALONE, "CancelHandshake", {"HandshakeId": OPEN_ALONE}, "AccessDeniedException", None),
    (SOURCE, "AcceptHandshake", {"HandshakeId": OURS}, "AccessDeniedException", None),
    (SOURCE, "CancelHandshake", {"HandshakeId": DECLINED}, "InvalidHandshakeTransitionException", None),
    (SOURCE, "DescribeHandshake", {"HandshakeId": UNKNOWN}, "HandshakeNotFoundException", None),
    (DESTINATION, "DescribeHandshake", {"HandshakeId": OURS}, "HandshakeNotFoundException", None),
    (SOURCE, "LeaveOrganization", {}, "MasterCannotLeaveOrganizationException", None),
    (MEMBER, "LeaveOrganization", {}, LIMIT, "MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
    (YOUNG, "LeaveOrganization", {}, LIMIT, "WAIT_PERIOD_ACTIVE"),
    (DELEGATE, "LeaveOrganization", {}, LIMIT, "CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG"),
    (ALONE, "LeaveOrganization", {}, "AWSOrganizationsNotInUseException", None),
    (
        SOURCE,
        "RemoveAccountFromOrganization",
        {"AccountId": "111111111111"},
        "MasterCannotLeaveOrganizationException",
        None,
    ),
    (SOURCE, "RemoveAccountFromOrganization", {"AccountId": HELD}, "AccountNotFoundException", None),
    (SOURCE, "CloseAccount", {"AccountId": "111111111111"}, LIMIT, "CANNOT_CLOSE_MANAGEMENT_ACCOUNT"),
    (SOURCE, "CloseAccount", {"AccountId": CLOSED}, "AccountAlreadyClosedException", None),
    (SOURCE, "DescribeAccount", {"AccountId": HELD}, "AccountNotFoundException", None),
    (MEMBER, "ListAccounts", {}, "AccessDeniedException", None),
    (ALONE, "DescribeOrganization", {}, "AWSOrganizationsNotInUseException", None),
    (
        SOURCE,
        "MoveAccount",
        {"AccountId": MEMBER, "SourceParentId": "r-srce", "DestinationParentId": EMPTY},
        "SourceParentNotFoundException",
        None,
    ),
    (
        SOURCE,
        "MoveAccount",
        {"AccountId": MEMBER, "SourceParentId": UNIT, "DestinationParentId": UNIT},
        "DuplicateAccountException",
        None,
    ),
    (
        SOURCE,
        "MoveAccount",
        {"AccountId": MEMBER, "SourceParentId": UNIT, "DestinationParentId": "r-dest"},
        "DestinationParentNotFoundException",
        None,
    ),
    (SOURCE, "ListAccountsForParent", {"ParentId": "r-dest"}, "ParentNotFoundException", None),
    (SOURCE, "ListParents", {"ChildId": HELD}, "ChildNotFoundException", None),
    (
        SOURCE,
        "DescribeOrganizationalUnit",
        {"OrganizationalUnitId": "ou-dest-none0001"},
        "OrganizationalUnitNotFoundException",
        None,
    ),
    (
        SOURCE,
        "CreateOrganizationalUnit",
        {"ParentId": "r-srce", "Name": "Prod"},
        "DuplicateOrganizationalUnitException",
        None,
    ),
    (
        SOURCE,
        "UpdateOrganizationalUnit",
        {"OrganizationalUnitId": UNIT, "Name": "Full"},
        "DuplicateOrganizationalUnitException",
        None,
    ),
    (
        SOURCE,
        "DeleteOrganizationalUnit",
        {"OrganizationalUnitId": UNIT},
        "OrganizationalUnitNotEmptyException",
        None,
    ),
    (SOURCE, "TagResource", {"ResourceId": HELD, "Tags": _tags(("k", "v"))}, "TargetNotFoundException", None),
    (SOURCE, "TagResource", {"ResourceId": MEMBER, "Tags": _tags(("new", "v"))}, LIMIT, "MAX_TAG_LIMIT_EXCEEDED"),
    (
        SOURCE,
        "RegisterDelegatedAdministrator",
        {"AccountId": DELEGATE, "ServicePrincipal": "guardduty.amazonaws.com"},
        "AccountAlreadyRegisteredException",
        None,
    ),
    (
        SOURCE,
        "RegisterDelegatedAdministrator",
        {"AccountId": "111111111111", "ServicePrincipal": "guardduty.amazonaws.com"},
        LIMIT,
        "CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR",
    ),
    (
        SOURCE,
        "RegisterDelegatedAdministrator",
        {"AccountId": CLOSED, "ServicePrincipal": "guardduty.amazonaws.com"},
        LIMIT,
        "CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR",
    ),
    (
        SOURCE,
        "DeregisterDelegatedAdministrator",
        {"AccountId": MEMBER, "ServicePrincipal": "guardduty.amazonaws.com"},
        "AccountNotRegisteredException",
        None,
    ),
    (SOURCE, "ListDelegatedServicesForAccount", {"AccountId": MEMBER}, "AccountNotRegisteredException", None),
    (SOURCE, "DescribePolicy", {"PolicyId": "p-nowhere01"}, "PolicyNotFoundException", None),
    (SOURCE, "DescribeEffectivePolicy", {"PolicyType": "TAG_POLICY"}, "EffectivePolicyNotFoundException", None),
    (
        SOURCE,
        "DescribeEffectivePolicy",
        {"PolicyType": "TAG_POLICY", "TargetId": UNIT},
        INVALID,
        "TARGET_NOT_SUPPORTED",
    ),
    (
        SOURCE,
        "DescribeEffectivePolicy",
        {"PolicyType": "TAG_POLICY", "TargetId": HELD},
        "TargetNotFoundException",
        None,
    ),
    (SOURCE, "DescribeEffectivePolicy", {"PolicyType": SCP}, INVALID, "INVALID_ENUM_POLICY_TYPE"),
    (
        MEMBER,
        "DescribeEffectivePolicy",
        {"PolicyType": "TAG_POLICY", "TargetId": DELEGATE},
        "AccessDeniedException",
        None,
    ),
    (ALONE, "DescribeEffectivePolicy", {"PolicyType": "TAG_POLICY"}, "AWSOrganizationsNotInUseException", None),
    (SOURCE, "CreatePolicy", {**CONTENT, "Name": "S1"}, "DuplicatePolicyException", None),
    (
        SOURCE,
        "CreatePolicy",
        {**CONTENT, "Name": "n", "Content": "x" * 10_241},
        LIMIT,
        "POLICY_CONTENT_LIMIT_EXCEEDED",
    ),
    (SOURCE, "CreatePolicy", {**CONTENT, "Name": "n", "Content": "{"}, "MalformedPolicyDocumentException", None),
    (
        SOURCE,
        "CreatePolicy",
        {**CONTENT, "Name": "n", "Content": '{"Statement": {"Effect": "Deny", "Action": "*"}}'},
        "MalformedPolicyDocumentException",
        None,
    ),
    (SOURCE, "CreatePolicy", {**CONTENT, "Name": "n", "Type": RCP}, "MalformedPolicyDocumentException", None),
    (BILLING, "CreatePolicy", {**CONTENT, "Name": "n"}, "PolicyTypeNotAvailableForOrganizationException", None),
    (SOURCE, "AttachPolicy", {"PolicyId": "p-nowhere01", "TargetId": UNIT}, "PolicyNotFoundException", None),
    (SOURCE, "AttachPolicy", {"PolicyId": "p-FullAWSAccess", "TargetId": HELD}, "TargetNotFoundException", None),
    (
        SOURCE,
        "AttachPolicy",
        {"PolicyId": "p-FullAWSAccess", "TargetId": UNIT},
        "DuplicatePolicyAttachmentException",
        None,
    ),
    (
        SOURCE,
        "AttachPolicy",
        {"PolicyId": "S9", "TargetId": FULL},
        LIMIT,
        "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    ),
    (
        SOURCE,
        "DetachPolicy",
        {"PolicyId": "p-FullAWSAccess", "TargetId": UNIT},
        LIMIT,
        "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
    ),
    (SOURCE, "DetachPolicy", {"PolicyId": "S9", "TargetId": UNIT}, "PolicyNotAttachedException", None),
    (SOURCE, "DeletePolicy", {"PolicyId": "S1"}, "PolicyInUseException", None),
    (SOURCE, "EnablePolicyType", {"RootId": "r-srce", "PolicyType": SCP}, "PolicyTypeAlreadyEnabledException", None),
    (SOURCE, "EnablePolicyType", {"RootId": "r-dest", "PolicyType": RCP}, "RootNotFoundException", None),
    (SOURCE, "DisablePolicyType", {"RootId": "r-srce", "PolicyType": RCP}, "PolicyTypeNotEnabledException", None),
    (SOURCE, "CreateOrganization", {}, "AlreadyInOrganizationException", None),
    (ALONE, "CreateOrganization", {}, LIMIT, "MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED"),
    (SOURCE, "DeleteOrganization", {}, "OrganizationNotEmptyException", None),
    (MEMBER, "DeleteOrganization", {}, "AccessDeniedException", None),
    (SOURCE, "EnableAllFeatures", {}, HANDSHAKE, "ORGANIZATION_ALREADY_HAS_ALL_FEATURES"),
    (BILLING, "EnableAllFeatures", {}, HANDSHAKE, "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION"),
    (
        DESTINATION,
        "CreateAccount",
        {"Email": "new@example.com", "AccountName": "n"},
        LIMIT,
        "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
    ),
    (
        SOURCE,
        "DescribeCreateAccountStatus",
        {"CreateAccountRequestId": "car-12345678"},
        "CreateAccountStatusNotFoundException",
        None,
    ),
]
SITUATIONS: Final = [*INPUTS, *STATES]


@pytest.fixture(scope="module")
def callers(server: Rehearsal) -> Iterator[dict[str, Any]]:
    """A client for each profile, and one inside each account that calls."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in server.environment().items():
            patch.setenv(name, value)
        server.reset(WORLD)
        once = Config(retries={"total_max_attempts": 1}, parameter_validation=False)
        sessions = {name: boto3.Session(profile_name=name) for name in (SOURCE, DESTINATION, BILLING)}
        made: dict[str, Any] = {name: held.client("organizations", config=once) for name, held in sessions.items()}
        sts = sessions[SOURCE].client("sts")
        for account in (MEMBER, YOUNG, DELEGATE, ALONE):
            role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
            keys = sts.assume_role(RoleArn=role, RoleSessionName="inside")["Credentials"]
            made[account] = sessions[SOURCE].client(
                "organizations",
                config=once,
                aws_access_key_id=keys["AccessKeyId"],
                aws_secret_access_key=keys["SecretAccessKey"],
                aws_session_token=keys["SessionToken"],
            )
        made["policies"] = {
            policy["Name"]: policy["Id"] for policy in made[SOURCE].list_policies(Filter=SCP)["Policies"]
        }
        made["world"] = server.world()
        yield made
        sts.close()
        for name in made.keys() - {"policies", "world"}:
            made[name].close()


@pytest.mark.parametrize("situation", SITUATIONS, ids=[f"{s[1]}-{s[4] or s[3]}-{n}" for n, s in enumerate(SITUATIONS)])
def test_every_situation_is_refused_as_documented(situation: Situation, callers: dict[str, Any]) -> None:
    """With a code that the operation models and a reason of its enum; SerializationException is of the protocol."""
    who, operation, given, code, reason = situation
    if "PolicyId" in given:
        given = {**given, "PolicyId": callers["policies"].get(given["PolicyId"], given["PolicyId"])}
    with pytest.raises(ClientError) as caught:
        callers[who]._make_api_call(operation, given)
    response: dict[str, Any] = dict(caught.value.response)
    assert (response["Error"]["Code"], response.get("Reason")) == (code, reason)
    assert response["Error"]["Message"]
    if code != "SerializationException":
        modelled = callers[who].meta.service_model.operation_model(operation)
        errors = {error.name: error for error in modelled.error_shapes}
        members = errors[code].members
        assert reason in (members["Reason"].enum if "Reason" in members else [None])


def test_no_situation_changed_anything(server: Rehearsal, callers: dict[str, Any]) -> None:
    """They share one world because each was refused."""
    assert {**server.world(), "now": ""} == {**callers["world"], "now": ""}


def test_the_table_is_long_enough_and_has_every_operation_that_can_be_refused_so() -> None:
    """Of the lists that are refused for their pages only, one stands for all."""
    assert len(SITUATIONS) >= 96
    assert len({str(situation) for situation in SITUATIONS}) == len(SITUATIONS)
    alike = {
        "ListRoots",
        "ListOrganizationalUnitsForParent",
        "ListAWSServiceAccessForOrganization",
        "ListInboundResponsibilityTransfers",
        "ListOutboundResponsibilityTransfers",
    }
    answered = {name for name, held in registry.of("organizations").items() if held.run}
    told = {situation[1] for situation in SITUATIONS}
    assert answered - told == alike, "SITUATIONS has no row for an operation: write one for each refusal that it models"
