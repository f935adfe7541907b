"""The run's ledger: what we did, append-only and hash-chained."""

from orgtools.ledger.events import Event, Kind
from orgtools.ledger.store import Ledger

__all__ = ["Event", "Kind", "Ledger"]
