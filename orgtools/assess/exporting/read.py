"""Exporting: reading what an account loses or may need again, while it is still in the source."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from orgtools.assess.checks.regions import ENABLED, LISTED, names
from orgtools.assess.exporting.files import Contact, Export, Gap, OrganizationExport, Share, keep
from orgtools.assess.exporting.identity_center import Directory
from orgtools.assess.permissions import EXPORTING
from orgtools.aws.model import Identity
from orgtools.aws.read.unknown_source import not_ours
from orgtools.aws.sessions.handles import entered
from orgtools.exceptions import OrganizationError, OrgtoolsError
from orgtools.ledger import Kind
from orgtools.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgtools.assess.catalogue import Where
    from orgtools.aws.model import Side
    from orgtools.aws.read.read_only import ReadOnlyAccess, ReadOnlyReader
    from orgtools.migration import Migration
    from orgtools.snapshot import Snapshot

_ALTERNATE: Final = ("BILLING", "OPERATIONS", "SECURITY")
_KINDS: Final = ("tags", "contact", "alternate_contacts", "delegations", "assignments")
_OF_SOURCE: Final = ("tags", "delegations", "assignments")
"""What the source's management account tells of an account."""
_ABSENT: Final = ("ResourceNotFoundException",)
_OWNERS: Final = {"owned": "SELF", "received": "OTHER-ACCOUNTS"}


@dataclass(frozen=True)
class Exported:
    """What an export wrote.

    Attributes:
        exports: one for each account that was in the source.
        organization: of the source as a whole.
        kept: ids of accounts that are not in the source any more; what was exported of them before stays as it is.
    """

    exports: tuple[Export, ...]
    organization: OrganizationExport
    kept: tuple[str, ...]

    @property
    def gaps(self) -> tuple[tuple[str, Gap], ...]:
        """What could not be read, with the account's id, or "" for the source as a whole."""
        return (
            *(("", gap) for gap in self.organization.gaps),
            *((export.account_id, gap) for export in self.exports for gap in export.gaps),
        )


def export(migration: Migration, accounts: Iterable[str] | None = None) -> Exported:
    """Write what each account loses or may need again into the run folder, under ``exports``. Changes nothing at AWS.

    Only accounts that are still in the source are read: what was exported of an account stays when it has moved. The
    ledger notes which accounts were exported and what could not be read, and nothing of what was.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; None takes the whole plan.

    Raises:
        InputError: an account is not in the plan.
        RefusedError: AWS refuses to show one of the organizations.
    """
    plan = migration.plan = migration.read_plan()
    chosen = [a.account_id for a in (plan.accounts if accounts is None else plan.select(accounts))]
    snapshot = migration.observe(chosen, asking=() if migration.source.seen else chosen)
    source = snapshot.source
    # Of a source that is not ours an account can still tell what itself sees.
    gone = snapshot.destination.accounts if not source.seen else chosen
    here = [account_id for account_id in chosen if account_id in source.accounts or account_id not in gone]
    parts = {account_id: _Parts() for account_id in here}
    whole = _Parts()
    settings = migration.settings
    with entered(migration.ways), ExitStack() as opened:
        # Shared by all accounts, so the time allowed for one is allowed for each.
        seconds = settings.assess.seconds * max(1, len(here))
        management = _management(migration, source, whole, opened, seconds) if source.seen else None
        if management is None:
            for part, kinds in ((whole, ("cost_tags",)), *((part, _OF_SOURCE) for part in parts.values())):
                part.gaps += [Gap(kind, not_ours().message) for kind in kinds]
        with ThreadPoolExecutor(settings.engine.workers, thread_name_prefix="export") as pool:
            tasks = [pool.submit(management.look, *part) for part in parts.items()] if management else []
            tasks += [pool.submit(_inside, migration, *part) for part in parts.items()]
            for task in tasks:
                task.result()
    written = Exported(
        tuple(parts[account_id].export(snapshot, account_id) for account_id in here),
        OrganizationExport(
            source.identity.organization_id, source.taken_at, whole.read.get("cost_tags"), tuple(whole.gaps)
        ),
        tuple(account_id for account_id in chosen if account_id not in here),
    )
    for one in written.exports:
        keep(migration.folder, one)
    keep(migration.folder, written.organization)
    unknown = [_unread(account_id, gap) for account_id, gap in written.gaps]
    migration.ledger.append(Kind.EXPORTED, accounts=here, unknown=[message.as_json() for message in unknown])
    return written


def _unread(account_id: str, gap: Gap) -> Message:
    """What could not be read of an account, or with "" of the source as a whole."""
    if account_id:
        return Message("export-gap", account=account_id, kind=gap.kind, why=gap.why)
    return Message("export-gap-of-source", kind=gap.kind, why=gap.why)


def _management(
    migration: Migration, source: Side, whole: _Parts, opened: ExitStack, seconds: float
) -> _ManagementAccount:
    """The source's management account, in every region; what it tells of the whole is read at once."""
    reader = opened.enter_context(_opened(migration.vantage("source"), "source", seconds))
    regions: tuple[str, ...] = ("",)
    with whole.gap("regions"):
        regions = _regions(migration, reader)
    readers = [
        opened.enter_context(_opened(migration.vantage("source", region=region), "source", seconds))
        for region in regions
    ]
    with whole.gap("cost_tags"):
        whole.read["cost_tags"] = _cost_tags(readers[0])
    return _ManagementAccount(readers[0], source.delegated_administrators, _directory(readers))


def _regions(migration: Migration, reader: ReadOnlyReader) -> tuple[str, ...]:
    """Those that migration.toml names, or all that are enabled where this reader is."""
    return migration.settings.assess.regions or names(reader.pages(*LISTED, **ENABLED))


@dataclass
class _Parts:
    """The parts of an export as they come in."""

    read: dict[str, Any] = field(default_factory=dict)
    shares: dict[str, tuple[Share, ...] | None] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)

    @contextmanager
    def gap(self, *kinds: str, region: str = "") -> Iterator[None]:
        """What cannot be read meanwhile becomes a gap in each of these kinds."""
        try:
            yield
        except OrgtoolsError as error:
            self.gaps += [Gap(kind, error.message, region) for kind in kinds]

    def export(self, snapshot: Snapshot, account_id: str) -> Export:
        """The whole, with None for what is missing; the name is empty where only the source could tell it."""
        source, told = snapshot.source, snapshot.whereabouts(account_id)
        return Export(
            account_id,
            told.organization_id if isinstance(told, Identity) else source.identity.organization_id,
            source.taken_at,
            source.accounts[account_id].name if account_id in source.accounts else "",
            source.path_of(account_id) or "",
            **{kind: self.read.get(kind) for kind in _KINDS},
            shares=self.shares,
            gaps=tuple(self.gaps),
        )


@contextmanager
def _opened(access: ReadOnlyAccess, side: Where, seconds: float) -> Iterator[ReadOnlyReader]:
    with access.opened(seconds=seconds) as reader, reader.only(EXPORTING[side]):
        yield reader


@dataclass(frozen=True)
class _ManagementAccount:
    """The source's management account: its reader, and its Identity Center or why that could not be looked into."""

    reader: ReadOnlyReader
    delegated: frozenset[str] | None
    directory: Directory | OrgtoolsError

    def look(self, account_id: str, part: _Parts) -> None:
        """What it sees of one account."""
        with part.gap("tags"):
            tags = self.reader.pages("organizations", "ListTagsForResource", "Tags", ResourceId=account_id)
            part.read["tags"] = {tag["Key"]: tag["Value"] for tag in tags}
        with part.gap("delegations"):
            part.read["delegations"] = self._delegations(account_id)
        with part.gap("assignments"):
            if isinstance(self.directory, OrgtoolsError):
                raise self.directory
            part.read["assignments"], unnamed = self.directory.assignments(account_id)
        if part.read.get("assignments") and unnamed:
            with part.gap("assignments.principal"):
                raise unnamed

    def _delegations(self, account_id: str) -> tuple[str, ...]:
        if self.delegated is None:
            raise OrganizationError(Message("export-delegations-unlisted"))
        if account_id not in self.delegated:
            return ()
        services = self.reader.pages(
            "organizations", "ListDelegatedServicesForAccount", "DelegatedServices", AccountId=account_id
        )
        return tuple(sorted(service["ServicePrincipal"] for service in services))


def _directory(readers: Iterable[ReadOnlyReader]) -> Directory | OrgtoolsError:
    try:
        return Directory(readers)
    except OrgtoolsError as error:
        return error


def _cost_tags(reader: ReadOnlyReader) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for tag in reader.pages("ce", "ListCostAllocationTags", "CostAllocationTags", Status="Active"):
        found.setdefault(tag["Type"], []).append(tag["TagKey"])
    return {kind: tuple(sorted(keys)) for kind, keys in sorted(found.items())}


def _inside(migration: Migration, account_id: str, part: _Parts) -> None:
    """What the account itself sees."""
    settings = migration.settings
    regions: tuple[str, ...] = ()
    part.shares[""] = None
    with part.gap("shares"), _opened(migration.inside(account_id), "member", settings.assess.seconds) as reader:
        regions = _regions(migration, reader)
        del part.shares[""]
    for region in regions:
        part.shares[region] = None
        with part.gap("shares", region=region):
            access = migration.inside(account_id, region=region)
            with _opened(access, "member", settings.assess.seconds) as reader:
                part.shares[region] = (*_shares(reader, "owned"), *_shares(reader, "received"))
    with (
        part.gap("contact", "alternate_contacts"),
        _opened(migration.inside(account_id), "member", settings.assess.seconds) as reader,
    ):
        _contacts(reader, part)


def _contacts(reader: ReadOnlyReader, part: _Parts) -> None:
    with part.gap("contact"):
        answer = reader.ask("account", "GetContactInformation", absent=_ABSENT)
        part.read["contact"] = dict(answer["ContactInformation"]) if answer else {}
    with part.gap("alternate_contacts"):
        answers = {
            kind: reader.ask("account", "GetAlternateContact", absent=_ABSENT, AlternateContactType=kind)
            for kind in _ALTERNATE
        }
        part.read["alternate_contacts"] = {
            kind: Contact(held["Name"], held["Title"], held["EmailAddress"], held["PhoneNumber"])
            for kind, answer in answers.items()
            if answer and (held := answer["AlternateContact"])
        }


def _shares(reader: ReadOnlyReader, direction: Literal["owned", "received"]) -> Iterator[Share]:
    owner = _OWNERS[direction]
    shares = {
        share["resourceShareArn"]: share
        for share in reader.pages("ram", "GetResourceShares", "resourceShares", resourceOwner=owner)
        if share["status"] == "ACTIVE"
    }
    if not shares:
        return
    entities: dict[tuple[str, str], set[str]] = {}
    if direction == "owned":
        for kind in ("PRINCIPAL", "RESOURCE"):
            for held in reader.pages(
                "ram",
                "GetResourceShareAssociations",
                "resourceShareAssociations",
                associationType=kind,
                resourceShareArns=list(shares),
            ):
                if held["status"] == "ASSOCIATED":
                    entities.setdefault((held["resourceShareArn"], kind), set()).add(held["associatedEntity"])
    else:  # only the owner may list associations
        for resource in reader.pages("ram", "ListResources", "resources", resourceOwner=owner):
            entities.setdefault((resource["resourceShareArn"], "RESOURCE"), set()).add(resource["arn"])
    for arn, share in sorted(shares.items()):
        yield Share(
            arn,
            share["name"],
            direction,
            share["owningAccountId"],
            bool(share.get("allowExternalPrincipals")),
            tuple(sorted(entities.get((arn, "RESOURCE"), ()))),
            tuple(sorted(entities.get((arn, "PRINCIPAL"), ()))),
        )
