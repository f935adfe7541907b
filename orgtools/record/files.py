"""The names of a record's files."""

from __future__ import annotations

from typing import Final

FORMAT: Final = 2
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
