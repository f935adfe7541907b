"""Telling an untouched record from an edited one."""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import OrgtoolsError
from orgtools.ledger import Event, Kind
from orgtools.ledger.events import broken_links
from orgtools.plan import Plan
from orgtools.record.cells import event_cells, head_of
from orgtools.record.files import LEDGER, MANIFEST, PAGE, PLAN, SIGNATURE
from orgtools.record.levels import Level
from orgtools.record.reading import page_rows, read_events, read_manifest
from orgtools.record.signing import Signed, signature
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


def verify(folder: Path, *, signers: Path | None = None, signer: str = "") -> list[str]:
    """What was altered, cut or added since the record was written: one sentence each, none for an untouched one.

    The manifest vouches for every file, the ledger's chain for every event, and its last event, the seal, for the
    count of events and for every file but the ledger; and the page must tell the events that the ledger holds. Who
    rewrites all of that consistently is found by a signature, or by the SHA-256 of the manifest kept elsewhere.

    Args:
        folder: the record.
        signers: an allowed signers file, as ssh-keygen(1) describes it; with it, a record that is not signed, or not
            by one of them, is a problem too. Without it a signature must still fit the manifest.
        signer: whose signature it must be.

    Raises:
        RecordError: there is no record in the folder, or no such signers file.
    """
    try:
        manifest = read_manifest(folder)
    except (ValueError, KeyError, TypeError) as error:
        return [f"{MANIFEST} was altered: it cannot be read ({error})"]
    problems = [*_signed(folder, signers, signer), *_files(folder, manifest["files"])]
    try:
        events = read_events(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*problems, f"{LEDGER} cannot be read: {error}"]
    problems += [f"{LEDGER}: {break_}" for break_ in broken_links(events)]
    if len(events) != manifest["events"]:
        problems.append(f"{LEDGER} has {many(len(events), 'event')}, the manifest says {manifest['events']}")
    if not events or events[-1].hash != manifest["head"]:
        problems.append(f"{LEDGER} does not end with the event that the manifest names")
    if not events or events[-1].kind is not Kind.SEALED:
        return [*problems, f"{LEDGER} does not end with a seal: its tail was cut, or something was added"]
    return [*problems, *_sealed(folder, events, manifest), *_told(folder, events[:-1])]


def _signed(folder: Path, signers: Path | None, signer: str) -> Iterator[str]:
    found = signature(folder, signers=signers, signer=signer)
    if found.state is Signed.BAD or (signers is not None and found.state is not Signed.GOOD):
        yield found.words.rstrip(".")


def _files(folder: Path, listed: Mapping[str, Any]) -> Iterator[str]:
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(listed.keys() - there.keys()):
        yield f"{name} is missing"
    for name in sorted(there.keys() - listed.keys() - {MANIFEST, SIGNATURE}):
        yield f"{name} was added: the manifest does not name it"
    for name in sorted(there.keys() & listed.keys()):
        if _sha256(there[name]) != listed[name].get("sha256"):
            yield f"{name} was altered: it is not what the manifest says"


def _sealed(folder: Path, events: Sequence[Event], manifest: Mapping[str, Any]) -> Iterator[str]:
    """What the seal says against the files and the manifest."""
    seal = events[-1].data
    if seal.get("events") != len(events) - 1:
        yield f"{LEDGER} has {many(len(events) - 1, 'event')} before the seal, which says {seal.get('events')}"
    for name, expected in seal.get("files", {}).items():
        path = folder / name
        if path.is_file() and _sha256(path) != expected:
            yield f"{name} was altered: it is not what the ledger's seal says"
    if seal.get("level") != manifest.get("level"):
        yield f"the manifest says level {manifest.get('level')}, the ledger's seal says {seal.get('level')}"
    if seal.get("original_head", events[-1].previous) != manifest.get("original_head"):
        yield "the manifest and the ledger's seal name different heads of the run's own ledger"
    if seal.get("level") == Level.PUBLIC:
        return  # pseudonyms are no account ids, so that no plan can be read; its SHA-256 was compared above
    try:
        if Plan.read(folder / PLAN).digest != seal.get("plan"):
            yield f"{PLAN} is not the plan that the ledger's seal names"
    except (OSError, OrgtoolsError) as error:
        yield f"{PLAN} cannot be compared with the ledger's seal: {error}"


def _told(folder: Path, events: Sequence[Event]) -> Iterator[str]:
    """Where the page does not tell what the ledger holds."""
    try:
        page = (folder / PAGE).read_text(encoding="utf-8")
        rows = page_rows(page, "timeline") if events else []
    except (OSError, ValueError) as error:
        yield f"{PAGE} cannot be compared with {LEDGER}: {error}"
        return
    for event, row in zip_longest(events, rows):
        if event is None:
            yield f"{PAGE} tells an event {row[0]} that {LEDGER} does not hold"
        elif row is None:
            yield f"{PAGE} does not tell event {event.number}"
        elif row != [mask_secrets(cell) for cell in event_cells(event)]:
            yield f"{PAGE} does not tell event {event.number} as {LEDGER} does"
    named = re.search(r'<meta name="orgtools-head" content="([0-9a-f]{64})">', page)
    if named is None or named[1] != head_of(events):
        yield f"{PAGE} names another head of the ledger than {LEDGER} has"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
