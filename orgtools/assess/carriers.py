"""Everything whose policy can name the source organization: D7, one check for each service.

A service is a row: what it needs, and a generator of (resource, policy). What the policy says is `naming`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.catalogue import Desk, Reports, reading
from orgtools.assess.naming import Both, namings
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgtools.aws.looking import Eyes

Policy = str | dict[str, Any] | RefusedError | None
"""A policy; what kept us from reading it; or None where the resource has none."""

_PAGE: Final = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"
_REMEDY: Final = (
    "Let the statement name both organizations before the move (a proposal stands beside it), and take the old one out "
    "afterwards."
)


def carrier(
    service: str, *, title: str, actions: tuple[str, ...], regional: bool = True
) -> Callable[[Callable[[Desk], Iterator[tuple[str, Policy]]]], Callable[[Desk], Iterator[tuple[str, Policy]]]]:
    """Register a generator of a service's policies as the check ``D7.service``."""

    def register(
        function: Callable[[Desk], Iterator[tuple[str, Policy]]],
    ) -> Callable[[Desk], Iterator[tuple[str, Policy]]]:
        def read(desk: Desk, reports: Reports) -> Iterator[Finding]:
            return _judge(function(desk), desk, reports)

        reading(
            f"D7.{service}",
            title=f"{title} that name the source organization",
            subject="naming",
            where=("member",),
            actions=actions,
            remedy=_REMEDY,
            page=_PAGE,
            severity=Status.BLOCK,
            regional=regional,
        )(read)
        return function

    return register


def _judge(carried: Iterator[tuple[str, Policy]], desk: Desk, reports: Reports) -> Iterator[Finding]:
    brief, report = desk.brief, reports.on(desk.accounts[0].account_id)
    both = Both(
        brief.source.organization_id, brief.source_root, brief.destination.organization_id, brief.destination_root
    )
    read, found, closed = 0, 0, list[tuple[str, str, str]]()
    for resource, policy in carried:
        if isinstance(policy, RefusedError):
            words = str(policy).removesuffix(policy.next_step or "").strip()
            closed.append((resource, words, policy.next_step or ""))
            continue
        if not policy:
            continue
        read += 1
        try:
            named = namings(policy, both)
        except ValueError as error:
            closed.append((resource, f"its policy is not JSON: {error}.", "Look at it by hand."))
            continue
        for naming in named:
            found += 1
            proposal = f"\n\nNaming both:\n{naming.proposal}" if naming.proposal else ""
            yield report.block(
                f"{resource} names {both.source} ({', '.join(naming.places)})",
                resource=resource,
                text=naming.statement + proposal,
            )
    if closed:
        resource, words, grant = closed[0]
        more = f" So could {len(closed) - 1} more." if len(closed) > 1 else ""
        text = "\n".join(name for name, _, _ in closed)
        yield report.unknown(f"the policy of {resource} could not be read: {words}{more}", grant, text=text)
    elif not found:
        yield report.ok(f"{read} policies were read, none names {both.source}" if read else "there is no such policy")


def _try(eyes: Eyes, service: str, operation: str, key: str, **parameters: Any) -> Policy:
    """The policy in an answer, or what kept us from reading it."""
    try:
        answer = eyes.ask(service, operation, **parameters)
    except RefusedError as error:
        return error
    policy: Policy = answer.get(key) if answer else None
    return policy


def authorization_details(desk: Desk) -> list[dict[str, Any]]:
    """The pages of IAM's one list of everything, read once for all checks of a task."""
    key = ("iam", "details")
    if key not in desk.once:
        wanted = ["User", "Role", "Group", "LocalManagedPolicy"]
        desk.once[key] = list(desk.eyes["member"].pages("iam", "GetAccountAuthorizationDetails", "", Filter=wanted))
    pages: list[dict[str, Any]] = desk.once[key]
    return pages


@carrier(
    "iam",
    title="Roles' trust, managed and inline policies",
    actions=("iam:GetAccountAuthorizationDetails",),
    regional=False,
)
def iam(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Trust, inline and customer managed policies, in one list. AWS's own roles cannot be changed and name nobody."""
    for page in authorization_details(desk):
        for role in page.get("RoleDetailList", ()):
            if "/aws-service-role/" not in role["Arn"]:
                yield f"{role['Arn']} (trust)", role.get("AssumeRolePolicyDocument")
        for kind in ("Role", "User", "Group"):
            for holder in page.get(f"{kind}DetailList", ()):
                for inline in holder.get(f"{kind}PolicyList", ()):
                    yield f"{holder['Arn']} (inline {inline['PolicyName']})", inline["PolicyDocument"]
        for managed in page.get("Policies", ()):
            for version in managed.get("PolicyVersionList", ()):
                if version["IsDefaultVersion"]:
                    yield managed["Arn"], version["Document"]


@carrier("s3", title="Bucket policies", actions=("s3:GetBucketPolicy", "s3:ListAllMyBuckets"), regional=False)
def s3(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every bucket, wherever it lies."""
    eyes = desk.eyes["member"]
    for bucket in eyes.pages("s3", "ListBuckets", "Buckets"):
        name = bucket["Name"]
        yield (
            f"arn:aws:s3:::{name}",
            _try(eyes, "s3", "GetBucketPolicy", "Policy", Bucket=name, absent=("NoSuchBucketPolicy",)),
        )


@carrier("kms", title="Key policies", actions=("kms:GetKeyPolicy", "kms:ListKeys"))
def kms(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every key has a policy, always named ``default``."""
    eyes = desk.eyes["member"]
    for key in eyes.pages("kms", "ListKeys", "Keys"):
        gone = ("NotFoundException",)
        yield (
            key["KeyArn"],
            _try(eyes, "kms", "GetKeyPolicy", "Policy", KeyId=key["KeyId"], PolicyName="default", absent=gone),
        )


@carrier("sqs", title="Queue policies", actions=("sqs:GetQueueAttributes", "sqs:ListQueues"))
def sqs(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every queue."""
    eyes = desk.eyes["member"]
    for url in eyes.pages("sqs", "ListQueues", "QueueUrls"):
        held = _try(eyes, "sqs", "GetQueueAttributes", "Attributes", QueueUrl=url, AttributeNames=["Policy"])
        yield url, held if isinstance(held, RefusedError) else held.get("Policy") if isinstance(held, dict) else None


@carrier("sns", title="Topic policies", actions=("sns:GetTopicAttributes", "sns:ListTopics"))
def sns(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every topic."""
    eyes = desk.eyes["member"]
    for topic in eyes.pages("sns", "ListTopics", "Topics"):
        arn = topic["TopicArn"]
        held = _try(eyes, "sns", "GetTopicAttributes", "Attributes", TopicArn=arn)
        yield arn, held if isinstance(held, RefusedError) else held.get("Policy") if isinstance(held, dict) else None


@carrier("lambda", title="Function policies", actions=("lambda:GetPolicy", "lambda:ListFunctions"))
def functions(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every function."""
    eyes = desk.eyes["member"]
    for function in eyes.pages("lambda", "ListFunctions", "Functions"):
        arn, gone = function["FunctionArn"], ("ResourceNotFoundException",)
        yield arn, _try(eyes, "lambda", "GetPolicy", "Policy", FunctionName=arn, absent=gone)


@carrier(
    "secretsmanager",
    title="Secrets' policies",
    actions=("secretsmanager:GetResourcePolicy", "secretsmanager:ListSecrets"),
)
def secrets(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every secret's policy; never its value."""
    eyes = desk.eyes["member"]
    for secret in eyes.pages("secretsmanager", "ListSecrets", "SecretList"):
        arn = secret["ARN"]
        yield arn, _try(eyes, "secretsmanager", "GetResourcePolicy", "ResourcePolicy", SecretId=arn)


@carrier(
    "ecr",
    title="Registry and repository policies",
    actions=("ecr:DescribeRepositories", "ecr:GetRegistryPolicy", "ecr:GetRepositoryPolicy"),
)
def ecr(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """The registry's own policy, and every repository's."""
    eyes = desk.eyes["member"]
    gone = ("RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException")
    yield (
        f"the registry of {eyes.account_id}",
        _try(eyes, "ecr", "GetRegistryPolicy", "policyText", absent=gone),
    )
    for repository in eyes.pages("ecr", "DescribeRepositories", "repositories"):
        policy = _try(
            eyes, "ecr", "GetRepositoryPolicy", "policyText", repositoryName=repository["repositoryName"], absent=gone
        )
        yield repository["repositoryArn"], policy


@carrier("events", title="Event bus policies", actions=("events:ListEventBuses",))
def events(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """The list carries the policies."""
    eyes = desk.eyes["member"]
    for bus in eyes.pages("events", "ListEventBuses", "EventBuses"):
        yield bus["Arn"], bus.get("Policy")


@carrier(
    "logs",
    title="CloudWatch Logs policies",
    actions=("logs:DescribeDestinations", "logs:DescribeResourcePolicies"),
)
def logs(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Resource policies, and the access policies of destinations."""
    eyes = desk.eyes["member"]
    for held in eyes.pages("logs", "DescribeResourcePolicies", "resourcePolicies"):
        yield held.get("policyName", ""), held.get("policyDocument")
    for destination in eyes.pages("logs", "DescribeDestinations", "destinations"):
        yield destination["arn"], destination.get("accessPolicy")


@carrier(
    "efs",
    title="File system policies",
    actions=("elasticfilesystem:DescribeFileSystemPolicy", "elasticfilesystem:DescribeFileSystems"),
)
def efs(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every file system."""
    eyes = desk.eyes["member"]
    for system in eyes.pages("efs", "DescribeFileSystems", "FileSystems"):
        name, gone = system["FileSystemId"], ("PolicyNotFound",)
        policy = _try(eyes, "efs", "DescribeFileSystemPolicy", "Policy", FileSystemId=name, absent=gone)
        yield system.get("FileSystemArn", name), policy


@carrier(
    "backup",
    title="Backup vault policies",
    actions=("backup:GetBackupVaultAccessPolicy", "backup:ListBackupVaults"),
)
def backup(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every vault."""
    eyes = desk.eyes["member"]
    for vault in eyes.pages("backup", "ListBackupVaults", "BackupVaultList"):
        name, gone = vault["BackupVaultName"], ("ResourceNotFoundException",)
        policy = _try(eyes, "backup", "GetBackupVaultAccessPolicy", "Policy", BackupVaultName=name, absent=gone)
        yield vault["BackupVaultArn"], policy


@carrier("vpc", title="VPC endpoint policies", actions=("ec2:DescribeVpcEndpoints",))
def endpoints(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """The list carries the policies."""
    eyes = desk.eyes["member"]
    for endpoint in eyes.pages("ec2", "DescribeVpcEndpoints", "VpcEndpoints"):
        yield endpoint["VpcEndpointId"], endpoint.get("PolicyDocument")


@carrier("apigateway", title="REST API policies", actions=("apigateway:GET",))
def apis(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """The list carries the policies, with escaped quotes."""
    eyes = desk.eyes["member"]
    for api in eyes.pages("apigateway", "GetRestApis", "items"):
        yield f"{api.get('name', '')} ({api['id']})", (api.get("policy") or "").replace('\\"', '"')


@carrier("opensearch", title="OpenSearch domain policies", actions=("es:DescribeDomain", "es:ListDomainNames"))
def opensearch(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every domain, of either engine."""
    eyes = desk.eyes["member"]
    for domain in eyes.pages("opensearch", "ListDomainNames", "DomainNames"):
        held = _try(eyes, "opensearch", "DescribeDomain", "DomainStatus", DomainName=domain["DomainName"])
        if isinstance(held, dict):
            yield held["ARN"], held.get("AccessPolicies")
        else:
            yield domain["DomainName"], held


@carrier(
    "ses",
    title="Sending authorization policies",
    actions=("ses:GetEmailIdentityPolicies", "ses:ListEmailIdentities"),
)
def ses(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every identity's policies, by name."""
    eyes = desk.eyes["member"]
    for identity in eyes.pages("sesv2", "ListEmailIdentities", "EmailIdentities"):
        name = identity["IdentityName"]
        held = _try(eyes, "sesv2", "GetEmailIdentityPolicies", "Policies", EmailIdentity=name)
        if isinstance(held, dict):
            yield from ((f"{name} ({policy})", text) for policy, text in held.items())
        else:
            yield name, held


@carrier(
    "codeartifact",
    title="CodeArtifact policies",
    actions=(
        "codeartifact:GetDomainPermissionsPolicy",
        "codeartifact:GetRepositoryPermissionsPolicy",
        "codeartifact:ListDomains",
        "codeartifact:ListRepositories",
    ),
)
def codeartifact(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """Every domain and repository of the account."""
    eyes = desk.eyes["member"]
    gone = ("ResourceNotFoundException",)
    for domain in eyes.pages("codeartifact", "ListDomains", "domains"):
        wanted = {"domain": domain["name"], "domainOwner": domain["owner"], "absent": gone}
        yield domain["arn"], _document(_try(eyes, "codeartifact", "GetDomainPermissionsPolicy", "policy", **wanted))
    for repository in eyes.pages("codeartifact", "ListRepositories", "repositories"):
        wanted = {"domain": repository["domainName"], "domainOwner": repository["domainOwner"], "absent": gone}
        policy = _try(
            eyes,
            "codeartifact",
            "GetRepositoryPermissionsPolicy",
            "policy",
            repository=repository["name"],
            **wanted,
        )
        yield repository["arn"], _document(policy)


def _document(held: Policy) -> Policy:
    """CodeArtifact wraps a policy's text with its revision."""
    return held.get("document") if isinstance(held, dict) else held


@carrier("glue", title="Data catalog policies", actions=("glue:GetResourcePolicies",))
def glue(desk: Desk) -> Iterator[tuple[str, Policy]]:
    """The catalog's own, and those that shares have added."""
    eyes = desk.eyes["member"]
    for held in eyes.pages("glue", "GetResourcePolicies", "GetResourcePoliciesResponseList"):
        yield f"the data catalog of {eyes.account_id}", held.get("PolicyInJson")
