"""The catalogue of readiness checks: what each looks at, where, with which permissions, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, Required, TypedDict, Unpack

from orgtools.exceptions import RefusedError
from orgtools.findings import Finding, Verdict
from orgtools.messages import Message, next_step, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from orgtools.aws.model import Identity
    from orgtools.aws.read.read_only import ReadOnlyReader
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.unmeant import UnmeantError

Where = Literal["source", "member", "destination"]
"""Whose credentials a check reads with: those of a side's management account, or those inside the account."""


@dataclass(frozen=True)
class SnapshotContext:
    """What a check that makes no list call of its own may look at.

    Attributes:
        account: the planned account; for a check of the organization, any of them.
        snapshot: both organizations, and the budget.
        wave: the accounts that are assessed together, for arithmetic over all of them.
    """

    account: PlannedAccount
    snapshot: Snapshot
    wave: tuple[PlannedAccount, ...] = ()


_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Brief:
    """What a task in a member account is told of the two organizations; small, because each task carries it.

    ``landing_zone``: whether the destination has Control Tower; None where that could not be looked up.
    ``regions``: those that migration.toml narrows the look to; none: all that are enabled.
    ``config_allowed``: accounts that AWS Support lets enroll with their Config resources, as migration.toml says.
    ``taken_at``: when the organizations were observed, AWS's clock.
    ``alone``: whether the account is in no organization: then ``source`` is none, too.
    """

    source: Identity
    destination: Identity
    source_root: str
    destination_root: str
    access_role: str
    landing_zone: bool | None = False
    regions: tuple[str, ...] = ()
    config_allowed: tuple[str, ...] = ()
    alone: bool = False
    taken_at: datetime = _LONG_AGO

    def names_source(self, text: str) -> bool:
        """Whether a text names the organization that the account leaves.

        Raises:
            RefusedError: which that is could not be looked up: the source is not ours, and the account does not say.
        """
        if not self.source.organization_id and not self.alone:
            raise RefusedError(Message("account-organization-unread"), code="UnknownOrganization")
        return not self.alone and self.source.organization_id in text


@dataclass(frozen=True)
class CheckContext:
    """Where a check sits that reads from AWS itself.

    Attributes:
        accounts: the planned accounts that it looks at; one, for a check inside a member account.
        brief: the two organizations in short.
        readers: what it looks with: "source", "destination" or "member".
        region: where regional services are looked at; empty for a global check.
        seen: both organizations; None inside a member account.
    """

    accounts: tuple[PlannedAccount, ...]
    brief: Brief
    readers: Mapping[Where, ReadOnlyReader]
    region: str = ""
    seen: Snapshot | None = None

    @property
    def snapshot(self) -> Snapshot:
        """Both organizations, for the checks that look with the management accounts' credentials."""
        if self.seen is None:
            message = "a check inside a member account is not told of all accounts"
            raise RuntimeError(message)
        return self.seen


@dataclass(frozen=True)
class Check:
    """One readiness check.

    Attributes:
        id: its id, ``E7``.
        subject: the group it belongs to: eligibility, access, quotas, invitations, policies, ...
        where: whose credentials it looks with.
        actions: the IAM actions it needs; it can call nothing else.
        page: the AWS page or API that the rule comes from.
        look: for a check that reads the snapshot: returns the finding; may raise `OrgtoolsError` where it could not.
        read: for a check that reads from AWS itself: returns its findings, likewise.
        concerns: each account, or the organization as a whole.
        severity: the worst that it may say of what it saw.
        regional: whether it looks into each region.
        silent: for a check that reads from AWS itself: whether it yields nothing about whoever it has found nothing
            about, so that the catalogue's ``fine-...`` is said of them.
        answers: ids of checks with the source's credentials whose question this one puts to the account itself, where
            the source is not ours; it is made only then.
    """

    id: str
    subject: str
    where: tuple[Where, ...]
    actions: tuple[str, ...]
    page: str
    look: Callable[[SnapshotContext], Finding] | None = field(default=None, repr=False)
    read: Callable[[CheckContext, Reports], Iterable[Finding]] | None = field(default=None, repr=False)
    concerns: Literal["account", "organization"] = "account"
    severity: Verdict = Verdict.BLOCK
    regional: bool = False
    silent: bool = False
    answers: tuple[str, ...] = ()

    @property
    def words(self) -> Message:
        """What it verifies, and what the operator does about a finding, as the catalogue of messages has it."""
        return Message(f"check-{self.id.replace('.', '-')}")

    @property
    def title(self) -> str:
        """What it verifies, for people."""
        return render(self.words)

    @property
    def remedy(self) -> str:
        """What the operator does about a finding; empty where there is nothing to do."""
        return next_step(self.words)

    @property
    def fine(self) -> Message:
        """What is said of whoever a silent check has found nothing about."""
        return Message(f"fine-{self.id.replace('.', '-')}")

    @property
    def needs_source(self) -> bool:
        """Whether it cannot look without the source's credentials."""
        return "source" in self.where and "member" not in self.where

    @property
    def needs_member(self) -> bool:
        """Whether it has to enter the account."""
        return "member" in self.where

    @property
    def is_free(self) -> bool:
        """Whether it looks at the snapshot only and costs no call."""
        return self.read is None


CATALOGUE: Final[dict[str, Check]] = {}
"""Every check by its id, in the order of the catalogue."""

GUIDE: Final = "https://docs.aws.amazon.com/organizations/latest/userguide/"


def no_unit(error: UnmeantError) -> Message:
    """What is said of an account where the destination has no such unit as planned."""
    return Message("unit-not-found", why=error.message)


@dataclass(frozen=True)
class Report:
    """Makes the findings of one check for one account, so that a check says only what it saw."""

    check: str
    account_id: str
    severity: Verdict = Verdict.BLOCK
    region: str = ""

    def ok(self, evidence: Message, **seen: str) -> Finding:
        """Nothing stands against it."""
        return self.found(Verdict.OK, evidence, **seen)

    def info(self, evidence: Message, **seen: str) -> Finding:
        """Good to know."""
        return self.found(Verdict.INFO, evidence, **seen)

    def warn(self, evidence: Message, **seen: str) -> Finding:
        """It will not stop the move, but somebody should look."""
        return self.found(Verdict.WARN, evidence, **seen)

    def unknown(self, evidence: Message, **seen: str) -> Finding:
        """Could not look; never fine."""
        return self.found(Verdict.UNKNOWN, evidence, **seen)

    def block(self, evidence: Message, until: str | None = None, **seen: str) -> Finding:
        """The account may not go, or not yet."""
        return self.found(Verdict.BLOCK, evidence, until, **seen)

    def found(self, status: Verdict, evidence: Message, until: str | None = None, **seen: str) -> Finding:
        """Any of these.

        Raises:
            ValueError: the check is not one that blocks.
        """
        if status is Verdict.BLOCK and self.severity is not Verdict.BLOCK:
            message = f"{self.check} may say {self.severity} at the worst"
            raise ValueError(message)
        return Finding(self.account_id, self.check, status, evidence, until, **{"region": self.region, **seen})


@dataclass(frozen=True)
class Reports:
    """The reports of one check: one for each account that it concerns."""

    check: Check
    region: str = ""

    def on(self, account_id: str) -> Report:
        """The report on one account; "" for the organizations."""
        return Report(self.check.id, account_id, self.check.severity, self.region)


class Traits(TypedDict, total=False):
    """What a check says of itself, whichever way it looks; see `Check`."""

    subject: Required[str]
    where: Required[tuple[Where, ...]]
    actions: Required[tuple[str, ...]]
    page: Required[str]
    concerns: Literal["account", "organization"]
    severity: Verdict
    regional: bool
    silent: bool
    answers: tuple[str, ...]


if TYPE_CHECKING:
    Look = Callable[[SnapshotContext, Report], Finding]
    Read = Callable[[CheckContext, Reports], Iterable[Finding]]


def check(name: str, **traits: Unpack[Traits]) -> Callable[[Look], Look]:
    """Register a function of what was seen in bulk as the check with that id."""

    def register(function: Look) -> Look:
        def look(context: SnapshotContext) -> Finding:
            concerned = context.account.account_id if known.concerns == "account" else ""
            return function(context, Reports(known).on(concerned))

        known = CATALOGUE[name] = Check(name, **traits, look=look)
        return function

    return register


def reading(name: str, **traits: Unpack[Traits]) -> Callable[[Read], Read]:
    """Register a function that reads from AWS itself as the check with that id."""

    def register(function: Read) -> Read:
        CATALOGUE[name] = Check(name, **traits, read=function)
        return function

    return register
