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
        "Comparison": "orgtools.record.bundle.compare",
        "Level": "orgtools.record.redact.levels",
        "Record": "orgtools.record.bundle.write",
        "Signature": "orgtools.record.bundle.signing",
        "Signed": "orgtools.record.bundle.signing",
        "compare": "orgtools.record.bundle.compare",
        "signature": "orgtools.record.bundle.signing",
        "verify": "orgtools.record.bundle.verify",
        "write": "orgtools.record.bundle.write",
    },
)
