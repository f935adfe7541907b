"""The files of a record, made of what it tells: pure text, written by nobody here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import fields, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from orgtools.aws.masking import mask_json, mask_name
from orgtools.findings import Finding
from orgtools.ledger.events import canonical
from orgtools.messages import Message, as_json, told
from orgtools.record.bundle.files import (
    FINDINGS,
    FORMAT,
    HANDSHAKES,
    LEDGER,
    MANIFEST,
    OUTCOMES,
    PAGE,
    PLAN,
    Chain,
    fixed_digest,
)
from orgtools.record.model.account_status import AccountOutcome
from orgtools.record.model.cells import head_of
from orgtools.record.redact.fields import chained
from orgtools.record.render.page import render
from orgtools.spreadsheets import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from orgtools.ledger import Event
    from orgtools.record.model.run_data import Picture
    from orgtools.record.redact.levels import Level


_OUTCOME: Final = tuple(field.name for field in fields(AccountOutcome))
_FINDING: Final = tuple(field.name for field in fields(Finding))
_DERIVED: Final = frozenset({"age", "expires in"})
"""Columns of the table of handshakes that follow from others, and from the moment of looking."""
WORDS: Final = "words"
"""The column for people who open a table: why, and what to do, in the language of the record. Nothing reads it back."""


def complete(
    picture: Picture, level: Level, files: Mapping[str, str], sealed: Event
) -> tuple[dict[str, str], tuple[Event, ...]]:
    """All files, the ledger and the manifest included, and the events of that ledger.

    Args:
        picture: what the record tells, as the level shows it.
        level: who it is for.
        files: what the seal vouches for.
        sealed: the seal, as the run's own ledger ends with it.
    """
    events = (*picture.events, _closing(picture, sealed))
    held = {**files, LEDGER: "".join(canonical(event.as_json()) + "\n" for event in events)}
    manifest = json.dumps(_manifest(picture, level, events, held), indent=2, ensure_ascii=False) + "\n"
    return {**held, MANIFEST: manifest}, events


def _closing(picture: Picture, sealed: Event) -> Event:
    """The seal as the record's ledger ends with it: the run's own, or one more link of the record's own chain."""
    if head_of(picture.events) == picture.head:
        return sealed
    data = {**sealed.data, "original_head": picture.head}
    return chained([replace(sealed, data=data)], head_of(picture.events))[0]


def cell(value: object) -> str:
    """A value as a cell of a CSV file, messages as their JSON: masked, and never a formula to a spreadsheet.

    No such cell depends on the language of the process that writes it.
    """
    if isinstance(value, Message):
        return canonical(mask_json(value.as_json()))
    if isinstance(value, tuple):
        texts = all(isinstance(one, str) for one in value)
        value = ", ".join(value) if texts else canonical(mask_json(as_json(value)))
    return harmless(mask_name("" if value is None or value is pd.NaT else str(value)))


def sha256(content: str) -> str:
    """The SHA-256 of a file of the record."""
    return hashlib.sha256(content.encode()).hexdigest()


def contents(picture: Picture, level: Level) -> dict[str, str]:
    """The files that the seal vouches for, by name."""
    plan = io.StringIO()
    picture.plan.write_to(plan)
    handshakes = picture.handshakes
    return {
        PAGE: render(picture, level),
        PLAN: plan.getvalue(),
        OUTCOMES: _csv(
            (*_OUTCOME, WORDS), (_row(outcome, _OUTCOME) | {WORDS: told(outcome.why)} for outcome in picture.outcomes)
        ),
        FINDINGS: _csv(
            (*_FINDING, WORDS),
            (_row(finding, _FINDING) | {WORDS: told(finding.evidence)} for finding in picture.findings),
        ),
        HANDSHAKES: _csv([str(name) for name in handshakes if name not in _DERIVED], handshakes.to_dict("records")),
    }


def _row(held: object, columns: Sequence[str]) -> dict[str, object]:
    return {name: getattr(held, name) for name in columns}


def _csv(columns: Sequence[str], rows: Iterable[Mapping[Any, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()


def vouched(picture: Picture, level: Level, files: Mapping[str, str]) -> dict[str, object]:
    """What the seal carries beside the count: level, the plan's digest, SHA-256 of files and manifest."""
    return {
        "level": level.value,
        "plan": picture.plan.digest,
        "manifest": fixed_digest(_fixed(picture, level)),
        "files": {name: sha256(content) for name, content in files.items()},
    }


def _fixed(picture: Picture, level: Level) -> dict[str, object]:
    return {
        "format": FORMAT,
        "orgtools": version("orgtools"),
        "level": level.value,
        "chain": Chain.ORIGINAL.value if head_of(picture.events) == picture.head else Chain.REDACTED.value,
    }


def _manifest(picture: Picture, level: Level, events: Sequence[Event], files: Mapping[str, str]) -> dict[str, object]:
    return {
        **_fixed(picture, level),
        "written_at": events[-1].at.isoformat(),
        "events": len(events),
        "head": events[-1].hash,
        "original_head": picture.head,
        "files": {
            name: {"sha256": sha256(content), "bytes": len(content.encode())} for name, content in sorted(files.items())
        },
    }
