"""The order of the way back: which step is the next one for some accounts, from wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.steps.back.restore_trust import RESTORE
from orgtools.steps.back.return_home import ACCEPT_BACK, INVITE_BACK, LEAVE_BACK, PLACE_BACK
from orgtools.steps.core.decisions import Wait
from orgtools.steps.core.preview import preview
from orgtools.steps.forward.cancel_invitation import CANCEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgtools.migration import Migration
    from orgtools.steps.core.preview import Preview

BACK: Final = (CANCEL, RESTORE, INVITE_BACK, LEAVE_BACK, ACCEPT_BACK, PLACE_BACK)
"""The steps that lead back. Restoring comes twice: before, it lets the source in; at home, it takes the destination
out."""


def next_back(migration: Migration, accounts: Iterable[str]) -> Preview:
    """The next step back for some accounts, as a preview: the first that has something to do.

    Where none has, the first that AWS refuses until later; else the last one, which says where each account is.

    Args:
        migration: the run.
        accounts: ids of accounts in the plan; nobody goes back unnamed.

    Raises:
        InputError: an account is not in the plan.
        RefusedError: AWS refuses to show one of the organizations.
    """
    named = tuple(accounts)
    waiting = None
    for step in BACK:
        shown = preview(migration, step, named)
        if shown.to_do:
            return shown
        if waiting is None and any(isinstance(seen, Wait) and seen.until for seen in shown.decisions):
            waiting = shown
    return waiting or shown
