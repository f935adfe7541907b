"""The shareable record of a run: one offline page, the ledger, tables, and a manifest that vouches for them."""

from orgtools.record.bundle import Record, write
from orgtools.record.checking import verify
from orgtools.record.levels import Level

__all__ = ["Level", "Record", "verify", "write"]
