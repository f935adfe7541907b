"""D7: each kind of policy that can name the source organization, found, not found, and closed to us."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.findings import Status
from tests import values
from tests.assess.answering import DENIED, look

Answers = dict[str, Any]

CARRIERS: Final = sorted(name for name in CATALOGUE if name.startswith("D7."))


def policy(organization: str, **changes: Any) -> dict[str, Any]:
    """A policy that admits everybody of an organization."""
    statement = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": organization}},
    }
    return {"Version": "2012-10-17", "Statement": [{**statement, **changes}]}


def _answers(held: dict[str, Any]) -> dict[str, Answers]:
    """Answers for each service, in which exactly one resource carries this policy."""
    text = json.dumps(held)
    arn = "arn:aws:test:us-east-1:300000000001:thing"
    role = {"RoleName": "r", "Arn": "arn:aws:iam::300000000001:role/r", "AssumeRolePolicyDocument": text}
    gone = "ResourceNotFoundException"
    return {
        "D7.iam": {"iam:GetAccountAuthorizationDetails": {"RoleDetailList": [role], "IsTruncated": False}},
        "D7.s3": {"s3:ListBuckets": {"Buckets": [{"Name": "thing"}]}, "s3:GetBucketPolicy": {"Policy": text}},
        "D7.kms": {
            "kms:ListKeys": {"Keys": [{"KeyId": "k", "KeyArn": arn}], "Truncated": False},
            "kms:GetKeyPolicy": {"Policy": text},
        },
        "D7.sqs": {
            "sqs:ListQueues": {"QueueUrls": ["https://sqs/thing"]},
            "sqs:GetQueueAttributes": {"Attributes": {"Policy": text}},
        },
        "D7.sns": {
            "sns:ListTopics": {"Topics": [{"TopicArn": arn}]},
            "sns:GetTopicAttributes": {"Attributes": {"Policy": text}},
        },
        "D7.lambda": {
            "lambda:ListFunctions": {"Functions": [{"FunctionArn": arn}]},
            "lambda:GetPolicy": {"Policy": text},
        },
        "D7.secretsmanager": {
            "secretsmanager:ListSecrets": {"SecretList": [{"ARN": arn}]},
            "secretsmanager:GetResourcePolicy": {"ResourcePolicy": text},
        },
        "D7.ecr": {
            "ecr:GetRegistryPolicy": "RegistryPolicyNotFoundException",
            "ecr:DescribeRepositories": {"repositories": [{"repositoryName": "thing", "repositoryArn": arn}]},
            "ecr:GetRepositoryPolicy": {"policyText": text},
        },
        "D7.events": {"events:ListEventBuses": {"EventBuses": [{"Arn": arn, "Policy": text}]}},
        "D7.logs": {
            "logs:DescribeResourcePolicies": {"resourcePolicies": [{"policyName": "p", "policyDocument": text}]},
            "logs:DescribeDestinations": {"destinations": [{"arn": arn}]},
        },
        "D7.efs": {
            "efs:DescribeFileSystems": {
                "FileSystems": [
                    {
                        "OwnerId": values.ACCOUNT,
                        "CreationToken": "t",
                        "FileSystemId": "fs-1",
                        "FileSystemArn": arn,
                        "CreationTime": values.NOW,
                        "LifeCycleState": "available",
                        "NumberOfMountTargets": 0,
                        "SizeInBytes": {"Value": 0},
                        "PerformanceMode": "generalPurpose",
                        "Tags": [],
                    }
                ]
            },
            "efs:DescribeFileSystemPolicy": {"Policy": text},
        },
        "D7.backup": {
            "backup:ListBackupVaults": {"BackupVaultList": [{"BackupVaultName": "v", "BackupVaultArn": arn}]},
            "backup:GetBackupVaultAccessPolicy": {"Policy": text},
        },
        "D7.vpc": {"ec2:DescribeVpcEndpoints": {"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "PolicyDocument": text}]}},
        "D7.apigateway": {
            "apigateway:GetRestApis": {"items": [{"id": "a", "policy": text.replace('"', '\\"')}]},
        },
        "D7.opensearch": {
            "opensearch:ListDomainNames": {"DomainNames": [{"DomainName": "thing"}]},
            "opensearch:DescribeDomain": {
                "DomainStatus": {
                    "DomainId": "1/thing",
                    "DomainName": "thing",
                    "ARN": arn,
                    "ClusterConfig": {},
                    "AccessPolicies": text,
                }
            },
        },
        "D7.ses": {
            "sesv2:ListEmailIdentities": {"EmailIdentities": [{"IdentityName": "example.com"}]},
            "sesv2:GetEmailIdentityPolicies": {"Policies": {"p": text}},
        },
        "D7.codeartifact": {
            "codeartifact:ListDomains": {"domains": [{"name": "dd", "owner": values.ACCOUNT, "arn": arn}]},
            "codeartifact:GetDomainPermissionsPolicy": {"policy": {"document": text}},
            "codeartifact:ListRepositories": {
                "repositories": [
                    {"name": "rr", "domainName": "dd", "domainOwner": values.ACCOUNT, "arn": f"{arn}/repository"}
                ]
            },
            "codeartifact:GetRepositoryPermissionsPolicy": gone,
        },
        "D7.glue": {"glue:GetResourcePolicies": {"GetResourcePoliciesResponseList": [{"PolicyInJson": text}]}},
    }


def test_every_carrier_is_tested() -> None:
    """A new service needs answers here."""
    assert sorted(_answers({})) == CARRIERS


@pytest.mark.parametrize("check", CARRIERS)
def test_a_policy_that_names_the_source_blocks_with_what_to_paste(check: str) -> None:
    """One finding with the resource, the statement, and the same statement naming both organizations."""
    (found,) = look(check, _answers(policy(values.SOURCE.organization_id))[check])
    assert found.status is Status.BLOCK
    assert found.resource
    assert found.resource in found.evidence
    assert "StringEquals aws:PrincipalOrgID" in found.evidence
    now, _, proposed = found.text.partition("\n\nNaming both:\n")
    assert json.loads(now)["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == values.SOURCE.organization_id
    assert json.loads(proposed)["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == [
        values.SOURCE.organization_id,
        values.DESTINATION.organization_id,
    ]


@pytest.mark.parametrize("check", CARRIERS)
def test_a_policy_that_names_somebody_else_is_fine(check: str) -> None:
    """Read, and said so."""
    (found,) = look(check, _answers(policy(values.STRANGER.organization_id))[check])
    assert found.status is Status.OK
    assert "policies were read" in found.evidence


@pytest.mark.parametrize("check", CARRIERS)
def test_a_list_that_is_closed_is_unknown_with_what_to_grant(check: str) -> None:
    """AccessDenied at every call; the region is named where the service is regional."""
    answers = dict.fromkeys(_answers({})[check], DENIED)
    found = look(check, answers, everything=False)
    assert {finding.status for finding in found} == {Status.UNKNOWN}
    assert any(action in found[0].remedy for action in CATALOGUE[check].actions)
    assert "Grant" in found[0].remedy


def test_one_closed_resource_does_not_hide_the_others() -> None:
    """One queue's policy is denied, another names the source: both are told."""
    text = json.dumps(policy(values.SOURCE.organization_id))

    def attributes(parameters: dict[str, Any]) -> Any:
        return DENIED if parameters["QueueUrl"].endswith("closed") else {"Attributes": {"Policy": text}}

    answers = {
        "sqs:ListQueues": {"QueueUrls": ["https://sqs/closed", "https://sqs/open"]},
        "sqs:GetQueueAttributes": attributes,
    }
    found = {finding.status: finding for finding in look("D7.sqs", answers)}
    assert set(found) == {Status.BLOCK, Status.UNKNOWN}
    assert found[Status.BLOCK].resource == "https://sqs/open"
    assert "https://sqs/closed" in found[Status.UNKNOWN].evidence
    assert "Grant sqs:GetQueueAttributes" in found[Status.UNKNOWN].remedy


def test_a_resource_without_a_policy_is_no_obstacle() -> None:
    """AWS says so with an error."""
    answers = {"s3:ListBuckets": {"Buckets": [{"Name": "plain"}]}, "s3:GetBucketPolicy": "NoSuchBucketPolicy"}
    (found,) = look("D7.s3", answers)
    assert found.status is Status.OK


def test_what_is_no_json_is_unknown() -> None:
    """Nobody claims to have understood it."""
    (found,) = look("D7.events", {"events:ListEventBuses": {"EventBuses": [{"Arn": "bus", "Policy": "{"}]}})
    assert found.status is Status.UNKNOWN
    assert "not JSON" in found.evidence


def test_inline_and_managed_policies_are_read_too() -> None:
    """Of roles, users and groups; only the version that is in force; AWS's own roles are left out."""
    text = policy(values.SOURCE.organization_id)

    def inline() -> list[dict[str, str]]:
        return [{"PolicyName": "p", "PolicyDocument": json.dumps(text)}]

    versions = [
        {"Document": json.dumps(policy("o-stranger001")), "VersionId": "v2", "IsDefaultVersion": True},
        {"Document": json.dumps(text), "VersionId": "v1", "IsDefaultVersion": False},
    ]
    arn = "arn:aws:iam::300000000001:role/aws-service-role/x"
    linked = {"RoleName": "x", "Arn": arn, "AssumeRolePolicyDocument": json.dumps(text)}
    page = {
        "RoleDetailList": [linked],
        "UserDetailList": [{"UserName": "u", "Arn": "arn:aws:iam::300000000001:user/u", "UserPolicyList": inline()}],
        "GroupDetailList": [
            {"GroupName": "g", "Arn": "arn:aws:iam::300000000001:group/g", "GroupPolicyList": inline()}
        ],
        "Policies": [{"Arn": "arn:aws:iam::300000000001:policy/m", "PolicyVersionList": versions}],
        "IsTruncated": False,
    }
    found = look("D7.iam", {"iam:GetAccountAuthorizationDetails": page})
    assert {finding.status for finding in found} == {Status.BLOCK}, found
    assert [finding.resource for finding in found] == [
        "arn:aws:iam::300000000001:user/u (inline p)",
        "arn:aws:iam::300000000001:group/g (inline p)",
    ]
