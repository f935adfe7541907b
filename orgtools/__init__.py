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
        "Account": "orgtools.aws.model",
        "AlteredError": "orgtools.exceptions",
        "ApprovalError": "orgtools.exceptions",
        "Budget": "orgtools.budget",
        "CredentialsError": "orgtools.exceptions",
        "Event": "orgtools.ledger",
        "Finding": "orgtools.findings",
        "Handshake": "orgtools.aws.model",
        "InputError": "orgtools.exceptions",
        "Ledger": "orgtools.ledger",
        "LedgerError": "orgtools.exceptions",
        "Migration": "orgtools.migration",
        "OrganizationError": "orgtools.exceptions",
        "OrganizationalUnit": "orgtools.aws.model",
        "OrgtoolsError": "orgtools.exceptions",
        "Plan": "orgtools.plan",
        "PlannedAccount": "orgtools.plan",
        "RecordError": "orgtools.exceptions",
        "RefusedError": "orgtools.exceptions",
        "Side": "orgtools.aws.model",
        "Snapshot": "orgtools.snapshot",
        "Verdict": "orgtools.findings",
        "WaveRoom": "orgtools.budget",
        "accept": "orgtools.accepting",
        "handshakes": "orgtools.inviting",
        "invite": "orgtools.inviting",
        "open": "orgtools.migration:open_migration",
    },
)
