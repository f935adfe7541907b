"""An organization or a member account entered for one thing, without a run: its credentials, and a pace of its own."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from orgtools.aws.clock import Clock
from orgtools.aws.credentials import Entrance
from orgtools.aws.lent import lent
from orgtools.aws.member import Member
from orgtools.aws.organization import Inviter
from orgtools.aws.pacing import Pacer
from orgtools.aws.sessions import Access
from orgtools.exceptions import InputError
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.private import private_folder
from orgtools.unmeant import wrongs

if TYPE_CHECKING:
    from collections.abc import Iterator

_SESSION: Final = "orgtools"
"""What role sessions are called."""


def entrance(profile: str | None, role_arn: str | None, secret: str | None) -> Entrance:
    """The way in; with nothing named, whatever credentials boto3 finds.

    Raises:
        InputError: they do not go together, or have no such form.
    """
    if not (profile or role_arn or secret):
        return Entrance.model_construct()
    try:
        return Entrance(profile=profile, role_arn=role_arn, secret=secret)
    except ValidationError as error:
        raise InputError(Message("entrance-wrong", findings=wrongs(error))) from None


@contextmanager
def organization(way: Entrance) -> Iterator[Inviter]:
    """The organization whose management account some credentials are of.

    Raises:
        CredentialsError: the credentials are missing, wrong or expired.
        OrganizationError: they are not of a management account.
        RefusedError: AWS refuses to describe the organization.
    """
    clock = Clock()
    with _pace() as pacer:
        access = Access("destination", way, run=_SESSION, pacer=pacer, clock=clock)
        yield Inviter(access, clock, (Role.inviter,))


@contextmanager
def organization_by(client: Any) -> Iterator[Inviter]:
    """The same with a boto3 client that somebody made.

    Raises:
        InputError: it is no client for Organizations.
        OrganizationError: the caller is in no organization.
        RefusedError: AWS refuses to describe the organization.
    """
    clock = Clock()
    with _pace() as pacer, lent(client, pacer, clock) as given:
        yield Inviter(given, clock, (Role.inviter,))


@contextmanager
def member(way: Entrance) -> Iterator[Member]:
    """The account that some credentials are of.

    Raises:
        CredentialsError: the credentials are missing, wrong or expired.
    """
    with _pace() as pacer:
        access = Access("access", way, run=_SESSION, pacer=pacer, clock=Clock())
        yield Member(access, access.account_id, "")


@contextmanager
def _pace() -> Iterator[Pacer]:
    """The pace of one person on this machine, in one file, so that programs side by side share it."""
    whose = os.getuid() if hasattr(os, "getuid") else "pace"
    pacer = Pacer(private_folder(Path(tempfile.gettempdir()) / f"orgtools-{whose}") / "pacing.sqlite")
    try:
        yield pacer
    finally:
        pacer.close()
