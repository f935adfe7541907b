"""The services whose policies are in a list, or are asked for one by one: D7, row by row."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from orgtools.assess.policies.check import Asked, Carried, Listed, carried, carrier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import CheckContext

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


def _kinds(name: str, *kinds: Listed | Asked, regional: bool = True) -> None:
    """Register kinds of resources as one check, with the actions that they need.

    Args:
        name: the check's, after ``D7.``.
        kinds: lists; after a list that does not hold the policies, the operation that reads one.
        regional: whether they are looked for in each region.
    """
    rows = list[tuple[Listed, Asked | None]]()
    for kind in kinds:
        if isinstance(kind, Listed):
            rows.append((kind, None))
        else:
            rows[-1] = rows[-1][0], kind

    def read(context: CheckContext) -> Iterator[Carried]:
        return chain.from_iterable(carried(context, *row) for row in rows)

    calls = {
        f"{_PREFIXES.get(listed.service, listed.service)}:{operation}"
        for listed, asked in rows
        for operation in (listed.operation, *([asked.operation] if asked else []))
    }
    carrier(name, *sorted(_ACTIONS.get(call, call) for call in calls), regional=regional)(read)


_kinds(
    "s3",
    Listed("s3", "ListBuckets", "Buckets", "arn:{partition}:s3:::{Name}"),
    Asked("GetBucketPolicy", "Policy", {"Bucket": "{Name}"}, ("NoSuchBucketPolicy",)),
    regional=False,
)
_kinds(
    "accesspoints",
    Listed(
        "s3control",
        "ListAccessPoints",
        "AccessPointList",
        "arn:{partition}:s3:{region}:{account}:accesspoint/{Name}",
        only={"AccountId": "{account}"},
    ),
    Asked("GetAccessPointPolicy", "Policy", {"AccountId": "{account}", "Name": "{Name}"}, ("NoSuchAccessPointPolicy",)),
)
_kinds(
    "s3vectors",
    Listed("s3vectors", "ListVectorBuckets", "vectorBuckets", "{vectorBucketArn}"),
    Asked("GetVectorBucketPolicy", "policy", {"vectorBucketArn": "{resource}"}, _MISSING),
)
_kinds(
    "kms",
    Listed("kms", "ListKeys", "Keys", "{KeyArn}"),
    Asked("GetKeyPolicy", "Policy", {"KeyId": "{KeyId}", "PolicyName": "default"}, _MISSING),
)
_kinds(
    "sqs",
    Listed("sqs", "ListQueues", "QueueUrls", "{entry}"),
    Asked(
        "GetQueueAttributes", "Attributes.Policy", {"QueueUrl": "{entry}", "AttributeNames": ["Policy"]}, sparse=True
    ),
)
_kinds(
    "sns",
    Listed("sns", "ListTopics", "Topics", "{TopicArn}"),
    Asked("GetTopicAttributes", "Attributes.Policy", {"TopicArn": "{resource}"}),
)
_kinds(
    "dynamodb",
    Listed("dynamodb", "ListTables", "TableNames", "arn:{partition}:dynamodb:{region}:{account}:table/{entry}"),
    Asked("GetResourcePolicy", "Policy", {"ResourceArn": "{resource}"}, _NO_POLICY + _GONE),
)
_kinds(
    "secretsmanager",
    Listed("secretsmanager", "ListSecrets", "SecretList", "{ARN}"),
    Asked("GetResourcePolicy", "ResourcePolicy", {"SecretId": "{resource}"}),
)
_kinds("events", Listed("events", "ListEventBuses", "EventBuses", "{Arn}", "Policy"))
_kinds(
    "schemas",
    Listed("schemas", "ListRegistries", "Registries", "{RegistryArn}", only={"Scope": "LOCAL"}),
    Asked("GetResourcePolicy", "Policy", {"RegistryName": "{RegistryName}"}, _MISSING),
)
_kinds(
    "logs",
    Listed("logs", "DescribeResourcePolicies", "resourcePolicies", "{policyName}", "policyDocument"),
    Listed("logs", "DescribeDestinations", "destinations", "{arn}", "accessPolicy"),
    Listed("logs", "DescribeDeliveryDestinations", "deliveryDestinations", "{arn}"),
    Asked(
        "GetDeliveryDestinationPolicy",
        "policy.deliveryDestinationPolicy",
        {"deliveryDestinationName": "{name}"},
        _GONE,
        sparse=True,
    ),
)
_kinds(
    "oam",
    Listed("oam", "ListSinks", "Items", "{Arn}"),
    Asked("GetSinkPolicy", "Policy", {"SinkIdentifier": "{resource}"}, _GONE),
)
_kinds("xray", Listed("xray", "ListResourcePolicies", "ResourcePolicies", "{PolicyName}", "PolicyDocument"))
_kinds(
    "efs",
    Listed("efs", "DescribeFileSystems", "FileSystems", "{FileSystemArn}"),
    Asked("DescribeFileSystemPolicy", "Policy", {"FileSystemId": "{FileSystemId}"}, ("PolicyNotFound",)),
)
_kinds(
    "backup",
    Listed("backup", "ListBackupVaults", "BackupVaultList", "{BackupVaultArn}"),
    Asked("GetBackupVaultAccessPolicy", "Policy", {"BackupVaultName": "{BackupVaultName}"}, _GONE),
)
_kinds(
    "glacier",
    Listed("glacier", "ListVaults", "VaultList", "{VaultARN}", only={"accountId": "-"}),
    Asked("GetVaultAccessPolicy", "policy.Policy", {"accountId": "-", "vaultName": "{VaultName}"}, _GONE),
)
_kinds(
    "vpc",
    Listed(
        "ec2",
        "DescribeVpcEndpoints",
        "VpcEndpoints",
        "arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{VpcEndpointId}",
        "PolicyDocument",
    ),
)
_kinds(
    "vpc-lattice",
    Listed("vpc-lattice", "ListServiceNetworks", "items", "{arn}"),
    Asked("GetAuthPolicy", "policy", {"resourceIdentifier": "{resource}"}, _GONE),
    Listed("vpc-lattice", "ListServices", "items", "{arn}"),
    Asked("GetAuthPolicy", "policy", {"resourceIdentifier": "{resource}"}, _GONE),
)
_kinds(
    "opensearch",
    Listed("opensearch", "ListDomainNames", "DomainNames", "arn:{partition}:es:{region}:{account}:domain/{DomainName}"),
    Asked("DescribeDomain", "DomainStatus.AccessPolicies", {"DomainName": "{DomainName}"}),
)
_kinds(
    "kafka",
    Listed("kafka", "ListClustersV2", "ClusterInfoList", "{ClusterArn}"),
    Asked("GetClusterPolicy", "Policy", {"ClusterArn": "{resource}"}, _MISSING),
)
_kinds(
    "acm-pca",
    Listed("acm-pca", "ListCertificateAuthorities", "CertificateAuthorities", "{Arn}", only={"ResourceOwner": "SELF"}),
    Asked("GetPolicy", "Policy", {"ResourceArn": "{resource}"}, _GONE),
)
_kinds(
    "codeartifact",
    Listed("codeartifact", "ListDomains", "domains", "{arn}"),
    Asked("GetDomainPermissionsPolicy", "policy.document", {"domain": "{name}", "domainOwner": "{owner}"}, _GONE),
    Listed("codeartifact", "ListRepositories", "repositories", "{arn}"),
    Asked(
        "GetRepositoryPermissionsPolicy",
        "policy.document",
        {"domain": "{domainName}", "domainOwner": "{domainOwner}", "repository": "{name}"},
        _GONE,
    ),
)
_kinds(
    "glue",
    Listed(
        "glue",
        "GetResourcePolicies",
        "GetResourcePoliciesResponseList",
        "arn:{partition}:glue:{region}:{account}:catalog",
        "PolicyInJson",
    ),
)
