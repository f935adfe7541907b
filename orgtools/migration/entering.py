"""How a run enters both organizations and the accounts of its plan: with whose credentials, from any process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from orgtools import mapping, places
from orgtools.aws.calls.rate_limits import Pacer, Rate
from orgtools.aws.clock import Clock
from orgtools.aws.read.member import Member, look
from orgtools.aws.read.organization import Organization
from orgtools.aws.read.read_only import ReadOnlyAccess
from orgtools.aws.read.unknown_source import Unseen
from orgtools.aws.sessions.handles import AccessHandle
from orgtools.aws.sessions.identity_center import Login, Portal
from orgtools.aws.sessions.pool import Access
from orgtools.exceptions import CredentialsError, InputError, RefusedError
from orgtools.messages import Message
from orgtools.plan import Plan
from orgtools.reading import all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgtools.aws.model import Entry, Identity
    from orgtools.aws.sessions.credentials import Entrance
    from orgtools.settings import Settings


class Entered:
    """Both organizations of a run, its plan, and the ways into the accounts of that; nothing is called yet."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Read the plan, then find the credentials of both sides."""
        self.folder = folder
        self.settings = settings
        self.clock = Clock()
        self.plan = self.read_files()
        places.check(folder)
        self._portals: dict[Login, Portal] = {}
        self._own: dict[Entrance, Access] = {}
        self._entering = Lock()
        with ExitStack() as opened:
            self._pacer = Pacer(
                speed=settings.rates.speed,
                overrides={name: Rate(*rate) for name, rate in settings.rates.operations.items()},
            )
            opened.callback(self._pacer.close)
            source = Organization(self._access("source", settings.source), self.clock) if settings.source else None
            self.destination = Organization(self._access("destination", settings.destination), self.clock)
            self.source = source or Unseen(self.destination.identity.partition, self.clock)
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the run's files."""
        self._opened.close()

    def _access(self, name: str, entrance: Entrance) -> Access:
        return Access(name, entrance, run=self.settings.name, pacer=self._pacer, clock=self.clock)

    def seconds(self, operation: str, count: int) -> float:
        """How long so many calls of an operation take at the rates, when nothing else was called before."""
        return self._pacer.seconds(operation, count)

    def read_files(self) -> Plan:
        """The plan as accounts.csv says it now; assignments.csv is read with it where assignments are brought back.

        Raises:
            InputError: as `read_plan` does, or assignments.csv says what cannot be meant; of both all is told at once.
        """
        if not self.settings.restore.assignments:
            return self.read_plan()
        plan: Plan
        plan, _ = all_of(self.read_plan, lambda: mapping.Mapping.read(self.folder / mapping.FILE))
        return plan

    def read_plan(self) -> Plan:
        """The plan as accounts.csv says it now.

        Raises:
            InputError: the file says what cannot be meant, or migration.toml names accounts that are not in it.
        """
        plan = Plan.read(self.folder / "accounts.csv", self.settings.destination.landing_ou)
        unplanned = self.settings.unplanned(plan.by_id)
        if unplanned:
            raise InputError(Message("settings-unplanned", findings=list(unplanned)))
        return plan

    def member(self, account_id: str, through: Literal["source", "destination"] | None = None) -> Member:
        """A planned account, entered with the role of ``[access]``.

        Args:
            account_id: the account.
            through: whose credentials assume the role; None as ``[access]`` says.

        Raises:
            InputError: the account is not in the plan.
            CredentialsError: nobody of the run enters it, because its owner accepts; or the credentials that are named
                for it cannot be used.
            RefusedError: it is to be entered through the source, which is not ours.
        """
        self.plan.select([account_id])
        access = self.settings.access
        via = through or access.of(account_id)
        login = self._login
        if via == "identity-center" and login is not None:
            side = self.source if self.source.seen else self.destination
            portal = self._portals.setdefault(login, Portal(side.access, login))
            return Member(portal, account_id, login.permission_set)
        if via in ("source", "destination"):
            side = self.source if via == "source" else self.destination
            return Member(side.access, account_id, access.role)
        return Member(self._entered(account_id), account_id, access.role)

    def _entered(self, account_id: str) -> Access:
        """The credentials that ``[access]`` names for an account; they are entered once."""
        entrance = self._named(account_id)
        with self._entering:
            if entrance not in self._own:
                self._own[entrance] = self._access("access", entrance)
            return self._own[entrance]

    def _named(self, account_id: str) -> Entrance:
        entrance = self.settings.access.own(account_id, self.settings.destination.profile)
        if entrance is None:
            raise CredentialsError(Message("owner-accepts", account=account_id), account_id=account_id)
        return entrance

    @property
    def _login(self) -> Login | None:
        named = self.settings.access.identity_center
        if named is None:
            return None
        return Login(named.profile, named.permission_set, self.folder / Path(named.cache).expanduser())

    def entry(self, account_id: str) -> Entry:
        """How a planned account can be entered just now, from each side.

        Raises:
            InputError: the account is not in the plan.
        """
        source = self.member(account_id, "source") if self.source.seen else None
        return look(source, self.member(account_id, "destination"))

    def whereabouts(self, accounts: Iterable[str]) -> Mapping[str, Identity | None]:
        """What planned accounts themselves say of where they are; None: in no organization.

        Two calls for each at the most. One that cannot be entered, or does not answer, is left out: unknown.
        """

        def ask(account_id: str) -> Identity | None:
            return self.member(account_id).organization()

        found: dict[str, Identity | None] = {}
        with ThreadPoolExecutor(self.settings.engine.workers, thread_name_prefix="whereabouts") as pool:
            asked = {account_id: pool.submit(ask, account_id) for account_id in accounts}
            for account_id, answer in asked.items():
                with suppress(CredentialsError, RefusedError):
                    found[account_id] = answer.result()
        return found

    @cached_property
    def ways(self) -> Mapping[AccessHandle, Access]:
        """How the two sides are entered, as values that any process can open, with what they lead to here."""
        return {
            self._handle(side.name, side.access.entrance, side.identity.organization_id): side.access
            for side in (self.source, self.destination)
            if side.seen
        }

    def _handle(self, side: str, entrance: Entrance, organization_id: str) -> AccessHandle:
        return AccessHandle(
            side=side,
            entrance=entrance,
            run=self.settings.name,
            folder=self.folder,
            organization_id=organization_id,
            speed=self.settings.rates.speed,
            rates=tuple((name, Rate(*rate)) for name, rate in sorted(self.settings.rates.operations.items())),
        )

    def vantage(self, side: str, *, region: str = "") -> ReadOnlyAccess:
        """How a side's management account reads.

        Raises:
            RefusedError: it is the source, which is not ours.
        """
        organization = self.source if side == "source" else self.destination
        return ReadOnlyAccess(
            self._handle(side, organization.access.entrance, organization.identity.organization_id), "", "", region
        )

    def inside(self, account_id: str, *, region: str = "") -> ReadOnlyAccess:
        """How a planned account is read, as whoever ``[access]`` enters it as.

        Raises:
            InputError: the account is not in the plan.
            CredentialsError: nobody of the run enters it, because its owner accepts.
        """
        self.plan.select([account_id])
        access = self.settings.access
        via = access.of(account_id)
        login = self._login if via == "identity-center" else None
        if login or via in ("source", "destination"):
            seen = self.source.seen and not access.by_the_destination(account_id)
            return replace(
                self.vantage("source" if seen or via == "source" else "destination", region=region),
                account_id=account_id,
                role=access.role,
                login=login,
            )
        return ReadOnlyAccess(self._handle("access", self._named(account_id), ""), account_id, access.role, region)
