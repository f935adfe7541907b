"""The last two moves of a step: what was approved is compared with what would be done now, and then performed.

How it is performed is the step's `runner`, or else rounds (`orgtools.steps.core.rounds`).
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

from orgtools.exceptions import ApprovalError, OrgtoolsError
from orgtools.ledger import Kind
from orgtools.messages import Message
from orgtools.steps.core.approval import check_age
from orgtools.steps.core.outcomes import Result
from orgtools.steps.core.preview import Preview, note, preview
from orgtools.steps.core.resuming import first, told
from orgtools.steps.core.rounds import Rounds
from orgtools.steps.core.settling import catch_up, left_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgtools.migration import Migration
    from orgtools.steps.core.approval import Approval
    from orgtools.steps.core.notices import Notice


def apply(
    migration: Migration,
    shown: Preview,
    approval: Approval | None,
    *,
    watch: Callable[[Notice], None] | None = None,
) -> Result:
    """Do what was shown and approved, and nothing else.

    Args:
        migration: the run.
        shown: the preview that the person saw.
        approval: consent to exactly that preview; None is a dry run, which changes nothing at AWS. It settles and
            confirms, by looking, what an earlier run left open: where nothing is left to do, nobody would. And it notes
            what was shown, so that `approve_digest` can approve that later.
        watch: told what happens as it happens, from the calling thread: `Answered` when an account's calls have
            returned, `Reached` when an account of a wave has come to its next step, `Pausing` before a rest, and the
            `Outcome` of each account, once.

    Raises:
        ApprovalError: the approval is of something else, the preview is old, accounts.csv has changed, or AWS has
            changed so that other calls would be made than those that were shown. The message says what changed.
            Nothing was changed.
        OrgtoolsError: another notebook is performing this step.
        KeyboardInterrupt: the cell was interrupted; calls in flight have ended and are in the ledger, no new one began.
    """
    account_ids = [account.account_id for account in shown.accounts]
    steps = shown.step.parts or (shown.step,)
    if approval is None:
        for step in left_open(migration, steps):
            # Another notebook that is performing this step settles its own intentions.
            with suppress(OrgtoolsError), migration.exclusive(step.name):
                catch_up(migration, preview(migration, step, account_ids))
        note(migration, shown)
        return Result(before=shown, after=None, outcomes=())
    with ExitStack() as held:
        for step in dict.fromkeys((shown.step, *steps)):
            held.enter_context(migration.exclusive(step.name))
        _check(migration, shown, approval)
        for step in left_open(migration, shown.step.parts):  # who is past a step comes into no look of it any more
            catch_up(migration, preview(migration, step, account_ids))
        current = preview(migration, shown.step, account_ids)
        if not shown.step.parts:
            catch_up(migration, current)
        if current.digest != approval.digest and not _goes_on(approval, current):
            message = Message("approval-outdated", step=shown.step.name)
            raise ApprovalError(message, changes=shown.difference(current))
        data: dict[str, Any] = {
            "digest": current.digest,
            "count": approval.count,
            "typed": approval.typed,
            "by": approval.by,
            "at": approval.at.isoformat(timespec="seconds"),
            "shown_at": approval.shown_at.isoformat(timespec="seconds"),
            "plan": current.plan.digest,
            "summary": shown.summary().as_json(),
            "accounts": [do.account_id for do in current.to_do],
        }
        if shown.step.parts:
            data |= told(current.to_do, migration.settings)
        migration.ledger.append(Kind.APPROVED, step=approval.step, **data)
        runner: Callable[..., Result] = shown.step.runner or _in_rounds
        return runner(migration, current, watch)


def _in_rounds(migration: Migration, approved: Preview, watch: Callable[[Notice], None] | None) -> Result:
    return Rounds(migration, approved, watch).to_the_end()


def _check(migration: Migration, shown: Preview, approval: Approval) -> None:
    if (approval.step, approval.digest) != (shown.step.name, shown.digest):
        raise ApprovalError(Message("approval-of-another-preview", step=approval.step, number=approval.count))
    check_age(shown, migration.clock.now())
    changes = shown.plan.difference(migration.read_plan())
    if changes:
        raise ApprovalError(Message("approval-of-another-plan"), changes=changes)


def _goes_on(approval: Approval, current: Preview) -> bool:
    """Whether it is one that was given before and covers what is left: AWS may have gone on since that was shown."""
    return current.approved is not None and approval.typed == first(current.approved)
