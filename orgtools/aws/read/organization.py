"""One side of the migration: what AWS says of an organization, of all its accounts or of some."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import fingerprint, mask_secrets
from orgtools.aws.model import Handshake, Identity, Side
from orgtools.aws.partial import NotAskedSequence, PartialMapping, found
from orgtools.aws.read.accounts import Accounts
from orgtools.aws.read.cloudtrail import TrailEvent, event_of
from orgtools.aws.read.look import WHOLE, Look
from orgtools.aws.read.reader import SideReader
from orgtools.aws.read.tree import Tree
from orgtools.exceptions import OrganizationError, RefusedError
from orgtools.messages import Message
from orgtools.policies import Role
from orgtools.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from botocore.client import BaseClient

    from orgtools.aws.clock import Clock
    from orgtools.aws.model import Account
    from orgtools.aws.sessions.borrowed_client import Lent
    from orgtools.aws.sessions.pool import Access

ACCOUNT_QUOTA: Final = "L-29A0C5DF"
"""The quota code seen for accounts in an organization; AWS may change it, so the quota's name is tried as well."""

HOME: Final = {"aws": "us-east-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-west-1"}
"""Where AWS Organizations lives, by partition; its quotas are listed nowhere else."""


class Inviter:
    """An organization as it invites: who it is, and what it sent.

    The reading methods raise `RefusedError`, which names the side, the operation and AWS's words.
    """

    def __init__(self, access: Access | Lent, clock: Clock, roles: tuple[Role, ...]) -> None:
        """Describe the organization and check that the caller is its management account.

        Args:
            access: the way in.
            clock: AWS's time.
            roles: whose templates hold what the caller needs.

        Raises:
            OrganizationError: the caller's account is in no organization, or is a member of one.
            RefusedError: AWS refuses to describe it.
        """
        self._door = access
        self.name = access.name
        self._clock = clock
        self._roles = roles
        self.identity = self._identify()
        access.organization_id = self.identity.organization_id

    def now(self) -> datetime:
        """AWS's time."""
        return self._clock.now()

    @cached_property
    def _reader(self) -> SideReader:
        return SideReader(self._door, roles=self._roles)

    @cached_property
    def changing_client(self) -> BaseClient:
        """The client for calls that change something; each of its calls is tried once."""
        return self._door.client("organizations", changing=True)

    def _identify(self) -> Identity:
        absent = ("AWSOrganizationsNotInUseException",)
        answer = self._reader.ask("organizations", "DescribeOrganization", absent=absent)
        if answer is None:
            raise OrganizationError(
                Message("side-in-no-organization", side=self.name, account=self._door.account_id)
                if self._door.account_id
                else Message("side-caller-in-no-organization", side=self.name)
            )
        described = answer["Organization"]
        if self._door.account_id not in ("", described["MasterAccountId"]):
            raise OrganizationError(
                Message(
                    "side-of-a-member",
                    side=self.name,
                    account=self._door.account_id,
                    organization=described["Id"],
                    management_account=described["MasterAccountId"],
                )
            )
        return Identity(
            organization_id=described["Id"],
            management_account_id=described["MasterAccountId"],
            partition=self._door.partition,
            caller_arn=self._door.caller_arn,
            feature_set=described["FeatureSet"],
        )

    def sent_handshakes(self) -> Iterator[Handshake]:
        """Every handshake this organization sent: pending ones, and those closed in the last 30 days."""
        yield from map(handshake_of, self._pages("ListHandshakesForOrganization", "Handshakes"))

    def _pages(self, operation: str, key: str, **arguments: str) -> Iterator[Any]:
        return self._reader.pages("organizations", operation, key, **arguments)


class Organization(Inviter):
    """One organization, seen with the credentials of its management account; all that a run needs of it."""

    def __init__(self, access: Access, clock: Clock) -> None:
        """As `Inviter`; refusals name the templates of whoever may look."""
        self.access = access
        self._reading_tree = Lock()
        side = access.name
        super().__init__(access, clock, (Role(f"{side}-operator"), Role(f"assess-{side}"), Role.auditor))

    @property
    def _at_home(self) -> SideReader:
        return SideReader(self.access, HOME.get(self.access.partition, ""), roles=self._roles)

    @property
    def seen(self) -> bool:
        """Whether this run has its credentials."""
        return True

    def observe(self, *, inviting: bool, look: Look = WHOLE) -> Side:
        """Read what a look is about, and what the organization's part in the migration needs.

        Lists are followed to their end, through empty pages too. What a missing permission hides is named in
        ``Side.unknown``, unless the picture would be worthless without it.

        Args:
            inviting: the destination: its sent handshakes and account quota are read. Otherwise the source: its
                delegated administrators are.
            look: what is asked.

        Raises:
            RefusedError: the tree, the accounts or the handshakes cannot be read.
        """
        with ThreadPoolExecutor(1) as pool:  # the lists have rates of their own: they need not wait for each other
            sending = pool.submit(lambda: self._sent.ask(None) if inviting and look.invitations else ())
            accounts = self._accounts(look)
            with self._reading_tree:  # other threads may look at other accounts
                self._read_tree(accounts, look)
                tree = self._tree
                units = dict(tree.units) if tree.is_whole else PartialMapping(tree.units, ())
                parents = None if tree.is_whole else frozenset(tree.children)
            handshakes: Sequence[Handshake] = sending.result()
        if inviting and not look.invitations:
            handshakes = NotAskedSequence("invitations")
        side = Side(
            self.identity, units, accounts, self._clock.now(), handshakes, parents=parents, paths=look.known_paths
        )
        try:
            if inviting:
                return replace(side, account_quota=self.account_quota())
            return replace(side, delegated_administrators=frozenset(self.delegated_administrators()))
        except RefusedError as error:
            return replace(side, unknown=(error.message,))

    def with_accounts(self, side: Side, account_ids: Iterable[str]) -> Side:
        """The same side, where these were asked about, too; one that listed its accounts knows them.

        Raises:
            RefusedError: AWS refuses to describe one of them.
        """
        accounts = side.accounts
        if not isinstance(accounts, PartialMapping):
            return side
        more = self._members.described(set(account_ids) - accounts.asked)
        return replace(side, accounts=PartialMapping({**accounts.found, **more.found}, accounts.asked | more.asked))

    def _accounts(self, look: Look) -> Mapping[str, Account]:
        if look.accounts is None or look.listing:
            return {account.id: account for account in self._members.listed(look.expected)}
        return self._members.described(look.accounts | {self.identity.management_account_id})

    def _read_tree(self, accounts: Mapping[str, Account], look: Look) -> None:
        """As much of the tree as a look needs; also where an account lies in a unit that is not known yet."""
        if look.accounts is None or look.all_units:
            self._tree.read_all()
            if any(account.parent_id not in self._tree.units for account in found(accounts).values()):
                self._tree.forget()
                self._tree.read_all()
            return
        members = [held for account_id in look.accounts if (held := accounts.get(account_id))]
        self._tree.read_ways(look.paths, look.known_paths)
        for held in members:
            if held.parent_id not in self._tree.units and held.parent_id not in look.known_paths:
                self._tree.read_down(held.units)

    def forget_units(self) -> None:
        """Read the tree anew at the next look: it takes a call for each unit and hardly ever changes."""
        with self._reading_tree:
            self._tree.forget()

    @cached_property
    def _sent(self) -> Together[None, Sequence[Handshake]]:
        """The handshakes that it has sent: who asks while they are listed for another gets the next list."""

        def read(asked: Sequence[None]) -> list[Sequence[Handshake]]:
            return [tuple(self.sent_handshakes())] * len(asked)

        return Together(read)

    @cached_property
    def _members(self) -> Accounts:
        operator = Role(f"{self.name}-operator")
        return Accounts(self.name, self._reader, SideReader(self.access, roles=(operator,)))

    @cached_property
    def _tree(self) -> Tree:
        return Tree(
            self.name,
            lambda: self._reader.first("organizations", "ListRoots", "Roots"),
            lambda unit_id: self._pages("ListOrganizationalUnitsForParent", "OrganizationalUnits", ParentId=unit_id),
        )

    def delegated_administrators(self) -> Iterator[str]:
        """Ids of the accounts that are delegated administrator of anything."""
        for answer in self._pages("ListDelegatedAdministrators", "DelegatedAdministrators"):
            yield answer["Id"]

    def account_quota(self) -> int:
        """How many accounts the organization may have, from Service Quotas in the partition's home region.

        Raises:
            RefusedError: Service Quotas refuses, or lists no such quota.
        """
        quotas = self._at_home.pages("service-quotas", "ListServiceQuotas", "Quotas", ServiceCode="organizations")
        for quota in quotas:
            if quota["QuotaCode"] == ACCOUNT_QUOTA or "number of accounts" in quota["QuotaName"].lower():
                return int(quota["Value"])
        raise RefusedError(Message("account-quota-not-listed", side=self.name), code="NotListed")

    def tags(self, account_id: str) -> dict[str, str]:
        """The account object's tags.

        Raises:
            RefusedError: AWS refuses to list them.
        """
        tags = self._pages("ListTagsForResource", "Tags", ResourceId=account_id)
        return {tag["Key"]: tag["Value"] for tag in tags}

    def email(self, account_id: str) -> str:
        """The full e-mail address of an account's root user, for a call that asks for it; it goes nowhere else.

        Raises:
            RefusedError: AWS refuses to describe the account.
        """
        return str(self._reader.ask("organizations", "DescribeAccount", AccountId=account_id)["Account"]["Email"])

    def held_by(self, unit_id: str) -> frozenset[str]:
        """Ids of the accounts directly in a unit, just now.

        Raises:
            RefusedError: AWS refuses to list them.
        """
        return frozenset(held["Id"] for held in self._pages("ListAccountsForParent", "Accounts", ParentId=unit_id))

    def trail(self, name: str, since: datetime) -> tuple[TrailEvent, ...]:
        """The events of a name in CloudTrail's history of the management account, the newest first.

        Args:
            name: such as `orgtools.aws.read.cloudtrail.INVITED`.
            since: the oldest moment; CloudTrail itself goes back 90 days.

        Raises:
            RefusedError: CloudTrail refuses.
        """
        attributes = [{"AttributeKey": "EventName", "AttributeValue": name}]
        found = self._at_home.pages(
            "cloudtrail", "LookupEvents", "Events", LookupAttributes=attributes, StartTime=since
        )
        return tuple(event_of(answer, self.identity.management_account_id) for answer in found)


def handshake_of(answer: dict[str, Any]) -> Handshake:
    """A `Handshake` from AWS's answer; parties come in no fixed order, and any member may be missing.

    Of two accounts one is the inviter, whom the ARN names, and never the target; with more than one left the target is
    not known.
    """
    parties = answer.get("Parties") or ()
    named = {
        kind: {party["Id"] for party in parties if party.get("Type") == kind and party.get("Id")}
        for kind in ("ACCOUNT", "EMAIL")
    }
    sent = Handshake(
        id=answer.get("Id", ""),
        arn=answer.get("Arn", ""),
        action=answer.get("Action", ""),
        state=answer.get("State", ""),
        account_id=None,
        target="",
        requested_at=_utc(answer.get("RequestedTimestamp")),
        expires_at=_utc(answer.get("ExpirationTimestamp")),
    )
    accounts = named["ACCOUNT"] - {sent.inviter}
    account_id = accounts.pop() if len(accounts) == 1 else None
    address = named["EMAIL"].pop() if len(named["EMAIL"]) == 1 and not account_id else ""
    return replace(
        sent, account_id=account_id, target=account_id or mask_secrets(address), address=fingerprint(address)
    )


def _utc(time: datetime | None) -> datetime | None:
    return time.astimezone(UTC) if time else None
