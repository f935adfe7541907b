"""Looking without touching: clients that can read, and nothing else.

A `ReadOnlyAccess` says in frozen values whose credentials read, so that a task can be sent to any thread or process; it
is opened where the reading is done. What is opened there refuses, before anything is sent, every operation whose name
does not begin like a reading one, and every action that the check did not declare.
"""

from __future__ import annotations

import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from botocore.exceptions import BotoCoreError, EndpointConnectionError

from orgtools.aws.calls.errors import understand
from orgtools.aws.read.organization import HOME
from orgtools.aws.read.reader import Reader, action_of
from orgtools.aws.sessions.acting_as import acting_as
from orgtools.aws.sessions.identity_center import Login, Portal
from orgtools.exceptions import OrgtoolsError, RefusedError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from botocore.client import BaseClient
    from botocore.model import OperationModel

    from orgtools.aws.sessions.handles import AccessHandle

READING: Final = ("BatchGet", "Describe", "Get", "Head", "List", "Lookup", "Search", "Simulate")
"""How the names of operations begin that only read."""

_DENIED: Final = ("AccessDenied", "AccessDeniedException", "AuthorizationError", "Forbidden", "UnauthorizedOperation")
_REGION_OFF: Final = ("AuthFailure", "InvalidClientTokenId", "OptInRequired", "UnrecognizedClientException")
AT_HOME: Final = frozenset({"artifact", "bcm-data-exports", "billing", "cloudtrail", "cur", "invoicing", "support"})
"""Services that answer for the whole account in the partition's home region, though botocore has no global endpoint for
them (CloudTrail: events of global services)."""
_CALLER: Final = Message("eyes-of-caller")
_LONGEST_CALL: Final = 20.0
_Read = TypeVar("_Read")
_SUBDOMAIN: Final = re.compile(r"//\d{12}\.(?=\d{1,3}(\.\d{1,3}){3}[:/])")


class ForbiddenCallError(RuntimeError):
    """A check tried what it may not: a defect of orgtools, stopped before anything was sent."""


class OverdueError(BotoCoreError):  # botocore's, so that it takes the way of every call that got no answer
    """The time of a task is up.

    Attributes:
        span: how long it had.
    """

    fmt = "{message}"

    def __init__(self, *, seconds: float) -> None:
        self.span = timedelta(seconds=seconds)
        super().__init__(message=Message("looking-overdue", span=self.span))


def overdue(seconds: float) -> OrgtoolsError:
    """What to say of a look that did not come to its end in time."""
    return OrgtoolsError(Message("looking-overdue", span=timedelta(seconds=seconds)))


@dataclass(frozen=True)
class ReadOnlyAccess:
    """Whose credentials read: a side's management account's, or a role's in a member account; and where.

    Attributes:
        handle: opens the side whose credentials are used.
        account_id: a member account, or empty for the side's management account itself.
        role: the role in the member account.
        region: where regional services are called; empty for the region of the credentials.
        login: a person's login that enters the member account instead of the side's credentials and the role.
    """

    handle: AccessHandle
    account_id: str = ""
    role: str = ""
    region: str = ""
    login: Login | None = None

    @contextmanager
    def opened(self, *, seconds: float) -> Iterator[ReadOnlyReader]:
        """Read with these credentials, from the current thread, for that long.

        Raises:
            CredentialsError: the side or the member account cannot be entered.
        """
        access, login = self.handle.open(), self.login
        home = HOME.get(access.partition, "")

        def make(service: str) -> BaseClient:
            region = self.region or (home if service in AT_HOME else "")
            if not self.account_id:
                return access.read_only_client(service, region=region, timeout=_LONGEST_CALL)
            # Made once for all member accounts, so that its hooks find the view by the thread.
            return access.members_read_only_client(
                service,
                region=region,
                timeout=_LONGEST_CALL,
                prepare=lambda made: _guard(made, lambda: _HERE.view),
            )

        view = ReadOnlyReader(
            make,
            self.account_id or access.account_id,
            whose=self._whose(),
            region=self.region,
            seconds=seconds,
            guarded=bool(self.account_id),
            signed_in=login.permission_set if login else "",
            principal=access.role_arn(self.account_id, self.role) if self.account_id and not login else "",
        )
        if not self.account_id:
            yield view
            return
        if hasattr(_HERE, "view"):
            message = "this thread looks into another account already"
            raise RuntimeError(message)
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
        return Message("eyes-of-side", side=self.handle.side, template=f"assess-{self.handle.side}")


_HERE: Final = threading.local()
"""The view that looks into a member account from the current thread."""


def _guard(client: BaseClient, view: Callable[[], ReadOnlyReader]) -> None:
    """Let nothing leave a client but what a view permits, and that only in time."""
    client.meta.events.register("before-parameter-build", lambda model, **_: view().permit(model))
    client.meta.events.register("before-send", lambda **_: view().in_time())
    client.meta.events.register("before-sign", _no_subdomain)


def _no_subdomain(request: Any, **_: object) -> None:
    """botocore puts the account before the host for S3 Control; an endpoint that is an IP address has no subdomains."""
    request.url = _SUBDOMAIN.sub("//", request.url)


class ReadOnlyReader(Reader):
    """Every client made here can only read, and only what the check at work declared, as long as its time lasts."""

    _takes_no_list_for_empty = True

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
            account_id: the account that is read.
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
        self._known: dict[tuple[str, ...], Any] = {}
        self._lock = threading.Lock()

    def once(self, *key: str, read: Callable[[], _Read]) -> _Read:
        """What several checks need, or is the same for several accounts: read when it is first asked for.

        Any number of threads may ask.
        """
        with self._lock:
            if key not in self._known:
                self._known[key] = read()
            known: _Read = self._known[key]
            return known

    @contextmanager
    def only(self, actions: Iterable[str]) -> Iterator[None]:
        """Allow these IAM actions and no others."""
        self._allowed = frozenset(actions)
        try:
            yield
        finally:
            self._allowed = frozenset()

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

    def _refused(self, action: str, error: Exception, region: str) -> RefusedError:
        refusal = understand(error)
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
        message = (
            Message("look-refused-in", action=action, region=region, why=refusal.why, then=then)
            if self.region
            else Message("look-refused", action=action, why=refusal.why, then=then)
        )
        return RefusedError(message, code=refusal.code, reason=refusal.reason, account_id=self.account_id)
