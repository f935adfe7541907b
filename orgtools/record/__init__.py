"""The shareable record of a run: one offline page, the ledger, tables, and a manifest that vouches for them."""

from orgtools.record.bundle import Record, write
from orgtools.record.checking import verify
from orgtools.record.comparing import Comparison, compare
from orgtools.record.levels import Level
from orgtools.record.signing import Signature, Signed, signature

__all__ = ["Comparison", "Level", "Record", "Signature", "Signed", "compare", "signature", "verify", "write"]
