"""What a decision may know: both organizations at one moment, and what the ledger and migration.toml add."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from orgtools.messages import Message
from orgtools.settings import AccessSettings, ControlTowerSettings, HandoverSettings, LeaveSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from orgtools.aws.model import Entry, Identity, Side
    from orgtools.aws.read.control_tower import ControlTower
    from orgtools.aws.read.restorable import Regain
    from orgtools.budget import Budget
    from orgtools.findings import Answer, Finding, Waiver
    from orgtools.replica import PlannedUnit


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a trust policy that this run meant to make, from the ledger: the step, and both texts."""

    step: str
    former: str
    written: str


@dataclass(frozen=True)
class Snapshot:
    """Both sides at one moment, and what the ledger adds: all that a decision may know.

    Attributes:
        source: the organization that the accounts come from.
        destination: the organization that they go to.
        taken_at: AWS's clock, UTC.
        budget: how much room the destination has.
        assessment: findings of the newest assessment, by account id; an account that is missing was not assessed.
        waivers: accepted risks, by account id and check.
        answers: to the questions that no API answers, by account id ("" for the organizations) and check.
        left: accounts that this run's ledger knows to have been taken out of an organization.
        returning: those of them that were last taken out of the destination, on their way back.
        notes: the text for invitations.
        tags: tags of account objects in the destination, by account id, where a step looked them up.
        replica: the source's tree of units as it is to stand in the destination; empty where it is not asked for.
        carried: tags that accounts had in the source, by account id, from their exports, where a step looked.
        handover: what migration.toml asks for under ``[handover]``.
        access: what migration.toml says under ``[access]``.
        leaving: what migration.toml says under ``[leave]``.
        entries: how accounts can be entered, by account id, where a step looked.
        edits: this run's edits of trust policies, the oldest first, by account id, where a step looked them up.
        former: side and path of every account when the run began, by account id, where a step looked it up.
        asked: whether migration.toml asks for what the step brings back.
        regains: what arrived accounts are to get back, by account id, where a step looked.
        towers: what each side has of Control Tower, where a step could look; keys "source" and "destination".
        governing: what migration.toml says under ``[control_tower]``.
        access_role: the role by which accounts are entered.
        planned: ids of all accounts of the plan.
        unenrolled: accounts that this run took out of the source's Control Tower.
        invited_somehow: accounts that AWS says are invited, by no invitation that names them, and that cannot be asked.
        exported: accounts of which this run has exported what they lose, whole.
        told: what accounts that neither organization holds said of where they are, by account id, where a step asked
            and they answered; None: in no organization.
        sessions: accounts that a profile enters with a session of Identity Center, where a step looked.
        unknown: what could not be looked up, and in the next step what to grant.
    """

    source: Side
    destination: Side
    taken_at: datetime
    budget: Budget
    assessment: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    waivers: Mapping[tuple[str, str], Waiver] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Answer] = field(default_factory=dict)
    left: frozenset[str] = frozenset()
    returning: frozenset[str] = frozenset()
    notes: str = ""
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    replica: tuple[PlannedUnit, ...] = ()
    carried: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    handover: HandoverSettings = field(default_factory=HandoverSettings)
    access: AccessSettings = field(default_factory=AccessSettings)
    leaving: LeaveSettings = field(default_factory=LeaveSettings)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    former: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    asked: bool = False
    regains: Mapping[str, Regain] = field(default_factory=dict)
    towers: Mapping[str, ControlTower] = field(default_factory=dict)
    governing: ControlTowerSettings = field(default_factory=ControlTowerSettings)
    access_role: str = ""
    planned: frozenset[str] = frozenset()
    unenrolled: frozenset[str] = frozenset()
    invited_somehow: frozenset[str] = frozenset()
    exported: frozenset[str] = frozenset()
    told: Mapping[str, Identity | None] = field(default_factory=dict)
    sessions: frozenset[str] = frozenset()
    unknown: tuple[Message, ...] = ()

    @cached_property
    def coming(self) -> frozenset[str]:
        """Paths of units that replicating the source's tree creates, or has created."""
        return frozenset(unit.path for unit in self.replica)

    def is_alone(self, account_id: str) -> bool:
        """Whether an account is known to be in no organization: this run took it out, or it says so itself."""
        if account_id in self.source.accounts or account_id in self.destination.accounts:
            return False
        return account_id in self.left if account_id not in self.told else self.told[account_id] is None

    def by_a_session(self, account_id: str) -> bool:
        """Whether an account is entered with a session of Identity Center, which AWS ends with its membership."""
        return self.access.of(account_id) == "identity-center" or account_id in self.sessions

    def may_come(self, account_id: str) -> bool:
        """Whether an account may be one to move: it is in the source, stand-alone, or where nobody can look.

        One that neither side holds, although both were seen, may belong to anybody: unless it is stand-alone, or its
        owner decides, it is not touched.
        """
        return (
            not self.source.seen
            or account_id in self.source.accounts
            or self.is_alone(account_id)
            or self.access.by_its_owner(account_id)
        )

    @property
    def outside(self) -> Message:
        """Where an account is that was found nowhere."""
        return Message("outside-of-both" if self.source.seen else "outside-of-destination")

    @property
    def names(self) -> dict[str, str]:
        """The names of all accounts of both organizations, by account id."""
        return {
            account.id: account.name for side in (self.source, self.destination) for account in side.accounts.values()
        }
