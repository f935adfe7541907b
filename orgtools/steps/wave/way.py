"""The whole way of an account, step by step as each would decide once those before it have done their part.

Nothing here is guessed: each step decides by what AWS shows, and by what the steps before it will have made of that.
Only the id of an invitation that is still to be sent is not known yet; `UNSENT` stands for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from orgtools.messages import Message
from orgtools.plan import resolve
from orgtools.snapshot import NotLooked
from orgtools.steps.core.decisions import Blocked, Call, Decision, Do, Done, Wait, all_of, as_shown, parts_of, reason
from orgtools.steps.forward import enroll, place, unenroll
from orgtools.steps.forward.accept import ACCEPT
from orgtools.steps.forward.enroll import ENROLL, Enrolling
from orgtools.steps.forward.invite import INVITE
from orgtools.steps.forward.leave import LEAVE
from orgtools.steps.forward.place import PLACE
from orgtools.steps.forward.prepare_access import PREPARE
from orgtools.steps.forward.unenroll import UNENROLL
from orgtools.steps.forward.verify import VERIFY
from orgtools.steps.shared import account_access
from orgtools.unmeant import UnmeantError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.step import Step

PARTS: Final = (UNENROLL, INVITE, PREPARE, LEAVE, ACCEPT, PLACE, ENROLL)
"""The steps of a wave, in their order. Revoking the source's access is none: it waits until somebody has verified."""


def observe(migration: Migration, accounts: Sequence[PlannedAccount]) -> Snapshot:
    """Both organizations, and all that any of the steps looks up."""
    snapshot = account_access.observe(migration, accounts)
    for look in (place.look, place.look_ahead, unenroll.look, enroll.look):
        snapshot = look(migration, accounts, snapshot)
    snapshot = replace(snapshot, unknown=tuple(dict.fromkeys(snapshot.unknown)))
    seen = snapshot.looked(Enrolling)
    if isinstance(seen, NotLooked) or seen.tower.zone is None:
        return snapshot
    units = set(_units(accounts, snapshot)) - seen.in_units.keys()
    held = {unit_id: migration.destination.held_by(unit_id) for unit_id in sorted(units)}
    return snapshot.with_extra(replace(seen, in_units={**seen.in_units, **held}))


def _units(accounts: Iterable[PlannedAccount], snapshot: Snapshot) -> Iterator[str]:
    """Ids of the units that accounts are to come into; one that is not there yet holds nobody."""
    for account in accounts:
        try:
            yield resolve(account.ou, snapshot.destination).id
        except UnmeantError:
            continue


def route(account: PlannedAccount, snapshot: Snapshot) -> Iterator[tuple[Step, Decision]]:
    """The steps that are left for an account, and what each decides once the others have done their part.

    It ends with the step that nobody can foresee the end of: what is blocked, or waits for a person.
    """
    for step in PARTS:
        if not step.asked(snapshot.settings):
            continue
        decision = step.decide(account, snapshot)
        left = not isinstance(decision, Done) or _is_to_renew(step, account, snapshot)
        if left:
            yield step, decision
        if not _has_an_end(decision):
            return
        if left:
            snapshot = step.imagine(account, snapshot)
            then = step.decide(account, snapshot) if step.renews else decision
            if isinstance(then, (Do, Blocked)) and then != decision:  # what it leaves behind it cleans up
                yield step, then
                if not _has_an_end(then):
                    return
                snapshot = step.imagine(account, snapshot)


def steps_left(account: PlannedAccount, snapshot: Snapshot) -> list[Step]:
    """The steps that an account goes through: all that AWS does not show to be done, or that are to be taken again.

    Also those that have nothing to do if all comes as foreseen: something else may come, and AWS has to show it.
    """
    names = {step.name for step, _ in route(account, snapshot)}
    asked = [step for step in PARTS if step.asked(snapshot.settings)]
    return [step for step in asked if step.name in names or not isinstance(step.decide(account, snapshot), Done)]


def _is_to_renew(step: Step, account: PlannedAccount, snapshot: Snapshot) -> bool:
    """Whether nobody has looked anew at what the step has changed, since this run made it: a process died then."""
    account_id = account.account_id
    return bool(step.renews) and account_id in snapshot.source.accounts and account_id in snapshot.history.unassessed


def _has_an_end(decision: Decision) -> bool:
    """Whether the step will have done its part: by itself, by its calls, or because AWS is at work on it."""
    if isinstance(decision, Wait):
        return decision.unseen or decision.at_work
    return not isinstance(decision, Blocked)


def _by_others(step: Step, decision: Decision) -> bool:
    """Whether the way goes on as soon as somebody else has done their part: the owner of the account."""
    return isinstance(decision, Wait) and (decision.effective or step is LEAVE)


def decide(account: PlannedAccount, snapshot: Snapshot) -> Decision:
    """All calls of all steps, where nothing stands against any of them; otherwise what does, and nothing is begun."""
    account_id, calls, whys = account.account_id, list[Call](), list[Message]()
    for step, decision in route(account, snapshot):
        if isinstance(decision, Do):
            why = decision.why if step.reasoned else None
            calls += [replace(call, step=step.name, why=why) for call in decision.calls]
            # Of the first step why it is taken; of the others what else has to be known of that.
            whys += parts_of(decision.why)[1 if whys else 0 :]
        elif _has_an_end(decision) or (calls and _by_others(step, decision)):
            if not (isinstance(decision, Done) or (isinstance(decision, Wait) and decision.unseen)):
                whys.append(Message("wave-waits", step=step.name, why=decision.why))
        else:
            return replace(decision, why=Message("wave-held", step=step.name, why=decision.why)) if calls else decision
    if calls:
        return Do(account_id, all_of(whys), tuple(calls))
    if whys:
        return Wait(account_id, all_of(whys), effective=True)
    return VERIFY.decide(account, snapshot)


def apply_limits(decisions: Sequence[Decision], snapshot: Snapshot) -> Sequence[Decision]:
    """Hold back who cannot be invited now; what is only done one after the other is done so, see `Step.queues`."""
    inviting = {
        decision.account_id
        for decision in decisions
        if isinstance(decision, Do) and any(call.step == INVITE.name for call in decision.calls)
    }
    those = [decision for decision in decisions if decision.account_id in inviting]
    limited = {decision.account_id: decision for decision in INVITE.apply_limits(those, snapshot)}
    return [limited.get(decision.account_id, decision) for decision in decisions]


def was_approved(step: Step, do: Do, approved: Do, together: Collection[str]) -> bool:
    """Whether all calls that a step decides on are among those that were approved for the account.

    Of an invitation that this approval was to send, the id is now known. A call that is about several accounts may also
    be about those that were approved with this one.

    Args:
        step: the step.
        do: what it decides now.
        approved: the account's way as it was approved.
        together: ids of all accounts that were approved.
    """
    return all(
        any(_is(form, shown, step, do, together) for form in as_shown(call) for shown in approved.calls)
        for call in do.calls
    )


def _is(call: Call, shown: Call, step: Step, do: Do, together: Collection[str]) -> bool:
    same_reason = not shown.why or reason(do.why) == reason(shown.why)
    return replace(call, step=step.name) == shown and same_reason and set(call.touches) <= {*shown.touches, *together}
