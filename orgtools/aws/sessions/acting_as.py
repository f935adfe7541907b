"""Which member account a thread acts as, where one client serves them all.

A boto3 client costs milliseconds, memory and connections of its own, and a wave has hundreds of accounts. So all
members of a side share a client, and its calls are signed with the credentials of whoever the calling thread acts as.
A thread that acts as nobody has no credentials: its call is not sent.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from botocore.credentials import Credentials, ReadOnlyCredentials
from botocore.exceptions import NoCredentialsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.client import BaseClient


@dataclass(frozen=True, slots=True)
class Actor:
    """A member account and its temporary credentials; they are never printed."""

    account_id: str
    credentials: ReadOnlyCredentials = field(repr=False)


_ACTOR: Final[ContextVar[Actor | None]] = ContextVar("actor", default=None)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Sign this thread's calls of a shared client as one member account. Lists must be read to their end inside."""
    token = _ACTOR.set(actor)
    try:
        yield
    finally:
        _ACTOR.reset(token)


def acting_account() -> str:
    """The id of the account that this thread acts as.

    Raises:
        NoCredentialsError: it acts as nobody.
    """
    return _actor().account_id


def _actor() -> Actor:
    actor = _ACTOR.get()
    if actor is None:
        raise NoCredentialsError
    return actor


class SharedCredentials(Credentials):
    """The credentials of a shared client: those of whoever the calling thread acts as."""

    def __init__(self) -> None:
        super().__init__(access_key="", secret_key="")

    def get_frozen_credentials(self) -> ReadOnlyCredentials:
        """What the next request is signed with."""
        return _actor().credentials


class ActingClient:
    """A shared client that makes each of its calls as one member account.

    For single calls: a paginator calls later than it is made, so its pages are read within `acting_as`.
    """

    def __init__(self, client: BaseClient, actor: Actor) -> None:
        self._client = client
        self._actor = actor

    def __getattr__(self, name: str) -> Any:
        """A method of the client, called as the account; anything else as it is."""
        found = getattr(self._client, name)
        if name not in self._client.meta.method_to_api_mapping:
            return found

        @wraps(found)
        def call(**parameters: Any) -> Any:
            with acting_as(self._actor):
                return found(**parameters)

        return call
