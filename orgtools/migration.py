"""What a notebook holds: both organizations, the plan and the ledger of one run."""

from __future__ import annotations

import os
import platform
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, Self
from uuid import uuid4

from filelock import FileLock, Timeout

from orgtools import mapping, places
from orgtools.aws.calls.rate_limits import Pacer, Rate
from orgtools.aws.clock import Clock
from orgtools.aws.read.member import Member, look
from orgtools.aws.read.organization import Organization
from orgtools.aws.read.read_only import Vantage
from orgtools.aws.read.unknown_source import Unseen
from orgtools.aws.sessions.handles import Way
from orgtools.aws.sessions.identity_center import Login, Portal
from orgtools.aws.sessions.pool import Access
from orgtools.budget import Budget
from orgtools.exceptions import (
    CredentialsError,
    InputError,
    LedgerError,
    OrganizationError,
    OrgtoolsError,
    RefusedError,
)
from orgtools.findings import Answer, Finding, Waiver
from orgtools.ledger import Kind, Ledger
from orgtools.messages import Message
from orgtools.person import person
from orgtools.plan import Plan
from orgtools.reading import all_of
from orgtools.replica import replica
from orgtools.settings import Settings
from orgtools.snapshot import Snapshot
from orgtools.unmeant import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from orgtools.aws.model import Entry, Identity, Side
    from orgtools.aws.sessions.credentials import Entrance

_INVITED_ALREADY: Final = "DuplicateHandshakeException"
_LOST: Final = ("tags", "assignments")
"""Parts of an export that AWS keeps nowhere once an account has gone: the organization held them for the account.

Contacts are attached to the account itself, whoever wrote them, and a share stays with its owner.
"""
RUN_VARIABLE: Final = "ORGTOOLS_RUN"
"""The environment variable that names the run folder where a notebook does not."""


class Migration:
    """One run: source, destination, plan and ledger. Made by `orgtools.open`.

    Attributes:
        seen: what `observe` saw last; good for names and for choosing, never for deciding.
    """

    seen: Snapshot

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Read the plan, then open both sides; `open_migration` checks that they fit."""
        self.folder = folder
        self.settings = settings
        self.clock = Clock()
        self.plan = self.read_files()
        places.check(folder)
        self._portals: dict[Login, Portal] = {}
        self._assessed: tuple[int, dict[str, tuple[Finding, ...]]] = (0, {})
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
            self.ledger = Ledger(folder / "ledger.sqlite", self.clock.now)
            opened.callback(self.ledger.close)
            self._opened = opened.pop_all()

    def _access(self, name: str, entrance: Entrance) -> Access:
        return Access(name, entrance, run=self.settings.name, pacer=self._pacer, clock=self.clock)

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
    def ways(self) -> Mapping[Way, Access]:
        """How the two sides are entered, as values that any process can open, with what they lead to here."""
        return {
            self._way(side.name, side.access.entrance, side.identity.organization_id): side.access
            for side in (self.source, self.destination)
            if side.seen
        }

    def _way(self, side: str, entrance: Entrance, organization_id: str) -> Way:
        return Way(
            side=side,
            entrance=entrance,
            run=self.settings.name,
            organization_id=organization_id,
            speed=self.settings.rates.speed,
            rates=tuple((name, Rate(*rate)) for name, rate in sorted(self.settings.rates.operations.items())),
        )

    def vantage(self, side: str, *, region: str = "") -> Vantage:
        """The eyes of a side's management account.

        Raises:
            RefusedError: it is the source, which is not ours.
        """
        organization = self.source if side == "source" else self.destination
        return Vantage(
            self._way(side, organization.access.entrance, organization.identity.organization_id), "", "", region
        )

    def inside(self, account_id: str, *, region: str = "") -> Vantage:
        """The eyes, in a planned account, of whoever ``[access]`` enters it as.

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
        return Vantage(self._way("access", self._named(account_id), ""), account_id, access.role, region)

    def observe(self, asking: Iterable[str] = ()) -> Snapshot:
        """Read both organizations in bulk; the four moves begin and end here.

        Args:
            asking: planned accounts that are asked themselves where they are, as far as neither organization holds
                them; where both could be seen, each such account of the plan is.

        Raises:
            RefusedError: one side's tree, accounts or handshakes cannot be listed.
        """
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(self.source.observe, inviting=False)
            destination = self.destination.observe(inviting=True)
            source = reading.result()
        destination = destination.addressed((*source.accounts.values(), *destination.accounts.values()))
        destination, unseen = self._seen_by_members(destination)
        held = source.accounts.keys() | destination.accounts.keys()
        onward, homeward = self._meant("leave"), self._meant("leave-back")
        # Where both organizations were seen, one that neither holds may be anybody's, or stand-alone: it is asked.
        strays = self.plan.by_id.keys() - onward.keys() - homeward.keys() if source.seen else set[str]()
        self.seen = Snapshot(
            source=source,
            destination=destination,
            taken_at=max(source.taken_at, destination.taken_at),
            budget=Budget.of(destination, self.settings.quotas.accounts),
            assessment=self.assessment(),
            waivers=self.waivers(),
            answers=self.answers(),
            left=frozenset(onward | homeward),
            returning=frozenset(who for who, number in homeward.items() if number > onward.get(who, 0)),
            notes=self.settings.invitation.notes,
            replica=replica(self.plan, source, destination, self.settings.place.replicate_below),
            handover=self.settings.handover,
            governing=self.settings.control_tower,
            access_role=self.settings.access.role,
            planned=frozenset(self.plan.by_id),
            unenrolled=frozenset(self._meant("unenroll")),
            access=self.settings.access,
            leaving=self.settings.leave,
            invited_somehow=unseen,
            exported=self._exported(),
            told=self.whereabouts(strays - held | set(asking) - held),
            unknown=source.unknown + destination.unknown,
        )
        return self.seen

    def _exported(self) -> frozenset[str]:
        """The accounts of which the newest export has what they lose, without a gap."""
        found = set[str]()
        for event in self.ledger.events(Kind.EXPORTED):
            unread = [Message.from_json(gap).facts for gap in event.data["unknown"]]
            gaps = {str(facts.get("account")) for facts in unread if facts["kind"] in _LOST}
            found = (found - gaps) | (set(event.data["accounts"]) - gaps)
        return frozenset(found)

    def _seen_by_members(self, destination: Side) -> tuple[Side, frozenset[str]]:
        """The destination with the invitations by e-mail that are to accounts of which AWS said: invited already.

        An address that is in no list any more, or not yet, tells nothing; the account itself sees the handshake's id.
        """
        if not destination.unmatched:
            return destination, frozenset()
        told = {event.account_id: event.data for event in self.ledger.events(Kind.OUTCOME, step="invite")}
        names, unseen = dict[str, str](), set[str]()
        for account_id, answer in told.items():
            if answer.get("refused") != _INVITED_ALREADY or account_id not in self.plan.by_id:
                continue
            try:
                names |= {seen.id: account_id for seen in self.member(account_id).received_handshakes()}
            except (CredentialsError, RefusedError):
                unseen.add(account_id)
        named = tuple(
            replace(sent, account_id=names[sent.id]) if sent in destination.unmatched and sent.id in names else sent
            for sent in destination.handshakes
        )
        return replace(destination, handshakes=named), frozenset(unseen)

    def assessment(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings of the newest assessment of each account, by account id; key "" for the organizations."""
        read, newest = self._assessed  # a step looks several times, and findings are many
        for event in self.ledger.events(Kind.ASSESSED, after=read):
            found: dict[str, list[Finding]] = {account_id: [] for account_id in event.data["accounts"]}
            for held in event.data["findings"]:
                finding = Finding.from_json(held)
                found.setdefault(finding.account_id, []).append(finding)
            made = event.data.get("checks")  # not all were made: what the others found last still counts
            for account_id, findings in found.items():
                kept = () if made is None else (f for f in newest.get(account_id, ()) if f.check not in made)
                newest = newest | {account_id: (*kept, *findings)}
            read = event.number
        self._assessed = read, newest
        return MappingProxyType(newest)

    def waivers(self) -> dict[tuple[str, str], Waiver]:
        """What somebody accepts although a check finds it, by account id and check; the newest word counts."""
        told = self.ledger.events(Kind.WAIVED)
        return {(event.account_id, event.data["check"]): Waiver.told(event.data) for event in told}

    def answers(self) -> dict[tuple[str, str], Answer]:
        """What was answered to questions that no API answers, by account id and check; the newest word counts."""
        return {
            (event.account_id, event.data["check"]): Answer(event.data["answer"], event.data["by"], event.at)
            for event in self.ledger.events(Kind.ANSWERED)
        }

    def _meant(self, step: str) -> dict[str, int]:
        """Accounts for which this run made a step's call, or meant to, and the number of the newest such event."""
        return {event.account_id: event.number for event in self.ledger.events(Kind.INTENDED, step=step)}

    def baseline(self) -> Mapping[str, tuple[str, str]]:
        """Where every account was when the run began: side ("source" or "destination") and path, by account id."""
        event = next(self.ledger.events(Kind.BASELINE), None)  # two notebooks may have begun at once
        return (
            {account_id: (where[0], where[1]) for account_id, where in event.data["accounts"].items()} if event else {}
        )

    @contextmanager
    def exclusive(self, step: str) -> Iterator[None]:
        """Hold the run's lock of a step: two notebooks never perform the same step at once.

        Raises:
            OrgtoolsError: another notebook or command holds it.
        """
        lock = FileLock(self.folder / f".{step}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise OrgtoolsError(Message("step-is-performed", step=step)) from error
        except OSError as error:
            raise InputError(Message("lock-refused", path=str(self.folder), step=step, words=error.strerror)) from error
        try:
            yield
        finally:
            lock.release()

    def close(self) -> None:
        """Close the run's files."""
        self._opened.close()

    def __enter__(self) -> Self:
        """Use as a context manager closes the run's files at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the run's files."""
        self.close()


def run_folder(folder: str | os.PathLike[str] = "") -> Path:
    """The run folder: the one named, else that of ORGTOOLS_RUN, else the current one.

    Raises:
        InputError: what is named cannot be a folder.
    """
    named = os.environ.get(RUN_VARIABLE) or "." if folder in ("", None) else folder
    try:
        return Path(named).expanduser().resolve()
    except (TypeError, ValueError, RuntimeError) as error:  # no text, a null byte, the home of nobody
        raise InputError(Message("run-folder-impossible", given=told(named))) from error


def open_migration(folder: str | os.PathLike[str] = "") -> Migration:
    """Open a run folder: read migration.toml and accounts.csv, enter both organizations, check that all fits.

    Nothing is changed at AWS. The ledger notes who opened the run, and at the first time where every account was.

    Args:
        folder: the run folder; empty takes the environment variable ORGTOOLS_RUN, else the current folder.

    Raises:
        InputError: the folder cannot be one, or a file says something that cannot be meant; every row concerned is
            named.
        CredentialsError: credentials are missing, wrong or expired.
        OrganizationError: a side's credentials are not of its management account, both sides are the same
            organization, or their partitions differ.
        RefusedError: AWS refuses to show one of the organizations.
        LedgerError: the folder's ledger was edited, or is of a run between other organizations.
    """
    path = run_folder(folder)
    migration = Migration(path, _settings(path))
    try:
        _check_and_note(migration)
    except BaseException:
        migration.close()
        raise
    return migration


def _settings(folder: Path) -> Settings:
    """What migration.toml says; where it is wrong, what is wrong with the other files is told with it."""
    file = folder / "migration.toml"
    try:
        return Settings.read(file)
    except InputError:
        if file.exists():
            all_of(
                lambda: Settings.read(file),
                lambda: Plan.read(folder / "accounts.csv"),
                lambda: mapping.Mapping.read(folder / mapping.FILE),
            )
        raise


def _check_and_note(migration: Migration) -> None:
    source, destination = migration.source.identity, migration.destination.identity
    # A source that is not ours has the destination's partition and no organization id: it differs from the destination.
    if source.partition != destination.partition:
        raise OrganizationError(
            Message("partitions-differ", partition=source.partition, partitions=[destination.partition])
        )
    if source.organization_id == destination.organization_id:
        raise OrganizationError(Message("organizations-are-one", organization=source.organization_id))
    _check_ledger(migration)
    snapshot = migration.observe()
    problems = migration.plan.problems(snapshot.source, snapshot.destination, snapshot.coming)
    if problems:
        raise InputError(Message("file-wrong", path="accounts.csv", findings=list(problems)))
    sides: dict[str, Any] = {
        "source": {"organization": source.organization_id, "caller": source.caller_arn},
        "destination": {"organization": destination.organization_id, "caller": destination.caller_arn},
    }
    if migration.ledger.last(Kind.BASELINE) is None:
        migration.ledger.append(
            Kind.BASELINE,
            run=str(uuid4()),  # the event's hash names the run: no two may begin with the same event
            accounts={
                account_id: (name, side.path_of(account_id))
                for name, side in (("source", snapshot.source), ("destination", snapshot.destination))
                for account_id in side.accounts
            },
            **sides,
        )
    migration.ledger.append(
        Kind.OPENED,
        by=person(),
        machine_time=datetime.now(UTC).isoformat(timespec="seconds"),
        plan=migration.plan.digest,
        **sides,
        versions={"python": platform.python_version()}
        | {name: version(name) for name in ("orgtools", "boto3", "botocore")},
    )


def _check_ledger(migration: Migration) -> None:
    """What an earlier run did between other organizations says nothing of these.

    So is a run whose source is not ours: where everything was when it began would be missing, or would not be.

    Raises:
        LedgerError: the ledger is of a run between other organizations.
    """
    events = migration.ledger.events(Kind.BASELINE, Kind.OPENED)
    began = next((event.data for event in events if "source" in event.data), None)
    if began is None:
        return
    held = began["source"]["organization"], began["destination"]["organization"]
    now = migration.source.identity.organization_id, migration.destination.identity.organization_id
    if held != now:
        raise LedgerError(
            Message(
                "ledger-of-another-run" if all((*held, *now)) else "ledger-of-another-start",
                path=str(migration.ledger.path),
                why=_led(*held),
                change=_led(*now),
            )
        )


def _led(source: str, destination: str) -> Message:
    if source:
        return Message("from-to", organization=source, organizations=[destination])
    return Message("from-elsewhere-to", organizations=[destination])
