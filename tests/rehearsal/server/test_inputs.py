"""The one check of inputs against botocore's model, without a server; `test_situations.py` asks the server itself."""

import json
from typing import Any

import pytest

from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.server import inputs, wire
from orgtools.rehearsal.server.wire import HttpRequest, ServiceCall

SIGNED = "AWS4-HMAC-SHA256 Credential=AKIAORGT222222222222/20260101/us-east-1/{}/aws4_request,"


def asked(service: str, operation: str, body: str) -> tuple[HttpRequest, ServiceCall]:
    """A call of a JSON service as it comes over the wire."""
    headers = {"authorization": SIGNED.format(service), "x-amz-target": f"T.{operation}"}
    request = HttpRequest("POST", "/", headers, body.encode())
    call = wire.read(request)
    assert call is not None
    return request, call


def form(service: str, body: str) -> tuple[HttpRequest, ServiceCall]:
    """A call of a query service as it comes over the wire."""
    kind = "application/x-www-form-urlencoded"
    request = HttpRequest("POST", "/", {"authorization": SIGNED.format(service), "content-type": kind}, body.encode())
    call = wire.read(request)
    assert call is not None
    return request, call


def refusal(asked_for: tuple[HttpRequest, ServiceCall]) -> tuple[str, str | None]:
    """Code and reason of what is refused."""
    with pytest.raises(ServiceError) as caught:
        inputs.check(*asked_for)
    return caught.value.code, caught.value.reason


INVALID = "InvalidInputException"
TAG = {"Key": "k", "Value": "v"}


@pytest.mark.parametrize(
    ("operation", "given", "reason"),
    [
        ("TagResource", {"ResourceId": "1" * 12, "Tags": [{**TAG, "Key": "k" * 129}]}, "MAX_LENGTH_EXCEEDED"),
        ("TagResource", {"ResourceId": "1" * 12, "Tags": [{**TAG, "Key": ""}]}, "MIN_LENGTH_EXCEEDED"),
        ("TagResource", {"ResourceId": "1" * 12, "Tags": [{**TAG, "Value": "R&D"}]}, "INVALID_PATTERN"),
        ("TagResource", {"ResourceId": "1" * 12, "Tags": [{"Value": "v"}]}, "INPUT_REQUIRED"),
        ("TagResource", {"ResourceId": "1" * 12, "Tags": None}, "INPUT_REQUIRED"),
        ("CreateOrganizationalUnit", {"ParentId": "r-abcd", "Name": "n" * 129}, "MAX_LENGTH_EXCEEDED"),
        ("CreateOrganizationalUnit", {"ParentId": "r-abcd", "Name": ""}, "MIN_LENGTH_EXCEEDED"),
        ("CreateOrganizationalUnit", {"ParentId": "nowhere", "Name": "n"}, "INVALID_PATTERN"),
        ("InviteAccountToOrganization", {"Target": {"Type": "ACCOUNT"}}, "INPUT_REQUIRED"),
        ("InviteAccountToOrganization", {"Target": {"Type": "BLEE", "Id": "1" * 12}}, "INVALID_ENUM"),
        ("ListHandshakesForAccount", {"Filter": {"ActionType": "BLEE"}}, "INVALID_ENUM"),
        ("ListPolicies", {"Filter": "BLEE"}, "INVALID_ENUM_POLICY_TYPE"),
        ("ListCreateAccountStatus", {"States": ["BLEE"]}, "INVALID_LIST_MEMBER"),
        ("AttachPolicy", {"PolicyId": "p-12345678", "TargetId": "nowhere"}, "INVALID_PATTERN_TARGET_ID"),
        ("AttachPolicy", {"PolicyId": "policy", "TargetId": "r-abcd"}, "INVALID_SYNTAX_POLICY_ID"),
        ("ListAccounts", {"MaxResults": 21}, "MAX_VALUE_EXCEEDED"),
        ("ListAccounts", {"MaxResults": 0}, "MIN_VALUE_EXCEEDED"),
    ],
)
def test_organizations_says_what_is_wrong_by_a_reason(operation: str, given: dict[str, Any], reason: str) -> None:
    """At any depth, in the words of the model's enum."""
    assert refusal(asked("organizations", operation, json.dumps(given))) == (INVALID, reason)


@pytest.mark.parametrize(
    "body",
    ['{"HandshakeId": 5}', '{"HandshakeId": ["h-12345678"]}', "[]", "{", '{"HandshakeId": NaN}'],
)
def test_what_is_no_json_of_the_models_types_is_a_serialization_exception(body: str) -> None:
    """AWS does not get as far as the operation."""
    assert refusal(asked("organizations", "AcceptHandshake", body)) == ("SerializationException", None)


def test_aws_is_lenient_about_members_it_does_not_know_and_null() -> None:
    """Newer programs than the model send more; null is absent."""
    request, call = asked("organizations", "ListAccounts", '{"MaxResults": 5.0, "Newer": {"a": 1}, "NextToken": null}')
    inputs.check(request, call)
    assert call.parameters == {"MaxResults": 5.0, "Newer": {"a": 1}}


def test_tags_take_letters_of_every_language() -> None:
    """The pattern in the model is one of Java, whose categories go beyond ASCII."""
    tags = [{"Key": "größe", "Value": "開発 1/2 = a@b"}]
    inputs.check(*asked("organizations", "TagResource", json.dumps({"ResourceId": "1" * 12, "Tags": tags})))


@pytest.mark.parametrize(
    ("service", "body", "code"),
    [
        ("sts", "Action=AssumeRole&RoleArn=arn:aws:iam::111111111111:role/x&RoleSessionName=a%20b", "ValidationError"),
        ("sts", "Action=AssumeRole&RoleSessionName=ab", "ValidationError"),
        (
            "sts",
            "Action=AssumeRole&RoleArn=arn:aws:iam::111111111111:role/x&RoleSessionName=ab&DurationSeconds=long",
            "MalformedInput",
        ),
        ("iam", "Action=GetRole&RoleName=a%20b", "ValidationError"),
        ("iam", "Action=TagRole&RoleName=ab&Tags.member.1.Value=v", "ValidationError"),
    ],
)
def test_query_services_are_held_to_their_models_too(service: str, body: str, code: str) -> None:
    """Whether the rehearsal answers them or moto."""
    assert refusal(form(service, body))[0] == code


def test_rest_services_are_held_to_their_models_too() -> None:
    """In their bodies, paths and queries."""
    headers = {"authorization": SIGNED.format("controltower")}
    request = HttpRequest("POST", "/list-enabled-baselines", headers, b'{"maxResults": 1000}')
    call = wire.read(request)
    assert call is not None
    assert refusal((request, call))[0] == "ValidationException"
    in_path = HttpRequest("GET", "/2015-03-31/functions/a%20b/policy", {"authorization": SIGNED.format("lambda")}, b"")
    call = wire.read(in_path)
    assert call is not None
    assert refusal((in_path, call))[0] == "ValidationException"


@pytest.mark.parametrize("service", ["organizations", "account", "controltower", "iam", "sts", "sso", "ram", "config"])
def test_every_pattern_of_the_models_can_be_asked(service: str) -> None:
    """None is passed over because Python reads regular expressions otherwise than Java."""
    model = wire.model(service)
    assert model is not None
    shapes = (model.shape_for(name) for name in model.shape_names)
    patterns = {shape.metadata["pattern"] for shape in shapes if "pattern" in shape.metadata}
    assert patterns
    assert [pattern for pattern in patterns if inputs.compiled_pattern(pattern) is None] == []
