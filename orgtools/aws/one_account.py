"""An organization or a member account entered for one thing, without a run."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from orgtools.aws.calls.rate_limits import Pacer
from orgtools.aws.clock import Clock
from orgtools.aws.read.member import Accepter
from orgtools.aws.read.organization import Inviter
from orgtools.aws.sessions.borrowed_client import lent
from orgtools.aws.sessions.credentials import Entrance
from orgtools.aws.sessions.pool import Access
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.unmeant import told, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

_ARGUMENTS: Final = "arguments"
"""In the place of a table of migration.toml, in messages: what was named is an argument or an option."""
_SESSION: Final = "orgtools"
"""What role sessions are called."""
_CODES: Final = {"profile": "argument-profile-wrong", "role_arn": "argument-role-arn-wrong"}
"""What is said of an argument that has not the form that it must have."""


def inviter(
    profile: str | None, role_arn: str | None, secret: str | None, client: Any
) -> AbstractContextManager[Inviter]:
    """The organization whose management account some credentials are of, or a boto3 client is.

    Raises:
        InputError: what is named does not go together, has no such form, or is no client for Organizations.
        CredentialsError: the credentials are missing, wrong or expired.
        OrganizationError: they are not of a management account.
        RefusedError: AWS refuses to describe the organization.
    """
    way = _entrance(profile, role_arn, secret, client)
    return _organization_by(client) if way is None else _organization(way)


def accepter(
    profile: str | None, role_arn: str | None, secret: str | None, client: Any
) -> AbstractContextManager[Accepter]:
    """The account that some credentials are of, or a boto3 client is.

    Raises:
        InputError: what is named does not go together, has no such form, or is no client for Organizations.
        CredentialsError: the credentials are missing, wrong or expired.
    """
    way = _entrance(profile, role_arn, secret, client)
    return _member_by(client) if way is None else _member(way)


def _entrance(profile: str | None, role_arn: str | None, secret: str | None, client: Any) -> Entrance | None:
    """The way in; with nothing named, whatever credentials boto3 finds. None for a client, which has its own."""
    named = {"profile": profile, "role_arn": role_arn, "secret": secret}
    for key, given in named.items():
        if given == "":
            raise InputError(Message("argument-empty", key=key))
    none = all(given is None for given in named.values())
    if client is not None:
        if not none:
            raise InputError(Message("invite-client-and-more"))
        return None
    if none:
        return Entrance.model_construct()
    try:
        return Entrance(profile=profile, role_arn=role_arn, secret=secret)
    except ValidationError as error:
        raise InputError(
            Message("entrance-wrong", findings=[_wrong({**one}, named) for one in error.errors()])
        ) from None


def _wrong(problem: Mapping[str, Any], given: Mapping[str, Any]) -> Message:
    """What is wrong with an argument; a secret's name is not repeated, as it may be the secret."""
    named = str(next(iter(problem["loc"]), ""))
    if named == "secret":
        return Message("argument-secret-wrong")
    return Message(_CODES[named], given=told(given[named])) if named else wrong(problem)


@contextmanager
def _organization(way: Entrance) -> Iterator[Inviter]:
    clock = Clock()
    with closing(Pacer()) as pacer:
        access = Access(_ARGUMENTS, way, run=_SESSION, pacer=pacer, clock=clock)
        yield Inviter(access, clock, (Role.inviter,))


@contextmanager
def _organization_by(client: Any) -> Iterator[Inviter]:
    clock = Clock()
    with closing(Pacer()) as pacer, lent(client, pacer, clock) as given:
        entered = Inviter(given, clock, (Role.inviter,))
        given.paced_as = entered.identity.management_account_id  # as `Access` is: whoever enters shares one pace
        yield entered


@contextmanager
def _member(way: Entrance) -> Iterator[Accepter]:
    with closing(Pacer()) as pacer:
        access = Access(_ARGUMENTS, way, run=_SESSION, pacer=pacer, clock=Clock())
        yield Accepter(access, access.account_id, "")


@contextmanager
def _member_by(client: Any) -> Iterator[Accepter]:
    with closing(Pacer()) as pacer, lent(client, pacer, Clock()) as given:
        yield Accepter(given, given.account_id, "")
