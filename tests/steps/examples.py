"""Schedules that stay: each once failed, or is what a fault would show itself by. By course, see test_schedules.py.

Accounts are numbers: of `DIRECT` 0 is plain, 1 is courted by a third organization, 2 is on the stand-alone path and 3
is not planned. Steps are their places in the course.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from orgtools.rehearsal.limits.faults import Fault
from tests.steps.schedules import Act, Assess, Later, Move, NewKernel, Schedule, Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

_INVITE, _LEAVE, _ACCEPT, _PLACE = range(4)
_WHOLE_ACCEPT: Final = 4

EXAMPLES: Final[Mapping[str, tuple[Schedule, ...]]] = {
    "direct": (
        # An account that stands alone joined a third organization meanwhile, and was accepted for.
        Schedule((Move(_INVITE), Move(_LEAVE), Act("court", 2), Act("defect", 2), Move(_ACCEPT), Move(_PLACE))),
        # Dead between the outcome and the look: the account stayed unconfirmed for ever.
        Schedule((Move(_INVITE, death=1, written=True), Move(_INVITE), Move(_ACCEPT, death=1, written=True))),
        # An answer is lost, then the process dies before it can settle.
        Schedule(
            (
                Trouble((Fault("InviteAccountToOrganization", "lost", calls=range(1, 2)),)),
                Move(_INVITE, death=2),
                Trouble(),
                NewKernel(),
                Move(_INVITE),
                Later(15 * 24.0 + 1),  # the invitations expire
                Assess(),
                Move(_INVITE),
                Move(_ACCEPT),
            )
        ),
        # What was previewed is undone by others before it is approved, and while it is performed.
        Schedule(
            (
                Move(_INVITE, between=Act("invite by hand", 0), during=(Act("court", 1), Act("invite by hand", 1))),
                Move(_ACCEPT, between=Act("cancel", 0), during=(Act("decline", 1),)),
            )
        ),
    ),
    "in one go": (
        # An account joins the destination by another's hand while the wave works: without the invitation's tags.
        Schedule((Move(0, during=(Act("join the destination", 2),)), Move(0))),
    ),
    "whole": (
        # Killed while it accepts, after the destination was let in; then everybody goes back.
        Schedule((Move(_WHOLE_ACCEPT, death=1, written=True), NewKernel()), begin=1, home=True),
    ),
}
