"""D7: each kind of policy that can name the source organization, found, not found, and closed to us."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from orgtools.assess import CATALOGUE
from orgtools.findings import Verdict
from tests import values
from tests.assess.answering import DENIED, details, look
from tests.said import says

Answers = dict[str, Any]

CARRIERS: Final = sorted(name for name in CATALOGUE if name.startswith("D7.") and name != "D7.others")


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
    return _storage(text) | _messages(text) | _programs(text)


ARN: Final = "arn:aws:test:us-east-1:300000000001:thing"
STREAM: Final = "arn:aws:kinesis:us-east-1:300000000001:stream/thing"
GONE: Final = "ResourceNotFoundException"


def _storage(text: str) -> dict[str, Answers]:
    system = {
        "OwnerId": values.ACCOUNT,
        "CreationToken": "t",
        "FileSystemId": "fs-1",
        "FileSystemArn": ARN,
        "CreationTime": values.NOW,
        "LifeCycleState": "available",
        "NumberOfMountTargets": 0,
        "SizeInBytes": {"Value": 0},
        "PerformanceMode": "generalPurpose",
        "Tags": [],
    }
    point = {"Name": "thing", "NetworkOrigin": "Internet", "Bucket": "b"}
    vectors = {"vectorBucketName": "thing", "vectorBucketArn": ARN, "creationTime": values.NOW}
    bucket = {"arn": ARN, "name": "thing", "ownerAccountId": values.ACCOUNT, "createdAt": values.NOW}
    table: dict[str, Any] = {"namespace": ["n"], "name": "thing", "type": "customer", "tableARN": f"{ARN}/table"}
    table |= {"createdAt": values.NOW, "modifiedAt": values.NOW}

    def table_policy(asked: dict[str, Any]) -> Any:
        return {"resourcePolicy": text} if asked["namespace"] == "n" else "NotFoundException"

    return {
        "D7.s3": {"s3:ListBuckets": {"Buckets": [{"Name": "thing"}]}, "s3:GetBucketPolicy": {"Policy": text}},
        "D7.accesspoints": {
            "s3control:ListAccessPoints": {"AccessPointList": [point]},
            "s3control:GetAccessPointPolicy": {"Policy": text},
        },
        "D7.s3vectors": {
            "s3vectors:ListVectorBuckets": {"vectorBuckets": [vectors]},
            "s3vectors:GetVectorBucketPolicy": {"policy": text},
        },
        "D7.s3tables": {
            "s3tables:ListTableBuckets": {"tableBuckets": [bucket]},
            "s3tables:GetTableBucketPolicy": "NotFoundException",
            "s3tables:ListTables": {"tables": [table]},
            "s3tables:GetTablePolicy": table_policy,
        },
        "D7.kms": {
            "kms:ListKeys": {"Keys": [{"KeyId": "k", "KeyArn": ARN}], "Truncated": False},
            "kms:GetKeyPolicy": {"Policy": text},
        },
        "D7.dynamodb": {
            "dynamodb:ListTables": {"TableNames": ["thing"]},
            "dynamodb:GetResourcePolicy": {"Policy": text},
        },
        "D7.streams": {
            "dynamodbstreams:ListStreams": {"Streams": [{"StreamArn": ARN, "TableName": "thing"}]},
            "dynamodb:GetResourcePolicy": {"Policy": text},
        },
        "D7.efs": {
            "efs:DescribeFileSystems": {"FileSystems": [system]},
            "efs:DescribeFileSystemPolicy": {"Policy": text},
        },
        "D7.backup": {
            "backup:ListBackupVaults": {"BackupVaultList": [{"BackupVaultName": "v", "BackupVaultArn": ARN}]},
            "backup:GetBackupVaultAccessPolicy": {"Policy": text},
        },
        "D7.glacier": {
            "glacier:ListVaults": {"VaultList": [{"VaultName": "thing", "VaultARN": ARN}]},
            "glacier:GetVaultAccessPolicy": {"policy": {"Policy": text}},
        },
        "D7.glue": {"glue:GetResourcePolicies": {"GetResourcePoliciesResponseList": [{"PolicyInJson": text}]}},
        "D7.ssm": {
            "ssm:DescribeParameters": {"Parameters": [{"Name": "thing", "ARN": ARN}]},
            "ssm:GetResourcePolicies": {"Policies": [{"Policy": text}]},
        },
        "D7.secretsmanager": {
            "secretsmanager:ListSecrets": {"SecretList": [{"ARN": ARN}]},
            "secretsmanager:GetResourcePolicy": {"ResourcePolicy": text},
        },
    }


def _messages(text: str) -> dict[str, Answers]:
    stream = {"StreamName": "thing", "StreamARN": STREAM, "StreamStatus": "ACTIVE"}
    consumer: dict[str, Any] = {
        "ConsumerName": "c",
        "ConsumerARN": f"{STREAM}/consumer/c:1",
        "ConsumerStatus": "ACTIVE",
    }
    consumer |= {"ConsumerCreationTimestamp": values.NOW}

    def consumer_policy(asked: dict[str, Any]) -> Any:
        return {"Policy": text} if asked["ResourceARN"].endswith("consumer/c:1") else GONE

    return {
        "D7.sqs": {
            "sqs:ListQueues": {"QueueUrls": ["https://sqs/thing"]},
            "sqs:GetQueueAttributes": {"Attributes": {"Policy": text}},
        },
        "D7.sns": {
            "sns:ListTopics": {"Topics": [{"TopicArn": ARN}]},
            "sns:GetTopicAttributes": {"Attributes": {"Policy": text}},
        },
        "D7.events": {"events:ListEventBuses": {"EventBuses": [{"Arn": ARN, "Policy": text}]}},
        "D7.schemas": {
            "schemas:ListRegistries": {"Registries": [{"RegistryName": "thing", "RegistryArn": ARN}]},
            "schemas:GetResourcePolicy": {"Policy": text},
        },
        "D7.kinesis": {
            "kinesis:ListStreams": {
                "StreamNames": ["thing"],
                "StreamSummaries": [stream],
                "HasMoreStreams": False,
            },
            "kinesis:ListStreamConsumers": {"Consumers": [consumer]},
            "kinesis:GetResourcePolicy": consumer_policy,
        },
        "D7.kafka": {
            "kafka:ListClustersV2": {"ClusterInfoList": [{"ClusterArn": ARN}]},
            "kafka:GetClusterPolicy": {"Policy": text},
        },
        "D7.logs": {
            "logs:DescribeResourcePolicies": {"resourcePolicies": [{"policyName": "p", "policyDocument": text}]},
            "logs:DescribeDestinations": {"destinations": [{"arn": ARN}]},
            "logs:DescribeDeliveryDestinations": {"deliveryDestinations": [{"name": "d", "arn": ARN}]},
            "logs:GetDeliveryDestinationPolicy": GONE,
        },
        "D7.oam": {
            "oam:ListSinks": {"Items": [{"Arn": ARN}]},
            "oam:GetSinkPolicy": {"Policy": text},
        },
        "D7.xray": {"xray:ListResourcePolicies": {"ResourcePolicies": [{"PolicyName": "p", "PolicyDocument": text}]}},
        "D7.ses": {
            "sesv2:ListEmailIdentities": {"EmailIdentities": [{"IdentityName": "example.com"}]},
            "sesv2:GetEmailIdentityPolicies": {"Policies": {"p": text}},
        },
    }


def _programs(text: str) -> dict[str, Answers]:
    role = {"RoleName": "r", "Arn": "arn:aws:iam::300000000001:role/r", "AssumeRolePolicyDocument": text}
    domain = {"DomainId": "1/thing", "DomainName": "thing", "ARN": ARN, "ClusterConfig": {}, "AccessPolicies": text}
    repository = {"name": "rr", "domainName": "dd", "domainOwner": values.ACCOUNT, "arn": f"{ARN}/repository"}

    def alias_policy(asked: dict[str, Any]) -> Any:
        return {"Policy": text} if asked.get("Qualifier") == "live" else GONE

    return {
        "D7.iam": {"iam:GetAccountAuthorizationDetails": details(role)},
        "D7.lambda": {
            "lambda:ListFunctions": {"Functions": [{"FunctionArn": ARN}]},
            "lambda:ListAliases": {"Aliases": [{"Name": "live", "AliasArn": f"{ARN}:live"}]},
            "lambda:GetPolicy": alias_policy,
            "lambda:ListLayers": {"Layers": [{"LayerName": "l"}]},
            "lambda:ListLayerVersions": {"LayerVersions": [{"LayerVersionArn": f"{ARN}:1", "Version": 1}]},
            "lambda:GetLayerVersionPolicy": GONE,
        },
        "D7.ecr": {
            "ecr:GetRegistryPolicy": "RegistryPolicyNotFoundException",
            "ecr:DescribeRepositories": {"repositories": [{"repositoryName": "thing", "repositoryArn": ARN}]},
            "ecr:GetRepositoryPolicy": {"policyText": text},
        },
        "D7.vpc": {"ec2:DescribeVpcEndpoints": {"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "PolicyDocument": text}]}},
        "D7.vpc-lattice": {
            "vpc-lattice:ListServiceNetworks": {"items": []},
            "vpc-lattice:ListServices": {"items": [{"arn": ARN}]},
            "vpc-lattice:GetAuthPolicy": {"policy": text},
        },
        "D7.apigateway": {
            "apigateway:GetRestApis": {"items": [{"id": "a"}]},
            "apigateway:GetDomainNames": {"items": [{"domainName": "a.example.com", "policy": _escaped(text)}]},
        },
        "D7.opensearch": {
            "opensearch:ListDomainNames": {"DomainNames": [{"DomainName": "thing"}]},
            "opensearch:DescribeDomain": {"DomainStatus": domain},
        },
        "D7.acm-pca": {
            "acm-pca:ListCertificateAuthorities": {"CertificateAuthorities": [{"Arn": ARN}]},
            "acm-pca:GetPolicy": {"Policy": text},
        },
        "D7.codeartifact": {
            "codeartifact:ListDomains": {"domains": [{"name": "dd", "owner": values.ACCOUNT, "arn": ARN}]},
            "codeartifact:GetDomainPermissionsPolicy": {"policy": {"document": text}},
            "codeartifact:ListRepositories": {"repositories": [repository]},
            "codeartifact:GetRepositoryPermissionsPolicy": GONE,
        },
    }


def _escaped(text: str) -> str:
    return text.replace('"', '\\"')


def test_every_carrier_is_tested() -> None:
    """A new service needs answers here."""
    assert sorted(_answers({})) == CARRIERS


@pytest.mark.parametrize("check", CARRIERS)
def test_a_policy_that_names_the_source_blocks_with_what_to_paste(check: str) -> None:
    """One finding with the resource, the statement, and the same statement naming both organizations."""
    (found,) = look(check, _answers(policy(values.SOURCE.organization_id))[check])
    assert found.status is Verdict.BLOCK
    assert found.resource
    assert found.resource in str(found.evidence)
    assert (found.evidence.code, found.evidence.facts["keys"]) == (
        "policy-names-source",
        ("StringEquals aws:PrincipalOrgID",),
    )
    now, _, proposed = found.text.partition("\n\n")
    assert json.loads(now)["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == values.SOURCE.organization_id
    assert json.loads(proposed)["Condition"]["StringEquals"]["aws:PrincipalOrgID"] == [
        values.SOURCE.organization_id,
        values.DESTINATION.organization_id,
    ]


@pytest.mark.parametrize("check", CARRIERS)
def test_a_policy_that_names_somebody_else_is_fine(check: str) -> None:
    """Read, and said so."""
    (found,) = look(check, _answers(policy(values.STRANGER.organization_id))[check])
    assert found.status is Verdict.OK
    assert found.evidence.code == "policies-clean"


@pytest.mark.parametrize("check", CARRIERS)
def test_a_list_that_is_closed_is_unknown_with_what_to_grant(check: str) -> None:
    """AccessDenied at every call; the region is named where the service is regional."""
    answers = dict.fromkeys(_answers({})[check], DENIED)
    found = look(check, answers, everything=False)
    assert {finding.status for finding in found} == {Verdict.UNKNOWN}
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
    assert set(found) == {Verdict.BLOCK, Verdict.UNKNOWN}
    assert found[Verdict.BLOCK].resource == "https://sqs/open"
    assert "https://sqs/closed" in str(found[Verdict.UNKNOWN].evidence)
    assert "Grant sqs:GetQueueAttributes" in found[Verdict.UNKNOWN].remedy


def test_a_resource_without_a_policy_is_no_obstacle() -> None:
    """AWS says so with an error."""
    answers = {"s3:ListBuckets": {"Buckets": [{"Name": "plain"}]}, "s3:GetBucketPolicy": "NoSuchBucketPolicy"}
    (found,) = look("D7.s3", answers)
    assert found.status is Verdict.OK


def test_what_is_no_json_is_unknown() -> None:
    """Nobody claims to have understood it."""
    (found,) = look("D7.events", {"events:ListEventBuses": {"EventBuses": [{"Arn": "bus", "Policy": "{"}]}})
    assert found.status is Verdict.UNKNOWN
    assert found.evidence.facts["resource"] == "bus"
    assert says(found.evidence, "policy-not-json")


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
    assert {finding.status for finding in found} == {Verdict.BLOCK}, found
    assert [finding.resource for finding in found] == [
        "arn:aws:iam::300000000001:user/u (inline p)",
        "arn:aws:iam::300000000001:group/g (inline p)",
    ]


def test_a_layer_that_everybody_of_the_organization_may_use_is_found() -> None:
    """Each version has a policy of its own; so has the function beside its aliases."""
    held = json.dumps(policy(values.SOURCE.organization_id))
    answers = _answers({})["D7.lambda"] | {"lambda:GetLayerVersionPolicy": {"Policy": held}}
    answers["lambda:GetPolicy"] = lambda asked: GONE if "Qualifier" in asked else {"Policy": held}
    assert [found.resource for found in look("D7.lambda", answers)] == [ARN, f"{ARN}:1"]


@pytest.mark.parametrize(
    ("check", "closed", "holder"),
    [
        ("D7.lambda", "lambda:ListAliases", ARN),
        ("D7.kinesis", "kinesis:ListStreamConsumers", STREAM),
        ("D7.s3tables", "s3tables:ListTables", ARN),
        ("D7.ssm", "ssm:GetResourcePolicies", ARN),
    ],
)
def test_what_lies_in_a_resource_may_be_closed_and_the_others_are_read(check: str, closed: str, holder: str) -> None:
    """Unknown with the resource in which it lies and with what to grant."""
    answers = _answers(policy(values.STRANGER.organization_id))[check] | {closed: DENIED}
    (found,) = look(check, answers, everything=False)
    assert found.status is Verdict.UNKNOWN
    assert (found.evidence.code, found.evidence.facts["resource"]) == ("policy-unread", holder)
    assert f"Grant {closed}" in found.remedy


def test_the_pages_of_a_list_that_botocore_cannot_page_are_all_read() -> None:
    """DynamoDB's streams: the parameter for the next page has another name than the answer's member."""

    def listed(asked: dict[str, Any]) -> Any:
        if "ExclusiveStartStreamArn" in asked:
            return {"Streams": [{"StreamArn": f"{ARN}/{asked['ExclusiveStartStreamArn']}"}]}
        return {"Streams": [], "LastEvaluatedStreamArn": "a-stream-arn-that-is-as-long-as-the-model-wants"}

    answers = {
        "dynamodbstreams:ListStreams": listed,
        "dynamodb:GetResourcePolicy": {"Policy": json.dumps(policy(values.SOURCE.organization_id))},
    }
    (found,) = look("D7.streams", answers)
    assert found.resource.endswith("a-stream-arn-that-is-as-long-as-the-model-wants")


def test_arns_are_those_of_the_place() -> None:
    """Where a list gives a name only, the policy is asked for by an ARN of this account and region."""
    asked = dict[str, str]()

    def note(parameters: dict[str, Any]) -> Any:
        asked.update(parameters)
        return "PolicyNotFoundException"

    look("D7.dynamodb", {"dynamodb:ListTables": {"TableNames": ["orders"]}, "dynamodb:GetResourcePolicy": note})
    assert asked == {"ResourceArn": f"arn:aws:dynamodb:us-east-1:{values.ACCOUNT}:table/orders"}
