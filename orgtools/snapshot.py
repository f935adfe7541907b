"""What a decision may know: both organizations at one moment, and what the ledger and migration.toml add."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar, cast

from orgtools.aws.partial import found
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from orgtools.aws.model import Identity, Side
    from orgtools.budget import Budget
    from orgtools.findings import Answer, Finding, Waiver
    from orgtools.replica import PlannedUnit
    from orgtools.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Nobody looked, or AWS did not show it: a value of its own that never reads as none.

    `isinstance` tells it from what was looked up. It has no length, no items and no truth.
    """

    def __bool__(self) -> NoReturn:
        """Neither true nor false.

        Raises:
            TypeError: always.
        """
        raise TypeError("nobody looked: that is neither none nor some")


NOT_LOOKED: Final = NotLooked()


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is known of the obstacles of accounts, and what people said about them.

    Attributes:
        findings: of the newest assessment, by account id ("" for the organizations); an account that is missing was
            not assessed.
        waivers: accepted risks, by account id and check.
        answers: to the questions that no API answers, by account id ("" for the organizations) and check.
    """

    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    waivers: Mapping[tuple[str, str], Waiver] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Answer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """What this run has done with accounts, as its ledger knows.

    Attributes:
        left: accounts that it took out of an organization, or meant to.
        returning: those of them that were last taken out of the destination, on their way back.
        unenrolled: accounts that it took out of the source's Control Tower.
        unassessed: those of them that nobody has assessed since AWS showed that.
        exported: accounts of which it has exported what they lose, whole.
    """

    left: frozenset[str] = frozenset()
    returning: frozenset[str] = frozenset()
    unenrolled: frozenset[str] = frozenset()
    unassessed: frozenset[str] = frozenset()
    exported: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Snapshot:
    """Both sides at one moment, and what the ledger adds: all that a decision may know.

    What only some steps look up is one value of a type of its own, which the step's module defines. `looked` gives it;
    whoever decides without it says so first (`without_looking`), so that "nobody looked" is never taken for "none".

    Attributes:
        source: the organization that the accounts come from.
        destination: the organization that they go to.
        taken_at: AWS's clock, UTC.
        budget: how much room the destination has.
        settings: what migration.toml says.
        planned: ids of all accounts of the plan.
        replica: the source's tree of units as it is to stand in the destination; empty where it is not asked for.
        assessed: findings, waivers and answers.
        history: what this run has done.
        invited_somehow: accounts that AWS says are invited, by no invitation that names them, and that cannot be asked.
        told: what accounts that neither organization holds said of where they are, see `whereabouts`.
        unknown: what could not be looked up, and in the next step what to grant.
        about: ids of the accounts that it is about; None: all, of both organizations.
        extras: what some steps look up besides, by its type.
    """

    source: Side
    destination: Side
    taken_at: datetime
    budget: Budget
    settings: Settings = field(repr=False)
    planned: frozenset[str]
    replica: tuple[PlannedUnit, ...]
    assessed: Assessed
    history: History
    invited_somehow: frozenset[str]
    told: Mapping[str, Identity | None]
    unknown: tuple[Message, ...]
    about: frozenset[str] | None = None
    extras: Mapping[type, object] = field(default_factory=dict, repr=False)

    def looked(self, kind: type[T]) -> T | NotLooked:
        """What was looked up besides both organizations, or that nobody could or would.

        Args:
            kind: its type, ``Entries``.

        Raises:
            LookupError: nobody looked it up, and nobody said so: a slip of whoever observed.
        """
        if kind not in self.extras:
            raise LookupError(f"nobody looked up {kind.__name__}, and nobody said so")
        return cast("T | NotLooked", self.extras[kind])

    def required(self, kind: type[T]) -> T:
        """What a decision cannot do without.

        Raises:
            LookupError: nobody looked it up.
        """
        found = self.looked(kind)
        if not isinstance(found, NotLooked):
            return found
        raise LookupError(f"nobody looked up {kind.__name__}")

    def with_extra(self, looked: object) -> Snapshot:
        """The same, with what was looked up; it replaces what was looked up of its type before."""
        return replace(self, extras={**self.extras, type(looked): looked})

    def without_looking(self, *kinds: type) -> Snapshot:
        """The same, which says that nobody looks these up; what was looked up already stays."""
        return replace(self, extras={**dict.fromkeys(kinds, NOT_LOOKED), **self.extras})

    @cached_property
    def coming(self) -> frozenset[str]:
        """Paths of units that replicating the source's tree creates, or has created."""
        return frozenset(unit.path for unit in self.replica)

    def whereabouts(self, account_id: str) -> Identity | NotLooked | None:
        """What an account said itself of where it is: its organization, or None: in none.

        `NotLooked` where it was not asked, because an organization holds it or nobody enters it, or did not answer.
        """
        return self.told.get(account_id, NOT_LOOKED)

    def is_alone(self, account_id: str) -> bool:
        """Whether an account is known to be in no organization: this run took it out, or it says so itself."""
        if account_id in self.source.accounts or account_id in self.destination.accounts:
            return False
        said = self.whereabouts(account_id)
        return account_id in self.history.left if isinstance(said, NotLooked) else said is None

    def may_come(self, account_id: str) -> bool:
        """Whether an account may be one to move: it is in the source, stand-alone, or where nobody can look.

        One that neither side holds, although both were seen, may belong to anybody: unless it is stand-alone, or its
        owner decides, it is not touched.
        """
        return (
            not self.source.seen
            or account_id in self.source.accounts
            or self.is_alone(account_id)
            or self.settings.access.by_its_owner(account_id)
        )

    def covers(self, account_ids: Collection[str]) -> bool:
        """Whether it is about all of these accounts."""
        return self.about is None or self.about.issuperset(account_ids)

    @property
    def outside(self) -> Message:
        """Where an account is that was found nowhere."""
        return Message("outside-of-both" if self.source.seen else "outside-of-destination")

    @property
    def names(self) -> dict[str, str]:
        """The names of the accounts that were found, by account id: of both organizations, where it is about all."""
        sides = (self.source, self.destination)
        return {account.id: account.name for side in sides for account in found(side.accounts).values()}
