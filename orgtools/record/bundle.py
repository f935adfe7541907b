"""Writing the record: every file into a folder beside it, the seal, then the swap; never half a record."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import secrets
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from orgtools.assess import CATALOGUE
from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import InputError, RecordError
from orgtools.findings import Finding
from orgtools.ledger.events import canonical
from orgtools.record import summary
from orgtools.record.cells import head_of
from orgtools.record.concealing import conceal
from orgtools.record.fields import chained
from orgtools.record.levels import WORDS, Level, Redactor
from orgtools.record.notebooks import shareable_name, shareable_notebook
from orgtools.record.outcomes import AccountOutcome
from orgtools.record.page import render
from orgtools.record.picture import Picture, gather
from orgtools.record.sections import OWN_CHAIN, PROMISE, SAME_CHAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from orgtools.ledger import Event
    from orgtools.migration import Migration

FORMAT: Final = 2
"""The form of a record; a later form says another number."""
PAGE, LEDGER, PLAN, MANIFEST = "record.html", "ledger.jsonl", "plan.csv", "manifest.json"
OUTCOMES, FINDINGS, HANDSHAKES, NOTEBOOKS = "outcomes.csv", "findings.csv", "handshakes.csv", "notebooks"

_TRIES: Final = 5
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was written.

    Attributes:
        folder: where it lies.
        page: the HTML page.
        level: who it is for.
        headline: what came of the migration, one sentence.
        events: how many events its ledger has, the seal included.
        head: the hash of the last of them.
        sizes: bytes of each file, by its path inside the folder.
        manifest_sha256: the one figure to keep where nobody who could rewrite the record can reach it.
    """

    folder: Path
    page: Path
    level: Level
    headline: str
    events: int
    head: str
    sizes: Mapping[str, int]
    manifest_sha256: str

    def __str__(self) -> str:
        """Where it lies and what to keep."""
        return (
            f"{self.headline} The record ({self.level}) is in {self.folder}: {len(self.sizes)} files, {self.events} "
            "events. "
            f"Keep the SHA-256 of its {MANIFEST} elsewhere: {self.manifest_sha256}"
        )


def write(migration: Migration, *, notebooks: Path | None = None, level: Level | str = Level.INTERNAL) -> Record:
    """Write the run's record into ``record/`` of the run folder, replacing an earlier one as a whole.

    Observes both organizations, changes nothing at AWS, and seals the ledger: its last event then carries the count of
    the events before it and the SHA-256 of every other file. Credentials and full e-mail addresses are in no file.

    Args:
        migration: the run.
        notebooks: a folder with executed notebooks (``*.ipynb``) to put in, without widgets and their state.
        level: who it is for: ``internal``, ``partner`` or ``public``; see `Level`. Where a level changes what an event
            says, the record's ledger has a chain of its own, and its seal names the head of the run's own ledger.

    Raises:
        RefusedError: one of the organizations cannot be observed.
        InputError: accounts.csv cannot be read, or there is no such level.
        RecordError: a notebook cannot be read, the disk refuses, or other notebooks keep writing to the ledger.
        OrgtoolsError: another notebook or command is writing the record.
    """
    level = _level(level)
    with migration.exclusive("record"), _replacing(migration.folder / "record") as folder:
        for _ in range(_TRIES):
            observed = gather(migration)
            redactor = Redactor(level, observed.names)
            picture = conceal(observed, redactor)
            files = _contents(picture, level) | _notebooks(notebooks, redactor)
            vouched = {"level": level.value, **_vouched(picture, files)}
            sealed = migration.ledger.seal(len(picture.events), **vouched)
            if sealed:
                break
        else:
            raise RecordError(
                "Other notebooks keep writing to the ledger.",
                next_step="Wait until their steps have ended, then write the record again.",
            )
        events = (*picture.events, _closing(picture, sealed))
        files |= {LEDGER: "".join(canonical(event.as_json()) + "\n" for event in events)}
        manifest = json.dumps(_manifest(picture, level, events, files), indent=2, ensure_ascii=False) + "\n"
        for name, content in (files | {MANIFEST: manifest}).items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="")
    place = migration.folder / "record"
    return Record(
        folder=place,
        page=place / PAGE,
        level=level,
        headline=summary.headline(picture),
        events=len(events),
        head=events[-1].hash,
        sizes={name: len(content.encode()) for name, content in (files | {MANIFEST: manifest}).items()},
        manifest_sha256=sha256(manifest),
    )


def _level(level: str) -> Level:
    try:
        return Level(level)
    except ValueError as error:
        raise InputError(
            f"There is no level {level!r} for a record.", next_step=f"Name one of {', '.join(Level)}."
        ) from error


def _closing(picture: Picture, sealed: Event) -> Event:
    """The seal as the record's ledger ends with it: the run's own, or one more link of the record's own chain."""
    if head_of(picture.events) == picture.head:
        return sealed
    data = {**sealed.data, "original_head": picture.head}
    return chained([replace(sealed, data=data)], head_of(picture.events))[0]


def cell(value: object) -> str:
    """A value as a cell of a CSV file: masked, and never a formula to a spreadsheet."""
    shown = mask_secrets(str(value))
    return f"'{shown}" if shown.startswith(_FORMULA) else shown


def sha256(content: str) -> str:
    """The SHA-256 of a file of the record."""
    return hashlib.sha256(content.encode()).hexdigest()


def _contents(picture: Picture, level: Level) -> dict[str, str]:
    """The files that the seal vouches for, by name."""
    plan = io.StringIO()
    picture.plan.write_to(plan)
    findings = (
        {"title": CATALOGUE[finding.check].title if finding.check in CATALOGUE else ""} | finding.as_json()
        for finding in picture.findings
    )
    columns = [field.name for field in fields(Finding)]
    handshakes = picture.handshakes
    return {
        PAGE: render(picture, level),
        PLAN: plan.getvalue(),
        OUTCOMES: _csv([field.name for field in fields(AccountOutcome)], map(asdict, picture.outcomes)),
        FINDINGS: _csv([*columns, "title"], findings),
        HANDSHAKES: _csv(list(handshakes.columns), handshakes.to_dict("records")),
    }


def _csv(columns: Sequence[str], rows: Iterable[Mapping[Any, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell("" if row[name] is None else row[name]) for name in columns] for row in rows)
    return text.getvalue()


def _notebooks(folder: Path | None, redactor: Redactor) -> dict[str, str]:
    found = sorted(folder.glob("*.ipynb")) if folder else []
    return {f"{NOTEBOOKS}/{shareable_name(path, redactor)}": shareable_notebook(path, redactor) for path in found}


def _vouched(picture: Picture, files: Mapping[str, str]) -> dict[str, object]:
    """What the seal carries beside the count: the plan's digest, and the SHA-256 of every file but the ledger."""
    return {
        "plan": picture.plan.digest,
        "files": {name: sha256(content) for name, content in files.items()},
    }


def _manifest(picture: Picture, level: Level, events: Sequence[Event], files: Mapping[str, str]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "orgtools": version("orgtools"),
        "written_at": events[-1].at.isoformat(),
        "level": level.value,
        "shows": WORDS[level],
        "events": len(events),
        "head": events[-1].hash,
        "original_head": picture.head,
        "chain": OWN_CHAIN if head_of(picture.events) != picture.head else SAME_CHAIN,
        "promise": PROMISE,
        "files": {
            name: {"sha256": sha256(content), "bytes": len(content.encode())} for name, content in sorted(files.items())
        },
    }


@contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    """A new folder that takes the place of another once it is complete; after a failure the old one still stands."""
    token = secrets.token_hex(4)
    fresh, old = place.with_name(f".{place.name}-{token}.new"), place.with_name(f".{place.name}-{token}.old")
    try:
        fresh.mkdir()
        yield fresh
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    except OSError as error:
        if old.exists() and not place.exists():
            old.rename(place)
        raise RecordError(
            f"{place} cannot be written: {error}.", next_step="Make room, then write it again."
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
