"""A client for Organizations that somebody else made: paced and timed while it is lent, as it was afterwards."""

from __future__ import annotations

import re
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from botocore.credentials import ReadOnlyCredentials
from botocore.exceptions import BotoCoreError

from orgtools.aws.calls.answers import before_parse
from orgtools.aws.sessions.acting_as import Actor
from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.awsrequest import AWSPreparedRequest, AWSRequest
    from botocore.client import BaseClient

    from orgtools.aws.calls.rate_limits import Pacer
    from orgtools.aws.clock import Clock

SERVICE: Final = "organizations"
_CHANGING: Final = ("AcceptHandshake", "InviteAccountToOrganization")


_CREDENTIAL: Final = re.compile(rb"Credential=([^/]+)/")
"""The access key's id in a signed request's header; botocore sends headers as bytes.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"""


class RepeatedUnseenError(BotoCoreError):
    """botocore would make a changing call again, and nobody has looked what the first one did."""

    fmt = "{message}"

    def __init__(self, *, operation: str) -> None:
        super().__init__(message=Message("first-try-unanswered", operation=operation))


class Lent:
    """What an `Inviter` and an `Accepter` need of an `orgtools.aws.sessions.pool.Access`, with a client that is given.

    A client does not tell whose credentials it has: ``account_id`` is empty, and AWS refuses whom it must.

    Attributes:
        paced_as: the account whose pace its calls keep, once AWS has told it; empty: that of whoever signs them.
        organization_id: likewise, whose pace they keep beside; all that have not told theirs keep one together, which
            is too slow at worst.
    """

    name = "arguments"
    account_id = ""
    caller_arn = "client"
    organization_id = ""

    def __init__(self, client: BaseClient) -> None:
        """Take the client; it calls nothing yet."""
        self._client = client
        self.paced_as = ""

    @property
    def partition(self) -> str:
        """The AWS partition of the client's region."""
        return str(self._client.meta.partition)

    def client(self, service: str, *, changing: bool = False, region: str = "") -> BaseClient:  # noqa: ARG002 (as `Access`)
        """The client itself, for changing calls as well.

        Raises:
            InputError: another service is asked for.
        """
        if service != SERVICE:
            raise InputError(Message("client-of-another-service", services=[SERVICE], service=service))
        return self._client

    def members_client(self, service: str = SERVICE, *, changing: bool = False, region: str = "") -> BaseClient:
        """The client itself: it is the member's own.

        Raises:
            InputError: another service is asked for.
        """
        return self.client(service, changing=changing, region=region)

    def role_arn(self, account_id: str, role: str) -> str:  # noqa: ARG002 (as `Access`)
        """Who calls, in words: no role is assumed."""
        return self.caller_arn

    def actor(self, account_id: str, role: str) -> Actor:  # noqa: ARG002 (as `Access`)
        """Nobody else: the client signs with its own credentials, whoever the thread acts as."""
        return Actor(account_id, ReadOnlyCredentials("", "", None))


@contextmanager
def lent(client: Any, pacer: Pacer, clock: Clock) -> Iterator[Lent]:
    """Use a client with the pace and the care of ours; what hangs on it is taken off again.

    A page that a proxy puts in the place of an answer is refused, as by our own clients.

    botocore repeats calls by itself, as the client's configuration says. Of a call that changes something the second
    try is stopped: the state is read before anything is repeated.

    Raises:
        InputError: it is no client for Organizations.
    """
    meta = getattr(client, "meta", None)
    if getattr(getattr(meta, "service_model", None), "service_name", "") != SERVICE:
        raise InputError(Message("client-not-for-organizations"))
    given = Lent(client)

    def paced(event_name: str, request: AWSPreparedRequest, **_: object) -> None:
        whose = given.paced_as or _caller(request)
        operation = event_name.rsplit(".", 1)[-1]
        pacer.wait(
            operation, account_id=whose, organization_id=given.organization_id, endpoint=client.meta.endpoint_url
        )

    def tried(request: AWSRequest, operation_name: str, **_: object) -> None:
        if operation_name in _CHANGING and request.context.get("retries", {}).get("attempt", 1) > 1:
            raise RepeatedUnseenError(operation=operation_name)

    hung: dict[str, Callable[..., None]] = {
        f"before-send.{SERVICE}": paced,
        f"before-parse.{SERVICE}": before_parse,
        f"after-call.{SERVICE}": clock.heard,
        f"request-created.{SERVICE}": tried,
    }
    for event, handler in hung.items():
        client.meta.events.register(event, handler)
    try:
        yield given
    finally:
        for event, handler in hung.items():
            client.meta.events.unregister(event, handler)


def _caller(request: AWSPreparedRequest) -> str:
    """Who signs a request: a digest of the access key's id; empty for one that is not signed."""
    header = request.headers.get("Authorization", b"")
    signed = _CREDENTIAL.search(header if isinstance(header, bytes) else header.encode())
    return sha256(signed[1]).hexdigest()[:16] if signed else ""
