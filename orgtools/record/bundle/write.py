"""Writing the record: every file into a folder beside it, the seal, then the swap; never half a record."""

from __future__ import annotations

import secrets
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools import html
from orgtools.exceptions import InputError, RecordError
from orgtools.messages import Message, sentences, told
from orgtools.private import private_folder, write_private
from orgtools.record.bundle import signing
from orgtools.record.bundle.contents import complete, contents, sha256, vouched
from orgtools.record.bundle.files import MANIFEST, NOTEBOOKS, PAGE, SIGNATURE
from orgtools.record.bundle.notebooks import shareable_name, shareable_notebook
from orgtools.record.model.run_data import gather
from orgtools.record.redact.conceal import conceal
from orgtools.record.redact.levels import Level, Redactor
from orgtools.record.render import summary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from orgtools.migration import Migration

_TRIES: Final = 5


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
        signature: the signature of the manifest, or None.
    """

    folder: Path
    page: Path
    level: Level
    headline: Message
    events: int
    head: str
    sizes: Mapping[str, int]
    manifest_sha256: str
    signature: Path | None

    def __str__(self) -> str:
        """What came of the migration, where the record lies, and what to keep."""
        return sentences(map(told, (self.headline, self._written)))

    def _repr_html_(self) -> str:
        """In a notebook: the same, one sentence a line (IPython calls this hook)."""
        return str(html.render("written", headline=self.headline, written=self._written))

    @property
    def _written(self) -> Message:
        return Message(
            "record-written-and-signed" if self.signature else "record-written",
            level=self.level.value,
            path=str(self.folder),
            files=len(self.sizes),
            count=self.events,
            digest=self.manifest_sha256,
        )


def write(
    migration: Migration,
    *,
    notebooks: Path | None = None,
    level: Level | str = Level.INTERNAL,
    sign: Path | None = None,
) -> Record:
    """Write the run's record into ``record/`` of the run folder, replacing an earlier one as a whole.

    Observes both organizations, changes nothing at AWS, and seals the ledger: its last event then carries the count of
    the events before it and the SHA-256 of every other file. Credentials and full e-mail addresses are in no file.

    Args:
        migration: the run.
        notebooks: a folder with executed notebooks (``*.ipynb``) to put in, without widgets and their state.
        level: who it is for: ``internal``, ``partner`` or ``public``; see `Level`. Where a level changes what an event
            says, the record's ledger has a chain of its own, and its seal names the head of the run's own ledger.
        sign: an SSH private key (or the public one of a key in ssh-agent) to sign the manifest with.

    Raises:
        RefusedError: one of the organizations cannot be observed.
        InputError: accounts.csv cannot be read, or there is no such level.
        RecordError: a notebook cannot be read, the disk refuses, ssh-keygen does not sign, or other notebooks keep
            writing to the ledger.
        OrgtoolsError: another notebook or command is writing the record.
    """
    level = _level(level)
    if sign:
        signing.check_key(sign)
    with migration.exclusive("record"), _replacing(migration.folder / "record") as folder:
        for _ in range(_TRIES):
            observed = gather(migration)
            redactor = Redactor(level)
            picture = conceal(observed, redactor)
            files = contents(picture, level) | _notebooks(notebooks, redactor)
            sealed = migration.ledger.seal(len(picture.events), **vouched(picture, level, files))
            if sealed:
                break
        else:
            raise RecordError(Message("record-ledger-busy"))
        files, events = complete(picture, level, files, sealed)
        for name, content in files.items():
            path = folder / name
            write_private(private_folder(path.parent) / path.name, content.encode())
        if sign:
            signing.sign(folder, sign)
    place = migration.folder / "record"
    return Record(
        folder=place,
        page=place / PAGE,
        level=level,
        headline=summary.headline(picture),
        events=len(events),
        head=events[-1].hash,
        sizes={name: len(content.encode()) for name, content in files.items()},
        manifest_sha256=sha256(files[MANIFEST]),
        signature=place / SIGNATURE if sign else None,
    )


def _level(level: str) -> Level:
    try:
        return Level(level)
    except ValueError as error:
        choices = [known.value for known in Level]
        raise InputError(Message("record-level-unknown", given=str(level), choices=choices)) from error


def _notebooks(folder: Path | None, redactor: Redactor) -> dict[str, str]:
    found = sorted(folder.glob("*.ipynb")) if folder else []
    return {f"{NOTEBOOKS}/{shareable_name(path, redactor)}": shareable_notebook(path, redactor) for path in found}


def sweep(place: Path) -> None:
    """Take away what a process that was killed while it wrote the record left; an old record takes its place again.

    For whoever holds the lock of the record.
    """
    left = sorted(place.parent.glob(f".{place.name}-*"))
    for old in left:
        if old.suffix == ".old" and not old.is_symlink() and not place.exists():
            old.rename(place)
        elif old.is_symlink() or not old.is_dir():
            old.unlink()
        else:
            shutil.rmtree(old)


@contextmanager
def _replacing(place: Path) -> Iterator[Path]:
    """A new folder that takes the place of another once it is complete; after a failure the old one still stands."""
    token = secrets.token_hex(4)
    fresh, old = place.with_name(f".{place.name}-{token}.new"), place.with_name(f".{place.name}-{token}.old")
    try:
        sweep(place)
        private_folder(fresh)
        yield fresh
        if place.is_symlink():
            raise RecordError(Message("record-folder-is-link", path=str(place)))
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    except OSError as error:
        if old.exists() and not place.exists():
            old.rename(place)
        raise RecordError(Message("record-not-writable", path=str(place), words=str(error))) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
