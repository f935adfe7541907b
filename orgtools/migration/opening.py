"""Opening a run folder: its files are read, both organizations entered, and it is checked that all fits together."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from orgtools import mapping
from orgtools.exceptions import InputError, LedgerError, OrganizationError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.migration.run import Migration
from orgtools.person import person
from orgtools.plan import Plan
from orgtools.reading import all_of
from orgtools.settings import Settings
from orgtools.unmeant import told

RUN_VARIABLE: Final = "ORGTOOLS_RUN"
"""The environment variable that names the run folder where a notebook does not."""


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

    Nothing is changed at AWS. The ledger notes who opened the run. At the first time both organizations are listed: the
    plan is held against them, and the ledger notes where every account was. Later each look of a step does the first.

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
    sides: dict[str, Any] = {
        "source": {"organization": source.organization_id, "caller": source.caller_arn},
        "destination": {"organization": destination.organization_id, "caller": destination.caller_arn},
    }
    if migration.ledger.last(Kind.BASELINE) is None:
        snapshot = migration.observe()
        migration.check_plan(snapshot)
        migration.ledger.append(
            Kind.BASELINE,
            run=str(uuid4()),  # the event's hash names the run: no two may begin with the same event
            accounts={
                account_id: (name, side.path_of(account_id))
                for name, side in (("source", snapshot.source), ("destination", snapshot.destination))
                for account_id in side.accounts
            },
            units={
                name: {unit.id: unit.path for unit in side.units.values()}
                for name, side in (("source", snapshot.source), ("destination", snapshot.destination))
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
