"""What the owner of an account does to accept by hand: one page for each, kept in the run folder, to be sent.

Where nobody of the run enters an account (``owner`` under ``[access]``), orgtools invites it, writes what its owner
needs to know, and waits: AWS shows when the account has arrived. The page holds nothing secret. See
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_accept-decline-invite.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from orgtools.aws.read.organization import HOME
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.policies import accepting
from orgtools.private import private_folder, write_private
from orgtools.steps.core.step import of_the_plan
from orgtools.steps.forward.accept import ACCEPT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from orgtools.aws.model import Handshake, Identity
    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount

FOLDER: Final = "owners"
"""The folder of the pages, in the run folder."""
_CONSOLES: Final = {
    "aws": "console.aws.amazon.com",
    "aws-cn": "console.amazonaws.cn",
    "aws-us-gov": "console.amazonaws-us-gov.com",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What the owner of one account is sent.

    Attributes:
        account_id: 12 digits.
        handshake_id: the invitation that is to be accepted.
        until: when it expires, UTC; None where AWS does not say.
        file: where the page is.
        text: the page.
    """

    account_id: str
    handshake_id: str
    until: datetime | None
    file: Path
    text: str


def ask_owners(
    migration: Migration, accounts: Iterable[str] | None = None, *, wave: int | None = None
) -> tuple[Page, ...]:
    """Write the page of each account whose owner accepts and whose invitation waits; nothing is changed at AWS.

    An account that has arrived since has accepted: that is noted, too. A page of an invitation that waits no more is
    taken away, so that nobody is sent it. The ledger notes once that an invitation's page was written.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; None takes the wave, or the whole plan.
        wave: the number of a wave; None takes all waves.

    Raises:
        InputError: an account or wave is not in the plan, or a link lies where the pages go.
        RefusedError: AWS refuses to show the destination.
    """
    chosen = of_the_plan(migration, accounts, wave)
    access = migration.settings.access
    theirs = [account for account in chosen if access.by_its_owner(account.account_id)]
    if not theirs:
        return ()
    destination = migration.observe(account.account_id for account in theirs).destination
    folder = private_folder(migration.folder / FOLDER)
    _arrived(migration, [one.account_id for one in theirs if one.account_id in destination.accounts])
    asked = {event.data["handshake_id"] for event in migration.ledger.events(Kind.ASKED)}
    pages = []
    for account in theirs:
        file = folder / f"{account.account_id}.txt"
        sent = destination.pending_invitation_to(account.account_id)
        if sent is None or account.account_id in destination.accounts:
            file.unlink(missing_ok=True)
            continue
        page = Page(account.account_id, sent.id, sent.expires_at, file, _text(account, sent, destination.identity))
        write_private(file, page.text.encode())
        if sent.id not in asked:
            until = sent.expires_at.isoformat() if sent.expires_at else ""
            migration.ledger.append(Kind.ASKED, account_id=account.account_id, handshake_id=sent.id, until=until)
        pages.append(page)
    return tuple(pages)


def _arrived(migration: Migration, accounts: Iterable[str]) -> None:
    """Note once that AWS shows an account whose owner was asked: its owner has accepted."""
    asked = {event.account_id for event in migration.ledger.events(Kind.ASKED)}
    known = {event.account_id for event in migration.ledger.events(Kind.CONFIRMED, step=ACCEPT.name)}
    news = [account_id for account_id in accounts if account_id in asked - known]
    told = {account_id: {"observed": Message("is-member").as_json()} for account_id in news}
    migration.ledger.append_each(Kind.CONFIRMED, step=ACCEPT.name, data=told)


def _text(account: PlannedAccount, sent: Handshake, inviter: Identity) -> str:
    """The page: messages, one below the other. What is to be copied stands in them as it is."""
    console = _CONSOLES.get(inviter.partition, _CONSOLES["aws"])
    region = HOME.get(inviter.partition, HOME["aws"])
    parts = [
        Message(
            "owner-page-invitation",
            account=account.account_id,
            organization=inviter.organization_id,
            management_account=inviter.management_account_id,
            handshake=sent.id,
            arn=sent.arn,
            why=sent.expiry,
        ),
        Message("owner-page-console", console=console),
        Message("owner-page-commands", account=account.account_id, handshake=sent.id, region=region),
        Message("owner-page-permissions", policy=accepting(sent.arn)),
        Message("owner-page-end", handshake=sent.id, region=region),
    ]
    if account.path == "standalone":
        parts.insert(1, Message("owner-page-leave", console=console, region=region))
    return "".join(f"{part}\n\n" for part in parts).rstrip() + "\n"
