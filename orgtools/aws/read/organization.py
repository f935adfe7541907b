"""One side of the migration: what AWS says of an organization, read in a few bulk lists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.calls.answers import incomplete
from orgtools.aws.masking import fingerprint, mask_emails, mask_name, mask_secrets
from orgtools.aws.model import Account, Handshake, Identity, OrganizationalUnit, Side
from orgtools.aws.read.cloudtrail import TrailEvent, event_of
from orgtools.aws.read.reader import SideReader
from orgtools.exceptions import OrganizationError, RefusedError
from orgtools.messages import Message
from orgtools.policies import Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from botocore.client import BaseClient

    from orgtools.aws.clock import Clock
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
        self._known_units: dict[str, OrganizationalUnit] = {}
        side = access.name
        super().__init__(access, clock, (Role(f"{side}-operator"), Role(f"assess-{side}"), Role.auditor))

    @property
    def _at_home(self) -> SideReader:
        return SideReader(self.access, HOME.get(self.access.partition, ""), roles=self._roles)

    @property
    def seen(self) -> bool:
        """Whether this run has its credentials."""
        return True

    def observe(self, *, inviting: bool) -> Side:
        """Read the organization in bulk: its tree and accounts, and what its part in the migration needs.

        Lists are followed to their end, through empty pages too. What a missing permission hides is named in
        ``Side.unknown``, unless the picture would be worthless without it.

        Args:
            inviting: the destination: its sent handshakes and account quota are read. Otherwise the source: its
                delegated administrators are.

        Raises:
            RefusedError: the tree, the accounts or the handshakes cannot be listed.
        """
        with ThreadPoolExecutor(1) as pool:  # the lists have rates of their own: they need not wait for each other
            sending = pool.submit(lambda: tuple(self.sent_handshakes()) if inviting else ())
            accounts = {account.id: account for account in self.accounts()}
            units = self._known_units
            if not units or any(account.parent_id not in units for account in accounts.values()):
                units = self._known_units = {unit.id: unit for unit in self.units()}
            handshakes = sending.result()
        side = Side(self.identity, units, accounts, self._clock.now(), handshakes)
        try:
            if inviting:
                return replace(side, account_quota=self.account_quota())
            return replace(side, delegated_administrators=frozenset(self.delegated_administrators()))
        except RefusedError as error:
            return replace(side, unknown=(error.message,))

    def forget_units(self) -> None:
        """Read the tree anew at the next look.

        A tree takes one call for each unit and hardly ever changes, so it is read once, and again when an account lies
        in a unit that is not known yet.
        """
        self._known_units = {}

    def units(self) -> Iterator[OrganizationalUnit]:
        """The root and every organizational unit, parents before children."""
        root = self._first("ListRoots", "Roots")
        open_units = [OrganizationalUnit(id=root["Id"], name=root["Name"], path="/", parent_id=None)]
        while open_units:
            unit = open_units.pop(0)
            yield unit
            prefix = unit.path.rstrip("/")
            for child in self._pages("ListOrganizationalUnitsForParent", "OrganizationalUnits", ParentId=unit.id):
                name = child["Name"]
                open_units.append(OrganizationalUnit(child["Id"], name, f"{prefix}/{name}", parent_id=unit.id))

    def accounts(self) -> Iterator[Account]:
        """Every account of the organization, with the unit that holds it.

        ListAccounts tells it in ``Paths`` (``o-.../r-.../ou-.../ACCOUNT/``); where AWS leaves that out, ListParents is
        asked for the account.
        """
        for answer in self._pages("ListAccounts", "Accounts"):
            yield Account(
                id=answer["Id"],
                arn=answer["Arn"],
                name=mask_name(answer.get("Name", "")),
                email=mask_emails(answer.get("Email", "")),
                state=answer["State"],
                joined_method=answer["JoinedMethod"],
                joined_at=answer["JoinedTimestamp"].astimezone(UTC),
                parent_id=self._parent_of(answer),
                address=fingerprint(answer.get("Email", "")),
            )

    def _parent_of(self, answer: dict[str, Any]) -> str:
        for path in answer.get("Paths", ()):
            steps = [step for step in path.split("/") if step and step != answer["Id"]]
            if steps:
                return str(steps[-1])
        return str(self._first("ListParents", "Parents", ChildId=answer["Id"])["Id"])

    def _first(self, operation: str, key: str, **arguments: str) -> Any:
        """The first entry of a list that is never empty."""
        for found in self._pages(operation, key, **arguments):
            return found
        raise incomplete(key, operation)

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
        found = self._pages("ListTagsForResource", "Tags", ResourceId=account_id)
        return {tag["Key"]: tag["Value"] for tag in found}

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
        return frozenset(found["Id"] for found in self._pages("ListAccountsForParent", "Accounts", ParentId=unit_id))

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
