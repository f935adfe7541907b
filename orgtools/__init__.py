"""orgtools: notebooks that move AWS accounts from one AWS Organization to another.

Every step first shows what it would do, then asks, then does exactly that, and can prove afterwards what happened.

    import orgtools
    from orgtools import steps

    migration = orgtools.open("runs/2026-03")
    preview = steps.preview(migration, steps.INVITE, wave=1)

Without a run, for one account, with the new organization's credentials:

    handshake = orgtools.invite("123456789012", secret="orgtools/destination")
    handshake.id
"""

from typing import TYPE_CHECKING

from orgtools.lazily import lazily

if TYPE_CHECKING:
    from orgtools.accepting import accept
    from orgtools.aws.model import Account, Handshake, OrganizationalUnit, Side
    from orgtools.budget import Budget, WaveRoom
    from orgtools.exceptions import (
        AlteredError,
        ApprovalError,
        CredentialsError,
        InputError,
        LedgerError,
        OrganizationError,
        OrgtoolsError,
        RecordError,
        RefusedError,
    )
    from orgtools.findings import Finding, Verdict
    from orgtools.inviting import handshakes, invite
    from orgtools.ledger import Event, Ledger
    from orgtools.migration import Migration
    from orgtools.migration import open_migration as open  # noqa: A004 (orgtools.open reads as what it does)
    from orgtools.plan import Plan, PlannedAccount
    from orgtools.snapshot import Snapshot

__all__ = [
    "Account",
    "AlteredError",
    "ApprovalError",
    "Budget",
    "CredentialsError",
    "Event",
    "Finding",
    "Handshake",
    "InputError",
    "Ledger",
    "LedgerError",
    "Migration",
    "OrganizationError",
    "OrganizationalUnit",
    "OrgtoolsError",
    "Plan",
    "PlannedAccount",
    "RecordError",
    "RefusedError",
    "Side",
    "Snapshot",
    "Verdict",
    "WaveRoom",
    "accept",
    "handshakes",
    "invite",
    "open",
]

__getattr__ = lazily(
    __name__,
    {
        "orgtools.accepting": ["accept"],
        "orgtools.aws.model": ["Account", "Handshake", "OrganizationalUnit", "Side"],
        "orgtools.budget": ["Budget", "WaveRoom"],
        "orgtools.exceptions": [name for name in __all__ if name.endswith("Error")],
        "orgtools.findings": ["Finding", "Verdict"],
        "orgtools.inviting": ["handshakes", "invite"],
        "orgtools.ledger": ["Event", "Ledger"],
        "orgtools.migration": ["Migration", "open:open_migration"],
        "orgtools.plan": ["Plan", "PlannedAccount"],
        "orgtools.snapshot": ["Snapshot"],
    },
)
