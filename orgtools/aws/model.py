"""What AWS says about an organization, as frozen values with AWS's own names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from orgtools.aws.partial import NotAskedError, found
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime


PENDING: Final = frozenset({"REQUESTED", "OPEN"})
"""Handshake states that wait for an answer. Prose says REQUESTED for an invitation, every official example OPEN."""

_HANDSHAKE_ARN: Final = re.compile(
    r"arn:(?P<partition>[a-z-]+):organizations::(?P<management_account_id>\d{12})"
    r":handshake/(?P<organization_id>o-[a-z0-9]{10,32})/(?P<action>[a-z_]{1,32})/(?P<id>h-[0-9a-z]{8,32})"
)


@dataclass(frozen=True, slots=True)
class Account:
    """One account as ListAccounts and DescribeAccount show it.

    Attributes:
        id: 12 digits, as a string.
        arn: carries the organization's id and management account.
        name: the account's name.
        email: the root user's address, masked.
        state: PENDING_ACTIVATION, ACTIVE, SUSPENDED, PENDING_CLOSURE or CLOSED (``State``; ``Status`` was
            retired on 2026-09-09).
        joined_method: CREATED or INVITED.
        joined_at: when it joined this organization, UTC. For a CREATED account this is its birth.
        parent_id: the root or organizational unit that holds it.
        address: the whole address's `fingerprint`, or empty.
        units: ids of the units from the root down to ``parent_id``, as ``Paths`` says; empty where AWS leaves it out.
    """

    id: str
    arn: str
    name: str
    email: str
    state: str
    joined_method: str
    joined_at: datetime
    parent_id: str
    address: str = field(default="", repr=False, compare=False)
    units: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class OrganizationalUnit:
    """A root or an organizational unit; ``path`` is made of names, ``/`` is the root, ``/Workloads/Prod`` below it."""

    id: str
    name: str
    path: str
    parent_id: str | None


@dataclass(frozen=True, slots=True)
class Handshake:
    """One handshake; times are UTC. AWS's model requires none of its members: what it leaves out is unknown here.

    Attributes:
        id: ``h-`` and 8 to 32 letters and digits.
        arn: as AWS gave it; `inviter` and `organization_id` are read from it.
        action: INVITE for an invitation; other actions share the lists.
        state: REQUESTED, OPEN, ACCEPTED, DECLINED, CANCELED or EXPIRED; empty where AWS leaves it out.
        account_id: the invited account, or None where that is not known: AWS does not say it, or it names an e-mail
            address that is no known account's.
        target: the invited party for people: the account id, or the masked e-mail address.
        requested_at: when it was sent; None where AWS leaves it out.
        expires_at: when it expires (15 days after an invitation); None where AWS leaves it out.
        address: the `fingerprint` of the e-mail address that it names, or empty.
    """

    id: str
    arn: str
    action: str
    state: str
    account_id: str | None
    target: str
    requested_at: datetime | None
    expires_at: datetime | None
    address: str = field(default="", repr=False, compare=False)

    @property
    def expiry(self) -> Message:
        """When it expires, as a clause."""
        return Message("expires-at", at=self.expires_at) if self.expires_at else Message("expires-sometime")

    @property
    def sent_order(self) -> tuple[bool, float]:
        """Sorts the oldest first; what AWS gives no time of comes last, as if it were the newest."""
        return self.requested_at is None, self.requested_at.timestamp() if self.requested_at else 0.0

    @property
    def missing(self) -> tuple[str, ...]:
        """What AWS leaves out, in its own words."""
        held = {
            "Parties": self.target,
            "State": self.state,
            "RequestedTimestamp": self.requested_at,
            "ExpirationTimestamp": self.expires_at,
        }
        return tuple(name for name, value in held.items() if not value)

    @property
    def is_pending(self) -> bool:
        """Whether it waits for an answer."""
        return self.state in PENDING

    @property
    def _in_arn(self) -> Mapping[str, str]:
        match = _HANDSHAKE_ARN.fullmatch(self.arn)
        return match.groupdict() if match else {}

    @property
    def inviter(self) -> str:
        """The management account that sent it, from the ARN; empty where the ARN is malformed."""
        return self._in_arn.get("management_account_id", "")

    @property
    def organization_id(self) -> str:
        """The inviting organization, from the ARN; empty where the ARN is malformed."""
        return self._in_arn.get("organization_id", "")

    def is_invitation_of(self, identity: Identity) -> bool:
        """Whether this invites into exactly that organization, sent by exactly its management account.

        Both are read from the ARN and compared whole; the id in the ARN must be this handshake's. See
        https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
        """
        return self.action == "INVITE" and self._in_arn == {
            "partition": identity.partition,
            "management_account_id": identity.management_account_id,
            "organization_id": identity.organization_id,
            "action": "invite",
            "id": self.id,
        }


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a side is: its organization, and the caller we are in it."""

    organization_id: str
    management_account_id: str
    partition: str
    caller_arn: str
    feature_set: str


@dataclass(frozen=True, slots=True)
class Entry:
    """How one member account can be entered just now.

    Attributes:
        role_arn: the role that either side would assume.
        source: whether the source's credentials can assume it; None where AWS gave no usable answer.
        destination: whether the destination's can; None likewise.
        trust: the role's trust policy as JSON text, or None where neither side could read it.
        unknown: what could not be looked at, and what to do about it; None where everything was.
    """

    role_arn: str
    source: bool | None
    destination: bool | None
    trust: str | None = None
    unknown: Message | None = None

    @property
    def role(self) -> str:
        """The role's name, without its path."""
        return self.role_arn.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Side:
    """One organization at one moment.

    Attributes:
        identity: who it is.
        units: root and organizational units by id; `PartialMapping` where only some were read.
        accounts: member accounts, the management account included, by id; `PartialMapping` where only some were asked
            about.
        taken_at: AWS's clock when the picture was complete, UTC.
        handshakes: those this organization *sent*, pending ones and those closed in the last 30 days; read for the
            destination only, and there `NotAskedSequence` where a look is not about invitations.
        delegated_administrators: ids of accounts registered as delegated administrator of anything,
            or None where that was not or could not be looked up; read for the source only.
        account_quota: how many accounts the organization may have, or None where that was not or could not be looked
            up; read for the destination only.
        unknown: what could not be looked up, and in the next step what to grant.
        parents: ids of the units whose children are known; None: of all.
        paths: paths of units by id, as they were some time ago: good for names, never for decisions.
    """

    identity: Identity
    units: Mapping[str, OrganizationalUnit]
    accounts: Mapping[str, Account]
    taken_at: datetime
    handshakes: Sequence[Handshake] = ()
    delegated_administrators: frozenset[str] | None = None
    account_quota: int | None = None
    unknown: tuple[Message, ...] = ()
    parents: Collection[str] | None = None
    paths: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def seen(self) -> bool:
        """Whether anybody looked: of an organization whose credentials a run does not have, nothing is known.

        Then no account is found in it, and none is known to be outside it.
        """
        return bool(self.identity.organization_id)

    @cached_property
    def root(self) -> OrganizationalUnit:
        """The organization's root."""
        return next(unit for unit in found(self.units).values() if unit.parent_id is None)

    @cached_property
    def _children(self) -> Mapping[str, Mapping[str, OrganizationalUnit]]:
        """Units by the id of the unit above and by name, which AWS keeps unique there."""
        children: dict[str, dict[str, OrganizationalUnit]] = {}
        for unit in found(self.units).values():
            if unit.parent_id is not None:
                children.setdefault(unit.parent_id, {})[unit.name] = unit
        return children

    def children_of(self, unit_id: str) -> Mapping[str, OrganizationalUnit]:
        """The units directly below a unit, by name.

        Raises:
            NotAskedError: nobody read what is below it.
        """
        if self.parents is not None and unit_id not in self.parents:
            raise NotAskedError(f"nobody read what is below {unit_id}")
        return self._children.get(unit_id, {})

    def unit_at(self, names: Sequence[str]) -> OrganizationalUnit | None:
        """The unit that some names lead to from the root, or None; unlike a path they tell a name with a slash.

        Raises:
            NotAskedError: nobody read the units on that way.
        """
        unit: OrganizationalUnit | None = self.root
        for name in names:
            unit = self.children_of(unit.id).get(name) if unit else None
        return unit

    def units_at(self, path: str) -> tuple[OrganizationalUnit, ...]:
        """Every unit of a path: a name may hold a slash, so there may be several. Of an id: that unit.

        Raises:
            NotAskedError: nobody read the units on that way.
        """
        if not path.startswith("/"):
            return (self.units[path],) if path in self.units else ()
        on_the_way, there = [self.root], list[OrganizationalUnit]()
        while on_the_way:
            unit = on_the_way.pop()
            if unit.path == path:
                there.append(unit)
            elif leads_to(unit, path):
                on_the_way += self.children_of(unit.id).values()
        return tuple(there)

    def addressed(self, accounts: Iterable[Account]) -> Side:
        """The same side, where an invitation that names the whole e-mail address of one of these names its id, too."""
        if not any(sent.address for sent in self.handshakes):
            return self
        found: dict[str, set[str]] = {}
        for account in accounts:
            found.setdefault(account.address, set()).add(account.id)
        known = {address: next(iter(ids)) for address, ids in found.items() if address and len(ids) == 1}
        handshakes = tuple(
            replace(sent, account_id=known[sent.address]) if sent.address in known else sent for sent in self.handshakes
        )
        return replace(self, handshakes=handshakes)

    @property
    def unmatched(self) -> tuple[Handshake, ...]:
        """This organization's own pending invitations that could be to any account."""
        sent = (one for one in self.handshakes if one.account_id is None and one.is_invitation_of(self.identity))
        return tuple(one for one in sent if one.is_pending or not one.state)

    @cached_property
    def _invitations(self) -> Mapping[str, tuple[Handshake, ...]]:
        found: dict[str, list[Handshake]] = {}
        for handshake in self.handshakes:
            if handshake.account_id is not None and handshake.is_invitation_of(self.identity):
                found.setdefault(handshake.account_id, []).append(handshake)
        return {
            account_id: tuple(sorted(sent, key=lambda handshake: handshake.sent_order, reverse=True))
            for account_id, sent in found.items()
        }

    def invitations_to(self, account_id: str) -> tuple[Handshake, ...]:
        """This organization's own invitations to an account, the newest first."""
        return self._invitations.get(account_id, ())

    def pending_invitation_to(self, account_id: str) -> Handshake | None:
        """The newest of this organization's own invitations to an account that waits for an answer, or None.

        One whose state AWS leaves out is not among them: see `stateless_invitation_to`.
        """
        return next((sent for sent in self.invitations_to(account_id) if sent.is_pending), None)

    def stateless_invitation_to(self, account_id: str) -> Handshake | None:
        """The newest of this organization's own invitations to an account whose state AWS leaves out, or None."""
        return next((sent for sent in self.invitations_to(account_id) if not sent.state), None)

    def path_of(self, account_id: str) -> str | None:
        """The path of the organizational unit that holds an account, for people; None if it is no member.

        Where the unit was not read just now it is the path that it had, else its id.

        Raises:
            NotAskedError: nobody asked about the account.
        """
        account = self.accounts.get(account_id)
        if account is None:
            return None
        unit = found(self.units).get(account.parent_id)
        return unit.path if unit else self.paths.get(account.parent_id, account.parent_id)


def leads_to(unit: OrganizationalUnit, path: str) -> bool:
    """Whether a unit of a path may lie below another."""
    return path.startswith(unit.path.rstrip("/") + "/")
