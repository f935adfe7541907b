"""The resource that policies see of a call, by the words of the refusal where a session may do nothing."""

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

SHOP: Final = "012345678901"
MINE: Final = f"arn:aws:iam::{SHOP}:role/OrganizationAccountAccessRole"
CENTER: Final = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
ENABLED: Final = "arn:aws:controltower:us-east-1:111111111111:enabledbaseline/X0123456789ABCDEF"
INVITED: Final = "arn:aws:ram:us-east-1:300000000003:resource-share-invitation/0123"
HERE: Final = "arn:aws:organizations::111111111111"
NOTHING: Final = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "none:None", "Resource": "*"}]}


@pytest.mark.parametrize(
    ("service", "method", "given", "resource"),
    [
        ("organizations", "list_roots", {}, "*"),
        ("organizations", "describe_account", {"AccountId": SHOP}, f"{HERE}:account/o-examplesrc1/{SHOP}"),
        ("organizations", "list_tags_for_resource", {"ResourceId": SHOP}, f"{HERE}:account/o-examplesrc1/{SHOP}"),
        ("organizations", "list_tags_for_resource", {"ResourceId": "r-src1"}, "*"),
        (
            "organizations",
            "create_organizational_unit",
            {"ParentId": "r-src1", "Name": "New"},
            f"{HERE}:root/o-examplesrc1/r-src1",
        ),
        (
            "organizations",
            "invite_account_to_organization",
            {"Target": {"Type": "ACCOUNT", "Id": "300000000003"}},
            f"{HERE}:account/o-examplesrc1/300000000003",
        ),
        (
            "organizations",
            "accept_handshake",
            {"HandshakeId": "h-nobody0000001"},
            f"arn:aws:organizations::{SHOP}:handshake/o-unknown/invite/h-nobody0000001",
        ),
        ("account", "get_contact_information", {}, f"arn:aws:account::{SHOP}:account"),
        (
            "account",
            "get_contact_information",
            {"AccountId": SHOP},
            f"arn:aws:account::111111111111:account/o-examplesrc1/{SHOP}",
        ),
        ("iam", "get_role", {"RoleName": "OrganizationAccountAccessRole"}, MINE),
        ("iam", "get_role", {"RoleName": "Nobody"}, f"arn:aws:iam::{SHOP}:role/Nobody"),
        ("iam", "list_roles", {}, "*"),
        (
            "secretsmanager",
            "get_secret_value",
            {"SecretId": "none"},
            f"arn:aws:secretsmanager:us-east-1:{SHOP}:secret:none",
        ),
        ("sso-admin", "list_permission_sets", {"InstanceArn": CENTER}, CENTER),
        ("controltower", "get_enabled_baseline", {"enabledBaselineIdentifier": ENABLED}, ENABLED),
        ("controltower", "list_landing_zones", {}, "*"),
        ("ram", "accept_resource_share_invitation", {"resourceShareInvitationArn": INVITED}, INVITED),
        (
            "servicecatalog",
            "provision_product",
            {"ProductId": "prod-1", "ProvisionedProductName": "one", "ProvisionToken": "t"},
            f"arn:aws:catalog:us-east-1:{SHOP}:product/prod-1",
        ),
        ("servicecatalog", "search_products", {}, "*"),
        ("s3", "list_buckets", {}, "*"),
    ],
)
def test_a_call_is_about(
    service: str, method: str, given: dict[str, Any], resource: str, member: Callable[..., Any]
) -> None:
    """Service Authorization Reference; where moto answers as well."""
    with pytest.raises(ClientError) as refused:
        getattr(member(SHOP, service, Policy=json.dumps(NOTHING)), method)(**given)
    assert f"on resource: {resource} because no session policy allows" in str(refused.value)


@pytest.mark.parametrize(
    ("service", "method", "action"),
    [
        ("s3", "list_buckets", "s3:ListAllMyBuckets"),
        ("apigateway", "get_rest_apis", "apigateway:GET"),
        ("resourcegroupstaggingapi", "get_tag_keys", "tagging:GetTagKeys"),
    ],
)
def test_policies_know_a_call_by(service: str, method: str, action: str, member: Callable[..., Any]) -> None:
    """Mostly the service and the operation; a few actions have names of their own."""
    with pytest.raises(ClientError) as refused:
        getattr(member(SHOP, service, Policy=json.dumps(NOTHING)), method)()
    assert f"not authorized to perform: {action} on resource" in str(refused.value)
