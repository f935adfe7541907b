"""An organization or a member account entered for one thing, without a run."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from orgtools.aws.calls.rate_limits import Pacer
from orgtools.aws.clock import Clock
from orgtools.aws.read.member import Accepter
from orgtools.aws.read.organization import Inviter
from orgtools.aws.sessions.borrowed_client import Lent, lent
from orgtools.aws.sessions.credentials import Entrance
from orgtools.aws.sessions.pool import Access
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.unmeant import told, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ARGUMENTS: Final = "arguments"
"""In the place of a table of migration.toml, in messages: what was named is an argument or an option."""
_SESSION: Final = "orgtools"
"""What role sessions are called."""
_CODES: Final = {"profile": "argument-profile-wrong", "role_arn": "argument-role-arn-wrong"}
"""What is said of an argument that has not the form that it must have."""


@contextmanager
def inviter(profile: str | None, role_arn: str | None, secret: str | None, client: Any) -> Iterator[Inviter]:
    """The organization whose management account some credentials are of, or a boto3 client is.

    Raises:
        InputError: what is named does not go together, has no such form, or is no client for Organizations.
        CredentialsError: the credentials are missing, wrong or expired.
        OrganizationError: they are not of a management account.
        RefusedError: AWS refuses to describe the organization.
    """
    clock = Clock()
    with _access(_entrance(profile, role_arn, secret, client), client, clock) as access:
        organization = Inviter(access, clock, (Role.inviter,))
        if isinstance(access, Lent):  # as `Access` is: whoever enters shares one pace
            access.paced_as = organization.identity.management_account_id
        yield organization


@contextmanager
def accepter(profile: str | None, role_arn: str | None, secret: str | None, client: Any) -> Iterator[Accepter]:
    """The account that some credentials are of, or a boto3 client is.

    Raises:
        InputError: what is named does not go together, has no such form, or is no client for Organizations.
        CredentialsError: the credentials are missing, wrong or expired.
    """
    with _access(_entrance(profile, role_arn, secret, client), client, Clock()) as access:
        yield Accepter(access, access.account_id, "")


@contextmanager
def _access(entrance: Entrance | None, client: Any, clock: Clock) -> Iterator[Access | Lent]:
    """What some credentials open, or the client in their place."""
    with closing(Pacer()) as pacer:
        if entrance is not None:
            yield Access(_ARGUMENTS, entrance, run=_SESSION, pacer=pacer, clock=clock)
        else:
            with lent(client, pacer, clock) as given:
                yield given


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
