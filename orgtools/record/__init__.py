"""The shareable record of a run: one offline page, the ledger, tables, and a manifest that vouches for them."""

from orgtools.record.bundle import Record, write
from orgtools.record.checking import verify

__all__ = ["Record", "verify", "write"]
