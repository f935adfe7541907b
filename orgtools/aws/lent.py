"""A client for Organizations that somebody else made: paced and timed while it is lent, as it was afterwards."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError

from orgtools.exceptions import InputError
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from botocore.awsrequest import AWSRequest
    from botocore.client import BaseClient

    from orgtools.aws.clock import Clock
    from orgtools.aws.pacing import Pacer

SERVICE: Final = "organizations"
_CHANGING: Final = ("AcceptHandshake", "InviteAccountToOrganization")


class RepeatedUnseenError(BotoCoreError):
    """botocore would make a changing call again, and nobody has looked what the first one did."""

    fmt = "{message}"

    def __init__(self, *, operation: str) -> None:
        """Keep what was called."""
        super().__init__(message=Message("first-try-unanswered", operation=operation))


class Lent:
    """What `orgtools.aws.organization.Organization` needs of an `Access`, with a client that is given.

    A client does not tell whose credentials it has: ``account_id`` is empty, and AWS refuses whom it must.
    """

    name = "destination"
    account_id = ""
    caller_arn = "The client's caller"
    organization_id = ""

    def __init__(self, client: BaseClient) -> None:
        """Take the client; it calls nothing yet."""
        self._client = client

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


@contextmanager
def lent(client: Any, pacer: Pacer, clock: Clock) -> Iterator[Lent]:
    """Use a client with the pace and the care of ours; what hangs on it is taken off again.

    botocore repeats calls by itself, as the client's configuration says. Of a call that changes something the second
    try is stopped: the state is read before anything is repeated.

    Raises:
        InputError: it is no client for Organizations.
    """
    meta = getattr(client, "meta", None)
    if getattr(getattr(meta, "service_model", None), "service_name", "") != SERVICE:
        raise InputError(Message("client-not-for-organizations"))
    given = Lent(client)

    def paced(event_name: str, **_: object) -> None:
        pacer.wait(event_name.rsplit(".", 1)[-1], account_id="", organization_id=given.organization_id)

    def tried(request: AWSRequest, operation_name: str, **_: object) -> None:
        if operation_name in _CHANGING and request.context.get("retries", {}).get("attempt", 1) > 1:
            raise RepeatedUnseenError(operation=operation_name)

    hung: dict[str, Callable[..., None]] = {
        f"before-send.{SERVICE}": paced,
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
