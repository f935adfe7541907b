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


def authorization_details(context: CheckContext) -> list[dict[str, Any]]:
    """The pages of IAM's one list of everything, read once for all checks of a task."""
    reader, wanted = context.readers["member"], ["User", "Role", "Group", "LocalManagedPolicy"]
    listed = ("iam", "GetAccountAuthorizationDetails", "")
    return reader.once(*listed, read=lambda: list(reader.pages(*listed, Filter=wanted)))


@carrier("iam", "iam:GetAccountAuthorizationDetails", regional=False)
def iam(context: CheckContext) -> Iterator[Carried]:
    """Trust, inline and customer managed policies, in one list. AWS's own roles cannot be changed and name nobody."""
    for page in authorization_details(context):
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
def functions(context: CheckContext) -> Iterator[Carried]:
    """A function and its aliases have a policy each, and so has every version of a layer.

    What it cannot see: the policy of a function's version that no alias names.
    """
    reader = context.readers["member"]
    for function in reader.pages("lambda", "ListFunctions", "Functions"):
        arn = function["FunctionArn"]
        yield arn, ask(reader, "lambda", Asked("GetPolicy", "Policy", {"FunctionName": arn}, _GONE))
        of = {"FunctionName": arn, "Qualifier": "{Name}"}
        yield from _inside(
            context,
            arn,
            Listed("lambda", "ListAliases", "Aliases", "{AliasArn}", only={"FunctionName": arn}),
            Asked("GetPolicy", "Policy", of, _GONE),
        )
    for layer in reader.pages("lambda", "ListLayers", "Layers"):
        name = layer["LayerName"]
        for version in reader.pages("lambda", "ListLayerVersions", "LayerVersions", LayerName=name):
            which = {"LayerName": name, "VersionNumber": version["Version"]}
            asked = Asked("GetLayerVersionPolicy", "Policy", which, _GONE)
            yield version["LayerVersionArn"], ask(reader, "lambda", asked)


def _inside(context: CheckContext, holder: str, listed: Listed, asked: Asked) -> Iterator[Carried]:
    """What lies in a resource; where that list is closed, the resource is told as closed, and the others go on."""
    try:
        yield from carried(context, listed, asked)
    except RefusedError as error:
        yield holder, error


@carrier(
    "kinesis",
    "kinesis:GetResourcePolicy",
    "kinesis:ListStreamConsumers",
    "kinesis:ListStreams",
)
def streams(context: CheckContext) -> Iterator[Carried]:
    """Every stream, and every consumer of its own."""
    reader, asked = (
        context.readers["member"],
        Asked("GetResourcePolicy", "Policy", {"ResourceARN": "{resource}"}, _GONE),
    )
    for stream in reader.pages("kinesis", "ListStreams", "StreamSummaries"):
        arn = stream["StreamARN"]
        yield arn, ask(reader, "kinesis", replace(asked, of={"ResourceARN": arn}))
        consumers = Listed("kinesis", "ListStreamConsumers", "Consumers", "{ConsumerARN}", only={"StreamARN": arn})
        yield from _inside(context, arn, consumers, asked)


@carrier(
    "s3tables",
    "s3tables:GetTableBucketPolicy",
    "s3tables:GetTablePolicy",
    "s3tables:ListTableBuckets",
    "s3tables:ListTables",
)
def tables(context: CheckContext) -> Iterator[Carried]:
    """Every table bucket, and every table in it."""
    reader, gone = context.readers["member"], ("NotFoundException",)
    for bucket in reader.pages("s3tables", "ListTableBuckets", "tableBuckets"):
        arn = bucket["arn"]
        yield (
            arn,
            ask(reader, "s3tables", Asked("GetTableBucketPolicy", "resourcePolicy", {"tableBucketARN": arn}, gone)),
        )
        of = {"tableBucketARN": arn, "namespace": "{namespace[0]}", "name": "{name}"}
        yield from _inside(
            context,
            arn,
            Listed("s3tables", "ListTables", "tables", "{tableARN}", only={"tableBucketARN": arn}),
            Asked("GetTablePolicy", "resourcePolicy", of, gone),
        )


@carrier("streams", "dynamodb:GetResourcePolicy", "dynamodb:ListStreams")
def table_streams(context: CheckContext) -> Iterator[Carried]:
    """The list is of another endpoint than the policies."""
    reader, gone = context.readers["member"], (*_GONE, "PolicyNotFoundException")
    for stream in reader.pages("dynamodbstreams", "ListStreams", "Streams"):
        arn = stream["StreamArn"]
        yield arn, ask(reader, "dynamodb", Asked("GetResourcePolicy", "Policy", {"ResourceArn": arn}, gone))


@carrier("ssm", "ssm:DescribeParameters", "ssm:GetResourcePolicies")
def parameters(context: CheckContext) -> Iterator[Carried]:
    """Only parameters of the advanced tier can have policies, several each."""
    reader = context.readers["member"]
    advanced = [{"Key": "Tier", "Option": "Equals", "Values": ["Advanced"]}]
    for parameter in reader.pages("ssm", "DescribeParameters", "Parameters", ParameterFilters=advanced):
        arn = parameter["ARN"]
        listed = Listed("ssm", "GetResourcePolicies", "Policies", arn, "Policy", only={"ResourceArn": arn})
        try:
            yield from carried(context, listed)
        except RefusedError as error:
            yield arn, error


@carrier(
    "ecr",
    "ecr:DescribeRepositories",
    "ecr:GetRegistryPolicy",
    "ecr:GetRepositoryPolicy",
)
def ecr(context: CheckContext) -> Iterator[Carried]:
    """The registry's own policy, and every repository's."""
    reader = context.readers["member"]
    gone = ("RegistryPolicyNotFoundException", "RepositoryPolicyNotFoundException")
    yield f"ecr registry {reader.account_id}", ask(reader, "ecr", Asked("GetRegistryPolicy", "policyText", {}, gone))
    yield from carried(
        context,
        Listed("ecr", "DescribeRepositories", "repositories", "{repositoryArn}"),
        Asked("GetRepositoryPolicy", "policyText", {"repositoryName": "{repositoryName}"}, gone),
    )


@carrier("apigateway", "apigateway:GET")
def apis(context: CheckContext) -> Iterator[Carried]:
    """The lists carry the policies, with escaped quotes; only private domain names have one."""
    reader = context.readers["member"]
    for api in reader.pages("apigateway", "GetRestApis", "items"):
        yield f"{api.get('name', '')} ({api['id']})", (api.get("policy") or "").replace('\\"', '"')
    for name in reader.pages("apigateway", "GetDomainNames", "items"):
        yield name.get("domainNameArn") or name["domainName"], (name.get("policy") or "").replace('\\"', '"')


@carrier("ses", "ses:GetEmailIdentityPolicies", "ses:ListEmailIdentities")
def ses(context: CheckContext) -> Iterator[Carried]:
    """Every identity's policies, by name."""
    reader = context.readers["member"]
    for identity in reader.pages("sesv2", "ListEmailIdentities", "EmailIdentities"):
        name = identity["IdentityName"]
        held = ask(reader, "sesv2", Asked("GetEmailIdentityPolicies", "Policies", {"EmailIdentity": name}))
        if isinstance(held, dict):
            yield from ((f"{name} ({policy})", text) for policy, text in held.items())
        else:
            yield name, held
