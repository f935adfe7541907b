"""One member account, entered through a role or a permission set: what it alone can see and do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from orgtools.aws.calls.errors import understand
from orgtools.aws.model import Entry, Identity
from orgtools.aws.read.organization import handshake_of
from orgtools.aws.read.restorable import ShareInvitation
from orgtools.aws.sessions.acting_as import ActingClient, acting_as
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.messages import Message
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from orgtools.aws.model import Handshake
    from orgtools.aws.sessions.acting_as import Actor
    from orgtools.aws.sessions.borrowed_client import Lent
    from orgtools.aws.sessions.identity_center import Portal
    from orgtools.aws.sessions.pool import Access


class Accepter:
    """An account as it accepts: what it received, and the client that answers.

    Its methods raise `CredentialsError` where the role cannot be assumed, and `RefusedError` where AWS refuses.
    """

    def __init__(self, access: Access | Portal | Lent, account_id: str, role: str) -> None:
        """Name the way in; nothing is called yet. A client does not tell whose it is: its account's id is empty."""
        self.account_id = account_id
        self.role_arn = access.role_arn(account_id, role)
        self._door = access
        self._role = role

    @property
    def called(self) -> str:
        """The account, as messages name it: by its id, or as the client's."""
        return self.account_id or "client"

    @property
    def partition(self) -> str:
        """The AWS partition."""
        return self._door.partition

    @property
    def _actor(self) -> Actor:
        return self._door.actor(self.account_id, self._role)

    @property
    def _client(self) -> Any:
        return self._door.members_client()

    def changing_client(self, service: str, region: str = "") -> ActingClient:
        """A client for calls that change something; each of its calls is tried once."""
        return ActingClient(self._door.members_client(service, changing=True, region=region), self._actor)

    def received_handshakes(self) -> tuple[Handshake, ...]:
        """Every handshake this account received, also those of organizations that are not ours."""
        try:
            with acting_as(self._actor):
                pages = self._client.get_paginator("list_handshakes_for_account").paginate()
                return tuple(handshake_of(answer) for page in pages for answer in page["Handshakes"])
        except (BotoCoreError, ClientError) as error:
            raise self._refused("organizations:ListHandshakesForAccount", error) from error

    def _refused(self, action: str, error: Exception) -> RefusedError:
        refusal = understand(error)
        message = Message(
            "member-refused",
            account=self.called,
            caller=self.role_arn,
            action=action,
            why=refusal.why,
            then=refusal.after_a_look(grant(action, "role", Role.member_accept), Message("look-again")),
        )
        return RefusedError(message, code=refusal.code, reason=refusal.reason, account_id=self.account_id or None)


class Member(Accepter):
    """A member account, seen from inside."""

    def __init__(self, access: Access | Portal, account_id: str, role: str) -> None:
        """Name the way in; nothing is called yet."""
        self._access = access
        super().__init__(access, account_id, role)

    def enter(self) -> str:
        """Assume the role, as a run would; returns its ARN."""
        _ = self._actor
        return self.role_arn

    def can_enter(self) -> bool:
        """Whether the role can be assumed just now. It is asked anew: an open session outlives the trust it came by."""
        try:
            self._access.assume_anew(self.account_id, self._role)
        except CredentialsError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and understand(cause).is_denial:
                return False
            raise
        return True

    def trust(self) -> str:
        """The trust policy of the role by which the account is entered, as JSON text."""
        client: Any = ActingClient(self._access.members_client("iam"), self._actor)
        try:
            role = client.get_role(RoleName=self._role.rsplit("/", 1)[-1])["Role"]
        except (BotoCoreError, ClientError) as error:
            raise self._refused("iam:GetRole", error) from error
        return json.dumps(role["AssumeRolePolicyDocument"])

    def config_resources(self, regions: tuple[str, ...]) -> tuple[Message, ...]:
        """AWS Config recorders, delivery channels and aggregation authorizations in some regions."""
        found: list[Message] = []
        for region in regions:
            client: Any = ActingClient(self._access.members_client("config", region=region), self._actor)
            for key in ("ConfigurationRecorders", "DeliveryChannels"):
                try:
                    held = getattr(client, xform_name(f"Describe{key}"))()[key]
                except (BotoCoreError, ClientError) as error:
                    raise self._refused(f"config:Describe{key}", error) from error
                of = "config-recorder" if key == "ConfigurationRecorders" else "config-delivery-channel"
                found += [Message(of, name=one["name"], region=region) for one in held]
            paged: Any = self._access.members_client("config", region=region)
            try:
                with acting_as(self._actor):
                    pages = paged.get_paginator("describe_aggregation_authorizations").paginate()
                    allowed = [
                        one["AuthorizedAccountId"] for page in pages for one in page["AggregationAuthorizations"]
                    ]
            except (BotoCoreError, ClientError) as error:
                raise self._refused("config:DescribeAggregationAuthorizations", error) from error
            found += [Message("config-aggregation", account=one, region=region) for one in allowed]
        return tuple(found)

    def has_role(self, name: str) -> bool:
        """Whether the account has an IAM role of that name."""
        client: Any = ActingClient(self._access.members_client("iam"), self._actor)
        try:
            client.get_role(RoleName=name)
        except (BotoCoreError, ClientError) as error:
            if understand(error).code == "NoSuchEntity":
                return False
            raise self._refused("iam:GetRole", error) from error
        return True

    def alternate_contacts(self) -> dict[str, dict[str, str]]:
        """The alternate contacts by AWS's type, each in AWS's own field names; a type that is not set is missing."""
        client: Any = ActingClient(self._access.members_client("account"), self._actor)
        found = {}
        for kind in ("BILLING", "OPERATIONS", "SECURITY"):
            try:
                found[kind] = client.get_alternate_contact(AlternateContactType=kind)["AlternateContact"]
            except (BotoCoreError, ClientError) as error:
                if understand(error).code != "ResourceNotFoundException":
                    raise self._refused("account:GetAlternateContact", error) from error
        return found

    def share_invitations(self, region: str) -> tuple[ShareInvitation, ...]:
        """The pending invitations to resource shares in a region, whoever sent them."""
        return tuple(
            ShareInvitation(
                held["resourceShareInvitationArn"],
                held["resourceShareArn"],
                held["resourceShareName"],
                held["senderAccountId"],
            )
            for held in self._shared("get_resource_share_invitations", "resourceShareInvitations", region)
            if held["status"] == "PENDING"
        )

    def received_shares(self, region: str) -> frozenset[tuple[str, str]]:
        """Owner and name of every resource share that the account has received in a region."""
        held = self._shared("get_resource_shares", "resourceShares", region, resourceOwner="OTHER-ACCOUNTS")
        return frozenset((share["owningAccountId"], share["name"]) for share in held if share["status"] == "ACTIVE")

    def _shared(self, method: str, key: str, region: str, **parameters: str) -> list[Any]:
        client: Any = self._access.members_client("ram", region=region)
        try:
            with acting_as(self._actor):
                return [entry for page in client.get_paginator(method).paginate(**parameters) for entry in page[key]]
        except (BotoCoreError, ClientError) as error:
            name = client.meta.method_to_api_mapping[method]
            raise self._refused(f"ram:{name}", error) from error

    def organization_id(self) -> str | None:
        """The id of the organization that the account is in, as itself says, or None if it is stand-alone."""
        found = self.organization()
        return found.organization_id if found else None

    def organization(self) -> Identity | None:
        """The organization that the account is in, as itself says, or None if it is stand-alone."""
        try:
            with acting_as(self._actor):
                told = self._client.describe_organization()["Organization"]
                return Identity(told["Id"], told["MasterAccountId"], self.partition, self.role_arn, told["FeatureSet"])
        except self._client.exceptions.AWSOrganizationsNotInUseException:
            return None
        except (BotoCoreError, ClientError) as error:
            raise self._refused("organizations:DescribeOrganization", error) from error


def look(source: Member | None, destination: Member) -> Entry:
    """How an account can be entered just now, from each side; nothing that AWS refuses is raised.

    Args:
        source: the account, entered through the source; None where that is not ours: then it does not enter.
        destination: the same account and role, entered through the destination.
    """
    unknown: list[Message] = []
    by_source = _enters(source, unknown) if source else False
    by_destination = _enters(destination, unknown)
    inside = destination if by_destination else source if by_source else None
    trust = None
    try:
        trust = inside.trust() if inside else None
    except RefusedError as error:
        unknown.append(error.message)
    told = Message("entry-unknown", then=unknown) if unknown else None
    return Entry(destination.role_arn, by_source, by_destination, trust, told)


def _enters(member: Member, unknown: list[Message]) -> bool | None:
    try:
        return member.can_enter()
    except CredentialsError as error:
        unknown.append(error.message)
        return None
