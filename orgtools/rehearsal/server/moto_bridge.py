"""The way to moto's server for every operation that the rehearsal does not answer itself."""

import io
import json
import os
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import moto.core.utils
from moto import backend_index
from moto.core.loaders import create_loader
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from orgtools.rehearsal.refusals import ServiceError
from orgtools.rehearsal.server.wire import HttpAnswer, HttpRequest, ServiceCall
from orgtools.rehearsal.world import identity_center

if TYPE_CHECKING:
    from collections.abc import Iterable

# Headers that the server writes itself, with the virtual time and one request id.
OWN_HEADERS = {
    "date",
    "server",
    "content-length",
    "connection",
    "x-amzn-requestid",
    "x-amz-request-id",
    "status",
}


UNROUTED = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


class Bridge:
    """moto's WSGI application, told which account is calling."""

    def __init__(self) -> None:
        # moto gives each account Amazon's 1,301 public images, which takes it half a second: nobody here asks for them.
        os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
        # moto makes a loader for each model, and each of them lists anew which services there are.
        moto.core.utils.create_loader = cache(create_loader)  # type: ignore[attr-defined]
        self._app = DomainDispatcherApplication(create_backend_app)

    def forward(self, request: HttpRequest, call: ServiceCall, account: str) -> HttpAnswer:
        """moto's answer. Raises a clear client error, which no SDK retries, where moto has none."""
        environ = _environ(request, account)
        if not self._known(environ, request.path):
            raise unknown_operation(call)
        if call.service == "sso":
            identity_center.backends()
        try:
            answer = self._run(environ)
        except NotImplementedError:
            raise unknown_operation(call) from None
        except Exception as error:
            message = f"moto failed on {call.service}:{call.operation}: {type(error).__name__}: {error}"
            raise ServiceError("RehearsalFailure", message) from error
        if answer.status in UNROUTED and b"<!doctype html>" in answer.body.lower():
            # Flask's own page: moto knows the service but not this path.
            raise unknown_operation(call)
        return answer

    def _known(self, environ: dict[str, Any], path: str) -> bool:
        host = self._app.infer_service_region_host(environ, path)
        # A host without a dot is moto's own name of a service, where one signing name serves several.
        if host is None or "." not in host:
            return host is not None
        return any(pattern.match(f"http://{host}") for _, pattern in backend_index.backend_url_patterns)

    def _run(self, environ: dict[str, Any]) -> HttpAnswer:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            started.append((status, headers))

        parts: Iterable[bytes] = self._app(environ, start_response)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        status, headers = started[-1]
        kept = {name: value for name, value in headers if name.lower() not in OWN_HEADERS}
        return HttpAnswer(int(status.split()[0]), body, kept)


def unknown_operation(call: ServiceCall) -> ServiceError:
    """An operation that nobody here answers."""
    message = f"The rehearsal does not simulate {call.service}:{call.operation}; neither does moto."
    return ServiceError("UnknownOperationException", message)


def answered(answer: HttpAnswer) -> tuple[str | None, str | None]:
    """Error code and reason of an answer of moto's, for the log."""
    if answer.status < HTTPStatus.BAD_REQUEST:
        return None, None
    try:
        document = json.loads(answer.body)
        return str(document.get("__type", "")).split("#")[-1] or None, document.get("Reason")
    except ValueError:
        text = answer.body.decode(errors="replace")
        return text.partition("<Code>")[2].partition("</Code>")[0] or str(answer.status), None


def _environ(request: HttpRequest, account: str) -> dict[str, Any]:
    parts = urlsplit(request.target)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        # WSGI wants the bytes of the decoded path as latin-1.
        "PATH_INFO": unquote(parts.path, "latin-1"),
        "QUERY_STRING": parts.query,
        "RAW_URI": request.target,
        "REQUEST_URI": request.target,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(request.body)),
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key not in ("CONTENT_LENGTH", "TRANSFER_ENCODING"):
            environ[f"HTTP_{key}"] = value
    environ["HTTP_X_MOTO_ACCOUNT_ID"] = account
    return environ
