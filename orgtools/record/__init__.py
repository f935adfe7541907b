"""The shareable record of a run: one offline page, the ledger, tables, and a manifest that vouches for them."""

from typing import TYPE_CHECKING

from orgtools.lazily import lazily

if TYPE_CHECKING:
    from orgtools.record.bundle.compare import Comparison, compare
    from orgtools.record.bundle.signing import Signature, Signed, signature
    from orgtools.record.bundle.verify import verify
    from orgtools.record.bundle.write import Record, write
    from orgtools.record.redact.levels import Level

__all__ = ["Comparison", "Level", "Record", "Signature", "Signed", "compare", "signature", "verify", "write"]

__getattr__ = lazily(
    __name__,
    {
        "orgtools.record.bundle.compare": ["Comparison", "compare"],
        "orgtools.record.bundle.signing": ["Signature", "Signed", "signature"],
        "orgtools.record.bundle.verify": ["verify"],
        "orgtools.record.bundle.write": ["Record", "write"],
        "orgtools.record.redact.levels": ["Level"],
    },
)
