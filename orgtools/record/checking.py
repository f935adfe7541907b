"""Telling an untouched record from an edited one."""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import mask_name, mask_secrets
from orgtools.exceptions import RecordError
from orgtools.ledger import Event, Kind
from orgtools.ledger.events import broken_links
from orgtools.plan import Plan
from orgtools.record.cells import event_cells, head_of
from orgtools.record.files import FINDINGS, HANDSHAKES, LEDGER, MANIFEST, OUTCOMES, PAGE, PLAN, SIGNATURE, fixed_digest
from orgtools.record.levels import Level
from orgtools.record.reading import MALFORMED, listing, page_rows, read_bytes, read_events, read_manifest
from orgtools.record.signing import Signed, signature
from orgtools.wording import many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_CONTENT: Final = frozenset({FINDINGS, HANDSHAKES, LEDGER, OUTCOMES, PAGE, PLAN})
"""What every record holds."""
_LONGEST: Final = 200


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
        manifest, there = read_manifest(folder), listing(folder)
    except RecordError:
        raise
    except MALFORMED as error:
        unread = f"{MANIFEST} was altered: it cannot be read ({one_line(error)})"
        return [unread, *_signed(folder, signers, signer)]
    problems = [*_signed(folder, signers, signer), *_files(folder, there, manifest["files"])]
    try:
        events = read_events(folder)
        problems += [f"{LEDGER}: {break_}" for break_ in broken_links(events)]
        if len(events) != manifest["events"]:
            problems.append(f"{LEDGER} has {many(len(events), 'event')}, the manifest says {manifest['events']}")
        if not events or events[-1].hash != manifest["head"]:
            problems.append(f"{LEDGER} does not end with the event that the manifest names")
        if not events or events[-1].kind is not Kind.SEALED:
            return [*problems, f"{LEDGER} does not end with a seal: its tail was cut, or something was added"]
        return [*problems, *_sealed(events, manifest), *_planned(folder, events[-1]), *_told(folder, events[:-1])]
    except MALFORMED as error:
        return [*problems, f"{LEDGER} cannot be read: {one_line(error)}"]


def one_line(error: BaseException) -> str:
    """What an error says of a file that may be a forger's: one line, masked, not long."""
    said = mask_name(f"{error}" or type(error).__name__)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}\u2026"


def _signed(folder: Path, signers: Path | None, signer: str) -> Iterator[str]:
    found = signature(folder, signers=signers, signer=signer)
    if found.state is Signed.BAD or (signers is not None and found.state is not Signed.GOOD):
        yield found.words.rstrip(".")


def _files(folder: Path, there: Mapping[str, str], listed: Mapping[str, Any]) -> Iterator[str]:
    named = {*listed, MANIFEST, SIGNATURE}
    folders = {name.rpartition("/")[0] for name in listed} - {""}
    for name in sorted(_CONTENT - listed.keys()):
        yield f"{MANIFEST} does not name {name}"
    for name in sorted(listed.keys() - there.keys()):
        yield f"{name} is missing"
    for name, kind in sorted(there.items()):
        if name not in (folders if kind == "folder" else named):
            yield f"{mask_name(name)} was added: the manifest does not name it"
        elif kind not in {"file", "folder"}:
            yield f"{name} is {kind}, not the file that was written"
        elif name in listed:
            try:
                content = read_bytes(folder / name)
            except (OSError, ValueError) as error:
                yield f"{name} cannot be read: {one_line(error)}"
                continue
            said = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            if said != listed[name]:
                yield f"{name} was altered: it is not what the manifest says"


def _sealed(events: Sequence[Event], manifest: Mapping[str, Any]) -> Iterator[str]:
    """What the seal says against the files and the manifest."""
    seal = events[-1].data
    if seal.get("events") != len(events) - 1:
        yield f"{LEDGER} has {many(len(events) - 1, 'event')} before the seal, which says {seal.get('events')}"
    files = seal.get("files")
    if not isinstance(files, dict) or files.keys() != manifest["files"].keys() - {LEDGER}:
        yield "the manifest and the ledger's seal do not name the same files"
    for name, expected in files.items() if isinstance(files, dict) else ():
        if expected != manifest["files"].get(name, {}).get("sha256"):
            yield f"{mask_name(name)} was altered: it is not what the ledger's seal says"
    if seal.get("manifest") != fixed_digest(manifest):
        yield "what the manifest says of the record itself is not what the ledger's seal says"
    if seal.get("level") != manifest["level"]:
        yield f"the manifest says level {mask_name(manifest['level'])}, the ledger's seal another"
    if manifest["written_at"] != events[-1].at.isoformat():
        yield "the manifest and the ledger's seal name different times of writing"
    if seal.get("original_head", events[-1].previous) != manifest["original_head"]:
        yield "the manifest and the ledger's seal name different heads of the run's own ledger"


def _planned(folder: Path, seal: Event) -> Iterator[str]:
    """Whether the plan is the one that the seal names."""
    if seal.data.get("level") == Level.PUBLIC:
        return  # pseudonyms are no account ids, so that no plan can be read; its SHA-256 was compared above
    try:
        read_bytes(folder / PLAN)  # a regular file, not too large
        if Plan.read(folder / PLAN, masked=True).digest != seal.data.get("plan"):
            yield f"{PLAN} is not the plan that the ledger's seal names"
    except MALFORMED as error:
        yield f"{PLAN} cannot be compared with the ledger's seal: {one_line(error)}"


def _told(folder: Path, events: Sequence[Event]) -> Iterator[str]:
    """Where the page does not tell what the ledger holds."""
    try:
        page = read_bytes(folder / PAGE).decode()
        rows = page_rows(page, "timeline") if events else []
    except MALFORMED as error:
        yield f"{PAGE} cannot be compared with {LEDGER}: {one_line(error)}"
        return
    for event, row in zip_longest(events, rows):
        if event is None:
            yield f"{PAGE} tells an event {mask_name(row[0]) if row else ''} that {LEDGER} does not hold"
        elif row is None:
            yield f"{PAGE} does not tell event {event.number}"
        elif row != _cells(event):
            yield f"{PAGE} does not tell event {event.number} as {LEDGER} does"
    named = re.search(r'<meta name="orgtools-head" content="([0-9a-f]{64})">', page)
    if named is None or named[1] != head_of(events):
        yield f"{PAGE} names another head of the ledger than {LEDGER} has"


def _cells(event: Event) -> list[str] | None:
    """The cells that tell an event; None where it holds too little to be told."""
    try:
        return [mask_secrets(cell) for cell in event_cells(event)]
    except MALFORMED:
        return None
