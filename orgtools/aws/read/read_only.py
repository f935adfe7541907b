"""Looking without touching: clients that can read, and nothing else.

A `Vantage` says in frozen values whose eyes these are, so that a task can be sent to any thread or process; it is
opened where the looking is done. What is opened there refuses, before anything is sent, every operation whose name does
not begin like a reading one, and every action that the check did not declare.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError

from orgtools.aws.calls.errors import understand
from orgtools.aws.read.organization import HOME
from orgtools.aws.sessions.acting_as import acting_as
from orgtools.aws.sessions.identity_center import Login, Portal
from orgtools.exceptions import OrgtoolsError, RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from orgtools.aws.sessions.handles import Way

READING: Final = ("BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Search", "Simulate")
"""How the names of operations begin that only read."""

ACTIONS: Final[dict[tuple[str, str], str]] = {
    ("apigateway", "GetDomainNames"): "apigateway:GET",
    ("apigateway", "GetRestApis"): "apigateway:GET",
    ("budgets", "DescribeBudgets"): "budgets:ViewBudget",
    ("s3", "ListBuckets"): "s3:ListAllMyBuckets",
}
"""Operations whose IAM action has another name, by botocore's name of the service and the operation. See
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"""

_DENIED: Final = ("AccessDenied", "AccessDeniedException", "AuthorizationError", "Forbidden", "UnauthorizedOperation")
_REGION_OFF: Final = ("AuthFailure", "InvalidClientTokenId", "OptInRequired", "UnrecognizedClientException")
AT_HOME: Final = frozenset({"artifact", "bcm-data-exports", "billing", "cloudtrail", "cur", "invoicing", "support"})
"""Services that answer for the whole account in the partition's home region, though botocore has no global endpoint for
them (CloudTrail: events of global services)."""
_CALLER: Final = Message("eyes-of-caller")
_LONGEST_CALL: Final = 20.0
_SUBDOMAIN: Final = re.compile(r"//\d{12}\.(?=\d{1,3}(\.\d{1,3}){3}[:/])")
_TOKENS: Final = {
    "LastEvaluatedStreamArn": "ExclusiveStartStreamArn",
    "NextPageToken": "PageToken",
    "NextToken": "NextToken",
    "nextToken": "nextToken",
}
"""Of lists that botocore cannot page: the member of an answer that says where to go on, and the parameter for it."""


_EMPTY_LISTS: Final = frozenset({"cloudformation", "config", "ec2", "organizations", "ram", "sso-admin"})
"""Services that send an empty list where there is nothing. Others may leave the list out, as Amazon SQS does:
https://github.com/boto/boto3/issues/1813"""


class ForbiddenCallError(RuntimeError):
    """A check tried what it may not: a defect of orgtools, stopped before anything was sent."""


class OverdueError(BotoCoreError):  # botocore's, so that it takes the way of every call that got no answer
    """The time of a task is up.

    Attributes:
        span: how long it had.
    """

    fmt = "{message}"

    def __init__(self, *, seconds: float) -> None:
        """Keep how long the task had."""
        self.span = timedelta(seconds=seconds)
        super().__init__(message=Message("looking-overdue", span=self.span))


def action_of(model: OperationModel) -> str:
    """The IAM action that an operation needs."""
    service = model.service_model
    return ACTIONS.get((service.service_name, model.name), f"{service.signing_name}:{model.name}")


def overdue(seconds: float) -> OrgtoolsError:
    """What to say of a look that did not come to its end in time."""
    return OrgtoolsError(Message("looking-overdue", span=timedelta(seconds=seconds)))


class Eyes(Protocol):
    """What a check looks with."""

    @property
    def account_id(self) -> str:
        """The account that these eyes are in."""

    def region_of(self, service: str) -> str:
        """Where a service is called."""

    def pages(self, service: str, operation: str, key: str, /, **parameters: Any) -> Iterator[Any]:
        """Every entry of a list, from all its pages."""

    def ask(self, service: str, operation: str, /, *, absent: Iterable[str] = (), **parameters: Any) -> Any:
        """One answer; None where AWS answers with one of the ``absent`` error codes."""


@dataclass(frozen=True)
class Vantage:
    """Whose eyes: a side's management account, or a role in a member account; and where they look.

    Attributes:
        way: the side whose credentials are used.
        account_id: a member account, or empty for the side's management account itself.
        role: the role in the member account.
        region: where regional services are called; empty for the region of the credentials.
        login: a person's login that enters the member account instead of the side's credentials and the role.
    """

    way: Way
    account_id: str = ""
    role: str = ""
    region: str = ""
    login: Login | None = None

    @contextmanager
    def opened(self, *, seconds: float) -> Iterator[View]:
        """Look with these eyes, from the current thread, for that long.

        Raises:
            CredentialsError: the side or the member account cannot be entered.
        """
        access = self.way.open()
        home = HOME.get(access.partition, "")

        def region(service: str) -> str:
            return self.region or (home if service in AT_HOME else "")

        whose = self._whose()
        if not self.account_id:
            yield View(
                lambda service: access.looking_client(service, region=region(service), timeout=_LONGEST_CALL),
                access.account_id,
                whose=whose,
                region=self.region,
                seconds=seconds,
            )
            return
        # Shared clients are made once for all member accounts, so their hooks find the view by the thread.
        view = View(
            lambda service: access.members_looking_client(
                service,
                region=region(service),
                timeout=_LONGEST_CALL,
                prepare=lambda made: _guard(made, lambda: _HERE.view),
            ),
            self.account_id,
            whose=whose,
            region=self.region,
            seconds=seconds,
            guarded=True,
            signed_in=self.login.permission_set if self.login else "",
            principal="" if self.login else access.role_arn(self.account_id, self.role),
        )
        if hasattr(_HERE, "view"):
            message = "this thread looks into another account already"
            raise RuntimeError(message)
        login = self.login
        inside = Portal(access, login).actor(self.account_id, login.permission_set) if login else None
        with acting_as(inside or access.actor(self.account_id, self.role)):
            _HERE.view = view
            try:
                yield view
            finally:
                del _HERE.view

    def _whose(self) -> Message:
        """Who looks, and which template holds what that needs."""
        if self.login:
            return Message("eyes-of-permission-set", permission_set=self.login.permission_set)
        if self.account_id:
            return Message("eyes-of-role", role=self.role)
        return Message("eyes-of-side", side=self.way.side, template=f"assess-{self.way.side}")


_HERE: Final = threading.local()
"""The view that looks into a member account from the current thread."""


def _guard(client: BaseClient, view: Callable[[], View]) -> None:
    """Let nothing leave a client but what a view permits, and that only in time."""
    client.meta.events.register("before-parameter-build", lambda model, **_: view().permit(model))
    client.meta.events.register("before-send", lambda **_: view().in_time())
    client.meta.events.register("before-sign", _no_subdomain)


def _no_subdomain(request: Any, **_: object) -> None:
    """botocore puts the account before the host for S3 Control; an endpoint that is an IP address has no subdomains."""
    request.url = _SUBDOMAIN.sub("//", request.url)


def _entries(client: Any, operation: str, page: Any, key: str) -> Iterable[Any]:
    if not key:
        return (page,)
    model = client.meta.service_model
    always = model.service_name in _EMPTY_LISTS or key in model.operation_model(operation).output_shape.required_members
    entries: Iterable[Any] = page[key] if always else page.get(key, ())
    return entries


class View:
    """Open eyes. Every client made here can only read, and only what the check at work declared.

    Its methods raise `RefusedError`, which says what to grant.
    """

    def __init__(
        self,
        make: Callable[[str], BaseClient],
        account_id: str,
        *,
        whose: Message = _CALLER,
        region: str = "",
        seconds: float = 60.0,
        guarded: bool = False,
        signed_in: str = "",
        principal: str = "",
    ) -> None:
        """Look with clients that ``make`` opens, by botocore's name of the service.

        Args:
            make: opens a client.
            account_id: the account that these eyes are in.
            whose: the caller, for messages.
            region: where regional services are called.
            seconds: for how long from now.
            guarded: whether the clients are guarded already.
            signed_in: the permission set, where a person's login entered the account.
            principal: the ARN of the role, or of whoever has the account's own credentials, where that entered it.
        """
        self.account_id = account_id
        self.whose = whose
        self.signed_in = signed_in
        self.principal = principal
        self.region = region
        self._make = make
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._guarded = guarded
        self._allowed: frozenset[str] = frozenset()
        self._clients: dict[str, Any] = {}

    @contextmanager
    def only(self, actions: Iterable[str]) -> Iterator[None]:
        """Allow these IAM actions and no others."""
        self._allowed = frozenset(actions)
        try:
            yield
        finally:
            self._allowed = frozenset()

    def pages(self, service: str, operation: str, key: str, /, **parameters: Any) -> Iterator[Any]:
        """Every entry of a list, from all its pages.

        Args:
            service: botocore's name of the service.
            operation: AWS's name, such as ``ListQueues``.
            key: the member of the answer that holds the entries. An empty page may lack it, but for services that are
                known to send an empty list, and where AWS's model requires it. Empty takes each page as it is.
            parameters: the call's parameters.

        Raises:
            RefusedError: AWS refuses, does not answer, or the task's time is over.
        """
        client, method = self._client(service), xform_name(operation)
        try:
            if client.can_paginate(method):
                for page in client.get_paginator(method).paginate(**parameters):
                    yield from _entries(client, operation, page, key)
                return
            while True:
                page = getattr(client, method)(**parameters)
                yield from _entries(client, operation, page, key)
                token = next((name for name in _TOKENS if page.get(name)), None)
                if token is None:
                    return
                parameters[_TOKENS[token]] = page[token]
        except (BotoCoreError, ClientError) as error:
            raise self._refused(client, operation, error) from error

    def ask(self, service: str, operation: str, /, *, absent: Iterable[str] = (), **parameters: Any) -> Any:
        """One answer; None where AWS answers with one of the ``absent`` error codes.

        Raises:
            RefusedError: AWS refuses, does not answer, or the task's time is over.
        """
        client = self._client(service)
        try:
            return getattr(client, xform_name(operation))(**parameters)
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and error.response.get("Error", {}).get("Code") in set(absent):
                return None
            raise self._refused(client, operation, error) from error

    def region_of(self, service: str) -> str:
        """Where a service is called, by botocore's name of it."""
        region: str = self._client(service).meta.region_name
        return region

    def _client(self, service: str) -> Any:
        if service not in self._clients:
            client = self._make(service)
            if not self._guarded:
                _guard(client, lambda: self)
            self._clients[service] = client
        return self._clients[service]

    def permit(self, model: OperationModel) -> None:
        """Stop whatever does not read, or was not declared.

        Raises:
            ForbiddenCallError: nothing was sent.
        """
        action = action_of(model)
        if not model.name.startswith(READING):
            raise ForbiddenCallError(f"{action} may change something, and looking changes nothing")
        if action not in self._allowed:
            raise ForbiddenCallError(f"{action} is not among the actions that the check declares")

    def in_time(self) -> None:
        """Stop when the time is up.

        Raises:
            OverdueError: nothing was sent.
        """
        if time.monotonic() >= self._deadline:
            raise OverdueError(seconds=self._seconds)

    def _refused(self, client: Any, operation: str, error: BotoCoreError | ClientError) -> RefusedError:
        refusal = understand(error)
        action = action_of(client.meta.service_model.operation_model(operation))
        if refusal.code.startswith(_DENIED):
            then = Message("grant-and-assess", action=action, why=self.whose)
        elif self.region and (refusal.code in _REGION_OFF or isinstance(error, EndpointConnectionError)):
            then = Message("region-may-be-off", region=self.region)
        elif isinstance(error, OverdueError):
            return RefusedError(
                Message("look-overdue", action=action, span=error.span), code=refusal.code, account_id=self.account_id
            )
        else:
            then = Message("assess-or-look", action=action)
        where = client.meta.region_name if self.region else ""
        message = (
            Message("look-refused-in", action=action, region=where, why=refusal.why, then=then)
            if where
            else Message("look-refused", action=action, why=refusal.why, then=then)
        )
        return RefusedError(message, code=refusal.code, reason=refusal.reason, account_id=self.account_id)
