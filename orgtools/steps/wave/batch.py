"""One batch of accounts through one step of a wave, as the step goes alone: looked at, decided, performed, confirmed.

It runs in a thread of its own, and knows of the wave only what was approved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgtools.assess import assess
from orgtools.aws.calls.errors import is_passing
from orgtools.exceptions import CredentialsError, OrgtoolsError, RefusedError
from orgtools.messages import Message
from orgtools.steps.core.decisions import Decision, Do, Done, Wait
from orgtools.steps.core.outcomes import Outcome, Status
from orgtools.steps.core.perform import Breaker, Performer
from orgtools.steps.core.preview import Preview, look
from orgtools.steps.core.rounds import Rounds
from orgtools.steps.core.settling import catch_up
from orgtools.steps.wave.way import was_approved

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from orgtools.migration import Migration
    from orgtools.plan import PlannedAccount
    from orgtools.snapshot import Snapshot
    from orgtools.steps.core.decisions import Call
    from orgtools.steps.core.notices import Notice
    from orgtools.steps.core.step import Step


@dataclass(frozen=True, slots=True)
class Stood:
    """How an account came out of a batch; with neither `through` nor `ended` it is to be looked at again.

    Attributes:
        account_id: 12 digits.
        through: what AWS shows that has taken the step.
        ended: what ends its way.
        called: its calls that were made.
        working: what AWS is at work on, or does not show just now.
    """

    account_id: str
    through: Message | None = None
    ended: Outcome | None = None
    called: tuple[Call, ...] = ()
    working: Message | None = None


@dataclass(frozen=True)
class Batch:
    """Accounts that go through a step together.

    Attributes:
        step: the step.
        accounts: those whose turn it is.
        ahead: accounts of the wave that have taken the step, but not the one after it.
        begun: calls that AWS has taken for some of them, and of which nothing has come yet, by account id.
        turn: held while calls are made, because other batches make calls of the same rate.
    """

    step: Step
    accounts: tuple[PlannedAccount, ...]
    ahead: tuple[PlannedAccount, ...]
    begun: Mapping[str, tuple[Call, ...]]
    turn: AbstractContextManager[object]


class Batches:
    """What all batches of a wave share: the run, what was approved, and the circuit breaker."""

    def __init__(
        self, migration: Migration, approved: Preview, breaker: Breaker, heard: Callable[[Notice], None]
    ) -> None:
        """Nothing is called yet.

        Args:
            migration: the run.
            approved: what was approved.
            breaker: stops all of them.
            heard: told what happens, from any thread.
        """
        self._migration = migration
        self._approved = approved
        self._breaker = breaker
        self._heard = heard
        self._together = frozenset(do.account_id for do in approved.to_do)

    def go(self, batch: Batch) -> list[Stood]:
        """How each account of a batch comes out of the step."""
        step, stood, to_do = batch.step, list[Stood](), list[Do]()
        try:
            if step.by_units:
                self._migration.destination.forget_units()
            seen = look(self._migration, step, self._approved.plan, batch.accounts)
            catch_up(self._migration, seen)
        except (CredentialsError, RefusedError) as error:
            self._blind(error)
            return [Stood(account.account_id, working=error.message) for account in batch.accounts]
        for account, decision in zip(batch.accounts, seen.decisions, strict=True):
            approved = self._approved.by_account[account.account_id]
            if isinstance(decision, Do) and step.behind(decision, seen.snapshot, batch.ahead):
                stood.append(Stood(account.account_id))
            elif isinstance(decision, Do) and set(decision.calls) & set(batch.begun.get(account.account_id, ())):
                stood.append(_failed(step, decision))
            elif (
                isinstance(decision, Do)
                and isinstance(approved, Do)
                and was_approved(step, decision, approved, self._together)
            ):
                to_do.append(decision)
            else:
                stood.append(_stood(step, account, decision, seen.snapshot))
        if to_do:
            stood += self._called(batch, replace(seen, decisions=tuple(to_do)))
        return self._renewed(step, stood) if step.renews else stood

    def _renewed(self, step: Step, stood: list[Stood]) -> list[Stood]:
        """The same, when what the step has made old is found anew; else they have not come through yet."""
        through = [one.account_id for one in stood if one.through]
        try:
            if through:
                assess(self._migration, through, checks=step.renews)
        except OrgtoolsError as error:
            self._blind(error)
            return [Stood(one.account_id, working=error.message) if one.through else one for one in stood]
        return stood

    def _called(self, batch: Batch, ready: Preview) -> list[Stood]:
        """How those come out for whom calls are made."""
        going = self._migration.plan.select([do.account_id for do in ready.to_do])
        ready = replace(ready, accounts=going)
        performer = Performer(self._migration, batch.step, self._approved.digest, self._breaker, batch.turn)
        try:
            result = Rounds(self._migration, ready, self._tell, performer).to_the_end()
        except (CredentialsError, RefusedError) as error:  # nobody knows what the calls have done: the next run looks
            self._blind(error)
            left = Message("wave-left-at", step=batch.step.name, why=error.message)
            return [
                Stood(do.account_id, called=do.calls, ended=Outcome(do.account_id, Status.UNCONFIRMED, left))
                for do in ready.to_do
            ]
        after = result.after.by_account if result.after else {}
        return [
            _came(batch.step, do.calls, outcome, after.get(do.account_id))
            for do, outcome in zip(ready.to_do, result.outcomes, strict=True)
        ]

    def _blind(self, error: OrgtoolsError) -> None:
        """AWS did not show what a batch has to know: where that may pass, it is tried again; else the wave stops."""
        if not is_passing(error):
            self._breaker.stop(error.message)

    def _tell(self, notice: Notice) -> None:
        if not isinstance(notice, Outcome):  # where the account stands then, the batch tells
            self._heard(notice)


def _stood(step: Step, account: PlannedAccount, decision: Decision, snapshot: Snapshot) -> Stood:
    """How an account stands that no call is made for now."""
    account_id = account.account_id
    if isinstance(decision, Done) or (isinstance(decision, Wait) and decision.unseen):
        return Stood(account_id, through=decision.why)
    if isinstance(decision, Wait) and decision.until is None:
        before = step.decide(account, snapshot)
        if decision.effective or isinstance(before, Do):
            return Stood(account_id, working=decision.why if decision.effective else None)
    if isinstance(decision, Do):
        code, status = "wave-differs", Status.CHANGED
    elif isinstance(decision, Wait) and decision.effective:
        code, status = "wave-still-waits", Status.UNCONFIRMED
    else:
        code, status = "wave-held" if decision.next_step else "wave-left-at", Status.NOT_STARTED
    return Stood(account_id, ended=Outcome(account_id, status, Message(code, step=step.name, why=decision.why)))


def _failed(step: Step, again: Do) -> Stood:
    """AWS has taken a call, worked on it, and could not do it: who approved it once did not ask for it without end."""
    code = "wave-ended-at" if again.next_step else "wave-left-at"
    why = Message(code, step=step.name, why=again.failed or again.why)
    return Stood(again.account_id, ended=Outcome(again.account_id, Status.REFUSED, why))


def _came(step: Step, calls: tuple[Call, ...], outcome: Outcome, decision: Decision | None) -> Stood:
    """How an account stands after its calls."""
    if outcome.status is Status.CONFIRMED:
        return Stood(outcome.account_id, through=outcome.why, called=calls)
    if outcome.status is Status.UNCONFIRMED and isinstance(decision, Wait) and decision.at_work:
        return Stood(outcome.account_id, called=calls, working=decision.why)
    if outcome.status is Status.NOT_STARTED:
        return Stood(outcome.account_id, ended=None)
    told = replace(outcome, why=Message("wave-ended-at", step=step.name, why=outcome.why))
    return Stood(outcome.account_id, ended=told)
