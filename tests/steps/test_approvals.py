"""Approvals: what must be typed, and what is bound to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from orgtools.exceptions import ApprovalError
from orgtools.plan import Plan
from orgtools.steps import INVITE, Call, Do, Done, Preview, approve
from tests import values

_PLAN = Plan((values.planned(),))
_SEEN = values.snapshot(values.source(values.member()), values.destination())
_DO = Do(values.ACCOUNT, "is not invited yet", (Call("InviteAccountToOrganization", "destination", {}, "invite"),))
_SHOWN = Preview(INVITE, _PLAN.accounts, (_DO,), _SEEN, _PLAN)


@pytest.mark.parametrize("typed", ["invite 1", "  invite 1\n", _SHOWN.digest])
def test_the_phrase_or_the_whole_digest_approves(typed: str) -> None:
    """A person types the phrase; a run without one gives the digest of an earlier dry run."""
    approval = approve(_SHOWN, typed)
    assert (approval.digest, approval.step, approval.count) == (_SHOWN.digest, "invite", 1)
    assert approval.typed == typed.strip()
    assert approval.by
    assert approval.at.tzinfo is UTC
    assert approval.at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "typed", ["", "yes", "y", "invite", "invite 2", "Invite 1", "invite  1", "accept 1", _SHOWN.digest[:12]]
)
def test_anything_else_does_not(typed: str) -> None:
    """Whoever types another number has not read this preview; the message says what was expected."""
    with pytest.raises(ApprovalError, match="is not 'invite 1'") as refusal:
        approve(_SHOWN, typed)
    assert refusal.value.next_step is not None
    assert refusal.value.next_step.startswith("Nothing was changed.")


def test_nothing_to_do_is_nothing_to_approve() -> None:
    """Not even by its phrase or digest."""
    nothing = Preview(INVITE, _PLAN.accounts, (Done(values.ACCOUNT, "is a member"),), _SEEN, _PLAN)
    for typed in (nothing.phrase, nothing.digest):
        with pytest.raises(ApprovalError, match="nothing to approve"):
            approve(nothing, typed)
