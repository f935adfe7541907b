"""Telling an untouched record from an edited one."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from orgtools.exceptions import OrgtoolsError, RecordError
from orgtools.ledger import Event, Kind
from orgtools.ledger.events import broken_links
from orgtools.plan import Plan
from orgtools.record.bundle import LEDGER, MANIFEST, PAGE, PLAN
from orgtools.record.levels import Level
from orgtools.record.markup import text
from orgtools.record.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any


def verify(folder: Path) -> list[str]:
    """What was altered, cut or added since the record was written: one sentence each, none for an untouched one.

    The manifest vouches for every file, the ledger's chain for every event, and its last event, the seal, for the
    count of events and for every file but the ledger; and the page must tell the events that the ledger holds.
    Somebody who rewrites everything consistently is found only with the SHA-256 of the manifest kept elsewhere.

    Raises:
        RecordError: there is no record in the folder.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        listed: Mapping[str, Any] = dict(manifest["files"])
        count, head = int(manifest["events"]), str(manifest["head"])
    except FileNotFoundError as error:
        raise RecordError(f"{folder} holds no record: {MANIFEST} is missing.", next_step="Name its folder.") from error
    except (ValueError, KeyError, TypeError) as error:
        return [f"{MANIFEST} was altered: it cannot be read ({error})"]
    problems = list(_files(folder, listed))
    try:
        lines = (folder / LEDGER).read_text(encoding="utf-8").splitlines()
        events = [Event.from_json(json.loads(line)) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [*problems, f"{LEDGER} cannot be read: {error}"]
    problems += [f"{LEDGER}: {break_}" for break_ in broken_links(events)]
    if len(events) != count:
        problems.append(f"{LEDGER} has {len(events)} events, the manifest says {count}")
    if not events or events[-1].hash != head:
        problems.append(f"{LEDGER} does not end with the event that the manifest names")
    if not events or events[-1].kind is not Kind.SEALED:
        return [*problems, f"{LEDGER} does not end with a seal: its tail was cut, or something was added"]
    return [*problems, *_sealed(folder, events)]


def _files(folder: Path, listed: Mapping[str, Any]) -> Iterator[str]:
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(listed.keys() - there.keys()):
        yield f"{name} is missing"
    for name in sorted(there.keys() - listed.keys() - {MANIFEST}):
        yield f"{name} was added: the manifest does not name it"
    for name in sorted(there.keys() & listed.keys()):
        if _sha256(there[name]) != listed[name].get("sha256"):
            yield f"{name} was altered: it is not what the manifest says"


def _sealed(folder: Path, events: list[Event]) -> Iterator[str]:
    """What the seal says against the files, and the page against the ledger."""
    seal = events[-1].data
    if seal.get("events") != len(events) - 1:
        yield f"the seal counts {seal.get('events')} events before it, {LEDGER} has {len(events) - 1}"
    for name, expected in seal.get("files", {}).items():
        path = folder / name
        if path.is_file() and _sha256(path) != expected:
            yield f"{name} was altered: it is not what the ledger's seal says"
    try:
        # Pseudonyms are no account ids: for a public plan.csv there is its SHA-256.
        if seal.get("level") != Level.PUBLIC and Plan.read(folder / PLAN).digest != seal.get("plan"):
            yield f"{PLAN} is not the plan that the ledger's seal names"
        page = (folder / PAGE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError, OrgtoolsError) as error:
        yield f"the page and the plan cannot be compared with the ledger: {error}"
        return
    for event in events[:-1]:
        if text(tell(event)) not in page:
            yield f"{PAGE} does not tell event {event.number} as {LEDGER} does"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
