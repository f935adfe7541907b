"""One member account, entered through a role: what it alone can see and do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.acting import ActingClient, acting_as
from orgtools.aws.organization import handshake_of
from orgtools.aws.refusals import understand
from orgtools.exceptions import RefusedError

if TYPE_CHECKING:
    from orgtools.aws.acting import Actor
    from orgtools.aws.model import Handshake
    from orgtools.aws.sessions import Access


class Member:
    """A member account, seen from inside.

    Its methods raise `CredentialsError` where the role cannot be assumed, and `RefusedError` where AWS refuses.
    """

    def __init__(self, access: Access, account_id: str, role: str) -> None:
        """Name the way in; nothing is called yet."""
        self.account_id = account_id
        self.role_arn = access.role_arn(account_id, role)
        self._access = access
        self._role = role

    @property
    def _actor(self) -> Actor:
        return self._access.actor(self.account_id, self._role)

    @property
    def _client(self) -> Any:
        return self._access.members_client()

    @property
    def changing_client(self) -> ActingClient:
        """The client for calls that change something; each of its calls is tried once."""
        return ActingClient(self._access.members_client(changing=True), self._actor)

    def enter(self) -> str:
        """Assume the role, as a run would; returns its ARN."""
        _ = self._actor
        return self.role_arn

    def received_handshakes(self) -> tuple[Handshake, ...]:
        """Every handshake this account received, also those of organizations that are not ours."""
        try:
            with acting_as(self._actor):
                pages = self._client.get_paginator("list_handshakes_for_account").paginate()
                return tuple(handshake_of(answer) for page in pages for answer in page["Handshakes"])
        except (BotoCoreError, ClientError) as error:
            raise self._refused("ListHandshakesForAccount", error) from error

    def organization_id(self) -> str | None:
        """The organization the account is in, as itself says, or None if it is stand-alone."""
        try:
            with acting_as(self._actor):
                return str(self._client.describe_organization()["Organization"]["Id"])
        except self._client.exceptions.AWSOrganizationsNotInUseException:
            return None
        except (BotoCoreError, ClientError) as error:
            raise self._refused("DescribeOrganization", error) from error

    def _refused(self, operation: str, error: Exception) -> RefusedError:
        refusal = understand(error)
        denied = "AccessDenied" in refusal.code
        return RefusedError(
            f"Account {self.account_id}: {self.role_arn} could not call organizations:{operation}; AWS says {refusal}.",
            code=refusal.code,
            reason=refusal.reason,
            account_id=self.account_id,
            next_step=f"Grant organizations:{operation} to the role, then look again." if denied else refusal.next_step,
        )
