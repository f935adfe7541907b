"""Which tasks an assessment has, and what it finds without any."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from orgtools.assess.catalogue import CATALOGUE, Brief, Check, Reports, SnapshotContext, Where
from orgtools.assess.checks.access import ENTRANCE, arrived
from orgtools.assess.checks.regions import ENABLED, LISTED, REGIONS, names
from orgtools.assess.run.other_accounts import OTHERS, naming_checks, staying_accounts
from orgtools.assess.run.tasks import Task, blind, by_its_owner, concerned, look, not_seen
from orgtools.aws.model import Identity
from orgtools.aws.read import control_tower
from orgtools.aws.read.read_only import ReadOnlyAccess
from orgtools.aws.read.reader import SideReader
from orgtools.exceptions import RefusedError
from orgtools.findings import Finding
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot

_SIDES: Final[tuple[Where, ...]] = ("source", "destination")


@dataclass
class TaskFactory:
    """The tasks of one assessment: from above, with the management accounts' credentials, and inside accounts.

    Attributes:
        migration: the run.
        catalogue: the checks to make.
        chosen: the accounts to look at.
        wave: these and those that were looked at before, for arithmetic over all of them.
        snapshot: both organizations.
        entered: the chosen accounts that are looked into.
        elsewhere: the source's other accounts that are looked into, if migration.toml asks for it.
        regional: the ids of the checks that look into each region of an account.
    """

    migration: Migration
    catalogue: Sequence[Check]
    chosen: Sequence[PlannedAccount]
    wave: Sequence[PlannedAccount]
    snapshot: Snapshot
    _enabled: dict[Where, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings, source, destination = self.migration.settings, self.snapshot.source, self.snapshot.destination
        self._blinded = [check for check in self.catalogue if check.read and blind(check, self.snapshot)]
        reads = [
            check
            for check in self.catalogue
            if check.read and check not in self._blinded and not (source.seen and check.answers)
        ]
        inside = sorted((check for check in reads if check.needs_member), key=lambda check: check.id != ENTRANCE)
        self._inside = [check.id for check in inside if not check.regional]
        self.regional = [check.id for check in inside if check.regional]
        self._from_above = [check for check in reads if not check.needs_member]
        self._strays = [
            one for one in self.chosen if one.account_id not in source.accounts.keys() | destination.accounts.keys()
        ]
        self._coming = [one for one in self.chosen if one.account_id not in destination.accounts]
        # An account that its owner enters is closed to this run: each check says so, without a call.
        self._closed = [one for one in self._coming if settings.access.by_its_owner(one.account_id)]
        self.entered = [one for one in self._coming if one not in self._closed]
        self.elsewhere: tuple[PlannedAccount, ...] = ()
        if settings.assess.others and any(check.id == OTHERS for check in self.catalogue):
            self.elsewhere = staying_accounts(self.snapshot, [one.account_id for one in self.wave])
        self._brief = Brief(
            source.identity,
            destination.identity,
            source.root.id,
            destination.root.id,
            settings.access.role,
            self._landing_zone() if any(check.id == "D10" for check in self.catalogue) else None,
            settings.assess.regions,
            settings.control_tower.config_allowed,
            taken_at=self.snapshot.taken_at,
        )
        self._assessment = uuid.uuid4().hex

    def _landing_zone(self) -> bool | None:
        region = self.migration.settings.control_tower.destination_region
        try:
            return bool(control_tower.landing_zones(self.migration.destination.access, region))
        except RefusedError:
            return None  # D10 says so where it matters

    def above(self) -> list[Task]:
        """The tasks from above: each list of an organization is read once for all accounts.

        By region, and by subject: checks of one subject share what they read. Of an account that neither organization
        holds only the destination can tell something: where there is one, the checks that need the source are apart.
        """
        portions: dict[tuple[str, str, bool], list[str]] = {}
        for check in self._from_above:
            for region in self._regions_above(check):
                apart = bool(self._strays) and check.needs_source
                portions.setdefault((region, check.subject, apart), []).append(check.id)
        return [self._task_above(region, checks) for (region, *_), checks in portions.items()]

    def _regions_above(self, check: Check) -> tuple[str, ...]:
        """Where a check looks from above: E19.management says what that leaves out."""
        if not check.regional:
            return ("",)
        narrowed = self.migration.settings.assess.regions
        return narrowed or tuple(sorted({name for side in check.where for name in self._enabled_above(side)}))

    def _enabled_above(self, side: Where) -> tuple[str, ...]:
        if side not in self._enabled:
            organization = self.migration.source if side == "source" else self.migration.destination
            try:
                self._enabled[side] = names(SideReader(organization.access).pages(*LISTED, **ENABLED))
            except RefusedError:
                self._enabled[side] = ("",)  # E19.management says so
        return self._enabled[side]

    def _task_above(self, region: str, checks: Iterable[str]) -> Task:
        source, destination = self.snapshot.source, self.snapshot.destination
        sides = [side for side in _SIDES if any(side in CATALOGUE[name].where for name in checks)]
        accounts = tuple(
            account
            for account in self.chosen
            if account.account_id in source.accounts
            or not ("source" in sides or account.account_id in destination.accounts)
        )
        accesses = tuple((side, self.migration.vantage(side, region=region)) for side in sides)
        seconds = self.migration.settings.assess.seconds * (1 + len(accounts) // 100)
        seen = replace(self.snapshot, assessed=replace(self.snapshot.assessed, findings={}))
        return Task(accounts, accesses, tuple(checks), self._brief, seconds, region, seen, self._assessment)

    def first(self, account: PlannedAccount) -> Task:
        """The task that enters a chosen account: its global checks; it says which regions are enabled."""
        return self._within(account, "", self._inside)

    def following(self, account: PlannedAccount, regions: Iterable[str]) -> list[Task]:
        """The regional checks in a chosen account, one task for each region."""
        return [self._within(account, region, self.regional) for region in regions]

    def first_elsewhere(self, account: PlannedAccount) -> Task:
        """The task that enters another account of the source."""
        return self._outside(account, "", [REGIONS, *(check.id for check in naming_checks() if not check.regional)])

    def following_elsewhere(self, account: PlannedAccount, regions: Iterable[str]) -> list[Task]:
        """The regional checks in another account of the source, if there are any."""
        regional = [check.id for check in naming_checks() if check.regional]
        return [self._outside(account, region, regional) for region in regions if regional]

    def _within(self, account: PlannedAccount, region: str, checks: Iterable[str]) -> Task:
        """Where the source is not ours, the organization that an account leaves is the one that itself names."""
        account_id, source = account.account_id, self._brief.source
        told = None if self.snapshot.source.seen else self.snapshot.whereabouts(account_id)
        source = told if isinstance(told, Identity) else source
        brief = replace(self._brief, source=source, alone=self.snapshot.is_alone(account_id))
        return self._task_inside(account, self.migration.inside(account_id, region=region), checks, brief)

    def _outside(self, account: PlannedAccount, region: str, checks: Iterable[str]) -> Task:
        """The source's management account is entered already."""
        managed = account.account_id != self._brief.source.management_account_id
        inside = (account.account_id, self.migration.settings.access.role) if managed else ("", "")
        access = ReadOnlyAccess(self.migration.vantage("source").handle, *inside, region)
        return self._task_inside(account, access, checks, self._brief)

    def _task_inside(
        self, account: PlannedAccount, access: ReadOnlyAccess, checks: Iterable[str], brief: Brief
    ) -> Task:
        seconds = self.migration.settings.assess.seconds
        accesses: tuple[tuple[Where, ReadOnlyAccess], ...] = (("member", access),)
        return Task((account,), accesses, tuple(checks), brief, seconds, access.region, assessment=self._assessment)

    def found_without_tasks(self) -> list[Finding]:
        """What the snapshot tells, and what is unknown because nobody can look."""
        found, wave = list[Finding](), tuple(self.wave)
        free = [check for check in self.catalogue if check.look and not (self.elsewhere and check.id == OTHERS)]
        if self.chosen:
            context = SnapshotContext(self.chosen[0], self.snapshot, wave)
            found += [look(check, context) for check in free if check.concerns == "organization"]
        for account in self.chosen:
            context = SnapshotContext(account, self.snapshot, wave)
            found += [look(check, context) for check in free if check.concerns == "account"]
            if account.account_id in self.snapshot.destination.accounts:
                found.append(arrived(Reports(CATALOGUE[ENTRANCE]).on(account.account_id)))
        for check in self._blinded:
            found += [not_seen(check, account_id) for account_id in concerned(check, self._coming)]
        for check in self._from_above if self.snapshot.source.seen else ():
            outside = self._strays if check.needs_source and check.concerns == "account" else ()
            absent = Message("account-not-in-source")
            found += [Reports(check).on(one.account_id).info(absent) for one in outside]
        for account in self._closed:
            found += [by_its_owner(CATALOGUE[name], account.account_id) for name in (*self._inside, *self.regional)]
        return found
