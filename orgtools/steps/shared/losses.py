"""What an account loses for good when it leaves the source: it is exported before, or somebody says no.

AWS deletes the account object's tags, and the source's Identity Center ends its assignments. Nothing else of an export
is asked for: primary and alternate contacts are attached to the account and move with it, also those that the source's
management account wrote, by trusted access for Account Management. Only the destination's can change them later. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_account_migration.html
https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.findings import Verdict
from orgtools.messages import Message
from orgtools.steps.core.decisions import Blocked

if TYPE_CHECKING:
    from orgtools.snapshot import Snapshot

QUESTION: Final = "D14.export"
"""The question whose answer "no" lets accounts go without an export."""
_LOSING: Final = ("D14", "D4")
"""The checks that say what is lost: tags, and assignments of Identity Center."""
_FINE: Final = (Verdict.OK, Verdict.INFO)


def unkept(account_id: str, snapshot: Snapshot) -> Blocked | None:
    """What keeps an account from leaving the source: it would lose something that nobody has kept."""
    if account_id in snapshot.history.exported or account_id not in snapshot.source.accounts:
        return None
    said = snapshot.assessed.answers.get(("", QUESTION))
    if said and said.answer == "no":
        return None
    found = snapshot.assessed.findings.get(account_id)
    if found is None:
        return Blocked(account_id, Message("losing-unseen"))
    lost = [finding for finding in found if finding.check in _LOSING and finding.status not in _FINE]
    if not lost:
        return None
    found_lost = [Message("obstacle", why=finding.evidence, check=finding.check) for finding in lost]
    return Blocked(account_id, Message("losing", findings=found_lost))
