"""What a rehearsal prints: a line for each notebook, and in the end a table with a line for each account."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from orgtools.steps import Done, Wait
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.steps import Decision, Preview

WIDTH: Final = 100
"""No line is longer, but where a path is."""
_MOST: Final = (12, 18, 4, 22)
"""How wide the first columns may be; the last one takes what is left."""
_GAP: Final = "  "
_HEAD: Final = ("Account", "Name", "Wave", "Now in", "Result")
_HOME: Final = "source "


def table(verified: Preview, invited: Preview) -> Iterator[str]:
    """A line for each planned account: its id, name, wave, where it is now, and what keeps it where it is.

    Args:
        verified: what `steps.VERIFY` decides about each account.
        invited: what `steps.INVITE` decides, which says why an account stays in the source.
    """
    rows = [_HEAD]
    source, destination = verified.snapshot.source, verified.snapshot.destination
    for account in verified.plan.accounts:
        decision = verified.by_account[account.account_id]
        there, here = destination.path_of(account.account_id), source.path_of(account.account_id)
        if not there and not isinstance(decision, Done):
            decision = invited.by_account[account.account_id]
        known = destination.accounts.get(account.account_id) or source.accounts.get(account.account_id)
        place = there or (f"{_HOME}{here}" if here else verified.snapshot.outside.removeprefix("in "))
        name = known.name if known else "(unknown)"
        rows.append((account.account_id, name, str(account.wave), place, _result(decision)))
    widths = [min(limit, max(len(row[n]) for row in rows)) for n, limit in enumerate(_MOST)]
    for row in rows:
        begun = "".join(f"{_cut(cell, width):{width}}{_GAP}" for cell, width in zip(row, widths, strict=False))
        yield begun + _cut(row[-1], WIDTH - len(begun))


def lines(sentence: str) -> str:
    """A sentence on as many lines as it takes."""
    return textwrap.fill(sentence, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def total(verified: Preview, changing: int) -> str:
    """All of it in a sentence."""
    kinds = [type(decision) for decision in verified.decisions]
    done, waiting = kinds.count(Done), kinds.count(Wait)
    parts = (
        f"{done} as planned",
        f"{waiting} waiting" if waiting else "",
        f"{len(kinds) - done - waiting} blocked" if len(kinds) > done + waiting else "",
    )
    said = ", ".join(filter(None, parts))
    return f"{many(len(kinds), 'account')}: {said}. {many(changing, 'changing call')} {verb(changing, 'were')} made."


def _result(decision: Decision) -> str:
    if isinstance(decision, Done):
        return "as planned"
    return f"{'waits' if isinstance(decision, Wait) else 'blocked'}: {decision.why}"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 3]}..."
