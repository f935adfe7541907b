"""The names of a record's files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from orgtools.ledger.events import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 4
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
FIXED: Final = ("format", "orgtools", "level", "shows", "chain", "promise")
"""What the manifest says of the record itself, known before it is sealed."""


def fixed_digest(manifest: Mapping[str, object]) -> str:
    """The SHA-256 of what a manifest says of the record itself; the seal vouches for it, too."""
    return hashlib.sha256(canonical({name: manifest[name] for name in FIXED}).encode()).hexdigest()
