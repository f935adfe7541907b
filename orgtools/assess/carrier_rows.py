"""The services whose policies are in a list, or are asked for one by one: D7, row by row."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from orgtools.assess.carriers import Asked, Carried, Listed, carried, carrier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import Desk

_GONE: Final = ("ResourceNotFoundException",)
_MISSING: Final = ("NotFoundException",)
_NO_POLICY: Final = ("PolicyNotFoundException",)
_PREFIXES: Final = {
    "dynamodbstreams": "dynamodb",
    "efs": "elasticfilesystem",
    "opensearch": "es",
    "s3control": "s3",
    "sesv2": "ses",
}
"""IAM's prefix of services that botocore calls otherwise."""
_ACTIONS: Final = {"s3:ListBuckets": "s3:ListAllMyBuckets"}


def _rows(name: str, title: str, *rows: tuple[Listed, Asked | None], regional: bool = True) -> None:
    """Register kinds of resources as one check, with the actions that they need."""

    def read(desk: Desk) -> Iterator[Carried]:
        return chain.from_iterable(carried(desk, *row) for row in rows)

    calls = {
        f"{_PREFIXES.get(listed.service, listed.service)}:{operation}"
        for listed, asked in rows
        for operation in (listed.operation, *([asked.operation] if asked else []))
    }
    carrier(name, title, *sorted(_ACTIONS.get(call, call) for call in calls), regional=regional)(read)


_rows(
    "s3",
    "Bucket policies",
    (
        Listed("s3", "ListBuckets", "Buckets", "arn:{partition}:s3:::{Name}"),
        Asked("GetBucketPolicy", "Policy", {"Bucket": "{Name}"}, ("NoSuchBucketPolicy",)),
    ),
    regional=False,
)
_rows(
    "accesspoints",
    "Access point policies",
    (
        Listed(
            "s3control",
            "ListAccessPoints",
            "AccessPointList",
            "arn:{partition}:s3:{region}:{account}:accesspoint/{Name}",
            only={"AccountId": "{account}"},
        ),
        Asked(
            "GetAccessPointPolicy",
            "Policy",
            {"AccountId": "{account}", "Name": "{Name}"},
            ("NoSuchAccessPointPolicy",),
        ),
    ),
)
_rows(
    "s3vectors",
    "Vector bucket policies",
    (
        Listed("s3vectors", "ListVectorBuckets", "vectorBuckets", "{vectorBucketArn}"),
        Asked("GetVectorBucketPolicy", "policy", {"vectorBucketArn": "{resource}"}, _MISSING),
    ),
)
_rows(
    "kms",
    "Key policies",
    (
        Listed("kms", "ListKeys", "Keys", "{KeyArn}"),
        Asked("GetKeyPolicy", "Policy", {"KeyId": "{KeyId}", "PolicyName": "default"}, _MISSING),
    ),
)
_rows(
    "sqs",
    "Queue policies",
    (
        Listed("sqs", "ListQueues", "QueueUrls", "{entry}"),
        Asked("GetQueueAttributes", "Attributes.Policy", {"QueueUrl": "{entry}", "AttributeNames": ["Policy"]}),
    ),
)
_rows(
    "sns",
    "Topic policies",
    (
        Listed("sns", "ListTopics", "Topics", "{TopicArn}"),
        Asked("GetTopicAttributes", "Attributes.Policy", {"TopicArn": "{resource}"}),
    ),
)
_rows(
    "dynamodb",
    "Table and stream policies",
    (
        Listed("dynamodb", "ListTables", "TableNames", "arn:{partition}:dynamodb:{region}:{account}:table/{entry}"),
        Asked("GetResourcePolicy", "Policy", {"ResourceArn": "{resource}"}, _NO_POLICY + _GONE),
    ),
)
_rows(
    "secretsmanager",
    "Secrets' policies",
    (
        Listed("secretsmanager", "ListSecrets", "SecretList", "{ARN}"),
        Asked("GetResourcePolicy", "ResourcePolicy", {"SecretId": "{resource}"}),
    ),
)
_rows("events", "Event bus policies", (Listed("events", "ListEventBuses", "EventBuses", "{Arn}", "Policy"), None))
_rows(
    "schemas",
    "Schema registry policies",
    (
        Listed("schemas", "ListRegistries", "Registries", "{RegistryArn}", only={"Scope": "LOCAL"}),
        Asked("GetResourcePolicy", "Policy", {"RegistryName": "{RegistryName}"}, _MISSING),
    ),
)
_rows(
    "logs",
    "CloudWatch Logs policies",
    (Listed("logs", "DescribeResourcePolicies", "resourcePolicies", "{policyName}", "policyDocument"), None),
    (Listed("logs", "DescribeDestinations", "destinations", "{arn}", "accessPolicy"), None),
    (
        Listed("logs", "DescribeDeliveryDestinations", "deliveryDestinations", "{arn}"),
        Asked(
            "GetDeliveryDestinationPolicy",
            "policy.deliveryDestinationPolicy",
            {"deliveryDestinationName": "{name}"},
            _GONE,
        ),
    ),
)
_rows(
    "oam",
    "Monitoring sinks' policies",
    (
        Listed("oam", "ListSinks", "Items", "{Arn}"),
        Asked("GetSinkPolicy", "Policy", {"SinkIdentifier": "{resource}"}, _GONE),
    ),
)
_rows(
    "xray",
    "X-Ray policies",
    (Listed("xray", "ListResourcePolicies", "ResourcePolicies", "{PolicyName}", "PolicyDocument"), None),
)
_rows(
    "efs",
    "File system policies",
    (
        Listed("efs", "DescribeFileSystems", "FileSystems", "{FileSystemArn}"),
        Asked("DescribeFileSystemPolicy", "Policy", {"FileSystemId": "{FileSystemId}"}, ("PolicyNotFound",)),
    ),
)
_rows(
    "backup",
    "Backup vault policies",
    (
        Listed("backup", "ListBackupVaults", "BackupVaultList", "{BackupVaultArn}"),
        Asked("GetBackupVaultAccessPolicy", "Policy", {"BackupVaultName": "{BackupVaultName}"}, _GONE),
    ),
)
_rows(
    "glacier",
    "Glacier vault policies",
    (
        Listed("glacier", "ListVaults", "VaultList", "{VaultARN}", only={"accountId": "-"}),
        Asked("GetVaultAccessPolicy", "policy.Policy", {"accountId": "-", "vaultName": "{VaultName}"}, _GONE),
    ),
)
_rows(
    "vpc",
    "VPC endpoint policies",
    (
        Listed(
            "ec2",
            "DescribeVpcEndpoints",
            "VpcEndpoints",
            "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{VpcEndpointId}",
            "PolicyDocument",
        ),
        None,
    ),
)
_rows(
    "vpc-lattice",
    "VPC Lattice auth policies",
    (
        Listed("vpc-lattice", "ListServiceNetworks", "items", "{arn}"),
        Asked("GetAuthPolicy", "policy", {"resourceIdentifier": "{resource}"}, _GONE),
    ),
    (
        Listed("vpc-lattice", "ListServices", "items", "{arn}"),
        Asked("GetAuthPolicy", "policy", {"resourceIdentifier": "{resource}"}, _GONE),
    ),
)
_rows(
    "opensearch",
    "OpenSearch domain policies",
    (
        Listed(
            "opensearch", "ListDomainNames", "DomainNames", "arn:{partition}:es:{region}:{account}:domain/{DomainName}"
        ),
        Asked("DescribeDomain", "DomainStatus.AccessPolicies", {"DomainName": "{DomainName}"}),
    ),
)
_rows(
    "kafka",
    "MSK cluster policies",
    (
        Listed("kafka", "ListClustersV2", "ClusterInfoList", "{ClusterArn}"),
        Asked("GetClusterPolicy", "Policy", {"ClusterArn": "{resource}"}, _MISSING),
    ),
)
_rows(
    "acm-pca",
    "Private certificate authorities' policies",
    (
        Listed(
            "acm-pca", "ListCertificateAuthorities", "CertificateAuthorities", "{Arn}", only={"ResourceOwner": "SELF"}
        ),
        Asked("GetPolicy", "Policy", {"ResourceArn": "{resource}"}, _GONE),
    ),
)
_rows(
    "codeartifact",
    "CodeArtifact policies",
    (
        Listed("codeartifact", "ListDomains", "domains", "{arn}"),
        Asked("GetDomainPermissionsPolicy", "policy.document", {"domain": "{name}", "domainOwner": "{owner}"}, _GONE),
    ),
    (
        Listed("codeartifact", "ListRepositories", "repositories", "{arn}"),
        Asked(
            "GetRepositoryPermissionsPolicy",
            "policy.document",
            {"domain": "{domainName}", "domainOwner": "{domainOwner}", "repository": "{name}"},
            _GONE,
        ),
    ),
)
_rows(
    "glue",
    "Data catalog policies",
    (
        Listed(
            "glue",
            "GetResourcePolicies",
            "GetResourcePoliciesResponseList",
            "arn:{partition}:glue:{region}:{account}:catalog",
            "PolicyInJson",
        ),
        None,
    ),
)
