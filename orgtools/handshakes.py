"""Handshakes as one table for people, with what is remarkable about the pending ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import humanize
import pandas as pd

from orgtools.findings import Finding, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from orgtools.aws.model import Handshake, Side
    from orgtools.plan import Plan

_SOON: Final = timedelta(days=3)

COLUMNS: Final = (
    "account",
    "name",
    "state",
    "age",
    "expires in",
    "planned",
    "wave",
    "inviter",
    "organization",
    "sent (UTC)",
    "expires (UTC)",
    "action",
    "handshake",
)
"""The columns of `table`."""


def table(plan: Plan, *sides: Side, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The handshakes that some organizations sent, pending ones first, the oldest of those first.

    Args:
        plan: says which accounts are planned.
        sides: the organizations that sent them.
        names: names of accounts by id, such as `Snapshot.names`.

    Returns:
        One row for each handshake, indexed from 1. ``account`` is an account id, or a masked e-mail address where the
        invitation names one; ``age`` and ``expires in`` are words ("3 days"), empty for a closed handshake;
        ``planned`` is yes or no; ``wave`` a number or empty; times are aware UTC.
    """
    names = names or {}
    rows = [
        (
            sent.target,
            names.get(sent.target, ""),
            sent.state,
            span(side.taken_at - sent.requested_at),
            span(sent.expires_at - side.taken_at) if sent.is_pending else "",
            "yes" if planned else "no",
            str(planned.wave) if planned else "",
            sent.inviter,
            sent.organization_id,
            sent.requested_at,
            sent.expires_at,
            sent.action,
            sent.id,
        )
        for side in sides
        for sent in sorted(side.handshakes, key=_order)
        for planned in [plan.by_id.get(sent.account_id or "")]
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=pd.RangeIndex(1, len(rows) + 1))


def findings(plan: Plan, destination: Side) -> list[Finding]:
    """What is remarkable about the destination's handshakes.

    Pending and not planned, pending more than once for an account, expiring within three days, closed and not sent
    again although the account has not arrived.
    """
    found = [
        Finding(
            sent.account_id or "",
            "H1",
            Status.WARN,
            f"{sent.id} to {sent.target} is pending and not in the plan; it takes a place of the account quota",
            "Ask who sent it. orgtools leaves it alone.",
        )
        for sent in destination.handshakes
        if sent.is_pending and sent.action == "INVITE" and sent.account_id not in plan.by_id
    ]
    for account in plan.accounts:
        account_id = account.account_id
        if account_id in destination.accounts:
            continue
        sent_to = destination.invitations_to(account_id)
        pending = [sent for sent in sent_to if sent.is_pending]
        if len(pending) > 1:
            ids = ", ".join(sent.id for sent in pending)
            found.append(
                Finding(account_id, "H2", Status.WARN, f"several invitations are pending: {ids}", "Cancel all but one.")
            )
        elif pending and pending[0].expires_at - destination.taken_at < _SOON:
            evidence = f"{pending[0].id} expires in {span(pending[0].expires_at - destination.taken_at)}"
            found.append(Finding(account_id, "H3", Status.WARN, evidence, "Open 50_accept before it does."))
        elif sent_to and not pending:
            evidence = f"{sent_to[0].id} was {sent_to[0].state.lower()} and no other is pending"
            found.append(Finding(account_id, "H4", Status.WARN, evidence, "Open 30_invite: it invites again."))
    return found


def span(difference: timedelta) -> str:
    """A length of time in words: ``3 days``, ``14 hours``; ``now`` when it is over."""
    return humanize.naturaldelta(difference) if difference > timedelta() else "now"


def _order(sent: Handshake) -> tuple[bool, datetime]:
    return not sent.is_pending, sent.requested_at
