"""Cancel: the destination takes back its pending invitation to each account. Not part of the way through.

Only for accounts that somebody named: `orgtools.steps.ALL` does not hold it. A cancelled invitation gives its place of
the account quota back, and still counts among the invitations of 24 hours. See
https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.messages import Message
from orgtools.policies.permissions import DESTINATION, INVITATIONS, may
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, all_of
from orgtools.steps.core.step import Step
from orgtools.steps.forward.invite import not_invited

if TYPE_CHECKING:
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """Cancel every pending invitation of exactly our destination; nobody else's is ever looked at."""
    account_id, destination = account.account_id, snapshot.destination
    if account_id in destination.accounts:
        return Blocked(account_id, Message("cancel-accepted"))
    sent_to = destination.invitations_to(account_id)
    pending = [sent for sent in sent_to if sent.is_pending or not sent.state]
    if not pending:
        why = not_invited(account_id, destination)
        return Done(account_id, why, handshake_id=sent_to[0].id if sent_to else "")
    calls = tuple(
        Call("CancelHandshake", "destination", {"HandshakeId": sent.id}, Message("cancel-call", handshake=sent.id))
        for sent in pending
    )
    return Do(
        account_id, all_of([Message("cancel-pending", handshake=sent.id, why=sent.expiry) for sent in pending]), calls
    )


CANCEL: Final = Step(
    name="cancel",
    notebook="35_review_handshakes",
    decide=decide,
    needs=(may(DESTINATION, "organizations:CancelHandshake", on=INVITATIONS),),
    only_named=True,
)
"""The step; see the module."""
