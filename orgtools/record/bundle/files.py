"""The names of a record's files."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from orgtools.ledger.events import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 5
"""The form of a record; a later form says another number."""
PAGE: Final = "record.html"
LEDGER: Final = "ledger.jsonl"
PLAN: Final = "plan.csv"
OUTCOMES: Final = "outcomes.csv"
FINDINGS: Final = "findings.csv"
HANDSHAKES: Final = "handshakes.csv"
NOTEBOOKS: Final = "notebooks"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
FIXED: Final = ("format", "orgtools", "level", "chain")
"""What the manifest says of the record itself, known before it is sealed."""


class Chain(StrEnum):
    """How the record's ledger belongs to the run's."""

    ORIGINAL = "original"
    """It is the run's own, with its hashes."""
    REDACTED = "redacted"
    """It has a chain of hashes of its own; its seal names the head of the run's ledger."""


def fixed_digest(manifest: Mapping[str, object]) -> str:
    """The SHA-256 of what a manifest says of the record itself; the seal vouches for it, too."""
    return hashlib.sha256(canonical({name: manifest[name] for name in FIXED}).encode()).hexdigest()
