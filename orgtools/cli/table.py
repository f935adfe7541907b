"""What a rehearsal prints: a line for each notebook, and in the end a table with a line for each account."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Final

from orgtools.runbook import strangers
from orgtools.steps import Blocked, Do, Done, Wait
from orgtools.wording import many, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgtools.plan import PlannedAccount
    from orgtools.steps import Decision, Preview

WIDTH: Final = 100
"""No line is longer, but where a path is."""
_MOST: Final = (12, 18, 4, 22)
"""How wide the first columns may be; the last one takes what is left."""
_GAP: Final = "  "
_MORE: Final = "..."
_TOLD: Final = 10
"""So many accounts are told more of; the rest is counted."""
_HEAD: Final = ("Account", "Name", "Wave", "Now in", "Result")
_HOME: Final = "source "
_WORDS: Final = {Done: "as planned", Do: "not moved", Wait: "waiting", Blocked: "blocked"}
"""How an account ended; one that could be invited again did not move."""
_UNKNOWN: Final = "(unknown)"


def table(verified: Preview, invited: Preview) -> Iterator[str]:
    """A line for each planned account: its id, name, wave, where it is now, and what keeps it where it is.

    Args:
        verified: what `steps.VERIFY` decides about each account.
        invited: what `steps.INVITE` decides, which says why an account stays in the source.
    """
    rows = [_HEAD]
    source, destination = verified.snapshot.source, verified.snapshot.destination
    for account in verified.plan.accounts:
        there, here = destination.path_of(account.account_id), source.path_of(account.account_id)
        known = destination.accounts.get(account.account_id) or source.accounts.get(account.account_id)
        place = there or (f"{_HOME}{here}" if here else verified.snapshot.outside.removeprefix("in "))
        name = known.name if known else _UNKNOWN
        rows.append(
            (
                account.account_id,
                name,
                str(account.wave),
                place,
                _result(_decision(account.account_id, verified, invited)),
            )
        )
    widths = [min(limit, max(len(row[n]) for row in rows)) for n, limit in enumerate(_MOST)]
    for row in rows:
        begun = "".join(f"{_cut(cell, width):{width}}{_GAP}" for cell, width in zip(row, widths, strict=False))
        yield begun + _cut(row[-1], WIDTH - len(begun))


def lines(sentence: str) -> str:
    """A sentence on as many lines as it takes."""
    return textwrap.fill(sentence, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def total(verified: Preview, invited: Preview, changing: int) -> str:
    """All of it in a sentence."""
    told = Counter(_WORDS[type(_decision(account.account_id, verified, invited))] for account in verified.plan.accounts)
    said = ", ".join(f"{told[word]} {word}" for word in _WORDS.values() if told[word] or word == _WORDS[Done])
    return f"{many(told.total(), 'account')}: {said}. {many(changing, 'changing call')} {verb(changing, 'were')} made."


def notes(verified: Preview, invited: Preview) -> Iterator[str]:
    """What a line of the table has no room for, two lines at most for each account: what to do, or what was special."""
    told = [note for account in verified.plan.accounts if (note := _note(account, verified, invited))]
    for note in told[:_TOLD]:
        yield textwrap.fill(
            note,
            WIDTH,
            initial_indent="  ",
            subsequent_indent=" " * 16,
            max_lines=2,
            placeholder=f" {_MORE}",
            break_on_hyphens=False,
        )
    if told[_TOLD:]:
        yield f"  and {many(len(told) - _TOLD, 'account')} more"


def _note(account: PlannedAccount, verified: Preview, invited: Preview) -> str:
    decision = _decision(account.account_id, verified, invited)
    parts = [decision.next_step] if isinstance(decision, Blocked) else []
    if isinstance(decision, Wait):
        parts.append(str(decision.why))
    if isinstance(decision, Do):
        parts.append(f"{decision.why}. 30_invite shows the next invitation.")
    if isinstance(decision, Done) and account.path == "standalone":
        parts.append("moved by the stand-alone path: it left the source first, then accepted.")
    stranger = strangers(verified.snapshot.assessment).get(account.account_id)
    if stranger:
        parts.append(f"invited by somebody else: {stranger}. orgtools left that invitation alone.")
    name = verified.snapshot.names.get(account.account_id, _UNKNOWN)
    return f"{account.account_id}  {name}: {' '.join(parts)}" if parts else ""


def _decision(account_id: str, verified: Preview, invited: Preview) -> Decision:
    """Of an account that has not arrived, what inviting says is what keeps it."""
    decision = verified.by_account[account_id]
    there = account_id in verified.snapshot.destination.accounts
    return decision if there or isinstance(decision, Done) else invited.by_account[account_id]


def _result(decision: Decision) -> str:
    if isinstance(decision, Done):
        return _WORDS[Done]
    if isinstance(decision, Wait) and decision.until:
        return f"waits until {decision.until:%Y-%m-%d %H:%M} UTC"
    return f"{_WORDS[type(decision)]}: {decision.why}"


def _cut(text: str, width: int) -> str:
    """Shortened between two words; a name that is one long word loses its end."""
    if len(text) <= width:
        return text
    words = text[: width - len(_MORE)].rpartition(" ")[0] if " " in text else ""
    if len(words) < width // 2:
        return f"{text[: width - len(_MORE)]}{_MORE}"
    return f"{words.rstrip(' ,;:')} {_MORE}"
