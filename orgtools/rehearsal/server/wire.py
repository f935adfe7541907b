"""HTTP requests as the SDKs send them, and answers in the protocol of each service."""

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.sax.saxutils import escape

from botocore.exceptions import UnknownServiceError
from botocore.loaders import Loader, create_loader
from botocore.model import OperationModel, ServiceModel

from orgtools.rehearsal.refusals import ServiceError

Json = dict[str, Any]
MODELS = {
    "access-analyzer": "accessanalyzer",
    "elasticfilesystem": "efs",
    "es": "opensearch",
    "servicequotas": "service-quotas",
    "ses": "sesv2",
    "sso": "sso-admin",
    "tagging": "resourcegroupstaggingapi",
    "tax": "taxsettings",
}
"""botocore's names of services whose signing name is another one."""
SECOND_MODELS = {"dynamodb": "dynamodbstreams", "s3": "s3control"}
"""botocore's names of services that share the signing name of another one."""
_PORTAL, _BEARER = "/federation/credentials", "x-amz-sso_bearer_token"
"""https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html"""
JSON, QUERY, REST_JSON, REST_XML = "json", "query", "rest-json", "rest-xml"
QUERY_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"
_REQUEST_ID = re.compile(rb"(?<=<RequestId>)[^<]*(?=</RequestId>)")
_CREDENTIAL = re.compile(r"Credential=(?P<key>[^/]+)/[^/]+/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request")


@dataclass(frozen=True)
class HttpRequest:
    """A request as it arrived; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path without the query."""
        return urlsplit(self.target).path


@dataclass
class HttpAnswer:
    """What goes back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Real seconds to wait before it goes out."""
    hang_up: bool = False
    """Whether the connection closes instead."""


@dataclass(frozen=True)
class ServiceCall:
    """What a signed request asks for: by whom (access key), of which service, which operation."""

    key: str
    region: str
    service: str
    operation: str
    protocol: str
    parameters: Json
    agent: str = ""
    """How the client names itself."""


_WITHOUT_SOURCE = {"CopyObject": "PutObject", "UploadPartCopy": "UploadPart"}
"""Operations of S3 that share method and path, and differ by the header that names what is copied."""


def read(request: HttpRequest) -> ServiceCall | None:
    """Understands a signed request, or an unsigned one to the access portal; None where it is neither."""
    match = _CREDENTIAL.search(request.headers.get("authorization", ""))
    if match is None:
        return _read_portal(request)
    service = match["service"].lower()
    target = request.headers.get("x-amz-target")
    if target:
        operation, protocol = target.rpartition(".")[2], JSON
        parameters = _json(request.body)
    elif request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        parameters = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        operation, protocol = parameters.get("Action", "Unknown"), QUERY
    else:
        # S3 Control signs as S3, and its paths begin with the version of its API.
        named = "s3control" if service == "s3" and request.path.startswith("/v20180820/") else service
        operation = _rest_operation(named, request.method, request.target)
        if "x-amz-copy-source" not in request.headers:
            operation = _WITHOUT_SOURCE.get(operation, operation)
        found = model(service)
        protocol = REST_XML if found and found.resolved_protocol == REST_XML else REST_JSON
        parameters = _json(request.body) if protocol == REST_JSON else {}
    agent = request.headers.get("user-agent", "")
    return ServiceCall(match["key"], match["region"], service, operation, protocol, parameters, agent)


def _read_portal(request: HttpRequest) -> ServiceCall | None:
    """The call that an unsigned request makes to the access portal: a token says who asks."""
    if request.path != _PORTAL or request.method != "GET":
        return None
    given = dict(query(request.target))
    parameters = {
        "roleName": given.get("role_name", ""),
        "accountId": given.get("account_id", ""),
        "accessToken": request.headers.get(_BEARER, ""),
    }
    return ServiceCall("", "us-east-1", "sso", "GetRoleCredentials", REST_JSON, parameters)


def _json(body: bytes) -> Json:
    """What a body says; nothing where it says nothing: `inputs` refuses it then."""
    try:
        return {name: _present(item) for name, item in document(body).items() if item is not None}
    except ValueError:
        return {}


def document(body: bytes) -> Json:
    """A body as a JSON object. Raises ValueError."""
    parsed = json.loads(body or b"{}", parse_constant=_no_number)
    if not isinstance(parsed, dict):
        raise ValueError("the body is no object")  # noqa: TRY004 -- as json itself says what it cannot read
    return parsed


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _present(value: Any) -> Any:
    """Without the members that are null: to AWS they are absent."""
    if isinstance(value, dict):
        return {name: _present(item) for name, item in value.items() if item is not None}
    return [_present(item) for item in value] if isinstance(value, list) else value


@lru_cache
def _loader() -> Loader:
    """One for all services: each lists anew which there are."""
    return create_loader()


@lru_cache
def model(service: str) -> ServiceModel | None:
    """botocore's model of a service by its signing name, or None."""
    name = MODELS.get(service, service)
    try:
        return ServiceModel(_loader().load_service_model(name, "service-2"), name)
    except UnknownServiceError:
        return None


@lru_cache(maxsize=4096)
def operation(service: str, name: str) -> OperationModel | None:
    """botocore's model of an operation by its service's signing name, or None where AWS has no such."""
    found = (model(known) for known in (service, SECOND_MODELS.get(service)) if known)
    return next((held.operation_model(name) for held in found if held and name in held.operation_names), None)


@lru_cache
def _rest_routes(service: str) -> list[tuple[str, re.Pattern[str], set[str], str]]:
    found = model(service)
    routes = []
    for name in found.operation_names if found else []:
        http = found.operation_model(name).http if found else {}
        _, _, query = http["requestUri"].partition("?")
        routes.append((http["method"], _route(http["requestUri"])[0], _keys(query), name))
    # The route with the fewest placeholders, and the most of the query, is the most specific.
    return sorted(routes, key=lambda route: (route[1].groups, -len(route[2])))


@lru_cache(maxsize=4096)
def _route(uri: str) -> tuple[re.Pattern[str], list[str]]:
    """The paths that belong to a URI of the models, and the names of its placeholders."""
    parts = re.split(r"(\{[^}]+\})", uri.partition("?")[0])
    pattern = "".join("(.+)" if p.endswith("+}") else "([^/]+)" if p.startswith("{") else re.escape(p) for p in parts)
    return re.compile(pattern + "/?"), [p.strip("{+}") for p in parts if p.startswith("{")]


def labels(operation: OperationModel, path: str) -> dict[str, str]:
    """What a path says for the placeholders of an operation's URI."""
    pattern, names = _route(operation.http.get("requestUri", "/"))
    found = pattern.fullmatch(path)
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else {}


def query(target: str) -> list[tuple[str, str]]:
    """The names and values behind the path."""
    return parse_qsl(urlsplit(target).query, keep_blank_values=True)


def _keys(query: str) -> set[str]:
    return {key for key, _ in parse_qsl(query, keep_blank_values=True)}


def _rest_operation(service: str, method: str, target: str) -> str:
    parts = urlsplit(target)
    given = _keys(parts.query)
    for wanted, pattern, query, name in _rest_routes(service):
        if wanted == method and query <= given and pattern.fullmatch(parts.path):
            return name
    return f"{method} {parts.path}"


def success(call: ServiceCall, result: Json, request_id: str) -> HttpAnswer:
    """A result in the call's protocol."""
    if call.protocol == QUERY and call.service == "ec2":  # its own protocol: nothing around the result
        name = call.operation
        text = f"<{name}Response><requestId>{request_id}</requestId>{_xml(result)}</{name}Response>"
        return HttpAnswer(200, text.encode(), {"Content-Type": "text/xml"})
    if call.protocol == QUERY:
        name = call.operation
        text = (
            f'<{name}Response xmlns="{QUERY_NAMESPACE}"><{name}Result>{_xml(result)}</{name}Result>'
            f"<ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{name}Response>"
        )
        return HttpAnswer(200, text.encode(), {"Content-Type": "text/xml"})
    return HttpAnswer(200, json.dumps(result).encode(), {"Content-Type": _json_type(call)})


def failure(call: ServiceCall, refusal: ServiceError, request_id: str) -> HttpAnswer:
    """An error in the call's protocol."""
    if call.protocol == QUERY:
        kind = "Sender" if refusal.status < HTTPStatus.INTERNAL_SERVER_ERROR else "Receiver"
        text = (
            f'<ErrorResponse xmlns="{QUERY_NAMESPACE}"><Error><Type>{kind}</Type><Code>{escape(refusal.code)}</Code>'
            f"<Message>{escape(refusal.message)}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
        )
        if call.service == "ec2":
            text = (
                f"<Response><Errors><Error><Code>{escape(refusal.code)}</Code><Message>{escape(refusal.message)}"
                f"</Message></Error></Errors><RequestID>{request_id}</RequestID></Response>"
            )
        return HttpAnswer(refusal.status, text.encode(), {"Content-Type": "text/xml"})
    if call.protocol == REST_XML:
        text = (
            f"<Error><Code>{escape(refusal.code)}</Code><Message>{escape(refusal.message)}</Message>"
            f"<RequestId>{request_id}</RequestId></Error>"
        )
        return HttpAnswer(refusal.status, text.encode(), {"Content-Type": "application/xml"})
    body: Json = {"__type": refusal.code, "Message": refusal.message}
    if refusal.reason:
        body["Reason"] = refusal.reason
    if refusal.code == "TooManyRequestsException":
        body["Type"] = "RATE_LIMIT_EXCEEDED"
    headers = {"Content-Type": _json_type(call), "x-amzn-ErrorType": refusal.code}
    return HttpAnswer(refusal.status, json.dumps(body).encode(), headers)


def stamp(answer: HttpAnswer, request_id: str) -> None:
    """Puts our request id in place of the made-up one that moto writes into XML: the log and the caller must agree."""
    answer.headers["x-amzn-RequestId"] = request_id
    answer.body = _REQUEST_ID.sub(request_id.encode(), answer.body)


def _json_type(call: ServiceCall) -> str:
    return "application/x-amz-json-1.1" if call.protocol == JSON else "application/json"


def _xml(value: Any) -> str:
    if isinstance(value, dict):
        return "".join(f"<{key}>{_xml(item)}</{key}>" for key, item in value.items())
    if isinstance(value, list):
        return "".join(f"<member>{_xml(item)}</member>" for item in value)
    return escape(str(value))
