"""What a rehearsal prints: a line for each notebook, and in the end a table with a line for each account."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from orgtools.cli.common import COUNTED
from orgtools.cli.widths import GAP, cells, cut, folded, padded
from orgtools.messages import Message, sentences
from orgtools.runbook import strangers
from orgtools.steps import Blocked, Do, Done, Wait

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.plan import PlannedAccount
    from orgtools.steps import Decision, Preview

WIDTH: Final = 100
"""No line is longer, but where a path is."""
_MOST: Final = (12, 18, 8, 22)
"""How wide the first columns may be; the last one takes what is left."""
_TOLD: Final = 10
"""So many accounts are told more of; the rest is counted."""
_HEAD: Final = ("cli-head-account", "cli-head-name", "cli-head-wave", "cli-head-place", "cli-head-result")
_ENDED: Final = {
    Done: "cli-ended-as-planned",
    Do: "cli-ended-unmoved",
    Wait: "cli-ended-waiting",
    Blocked: "cli-ended-blocked",
}
"""How an account ended; one that could be invited again did not move."""


def table(verified: Preview, invited: Preview) -> Iterator[str]:
    """A line for each planned account: its id, name, wave, where it is now, and what keeps it where it is.

    Args:
        verified: what `steps.VERIFY` decides about each account.
        invited: what `steps.INVITE` decides, which says why an account stays in the source.
    """
    rows = [tuple(str(Message(code)) for code in _HEAD)]
    source, destination = verified.snapshot.source, verified.snapshot.destination
    for account in verified.plan.accounts:
        there, here = destination.path_of(account.account_id), source.path_of(account.account_id)
        known = destination.accounts.get(account.account_id) or source.accounts.get(account.account_id)
        rows.append(
            (
                account.account_id,
                known.name if known else str(Message("cli-name-unknown")),
                str(account.wave),
                there or str(Message("cli-place-source", unit=here) if here else verified.snapshot.outside),
                str(_result(_decision(account.account_id, verified, invited))),
            )
        )
    widths = [min(limit, max(cells(row[n]) for row in rows)) for n, limit in enumerate(_MOST)]
    for row in rows:
        begun = "".join(f"{padded(cut(cell, width), width)}{GAP}" for cell, width in zip(row, widths, strict=False))
        yield begun + cut(row[-1], WIDTH - cells(begun))


def lines(sentence: object) -> str:
    """A sentence on as many lines as it takes."""
    return folded(str(sentence), WIDTH, rest=GAP)


def total(verified: Preview, invited: Preview, changing: int) -> Message:
    """All of it in a sentence."""
    decisions = [_decision(account.account_id, verified, invited) for account in verified.plan.accounts]
    kinds = Counter(type(decision).__name__ for decision in decisions)
    each = [Message(code, count=kinds[kind]) for kind, code in COUNTED.items() if kinds[kind] or kind == "Done"]
    return Message("cli-ended", count=kinds.total(), whys=each, total=changing)


def notes(verified: Preview, invited: Preview) -> Iterator[str]:
    """What a line of the table has no room for, two lines at most for each account: what to do, or what was special."""
    told = [note for account in verified.plan.accounts if (note := _note(account, verified, invited))]
    for note in told[:_TOLD]:
        yield folded(note, WIDTH, first=GAP, rest=" " * 16, most=2)
    if told[_TOLD:]:
        yield f"{GAP}{Message('cli-more-accounts', count=len(told) - _TOLD)}"


def _note(account: PlannedAccount, verified: Preview, invited: Preview) -> str:
    decision = _decision(account.account_id, verified, invited)
    parts = [decision.next_step] if isinstance(decision, Blocked) else []
    if isinstance(decision, Wait):
        parts.append(str(Message("cli-because", why=decision.why)))
    if isinstance(decision, Do):
        parts.append(str(Message("cli-note-unmoved", why=decision.why)))
    if isinstance(decision, Done) and account.path == "standalone":
        parts.append(str(Message("cli-note-stand-alone")))
    stranger = strangers(verified.snapshot.assessed.findings).get(account.account_id)
    if stranger:
        parts.append(str(Message("cli-note-invited", why=stranger)))
    name = verified.snapshot.names.get(account.account_id) or str(Message("cli-name-unknown"))
    return f"{account.account_id}{GAP}{name}: {sentences(parts)}" if parts else ""


def _decision(account_id: str, verified: Preview, invited: Preview) -> Decision:
    """Of an account that has not arrived, what inviting says is what keeps it."""
    decision = verified.by_account[account_id]
    there = account_id in verified.snapshot.destination.accounts
    return decision if there or isinstance(decision, Done) else invited.by_account[account_id]


def _result(decision: Decision) -> Message:
    if isinstance(decision, Wait) and decision.until:
        return Message("cli-ended-waiting-until", until=decision.until)
    if isinstance(decision, Done):
        return Message("cli-ended-as-planned")
    return Message(_ENDED[type(decision)], why=decision.why)
