"""The simulated world: accounts, organizations, who is a member of what, and every handshake.

moto's own Organizations backend stays the store of what moto answers (policies, service access) and of
what its other services look up (StackSets, RAM), so memberships are mirrored there when they change.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from orgtools.rehearsal.clock import VirtualClock
from orgtools.rehearsal.scenario import organization as tables
from orgtools.rehearsal.scenario.switches import Switches
from orgtools.rehearsal.world import mirror
from orgtools.rehearsal.world.cloudtrail import Trail
from orgtools.rehearsal.world.lagging import Lagging, OrderedKeys

T = TypeVar("T")
PENDING = ("REQUESTED", "OPEN")
INVITATION_LIFE = timedelta(days=15)
INVITE = "INVITE"
CLOSED_LISTED_FOR = timedelta(days=30)


@dataclass(eq=False)
class SimulatedAccount:
    """An AWS account, wherever it is a member. `number` is its fixed place in every listing."""

    number: int
    id: str
    name: str
    email: str
    created_at: datetime
    created_by_organization: bool
    traits: tables.AccountSpec
    state: str = "ACTIVE"
    closed_at: datetime | None = None
    last_join: datetime | None = None
    service_linked_role: bool = True
    roles_made: bool = False
    contact: dict[str, str] | None = None
    """The primary contact that somebody wrote; None before that."""
    roles: list[tables.RoleSpec] = field(default_factory=list)


@dataclass(frozen=True)
class Membership:
    """That an account is in an organization: where, since when, how, and the account object's tags."""

    account: SimulatedAccount
    organization: "SimulatedOrganization"
    parent: str
    joined_method: str
    joined_at: datetime
    tags: Mapping[str, str]


@dataclass(frozen=True)
class SimulatedHandshake:
    """An invitation, or another action in the same lists. `state` is what was done to it; `state_at` adds expiry."""

    number: int
    id: str
    organization: "SimulatedOrganization"
    account: SimulatedAccount
    by_email: bool
    notes: str | None
    tags: Mapping[str, str]
    requested_at: datetime
    expires_at: datetime
    state: str
    closed_at: datetime | None = None
    action: str = INVITE

    @property
    def arn(self) -> str:
        """Carries the inviting management account, its organization and the action."""
        sender = self.organization
        return f"arn:aws:organizations::{sender.management}:handshake/{sender.id}/{self.action.lower()}/{self.id}"

    def state_at(self, now: datetime) -> str:
        """The state at a time: a pending invitation expires 15 days after it was sent."""
        return "EXPIRED" if self.state in PENDING and now >= self.expires_at else self.state

    def listed_at(self, now: datetime) -> bool:
        """Whether answers still show it: a closed handshake stays for 30 days (API: ListHandshakesForAccount)."""
        closed = self.closed_at or self.expires_at
        return now < closed + CLOSED_LISTED_FOR


@dataclass(eq=False)
class SimulatedOrganization:
    """One organization, its tree and its settings."""

    id: str
    root: str
    management: str
    email: str
    name: str
    profile: str | None
    created_at: datetime
    settings: tables.OrganizationSpec
    backend: mirror.Backend
    account_quota: int
    delegated: dict[str, dict[str, datetime]] = field(default_factory=dict)
    units: dict[str, mirror.Unit] = field(default_factory=dict)
    unit_numbers: dict[str, int] = field(default_factory=dict)
    children: dict[str, OrderedKeys] = field(default_factory=lambda: defaultdict(OrderedKeys))
    """OUs by parent."""
    members: OrderedKeys = field(default_factory=OrderedKeys)
    members_of: dict[str, OrderedKeys] = field(default_factory=lambda: defaultdict(OrderedKeys))
    """Accounts by parent, as reads see them."""
    sent: OrderedKeys = field(default_factory=OrderedKeys)
    enabling_all_features: bool = False
    cost_tags: dict[str, str] = field(default_factory=dict)
    """Status of each cost allocation tag key that billing has seen."""

    @property
    def arn_owner(self) -> str:
        """The part of its ARNs that names the management account and the organization."""
        return f"arn:aws:organizations::{self.management}"

    @property
    def feature_set(self) -> str:
        """ALL or CONSOLIDATED_BILLING."""
        return str(self.backend.organization.feature_set)

    def path_of(self, parent: str) -> str:
        """The path of a root or OU by ids, `o-.../r-.../ou-.../` with a closing slash."""
        below: list[str] = []
        while parent != self.root:
            below.append(parent)
            parent = self.units[parent].parent_id or self.root
        return "/".join([self.id, self.root, *reversed(below)]) + "/"

    def names_of(self, parent: str) -> str:
        """The path of a root or OU by names; `/` for the root."""
        names: list[str] = []
        while parent != self.root:
            names.append(self.units[parent].name or "")
            parent = self.units[parent].parent_id or self.root
        return "/".join(reversed(names)) or "/"


class World:
    """The truth, what reads see of it, and the switches."""

    def __init__(self, clock: VirtualClock, switches: Switches) -> None:
        self.clock = clock
        self.set_switches(switches)
        self.random = random.Random(switches.seed)  # noqa: S311 -- repeatable ids are the point
        # Apart from the ids, so that reading more or less does not change them.
        self.luck = random.Random(f"{switches.seed}/pages")  # noqa: S311
        self.accounts: dict[str, SimulatedAccount] = {}
        self.by_email: dict[str, SimulatedAccount] = {}
        self.organizations: dict[str, SimulatedOrganization] = {}
        self.memberships: Lagging[Membership] = Lagging(self._membership_visible)
        self.handshakes: Lagging[SimulatedHandshake] = Lagging(self._handshake_visible)
        self.sent: dict[str, list[str]] = defaultdict(list)
        """Ids of invitations by sending organization, in truth; other actions take nothing of its quotas."""
        self.addressed: dict[str, list[str]] = defaultdict(list)
        """Ids of invitations by invited account, in truth."""
        self.unanswered: dict[str, dict[str, None]] = defaultdict(dict)
        """Ids of invitations by sending organization that nobody has closed; some may have expired."""
        self.members: dict[str, dict[str, None]] = defaultdict(dict)
        """Account ids by organization, in truth."""
        self.received: dict[str, OrderedKeys] = defaultdict(OrderedKeys)
        self.trail = Trail()
        self.evaluated: list[str] = []
        """The IAM actions that the policies were asked for since the last call began."""
        self._parts: dict[type[Any], object] = {}
        self.settlers: list[Callable[[datetime], None]] = []
        """What else takes its time: told whenever somebody asks for the time."""
        self.watchers: list[Callable[[SimulatedAccount, Membership | None, Membership | None], None]] = []
        """Told of each account that joined, left or moved: what its membership was, and what it is."""
        self._alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"

    def part(self, kind: type[T]) -> T:
        """What a service keeps in this world: the one of its kind, which knows nothing when the world begins."""
        return cast("T", self._parts.setdefault(kind, kind()))

    def set_switches(self, switches: Switches) -> None:
        """Changes how strict, slow and forgetful the world is from now on."""
        self.switches = switches
        self.lag = timedelta(seconds=switches.lag_seconds)

    def now(self) -> datetime:
        """The virtual time; also lets reads see what has become visible by then."""
        now = self.clock.now()
        self.memberships.settle(now)
        self.handshakes.settle(now)
        for settle in self.settlers:
            settle(now)
        return now

    def new_id(self, length: int) -> str:
        """A fresh run of lower-case letters and digits, repeatable by the seed."""
        return "".join(self.random.choices(self._alphabet, k=length))

    def organization_of(self, account_id: str) -> SimulatedOrganization | None:
        """The organization that the account is a member of, in truth."""
        membership = self.memberships.truth.get(account_id)
        return membership.organization if membership else None

    def join(
        self,
        account: SimulatedAccount,
        organization: SimulatedOrganization,
        *,
        parent: str,
        method: str,
        at: datetime,
        tags: Mapping[str, str],
        lag: bool = True,
    ) -> None:
        """Makes the account a member, out of whichever organization it was in."""
        previous = self.memberships.truth.get(account.id)
        if previous:
            self._forget_in(previous)
            self._tell_left(previous, at, "LEFT")
        self.trail.moved(organization.management, account.id, organization.id, at, joined=method, left="")
        membership = Membership(account, organization, parent, method, at, dict(tags))
        self.members[organization.id][account.id] = None
        organization.backend.add(account.id, account.name, account.email, parent=parent, at=at, method=method)
        self._put_membership(account.id, membership, lag)

    def leave(self, account: SimulatedAccount, *, how: str) -> None:
        """Makes the account stand-alone: it LEFT, or was REMOVED. The account object's tags go with the membership."""
        previous = self.memberships.truth[account.id]
        self._forget_in(previous)
        self._tell_left(previous, self.clock.now(), how)
        self._put_membership(account.id, None, lag=True)

    def change(
        self, membership: Membership, *, parent: str | None = None, tags: Mapping[str, str] | None = None
    ) -> None:
        """Moves an account within its organization, or replaces its tags."""
        changed = replace(
            membership,
            parent=membership.parent if parent is None else parent,
            tags=membership.tags if tags is None else dict(tags),
        )
        changed.organization.backend.place(changed.account.id, changed.parent)
        self._put_membership(changed.account.id, changed, lag=True)

    def put_handshake(self, handshake: SimulatedHandshake, *, lag: bool = True) -> None:
        """Records a new handshake or a new state of one."""
        if handshake.action == INVITE:
            self._count(handshake)
        self.handshakes.put(handshake.id, handshake, self.clock.now(), self.lag if lag else timedelta(0))

    def _count(self, invitation: SimulatedHandshake) -> None:
        sender = invitation.organization.id
        if invitation.id not in self.handshakes.truth:
            self.sent[sender].append(invitation.id)
            self.addressed[invitation.account.id].append(invitation.id)
        if invitation.state in PENDING:
            self.unanswered[sender][invitation.id] = None
        else:
            self.unanswered[sender].pop(invitation.id, None)

    def _tell_left(self, membership: Membership, at: datetime, how: str) -> None:
        organization = membership.organization
        self.trail.moved(organization.management, membership.account.id, organization.id, at, joined="", left=how)

    def _put_membership(self, account_id: str, membership: Membership | None, lag: bool) -> None:
        before = self.memberships.truth.get(account_id)
        self.memberships.put(account_id, membership, self.clock.now(), self.lag if lag else timedelta(0))
        for tell in self.watchers:
            tell(self.accounts[account_id], before, membership)

    def _forget_in(self, membership: Membership) -> None:
        account, organization = membership.account, membership.organization
        self.members[organization.id].pop(account.id, None)
        organization.delegated.pop(account.id, None)
        organization.backend.remove(account.id)

    def _membership_visible(self, _: str, old: Membership | None, new: Membership | None) -> None:
        if old:
            old.organization.members.remove(old.account.number)
            old.organization.members_of[old.parent].remove(old.account.number)
        if new:
            new.organization.members.add(new.account.number, new.account.id)
            new.organization.members_of[new.parent].add(new.account.number, new.account.id)

    def _handshake_visible(self, _: str, old: SimulatedHandshake | None, new: SimulatedHandshake | None) -> None:
        if old is None and new is not None:
            new.organization.sent.add(new.number, new.id)
            self.received[new.account.id].add(new.number, new.id)
