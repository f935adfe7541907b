"""One member account, entered through a role or a permission set: what it alone can see and do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from orgtools.aws.calls.errors import understand
from orgtools.aws.model import Entry, Identity
from orgtools.aws.read.organization import handshake_of
from orgtools.aws.read.reader import Reader
from orgtools.aws.read.restorable import ShareInvitation
from orgtools.aws.sessions.acting_as import ActingClient, acting_as
from orgtools.exceptions import CredentialsError, RefusedError
from orgtools.messages import Message
from orgtools.policies import Role, grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        self.access = access
        self._role = role

    @property
    def called(self) -> str:
        """The account, as messages name it: by its id, or as the client's."""
        return self.account_id or "client"

    @property
    def partition(self) -> str:
        """The AWS partition."""
        return self.access.partition

    @property
    def actor(self) -> Actor:
        """The account to act as."""
        return self.access.actor(self.account_id, self._role)

    def changing_client(self, service: str, region: str = "") -> ActingClient:
        """A client for calls that change something; each of its calls is tried once."""
        return ActingClient(self.access.members_client(service, changing=True, region=region), self.actor)

    def received_handshakes(self) -> tuple[Handshake, ...]:
        """Every handshake this account received, also those of organizations that are not ours."""
        answers = _MemberReader(self).pages("organizations", "ListHandshakesForAccount", "Handshakes")
        return tuple(map(handshake_of, answers))


class _MemberReader(Reader):
    """Reading calls that an account makes itself."""

    def __init__(self, member: Accepter, region: str = "") -> None:
        self._member = member
        self._region = region

    def ask(self, service: str, operation: str, /, *, absent: Iterable[str] = (), **parameters: Any) -> Any:
        """As the account."""
        with acting_as(self._member.actor):
            return super().ask(service, operation, absent=absent, **parameters)

    def pages(self, service: str, operation: str, key: str, /, **parameters: Any) -> Iterator[Any]:
        """As the account, all at once: whoever reads on may act as another."""
        with acting_as(self._member.actor):
            return iter(list(super().pages(service, operation, key, **parameters)))

    def _client(self, service: str) -> Any:
        return self._member.access.members_client(service, region=self._region)

    def _refused(self, action: str, error: Exception, region: str) -> RefusedError:  # noqa: ARG002 (for other readers)
        refusal, member = understand(error), self._member
        message = Message(
            "member-refused",
            account=member.called,
            caller=member.role_arn,
            action=action,
            why=refusal.why,
            then=refusal.after_a_look(grant(action, "role", Role.member_accept), Message("look-again")),
        )
        return RefusedError(message, code=refusal.code, reason=refusal.reason, account_id=member.account_id or None)


class Member(Accepter):
    """A member account, seen from inside."""

    def __init__(self, access: Access | Portal, account_id: str, role: str) -> None:
        """Name the way in; nothing is called yet."""
        self._access = access  # no client that somebody lent
        super().__init__(access, account_id, role)

    def enter(self) -> str:
        """Assume the role, as a run would; returns its ARN."""
        _ = self.actor
        return self.role_arn

    def can_enter(self) -> bool:
        """Whether the role can be assumed just now. It is asked anew: an open session outlives the trust it came by.

        Raises:
            CredentialsError: AWS does not answer, or for another reason than a denial.
        """
        try:
            self._access.assume_anew(self.account_id, self._role)
        except CredentialsError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and understand(cause).is_denial:
                return False
            raise
        return True

    def trust(self) -> str:
        """The trust policy of the role by which the account is entered, as JSON text.

        https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html

        Raises:
            CredentialsError: the account cannot be entered.
            RefusedError: AWS does not show the role.
        """
        role = _MemberReader(self).ask("iam", "GetRole", RoleName=self._role.rsplit("/", 1)[-1])["Role"]
        return json.dumps(role["AssumeRolePolicyDocument"])

    def config_resources(self, regions: tuple[str, ...]) -> tuple[Message, ...]:
        """AWS Config recorders, delivery channels and aggregation authorizations in some regions, a message for each.

        Raises:
            CredentialsError: the account cannot be entered.
            RefusedError: AWS does not show them.
        """
        found: list[Message] = []
        for region in regions:
            reader = _MemberReader(self, region)
            for key in ("ConfigurationRecorders", "DeliveryChannels"):
                of = "config-recorder" if key == "ConfigurationRecorders" else "config-delivery-channel"
                held = reader.ask("config", f"Describe{key}")[key]
                found += [Message(of, name=one["name"], region=region) for one in held]
            allowed = reader.pages("config", "DescribeAggregationAuthorizations", "AggregationAuthorizations")
            found += [
                Message("config-aggregation", account=one["AuthorizedAccountId"], region=region) for one in allowed
            ]
        return tuple(found)

    def has_role(self, name: str) -> bool:
        """Whether the account has an IAM role of that name."""
        return _MemberReader(self).ask("iam", "GetRole", absent=("NoSuchEntity",), RoleName=name) is not None

    def alternate_contacts(self) -> dict[str, dict[str, str]]:
        """The alternate contacts by AWS's type, each in AWS's own field names; a type that is not set is missing."""
        reader, absent = _MemberReader(self), ("ResourceNotFoundException",)
        answers = {
            kind: reader.ask("account", "GetAlternateContact", absent=absent, AlternateContactType=kind)
            for kind in ("BILLING", "OPERATIONS", "SECURITY")
        }
        return {kind: answer["AlternateContact"] for kind, answer in answers.items() if answer is not None}

    def share_invitations(self, region: str) -> tuple[ShareInvitation, ...]:
        """The pending invitations to resource shares in a region, whoever sent them."""
        held = _MemberReader(self, region).pages("ram", "GetResourceShareInvitations", "resourceShareInvitations")
        return tuple(
            ShareInvitation(
                one["resourceShareInvitationArn"],
                one["resourceShareArn"],
                one["resourceShareName"],
                one["senderAccountId"],
            )
            for one in held
            if one["status"] == "PENDING"
        )

    def received_shares(self, region: str) -> frozenset[tuple[str, str]]:
        """Owner and name of every resource share that the account has received in a region."""
        reader = _MemberReader(self, region)
        held = reader.pages("ram", "GetResourceShares", "resourceShares", resourceOwner="OTHER-ACCOUNTS")
        return frozenset((share["owningAccountId"], share["name"]) for share in held if share["status"] == "ACTIVE")

    def organization_id(self) -> str | None:
        """The id of the organization that the account is in, as itself says, or None if it is stand-alone."""
        found = self.organization()
        return found.organization_id if found else None

    def organization(self) -> Identity | None:
        """The organization that the account is in, as itself says, or None if it is stand-alone."""
        absent = ("AWSOrganizationsNotInUseException",)
        answer = _MemberReader(self).ask("organizations", "DescribeOrganization", absent=absent)
        if answer is None:
            return None
        told = answer["Organization"]
        return Identity(told["Id"], told["MasterAccountId"], self.partition, self.role_arn, told["FeatureSet"])


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
