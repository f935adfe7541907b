"""Cancel: the destination takes back its pending invitation to each account. Not part of the way through.

Only for accounts that somebody named: `orgtools.steps.ALL` does not hold it. A cancelled invitation gives its place of
the account quota back, and still counts among the invitations of 24 hours. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.messages import free
from orgtools.steps.decisions import Blocked, Call, Decision, Do, Done
from orgtools.steps.step import Step

if TYPE_CHECKING:
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Cancel every pending invitation of exactly our destination; nobody else's is ever looked at."""
    account_id, destination = account.account_id, snapshot.destination
    if account_id in destination.accounts:
        return Blocked(
            account_id,
            free(
                "is a member of the destination: it has accepted",
                "An accepted invitation cannot be taken back. To undo the move, the source invites the account.",
            ),
        )
    sent_to = destination.invitations_to(account_id)
    pending = [sent for sent in sent_to if sent.is_pending or not sent.state]
    if not pending:
        why = f"its invitation {sent_to[0].id} is {sent_to[0].state.lower()}" if sent_to else "is not invited"
        return Done(account_id, free(why), handshake_id=sent_to[0].id if sent_to else "")
    ids = " and ".join(sent.id for sent in pending)
    calls = tuple(
        Call("CancelHandshake", "destination", {"HandshakeId": sent.id}, free(f"cancel invitation {sent.id}"))
        for sent in pending
    )
    return Do(account_id, free(f"invitation {ids} is pending, {pending[0].expiry}"), calls)


CANCEL: Final = Step(name="cancel", notebook="35_review_handshakes", decide=decide)
"""The step; see the module."""
