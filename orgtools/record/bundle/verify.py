"""Telling an untouched record from an edited one."""

from __future__ import annotations

import hashlib
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from orgtools.aws.masking import mask_secrets
from orgtools.exceptions import RecordError
from orgtools.ledger import Event, Kind
from orgtools.ledger.events import broken_links
from orgtools.messages import Message
from orgtools.plan import Plan
from orgtools.record.bundle.files import (
    FINDINGS,
    HANDSHAKES,
    LEDGER,
    MANIFEST,
    OUTCOMES,
    PAGE,
    PLAN,
    SIGNATURE,
    fixed_digest,
)
from orgtools.record.bundle.read import (
    MALFORMED,
    Found,
    cause,
    listing,
    one_line,
    page_rows,
    read_bytes,
    read_events,
    read_manifest,
)
from orgtools.record.bundle.signing import Signed, signature
from orgtools.record.model.cells import event_cells, head_of
from orgtools.record.redact.levels import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_CONTENT: Final = frozenset({FINDINGS, HANDSHAKES, LEDGER, OUTCOMES, PAGE, PLAN})
"""What every record holds."""


def verify(folder: Path, *, signers: Path | None = None, signer: str = "") -> list[Message]:
    """What was altered, cut or added since the record was written: one message each, none for an untouched one.

    The manifest vouches for every file, the ledger's chain for every event, and its last event, the seal, for the
    count of events and for every file but the ledger; and the page must name the events that the ledger holds, by
    number, time, step, kind, account and hash. Its sentences are vouched for with the page: they are of the language
    and of the orgtools that wrote it, and are not made anew. Who rewrites all of that consistently is found by a
    signature, or by the SHA-256 of the manifest kept elsewhere.

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
        unread = Message("record-altered-manifest", why=cause(error))
        return [unread, *_signed(folder, signers, signer)]
    problems = [*_signed(folder, signers, signer), *_files(folder, there, manifest["files"])]
    try:
        events = read_events(folder)
        problems += [Message("record-altered-chain", why=broken) for broken in broken_links(events)]
        if len(events) != manifest["events"]:
            problems.append(Message("record-altered-count", count=len(events), total=manifest["events"]))
        if not events or events[-1].hash != manifest["head"]:
            problems.append(Message("record-altered-head"))
        if not events or events[-1].kind is not Kind.SEALED:
            return [*problems, Message("record-altered-end")]
        return [*problems, *_sealed(events, manifest), *_planned(folder, events[-1]), *_told(folder, events[:-1])]
    except MALFORMED as error:
        return [*problems, Message("record-altered-ledger", why=cause(error))]


def _signed(folder: Path, signers: Path | None, signer: str) -> Iterator[Message]:
    found = signature(folder, signers=signers, signer=signer)
    if found.state is Signed.BAD or (signers is not None and found.state is not Signed.GOOD):
        yield found.message


def _files(folder: Path, there: Mapping[str, Found], listed: Mapping[str, Any]) -> Iterator[Message]:
    named = {*listed, MANIFEST, SIGNATURE}
    folders = {name.rpartition("/")[0] for name in listed} - {""}
    for name in sorted(_CONTENT - listed.keys()):
        yield Message("record-altered-unlisted", path=name)
    for name in sorted(listed.keys() - there.keys()):
        yield Message("record-altered-missing", path=name)
    for name, kind in sorted(there.items()):
        if name not in (folders if kind is Found.FOLDER else named):
            yield Message("record-altered-added", path=one_line(name))
        elif kind in (Found.LINK, Found.OTHER):
            yield Message("record-altered-kind", path=name, kind=kind.value)
        elif name in listed:
            try:
                content = read_bytes(folder / name)
            except (OSError, ValueError) as error:
                yield Message("record-altered-unreadable", path=name, why=cause(error))
                continue
            said = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            if said != listed[name]:
                yield Message("record-altered-file", path=name)


def _sealed(events: Sequence[Event], manifest: Mapping[str, Any]) -> Iterator[Message]:
    """What the seal says against the files and the manifest."""
    seal = events[-1].data
    if seal.get("events") != len(events) - 1:
        yield Message("record-seal-count", count=len(events) - 1, given=one_line(str(seal.get("events"))))
    files = seal.get("files")
    if not isinstance(files, dict) or files.keys() != manifest["files"].keys() - {LEDGER}:
        yield Message("record-seal-files")
    for name, expected in files.items() if isinstance(files, dict) else ():
        if expected != manifest["files"].get(name, {}).get("sha256"):
            yield Message("record-seal-file", path=one_line(name))
    if seal.get("manifest") != fixed_digest(manifest):
        yield Message("record-seal-manifest")
    if seal.get("level") != manifest["level"]:
        yield Message("record-seal-level")
    if manifest["written_at"] != events[-1].at.isoformat():
        yield Message("record-seal-time")
    if seal.get("original_head", events[-1].previous) != manifest["original_head"]:
        yield Message("record-seal-head")


def _planned(folder: Path, seal: Event) -> Iterator[Message]:
    """Whether the plan is the one that the seal names."""
    if seal.data.get("level") == Level.PUBLIC:
        return  # pseudonyms are no account ids, so that no plan can be read; its SHA-256 was compared above
    try:
        read_bytes(folder / PLAN)  # a regular file, not too large
        if Plan.read(folder / PLAN, masked=True).digest != seal.data.get("plan"):
            yield Message("record-seal-plan")
    except MALFORMED as error:
        yield Message("record-seal-plan-unreadable", why=cause(error))


def _told(folder: Path, events: Sequence[Event]) -> Iterator[Message]:
    """Where the page does not name the events that the ledger holds."""
    try:
        page = read_bytes(folder / PAGE).decode()
        rows = page_rows(page, "timeline") if events else []
    except MALFORMED as error:
        yield Message("record-page-unreadable", why=cause(error))
        return
    for event, row in zip_longest(events, rows):
        if event is None:
            yield Message("record-page-added", given=one_line(row[0]) if row else "")
        elif row is None:
            yield Message("record-page-missing", event=event.number)
        elif row[:-1] != [mask_secrets(cell) for cell in event_cells(event)]:
            yield Message("record-page-altered", event=event.number)
    named = re.search(r'<meta name="orgtools-head" content="([0-9a-f]{64})">', page)
    if named is None or named[1] != head_of(events):
        yield Message("record-page-head")
