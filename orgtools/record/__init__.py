"""The shareable record of a run: one offline page, the ledger, tables, and a manifest that vouches for them."""

from typing import TYPE_CHECKING

from orgtools.lazily import lazily

if TYPE_CHECKING:
    from orgtools.record.bundle import Record, write
    from orgtools.record.checking import verify
    from orgtools.record.comparing import Comparison, compare
    from orgtools.record.levels import Level
    from orgtools.record.signing import Signature, Signed, signature

__all__ = ["Comparison", "Level", "Record", "Signature", "Signed", "compare", "signature", "verify", "write"]

__getattr__ = lazily(
    __name__,
    {
        "Comparison": "orgtools.record.comparing",
        "Level": "orgtools.record.levels",
        "Record": "orgtools.record.bundle",
        "Signature": "orgtools.record.signing",
        "Signed": "orgtools.record.signing",
        "compare": "orgtools.record.comparing",
        "signature": "orgtools.record.signing",
        "verify": "orgtools.record.checking",
        "write": "orgtools.record.bundle",
    },
)
