"""The services whose policies do not come as one of each resource: D7, function by function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess.policies.check import Asked, Carried, Listed, ask, carried, carrier
from orgtools.exceptions import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.assess.catalogue import CheckContext

_GONE: Final = ("ResourceNotFoundException",)


def authorization_details(desk: CheckContext) -> list[dict[str, Any]]:
    """The pages of IAM's one list of everything, read once for all checks of a task."""
    key = ("iam", "details")
    if key not in desk.once:
        wanted = ["User", "Role", "Group", "LocalManagedPolicy"]
        desk.once[key] = list(desk.eyes["member"].pages("iam", "GetAccountAuthorizationDetails", "", Filter=wanted))
    pages: list[dict[str, Any]] = desk.once[key]
    return pages


@carrier("iam", "iam:GetAccountAuthorizationDetails", regional=False)
def iam(desk: CheckContext) -> Iterator[Carried]:
    """Trust, inline and customer managed policies, in one list. AWS's own roles cannot be changed and name nobody."""
    for page in authorization_details(desk):
        for role in page["RoleDetailList"]:
            if "/aws-service-role/" not in role["Arn"]:
                yield f"{role['Arn']} (trust)", role["AssumeRolePolicyDocument"]
        for kind in ("Role", "User", "Group"):
            for holder in page[f"{kind}DetailList"]:
                for inline in holder.get(f"{kind}PolicyList", ()):  # IAM leaves it out of a user without
                    yield f"{holder['Arn']} (inline {inline['PolicyName']})", inline["PolicyDocument"]
        for managed in page["Policies"]:
            for version in managed["PolicyVersionList"]:
                if version["IsDefaultVersion"]:
                    yield managed["Arn"], version["Document"]


@carrier(
    "lambda",
    "lambda:GetLayerVersionPolicy",
    "lambda:GetPolicy",
    "lambda:ListAliases",
    "lambda:ListFunctions",
    "lambda:ListLayerVersions",
    "lambda:ListLayers",
)
def functions(desk: CheckContext) -> Iterator[Carried]:
    """A function and its aliases have a policy each, and so has every version of a layer.

    What it cannot see: the policy of a function's version that no alias names.
    """
    eyes = desk.eyes["member"]
    for function in eyes.pages("lambda", "ListFunctions", "Functions"):
        arn = function["FunctionArn"]
        yield arn, ask(eyes, "lambda", Asked("GetPolicy", "Policy", {"FunctionName": arn}, _GONE))
        of = {"FunctionName": arn, "Qualifier": "{Name}"}
        yield from _inside(
            desk,
            arn,
            Listed("lambda", "ListAliases", "Aliases", "{AliasArn}", only={"FunctionName": arn}),
            Asked("GetPolicy", "Policy", of, _GONE),
        )
    for layer in eyes.pages("lambda", "ListLayers", "Layers"):
        name = layer["LayerName"]
        for version in eyes.pages("lambda", "ListLayerVersions", "LayerVersions", LayerName=name):
            which = {"LayerName": name, "VersionNumber": version["Version"]}
            yield (
                version["LayerVersionArn"],
                ask(eyes, "lambda", Asked("GetLayerVersionPolicy", "Policy", which, _GONE)),
            )


def _inside(desk: CheckContext, holder: str, listed: Listed, asked: Asked) -> Iterator[Carried]:
    """What lies in a resource; where that list is closed, the resource is told as closed, and the others go on."""
    try:
        yield from carried(desk, listed, asked)
    except RefusedError as error:
        yield holder, error


@carrier(
    "kinesis",
    "kinesis:GetResourcePolicy",
    "kinesis:ListStreamConsumers",
    "kinesis:ListStreams",
)
def streams(desk: CheckContext) -> Iterator[Carried]:
    """Every stream, and every consumer of its own."""
    eyes, asked = desk.eyes["member"], Asked("GetResourcePolicy", "Policy", {"ResourceARN": "{resource}"}, _GONE)
    for stream in eyes.pages("kinesis", "ListStreams", "StreamSummaries"):
        arn = stream["StreamARN"]
        yield arn, ask(eyes, "kinesis", replace(asked, of={"ResourceARN": arn}))
        consumers = Listed("kinesis", "ListStreamConsumers", "Consumers", "{ConsumerARN}", only={"StreamARN": arn})
        yield from _inside(desk, arn, consumers, asked)


@carrier(
    "s3tables",
    "s3tables:GetTableBucketPolicy",
    "s3tables:GetTablePolicy",
    "s3tables:ListTableBuckets",
    "s3tables:ListTables",
)
def tables(desk: CheckContext) -> Iterator[Carried]:
    """Every table bucket, and every table in it."""
    eyes, gone = desk.eyes["member"], ("NotFoundException",)
    for bucket in eyes.pages("s3tables", "ListTableBuckets", "tableBuckets"):
        arn = bucket["arn"]
        yield arn, ask(eyes, "s3tables", Asked("GetTableBucketPolicy", "resourcePolicy", {"tableBucketARN": arn}, gone))
        of = {"tableBucketARN": arn, "namespace": "{namespace[0]}", "name": "{name}"}
        yield from _inside(
            desk,
            arn,
            Listed("s3tables", "ListTables", "tables", "{tableARN}", only={"tableBucketARN": arn}),
            Asked("GetTablePolicy", "resourcePolicy", of, gone),
        )


@carrier("streams", "dynamodb:GetResourcePolicy", "dynamodb:ListStreams")
def table_streams(desk: CheckContext) -> Iterator[Carried]:
    """The list is of another endpoint than the policies."""
    eyes, gone = desk.eyes["member"], (*_GONE, "PolicyNotFoundException")
    for stream in eyes.pages("dynamodbstreams", "ListStreams", "Streams"):
        arn = stream["StreamArn"]
        yield arn, ask(eyes, "dynamodb", Asked("GetResourcePolicy", "Policy", {"ResourceArn": arn}, gone))


@carrier("ssm", "ssm:DescribeParameters", "ssm:GetResourcePolicies")
def parameters(desk: CheckContext) -> Iterator[Carried]:
    """Only parameters of the advanced tier can have policies, several each."""
    eyes = desk.eyes["member"]
    advanced = [{"Key": "Tier", "Option": "Equals", "Values": ["Advanced"]}]
    for parameter in eyes.pages("ssm", "DescribeParameters", "Parameters", ParameterFilters=advanced):
        arn = parameter["ARN"]
        listed = Listed("ssm", "GetResourcePolicies", "Policies", arn, "Policy", only={"ResourceArn": arn})
        try:
            yield from carried(desk, listed)
        except RefusedError as error:
            yield arn, error


@carrier(
    "ecr",
    "ecr:DescribeRepositories",
    "ecr:GetRegistryPolicy",
    "ecr:GetRepositoryPolicy",
)
def ecr(desk: CheckContext) -> Iterator[Carried]:
    """The registry's own policy, and every repository's."""
    eyes = desk.eyes["member"]
    gone = ("RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException")
    yield f"ecr registry {eyes.account_id}", ask(eyes, "ecr", Asked("GetRegistryPolicy", "policyText", {}, gone))
    yield from carried(
        desk,
        Listed("ecr", "DescribeRepositories", "repositories", "{repositoryArn}"),
        Asked("GetRepositoryPolicy", "policyText", {"repositoryName": "{repositoryName}"}, gone),
    )


@carrier("apigateway", "apigateway:GET")
def apis(desk: CheckContext) -> Iterator[Carried]:
    """The lists carry the policies, with escaped quotes; only private domain names have one."""
    eyes = desk.eyes["member"]
    for api in eyes.pages("apigateway", "GetRestApis", "items"):
        yield f"{api.get('name', '')} ({api['id']})", (api.get("policy") or "").replace('\\"', '"')
    for name in eyes.pages("apigateway", "GetDomainNames", "items"):
        yield name.get("domainNameArn") or name["domainName"], (name.get("policy") or "").replace('\\"', '"')


@carrier("ses", "ses:GetEmailIdentityPolicies", "ses:ListEmailIdentities")
def ses(desk: CheckContext) -> Iterator[Carried]:
    """Every identity's policies, by name."""
    eyes = desk.eyes["member"]
    for identity in eyes.pages("sesv2", "ListEmailIdentities", "EmailIdentities"):
        name = identity["IdentityName"]
        held = ask(eyes, "sesv2", Asked("GetEmailIdentityPolicies", "Policies", {"EmailIdentity": name}))
        if isinstance(held, dict):
            yield from ((f"{name} ({policy})", text) for policy, text in held.items())
        else:
            yield name, held
